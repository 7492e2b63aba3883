"""Who is here and with whose money: every dollar once."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet import describe_network, load_sample
from partnet.core.rows.awards import fiscal_year_of
from partnet.facts.money.investment import sum_investment

from ...builders import make_network


def award(recipient: str, amount: float, **more: object) -> dict[str, object]:
    return {"recipient": recipient, "program": "P", "amount": amount, **more}


def test_passed_on_money_counts_where_it_went() -> None:
    rows = [
        award("a", 100, award="X1", fiscal_year=2026),
        award("b", 30, award="S1", parent_award="X1", fiscal_year=2026),
        award("c", 20, award="S2", parent_award="X1", fiscal_year=2026),
        award("c", 7, parent_award="not on file", fiscal_year=2026),
    ]
    money = sum_investment(make_network("abc", funding=rows)).set_index("recipient")
    assert money["dollars"].to_dict() == {"a": 50.0, "b": 30.0, "c": 27.0}
    assert money["awarded"].sum() == 157.0


def test_periods_are_spread_over_federal_fiscal_years_by_days() -> None:
    row = award("a", 365.0, period_start="2025-07-01", period_end="2026-06-30")
    money = sum_investment(make_network("a", funding=[row])).set_index("fiscal_year")
    assert money["dollars"].to_dict() == pytest.approx({"2025": 92.0, "2026": 273.0})


def test_a_fiscal_year_on_file_wins_and_no_date_is_said() -> None:
    rows = [award("a", 5, fiscal_year=2024, period_start="2020-01-01"), award("b", 7)]
    money = sum_investment(make_network("ab", funding=rows)).set_index("fiscal_year")
    assert money["dollars"].to_dict() == {"2024": 5.0, "year not known": 7.0}


@pytest.mark.parametrize(
    ("day", "year"), [("2025-09-30", 2025), ("2025-10-01", 2026), ("2026-01-01", 2026)]
)
def test_the_federal_fiscal_year_starts_in_october(day: str, year: int) -> None:
    assert fiscal_year_of(pd.Timestamp(day)) == year


def test_money_goes_to_the_place_served_else_the_recipients_county() -> None:
    organizations = [
        {"id": "a", "name": "A", "kind": "food", "state": "NE", "county_fips": "31027"},
        {"id": "b", "name": "B", "kind": "food", "state": "NE"},
    ]
    rows = [
        award("a", 1),
        award("a", 2, served_place="31107"),
        award("a", 4, served_place="NE"),
        award("b", 8),
    ]
    places = describe_network(make_network(organizations, funding=rows)).tables["places"]
    expected = {"31027": 1.0, "31107": 2.0, "statewide": 4.0, "place not known": 8.0}
    assert places["dollars"].to_dict() == expected


def test_investment_of_the_sample_counts_each_dollar_once() -> None:
    net = load_sample("prairie")
    result = describe_network(net)
    funding = net.table("funding")
    parents = set(funding["award"]) - {""}
    passed_on = funding.loc[funding["parent_award"].isin(parents), "amount"].sum()
    assert passed_on > 0
    total = result.tables["investment"]["dollars"].sum()
    assert total == pytest.approx(funding["amount"].sum() - passed_on)
    assert result.table["dollars"].sum() == pytest.approx(total)
    assert result.table.index.tolist() == net.ids.tolist()


@pytest.mark.parametrize(
    ("organizations", "words"),
    [("", "empty"), ("a", "1 hospital"), ("ab", "2 hospitals")],
)
def test_tiny_networks_are_described(organizations: str, words: str) -> None:
    result = describe_network(make_network(organizations))
    assert words in result.text
    assert result.to_json()
