"""What each category could do next, and whom to ask, on cases made by hand."""

from __future__ import annotations

from typing import Any

from partnet.questions.partnerships.question import profile_partnerships

from .test_categories import COMPLETE, contract, join, make

HELP = [
    {"organization": "pantry", "service": "Meals"},
    {"organization": "pantry", "service": "meals"},
]


def step(organization: str, *args: Any, **tables: Any) -> tuple[str, str, str]:
    rows = profile_partnerships(make(*args, **tables)).tables["steps"].set_index("organization")
    if organization not in rows.index:
        return "", "", ""
    row = rows.loc[organization]
    return row["next"], row["partner"], row["step"]


def test_of_whom_nothing_is_known_the_partner_is_asked_and_nobody_far_away() -> None:
    assert step("pantry", [("pantry", "plan", "referral")]) == (
        "Planner", "plan", "Ask Health Plan what the two could plan together.",
    )  # fmt: skip
    assert step("pantry") == ("", "", "")


PLANS = [("pantry", "hospital", "planning")]


def test_a_planner_joins_a_table_where_others_like_it_sit() -> None:
    sits = step("pantry", PLANS, memberships=join("hospital", "church"))
    assert sits == ("Collaborator", "hospital", "Ask Hospital to bring it into Table.")
    apart = step("pantry", PLANS, memberships=join("hospital", "plan"))
    assert apart[2] == "Start a table with Hospital: no collective near has others like it."


def test_a_planner_that_sits_at_a_table_uses_it() -> None:
    own = [{"organization": "pantry", "partnership_category": "Planner"}]
    found = step("pantry", memberships=join("pantry", "plan"), profiles=own)
    assert found[1:] == ("plan", "Take what it explores to Table, where Health Plan sits too.")


def test_a_collaborator_offers_what_others_provide_under_contract() -> None:
    table = join("pantry", "hospital", "plan")
    bought = step(
        "pantry",
        memberships=table,
        services=HELP,
        agreements=contract("1", "shelter", "meals", "plan"),
    )
    assert bought == (
        "Network Provider", "plan", "Offer Meals to Health Plan under the contract others have.",
    )  # fmt: skip
    first = step("pantry", memberships=table, services=HELP)
    assert first[1:] == ("hospital", "Propose a contract to Hospital, for Meals.")
    blank = step("pantry", memberships=table)
    assert blank[2] == "Enter its services, then ask Hospital which to contract."


def test_a_sole_provider_wins_a_second_contractor_of_another_owner() -> None:
    tables = {"agreements": contract("1", "pantry", "meals"), "profiles": COMPLETE}
    table = join("pantry", "hospital", "plan")
    assert step("pantry", **tables, memberships=table) == (
        "a second contractor", "plan",
        "Offer Health Plan a contract for meals too, on the terms of the one with Hospital.",
    )  # fmt: skip
    owned = [{"organization": "plan", "parent": "hospital", "type": "owned"}]
    assert step("pantry", **tables, memberships=table, affiliations=owned) == ("", "", "")


def test_the_step_of_each_category_is_said_with_the_first() -> None:
    claims = profile_partnerships(make(PLANS, memberships=join("hospital", "church"))).claims
    assert claims["next_planner"] == {"organizations": 1, "first": "Pantry", "partner": "Hospital"}
