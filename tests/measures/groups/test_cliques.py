from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.groups import cliques
from partnet.measures.groups.cliques import find_cliques, find_plexes

from ..graphs import graphs, layer_of, random_networks, two_cliques


def find_plainly(graph: nx.Graph, k: int, smallest: int) -> set[frozenset[int]]:
    """Every set that is a k-plex and in no larger one, among all sets."""
    vertices = list(range(len(graph)))
    tie = nx.to_numpy_array(graph, weight=None)
    plexes = [
        frozenset(group)
        for size in range(1, len(vertices) + 1)
        for group in combinations(vertices, size)
        if all(tie[v, list(group)].sum() >= size - k for v in group)
    ]
    known = set(plexes)
    return {
        group
        for group in plexes
        if len(group) >= smallest
        and not any(group | {v} in known for v in vertices if v not in group)
    }


def test_two_cliques_by_hand() -> None:
    layer = layer_of(two_cliques())
    found = find_cliques(layer)
    assert found.members == ((0, 1, 2), (4, 5, 6)) and found.complete
    assert found.count_memberships().tolist() == [1, 1, 1, 0, 1, 1, 1]
    assert found.count_overlap()[0, 1] == 1 and found.count_overlap()[2, 4] == 0
    assert found.tabulate(layer)["members"].tolist() == ["0, 1, 2", "4, 5, 6"]
    assert find_cliques(layer, smallest=2).members[-1] == (3, 4)


@pytest.mark.parametrize("directed", [False, True])
def test_cliques_equal_networkx_on_random_networks(directed: bool) -> None:
    for graph in random_networks(directed=directed):
        flat = nx.relabel_nodes(graph, {v: k for k, v in enumerate(graph)}).to_undirected()
        oracle = {tuple(sorted(clique)) for clique in nx.find_cliques(flat) if len(clique) >= 3}
        assert set(find_cliques(layer_of(graph)).members) == oracle


@given(graphs(most=7), st.integers(1, 3), st.integers(2, 5))
def test_plexes_equal_all_sets(graph: nx.Graph, k: int, smallest: int) -> None:
    found = find_plexes(layer_of(graph), k=k, smallest=smallest)
    assert {frozenset(group) for group in found.members} == find_plainly(graph, k, smallest)
    assert len(set(found.members)) == len(found.members)


def test_a_square_is_one_plex() -> None:
    assert find_plexes(layer_of(nx.cycle_graph(4))).members == ((0, 1, 2, 3),)
    assert find_cliques(layer_of(nx.cycle_graph(4))).members == ()


def test_a_search_that_is_cut_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = layer_of(nx.complete_multipartite_graph(3, 3, 3, 3))  # 81 cliques
    assert len(find_cliques(layer).members) == 81
    monkeypatch.setattr(cliques, "MOST_FOUND", 10)
    found = find_cliques(layer)
    assert len(found.members) == 10 and not found.complete
    monkeypatch.setattr(cliques, "MOST_TRIED", 5)
    assert not find_plexes(layer).complete


def test_nobody() -> None:
    assert find_cliques(layer_of(nx.empty_graph(0))).members == ()
    assert find_plexes(layer_of(nx.empty_graph(5))).members == ()
