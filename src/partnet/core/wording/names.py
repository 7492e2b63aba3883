"""Who a text names: organizations by id, then by unique name, folded in one way everywhere."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from .county_names import name_county

if TYPE_CHECKING:
    import pandas as pd

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphen, zero widths, marks
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ`´′", "'"))
LEAST_LIKENESS = 75  # below this a name is no suggestion, of 100
BY_LETTERS = 95.0  # above this the likeness of two names is that of their letters: quick to compare


def fold_name(text: str) -> str:
    """Reduce a name to what tells organizations apart.

    Case, blanks of any kind, composed or separate accents, curly apostrophes, and ``&`` for
    "and" do not.

    Examples
    --------
    >>> fold_name(" Saint  Mary\u2019s\u00a0Hospital & Clinic ")
    "saint mary's hospital and clinic"
    """
    if text.isascii() and "&" not in text and "`" not in text:  # nothing but case and blanks
        return " ".join(text.split()).lower()
    whole = html.unescape(text) if "&" in text else text
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", whole)).translate(APOSTROPHES)
    return " ".join(plain.replace("&", " and ").split()).casefold()


def undo_mojibake(text: str) -> str:
    """Read anew what was UTF-8 and was taken for Windows-1252; other text stays.

    Examples
    --------
    >>> undo_mojibake("Do\u00c3\u00b1a Ana"), undo_mojibake("Do\u00f1a Ana")
    ('Doña Ana', 'Doña Ana')
    """
    if not any(mark in text for mark in "\u00c3\u00c2\u00e2"):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def fold_loosely(text: str) -> str:
    """Reduce a name further, to what a person would still take for the same name.

    Accents, punctuation, Saint and St., short forms (Hosp., Med Ctr, Co.), a leading "The" and an
    ending Inc. or LLC do not matter.

    Examples
    --------
    >>> fold_loosely("R\u00edo Grande E.M.S., Inc."), fold_loosely("The Saint Mary\u2019s Hosp.")
    ('rio grande ems', 'st marys hospital')
    """
    letters = fold_name(undo_mojibake(text))
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = [_SAME.get(word, word) for word in _WORDS.findall(letters.translate(_DROPPED))]
    while len(words) > 1 and words[-1] in _ENDINGS:
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


_DROPPED = str.maketrans("", "", ".'\"()")
_WORDS = re.compile(r"[^\W_]+")
# What people write short, in names and in kinds; Comm. is left out: a community, or a committee.
SHORT_FORMS = {
    "assn": "association", "assoc": "association", "cmty": "community", "cnty": "county",
    "cntr": "center", "co": "county", "ctr": "center", "dept": "department", "dist": "district",
    "hlth": "health", "hosp": "hospital", "med": "medical", "mem": "memorial", "meml": "memorial",
    "reg": "regional", "regl": "regional", "svc": "service", "svcs": "services",
    "univ": "university",
}  # fmt: skip
_SAME = SHORT_FORMS | {
    "saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "centre": "center",
}  # fmt: skip
_BRACKETS = re.compile(r"(\S.*\S)\s*\(([^()]+)\)\W*")  # Cedar County Hospital (CCH)
_ALSO = re.compile(
    r"\b(?:d/?b/?a|d\.b\.a\.|doing business as|f/?k/?a|f\.k\.a\.|formerly(?: known as)?|"
    r"a/?k/?a|a\.k\.a\.|also known as|previously)(?![\w/])[:,]?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-Z]{2}")  # what stands in brackets is a short name, and no owner or place
NUMBERED = re.compile(r"\(?(\d{1,3})[.)]\s+(\S.*)")  # 1. Cedar County Hospital
_WHOLE = re.compile(r"0*(\d+)(?:\.0+)?")  # 001, 1.0
# Headers of columns that hold other names of an organization.
OTHER_NAMES = frozenset({
    "acronym", "abbreviation", "abbrev", "abbr", "short name", "shortname", "short", "initials",
    "code", "org code", "organization code", "agency code",
    "alias", "aliases", "aka", "a k a", "also known as", "other name", "other names", "dba",
    "d b a", "doing business as", "former name", "formerly", "formerly known as", "legal name",
})  # fmt: skip
_ENDINGS = frozenset({"inc", "llc", "incorporated", "ltd", "pllc", "lp", "pc"})


class NameIndex:
    """Finds the organization that a text names: by id, then by unique name.

    Parameters
    ----------
    ids, names : iterable of str
        Of the organizations, in one order.
    others : iterable of (str, str), optional
        Ids with other names of theirs: an acronym, what it was called before.
    """

    def __init__(
        self, ids: Iterable[str], names: Iterable[str], others: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.name_of = dict(zip(ids, names, strict=True))
        self.told: dict[str, str] = {}
        self._others = [*others]
        self._ids: dict[str, list[str]] = {}
        self._told: dict[str, list[str]] = {}
        for id_, name in self.name_of.items():
            self._ids.setdefault(fold_name(name), []).append(id_)

    def find(self, text: str) -> str:
        """Give the id, or "" where nobody or more than one has that name."""
        if text in self.name_of:
            return text
        named = self.list_named(text) or self._told.get(fold_name(text), [])
        return named[0] if len(named) == 1 else ""

    def find_loosely(self, text: str) -> str:
        """Give the id of the only one whose name is the same but for accents and punctuation.

        Of "Cedar County Hospital (CCH)" either part will do, of "Cedar Clinic (Avera)" the first;
        a number before a name, zeros before a number and other names on file count too.
        """
        whole = _WHOLE.fullmatch(text.strip())
        if whole is not None:
            return _only(self._numbers.get(whole[1], []))
        found = _only(self._loose.get(fold_loosely(text), []))
        counted = None if found else NUMBERED.fullmatch(text.strip())
        return found if counted is None else self.find(counted[2]) or self.find_loosely(counted[2])

    @cached_property
    def _loose(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        others: dict[str, list[str]] = {}
        for id_, text in self._others:
            others.setdefault(id_, []).append(text)
        for id_, name in self.name_of.items():
            keys = map(fold_loosely, (name, str(id_), *_list_short(name), *others.get(id_, ())))
            for key in set(filter(None, keys)):
                found.setdefault(key, []).append(id_)
        return found

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        """Ids that are numbers, without the zeros before them, which Excel takes away."""
        found: dict[str, list[str]] = {}
        for id_ in self.name_of:
            whole = _WHOLE.fullmatch(str(id_))
            if whole is not None:
                found.setdefault(whole[1], []).append(id_)
        return found

    def list_named(self, text: str) -> list[str]:
        """Give the ids of everybody who has that name."""
        return self._ids.get(fold_name(text), [])

    def tell_apart(self, told: Mapping[str, str]) -> None:
        """Learn the names by which texts tell those apart who share one, by id."""
        self.told |= told
        self._others += told.items()
        for id_, name in told.items():
            self._told.setdefault(fold_name(name), []).append(id_)

    def list_shared(self) -> list[list[str]]:
        """Give the ids of those who share a name, name by name."""
        return [ids for ids in self._ids.values() if len(ids) > 1]

    @cached_property
    def _written(self) -> dict[str, str]:
        """Every name as it is compared with others: made ready once, not for each comparison."""
        from rapidfuzz import utils

        return {id_: utils.default_process(name) for id_, name in self.name_of.items()}

    def suggest(self, text: str, most: int = 1) -> list[str]:
        """Give the names that are written most like a text, as they stand in the table."""
        from rapidfuzz import fuzz, process, utils

        asked, names = utils.default_process(text), self._written
        hits = process.extract(asked, names, scorer=fuzz.ratio, limit=most, score_cutoff=BY_LETTERS)
        if len(hits) < most or hits[-1][1] <= BY_LETTERS:  # other ways to compare reach no further
            hits = process.extract(asked, names, limit=most, score_cutoff=LEAST_LIKENESS)
        return [self.name_of[id_] for _, _, id_ in hits]


def tell_apart(namesakes: Sequence[tuple[str, str, str, str, str]]) -> dict[str, str]:
    """Give each of those who share a name one of its own, by id, as a reader tells them apart.

    By the county, where none of the others lies in it; else with the State, the kind or, where
    nothing else differs, the id.

    Parameters
    ----------
    namesakes : sequence of tuple
        Id, name, code of the county, State and label of the kind of each.

    Examples
    --------
    >>> rows = [("a", "Mercy Clinic", "31027", "NE", "clinic")]
    >>> tell_apart([*rows, ("b", "Mercy Clinic", "31107", "NE", "clinic")])
    {'a': 'Mercy Clinic (Cedar County)', 'b': 'Mercy Clinic (Knox County)'}
    """
    ways: list[list[str]] = [[] for _ in range(5)]
    for id_, _, code, state, kind in namesakes:
        home, wide = name_county(code), name_county(code, state=True)
        near = home or state
        marks = home, wide, near, f"{kind}, {near}" if near else kind, f"{near or kind}, {id_}"
        for way, mark in zip(ways, marks, strict=True):
            way.append(mark)
    counted = [Counter({**Counter(way), "": 0}) for way in ways]  # a blank tells nothing
    return {
        id_: f"{name} ({next(w[k] for w, n in zip(ways, counted, strict=True) if n[w[k]] == 1)})"
        for k, (id_, name, *_) in enumerate(namesakes)
    }


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""


def _list_short(name: str) -> list[str]:
    """The parts of a name by which it may be named: before brackets, and short ones within."""
    also = _ALSO.search(name)
    if also is not None:  # Alder Memorial, dba Alder Hospital; Birch Clinic (formerly Oak Clinic)
        both = name[: also.start()], name[also.end() :]
        return [part.strip(" ,;()") for part in both if part.strip(" ,;()")]
    parts = _BRACKETS.fullmatch(name)
    if parts is None:
        return []
    return [parts[1], parts[2]] if _SHORT.search(parts[2]) else [parts[1]]


def list_other_names(table: pd.DataFrame) -> list[tuple[str, str]]:
    """List the other names that a table of organizations holds, each with its id."""
    columns = [c for c in table if " ".join(_WORDS.findall(str(c).casefold())) in OTHER_NAMES]
    return [
        (id_, part)
        for column in columns
        for id_, text in zip(table["id"], table[column], strict=True)
        for part in split_names(text)
    ]


def split_names(text: str) -> list[str]:
    """Part a cell of other names at semicolons, bars and line breaks.

    Examples
    --------
    >>> split_names("CCH; Cedar Co. Hospital")
    ['CCH', 'Cedar Co. Hospital']
    """
    return [part.strip() for part in re.split(r"[;|\n]", text) if part.strip()]
