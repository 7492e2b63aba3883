"""The workbook again with every problem's cell colored and commented, and a sheet that lists them.

A workbook is opened and saved with openpyxl; what that cannot keep is said. Other inputs are
written as a workbook of their tables.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ...core.errors import InputProblem, UsageError
from ...core.storage.writing import CREATED
from ...core.wording.safety import strip_controls
from ...core.wording.text import count_noun, join_words
from ..cells import RawTable
from .kept import check_kept
from .listed import COLORS, PROBLEMS, TITLE, write_list
from .spots import LAST_COLUMN, Layout, Spot, Spots, lay_out_anew, lay_out_own, make_title

BOOKS = (".xlsx", ".xlsm")
AUTHOR = "partnet"
SIGN = f"{AUTHOR}: "  # begins every comment of ours
MOST_MARKED = 10_000  # cells with a comment; Excel becomes slow far above
MOST_COMMENT = 2_000  # characters
MOST_CELLS = 400_000  # of tables that are given back whole: a minute's work
LINE, LINE_HEIGHT, WIDTH = 42, 18, 320  # characters and pixels of a comment
MOST_BYTES = 100_000_000  # of its parts when unpacked
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_EPOCH = (2000, 1, 1, 0, 0, 0)  # of every part, so that equal input gives equal bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


@dataclass(frozen=True)
class Marked:
    """A workbook with marks, and what is to be said about it.

    Attributes
    ----------
    content : bytes
        The workbook.
    cells : int
        Cells with a mark.
    told : tuple of str
        What of the user's workbook could not be kept, and which cells have no mark.
    """

    content: bytes
    cells: int
    told: tuple[str, ...]


def check_suffix(path: Path, source: object) -> None:
    """Refuse a path that is not the name of a workbook.

    Raises
    ------
    UsageError
        It ends in something else, or in .xlsm though the input has no macros.
    """
    suffix = path.suffix.lower()
    given = Path(source).suffix.lower() if isinstance(source, str | Path) else ""
    if suffix != ".xlsx" and not (suffix == given == ".xlsm"):
        raise UsageError(
            f"output: found {path.name}. The marked input is a workbook (.xlsx). Name it so."
        )


def mark_workbook(
    source: object,
    raws: Sequence[RawTable],
    problems: Sequence[InputProblem],
    groups: Sequence[Mapping[str, Any]],
    *,
    sentences: Iterable[str],
    macros: bool = False,
) -> Marked:
    """Make the marked workbook of an input.

    Parameters
    ----------
    source : path, or anything else
        A workbook is given back as it is; what else is read is written as a workbook.
    raws : sequence of RawTable
        Its tables as they were opened.
    problems : sequence of InputProblem
        All of them, in the order of the table that lists them.
    groups : sequence of dict
        Entries of `group_problems`, each with ``members``: positions of its problems.
    sentences : iterable of str
        What stands above the list.
    macros : bool, default False
        Keep macros; the workbook is then an .xlsm.
    """
    path = Path(source) if isinstance(source, str | Path) else None
    told: list[str] = []
    try:
        own = _open_own(path, raws, macros) if path is not None else None
        if own is not None:
            return _mark(own, problems, groups, sentences)
    except Exception as error:  # whatever a library meets in a stranger's file
        told.append(
            "Your own workbook could not be copied with its colors and other sheets "
            f"({type(error).__name__}): this one holds its tables alone."
        )
    return _mark(_Book(None, lay_out_anew(raws, [PROBLEMS]), told), problems, groups, sentences)


class _Book(NamedTuple):
    """A workbook of the user's, or none; where its tables stand; what of it is not kept."""

    book: Any
    layouts: list[Layout]
    told: list[str]


def _mark(
    own: _Book,
    problems: Sequence[InputProblem],
    groups: Sequence[Mapping[str, Any]],
    sentences: Iterable[str],
) -> Marked:
    spots = Spots(own.layouts)
    found = [spots.find(problem) for problem in problems]
    book, more_told = (own.book, []) if own.book else _make_anew(own.layouts, found)
    told = [*own.told, *more_told]
    cells, more = _Marker(book).mark(problems, found)
    told += [_say_more(more)] if more else []
    title = make_title(PROBLEMS, [name.casefold() for name in book.sheetnames])
    write_list(book.create_sheet(title, 0), groups, found, [*sentences, *told])
    _show_first(book)
    return Marked(_save(book), cells, tuple(told))


