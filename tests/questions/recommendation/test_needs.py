"""Need beside likelihood: what a tie would close comes first, among whoever could do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import partnet as pn
from partnet import UsageError, load_sample, recommend_partners
from partnet.core.network import Network
from partnet.core.vocabulary import HOSPITALS
from partnet.facts.geography.access import build_coverage
from partnet.facts.geography.locations import center_of, distances_from, locate_organizations
from partnet.facts.geography.reach import find_reach
from partnet.questions.gaps.found import list_gaps
from partnet.questions.outcomes.question import judge_outcomes
from partnet.questions.recommendation.needs import list_needs
from partnet.questions.recommendation.scored_pair import combine

from ...builders import make_network

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
CEDAR, KNOX, DIXON = "31027", "31107", "31051"
ORGANIZATIONS = [
    {"id": "elm", "name": "Elm Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
    {"id": "oak", "name": "Oak Hospital", "kind": "critical_access_hospital", "county_fips": CEDAR},
    {"id": "calm", "name": "Calm Counseling", "kind": "behavioral_health", "county_fips": CEDAR},
    {"id": "still", "name": "Still Waters", "kind": "behavioral_health", "county_fips": DIXON},
    {"id": "van", "name": "Van Rides", "kind": "transport", "county_fips": KNOX},
]
TIES = [("elm", "oak"), ("oak", "van")]  # Elm and Van share a partner: likely, not needed
SERVICES = [
    {"organization": "elm", "service": "emergency care", "county_fips": KNOX},
    {"organization": "oak", "service": "emergency care", "county_fips": CEDAR},
    {"organization": "calm", "service": "counseling", "county_fips": CEDAR},
    {"organization": "still", "service": "counseling", "county_fips": DIXON},
]
AGREED = {
    "outcome": "Elm and Still Waters meet",
    "type": "new relationship",
    "organization": "elm",
    "other": "still",
    "agreed_on": "2026-01-10",
    "due": "2026-03-01",
    "status": "open",
}


def _make(ties: list[tuple[str, str]] = TIES, **tables: Any) -> Network:
    return make_network(ORGANIZATIONS, ties, **{"services": SERVICES, **tables})


def _partners(net: Network, **options: Any) -> list[str]:
    table = recommend_partners(net, "elm", as_of="2026-06-01", runs=0, **options).table
    return table["partner"].tolist()


def test_need_and_likelihood_are_added_openly() -> None:
    need, likelihood = np.array([0.0, 0.2, 0.9]), np.array([1.0, 0.5, 0.0])
    assert combine("both", need, likelihood).tolist() == [1.0, 1.7, 1.9]
    assert combine("need", need, likelihood).tolist() == [1.0, 1200.5, 1900.0]
    assert combine("likelihood", need, likelihood).tolist() == [1.0, 0.5, 0.0]


def test_the_nearest_provider_of_what_the_county_lacks_comes_first_and_the_need_is_said() -> None:
    result = recommend_partners(_make(), "elm", as_of="2026-06-01", runs=0)
    first = result.table.iloc[0]
    assert first["partner"] == "calm"
    assert first["need"] > 0
    assert first["needs"].startswith("Knox County has no provider of counseling on file, and Calm")
    assert first["reason"].startswith("Needed: Knox County has no provider of counseling on file")
    assert "brings counseling towards Knox County" in first["goals"]
    assert result.table["need"].iloc[1:].eq(0).all()  # a county's gap is closed by one


def test_who_asks_for_likelihood_gets_the_order_of_the_ranker() -> None:
    table = recommend_partners(_make(), "elm", by="likelihood", as_of="2026-06-01", runs=0).table
    assert table["probability"].is_monotonic_decreasing
    assert table["partner"].iloc[0] == "van"
    with pytest.raises(UsageError, match="by: found 'luck'"):
        recommend_partners(_make(), by="luck")


def test_a_provider_with_a_tie_is_not_suggested_but_due() -> None:
    result = recommend_partners(_make([*TIES, ("elm", "calm")]), "elm", as_of="2026-06-01", runs=0)
    assert "calm" not in result.table["partner"].tolist()
    assert result.tables["due"][["organization", "partner"]].to_numpy().tolist() == [
        ["elm", "calm"]
    ]
    assert result.claims["due"]["open"] == 1
    assert "they have a tie on file" in result.tables["due"]["sentence"].iloc[0]


def test_the_next_provider_stands_in_where_the_nearest_is_out_of_reach() -> None:
    """Calm is of one owner with Elm: whether it serves Knox is its owner's business."""
    owned = [
        {"organization": "calm", "parent": "Plains Health", "type": "owned"},
        {"organization": "elm", "parent": "Plains Health", "type": "owned"},
    ]
    net = _make(affiliations=owned)
    assert _partners(net)[0] == "still"
    assert "calm" not in _partners(net)
    assert "calm" in _partners(net, feasible=False)


