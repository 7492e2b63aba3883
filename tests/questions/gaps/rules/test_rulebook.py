"""Rules in their details: owners, attributes, topics, own rules, networks without an office."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from partnet import build_network, find_gaps, load_sample, read_network
from partnet.core.network import Network

from ....builders import make_network
from ....shared_data import CMS, FCC, needs_shared_data

DAY = "2026-06-30"
TRANSFER = "Patient referral and transfer agreement"


def sign(name: str, *parties: str, **more: str) -> list[dict[str, str]]:
    """Rows of one executed agreement."""
    return [{"agreement": name, "organization": o, "status": "executed", **more} for o in parties]


def judge(net: Network, rule: str, organization: str = "") -> Any:
    """The row of one rule and organization, by the beginning of the rule."""
    rules = find_gaps(net, "rule", as_of=DAY).tables["rules"]
    found = rules[rules["rule"].str.startswith(rule)]
    return found[found["organization"] == organization].iloc[0]


def emergency_network(level: str) -> Network:
    organizations = [
        {"id": "reh", "name": "Reh", "kind": "rural_emergency_hospital", "trauma_level": ""},
        {"id": "big", "name": "Big", "kind": "hospital", "trauma_level": level},
        {"id": "far", "name": "Far", "kind": "hospital", "trauma_level": "II"},
    ]
    return make_network(organizations, agreements=sign("T", "reh", "big", type="transfer"))


@pytest.mark.parametrize(
    ("level", "status"), [("I", "met"), ("II", "met"), ("IV", "missing on file"), ("", "unknown")]
)
def test_a_trauma_center_counts_where_its_level_is_known(level: str, status: str) -> None:
    row = judge(emergency_network(level), "Transfer agreement with a trauma center", "reh")
    assert row.status == status
    assert "485.538" in row.citation and row.checked_on == "2026-11-27"
    if status == "unknown":
        assert "trauma_level of it is not on file" in row.evidence
    if status == "missing on file":
        assert row.other == "far" and "does not count" in row.evidence


def grantee(affiliations: list[dict[str, str]], **columns: list[str]) -> Network:
    organizations = [
        {"id": o, "name": o.upper(), "kind": "hospital"}
        | {name: values[k] for name, values in columns.items()}
        for k, o in enumerate("abc")
    ]
    funding = [{"recipient": "a", "program": "Rural Health Network Development", "amount": 300000}]
    tables = {"affiliations": affiliations} if affiliations else {}
    signed = sign("M", "a", "b", "c", type="memorandum of understanding")
    return make_network(organizations, funding=funding, agreements=signed, **tables)


def test_members_of_one_owner_count_once() -> None:
    rule = "Network of at least three separately owned"
    free = judge(grantee([]), rule, "a")
    assert free.status == "met" and "who owns whom is not on file" in free.evidence
    system = [{"organization": o, "parent": "Big System", "type": "owned"} for o in "bc"]
    assert judge(grantee(system), rule, "a").status == "missing on file"
    assert "separately owned" in judge(grantee(system), rule, "a").evidence
    managed = [{"organization": o, "parent": "Big System", "type": "managed"} for o in "bc"]
    assert judge(grantee(managed), rule, "a").status == "met"
    same = grantee(managed, ein=["12-3456789", "98-7654321", "987654321"])
    assert judge(same, rule, "a").status == "missing on file"


def test_a_planning_grant_is_another_program() -> None:
    net = make_network(
        "ab",
        funding=[
            {"recipient": "a", "program": "Rural Health Network Development Planning", "amount": 1}
        ],
        agreements=sign("X", "a", "b"),
    )
    rules = find_gaps(net, "rule", as_of=DAY).tables["rules"]
    assert not rules["rule"].str.startswith("Network of at least three").any()


def hospitals(agreements: list[dict[str, str]]) -> Network:
    organizations = [
        {"id": "cah", "name": "Cah", "kind": "CAH"},
        {"id": "hub", "name": "Hub", "kind": "hospital"},
    ]
    members = [
        {"organization": o, "group": "Plains Net", "group_kind": "rural health network"}
        for o in ("cah", "hub")
    ]
    return make_network(organizations, memberships=members, agreements=agreements)


def test_the_topic_says_what_an_agreement_is_about() -> None:
    net = hospitals(
        sign("A", "cah", "hub", topic="Patient referral and transfer; communications systems")
    )
    assert judge(net, TRANSFER, "cah").status == "met"
    assert judge(net, "Communications systems", "cah").status == "met"
    assert judge(net, "Emergency and nonemergency", "cah").status == "missing on file"


def test_an_agreement_without_its_other_party_is_one_sided() -> None:
    row = judge(hospitals(sign("A", "cah", type="transfer")), TRANSFER, "cah")
    assert row.status == "one-sided" and "not with whom" in row.evidence
    assert row.next_step == "Ask Cah with whom the agreement is, and enter the other party."


def test_what_is_not_in_force_is_named() -> None:
    ended = hospitals(sign("A", "cah", "hub", type="transfer", expires="2026-01-31"))
    assert "A ended on January 31, 2026" in judge(ended, TRANSFER, "cah").evidence
    renews = sign("A", "cah", "hub", type="transfer", expires="2026-01-31", renews="yes")
    assert judge(hospitals(renews), TRANSFER, "cah").status == "met"
    later = hospitals(sign("A", "cah", "hub", type="transfer", effective="2027-01-01"))
    assert "begins on January 1, 2027" in judge(later, TRANSFER, "cah").evidence


def test_a_network_without_an_office_is_judged() -> None:
    net = hospitals(sign("A", "cah", "hub", type="transfer"))
    rules = find_gaps(net, "rule", as_of=DAY).tables["rules"]
    own = rules[rules["organization_name"] == "Plains Net"].set_index("citation")["status"]
    assert own.to_dict() == {
        "42 CFR 485.603(a)(1)": "met",
        "42 CFR 485.603(a)(2)": "met",
        "42 CFR 485.603(b)(1)": "met",
        "42 CFR 485.603(b)(2)": "missing on file",
        "42 CFR 485.603(b)(3)": "missing on file",
    }
    nothing = judge(hospitals([]), "Members have an agreement on patient")
    assert nothing.status == "unknown"
    assert rules["gap_id"].is_unique


def test_an_own_rule_of_the_same_name_replaces_the_shipped_one() -> None:
    own = {
        "rule": TRANSFER,
        "from_kind": "CAH",
        "relation": "transfer",
        "alternatives": "hub",
        "citation": "State plan",
    }
    organizations = [
        {"id": "cah", "name": "Cah", "kind": "CAH"},
        {"id": "hub", "name": "Hub", "kind": "hospital"},
    ]
    net = make_network(organizations, [("cah", "hub", "transfer")], rules=[own])
    row = judge(net, TRANSFER, "cah")
    assert (row.status, row.citation) == ("met", "State plan")


def test_own_rules_may_speak_to_any_kind_of_any_relation_with_a_weight() -> None:
    own = {
        "rule": "grantees work with public health",
        "from_kind": "Any",
        "applies_if": "grantee of Rural Opioid",
        "relation": "any",
        "alternatives": "local health department",
        "weight": "0.5",
        "citation": "State plan",
    }
    organizations = [
        {"id": "g", "name": "G", "kind": "food"},
        {"id": "o", "name": "O", "kind": "food"},
        {"id": "h", "name": "H", "kind": "LHD"},
    ]
    funding = [{"recipient": "g", "program": "Rural opioid response", "amount": 5}]
    net = make_network(organizations, [("o", "h")], rules=[own], funding=funding)
    rules = find_gaps(net, "rule", as_of=DAY).tables["rules"]
    row = rules[rules["rule"] == own["rule"]]
    assert row[["organization", "status", "severity", "other"]].values.tolist() == [
        ["g", "missing on file", 0.45, "h"]
    ]


def test_a_misspelt_alternative_is_not_called_missing() -> None:
    own = {
        "rule": "own",
        "from_kind": "hospital",
        "relation": "referral",
        "alternatives": "hospitall",
        "citation": "x",
    }
    row = judge(make_network("ab", [("a", "b", "referral")], rules=[own]), "own", "a")
    assert row.status == "unknown" and '"hospitall"' in row.evidence


def test_who_did_not_answer_is_unknown_also_for_any_relation() -> None:
    organizations = [
        {"id": "s", "name": "S", "kind": "state office of rural health"},
        {"id": "q", "name": "Q", "kind": "QIO"},
    ]
    tie = {"source": "s", "target": "q", "relation": "referral", "reported_by": "s"}

    def status(answered: str, ties: list[Any]) -> str:
        responses = [
            {"respondent": "s", "answered": answered},
            {"respondent": "q", "answered": "yes"},
        ]
        net = make_network(organizations, ties or [("q", "q", "referral")], responses=responses)
        return str(judge(net, "Flex Program works with the quality", "s").status)

    assert status("yes", [tie]) == "one-sided"
    assert status("no", [tie]) == "met"  # the other side has not answered: nothing speaks against
    assert status("no", []) == "unknown"


def test_every_gap_has_severity_owner_next_step_and_every_rule_its_source() -> None:
    result = find_gaps(load_sample("prairie"), as_of=DAY)
    gaps, rules = result.table, result.tables["rules"]
    assert gaps["kind"].nunique() == 8
    assert gaps["severity"].between(0, 1, inclusive="right").all()
    for column in ("owner", "next_step", "evidence", "status"):
        assert gaps[column].str.len().gt(0).all(), column
    assert rules["citation"].str.len().gt(0).all()
    assert rules["checked_on"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    said = " ".join([*gaps["evidence"], *gaps["next_step"], *result.sentences]).lower()
    assert "violat" not in said and "complian" not in said and "never worked" not in said


def test_the_page_for_a_director_has_every_kind_and_no_more_than_twelve_lines() -> None:
    result = find_gaps(load_sample("prairie"), as_of=DAY)
    top = result.tables["top"]
    assert len(top) == 12 and top["kind"].value_counts().max() == 3
    assert top["kind"].nunique() >= 7 and top["severity"].is_monotonic_decreasing
    assert top["gap_id"].iloc[0] == result.table["gap_id"].iloc[0]
    assert result.tables["kinds"]["gaps"].sum() == len(result.table)
    assert result.sentences[0].startswith(f"{len(result.table)} gaps are open")


# -- a whole State from public files ---------------------------------------------------------------

IN_NETWORK, LISTED, SIGNED = 40, 21, 14


@pytest.mark.slow
@needs_shared_data
def test_nebraska_with_agreements_of_a_third_of_its_hospitals(tmp_path: Any) -> None:
    build_network(tmp_path / "ne", [CMS, FCC], state="NE")
    net = read_network(tmp_path / "ne")
    kinds = net.organizations["kind"]
    cahs = sorted(net.ids[kinds == "critical_access_hospital"])
    hub = sorted(net.ids[kinds == "hospital"])[0]
    assert len(cahs) // 3 == pytest.approx(LISTED, abs=1)
    # In the network: the first 40. Listed: 14 with all agreements, 3 with communications only, and
    # 4 outside the network with a transfer agreement.
    signed, partly, outside = cahs[:SIGNED], cahs[SIGNED : SIGNED + 3], cahs[IN_NETWORK:][:4]
    members = [
        {"organization": o, "group": "Plains Net", "group_kind": "rural health network"}
        for o in [*cahs[:IN_NETWORK], hub]
    ]
    rows = [
        row
        for o in [*signed, *outside]
        for row in sign(f"T {o}", o, hub, type="transfer agreement")
    ]
    rows += [row for o in partly for row in sign(f"C {o}", o, hub, type="communications agreement")]
    tables = {name: net.table(name).drop(columns="provenance") for name in net.tables}
    tables["memberships"] = pd.concat([tables["memberships"], pd.DataFrame(members)]).fillna("")
    tables["agreements"] = pd.DataFrame(rows)
    result = find_gaps(read_network(tables), "rule", as_of="2026-11-01")
    rules = result.tables["rules"]
    status = rules[rules["rule"] == TRANSFER].set_index("organization")["status"]
    assert len(status) == len(cahs)
    assert set(status[signed]) == {"met"}
    assert set(status[partly]) == {"missing on file"}
    assert set(status[cahs[SIGNED + 3 : IN_NETWORK]]) == {"unknown"}
    assert set(status[cahs[IN_NETWORK:]]) == {"does not apply"}
    assert (
        f"first: {net.name(partly[0])}" in result.text or "expected and not on file" in result.text
    )
    without = {k: v for k, v in tables.items() if k != "agreements"}
    blank = find_gaps(read_network(without), "rule", as_of="2026-11-01").tables["rules"]
    blank = blank[blank["rule"] == TRANSFER].set_index("organization")["status"]
    assert set(blank[cahs[:IN_NETWORK]]) == {"unknown"}  # no sheet is unknown, not missing


def test_of_a_rule_that_anybody_satisfies_fellows_are_asked_and_not_the_pantry_next_door() -> None:
    """A grantee of three: its network first, then who works with it, else it is asked itself."""
    people = [
        {"id": "own", "name": "Own", "kind": "hospital", "county_fips": "31107"},
        {"id": "food", "name": "Food", "kind": "food", "county_fips": "31107"},
        {"id": "fellow", "name": "Fellow", "kind": "hospital", "county_fips": "31027"},
        {"id": "sister", "name": "Sister", "kind": "hospital", "county_fips": "31107"},
        {"id": "clinic", "name": "Clinic", "kind": "free_clinic", "county_fips": "31003"},
    ]
    funding = [{"recipient": "own", "program": "Rural Health Network Development", "amount": 1}]
    given: dict[str, Any] = {
        "funding": funding,
        "agreements": sign("M", "own", "sister", type="mutual aid"),
        "affiliations": [
            {"organization": o, "parent": "Plains", "type": "owned"} for o in ("own", "sister")
        ],
    }
    groups = [{"organization": o, "group": "North"} for o in ("own", "fellow", "sister")]
    ties = [("own", "clinic")]
    rule = "Network of at least three"
    row = judge(make_network(people, ties, memberships=groups, **given), rule, "own")
    assert (row.status, row.other) == ("missing on file", "fellow")
    assert row.next_step.endswith(
        "Fellow is the nearest of those it works or sits in a group with."
    )
    assert judge(make_network(people, ties, **given), rule, "own").other == "clinic"
    row = judge(make_network(people, **given), rule, "own")
    assert row.other == ""
    assert row.next_step == "Ask Own with whom it is arranged, and enter it."
