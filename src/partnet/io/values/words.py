"""Words for nothing: which cells say nothing, by what their column holds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ...core.schema import Column
from ...core.wording.names import APOSTROPHES

MARKS = frozenset("-–—−_.?*/\\~!#…·•$")  # a cell of these alone is nothing
AROUND = " ()[]<>{}.*'\""
NAMES = frozenset({"name", "relation"})  # types of columns where none, no and 0 are nothing
LABELS = frozenset({"new_id", "new_name", "organization"})  # ids and names, which may be 0
ZEROS = frozenset({"0", "0.0", "00"})
FREE = frozenset({"text"})
NONE_BUT = re.compile(r"none(\s*[,;(/:]|\s+[-\u2013] )")  # None, but interested
# N/A - see notes; TBD 2026: nothing, and a remark on it. "Unknown" may begin a name.
REMARKED = re.compile(
    r"(?:(unknown|not known|unk|don't know|do not know|dk|not sure|unsure)\b"
    r"(\s*[;(]|\s*[-\u2013\u2014] )|"
    r"(n/a|not applicable|tbd|tba|to be (determined|announced|decided|confirmed))\b"
    r"(\s*[,;(/:]|\s*[-\u2013\u2014] | (\d{4}$|by|in|at|for|after|pending|when|until|as)\b))"
)
LATER = (" at this time", " at present", " at the moment", " for now", " right now", " yet")
NOT_HAD = re.compile(
    r"((we|they) )?(do not|don't|does not|doesn't) (currently |yet )?have "
    r"(any\b.*|an?\b.*|(formal |current )?(partners?|groups?|coalitions?|programs?|funders?|"
    r"services?|memberships?|agreements?|funding|one))"
)
SEE = re.compile(
    r"(please )?see (the |our |my )?((attached|separate|other|next|previous|prior|second) )?"
    r"(notes?|comments?|above|below|attached|attachments?|list|narrative|web ?site|tab|sheet|"
    r"appendix|page|column|row)\b.*"
)
UNSAVED = "=?"  # what stands in a cell for a formula whose result is not stored


@cache
def _lists() -> dict[str, Any]:
    text = files("partnet").joinpath("data/reading.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def list_words(kind: str) -> frozenset[str]:
    """The words of one list of ``reading.toml``, folded.

    Examples
    --------
    >>> "tbd" in list_words("not_known"), "monthly" in list_words("not_known")
    (True, False)
    """
    found = _lists()
    for part in kind.split("."):
        found = found[part]
    return frozenset(map(fold_cell, found))


@cache
def missing_codes() -> frozenset[float]:
    """Numbers by which surveys code a missing answer."""
    return frozenset(map(float, _lists()["missing_codes"]))


@lru_cache(maxsize=100_000)
def fold_cell(text: str) -> str:
    """Reduce a cell to what matters where words for nothing are looked up.

    Examples
    --------
    >>> fold_cell(" (None) "), fold_cell("Don\u2019t  Know."), fold_cell("--")
    ('none', "don't know", '--')
    """
    if text.isascii() and "`" not in text:  # nothing but case
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", text).translate(APOSTROPHES).casefold()
    bare = " ".join(plain.split())
    return bare.strip(AROUND) or bare


def is_mark(text: str) -> bool:
    """Tell whether a cell holds marks alone: -, ?, ..."""
    bare = text.strip()
    return bare[:1] in MARKS and set(bare) - {" "} <= MARKS


def is_nothing(text: str, kind: str = "name") -> bool:
    """Tell whether a cell says nothing.

    Parameters
    ----------
    text : str
        The cell.
    kind : {"text", "value", "label", "name"}
        What belongs there: free text, a value (number, code, date, word of a list), the id or name
        of an organization (which a graph may call 0), or another name.

    Examples
    --------
    >>> is_nothing("None"), is_nothing("None", "value"), is_nothing("TBD", "value"), is_nothing("?")
    (True, False, True, True)
    >>> is_nothing("N/A - see notes", "value"), is_nothing("We do not have any partners")
    (True, True)
    """
    if not text or text.isspace():
        return True
    if text.isascii() and text.isalnum():  # most ids and codes: no mark, remark or sentence
        return text.lower() in _list_nothings(kind)
    return _says_nothing(text, kind)


@cache
def _list_nothings(kind: str) -> frozenset[str]:
    """The listed words that say nothing in a column of a kind."""
    listed = list_words("blank") | list_words("not_known") | list_words("no_name")
    return frozenset(word for word in listed if _says_nothing(word, kind))


def _says_nothing(text: str, kind: str) -> bool:
    word = fold_cell(text)
    if word in list_words("blank"):
        return True
    if kind == "text":
        return False
    word = _drop_frame(word)
    if is_mark(text) or word in list_words("not_known") or REMARKED.match(word):
        return True
    if kind == "label" and word in ZEROS:
        return False
    if kind not in ("name", "label"):
        return False
    if word in list_words("no_name") or NONE_BUT.match(word):
        return True
    return len(word) <= MOST_SAID and bool(NOT_HAD.fullmatch(word) or SEE.fullmatch(word))


MOST_SAID = 200  # characters of a cell that says in a sentence that there is nothing


def _drop_frame(word: str) -> str:
    """A word without dashes around it, and without what says that it holds for now.

    Examples
    --------
    >>> _drop_frame("-- none --"), _drop_frame("unknown at this time"), _drop_frame("-99")
    ('none', 'unknown', '-99')
    """
    bare = word.strip("-\u2013\u2014_~ ")
    word = bare if bare[:1].isalpha() and bare[-1:].isalpha() else word
    if not word.endswith(LATER):
        return word
    return word.removesuffix(next(tail for tail in LATER if word.endswith(tail)))


def kind_of(column: Column) -> str:
    """Say which words for nothing a column may hold: "text", "value", "label" or "name"."""
    if column.type in NAMES:
        return "name"
    if column.type in LABELS:
        return "label"
    return "text" if column.type in FREE else "value"


def is_nonanswer(text: str) -> bool:
    """Tell whether an answer is none: don't know, N/A, prefer not to say, a mark.

    A blank cell is not asked here: what it means depends on its table.
    """
    return bool(text.strip()) and is_nothing(text, "value")


def is_unstated(text: str) -> bool:
    """Tell whether a column that partnet does not know says nothing: blank, NA, unknown, a mark."""
    word = fold_cell(text)
    return (
        is_nothing(text, "text") or is_mark(text) or word in ("na", "unknown", "tbd", "not known")
    )


def find_direction(text: str) -> str:
    """Give "yes" or "no" for a word or an arrow that says whether a tie has a direction; else "".

    Examples
    --------
    >>> find_direction("Mutual"), find_direction("->"), find_direction("soon")
    ('no', 'yes', '')
    """
    bare, word = text.strip(), fold_cell(text)
    for value in ("yes", "no"):
        listed = _lists()["directions"][value]
        if bare in listed or (word[:1].isalpha() and word in list_words(f"directions.{value}")):
            return value
    return ""
