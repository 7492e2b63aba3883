"""A report as an Excel workbook: a sheet of sentences, then a sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from ..core.errors import PartnetError
from ..core.safety import strip_controls
from ..core.shown import Column
from ..core.storage.writing import CREATED
from .formats import EXCEL_FORMATS
from .model import FactsBlock, ListBlock, MethodBlock, Report, TableBlock

MOST_TEXT = 32_767  # characters that one cell takes
MOST_ROWS = 1_048_000
SHEET_NAME = 31  # characters of a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
CUT = " … (cut: Excel takes no longer text)"
WIDTHS = {
    "text": 34,
    "count": 12,
    "score": 12,
    "share": 10,
    "dollars": 16,
    "date": 12,
    "year": 10,
    "severity": 10,
}


def render_excel(report: Report) -> bytes:
    """Render a report as a workbook; the same report gives the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        told = {"title": strip_controls(report.title), "category": "partnet report"}
        book.set_properties({**told, "created": CREATED})
        styles = _make_styles(book)
        _write_sentences(book.add_worksheet("Summary"), styles, _summary_lines(report))
        for name, block in _name_sheets(report):
            _write_table(book.add_worksheet(name), styles, block)
        _write_sentences(book.add_worksheet("Methods"), styles, _method_lines(report))
    return out.getvalue()


@dataclass(frozen=True)
class _Styles:
    title: Any
    heading: Any
    header: Any
    wrapped: Any
    cells: dict[str, Any]


def _make_styles(book: Any) -> _Styles:
    cells = {
        name: book.add_format({"num_format": code, "valign": "top", "text_wrap": name == "text"})
        for name, code in EXCEL_FORMATS.items()
    }
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 16}),
        heading=book.add_format({"bold": True, "font_size": 12, "top": 1}),
        header=book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        cells=cells,
    )


Line = tuple[str, str, str]  # style (title, heading or wrapped), first cell, second cell


def _summary_lines(report: Report) -> Iterator[Line]:
    yield "title", report.title, ""
    yield "wrapped", report.subtitle, ""
    if report.note:
        yield "wrapped", report.note, ""
    for section in report.sections:
        if not section.lead:
            continue
        yield "heading", section.title, ""
        for block in section.blocks:
            if isinstance(block, FactsBlock):
                for label, value in block.facts:
                    yield "wrapped", label, value
        for sentence in section.lead:
            yield "wrapped", sentence, ""
        for block in section.blocks:
            if isinstance(block, ListBlock):
                yield "heading", block.heading, ""
                for number, item in enumerate(block.items, start=1):
                    yield "wrapped", f"{number}. {item}", ""
    yield "wrapped", report.versions, ""


def _method_lines(report: Report) -> Iterator[Line]:
    yield "title", "Methods", ""
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, MethodBlock):
                yield "heading", block.title, ""
                for line in block.method.lines():
                    yield "wrapped", line, ""


def _write_sentences(sheet: Any, styles: _Styles, lines: Iterator[Line]) -> None:
    """Write lines of text; a line without a second cell is as wide as a page."""
    sheet.set_column(0, 0, 100)
    sheet.set_column(1, 1, 24)
    sheet.hide_gridlines(2)
    for row, (style, first, second) in enumerate(lines):
        _checked(sheet.write_string(row, 0, _fit(first), getattr(styles, style)))
        if second:
            _checked(sheet.write_string(row, 1, _fit(second), styles.wrapped))


def _name_sheets(report: Report) -> Iterator[tuple[str, TableBlock]]:
    """Give every table with a sheet name that Excel allows and nobody else has."""
    taken = {"summary", "methods"}
    for _, block in report.tables():
        base = block.sheet.translate(FORBIDDEN)[:SHEET_NAME].strip() or "Table"
        name, k = base, 2
        while name.lower() in taken:
            name, k = f"{base[: SHEET_NAME - 3]} {k}", k + 1
        taken.add(name.lower())
        yield name, block


def _write_table(sheet: Any, styles: _Styles, block: TableBlock) -> None:
    """Write caption, header and all rows; the header stays in sight and can be filtered."""
    frame = block.frame.head(MOST_ROWS)
    _checked(sheet.write_string(0, 0, _fit(block.caption), styles.heading))
    for k, column in enumerate(block.columns):
        sheet.set_column(k, k, WIDTHS[column.format])
        _checked(sheet.write_string(2, k, column.label, styles.header))
        _write_column(sheet, styles, k, column, frame[column.name])
    sheet.freeze_panes(3, 1)
    if len(frame):
        sheet.autofilter(2, 0, 2 + len(frame), len(block.columns) - 1)


def _write_column(sheet: Any, styles: _Styles, k: int, column: Column, values: pd.Series) -> None:
    style = styles.cells[column.format]
    for row, value in enumerate(values.tolist(), start=3):
        if value is None or (not isinstance(value, str) and pd.isna(value)) or value == "":
            continue
        if column.format == "date":
            _checked(sheet.write_datetime(row, k, value, style))
        elif column.format == "text" or isinstance(value, str):
            _checked(sheet.write_string(row, k, _fit(str(value)), styles.cells["text"]))
        else:
            _checked(sheet.write_number(row, k, float(value), style))


def _fit(text: str) -> str:
    """Make a text fit into a cell: no control characters, and cut with a note if too long."""
    text = strip_controls(text)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - len(CUT)] + CUT


def _checked(code: int) -> None:
    """XlsxWriter tells by its return code that it did not write a cell."""
    if code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
