"""Who of public files is an organization of its own, and which hospitals take all patients."""

from __future__ import annotations

from typing import Any

import pytest

from partnet.core.network import Network
from partnet.facts.geography.reach import find_reach
from partnet.facts.identity.approachable import (
    known_in_part,
    load_words,
    may_be_owned,
    stands_alone,
    takes_referrals,
)

from ..builders import make_network

CEDAR, DIXON, DAWES = "31027", "31051", "31045"
HOSPITAL, CLINIC, CENTER = "hospital", "rural_health_clinic", "health_center"


def _row(name: str, kind: str, source: str = "", county: str = CEDAR, **more: Any) -> Any:
    return {
        **{"id": name.lower().replace(" ", "-"), "name": name, "kind": kind, "state": "NE"},
        **{"county_fips": county, "source_ids": source, **more},
    }


def _mark(net: Network, told: Any) -> dict[str, bool]:
    return dict(zip(net.names, told(net.at()).tolist(), strict=True))


def test_a_hospital_that_medicare_does_not_know_may_be_another_name_of_one_that_it_knows() -> None:
    rows = [
        _row("Alma Health", HOSPITAL, "ccn-280001; ein-1"),
        _row("Alma Memorial", HOSPITAL, "ein-2"),
        _row("Alma System", "health_system", "ein-3"),
        _row("Alma Hospital and Nursing Home", "nursing_facility", "ein-4"),
        _row("Alma Manor", "nursing_facility", "ein-5"),
        _row("Typed by Hand", HOSPITAL),
    ]
    alone = _mark(make_network(rows), stands_alone)
    assert {name for name, is_so in alone.items() if is_so} == {
        *("Alma Health", "Alma Manor", "Typed by Hand")
    }
    # Where nobody has a Medicare number, its lack tells nothing.
    assert all(_mark(make_network(rows[1:]), stands_alone).values())


def test_sites_of_health_centers_are_reached_through_their_center() -> None:
    rows = [
        _row("Midtown Health Center", CENTER, "site-1"),
        _row("Midtown Health Center - Grant Elementary School", CENTER, "site-2"),
        _row("Alma Hospital - Avoca Clinic", CENTER, "site-3"),
        _row("Grant School Clinic", CENTER),
        _row("Alma Hospital", HOSPITAL, "ccn-1"),
    ]
    alone = _mark(make_network(rows), stands_alone)
    assert {name for name, is_so in alone.items() if not is_so} == {
        *("Midtown Health Center - Grant Elementary School", "Alma Hospital - Avoca Clinic")
    }


def test_a_clinic_beside_a_hospital_may_be_its_own() -> None:
    rows = [
        _row("Alma Hospital", HOSPITAL, "ccn-1"),
        _row("Main Street Clinic", CLINIC, "fcc-1"),
        _row("Alma Clinic of the West", CLINIC, "fcc-2", DAWES),
        _row("Chadron Clinic", CLINIC, "fcc-3", DAWES),
        _row("Owned Clinic", CLINIC, "fcc-4"),
        _row("Typed Clinic", CLINIC),
    ]
    owned = [{"organization": "owned-clinic", "parent": "Somebody Else", "type": "owned"}]
    net = make_network(rows, affiliations=owned)
    assert {name for name, is_so in _mark(net, may_be_owned).items() if is_so} == {
        *("Main Street Clinic", "Alma Clinic of the West")
    }
    reach = find_reach(net.at())
    hospital, clinic, typed = net.positions(["alma-hospital", "main-street-clinic", "typed-clinic"])
    assert not reach.allows(hospital, clinic) and not reach.allows(clinic, hospital)
    assert "another organization" in reach.find_obstacle(hospital, clinic)
    assert reach.allows(hospital, typed)


def test_nobody_sends_all_patients_to_a_hospital_of_one_specialty() -> None:
    rows = [
        _row("Sacred Heart Hospital", HOSPITAL),
        _row("Veterans Memorial Hospital", HOSPITAL),
        _row("Plains Spine Hospital", HOSPITAL),
        _row("Plains Heart Hospital", HOSPITAL),
        _row("Plains Children's Hospital", HOSPITAL),
        _row("Plains Orthopaedic Hospital", HOSPITAL),
        _row("Quiet Hospital", HOSPITAL, emergency_services="no"),
        _row("Young Hospital", HOSPITAL, hospital_type="Childrens"),
        _row("Other Hospital", HOSPITAL, ownership="Tribal"),
        _row("Spine Clinic", CLINIC),
    ]
    fine = _mark(make_network(rows), takes_referrals)
    assert {name for name, is_so in fine.items() if is_so} == {
        *("Sacred Heart Hospital", "Veterans Memorial Hospital", "Spine Clinic")
    }


def test_a_county_without_what_only_taxpayers_tell_of_is_no_desert() -> None:
    rows = [
        _row("A", "social_services", "ein-1"),
        _row("B", HOSPITAL, "ccn-2"),
        _row("C", HOSPITAL),
    ]
    services = [("a", "Senior center"), ("a", "Meals"), ("b", "emergency care"), ("c", "meals")]
    table = [{"organization": id_, "service": service} for id_, service in services]
    assert known_in_part(make_network(rows, services=table).at()) == {"senior center"}
    assert known_in_part(make_network(rows).at()) == frozenset()


@pytest.mark.parametrize("words", load_words())
def test_words_are_whole(words: Any) -> None:
    assert not words.search("Prescription Heartland Tribalance Towering Schooled-of-Thoughtful")
