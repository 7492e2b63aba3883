from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.core.arrays import get_rows
from partnet.measures.kernels.shortest_path import find_shortest_path

from ..graphs import layer_of


def search(graph: nx.Graph, start: int, end: int) -> list[int]:
    rows = get_rows(layer_of(graph).matrix)
    return find_shortest_path.interpreted(*rows, np.array([start, end])).tolist()


def test_a_detour_that_is_shorter_is_taken() -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(6))
    ways = [(0, 1, 4.0), (1, 2, 4.0), (0, 3, 1.0), (3, 4, 2.0), (4, 2, 4.5)]
    graph.add_weighted_edges_from(ways)
    assert search(graph, 0, 2) == [0, 3, 4, 2]  # 7.5 against 8
    assert search(graph, 2, 0) == [2, 4, 3, 0]
    assert search(graph, 0, 5) == []
    assert search(graph, 1, 1) == [1]


@given(st.integers(0, 200))
def test_paths_are_as_short_as_those_of_networkx(seed: int) -> None:
    chance = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(int(chance.integers(2, 14)), 0.3, seed=seed)
    for ends in graph.edges:
        graph.edges[ends]["weight"] = float(chance.integers(1, 20)) / 4  # sums are exact
    start, end = (int(k) for k in chance.integers(0, len(graph), 2))
    found = search(graph, start, end)
    if not nx.has_path(graph, start, end):
        assert found == []
        return
    assert (found[0], found[-1]) == (start, end)
    length = sum(graph.edges[ends]["weight"] for ends in pairwise(found))
    assert length == nx.dijkstra_path_length(graph, start, end)


@pytest.mark.slow
def test_compiled_it_finds_the_same() -> None:
    graph = nx.barabasi_albert_graph(300, 3, seed=1)
    for k, ends in enumerate(graph.edges):
        graph.edges[ends]["weight"] = 1.0 + k % 7
    rows = get_rows(layer_of(graph).matrix)
    for pair in np.random.default_rng(1).integers(0, 300, (200, 2)):
        found = find_shortest_path.interpreted(*rows, pair)
        assert found.tolist() == find_shortest_path.compiled(*rows, pair).tolist()