def _say_more(more: int) -> str:
    return (
        f"The first {MOST_MARKED:,} cells are marked; {count_noun(more, 'more problem')} "
        "will be when these are mended."
    )


def _open_own(path: Path, raws: Sequence[RawTable], macros: bool) -> _Book | None:
    """Open a workbook of the user's; ``None`` where it is none, or too large to be opened so."""
    cells = sum(len(raw.header) * len(raw.rows) for raw in raws)
    if path.suffix.lower() not in BOOKS or not path.is_file() or cells > MOST_CELLS:
        return None
    if not _is_small(path):
        return None
    import openpyxl

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(path, keep_vba=macros, rich_text=True)
    layouts = lay_out_own(raws, book.sheetnames)
    if len(layouts) < len(raws):
        return None
    check_kept(path, book)
    _remove_old_lists(book)
    told = _list_losses(path, book, [str(w.message) for w in caught], macros)
    return _Book(book, layouts, told)


def _is_small(path: Path) -> bool:
    """Whether the sheets, those that are not read too, are small; openpyxl fills merged cells."""
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if member.filename.endswith(".xml")]
        if sum(member.file_size for member in members) > MOST_BYTES:
            return False
        merged = (ref for member in members for ref in _MERGED.findall(archive.read(member)))
        return sum(_count_cells(ref.decode("ascii")) for ref in merged) <= MOST_CELLS


def _count_cells(reference: str) -> int:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(reference)
    return (right - left + 1) * (bottom - top + 1)


def _remove_old_lists(book: Any) -> None:
    """A workbook that was marked before is marked anew."""
    for sheet in book.worksheets:
        if sheet["A1"].value == TITLE and len(book.worksheets) > 1:
            book.remove(sheet)
            continue
        for cell in _list_cells(sheet):
            if cell.comment:
                _unmark(cell)


def _list_cells(sheet: Any) -> list[Any]:
    """Cells that hold something; iter_rows would make those between as well."""
    return list(sheet._cells.values())


def _unmark(cell: Any) -> None:
    from openpyxl.styles import PatternFill

    before, sign, _ = cell.comment.text.partition(SIGN)
    if not sign:
        return
    author = cell.comment.author
    cell.comment = _make_comment(before.strip(), author) if before.strip() else None
    if cell.fill.fgColor.rgb in COLORS.values():
        cell.fill = PatternFill()


def _list_losses(path: Path, book: Any, warned: Sequence[str], macros: bool) -> list[str]:
    """Say what openpyxl does not keep of a workbook."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        drawings = [archive.read(n) for n in names if re.match(r"xl/drawings/drawing\d*\.xml", n)]
    lost = [what for start, what in LOST.items() if any(name.startswith(start) for name in names)]
    if any(b"<xdr:sp>" in part or b"<xdr:sp " in part for part in drawings):
        lost.append("drawn shapes and text boxes")
    if not macros and "xl/vbaProject.bin" in names:
        lost.append("macros")
    lost += [what for words, what in WARNED.items() if any(words in text for text in warned)]
    said = [f"Your own file holds what this copy could not keep: {join_words(lost)}."] * bool(lost)
    if any(name.startswith("xl/charts/") for name in names):
        said.append("Charts may look simpler here than in your own file.")
    if any(cell.data_type == "f" for sheet in book.worksheets for cell in _list_cells(sheet)):
        said.append("Formulas are kept; their values are there again once Excel has saved it.")
    return said


LOST = {
    "xl/threadedComments/": "threads of comments (they are notes here)",
    "xl/slicers/": "slicers",
    "xl/timelines/": "timelines",
    "xl/ctrlProps/": "buttons and other controls",
    "xl/activeX/": "controls",
    "xl/queryTables/": "links to queries",
    "xl/richData/": "linked data types",
    "_xmlsignatures/": "the signature",
}
WARNED = {
    "Data Validation extension": "drop-downs that take their list from another sheet",
    "Conditional Formatting extension": "newer conditional formats",
    "Sparkline": "sparklines",
    "header or footer": "a page header or footer",
    "Unknown extension": "newer settings of sheets",
}


def _make_anew(layouts: Sequence[Layout], found: Sequence[Spot | None]) -> tuple[Any, list[str]]:
    """Write tables into a workbook, every cell as the text that was read."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    cells = sum(len(layout.raw.header) * len(layout.raw.rows) for layout in layouts)
    named = None if cells <= MOST_CELLS else _list_named(found)
    for layout in layouts:
        _write_table(book.create_sheet(layout.title), layout, named)
    if not layouts:
        book.create_sheet("Empty")
    said = "The tables are large: only the rows with a problem stand here, under their own numbers."
    wide = any(len(layout.raw.header) > LAST_COLUMN for layout in layouts)
    beyond = f"Columns beyond the {LAST_COLUMN:,} that an Excel sheet holds are left out."
    return book, [*([said] if named is not None else []), *([beyond] if wide else [])]


