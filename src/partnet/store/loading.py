"""Public files into a store: streamed, every row accounted for, each file whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..core.collector import pause_collector
from ..core.errors import UsageError
from ..core.results.result import Method, Result
from ..core.storage.settings import read_toml
from ..core.storage.shapes import FLAG, WORD, record
from ..public.build import Files, Progress, list_files
from ..public.readers.catalog import read_public_files
from ..public.reading.family import RowCollector, Scope
from ..public.reading.streaming import fingerprint
from ..public.recipe import FILES, place_files
from .layout import COLUMNS, schema_of
from .recording import Recorder
from .shelves.shelf import Shelf, empty

if TYPE_CHECKING:
    import pyarrow as pa

GATHERED = 200_000  # rows of a table that are written at once
_ENTRIES = record({"files": FILES, "wide": FLAG, "home": WORD, "output": WORD}, required=("files",))


def read_store_recipe(path: str | Path) -> dict[str, Any]:
    """Read which files a store is made of; paths are relative to the recipe.

    Keys: ``files`` (a list, or a table from reader to path or list of paths), ``wide``, ``home``,
    and ``output`` (the store, for the command line).

    Raises
    ------
    InputError
        The recipe is not there or is not TOML.
    UsageError
        A key is unknown, or there are no files.
    """
    path = Path(path)
    entries = read_toml(path)
    _ENTRIES.check(path.name, entries)
    folder = path.resolve().parent
    entries["files"] = place_files(folder, entries["files"])
    if "output" in entries:
        entries["output"] = folder / entries["output"]
    return entries


def load_files(shelf: Shelf, files: Files, *, wide: bool, home: str, tell: Progress) -> Result:
    """Add public files to a store; see :meth:`partnet.store.store.Store.add`."""
    rows = []
    for claim, path in list_files(files):
        tell(f"Reading {path.name}")
        rows += _load_one(shelf, path, claim, wide, home)
    table = pd.DataFrame(rows, columns=list(LOADED))
    return Result(
        verb="store.add",
        title=f"Public files in {shelf.title}",
        table=table,
        sentences=tuple(_say(row) for row in table.to_dict("records")),
        method=Method(
            name="Public files into a store.",
            formula="Each file is kept as it was read, row by row; a file whose bytes stand in the "
            "store already is not read again.",
        ),
    )


LOADED = ("file", "path", "status", "reader", "family", "release", "rows_read", "used",
          "other", "set_aside")  # fmt: skip


def _say(row: dict[str, Any]) -> str:
    if row["status"] == "unchanged":
        return f"{row['file']}: stands in the store already, byte for byte; nothing changes."
    other = f", {row['other']:,} about nothing that is kept" if row["other"] else ""
    return (
        f"{row['file']} ({row['family']}, {row['release']}): {row['rows_read']:,} rows read, "
        f"{row['used']:,} used, {row['set_aside']:,} set aside{other}."
    )


def _load_one(shelf: Shelf, path: Path, claim: str, wide: bool, home: str) -> list[dict[str, Any]]:
    """Add one path: a file, or several that belong together; all of it, or nothing."""
    digest = fingerprint(path)
    with shelf.writing():
        known = read_ledger(shelf)
        same = known[known["sha256"] == digest]
        if len(same):
            return [_describe(row, "unchanged") for row in same.to_dict("records")]
        writer = _Writer(shelf, _next_numbers(shelf))
        scope = Scope(home=home, wide=wide, recorder=writer.open)
        with pause_collector():
            read = read_public_files(path, expected=claim, scope=scope, stream=True)
        _check_names([file.file for file in read], known)
        ledger = [
            _make_entry(recorder, replace(file), path, digest, writer.load, wide, home)
            for recorder, file in zip(writer.recorders, read, strict=True)
        ]
        writer.write_all()
        shelf.append("files", make_rows("files", ledger))
    return [_describe(row, "added") for row in ledger]


def _check_names(names: Sequence[str], known: pd.DataFrame) -> None:
    """Refuse two files of one name: every row says by its file's name where it comes from."""
    twice = sorted({*names} & {*known["file"]}) or [n for n in names if names.count(n) > 1]
    if twice:
        raise UsageError(
            f"{twice[0]}: found another file of this name in the store. Every row names its file. "
            "Rename the new one, for example by its date."
        )


def _make_entry(
    recorder: Recorder, file: Any, path: Path, digest: str, load: int, wide: bool, home: str
) -> dict[str, Any]:
    return {
        "file_no": recorder.number,
        "load": load,
        "path": path.name,
        "sha256": digest,
        "file": file.file,
        "reader": file.reader,
        "family": file.family.name,
        "release": file.release,
        "rows_read": file.rows_read,
        "used": recorder.used,
        "set_aside": recorder.aside,
        "row_states": json.dumps(sorted(recorder.seen_states)),
        "states": json.dumps(sorted(file.states)),
        "wide": wide,
        "home": home,
    }


def _describe(entry: dict[str, Any], status: str) -> dict[str, Any]:
    other = entry["rows_read"] - entry["used"] - entry["set_aside"]
    return {**{key: entry.get(key) for key in LOADED}, "status": status, "other": other}


def make_rows(table: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Make rows of a table of the store of dicts."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema_of(table))


def read_ledger(shelf: Shelf) -> pd.DataFrame:
    """The files that stand in a store, in the order in which they were added."""
    if "files" not in shelf.names():
        return empty("files").to_pandas()
    return shelf.table("files").order_by("file_no").to_pandas()


def _next_numbers(shelf: Shelf) -> tuple[int, int]:
    """The next number of a file and of a load; numbers of a load that was killed stay unused."""
    used = [
        int(shelf.table(name).file_no.max().to_pyarrow().as_py() or 0)
        for name in COLUMNS
        if name in shelf.names()
    ]
    ledger = read_ledger(shelf)
    return max(used, default=0) + 1, int(ledger["load"].max() or 0) + 1 if len(ledger) else 1


class _Writer:
    """Takes what recorders hand on, and writes it in large pieces."""

    def __init__(self, shelf: Shelf, numbers: tuple[int, int]) -> None:
        self.shelf = shelf
        self.number, self.load = numbers
        self.recorders: list[Recorder] = []
        self._waiting: dict[str, list[Any]] = {}

    def open(self, file: str, scope: Scope) -> RowCollector:
        """Make the recorder of a further file."""
        number = self.number + len(self.recorders)
        self.recorders.append(Recorder(file, scope, number, self.take))
        return self.recorders[-1]

    def take(self, table: str, rows: pa.Table) -> None:
        """Take rows, and write them once there are many."""
        waiting = self._waiting.setdefault(table, [])
        waiting.append(rows)
        if sum(part.num_rows for part in waiting) >= GATHERED:
            self.write(table)

    def write(self, table: str) -> None:
        """Write the rows of a table that wait."""
        import pyarrow as pa

        self.shelf.append(table, pa.concat_tables(self._waiting.pop(table)))

    def write_all(self) -> None:
        """Write everything that waits."""
        for table in list(self._waiting):
            self.write(table)
