"""Networks in which not all pairs can be looked at: the same answers from lists and a draw."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.questions.recommendation import request
from partnet.questions.recommendation.adviser import make_adviser
from partnet.questions.recommendation.features import graph
from partnet.questions.recommendation.features import random_walks as walks
from partnet.questions.recommendation.ranking import nearest_candidates as near
from partnet.questions.recommendation.ranking.nearest_candidates import (
    NearestCandidates,
    gather_pairs,
)
from partnet.questions.recommendation.ranking.scores import build_features

from ...builders import make_network

N = 240


def _draw_network(n: int = N, seed: int = 1) -> Network:
    """Circles of forty that keep to themselves, with kinds, counties and services."""
    random = np.random.default_rng(seed)
    ids = np.array([f"o{k:04d}" for k in range(n)])
    source = random.integers(0, n - n // 20, 6 * n)  # the last ones are newcomers
    step = random.integers(1, 40, 6 * n)
    target = np.where(random.random(6 * n) < 0.8, source // 40 * 40 + step, source + 7 * step)
    kept = (source < target) & (target < n - n // 20)
    ends = np.unique(np.column_stack([source[kept], target[kept]]), axis=0)
    tables = {
        "organizations": pd.DataFrame(
            {
                "id": ids,
                "name": ids,
                "kind": random.choice(["hospital", "food", "housing"], n),
                "county_fips": [f"31{2 * (k // 40) + 1:03d}" for k in range(n)],
            }
        ),
        "ties": pd.DataFrame(
            {"source": ids[ends[:, 0]], "target": ids[ends[:, 1]], "relation": "collaboration"}
        ),
        "services": pd.DataFrame(
            {
                "organization": np.tile(ids, 2),
                "service": [f"service {k}" for k in random.integers(25, size=2 * n)],
            }
        ),
    }
    return pn.read_network(tables)


@pytest.fixture
def few_pairs(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Treat every network as one that is too large for all pairs."""
    monkeypatch.setattr(graph, "MOST_PAIRS", 0)
    yield monkeypatch


@pytest.mark.slow
def test_lists_of_everybody_on_a_full_draw_give_the_exact_scores(
    few_pairs: pytest.MonkeyPatch,
) -> None:
    with few_pairs.context() as small:
        small.setattr(graph, "MOST_PAIRS", 2_000_000)
        exact = pn.score_pairs(_draw_network(120)).set_index(["a", "b"])
    few_pairs.setattr(near, "NEAREST", 200)
    few_pairs.setattr(walks, "LEAST", 1e-9)
    found = pn.score_pairs(_draw_network(120)).set_index(["a", "b"])
    warm = exact[exact["situation"] != "newcomer"]
    both = warm.join(found.add_suffix("_found"), how="inner")
    assert len(both) > 0.9 * len(warm)
    columns = [c for c in warm if c.startswith("x_") and warm[c].notna().any()]
    for column in columns:
        off = (both[column] - both[f"{column}_found"]).abs()
        assert off.quantile(0.9) < 0.15, column
    assert both["score"].corr(both["score_found"], method="spearman") > 0.97


@pytest.mark.slow
def test_one_asked_alone_hears_what_everybody_hears(few_pairs: pytest.MonkeyPatch) -> None:
    everybody = pn.recommend_partners(_draw_network(), n=4).table
    for who in ("o0003", "o0100", "o0235"):  # the last one is a newcomer
        alone = pn.recommend_partners(_draw_network(), who, n=4, runs=0).table
        same = everybody[everybody["organization"] == who].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, same[alone.columns], check_exact=False)


@pytest.mark.slow
def test_contributions_add_up_and_no_partner_is_named(few_pairs: pytest.MonkeyPatch) -> None:
    net = _draw_network()
    result = pn.recommend_partners(net, n=3)
    sums = result.tables["reasons"].groupby(["organization", "partner"])["contribution"].sum()
    scores = result.table.set_index(["organization", "partner"])["score"]
    assert (sums - scores).abs().max() < 1e-9
    partners = {frozenset(pair) for pair in net.ties[["source", "target"]].to_numpy().tolist()}
    named = result.table[["organization", "partner"]].to_numpy().tolist()
    assert not partners & {frozenset(pair) for pair in named}
    assert all(a != b for a, b in named)


@pytest.mark.slow
def test_a_pair_on_nobody_s_list_is_taken_apart_either_way(few_pairs: pytest.MonkeyPatch) -> None:
    few_pairs.setattr(near, "NEAREST", 3)
    net = _draw_network()
    listed = make_adviser(net, asked=[0]).scoring.warm
    assert not ((listed.i == 0) & (listed.j == 200)).any()
    one, other = pn.explain_pair(net, "o0000", "o0200"), pn.explain_pair(net, "o0200", "o0000")
    assert len(one.table) > 3
    first, second = (r.table.set_index("reason")["contribution"] for r in (one, other))
    pd.testing.assert_series_equal(first.sort_index(), second.sort_index())


