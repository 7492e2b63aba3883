"""Who leads and who can decide, by roles and levels on file, on cases made by hand."""

from __future__ import annotations

from typing import Any

import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.facts.leaders import find_leaders, rank_role

from ...builders import make_network

DAY = "2026-06-30"


def make(people: Any = (), contacts: Any = ()) -> Network:
    tables = {
        "people": [{"organization": "a", **row} for row in people],
        "contacts": [{"organization": "a", "mode": "visit", **row} for row in contacts],
    }
    return make_network("ab", **{name: rows for name, rows in tables.items() if rows})


def person(name: str, role: str = "", **more: Any) -> dict[str, Any]:
    return {"person": name, "role": role, **more}


MET = {"date": "2026-01-01", "person": "M. Met, chief executive", "level": "executive"}


@pytest.mark.parametrize(
    ("role", "rank"),
    [("CEO", 0), ("Interim Chief Executive Officer", 0), ("Hospital Administrator", 1),
     ("Executive Director", 1), ("President", 2), ("Director", 3), ("Acting director", 3),
     ("Director of Nursing", 4), ("Vice President", 4), ("Assistant to the CEO", 4), ("", 4)],
)  # fmt: skip
def test_roles_tell_who_leads(role: str, rank: int) -> None:
    assert rank_role(role) == rank


def test_the_plainest_role_leads_and_other_executives_can_decide() -> None:
    rows = [
        person("P. President", "President", level="executive"),
        person("C. Chief", "CEO", since="2024-01-01"),
        person("D. Nurse", "Director of Nursing", level="manager"),
        person("F. Money", "CFO", level="executive"),
    ]
    leader = find_leaders(make(rows).at(DAY))["a"]
    assert (leader.person, leader.role, leader.known_from) == ("C. Chief", "CEO", "people")
    assert set(leader.others) == {"P. President (President)", "F. Money (CFO)"}


def test_of_two_chiefs_the_last_to_come_leads_and_who_left_does_not() -> None:
    rows = [
        person("Old", "CEO", since="2010-01-01", until="2025-12-31"),
        person("New", "CEO", since="2026-01-01"),
    ]
    assert find_leaders(make(rows).at(DAY))["a"].person == "New"
    assert find_leaders(make(rows).at("2025-06-30"))["a"].person == "Old"


def test_an_executive_that_was_met_stands_in_unless_the_table_says_gone() -> None:
    known = find_leaders(make(contacts=[MET]).at(DAY))["a"]
    assert (known.person, known.role, known.known_from) == ("M. Met", "chief executive", "contact")
    gone = [person("M. Met", "CEO", until="2026-02-01")]
    assert not find_leaders(make(gone, [MET]).at(DAY))["a"].is_known
    assert find_leaders(make(contacts=[MET]).at("2025-12-31"))["a"].known_from == ""


def test_whom_to_ask_stands_first_and_leaders_nobody_met_are_named() -> None:
    net = make_network(
        [{"id": "h", "name": "H", "kind": "critical_access_hospital"},
         {"id": "f", "name": "F", "kind": "food"}, {"id": "g", "name": "G", "kind": "food"}],
        people=[{"organization": "f", "person": "Pat", "role": "director"}],
        contacts=[{"organization": "g", "date": "2026-01-01", "level": "staff", "mode": "call"}],
    )  # fmt: skip
    found = pn.list_leaders(net, as_of=DAY)
    assert found.table["organization"].tolist() == ["h", "g", "f"]
    assert found.claims["leaders"] == {
        "organizations": 3, "leader on file": 1, "somebody who can decide on file": 0,
        "executive met": 0, "unknown": 2,
    }  # fmt: skip
    assert found.claims["ask"] == {"organizations": ["H"]}
    assert found.claims["not_met"] == {"organizations": ["F"]}


def test_the_public_is_told_of_nobody() -> None:
    net = make([person("C. Chief", "CEO")], [MET]).for_audience("public")
    found = pn.list_leaders(net, as_of=DAY)
    assert found.table.empty and "Chief" not in found.to_json()


def test_a_gap_of_contact_names_whom_to_ask_for() -> None:
    staff = [{"date": f"2026-0{k}-01", "person": f"N{k}", "level": "staff"} for k in (1, 2)]
    gaps = pn.find_gaps(make([person("C. Chief", "CEO")], staff), kinds=["contact"], as_of=DAY)
    steps = gaps.table.loc[gaps.table["status"] == "only at staff level", "next_step"].tolist()
    assert steps == ["Ask for C. Chief (CEO) at the next visit to A."]


def test_the_brief_of_one_organization_says_who_leads_it() -> None:
    rows = [person("C. Chief", "CEO", since="2024-01-01"), person("F. Money", level="executive")]
    said = pn.describe_organization(make(rows), "a", as_of=DAY).say("leader")
    assert said == (
        "On file as who leads it: C. Chief (CEO), since January 1, 2024. F. Money can decide too.",
    )
    assert not pn.describe_organization(make(rows), "b", as_of=DAY).say("leader")
