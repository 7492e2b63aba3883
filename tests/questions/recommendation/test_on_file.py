"""What does not depend on who asks is worked out once for a network, its day and a layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from partnet import explain_pair, plan_introductions, recommend_partners, score_pairs
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.questions.recommendation import on_file
from partnet.questions.recommendation.evaluation import stability

from ...builders import bridge_of_two_cliques


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often a network was scored, and scored again with ties held out."""
    counts = {"scored": 0, "again": 0}

    def count(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            counts[name] += 1
            return function(*args)

        return call

    monkeypatch.setattr(on_file, "_score", count("scored", on_file._score))
    monkeypatch.setattr(stability, "_hold_out", count("again", stability._hold_out))
    return counts


def test_all_verbs_share_one_scoring(counted: dict[str, int]) -> None:
    net = bridge_of_two_cliques()
    recommend_partners(net, n=3)
    for one in "ab":  # ranks of everybody are kept for whoever asks next
        recommend_partners(net, one)
    plan_introductions(net, 2)
    explain_pair(net, "a", "g")
    score_pairs(net)
    assert counted == {"scored": 1, "again": 1}


def test_another_day_ranker_or_layer_is_scored_anew(counted: dict[str, int]) -> None:
    net = bridge_of_two_cliques()
    score_pairs(net)
    score_pairs(net, as_of="2026-01-01")
    score_pairs(net, "best")
    score_pairs(net, relations=["referral"])
    assert counted["scored"] == 4


def test_nothing_is_kept_of_a_layer_of_ones_own(counted: dict[str, int]) -> None:
    net = bridge_of_two_cliques()
    layer = build_layer(net)
    first, second = (recommend_partners(net, "a", layer=layer, runs=2) for _ in range(2))
    assert first.to_json() == second.to_json()
    assert counted == {"scored": 2, "again": 2}


def test_what_was_asked_before_changes_no_answer() -> None:
    asked, fresh = bridge_of_two_cliques(), bridge_of_two_cliques()
    explain_pair(asked, "g", "a")
    recommend_partners(asked, "a", 1, runs=0)
    assert recommend_partners(asked, n=3).to_json() == recommend_partners(fresh, n=3).to_json()


def test_tables_handed_out_can_be_changed() -> None:
    net: Network = bridge_of_two_cliques()
    first = plan_introductions(net, 2)
    kept = first.table.copy()
    first.table["gain"] = -1.0
    pd.testing.assert_frame_equal(plan_introductions(net, 2).table, kept)
