from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.whole import upper_bounds
from partnet.measures.whole.upper_bounds import measure_lubness

from ..graphs import layer_of, random_networks


def measure_plainly(graph: nx.DiGraph) -> float:
    """By the definition: a bound to which all other bounds of the two lead."""
    lacking = most = 0
    for part in nx.weakly_connected_components(graph):
        most += (len(part) - 1) * (len(part) - 2) // 2
        above = {v: nx.ancestors(graph, v) | {v} for v in part}
        for i, j in combinations(part, 2) if len(part) > 2 else ():
            bounds = above[i] & above[j]
            lacking += not any(bounds <= above[bound] for bound in bounds)
    return 1 - lacking / most if most else float("nan")


def test_one_superior_each_and_two_superiors() -> None:
    assert measure_lubness(layer_of(nx.DiGraph([(0, 1), (0, 2), (1, 3), (1, 4)]))) == 1
    # two lead to a third: these two have no bound; most possible is one pair
    assert measure_lubness(layer_of(nx.DiGraph([(0, 2), (1, 2)]))) == 0
    # 0 and 1 both lead to 2 and 3: 0, 1 have no bound, 2, 3 have two and neither is the least
    crossed = nx.DiGraph([(0, 2), (0, 3), (1, 2), (1, 3)])
    assert measure_lubness(layer_of(crossed)) == pytest.approx(1 - 2 / 3)


def test_lubness_is_that_of_the_definition_on_random_networks() -> None:
    for graph in random_networks(directed=True):
        expected = measure_plainly(graph)
        if not graph.edges:
            expected = np.nan
        assert measure_lubness(layer_of(graph)) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_where_it_is_not_defined(monkeypatch: pytest.MonkeyPatch) -> None:
    assert np.isnan(measure_lubness(layer_of(nx.path_graph(4))))
    assert np.isnan(measure_lubness(layer_of(nx.DiGraph([(0, 1)]))))
    monkeypatch.setattr(upper_bounds, "MOST", 2)
    assert np.isnan(measure_lubness(layer_of(nx.DiGraph([(0, 1), (0, 2)]))))
