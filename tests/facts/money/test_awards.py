"""Money worked out by hand: cases of a few rows, and what must not change the totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet import build_layer, describe_network, find_gaps
from partnet.core.network import Network
from partnet.facts.money.awards import list_awards
from partnet.facts.money.investment import sum_investment

from ...builders import make_network

HOMES = {"a": "31027", "b": "31107", "c": "31119", "d": ""}
ORGANIZATIONS = [
    {"id": id_, "name": id_.upper(), "kind": "food", "state": "NE" if fips else "",
     "county_fips": fips}
    for id_, fips in HOMES.items()
]  # fmt: skip

Row = dict[str, Any]


def pay(recipient: str, amount: float, award: str = "", parent: str = "", **more: Any) -> Row:
    """A row of the funding table; program P of funder F unless said otherwise."""
    row = {"recipient": recipient, "amount": amount, "award": award, "parent_award": parent}
    return {"program": "P", "funder": "F", **row, **more}


def fund(rows: Sequence[Row]) -> Network:
    return make_network(ORGANIZATIONS, funding=rows)


def total_by(net: Network, column: str) -> dict[str, float]:
    """Dollars by a column, without those that come to nothing."""
    sums = sum_investment(net).groupby(column)["dollars"].sum().round(6)
    return {str(key): float(value) for key, value in sums.items() if value}


FY25, FY26, FY27 = {"fiscal_year": 2025}, {"fiscal_year": 2026}, {"fiscal_year": 2027}
OBLIGATED, SPENT = {"amount_kind": "obligated"}, {"amount_kind": "spent"}

# name of the case: rows, what the dollars are summed by, what comes out by hand
CASES: dict[str, tuple[list[Row], str, dict[str, float]]] = {
    # fiscal years
    "a year stated": ([pay("a", 5, **FY25), pay("b", 7, **FY26)], "fiscal_year",
        {"2025": 5, "2026": 7}),
    "no year at all": ([pay("a", 5), pay("b", 7, **FY26)], "fiscal_year",
        {"year not known": 5, "2026": 7}),
    "a period over two years by days": (
        [pay("a", 365, period_start="2025-07-01", period_end="2026-06-30"), pay("b", 1, **FY26)],
        "fiscal_year", {"2025": 92, "2026": 274}),
    "a period over three years by days": (
        [pay("a", 731, period_start="2024-09-30", period_end="2026-09-30")],
        "fiscal_year", {"2024": 1, "2025": 365, "2026": 365}),
    "a period of one day": ([pay("a", 9, period_start="2025-10-01", period_end="2025-10-01")],
        "fiscal_year", {"2026": 9}),
    "a start without an end": ([pay("a", 9, period_start="2025-09-30")], "fiscal_year",
        {"2025": 9}),
    "a stated year before the period": (
        [pay("a", 9, period_start="2025-10-01", period_end="2027-09-30", **FY25)],
        "fiscal_year", {"2025": 9}),
    # money passed on
    "one sub-award": ([pay("a", 100, "H1", **FY26), pay("b", 30, "S1", "H1", **FY26)],
        "recipient", {"a": 70, "b": 30}),
    "two sub-awards": (
        [pay("a", 100, "H1"), pay("b", 30, "S1", "H1"), pay("c", 20, "S2", "H1")],
        "recipient", {"a": 50, "b": 30, "c": 20}),
    "two levels": (
        [pay("a", 100, "H1"), pay("b", 60, "S1", "H1"), pay("c", 20, "T1", "S1")],
        "recipient", {"a": 40, "b": 40, "c": 20}),
    "three levels, the lowest first": (
        [pay("d", 5, "U1", "T1"), pay("c", 20, "T1", "S1"), pay("b", 60, "S1", "H1"),
         pay("a", 100, "H1")],
        "recipient", {"a": 40, "b": 40, "c": 15, "d": 5}),
    "all of it goes on": ([pay("a", 100, "H1"), pay("b", 100, "S1", "H1")], "recipient",
        {"b": 100}),
    "more goes on than is on file": ([pay("a", 100, "H1"), pay("b", 150, "S1", "H1")],
        "recipient", {"b": 150}),
    "the award above is not on file": ([pay("b", 30, "S1", "H1"), pay("a", 5, "H2")],
        "recipient", {"a": 5, "b": 30}),
    "a sub-award without a number": ([pay("a", 100, "H1"), pay("b", 30, "", "H1")],
        "recipient", {"a": 70, "b": 30}),
    "a sub-award with the number of the prime": (
        [pay("a", 1000, "H1"), pay("b", 300, "H1", "H1")], "recipient", {"a": 700, "b": 300}),
    "two sub-awards with the number of the prime": (
        [pay("a", 1000, "H1"), pay("b", 300, "H1", "H1"), pay("c", 100, "H1", "H1")],
        "recipient", {"a": 600, "b": 300, "c": 100}),
    "numbers in another case": (
        [pay("a", 1000, "H1"), pay("b", 300, "s1", "h1")], "recipient", {"a": 700, "b": 300}),
    "a number with another blank": (
        [pay("a", 1000, "H 1"), pay("b", 300, "S1", "h  1")], "recipient", {"a": 700, "b": 300}),
    "two awards above each other": ([pay("a", 10, "H1", "H2"), pay("b", 20, "H2", "H1")],
        "recipient", {"a": 10, "b": 20}),
    "one number of two grantees": ([pay("a", 10, "H1"), pay("b", 20, "H1")], "recipient",
        {"a": 10, "b": 20}),
    "a sub-award of one year leaves the years alone": (
        [pay("a", 600, "H1", **FY25), pay("a", 400, "H1", **FY26),
         pay("b", 200, "S1", "H1", **FY26)],
        "fiscal_year", {"2025": 600, "2026": 400}),
    "a sub-award of one year, by who holds it": (
        [pay("a", 600, "H1", **FY25), pay("a", 400, "H1", **FY26),
         pay("b", 200, "S1", "H1", **FY26)],
        "recipient", {"a": 800, "b": 200}),
    "a sub-award above the dollars of its year": (
        [pay("a", 600, "H1", **FY25), pay("a", 400, "H1", **FY26),
         pay("b", 500, "S1", "H1", **FY26)],
        "fiscal_year", {"2025": 600, "2026": 400}),
    "a sub-award of a later year": (
        [pay("a", 600, "H1", **FY25), pay("b", 200, "S1", "H1", **FY27)],
        "fiscal_year", {"2025": 600}),
    "a sub-award without a year": (
        [pay("a", 600, "H1", **FY25), pay("a", 400, "H1", **FY26), pay("b", 100, "S1", "H1")],
        "fiscal_year", {"2025": 600, "2026": 400}),
    "a year under an award without one": (
        [pay("a", 600, "H1"), pay("b", 100, "S1", "H1", **FY26)],
        "fiscal_year", {"year not known": 500, "2026": 100}),
    "years of two levels": (
        [pay("a", 300, "H1", **FY25), pay("b", 200, "S1", "H1", **FY26),
         pay("c", 50, "T1", "S1", **FY26)],
        "fiscal_year", {"2025": 300}),
    # what counts of it
    "obligated and spent": (
        [pay("a", 100, "H1", **OBLIGATED), pay("a", 80, "H1", **SPENT)], "recipient", {"a": 100}),
    "obligated and spent without a number": (
        [pay("a", 100, **OBLIGATED, **FY26), pay("a", 80, **SPENT, **FY26),
         pay("a", 60, **SPENT, **FY25)],
        "fiscal_year", {"2025": 60, "2026": 100}),
    "only spent": ([pay("a", 80, "H1", **SPENT), pay("b", 5, "H2", **OBLIGATED)], "recipient",
        {"a": 80, "b": 5}),
    "money taken back": ([pay("a", 100, "H1"), pay("a", -40, "H1"), pay("b", 1)], "recipient",
        {"a": 60, "b": 1}),
    "money taken back in the next year": (
        [pay("a", 100, "H1", **FY25), pay("a", -40, "H1", **FY26)], "fiscal_year",
        {"2025": 100, "2026": -40}),
    "all of it taken back": ([pay("a", 100, "H1"), pay("a", -100, "H1"), pay("b", 1)],
        "recipient", {"b": 1}),
    "money taken back from what was passed on": (
        [pay("a", 100, "H1"), pay("b", 50, "S1", "H1"), pay("b", -20, "S1", "H1")],
        "recipient", {"a": 70, "b": 30}),
    "nothing": ([pay("a", 0, "H1"), pay("b", 3)], "recipient", {"b": 3}),
    "twin rows": ([pay("a", 100, "H1"), pay("a", 100, "H1"), pay("b", 3)], "recipient",
        {"a": 100, "b": 3}),
    "twin rows in another case": (
        [pay("a", 100, "H1"), pay("a", 100, "h1", program="p", funder="f")], "recipient",
        {"a": 100}),
    "programs in another case": (
        [pay("a", 1, program="Flex"), pay("b", 2, program="FLEX"), pay("c", 4, program=" flex ")],
        "program", {"Flex": 7}),
    "funders by id, name and text": (
        [pay("a", 1, funder="b"), pay("a", 2, funder="B", **FY25), pay("a", 4, funder="hrsa"),
         pay("c", 8, funder="HRSA")],
        "funder", {"b": 3, "hrsa": 12}),
    # places
    "places by name, code and State": (
        [pay("a", 1, served_place="Cedar County"), pay("b", 2, served_place="Cedar"),
         pay("c", 4, served_place="31027"), pay("a", 8, served_place="Nebraska"),
         pay("a", 16, served_place="NE"), pay("a", 32, served_place="Cedar County, NE")],
        "place", {"31027": 39, "statewide": 24}),
    "places left blank": ([pay("a", 1), pay("b", 2), pay("c", 4), pay("d", 8)], "place",
        {"31027": 1, "31107": 2, "31119": 4, "place not known": 8}),
    "an organization without State serves a named county": (
        [pay("d", 1, served_place="Cedar"), pay("d", 2, served_place="statewide", **FY25)],
        "place", {"31027": 1, "statewide": 2}),
    "another State and a text": (
        [pay("a", 1, served_place="South Dakota"), pay("a", 2, served_place="SD"),
         pay("a", 4, served_place="the hollow"), pay("b", 8, served_place="The  Hollow")],
        "place", {"South Dakota": 3, "the hollow": 12}),
    "money passed on counts where it went": (
        [pay("a", 100, "H1", served_place="NE"), pay("b", 30, "S1", "H1"),
         pay("c", 20, "S2", "H1", served_place="31027")],
        "place", {"statewide": 50, "31107": 30, "31027": 20}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_money_worked_out_by_hand(name: str) -> None:
    rows, column, expected = CASES[name]
    assert total_by(fund(rows), column) == pytest.approx(expected)


def test_there_are_forty_cases() -> None:
    assert len(CASES) >= 40


def test_the_headline_is_the_year_of_the_day() -> None:
    rows = [pay("a", 5, **FY25), pay("b", 7, **FY26), pay("c", 9, fiscal_year=2028)]
    net = fund(rows)
    for day, year, dollars in (
        ("2026-09-30", "2026", 7.0), ("2026-10-01", "2026", 7.0), ("2025-01-01", "2025", 5.0),
        ("2020-01-01", "2025", 5.0),
    ):  # fmt: skip
        money = describe_network(net, as_of=day).claims["money"]
        assert (money["fiscal_year"], money["dollars"]) == (year, dollars)


def test_one_award_in_two_rows_is_one_award() -> None:
    whole = fund([pay("a", 100, "H1", funder="B"), pay("c", 1)])
    split = fund([pay("a", 60, "H1", funder="B"), pay("a", 40, "H1", funder="B"), pay("c", 1)])
    for net in (whole, split):
        assert "depends on one funder" not in set(find_gaps(net).table["status"])
        assert describe_network(net).table["n_awards"].to_dict() == {"a": 1, "b": 0, "c": 1, "d": 0}
        assert list_awards(net.at())["amount"].tolist() == [100.0, 1.0]
        ties = build_layer(net, relations=["funding"]).matrix
        assert ties[0, 1] == pytest.approx(0.334, abs=0.001)  # log(101) / log(1,000,001)


def test_two_awards_of_one_funder_are_dependence() -> None:
    net = fund([pay("a", 60, "H1"), pay("a", 40, "H2")])
    assert "depends on one funder" in set(find_gaps(net).table["status"])


def test_money_taken_back_makes_no_tie() -> None:
    net = fund([pay("a", -40, "H1", funder="B"), pay("c", 5, "H2", funder="B")])
    assert net.ties[["source", "target"]].values.tolist() == [["b", "c"]]


# -- what must not change the totals ---------------------------------------------------------------

DOLLARS = st.integers(-50, 500)
PLACES = st.sampled_from(["", "Cedar", "31027", "NE", "nowhere"])


@st.composite
def ledgers(draw: st.DrawFn) -> list[Row]:
    """Up to six rows; later awards may be under earlier ones."""
    rows = []
    for k in range(draw(st.integers(1, 6))):
        above = [f"H{j}" for j in range(k)]
        more: Row = {"served_place": draw(PLACES), "funder": draw(st.sampled_from(["F", "B", ""]))}
        if draw(st.booleans()):
            more["fiscal_year"] = draw(st.integers(2024, 2027))
        parent = draw(st.sampled_from(["", *above]))
        dollars, who = draw(DOLLARS), draw(st.sampled_from("abcd"))
        rows.append(pay(who, dollars, f"H{k}", parent, program=draw(st.sampled_from("PQ")), **more))
    return rows


def sums(net: Network, column: str) -> dict[str, float]:
    return pytest.approx(total_by(net, column), abs=1e-6)  # type: ignore[return-value]


COLUMNS = ("fiscal_year", "program", "funder", "recipient", "place")


@settings(max_examples=8)
@given(ledgers())
def test_sums_over_anything_are_the_total(rows: list[Row]) -> None:
    money = sum_investment(fund(rows))
    for column in COLUMNS:
        assert money.groupby(column)["dollars"].sum().sum() == pytest.approx(money["dollars"].sum())


@pytest.mark.slow
@settings(max_examples=8)
@given(ledgers(), st.integers(1, 9))
def test_splitting_reordering_and_case_change_no_sum(rows: list[Row], part: int) -> None:
    net = fund(rows)
    split = [
        {**row, "amount": row["amount"] * share}
        for row in rows
        for share in (part / 10.5, 1 - part / 10.5)
        if row["amount"]
    ] or rows
    turned = rows[::-1]
    lower = [{**row, "award": row["award"].lower()} for row in rows]
    for other in map(fund, (split, turned, lower)):
        for column in COLUMNS:
            assert total_by(other, column) == sums(net, column)


@pytest.mark.slow
@settings(max_examples=8)
@given(ledgers(), st.integers(1, 100))
def test_passing_an_award_on_changes_who_holds_it_not_how_much(rows: list[Row], share: int) -> None:
    net = fund(rows)
    running = list_awards(net.at())
    kept = running[running["dollars"] > 1]
    if kept.empty:
        return
    award = kept.iloc[0]
    first = next(row for row in rows if row["award"] == award.award)
    more = {key: first[key] for key in ("funder", "program", "fiscal_year") if key in first}
    passed = {**pay("d", award.dollars * share / 100, "NEW", award.award), **more}
    other = fund([*rows, passed])
    for column in ("fiscal_year", "program", "funder"):
        assert total_by(other, column) == sums(net, column)
    assert isinstance(other.newest_date, pd.Timestamp | None)
