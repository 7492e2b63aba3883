from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.core.errors import UsageError
from partnet.measures.centrality import spectral
from partnet.measures.centrality.spectral import measure_eigenvector, measure_katz, measure_pagerank

from ..graphs import HALVES, by_position, graphs, layer_of, two_cliques

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
    assert found.shape == (len(graph),)
    if not len(graph):
        return
    matrix = nx.to_numpy_array(graph, weight="weight" if weighted else None)
    largest = np.abs(np.linalg.eigvals(matrix)).max()
    if not graph.edges or (graph.is_directed() and nx.is_directed_acyclic_graph(graph)):
        largest = 1.0  # no way leads back: one half is taken
    expected = np.linalg.solve(np.eye(len(matrix)) - 0.5 / largest * matrix.T, np.ones(len(matrix)))
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("directed", [False, True])
def test_katz_of_many_equals_networkx(directed: bool) -> None:
    graph = nx.gnm_random_graph(300, 1200, seed=4, directed=directed)
    alpha = 0.9 / np.abs(np.linalg.eigvals(nx.to_numpy_array(graph))).max()
    oracle = nx.katz_centrality_numpy(graph, alpha=alpha)
    np.testing.assert_allclose(
        measure_katz(layer_of(graph), alpha=alpha), by_position(oracle), rtol=1e-8
    )


def test_katz_by_hand() -> None:
    # arrows that never lead back: a step counts 1/2; to 2 lead itself, one way of 1 and one of 2
    found = measure_katz(layer_of(nx.DiGraph([(0, 1), (1, 2)])))
    np.testing.assert_allclose(found, np.array([4, 6, 7]) / np.sqrt(16 + 36 + 49))
    assert measure_katz(layer_of(nx.empty_graph(4))).tolist() == [0.5] * 4


def test_katz_refuses_an_endless_sum() -> None:
    with pytest.raises(UsageError, match=r"alpha: found 1\.5\. Allowed is 0 to below 1,"):
        measure_katz(layer_of(nx.path_graph(2)), alpha=1.5)


def test_katz_of_many_refuses_an_endless_sum() -> None:
    for directed in (False, True):
        graph = nx.gnm_random_graph(300, 1200, seed=4, directed=directed)
        with pytest.raises(UsageError, match=r"alpha: found 0\.5"):
            measure_katz(layer_of(graph), alpha=0.5)


def test_eigenvector_of_a_large_path_needs_many_steps() -> None:
    # The two largest eigenvalues nearly agree: Lanczos gives up, ARPACK goes on
    n = 230
    found = measure_eigenvector(layer_of(nx.path_graph(n)))
    expected = np.sin(np.pi * np.arange(1, n + 1) / (n + 1))
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), atol=1e-9)


def test_where_the_fast_solver_gives_up_the_slower_one_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layer = layer_of(nx.barabasi_albert_graph(300, 3, seed=4), weight=None)
    expected = measure_eigenvector(layer)
    nothing = (0, np.zeros(1), np.zeros((1, 1)), 1)
    monkeypatch.setattr(spectral, "dstemr", lambda *_, **__: nothing)
    np.testing.assert_allclose(measure_eigenvector(layer), expected, atol=1e-9)
