"""Where no tie is on file: the nearest that could fill a role, and what to ask it."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import default_vocabulary, recommend_partners
from partnet.core.network import Network
from partnet.facts.geography.reach import find_reach
from partnet.questions.recommendation.needs import list_needs
from partnet.questions.recommendation.usual import list_usual, load_roles

from ...builders import make_network

CAH = "critical_access_hospital"


def _at(id_: str, kind: str, km: float, **more: Any) -> dict[str, Any]:
    """Somebody so many kilometers north of the hospital."""
    return {
        **{"id": id_, "name": id_.title(), "kind": kind, "state": "NE"},
        **{"latitude": f"{41 + km / 111.195:.6f}", "longitude": "-99", **more},
    }


def _named(net: Network, asker: str = "own") -> list[tuple[str, float]]:
    here = net.at()
    return [
        (here.ids[one.partner], round(one.severity, 3))
        for one in list_usual(here)
        if here.ids[one.organization] == asker
    ]


PEOPLE = [
    _at("own", CAH, 0),
    _at("near", "hospital", 50),
    _at("next", "hospital", 110),
    _at("far", "hospital", 150),
    _at("spine hospital", "hospital", 10),
    _at("pantry", "food", 41),
    _at("ambulance", "ems_agency", 30),
]


def test_the_nearest_of_each_role_is_named_and_the_next_counts_half() -> None:
    net = make_network(PEOPLE)
    assert sorted(_named(net)) == [("ambulance", 0.34), ("near", 0.4), ("next", 0.2)]
    table = recommend_partners(net, "own", 10).table
    assert table["partner"].tolist()[:3] == ["near", "ambulance", "next"]
    assert "ask who takes whose patients" in table["needs"].iloc[0]
    assert "about 31 miles away" in table["needs"].iloc[0]
    assert table["need"].iloc[0] == pytest.approx(0.4)


def test_where_ties_are_known_nobody_is_usual() -> None:
    ties = [{"source": "own", "target": "near", "relation": "transfer"}]
    net = make_network(PEOPLE, ties=ties)
    assert _named(net) == []
    assert not any("usual" in need.key for needs in list_needs(net.at()).values() for need in needs)


def test_a_place_not_known_is_near_nobody_but_what_is_for_the_whole_state() -> None:
    lost = {"latitude": "", "longitude": ""}
    people = [
        _at("own", CAH, 0),
        _at("somewhere", "hospital", 0, **lost),
        _at("association", "hospital_association", 0, **lost),
    ]
    assert _named(make_network(people)) == [("association", 0.3)]


def test_of_the_sites_of_one_center_the_nearest_is_named_and_asks() -> None:
    people = [
        _at("own", CAH, 0),
        _at("site 1", "health_center", 20, name="Midtown Health East"),
        _at("site 2", "health_center", 10, name="Midtown Health West"),
        _at("other", "health_center", 40, name="Plains Clinic"),
    ]
    net = make_network(people)
    assert sorted(_named(net)) == [("other", 0.19), ("site 2", 0.38)]
    assert _named(net, "site 2") == [("own", 0.4)]
    assert _named(net, "site 1") == []


def test_the_towns_of_one_center_of_behavioral_health_are_one_partner() -> None:
    people = [
        _at("own", CAH, 0),
        *(
            _at(f"site {k}", "behavioral_health", 20 + 10 * k, name=f"Human Center ({town})")
            for k, town in enumerate(("Elm", "Oak"))
        ),
        _at("other", "behavioral_health", 60),
    ]
    assert sorted(_named(make_network(people))) == [("other", 0.18), ("site 0", 0.36)]


@pytest.mark.parametrize("name", ["Mt. Ayr Junior/Senior SBHC", "Center Administrative Site"])
def test_a_site_that_is_no_place_to_call_is_no_partner(name: str) -> None:
    site = {"name": name, "source_ids": "site-1"}
    net = make_network([_at("own", CAH, 0), _at("site", "health_center", 10, **site)])
    assert _named(net) == []


def test_need_comes_before_what_is_shared() -> None:
    """A county in common is no likelihood: the fire department of a village comes after."""
    home = {"county_fips": "31107"}
    people = [
        _at("own", CAH, 0, **home),
        _at("near", "hospital", 50),
        _at("smoke", "public_safety", 5, name="Smoke Fire Department", **home),
        *(_at(f"law {k}", "legal_aid", 90, county_fips="31027") for k in range(6)),
    ]
    services = [{"organization": id_, "service": "first aid"} for id_ in ("own", "smoke")]
    services += [{"organization": f"law {k}", "service": "advice"} for k in range(6)]
    net = make_network(people, services=services)
    table = recommend_partners(net, "own").table
    assert table["partner"].tolist() == ["near", "law 0", "smoke"]  # 0 brings advice to the county
    score = table.set_index("partner")["score"]
    assert score["smoke"] - score["near"] > 0.4 - 0.24  # more than one need is above the other
    assert recommend_partners(net, "own", by="likelihood").table["partner"].iloc[0] == "smoke"


def test_the_need_of_whoever_asks_is_told_first() -> None:
    """Of two hospitals each is the nearest like the other."""
    net = make_network([_at("own", CAH, 0), _at("other", CAH, 30)])
    for asker, name in (("own", "Own"), ("other", "Other")):
        first = recommend_partners(net, asker).table.iloc[0]
        assert first["sentence"].count("the nearest Critical Access") == 1  # said once, of the two
        assert f"{name} could approach" in first["sentence"] and "it is the" in first["sentence"]
        assert first["needs"].startswith(f"for {name}, ")
        assert first["goals"].count("a hospital of its size to compare with") == 2


def test_the_partner_of_ones_own_is_said_before_what_one_is_to_the_other() -> None:
    """The clinic has the greater need; the hospital is told first what the clinic is to it."""
    net = make_network([_at("own", CAH, 0), _at("clinic", "free_clinic", 30)])
    first = recommend_partners(net, "own").table.iloc[0]
    assert first["need"] == pytest.approx(0.4)
    mine, theirs = (
        first["sentence"].index(word) for word in ("it is the nearest", "other way round")
    )
    assert mine < theirs


HARLAN, PHELPS, FRANKLIN, LANCASTER = "31083", "31137", "31061", "31109"


def _of(id_: str, kind: str, county: str, **more: Any) -> dict[str, Any]:
    """Somebody of whom only the county is known."""
    return {
        **{"id": id_, "name": id_.title(), "kind": kind, "state": "NE", "county_fips": county},
        **more,
    }


def test_who_may_be_as_near_is_said_where_only_the_county_is_known() -> None:
    """From the middle of Harlan it is 37.2 km to that of Phelps, 38.4 to that of Franklin."""
    people = [
        _of("own", CAH, HARLAN),
        _of("phelps house", "nursing_facility", PHELPS),
        _of("franklin house", "nursing_facility", FRANKLIN),
        _of("lincoln house", "nursing_facility", LANCASTER),
    ]
    first = recommend_partners(make_network(people), "own").table.iloc[0]
    assert first["partner"] == "phelps house"
    assert "miles from county to county (Franklin House may be as near); ask" in first["sentence"]


def test_of_those_whose_place_is_known_only_equals_are_as_near() -> None:
    people = [_at("own", CAH, 0), _at("one", "hospital", 50), _at("other", "hospital", 51)]
    assert "as near" not in recommend_partners(make_network(people), "own").table["sentence"][0]
    people[2] = _at("other", "hospital", 50)
    table = recommend_partners(make_network(people), "own").table
    assert "about 31 miles away (Other may be as near)" in table["sentence"].iloc[0]
    assert (
        "hospital on file other than Critical Access Hospitals after One, about 31 miles"
        in (table["sentence"].iloc[1])
    )


def test_whether_it_serves_the_county_is_asked_first_where_its_district_is_not_on_file() -> None:
    """An agency in the same county serves it; one whose name tells its counties is known."""
    agencies = {
        "plains agency": (PHELPS, True),
        "home agency": (HARLAN, False),
        "agency of Harlan and Phelps counties": (PHELPS, False),
    }
    for name, (county, asks) in agencies.items():
        people = [
            _of("own", CAH, HARLAN),
            _of("agency", "area_agency_on_aging", county, name=name),
        ]
        first = recommend_partners(make_network(people), "own").table.iloc[0]
        assert ("ask whether it serves Harlan County, and who helps" in first["sentence"]) == asks


def test_what_is_for_the_whole_state_is_not_too_far_away() -> None:
    people = [_at("own", CAH, 0), _at("beds", "hospital_association", 300)]
    first = recommend_partners(make_network(people), "own").table.iloc[0]
    assert first["distance_km"] == pytest.approx(300, abs=0.1) and first["against"] == ""


def _offer(*ids: str, service: str = "emergency care") -> list[dict[str, str]]:
    return [{"organization": id_, "service": service} for id_ in ids]


def test_who_shares_only_a_service_and_is_far_away_is_left_out_and_that_is_said() -> None:
    """Three hospitals without a role for each other: at 50 km, at 70, at 90 in one group."""
    people = [
        _at("own", "hospital", 0),
        *(_at(name, "hospital", km) for name, km in (("near", 50), ("far", 70), ("fellow", 90))),
        *(_at(f"office {k}", "legal_aid", 10) for k in range(4)),
    ]
    services = _offer("own", "near", "far", "fellow")
    services += _offer(*(f"office {k}" for k in range(4)), service="advice")
    groups = [{"organization": id_, "group": "Plains Group"} for id_ in ("own", "fellow")]
    net = make_network(people, services=services, memberships=groups)
    found = recommend_partners(net, "own", 10)
    assert set(found.table["partner"]) == {"near", "fellow"}
    said = next(one for one in found.sentences if one.name == "short_list")
    assert said.claims["named"] == 2 and said.claims["asked"] == 10
    assert "over 37 miles away are left out. Enter working ties" in said
    assert "far" in set(recommend_partners(net, "own", 10, by="likelihood").table["partner"])
    alone = recommend_partners(net, "own", 2)
    assert len(alone.table) == 2 and "short_list" not in {one.name for one in alone.sentences}


def test_of_what_is_for_the_whole_state_the_first_kind_comes_first_without_a_distance() -> None:
    people = [
        _at("own", CAH, 0),
        _at("rural", "rural_health_association", 10),
        _at("beds", "hospital_association", 300),
    ]
    net = make_network(people)
    assert sorted(_named(net)) == [("beds", 0.3), ("rural", 0.15)]
    first = recommend_partners(net, "own").table.iloc[0]
    assert first["needs"].startswith("for Own, Beds is a hospital association for the whole State")


@pytest.mark.parametrize(
    ("kind", "name", "fits"),
    [
        ("nursing_facility", "Bethany Home", True),
        ("nursing_facility", "Plains Assisted Living Facility", False),
        ("nursing_facility", "Hastings Seniors Housing", False),
        ("nursing_facility", "Uniting Nursing Homes", False),
        ("public_safety", "Rescue Dogs", False),
        ("public_safety", "Cody Volunteer Fire Dept", True),
    ],
)
def test_who_fits_a_role_by_its_name(kind: str, name: str, fits: bool) -> None:
    net = make_network([_at("own", CAH, 0), _at("one", kind, 10, name=name)])
    assert (_named(net) != []) == fits


def test_roles_speak_of_kinds_of_the_vocabulary() -> None:
    known = set(default_vocabulary().kinds)
    usual = load_roles()
    assert all(set(role.kinds) | set(role.asks) <= known for role in usual.roles)
    assert all(0 < role.severity < 0.5 and role.most >= 1 and role.ask for role in usual.roles)
    assert len({role.what for role in usual.roles}) == len(usual.roles)
    assert usual.second_within > usual.as_near_within > 0


@pytest.mark.parametrize("name", ["Elm Manor Apartments", "Oak Shelter", "Elm Recovery Center"])
def test_a_site_where_no_patient_finds_a_doctor_is_no_clinic(name: str) -> None:
    site = {"name": name, "source_ids": "site-1"}
    net = make_network([_at("own", CAH, 0), _at("site", "health_center", 10, **site)])
    assert _named(net) == []


@pytest.mark.parametrize("mark", [" - ", "-", " – ", ", Inc.-"])
def test_sites_set_apart_by_a_dash_are_one_center_and_no_partners_of_each_other(mark: str) -> None:
    people = [
        _at("own", CAH, 0),
        *(
            _at(
                f"site {k}",
                "behavioral_health",
                20 + 90 * k,
                name=f"Human Center{mark}{town}",
                source_ids=f"s-{k}",
            )
            for k, town in enumerate(("Elm", "Oak"))
        ),
    ]
    net = make_network(people)
    assert _named(net) == [("site 0", 0.36)]
    assert not find_reach(net.at()).allows(1, 2)


def test_a_hospital_of_one_specialty_has_no_usual_partners() -> None:
    people = [
        _at("own", "hospital", 0, name="Elm Surgical Hospital"),
        _at("talk", "behavioral_health", 5),
    ]
    assert _named(make_network(people)) == []
    people[0] = _at("own", "hospital", 0)
    assert _named(make_network(people)) == [("talk", 0.36)]


@pytest.mark.parametrize(("county", "joins"), [("31055", False), ("31027", True)])
def test_a_rural_network_is_not_for_a_hospital_of_a_metropolitan_county(
    county: str, joins: bool
) -> None:
    people = [
        _of("own", "hospital", county),
        _of("clinic", "rural_health_clinic", county),
        _of("union", "rural_health_network", county),
        _of("centers", "hccn", county),
    ]
    net = make_network(people)
    assert (("union", 0.32) in _named(net)) == joins
    assert ("union", 0.32) in _named(net, "clinic")
    assert "centers" not in dict(_named(net))  # is for health centers


def test_what_leads_is_short_where_no_tie_is_on_file() -> None:
    """The caveat is said once, the other way round in few words, and its meaning not again."""
    net = make_network([_at("own", CAH, 0), _at("clinic", "free_clinic", 30)])
    found = recommend_partners(net, "own")
    lead = next(one for one in found.sentences if one.name == "suggestion")
    assert lead == (
        "Own could approach Clinic: it is the nearest clinic on file for patients without "
        "insurance, about 19 miles away; ask how patients without a doctor find one after the "
        "emergency room; the other way round, Own could be a hospital that admits its patients."
    )
    assert "(no working tie is on file)" in found.table["sentence"].iloc[0]
    assert found.sentences[0].name == "affinity" and "goals" not in {
        o.name for o in found.sentences
    }


def test_a_hospital_of_the_same_brand_counts_half() -> None:
    """They may be of one system, and then need no introduction."""
    people = [
        _at("own", CAH, 0, name="Avera Elm Hospital", county_fips="31027"),
        _at("near", "hospital", 50, name="Avera Oak Hospital", county_fips="31107"),
    ]
    assert _named(make_network(people)) == [("near", 0.2)]
    other = [people[0], {**people[1], "name": "Oak Hospital"}]
    assert _named(make_network(other)) == [("near", 0.4)]


def test_a_tribal_hospital_turns_first_to_a_medical_center_of_its_own() -> None:
    people = [
        _at("zuni health center", CAH, 0, ownership="Tribal"),
        _at("city hospital", "hospital", 40),
        _at("gallup indian medical center", "hospital", 190),
        _at("veterans medical center", "hospital", 20, ownership="Veterans"),
        _at("plains hospital", CAH, 10),
    ]
    net = make_network(people)
    named = _named(net, "zuni health center")
    assert ("gallup indian medical center", 0.44) in named and ("city hospital", 0.4) in named
    first = recommend_partners(net, "zuni health center", 5).table.iloc[0]
    assert first["partner"] == "gallup indian medical center"
    assert "how referred care is approved and paid" in first["needs"]
    others = [partner for partner, _ in _named(net, "plains hospital")]
    assert "gallup indian medical center" not in others  # it takes not everybody's patients


def test_two_hospitals_of_a_tribe_in_one_county_do_not_compete() -> None:
    where = {"latitude": "", "longitude": "", "county_fips": "31173"}
    people = [
        _at("zuni indian hospital", "hospital", 0, **where),
        _at("gallup indian medical center", "hospital", 0, **where),
        _at("clinic", "rural_health_clinic", 0, **where),
    ]
    table = recommend_partners(make_network(people), "zuni indian hospital", 5).table
    assert table["partner"].iloc[0] == "gallup indian medical center"


def test_who_has_no_coordinates_lies_where_others_of_its_town_lie() -> None:
    lost = {"latitude": "", "longitude": "", "county_fips": "31041"}  # Custer County is large
    people = [
        _at("own", CAH, 0, **lost, zip="68822", city="Broken Bow"),
        _at("clinic here", "health_center", 30, zip="68822"),
        _at("clinic there", "health_center", 5, city="Arnold", county_fips="31041"),
        _at("hospital", "hospital", 0, **lost, city="arnold"),
    ]
    net = make_network(people)
    assert ("clinic here", 0.38) in _named(net) and ("clinic there", 0.19) in _named(net)
    first = recommend_partners(net, "own", 5).table.set_index("partner")
    assert first.loc["clinic here", "distance_km"] == 0
    assert first.loc["hospital", "distance_km"] == pytest.approx(25, abs=0.1)


def test_sites_that_share_initials_are_one_center() -> None:
    own = {"source_ids": "site-1"}
    people = [
        _at("own", CAH, 0, source_ids="ccn-1"),
        _at("1", "health_center", 5, name="HMS Cobre Clinic", **own),
        _at("2", "health_center", 8, name="HMS Mimbres Valley Clinic", **own),
        _at("3", "health_center", 20, name="Ben Archer Health Center", **own),
    ]
    assert [partner for partner, _ in _named(make_network(people))] == ["1", "3"]


def test_a_site_behind_a_dash_may_be_the_one_of_its_own_name() -> None:
    people = [
        _at(
            "1", "health_center", 5, name="El Centro - Springer Medical Clinic", county_fips="31041"
        ),
        _at("2", "health_center", 9, name="Springer Medical Clinic", county_fips="31041"),
        _at("3", "health_center", 9, name="El Centro - Raton Medical Clinic", county_fips="31041"),
    ]
    reach = find_reach(make_network(people).at())
    assert reach.may_be_one(0, 1) and not reach.may_be_one(1, 2)
