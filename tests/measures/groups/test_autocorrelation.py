from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.groups.autocorrelation import measure_autocorrelation

from ..graphs import layer_of, random_networks, two_cliques


def measure_plainly(graph: nx.Graph, x: np.ndarray) -> tuple[float, float]:
    tie = nx.to_numpy_array(graph, weight=None)
    n, z = len(x), x - x.mean()
    across = sum(tie[i, j] * z[i] * z[j] for i in range(n) for j in range(n))
    apart = sum(tie[i, j] * (x[i] - x[j]) ** 2 for i in range(n) for j in range(n))
    total, spread = tie.sum(), (z**2).sum()
    return n / total * across / spread, (n - 1) / (2 * total) * apart / spread


def test_a_pair_of_pairs_by_hand() -> None:
    graph = nx.Graph([(0, 1), (2, 3)])
    alike = measure_autocorrelation(layer_of(graph), [0, 0, 1, 1], permutations=0)
    assert (alike.moran, alike.geary) == (1.0, 0.0)
    apart = measure_autocorrelation(layer_of(graph), [0, 1, 0, 1], permutations=0)
    assert (apart.moran, apart.geary) == (-1.0, 1.5)
    assert alike.moran_expected == -1 / 3 and np.isnan(alike.moran_p)


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_equal_the_formulas(directed: bool) -> None:
    for seed, graph in enumerate(random_networks(directed=directed)):
        x = np.random.default_rng(seed).normal(size=len(graph))
        found = measure_autocorrelation(layer_of(graph), x, permutations=0)
        if not graph.edges:
            assert np.isnan(found.moran)
            continue
        moran, geary = measure_plainly(graph, x)
        assert (found.moran, found.geary) == (pytest.approx(moran), pytest.approx(geary))


def test_unknown_values_are_left_out() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (2, 3)])
    found = measure_autocorrelation(layer_of(graph), [1.0, 2.0, np.nan, 5.0], permutations=9)
    assert (found.organizations, found.ties) == (3, 1)
    rest = graph.subgraph([0, 1, 3])
    assert found.moran == pytest.approx(measure_plainly(rest, np.array([1.0, 2.0, 5.0]))[0])


def test_two_cliques_of_unlike_values_are_more_than_chance() -> None:
    found = measure_autocorrelation(layer_of(two_cliques()), [1, 1, 2, 5, 8, 9, 9])
    assert found.moran > 0.4 and found.moran_p < 0.05 and found.geary < 0.5


@pytest.mark.parametrize("values", [[3.0] * 4, [np.nan] * 4, [1.0, np.nan, np.nan, 2.0]])
def test_where_it_is_not_defined(values: list[float]) -> None:
    found = measure_autocorrelation(layer_of(nx.path_graph(4)), values)
    assert np.isnan([found.moran, found.geary, found.moran_p]).all()
