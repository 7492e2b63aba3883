"""Where organizations are, and how far apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, Int32Array, Points
from ...core.checks import list_texts
from ...core.errors import UsageError
from ...core.memory import fact
from ...core.network import Network
from ...core.wording.text import join_words
from ...places.gazetteer import (
    counties_of,
    county_center,
    county_name,
    county_of_zip,
    distance_km,
    find_county,
)
from ...places.states import read_state

ROAD_FACTOR = 1.417  # road over straight line to hospitals, mean of the United States
TOGETHER = 1_000_000  # pairs whose distances are worked out at a time


def locate_organizations(here: Network) -> Points:
    """Give latitude and longitude by position; else of its town, its county's center, or NaN.

    Of its town: the mean of others on file with the same ZIP code, else of the same town and
    county, whose coordinates are on file.
    """
    return _locate(here).copy()


@fact
def has_own_place(here: Network) -> BoolArray:
    """Tell whose coordinates are on file; of all others the middle of the county at best."""
    table = here.organizations
    return np.asarray(table[["latitude", "longitude"]].notna().all(axis=1), dtype=bool)


@fact
def has_town(here: Network) -> BoolArray:
    """Tell of whom coordinates are on file, their own or those of others in the town."""
    table = here.organizations
    known = table[["latitude", "longitude"]].to_numpy(dtype=float, copy=True)
    return np.asarray(~np.isnan(_add_towns(table, known)).any(axis=1), dtype=bool)


def _add_towns(table: pd.DataFrame, points: Points) -> Points:
    """Fill in the middle of others in the town of those without coordinates of their own."""
    own = ~np.isnan(points).any(axis=1)
    town = table["city"] if "city" in table else pd.Series("", index=table.index)
    town = town.astype(str).str.casefold().str.strip()
    for first, second in ((table["zip"], ""), (town, table["county_fips"])):
        lost = np.isnan(points).any(axis=1)
        known = ((first != "") & (np.asarray(second) != "" if len(second) else True)).to_numpy()
        if not (lost & known).any() or not own.any():
            continue
        keys = (first + "|" + second).to_numpy(dtype=object)
        frame = pd.DataFrame(points[own & known], index=keys[own & known])
        middle = frame.groupby(level=0, sort=True).mean()
        found = middle.reindex(keys[lost & known]).to_numpy(dtype=float)
        points[lost & known] = found
    return points


@fact
def _locate(here: Network) -> Points:
    table = here.organizations
    points = table[["latitude", "longitude"]].to_numpy(dtype=float, copy=True)
    points = _add_towns(table, points)
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
    for place in list_texts(argument, where):
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
    here = np.asarray(point, dtype=float)
    return np.asarray(distance_km(here[..., 0], here[..., 1], points[:, 0], points[:, 1]))


def measure_apart(here: Network, rows: Int32Array, columns: Int32Array) -> FloatArray:
    """Give kilometers between pairs of positions, to the meter; infinite where not known."""
    points, km = _locate(here), np.full(len(rows), np.inf)
    for start in range(0, len(rows), TOGETHER):
        part = slice(start, start + TOGETHER)
        one, other = points[rows[part]], points[columns[part]]
        found = np.asarray(distance_km(one[:, 0], one[:, 1], other[:, 0], other[:, 1]))
        km[part] = np.where(np.isnan(found), np.inf, np.round(found, 3))
    return km


@fact
def counties_served(here: Network) -> pd.DataFrame:
    """Give the counties of each organization: those it serves, else of its services, else its own.

    Service areas come first (counties, and the counties of ZIP codes), then the counties of its
    services, then the county where it is. Who serves a whole State is in
    :func:`counties_covered`.

    Returns
    -------
    DataFrame
        ``organization``, ``county``, without duplicates.
    """
    areas = _read_areas(here)
    served = areas.loc[areas["county"] != "", ["organization", "county"]]
    services = here.rows("services").rename(columns={"county_fips": "county"})
    homes = here.rows("organizations")[["id", "county_fips"]]
    homes = homes.rename(columns={"id": "organization", "county_fips": "county"})
    for next_best in (services[["organization", "county"]], homes):
        known = next_best["county"] != ""
        new = next_best[known & ~next_best["organization"].isin(served["organization"])]
        served = pd.concat([served, new], ignore_index=True)
    return served.drop_duplicates(ignore_index=True)


@fact
def counties_of_each(here: Network) -> Mapping[str, frozenset[str]]:
    """Give :func:`counties_served` as a set of counties by organization."""
    found: dict[str, set[str]] = {}
    served = counties_served(here)
    for id_, county in zip(served["organization"], served["county"], strict=True):
        found.setdefault(id_, set()).add(county)
    return MappingProxyType({id_: frozenset(counties) for id_, counties in found.items()})


@fact
def counties_covered(here: Network) -> pd.DataFrame:
    """Give the counties where services of each organization reach: those of its State too.

    Returns
    -------
    DataFrame
        ``organization``, ``county``, without duplicates.
    """
    areas = _read_areas(here)
    whole = [
        (organization, county)
        for organization, state in areas.loc[areas["state"] != "", ["organization", "state"]].values
        for county in counties_of(state)
    ]
    statewide = pd.DataFrame(whole, columns=["organization", "county"], dtype="str")
    both = pd.concat([counties_served(here), statewide], ignore_index=True)
    return both.drop_duplicates(ignore_index=True)


@fact
def areas_not_known(here: Network) -> frozenset[str]:
    """Give who serves a district whose counties are not on file: ids."""
    areas = _read_areas(here)
    lost = areas[(areas["county"] == "") & (areas["state"] == "")]["organization"]
    return frozenset(lost) - frozenset(areas.loc[areas["county"] != "", "organization"])


@fact
def _read_areas(here: Network) -> pd.DataFrame:
    """Service areas with the county or the State that each means; "" where neither is known."""
    areas = here.rows("service_areas")
    kind, place = areas["place_kind"], areas["place"]
    county = place.where(kind == "county", "").mask(kind == "ZIP", place.map(county_of_zip))
    state = place.map(read_state).where(kind == "State", "")
    return areas[["organization"]].assign(county=county.astype("str"), state=state.astype("str"))
