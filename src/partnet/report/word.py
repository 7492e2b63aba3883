"""A report as a Word file: headings, tables with repeated headers, pictures with their text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Pt

from ..core.safety import strip_controls
from ..core.storage.making import MAKER
from ..core.storage.writing import CREATED
from ..core.text import count_noun
from .formats import NUMBERS, write_value
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

MOST_ROWS = 40  # rows of a table; the Excel report has all
WIDTH = 6.9  # inches between the margins
SMALL = Pt(8.5)
FONT = "Arial"
LETTERING = (  # style, size, space before and after, in points
    ("Normal", 9.5, 0, 3),
    ("Title", 19, 0, 4),
    ("Heading 1", 14, 12, 3),
    ("Heading 2", 10.5, 7, 2),
    ("Caption", 8.5, 6, 2),
)
GRID = "Table Grid"  # the style of tables where a template has it
LINE = {"val": "single", "sz": "4", "space": "0", "color": "B8C1CA"}


def render_word(report: Report) -> bytes:
    """Render a report as a Word file; the same report gives the same bytes."""
    document = docx.Document()
    _set_properties(document, report)
    _set_page(document)
    _set_frame(document, report)
    document.add_heading(_clean(report.title), 0)
    _say(document, report.subtitle)
    if report.note:
        _say(document, report.note, italic=True)
    for number, section in enumerate(report.sections):
        if number == 1 and not section.entry:
            document.add_page_break()  # the first page of a brief is all that its reader must know
        _write_section(document, section)
    _say(document, report.versions, small=True)
    out = io.BytesIO()
    document.save(out)
    return _fix_times(out.getvalue())


def _fix_times(content: bytes) -> bytes:
    """Pack the parts anew with one time: equal input gives equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(part, old.read(name))
    return out.getvalue()


# -- the document as a whole -----------------------------------------------------------------------


def _set_properties(document: Any, report: Report) -> None:
    """Say what made it and when, as the workbook does."""
    about = document.core_properties
    about.title, about.category = _clean(report.title)[:255], "partnet report"
    about.author = about.last_modified_by = MAKER
    about.comments = about.subject = about.keywords = ""
    about.created = about.modified = CREATED
    about.revision = 1


def _set_page(document: Any) -> None:
    """Letter paper with narrow margins; text as small as on the page."""
    page = document.sections[0]
    page.left_margin = page.right_margin = Inches((8.5 - WIDTH) / 2)
    page.top_margin = page.bottom_margin = Inches(0.8)
    for name, size, before, after in LETTERING:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        # A theme's font goes before the one that is named.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _set_frame(document: Any, report: Report) -> None:
    """Running title above, number of the page beneath."""
    page = document.sections[0]
    _say(page.header, report.title, small=True, at=page.header.paragraphs[0])
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        footer.add_run(text)
        _add_field(footer.add_run(), field)


def _add_field(run: Any, code: str) -> None:
    """Add what Word works out itself, with a number until it does."""
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)
        elif kind == "separate":
            run.add_text("1")


# -- sections and blocks ---------------------------------------------------------------------------


def _write_section(document: Any, section: Section) -> None:
    document.add_heading(_clean(section.title), 1)
    for sentence in section.lead:
        _say(document, sentence)
    for block in section.blocks:
        _write_block(document, block)


def _write_block(document: Any, block: Block) -> None:
    match block:
        case TableBlock():
            _write_table_block(document, block)
        case FigureBlock():
            _write_picture(document, block)
        case FactsBlock():
            labels, values = zip(*block.facts, strict=True)
            _write_grid(document, labels, (values,), set())
        case MethodBlock():
            _write_method(document, block)
        case ListBlock():
            document.add_heading(_clean(block.heading), 2)
            for number, item in enumerate(block.items, start=1):
                _say(document, f"{number}. {item}")
        case CardsBlock():
            _write_cards(document, block)
        case BarsBlock():
            document.add_heading(_clean(block.heading), 2)
            bars = [(label, f"{value:,}") for label, value in block.bars]
            _write_grid(document, ("Organization", "Number"), bars, {1})
        case NoteBlock():
            document.add_heading(_clean(block.heading), 2)
            _say(document, block.text)


def _write_cards(document: Any, block: CardsBlock) -> None:
    document.add_heading(_clean(block.heading), 2)
    for number, card in enumerate(block.cards, start=1):
        paragraph = document.add_paragraph()
        todo, rest = card.lines()
        paragraph.add_run(_clean(f"{number}. {todo}")).bold = True
        if rest:
            paragraph.add_run(_clean(f" {rest}"))


