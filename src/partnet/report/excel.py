"""A report as an Excel workbook: sentences, contents with links, then a sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..core.errors import PartnetError
from ..core.safety import strip_controls
from ..core.shown import Column
from ..core.storage.writing import CREATED
from .formats import EXCEL_FORMATS
from .model import (
    BarsBlock,
    Block,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Report,
    Section,
    TableBlock,
)

MOST_TEXT = 32_767  # characters that one cell takes
MOST_ROWS = 1_048_000
PRINTED = 15  # rows of a sheet that are printed, on one page, unless somebody widens its area
LETTER = 1  # paper
LINE, MOST_HEIGHT = 15, 409  # points: of a line, and of the highest row that Excel allows
MOST_SET = 5_000  # rows whose height is set
CONTENTS = "Contents"
CONTENTS_COLUMNS = (("Sheet", 30), ("What it shows", 80), ("Rows", 8), ("Section", 40))
TABS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#F0E442")
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
    import xlsxwriter  # only here: most reports are pages

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        told = {"title": strip_controls(report.title), "category": "partnet report"}
        book.set_properties({**told, "created": CREATED})
        styles = _make_styles(book)
        named = list(_name_sheets(report))
        summary = book.add_worksheet("Summary")
        _write_sentences(summary, styles, _summary_lines(report))
        _put_picture(summary, report)
        _write_contents(book.add_worksheet(CONTENTS), styles, named)
        for name, section, block in named:
            sheet = book.add_worksheet(name)
            sheet.set_tab_color(_color_tab(report, section))
            _write_table(sheet, styles, block)
        _write_sentences(book.add_worksheet("Methods"), styles, _method_lines(report))
    return out.getvalue()


def _set_print(sheet: Any, *, header: int | None = None) -> None:
    """Print across, as wide as a page, with the header on every page and its number beneath."""
    sheet.set_landscape()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&A&RPage &P of &N")
    if header is not None:
        sheet.repeat_rows(header)


def _color_tab(report: Report, section: Section) -> str:
    """One color for the sheets of one entry of the contents."""
    entries = list(dict.fromkeys(one.entry or one.id for one in report.sections))
    return TABS[entries.index(section.entry or section.id) % len(TABS)]


def _write_contents(
    sheet: Any, styles: _Styles, named: list[tuple[str, Section, TableBlock]]
) -> None:
    """List the sheets with what they show and how many rows they have; a click leads there."""
    _set_print(sheet, header=2)
    _checked(sheet.write_string(0, 0, "Contents", styles.title))
    for k, (label, width) in enumerate(
        (("Sheet", 30), ("What it shows", 80), ("Rows", 8), ("Section", 40))
    ):
        sheet.set_column(k, k, width)
        _checked(sheet.write_string(2, k, label, styles.header))
    for row, (name, section, block) in enumerate(named, start=3):
        place = name.replace("'", "''")
        _checked(sheet.write_url(row, 0, f"internal:'{place}'!A1", styles.link, name))
        _checked(sheet.write_string(row, 1, _fit(block.caption), styles.wrapped))
        _checked(sheet.write_number(row, 2, len(block.frame), styles.cells["count"]))
        _checked(sheet.write_string(row, 3, _fit(section.title), styles.wrapped))
    sheet.freeze_panes(3, 0)


def _put_picture(sheet: Any, report: Report) -> None:
    """Put the first picture of the first section beside the sentences, with its text."""
    for block in report.sections[0].blocks if report.sections else ():
        if isinstance(block, FigureBlock) and block.draw is not None:
            options = {
                "image_data": io.BytesIO(block.draw()),
                "description": _fit(block.alt),
                "x_scale": 0.6,
                "y_scale": 0.6,
                "object_position": 3,  # it keeps its size where rows grow
            }
            _checked(sheet.insert_image(0, 2, "map.png", options))
            return


@dataclass(frozen=True)
class _Styles:
    title: Any
    link: Any
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
        link=book.add_format({"font_color": "#00507A", "underline": 1, "valign": "top"}),
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
            yield from _block_lines(block)
    yield "wrapped", report.versions, ""


def _block_lines(block: Block) -> Iterator[Line]:
    """Lines of what is neither a table nor a method."""
    match block:
        case ListBlock():
            yield "heading", block.heading, ""
            for number, item in enumerate(block.items, start=1):
                yield "wrapped", f"{number}. {item}", ""
        case CardsBlock():
            yield "heading", block.heading, ""
            for number, card in enumerate(block.cards, start=1):
                yield "wrapped", f"{number}. {' '.join(card.lines())}", ""
        case BarsBlock():
            yield "heading", block.heading, ""
            for label, value in block.bars:
                yield "wrapped", label, f"{value:,}"
        case NoteBlock():
            yield "heading", block.heading, ""
            yield "wrapped", block.text, ""


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
    _set_print(sheet)
    sheet.set_column(0, 0, 100)
    sheet.set_column(1, 1, 24)
    sheet.hide_gridlines(2)
    for row, (style, first, second) in enumerate(lines):
        if style == "wrapped":
            _set_height(sheet, row, [(first, 112), (second, 26)])
        _checked(sheet.write_string(row, 0, _fit(first), getattr(styles, style)))
        if second:
            _checked(sheet.write_string(row, 1, _fit(second), styles.wrapped))


def _name_sheets(report: Report) -> Iterator[tuple[str, Section, TableBlock]]:
    """Give every table with a sheet name that Excel allows and nobody else has."""
    taken = {"summary", "methods", CONTENTS.lower()}
    for section, block in report.tables():
        base = block.sheet.translate(FORBIDDEN)[:SHEET_NAME].strip() or "Table"
        name, k = base, 2
        while name.lower() in taken:
            name, k = f"{base[: SHEET_NAME - 3]} {k}", k + 1
        taken.add(name.lower())
        yield name, section, block


def _write_table(sheet: Any, styles: _Styles, block: TableBlock) -> None:
    """Write caption, header and all rows; the header stays in sight and can be filtered."""
    frame = block.frame.head(MOST_ROWS)
    _set_print(sheet, header=2)
    if len(frame) > PRINTED:
        sheet.print_area(0, 0, 2 + PRINTED, max(len(block.columns) - 1, 0))
    sheet.fit_to_pages(1, 1)
    _checked(sheet.write_string(0, 0, _fit(block.caption), styles.heading))
    for k, column in enumerate(block.columns):
        sheet.set_column(k, k, WIDTHS[column.format])
        _checked(sheet.write_string(2, k, column.label, styles.header))
        _write_column(sheet, styles, k, column, frame[column.name])
    _set_heights(sheet, block)
    sheet.freeze_panes(3, 1)
    if len(frame):
        sheet.autofilter(2, 0, 2 + len(frame), len(block.columns) - 1)


def _set_heights(sheet: Any, block: TableBlock) -> None:
    """Make rows as high as their longest text: not every program does so when it opens a file."""
    texts = [column for column in block.columns if column.format == "text"]
    frame = block.frame.head(MOST_SET)
    for row, values in enumerate(
        frame[[column.name for column in texts]].itertuples(index=False), start=3
    ):
        _set_height(sheet, row, [(str(value), WIDTHS["text"]) for value in values])


def _set_height(sheet: Any, row: int, texts: list[tuple[str, int]]) -> None:
    """Set the height of a row by the lines of its longest text; one line is left as it is."""
    lines = max((-(-len(text) // width) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, MOST_HEIGHT))


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
