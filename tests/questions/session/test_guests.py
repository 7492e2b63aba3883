"""Whom to invite beside those of a place: who is within reach of it, and works in most of it."""

from __future__ import annotations

from typing import Any

import numpy as np

import partnet as pn
from partnet.core.network import Network
from partnet.questions.gaps.found import tabulate_open
from partnet.questions.session.guests import suggest_partners
from partnet.questions.session.place import resolve_place

from ...builders import make_network

KNOX, CEDAR, DAWES, LINCOLN = "31107", "31027", "31045", "31111"  # the last two are far away
ANTELOPE = "31003"
PEOPLE = [
    {"id": "cah", "name": "Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
    {"id": "lhd", "name": "Health", "kind": "local_health_department", "county_fips": DAWES},
    {"id": "chc", "name": "Center", "kind": "health_center", "county_fips": LINCOLN},
    {"id": "cops", "name": "Police", "kind": "public_safety", "county_fips": CEDAR},
    {"id": "bank", "name": "Bank", "kind": "bank", "county_fips": KNOX},
    {"id": "law", "name": "Legal Aid", "kind": "legal_aid", "county_fips": CEDAR},
    {"id": "ride", "name": "Rides", "kind": "transport", "county_fips": CEDAR},
]
STATE = {"organization": "ride", "place_kind": "State", "place": "NE"}


def invite(net: Network, where: str, attendees: list[str]) -> tuple[list[str], list[str]]:
    here = net.at("2026-06-30")
    gaps = tabulate_open(here, ("coverage", "rule"))
    guests, absent = suggest_partners(here, resolve_place(here, where), attendees, gaps)
    return guests["organization"].tolist(), absent


def make_state(*more: dict[str, Any], **tables: Any) -> Network:
    return make_network([{"state": "NE", **row} for row in (*PEOPLE, *more)], **tables)


def test_to_a_state_come_those_who_work_across_it_and_no_police_of_one_town() -> None:
    guests, absent = invite(make_state(service_areas=[STATE]), "NE", ["cah", "lhd", "chc"])
    assert guests == ["ride"]  # serves the State; of Legal Aid, 250 km do not reach the west
    assert {"public safety", "banks", "legal aid"} <= set(absent)
    assert "transport" not in absent


def test_who_serves_more_than_half_of_the_counties_speaks_for_the_state() -> None:
    areas = [
        {"organization": id_, "place_kind": "county", "place": place}
        for id_, places in (("bank", (KNOX, DAWES, LINCOLN)), ("law", (CEDAR, KNOX)))
        for place in places
    ]
    guests, _ = invite(make_state(service_areas=areas), "NE", ["cah", "lhd", "chc"])
    assert guests == ["bank"]


def test_a_county_invites_whoever_works_there() -> None:
    guests, absent = invite(make_state(), "Knox", ["cah"])
    assert set(guests) == {"bank", "cops", "law", "ride"}
    far, more = invite(make_state(), "Dawes", ["lhd"])
    assert far == [] and {"public safety", "banks", "legal aid", "transport"} <= set(more)
    assert "food" in absent


def test_the_same_holds_where_nobody_attends() -> None:
    """No organization of Thomas County is on file: the police of Knox, 200 km away, stay home."""
    guests, absent = invite(make_state(), "31171", [])
    assert "cops" not in guests and "public safety" in absent


def test_whose_place_is_not_known_is_asked() -> None:
    tenants = {"id": "rent", "name": "Tenants", "kind": "tenants_association", "county_fips": ""}
    guests, _ = invite(make_state(tenants), "NE", ["cah", "lhd", "chc"])
    assert guests == ["rent"]


def test_nobody_comes_from_afar_only_because_it_works_with_many() -> None:
    """A network knows no distance, but a session of one county is no reason for 400 km."""
    near = [{"id": f"h{k}", "name": f"H{k}", "kind": "housing", "county_fips": KNOX} for k in "abc"]
    web = {"id": "web", "name": "Web", "kind": "rural_health_network", "county_fips": DAWES}
    ties = [("web", one["id"], "collaboration") for one in near]
    net = make_state(*near, web, ties=ties)
    people = [one["id"] for one in near]
    assert "web" not in invite(net, "Knox", people)[0]
    assert "web" in invite(net, "NE", people)[0]


def test_guests_of_the_sample_are_within_reach_of_the_state() -> None:
    """Counted anew: the counties that somebody serves by the tables, or works in by its kind."""
    prairie = pn.load_sample("prairie")
    session = pn.prepare_session(prairie)
    spoken = session.tables["guests"]
    spoken = spoken[spoken["reasons"].str.contains("speaks for")]
    counties = set(prairie.organizations["county_fips"]) - {""}
    areas = prairie.table("service_areas").groupby("organization")["place"].agg(set)
    kinds = prairie.organizations["kind"]
    for one in spoken["organization"]:
        serves = len(areas.get(one, set()) & counties) / len(counties)
        assert serves > 0.5 or kinds[one] == "legal_aid" or "NE" in areas.get(one, set()), one
    assert len(spoken) >= 1 and "public safety" in session.claims["voices"]["absent"]
    assert np.isnan(session.tables["guests"]["km"]).all()


# -- where nothing but names is on file -----------------------------------------------------------


def test_a_place_not_known_in_a_public_file_is_nowhere() -> None:
    tenants = {"id": "rent", "name": "Tenants", "kind": "tenants_association", "county_fips": ""}
    net = make_state({**tenants, "source_ids": "ein-470000001"})
    assert "rent" not in invite(net, "NE", ["cah", "lhd", "chc"])[0]


def test_the_usual_partners_of_those_who_come_are_guests_and_not_the_other_way_round() -> None:
    """The hospital of Dixon County would ask the counselor of Knox, but is no guest for that."""
    people = [
        {"id": "own", "name": "Own", "kind": "critical_access_hospital", "county_fips": KNOX},
        {"id": "mind", "name": "Mind", "kind": "behavioral_health", "county_fips": KNOX},
        {"id": "big", "name": "Big", "kind": "hospital", "county_fips": CEDAR},
        {"id": "dix", "name": "Dix", "kind": "critical_access_hospital", "county_fips": "31051"},
    ]
    session = pn.prepare_session(make_network([{"state": "NE", **row} for row in people]), "Knox")
    guests = session.tables["guests"].set_index("organization")
    assert list(guests.index) == ["big", "dix"]
    assert guests.loc["big", "reasons"] == "could be a hospital to send patients to for Own"
    assert guests.loc["dix", "reasons"] == "could be a hospital of its size to compare with for Own"


def test_a_guest_who_speaks_for_a_sector_leaves_it_no_longer_without_a_voice() -> None:
    """The counselor comes from 121 km as a usual partner: behavioral health has its voice."""
    people = [
        {"id": "own", "name": "Own", "kind": "critical_access_hospital", "county_fips": KNOX},
        {"id": "mind", "name": "Mind", "kind": "behavioral_health", "county_fips": "31039"},
    ]
    session = pn.prepare_session(make_network([{"state": "NE", **row} for row in people]), "Knox")
    assert session.tables["guests"]["organization"].tolist() == ["mind"]
    assert "behavioral health" not in session.claims["voices"]["absent"]
    assert "housing" in session.claims["voices"]["absent"]


def test_a_session_of_a_state_on_a_topic_asks_those_to_whom_most_would_turn() -> None:
    """61 hospitals are too many: of the counselors, who is nearest to all of them is asked."""
    home = {"latitude": "42.6", "longitude": "-97.3"}
    rows = [
        *({"id": f"h{k:02d}", "kind": "critical_access_hospital", **home} for k in range(61)),
        {"id": "mind", "kind": "behavioral_health", **home},
        {"id": "away", "kind": "behavioral_health", "latitude": "42.9", "longitude": "-97.3"},
        {"id": "lone", "kind": "behavioral_health", "latitude": "41.2", "longitude": "-103"},
        {"id": "web", "kind": "rural_health_network", **home},
    ]
    net = make_network([{"state": "NE", "name": str(row["id"]).title(), **row} for row in rows])
    session = pn.prepare_session(net, "NE", focus="behavioral health")
    assert session.table["organization"].tolist() == ["away", "mind", "web"]
    said = session.claims["invited"]
    assert said == {"organizations": 64, "asked": 3, "speakers": True}
    assert "and those to whom most others would turn for behavioral health" in session.text
    alone = pn.prepare_session(net, "NE")
    assert alone.claims["invited"] == {"organizations": 65, "asked": 1, "speakers": True}


def test_a_state_of_names_alone_seats_those_who_speak_for_many() -> None:
    clinics = [
        {"id": f"c{k:02d}", "name": f"Clinic {k}", "kind": "rural_health_clinic"} for k in range(61)
    ]
    offices = [
        {"id": "web", "name": "Web", "kind": "rural_health_network"},
        {"id": "pca", "name": "Centers", "kind": "primary_care_association"},
    ]
    rows = [{"state": "NE", "county_fips": KNOX, **row} for row in (*clinics, *offices)]
    session = pn.prepare_session(make_network(rows))
    assert {"web", "pca"} <= set(session.table["organization"])
    assert session.table["role"].eq("partner").sum() == 2
    assert session.claims["invited"] == {"organizations": 63, "asked": 2, "speakers": True}
    assert "too many for one room: 2 are asked, those whose office it is" in session.text


def test_needs_are_said_once_in_few_words_on_the_agenda_and_in_full_for_the_pair() -> None:
    people = [
        {"id": "own", "name": "Own", "kind": "critical_access_hospital", "county_fips": KNOX},
        {"id": "mind", "name": "Mind", "kind": "behavioral_health", "county_fips": KNOX},
    ]
    session = pn.prepare_session(make_network([{"state": "NE", **row} for row in people]), "Knox")
    agenda = session.tables["agenda"]["with_what"].tolist()
    assert "Mind could be a partner in behavioral health for Own" in agenda
    pair = session.tables["together"].iloc[0]
    assert pair["ask"].startswith("For Own, Mind is the nearest provider of behavioral health on")
    assert pair["ask"].endswith("; ask who answers in a crisis, also by video.")
    levels = session.tables["levels"].set_index("organization")["why"]
    assert levels["mind"] == "Own finds a partner in behavioral health"
    assert levels["own"] == "Own finds a partner in behavioral health, with Mind"


def _agree(one: str, other: str) -> list[dict[str, str]]:
    row = {"outcome": "Counselor at school", "type": "new relationship", "due": "2026-03-31"}
    return [
        {"organization": one, "other": other, "agreed_on": "2025-09-01", "status": "open", **row}
    ]


def test_with_whom_a_session_agreed_something_is_invited_however_far_away() -> None:
    """A school works within 60 km by a rule of thumb; they know better."""
    people = [
        {"id": "school", "name": "Elm Schools", "kind": "school", "county_fips": KNOX},
        {
            "id": "talk",
            "name": "Plains Counseling",
            "kind": "behavioral_health",
            "county_fips": DAWES,
        },
    ]
    net = make_state(*people, outcomes=_agree("school", "talk"))
    for focus in (None, "school"):
        session = pn.prepare_session(net, "Knox", focus=focus, as_of="2026-06-30")
        guests = session.tables["guests"].set_index("organization")
        assert "what was agreed with Elm Schools waits for it" in guests.at["talk", "reasons"]
        assert "talk" in set(session.table["organization"])
    first = pn.recommend_partners(net, "school", as_of="2026-06-30", runs=0).table.iloc[0]
    assert first["partner"] == "talk" and "overdue" in first["reason"]
    net = make_state(*people)
    assert "talk" not in set(
        pn.prepare_session(net, "Knox", as_of="2026-06-30").table["organization"]
    )


def test_who_comes_for_another_reason_speaks_for_its_sector() -> None:
    people = [
        {"id": "school", "name": "Elm Schools", "kind": "school", "county_fips": KNOX},
        {"id": "talk", "name": "Counseling", "kind": "behavioral_health", "county_fips": ANTELOPE},
        {"id": "near", "name": "Recovery", "kind": "behavioral_health", "county_fips": CEDAR},
    ]

    for outcomes, named in ((_agree("school", "talk"), {"talk"}), ([], {"near"})):
        net = make_state(*people, outcomes=outcomes)
        guests = pn.prepare_session(net, "Knox", as_of="2026-06-30").tables["guests"]
        assert set(guests["organization"]) & {"talk", "near"} == named


def test_without_offices_those_with_most_partners_are_asked_and_without_ties_nobody() -> None:
    people = [{"id": f"s{k:02d}", "name": f"School {k}", "kind": "school"} for k in range(70)]
    hubs = [(f"s{hub:02d}", f"s{other:02d}") for hub in range(20, 45) for other in range(45, 70)]
    asked = pn.prepare_session(make_network(people, hubs[:-1]))
    assert asked.claims["invited"] == {"organizations": 70, "asked": 24, "speakers": False}
    assert "those with most partners on file" in asked.text
    nobody = pn.prepare_session(make_network(people))
    assert nobody.claims["invited"] == {"organizations": 70, "asked": 0, "speakers": False}
    assert "nobody is asked, as no award, need or tie" in nobody.text
    assert nobody.table.empty


def test_numbers_of_four_digits_are_parted() -> None:
    people = [{"id": f"s{k:04d}", "name": f"School {k}", "kind": "school"} for k in range(1_100)]
    people += [{"id": "h", "name": "Hospital", "kind": "hospital"}]
    services = [{"organization": row["id"], "service": "meals"} for row in people]
    said = pn.describe_network(make_network(people, services=services)).text
    assert "1,100 schools" in said and "1,101 of them have services on file" in said


def test_a_gap_that_names_one_who_comes_is_one_reason_to_invite() -> None:
    """Of the two a gap names, the need says it; the gap itself is not said again."""
    offers = [
        {"organization": "far", "service": "home health", "county_fips": home}
        for home in (CEDAR, ANTELOPE, LINCOLN)
    ] + [{"organization": "cah", "service": "x-ray", "county_fips": KNOX}]
    far = {"id": "far", "name": "Far", "kind": "home_health", "county_fips": ANTELOPE}
    net = make_state(far, services=offers)
    session = pn.prepare_session(net, "Knox", as_of="2026-06-30")
    row = session.tables["guests"].set_index("organization").loc["far"]
    assert row["weight"] == 1.5
    assert row["reasons"] == "brings home health towards Knox County (Hospital)"


def test_sites_of_one_center_are_asked_once_and_schools_through_their_center() -> None:
    def listed(id_: str, name: str, kind: str = "health_center") -> dict[str, Any]:
        home = {"id": id_, "name": name, "kind": kind, "county_fips": KNOX, "state": "NE"}
        return {**home, "source_ids": f"site-{id_}"}

    people = [
        listed("a", "New River Health - Elm"), listed("b", "New River Health - Oak"),
        listed("c", "New River Health SBHC - High School"), listed("d", "Mobile Unit 1"),
        {"id": "own", "name": "Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
        {"id": "typed 1", "name": "Elm Care East", "kind": "health_center", "county_fips": KNOX},
        {"id": "typed 2", "name": "Elm Care West", "kind": "health_center", "county_fips": KNOX},
    ]  # fmt: skip
    net = make_network([{"state": "NE", **row} for row in people])
    come = pn.prepare_session(net, "Knox").table["organization"]
    assert sorted(come) == ["a", "own", "typed 1", "typed 2"]


def test_sites_of_a_center_by_the_affiliations_are_asked_through_it() -> None:
    def center(id_: str, name: str) -> dict[str, str]:
        return {"id": id_, "name": name, "kind": "health_center", "county_fips": KNOX}

    people = [
        {"id": "own", "name": "Hospital", "kind": "critical_access_hospital", "county_fips": KNOX},
        center("main", "Elm Care"), center("east", "Elm Care East"), center("west", "Oak Site"),
    ]  # fmt: skip
    rows = [{"state": "NE", **row} for row in people]
    sites = [{"organization": k, "parent": "main", "type": "site of"} for k in ("east", "west")]
    net = make_network(rows, affiliations=sites)
    assert sorted(pn.prepare_session(net, "Knox").table["organization"]) == ["main", "own"]
    away = [{**row, "county_fips": CEDAR if row["id"] == "main" else KNOX} for row in rows]
    net = make_network(away, affiliations=sites)
    assert sorted(pn.prepare_session(net, "Knox").table["organization"]) == ["east", "own"]


def test_indicators_without_a_direction_are_said_to_be_on_file() -> None:
    needs = [{"county_fips": KNOX, "indicator": "poor mental health days", "value": 5.1}]
    said = pn.prepare_session(make_state(needs=needs), "Knox").text
    assert "Indicators on file (table needs): poor mental health days. No row says" in said
    assert "No health indicators are on file" not in said
