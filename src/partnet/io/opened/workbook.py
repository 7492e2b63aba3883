"""Excel and OpenDocument workbooks as text cells, opened only after a look inside."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

from ...core.errors import InputProblem, Where
from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..marks.listed import is_list
from ..tables.sections import make_raw_tables
from .merged import tell_merged
from .old_days import counts_from_1904, read_old_days
from .sheets import Sheet, open_sheets

NOTES = frozenset({"notes", "read me", "readme", "instructions", "start here"})


def read_workbook_cells(path: str | Path) -> list[RawTable]:
    """Read every sheet of a workbook as text cells (.xlsx, .xlsm, .xls, .ods).

    Sheets whose name starts with "_", sheets of notes, and the list of problems that
    `check_tables` put into a workbook are left out.

    Raises
    ------
    InputError
        It is not there, is no workbook, is damaged, or is too large when unpacked.
    """
    path = Path(path)
    raws: list[RawTable] = []
    left_out: list[Sheet] = []
    for sheet in map(_look_ahead, open_sheets(path)):
        if sheet is None:
            continue
        if sheet.hidden or _is_hidden_name(sheet.name):
            left_out.append(sheet)
        else:
            found = make_raw_tables(path.name, sheet.name, sheet.rows)
            found = [tell_merged(found[0], sheet.merged), *found[1:]]
            raws += map(read_old_days, found) if counts_from_1904(path) else found
    told = [_tell_left_out(path.name, sheet) for sheet in left_out if _names_table(sheet.name)]
    return [replace(raw, notes=(*raw.notes, *told)) for raw in raws[:1]] + raws[1:]


def _look_ahead(sheet: Sheet) -> Sheet | None:
    """Give a sheet, unless it is the list of problems of a marked workbook."""
    rows = iter(sheet.rows)
    first = next(rows, None)
    if first is None:
        return sheet
    return None if is_list(first[1]) else replace(sheet, rows=chain([first], rows))


def _names_table(name: str) -> bool:
    words = {fold_word(word) for table in TABLES.values() for word in table.words}
    return fold_word(name) in words


def _tell_left_out(file: str, sheet: Sheet) -> InputProblem:
    """Say that a sheet is not read though its name is that of a table."""
    found = (
        "a sheet that is hidden for good" if sheet.hidden else 'a sheet whose name begins with "_"'
    )
    return InputProblem(
        Where(file, sheet.name),
        found,
        "Such sheets are not read.",
        "If it holds rows of the network, show it or rename it.",
        level="note",
    )


def _is_hidden_name(name: str) -> bool:
    return name.startswith("_") or name.strip().lower() in NOTES
