"""Two organizations side by side, on cases made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.questions.alignment.question import align_organizations
from partnet.questions.organization.question import describe_organization

from ...builders import make_network

DAY = "2026-06-30"
BOTH = [
    {"id": "a", "name": "A", "kind": "hospital"},
    {"id": "b", "name": "B", "kind": "local_health_department"},
]


def make(*more: dict[str, Any], ties: Any = (), **tables: Any) -> Network:
    return make_network([*BOTH, *more], ties, **tables)


def align(net: Network) -> Any:
    return align_organizations(net, "A", "B", as_of=DAY)


@pytest.mark.parametrize(
    ("years", "meets", "words"),
    [
        ((2027, 2027), "yes", "one assessment could serve both"),
        ((2027, 2028), "no", "bring B's forward to 2027, or ask whether A may wait until 2028"),
        ((2028, 2027), "no", "bring A's forward to 2027, or ask whether B may wait until 2028"),
        ((2027, ""), "not known", "ask B when the next one is due"),
        (("", ""), "not known", "ask A and B when the next one is due"),
    ],
)
def test_assessment_cycles(years: tuple[Any, Any], meets: str, words: str) -> None:
    profiles = [
        {"organization": o, "assessment_year": year, "mission": "m"}
        for o, year in zip("ab", years, strict=True)
    ]
    row = align(make(profiles=profiles)).tables["cycles"].iloc[0]
    assert row["meets"] == meets and words in row["note"]


@pytest.mark.parametrize(("end", "meets"), [("2027-03-31", "yes"), ("2028-01-31", "no")])
def test_funding_cycles_meet_within_three_months(end: str, meets: str) -> None:
    funding = [
        {"recipient": "a", "program": "P", "amount": 10, "period_end": "2027-05-31"},
        {"recipient": "b", "program": "Q", "amount": 10, "period_end": end},
    ]
    rows = align(make(funding=funding)).tables["cycles"].set_index("cycle")
    assert rows.loc["funding", "meets"] == meets


def facilitator(net: Network, id: str) -> str:
    table = align(net).tables["facilitators"].set_index("organization")
    return str(table.loc[id, "stakes"])


TRIAD = [("a", "z", "planning"), ("b", "z", "planning")]
CLUB = {"id": "z", "name": "Club", "kind": "civic"}


def test_position_proposes() -> None:
    assert facilitator(make(CLUB, ties=TRIAD), "z") == ""


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"funding": [{"funder": "a", "recipient": "z", "program": "P", "amount": 5}]}, "money"),
        ({"affiliations": [{"organization": "z", "parent": "b", "type": "owned"}]}, "ownership"),
        ({"services": [{"organization": o, "service": "meals"} for o in "az"]}, "it offers meals"),
        ({"ties": [*TRIAD, ("a", "z", "contract")]}, "it has a contract with"),
        ({"ties": [*TRIAD, ("z", "b", "transfer")]}, "patients are transferred"),
        (
            {"funding": [{"recipient": o, "program": "Outreach", "amount": 5} for o in "az"]},
            "are paid from Outreach",
        ),
    ],
)
def test_stakes_disqualify(tables: dict[str, Any], words: str) -> None:
    net = make(CLUB, **{"ties": TRIAD, **tables})
    assert words in facilitator(net, "z")
    assert "Nobody without a stake on file could facilitate" in align(net).text


def test_an_office_without_a_tie_on_file_may_facilitate_and_its_equal_is_named() -> None:
    offices = [{"id": k, "name": k.title(), "kind": "ahec"} for k in ("hub", "web")]
    found = align(make(*offices))
    table = found.tables["facilitators"].set_index("organization")
    assert table.index.tolist() == ["hub", "web"] and table["score"].eq(0.1).all()
    assert table.loc["hub", "reasons"].endswith("nothing on file tells it from Web")
    assert "Hub could facilitate (its office is to bring others together" in found.text
    tied = align(make(*offices, ties=[("a", "web", "planning"), ("b", "web", "planning")]))
    assert tied.tables["facilitators"]["organization"].tolist() == ["web", "hub"]


def test_nobody_between_them_leaves_the_two_to_manage() -> None:
    managers = align(make()).tables["managers"]
    assert managers["organization"].tolist() == ["a", "b"]


def test_what_each_brings_needs_services_of_both() -> None:
    one_sided = make(services=[{"organization": "a", "service": "dental"}])
    assert align(one_sided).tables["brings"].empty
    assert "no services of B are on file" in align(one_sided).text
    both = make(
        services=[
            {"organization": "a", "service": "dental"},
            {"organization": "b", "service": "shots"},
        ]
    )
    brings = align(both).tables["brings"]
    assert list(zip(brings["name"], brings["brings"], strict=True)) == [
        ("A", "dental"),
        ("B", "shots"),
    ]


def test_measures_in_common_and_alone() -> None:
    profiles = [
        {"organization": "a", "success_measures": "Falls; cost"},
        {"organization": "b", "success_measures": "falls; shots given"},
    ]
    table = align(make(profiles=profiles)).tables["measures"]
    assert list(zip(table["measure"], table["whose"], strict=True)) == [
        ("Falls", "both"),
        ("cost", "A"),
        ("shots given", "B"),
    ]


def test_duties_in_common_name_the_cycle() -> None:
    duties = align(make()).tables["duties"].set_index("topic")
    assert duties.loc["needs assessment", "every_years"] == 3
    assert "tax-exempt hospitals" in duties.loc["needs assessment", "note"]


def test_one_organization_cannot_be_aligned_with_itself() -> None:
    with pytest.raises(UsageError, match="twice"):
        align_organizations(make(), "A", "a")


def test_a_profile_column_of_organizations_counts_where_the_table_is_blank() -> None:
    organizations = [{**BOTH[0], "mission": "Close to home", "payers": "Medicare"}, BOTH[1]]
    answers = [{"organization": "a", "payers": "Medicaid"}]
    net = make_network(organizations, profiles=answers)
    said = describe_organization(net, "A").table.set_index("topic")["on_file"]
    assert (said["mission"], said["payers"]) == ("Close to home", "Medicaid")


def test_everything_blank_is_a_page_of_questions() -> None:
    result = describe_organization(make_network([BOTH[1]]), "B")
    blank = result.table[result.table["question"] != ""]
    assert len(blank) == len(result.table) - 1  # its duties are known by its kind
    assert "No working tie of it is on file." in result.sentences


def test_leaders_are_told_where_their_goals_stand() -> None:
    """Its own and those of the two: results, and not only promises."""
    of_two = {"goal": "Fewer falls", "organization": "a", "other": "b", "due": "2027-12-31"}
    own = {"goal": "Less waiting", "organization": "b", "due": "2027-12-31"}
    others = {"goal": "More beds", "organization": "c", "due": "2027-12-31"}
    begun = {"baseline": 40, "baseline_on": "2026-01-01", "target": 20}
    net = make(
        {"id": "c", "name": "C", "kind": "food"},
        goals=[goal | begun for goal in (of_two, own, others)],
        measurements=[{"goal": "Fewer falls", "date": "2026-06-01", "value": 19}],
    )
    rows = align(net).tables["leaders"].set_index(["organization", "point"])["text"]
    assert rows["a", "What was reached"].startswith("Fewer falls: reached (")
    assert "Less waiting" not in rows["a", "What was reached"]
    both = rows["b", "What was reached"]
    assert "Fewer falls: reached (" in both and "Less waiting: no data (" in both
    assert not rows.str.contains("More beds").any()
    without = align(make()).tables["leaders"]["point"].tolist()
    assert "What was reached" not in without
