"""Excel and OpenDocument workbooks as text cells, opened only after a look inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ..core.errors import InputError, InputProblem, Where
from .cells import RawTable, make_raw_table
from .formulas import find_unsaved
from .guard import check_workbook
from .words import UNSAVED

NOTES = frozenset({"notes", "read me", "readme", "instructions"})
MOST_MERGED = 1_000_000  # rows that are filled from merged cells
OLD_SECONDS = 60  # an .xls is read in a process of its own, for at most so long
OLD_BYTES = 100_000_000  # .xls files of tables are far smaller
# Its Python looks up the standard library first, then the homes of the packages that it needs.
CHILD = """\
import sys
first = [k for k, path in enumerate(sys.path) if path.endswith("-packages")]
k = first[0] if first else len(sys.path)
sys.path[k:k] = sys.argv[2:]
from partnet.io.old_workbook import main
main(sys.argv[1])
"""
CHILD_NEEDS = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # variables without which no Python starts
OLD_MEMORY = 2_000_000_000  # bytes of address space for that process, where the system can limit it


def read_workbook_cells(path: str | Path) -> list[RawTable]:
    """Read every sheet of a workbook as text cells (.xlsx, .xlsm, .xls, .ods).

    Sheets whose name starts with "_" and sheets of notes are left out.

    Raises
    ------
    InputError
        It is not there, is no workbook, is damaged, or is too large when unpacked.
    """
    path = Path(path)
    start = _read_start(path)
    merged: dict[str, int] = {}
    if start[:4] == b"\xd0\xcf\x11\xe0":
        sheets = _read_in_child(path)
    elif start[:4] == b"PK\x03\x04":
        check_workbook(path)
        sheets = _read_sheets(path, merged)
    else:
        raise InputError(_explain_other_file(path, start))
    raws = [
        make_raw_table(path.name, name, rows) for name, rows in sheets if not _is_hidden_name(name)
    ]
    return [_tell_merged(raw, merged[raw.sheet]) if merged.get(raw.sheet) else raw for raw in raws]


def _tell_merged(raw: RawTable, cells: int) -> RawTable:
    """Say that merged cells were filled."""
    note = InputProblem(
        Where(raw.file, raw.sheet),
        f"merged cells over {cells:,} rows",
        "Every row of a table says all of itself.",
        "Each row of a merged cell has its value; check amounts, which may have been meant once.",
        level="note",
    )
    return replace(raw, notes=(*raw.notes, note))


def _read_start(path: Path) -> bytes:
    if not path.is_file():
        found = "a folder" if path.is_dir() else "nothing there"
        raise InputError(f"{path.name}: found {found}. A workbook is expected. Check the path.")
    if path.name.startswith("~$"):
        raise InputError(
            f"{path.name}: found the lock file that Excel keeps while a workbook is open. Give the "
            "workbook itself."
        )
    with path.open("rb") as file:
        return file.read(512)


def _explain_other_file(path: Path, start: bytes) -> str:
    text = start.lstrip().lower()
    if not start:
        found = "an empty file"
    elif text.startswith((b"<html", b"<!doctype", b"<table")):
        found = "a web page under the name of a workbook"
    elif start.isascii() or b"," in start:
        found = "a text file (CSV?) under the name of a workbook"
    else:
        found = "a file that is no workbook"
    return f"{path.name}: found {found}. Open it in Excel and save it as .xlsx."


def _is_hidden_name(name: str) -> bool:
    return name.startswith("_") or name.strip().lower() in NOTES


def _read_sheets(
    path: Path, merged: dict[str, int] | None = None
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Give sheets with their rows, numbered as Excel does; merged cells are filled downwards."""
    unsaved = find_unsaved(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            for meta in book.sheets_metadata:
                if meta.visible == SheetVisibleEnum.VeryHidden:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                rows = sheet.to_python(skip_empty_area=False)
                filled = _fill_merged(rows, sheet.merged_cell_ranges or [])
                if merged is not None:
                    merged[meta.name] = filled
                for row, column in unsaved.get(meta.name, ()):
                    if row < len(rows) and column < len(rows[row]):
                        rows[row][column] = UNSAVED
                numbered = enumerate(rows, start=1)
                yield meta.name, ((k, [text_of_value(v) for v in row]) for k, row in numbered)
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(
            f"{path.name}: found a workbook that cannot be read ({error}). Open it in Excel and "
            "save it anew, without a password."
        ) from error


def _fill_merged(rows: list[list[Any]], ranges: Iterable[Any]) -> int:
    """Give every row of a merged cell its value, in the first column of it; count the rows."""
    filled = 0
    for (top, left), (bottom, _) in ranges:
        for row in rows[top + 1 : bottom + 1]:
            if (
                filled < MOST_MERGED
                and left < len(row)
                and left < len(rows[top])
                and row[left] == ""
            ):
                row[left] = rows[top][left]
                filled += 1
    return filled


def text_of_value(value: Any) -> str:
    """Give the text of a cell: numbers without needless zeros, dates as YYYY-MM-DD."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, date | time | timedelta):
        return value.isoformat() if not isinstance(value, timedelta) else str(value)
    return "" if value is None else str(value)


def _read_in_child(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Read an .xls in a process of its own: a broken one can take down only that."""
    if path.stat().st_size > OLD_BYTES:
        raise InputError(f"{path.name}: found more than 100 MB. Save it as .xlsx in Excel.")
    try:
        done = _run_isolated(path.resolve())
    except subprocess.TimeoutExpired as error:
        raise InputError(_explain_old(path, "it takes too long to open")) from error
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise InputError(_explain_old(path, lines[-1] if lines else "it could not be opened"))
    for name, rows in json.loads(done.stdout):
        yield name, ((k, row) for k, row in enumerate(rows, start=1))


def _run_isolated(path: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the reader of old workbooks: no settings of the user, nothing of the current folder."""
    if not sys.executable:
        raise InputError(_explain_old(path, "found no Python to read it with"))
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", CHILD, str(path), *_list_homes()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=OLD_SECONDS,
        check=False,
        cwd=Path(__file__).parent,
        env={name: os.environ[name] for name in CHILD_NEEDS if name in os.environ},
    )


def _list_homes() -> list[str]:
    """Where partnet and the reader of workbooks were imported from."""
    packages = (Path(__file__).parents[1], Path(python_calamine.__file__).parent)
    return list(dict.fromkeys(str(package.resolve().parent) for package in packages))


def _explain_old(path: Path, why: str) -> str:
    return (
        f"{path.name}: found an old workbook (.xls), or one with a password, that cannot be read "
        f"({why}). Open it in Excel and save it as .xlsx, without a password."
    )
