"""A report as an Excel workbook: sentences with pictures, contents with links, tables, methods."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...core.storage.writing import CREATED
from ...core.wording.safety import strip_controls
from ..model import (
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
)
from .cells import (
    LINE,
    MOST_HEIGHT,
    Styles,
    checked,
    count_pages,
    fit,
    make_styles,
    measure_room,
    set_height,
    set_print,
)
from .sheets import Placed, Sheet, plan_sheets
from .tables import write_sheet

CONTENTS_COLUMNS = (
    ("Table", 30),
    ("What it shows", 74),
    ("Rows", 8),
    ("Sheet", 24),
    ("Section", 36),
)
ON_ONE_PAGE = 70  # entries of the contents
TABS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#F0E442")
FIRST, SECOND = 140, 24  # characters of the two columns of sentences
LINE_OF_TEXT = 150  # characters of a sentence that stand on a line of the first column
PICTURE = 560.0  # points that a picture is wide


def render_excel(report: Report) -> bytes:
    """Render a report as a workbook; the same report gives the same bytes."""
    import xlsxwriter  # only here: most reports are pages

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        told = {"title": strip_controls(report.title), "category": "partnet report"}
        book.set_properties({**told, "created": CREATED})
        styles, sheets = make_styles(book), plan_sheets(report)
        _write_lines(book.add_worksheet("Summary"), styles, _summary_lines(report))
        _write_contents(book.add_worksheet("Contents"), styles, sheets)
        number = 1
        for plan in sheets:
            sheet = book.add_worksheet(plan.name)
            sheet.set_tab_color(_color_tab(report, plan.tables[0].section))
            write_sheet(sheet, styles, plan, first=number)
            number += len(plan.tables)
        _write_lines(book.add_worksheet("Methods"), styles, _method_lines(report))
    return out.getvalue()


def _color_tab(report: Report, section: Section) -> str:
    """One color for the sheets of one entry of the contents."""
    entries = list(dict.fromkeys(one.entry or one.id for one in report.sections))
    return TABS[entries.index(section.entry or section.id) % len(TABS)]


def _write_contents(sheet: Any, styles: Styles, sheets: list[Sheet]) -> None:
    """List the tables with what they show and how many rows they have; a click leads there."""
    set_print(sheet, header=2)
    checked(sheet.write_string(0, 0, "Contents", styles.title))
    for k, (label, width) in enumerate(CONTENTS_COLUMNS):
        sheet.set_column(k, k, width)
        checked(sheet.write_string(2, k, label, styles.header))
    placed = [(plan, one) for plan in sheets for one in plan.tables]
    for row, (plan, one) in enumerate(placed, start=3):
        _write_entry(sheet, styles, row, plan, one)
    sheet.freeze_panes(3, 0)
    if len(placed) <= ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)


def _write_entry(sheet: Any, styles: Styles, row: int, plan: Sheet, one: Placed) -> None:
    place = plan.name.replace("'", "''")
    link = f"internal:'{place}'!A{one.row + 1}"
    checked(sheet.write_url(row, 0, link, styles.link, one.name))
    checked(sheet.write_string(row, 1, fit(one.block.caption), styles.wrapped))
    checked(sheet.write_number(row, 2, len(one.block.frame), styles.cells["count"]))
    checked(sheet.write_string(row, 3, plan.name, styles.cells["text"]))
    checked(sheet.write_string(row, 4, fit(one.section.title), styles.wrapped))
    set_height(sheet, row, [(one.block.caption, 78), (one.section.title, 36)])


# -- sentences and pictures ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a style (title, heading, wrapped, quiet), one or two cells, or a picture."""

    style: str
    first: str
    second: str = ""
    picture: bytes = b""


def _summary_lines(report: Report) -> Iterator[Line]:
    yield Line("title", report.title)
    yield Line("wrapped", report.subtitle)
    if report.note:
        yield Line("wrapped", report.note)
    for section in report.sections:
        if not section.lead:
            continue
        yield Line("heading", section.title)
        for block in section.blocks:
            if isinstance(block, FactsBlock):
                yield from (Line("wrapped", label, value) for label, value in block.facts)
        yield from (Line("wrapped", sentence) for sentence in section.lead)
        for block in section.blocks:
            yield from _block_lines(block)
    yield Line("wrapped", report.versions)


def _block_lines(block: Block) -> Iterator[Line]:
    """Lines of what is neither a table nor a method."""
    match block:
        case ListBlock():
            yield Line("heading", block.heading)
            for number, item in enumerate(block.items, start=1):
                yield Line("wrapped", f"{number}. {item}")
        case CardsBlock():
            yield Line("heading", block.heading)
            for number, card in enumerate(block.cards, start=1):
                yield Line("wrapped", f"{number}. {' '.join(card.lines())}")
        case FigureBlock():
            yield Line("quiet", block.caption)
            if block.draw is None:
                yield Line("wrapped", block.alt)
            else:
                yield Line("wrapped", "", block.alt, block.draw())
        case BarsBlock():
            yield Line("heading", block.heading)
            yield from (Line("wrapped", label, f"{value:,}") for label, value in block.bars)
        case NoteBlock():
            yield Line("heading", block.heading)
            yield Line("wrapped", block.text)


def _method_lines(report: Report) -> Iterator[Line]:
    yield Line("title", "Methods")
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, MethodBlock):
                yield Line("heading", block.title)
                yield from (Line("wrapped", line) for line in block.method.lines())


def _write_lines(sheet: Any, styles: Styles, lines: Iterator[Line]) -> None:
    """Write lines of text and pictures; a line without a second cell is as wide as a page."""
    set_print(sheet, across=False)
    sheet.set_column(0, 0, FIRST)
    sheet.set_column(1, 1, SECOND)
    sheet.hide_gridlines(2)
    written = list(lines)
    high = sum(_write_line(sheet, styles, row, line) for row, line in enumerate(written))
    sheet.print_area(0, 0, len(written) - 1, 1)
    sheet.fit_to_pages(1, count_pages(high, measure_room((FIRST, SECOND), across=False)))


def _write_line(sheet: Any, styles: Styles, row: int, line: Line) -> float:
    """Write one line; gives its height in points."""
    if line.picture:
        return _put_picture(sheet, row, line)
    checked(sheet.write_string(row, 0, fit(line.first), getattr(styles, line.style)))
    if line.second:
        checked(sheet.write_string(row, 1, fit(line.second), styles.wrapped))
    if line.style != "wrapped":
        return LINE * 1.2
    return set_height(sheet, row, [(line.first, LINE_OF_TEXT), (line.second, SECOND + 2)])


def _put_picture(sheet: Any, row: int, line: Line) -> float:
    """Put a picture into a row as high as it is, with its text for who cannot see it."""
    width, height, dots = _measure_picture(line.picture)
    across = min(PICTURE, (MOST_HEIGHT - LINE) * width / height)  # points
    scale = across / (width * 72.0 / dots)
    high = across * height / width + LINE
    sheet.set_row(row, high)
    options = {
        "image_data": io.BytesIO(line.picture),
        "description": fit(line.second),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 4,
        "y_offset": 4,
        "object_position": 3,  # it keeps its size where rows grow
    }
    checked(sheet.insert_image(row, 0, "picture.png", options))
    return high


def _measure_picture(content: bytes) -> tuple[int, int, float]:
    """Width and height of a PNG in dots, and its dots an inch."""
    width, height = struct.unpack(">II", content[16:24])
    at = content.find(b"pHYs")
    meter = struct.unpack(">I", content[at + 4 : at + 8])[0] if at > 0 else 0
    return width, height, meter * 0.0254 if meter else 96.0
