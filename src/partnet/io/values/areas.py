"""Places that somebody serves, as people name them: counties, ZIP codes, States."""

from __future__ import annotations

import re

from ...places.gazetteer import find_county
from .parse import STATE_BY_NAME

A_PLACE = 'A place is named like "Cedar County, NE", "68739" or "Nebraska".'


def read_places(text: str, state: str = "") -> list[tuple[str, str]]:
    """Read the places of a cell, parted by semicolons; none where one of them is not understood.

    Parameters
    ----------
    text : str
        The cell.
    state : str, optional
        The State of counties that name none.

    Returns
    -------
    list of (str, str)
        Kind ("county", "ZIP", "State") and place of each.

    Examples
    --------
    >>> read_places("Cedar County, NE; 68739"), read_places("Knox", "NE"), read_places("the moon")
    ([('county', '31027'), ('ZIP', '68739')], [('county', '31107')], [])
    """
    found = [_read_place(part.strip(), state) for part in text.split(";") if part.strip()]
    return list(dict.fromkeys(found)) if all(kind for kind, _ in found) else []


def _read_place(text: str, state: str) -> tuple[str, str]:
    if re.fullmatch(r"\d{5}", text):
        return "ZIP", text
    code = STATE_BY_NAME.get(text.casefold())
    if code:
        return "State", code
    name, _, named = (part.strip() for part in text.partition(","))
    within = STATE_BY_NAME.get(named.casefold(), "") if named else state
    county = find_county(name, within) if within else ""
    return ("county", county) if county else ("", "")
