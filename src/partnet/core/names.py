"""Who a text names: organizations by id, then by unique name, folded in one way everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphen, zero widths, marks
APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ`´′", "'"))
LEAST_LIKENESS = 75  # below this a name is no suggestion, of 100


def fold_name(text: str) -> str:
    """Reduce a name to what tells organizations apart.

    Case, blanks of any kind, composed or separate accents, curly apostrophes, and ``&`` for
    "and" do not.

    Examples
    --------
    >>> fold_name(" Saint  Mary\u2019s\u00a0Hospital & Clinic ")
    "saint mary's hospital and clinic"
    """
    plain = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(APOSTROPHES)
    return " ".join(plain.replace("&", " and ").split()).casefold()


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

    def list_named(self, text: str) -> list[str]:
        """Give the ids of everybody who has that name."""
        return self._ids.get(fold_name(text), [])

    def suggest(self, text: str, most: int = 1) -> list[str]:
        """Give the names that are written most like a text, as they stand in the table."""
        from rapidfuzz import process, utils

        hits = process.extract(
            text,
            self.name_of,
            processor=utils.default_process,
            limit=most,
            score_cutoff=LEAST_LIKENESS,
        )
        return [self.name_of[id_] for _, _, id_ in hits]
