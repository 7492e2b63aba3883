"""The tables of a network as a folder of CSV files or one workbook, which read back the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...core.errors import PartnetError, UsageError
from ...core.network import Network
from ...core.schema import PROVENANCE, TABLES
from ...core.storage.writing import (
    CREATED,
    check_folder,
    check_output,
    write_file_atomically,
    write_folder_atomically,
)
from ...core.vocabulary import fold_word
from ...core.wording.safety import escape_cell
from ..typed.own_words import COLUMNS, SHEET, list_word_rows, write_words
from .frames import texts_of_column

if TYPE_CHECKING:
    import xlsxwriter

_MARKS = re.compile('[,"\\r\\n]')
EXCEL_ROWS = 1_048_575  # data rows under one header
EXCEL_COLUMNS = 16_384
EXCEL_START = datetime(1900, 3, 1)  # earlier dates are written as text
EXCEL_TEXT = 32_767  # characters in one cell


def write_tables(net: Network, path: Path, *, force: bool = False) -> Path:
    """Write all tables as a workbook if the path ends in .xlsx, else as a folder of CSV files."""
    tables = {name: _written_columns(name, frame) for name, frame in net.tables.items()}
    if "organizations" not in tables:
        tables["organizations"] = _written_columns("organizations", net.table("organizations"))
    is_book = path.suffix.lower() == ".xlsx"
    check_output(path, force=force) if is_book else check_folder(path)
    if is_book:
        words = list_word_rows(net.vocabulary)
        write_file_atomically(path, _workbook_bytes(tables, words), force=force)
    else:
        files = {f"{name}.csv": _csv_bytes(frame) for name, frame in tables.items()}
        words_file = write_words(net.vocabulary)
        files |= {"vocabulary.toml": words_file} if words_file else {}
        write_folder_atomically(path, files, force=force, clashes=is_read_along)
    return path


def is_read_along(name: str) -> bool:
    """Whether a file of this name in a folder would be read as part of its network."""
    stem, suffix = Path(name).stem, Path(name).suffix
    words = {fold_word(word) for table in TABLES.values() for word in table.words}
    return name == "vocabulary.toml" or (suffix == ".csv" and fold_word(stem) in words | {SHEET})


def _written_columns(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out provenance and columns without a value that nobody requires."""
    required = TABLES[name].required
    kept = [
        column
        for column in frame.columns
        if column != PROVENANCE and (column in required or _has_value(frame[column]))
    ]
    written = frame[kept]
    if name == "ties" and "ladder" in kept and "strength" in kept:
        texts = pd.Series(give_strength_texts(frame), index=frame.index, dtype="str")
        written = written.assign(strength=texts)
    return written


def give_strength_texts(ties: pd.DataFrame) -> list[str]:
    """Strengths as text that reads back the same: on a ladder, the answer as it was given."""
    texts = texts_of_column(ties["strength"])
    said = zip(texts, ties["ladder"], ties["answer"], strict=True)
    return [answer if ladder and answer else text for text, ladder, answer in said]


def _has_value(column: pd.Series) -> bool:
    return any(value == value and value not in ("", None) for value in column.tolist())


def _csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8, LF, and every text that a spreadsheet would take for a formula made harmless."""
    columns = [_safe_texts(frame[name]) for name in frame.columns]
    header = [escape_cell(str(name)) for name in frame.columns]
    lines = [_csv_line(header), *map(_csv_line, zip(*columns, strict=True))]
    return "".join(lines).encode("utf-8", "replace")


def _csv_line(cells: Sequence[str]) -> str:
    """One row; whatever holds a mark or any kind of line break stands between quotation marks."""
    if len(cells) == 1 and not cells[0]:
        return '""\n'  # a blank line would be no row
    return ",".join(map(_quote, cells)) + "\n"


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _MARKS.search(text) else text


def _safe_texts(column: pd.Series) -> list[str]:
    texts = texts_of_column(column)
    return [escape_cell(text) for text in texts] if column.dtype == "str" else texts


def _workbook_bytes(
    tables: Mapping[str, pd.DataFrame], words: Sequence[tuple[str, ...]] = ()
) -> bytes:
    for name, frame in tables.items():
        _check_room(name, frame)
    _check_texts("vocabulary", pd.DataFrame(words, columns=list(COLUMNS)))
    out = io.BytesIO()
    import xlsxwriter  # only here: what is read needs none

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    header = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for name, frame in tables.items():
        sheet = book.add_worksheet(TABLES[name].label)
        sheet.freeze_panes(1, 0)
        for k, column in enumerate(frame.columns):
            _checked(sheet.write_string(0, k, str(column), header))
            _write_column(sheet, k, frame[column], date, text)
    if words:
        sheet = book.add_worksheet(SHEET.capitalize())
        for row, cells in enumerate([COLUMNS, *words]):
            for k, cell in enumerate(cells):
                _checked(sheet.write_string(row, k, cell, text if row else header))
    book.close()
    return out.getvalue()


def _check_room(name: str, frame: pd.DataFrame) -> None:
    """Refuse what no Excel sheet holds."""
    limits = (len(frame), EXCEL_ROWS, "rows"), (frame.shape[1], EXCEL_COLUMNS, "columns")
    for count, most, things in limits:
        if count > most:
            raise UsageError(
                f"table {name}: found {count:,} {things}. An Excel sheet holds {most:,}. "
                "Write a folder of CSV files instead."
            )
    _check_texts(name, frame)


def _check_texts(name: str, frame: pd.DataFrame) -> None:
    """Refuse texts that no Excel cell holds: cut, two of them might be one."""
    for column in frame.columns:
        texts = [str(column), *(t for t in frame[column].tolist() if isinstance(t, str))]
        longest = max(texts, key=len)
        if len(longest) > EXCEL_TEXT:
            raise UsageError(
                f'table {name}, column {str(column)[:30]}: found "{longest[:30]}..." of '
                f"{len(longest):,} characters. A cell of Excel holds {EXCEL_TEXT:,}. Write a "
                "folder of CSV files instead."
            )


def _write_column(
    sheet: xlsxwriter.worksheet.Worksheet,
    k: int,
    column: pd.Series,
    date: xlsxwriter.format.Format,
    text: xlsxwriter.format.Format,
) -> None:
    """Write numbers as numbers, dates as dates and everything else as text; blanks stay empty."""
    write: Callable[[int, Any], int]
    if column.dtype == "float64":
        sheet.set_column(k, k, 12)
        write = lambda row, value: sheet.write_number(row, k, WholeNumber(value))  # noqa: E731
    elif column.dtype.kind == "M":
        sheet.set_column(k, k, 12, date)
        # Excel counts days from 1900 on, and counts the 29th of February of that year as one.
        write = lambda row, value: (  # noqa: E731
            sheet.write_datetime(row, k, value, date)
            if value >= EXCEL_START
            else sheet.write_string(row, k, f"{value:%Y-%m-%d}", text)
        )
    else:
        sheet.set_column(k, k, 24, text)
        write = lambda row, value: sheet.write_string(row, k, str(value), text)  # noqa: E731
    for row, value in enumerate(column.tolist(), start=1):
        if value != "" and not pd.isna(value):
            _checked(write(row, value))


class WholeNumber(float):
    """A number that a workbook keeps whole: XlsxWriter asks for 16 digits, some have 17."""

    def __format__(self, spec: str) -> str:
        short = float(self).__format__(spec)
        return short if float(short) == self else repr(float(self))


def _checked(code: int) -> None:
    """XlsxWriter tells by its return code that it did not write a cell."""
    if code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
