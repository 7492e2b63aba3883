"""Where organizations are, and how far apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..core.arrays import Points
from ..core.errors import UsageError
from ..core.memory import fact
from ..core.network import Network
from ..core.text import join_words
from ..places.gazetteer import (
    counties_of,
    county_center,
    county_name,
    distance_km,
    find_county,
)

HOSPITALS = ("critical_access_hospital", "hospital", "rural_emergency_hospital")


def locate_organizations(here: Network) -> Points:
    """Give latitude and longitude by position; else the county's center, else NaN."""
    return _locate(here).copy()


@fact
def _locate(here: Network) -> Points:
    table = here.organizations
    points = table[["latitude", "longitude"]].to_numpy(dtype=float, copy=True)
    lost = np.isnan(points).any(axis=1)
    for k in np.flatnonzero(lost & (table["county_fips"] != "").to_numpy()):
        points[k] = center_of(table["county_fips"].iloc[k])
    return points


def resolve_places(
    net: Network, where: str | Sequence[str], *, argument: str = "where"
) -> frozenset[str]:
    """Give the codes of counties named one by one, or all of a State of the network.

    Raises
    ------
    UsageError
        A place is neither a State of the network nor a county known.
    """
    states = set(net.organizations["state"].str.upper()) - {""}
    found: set[str] = set()
    for place in (where,) if isinstance(where, str) else where:
        state = place.strip().upper()
        found |= (
            {*counties_of(state)}
            if state in states
            else {resolve_county(net, place, argument=argument)}
        )
    return frozenset(found)


def resolve_county(net: Network, county: str, *, argument: str = "where") -> str:
    """Give the code of a county named by code, or by name in a State of the network.

    `argument` is what the caller wrote it as, for the message.

    Raises
    ------
    UsageError
        No county has that name, or counties of several of these States.
    """
    states = sorted(set(net.organizations["state"]) - {""}) or [""]
    codes = {code for state in states if (code := find_county(county, state))}
    if len(codes) == 1:
        return codes.pop()
    found = join_words([f"{county_name(code)} ({code})" for code in sorted(codes)])
    raise UsageError(
        f"{argument}: found {county!r}, which "
        f"{f'may be {found}' if codes else 'is no county known'}. "
        "A county is named by its code of 5 digits, or by name. Correct it."
    )


def center_of(county: str) -> tuple[float, float]:
    """Give the center of a county; NaN where it is not known."""
    center = county_center(county)
    return center if center is not None else (math.nan, math.nan)


def distances_from(point: tuple[float, float] | Points, points: Points) -> Points:
    """Give great-circle distances in kilometers from one point to many."""
    here = np.broadcast_to(np.asarray(point, dtype=float), points.shape)
    return np.asarray(distance_km(here[:, 0], here[:, 1], points[:, 0], points[:, 1]))


@fact
def counties_served(here: Network) -> pd.DataFrame:
    """Give the counties of each organization: served if on file, else its own.

    Returns
    -------
    DataFrame
        ``organization``, ``county``, without duplicates.
    """
    areas = here.rows("service_areas")
    areas = areas[areas["place_kind"] == "county"]
    served = areas[["organization", "place"]].rename(columns={"place": "county"})
    homes = here.rows("organizations")[["id", "county_fips"]]
    homes = homes.rename(columns={"id": "organization", "county_fips": "county"})
    alone = homes[~homes["organization"].isin(served["organization"]) & (homes["county"] != "")]
    return pd.concat([served, alone], ignore_index=True).drop_duplicates(ignore_index=True)
