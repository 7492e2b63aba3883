"""Money by funder, awards that end, and programs that others hold, counted by hand."""

from __future__ import annotations

import pytest

from partnet import UsageError, trace_money
from partnet.core.network import Network
from partnet.questions.money.question import find_source

from ...builders import make_network

ORGANIZATIONS = [
    {"id": "a", "name": "Elm Hospital", "kind": "critical_access_hospital"},
    {"id": "b", "name": "Oak Hospital", "kind": "critical_access_hospital"},
    {"id": "c", "name": "Ash Hospital", "kind": "critical_access_hospital"},
    {"id": "meals", "name": "Meals", "kind": "social_services", "county_fips": "31027"},
    {"id": "state", "name": "Plains Health", "kind": "state_health_agency"},
]


def _award(recipient: str, funder: str, amount: int, end: str, **more: str) -> dict[str, object]:
    return {"recipient": recipient, "funder": funder, "amount": amount, "program": "Outreach",
            "period_start": "2026-01-01", "period_end": end, **more}  # fmt: skip


FUNDING = [
    _award("state", "Department of Health", 600, "2026-12-31", award="S1", program="State"),
    _award("meals", "state", 200, "2026-12-31", award="S1-a", parent_award="S1", program="State"),
    _award("a", "Elm Family Foundation", 100, "2028-12-31", award="F1"),
    _award("b", "Elm Family Foundation", 50, "2026-09-30", award="F2"),
    _award("b", "", 50, "2029-12-31", award="F3", program="Other"),
]
SERVICES = [{"organization": "meals", "service": "meals", "county_fips": "31027"}]


@pytest.fixture(scope="module")
def net() -> Network:
    return make_network(ORGANIZATIONS, funding=FUNDING, services=SERVICES)


def test_each_dollar_counts_once_with_whoever_pays(net: Network) -> None:
    """800 in all: of the 600 of the Department 200 are passed on by the State agency."""
    found = trace_money(net, as_of="2026-06-01")
    rows = found.table.set_index("funder")
    assert rows["dollars"].to_dict() == {
        "Department of Health": 400,
        "Plains Health": 200,
        "Elm Family Foundation": 150,
        "not known": 50,
    }
    assert rows.loc["Department of Health", "share"] == 0.5
    assert found.claims["funders"]["public"] == 0.75
    assert found.claims["funders"]["private"] == pytest.approx(0.1875)


def test_awards_that_end_within_a_year_name_what_depends_on_them(net: Network) -> None:
    ending = trace_money(net, as_of="2026-06-01").tables["ending"].set_index("award")
    assert ending.index.tolist() == ["F2", "S1", "S1-a"]
    assert ending.loc["F2", "others"] == 1  # F3 lasts
    assert ending.loc["S1-a", ["others", "services", "counties"]].tolist() == [0, "meals", 1]
    assert ending.loc["S1", ["dollars", "passed_on"]].tolist() == [400, 1]
    soon = trace_money(net, months=4, as_of="2026-06-01")
    assert soon.claims["ending"] == {"awards": 1, "dollars": 50.0, "alone": 0}


def test_a_program_that_two_of_three_hold_is_one_to_ask_for(net: Network) -> None:
    (row,) = trace_money(net, as_of="2026-06-01").tables["open_programs"].itertuples()
    assert (row.program, row.held, row.of, row.could_ask) == ("Outreach", 2, 3, "Ash Hospital")
    assert row.whom == "Elm Hospital"


@pytest.mark.parametrize(
    ("funder", "source"),
    [
        ("Centers for Disease Control and Prevention", "public"),
        ("plains health", "public"),
        ("Robert Wood Trust", "private"),
        ("Elm Hospital", "not known"),
        ("Somebody", "not known"),
    ],
)
def test_whose_money_it_is(net: Network, funder: str, source: str) -> None:
    assert find_source(net.at(), funder) == source


def test_without_money_it_says_so() -> None:
    found = trace_money(make_network(["a", "b"]))
    assert "No award" in found.text
    with pytest.raises(UsageError, match="months: found 0"):
        trace_money(make_network(["a"]), months=0)