def _write_picture(document: Any, block: FigureBlock) -> None:
    """Put the picture in with its text for who cannot see it; or the text alone."""
    if block.draw is None:
        _say(document, block.alt)
        return
    picture = document.add_picture(io.BytesIO(block.draw()))
    if picture.width > Inches(WIDTH):
        picture.height = Emu(int(picture.height * Inches(WIDTH) / picture.width))
        picture.width = Inches(WIDTH)
    told = picture._inline.docPr
    told.set("descr", _clean(block.alt))
    told.set("title", _clean(block.caption))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _say(document, block.caption, style="Caption")


def _write_method(document: Any, block: MethodBlock) -> None:
    document.add_heading(_clean(block.title), 2)
    for line in block.method.lines():
        _say(document, line, small=True)


def _write_table_block(document: Any, block: TableBlock) -> None:
    """Write the first rows; where there are more, say where they are."""
    if not block.rows or block.chips:  # a list to choose from is for the screen
        return
    frame = block.frame.head(min(block.rows, MOST_ROWS))
    columns = block.page_columns
    cells = [[write_value(v, c.format) for v in frame[c.name].tolist()] for c in columns]
    numbers = {k for k, column in enumerate(columns) if column.format in NUMBERS}
    _say(document, block.caption, style="Caption")
    labels = [column.label for column in columns]
    _write_grid(document, labels, list(zip(*cells, strict=True)), numbers)
    if more := len(block.frame) - len(frame):
        said = count_noun(more, "more row stands", "more rows stand")
        _say(document, f"{said} in the Excel report, sheet “{block.sheet}”.", small=True)


def _write_grid(document: Any, labels: Any, rows: Any, numbers: set[int]) -> None:
    """Write a table whose header is repeated on every page and whose rows are not parted."""
    texts = [[_clean(str(text)) for text in row] for row in (labels, *rows)]
    style = GRID if GRID in document.styles else None
    table = document.add_table(rows=len(texts), cols=len(labels), style=style)
    table.autofit = False
    _set_lines(table)
    widths = [Inches(width) for width in _share_width(texts)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (row, said) in enumerate(zip(table.rows, texts, strict=True)):
        layout = row._tr.get_or_add_trPr()
        layout.append(OxmlElement("w:cantSplit"))
        if place == 0:
            layout.append(OxmlElement("w:tblHeader"))
        for k, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            cell.width = widths[k]
            _fill(cell.paragraphs[0], text, bold=place == 0 or k == 0, right=k in numbers)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _share_width(texts: list[list[str]]) -> list[float]:
    """Share the width of the page among columns: by what they hold, no word cut in two."""
    columns = list(zip(*texts, strict=True))
    longest = [
        max(len(word) for text in column for word in (text or " ").split(" ")) for column in columns
    ]
    least = [min(0.2 + 0.062 * length, 1.1) for length in longest]
    wanted = [min(sum(map(len, column)) / len(column), 120) ** 0.9 for column in columns]
    room = max(WIDTH - sum(least), 0.0)
    total = sum(wanted) or 1.0
    widths = [low + room * want / total for low, want in zip(least, wanted, strict=True)]
    return [width * WIDTH / sum(widths) for width in widths]


def _set_lines(table: Any) -> None:
    """Thin lines between rows, none between columns."""
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        told = {"val": "nil"} if side in ("left", "right", "insideV") else LINE
        for name, value in told.items():
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    table._tbl.tblPr.append(lines)


def _fill(paragraph: Any, text: str, *, bold: bool, right: bool) -> None:
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold, SMALL
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _say(
    document: Any,
    text: str,
    *,
    style: str | None = None,
    italic: bool = False,
    small: bool = False,
    at: Any = None,
) -> None:
    """Add a paragraph of its own, or fill the one given."""
    paragraph = document.add_paragraph(style=style) if at is None else at
    run = paragraph.add_run(_clean(text))
    run.italic = italic or None
    if small:
        run.font.size = SMALL


def _clean(text: str) -> str:
    """Leave out what no XML file may hold."""
    kept = strip_controls(text).encode("utf-8", "ignore").decode("utf-8")
    return "".join(_allowed(kept))


def _allowed(text: str) -> Iterator[str]:
    return (sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
