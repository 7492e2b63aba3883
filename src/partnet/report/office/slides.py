"""A report as slides for the meeting: the first screen, the cards, the map, one slide a section."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...core.wording.text import count_noun
from ..folding import CLOSED, count_open, fold_section
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
from .parts import fix_times, set_properties
from .slides_page import Deck

SHORT = 5  # sections that share a slide
ITEMS = 5  # of a list that stand on a slide


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    title : str
        Its title.
    said : tuple of str
        Sentences on it.
    blocks : tuple of Block
        What stands beneath them.
    notes : tuple of str
        What the speaker reads: every sentence, and where the rest is.
    """

    title: str
    said: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()


def render_slides(report: Report) -> bytes:
    """Render a report as slides; the same report gives the same bytes."""
    deck = Deck(report.title)
    deck.add_title(report.title, [line for line in (report.subtitle, report.note) if line])
    for slide in plan_slides(report):
        _draw(deck, slide)
    set_properties(deck.file, report)
    out = io.BytesIO()
    deck.file.save(out)
    return fix_times(out.getvalue())


# -- which slides ----------------------------------------------------------------------------------


def plan_slides(report: Report) -> list[Slide]:
    """Choose the slides: the first screen in parts, a slide a section, what is not known."""
    first, *others = report.sections or (Section("summary", "Summary", ()),)
    slides = [_make_slide(section) for section in others if section.id not in CLOSED]
    ending = [block for block in first.blocks if isinstance(block, NoteBlock)]
    return [
        *(_open_first(first) if first.entry else [_make_slide(first)]),
        *(slide for slide in slides if slide.blocks),
        *_join_short([slide for slide in slides if not slide.blocks]),
        *(Slide(block.heading, (block.text,), notes=(block.text,)) for block in ending),
        Slide("Where all of it stands", (WHERE,), notes=(WHERE, report.versions)),
    ]


WHERE = (
    "Every slide shows the beginning of a section. All sentences stand in the notes of its slide; "
    "all rows, how each number was worked out, and what the words mean, in the page, the Word file "
    "and the workbook of the same report."
)


def _open_first(section: Section) -> Iterator[Slide]:
    """The first screen: the sentence with the key figures, then a slide each for what it shows."""
    facts = tuple(block for block in section.blocks if isinstance(block, FactsBlock))
    yield Slide(section.title, _say_first(section), facts, section.lead)
    for block in section.blocks:
        match block:
            case CardsBlock():
                notes = tuple(" ".join(card.lines()) for card in block.cards)
                yield Slide(block.heading, (), (block,), notes)
            case FigureBlock():
                yield Slide(block.caption, (), (block,), (block.alt,))
            case BarsBlock():
                notes = tuple(f"{label}: {value:,}" for label, value in block.bars)
                yield Slide(block.heading, (), (block,), notes)


def _make_slide(section: Section) -> Slide:
    """The beginning of a section, as the page shows it before anything is unfolded."""
    folded = fold_section(replace(section, entry=section.entry or section.id))
    blocks = [block for block in folded.blocks if not isinstance(block, MethodBlock)]
    facts = [block for block in blocks if isinstance(block, FactsBlock)][:1]
    front = [block for block in blocks if not isinstance(block, FactsBlock)][:1]
    shown = facts if facts and not front else front
    rest = [_say_rest(section, block) for block in shown]
    notes = (*section.lead, *(line for lines in rest for line in lines))
    return Slide(section.title, _say_first(section), tuple(shown), notes)


def _join_short(slides: list[Slide]) -> Iterator[Slide]:
    """One slide for the sections that have nothing to show but a sentence."""
    said = tuple(f"{slide.title}: {' '.join(slide.said)}" for slide in slides if slide.said)
    for start in range(0, len(said), SHORT):
        notes = tuple(line for slide in slides for line in slide.notes) if start == 0 else ()
        yield Slide("Also in the report", said[start : start + SHORT], notes=notes)


def _say_first(section: Section) -> tuple[str, ...]:
    return section.lead[: count_open(section.lead)]


def _say_rest(section: Section, block: Block) -> Iterator[str]:
    """What the slide leaves out of its table, list or picture."""
    match block:
        case TableBlock():
            whole = [b for b in section.blocks if isinstance(b, TableBlock)]
            rows = next((len(b.frame) for b in whole if b.sheet == block.sheet), 0)
            if more := rows - min(len(block.frame), block.rows):
                said = count_noun(more, "more row stands", "more rows stand")
                yield f"{said} in the Excel report: “{block.sheet}”."
        case ListBlock():
            yield from block.items
        case FigureBlock():
            yield block.alt


# -- on the slide ----------------------------------------------------------------------------------


def _draw(deck: Deck, slide: Slide) -> None:
    page = deck.add_slide(slide.title, slide.notes)
    pictures = [block for block in slide.blocks if isinstance(block, FigureBlock)]
    if pictures and slide.said:  # words and picture side by side
        page.write(slide.said, width=page.width * 0.38)
        page.put_picture(pictures[0], left=page.width * 0.41)
        return
    page.write(slide.said, large=not slide.blocks or isinstance(slide.blocks[0], FactsBlock))
    for block in slide.blocks:
        match block:
            case FactsBlock():
                page.put_facts(block)
            case CardsBlock():
                page.put_cards(block)
            case FigureBlock():
                page.put_picture(block)
            case BarsBlock():
                page.put_bars(block)
            case TableBlock():
                page.put_table(block)
            case ListBlock():
                page.write((block.heading,), bold=True)
                items = enumerate(block.items[:ITEMS], start=1)
                page.write([f"{k}. {item}" for k, item in items], whole=True)
