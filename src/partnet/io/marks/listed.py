"""The first sheet of a marked workbook: a line for each kind of problem, with links to cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...core.wording.safety import strip_controls
from .spots import Spot

PROBLEMS = "Problems"
TITLE = "Problems found by partnet"
HEADERS = (
    ("Sheet", 16), ("Column", 16), ("How many", 10), ("Found", 36), ("What is allowed", 44),
    ("What to do", 44), ("Go to", 8), ("", 8), ("", 8), ("", 8), ("", 8),
)  # fmt: skip
LINKS = 5  # cells of a kind that a line leads to
LEGEND = (
    ("error", "To correct: until then the cell or the row is not used."),
    ("note", "To look at: this was assumed. Nothing to do where it is right."),
)
COLORS = {"error": "FFF4B8B8", "note": "FFFFEFB0"}
DARK, LINK, FONT = "FF00507A", "FF0B5CAD", "Arial"
LINE_HEIGHT = 13.5  # points


def is_list(header: Sequence[str]) -> bool:
    """Whether a sheet is such a list: it is not read as a table."""
    return bool(header) and header[0] == TITLE


def write_list(
    sheet: Any,
    groups: Sequence[Mapping[str, Any]],
    found: Sequence[Spot | None],
    sentences: Iterable[str],
) -> None:
    """Write the list into an empty sheet of openpyxl.

    Parameters
    ----------
    sheet : Worksheet
        The sheet.
    groups : sequence of dict
        Entries of `group_problems` with ``members``, the positions of their problems.
    found : sequence of Spot or None
        The cell of every problem.
    sentences : iterable of str
        What stands above.
    """
    _put(sheet, 1, 1, TITLE, bold=True, size=14)
    above = list(sentences)
    for k, text in enumerate(above, start=2):
        _put(sheet, k, 1, text)
    for k, (level, text) in enumerate(LEGEND, start=len(above) + 3):
        _put(sheet, k, 1, "", fill=COLORS[level])
        _put(sheet, k, 2, text)
    row = len(above) + len(LEGEND) + 4
    _write_headers(sheet, row)
    for k, group in enumerate(groups, start=row + 1):
        _write_group(sheet, k, group, [found[member] for member in group["members"]])
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    _set_page(sheet, row)


def _set_page(sheet: Any, header_row: int) -> None:
    """Without lines between cells; printed on wide pages with the headers on each."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _write_headers(sheet: Any, row: int) -> None:
    from openpyxl.utils import get_column_letter

    for k, (text, width) in enumerate(HEADERS, start=1):
        _put(sheet, row, k, text, bold=True, color="FFFFFFFF", fill=DARK)
        sheet.column_dimensions[get_column_letter(k)].width = width


def _write_group(
    sheet: Any, row: int, group: Mapping[str, Any], spots: Sequence[Spot | None]
) -> None:
    title = next((spot.sheet for spot in spots if spot), group["sheet"] or group["file"])
    said = (group["found"], group["allowed"], group["fix"])
    texts = (title, group["column"], f"{group['count']:,}", *said)
    for k, text in enumerate(texts, start=1):
        _put(sheet, row, k, text, fill=COLORS[group["level"]] if k == 1 else "", wrap=True)
    different = list(dict.fromkeys(spot for spot in spots if spot))
    for k, spot in enumerate(different[:LINKS], start=len(texts) + 1):
        _put_link(sheet, row, k, spot)
    sheet.row_dimensions[row].height = LINE_HEIGHT * _count_lines(texts)


def _count_lines(texts: Sequence[str]) -> int:
    """Lines that the longest cell of a row needs: no program works it out on opening."""
    needed = (
        1 + int(len(text) / (1.15 * width))
        for text, (_, width) in zip(texts, HEADERS, strict=False)
    )
    return min(25, max(needed))


def _put_link(sheet: Any, row: int, column: int, spot: Spot) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = f"{get_column_letter(spot.column)}{spot.row}"
    quoted = spot.sheet.replace("'", "''")
    cell = _put(sheet, row, column, place, color=LINK, underline="single")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{place}", display=place)


def _put(
    sheet: Any, row: int, column: int, text: str, *, fill: str = "", wrap: bool = False, **font: Any
) -> Any:
    """Write a text as text, also where what was found begins with =."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, column)
    cell.value = strip_controls(text)
    cell.data_type = "s"
    cell.font = Font(**{"name": FONT, "size": 10, **font})
    if fill:
        cell.fill = PatternFill(fill_type="solid", start_color=fill, end_color=fill)
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    return cell
