"""The side file: what a foreign format cannot hold, kept beside the file and taken back in reading.

It says for every row of the written file which cells were other in the network (*was*, as the
file says it, and *is*), which rows the file does not have, and all other tables. A cell is taken
back only where the file still says what it said when it was written: what somebody changed in the
other tool stays changed, what was deleted there stays deleted, what was added stays.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.errors import InputError
from ...core.schema import TABLES
from ...core.storage.staging import hash_bytes
from ...core.wording.text import count_noun, join_words
from .model import Foreign, Records
from .source import MOST_TEXT, read_limited

END = ".partnet.json"  # added to the name of the written file
VERSION = 1

Cells = dict[str, str]
Entry = tuple[str, dict[str, Any], str]  # key, cells, key of the row it goes with


@dataclass
class Part:
    """What belongs to one table that the file holds in part.

    Attributes
    ----------
    columns : list of str
        The columns of the table in the network, in order.
    rows : list of entries
        In the order of the network. With a key: cells that differ, as [was, is]. Without: a row
        that the file does not have, and the key of the row that it goes with, if any.
    without : list of str
        Rows of the file that are no rows of this table.
    is_whole : bool
        The file holds every row, in order, with every cell: nothing has to be taken back.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    is_whole: bool = False


@dataclass
class Side:
    """The content of a side file."""

    format: str
    files: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    tables: dict[str, list[Cells]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)


def number_keys(name: str, records: Records) -> list[str]:
    """Give a key by which each row is found again: its own, else its ends and relation."""
    if name == "organizations":
        return [row.get("id", "") for row in records.rows]
    seen: Counter[str] = Counter()
    keys = []
    for row, own in zip(records.rows, records.keys, strict=True):
        ends = "\t".join(row.get(c, "") for c in ("source", "target", "relation"))
        base = f"#{own}" if own else ends
        keys.append(f"{base}\t{seen[base]}" if seen[base] else base)
        seen[base] += 1
    return keys


def apply_side(foreign: Foreign, side: Side) -> None:
    """Take back what a side file keeps, in place.

    Tables that lie in the side file alone are added by :func:`list_kept_tables`.
    """
    lost: list[str] = []
    for name, part in side.parts.items():
        records = foreign.tables()[name]
        merged, missing = _merge(name, records, part)
        records.rows, records.lines, records.keys = merged.rows, merged.lines, merged.keys
        if missing:
            lost.append(count_noun(missing, TABLES[name].label.lower().removesuffix("s")))
    kept = [TABLES[name].label.lower() for name in side.tables]
    if lost:
        foreign.note(
            f"{join_words(lost)} fewer than when it was written",
            "What was deleted in the other program stays deleted.",
            f"Take them from the file before it was changed, if that was a mistake{_also(kept)}.",
        )


def _also(kept: list[str]) -> str:
    return f"; {join_words(kept)} come from the side file" if kept else ""


def _merge(name: str, records: Records, part: Part) -> tuple[Records, int]:
    """Put cells and rows back; gives the rows and how many of the network are gone."""
    if part.is_whole:
        return records, 0
    keys = number_keys(name, records)
    where = {key: k for k, key in reversed(list(enumerate(keys)))}
    merged, used, missing = Records(sheet=records.sheet), set(part.without), 0
    for number, (key, cells, of) in enumerate(part.rows, start=1):
        if not key:
            if not of or of in where:
                merged.add(number, {c: str(text) for c, text in cells.items() if text})
            continue
        used.add(key)
        if key not in where:
            missing += 1
            continue
        k = where[key]
        merged.add(records.lines[k], _restore(records.rows[k], cells), records.keys[k])
    for key, row, line, own in zip(keys, records.rows, records.lines, records.keys, strict=True):
        if key not in used:
            merged.add(line, row, own)
    return merged, missing


def _restore(row: Cells, cells: Mapping[str, Any]) -> Cells:
    """Take back each cell that still says what it said when the file was written."""
    restored = dict(row)
    for column, (was, is_) in cells.items():
        if row.get(column, "") == was:
            restored[column] = is_
    return {column: text for column, text in restored.items() if text}


# -- the file ------------------------------------------------------------------------------------


def side_path(path: Path) -> Path:
    """Where the side file of a file lies."""
    return path.with_name(path.name + END)


def write_side(side: Side) -> bytes:
    """The bytes of a side file."""
    data: dict[str, Any] = {
        "partnet side file": VERSION,
        "format": side.format,
        "files": side.files,
        "held in part": {
            name: {"columns": p.columns, "whole": p.is_whole}
            | ({} if p.is_whole else {"rows": p.rows, "without": p.without})
            for name, p in side.parts.items()
        },
        "tables": {
            name: {
                "columns": side.columns[name],
                "rows": [[row.get(c, "") for c in side.columns[name]] for row in rows],
            }
            for name, rows in side.tables.items()
        },
        "words": side.words,
    }
    data["seal"] = _make_seal(data)
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace('],["', '],\n["').encode("ascii") + b"\n"


def _make_seal(data: Mapping[str, Any]) -> str:
    """A fingerprint of what a side file says, however its lines are broken."""
    said = {key: value for key, value in data.items() if key != "seal"}
    return hash_bytes(json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii"))


def is_side_untouched(path: Path) -> bool:
    """Whether the side file of a file is as partnet wrote it, is empty or is not there.

    One of before there were seals shows no change, and counts as untouched.
    """
    beside = side_path(path)
    if not beside.is_file() or not beside.stat().st_size:
        return True
    try:
        data = json.loads(read_limited(beside, MOST_TEXT))
        return bool(data["partnet side file"]) and data.get("seal") in (None, _make_seal(data))
    except (InputError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def read_side(path: Path) -> Side | None:
    """Read the side file of a file; ``None`` where there is none.

    Raises
    ------
    InputError
        It is no side file, or was changed into something that is none.
    """
    beside = side_path(path)
    if not beside.is_file():
        return None
    try:
        data = json.loads(read_limited(beside, MOST_TEXT))
        if data["partnet side file"] > VERSION:
            raise ValueError("a newer partnet wrote it")
        return _parse_side(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{beside.name}: found a side file that cannot be read ({error}). partnet writes it "
            f"beside {path.name} and nobody edits it. Put back the one that was written, or delete "
            "it to read the file without what it keeps."
        ) from error


def _parse_side(data: Any) -> Side:
    side = Side(str(data["format"]), {str(k): str(v) for k, v in data["files"].items()})
    for name, part in data["held in part"].items():
        if name not in ("organizations", "ties"):
            raise ValueError(f"it keeps parts of {name}")
        listed = part.get("rows", [])
        rows = [(str(key), _parse_cells(key, cells), str(of)) for key, cells, of in listed]
        side.parts[name] = Part(
            list(map(str, part["columns"])),
            rows,
            list(map(str, part.get("without", []))),
            part.get("whole") is True,
        )
    for name, table in data["tables"].items():
        if name not in TABLES:
            raise ValueError(f"there is no table {name}")
        columns = list(map(str, table["columns"]))
        side.columns[name] = columns
        side.tables[name] = [
            dict(zip(columns, map(str, row), strict=True)) for row in table["rows"]
        ]
    side.words = dict(data["words"])
    return side


def _parse_cells(key: str, cells: Any) -> dict[str, Any]:
    if not key:
        return {str(column): str(text) for column, text in cells.items()}
    pairs = {str(column): (str(was), str(is_)) for column, (was, is_) in cells.items()}
    return dict(pairs)
