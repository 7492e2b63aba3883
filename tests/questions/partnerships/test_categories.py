"""The Alliance's categories follow their definitions, on cases made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from partnet.core.network import Network
from partnet.questions.partnerships.question import profile_partnerships

from ...builders import make_network

HOSPITAL = {"id": "hospital", "name": "Hospital", "kind": "hospital"}
PLAN = {"id": "plan", "name": "Health Plan", "kind": "payer"}
PANTRY = {"id": "pantry", "name": "Pantry", "kind": "food"}
SHELTER = {"id": "shelter", "name": "Shelter", "kind": "housing"}
CHURCH = {"id": "church", "name": "Church", "kind": "faith"}
EVERYBODY = [HOSPITAL, PLAN, PANTRY, SHELTER, CHURCH]
COMPLETE = [{"organization": "hospital", "provider_list": "complete"}]


def contract(paper: str, provider: str, service: str, buyer: str = "hospital") -> list[Mapping]:
    """The two rows of a contract."""
    row = {"agreement": paper, "type": "service contract", "topic": service, "status": "executed"}
    return [{**row, "organization": buyer}, {**row, "organization": provider}]


def read(net: Network, organization: str) -> tuple[str, str]:
    row = profile_partnerships(net).table.loc[organization]
    return row["category"], row["also"]


def make(ties: Any = (), organizations: Any = EVERYBODY, **tables: Any) -> Network:
    return make_network(organizations, ties, **tables)


def test_without_evidence_nobody_is_classified() -> None:
    net = make([("pantry", "shelter", "referral")])
    assert read(net, "pantry") == ("unclassified", "")
    found = profile_partnerships(net)
    assert found.facts == (), "no tile says five times nothing"
    assert str(found.sentences[0]).startswith("What is on file does not tell how 3 community-based")
    assert str(found.sentences[1]).startswith("Ask Church")


@pytest.mark.parametrize("relation", ["planning", "information_sharing"])
def test_only_exploring_makes_a_planner(relation: str) -> None:
    assert read(make([("pantry", "hospital", relation)]), "pantry") == ("Planner", "")


def test_work_beyond_exploring_makes_no_planner() -> None:
    ties = [("pantry", "hospital", "planning"), ("pantry", "hospital", "referral")]
    assert read(make(ties), "pantry") == ("unclassified", "")


def test_an_exploratory_stage_makes_a_planner() -> None:
    exploring = [HOSPITAL, {**PANTRY, "stage": "exploratory"}]
    assert read(make(organizations=exploring), "pantry") == ("Planner", "")


def join(*members: str, kind: str = "coalition") -> list[dict[str, str]]:
    return [{"organization": m, "group": "Table", "group_kind": kind} for m in members]


def test_a_collective_with_health_care_makes_collaborators() -> None:
    net = make(memberships=join("pantry", "shelter", "hospital"))
    assert read(net, "pantry") == ("Collaborator", "")
    assert read(net, "church") == ("unclassified", "")


def test_a_collective_without_health_care_makes_none() -> None:
    assert read(make(memberships=join("pantry", "shelter")), "pantry")[0] == "unclassified"
    system = make(memberships=join("pantry", "hospital", kind="health system"))
    assert read(system, "pantry")[0] == "unclassified"


def test_uniform_services_make_network_providers() -> None:
    papers = [*contract("1", "pantry", "Meals"), *contract("2", "shelter", "meals")]
    net = make(agreements=papers, profiles=COMPLETE)
    assert read(net, "pantry") == read(net, "shelter") == ("Network Provider", "")


def test_the_same_service_for_another_contractor_is_not_uniform() -> None:
    papers = [*contract("1", "pantry", "meals"), *contract("2", "shelter", "meals", "plan")]
    net = make(agreements=papers, profiles=COMPLETE)
    assert read(net, "pantry") == ("Exclusive Provider", "")
    assert read(net, "shelter") == ("unclassified", "")  # the plan's list is not on file


def test_one_contract_with_many_providers_is_uniform() -> None:
    row = {"agreement": "1", "type": "contract", "topic": "meals", "status": "executed"}
    parties = ["hospital", "pantry", "shelter"]
    net = make(agreements=[{**row, "organization": party} for party in parties])
    assert read(net, "shelter") == ("Network Provider", "")


def test_a_sole_provider_is_exclusive_only_where_the_list_is_on_file() -> None:
    papers = contract("1", "pantry", "meals")
    assert read(make(agreements=papers, profiles=COMPLETE), "pantry")[0] == "Exclusive Provider"
    unknown = make(agreements=papers)
    assert read(unknown, "pantry")[0] == "unclassified"
    said = profile_partnerships(unknown).table.loc["pantry", "open"]
    assert "provider list" in said and "not known" in said


@pytest.mark.parametrize(
    ("answered", "design", "category"),
    [
        ("yes", "roster", "Exclusive Provider"),
        ("yes", "free recall", "unclassified"),
        ("no", "roster", "unclassified"),
    ],
)
def test_a_roster_survey_on_contracts_is_a_provider_list(
    answered: str, design: str, category: str
) -> None:
    answers = [
        {"respondent": "hospital", "relation": "contract", "answered": answered, "design": design}
    ]
    net = make(agreements=contract("1", "pantry", "meals"), responses=answers)
    assert read(net, "pantry")[0] == category


def test_a_contract_without_its_service_leaves_both_open() -> None:
    papers = contract("1", "pantry", "meals")
    net = make([("hospital", "shelter", "contract")], agreements=papers, profiles=COMPLETE)
    assert read(net, "pantry")[0] == "unclassified"  # the shelter might provide meals too
    assert "for which service" in profile_partnerships(net).table.loc["shelter", "open"]


def test_drafts_and_ended_contracts_do_not_count() -> None:
    papers = contract("1", "pantry", "meals")
    for status in ("draft", "expired"):
        rows = [{**row, "status": status} for row in papers]
        assert read(make(agreements=rows, profiles=COMPLETE), "pantry")[0] == "unclassified"
    ended = [{**row, "expires": "2024-12-31"} for row in papers]
    net = make(agreements=ended, profiles=COMPLETE)
    result = profile_partnerships(net, as_of="2025-06-30")
    assert result.table.loc["pantry", "category"] == "unclassified"


def test_both_uniform_and_sole_contracts_are_both_told() -> None:
    """The deepest is the main one, and nothing is lost."""
    papers = [
        *contract("1", "pantry", "meals"),
        *contract("2", "shelter", "meals"),
        *contract("3", "pantry", "grocery boxes"),
    ]
    net = make(agreements=papers, profiles=COMPLETE)
    row = profile_partnerships(net).table.loc["pantry"]
    assert (row["category"], row["also"]) == ("Exclusive Provider", "Network Provider")
    assert "sole provider of grocery boxes" in row["evidence"]
    assert "meals for Hospital, as Shelter too" in row["evidence"]
    assert read(net, "shelter") == ("Network Provider", "")


def test_its_own_answer_wins_and_disagreement_is_listed() -> None:
    answers = [{"organization": "pantry", "partnership_category": "Planner"}]
    net = make(memberships=join("pantry", "hospital"), profiles=answers)
    result = profile_partnerships(net)
    row = result.table.loc["pantry"]
    assert (row["category"], row["basis"], row["agrees"]) == ("Planner", "own answer", "no")
    assert row["also"] == "Collaborator"
    assert result.tables["disagreements"]["organization"].tolist() == ["pantry"]
    assert "1 answer differs from the file" in result.text


def test_an_answer_that_is_one_of_several_is_no_disagreement() -> None:
    answers = [{"organization": "pantry", "partnership_category": "Collaborator"}]
    net = make(
        [("pantry", "hospital", "planning")],
        memberships=join("pantry", "hospital"),
        profiles=answers,
    )
    assert profile_partnerships(net).table.loc["pantry", "agrees"] == "yes"


def test_themes_are_counted_by_category() -> None:
    answers = [
        {"organization": "pantry", "partnership_category": "Planner", "challenges": "Time; data"},
        {"organization": "shelter", "partnership_category": "Planner", "challenges": "time"},
        {"organization": "church", "savings": "12000", "contract_intent": "fewer falls"},
    ]
    tables = profile_partnerships(make(profiles=answers)).tables
    rows = tables["themes"].set_index(["category", "about", "answer"])
    assert rows.loc[("Planner", "challenge", "Time"), ["organizations", "share"]].tolist() == [2, 1]
    assert rows.loc[("Planner", "challenge", "data"), "share"] == 0.5
    assert ("unclassified", "quantified savings", "$12,000 a year") in rows.index
    counts = tables["theme_counts"].set_index("category")
    assert counts.loc["Planner", "challenges"] == 2 and counts.loc["Planner", "benefits"] == 0
    assert counts.loc["unclassified", "savings"] == 12000


def test_hospitals_are_not_profiled_unless_they_answered() -> None:
    assert "hospital" not in profile_partnerships(make()).table.index
    answered = make(profiles=[{"organization": "hospital", "challenges": "time"}])
    assert "hospital" in profile_partnerships(answered).table.index
