"""Where the header stands: below title lines and captions, above the rows of a survey tool."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..core.schema import TABLES, Table
from ..core.vocabulary import fold_word

Numbered = tuple[int, list[str]]

MOST_ABOVE = 10  # rows in which the header is looked for
IMPORT_ID = re.compile(r'\s*\{\s*"+ImportId"+\s*:')
FOOTER = re.compile(
    r"(grand )?totals?\b|source[s:]|notes?:|\*|updated\b|last updated|as of\b|prepared by|"
    r"compiled by|revised\b|confidential\b|page \d",
    re.IGNORECASE,
)
LEAST_WIDTH = 3  # columns of a table below which one filled cell is no footer


def find_header(rows: Sequence[Numbered]) -> int:
    """Give the position of the header among the first rows: the first that has what a table needs.

    Examples
    --------
    >>> find_header([(1, ["Member list"]), (3, ["name", "kind"]), (4, ["A", "hospital"])])
    1
    >>> find_header([(1, ["anything"]), (2, ["at all"])])
    0
    """
    if not rows or _score(tuple(rows[0][1]))[0]:
        return 0
    scores = [_score(tuple(cells)) for _, cells in rows[:MOST_ABOVE]]
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return best if scores[best][0] and scores[best][1] > 1 else 0


def _score(cells: tuple[str, ...]) -> tuple[bool, int]:
    """Whether the cells are headers of all that some table needs, and how many they are."""
    words = tuple(dict.fromkeys(fold_word(text) for text in cells if 0 < len(text) <= 60))
    if not words:
        return False, 0
    return max(score_table(words, name) for name in TABLES)


@lru_cache(maxsize=20_000)
def score_table(words: tuple[str, ...], name: str) -> tuple[bool, int]:
    """Whether some headers hold all that a table needs, and how many of them it knows."""
    from .headers import match_words

    found = match_words(words, TABLES[name])
    return all(column in found for column in list_needed(TABLES[name])), len(found)


def list_needed(table: Table) -> list[str]:
    """Names of the columns without which a table says nothing."""
    return [c.name for c in table.columns if c.required and not c.default]


def count_second_headers(body: Sequence[Numbered]) -> int:
    """Count the rows below the header that a survey tool adds: questions, and their ids.

    Examples
    --------
    >>> count_second_headers([(2, ["Start Date"]), (3, ['{"ImportId":"startDate"}']), (4, ["x"])])
    2
    """
    for k, (_, cells) in enumerate(body[:3]):
        if any(IMPORT_ID.match(text) for text in cells):
            return k + 1
    return 0


def count_footers(body: Sequence[Numbered], width: int) -> int:
    """Count the rows at the end that are remarks about the table: Total, Source, As of."""
    count = 0
    while count < min(3, len(body) - 1) and width >= LEAST_WIDTH:
        filled = [text for text in body[-1 - count][1] if text]
        lone = len(filled) == 1 or (filled and re.match(r"(grand )?totals?\b", filled[0], re.I))
        if not lone or not FOOTER.match(filled[0]):
            break
        count += 1
    return count
