"""What a header says of the numbers below it: 0 = never; 1 is the strongest; 9 = don't know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...core.vocabulary import Vocabulary
from .parse import NO
from .words import fold_cell, is_nonanswer

KEY = "Key: "  # before what a sheet of its own says of numbers
POINT = re.compile(r"(?<![\d.])(\d{1,2})\s*(?:=|:|is|means|being)\s*(?:the )?([^\d=:,;/()\[\]]+)")
# Strength (1-5), on a scale from 0 to 10: the first and the last number of a scale.
ENDS = re.compile(
    r"(?:(?<=\()|(?<=\[)|\bscale(?: of| from)? |\brated? (?:from |on )?|(?<= )(?=[\w -]{3,8}$))"
    r"\s?([01])\s?(?:-|\u2013|\bto\b|\bthrough\b)\s?(\d{1,2})(?!\d|\s?[-\u2013/])",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(least|weak(est)?|low(est)?|worst|never|none|not?|distant|rare(ly)?|poor|minimal|little)\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(most|strong(est)?|high(est)?|best|close(st)?|always|excellent|fully?|complete(ly)?|top)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SaidScale:
    """What single numbers stand for, and whether smaller ones are stronger.

    Attributes
    ----------
    levels : mapping of float to float
        Strength by number, where a header names every level of the scale.
    none : frozenset of float
        Numbers that stand for no tie.
    missing : frozenset of float
        Numbers that stand for no answer.
    turned : bool
        Whether the smallest number is the strongest.
    numbers : frozenset of float
        The numbers that the header names, without those that say none or no answer.
    """

    levels: Mapping[float, float] = field(default_factory=dict)
    none: frozenset[float] = frozenset()
    missing: frozenset[float] = frozenset()
    turned: bool = False
    numbers: frozenset[float] = frozenset()

    def turn(self, given: Iterable[float]) -> Mapping[float, float]:
        """Strengths of numbers of which the smallest is the strongest.

        Examples
        --------
        >>> SaidScale(turned=True, numbers=frozenset({1.0, 5.0})).turn([1, 4])
        {1: 1.0, 4: 0.4}
        """
        numbers = [number for number in given if number > 0]
        ends = [*numbers, *self.numbers]
        low, top = min(ends, default=1.0), max(ends, default=1.0)
        return {number: (top + low - number) / top for number in numbers}


def list_points(header: str) -> dict[str, str]:
    """The words that a header gives for single numbers.

    Examples
    --------
    >>> list_points("Type (1 = Hospital, 2 = Clinic)")
    {'1': 'Hospital', '2': 'Clinic'}
    """
    return {number: words.strip() for number, words in POINT.findall(header)}


def head_scale(text: str) -> str:
    """A header for strengths with what a question says of its numbers.

    Examples
    --------
    >>> head_scale("How close? (1 = close, 3 = distant)"), head_scale("How close?")
    ('strength (1 = close, 3 = distant)', 'strength')
    >>> head_scale("How close? (1-5, 9 = don't know)")
    "strength (1-5, 9 = don't know)"
    """
    points = [f"{number} = {words}" for number, words in list_points(text).items()]
    ends = ENDS.search(text)
    said = [f"{ends[1]}-{ends[2]}", *points] if ends else points
    return f"strength ({', '.join(said)})" if said else "strength"


def find_top(header: str) -> float:
    """The largest number of the scale that a header names; 0 where it names none.

    Examples
    --------
    >>> find_top("Strength (1-5, 9 = don't know)"), find_top("On a scale of 1 to 10"), find_top("x")
    (5.0, 10.0, 0.0)
    """
    ends = ENDS.search(header)
    return float(ends[2]) if ends and int(ends[2]) > 1 else 0.0


def read_scale(header: str, vocabulary: Vocabulary) -> SaidScale | None:
    """Read what a header says of its numbers; ``None`` where it says nothing.

    Examples
    --------
    >>> from partnet.core.vocabulary import default_vocabulary
    >>> read_scale("Closeness (1 = most close, 5 = least close)", default_vocabulary()).turned
    True
    >>> read_scale("Strength (1 = low, 5 = high)", default_vocabulary()).turned
    False
    """
    points = {float(number): words for number, words in list_points(header).items()}
    if not points:
        return None
    known = {number: _find_strength(words, vocabulary) for number, words in points.items()}
    none = frozenset(number for number, value in known.items() if value == 0)
    missing = frozenset(
        n for n, words in points.items() if known[n] is None and is_nonanswer(words)
    )
    ranked = {n: words for n, words in points.items() if n not in none | missing}
    levels = {n: value for n in ranked if (value := known[n]) is not None}
    whole = len(levels) == len(ranked) == max(ranked, default=0) - min(ranked, default=1) + 1
    numbers = {*ranked, *(n - 1 for n in none if n > max(ranked, default=n))}
    turned = _is_turned(ranked, levels)
    return SaidScale(levels if whole else {}, none, missing, turned, frozenset(numbers))


def _find_strength(words: str, vocabulary: Vocabulary) -> float | None:
    """The strength of a level in words, 0 of none; ``None`` where it is no known level."""
    if fold_cell(words) in NO:
        return 0.0
    found = vocabulary.find_answer(words, "")
    return vocabulary.find_level(words) if found is None else found


def _is_turned(points: Mapping[float, str], known: Mapping[float, float]) -> bool:
    """Whether strengths fall while numbers rise; of one number alone, whether 1 is the most."""
    ranks = {number: known.get(number, _rank(words)) for number, words in points.items()}
    told = sorted((number, rank) for number, rank in ranks.items() if rank is not None)
    if len(told) > 1:
        return told[0][1] > told[-1][1]
    return bool(told) and (told[0][1] > 0) == (told[0][0] <= 1)


def _rank(words: str) -> float | None:
    """1 for words of the strong end, 0 for the weak end: least close is weak."""
    return 0.0 if WEAK.search(words) else 1.0 if STRONG.search(words) else None
