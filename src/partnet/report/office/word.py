"""A report as a Word file: headings, tables with repeated headers, pictures with their text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import numpy as np
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Inches, Pt

from ...core.wording.formats import NUMBERS, write_value
from ...core.wording.text import count_noun
from ..folding import keep_filled
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
    TableBlock,
)
from .parts import clean_text, fix_times, set_properties
from .word_page import (
    SMALL,
    add_styles,
    measure_room,
    open_template,
    set_frame,
    set_page,
)

MOST_ROWS = 40  # rows of a table; the Excel report has all
GRID = "Table Grid"  # the style of tables where a template has it
LINE = {"val": "single", "sz": "4", "space": "0", "color": "B8C1CA"}


def render_word(report: Report, *, template: str | Path | None = None) -> bytes:
    """Render a report as a Word file; the same report gives the same bytes.

    Parameters
    ----------
    report : Report
        The report.
    template : str or Path, optional
        A Word file or template whose styles, paper, header and footer are used; its text is not.

    Raises
    ------
    UsageError
        The template cannot be read as one.
    """
    document = docx.Document() if template is None else open_template(template)
    set_properties(document, report)
    add_styles(document)
    if template is None:
        set_page(document)
    set_frame(document, report)
    document.add_heading(clean_text(report.title), 0)
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
    return fix_times(out.getvalue())


# -- sections and blocks ---------------------------------------------------------------------------


def _write_section(document: Any, section: Section) -> None:
    document.add_heading(clean_text(section.title), 1)
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
            document.add_heading(clean_text(block.heading), 2)
            for number, item in enumerate(block.items, start=1):
                _say(document, f"{number}. {item}")
        case CardsBlock():
            _write_cards(document, block)
        case BarsBlock():
            document.add_heading(clean_text(block.heading), 2)
            bars = [(label, f"{value:,}") for label, value in block.bars]
            _write_grid(document, ("Organization", "Number"), bars, {1})
        case NoteBlock():
            document.add_heading(clean_text(block.heading), 2)
            _say(document, block.text)


def _write_cards(document: Any, block: CardsBlock) -> None:
    document.add_heading(clean_text(block.heading), 2)
    for number, card in enumerate(block.cards, start=1):
        paragraph = document.add_paragraph()
        todo, rest = card.lines()
        paragraph.add_run(clean_text(f"{number}. {todo}")).bold = True
        if rest:
            paragraph.add_run(clean_text(f" {rest}"))


def _write_picture(document: Any, block: FigureBlock) -> None:
    """Put the picture in with its text for who cannot see it; or the text alone."""
    if block.draw is None:
        _say(document, block.alt)
        return
    picture = document.add_picture(io.BytesIO(block.draw()))
    room = Inches(measure_room(document))
    if picture.width > room:
        picture.height = Emu(int(picture.height * room / picture.width))
        picture.width = room
    told = picture._inline.docPr
    told.set("descr", clean_text(block.alt))
    told.set("title", clean_text(block.caption))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _say(document, block.caption, style="Caption")


def _write_method(document: Any, block: MethodBlock) -> None:
    document.add_heading(clean_text(block.title), 2)
    for line in block.method.lines():
        _say(document, line, small=True)


def _write_table_block(document: Any, block: TableBlock) -> None:
    """Write the first rows; where there are more, say where they are."""
    if not block.rows or block.chips:  # a list to choose from is for the screen
        return
    frame = block.frame.head(min(block.rows, MOST_ROWS))
    columns = keep_filled(frame, block.page_columns)
    cells = [[write_value(v, c.format) for v in frame[c.name].tolist()] for c in columns]
    numbers = {k for k, column in enumerate(columns) if column.format in NUMBERS}
    _say(document, block.caption, style="Caption")
    labels = [column.label for column in columns]
    _write_grid(document, labels, list(zip(*cells, strict=True)), numbers)
    if more := len(block.frame) - len(frame):
        said = count_noun(more, "more row stands", "more rows stand")
        _say(document, f"{said} in the Excel report: “{block.sheet}”.", small=True)


def _write_grid(document: Any, labels: Any, rows: Any, numbers: set[int]) -> None:
    """Write a table whose header is repeated on every page and whose rows are not parted."""
    texts = [[clean_text(str(text)) for text in row] for row in (labels, *rows)]
    room = measure_room(document)
    widths, height = _share_width(texts, room)
    if len(labels) > 2:
        together = _put_together(texts)
        two, less = _share_width(together, room)
        if less * MUCH < height:
            texts, widths, numbers = together, two, set()
    style = GRID if GRID in document.styles else None
    table = document.add_table(rows=len(texts), cols=len(widths), style=style)
    table.autofit = False
    _set_lines(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for place, (row, said) in enumerate(zip(table.rows, texts, strict=True)):
        layout = row._tr.get_or_add_trPr()
        layout.append(OxmlElement("w:cantSplit"))
        if place == 0:
            layout.append(OxmlElement("w:tblHeader"))
        for k, (cell, text) in enumerate(zip(row.cells, said, strict=True)):
            cell.width = Inches(widths[k])
            _fill(cell.paragraphs[0], text, bold=place == 0 or k == 0, right=k in numbers)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


# Inches: of a cell's margins, of a letter, which one printer's font draws wider than another's, of
# the widest word that is kept whole, and what a column is given at a time. Headers and the first
# column are bold.
MARGINS, LETTER, WIDEST, STEP, BOLD = 0.17, 0.068, 1.2, 0.05, 1.1
HALF_A_WORD = 0.25  # inches: lost at the end of a full line, as no word is parted
MUCH = 1.4  # times as high as in two columns: a table of that many columns is not read
SIDE = 80  # twentieths of a point: the margin on one side of a cell


def _put_together(texts: list[list[str]]) -> list[list[str]]:
    """Put all columns but the first into one, each cell behind its header: a table too full."""
    (first, *labels), *rows = texts
    said = [
        " · ".join(f"{label}: {text}" for label, text in zip(labels, cells, strict=True) if text)
        for _, *cells in rows
    ]
    return [
        [first, " · ".join(labels)],
        *([row[0], text] for row, text in zip(rows, said, strict=True)),
    ]


def _share_width(texts: list[list[str]], room: float) -> tuple[list[float], float]:
    """Share the width of the page among columns, so that the rows together are as low as may be.

    No word is cut in two, where there is room. What is left is given bit by bit to the column whose
    texts make rows high; what no row needs is shared by what the columns hold. Also gives how many
    lines the rows have together, about.
    """
    bold = np.ones((len(texts), len(texts[0])))
    bold[0] = bold[:, 0] = BOLD
    letters = bold * [[len(text) for text in row] for row in texts]
    words = bold * [[max(map(_measure, text.split(" "))) for text in row] for row in texts]
    widths = np.minimum(MARGINS + LETTER * words.max(axis=0), WIDEST)
    widths *= min(1.0, room / widths.sum())
    high = _count_lines(letters, widths)
    while widths.sum() + STEP <= room and high.max() > 1:
        tallest, most = high.argmax(axis=1), high.max(axis=1)
        gain = np.bincount(tallest, np.where(most > 1, most, 0) / widths[tallest], len(widths))
        widths[gain.argmax()] += STEP
        high = _count_lines(letters, widths)
    held = letters.mean(axis=0) + 1
    total = np.ceil(high).max(axis=1).sum()
    return list(widths + (room - widths.sum()) * held / held.sum()), float(total)


def _measure(word: str) -> float:
    """How many letters of common width a word is long."""
    return len(word) + sum(map(word.count, "mwMW")) / 2


def _count_lines(letters: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """How many lines each cell has, in parts of a line; one that is full ends before a word."""
    whole = LETTER * letters / np.maximum(widths - MARGINS, STEP)
    broken = LETTER * letters / np.maximum(widths - MARGINS - HALF_A_WORD, STEP)
    return np.asarray(np.where(whole > 1, broken, whole))


def _set_lines(table: Any) -> None:
    """Thin lines between rows, none between columns, which stand close."""
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        told = {"val": "nil"} if side in ("left", "right", "insideV") else LINE
        for name, value in told.items():
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(SIDE))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))  # the format has an order for all of them
    layout.addprevious(lines)
    layout.addnext(margins)


def _fill(paragraph: Any, text: str, *, bold: bool, right: bool) -> None:
    run = paragraph.add_run(clean_text(text))
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
) -> None:
    """Add a paragraph of its own."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(clean_text(text))
    run.italic = italic or None
    if small:
        run.font.size = SMALL
