"""The register of outcomes says done, open or overdue by what is on file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from partnet.questions.outcomes.question import check_outcomes

from ...builders import make_network

DAY = "2026-06-30"
NEW = {"outcome": "meet", "type": "new relationship", "organization": "a", "other": "b"}
STEP = {**NEW, "outcome": "sign", "type": "action step"}


def judge(outcome: dict[str, Any], ties: Any = (), **tables: Any) -> pd.Series:
    net = make_network("abc", ties, outcomes=[outcome], **tables)
    return check_outcomes(net, as_of=DAY).table.iloc[0]


@pytest.mark.parametrize(
    ("due", "state"), [("2026-03-31", "overdue"), ("2026-06-30", "open"), ("", "open")]
)
def test_what_is_not_done_is_open_until_it_is_due(due: str, state: str) -> None:
    assert judge({**NEW, "due": due})["state"] == state


def test_a_tie_on_file_makes_a_new_relationship_done() -> None:
    tie = {"source": "b", "target": "a", "relation": "referral", "since": "2026-01-15"}
    row = judge({**NEW, "agreed_on": "2025-09-01", "due": "2026-03-31"}, [tie])
    assert row["state"] == "done"
    assert row["evidence"] == "a tie is on file (referral, since January 15, 2026)"


def test_an_older_tie_is_said_to_be_older() -> None:
    tie = {"source": "a", "target": "b", "relation": "referral", "since": "2020-01-15"}
    row = judge({**NEW, "agreed_on": "2025-09-01"}, [tie])
    assert row["state"] == "done" and "before this was agreed on" in row["evidence"]


def test_a_contact_alone_makes_no_relationship() -> None:
    contacts = [{"organization": "a", "by": "b", "date": "2026-02-01"}]
    assert judge({**NEW, "due": "2026-03-31"}, contacts=contacts)["state"] == "overdue"


def test_a_tie_said_to_be_none_or_ended_does_not_count() -> None:
    none = {"source": "a", "target": "b", "relation": "referral", "strength": "none"}
    ended = {"source": "a", "target": "b", "relation": "referral", "until": "2026-05-31"}
    for tie in (none, ended):
        assert judge({**NEW, "due": "2026-03-31"}, [tie])["state"] == "overdue"


def test_said_to_be_done_without_a_tie_is_told() -> None:
    net = make_network("abc", outcomes=[{**NEW, "status": "done"}])
    result = check_outcomes(net, as_of=DAY)
    assert result.table["state"].tolist() == ["done"]
    assert "no tie on file" in result.table["evidence"].iloc[0]
    assert "said to be done with no tie on file" in result.text


@pytest.mark.parametrize(
    ("signed", "status", "state"),
    [
        ("2026-02-01", "executed", "done"),
        ("2024-02-01", "executed", "overdue"),
        ("2026-02-01", "draft", "overdue"),
    ],
)
def test_an_action_step_is_done_by_an_agreement_signed_since(
    signed: str, status: str, state: str
) -> None:
    parties = [
        {"agreement": "X", "organization": o, "signed": signed, "status": status} for o in "ab"
    ]
    step = {**STEP, "agreed_on": "2025-09-01", "due": "2026-03-31"}
    assert judge(step, agreements=parties)["state"] == state


def test_an_agreement_of_others_does_not_count() -> None:
    parties = [
        {"agreement": "X", "organization": o, "signed": "2026-02-01", "status": "executed"}
        for o in "ac"
    ]
    assert judge({**STEP, "due": "2026-03-31"}, agreements=parties)["state"] == "overdue"


def test_dropped_stays_dropped_and_feedback_waits() -> None:
    outcomes = [
        {**NEW, "status": "dropped", "due": "2026-01-01", "note": "moved away"},
        {"outcome": "one form", "type": "policy feedback"},
    ]
    result = check_outcomes(make_network("abc", outcomes=outcomes), as_of=DAY)
    assert dict(zip(result.table["outcome"], result.table["state"], strict=True)) == {
        "meet": "dropped",
        "one form": "open",
    }
    assert result.tables["feedback"]["outcome"].tolist() == ["one form"]
    assert "1 piece of feedback on policies waits" in result.text


def test_overdue_ones_come_first() -> None:
    outcomes = [
        {**NEW, "outcome": "later", "due": "2027-01-01"},
        {**NEW, "outcome": "late", "due": "2026-01-01"},
        {**NEW, "outcome": "ready", "status": "done"},
    ]
    net = make_network("abc", outcomes=outcomes)
    assert check_outcomes(net, as_of=DAY).table["outcome"].tolist() == ["late", "later", "ready"]


def test_no_register_is_said() -> None:
    assert "table outcomes" in check_outcomes(make_network("ab")).text
