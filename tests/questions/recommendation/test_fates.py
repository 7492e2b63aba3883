"""What became of suggestions, counted by hand, and what is learned from it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet import track_suggestions
from partnet.core.network import Network
from partnet.questions.recommendation.fates import find_range
from partnet.questions.recommendation.learned import learn_factors

from ...builders import make_network

CLINICS = [{"id": f"c{k}", "name": f"C{k}", "kind": "rural_health_clinic"} for k in range(8)]
BANKS = [{"id": f"b{k}", "name": f"B{k}", "kind": "bank"} for k in range(8)]
HOSPITAL = {"id": "h", "name": "H", "kind": "hospital"}


def _answer(partner: str, answer: str = "approached", **more: Any) -> dict[str, Any]:
    return {"organization": "h", "partner": partner, "answer": answer,
            "given_on": "2026-01-15", "predicted": 0.4, **more}  # fmt: skip


def _make(feedback: list[dict[str, Any]], tied: list[str]) -> Network:
    ties = [("h", partner) for partner in tied] + [("c0", "b0")]
    return make_network([HOSPITAL, *CLINICS, *BANKS], ties, feedback=feedback)


def test_ties_on_file_are_counted_against_what_was_predicted() -> None:
    feedback = [_answer("c1"), _answer("c2", "met"), _answer("b1", "declined", note="no time"),
                _answer("b2", "not now")]  # fmt: skip
    found = track_suggestions(_make(feedback, ["c1", "c2"]), as_of="2026-06-01")
    assert found.claims["fates"] == {"approached": 3, "ties": 2, "predicted": pytest.approx(1.2)}
    assert str(found.say("fates")[0]) == (
        "Of 3 suggestions approached, 2 became ties (the list predicted 1.2)."
    )
    assert found.claims["too_few"]["judged"] == 3
    assert "no time" in found.say("refused")[0]
    assert found.table["became_tie"].tolist() == [True, True, False]


def test_a_mere_contact_and_a_later_answer_count_for_nothing_yet() -> None:
    feedback = [_answer("c1"), _answer("c2", given_on="2026-09-01")]
    contacts = [{"organization": "c1", "date": "2026-02-01", "by": "h", "mode": "call"}]
    net = make_network([HOSPITAL, *CLINICS], [("c3", "c4")], feedback=feedback, contacts=contacts)
    claims = track_suggestions(net, as_of="2026-06-01").claims["fates"]
    assert (claims["approached"], claims["ties"]) == (1, 0)


def test_what_was_not_written_down_is_worked_out_as_of_the_day_before() -> None:
    rows = [_answer("c1", predicted="")]
    ties = [(a["id"], b["id"]) for a, b in zip(CLINICS, BANKS, strict=True)] + [("h", "b1")]
    later = {"source": "h", "target": "c1", "relation": "collaboration", "since": "2026-03-01"}
    plain = [{"source": a, "target": b, "relation": "collaboration"} for a, b in ties]
    net = make_network([HOSPITAL, *CLINICS, *BANKS], [*plain, later], feedback=rows)
    found = track_suggestions(net, as_of="2026-06-01")
    assert found.table["became_tie"].all()
    assert 0 < found.table["predicted"].iloc[0] < 1


def test_kinds_that_became_ties_are_moved_up_and_others_down() -> None:
    """6 of 6 clinics, 0 of 6 banks: p = 1/2, (6 + 2.5)/11/0.5 = 1.545 and 2.5/11/0.5 = 0.4545."""
    feedback = [_answer(f"{letter}{k}") for letter, k in product("cb", range(1, 7))]
    net = _make(feedback, [f"c{k}" for k in range(1, 7)]).at("2026-06-01")
    factors = learn_factors(net)
    assert factors["rural_health_clinic"] == pytest.approx(8.5 / 11 / 0.5)
    assert factors["bank"] == 0.5  # never more than halved
    kinds = track_suggestions(net).tables["kinds"].set_index("kind")
    assert kinds.loc["bank", ["approached", "ties", "factor"]].tolist() == [6, 0, 0.5]
    few = _make(feedback[:9], ["c1"]).at("2026-06-01")
    assert learn_factors(few) == {}


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_the_range_agrees_with_all_outcomes_counted(chances: list[float]) -> None:
    share = np.zeros(len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        share[sum(outcome)] += np.prod(
            [c if o else 1 - c for c, o in zip(chances, outcome, strict=True)]
        )
    low, high = find_range(np.array(chances))
    assert low <= high
    assert share[:low].sum() <= 0.05 + 1e-9
    assert share[high + 1 :].sum() <= 0.05 + 1e-9


def test_without_feedback_it_says_so() -> None:
    found = track_suggestions(_make([], []))
    assert found.table.empty
    assert found.claims["fates"]["approached"] == 0