def test_pairs_that_are_drawn_stand_for_all() -> None:
    net = _draw_network()
    layer = build_layer(net)
    features = build_features(net.at(), layer)
    i, j, mass = NearestCandidates(features).draw_warm()
    tied = int((features.graph.degree > 0).sum())
    free = tied * (tied - 1) / 2 - features.graph.adjacency.nnz / 2
    assert mass.sum() == pytest.approx(free, rel=0.02)
    assert (features.graph.degree[i] > 0).all() and (features.graph.degree[j] > 0).all()
    assert not (features.graph.adjacency.toarray()[i, j]).any()


def test_lists_hold_those_near_by_what_they_share_and_by_place() -> None:
    net = _draw_network()
    features = build_features(net.at(), build_layer(net))
    newcomer = N - 1
    found = NearestCandidates(features).list_for(np.array([newcomer]), np.array([[2, newcomer]]))
    others = set(np.concatenate([found.i, found.j]).tolist()) - {newcomer}
    assert 2 in others  # a pair that closes a gap is on the list, however far apart
    county = net.organizations["county_fips"].to_numpy()
    neighbors = np.flatnonzero(county == county[newcomer])
    assert others & set(neighbors.tolist())
    assert len(others) >= 200


def test_each_pair_stands_once_and_remembers_whose_list_it_is_on() -> None:
    pairs = gather_pairs(np.array([5, 2, 5]), np.array([2, 5, 7]), 10)
    assert pairs.i.tolist() == [2, 5] and pairs.j.tolist() == [5, 7]
    assert pairs.listed.tolist() == [[True, True], [True, False]]


@pytest.mark.slow
def test_a_back_test_by_lists_is_that_by_all_pairs(few_pairs: pytest.MonkeyPatch) -> None:
    listed = pn.backtest_recommendations(_draw_network(), splits=2).table
    few_pairs.setattr(graph, "MOST_PAIRS", 2_000_000)
    exact = pn.backtest_recommendations(_draw_network(), splits=2).table
    for measure in ("auc", "hit_1", "hit_5", "reciprocal_rank"):
        off = (listed[measure] - exact[measure]).abs().drop("popularity")
        assert off.max() < 0.03, measure  # lists are not made by popularity, so it gains by them


@pytest.mark.slow
def test_ties_outside_the_lists_count_as_missed(few_pairs: pytest.MonkeyPatch) -> None:
    many = pn.backtest_recommendations(_draw_network(), splits=2)
    few_pairs.setattr(near, "NEAREST", 1)
    few = pn.backtest_recommendations(_draw_network(), splits=2)
    assert few.table.loc["ranker", "hit_5"] < many.table.loc["ranker", "hit_5"]
    assert len(few.tables["organizations"]) == len(many.tables["organizations"])
    assert any("count as missed" in note for note in many.method.notes)
    chance = 5 / N
    assert many.table.loc["chance", "hit_5"] < 4 * chance


@pytest.mark.parametrize("ties", [[], [(0, 1)], [(0, k) for k in range(1, 60)]])
def test_hardly_any_ties_are_no_fault(
    few_pairs: pytest.MonkeyPatch, ties: list[tuple[int, int]]
) -> None:
    ids = [f"o{k}" for k in range(60)]
    net = make_network(ids, [(ids[a], ids[b]) for a, b in ties])
    result = pn.recommend_partners(net, "o7", n=2, runs=2)
    assert len(result.table) == (2 if ties else 0)
    assert pn.backtest_recommendations(net, splits=2).text.startswith("No organization could be")
    assert np.isfinite(pn.score_pairs(net)["score"]).all()


def test_who_has_nobody_near_is_given_those_with_most_ties(few_pairs: pytest.MonkeyPatch) -> None:
    ids = [f"o{k:02d}" for k in range(40)]
    cliques = [(ids[a], ids[b]) for a in range(40) for b in range(a + 1, 40) if a // 5 == b // 5]
    table = pn.recommend_partners(make_network(ids, cliques), "o07", n=3, runs=0).table
    assert len(table) == 3
    assert not set(table["partner"]) & set(ids[5:10])


@pytest.mark.slow
def test_of_very_many_only_those_named_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "MOST_TOGETHER", 100)
    net = _draw_network(120)
    unasked = pn.recommend_partners(net)
    assert unasked.table.empty
    assert "suggestions are made for those you name" in unasked.text
    assert len(pn.recommend_partners(net, "o0003", n=2, runs=0).table) == 2
    assert pn.recommend_partners(net, for_kinds="hospital", n=1).table["organization"].is_unique


@pytest.mark.slow
def test_the_order_is_the_same_with_one_thread_and_with_two() -> None:
    script = (
        "import partnet as pn; net = pn.load_sample('prairie');"
        "print(pn.score_pairs(net, ranker='best')['score'].sum().hex());"
        "print(pn.backtest_recommendations(net).to_json())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    ]
    assert said[0] == said[1]
