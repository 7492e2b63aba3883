"""Coverage gaps: a county without a service that most other counties have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.network import Network
from ...facts.locations import (
    HOSPITALS,
    center_of,
    counties_served,
    distances_from,
    locate_organizations,
)
from ...facts.need import HIGH_NEED, rank_need, read_population
from ...places.gazetteer import county_name
from .kind import Gap, convener_of

USUAL = 0.5  # a service is expected where at least half of the known counties have it
FAR_KM = 100.0  # a nearest provider this far away counts fully
FRAGILE_KM = 50.0  # one provider only: named where the next is this far, and need is high
ACCESS_COLUMNS = (
    "county_fips", "county", "service", "population", "providers", "nearest", "nearest_km",
    "second", "second_km", "need", "share_of_counties", "residents", "hospital", "tied",
)  # fmt: skip


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
    labels : dict
        How each service and each population is written.
    """

    offers: pd.DataFrame
    counties: tuple[str, ...]
    labels: dict[str, str]


def build_coverage(net: Network) -> Coverage:
    """Find out who offers what where: the county of the row, else the counties served."""
    services = net.table("services")
    folded = {
        "folded": services["service"].str.casefold(),
        "people": services["population"].str.casefold(),
    }
    services = services.assign(**folded)
    served = counties_served(net)
    columns = ["organization", "folded", "people", "county"]
    placed = services[services["county_fips"] != ""].rename(columns={"county_fips": "county"})
    unplaced = services.loc[services["county_fips"] == "", columns[:3]]
    offers = pd.concat([placed[columns], unplaced.merge(served, on="organization")])
    offers = offers.set_axis(["organization", "service", "population", "county"], axis="columns")
    labels = dict(zip(services["people"][::-1], services["population"][::-1], strict=True))
    labels |= dict(zip(services["folded"][::-1], services["service"][::-1], strict=True))
    known = served[served["organization"].isin(services["organization"])]["county"]
    homes = net.table("organizations")
    homes = set(homes.loc[homes["id"].isin(services["organization"]), "county_fips"])
    counties = sorted((set(offers["county"]) | (set(known) & homes)) - {""})
    return Coverage(offers.drop_duplicates(ignore_index=True), tuple(counties), labels)


def find_coverage_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """List counties without a service that at least half of the known counties have.

    A service for one population (meals for older adults) is judged by itself where the county has
    the service for others only. Severity = share of counties that have it x (1 + need) / 2 x
    (1 + distance) / 2, with need the county's mean percentile over the indicators on file (0.5 if
    none) and distance the kilometres to the nearest provider over 100, at most 1 (1 if nobody
    offers it or is located). Where one provider only serves a county whose need is in the upper
    third, and the next is 50 km away or more: half of that, with the distance to the next.
    """
    held = net if day is None else net.at(day)
    access = measure_access(held)
    if access.empty:
        return []
    lacking = access[access["providers"] == 0]
    whole = set(
        map(tuple, lacking.loc[lacking["population"] == "", ["county_fips", "service"]].to_numpy())
    )
    worst = rank_need(net, tuple(access["county_fips"].unique()))[1]
    deserts = [
        _make_gap(held, row, worst[str(row.county_fips)])
        for row in lacking.itertuples()
        if row.population == "" or (row.county_fips, row.service) not in whole
    ]
    alone = (access["providers"] == 1) & (access["population"] == "")
    fragile = access[alone & (access["need"] > HIGH_NEED) & (access["second_km"] >= FRAGILE_KM)]
    hidden = net.audience == "public"  # what is lost if somebody closes is not for the public
    return [*deserts, *(_make_fragile(held, row) for row in fragile.itertuples() if not hidden)]


def measure_access(net: Network) -> pd.DataFrame:
    """Give for every county and usual service who offers it and how far the nearest two are.

    Returns
    -------
    DataFrame
        One row a county, service and population ("" for the service whoever it is for):
        ``providers`` (organizations that offer it in the county), ``nearest``, ``second`` (ids of
        the two providers nearest to the middle of the county, those that serve it first; the
        second is what remains if the first closes), ``nearest_km``, ``second_km`` (kilometres; NaN
        where not located), ``need`` (0 to 1), ``share_of_counties`` that have the service,
        ``residents``, ``hospital`` (id of the county's first one), ``tied`` (whether a tie is on
        file between it and the nearest provider: yes or no; "" where they are one, or there is no
        hospital).
    """
    coverage = build_coverage(net)
    if len(coverage.counties) < 2:
        return pd.DataFrame(columns=list(ACCESS_COLUMNS))
    need = rank_need(net, coverage.counties)[0]
    centers = np.array([center_of(county) for county in coverage.counties], dtype=float)
    points = locate_organizations(net)
    people = read_population(net, coverage.counties)
    hospitals = {county: _hospital_of(net, county) for county in coverage.counties}
    rows = []
    for unit in _list_units(coverage):
        places = net.positions(unit.providers)
        far = np.stack([distances_from(tuple(center), points[places]) for center in centers])
        for county, km in zip(coverage.counties, far, strict=True):
            serving = unit.by_county.get(county, set())
            two, here = _nearest_two(unit.providers, km, serving), len(serving)
            label = coverage.labels.get(unit.population, "")
            row = (county, county_name(county) or county, coverage.labels[unit.service], label)
            tied = (hospitals[county], _say_tied(net, two[0], hospitals[county]))
            rows.append((*row, here, *two, need[county], unit.share, people[county], *tied))
    return pd.DataFrame(rows, columns=list(ACCESS_COLUMNS))


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
    """The nearest provider and the second, with kilometres; NaN where nobody is located.

    Those that serve the county come before those that do not, however near.
    """
    elsewhere = np.array([provider not in serving for provider in providers])
    far = np.where(np.isnan(km), np.inf, np.round(km, 6))
    order = np.lexsort((far, elsewhere))
    first = (providers[order[0]], float(km[order[0]]))
    second = (providers[order[1]], float(km[order[1]])) if len(order) > 1 else ("", float("nan"))
    return (*first, *second)