def test_an_overdue_outcome_comes_before_a_gap_and_one_that_is_done_asks_for_nothing() -> None:
    table = recommend_partners(_make(outcomes=[AGREED]), "elm", as_of="2026-06-01", runs=0).table
    assert table["partner"].tolist()[:2] == ["still", "calm"]
    assert table["need"].iloc[0] == 0.9
    assert "overdue, due on March 1, 2026" in table["reason"].iloc[0]
    early = recommend_partners(_make(outcomes=[AGREED]), "elm", as_of="2026-02-01", runs=0).table
    assert early.set_index("partner").loc["still", "need"] == 0.7  # due within 90 days
    dropped = {**AGREED, "status": "dropped"}
    assert _partners(_make(outcomes=[dropped]))[0] == "calm"


def test_what_is_needed_is_told_to_the_provider_too() -> None:
    table = recommend_partners(_make(), "calm", as_of="2026-06-01", runs=0).table
    assert table["partner"].iloc[0] == "elm"
    assert "Knox County has no provider" in table["reason"].iloc[0]


def test_a_health_department_speaks_for_a_county_without_a_hospital() -> None:
    department = {"id": "dept", "name": "Elm Health", "kind": "local_health_department",
                  "county_fips": KNOX}  # fmt: skip
    people = [*ORGANIZATIONS[1:], department]
    areas = [{"organization": "dept", "place_kind": "county", "place": place}
             for place in (KNOX, CEDAR, DIXON)]  # fmt: skip
    services = [*SERVICES[1:], {"organization": "van", "service": "rides", "county_fips": KNOX}]
    net = make_network(people, [("oak", "van")], services=services, service_areas=areas)
    found = list_needs(net.at("2026-06-01"))
    names = {tuple(sorted(net.ids[list(pair)])): needs for pair, needs in found.items()}
    # Counseling is asked of the nearest; emergency care is no errand of a health department.
    assert list(names) == [("calm", "dept")]


def test_competitors_are_out_unless_asked_for() -> None:
    rival = {"id": "hush", "name": "Hush", "kind": "behavioral_health", "county_fips": CEDAR}
    net = make_network([*ORGANIZATIONS, rival], TIES, services=SERVICES)
    names = recommend_partners(net, "calm", as_of="2026-06-01", runs=0).table["partner"].tolist()
    assert "hush" not in names
    more = recommend_partners(net, "calm", competitors=True, as_of="2026-06-01", runs=0).table
    assert "hush" in more["partner"].tolist()


# -- the sample -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie").at()


@pytest.fixture(scope="module")
def suggested(prairie: Network) -> dict[str, pd.DataFrame]:
    result = recommend_partners(prairie.whole, as_of=prairie.day, runs=0)
    return {"table": result.table, "due": result.tables["due"]}


def _nearest_allowed(here: Network, hospital: int, service: str, county: str) -> str:
    """Work it out anew: who offers it to everybody, else to some, and could work with it."""
    offers = build_coverage(here).offers
    offers = offers[offers["service"] == service.casefold()]
    offering, reach = sorted(set(offers["organization"])), find_reach(here)
    able = [a for a in offering if reach.allows(hospital, int(here.positions([a])[0]))]
    if not able:
        return ""
    everybody = set(offers.loc[offers["population"] == "", "organization"])
    able = [a for a in able if a in everybody] or able
    km = distances_from(center_of(county), locate_organizations(here)[here.positions(able)])
    return able[int(np.argmin(km))]


@pytest.mark.slow
def test_every_hospital_of_a_county_with_a_gap_finds_who_could_close_it(
    prairie: Network, suggested: dict[str, pd.DataFrame]
) -> None:
    here, table = prairie, suggested["table"]
    due = set(map(tuple, suggested["due"][["organization", "partner"]].to_numpy()))
    judged = 0
    for gap in list_gaps(here, "coverage"):
        local = here.organizations["kind"].isin(HOSPITALS)
        for hospital in here.ids[local & (here.organizations["county_fips"] == gap.place)]:
            at = int(here.positions([hospital])[0])
            wanted = _nearest_allowed(here, at, gap.rule, gap.place)
            if gap.status != "no provider on file" or not wanted or (hospital, wanted) in due:
                continue
            first = table[table["organization"] == hospital].head(3).set_index("partner")
            assert wanted in first.index, (hospital, gap.rule)
            assert gap.rule in first.loc[wanted, "needs"]
            judged += 1
    assert judged >= 8


