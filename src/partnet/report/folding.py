"""What of a section is open on the page, and what is folded: the page stays a few screens long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

import pandas as pd

from ..core.results.shown import Column
from ..core.wording.text import count_noun, join_words
from .model import (
    BarsBlock,
    Block,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Section,
    TableBlock,
)

SENTENCES = 3  # of a section that are open
CHARACTERS = 560  # of them together; a long sentence stands alone
ROWS, COLUMNS = 5, 5  # of the table that is open
CELL = 100  # characters of its cells
MOST_ROWS = 200  # of a table on the page; the Excel report has all
SCREEN = (CardsBlock, BarsBlock, NoteBlock)  # of the first screen, which stays open
CLOSED = ("methods", "glossary")  # sections that are looked up, not read


@dataclass(frozen=True)
class Folded:
    """A section in two parts.

    Attributes
    ----------
    lead, blocks : tuple
        What is open.
    more, behind : tuple
        Sentences and blocks behind the fold.
    annex : tuple of str
        Sheets of the Excel report that the page does not show.
    """

    lead: tuple[str, ...]
    blocks: tuple[Block, ...]
    more: tuple[str, ...] = ()
    behind: tuple[Block, ...] = ()
    annex: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What is behind the fold, in words."""
        kinds = (
            (self.more, "sentence"),
            ([b for b in self.behind if isinstance(b, TableBlock)], "table"),
            ([b for b in self.behind if isinstance(b, FigureBlock)], "picture"),
            ([b for b in self.behind if isinstance(b, ListBlock)], "list"),
            ([b for b in self.behind if isinstance(b, MethodBlock)], "method"),
        )
        return join_words([count_noun(len(found), noun) for found, noun in kinds if found])


def fold_section(section: Section) -> Folded:
    """Part a section of a report; one of a brief, and the first screen, stay open."""
    annex = tuple(
        block.sheet for block in section.blocks if isinstance(block, TableBlock) and not block.rows
    )
    seen = [b for b in section.blocks if not isinstance(b, TableBlock) or b.rows]
    if not section.entry or is_first_screen(seen):
        return Folded(section.lead, tuple(seen), annex=annex)
    count = count_open(section.lead)
    front = None if section.id in CLOSED else _choose_front(seen)
    open_ = [b for b in seen if isinstance(b, FactsBlock)]
    behind = [_show_all(b) for b in seen if b not in open_ and (b is not front or _is_cut(b))]
    blocks = (*open_, *([cut_table(front)] if front else []))
    return Folded(section.lead[:count], blocks, section.lead[count:], tuple(behind), annex)


def is_first_screen(blocks: Iterable[Block]) -> bool:
    """Tell the first screen from other sections by what only it holds."""
    return any(isinstance(block, SCREEN) for block in blocks)


def count_open(lead: Iterable[str]) -> int:
    """How many sentences fit: the first, and two more while they are short."""
    total, count = 0, 0
    for sentence in lead:
        total += len(sentence)
        if count and (total > CHARACTERS or count == SENTENCES):
            break
        count += 1
    return count


def _choose_front(blocks: list[Block]) -> Block | None:
    """The picture, else the first table, else the first list."""
    for kind in (FigureBlock, TableBlock, ListBlock):
        for block in blocks:
            if isinstance(block, kind):
                return block
    return None


def _is_cut(block: Block) -> bool:
    if not isinstance(block, TableBlock):
        return False
    if len(block.frame) > ROWS or len(block.page_columns) > len(_choose_columns(block, ROWS)):
        return True
    return any(
        isinstance(value, str) and len(value) > CELL
        for column in block.page_columns
        for value in block.frame[column.name]
    )


def cut_table(block: Block, rows: int = ROWS) -> Block:
    """Give the first rows and columns of a table, long cells shortened."""
    if not isinstance(block, TableBlock):
        return block
    columns = _choose_columns(block, rows)
    names = [column.name for column in block.columns]
    frame = block.frame.loc[:, list(dict.fromkeys(names))].head(rows)
    short = {
        column.name: [_shorten(value) for value in frame[column.name]]
        for column in columns
        if column.format == "text"
    }
    return replace(block, frame=frame.assign(**short), rows=rows, columns=columns, chips="")


def _choose_columns(block: TableBlock, rows: int) -> tuple[Column, ...]:
    """The first columns, without those that hold nothing in the first rows."""
    return keep_filled(block.frame.head(rows), block.page_columns)[:COLUMNS]


def keep_filled(frame: pd.DataFrame, columns: Iterable[Column]) -> tuple[Column, ...]:
    """Leave out columns that hold nothing in the rows shown, unless none holds anything."""
    given = tuple(columns)
    filled = [column for column in given if _holds_any(frame[column.name])]
    return tuple(filled) or given


def _holds_any(cells: pd.Series) -> bool:
    """Whether a column holds anything; mostly its first cell tells."""
    return any(_is_filled(cell) for cell in cells.tolist())


def _is_filled(cell: Any) -> bool:
    missing = cell is None or cell is pd.NA or cell != cell
    return not missing and bool(cell != "")


def _shorten(value: Any) -> Any:
    return shorten(value, CELL, placeholder=" …") if isinstance(value, str) else value


def _show_all(block: Block) -> Block:
    """Give a table behind the fold with all its rows, as far as a page can carry them."""
    if not isinstance(block, TableBlock):
        return block
    rows = min(len(block.frame), max(MOST_ROWS, block.rows))
    what = "all" if rows == len(block.frame) else f"the first {rows} of"
    caption = f"{block.caption}: {what} {len(block.frame):,}"
    return replace(block, rows=rows, caption=caption)
