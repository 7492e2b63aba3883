"""A matrix of two modes: organizations down, and across what they take part in or offer."""

from __future__ import annotations

import re
from dataclasses import replace

from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..values.numbers import read_number
from ..values.parse import NO, YES
from ..values.words import fold_cell, is_nonanswer
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


def is_two_modes(raw: RawTable, title: str) -> bool:
    """Tell whether the columns are groups of which the rows are members.

    So it is where the sheet or file is called so, or where a header is the name of a group.
    """
    if not holds_marks(raw):
        return False
    named = any(GROUP.search(text) for text in raw.header[1:])
    return named or bool(TWO_MODES.fullmatch(fold_word(title)))


def holds_marks(raw: RawTable) -> bool:
    """Whether nothing heads the names in the first column, and marks fill all others."""
    if len(raw.header) < FEWEST + 1 or raw.header[0] or not all(raw.header[1:]) or not raw.rows:
        return False
    down = [fold_cell(row[0]) for row in raw.rows]
    if not all(down) or len(set(down)) < len(down) or is_matrix(raw):
        return False
    if any(read_number(text) is not None for text in (*down, *raw.header[1:])):
        return False
    cells = {fold_cell(text) for row in raw.rows for text in row[1:] if text.strip()}
    return bool(cells & YES) and all(c in YES or c in NO or is_nonanswer(c) for c in cells)


def head_names(raw: RawTable) -> RawTable:
    """Write organization over the names that nothing heads."""
    return replace(raw, header=("organization", *raw.header[1:]))
