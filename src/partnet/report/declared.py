"""Sections of reports and briefs, made of nothing but what a result declares."""

from __future__ import annotations

from ..core.results.result import Result, Sentence
from ..core.results.shown import Part, Shown
from ..views.course import render_course
from ..views.crosstab import render_counts
from .model import Block, FactsBlock, FigureBlock, ListBlock, Section, TableBlock

DRAWINGS = {"counts": render_counts, "course": render_course}
PAGE = Part("summary", "On one page")  # the only part of a result that declares none


def write_parts(result: Result) -> tuple[Section, ...]:
    """Give every part of a result as a section, in the order in which it declares them."""
    parts = result.parts or (PAGE,)
    return tuple(write_part(result, part) for part in parts)


def write_part(result: Result, part: Part) -> Section:
    """Give one part: what it says, its key figures if it is the first, its tables."""
    first = not result.parts or part == result.parts[0]
    tables = list_blocks(result, part.id if result.parts else "", first=first)
    facts = (FactsBlock(result.facts),) if first and result.facts else ()
    lead: tuple[str, ...] = (*say_part(result, part), *part.lead)
    if part.otherwise and not tables:
        lead = (part.otherwise,)
    return Section(part.id, part.title, lead, (*facts, *tables))


def say_part(result: Result, part: Part) -> tuple[Sentence, ...]:
    """Give the sentences of a part."""
    return result.sentences if part.says is None else result.say(*part.says)


def list_blocks(result: Result, part: str = "", *, first: bool = True) -> tuple[Block, ...]:
    """Give the declared tables and lists that have rows; of one part where it is named."""
    chosen = [shown for shown in result.shown if shown.people and _belongs(shown, part, first)]
    blocks = [make_block(result, shown) for shown in chosen]
    return tuple(block for block in blocks if block is not None)


def _belongs(shown: Shown, part: str, first: bool) -> bool:
    return not part or shown.part == part or (first and not shown.part)


def make_block(result: Result, shown: Shown) -> Block | None:
    """Make a table, a list or a picture of one declaration; nothing where it has no row."""
    frame = shown.view(result.frame(shown.table))
    if frame.empty:
        return None
    if shown.line is not None:
        rows = frame.head(shown.rows).itertuples()
        return ListBlock(shown.title, tuple(shown.line(row) for row in rows))
    if shown.chart is not None:
        drawn, said = shown.chart(frame)
        draw = DRAWINGS[shown.drawing]
        svg = draw(drawn, said)
        return FigureBlock(shown.title, said, svg, lambda: draw(drawn, said, format="png"))
    columns = shown.visible(frame)
    sheet = shown.sheet or shown.title
    return TableBlock(shown.title, frame, columns, sheet, shown.rows, shown.chips)
