"""Who offers which usual service in which county, and how far the nearest providers are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import HOSPITALS
from ...places.gazetteer import county_name
from ..identity.approachable import from_public_files
from .locations import (
    areas_not_known,
    center_of,
    counties_covered,
    counties_served,
    distances_from,
    locate_organizations,
)
from .need import rank_need, read_population
from .referral_counties import list_referral_counties

USUAL = 0.5  # a service is expected where at least half of the known counties have it
LEAST_OF_KIND = 2  # with services on file, before a kind is said to offer one usually


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
    ask: str


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
    """Find out who offers what where: the county of the row, else the counties covered."""
    services = here.rows("services")
    folded = {
        "folded": services["service"].str.casefold(),
        "people": services["population"].str.casefold(),
    }
    services = services.assign(**folded)
    columns = ["organization", "folded", "people", "county"]
    placed = services[services["county_fips"] != ""].rename(columns={"county_fips": "county"})
    unplaced = services.loc[services["county_fips"] == "", columns[:3]]
    counties = _judge_counties(here, services, placed["county"])
    covered = counties_covered(here)
    offers = pd.concat([placed[columns], unplaced.merge(covered, on="organization")])
    offers = offers.set_axis(["organization", "service", "population", "county"], axis="columns")
    offers = offers[offers["county"].isin(counties)]
    labels = dict(zip(services["people"][::-1], services["population"][::-1], strict=True))
    labels |= dict(zip(services["folded"][::-1], services["service"][::-1], strict=True))
    return Coverage(offers.drop_duplicates(ignore_index=True), counties, labels)


def _judge_counties(here: Network, services: pd.DataFrame, placed: pd.Series) -> tuple[str, ...]:
    """Counties of which services are known: named in them, or served and lived in by one known."""
    served = counties_served(here)
    known = served.loc[served["organization"].isin(services["organization"]), "county"]
    unplaced = services.loc[services["county_fips"] == "", "organization"]
    own = served.loc[served["organization"].isin(unplaced), "county"]
    homes = here.rows("organizations")
    homes = homes.loc[homes["id"].isin(services["organization"]), "county_fips"]
    return tuple(sorted(({*placed, *own} | ({*known} & {*homes})) - {""}))


@fact
def find_silent(here: Network) -> dict[tuple[str, str], list[str]]:
    """Find who may offer a usual service of its kind, but has no services on file.

    Returns
    -------
    dict
        By county and service (lower case): ids, in the network's order. Also those whose services
        are on file, for a district of which the counties are not; and hospitals of public files
        for a service that these tell of some only.
    """
    services = here.rows("services")
    offered = services["service"].str.casefold()
    has = offered.groupby(services["organization"]).agg(set).to_dict()
    usual = list_usual_services(here)
    covered = counties_covered(here).groupby("organization")["county"].agg(list).to_dict()
    public, in_part = from_public_files(here), _read_usual("told_in_part")
    found: dict[tuple[str, str], list[str]] = {}
    table, districts = here.organizations, areas_not_known(here)
    by_state: dict[str, set[str]] = {}
    for county in {county for counties in covered.values() for county in counties}:
        by_state.setdefault(county[:2], set()).add(county)
    columns = (here.ids, table["kind"], table["county_fips"], public)
    for id_, kind, home, listed in zip(*columns, strict=True):
        offering = usual.get(kind, set())
        partly = set(in_part.get(kind, ())) - has.get(id_, set()) if listed else set()
        own = has.get(id_, offering) if id_ in districts else ()
        for county in by_state.get(home[:2], ()) if own else covered.get(id_, ()):
            for service in sorted(own or (partly if id_ in has else offering | partly)):
                found.setdefault((county, service), []).append(str(id_))
    return found


@fact
def list_usual_services(here: Network) -> Mapping[str, set[str]]:
    """Give services of the file that each kind usually offers: as shipped, or as half of it do.

    Returns
    -------
    mapping of str to set of str
        By kind (id): names of services, lower case.
    """
    services = here.rows("services")
    offered, who = services["service"].str.casefold(), services["organization"]
    names = sorted(set(offered))
    shipped = _read_usual("usual")
    usual = {
        kind: {name for name in names if any(word in name for word in words)}
        for kind, words in shipped.items()
    }
    pairs = pd.DataFrame({"kind": who.map(here.organizations["kind"]), "service": offered})
    pairs = pairs.assign(who=who).drop_duplicates()
    known = pairs.groupby("kind")["who"].nunique()
    for (kind, service), number in pairs.groupby(["kind", "service"])["who"].nunique().items():
        if known[kind] >= LEAST_OF_KIND and number >= USUAL * known[kind]:
            usual.setdefault(str(kind), set()).add(str(service))
    return usual


@cache
def _read_usual(part: str) -> Mapping[str, list[str]]:
    text = files("partnet").joinpath("data/usual_services.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[part])


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
        hospital), ``ask`` (where nobody is known to offer it: id of the nearest that serves the
        county, is of a kind that usually offers it, and has no services on file, or of the hospital
        that is all that is on file of a city; "" for none).
    """
    coverage = build_coverage(here)
    if len(coverage.counties) < 2:
        return pd.DataFrame(columns=Access._fields)
    need = rank_need(here, coverage.counties).mean
    centers = np.array([center_of(county) for county in coverage.counties], dtype=float)
    points = locate_organizations(here)
    people = read_population(here, coverage.counties)
    hospitals = {county: next(iter(hospitals_in(here, county)), "") for county in coverage.counties}
    silent, cities, rows = find_silent(here), list_referral_counties(here), []
    for unit in _list_units(coverage):
        places = here.positions(unit.providers)
        far = np.stack([distances_from(tuple(center), points[places]) for center in centers])
        for county, km in zip(coverage.counties, far, strict=True):
            serving = unit.by_county.get(county, set())
            two, present = _nearest_two(unit, km, serving), len(serving)
            label = coverage.labels.get(unit.population, "")
            row = (county, county_name(county) or county, coverage.labels[unit.service], label)
            tied = (hospitals[county], _say_tied(here, two[0], hospitals[county]))
            judged = (need[county], unit.share, people[county])
            asked = [] if present else silent.get((county, unit.service), [])
            ask = _choose_nearest(here, asked, points, center_of(county))
            ask = ask or ("" if present else cities.get(county, ""))
            rows.append(Access(*row, present, *two, *judged, *tied, ask))
    return pd.DataFrame(rows, columns=Access._fields)


