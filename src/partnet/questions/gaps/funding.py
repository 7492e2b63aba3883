"""Funding gaps: grantees that do not meet, money that does not follow need, one funder only."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column
from ...core.rows.awards import UNSTATED
from ...core.wording.text import count_noun, join_words, say_dollars
from ...facts.geography.locations import counties_of_each
from ...facts.money.awards import list_awards
from ...places.gazetteer import county_name, county_neighbors
from .kind import Beside, Gap, GapKind, say_pairs, say_untied
from .money import (
    SHOWN_INVESTMENT,
    entitle_investment,
    find_dependence,
    find_underfunded,
    tabulate_investment,
)

SAME_COUNTY, NEXT_COUNTY = 0.6, 0.4  # severity: one place served, or neighboring counties
MOST_GRANTEES = 25  # programs with more recipients than this are everybody's and say nothing
LEAST_SHARED = 2  # services for the same people that two programs must have in common
MOST_PROGRAM_PAIRS = 10  # pairs of grantees listed of programs that serve the same people


def find_funding_gaps(here: Network) -> list[Gap]:
    """List what the money on file asks for.

    Grantees of one program with no tie on file: severity 0.6 where both serve one county, 0.4
    where they serve neighboring ones. Grantees of two programs that serve the same people with
    two services or more and have no tie on file: 0.05 x shared services + 0.2, at most 0.5.
    Little money in a county of high need: 0.6 x need x (1 - rank of dollars per person), both as
    percentiles. One funder with at least four fifths of two awards or more: 0.35 x share. Each
    dollar counts once, where it was passed on to; awards count while they run.
    """
    awards = list_awards(here)
    awards = awards[awards["dollars"] > 0]
    if awards.empty:
        return []
    return [
        *_find_untied_grantees(here, awards),
        *_find_uncoordinated(here, awards),
        *find_underfunded(here),
        *find_dependence(here, awards),
    ]


def _find_untied_grantees(here: Network, awards: pd.DataFrame) -> list[Gap]:
    """Grantees of one program that serve one county or neighbors, with no tie on file.

    Where an award says which county it serves, that one counts; else all that its recipient does.
    """
    gaps = []
    for program, rows in awards.groupby("program", sort=True):
        grantees = rows.groupby("recipient")["dollars"].sum()
        if len(grantees) > MOST_GRANTEES:
            continue
        served = _counties_of_awards(here, rows)
        for a, b in combinations(grantees.index, 2):
            place, severity = _common_place(served.get(a, set()), served.get(b, set()))
            if place and _are_untied(here, a, b):
                gaps.append(_make_gap(here, str(program), a, b, place, severity, grantees))
    return gaps


def _counties_of_awards(here: Network, awards: pd.DataFrame) -> dict[str, set[str]]:
    named = awards[awards["served_place"].str.fullmatch(r"\d{5}")]
    places = named.groupby("recipient")["served_place"].agg(set).to_dict()
    served = counties_of_each(here)
    return {str(id_): places.get(id_, set(served.get(id_, ()))) for id_ in awards["recipient"]}


def _are_untied(here: Network, a: str, b: str) -> bool:
    """Whether no tie of them is on file, of whatever date; the convener knows everybody."""
    return frozenset((a, b)) not in here.whole.tied_pairs and here.convener not in (a, b)


def _common_place(a: set[str], b: set[str]) -> tuple[str, float]:
    """A county that both serve, else one of a next to one of b, else ""."""
    both = sorted(a & b)
    if both:
        return both[0], SAME_COUNTY
    near = sorted(county for county in a if set(county_neighbors(county)) & b)
    return (near[0], NEXT_COUNTY) if near else ("", 0.0)


def _make_gap(
    here: Network, program: str, a: str, b: str, place: str, severity: float, grantees: pd.Series
) -> Gap:
    where = county_name(place) or place
    near = "both serve" if severity == SAME_COUNTY else "they serve neighboring counties, one is"
    return Gap(
        kind="funding",
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
        owner=f"{here.name(a)} and {here.name(b)}",
        next_step=(
            f"Seat {here.name(a)} and {here.name(b)} together: what could the two awards share?"
        ),
    )


def _find_uncoordinated(here: Network, awards: pd.DataFrame) -> list[Gap]:
    """Grantees of different programs that serve the same people in one county, with no tie."""
    named = awards[~awards["program"].str.endswith(UNSTATED)]  # else they may be the same
    programs = named.groupby("recipient")["program"].agg(lambda rows: sorted(set(rows)))
    places = counties_of_each(here)
    offers = _offers_by_organization(here)
    gaps = []
    for a, b in combinations([g for g in programs.index if g in offers], 2):
        shared = offers[a] & offers[b]
        common = places.get(a, frozenset()) & places.get(b, frozenset())
        apart = not set(programs[a]) & set(programs[b])
        if apart and common and len(shared) >= LEAST_SHARED and _are_untied(here, a, b):
            gaps.append(_make_synergy(here, (a, b), programs, sorted(shared), sorted(common)))
    gaps.sort(key=lambda gap: (-round(gap.severity, 9), gap.organization, gap.other))
    return gaps[:MOST_PROGRAM_PAIRS]


def _offers_by_organization(here: Network) -> dict[str, set[tuple[str, str]]]:
    """Services with the people they are for, by organization."""
    services = here.rows("services")
    folded = zip(
        services["service"].str.casefold(), services["population"].str.casefold(), strict=True
    )
    offers = services.assign(offer=list(folded)).groupby("organization")["offer"].agg(set)
    return {str(organization): offer for organization, offer in offers.items()}


def _make_synergy(
    here: Network,
    pair: tuple[str, str],
    programs: pd.Series,
    shared: list[tuple[str, str]],
    common: list[str],
) -> Gap:
    names = [here.name(id_) for id_ in pair]
    what = [f"{service} for {people}" if people else service for service, people in shared]
    return Gap(
        kind="funding",
        rule=f"{programs[pair[0]][0]} and {programs[pair[1]][0]}",
        organization=pair[0],
        other=pair[1],
        place=common[0],
        place_name=county_name(common[0]) or common[0],
        status="not coordinated on file",
        severity=min(0.5, 0.2 + 0.05 * len(shared)),
        evidence=(
            f"two programs serve the same people: {join_words(what, most=3)}, in "
            f"{count_noun(len(common), 'common county', 'common counties')}"
        ),
        owner=f"{names[0]} and {names[1]}",
        next_step=f"Ask {names[0]} and {names[1]} which of the two programs pays for what.",
    )


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    if gap.other_name:
        return say_untied(gap)
    return f"{gap.organization_name or gap.place_name}: {gap.status}"


def say_money(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many grantees have no tie, where money is short, and who has one funder only."""
    pairs = gaps[gaps["status"] == "no tie on file"]
    untied = say_pairs("funding", pairs, "are grantees of one program near each other")
    count = {str(status): int(n) for status, n in gaps["status"].value_counts().items()}
    said = [
        f"{count_noun(count[status], one, many)} {rest}{_say_first(gaps, status)}"
        for status, one, many, rest in MONEY
        if status in count
    ]
    text = " ".join(filter(None, [untied, f"{join_words(said)}." if said else ""]))
    return Sentence("funding", text, {**untied.claims, **count}) if text else None


