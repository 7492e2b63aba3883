"""What every sheet of a workbook shares: formats, paper, cells that were really written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...core.errors import PartnetError
from ...core.wording.formats import EXCEL_FORMATS
from ...core.wording.safety import strip_controls

MOST_TEXT = 32_767  # characters that one cell takes
CUT = " … (cut: Excel takes no longer text)"
LETTER = 1  # paper
PAGE = (540.0, 720.0)  # points between the margins of a page, the shorter side first
CHARACTER, EDGE = 5.25, 3.75  # points of a character of a column, and of its edges
FOOT = 40.0  # points for its number
SQUEEZE = 0.3  # of a page, which the others take
LINE, MOST_HEIGHT = 15.0, 409.0  # points: of a line, and of the highest row that Excel allows


@dataclass(frozen=True)
class Styles:
    """Formats of cells; those of tables by the format of a column."""

    title: Any
    heading: Any
    header: Any
    wrapped: Any
    quiet: Any
    link: Any
    cells: dict[str, Any]


TEXT = {"text_wrap": True, "indent": 1}  # away from a number before it


def make_styles(book: Any) -> Styles:
    """Make the formats of a workbook."""
    cells = {
        name: book.add_format(
            {"num_format": code, "valign": "top"} | (TEXT if name == "text" else {})
        )
        for name, code in EXCEL_FORMATS.items()
    }
    return Styles(
        title=book.add_format({"bold": True, "font_size": 16}),
        heading=book.add_format({"bold": True, "font_size": 12, "font_color": "#00507A"}),
        header=book.add_format({"bold": True, "bottom": 2, "valign": "bottom", **TEXT}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        quiet=book.add_format({"italic": True, "font_color": "#555555"}),
        link=book.add_format({"font_color": "#00507A", "underline": 1, "valign": "top"}),
        cells=cells,
    )


def set_print(sheet: Any, *, header: int | None = None, across: bool = True) -> None:
    """Print as wide as a page, with the header on every page and its number beneath."""
    if across:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.set_paper(LETTER)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&L&A&RPage &P of &N")
    if header is not None:
        sheet.repeat_rows(header)


def measure_room(widths: Iterable[float], *, across: bool = True) -> float:
    """Points of height that a page holds of columns so many characters wide."""
    wide = sum(CHARACTER * width + EDGE for width in widths)
    short, long = PAGE
    width, height = (long, short) if across else (short, long)
    return (height - FOOT) * max(wide / width, 1.0)


def count_pages(high: float, room: float) -> int:
    """Pages that so many points fill; where little stands on the last one, one less."""
    return max(round(high / room - SQUEEZE), 1)


def count_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    return max(-(-len(text) // max(width, 1)), 1)


def set_height(sheet: Any, row: int, texts: list[tuple[str, int]]) -> float:
    """Set the height of a row by its longest text; one line is left as it is. Gives the height."""
    lines = max((count_lines(text, width) for text, width in texts), default=1)
    height = min(LINE * lines, MOST_HEIGHT)
    if lines > 1:
        sheet.set_row(row, height)
    return height


def fit(text: str) -> str:
    """Make a text fit into a cell: no control characters, and cut with a note if too long."""
    text = strip_controls(text)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - len(CUT)] + CUT


def checked(code: Any) -> None:
    """XlsxWriter tells by its return code that it did not write a cell."""
    if isinstance(code, int) and code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
