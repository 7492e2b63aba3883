"""Three practices, clause by clause, on the sample: every clause has its finding.

HRSA Strategic Partnership Sessions, the cross-sector guide (health care and public health), and
the Alliance's request for information; one test a clause, in the words of the practice.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.questions.alignment.stocktaking import SUCCESS, WHAT, WHOM, WHY
from partnet.report.model import FigureBlock

FILE = Path(__file__).parents[2] / "data/samples/stories.toml"
STORIES: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
DAY = STORIES["as_of"]
HOSPITAL, HEALTH = "Cedar County Hospital", "Chalk Hills District Health Department"


@pytest.fixture(scope="module")
def net() -> Network:
    return pn.load_sample()


@pytest.fixture(scope="module")
def knox(net: Network) -> Result:
    return pn.prepare_session(net, "Knox County", as_of=DAY)


@pytest.fixture(scope="module")
def platte(net: Network) -> Result:
    return pn.prepare_session(net, "Platte", as_of=DAY)


@pytest.fixture(scope="module")
def state(net: Network) -> Result:
    return pn.prepare_session(net, "NE", as_of=DAY)


@pytest.fixture(scope="module")
def pair(net: Network) -> Result:
    return pn.align_organizations(net, HOSPITAL, HEALTH, as_of=DAY)


@pytest.fixture(scope="module")
def partnerships(net: Network) -> Result:
    return pn.profile_partnerships(net, as_of=DAY)


# -- HRSA Strategic Partnership Sessions -----------------------------------------------------------


def test_hrsa_every_grantee_with_programs_dates_and_dollars(net: Network, knox: Result) -> None:
    grantees = knox.tables["grantees"].set_index("award")
    row = grantees.loc["WB-2605"]
    assert row["name"] == "Chalkstone Public Schools"
    assert row["program"] == "Windbreak community grants" and row["dollars"] == 25_000
    assert row["period_end"] == pd.Timestamp("2027-01-14")
    assert row["what_it_does"] == "school health"
    assert grantees.loc["90NE99701", "counted"] == "Madison County"  # serves Knox, counts at home
    running = net.table("funding")
    over = running[running["period_end"] < pd.Timestamp(DAY)]
    assert len(over) and not set(over["award"]) & set(grantees.index)


def test_hrsa_collective_investment_of_a_county_and_of_the_state(
    net: Network, knox: Result, state: Result
) -> None:
    assert "collective investment on file for fiscal year 2026 is $25,000" in knox.text
    by_year = state.tables["investment"].set_index("fiscal_year")["dollars"]
    whole = pn.describe_network(net, as_of=DAY).tables["investment"]["dollars"]
    assert by_year.to_dict() == pytest.approx(whole.to_dict())
    parents = STORIES["money_passed_on"]["parents"]
    funding = net.table("funding").set_index("award")
    passed = funding[funding["parent_award"].isin(parents)]["amount"].sum()
    assert by_year.sum() == pytest.approx(funding["amount"].sum() - passed)


def test_hrsa_health_indicators_as_the_starting_point(knox: Result) -> None:
    indicators = knox.tables["indicators"].set_index("indicator")
    for indicator in STORIES["coverage_desert"]["indicators"]:
        assert indicators.loc[indicator, "standing"].startswith("worst of")
        assert indicator.split(", percent")[0] in knox.text  # the unit stands with the value
    distress = indicators.loc[STORIES["session"]["indicator"]]
    assert (distress["earlier"], distress["change"]) == (19.6, "worse")


def test_hrsa_plans_as_the_starting_point(knox: Result) -> None:
    plans = knox.tables["plans"].set_index("name")["plan"]
    assert "mental health first" in plans[HEALTH]
    assert "Plans to build on: 4 plans on file" in knox.text


def test_hrsa_grantees_with_no_tie_on_file_and_whom_to_seat_together(
    net: Network, platte: Result
) -> None:
    a, b = STORIES["grantees_without_tie"]["organizations"]
    untied = (
        platte.tables["untied_pairs"][["organization", "partner"]]
        .apply(tuple, axis="columns")
        .tolist()
    )
    assert (a, b) in untied
    first = platte.tables["together"].iloc[0]
    assert {first["organization"], first["partner"]} == {a, b}
    seats = platte.table.set_index("organization")["table_number"]
    assert seats[a] == seats[b]
    assert f"{net.name(a)} and {net.name(b)}" in platte.text


def test_hrsa_seats_are_mixed(knox: Result, state: Result) -> None:
    for session in (knox, state):
        for _, table in session.table.groupby("table_number"):
            assert 2 <= len(table) <= 8 and table["sector"].nunique() >= len(table) / 2
            assert (table["n_ties"] > 0).any()
        assert (
            session.method.settings["value of the seating plan"]
            > 0.75 * (session.method.settings["bound"])
        )


def test_hrsa_synergies_serve_the_same_people_and_places(platte: Result, knox: Result) -> None:
    a, b = STORIES["grantees_without_tie"]["organizations"]
    rows = platte.tables["synergies"].set_index(["organization", "partner"])
    row = rows.loc[(a, b)]
    assert row["status"] == "no tie on file" and row["places"] == "Platte County"
    assert STORIES["grantees_without_tie"]["program"] in row["programs"]
    both = knox.tables["synergies"].set_index("partner_name").loc["Ironweed Area Agency on Aging"]
    assert "caregiver support for caregivers" in both["shared"]


def test_hrsa_how_program_requirements_interconnect(knox: Result) -> None:
    rows = knox.tables["requirements"].set_index("topic")
    assessment = rows.loc["needs assessment"]
    assert assessment["every_years"] == 3 and "26 CFR 1.501(r)-3" in assessment["citation"]
    assert "health needs assessment" in assessment["what"] and "area plan" in assessment["what"]
    assert assessment["no_tie"] > 0
    assert "Requirements that could be met together: emergency preparedness" in knox.text


def test_hrsa_external_partners_to_invite(net: Network, knox: Result) -> None:
    provider = STORIES["coverage_desert"]["nearest_provider"]
    guests = knox.tables["guests"]
    assert guests["organization"].iloc[0] == provider
    assert "behavioral health (Knox County)" in guests["reasons"].iloc[0]
    assert set(guests["organization"]) <= set(knox.table["organization"])
    assert net.convener not in set(knox.table["organization"])


def test_hrsa_kick_off_session_and_follow_up(knox: Result) -> None:
    agenda = knox.tables["agenda"]
    assert agenda["stage"].unique().tolist() == ["kick-off", "session", "follow-up"]
    assert agenda.groupby("stage")["minutes"].sum().max() <= 240
    assert agenda["with_what"].str.contains("frequent mental distress").any()
    assert agenda["item"].str.contains("polic", case=False).sum() == 2


def test_hrsa_register_of_outcomes_checked_against_the_data(net: Network, knox: Result) -> None:
    story = STORIES["outcomes"]
    register = pn.check_outcomes(net, as_of=DAY).table
    found = {(r.owner, r.other): (r.state, r.evidence) for r in register.itertuples()}
    for state in ("done", "overdue", "open", "dropped", "unseen"):
        ends = tuple(story[state])
        wanted = "done" if state == "unseen" else state
        assert found[ends][0] == wanted, state
    assert "no tie on file" in found[tuple(story["unseen"])][1]
    assert "TA-90" in found[tuple(story["signed"])][1]
    assert set(register["type"]) == {
        "new relationship", "clarified issue", "action step", "policy feedback",
    }  # fmt: skip
    assert "Overdue: Chalkstone Memorial Hospital and Quiet Meadow" in knox.text


def test_hrsa_feedback_on_policies_is_collected(knox: Result) -> None:
    assert knox.tables["feedback"]["outcome"].tolist()[0].startswith("Allow counseling by video")


def test_hrsa_drafts_can_be_pasted_into_the_register(net: Network, knox: Result) -> None:
    drafts = knox.tables["proposed"]
    tables = {**net.tables, "outcomes": drafts.astype({"place": str})}
    again = pn.read_network(tables)
    assert [p for p in again.problems if p.table == "outcomes"] == []
    assert (pn.check_outcomes(again, as_of=DAY).table["state"] == "open").all()


# -- Health care and public health: the cross-sector guide -----------------------------------------


@pytest.mark.slow
def test_guide_stock_taking_profile(net: Network) -> None:
    profile = pn.describe_organization(net, HOSPITAL, as_of=DAY).table
    assert profile["section"].unique().tolist() == [WHOM, WHAT, WHY, SUCCESS]
    said = profile.set_index("topic")["on_file"]
    clauses = {
        "geography": "Knox County",
        "socio-economics": "without insurance",
        "people and age groups": "farm families",
        "health status": "depression",
        "payers": "Medicare 61 %",
        "model": "swing beds",
        "legal duties": "needs assessment",
        "funding sources": "$240,000 Rural Health Care Services Outreach Program",
        "funding cycles": "April 30, 2027",
        "mission": "Care close to home",
        "viability": "nursing staff",
        "strategy": "keep older adults at home",
        "measures of success": "readmissions within 30 days",
    }
    for topic, words in clauses.items():
        assert words in said[topic], topic


@pytest.mark.slow
def test_guide_blanks_are_questions_to_ask(net: Network) -> None:
    result = pn.describe_organization(net, "Chalkstone Clinic", as_of=DAY)
    blank = result.table[result.table["on_file"] == ""]
    assert {"mission", "payers", "measures of success"} <= set(blank["topic"])
    assert blank["question"].str.endswith("?").all()
    assert "not on file and left to ask" in result.text


def test_guide_shared_populations_geography_and_services(pair: Result) -> None:
    shared = pair.table.groupby("what")["entry"].agg(set)
    assert "older adults" in shared["population"]
    assert shared["county"] == {"Cedar County", "Dixon County", "Knox County"}
    assert shared["service"] == {"diabetes prevention"}
    assert shared["group"] == {"Northeast Care Transitions Coalition"}


def test_guide_what_each_cannot_do_alone(net: Network, pair: Result) -> None:
    brings = pair.tables["brings"].groupby("name")["brings"].agg(set)
    assert "emergency care" in brings[HOSPITAL] and "immunization" in brings[HEALTH]
    assert not brings[HOSPITAL] & brings[HEALTH]
    needed = pair.tables["brings"].set_index("brings")["needed"]
    assert needed["immunization"] == "Cedar County and Dixon County"


def test_guide_assessment_cycles_that_could_be_coordinated(pair: Result) -> None:
    first = pair.tables["cycles"].iloc[0]
    assert (first["cycle"], first["organization_says"], first["meets"]) == (
        "needs assessment",
        "2028",
        "yes",
    )
    assert "both are due in 2028" in pair.text


def test_guide_commitments_roles_and_who_bears_which_cost(pair: Result) -> None:
    rows = pair.tables["commitments"]
    assert {"commitment", "role", "cost", "data", "decision"} == set(rows["topic"])
    costs = rows[rows["topic"] == "cost"]
    assert costs["on_file"].str.contains("April 30, 2027").any()
    assert "counseling" in rows.loc[rows["topic"] == "commitment", "on_file"].iloc[0]


def test_guide_a_multi_year_plan(pair: Result) -> None:
    plan = pair.tables["plan"]
    assert plan["year"].unique().tolist() == ["year 1 (2026)", "year 2 (2027)", "year 3 (2028)"]
    due = plan[plan["because"] == "due in 2028"]
    assert len(due) == 2 and due["step"].str.contains("Needs assessment").all()


def test_guide_a_neutral_facilitator_and_a_project_manager(net: Network, pair: Result) -> None:
    proposed = pair.tables["facilitators"]
    free = proposed[proposed["stakes"] == ""]
    assert free["organization"].iloc[0] == STORIES["facilitator"]["organization"]
    assert "ask both whether they see it as neutral" in pair.text
    barred = proposed.set_index("organization")["stakes"]
    assert barred[barred != ""].str.contains("it offers|contract|transferred|money|paid from").all()
    assert "works with both" in pair.tables["managers"]["reasons"].iloc[0]
    assert not {HOSPITAL, HEALTH} & set(proposed["name"])


def test_guide_goals_and_measures_over_time(pair: Result) -> None:
    measures = pair.tables["measures"].set_index("measure")["whose"]
    assert measures["falls among older adults"] == "both"
    trends = pair.tables["trends"].set_index(["county", "indicator"])
    assert trends.loc[("Knox County", STORIES["session"]["indicator"]), "change"] == "worse"


def test_guide_a_report_for_each_partners_leaders(pair: Result) -> None:
    leaders = pair.tables["leaders"]
    for name in (HOSPITAL, HEALTH):
        points = leaders[leaders["name"] == name].set_index("point")["text"]
        assert points.str.len().min() > 5
        assert points["How you would know"] == "falls among older adults"
    report = pn.build_brief(pair)
    assert report.section("leaders-1").title == f"For the leaders of {HOSPITAL}"


def test_guide_community_voice(pair: Result) -> None:
    voices = pair.tables["voices"].set_index("name")
    assert voices.loc["Bow Creek Senior Center", "speaks_for"] == "residents"
    assert "Community voice: Bow Creek Senior Center" in pair.text


def test_guide_a_warning_when_additional_partners_are_needed(net: Network, pair: Result) -> None:
    story = STORIES["coverage_desert"]
    row = pair.tables["missing"].iloc[0]
    assert (row["service"], row["county"]) == (story["service"], f"{story['county']} County")
    assert row["nearest"] == net.name(story["nearest_provider"])
    assert "Additional partners are needed: neither offers behavioral health" in pair.text


# -- The Alliance's request for information --------------------------------------------------------


@pytest.mark.parametrize("key", ["planner", "collaborator", "network_provider", "exclusive"])
def test_alliance_categories(partnerships: Result, key: str) -> None:
    story = STORIES["partnership_categories"]
    category = {
        "planner": "Planner",
        "collaborator": "Collaborator",
        "network_provider": "Network Provider",
        "exclusive": "Exclusive Provider",
    }[key]
    assert partnerships.table.loc[story[key], "category"] == category


def test_alliance_read_off_ties_and_overridden_by_the_own_answer(partnerships: Result) -> None:
    row = partnerships.table.loc[STORIES["partnership_categories"]["disagrees"]]
    assert (row["own_answer"], row["agrees"], row["also"]) == ("Planner", "no", "Collaborator")
    assert "answer differs from the file" in partnerships.text


def test_alliance_exclusive_only_where_the_provider_list_is_on_file(partnerships: Result) -> None:
    row = partnerships.table.loc[STORIES["partnership_categories"]["exclusive"]]
    assert row["basis"] == "on file" and "whose providers are on file" in row["evidence"]


def test_alliance_both_uniform_and_sole_contracts(partnerships: Result) -> None:
    row = partnerships.table.loc[STORIES["partnership_categories"]["both"]]
    assert (row["category"], row["also"]) == ("Exclusive Provider", "Network Provider")


def test_alliance_without_evidence_unclassified(partnerships: Result) -> None:
    unread = partnerships.table[partnerships.table["category"] == "unclassified"]
    assert len(unread) and (unread["basis"] == "").all() and (unread["evidence"] == "").all()
    assert "Unclassified means that what is on file does not tell" in partnerships.text


def test_alliance_four_themes_per_respondent(partnerships: Result) -> None:
    themes = partnerships.tables["themes"]
    assert themes["theme"].unique().size == 4
    about = set(themes["about"])
    assert {"priority", "competencies enhanced", "challenge"} <= about
    assert {"intent", "services", "contractor type", "quantified savings"} <= about
    counts = partnerships.tables["theme_counts"].set_index("category")
    assert counts.loc["Exclusive Provider", "savings"] == 226_000


def test_alliance_tables_and_charts_category_by_theme(partnerships: Result) -> None:
    report = pn.build_brief(partnerships)
    blocks = [block for section in report.sections for block in section.blocks]
    figure = next(block for block in blocks if isinstance(block, FigureBlock))
    assert "Exclusive Provider: 2 on strategic prioritization" in figure.alt
    assert figure.svg.startswith(b"<?xml")
    sheets = [block.sheet for _, block in report.tables()]
    assert {"Category x theme", "Themes", "Disagreements", "Partnerships"} <= set(sheets)
