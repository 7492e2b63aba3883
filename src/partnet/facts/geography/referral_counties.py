"""Cities of which a file knows the hospital only: others send patients there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...core.memory import fact
from ...core.network import Network
from ..identity.approachable import from_public_files
from .need import read_population
from .reach import load_reach

CITY = 50_000  # people of a county, from which on somebody offers there what most counties have


@fact
def list_referral_counties(here: Network) -> Mapping[str, str]:
    """Give counties of 50,000 people or more of which only hospitals are on file, with the first.

    A rural network names the hospital of the city to which its patients go, and nobody else there:
    what the county has besides is not known. Organizations that work for a whole State do not count
    as of the county. A county that others serve, or for whose people somebody speaks, is one that
    the network is about; of public files, which hold every county, none is meant.
    """
    table = here.organizations
    kinds = table["kind"].astype(str)
    statewide = {kind for kind, reach in load_reach()[0].items() if reach.statewide}
    local = ~kinds.isin(statewide).to_numpy() & (table["county_fips"] != "").to_numpy()
    hospital = (kinds == "hospital").to_numpy() & ~from_public_files(here)
    homes = table["county_fips"].to_numpy(dtype=object)
    others = {*homes[local & ~hospital], *_list_own(here)}
    first: dict[str, str] = {}
    for k in np.flatnonzero(local & hospital):
        first.setdefault(str(homes[k]), str(here.ids[k]))
    people = read_population(here, tuple(sorted(first)))
    return {c: id_ for c, id_ in first.items() if c not in others and people[c] >= CITY}


def _list_own(here: Network) -> set[str]:
    """Counties in which others work, or for whose people somebody speaks."""
    areas = here.rows("service_areas")
    named = areas.loc[areas["place_kind"] == "county", "place"]
    placed = here.rows("services")
    elsewhere = placed["organization"].map(here.organizations["county_fips"])
    served = placed.loc[placed["county_fips"] != elsewhere, "county_fips"]
    return {*named, *served, *here.rows("voices")["county_fips"]}
