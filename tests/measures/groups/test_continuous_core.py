from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import minimize

from partnet.measures.groups.continuous_core import measure_continuous_core

from ..graphs import layer_of, random_networks


def measure_loss(scores: np.ndarray, tie: np.ndarray) -> float:
    left = tie - np.outer(scores, scores)
    return float((left**2).sum() - (np.diag(left) ** 2).sum())


def test_complete_networks_are_all_core_and_a_star_has_a_hub() -> None:
    found = measure_continuous_core(layer_of(nx.complete_graph(4)))
    assert found.scores == pytest.approx([1.0] * 4) and np.isnan(found.correlation)
    star = measure_continuous_core(layer_of(nx.star_graph(2))).scores
    # hub 1, leaves x with least 2 (1 - x)^2 + x^4, halved: x = 1 / (1 + x^2)
    assert star[0] == 1.0 and star[1] == pytest.approx(1 / (1 + star[1] ** 2)) == star[2]
    assert star[1] == pytest.approx(0.682327803828)


def test_scores_have_the_least_residual() -> None:
    for graph in random_networks(directed=False):
        tie = nx.to_numpy_array(graph, weight=None)
        found = measure_continuous_core(layer_of(graph))
        if not tie.any():
            assert not found.scores.any() and np.isnan(found.correlation)
            continue
        start = np.minimum(tie.sum(axis=1) / np.sqrt(tie.sum()), 1.0)
        bounds = [(0, 1)] * len(tie)
        oracle = minimize(measure_loss, start, args=(tie,), bounds=bounds, tol=1e-14)
        assert measure_loss(found.scores, tie) <= oracle.fun + 1e-6
        assert ((found.scores >= 0) & (found.scores <= 1)).all()
        assert_no_score_can_be_moved(found.scores, tie)
        upper = np.triu_indices(len(tie), 1)
        product = np.outer(found.scores, found.scores)[upper]
        if np.ptp(tie[upper]) and np.ptp(product) > 1e-9:
            expected = np.corrcoef(tie[upper], product)[0, 1]
            assert found.correlation == pytest.approx(expected, abs=1e-9)


def assert_no_score_can_be_moved(scores: np.ndarray, tie: np.ndarray) -> None:
    for v in range(len(scores)):
        rest = (scores**2).sum() - scores[v] ** 2
        best = min(tie[v] @ scores / rest, 1.0) if rest > 0 else 0.0
        assert scores[v] == pytest.approx(best, abs=1e-9)


def test_the_order_of_rows_does_not_matter() -> None:
    graph = nx.karate_club_graph()
    one = measure_continuous_core(layer_of(graph, None)).scores
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(graph.edges)
    assert np.array_equal(one, measure_continuous_core(layer_of(turned, None)).scores[::-1])


def test_nobody() -> None:
    assert len(measure_continuous_core(layer_of(nx.empty_graph(0))).scores) == 0
