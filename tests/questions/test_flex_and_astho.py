"""Two rows of the practice that partnet serves, clause by clause, on the sample.

The State Flex Program's core competency on partnerships, and the advice of State health officials
(ASTHO, the Practical Playbook). One test a clause: what it asks for, and the finding that answers.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from partnet import (
    describe_convenings,
    find_gaps,
    find_introductions,
    find_peer_states,
    list_expected_partners,
    plan_visits,
)
from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.io.samples import load_sample

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
STORIES: dict[str, Any] = tomllib.loads((SAMPLES / "stories.toml").read_text(encoding="utf-8"))
DAY = STORIES["as_of"]
FLEX_PARTNERS = {
    "hospital association", "rural health association", "State EMS office", "EMS association",
    "rural health network", "quality improvement organization", "local health department",
}  # fmt: skip


@pytest.fixture(scope="module")
def net() -> Network:
    return load_sample()


@pytest.fixture(scope="module")
def gaps(net: Network) -> Result:
    return find_gaps(net, as_of=DAY)


@pytest.fixture(scope="module")
def visits(net: Network) -> Result:
    return plan_visits(net, as_of=DAY)


@pytest.fixture(scope="module")
def convenings(net: Network) -> Result:
    return describe_convenings(net, as_of=DAY)


@pytest.fixture(scope="module")
def introductions(net: Network) -> Result:
    path = SAMPLES / "directory.csv"
    return find_introductions(net, directory=path, as_of=DAY)


# -- State Flex Program ----------------------------------------------------------------------------


def test_flex_the_expected_partners_with_holes(net: Network) -> None:
    found = list_expected_partners(net, as_of=DAY)
    assert {*found.table["kind"]} >= FLEX_PARTNERS
    holes = found.tables["holes"].set_index("kind")
    row = holes.loc["local health department"]
    assert 0 <= row["tied"] < row["on_file"] == 7
    without = net.subnetwork(net.ids[net.organizations["kind"] != "hospital_association"])
    hole = list_expected_partners(without, as_of=DAY).tables["holes"].set_index("kind")
    assert hole.at["hospital association", "holes"] == "nobody on file"


def test_flex_every_hospital_and_clinic_is_on_the_list(net: Network, visits: Result) -> None:
    routine = ("critical_access_hospital", "rural_health_clinic", "rural_emergency_hospital")
    expected = net.ids[net.organizations["kind"].isin(routine)]
    assert {*visits.table["organization"]} >= {*expected}


def test_flex_who_was_not_seen_for_how_long(net: Network, visits: Result) -> None:
    story = STORIES["overdue_visits"]
    table = visits.table
    assert table["organization"].iloc[0] == story["never_seen"]
    assert table["status"].iloc[0] == "never visited"
    dated = table[table["days"].notna()]
    assert dated["organization"].iloc[0] == story["longest"]
    assert dated["days"].is_monotonic_decreasing
    for id_ in (story["never_seen"], story["longest"]):
        assert net.name(id_) in visits.text


def test_flex_in_which_order_to_go(net: Network, visits: Result) -> None:
    tours, stops = visits.tables["tours"], visits.tables["stops"]
    assert tours["days"].sum() <= 5
    assert (tours["km"] <= tours["nearest_km"] + 0.1).all()
    per_day = [float(km.replace(",", "")) for day in tours["by_day"] for km in day.split(" + ")]
    assert max(per_day) <= 250
    assert stops.groupby(["tour", "day"]).size().max() <= 3
    assert (stops["place"] == stops.groupby("tour").cumcount() + 1).all()
    reasons = visits.table.set_index("organization")["why_not"]
    assert all(
        reasons[id_].startswith("too far") for id_ in STORIES["overdue_visits"]["out_of_reach"]
    )
    assert {STORIES["overdue_visits"][k] for k in ("never_seen", "longest")} <= {
        *stops["organization"]
    }


def test_flex_what_to_bring_up_at_each_stop(net: Network, visits: Result) -> None:
    topics = visits.tables["topics"]
    assert {"agreement", "gap", "introduction"} <= {*topics["topic"]}
    willow = topics[topics["organization"] == STORIES["rule_missing"]["organization"]]
    assert willow["text"].str.contains("transfer agreement").any()
    ending = topics[topics["organization"] == STORIES["agreement_expiring"]["organization"]]
    assert ending["text"].str.contains("will be renewed, and who prepares it").any()
    assert (visits.tables["stops"]["bring_up"] != "").all()


def test_flex_meetings_on_the_program_areas(convenings: Result) -> None:
    story = STORIES["meetings"]
    areas = convenings.tables["areas"].set_index("area")["meetings"]
    assert areas.index.tolist() == ["quality", "finance and operations", "population health", "EMS"]
    assert areas[areas == 0].index.tolist() == [story["area_without_meeting"]]
    assert f"No meeting is on file on {story['area_without_meeting']}" in convenings.text


def test_flex_who_never_comes_and_who_would_add_most(net: Network, convenings: Result) -> None:
    attendance, best = convenings.tables["attendance"], convenings.tables["candidates"]
    never = attendance.index[attendance["meetings"] == 0]
    assert f"{len(never)} organizations are on file at no meeting" in convenings.text
    assert {*best["organization"]} <= {*never} and best["brings"].is_monotonic_decreasing
    assert best["sentence"].iloc[0] in convenings.text


def test_flex_peer_sharing(net: Network, convenings: Result) -> None:
    attendance = convenings.tables["attendance"]
    hospitals = attendance[attendance["kind"] == "critical_access_hospital"]
    assert hospitals.at["kestrel-memorial-hospital", "peers_met"] == 3  # at the quality meeting
    alone = int((hospitals["peers_met"] == 0).sum())
    assert f"{alone} of {len(hospitals)} Critical Access Hospitals have met none" in convenings.text


def test_flex_peer_states_from_public_counts_alone(net: Network) -> None:
    story = STORIES["peer_states"]
    found = find_peer_states(net, as_of=DAY)
    assert found.table.index[: len(story["nearest"])].tolist() == story["nearest"]
    assert "By public counts alone, Kansas" in found.text


def test_flex_peer_states_from_their_networks(net: Network) -> None:
    earlier = load_sample("prairie_2024")
    found = find_peer_states(earlier, [net])
    assert found.table["organizations"].tolist() == [float((~net.is_context).sum())]
    new = found.tables["practices"]
    assert (new["ours"] == 0).all() and (new["theirs"] >= 2).all()


# -- ASTHO / Practical Playbook --------------------------------------------------------------------


def test_astho_introductions_through_people_one_works_with(
    net: Network, introductions: Result
) -> None:
    story = STORIES["recommended_partner"]
    table = introductions.table
    ends = table[["organization", "partner"]].apply(frozenset, axis=1)
    row = table[ends == frozenset(story["organizations"])].iloc[0]
    assert row["status"] == "through one" and row["through"] == net.name(story["introducer"])
    assert f"{row['through']} works with both" in row["sentence"]


def test_astho_every_gap_with_two_ends_has_its_strongest_path(
    net: Network, gaps: Result, introductions: Result
) -> None:
    table = introductions.table
    two = gaps.table[(gaps.table["organization"] != "") & (gaps.table["other"] != "")]
    assert {*two["gap_id"]} <= {*table["gap_id"]}
    through = table[table["status"] == "through one"]
    assert len(through)
    for row in through.head(20).itertuples():
        (middle,) = net.ids[net.names == row.through]
        ends = [frozenset((row.organization, middle)), frozenset((middle, row.partner))]
        assert all(end in net.tied_pairs for end in ends)


def test_astho_dormant_ties_to_renew(net: Network, introductions: Result) -> None:
    story = STORIES["dormant_tie"]
    first = introductions.tables["dormant"].iloc[0]
    assert [first["organization"], first["partner"]] == story["organizations"]
    assert "May 11, 2022: worth renewing" in introductions.text


def test_astho_members_of_chapters_and_directories(net: Network, introductions: Result) -> None:
    story = STORIES["directory"]
    members = introductions.tables["members"]
    given = members[members["source"] == "directory"]
    assert {*given.loc[given["on_file"] == "yes", "organization"]} == {*story["on_file"]}
    assert given["name"].iloc[0] == story["best"]
    assert story["service"] in given["brings"].iloc[0]
    # Members of a group that the convener sits in, and with which it has no tie on file.
    own = members[members["source"] == "Flex Advisory Committee"]
    pairs = [frozenset((net.convener, id_)) for id_ in own["organization"]]
    assert not any(pair in net.tied_pairs for pair in pairs)


def test_astho_groups_one_does_not_regularly_interact_with(introductions: Result) -> None:
    groups = introductions.tables["groups"].set_index("group")
    assert {*groups.index} == {
        "housing", "tenants", "banks", "employers", "legal aid", "transport", "food",
        "public safety",
    }  # fmt: skip
    distant = groups[groups["status"] != "regular"]
    assert sorted(distant.index) == sorted(STORIES["distant_groups"]["groups"])
    assert "does not regularly interact with tenants, banks and legal aid" in introductions.text


def test_astho_data_sharing_agreements_as_ties_and_as_gaps(net: Network, gaps: Result) -> None:
    ties = net.ties[(net.ties["table"] == "agreements") & (net.ties["relation"] == "data_sharing")]
    assert len(ties)
    rows = gaps.table[gaps.table["kind"] == "agreement"]
    missing = rows[rows["status"] == "no agreement on file"]
    assert missing["rule"].str.contains("data-sharing agreement").any()
    signed = {frozenset(pair) for pair in zip(ties["source"], ties["target"], strict=True)}
    data = missing[missing["rule"].str.contains("data-sharing")]
    assert not signed & {
        frozenset(pair) for pair in zip(data["organization"], data["other"], strict=True)
    }


def test_astho_the_right_level_of_leadership(gaps: Result, convenings: Result) -> None:
    story = STORIES["meetings"]
    level = convenings.table.set_index("meeting")["level"]
    lacking = level[level == "decision level missing"].index
    assert len(lacking) == 1 and lacking[0].startswith(story["without_decision"])
    present = level[level == "decision level present"].index
    assert [name.startswith(story["with_decision"]) for name in present] == [True]
    assert f"Nobody who could decide was at the meeting “{lacking[0]}”" in convenings.text
    contact = gaps.table[gaps.table["kind"] == "contact"]
    assert (contact["status"] == "only at staff level").any()


def test_astho_reaching_out_before_help_is_needed(net: Network, introductions: Result) -> None:
    groups = introductions.tables["groups"]
    distant = groups[(groups["status"] != "regular") & (groups["start_with"] != "")]
    assert distant["need"].is_monotonic_decreasing  # where need is highest comes first
    first = distant.iloc[0]
    assert "Reach out before help is needed" in introductions.text
    assert first["start_with_name"] in introductions.text
    kinds = net.organizations["kind"]
    assert kinds[first["start_with"]] == "tenants_association"


# -- both ------------------------------------------------------------------------------------------


def test_nothing_is_said_that_is_not_known(visits: Result, introductions: Result) -> None:
    """It is "no tie on file", never "never worked together"; nobody is called non-compliant."""
    cells = pd.concat(
        [frame.select_dtypes("str").stack() for frame in (visits.table, introductions.table)]
    )
    text = " ".join([visits.text, introductions.text, *cells]).lower()
    assert not any(word in text for word in ("worked together", "complian", "violat", "refus"))
    assert re.search(r"\b(nan|nat|none of 0)\b", text) is None


def test_the_same_file_gives_the_same_findings(net: Network, visits: Result) -> None:
    again = plan_visits(net, as_of=DAY)
    assert again.to_json() == plan_visits(net, as_of=DAY).to_json()
    routes = zip(again.tables["tours"]["route"], visits.tables["tours"]["route"], strict=True)
    assert all(itertools.starmap(str.__eq__, routes))