def _make_gap(net: Network, row: object, worst: str) -> Gap:
    far, share = float(row.nearest_km), float(row.share_of_counties)  # type: ignore[attr-defined]
    need, provider = float(row.need), str(row.nearest)  # type: ignore[attr-defined]
    people, county = str(row.population), str(row.county_fips)  # type: ignore[attr-defined]
    label = f"{row.service} for {people}" if people else str(row.service)  # type: ignore[attr-defined]
    place = county_name(county) or county
    return Gap(
        family="coverage",
        rule=label,
        organization=provider,
        place=county,
        place_name=place,
        status="no provider on file",
        severity=weigh_desert(share, need, far),
        evidence=_say_evidence(net, row, share, worst),
        owner=convener_of(net),
        next_step=_say_next_step(net, label, place, provider, str(row.hospital)),  # type: ignore[attr-defined]
    )


def _make_fragile(net: Network, row: object) -> Gap:
    """Say that one organization only offers a service in a county of high need."""
    provider, second = str(row.nearest), str(row.second)  # type: ignore[attr-defined]
    county, km = str(row.county_fips), float(row.second_km)  # type: ignore[attr-defined]
    share, need = float(row.share_of_counties), float(row.need)  # type: ignore[attr-defined]
    place = county_name(county) or county
    return Gap(
        family="coverage",
        rule=str(row.service),  # type: ignore[attr-defined]
        organization=provider,
        other=second,
        place=county,
        place_name=place,
        status="one provider only",
        severity=weigh_desert(share, need, km) / 2,
        evidence=(
            f"{net.name(provider)} alone offers it there; were it to close, the nearest is "
            f"{net.name(second)}, {km:,.0f} km away"
        ),
        owner=convener_of(net),
        next_step=f"Ask {net.name(second)} whether it could stand in for {net.name(provider)}.",
    )


def _say_tied(net: Network, provider: str, hospital: str) -> str:
    if not hospital or hospital == provider:
        return ""
    return "yes" if frozenset((provider, hospital)) in net.tied_pairs else "no"


def weigh_desert(share: float, need: float, km: float) -> float:
    """Give the severity of a county without a service; it grows with need and with distance.

    Examples
    --------
    >>> weigh_desert(1.0, 1.0, 250.0), weigh_desert(0.5, 0.0, 0.0)
    (1.0, 0.125)
    """
    distance = 1.0 if np.isnan(km) else min(1.0, km / FAR_KM)
    return share * (1 + need) / 2 * (1 + distance) / 2


def _hospital_of(net: Network, county: str) -> str:
    """The first hospital of a county, or ""."""
    table = net.organizations
    here = table[(table["county_fips"] == county) & table["kind"].isin(HOSPITALS)]
    return str(here.index[0]) if len(here) else ""


def _say_evidence(net: Network, row: object, share: float, worst: str) -> str:
    parts = [f"{share:.0%} of the counties with services on file have it"]
    people = float(row.residents)  # type: ignore[attr-defined]
    if people == people:
        parts.append(f"{people:,.0f} people live there")
    if worst:
        parts.append(f"need is high ({worst})")
    far, second = float(row.nearest_km), str(row.second)  # type: ignore[attr-defined]
    where = "" if np.isnan(far) else f", about {far:,.0f} km from the middle of the county"
    parts.append(f"the nearest on file is {net.name(str(row.nearest))}{where}")  # type: ignore[attr-defined]
    if second and net.audience != "public":
        km = float(row.second_km)  # type: ignore[attr-defined]
        far_too = "" if np.isnan(km) else f" ({km:,.0f} km)"
        parts.append(f"the next after it is {net.name(second)}{far_too}")
    return "; ".join(parts)


def _say_next_step(net: Network, label: str, place: str, provider: str, hospital: str) -> str:
    name = net.name(provider)
    asked = f"Ask {name} whether it can serve {place} ({label})"
    if not hospital or hospital == provider:
        return f"{asked}."
    if frozenset((provider, hospital)) in net.tied_pairs:
        return f"{asked}; it already has a tie with {net.name(hospital)}."
    return f"{asked}; it has no tie on file with {net.name(hospital)}, the hospital there."
