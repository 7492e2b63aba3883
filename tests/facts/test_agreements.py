"""Agreements and the day: one rule for ties, rules and the register."""

from __future__ import annotations

from typing import Any

import pytest

from partnet import find_gaps
from partnet.core.network import Network
from partnet.facts.agreements import read_agreements

from ..builders import make_network

DAY = "2026-06-30"


def sign(*rows: dict[str, Any]) -> Network:
    """One agreement T of a and b; a row for each, with what is told of either."""
    rows = rows if len(rows) > 1 else rows * 2
    told = [
        {"agreement": "T", "organization": who, "type": "patient transfer", **row}
        for who, row in zip("ab", rows, strict=True)
    ]
    return make_network("abc", agreements=told)


@pytest.mark.parametrize(
    ("terms", "state", "tied"),
    [
        ({"status": "executed"}, "", True),
        ({"status": "executed", "expires": "2026-06-30"}, "", True),
        ({"status": "executed", "expires": "2026-06-29"}, "ended on June 29, 2026", False),
        ({"status": "executed", "expires": "2026-06-29", "renews": "yes"}, "", True),
        ({"status": "draft"}, "is a draft", False),
        ({"status": "expired"}, "ended", False),
        ({"status": "expired", "expires": "2025-01-01"}, "ended on January 1, 2025", False),
        ({"status": "expired", "expires": "2027-09-01"},
         "is on file as expired, and as ending on September 1, 2027", False),
        ({"status": "executed", "signed": "2026-07-01"}, "begins on July 1, 2026", False),
        ({"status": "executed", "signed": "2026-01-01", "effective": "2026-08-01"},
         "begins on August 1, 2026", False),
    ],
)  # fmt: skip
def test_what_holds_on_the_day(terms: dict[str, str], state: str, tied: bool) -> None:
    here = sign(terms).at(DAY)
    assert [one.state for one in read_agreements(here).all] == [state]
    assert (frozenset("ab") in here.tied_pairs) is tied


def test_an_end_in_the_future_of_what_has_expired_is_a_question() -> None:
    net = sign({"status": "expired", "expires": "2027-09-01"})
    gaps = find_gaps(net, "agreement", as_of=DAY).table
    assert gaps["status"].tolist() == ["lapsed"]
    assert "it ended" not in gaps["evidence"].iloc[0]


@pytest.mark.parametrize("turned", [False, True])
def test_rows_of_one_agreement_that_differ_are_a_problem(turned: bool) -> None:
    rows = [{"expires": "2026-06-01"}, {"expires": "2027-06-01"}]
    net = sign(*(rows[::-1] if turned else rows))
    assert [p.where.column for p in net.problems] == ["expires", "expires"]
    assert "another in a row of the same agreement" in str(net.problems[0])
    assert read_agreements(net.at(DAY)).all[0].state == "ended on June 1, 2026"
    assert frozenset("ab") not in net.at(DAY).tied_pairs


def test_a_term_told_in_one_row_holds_for_all() -> None:
    net = sign({"expires": "2026-06-01"}, {})
    assert not net.problems
    assert net.table("agreements")["expires"].notna().all()


def test_an_agreement_in_another_case_is_the_same() -> None:
    rows = [
        {"agreement": name, "organization": who, "type": "patient transfer"}
        for name, who in (("TA-14", "a"), ("ta-14 ", "b"))
    ]
    net = make_network("ab", agreements=rows)
    assert [one.parties for one in read_agreements(net.at()).all] == [("a", "b")]


def test_who_has_not_signed_is_no_party_yet() -> None:
    rows = [
        {"agreement": "T", "organization": who, "type": "patient transfer", "status": status}
        for who, status in (("c", "draft"), ("a", "executed"), ("b", "executed"))
    ]
    here = make_network("abc", agreements=rows).at(DAY)
    assert [(one.parties, one.state) for one in read_agreements(here).all] == [(("a", "b"), "")]
    assert here.tied_pairs == {frozenset("ab")}
