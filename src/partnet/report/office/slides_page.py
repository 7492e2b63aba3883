"""What stands on a slide: text, tiles, cards, bars, tables and pictures, none over the edge.

python-pptx is an extra: it is imported where a function needs it, never with this module.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ...core.wording.formats import NUMBERS, write_value
from ..model import BarsBlock, CardsBlock, FactsBlock, FigureBlock, TableBlock
from .parts import clean_text

WIDTH, HEIGHT = 13.333, 7.5  # inches
MARGIN, TOP, BOTTOM = 0.6, 1.45, 6.95
GAP = 0.15
FONT = "Arial"
ACCENT, INK, QUIET, SOFT, PAPER = "00507A", "1A2530", "4A5560", "EEF3F7", "FFFFFF"
SIZES = (14, 12, 11, 10, 9, 8, 7)  # points of a table, the largest that fits
INCH, POINT = 914_400, 12_700  # in the unit of the file
LETTER = 0.5  # of its size: how wide a letter is on average
TITLE_ONLY, TITLE_SLIDE = 5, 0  # layouts


class Deck:
    """A file of slides, wide as a screen."""

    def __init__(self, title: str) -> None:
        self.title = clean_text(title)
        import pptx

        self.file = pptx.Presentation()
        _widen(self.file)

    def add_title(self, title: str, beneath: list[str]) -> None:
        """Add the slide that says what this is."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_SLIDE])
        name, rest = slide.placeholders[0], slide.placeholders[1]
        _place(name, MARGIN, 1.6, WIDTH - 2 * MARGIN, 2.2)
        _place(rest, MARGIN, 4.0, WIDTH - 2 * MARGIN, 2.6)
        _fill(name.text_frame, [title], size=36, bold=True, color=ACCENT)
        size = _shrink("\n".join(beneath), WIDTH - 2 * MARGIN, 2.3, 20)
        _fill(rest.text_frame, beneath, size=size, color=QUIET)

    def add_slide(self, title: str, notes: Iterable[str]) -> Page:
        """Add a slide with its title, a number, and what the speaker reads."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        _place(slide.shapes.title, MARGIN, 0.35, WIDTH - 2 * MARGIN, 0.95)
        frame = slide.shapes.title.text_frame
        size = _shrink(title, WIDTH - 2 * MARGIN, 0.8, 28)
        _fill(frame, [title], size=size, bold=True, color=ACCENT)
        _center(frame)
        slide.notes_slide.notes_text_frame.text = "\n".join(map(clean_text, notes))
        _number(slide, self.title)
        return Page(slide)


class Page:
    """A slide that is filled from above."""

    width = WIDTH - 2 * MARGIN

    def __init__(self, slide: Any) -> None:
        self.slide, self.top = slide, TOP

    @property
    def room(self) -> float:
        """Inches that are left."""
        return max(BOTTOM - self.top, 0.5)

    def write(
        self,
        lines: Iterable[str],
        *,
        width: float | None = None,
        large: bool = False,
        bold: bool = False,
        whole: bool = False,
    ) -> None:
        """Write sentences, as large as fits; `whole` where nothing follows beneath."""
        lines, wide = list(lines), width or self.width
        if not lines:
            return
        most = self.room if large or width or whole else self.room * 0.55
        size = _shrink("\n".join(lines), wide, most, 26 if large else 17)
        high = _measure(lines, wide, size)
        box = self.slide.shapes.add_textbox(*_inches(MARGIN, self.top, wide, high))
        _fill(box.text_frame, lines, size=size, bold=bold)
        self.top += high + GAP

    def _add_box(self, left: float, top: float, width: float, height: float, color: str) -> Any:
        """Add a box of one color without an edge."""
        from pptx.enum.shapes import MSO_SHAPE

        box = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_inches(left, top, width, height))
        _set_fill(box, color)
        box.line.fill.background()
        box.shadow.inherit = False
        return box

    def put_facts(self, block: FactsBlock) -> None:
        """Key figures as tiles: the number large, what it counts beneath."""
        count = max(len(block.facts), 1)
        wide, high = (self.width - GAP * (count - 1)) / count, min(1.9, self.room)
        for k, (label, value) in enumerate(block.facts):
            left = MARGIN + k * (wide + GAP)
            tile = self._add_box(left, self.top, wide, high, SOFT)
            _fill(tile.text_frame, [value], size=_shrink(value, wide, 0.7, 28), bold=True)
            _add(tile.text_frame, label, size=_shrink(label, wide, high - 0.8, 14), color=QUIET)
            _center(tile.text_frame)
        self.top += high + GAP

    def put_cards(self, block: CardsBlock) -> None:
        """What to do first: a card a line, with a bar of color that says nothing by itself."""
        lines = [(f"{k}. {todo}", rest) for k, (todo, rest) in _number_cards(block)]
        high = min(1.05, self.room / max(len(lines), 1) - GAP)
        wide = self.width - 0.15
        size = min((_shrink(todo, wide, high * 0.44, 18) for todo, _ in lines), default=18)
        small = min((_shrink(rest, wide, high * 0.56, 14) for _, rest in lines), default=14)
        for todo, rest in lines:
            self._add_box(MARGIN, self.top, 0.09, high, ACCENT)
            text = self.slide.shapes.add_textbox(*_inches(MARGIN + 0.15, self.top, wide, high))
            _fill(text.text_frame, [todo], size=size, bold=True)
            _add(text.text_frame, rest, size=small, color=QUIET)
            _center(text.text_frame)
            self.top += high + GAP

    def put_bars(self, block: BarsBlock) -> None:
        """Numbers as bars, with name and number as text."""
        high = min(0.62, self.room / max(len(block.bars), 1))
        most = max((value for _, value in block.bars), default=1) or 1
        for label, value in block.bars:
            name = self.slide.shapes.add_textbox(*_inches(MARGIN, self.top, 5.2, high))
            _fill(name.text_frame, [label], size=_shrink(label, 5.2, high, 16))
            wide = max(5.8 * value / most, 0.05)
            self._add_box(5.9, self.top + high * 0.2, wide, high * 0.5, ACCENT)
            number = self.slide.shapes.add_textbox(*_inches(6.0 + wide, self.top, 1.1, high))
            _fill(number.text_frame, [f"{value:,}"], size=16, bold=True)
            self.top += high

    def put_picture(self, block: FigureBlock, *, left: float = 0.0) -> None:
        """Put a picture in, as large as fits, with its text for who cannot see it."""
        if block.draw is None:
            self.write((block.alt,))
            return
        top, wide = (TOP if left else self.top), self.width - left
        picture = self.slide.shapes.add_picture(io.BytesIO(block.draw()), 0, 0)
        scale = min(_inch(wide) / picture.width, _inch(BOTTOM - top) / picture.height)
        picture.width, picture.height = (
            int(picture.width * scale),
            int(picture.height * scale),
        )
        picture.left = _inch(MARGIN + left) + (_inch(wide) - picture.width) // 2
        picture.top = _inch(top)
        _describe(picture, block.caption, block.alt)

    def put_table(self, block: TableBlock) -> None:
        """Put the first rows into a table whose letters are as large as fits."""
        columns = block.page_columns
        frame = block.frame.head(block.rows)
        cells = [[write_value(v, c.format) for v in frame[c.name].tolist()] for c in columns]
        texts = [[column.label for column in columns], *zip(*cells, strict=True)]
        if not columns or len(texts) == 1:
            return
        self.write((block.caption,), bold=True)
        widths = _share_width(texts, self.width)
        size = next(
            (s for s in SIZES if sum(_row_heights(texts, widths, s)) <= self.room), SIZES[-1]
        )
        heights = _row_heights(texts, widths, size)
        shape = self.slide.shapes.add_table(
            len(texts), len(columns), *_inches(MARGIN, self.top, self.width, sum(heights))
        )
        _describe(shape, block.caption, block.caption)
        table = shape.table
        table.horz_banding = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = _inch(width)
        for row, height in zip(table.rows, heights, strict=True):
            row.height = _inch(height)
        for k, column in enumerate(columns):
            for place, row in enumerate(texts):
                cell = table.cell(place, k)
                _fill_cell(cell, row[k], size, head=place == 0, number=column.format in NUMBERS)


# -- sizes -----------------------------------------------------------------------------------------


def _number_cards(block: CardsBlock) -> Iterable[tuple[int, list[str]]]:
    return enumerate((card.lines() for card in block.cards), start=1)


def _measure(lines: Iterable[str], width: float, size: float) -> float:
    """Inches that lines of text take, one beneath the other."""
    letters = max((width - 0.2) * 72 / (size * LETTER), 1)
    count = sum(max(-(-len(part) // letters), 1) for text in lines for part in text.split("\n"))
    return float(count * size * 1.22 / 72 + 0.1)


def _shrink(text: str, width: float, height: float, size: int) -> int:
    """The largest size, down from the one that is wanted, at which a text fits."""
    while size > 7 and _measure([text], width, size) > height:
        size -= 1
    return size


def _share_width(texts: list[Any], width: float) -> list[float]:
    """Share the width among columns by what they hold; no word is broken."""
    columns = list(zip(*texts, strict=True))
    least = [
        0.3 + 0.085 * max(len(word) for text in column for word in (text or " ").split(" "))
        for column in columns
    ]
    wanted = [max(sum(map(len, column)) / len(column), 4) ** 0.8 for column in columns]
    free = max(width - sum(least), 0.0)
    widths = [low + free * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
    return [one * width / sum(widths) for one in widths]


def _row_heights(texts: list[Any], widths: list[float], size: float) -> list[float]:
    return [
        max(_measure([text], width, size) for text, width in zip(row, widths, strict=True)) + 0.02
        for row in texts
    ]


# -- shapes ----------------------------------------------------------------------------------------


def _inch(value: float) -> int:
    """Give inches in the unit of the file."""
    return round(value * INCH)


def _inches(*values: float) -> list[int]:
    return [_inch(value) for value in values]


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(left, top, width, height)


def _center(frame: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR

    frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _set_right(paragraph: Any) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.RIGHT


def _fill(frame: Any, lines: Iterable[str], **look: Any) -> None:
    """Put lines into an empty frame of text."""
    frame.word_wrap = True
    for side in ("left", "right"):
        setattr(frame, f"margin_{side}", _inch(0.08))
    for side in ("top", "bottom"):
        setattr(frame, f"margin_{side}", _inch(0.04))
    for place, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _write(paragraph, text, **look)


def _add(frame: Any, text: str, **look: Any) -> None:
    _write(frame.add_paragraph(), text, **look)


def _write(paragraph: Any, text: str, *, size: float, bold: bool = False, color: str = INK) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = clean_text(text)
    run.font.name, run.font.size, run.font.bold = FONT, round(size * POINT), bold
    run.font.color.rgb = RGBColor.from_string(color)


def _fill_cell(cell: Any, text: str, size: float, *, head: bool, number: bool) -> None:
    _set_fill(cell, ACCENT if head else PAPER)
    _fill(cell.text_frame, [text], size=size, bold=head, color=PAPER if head else INK)
    if number:
        _set_right(cell.text_frame.paragraphs[0])


def _set_fill(shape: Any, color: str) -> None:
    from pptx.dml.color import RGBColor

    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(color)


def _describe(shape: Any, name: str, text: str) -> None:
    """Say what a shape shows to who cannot see it."""
    told = shape._element.xpath(".//p:cNvPr")[0]
    told.set("name", clean_text(name)[:255])
    told.set("descr", clean_text(text))


def _number(slide: Any, title: str) -> None:
    """Running title and number of the slide at its foot; the number follows when slides move."""
    from pptx.oxml.ns import qn

    box = slide.shapes.add_textbox(*_inches(MARGIN, 7.02, WIDTH - 2 * MARGIN, 0.35))
    _fill(box.text_frame, [f"{title} – "], size=10, color=QUIET)
    paragraph = box.text_frame.paragraphs[0]
    _set_right(paragraph)
    run = paragraph.runs[0]._r
    field = run.makeelement(qn("a:fld"), {"id": FIELD, "type": "slidenum"})
    look = run.makeelement(qn("a:rPr"), {"lang": "en-US", "sz": "1000"})
    text = run.makeelement(qn("a:t"), {})
    text.text = "‹#›"
    field.extend((look, text))
    run.addnext(field)


FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def _widen(file: Any) -> None:
    """Make the slides, and what later ones are made from, as wide as a screen."""
    ratio = _inch(WIDTH) / file.slide_width
    file.slide_width, file.slide_height = _inch(WIDTH), _inch(HEIGHT)
    for sheet in (file.slide_master, *file.slide_layouts):
        for shape in sheet.shapes:
            if shape.left is not None and shape.width is not None:
                shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)
