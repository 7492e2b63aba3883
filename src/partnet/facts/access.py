"""Who offers which usual service in which county, and how far the nearest providers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..places.gazetteer import county_name
from .locations import (
    HOSPITALS,
    center_of,
    counties_served,
    distances_from,
    locate_organizations,
)
from .need import rank_need, read_population

USUAL = 0.5  # a service is expected where at least half of the known counties have it


class Access(NamedTuple):
    """One row of :func:`measure_access`."""

    county_fips: str
    county: str
    service: str
    population: str
    providers: int
    nearest: str
    nearest_km: float
    second: str
    second_km: float
    need: float
    share_of_counties: float
    residents: float
    hospital: str
    tied: str


@dataclass(frozen=True)
class Coverage:
    """Who offers which service in which county.

    Attributes
    ----------
    offers : DataFrame
        ``organization``, ``service``, ``population`` (both lower case; "" for everybody),
        ``county``; one row each.
    counties : tuple of str
        Counties judged: those where services of at least one organization are known.
    labels : mapping of str to str
        How each service and each population is written.
    """

    offers: pd.DataFrame
    counties: tuple[str, ...]
    labels: Mapping[str, str]


@fact
def build_coverage(here: Network) -> Coverage:
    """Find out who offers what where: the county of the row, else the counties served."""
    services = here.rows("services")
    folded = {
        "folded": services["service"].str.casefold(),
        "people": services["population"].str.casefold(),
    }
    services = services.assign(**folded)
    served = counties_served(here)
    columns = ["organization", "folded", "people", "county"]
    placed = services[services["county_fips"] != ""].rename(columns={"county_fips": "county"})
    unplaced = services.loc[services["county_fips"] == "", columns[:3]]
    offers = pd.concat([placed[columns], unplaced.merge(served, on="organization")])
    offers = offers.set_axis(["organization", "service", "population", "county"], axis="columns")
    labels = dict(zip(services["people"][::-1], services["population"][::-1], strict=True))
    labels |= dict(zip(services["folded"][::-1], services["service"][::-1], strict=True))
    known = served[served["organization"].isin(services["organization"])]["county"]
    homes = here.rows("organizations")
    homes = set(homes.loc[homes["id"].isin(services["organization"]), "county_fips"])
    counties = sorted((set(offers["county"]) | (set(known) & homes)) - {""})
    return Coverage(offers.drop_duplicates(ignore_index=True), tuple(counties), labels)


@fact
def measure_access(here: Network) -> pd.DataFrame:
    """Give for every county and usual service who offers it and how far the nearest two are.

    Returns
    -------
    DataFrame
        One row a county, service and population ("" for the service whoever it is for):
        ``providers`` (organizations that offer it in the county), ``nearest``, ``second`` (ids of
        the two providers nearest to the middle of the county, those that serve it first; the
        second is what remains if the first closes), ``nearest_km``, ``second_km`` (kilometers; NaN
        where not located), ``need`` (0 to 1), ``share_of_counties`` that have the service,
        ``residents``, ``hospital`` (id of the county's first one), ``tied`` (whether a tie is on
        file between it and the nearest provider: yes or no; "" where they are one, or there is no
        hospital).
    """
    coverage = build_coverage(here)
    if len(coverage.counties) < 2:
        return pd.DataFrame(columns=Access._fields)
    need = rank_need(here, coverage.counties).mean
    centers = np.array([center_of(county) for county in coverage.counties], dtype=float)
    points = locate_organizations(here)
    people = read_population(here, coverage.counties)
    hospitals = {county: _hospital_of(here, county) for county in coverage.counties}
    rows = []
    for unit in _list_units(coverage):
        places = here.positions(unit.providers)
        far = np.stack([distances_from(tuple(center), points[places]) for center in centers])
        for county, km in zip(coverage.counties, far, strict=True):
            serving = unit.by_county.get(county, set())
            two, present = _nearest_two(unit.providers, km, serving), len(serving)
            label = coverage.labels.get(unit.population, "")
            row = (county, county_name(county) or county, coverage.labels[unit.service], label)
            tied = (hospitals[county], _say_tied(here, two[0], hospitals[county]))
            judged = (need[county], unit.share, people[county])
            rows.append(Access(*row, present, *two, *judged, *tied))
    return pd.DataFrame(rows, columns=Access._fields)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A service, for everybody or for one population, with its providers."""

    service: str
    population: str
    providers: list[str]
    by_county: dict[str, set[str]]
    share: float


def _list_units(coverage: Coverage) -> Iterator[_Unit]:
    """Services that at least half of the counties have, each whole, then for each population."""
    offers = coverage.offers
    whole = offers.assign(population="").drop_duplicates()
    parts = offers[offers["population"] != ""]
    for (service, population), rows in pd.concat([whole, parts]).groupby(["service", "population"]):
        by_county = rows.groupby("county")["organization"].agg(set).to_dict()
        share = len(by_county) / len(coverage.counties)
        if share >= USUAL:
            providers = sorted(set(rows["organization"]))
            yield _Unit(str(service), str(population), providers, by_county, share)


def _nearest_two(
    providers: list[str], km: np.ndarray, serving: set[str]
) -> tuple[str, float, str, float]:
    """The nearest provider and the second, with kilometers; NaN where nobody is located.

    Those that serve the county come before those that do not, however near.
    """
    elsewhere = np.array([provider not in serving for provider in providers])
    far = np.where(np.isnan(km), np.inf, np.round(km, 6))
    order = np.lexsort((far, elsewhere))
    first = (providers[order[0]], float(km[order[0]]))
    second = (providers[order[1]], float(km[order[1]])) if len(order) > 1 else ("", float("nan"))
    return (*first, *second)


def _say_tied(here: Network, provider: str, hospital: str) -> str:
    if not hospital or hospital == provider:
        return ""
    return "yes" if frozenset((provider, hospital)) in here.tied_pairs else "no"


def _hospital_of(here: Network, county: str) -> str:
    """The first hospital of a county, or ""."""
    table = here.organizations
    found = table[(table["county_fips"] == county) & table["kind"].isin(HOSPITALS)]
    return str(found.index[0]) if len(found) else ""