def _list_named(found: Sequence[Spot | None]) -> set[tuple[str, int]]:
    spots = [spot for spot in found if spot is not None]
    return {(spot.sheet, spot.row) for spot in spots[: 2 * MOST_MARKED]}


def _write_table(sheet: Any, layout: Layout, named: set[tuple[str, int]] | None) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    bold = Font(bold=True)
    for k, text in enumerate(layout.raw.header[:LAST_COLUMN], start=1):
        _write_text(sheet, layout.header_row, k, text).font = bold
        sheet.column_dimensions[get_column_letter(k)].width = 22
    for position, row in enumerate(layout.raw.rows):
        at = layout.row_of(position)
        if named is None or (layout.title, at) in named:
            for k, text in enumerate(row[:LAST_COLUMN], start=1):
                if text:
                    _write_text(sheet, at, k, text)
    sheet.freeze_panes = sheet.cell(layout.header_row + 1, 1)


def _write_text(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text as text: not even one that begins with = is a formula."""
    cell = sheet.cell(row, column)
    cell.value = strip_controls(text)[:32_767]
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _make_comment(text: str, author: str) -> Any:
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // LINE for line in text.splitlines())
    return Comment(text, author, height=LINE_HEIGHT * (lines + 1), width=WIDTH)


class _Marker:
    """Colors cells and comments on them."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.tops: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    @cached_property
    def fills(self) -> Mapping[str, Any]:
        from openpyxl.styles import PatternFill

        return {
            level: PatternFill(fill_type="solid", start_color=color, end_color=color)
            for level, color in COLORS.items()
        }

    def mark(
        self, problems: Sequence[InputProblem], found: Sequence[Spot | None]
    ) -> tuple[int, int]:
        """Mark the cells of problems, errors first; give how many, and how many problems more."""
        by_spot: dict[Spot, list[InputProblem]] = defaultdict(list)
        for problem, spot in sorted(
            zip(problems, found, strict=True), key=lambda pair: pair[0].level != "error"
        ):
            if spot is not None:
                by_spot[self._find_top(spot)].append(problem)
        for spot in list(by_spot)[:MOST_MARKED]:
            self._mark_cell(spot, by_spot[spot])
        more = sum(len(by_spot[spot]) for spot in list(by_spot)[MOST_MARKED:])
        return min(len(by_spot), MOST_MARKED), more

    def _find_top(self, spot: Spot) -> Spot:
        """The first cell of a merged one, which is the only one that can be written."""
        if spot.sheet not in self.tops:
            ranges = self.book[spot.sheet].merged_cells.ranges
            self.tops[spot.sheet] = {
                place: (area.min_row, area.min_col) for area in ranges for place in area.cells
            }
        return Spot(spot.sheet, *self.tops[spot.sheet].get((spot.row, spot.column), spot[1:]))

    def _mark_cell(self, spot: Spot, problems: Sequence[InputProblem]) -> None:
        cell = self.book[spot.sheet].cell(spot.row, spot.column)
        level = "error" if any(p.level == "error" for p in problems) else "note"
        cell.fill = self.fills[level]
        said = dict.fromkeys(f"Found {p.found}. {p.allowed} {p.fix}".strip() for p in problems)
        text = SIGN + "\n\n".join(said)
        if len(text) > MOST_COMMENT:
            text = f"{text[:MOST_COMMENT]} ..."
        author = AUTHOR
        if cell.comment is not None:  # the user's own stays
            text, author = f"{cell.comment.text}\n\n{text}", cell.comment.author
        cell.comment = _make_comment(strip_controls(text), author)


def _show_first(book: Any) -> None:
    """Open the workbook at the list; two selected sheets would be edited together."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
    book.active = 0
    book.worksheets[0].sheet_view.tabSelected = True


def _save(book: Any) -> bytes:
    """Save it so that equal input gives equal bytes, and that it is known as partnet's own."""
    book.properties.category = "partnet check"
    book.properties.created = book.properties.created and CREATED
    packed, out = io.BytesIO(), io.BytesIO()
    book.save(packed)
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(info, content)
    return out.getvalue()