def test_no_suggestion_crosses_a_district_on_file(
    prairie: Network, suggested: dict[str, pd.DataFrame]
) -> None:
    """From the tables alone: service areas of departments, agencies on aging and ambulances."""
    bounded = ("local_health_department", "area_agency_on_aging", "ems_agency", "community_action")
    kinds, homes = (prairie.organizations[column] for column in ("kind", "county_fips"))
    areas = prairie.table("service_areas").groupby("organization")["place"].agg(set).to_dict()
    judged = 0
    for row in suggested["table"].itertuples():
        for one, other in ((row.organization, row.partner), (row.partner, row.organization)):
            if kinds[one] in bounded and one in areas and homes[other]:
                assert areas[one] & (areas.get(other, set()) | {homes[other]}), (one, other)
                judged += 1
    assert judged > 50


def test_the_pair_of_every_overdue_outcome_is_suggested_or_due(
    prairie: Network, suggested: dict[str, pd.DataFrame]
) -> None:
    outcomes = judge_outcomes(prairie)
    late = outcomes[(outcomes["state"] == "overdue") & (outcomes["other"] != "")]
    assert len(late)
    ends = ["organization", "partner"]
    pairs = {
        frozenset(pair)
        for table in suggested.values()
        for pair in table[ends].itertuples(index=False, name=None)
    }
    assert {frozenset((row.owner, row.other)) for row in late.itertuples()} <= pairs


# Planted of each kind of need: pairs in both waves, in the new one, and in the old one.
PLANTED = {
    "coverage": (["chalkstone-memorial-hospital", "quiet-meadow-behavioral-health"], None, None),
    "rule": (
        ["willow-fork-community-hospital", "sideoats-regional-medical-center"],
        None,
        ["dry-creek-ambulance", "sumac-ridge-hospital"],
    ),
    "funding": (["open-prairie-behavioral-health", "puente-community-health-center"], None, None),
    "outcome": (
        None,
        ["chalkstone-memorial-hospital", "quiet-meadow-behavioral-health"],
        ["high-plateau-public-transit", "needlegrass-community-action"],
    ),
}


def _list_by_kind(here: Network) -> dict[str, set[frozenset[str]]]:
    found: dict[str, set[frozenset[str]]] = {}
    for needs in list_needs(here).values():
        for need in needs:
            kind = "outcome" if need.is_outcome else need.key.split("-")[0]
            ends = frozenset((here.ids[need.organization], here.ids[need.partner]))
            found.setdefault(kind, set()).add(ends)
    return found


@pytest.mark.parametrize(("wave", "own"), [("prairie", 1), ("prairie_2024", 2)])
def test_every_kind_of_need_is_planted_in_both_waves(wave: str, own: int) -> None:
    """The fifth kind, the usual partners, is for files without ties: of these there are many."""
    found = _list_by_kind(pn.read_network(SAMPLES / wave).at())
    assert set(found) == set(PLANTED) and len(found["coverage"]) >= 30
    for kind, stories in PLANTED.items():
        planted = [frozenset(pair) for pair in (stories[0], stories[own]) if pair]
        assert planted and set(planted) <= found[kind], kind


@pytest.mark.slow
@pytest.mark.parametrize("wave", ["prairie", "prairie_2024"])
def test_every_need_is_among_the_first_three_of_whose_it_is_or_due(wave: str) -> None:
    """Whoever has more than three is told of three of them."""
    here = pn.read_network(SAMPLES / wave).at()
    result = recommend_partners(here.whole, n=3, as_of=here.day, runs=0)
    told = result.table.groupby("organization")["partner"].agg(set).to_dict()
    due = {
        frozenset(pair)
        for pair in result.tables["due"][["organization", "partner"]].itertuples(index=False)
    }
    needed: dict[str, set[str]] = {}
    for needs in list_needs(here).values():
        for need in needs:
            one, other = here.ids[need.organization], here.ids[need.partner]
            if frozenset((one, other)) not in due:
                needed.setdefault(one, set()).add(other)
    assert len(needed) >= 15
    for one, others in needed.items():
        assert len(told[one] & others) == min(len(others), 3), one


def test_what_a_rule_asks_of_others_is_told_to_nobody_else(prairie: Network) -> None:
    """Willow Fork has no transfer agreement on file with Sideoats, with which it works."""
    rule = "Patient referral and transfer agreement"
    said = [need.text for needs in list_needs(prairie).values() for need in needs]
    assert any(text.startswith(rule) for text in said)
    whole = prairie.whole
    for shown in (
        whole.for_audience("public"),
        whole.for_audience("partner", "cedar-county-hospital"),
    ):
        told = [need.text for needs in list_needs(shown.at(prairie.day)).values() for need in needs]
        assert told
        assert not any(text.startswith(rule) for text in told)
