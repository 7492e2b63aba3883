from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given

from partnet.measures.groups.cohesion import find_cuts, measure_coreness
from partnet.measures.whole.shape import count_triangles_through

from ..graphs import by_position, graphs, layer_of, two_cliques


@given(graphs(most=14))
def test_coreness_equals_networkx(graph: nx.Graph) -> None:
    assert measure_coreness(layer_of(graph)).tolist() == by_position(nx.core_number(graph)).tolist()


@given(graphs(directed=True))
def test_coreness_ignores_direction(graph: nx.DiGraph) -> None:
    oracle = nx.core_number(graph.to_undirected())
    assert measure_coreness(layer_of(graph)).tolist() == by_position(oracle).tolist()


@given(graphs(most=14))
def test_cut_points_equal_networkx(graph: nx.Graph) -> None:
    cuts = find_cuts(layer_of(graph))
    assert set(np.flatnonzero(cuts.n_cut_off)) == set(nx.articulation_points(graph))


@given(graphs(most=14))
def test_what_is_cut_off_equals_taking_each_vertex_away(graph: nx.Graph) -> None:
    cuts = find_cuts(layer_of(graph))
    for vertex in graph:
        rest = graph.subgraph(nx.node_connected_component(graph, vertex) - {vertex})
        parts = sorted(sorted(part) for part in nx.connected_components(rest))
        assert sorted(sorted(part.tolist()) for part in cuts.split_without(vertex)) == parts
        assert cuts.n_cut_off[vertex] == len(rest) - max(map(len, parts), default=0)
        assert cuts.connected_after[vertex] == sum(len(p) * (len(p) - 1) for p in parts)


@given(graphs(most=14))
def test_bridge_ties_equal_networkx(graph: nx.Graph) -> None:
    cuts = find_cuts(layer_of(graph))
    lower, side = cuts.bridges()
    found = {frozenset((int(v), int(cuts.parent[v]))) for v in lower}
    assert found == set(map(frozenset, nx.bridges(graph)))
    for vertex, smaller in zip(lower, side, strict=True):
        parent = int(cuts.parent[vertex])
        cut = graph.copy()
        cut.remove_edge(int(vertex), parent)
        ends = [nx.node_connected_component(cut, end) for end in (int(vertex), parent)]
        assert smaller == min(map(len, ends))


@given(graphs(most=14))
def test_blocks_equal_networkx(graph: nx.Graph) -> None:
    cuts = find_cuts(layer_of(graph))
    members: dict[int, set[int]] = {}
    for vertex in graph:
        if cuts.blocks[vertex] >= 0:
            ends = {vertex, int(cuts.parent[vertex])}
            members.setdefault(int(cuts.blocks[vertex]), set()).update(ends)
    oracle = nx.biconnected_components(graph)
    assert sorted(map(sorted, members.values())) == sorted(map(sorted, oracle))


@given(graphs(most=14))
def test_triangles_equal_networkx(graph: nx.Graph) -> None:
    assert _count(graph) == by_position(nx.triangles(graph)).tolist()


def test_triangles_at_a_hub() -> None:
    graph = nx.star_graph(200)
    graph.add_edge(1, 2)
    assert _count(graph) == by_position(nx.triangles(graph)).tolist()


def test_two_cliques_and_a_bridge() -> None:
    cuts = find_cuts(layer_of(two_cliques()))
    assert cuts.n_cut_off.tolist() == [0, 0, 2, 3, 2, 0, 0]
    lower, side = cuts.bridges()
    assert sorted(zip(lower.tolist(), side.tolist(), strict=True)) == [(3, 3), (4, 3)]
    assert measure_coreness(layer_of(two_cliques())).tolist() == [2] * 7


def test_a_long_path_needs_no_recursion() -> None:
    cuts = find_cuts(layer_of(nx.path_graph(5001)))
    assert cuts.n_cut_off[2500] == 2500
    assert cuts.n_cut_off[1] == 1


def _count(graph: nx.Graph) -> list[int]:
    one, *others = (count_triangles_through(layer_of(graph), workers=w) for w in (1, 2, 4))
    assert all((other == one).all() for other in others)
    return one.tolist()
