"""Associations, networks and providers in health that a name tells better than a code does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ...places.gazetteer import STATES


@dataclass(frozen=True, slots=True)
class Recognized:
    """What a name tells.

    Attributes
    ----------
    kind, service : str
        The kind, and a service where the name says one.
    pattern : Pattern
        What is looked for in the name, in capitals and without punctuation.
    blank : bool
        Whether it counts only where no activity code is given.
    codes : str
        With `blank`, the first letters of codes with which it counts, too.
    """

    kind: str
    service: str
    pattern: re.Pattern[str]
    blank: bool
    codes: str = ""

    def is_for(self, code: str) -> bool:
        """Whether it counts beside an activity code."""
        return not self.blank or not code or code[:1] in self.codes


@cache
def load_clubs() -> re.Pattern[str]:
    """Give the words of clubs and fellowships, which are no partners whatever their code."""
    text = files("partnet").joinpath("data/recognized.toml").read_text(encoding="utf-8")
    return re.compile(rf"\b({'|'.join(tomllib.loads(text)['clubs'])})\b")


def is_club(name: str) -> bool:
    """Tell whether a name is that of a club, a fellowship or an association of house owners.

    Examples
    --------
    >>> is_club("NEBRASKA AREA 33 AFG INC"), is_club("BLUE VALLEY BEHAVIORAL HEALTH")
    (True, False)
    """
    return bool(load_clubs().search(_make_plain(name)))


def _make_plain(name: str) -> str:
    """Capitals without punctuation."""
    return " ".join(re.sub(r"[^0-9A-Z& ]+", " ", name.upper()).split())


@cache
def list_names() -> tuple[re.Pattern[str], tuple[Recognized, ...]]:
    """Give the words that say a name is not to be read, and what is looked for, in order."""
    text = files("partnet").joinpath("data/recognized.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    states = "(" + "|".join(name.upper() for name in STATES.values()) + ")"
    never = re.compile(rf"\b({'|'.join(read['never'])})\b")
    names = tuple(
        Recognized(
            row["kind"],
            row.get("service", ""),
            re.compile(row["pattern"].replace("{state}", states)),
            row.get("blank", False),
            row.get("codes", ""),
        )
        for row in read["names"]
    )
    return never, names


def find_by_name(name: str, code: str = "") -> Recognized | None:
    """Give what a name tells of an organization with an activity code; ``None``: nothing.

    Examples
    --------
    >>> find_by_name("NEBRASKA HOSPITAL ASSOCIATION").kind
    'hospital_association'
    >>> find_by_name("CHEYENNE COUNTY HOSPITAL ASSOCIATION INC", "E220") is None
    True
    >>> find_by_name("NEBRASKA RURAL HEALTH ASSOCIATION FOUNDATION") is None
    True
    """
    never, names = list_names()
    plain = _make_plain(name)
    if never.search(plain):
        return None
    return next((one for one in names if one.is_for(code) and one.pattern.search(plain)), None)
