"""How alike two names of organizations are, when spelling habits are taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

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
    "centre": "center",
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
    return " ".join(word for word in known if word not in _EMPTY_WORDS) or " ".join(words)


def core_of(normalized: str) -> str:
    """Give the words that tell a name from others; "" if it has none.

    Examples
    --------
    >>> core_of("cozad community hospital"), core_of("memorial hospital")
    ('cozad', '')
    """
    return " ".join(word for word in normalized.split() if word not in _GENERIC)


def tells_sites_apart(a: str, b: str) -> bool:
    """Tell whether two normalized names carry different sides or numbers (North and South Plaza).

    Examples
    --------
    >>> tells_sites_apart("plaza clinic north", "plaza clinic south")
    True
    """
    return _marks_of(a) != _marks_of(b)


def _marks_of(normalized: str) -> frozenset[str]:
    words = normalized.split()
    return frozenset(word for word in words if word in _SIDES or word.isdigit())


def measure_likeness(names: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.float64]:
    """Give the likeness of every normalized name to every other, 0 to 1.

    Words may stand in any order (rapidfuzz ``token_sort_ratio``). Measures that forgive missing
    words are not used: they call "Mercy Hospital" and "Mercy Hospital - Billings" equal.
    """
    ratios = process.cdist(names, others, scorer=fuzz.token_sort_ratio, dtype=np.float64)
    return np.asarray(ratios) / 100.0
