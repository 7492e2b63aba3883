"""A session on networks whose answers can be worked out on paper."""

from __future__ import annotations

import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.questions.session.duties import connect_duties, list_duties, read_duties
from partnet.questions.session.indicators import list_indicators
from partnet.questions.session.place import list_present, resolve_place
from partnet.questions.session.question import prepare_session

from ...builders import make_network

DAY = "2026-06-30"
KNOX, CEDAR, HOLT = "31107", "31027", "31089"


def make_county() -> Network:
    """Two grantees and a pantry in Knox County, one that serves it, one elsewhere, a convener."""
    organizations = [
        {"id": "cah", "name": "Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
        {"id": "chc", "name": "Center", "kind": "health_center", "county_fips": KNOX},
        {"id": "food", "name": "Pantry", "kind": "food", "county_fips": KNOX},
        {"id": "aaa", "name": "Agency", "kind": "area_agency_on_aging", "county_fips": CEDAR},
        {"id": "far", "name": "Far", "kind": "hospital", "county_fips": HOLT},
        {"id": "sorh", "name": "Office", "kind": "state_office_of_rural_health", "state": "NE"},
    ]
    award = {"program": "Outreach", "funder": "HRSA", "period_start": "2025-09-01"}
    return make_network(
        [{"state": "NE", **row} for row in organizations],
        [("cah", "food", "referral"), ("sorh", "cah", "technical assistance")],
        funding=[
            {**award, "recipient": "cah", "award": "A1", "amount": 100_000,
             "period_end": "2026-08-31", "fiscal_year": 2025},
            {**award, "recipient": "chc", "award": "A2", "amount": 60_000,
             "period_end": "2026-08-31", "fiscal_year": 2025},
            {"recipient": "food", "program": "Boxes", "award": "A3", "parent_award": "A1",
             "funder": "cah", "amount": 30_000, "period_start": "2025-09-01",
             "period_end": "2026-08-31", "fiscal_year": 2025},
            {**award, "recipient": "aaa", "award": "A4", "amount": 9_000,
             "period_end": "2026-08-31", "fiscal_year": 2025},
            {**award, "recipient": "chc", "award": "A0", "amount": 5_000,
             "period_start": "2023-09-01", "period_end": "2024-08-31", "fiscal_year": 2023},
        ],
        services=[
            {"organization": o, "service": "diabetes classes", "population": "older adults",
             "county_fips": KNOX}
            for o in ("cah", "chc")
        ],
        service_areas=[
            {"organization": "aaa", "place_kind": "county", "place": place}
            for place in (KNOX, CEDAR)
        ],
        about=[{"setting": "convener", "value": "sorh"}],
    )  # fmt: skip


def test_grantees_are_at_home_or_serve_the_place() -> None:
    table = prepare_session(make_county(), "Knox", as_of=DAY).tables["grantees"]
    counted = dict(zip(table["award"], table["counted"], strict=True))
    assert counted == {"A1": "here", "A2": "here", "A3": "here", "A4": "Cedar County"}


def test_each_dollar_counts_once() -> None:
    session = prepare_session(make_county(), "Knox", as_of=DAY)
    by_year = session.tables["investment"].set_index("fiscal_year")["dollars"]
    assert by_year.to_dict() == {"2023": 5_000, "2025": 160_000}
    kept = session.tables["grantees"].set_index("award")[["dollars", "passed_on"]]
    assert kept.loc["A1"].tolist() == [70_000, 30_000]
    assert "awards of $9,000 that reach it as well count elsewhere" in session.text


def test_synergies_with_no_tie_are_named_and_asked_about() -> None:
    session = prepare_session(make_county(), "Knox", as_of=DAY)
    row = session.tables["synergies"].iloc[0]
    assert (row["organization"], row["partner"], row["status"]) == ("cah", "chc", "no tie on file")
    assert row["shared"] == "diabetes classes for older adults"
    together = session.tables["together"].set_index(["organization", "partner"])
    first = together.loc[("cah", "chc")]
    assert first["ask"] == "which award pays for diabetes classes for older adults?"
    assert "sorh" not in set(session.table["organization"])


def test_roles_and_untied_pairs() -> None:
    session = prepare_session(make_county(), "Knox", as_of=DAY)
    roles = session.table.set_index("organization")["role"]
    assert roles[["cah", "chc", "aaa", "food"]].eq("grantee").all()
    untied = session.tables["untied_pairs"]
    assert len(untied) == 5  # 4 grantees, 6 pairs, one tie on file
    assert "5 of 6 pairs of grantees have no tie on file" in session.text


def test_several_counties_and_the_state() -> None:
    net = make_county()
    assert resolve_place(net, "Knox; Cedar").counties == (KNOX, CEDAR)
    assert resolve_place(net, ["Knox", "Cedar"]).name == "Knox County and Cedar County"
    for whole in (None, "NE", "State", "statewide"):
        assert resolve_place(net, whole).whole
    assert list_present(net, resolve_place(net)).ne("").sum() == 5  # all but the convener
    here = list_present(net, resolve_place(net, "Cedar"))
    assert here["aaa"] == "at home" and (here.drop("aaa") == "").all()
    with pytest.raises(UsageError, match="no county known"):
        resolve_place(net, "Atlantis")


def test_indicators_stand_in_their_direction() -> None:
    needs = [
        {"county_fips": county, "indicator": name, "value": value, "year": year,
         "direction": direction}
        for county, name, value, year, direction in (
            (KNOX, "distress", 20, 2024, "higher is worse"),
            (KNOX, "distress", 18, 2022, "higher is worse"),
            (CEDAR, "distress", 10, 2024, "higher is worse"),
            (KNOX, "doctor", 90, 2024, "lower is worse"),
            (CEDAR, "doctor", 70, 2024, "lower is worse"),
        )
    ]  # fmt: skip
    net = make_network([{"name": "A", "kind": "hospital", "county_fips": KNOX}], needs=needs)
    table = list_indicators(net, resolve_place(net, "Knox")).set_index("indicator")
    assert table.loc["distress", ["rank", "standing", "change"]].tolist() == [
        1, "worst of 2", "worse",
    ]  # fmt: skip
    assert table.loc["doctor", "standing"] == "better than most"


def test_duties_name_kinds_that_exist_and_say_where_they_stand() -> None:
    kinds = set(pn.default_vocabulary().kinds) | {"any"}
    for duty in read_duties():
        assert {*duty.kinds, *duty.asks_for} <= kinds, duty.duty
        assert duty.citation and (duty.kinds or duty.programs)


def test_duties_come_through_kind_and_program() -> None:
    net = make_county()
    held = list_duties(net, ["cah", "food"])
    assert set(held.loc[held["organization"] == "cah", "topic"]) >= {"needs assessment"}
    assert held[held["organization"] == "food"].empty
    joined = connect_duties(net, ["cah", "chc", "aaa"]).set_index("topic")
    assert joined.loc["needs assessment", "who"] == "Hospital, Center and Agency"
    assert joined.loc["needs assessment", "every_years"] == 3


def test_without_awards_the_section_says_which_table_is_missing() -> None:
    net = make_network([{"name": "A", "kind": "hospital", "county_fips": KNOX}])
    session = prepare_session(net, "Knox")
    assert "(table funding)" in session.text and "(table needs)" in session.text
    assert "(table profiles)" in session.text and "(table outcomes)" in session.text


def test_a_place_with_nobody_has_no_session() -> None:
    net = make_county().subnetwork(["far"])
    assert "no session to prepare" in prepare_session(net, "Knox").text


def test_a_guest_brings_only_services_that_the_place_lacks() -> None:
    net = pn.load_sample()
    offered = net.table("services")
    places = {(row.service, row.county_fips) for row in offered.itertuples()}
    gaps = pn.find_gaps(net, "coverage", as_of="2026-06-30").table
    fragile = gaps[gaps["status"] == "one provider only"]
    assert len(fragile)  # the sample has services that hang on one provider
    guests = prepare_session(net, as_of="2026-06-30").tables["guests"]
    assert guests["reasons"].str.contains("what the place lacks").any()
    for gap in fragile.itertuples():
        assert (gap.rule, gap.place) in places
        assert (
            not guests["reasons"].str.contains(f"{gap.rule} ({gap.place_name})", regex=False).any()
        )


def test_awards_that_begin_later_are_not_said_to_be_missing() -> None:
    award = {"funder": "HRSA", "recipient": "a", "program": "Flex", "amount": "200000",
             "period_start": "2031-01-01", "period_end": "2031-12-31"}  # fmt: skip
    homes = [{"id": i, "name": i, "kind": "food", "county_fips": "31027"} for i in "ab"]
    for awards, said in (([award], "runs on June 30, 2026"), ([], "is on file (table funding)")):
        net = make_network(homes, [("a", "b")], funding=awards)
        text = pn.prepare_session(net, "NE", as_of="2026-06-30").text
        assert "No award" in text and said in text
