"""Law: what the text counts, what it leaves open, and whom a duty falls on."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import find_gaps
from partnet.core.network import Network

from ...builders import make_network

TRANSFER = "Patient referral and transfer agreement"
CREDENTIALS = "Credentialing and quality assurance agreement"


def sign(other: str, kind: str, topic: str = "patient referral and transfer") -> Network:
    """A Critical Access Hospital of a rural health network with an agreement with another."""
    organizations = [
        {"id": "cah", "name": "Cah", "kind": "critical_access_hospital"},
        {"id": other, "name": other.title(), "kind": kind},
        {"id": "h", "name": "H", "kind": "hospital"},
    ]
    members = [
        {"organization": id_, "group": "Network", "group_kind": "rural health network"}
        for id_ in ("cah", other)
    ]
    agreements = [
        {"agreement": "T", "organization": id_, "type": topic, "status": "executed"}
        for id_ in ("cah", other)
    ]
    return make_network(organizations, memberships=members, agreements=agreements)


def judge(net: Network, rule: str) -> Any:
    rules = find_gaps(net, "rule").tables["rules"]
    rows = rules[rules["rule"].str.startswith(rule) & (rules["organization"] == "cah")]
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("hospital", "met"),
        ("critical_access_hospital", "unknown"),
        ("rural_emergency_hospital", "unknown"),
        ("nursing_facility", "missing on file"),
    ],
)
def test_who_is_a_hospital_of_the_network(kind: str, status: str) -> None:
    found = judge(sign("other", kind), TRANSFER)
    assert found["status"] == status
    if status == "unknown":
        assert "42 U.S.C. 1395x(e)" in found["evidence"]
        assert found["next_step"].startswith("Read 42 CFR 485.616(a)(1) with Cah")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("qio", "met"),
        ("hospital", "met"),
        ("state_office_of_rural_health", "unknown"),
        ("hospital_association", "unknown"),
    ],
)
def test_an_entity_counts_where_the_state_plan_names_it(kind: str, status: str) -> None:
    found = judge(sign("other", kind, "credentialing and quality assurance"), CREDENTIALS)
    assert found["status"] == status
    if status == "unknown":
        assert "State rural health plan" in found["evidence"]


def test_the_headline_does_not_say_nothing_where_something_is_on_file() -> None:
    net = sign("other", "nursing_facility")
    first = next(line for line in find_gaps(net, "rule").tables["top"]["what"] if "Cah" in line)
    assert "nothing on file" not in first


def test_duties_of_a_grant_fall_on_the_grantee() -> None:
    program = {"program": "Rural Health Network Development", "amount": 100}
    funding = [
        {"recipient": "a", "award": "D06", **program},
        {"recipient": "b", "award": "S1", "parent_award": "D06", **program, "amount": 30},
    ]
    rules = find_gaps(make_network("ab", funding=funding), "rule").tables["rules"]
    rules = rules[rules["rule"].str.startswith("Network of at least three")]
    assert rules["organization"].tolist() == ["a"]


def test_who_reports_it_is_named_and_the_other_side_asked() -> None:
    rules = [
        {"rule": "Refers", "from_kind": "food", "relation": "referral", "citation": "X",
         "alternatives": "hospital"}
    ]  # fmt: skip
    organizations = [
        {"id": "f", "name": "Food", "kind": "food", "latitude": 42.0, "longitude": -97.0},
        {"id": "near", "name": "Near", "kind": "hospital", "latitude": 42.0, "longitude": -97.0},
        {"id": "far", "name": "Far", "kind": "hospital", "latitude": 40.0, "longitude": -99.0},
    ]
    asked = [{"respondent": id_, "answered": "yes"} for id_ in ("f", "near", "far")]
    tie = {"source": "f", "target": "far", "relation": "referral"}
    for reporter, name in (("f", "Food"), ("far", "Far"), ("", "Food")):
        net = make_network(
            organizations, [{**tie, "reported_by": reporter}], rules=rules, responses=asked
        )
        found = find_gaps(net, "rule").table.set_index("rule").loc["Refers"]
        assert found["status"] == "one-sided"
        assert f"only {name} reports it" in found["evidence"]
        assert found["other"] == "far" and found["next_step"].startswith(
            "Ask Food and Far to confirm"
        )
    both = [{**tie, "reported_by": "f"}, {**tie, "reported_by": "far"}]
    net = make_network(organizations, both, rules=rules, responses=asked)
    assert "Refers" not in set(find_gaps(net, "rule").table["rule"])