def _choose_nearest(
    here: Network, asked: list[str], points: np.ndarray, center: tuple[float, float]
) -> str:
    """The one nearest to the middle of a county; of equals, and of those not located, the first."""
    if len(asked) < 2:
        return "".join(asked)
    km = distances_from(center, points[here.positions(asked)])
    return asked[int(np.argmin(np.nan_to_num(np.round(km, 6), nan=np.inf)))]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A service, for everybody or for one population, with its providers."""

    service: str
    population: str
    providers: list[str]
    by_county: dict[str, set[str]]
    share: float
    restricted: frozenset[str]  # who offers it to some populations only


def _list_units(coverage: Coverage) -> Iterator[_Unit]:
    """Services that at least half of the counties have, each whole, then for each population."""
    units: dict[tuple[str, str], dict[str, set[str]]] = {}
    offers = coverage.offers
    anybody = offers[offers["population"] == ""].groupby("service")["organization"].agg(set)
    columns = ("service", "population", "county", "organization")
    for service, population, county, id_ in zip(*map(coverage.offers.get, columns), strict=True):
        for people in {"", population}:
            unit = units.setdefault((service, people), {})
            unit.setdefault(county, set()).add(id_)
    for (service, population), by_county in sorted(units.items()):
        share = len(by_county) / len(coverage.counties)
        if share >= USUAL:
            providers = sorted(set().union(*by_county.values()))
            some = frozenset() if population else frozenset(providers) - anybody.get(service, set())
            yield _Unit(service, population, providers, by_county, share, some)


def _nearest_two(unit: _Unit, km: np.ndarray, serving: set[str]) -> tuple[str, float, str, float]:
    """The nearest provider and the second, with kilometers; NaN where nobody is located.

    Those that serve the county come before those that do not, however near; then those who offer it
    to everybody before those who offer it to one population only.
    """
    providers = unit.providers
    some = np.array([provider in unit.restricted for provider in providers])
    elsewhere = np.array([provider not in serving for provider in providers])
    far = np.where(np.isnan(km), np.inf, np.round(km, 6))
    order = np.lexsort((far, some, elsewhere))
    first = (providers[order[0]], float(km[order[0]]))
    second = (providers[order[1]], float(km[order[1]])) if len(order) > 1 else ("", float("nan"))
    return (*first, *second)


def _say_tied(here: Network, provider: str, hospital: str) -> str:
    if not hospital or hospital == provider:
        return ""
    return "yes" if frozenset((provider, hospital)) in here.tied_pairs else "no"


def hospitals_in(here: Network, county: str) -> tuple[str, ...]:
    """Give the hospitals of a county, in the order of the table; none where it is not known."""
    return _list_hospitals(here).get(county, ()) if county else ()


@fact
def _list_hospitals(here: Network) -> dict[str, tuple[str, ...]]:
    """The hospitals of each county."""
    table = here.organizations
    homes = table.loc[table["kind"].isin(HOSPITALS), "county_fips"]
    found: dict[str, tuple[str, ...]] = {}
    for id_, county in homes.items():
        found[county] = (*found.get(county, ()), str(id_))
    return found
