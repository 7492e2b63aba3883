"""Degrees as maps and people write them: 42\u00b0 36' 15" N, 97.26 W, N42 36.25."""

from __future__ import annotations

import re
import unicodedata

MOST = 40  # characters of a position
# A letter before or behind; degrees, minutes and seconds with their marks, or with blanks.
_POSITION = re.compile(
    r"([NSEW])? ?([-+])?(\d{1,3}(?:\.\d+)?) ?(?:\u00b0|\u00ba|deg(?:rees)?|d)? ?"
    r"(?:[: ]?(\d{1,2}(?:\.\d+)?) ?(?:'|m|min)? ?)?"
    r"(?:[: ]?(\d{1,2}(?:\.\d+)?) ?(?:\"|''|sec)? ?)?([NSEW])?",
    re.IGNORECASE,
)
_MARKS = str.maketrans(
    {"\u2032": "'", "\u2019": "'", "\u00b4": "'", "\u2033": '"', "\u201d": '"', "\u2212": "-"}
)
_SAYS = re.compile(r"[NSEW\u00b0\u00ba]|\d'", re.IGNORECASE)


NORTH = 72.0  # degrees: no place of the United States lies nearer to a pole
SOUTH = 13.0  # of the places of the United States north of the equator


def are_swapped(latitude: float, longitude: float) -> bool:
    """Tell whether a latitude lies where nobody lives, and the longitude is one of the States'.

    Examples
    --------
    >>> are_swapped(-97.26, 42.62), are_swapped(42.62, -97.26)
    (True, False)
    """
    return abs(latitude) > NORTH and SOUTH <= longitude <= NORTH


def read_degrees(text: str, *, latitude: bool) -> float | None:
    """Read a latitude or a longitude with its marks; ``None`` where it is plain, or none.

    Parameters
    ----------
    text : str
        The cell.
    latitude : bool
        Whether a latitude is asked for: then E and W stand for none.

    Examples
    --------
    >>> read_degrees("42\u00b0 36' 15\\" N", latitude=True), read_degrees("97.26W", latitude=False)
    (42.604167, -97.26)
    >>> read_degrees("42.6", latitude=True), read_degrees("97.26W", latitude=True)
    (None, None)
    """
    if len(text) > MOST:
        return None
    bare = " ".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())
    match = _POSITION.fullmatch(bare) if _SAYS.search(bare) else None
    if match is None:
        return None
    before, sign, whole, minutes, seconds, behind = match.groups()
    letter = (before or behind or "").upper()
    if (before and behind) or (letter and letter not in ("NS" if latitude else "EW")):
        return None
    parts = [float(part or 0) for part in (minutes, seconds)]
    if max(parts) >= 60 or (minutes and "." in whole):
        return None
    degrees = float(whole) + parts[0] / 60 + parts[1] / 3600
    return round(-degrees if sign == "-" or letter in ("S", "W") else degrees, 6)
