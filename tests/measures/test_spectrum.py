from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.errors import UsageError
from partnet.measures.spectrum import measure_eigenvector, measure_katz, measure_pagerank

from .graphs import HALVES, by_position, graphs, layer_of, two_cliques

WEIGHTED = st.booleans().flatmap(lambda directed: graphs(directed=directed, strengths=HALVES))


@given(WEIGHTED, st.booleans())
def test_pagerank_equals_networkx(graph: nx.Graph, weighted: bool) -> None:
    weight = "weight" if weighted else None
    oracle = nx.pagerank(graph, tol=1e-13, max_iter=1000, weight=weight) if len(graph) else {}
    found = measure_pagerank(layer_of(graph), weighted=weighted)
    np.testing.assert_allclose(found, by_position(oracle), atol=1e-9)


@given(graphs(strengths=HALVES), st.booleans())
def test_eigenvector_equals_the_dense_solution_on_the_largest_part(
    graph: nx.Graph, weighted: bool
) -> None:
    found = measure_eigenvector(layer_of(graph), weighted=weighted)
    parts = [sorted(part) for part in nx.connected_components(graph)]
    sizes = [(len(part), len(graph.subgraph(part).edges)) for part in parts]
    if not graph.edges or sizes.count(max(sizes)) > 1:
        return
    part = parts[sizes.index(max(sizes))]
    matrix = nx.to_numpy_array(graph, part, weight="weight" if weighted else None)
    vector = np.abs(np.linalg.eigh(matrix)[1][:, -1])
    np.testing.assert_allclose(found[part], vector, atol=1e-9)
    assert np.delete(found, part).sum() == 0


def test_eigenvector_equals_networkx_on_connected_graphs() -> None:
    for graph in (nx.karate_club_graph(), nx.barabasi_albert_graph(400, 3, seed=1), two_cliques()):
        oracle = by_position(nx.eigenvector_centrality_numpy(graph))
        found = measure_eigenvector(layer_of(graph, weight=None))
        np.testing.assert_allclose(found, np.abs(oracle), atol=1e-9)


@pytest.mark.parametrize("n", [30, 300])
def test_directed_eigenvector_counts_ties_received(n: int) -> None:
    graph = nx.gnp_random_graph(n, 8 / n, seed=5, directed=True)
    core = max(nx.strongly_connected_components(graph), key=len)
    graph = nx.convert_node_labels_to_integers(graph.subgraph(core))
    oracle = by_position(nx.eigenvector_centrality(graph, max_iter=5000, tol=1e-13))
    np.testing.assert_allclose(measure_eigenvector(layer_of(graph)), oracle, atol=1e-8)


def test_without_ties() -> None:
    assert measure_pagerank(layer_of(nx.empty_graph(0))).tolist() == []
    assert measure_pagerank(layer_of(nx.empty_graph(4))).tolist() == [0.25] * 4
    assert measure_eigenvector(layer_of(nx.empty_graph(4))).tolist() == [0.0] * 4
    assert measure_eigenvector(layer_of(nx.empty_graph(0))).tolist() == []


def test_two_tied_organizations_share_the_eigenvector() -> None:
    np.testing.assert_allclose(measure_eigenvector(layer_of(nx.path_graph(2))), [0.5**0.5] * 2)


@given(WEIGHTED, st.booleans())
def test_katz_equals_the_dense_solution(graph: nx.Graph, weighted: bool) -> None:
    found = measure_katz(layer_of(graph), weighted=weighted)
    if not len(graph):
        assert not len(found)
        return
    matrix = nx.to_numpy_array(graph, weight="weight" if weighted else None)
    radius = np.abs(np.linalg.eigvals(matrix)).max()
    step = 0.5 / radius if radius > 1e-9 else 0.0
    if 0 < radius < 1e-3:  # eigenvalues of a matrix without cycles are noise around 0
        return
    x = np.linalg.solve(np.eye(len(graph)) - step * matrix.T, np.ones(len(graph)))
    np.testing.assert_allclose(found, x / np.linalg.norm(x), atol=1e-9)


@pytest.mark.parametrize("directed", [False, True])
def test_katz_equals_networkx(directed: bool) -> None:
    graph = nx.gnp_random_graph(300, 0.03, seed=2, directed=directed)
    oracle = by_position(nx.katz_centrality_numpy(graph, alpha=0.05))
    np.testing.assert_allclose(measure_katz(layer_of(graph), alpha=0.05), oracle, atol=1e-9)
    with pytest.raises(UsageError, match="1 / \\(largest"):
        measure_katz(layer_of(graph), alpha=0.5)


def test_eigenvector_of_a_large_path_needs_many_steps() -> None:
    # The two largest eigenvalues nearly agree: Lanczos gives up, ARPACK goes on
    n = 230
    found = measure_eigenvector(layer_of(nx.path_graph(n)))
    expected = np.sin(np.pi * np.arange(1, n + 1) / (n + 1))
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-9)
