"""Contacts, money and agreements in their details; empty tables switch a kind off in words."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import find_gaps
from partnet.core.network import Network
from partnet.facts.money.investment import compare_investment

from ...builders import make_network

DAY = "2026-06-30"
CLINIC = {"kind": "rural health clinic"}


# -- contacts --------------------------------------------------------------------------------------


def visit(organization: str, date: str, **more: str) -> dict[str, str]:
    return {"organization": organization, "date": date, **more}


def contact_gaps(contacts: list[dict[str, str]], **tables: Any) -> list[tuple[str, str, float]]:
    organizations = [{"id": o, "name": o, "kind": "rural health clinic"} for o in "ab"]
    net = make_network(organizations, contacts=contacts, **tables)
    gaps = find_gaps(net, "contact", as_of=DAY).table
    columns = gaps[["organization", "status", "severity"]].round(3)
    return list(columns.itertuples(index=False, name=None))


B_SEEN = visit("b", "2026-06-01", mode="visit", level="executive")


def test_calls_are_no_visits() -> None:
    calls = [visit("a", "2026-05-01", mode="call", level="manager"), B_SEEN]
    assert contact_gaps(calls) == [("a", "never visited", 0.45)]
    unsaid = [visit("a", "2026-05-01", level="manager"), B_SEEN]
    assert contact_gaps(unsaid) == []  # how it was seen is not on file


def test_a_rule_about_contacts_sets_the_limit_of_a_kind() -> None:
    contacts = [visit("a", "2026-03-01", mode="visit"), B_SEEN]
    assert contact_gaps(contacts) == []
    rule = {
        "rule": "seen each quarter",
        "from_kind": "rural health clinic",
        "relation": "contact",
        "within_days": "90",
        "citation": "State work plan",
    }
    assert contact_gaps(contacts, rules=[rule]) == [("a", "gone cold", round(0.8 * 121 / 270, 3))]


def meetings(*people: str, by: str = "") -> list[dict[str, str]]:
    dates = ("2026-01-05", "2026-03-05", "2026-06-05")
    return [
        visit("a", day, person=name, mode="visit", level="executive", by=by)
        for day, name in zip(dates, people, strict=True)
    ] + [B_SEEN]


def test_who_holds_the_relation() -> None:
    assert contact_gaps(meetings("Ann Lee, director", "Ann Lee", "Ann Lee")) == [
        ("a", "one person holds it", 0.35)
    ]
    assert contact_gaps(meetings("Ann Lee", "Bo Ray", "Ann Lee")) == []
    people = [
        {"person": "Ann Lee", "organization": "a", "until": "2026-06-15"},
        {"person": "Cy Dow", "organization": "a"},
    ]
    gone = contact_gaps(meetings("Ann Lee, director", "Ann Lee", "Ann Lee"), people=people)
    assert gone == [("a", "contact person left", 0.5)]
    alone = [{"person": "Cy Dow", "organization": "a"}]
    assert contact_gaps(meetings("Ann Lee", "Bo Ray", "Ann Lee"), people=alone) == [
        ("a", "one person on file", 0.25)
    ]


def test_it_may_hang_on_one_person_of_the_convener() -> None:
    ours = meetings("Ann Lee", "Bo Ray", "Cy Dow", by="Dee Fox")
    ours[-1] = {**B_SEEN, "by": "Eli Gum"}
    assert contact_gaps(ours) == [("a", "one person holds it", 0.35)]


# -- money -----------------------------------------------------------------------------------------


def funded(*awards: tuple[str, str, float, dict[str, Any]], **tables: Any) -> Network:
    counties = ("31027", "31107", "31119")
    organizations = [
        {"id": o, "name": o.upper(), "kind": "food", "county_fips": c}
        for o, c in zip("abc", counties, strict=True)
    ]
    funding = [
        {"recipient": o, "program": p, "amount": dollars, "fiscal_year": 2026, **more}
        for o, p, dollars, more in awards
    ]
    needs = [
        {"county_fips": c, "indicator": "population", "value": 1000, "year": 2020} for c in counties
    ] + [
        {"county_fips": c, "indicator": "loss", "value": v, "direction": "higher is worse"}
        for c, v in zip(counties, (9, 5, 1), strict=True)
    ]
    return make_network(organizations, funding=funding, needs=needs, **tables)


def test_each_dollar_counts_once_by_served_place() -> None:
    net = funded(
        ("a", "Big", 1000.0, {"award": "X1"}),
        ("b", "Big", 400.0, {"award": "X2", "parent_award": "X1"}),
        ("c", "Own", 50.0, {"served_place": "31027"}),
    )
    table = compare_investment(net.at(DAY))
    assert table["dollars"].to_dict() == {"31027": 650.0, "31107": 400.0, "31119": 0.0}
    assert table["per_person"].to_dict() == {"31027": 0.65, "31107": 0.4, "31119": 0.0}
    assert table["per_person_rank"].to_dict() == {"31027": 1.0, "31107": 0.5, "31119": 0.0}
    gaps = find_gaps(net, "funding", as_of=DAY).table
    pair = gaps[gaps["status"] == "no tie on file"].iloc[0]
    assert "($600 and $400)" in pair.evidence


def test_the_fiscal_year_is_that_of_the_day() -> None:
    later = {"fiscal_year": 2028}
    net = funded(("a", "P", 10.0, {}), ("b", "P", 20.0, later))
    assert set(compare_investment(net.at(DAY))["fiscal_year"]) == {"2026"}
    assert set(compare_investment(net.at("2028-01-01"))["fiscal_year"]) == {"2028"}


def test_no_money_where_the_need_is_highest() -> None:
    net = funded(("b", "P", 10.0, {}), ("c", "P", 10.0, {}))
    gaps = find_gaps(net, "funding", as_of=DAY).table
    poor = gaps[gaps["status"] == "little money, high need"]
    assert poor["place"].tolist() == ["31027"]
    assert poor["severity"].iloc[0] == pytest.approx(0.6)
    assert "no county has less" in poor["evidence"].iloc[0]


def test_an_award_that_names_its_county_counts_there_only() -> None:
    near = funded(("a", "P", 10.0, {}), ("b", "P", 10.0, {}))
    assert "no tie on file" in set(find_gaps(near, "funding", as_of=DAY).table["status"])
    far = {"served_place": "31055"}
    apart = funded(("a", "P", 10.0, far), ("b", "P", 10.0, {}))
    assert "no tie on file" not in set(find_gaps(apart, "funding", as_of=DAY).table["status"])


def test_dependence_and_programs_for_the_same_people() -> None:
    services = [
        {"organization": o, "service": s, "population": "children", "county_fips": "31027"}
        for o in "ab"
        for s in ("dental", "meals")
    ]
    areas = [{"organization": o, "place_kind": "county", "place": "31027"} for o in "ab"]
    net = funded(
        ("a", "P", 90.0, {"funder": "HRSA"}),
        ("a", "Q", 10.0, {"funder": "State"}),
        ("b", "R", 10.0, {"funder": "HRSA"}),
        services=services,
        service_areas=areas,
    )
    gaps = find_gaps(net, "funding", as_of=DAY).table.set_index("status")
    assert (
        gaps.loc["depends on one funder", "evidence"] == "90% of its dollars on file come from HRSA"
    )
    synergy = gaps.loc["not coordinated on file"]
    assert (synergy.organization, synergy.other) == ("a", "b")
    assert synergy.severity == pytest.approx(0.3)


# -- agreements ------------------------------------------------------------------------------------


def test_a_topic_covers_what_a_pair_shares() -> None:
    ties = [("a", "b", "data_sharing", 1.0)]
    rows = [{"agreement": "M", "organization": o, "status": "executed"} for o in "ab"]
    bare = make_network("ab", ties, agreements=[{**row, "type": "MOU"} for row in rows])
    gaps = find_gaps(bare, "agreement", as_of=DAY).table
    assert gaps["status"].tolist() == ["no agreement on file"]
    assert gaps["severity"].iloc[0] == pytest.approx(0.6)
    named = [{**row, "type": "MOU", "topic": "data sharing"} for row in rows]
    assert find_gaps(make_network("ab", ties, agreements=named), "agreement", as_of=DAY).table.empty


def test_an_agreement_that_ends_soon_is_more_pressing_the_sooner() -> None:
    def severity(expires: str) -> float:
        rows = [
            {"agreement": "M", "organization": o, "type": "MOU", "expires": expires} for o in "ab"
        ]
        gaps = find_gaps(make_network("ab", agreements=rows), "agreement", as_of=DAY).table
        return float(gaps["severity"].iloc[0]) if len(gaps) else 0.0

    assert severity("2026-07-01") > severity("2026-11-01") > 0 == severity("2027-06-30")


# -- empty tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("rule", "need the tables memberships, agreements or ties"),
        ("coverage", "need the table services"),
        ("overlap", "need the tables services, funding, memberships or service_areas"),
        ("funding", "need the table funding"),
        ("contact", "need the table contacts"),
        ("sector", "need the table ties"),
        ("agreement", "need the table agreements"),
        ("voice", "fewer than 8 sectors"),
    ],
)
def test_an_empty_table_switches_a_kind_off_and_says_which_would_switch_it_on(
    kind: str, words: str
) -> None:
    result = find_gaps(make_network("abc"), kind)
    assert result.table.empty and words in result.text


def test_unknown_rules_say_which_table_would_tell() -> None:
    net = make_network([{"id": "a", "name": "A", "kind": "CAH"}])
    assert (
        "More would be known from the tables memberships and agreements."
        in find_gaps(net, "rule").text
    )


def test_a_clinic_needs_no_agreement_with_its_owner() -> None:
    net = make_network(
        ["a", "b", "c"],
        [("a", "b", "data sharing", 1.0), ("a", "c", "data sharing", 1.0)],
        agreements=[{"agreement": "x", "organization": id_, "type": "lease"} for id_ in "abc"],
        affiliations=[{"organization": "b", "parent": "a", "type": "owned"}],
    )
    table = find_gaps(net, kinds="agreement").table
    missing = table[table["status"] == "no agreement on file"]
    assert missing[["organization", "other"]].to_numpy().tolist() == [["a", "c"]]
