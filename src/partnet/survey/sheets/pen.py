"""Cells of a questionnaire: the few styles that it has, drop-downs, pages that print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.errors import PartnetError
from ...core.wording.safety import strip_controls

LISTS = "_lists"  # hidden sheet of the words of long drop-downs
MOST_TEXT = 32_000  # characters of a cell; Excel takes 32,767
LINE = 15.0  # points of one line of text
ROOM = 0.88  # characters of a wide font for each unit of width


class Pen:
    """Writes cells, in the few styles that a questionnaire has."""

    def __init__(self, book: Any) -> None:
        base = {"valign": "top", "text_wrap": True}
        frame = {**base, "border": 1, "border_color": "#B9C3CA"}
        self.styles = {
            "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#00507A"}),
            "plain": book.add_format(base),
            "subtitle": book.add_format({"bold": True, "font_size": 12}),
            "note": book.add_format({"italic": True, "font_color": "#3C474F"}),
            "strong": book.add_format({**base, "bold": True}),
            "head": book.add_format(
                {**frame, "bold": True, "bg_color": "#00507A", "font_color": "#FFFFFF"}
            ),
            "label": book.add_format({**frame, "bold": True}),
            "known": book.add_format({**frame, "bg_color": "#EEF2F4", "font_color": "#3C474F"}),
            "answer": book.add_format(
                {**frame, "bg_color": "#FFF9E0", "num_format": "@", "locked": False}
            ),
        }

    def write(self, sheet: Any, row: int, column: int, text: str, style: str) -> None:
        """Write a text, or an empty cell in a style."""
        kept = strip_controls(text)[:MOST_TEXT]
        if kept:
            code = sheet.write_string(row, column, kept, self.styles[style])
        else:
            code = sheet.write_blank(row, column, None, self.styles[style])
        if code != 0:
            raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")


def set_height(
    sheet: Any, row: int, texts: Sequence[str], widths: Sequence[float], *, least: int = 1
) -> None:
    """Make a row as high as its longest cell needs: not every program does so by itself."""
    lines = [
        -(-len(text) // max(1, int(width * ROOM)))
        for text, width in zip(texts, widths, strict=True)
    ]
    sheet.set_row(row, LINE * max(least, *lines) + 2)


def begin_list(
    sheet: Any, pen: Pen, title: str, notes: Sequence[str], columns: Sequence[tuple[str, float]]
) -> int:
    """Write what stands above a list: title, notes, and headings with their widths.

    The first column holds what only partnet reads, and is hidden. Gives the row of the headings.
    """
    set_page(sheet, landscape=True)
    pen.write(sheet, 0, 1, title, "title")
    for row, text in enumerate(notes, start=1):
        pen.write(sheet, row, 1, text, "note")
    head = len(notes) + 2
    for k, (heading, width) in enumerate(columns):
        sheet.set_column(k, k, width, None, {"hidden": True} if k == 0 else {})
        pen.write(sheet, head, k, heading, "head")
    headings, widths = zip(*columns[1:], strict=True)
    set_height(sheet, head, headings, widths)
    sheet.repeat_rows(head)
    return head


class Lists:
    """The hidden sheet with the words of long drop-downs."""

    def __init__(self, sheet: Any, pen: Pen) -> None:
        self.sheet, self.pen = sheet, pen

    def add(self, words: Sequence[str]) -> str:
        """Put words down; gives the range that holds them, "" without any."""
        for row, word in enumerate(words):
            self.pen.write(self.sheet, row, 0, word, "plain")
        return f"={LISTS}!$A$1:$A${len(words)}" if words else ""


def offer(sheet: Any, row: int, column: int, words: Sequence[str] | str, rows: int = 1) -> None:
    """Give cells a drop-down; another word may be typed, and is read if it is understood."""
    if words and rows:
        source = words if isinstance(words, str) else list(words)
        sheet.data_validation(
            row, column, row + rows - 1, column,
            {
                "validate": "list", "source": source, "error_type": "information",
                "error_title": "Another word",
                "error_message": "Please choose from the list if you can.",
            },
        )  # fmt: skip


def set_page(sheet: Any, *, landscape: bool) -> None:
    """Print on letter paper, as wide as the page, with page numbers."""
    sheet.hide_gridlines(2)
    sheet.set_paper(1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F&R&A, page &P of &N")
    if landscape:
        sheet.set_landscape()
