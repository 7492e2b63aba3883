"""How alike two names of organizations are, when spelling habits are taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from ..core.arrays import FloatArray, IntArray

WORTH_THREADS = 200  # names: of fewer, threads take longer to start than to compare
_SAME_WORDS = {
    "saint": "st",
    "sainte": "ste",
    "mount": "mt",
    "fort": "ft",
    "healthcare": "health care",
    "medcenter": "medical center",
    "med": "medical",
    "medctr": "medical center",
    "ctr": "center",
    "cntr": "center",
    "cen": "center",
    "center": "center",
    "hosp": "hospital",
    "hsp": "hospital",
    "hspt": "hospital",
    "hlth": "health",
    "mem": "memorial",
    "meml": "memorial",
    "reg": "regional",
    "regl": "regional",
    "comm": "community",
    "cmty": "community",
    "cnty": "county",
    "dept": "department",
    "dist": "district",
    "svc": "service",
    "srvs": "service",
    "svcs": "service",
    "univ": "university",
    "assoc": "association",
    "hospitals": "hospital",
    "centers": "center",
    "clinics": "clinic",
    "services": "service",
    "systems": "system",
}
_EMPTY_WORDS = frozenset(
    {"a", "and", "at", "for", "in", "of", "on", "the"}
    | {"co", "corp", "corporation", "inc", "incorporated", "llc", "llp", "ltd", "pc", "pllc"}
)
# What many names have, so that it does not tell one organization from another.
_GENERIC = frozenset(
    {"agency", "area", "care", "center", "clinic", "community", "county", "department", "district"}
    | {"family", "general", "health", "hospital", "medical", "memorial", "organization", "program"}
    | {"public", "regional", "rural", "service", "system"}
)
# Words that tell sites of one owner apart: a name that has another of them is another place.
_SIDES = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast"})
_SIDES |= {"southwest", "upper", "lower", "i", "ii", "iii", "iv", "v"}
_NUMBERS = re.compile(r"[0-9]+")
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
_ORDINALS |= {"seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10"}
_SAME_STREETS = {
    "avenue": "ave",
    "av": "ave",
    "street": "st",
    "str": "st",
    "road": "rd",
    "drive": "dr",
    "highway": "hwy",
    "boulevard": "blvd",
    "lane": "ln",
    "place": "pl",
    "court": "ct",
    "cir": "circle",
    "parkway": "pkwy",
    "square": "sq",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
}
_UNITS = re.compile(r"[,\s]+(?:suite|ste|room|rm|unit|floor|fl|bldg|building|#)\b.*$")
_LATER_NAME = re.compile(r"\b(?:d/?b/?a|doing business as)\b", re.IGNORECASE)


def normalize_name(name: str) -> str:
    """Write a name without spelling habits: case, punctuation, Saint and St., Med Ctr, Inc.

    After "d/b/a" the name in use counts.

    Examples
    --------
    >>> normalize_name("The Saint Mary's Med. Ctr., Inc.")
    'st marys medical center'
    """
    in_use = _LATER_NAME.split(name)[-1].strip() or name
    plain = unicodedata.normalize("NFKD", in_use).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", plain.lower()))
    known = " ".join(_SAME_WORDS.get(word, word) for word in words).split()
    short = " ".join(word for word in known if word not in _EMPTY_WORDS) or " ".join(words)
    return short or " ".join(in_use.casefold().split())  # in letters of another script


def core_of(normalized: str) -> str:
    """Give the words that tell a name from others; "" if it has none.

    Examples
    --------
    >>> core_of("cozad community hospital"), core_of("memorial hospital")
    ('cozad', '')
    """
    return " ".join(word for word in normalized.split() if word not in _GENERIC)


def is_general(word: str) -> bool:
    """Tell whether a word of a normalized name stands in many names."""
    return word in _GENERIC


def tells_sites_apart(a: str, b: str) -> bool:
    """Tell whether two normalized names carry different sides or numbers (North and South Plaza).

    Examples
    --------
    >>> tells_sites_apart("plaza clinic north", "plaza clinic south")
    True
    """
    return marks_of(a) != marks_of(b)


def marks_of(normalized: str) -> frozenset[str]:
    """Give the sides and numbers in a normalized name.

    Examples
    --------
    >>> sorted(marks_of("north plaza 2nd clinic a7")), sorted(marks_of("second clinic"))
    (['2', '7', 'north'], ['2'])
    """
    words = [_ORDINALS.get(word, word) for word in normalized.split()]
    sides = [word for word in words if word in _SIDES]
    return frozenset([*sides, *_NUMBERS.findall(" ".join(words))])


def normalize_street(address: str) -> str:
    """Write a street address without spelling habits; "" for a post office box or none.

    Examples
    --------
    >>> normalize_street("1108 N. Ross Clark Cir., Suite 4"), normalize_street("PO Box 5")
    ('1108 n ross clark circle', '')
    """
    plain = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode("ascii")
    text = _UNITS.sub(" ", re.sub(r"[.']", "", plain.lower()))
    words = [_SAME_STREETS.get(word, word) for word in re.findall(r"[a-z0-9]+", text)]
    line = " ".join(words)
    return "" if line.startswith(("po box", "p o box", "box ")) else line


def measure_likeness(names: Sequence[str], others: Sequence[str]) -> FloatArray:
    """Give the likeness of every normalized name to every other, 0 to 1.

    Words may stand in any order (rapidfuzz ``token_sort_ratio``). Measures that forgive missing
    words are not used: they call "Mercy Hospital" and "Mercy Hospital - Billings" equal.
    """
    ratios = process.cdist(_sort_all(names), _sort_all(others), scorer=fuzz.ratio, dtype=np.float64)
    return np.asarray(ratios) / 100.0


def compare_names(names: Iterable[str], others: Iterable[str]) -> FloatArray:
    """Give the likeness of every normalized name to the one at the same place, 0 to 1."""
    pairs = _sort_all(names), _sort_all(others)
    if not pairs[0]:
        return np.empty(0)
    ratios = process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float64, workers=-1)
    return np.asarray(ratios) / 100.0


def find_like_names(
    names: Iterable[str], *, least: float, rows: int
) -> Iterator[tuple[IntArray, IntArray]]:
    """Give pairs of positions (i < j) of normalized names that are alike by at least so much."""
    words = _sort_all(names)
    threads = -1 if len(words) > WORTH_THREADS else 1
    for start in range(0, len(words), rows):
        part = words[start : start + rows]
        ratios = process.cdist(
            part, words[start:], scorer=fuzz.ratio, dtype=np.float32,
            score_cutoff=100.0 * least, workers=threads,
        )  # fmt: skip
        i, j = np.nonzero(np.triu(ratios, 1))
        yield i + start, j + start


def _sort_all(names: Iterable[str]) -> list[str]:
    """Put the words of each name in order, so that their order does not matter."""
    return [" ".join(sorted(name.split())) for name in names]
