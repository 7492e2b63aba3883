"""The counties in which somebody works, as service areas or its name tell."""

from __future__ import annotations

import re

import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...places.gazetteer import counties_of, county_of_zip, find_county


@fact
def list_areas(here: Network) -> pd.DataFrame:
    """Give the counties of the service areas on file: counties, ZIP codes and whole States.

    Returns
    -------
    DataFrame
        ``organization``, ``county``, without duplicates.
    """
    areas = here.rows("service_areas")
    kind = areas["place_kind"].str.casefold()
    counties = areas["place"].where(kind == "county", "")
    counties = counties.where(kind != "zip", areas["place"].map(county_of_zip))
    rows = areas[["organization"]].assign(county=counties)
    states = areas.loc[kind == "state", ["organization", "place"]]
    whole = [(one, county) for one, state in states.to_numpy() for county in counties_of(state)]
    rows = pd.concat([rows, pd.DataFrame(whole, columns=["organization", "county"])])
    return rows[rows["county"] != ""].drop_duplicates(ignore_index=True)


def list_counties_named(name: str, state: str) -> tuple[str, ...]:
    """Give the counties of a State that a name tells ("Agency of Knox and Cedar Counties").

    Before the word stand one county, or several with commas and "and" between them; of each as many
    words as make a county of the State.
    """
    found = re.search(r"(.+?) count(?:y|ies)\b", name, flags=re.IGNORECASE)
    parts = re.split(r",? (?:and|&) |, ", found[1], flags=re.IGNORECASE) if found and state else []
    codes = []
    for part in reversed(parts):
        words = part.split()
        tails = (" ".join(words[k:]) for k in range(len(words)))
        code = next((code for tail in tails if (code := find_county(tail, state))), "")
        if not code:
            break
        codes.append(code)
    return tuple(reversed(codes))
