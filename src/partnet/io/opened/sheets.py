"""The sheets of a workbook as rows of text: measured first, old ones in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ...core.errors import InputError
from ...core.storage.system import name_other
from .guard import check_workbook
from .guard_parts import FailedCells

PACKED = (".xlsx", ".xlsm", ".ods")
WITH_CELLS = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)  # charts and dialogs have none
OLD_SECONDS = 60  # an .xls is read in a process of its own, for at most so long
OLD_BYTES = 100_000_000  # .xls files of tables are far smaller
# Its Python looks up the standard library first, then the homes of the packages that it needs.
CHILD = """\
import sys
first = [k for k, path in enumerate(sys.path) if path.endswith("-packages")]
k = first[0] if first else len(sys.path)
sys.path[k:k] = sys.argv[2:]
from partnet.io.opened.old_workbook import main
main(sys.argv[1])
"""
CHILD_NEEDS = ("SYSTEMROOT", "LD_LIBRARY_PATH")  # variables without which no Python starts
OLD_MEMORY = 2_000_000_000  # bytes of address space for that process, where the system can limit it

Rows = Iterator[tuple[int, list[str]]]  # numbered as Excel does


@dataclass(frozen=True)
class Sheet:
    """One sheet as text.

    Attributes
    ----------
    name : str
        As its tab says.
    rows : iterator
        Rows with their numbers, to be read once.
    hidden : bool
        Whether it shows in no menu of Excel.
    merged : list of (int, int)
        Once the rows are read: row and column of each cell that was filled from a merged one.
    """

    name: str
    rows: Rows
    hidden: bool = False
    merged: list[tuple[int, int]] = field(default_factory=list)


def open_sheets(path: Path) -> Iterator[Sheet]:
    """Give the sheets of a workbook that are not hidden for good, with their rows as Excel counts.

    Raises
    ------
    InputError
        It is not there, is no workbook, is damaged, or is too large when unpacked.
    """
    start = _read_start(path)
    if start[:4] == b"\xd0\xcf\x11\xe0":
        return _read_in_child(path)
    if start[:4] != b"PK\x03\x04":
        raise InputError(_explain_other_file(path, start))
    if path.suffix.lower() not in PACKED:  # what it is measured as is what it is opened as
        raise InputError(
            f"{path.name}: found a workbook under another name. It ends in {' or '.join(PACKED)}. "
            "Open it in Excel and save it as .xlsx."
        )
    return read_sheets(path, check_workbook(path))


def _read_start(path: Path) -> bytes:
    if not path.is_file():
        raise InputError(
            f"{path.name}: found {name_other(path)}. A workbook is expected. Check the path."
        )
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


def read_sheets(path: Path, failed: Mapping[str, FailedCells]) -> Iterator[Sheet]:
    """Give sheets with their rows, numbered as Excel does; failed formulas show their error.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        with CalamineWorkbook.from_path(path) as book:
            for meta in book.sheets_metadata:
                if meta.typ not in WITH_CELLS:
                    continue
                sheet, merged = book.get_sheet_by_name(meta.name), list[tuple[int, int]]()
                rows = _read_rows(sheet, failed.get(meta.name, {}))
                filled = _fill_merged(rows, sheet.merged_cell_ranges or [], merged)
                yield Sheet(meta.name, filled, meta.visible == SheetVisibleEnum.VeryHidden, merged)
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(
            f"{path.name}: found a workbook that cannot be read ({error}). Open it in Excel and "
            "save it anew, without a password."
        ) from error


def _read_rows(sheet: CalamineSheet, failed: FailedCells) -> Rows:
    """Give rows of text one by one; what lies above and left of the filled cells stays blank."""
    wrong: dict[int, dict[int, str]] = {}
    for (row, column), text in failed.items():
        wrong.setdefault(row, {})[column] = text
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        texts = [*before, *map(text_of_value, values)]
        for column, text in wrong.get(number, {}).items():
            texts += [""] * (column - len(texts))
            texts[column - 1] = text
        yield number, texts


def _fill_merged(rows: Rows, ranges: Iterable[Any], merged: list[tuple[int, int]]) -> Rows:
    """Give every row of a merged cell its value, in the cell's first column."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in ranges:
        if bottom > top:
            starts.setdefault(top + 1, []).append((left, bottom + 1))
    held: dict[int, tuple[int, str]] = {}  # by column: down to which row, and what
    for number, texts in rows:
        for column, (last, text) in list(held.items()):
            if number > last:
                del held[column]
            elif column < len(texts) and not texts[column]:
                texts[column] = text
                merged.append((number, column))
        for column, last in starts.get(number, ()):
            if column < len(texts) and texts[column]:
                held[column] = (last, texts[column])
        yield number, texts


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


def _read_in_child(path: Path) -> Iterator[Sheet]:
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
    for name, rows, hidden, merged in json.loads(done.stdout):
        yield Sheet(
            name, enumerate(rows, start=1), hidden, [(row, column) for row, column in merged]
        )


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
    packages = (Path(__file__).parents[2], Path(python_calamine.__file__).parent)
    return list(dict.fromkeys(str(package.resolve().parent) for package in packages))


def _explain_old(path: Path, why: str) -> str:
    return (
        f"{path.name}: found an old workbook (.xls), or one with a password, that cannot be read "
        f"({why}). Open it in Excel and save it as .xlsx, without a password."
    )
