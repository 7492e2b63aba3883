"""Workbooks for other programs: written with text as text, read by header."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from ....core.errors import UsageError
from ....core.storage.writing import CREATED
from ...tables.own_tables import EXCEL_ROWS, EXCEL_TEXT, WholeNumber
from ..source import Row
from .values import is_finite

Value = str | float


def write_sheets(sheets: Mapping[str, Sequence[Sequence[Value]]], header: int = 0) -> bytes:
    """Write sheets of rows; the header stands in row `header`, counted from 0.

    Raises
    ------
    UsageError
        A sheet has more rows than Excel takes, or a cell more characters.
    """
    import xlsxwriter  # only here: what is read needs none

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": CREATED})
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for name, rows in sheets.items():
        if len(rows) > EXCEL_ROWS:
            raise UsageError(
                f"sheet {name}: found {len(rows):,} rows. An Excel sheet holds {EXCEL_ROWS:,}. "
                "Write GraphML or Gephi tables instead."
            )
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(header + 1, 0)
        for i, row in enumerate(rows):
            for k, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        _check_length(name, value)
                        sheet.write_string(i, k, value, bold if i <= header else text)
                else:
                    sheet.write_number(i, k, WholeNumber(value))
    book.close()
    return out.getvalue()


def _check_length(name: str, value: str) -> None:
    """Refuse a text that Excel would cut: two names might be one then."""
    if len(value) > EXCEL_TEXT:
        raise UsageError(
            f'sheet {name}: found "{value[:30]}..." of {len(value):,} characters. A cell of Excel '
            f"holds {EXCEL_TEXT:,}. Write GraphML or Gephi tables instead."
        )


def value_of(column: str, text: str, numbers: frozenset[str]) -> Value:
    """A cell as a number where its column holds numbers, else as text."""
    return float(text) if column in numbers and is_finite(text) else text


def list_cells(rows: Sequence[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows under the first one by its headers; of a repeated header the first."""
    header = [text.strip() for text in rows[0][1]] if rows else []
    for number, row in rows[1:]:
        cells: dict[str, str] = {}
        for name, text in zip(header, row, strict=False):
            if name and text:
                cells.setdefault(name, text)
        yield number, cells


def fold_headers(row: Sequence[str]) -> list[str]:
    """Headers without case and blanks at the ends."""
    return [text.strip().casefold() for text in row]
