"""Funding gaps: grantees of one program in one place, with no tie on file."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from ..network import Network
from ..tables.places import county_name, county_neighbours
from ..wording import say_dollars
from .geography import counties_served
from .model import Gap

SAME_COUNTY, NEXT_COUNTY = 0.6, 0.4  # severity: one place served, or neighbouring counties
MOST_GRANTEES = 25  # programs with more recipients than this are everybody's and say nothing


def find_funding_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """List grantees of one program that serve one county or neighbours, with no tie on file."""
    held = net if day is None else net.at(day)
    awards = held.table("funding")
    awards = awards[awards["amount"] > 0]
    served = counties_served(held).groupby("organization")["county"].agg(set).to_dict()
    gaps = []
    for program, rows in awards.groupby("program", sort=True):
        grantees = rows.groupby("recipient")["amount"].sum()
        if len(grantees) > MOST_GRANTEES:
            continue
        for a, b in combinations(grantees.index, 2):
            place, severity = _common_place(served.get(a, set()), served.get(b, set()))
            if place and frozenset((a, b)) not in net.tied_pairs and net.convener not in (a, b):
                gaps.append(_make_gap(net, str(program), a, b, place, severity, grantees))
    return gaps


def _common_place(a: set[str], b: set[str]) -> tuple[str, float]:
    """A county that both serve, else one of a next to one of b, else ""."""
    both = sorted(a & b)
    if both:
        return both[0], SAME_COUNTY
    near = sorted(county for county in a if set(county_neighbours(county)) & b)
    return (near[0], NEXT_COUNTY) if near else ("", 0.0)


def _make_gap(
    net: Network, program: str, a: str, b: str, place: str, severity: float, grantees: pd.Series
) -> Gap:
    where = county_name(place) or place
    near = "both serve" if severity == SAME_COUNTY else "they serve neighbouring counties, one is"
    return Gap(
        family="funding",
        rule=program,
        organization=a,
        other=b,
        place=place,
        place_name=where,
        status="no tie on file",
        severity=severity,
        evidence=(
            f"both are grantees of {program} ({say_dollars(grantees[a])} and "
            f"{say_dollars(grantees[b])}); {near} {where}"
        ),
        owner=f"{net.name(a)} and {net.name(b)}",
        next_step=(
            f"Seat {net.name(a)} and {net.name(b)} together: what could the two awards share?"
        ),
    )