def _say_first(gaps: pd.DataFrame, status: str) -> str:
    """Name the first of them, with what is on file."""
    first = gaps[gaps["status"] == status].iloc[0]
    who = first["organization_name"] or first["place_name"]
    who = f"{who} and {first['other_name']}" if first["other_name"] else who
    return f" (first {who}: {first['evidence']})"


MONEY = (
    ("not coordinated on file", "pair of programs serves", "pairs of programs serve",
     "the same people with no tie on file"),
    ("little money, high need", "county of high need has", "counties of high need have",
     "little money on file"),
    ("depends on one funder", "organization depends", "organizations depend", "on one funder"),
)  # fmt: skip
KIND = GapKind(
    name="funding",
    title="Money: grantees with no tie on file, need without money, one funder",
    label="money",
    needs=("funding",),
    find=find_funding_gaps,
    subject=("organization", "other", "place"),
    columns=(
        Column("organization_name", "Organization"),
        Column("other_name", "Organization"),
        Column("place_name", "County"),
        Column("rule", "Program"),
    ),
    say=say_gap,
    text=say_money,
    formula=(
        "one program 0.6 in one county, 0.4 in neighboring ones; two programs for the same people "
        "0.2 + 0.05 x shared services, at most 0.5; little money 0.6 x need x (1 - share of "
        "counties with less per person); one funder 0.35 x share."
    ),
    beside=(Beside(SHOWN_INVESTMENT, tabulate_investment, entitle_investment),),
    between=True,
)
