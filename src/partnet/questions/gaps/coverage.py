"""Coverage gaps: a county without a service that most other counties have."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...core.network import Network
from ...facts.access import measure_access
from ...facts.need import HIGH_NEED, rank_need
from ...places.gazetteer import county_name
from .kind import Gap, convener_of

FAR_KM = 100.0  # a nearest provider this far away counts fully
FRAGILE_KM = 50.0  # one provider only: named where the next is this far, and need is high


def find_coverage_gaps(here: Network) -> list[Gap]:
    """List counties without a service that at least half of the known counties have.

    A service for one population (meals for older adults) is judged by itself where the county has
    the service for others only. Severity = share of counties that have it x (1 + need) / 2 x
    (1 + distance) / 2, with need the county's mean percentile over the indicators on file (0.5 if
    none) and distance the kilometres to the nearest provider over 100, at most 1 (1 if nobody
    offers it or is located). Where one provider only serves a county whose need is in the upper
    third, and the next is 50 km away or more: half of that, with the distance to the next.
    """
    access = measure_access(here)
    if access.empty:
        return []
    lacking = access[access["providers"] == 0]
    whole = set(
        map(tuple, lacking.loc[lacking["population"] == "", ["county_fips", "service"]].to_numpy())
    )
    worst = rank_need(here, tuple(access["county_fips"].unique())).worst
    deserts = [
        _make_gap(here, row, worst[str(row.county_fips)])
        for row in lacking.itertuples()
        if row.population == "" or (row.county_fips, row.service) not in whole
    ]
    alone = (access["providers"] == 1) & (access["population"] == "")
    fragile = access[alone & (access["need"] > HIGH_NEED) & (access["second_km"] >= FRAGILE_KM)]
    hidden = here.audience == "public"  # what is lost if somebody closes is not for the public
    return [*deserts, *(_make_fragile(here, row) for row in fragile.itertuples() if not hidden)]


def _make_gap(here: Network, row: Any, worst: str) -> Gap:
    far, share = float(row.nearest_km), float(row.share_of_counties)
    need, provider = float(row.need), str(row.nearest)
    people, county = str(row.population), str(row.county_fips)
    label = f"{row.service} for {people}" if people else str(row.service)
    place = county_name(county) or county
    return Gap(
        family="coverage",
        rule=label,
        organization=provider,
        place=county,
        place_name=place,
        status="no provider on file",
        severity=weigh_desert(share, need, far),
        evidence=_say_evidence(here, row, share, worst),
        owner=convener_of(here),
        next_step=_say_next_step(here, label, place, provider, str(row.hospital)),
    )


def _make_fragile(here: Network, row: Any) -> Gap:
    """Say that one organization only offers a service in a county of high need."""
    provider, second = str(row.nearest), str(row.second)
    county, km = str(row.county_fips), float(row.second_km)
    share, need = float(row.share_of_counties), float(row.need)
    place = county_name(county) or county
    return Gap(
        family="coverage",
        rule=str(row.service),
        organization=provider,
        other=second,
        place=county,
        place_name=place,
        status="one provider only",
        severity=weigh_desert(share, need, km) / 2,
        evidence=(
            f"{here.name(provider)} alone offers it there; were it to close, the nearest is "
            f"{here.name(second)}, {km:,.0f} km away"
        ),
        owner=convener_of(here),
        next_step=f"Ask {here.name(second)} whether it could stand in for {here.name(provider)}.",
    )


def weigh_desert(share: float, need: float, km: float) -> float:
    """Give the severity of a county without a service; it grows with need and with distance.

    Examples
    --------
    >>> weigh_desert(1.0, 1.0, 250.0), weigh_desert(0.5, 0.0, 0.0)
    (1.0, 0.125)
    """
    distance = 1.0 if np.isnan(km) else min(1.0, km / FAR_KM)
    return share * (1 + need) / 2 * (1 + distance) / 2


def _say_evidence(here: Network, row: Any, share: float, worst: str) -> str:
    parts = [f"{share:.0%} of the counties with services on file have it"]
    people = float(row.residents)
    if people == people:
        parts.append(f"{people:,.0f} people live there")
    if worst:
        parts.append(f"need is high ({worst})")
    far, second = float(row.nearest_km), str(row.second)
    where = "" if np.isnan(far) else f", about {far:,.0f} km from the middle of the county"
    parts.append(f"the nearest on file is {here.name(str(row.nearest))}{where}")
    if second and here.audience != "public":
        km = float(row.second_km)
        far_too = "" if np.isnan(km) else f" ({km:,.0f} km)"
        parts.append(f"the next after it is {here.name(second)}{far_too}")
    return "; ".join(parts)


def _say_next_step(here: Network, label: str, place: str, provider: str, hospital: str) -> str:
    name = here.name(provider)
    asked = f"Ask {name} whether it can serve {place} ({label})"
    if not hospital or hospital == provider:
        return f"{asked}."
    if frozenset((provider, hospital)) in here.tied_pairs:
        return f"{asked}; it already has a tie with {here.name(hospital)}."
    return f"{asked}; it has no tie on file with {here.name(hospital)}, the hospital there."
