"""The first page of a brief: all that its reader must know, and no more than a page holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..folding import cut_table
from ..model import Block, CardsBlock, FactsBlock, FigureBlock, ListBlock, Section, TableBlock

PAGE = 50.0  # lines of a printed page beneath its title
SAID = 27.0  # of them for sentences
LETTERS, CELL = 92, 0.88  # letters of a line of text; how much of a row's width holds letters
FACTS, PICTURE = 5.0, 21.0  # lines of a row of key figures, and of a picture
LEAST, MOST = 2, 8  # rows of a table that stand on it


def fit_first(section: Section) -> tuple[Section, ...]:
    """Part the first section of a brief where it is longer than a page; nothing is lost.

    The first part holds the first sentences, the key figures, and of each table its first rows as
    long as there is room; the second all that is not, or not whole, in the first.
    """
    if _fits(section):
        return (section,)
    said = list(_count_said(section.lead))
    lead, more = section.lead[: len(said)], section.lead[len(said) :]
    left = PAGE - sum(said)
    front: list[Block] = []
    behind: list[Block] = []
    for block in _order(section.blocks):
        shown = _fit(block, left)
        if shown is not None:
            front.append(shown)
            left -= _measure(shown)
        if shown is not block:
            behind.append(block)
    if not more and not any(_is_seen(block) for block in behind):
        return (section,)
    first = replace(section, lead=lead, blocks=tuple(front))
    return first, Section("details", "In full", more, tuple(behind))


def _fits(section: Section) -> bool:
    """Whether a page holds all of it."""
    seen = [block for block in section.blocks if _is_seen(block)]
    whole = all(_is_slim(block) for block in seen if isinstance(block, TableBlock))
    lines = sum(map(_measure_sentence, section.lead)) + sum(map(_measure, seen))
    return whole and lines <= PAGE


def _measure_sentence(sentence: str) -> float:
    return -(-len(sentence) // LETTERS) + 0.4


def _count_said(lead: tuple[str, ...]) -> Iterator[float]:
    """Lines of each sentence that fits; the first always does."""
    total = 0.0
    for sentence in lead:
        lines = _measure_sentence(sentence)
        total += lines
        if total > SAID and total > lines:
            return
        yield lines


def _order(blocks: tuple[Block, ...]) -> list[Block]:
    """Key figures first, for they are short; all others as they come."""
    return sorted(blocks, key=lambda block: not isinstance(block, FactsBlock))


def _is_seen(block: Block) -> bool:
    return not isinstance(block, TableBlock) or bool(block.rows)


def _fit(block: Block, left: float) -> Block | None:
    """The block, or as many of its first rows as there is room for; ``None`` for none."""
    if not _is_seen(block):
        return None
    if not isinstance(block, TableBlock):
        return block if _measure(block) <= left else None
    if _is_slim(block) and _measure(block) <= left:
        return block
    for rows in range(min(MOST, len(block.frame)), LEAST - 1, -1):
        cut = cut_table(replace(block, caption=_name_cut(block, rows)), rows)
        if _measure(cut) <= left:
            return cut
    return None


def _name_cut(block: TableBlock, rows: int) -> str:
    """What the first rows are called: the whole table, which follows, bears the caption alone."""
    if rows < len(block.frame):
        return f"{block.caption}: the first {rows} of {len(block.frame):,}"
    return f"{block.caption}, in short"


def _is_slim(block: TableBlock) -> bool:
    """Whether a table can stand whole: few rows, and columns that are not squeezed."""
    return len(block.frame) <= block.rows and len(block.page_columns) <= 6


def _measure(block: Block) -> float:
    """Lines that a block takes in print."""
    match block:
        case TableBlock():
            return 3.5 + sum(_measure_rows(block))
        case FactsBlock():
            return FACTS
        case FigureBlock():
            return PICTURE
        case ListBlock():
            return 2.0 + sum(-(-len(item) // LETTERS) + 0.2 for item in block.items)
        case CardsBlock():
            return 2.0 + 3.0 * len(block.cards)
    return 6.0


def _measure_rows(block: TableBlock) -> Iterator[float]:
    """Lines of each row: of its longest cell, in a column as wide as what it holds."""
    columns = block.page_columns
    texts = [[str(v) for v in block.frame[c.name].head(block.rows)] for c in columns]
    wanted = [max(sum(map(len, cells)) / max(len(cells), 1), 6.0) for cells in texts]
    letters = [max(LETTERS * CELL * one / sum(wanted), 8.0) for one in wanted]
    for row in zip(*texts, strict=True):
        yield max(-(-len(t) // w) for t, w in zip(row, letters, strict=True)) + 0.6
