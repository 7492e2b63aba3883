"""Rule gaps: met, one-sided, unknown, missing on file and does not apply are told apart."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import find_gaps
from partnet.core.network import Network

from ...builders import make_network

TRANSFER = "Patient referral and transfer agreement"
CAH = {"kind": "critical_access_hospital"}


def network(*, agreements: list[dict[str, Any]] | None = None, member: bool = True) -> Network:
    """Two CAHs and a hospital in one network; another hospital outside."""
    organizations = [
        {"id": "cah", "name": "Cedar", **CAH},
        {"id": "other", "name": "Other", **CAH},
        {"id": "hub", "name": "Hub", "kind": "hospital"},
        {"id": "far", "name": "Far", "kind": "hospital"},
    ]
    members = ["other", "hub", *(["cah"] if member else [])]
    memberships = [
        {"organization": o, "group": "Prairie Net", "group_kind": "rural health network"}
        for o in members
    ]
    tables = {"memberships": memberships} | ({"agreements": agreements} if agreements else {})
    return make_network(organizations, [("cah", "hub", "referral")], **tables)


def agreement(*parties: str, type: str = "transfer agreement", **more: str) -> list[dict[str, str]]:
    key = "-".join(parties) + type
    return [{"agreement": key, "organization": o, "type": type, **more} for o in parties]


def status_of(net: Network, organization: str = "cah", rule: str = TRANSFER) -> Any:
    rules = find_gaps(net, "rule", as_of="2026-06-30").tables["rules"]
    return rules[(rules["organization"] == organization) & (rules["rule"] == rule)].iloc[0]


def test_an_executed_agreement_with_a_hospital_of_the_network_meets_the_rule() -> None:
    row = status_of(network(agreements=agreement("cah", "hub", status="executed")))
    assert (row.status, row.severity) == ("met", 0.0)


@pytest.mark.parametrize(
    "agreements",
    [
        agreement("cah", "hub", status="draft"),
        agreement("cah", "hub", status="executed", expires="2026-01-01"),
        agreement("cah", "far", status="executed"),
        agreement("cah", "hub", type="credentialing", status="executed"),
    ],
    ids=["draft", "expired", "outside the network", "of another type"],
)
def test_what_the_rule_does_not_count_is_missing_on_file(agreements: list[dict[str, str]]) -> None:
    row = status_of(network(agreements=agreements))
    assert row.status == "missing on file"
    assert row.other in ("other", "hub") and "agreement is in force" in row.next_step
    assert row.citation == "42 CFR 485.616(a)(1)"


def test_nothing_on_file_is_unknown_not_missing() -> None:
    row = status_of(network())
    assert row.status == "unknown" and "never" not in row.evidence
    others = network(agreements=agreement("other", "hub", status="executed"))
    assert status_of(others).status == "unknown"
    assert status_of(others, "other").status == "met"


def test_a_cah_outside_any_network_the_rule_does_not_apply_to() -> None:
    row = status_of(network(member=False))
    assert row.status == "does not apply" and "member of no rural health network" in row.evidence


def test_without_memberships_the_condition_is_unknown() -> None:
    net = make_network([{"id": "cah", "name": "Cedar", **CAH}], agreements=agreement("cah", "cah"))
    assert status_of(net).status == "unknown"


def test_any_one_alternative_satisfies_credentialing() -> None:
    rule = "Credentialing and quality assurance agreement"
    organizations = [
        {"id": "cah", "name": "Cedar", **CAH},
        {"id": "qio", "name": "Quality", "kind": "QIO"},
    ]
    memberships = [{"organization": "cah", "group": "N", "group_kind": "rural health network"}]
    signed = agreement("cah", "qio", type="credentialing", status="executed")
    net = make_network(organizations, memberships=memberships, agreements=signed)
    rules = find_gaps(net, "rule").tables["rules"]
    row = rules[rules["rule"].str.startswith(rule)].iloc[0]
    assert row.status == "met" and "Quality" in row.evidence


def test_users_rules_look_at_ties_and_the_survey() -> None:
    rule = {
        "rule": "plan together",
        "from_kind": "local health department",
        "relation": "planning",
        "alternatives": "hospital",
        "citation": "State plan",
    }
    organizations = [
        {"id": "d1", "name": "D1", "kind": "LHD"},
        {"id": "d2", "name": "D2", "kind": "LHD"},
        {"id": "d3", "name": "D3", "kind": "LHD"},
        {"id": "h", "name": "H", "kind": "hospital"},
    ]
    ties = [{"source": "d1", "target": "h", "relation": "planning", "reported_by": "d1"}]
    answers = [("d1", "yes"), ("d2", "yes"), ("d3", "no"), ("h", "yes")]
    responses = [{"respondent": o, "answered": a, "design": "roster"} for o, a in answers]
    net = make_network(organizations, ties, rules=[rule], responses=responses)
    found = [status_of(net, o, "plan together").status for o in ("d1", "d2", "d3")]
    assert found == ["one-sided", "missing on file", "unknown"]
