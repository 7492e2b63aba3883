"""Coverage gaps: a county without a service that most other counties have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..network import Network
from ..tables.places import county_name
from .geography import Points, center_of, counties_served, distances_from, locate_organizations
from .model import Gap

USUAL = 0.5  # a service is expected where at least half of the known counties have it
FAR_KM = 100.0  # a nearest provider this far away counts fully

HOSPITALS = ("critical_access_hospital", "hospital", "rural_emergency_hospital")


@dataclass(frozen=True)
class Coverage:
    """Who offers which service in which county.

    Attributes
    ----------
    offers : DataFrame
        ``organization``, ``service`` (lower case), ``county``; one row each.
    counties : tuple of str
        Counties judged: those where services of at least one organization are known.
    labels : dict
        How each service is written.
    """

    offers: pd.DataFrame
    counties: tuple[str, ...]
    labels: dict[str, str]


def build_coverage(net: Network) -> Coverage:
    """Find out who offers what where: the county of the row, else the counties served."""
    services = net.table("services")
    services = services.assign(folded=services["service"].str.casefold())
    served = counties_served(net)
    placed = services[services["county_fips"] != ""]
    placed = placed.rename(columns={"county_fips": "county"})[["organization", "folded", "county"]]
    unplaced = services.loc[services["county_fips"] == "", ["organization", "folded"]]
    offers = pd.concat([placed, unplaced.merge(served, on="organization")])
    offers = offers.rename(columns={"folded": "service"}).drop_duplicates(ignore_index=True)
    labels = dict(zip(services["folded"][::-1], services["service"][::-1], strict=True))
    known = served[served["organization"].isin(services["organization"])]["county"]
    homes = net.table("organizations")
    homes = set(homes.loc[homes["id"].isin(services["organization"]), "county_fips"])
    counties = sorted((set(offers["county"]) | (set(known) & homes)) - {""})
    return Coverage(offers, tuple(counties), labels)


def find_coverage_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """List counties without a service that at least half of the known counties have.

    Severity = share of counties that have the service x (1 + need) / 2 x (1 + distance) / 2, with
    need the county's mean percentile over the indicators on file (0.5 if none) and distance the
    kilometres to the nearest provider over 100, at most 1 (1 if nobody offers it or is located).
    """
    held = net if day is None else net.at(day)
    coverage = build_coverage(held)
    if len(coverage.counties) < 2:
        return []
    need, worst = _rank_need(net, coverage.counties)
    points = locate_organizations(held)
    by_service = coverage.offers.groupby("service")["county"].agg(set)
    gaps = []
    for service, covered in by_service.items():
        share = len(covered) / len(coverage.counties)
        if share < USUAL:
            continue
        for county in coverage.counties:
            if county not in covered:
                where = _Desert(str(service), county, share, need[county], worst[county])
                gaps.append(_make_gap(held, coverage, points, where))
    return gaps


@dataclass(frozen=True, slots=True)
class _Desert:
    service: str
    county: str
    share: float
    need: float
    worst: str


def _rank_need(net: Network, counties: tuple[str, ...]) -> tuple[dict[str, float], dict[str, str]]:
    """Mean percentile of need by county, and the indicator in which each stands worst."""
    needs = net.table("needs")
    needs = needs[needs["county_fips"].isin(counties) & (needs["direction"] != "")]
    if needs.empty:
        return dict.fromkeys(counties, 0.5), dict.fromkeys(counties, "")
    newest = needs.sort_values("year", kind="stable").groupby(["county_fips", "indicator"]).tail(1)
    sign = np.where(newest["direction"] == "lower is worse", -1.0, 1.0)
    newest = newest.assign(need=newest["value"] * sign)
    newest["percentile"] = newest.groupby("indicator")["need"].rank(pct=True)
    wide = newest.pivot_table(index="county_fips", columns="indicator", values="percentile")
    mean = wide.mean(axis=1).reindex(counties).fillna(0.5)
    top = wide.idxmax(axis=1).where(wide.max(axis=1) >= 0.8, "").reindex(counties).fillna("")
    return mean.to_dict(), top.to_dict()


def _make_gap(net: Network, coverage: Coverage, points: Points, desert: _Desert) -> Gap:
    label = coverage.labels[desert.service]
    place = county_name(desert.county) or desert.county
    provider, far = _find_nearest(net, coverage, points, desert)
    distance = 1.0 if np.isnan(far) else min(1.0, far / FAR_KM)
    severity = desert.share * (1 + desert.need) / 2 * (1 + distance) / 2
    return Gap(
        family="coverage",
        rule=label,
        organization=provider,
        place=desert.county,
        place_name=place,
        status="no provider on file",
        severity=severity,
        evidence=_say_evidence(net, desert, provider, far),
        owner="the convener" if not net.convener else net.name(net.convener),
        next_step=_say_next_step(net, label, place, provider, _hospital_of(net, desert.county)),
    )


def _find_nearest(
    net: Network, coverage: Coverage, points: Points, desert: _Desert
) -> tuple[str, float]:
    """The nearest organization that offers the service, and its distance in kilometres."""
    offers = coverage.offers
    providers = sorted(set(offers.loc[offers["service"] == desert.service, "organization"]))
    places = net.positions(providers)
    far = distances_from(center_of(desert.county), points[places])
    if np.isnan(far).all():
        return providers[0], float("nan")
    best = int(np.nanargmin(np.round(far, 6)))
    return providers[best], float(far[best])


def _hospital_of(net: Network, county: str) -> str:
    """The first hospital of a county, or ""."""
    table = net.organizations
    here = table[(table["county_fips"] == county) & table["kind"].isin(HOSPITALS)]
    return str(here.index[0]) if len(here) else ""


def _say_evidence(net: Network, desert: _Desert, provider: str, far: float) -> str:
    parts = [f"{desert.share:.0%} of the counties with services on file have it"]
    if desert.worst:
        parts.append(f"need is high ({desert.worst})")
    where = "" if np.isnan(far) else f", about {far:,.0f} km from the middle of the county"
    parts.append(f"the nearest on file is {net.name(provider)}{where}")
    return "; ".join(parts)


def _say_next_step(net: Network, label: str, place: str, provider: str, hospital: str) -> str:
    name = net.name(provider)
    asked = f"Ask {name} whether it can serve {place} ({label})"
    if not hospital or hospital == provider:
        return f"{asked}."
    if frozenset((provider, hospital)) in net.tied_pairs:
        return f"{asked}; it already has a tie with {net.name(hospital)}."
    return f"{asked}; it has no tie on file with {net.name(hospital)}, the hospital there."
