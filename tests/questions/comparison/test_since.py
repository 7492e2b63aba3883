"""What came and went between two states, on a network that can be gone through by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.questions.comparison.since import show_alike, tell_since

from ...builders import make_network

BEFORE, AFTER = "2025-06-30", "2026-06-30"
KINDS = {"a": "critical_access_hospital", "b": "hospital", "c": "food", "d": "housing"}


def make_state(day: str, *, later: bool) -> Network:
    """Four organizations; later two ties more, one ended, an outcome done, an agreement ended."""
    ties: list[dict[str, Any]] = [
        {"source": "a", "target": "b", "relation": "referral", "until": "2026-03-31"},
        {"source": "b", "target": "c", "relation": "collaboration"},
    ]
    if later:
        ties += [
            {"source": "a", "target": "c", "relation": "collaboration"},
            {"source": "c", "target": "d", "relation": "referral"},
        ]
    outcome = {"outcome": "Meals for patients", "type": "action step", "organization": "c"}
    net = make_network(
        [{"id": id_, "name": id_.upper(), "kind": kind} for id_, kind in KINDS.items()],
        ties,
        agreements=[
            {"agreement": "TA-1", "organization": id_, "type": "patient transfer",
             "status": "executed", "signed": "2024-01-01", "expires": "2026-02-28"}
            for id_ in "ab"
        ],
        outcomes=[
            {**outcome, "status": "done" if later else "open", "agreed_on": "2025-05-01",
             "due": "2026-12-31"}
        ],
    )  # fmt: skip
    return net.at(day)


@pytest.fixture(scope="module")
def found() -> pn.Result:
    return tell_since(make_state(BEFORE, later=False), make_state(AFTER, later=True))


def test_every_change_is_told_once(found: pn.Result) -> None:
    rows = found.table[found.table["what"] != "gap"]
    assert sorted(zip(rows["what"], rows["change"], rows["subject"], strict=True)) == [
        ("agreement", "ended", "A and B"),
        ("outcome", "fulfilled", "Meals for patients"),
        ("tie", "gone", "A and B"),
        ("tie", "new", "A and C"),
        ("tie", "new", "C and D"),
    ]


def test_gaps_that_are_new_or_closed_are_those_of_one_state_only(found: pn.Result) -> None:
    states = make_state(BEFORE, later=False), make_state(AFTER, later=True)
    was, now = ({*pn.find_gaps(net).table["gap_id"]} for net in states)
    gaps = found.table.loc[found.table["what"] == "gap", "change"].value_counts().to_dict()
    assert gaps == {
        key: len(ids) for key, ids in (("new", now - was), ("closed", was - now)) if ids
    }
    assert gaps


def test_the_sentence_counts_the_rows(found: pn.Result) -> None:
    text = found.sentences[0]
    assert text.startswith("Since June 30, 2025: 2 ties are new, 1 tie is gone, 1 agreement")
    for key, number in text.claims.items():
        what, change = key.split(", ")
        rows = found.table[(found.table["what"] == what) & (found.table["change"] == change)]
        assert number == len(rows)


def test_agreements_are_known_by_who_and_what_not_by_their_number() -> None:
    """The public sees agreements under numbers of each state."""
    states = [make_state(day, later=late).whole for day, late in ((BEFORE, False), (AFTER, True))]
    since, net = states[0].at(BEFORE), states[1].for_audience("public").at(AFTER)
    found = tell_since(show_alike(since, net), net).table
    row = found[found["what"] == "agreement"].iloc[0]
    assert (row["change"], row["subject"]) == ("ended", "A and B")
    assert "TA-1" not in found.to_csv()


@pytest.mark.parametrize(
    ("award", "said"),
    [
        ({}, "$5,000 without a year"),
        ({"fiscal_year": "2025"}, "$5,000 for fiscal year 2025"),
    ],
)
def test_money_is_told_with_its_year_where_it_has_one(award: dict[str, str], said: str) -> None:
    row = {"recipient": "a", "program": "Flex", "amount": 5000, **award}
    was, now = (make_network("ab", funding=rows).at(AFTER) for rows in ([], [row]))
    money = tell_since(was, now).table.query("what == 'money'")
    assert money["detail"].tolist() == [""]
    assert money["subject"].tolist() == [said]
    gone = tell_since(now, was).table.query("what == 'money'")
    assert gone[["subject", "detail"]].to_numpy().tolist() == [["no awards", f"was {said}"]]


def test_nothing_changed() -> None:
    same = make_state(BEFORE, later=False)
    found = tell_since(same, replace(same))
    assert found.table.empty
    assert str(found.sentences[0]) == "Since June 30, 2025 nothing came or went."


def test_an_earlier_state_is_shown_as_its_reader_may_see_it() -> None:
    net, since = make_state(AFTER, later=True), make_state(BEFORE, later=False)
    shown = show_alike(since, net.whole.for_audience("public"))
    assert shown.audience == "public" and shown.day == since.day
    assert show_alike(since, net.whole.for_audience("partner", "a")).reader == "a"
    with pytest.raises(UsageError, match="since: found 'last year'"):
        show_alike("last year", net)  # type: ignore[arg-type]


def test_the_report_says_it_after_the_summary() -> None:
    net, since = make_state(AFTER, later=True).whole, make_state(BEFORE, later=False)
    sections = pn.build_report(net, as_of=AFTER, since=since).sections
    assert [section.id for section in sections][:3] == ["summary", "since", "gaps"]
    assert "2 ties are new" in str(sections[1].lead[0])


def test_a_gap_that_nobody_closed_is_told_apart() -> None:
    """Two transfer patients with no agreement on file until they stop: no agreement was signed."""
    signed = [
        {"agreement": "TA-2", "organization": id_, "type": "patient transfer", "status": "executed"}
        for id_ in "bc"
    ]
    net = make_network(
        [{"id": id_, "name": id_.upper(), "kind": kind} for id_, kind in KINDS.items()],
        [{"source": "a", "target": "b", "relation": "transfer", "until": "2026-03-31"}],
        agreements=signed,
    )
    table = tell_since(net.at(BEFORE), net.at(AFTER)).table
    closed = table[(table["what"] == "gap") & (table["change"] == "closed")]
    told = dict(zip(closed["subject"], closed["detail"], strict=True))
    assert [text for text in told.values() if text.endswith("; the tie that asked for it ended")]
