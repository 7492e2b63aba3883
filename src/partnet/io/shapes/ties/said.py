"""What the cells of a matrix or a grid say: relations by their names, or answers on a scale."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ....core.vocabulary import default_vocabulary
from ...values.parse import NO
from ...values.words import fold_cell, is_nonanswer

PARTS = re.compile(r"[;|\n,]+")
# Which of these organizations do you refer clients to?
ASKED = re.compile(
    r"\b(?:do|does|did|have) (?:you|your \w+|they) (?:currently |regularly |ever |also )?"
    r"([a-z ]++)[^a-z]*",
    re.IGNORECASE,
)
REFER = re.compile(r"\brefer", re.IGNORECASE)


def name_relations(cells: Iterable[str]) -> dict[str, str]:
    """The relations that cells name, by their parts; {} where these are answers on a scale.

    Examples
    --------
    >>> name_relations(["Referrals, MOU", ""]), name_relations(["Weekly", "Monthly"])
    ({'Referrals': 'referral', 'MOU': 'agreement'}, {})
    """
    said = dict.fromkeys(part for text in dict.fromkeys(cells) for part in list_said(text))
    parts = [part for part in said if fold_cell(part) not in NO and not is_nonanswer(part)]
    words = default_vocabulary()
    named = {part: words.find_relation(part) or "" for part in parts}
    if not all(named.values()) or all(words.find_level(part) is not None for part in parts):
        return {}
    return named


def list_said(text: str) -> list[str]:
    """The parts of a cell that may name several relations."""
    return [part.strip() for part in PARTS.split(text) if part.strip()]


def hear_relation(question: str) -> str:
    """The relation that a question asks for; "" where it says none.

    Examples
    --------
    >>> hear_relation("Which of these do you share data with?"), hear_relation("How close?")
    ('data_sharing', '')
    """
    find = default_vocabulary().find_relation
    phrase = ASKED.search(question)
    said = find(question) or (find(phrase[1].strip()) if phrase else None)
    return said or ("referral" if REFER.search(question) else "")
