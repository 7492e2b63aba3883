"""Visits: who waits, how pressing it is, what to bring up, and what a plan says."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.core.wording.units import MILE
from partnet.questions.visits.question import plan_visits
from partnet.questions.visits.topics import list_topics

from ...builders import make_network

DAY = "2026-06-30"
OFFICE = {
    "id": "office", "name": "Office", "kind": "state_office_of_rural_health", "state": "NE",
    "county": "Lancaster", "latitude": 40.8, "longitude": -96.7,
}  # fmt: skip


def make_hospital(id_: str, latitude: float | None, longitude: float | None) -> dict[str, object]:
    return {
        "id": id_, "name": id_.upper(), "kind": "critical_access_hospital", "state": "NE",
        "latitude": latitude, "longitude": longitude,
    }  # fmt: skip


def visit(id_: str, date: str, mode: str = "visit", by: str = "office") -> dict[str, str]:
    return {"organization": id_, "date": date, "mode": mode, "by": by, "level": "manager"}


HOSPITALS = [
    make_hospital("near", 41.0, -96.9),
    make_hospital("next", 41.1, -97.0),
    make_hospital("cold", 41.2, -97.1),
    make_hospital("called", 41.1, -96.6),
    make_hospital("far", 42.9, -103.0),
    make_hospital("lost", None, None),
]
CONTACTS = [
    visit("near", "2026-06-01"),
    visit("next", "2025-10-01"),
    visit("cold", "2023-01-01"),
    visit("called", "2026-01-01", mode="call"),
    visit("called", "2026-02-01", by="other"),
    visit("far", "2024-01-01"),
    visit("near", "2027-01-01"),
]


@pytest.fixture(scope="module")
def net() -> Network:
    other = {"id": "other", "name": "Other", "kind": "hospital"}
    about = [{"setting": "convener", "value": "office"}]
    organizations = [OFFICE, *HOSPITALS, other]
    return make_network(organizations, contacts=CONTACTS, about=about)


@pytest.fixture(scope="module")
def table(net: Network) -> pd.DataFrame:
    return plan_visits(net, days=2, as_of=DAY).table.set_index("organization")


def test_never_visited_comes_first_and_then_the_longest_ago(table: pd.DataFrame) -> None:
    assert table.index.tolist() == ["lost", "called", "cold", "far", "next", "near"]
    assert table["status"].tolist() == [
        "never visited", "never visited", "overdue", "overdue", "due soon", "visited lately",
    ]  # fmt: skip


def test_a_call_and_the_visit_of_another_organization_are_no_visits(table: pd.DataFrame) -> None:
    assert pd.isna(table.at["called", "last_visit"])
    assert table.at["called", "last_contact"] == pd.Timestamp("2026-01-01")


def test_what_happens_after_the_day_is_not_known_yet(table: pd.DataFrame) -> None:
    assert table.at["near", "last_visit"] == pd.Timestamp("2026-06-01")


def test_priority_is_the_stated_sum(table: pd.DataFrame) -> None:
    days = (pd.Timestamp(DAY) - pd.Timestamp("2025-10-01")).days
    assert table.at["next", "waiting"] == pytest.approx(days / 730)
    assert table.at["cold", "waiting"] == table.at["called", "waiting"] == 1.0
    expected = 0.5 * table["waiting"] + 0.3 * table["gap"] + 0.2 * table["need"]
    assert table["priority"].to_numpy() == pytest.approx(expected.to_numpy())


def test_everybody_is_in_a_tour_or_has_a_reason(table: pd.DataFrame) -> None:
    assert table["tour"].isna().tolist() == (table["why_not"] != "").tolist()
    assert table.at["near", "why_not"] == "visited lately"
    assert table.at["lost", "why_not"] == "its place is not known"
    assert table.at["far", "why_not"].startswith("too far")
    assert table.loc[["cold", "called", "next"], "tour"].notna().all()


def test_tours_keep_their_limits_and_start_and_end_at_the_base(net: Network) -> None:
    found = plan_visits(net, days=3, km_per_day=200.0, stops_per_day=1, as_of=DAY)
    tours, stops = found.tables["tours"], found.tables["stops"]
    assert tours["days"].sum() <= 3
    for row in tours.itertuples():
        by_day = [float(km.replace(",", "")) for km in row.by_day.split(" + ")]
        assert len(by_day) == row.days and max(by_day) <= 200 / MILE + 0.5
        assert row.least_km - 0.1 <= row.km <= row.nearest_km + 0.1
    assert (stops.groupby(["tour", "day"]).size() == 1).all()
    assert stops["km"].sum() < tours["km"].sum()  # the way home is longer than nothing


def test_more_days_reach_the_far_one(net: Network) -> None:
    found = plan_visits(net, days=9, days_per_tour=9, as_of=DAY)
    assert found.table.set_index("organization")["tour"].notna()["far"]


def test_kilometers_are_great_circle_times_the_road_factor(net: Network) -> None:
    one, two = (
        plan_visits(net, days=1, road_factor=factor, as_of=DAY).tables["stops"]["km"].iloc[0]
        for factor in (1.0, 2.0)
    )
    assert two == pytest.approx(2 * one, abs=0.11)


def test_an_agreed_outcome_is_brought_up_first() -> None:
    outcomes = [
        {"outcome": "Send the transfer list", "organization": "cold", "due": "2026-05-01",
         "status": "open", "type": "action step"},
        {"outcome": "Old story", "organization": "cold", "due": "2025-05-01", "status": "done"},
    ]  # fmt: skip
    net = make_network([OFFICE, *HOSPITALS], contacts=CONTACTS, outcomes=outcomes)
    found = plan_visits(net, start="office", as_of=DAY)
    topics = found.tables["topics"]
    own = topics[topics["organization"] == "cold"]
    assert own["text"].iloc[0] == "Send the transfer list (agreed, was due May 1, 2026)."
    assert not own["text"].str.contains("Old story").any()
    stop = found.tables["stops"].set_index("organization").loc["cold"]
    assert stop["bring_up"].startswith("Send the transfer list")


def test_without_contacts_nobody_is_said_to_be_unseen() -> None:
    net = make_network([OFFICE, *HOSPITALS])
    found = plan_visits(net, start="office", as_of=DAY)
    assert set(found.table["status"]) == {"not known"}
    assert "no contacts are on file" in found.text and "contacts table" in found.text
    assert len(found.tables["tours"])  # gaps and need still say where to go


def test_without_a_base_there_are_no_tours() -> None:
    net = make_network(HOSPITALS, contacts=CONTACTS)
    found = plan_visits(net, as_of=DAY)
    assert found.tables["tours"].empty
    assert "Tours need a base" in found.text


@pytest.mark.parametrize(
    "wrong",
    [{"days": 0}, {"km_per_day": 0}, {"stops_per_day": -1}, {"days_per_tour": 0},
     {"road_factor": 0.9}, {"km_per_day": float("nan")}, {"kinds": "castle"}, {"start": "nobody"}],
    ids=str,
)  # fmt: skip
def test_wrong_limits_are_refused(net: Network, wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong)) if "start" not in wrong else "nobody"):
        plan_visits(net, **wrong)  # type: ignore[arg-type]


def test_kinds_can_be_chosen(net: Network) -> None:
    found = plan_visits(net, kinds="hospital", as_of=DAY)
    assert found.table["organization"].tolist() == ["other"]


def test_a_rule_of_the_file_sets_another_limit() -> None:
    rules = [{"rule": "Seen twice a year", "from_kind": "critical_access_hospital",
              "relation": "contact", "within_days": 180, "citation": "our plan"}]  # fmt: skip
    net = make_network([OFFICE, *HOSPITALS], contacts=CONTACTS, rules=rules)
    table = plan_visits(net, start="office", as_of=DAY).table.set_index("organization")
    assert table.at["next", "limit"] == 180 and table.at["next", "status"] == "overdue"


def test_visits_of_the_convener_count_wherever_a_tour_starts(net: Network) -> None:
    from_office, from_other = (
        plan_visits(net, start=start, as_of=DAY).claims["waiting"]["never"]
        for start in ("office", "other")
    )
    assert from_office == from_other


@pytest.mark.parametrize("start", ["68739", "Cedar", "31027"])
def test_tours_start_from_a_zip_code_or_a_county_as_well(net: Network, start: str) -> None:
    """Hartington is in Cedar County, 200 km north of the office: the drive from there is longer."""
    found = plan_visits(net, start=start, as_of=DAY)
    assert "from ZIP code 68739" in found.text or "from Cedar County" in found.text
    from_office = plan_visits(net, as_of=DAY).tables["tours"]
    assert found.tables["tours"]["km"].iloc[0] > from_office["km"].iloc[0]
    assert found.table["status"].tolist() == plan_visits(net, as_of=DAY).table["status"].tolist()


def test_a_place_that_nobody_knows_is_said(net: Network) -> None:
    with pytest.raises(UsageError, match="start: found 'Atlantis'"):
        plan_visits(net, start="Atlantis", as_of=DAY)


def test_tours_start_from_a_town_that_the_file_names_and_else_its_zip_code_is_asked_for() -> None:
    people = [
        {**OFFICE, "city": "Lincoln"},
        *(row | {"city": "Hartington"} for row in HOSPITALS[:3]),
    ]
    net = make_network(people, about=[{"setting": "convener", "value": "office"}])
    found = plan_visits(net, start="hartington", as_of=DAY)
    assert "from hartington" in " ".join(found.sentences)
    assert (
        found.tables["tours"]["km"].sum() < plan_visits(net, as_of=DAY).tables["tours"]["km"].sum()
    )
    with pytest.raises(UsageError, match="Of a town, give the ZIP code"):
        plan_visits(net, start="Pierre", as_of=DAY)


def test_a_rule_and_an_introduction_read_as_sentences() -> None:
    """A rule is named after the step, and a partner as it is suggested everywhere."""
    gap = {
        "kind": "rule", "rule": "Ambulance service has a hospital to go to", "status": "one-sided",
        "next_step": "Ask Ambulance and Cold to confirm that they work together (transfer).",
        "organization": "cold", "other": "", "place": "", "severity": 0.5,
    }  # fmt: skip
    sentence = "COLD could approach Clinic: it is the nearest clinic on file."
    suggested = pd.DataFrame([{"organization": "cold", "sentence": sentence}])
    net = make_network(HOSPITALS)
    texts = list_topics(net.at(), ["cold"], pd.DataFrame([gap]), suggested)["text"].tolist()
    assert texts[0] == (
        "Ask Ambulance and Cold to confirm that they work together (transfer). The rule is: "
        "“Ambulance service has a hospital to go to”."
    )
    assert texts[1] == sentence


def test_of_equally_pressing_stops_all_are_named() -> None:
    twins = [make_hospital(id_, 41.0, -96.9) for id_ in ("one", "two")]
    found = plan_visits(make_network([OFFICE, *twins]), start="office")
    assert "The most pressing stops, equally, are ONE and TWO; " in found.text
    assert found.claims["first_stop"]["equal"] == ["TWO"]


def test_what_depends_on_one_provider_is_named_with_its_county() -> None:
    gap = {
        "kind": "coverage", "status": "one provider only", "rule": "home health", "place": "31107",
        "place_name": "Knox County", "organization": "a", "organization_name": "A", "other": "b",
        "other_name": "B", "severity": 0.5, "next_step": "Ask B whether it could stand in for A.",
    }  # fmt: skip
    net = make_network([{"name": "Cold", "id": "cold", "kind": "hospital", "county_fips": "31107"}])
    nobody = pd.DataFrame(columns=["organization"])
    topics = list_topics(net.at(), ["cold"], pd.DataFrame([gap]), nobody)
    assert topics["text"].tolist() == [
        "Knox County has one provider only of home health, A: could B stand in, if it had to stop?"
    ]


@pytest.mark.parametrize("start", ["Helena", "helena, MT", "Helena, Montana"])
def test_tours_start_from_a_town_on_file_with_its_state_or_without(start: str) -> None:
    row = {"kind": "critical_access_hospital", "state": "MT"}
    people = [
        {"id": "a", "name": "A Hospital", "county_fips": "30049", "city": "Helena", **row},
        {"id": "b", "name": "B Hospital", "county_fips": "30007", "city": "Townsend", **row},
    ]
    assert f"from {start} in" in str(plan_visits(make_network(people), start=start).text)
    with pytest.raises(UsageError, match="no town of anybody on file"):
        plan_visits(make_network(people), start="Helena, NE")
