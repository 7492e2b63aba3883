"""The tables of a folder: CSV and text files, and what workbooks beside them hold of the two
tables that no network goes without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...core.errors import InputProblem, Where
from ...core.storage.making import is_made_here
from ..cells import RawTable
from ..headers.naming import guess_table, tell_table
from ..opened.csv_file import read_csv_tables
from ..opened.workbook import read_workbook_cells

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".tab", ".txt")
FROM_WORKBOOKS = ("organizations", "ties")


def open_folder(path: Path) -> list[RawTable]:
    """Open every CSV file of a folder, other text files that are tables, and workbooks beside them.

    Of workbooks only a list of organizations or of ties is taken, and only where no other file has
    one: a folder may hold reports, the workbook that its files came from, or many networks.
    """
    raws = [raw for file in sorted(path.glob("*.csv")) for raw in read_csv_tables(file)]
    for file in sorted(path.iterdir()):
        if file.suffix.lower() in TEXTS and file.suffix.lower() != ".csv":
            raws += filter(guess_table, read_csv_tables(file))
    books = [
        file for file in sorted(path.iterdir())
        if file.suffix.lower() in WORKBOOKS and not file.name.startswith(("~$", "."))
    ]  # fmt: skip
    return _add_workbooks(raws, books) if books else raws


def _add_workbooks(raws: list[RawTable], books: list[Path]) -> list[RawTable]:
    if not raws and len(books) == 1:
        return read_workbook_cells(books[0])
    given = {tell_table(raw) for raw in raws}
    lacking = [name for name in FROM_WORKBOOKS if name not in given]
    own = [book for book in books if is_made_here(book)]
    sheets = {b: _list_tables(b) if lacking and b not in own else [] for b in books}
    books_of = {
        name: [b for b, found in sheets.items() if any(raw.table == name for raw in found)]
        for name in lacking
    }
    taken, left = list[RawTable](), list[str]()
    for book, found in sheets.items():
        read = [raw for raw in found if books_of.get(raw.table) == [book]]
        taken += read
        rest = [f'{book.name}, sheet "{raw.sheet}"' for raw in found if raw not in read]
        left += rest if read else [book.name]
    whole = [*raws, *taken]
    if not left or not whole:
        return whole
    return [replace(whole[0], notes=(*whole[0].notes, _tell_left(left))), *whole[1:]]


def _list_tables(book: Path) -> list[RawTable]:
    """The sheets of a workbook, each with the table that it is by its name or headers."""
    raws = [raw for raw in read_workbook_cells(book) if raw.header]
    if len(raws) == 1 and not tell_table(raws[0]):
        raws = [replace(raws[0], sheet=book.stem)]
    return [replace(raw, table=tell_table(raw)) for raw in raws]


def _tell_left(names: list[str]) -> InputProblem:
    shown = ", ".join(names[:4]) + (", ..." if len(names) > 4 else "")
    return InputProblem(
        Where(names[0].partition(",")[0]),
        f"workbooks beside the other files, or parts of them ({shown})",
        "Of workbooks in a folder a list of organizations or of ties is read, where no other file "
        "has one and partnet did not write it.",
        "They are not read. Save a sheet as CSV if it belongs to the network.",
        level="note",
    )
