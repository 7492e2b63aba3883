"""Who a text names: organizations by id, then by unique name, folded in one way everywhere."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

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


def fold_loosely(text: str) -> str:
    """Reduce a name further, to what a person would still take for the same name.

    Accents, punctuation, Saint and St., a leading "The" and an ending Inc. or LLC do not matter.

    Examples
    --------
    >>> fold_loosely("R\u00edo Grande E.M.S., Inc."), fold_loosely("The Saint Mary\u2019s Hospital")
    ('rio grande ems', 'st marys hospital')
    """
    letters = fold_name(text)
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = [_SAME.get(word, word) for word in _WORDS.findall(letters.translate(_DROPPED))]
    while len(words) > 1 and words[-1] in _ENDINGS:
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


_DROPPED = str.maketrans("", "", ".'\"()")
_WORDS = re.compile(r"[^\W_]+")
_SAME = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "centre": "center"}
_SHORT = re.compile(r"(\S.*\S)\s*\(([^()]*[A-Z]{2}[^()]*)\)")  # Cedar County Hospital (CCH)
_ENDINGS = frozenset({"inc", "llc", "incorporated", "ltd", "pllc", "lp", "pc"})


class NameIndex:
    """Finds the organization that a text names: by id, then by unique name.

    Parameters
    ----------
    ids, names : iterable of str
        Of the organizations, in one order.
    """

    def __init__(self, ids: Iterable[str], names: Iterable[str]) -> None:
        self.name_of = dict(zip(ids, names, strict=True))
        self._ids: dict[str, list[str]] = {}
        for id_, name in self.name_of.items():
            self._ids.setdefault(fold_name(name), []).append(id_)

    def find(self, text: str) -> str:
        """Give the id, or "" where nobody or more than one has that name."""
        if text in self.name_of:
            return text
        named = self.list_named(text)
        return named[0] if len(named) == 1 else ""

    def find_loosely(self, text: str) -> str:
        """Give the id of the only one whose name is the same but for accents and punctuation.

        Of "Cedar County Hospital (CCH)" either part will do.
        """
        key = fold_loosely(text)
        named = self._loose.get(key, []) if key else []
        return named[0] if len(named) == 1 else ""

    @cached_property
    def _loose(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, name in self.name_of.items():
            parts = _SHORT.fullmatch(name)
            also = map(fold_loosely, parts.groups()) if parts else ()
            for key in {fold_loosely(name), fold_loosely(str(id_)), *also}:
                found.setdefault(key, []).append(id_)
        return found

    def list_named(self, text: str) -> list[str]:
        """Give the ids of everybody who has that name."""
        return self._ids.get(fold_name(text), [])

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
