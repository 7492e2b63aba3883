"""Who could work with whom at all: districts, States, distance by kind, owners, duplicates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from partnet import default_vocabulary
from partnet.core.network import Network
from partnet.facts.geography.districts import list_areas, list_counties_named
from partnet.facts.geography.reach import Reach, find_reach, load_reach

from ..builders import make_network, networks

CEDAR, DIXON, DAWES, KNOX = (
    "31027",
    "31051",
    "31045",
    "31107",
)  # Dixon borders on Cedar, Dawes is 400 km away


def _organization(id_: str, kind: str, county: str = CEDAR, **more: Any) -> dict[str, Any]:
    names = {"id": id_, "name": f"{id_} of {county}", "kind": kind, "county_fips": county}
    return {**names, "state": "NE", **more}


def _allows(net: Network, a: str, b: str) -> bool:
    i, j = (int(k) for k in net.positions([a, b]))
    return find_reach(net.at()).allows(i, j)


def _obstacle(net: Network, a: str, b: str) -> str:
    i, j = (int(k) for k in net.positions([a, b]))
    return find_reach(net.at()).find_obstacle(i, j)


def test_every_kind_with_a_reach_is_in_the_vocabulary() -> None:
    kinds, nearest = load_reach()
    assert set(kinds) <= set(default_vocabulary().kinds)
    assert nearest >= 1
    assert all(reach.local > 0 for reach in kinds.values())
    assert len(kinds) > 40


def test_a_district_ends_at_its_border() -> None:
    people = [
        _organization("lhd", "local_health_department"),
        _organization("near", "critical_access_hospital"),
        _organization("next", "critical_access_hospital", DIXON),
    ]
    area = [{"organization": "lhd", "place_kind": "county", "place": CEDAR}]
    net = make_network(people, service_areas=area)
    assert _allows(net, "lhd", "near")
    assert not _allows(net, "lhd", "next")
    assert not _allows(net, "next", "lhd")
    assert "district" in _obstacle(net, "next", "lhd")
    # Unknown is not absent: without service areas on file no border is known.
    assert _allows(make_network(people), "lhd", "next")


def test_who_serves_a_county_of_the_district_is_inside() -> None:
    people = [
        _organization("lhd", "local_health_department"),
        _organization("next", "behavioral_health", DIXON),
    ]
    areas = [
        {"organization": "lhd", "place_kind": "county", "place": CEDAR},
        {"organization": "next", "place_kind": "county", "place": DIXON},
        {"organization": "next", "place_kind": "county", "place": CEDAR},
    ]
    assert _allows(make_network(people, service_areas=areas), "lhd", "next")


def test_a_statewide_office_works_in_its_state() -> None:
    people = [
        _organization("office", "state_office_of_rural_health"),
        _organization("far", "critical_access_hospital", DAWES),
        _organization("abroad", "critical_access_hospital", "46135", state="SD"),
    ]
    net = make_network(people)
    assert _allows(net, "office", "far")  # distance is nothing to it
    assert not _allows(net, "abroad", "office")


def test_distance_goes_by_kind() -> None:
    people = [
        _organization("cah", "critical_access_hospital"),
        _organization("food", "food", DIXON),
        _organization("far", "food", DAWES),
        _organization("pharmacy", "pharmacy", "31107"),  # Knox: about 60 km
    ]
    net = make_network(people)
    assert _allows(net, "cah", "food")
    assert not _allows(net, "cah", "far")
    assert "apart" in _obstacle(net, "far", "cah")


def test_a_place_nobody_knows_shuts_nobody_out() -> None:
    people = [_organization("cah", "critical_access_hospital"), _organization("food", "food", "")]
    assert _allows(make_network(people), "cah", "food")


def test_patients_are_sent_to_the_nearest_three_within_250_kilometers() -> None:
    """Hospitals along one meridian: 1 degree of latitude is 111 km."""
    hospitals = [
        _organization(f"h{k}", "hospital", latitude=42.0 - 0.3 * k, longitude=-97.0)
        for k in range(5, 10)  # 167, 200, 233, 267 and 300 km
    ]
    cah = _organization("cah", "critical_access_hospital", latitude=42.0, longitude=-97.0)
    net = make_network([cah, *hospitals])
    assert [_allows(net, "cah", f"h{k}") for k in range(5, 10)] == [True, True, True, False, False]
    nearer = _organization("h4", "hospital", latitude=40.8, longitude=-97.0)
    crowded = make_network([cah, nearer, *hospitals])
    assert not _allows(crowded, "cah", "h7")  # the fourth now
    assert _allows(crowded, "h7", "cah")  # which may well ask whoever is within 250 km


def test_one_owner_and_one_entered_twice_need_no_introduction() -> None:
    people = [
        _organization("a", "rural_health_clinic", name="Elm Clinic"),
        _organization("b", "critical_access_hospital", name="Oak Hospital"),
        _organization("c", "food", name="Wagon Trail Food Pantry"),
        _organization("d", "food", name="Wagon Trails Food Pantry"),
    ]
    owned = [{"organization": "a", "parent": "Oak Hospital", "type": "owned"}]
    net = make_network(people, affiliations=owned)
    assert not _allows(net, "a", "b")
    assert not _allows(net, "c", "d")
    assert "one" in _obstacle(net, "c", "d")
    judged = [{"a": "c", "b": "d", "judgment": "not the same"}]
    assert _allows(make_network(people, judgements=judged), "c", "d")


def test_a_hospital_and_the_clinic_of_its_name_need_no_introduction() -> None:
    clinic = _organization("c", "rural_health_clinic", name="Kimball Health Services Clinic")
    hospital = _organization("h", "critical_access_hospital", name="Kimball Health Services")
    pantry = _organization("p", "food", name="Kimball Health Services Pantry")
    net = make_network([clinic, hospital, pantry])
    assert not _allows(net, "h", "c")
    assert _allows(net, "h", "p")  # of other sectors the name tells less
    sibling = _organization("s", "rural_health_clinic", name="Kimball Health Services Dix")
    assert not _allows(make_network([clinic, hospital, sibling]), "c", "s")
    far = make_network([clinic, {**hospital, "county_fips": DIXON}])
    assert _allows(far, "h", "c")


def test_hospitals_told_apart_by_general_words_only_may_be_one() -> None:
    one = _organization("a", "critical_access_hospital", name="Brown County Hospital")
    other = _organization("b", "hospital", name="Brown County Community Hospital")
    clinic = _organization("c", "rural_health_clinic", name="Brown County Clinic")
    third = _organization("d", "hospital", name="Memorial Hospital")
    net = make_network([one, other, clinic, third])
    assert not _allows(net, "a", "b")
    assert _allows(net, "a", "c") and _allows(net, "a", "d")


def test_zip_codes_and_states_are_areas_too() -> None:
    people = [_organization("x", "ems_agency"), _organization("y", "ems_agency")]
    areas = [
        {"organization": "x", "place_kind": "ZIP", "place": "68739"},
        {"organization": "y", "place_kind": "State", "place": "NE"},
    ]
    found = list_areas(make_network(people, service_areas=areas).at())
    assert found.groupby("organization").size().to_dict() == {"x": 1, "y": 93}
    assert found.loc[found["organization"] == "x", "county"].tolist() == [CEDAR]


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=12)
@given(networks())
def test_rows_agree_with_single_questions_and_with_any_subset(net: Network) -> None:
    here = net.at()
    reach = Reach(here)
    everybody = np.arange(here.n)
    for a in range(here.n):
        row = reach.allow(a, everybody)
        assert not row[a]
        fresh = Reach(here)._judge(a, everybody[::2])
        assert row[::2].tolist() == fresh.tolist()
        for b in everybody:
            assert (reach.find_obstacle(a, int(b)) == "") == row[b] or a == b


def test_the_empty_network_allows_nothing() -> None:
    here = make_network([]).at()
    assert find_reach(here).serves(CEDAR).tolist() == []


@pytest.mark.parametrize("kind", ["ems_agency", "local_health_department", "school"])
def test_public_bodies_do_not_compete(kind: str) -> None:
    assert not load_reach()[0][kind].competes


# -- districts that a name tells ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "counties"),
    [
        ("Community Action Partnership of Lancaster and Saunders Counties", ["31109", "31155"]),
        ("Otoe, Cass, and Red Willow Counties Agency on Aging", ["31131", "31025", "31145"]),
        ("SCOTTS BLUFF COUNTY HEALTH DEPARTMENT", ["31157"]),
        ("Agency of Knox & Cedar Counties", [KNOX, CEDAR]),
        ("Tri-County Agency", []),
        ("County Health", []),
        ("Plains and Cedar Countywide Rides", []),
        ("", []),
    ],
)
def test_counties_in_a_name(name: str, counties: list[str]) -> None:
    assert list(list_counties_named(name, "NE")) == counties
    assert list_counties_named(name, "") == ()


def test_a_district_told_by_the_name_ends_too() -> None:
    own = {"name": "Community Action of Cedar County"}
    people = [
        _organization("cap", "community_action", **own),
        _organization("ems", "ems_agency", **own),  # carries patients to the next hospital
        _organization("near", "critical_access_hospital"),
        _organization("next", "critical_access_hospital", DIXON),
    ]
    net = make_network(people)
    assert _allows(net, "cap", "near") and not _allows(net, "cap", "next")
    assert _allows(net, "ems", "next")
    area = [{"organization": "cap", "place_kind": "county", "place": DIXON}]
    assert _allows(make_network(people, service_areas=area), "cap", "next")
    # Whoever sits elsewhere is only called after a county.
    moved = [{**people[0], "county_fips": DIXON}, *people[1:]]
    assert _allows(make_network(moved), "cap", "next")


# -- in which counties ----------------------------------------------------------------------------


def test_the_share_of_counties_in_which_each_works() -> None:
    people = [
        _organization("cops", "public_safety"),
        _organization("lhd", "local_health_department"),
        _organization("law", "legal_aid"),
        _organization("pca", "primary_care_association", ""),
        _organization("out", "primary_care_association", "46135", state="SD"),
        _organization("rent", "tenants_association", ""),
        _organization("web", "rural_health_network", DAWES),
        _organization("ride", "transport", DAWES),
    ]
    areas = [
        {"organization": "lhd", "place_kind": "county", "place": CEDAR},
        {"organization": "ride", "place_kind": "State", "place": "NE"},
    ]
    net = make_network(people, service_areas=areas)
    shares = dict(zip(net.ids, find_reach(net.at()).cover([CEDAR, DIXON, DAWES]), strict=True))
    # Dixon is 45 km from Cedar: near enough for the police; a district ends at its border.
    assert {id_: round(3 * share) for id_, share in shares.items()} == {
        "cops": 2, "lhd": 1, "law": 2, "pca": 3, "out": 0, "rent": 3, "web": 3, "ride": 3,
    }  # fmt: skip
    assert find_reach(net.at()).cover([]).tolist() == [0.0] * 8
    assert find_reach(net.at()).cover(["31171"])[net.positions(["cops"])[0]] == 0


def test_a_frontier_hospital_sends_patients_to_the_nearest_however_far() -> None:
    """None is within 250 km: the nearest counts, and no second; of a clinic likewise."""
    points = {"own": 41.0, "far": 45.0, "farther": 46.0, "clinic": 41.1, "counsel": 45.0}
    kinds = dict.fromkeys(points, "hospital") | {
        "own": "critical_access_hospital", "clinic": "rural_health_clinic",
        "counsel": "behavioral_health",
    }  # fmt: skip
    people = [
        _organization(id_, kinds[id_], "", latitude=str(at), longitude="-99")
        for id_, at in points.items()
    ]
    net = make_network(people)
    assert _allows(net, "own", "far") and _allows(net, "clinic", "far")
    assert not _allows(net, "own", "farther")
    assert not _allows(net, "own", "counsel")  # 445 km: no referral of that kind
    near = [*people, _organization("near", "hospital", "", latitude="43", longitude="-99")]
    assert _allows(make_network(near), "own", "near")
    assert not _allows(make_network(near), "own", "far")


def test_sites_of_health_centers_at_one_place_may_be_one() -> None:
    def site(id_: str, latitude: str, **more: Any) -> dict[str, Any]:
        place = {"latitude": latitude, "longitude": "-97", "source_ids": f"site-{id_}"}
        return _organization(id_, "health_center", **{**place, **more})

    people = [
        site("a", "42.6000", name="Elm Care"), site("b", "42.6010", name="Oak Clinic"),
        site("c", "42.6100", name="Fir Place"), site("d", "42.6001", name="Typed", source_ids=""),
    ]  # fmt: skip
    net = make_network(people)
    reach = find_reach(net.at())
    a, b, c, d = (int(k) for k in net.positions(["a", "b", "c", "d"]))
    assert reach.may_be_one(a, b)  # 111 meters
    assert not reach.may_be_one(a, c)  # 1.1 kilometers
    assert not reach.may_be_one(a, d)  # somebody typed it
