"""What a side file has to keep: a network held against the rows that its written file gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ...core.network import Network
from ...core.rows.ties import is_denial
from ...core.schema import PROVENANCE
from ..tables.frames import texts_of_column
from ..tables.own_tables import give_strength_texts
from .model import Foreign, Records
from .side import Part, number_keys

Row = dict[str, str]


def make_parts(net: Network, foreign: Foreign, ids: Mapping[str, str]) -> dict[str, Part]:
    """Say for organizations and ties what the file does not, row by row.

    Parameters
    ----------
    net : Network
        The network that was written.
    foreign : Foreign
        What its file says, read alone and settled.
    ids : mapping
        The id in the network of every id in the file.
    """
    columns, rows = _list_texts(net, "organizations")
    keys = number_keys("organizations", foreign.organizations)
    pairs = list(zip(rows, foreign.organizations.rows, keys, strict=False))
    part = Part(columns, [(key, _differ(ours, theirs, columns), "") for ours, theirs, key in pairs])
    part.without = keys[len(rows) :]
    parts = {"organizations": part, "ties": _make_tie_part(net, foreign, ids)}
    for name, records in (("organizations", foreign.organizations), ("ties", foreign.ties)):
        parts[name].is_whole = _is_whole(parts[name], number_keys(name, records))
    return parts


def _is_whole(part: Part, keys: list[str]) -> bool:
    """Whether the file has the same rows in the same order, and no cell differs."""
    same = [key for key, cells, _ in part.rows if key and not cells]
    return len(same) == len(part.rows) and same == keys


def _list_texts(net: Network, name: str) -> tuple[list[str], list[Row]]:
    """The rows of a table as text from which reading makes the same values."""
    frame = net.table(name).drop(columns=PROVENANCE)
    texts = {str(c): texts_of_column(frame[c]) for c in frame.columns}
    if name == "ties":
        texts["strength"] = give_strength_texts(frame)
    columns = list(texts)
    rows = zip(*texts.values(), strict=True)
    return columns, [dict(zip(columns, row, strict=True)) for row in rows]


def _differ(ours: Row, theirs: Row, columns: Iterable[str]) -> dict[str, Any]:
    """Cells that differ, as [was, is]; columns of the file that are none of the table go."""
    cells = {
        column: (theirs.get(column, ""), ours.get(column, ""))
        for column in columns
        if theirs.get(column, "") != ours.get(column, "")
    }
    known = set(columns)
    return cells | {c: (text, "") for c, text in theirs.items() if c not in known and text}


def _make_tie_part(net: Network, foreign: Foreign, ids: Mapping[str, str]) -> Part:
    """Pair every tie of the table with a row of the file; the rest of each is kept or left out."""
    columns, rows = _list_texts(net, "ties")
    keys = number_keys("ties", foreign.ties)
    free = _group_rows(foreign.ties, ids)
    part = Part(columns)
    last: dict[tuple[str, ...], str] = {}
    used: set[int] = set()
    denied = is_denial(net.table("ties")).tolist()
    for ours, absent in zip(rows, denied, strict=True):
        group = _group(ours["source"], ours["target"], ours["relation"])
        waiting = free.get(group, [])
        k = None if absent else _choose(ours, waiting, foreign.ties, ids)
        if k is None:
            filled = {column: text for column, text in ours.items() if text}
            part.rows.append(("", filled, last.get(group, "")))
            continue
        waiting.remove(k)
        used.add(k)
        last[group] = keys[k]
        part.rows.append((keys[k], _differ(ours, foreign.ties.rows[k], columns), ""))
    part.without = [key for k, key in enumerate(keys) if k not in used]
    return part


def _group(source: str, target: str, relation: str) -> tuple[str, ...]:
    return (*sorted((source, target)), relation)


def _group_rows(ties: Records, ids: Mapping[str, str]) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, row in enumerate(ties.rows):
        source, target = (ids.get(row.get(end, ""), "") for end in ("source", "target"))
        groups[_group(source, target, row["relation"])].append(k)
    return groups


def _choose(ours: Row, waiting: list[int], ties: Records, ids: Mapping[str, str]) -> int | None:
    """The waiting row with the fewest cells that differ; the first one of equals."""

    def count(k: int) -> int:
        row = ties.rows[k]
        turned = ids.get(row.get("source", "")) != ours["source"]
        return 2 * turned + sum(row.get(c, "") != text for c, text in ours.items())

    return min(waiting, key=count) if waiting else None
