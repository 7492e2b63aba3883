from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet import UsageError
from partnet.facts.graph.collaboration import build_layer
from partnet.measures.groups import equivalence
from partnet.measures.groups.equivalence import find_blocks, measure_blockmodel, measure_equivalence

from ...builders import make_network
from ..graphs import graphs, layer_of, random_networks


def list_profiles(graph: nx.Graph, i: int, j: int) -> tuple[list[float], list[float]]:
    """Ties of two to everybody else and to each other, each beside its like."""
    tie = nx.to_numpy_array(graph, weight=None)
    others = [k for k in range(len(tie)) if k not in (i, j)]
    one = [*tie[i, others], tie[i, j]]
    other = [*tie[j, others], tie[j, i]]
    if graph.is_directed():
        one += [*tie[others, i], tie[j, i]]
        other += [*tie[others, j], tie[i, j]]
    return one, other


@pytest.mark.parametrize("directed", [False, True])
def test_distance_and_correlation_equal_those_of_profiles(directed: bool) -> None:
    for graph in random_networks(directed=directed, count=50):
        layer = layer_of(graph)
        distance = measure_equivalence(layer)
        correlation = measure_equivalence(layer, by="correlation")
        for i in range(len(graph)):
            for j in range(i):
                one, other = list_profiles(graph, i, j)
                assert distance[i, j] == pytest.approx(np.linalg.norm(np.subtract(one, other)))
                flat = len(set(one)) == 1 or len(set(other)) == 1
                expected = np.nan if flat else np.corrcoef(one, other)[0, 1]
                assert correlation[i, j] == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_the_two_sides_of_a_bipartite_network_are_two_blocks() -> None:
    layer = layer_of(nx.complete_bipartite_graph(3, 4))
    labels = find_blocks(layer, blocks=2)
    assert labels.tolist() == [1, 1, 1, 0, 0, 0, 0]  # the larger block first
    found = measure_blockmodel(layer, labels)
    assert found.density["density"].tolist() == [0, 1, 1, 0] and found.fit == 1.0
    assert found.density["cells"].tolist() == [12, 12, 12, 6]


def test_density_leaves_out_cells_of_which_nothing_is_known() -> None:
    answers = [{"respondent": o, "answered": "yes" if o in "ab" else "no"} for o in "abcd"]
    ties = [("a", "b", "referral"), ("a", "c", "referral"), ("b", "a", "referral")]
    net = make_network("abcd", ties, responses=answers)
    labels = np.array([0, 0, 1, 1])
    directed = measure_blockmodel(build_layer(net, directed=True), labels).density
    assert directed["cells"].tolist() == [2, 4, 0, 0]
    assert directed["density"].tolist()[:2] == [1.0, 0.25]
    assert np.isnan(directed["density"].iloc[2])
    pairs = measure_blockmodel(build_layer(net), labels).density
    assert pairs["cells"].tolist() == [2, 4, 4, 0]


@given(graphs(directed=True, most=8), st.randoms(use_true_random=False))
def test_blocks_do_not_depend_on_the_order_of_rows(graph: nx.DiGraph, random) -> None:  # type: ignore[no-untyped-def]
    order = list(graph)
    random.shuffle(order)
    turned = nx.DiGraph()
    turned.add_nodes_from(order)
    turned.add_edges_from(graph.edges)
    one = dict(zip(graph, find_blocks(layer_of(graph), blocks=3).tolist(), strict=True))
    other = dict(zip(order, find_blocks(layer_of(turned), blocks=3).tolist(), strict=True))
    pairs = [(one[u] == one[v], other[u] == other[v]) for u in graph for v in graph]
    assert all(first == second for first, second in pairs)


def test_densities_of_one_block_are_that_of_the_network() -> None:
    graph = nx.gnp_random_graph(9, 0.3, seed=2, directed=True)
    found = measure_blockmodel(layer_of(graph), np.zeros(9, dtype=int))
    assert found.density["density"].tolist() == [pytest.approx(nx.density(graph))]
    assert found.fit == pytest.approx(0.0)


def test_large_and_empty_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = layer_of(nx.empty_graph(0))
    assert find_blocks(empty).tolist() == [] and measure_blockmodel(empty, find_blocks(empty))
    assert find_blocks(layer_of(nx.empty_graph(3))).tolist() == [0, 0, 0]
    monkeypatch.setattr(equivalence, "MOST", 2)
    with pytest.raises(UsageError, match="Equivalence is for at most 2"):
        measure_equivalence(layer_of(nx.path_graph(3)))
