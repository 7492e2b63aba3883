"""Folded sources: trees and twins are found, and what they stand for adds up."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.centrality.paths import measure_betweenness
from partnet.measures.centrality.reduction import fold_sources

from ..graphs import HALVES, by_position, graphs, layer_of, two_cliques


def test_pendants_and_twins_are_searched_from_once() -> None:
    graph = nx.complete_bipartite_graph(2, 3)  # two sets of twins without a tie between them
    graph.add_edges_from([(0, 5), (5, 6)])  # and a tree that hangs on one of them
    fold = fold_sources(layer_of(graph).matrix)
    assert fold.folded.tolist() == [False] * 5 + [True] * 2
    assert fold.weights.tolist() == [3, 1, 3, 0, 0, 0, 0]
    assert fold.own.tolist() == [2 * 4, 0, 0, 0, 0, 10, 0]  # 5 is between 6 and five others


def test_members_of_a_clique_are_twins() -> None:
    fold = fold_sources(layer_of(two_cliques()).matrix)
    assert fold.weights.tolist() == [2, 0, 1, 1, 1, 2, 0]
    assert fold_sources(layer_of(nx.complete_graph(6)).matrix).sources.tolist() == [0]


def test_twins_have_equal_lengths() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 1.0), (1, 2, 1.0), (2, 3, 0.5), (3, 0, 0.5)])
    assert fold_sources(layer_of(graph).distance).weights.tolist() == [2, 1, 0, 1]
    graph[3][0]["weight"] = 1.0
    assert fold_sources(layer_of(graph).distance).weights.tolist() == [1] * 4


def test_trees_and_isolates_need_no_search() -> None:
    tree = nx.balanced_tree(2, 4)
    tree.add_node(31)
    layer = layer_of(tree)
    assert len(fold_sources(layer.matrix).sources) == 0
    oracle = by_position(nx.betweenness_centrality(tree))
    np.testing.assert_allclose(measure_betweenness(layer), oracle, atol=1e-12)


def test_with_directions_everybody_is_searched_from() -> None:
    fold = fold_sources(layer_of(nx.path_graph(4, create_using=nx.DiGraph)).matrix, directed=True)
    assert fold.weights.tolist() == [1] * 4 and not fold.own.any()


@given(graphs(strengths=HALVES, most=14))
def test_every_source_is_counted_once(graph: nx.Graph) -> None:
    fold = fold_sources(layer_of(graph).distance)
    searched = {
        v
        for part in nx.connected_components(graph)
        if not nx.is_tree(graph.subgraph(part))
        for v in part
    }
    assert fold.weights.sum() == len(searched)


@st.composite
def grown(draw: st.DrawFn) -> nx.Graph:
    """Larger graphs: a random core, trees grown on it, and copies of vertices with their ties."""
    seed, n = draw(st.integers(0, 10_000)), draw(st.integers(2, 60))
    random = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(n, draw(st.integers(0, 3 * n)), seed=seed)
    for _ in range(draw(st.integers(0, 30))):
        graph.add_edge(int(random.integers(len(graph))), len(graph))
    for tied in draw(st.lists(st.booleans(), max_size=10)):
        copied, name = int(random.integers(len(graph))), len(graph)
        graph.add_node(name)
        graph.add_edges_from([(name, v) for v in graph[copied]])
        if tied:
            graph.add_edge(name, copied)
    return graph


@given(grown())
def test_betweenness_of_larger_graphs_equals_networkx(graph: nx.Graph) -> None:
    oracle = by_position(nx.betweenness_centrality(graph))
    np.testing.assert_allclose(measure_betweenness(layer_of(graph)), oracle, atol=1e-9, rtol=1e-9)
