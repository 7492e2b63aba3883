"""Targets and counts as people write them: <10%, at least 600, reduce by 5 points, 2 of 3."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

from .numbers import read_number

Change = Literal["", "by", "by percent", "times"]

LONGEST = 80  # characters; what is longer is an account, and no number
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "million": 1e6}
DOWN, UP = "down", "up"
_AMOUNT = r"(?P<number>\$?\d[\d,]*(?:\.\d+)?)\s?(?P<scale>(?:k|mm?|thousand|million)\b)?"
_PERCENT = r"(?P<percent>\s?%|\s?percent(?:age)? points?|\s?percent|\s?points?|\s?pp\b|\s?pts\b)?"
_FIGURE = re.compile(_AMOUNT + _PERCENT)
_FALL = r"reduce|decrease|lower|cut|drop|bring down|down"
_RISE = r"increase|raise|grow|improve"
_TO = r"(?:{})(?: it)? to"  # reduce to, raise it to
_BEFORE = {  # what stands before a number, and the way it goes
    DOWN: re.compile(
        r"(?:[<≤]=?|under|below|less than|fewer than|at most|max(?:imum)?(?: of)?"
        r"|(?:no|not) (?:more|higher) than|" + _TO.format(_FALL) + r")\s*"
    ),
    UP: re.compile(
        r"(?:[>≥]=?|over|above|more than|at least|all|min(?:imum)?(?: of)?"
        r"|(?:no|not) (?:less|fewer) than|" + _TO.format(_RISE) + r")\s*"
    ),
}
_BEHIND = {
    DOWN: re.compile(r"or (?:less|fewer|below|lower|under)|max(?:imum)?|at most"),
    UP: re.compile(r"\+|or (?:more|higher|above|greater|over|better)|minimum|at least"),
}
_BY = {
    DOWN: re.compile(rf"(?:{_FALL}|(?:reduction|decrease) of)(?: it)?(?: by)?\s+"),
    UP: re.compile(rf"\+\s*|(?:{_RISE}|up|(?:increase|growth) of)(?: it)?(?: by)?\s+"),
}
_CHANGED = {
    DOWN: re.compile(r"(?:fewer|less|lower|reduction|decrease|drop|decline)(?: [a-z]+)?"),
    UP: re.compile(r"(?:more|additional|higher|increase|growth|new)(?: [a-z]+)?"),
}
_FACTORS = {
    "half": 0.5, "halve": 0.5, "cut in half": 0.5, "reduce by half": 0.5, "by half": 0.5,
    "decrease by half": 0.5, "double": 2.0, "twice": 2.0, "triple": 3.0,
}  # fmt: skip
_ABOUT = re.compile(
    r"(?:about|approx(?:imately)?\.?|around|roughly|circa|ca\.|est(?:imated)?\.?|~|≈)\s*"
)
_REMARK = re.compile(r"\s*\([^()]*\)$")
_PART = re.compile(r"(\d{1,9}) (?:of|out of|/) (?:the )?(\d{1,9})(?: [a-z ]{1,40})?")
_UNIT = re.compile(  # minutes, of hospitals, per 1,000 people
    r"(?!(?:th|x|times|to|in|and|or)\b)[a-z][a-z/ -]{0,40}(?: ?(?:/|per) ?\d[\d,]*[a-z ]{0,30})?"
    r"|(?:/|per) ?(?:\d[\d,]*)?[a-z/ -]{0,40}"
)


@dataclass(frozen=True, slots=True)
class Aim:
    """A number that was read, which way is better, and whether it is a change of the baseline.

    Attributes
    ----------
    number : float
        As it is written; of a part ("2 of 3") the first, with the whole in `whole`.
    direction : {"", "up", "down"}
        Which way is better, where the words say it.
    change : {"", "by", "by percent", "times"}
        Blank: the number itself is meant; else what the baseline changes by.
    percent : bool
        Whether it is written with a percent sign or in points.
    whole : float
        Of how many; 0 where nothing is said.
    """

    number: float
    direction: str = ""
    change: Change = ""
    percent: bool = False
    whole: float = 0.0


def read_aim(text: str) -> Aim | None:
    """Read a target or a count in words; ``None`` where it is none.

    Examples
    --------
    >>> read_aim("<10%").direction, read_aim("at least 600").number, read_aim("25% or less").number
    ('down', 600.0, 25.0)
    >>> read_aim("reduce by 5 points").change, read_aim("+20%").change, read_aim("half").change
    ('by', 'by percent', 'times')
    >>> read_aim("better care"), read_aim("10-12")
    (None, None)
    """
    if len(text) > LONGEST:
        return None
    bare = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".;!")
    bare = _ABOUT.sub("", _REMARK.sub("", bare), count=1) if bare[:1] != "(" else bare
    if bare in _FACTORS:
        factor = _FACTORS[bare]
        return Aim(factor, DOWN if factor < 1 else UP, "times")
    if part := _PART.fullmatch(bare):
        return Aim(float(part[1]), UP, whole=float(part[2]))
    return _read_change(bare) or _read_plain(bare)


def _read_change(bare: str) -> Aim | None:
    """Read by how much something is to change."""
    for direction in (DOWN, UP):
        start = _BY[direction].match(bare)
        if start and (found := _read_figure(bare[start.end() :], _UNIT)):
            return _make_change(found, direction, bare)
        if not start and (found := _read_figure(bare, _CHANGED[direction], needed=True)):
            return _make_change(found, direction, bare)
    return None


def _make_change(found: Aim, direction: str, bare: str) -> Aim:
    points = re.search(r"\b(?:points?|pp|pts)\b", bare)
    relative = found.percent and not points
    return replace(found, direction=direction, change="by percent" if relative else "by")


def _read_plain(bare: str) -> Aim | None:
    """Read a number with words that say which way is better, or in what it is counted."""
    for direction in (DOWN, UP):
        start = _BEFORE[direction].match(bare)
        if start and (found := _read_figure(bare[start.end() :], _UNIT)):
            return replace(found, direction=direction)
        if found := _read_figure(bare, _BEHIND[direction], needed=True):
            return replace(found, direction=direction)
    return _read_figure(bare, _UNIT)


def _read_figure(bare: str, tail: re.Pattern[str], *, needed: bool = False) -> Aim | None:
    """Read a number at the start, with its percent sign; what follows has to be `tail`."""
    found = _FIGURE.match(bare)
    if found is None:
        return None
    rest = bare[found.end() :].strip()
    if (rest and not tail.fullmatch(rest)) or (needed and not rest):
        return None
    number = read_number(found["number"])
    if number is None:
        return None
    scale = SCALES[found["scale"]] if found["scale"] else 1.0
    return Aim(number * scale, percent=found["percent"] is not None)
