"""A matrix of two modes: organizations down, and across what they take part in or offer."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ...cells import RawTable
from ...headers.words import spellings
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nonanswer
from .matrix import is_matrix

GROUP = re.compile(
    r"\b(committee|sub-?committee|task ?force|work ?group|working group|coalition|council|"
    r"alliance|collaborative|action team|(?<!in[ -])network|consortium)\b",
    re.IGNORECASE,
)
TWO_MODES = re.compile(
    r"affiliations?|memberships?|coalitions?|groups?|participation|attendance|events?|meetings?|"
    r"(two|2) modes?( matrix| network)?|bipartite|incidence( matrix)?|affiliation (matrix|network)"
)
FEWEST = 2
COUNT = re.compile(r"\d{1,2}(\.0)?")  # how often somebody took part
OWNERS = spellings(TABLES["organizations"].column("name")) | {"member", "actor"}


def is_two_modes(raw: RawTable, title: str) -> bool:
    """Tell whether the columns are groups of which the rows are members.

    So it is where the sheet or file is called so, or where a header is the name of a group; of
    counts instead of marks only where all headers are.
    """
    titled = bool(TWO_MODES.fullmatch(fold_word(title)))
    if titled and _is_own(raw, title.casefold()):
        return False
    groups = [bool(GROUP.search(text)) for text in raw.header[1:]]
    if titled or all(groups):
        return holds_marks(raw, counts=True)
    return any(groups) and holds_marks(raw)


def _is_own(raw: RawTable, title: str) -> bool:
    """Whether it is our own table of that name: a group called 1 is no mark."""
    return title in TABLES and {*map(str.casefold, raw.header)} <= {*TABLES[title].names}


def holds_marks(raw: RawTable, *, counts: bool = False) -> bool:
    """Whether the first column names organizations, and marks (or small counts) fill all others."""
    if len(raw.header) < FEWEST + 1 or not all(raw.header[1:]) or not raw.rows:
        return False
    if raw.header[0] and fold_word(raw.header[0]) not in OWNERS:
        return False
    down = [fold_cell(row[0]) for row in raw.rows]
    if not all(down) or len(set(down)) < len(down) or is_matrix(raw):
        return False
    if any(read_number(text) is not None for text in (*down, *raw.header[1:])):
        return False
    cells = {fold_cell(text) for row in raw.rows for text in row[1:] if text.strip()}
    numbers = {c for c in cells if COUNT.fullmatch(c)} if counts else set[str]()
    rest = cells - YES - NO - numbers
    return bool(cells & YES or numbers - NO) and all(map(is_nonanswer, rest))


def head_names(raw: RawTable) -> RawTable:
    """Write organization over the names; how often somebody took part counts as yes."""
    rows = [[row[0], *("yes" if _is_count(t) else t for t in row[1:])] for row in raw.rows]
    return replace(raw, header=("organization", *raw.header[1:]), rows=rows)


def _is_count(text: str) -> bool:
    return bool(COUNT.fullmatch(text)) and text not in NO
