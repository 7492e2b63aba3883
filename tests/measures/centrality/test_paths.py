from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.centrality.paths import (
    measure_betweenness,
    measure_closeness,
    measure_weighted_paths,
)

from ..graphs import HALVES, TENTHS, by_position, graphs, layer_of, two_cliques

EITHER = st.booleans().flatmap(lambda directed: graphs(directed=directed))
WEIGHTED = st.booleans().flatmap(lambda directed: graphs(directed=directed, strengths=HALVES))


def test_star() -> None:
    star = layer_of(nx.star_graph(4))
    assert measure_betweenness(star).tolist() == [1, 0, 0, 0, 0]
    near = measure_closeness(star)
    np.testing.assert_allclose(near.closeness, [1, *[4 / 7] * 4])
    np.testing.assert_allclose(near.harmonic, [1, *[(1 + 3 / 2) / 4] * 4])


def test_two_cliques_and_a_bridge() -> None:
    between = measure_betweenness(layer_of(two_cliques())) * 15  # unordered pairs without v
    np.testing.assert_allclose(between, [0, 0, 8, 9, 8, 0, 0])


def test_florentine_marriages() -> None:
    graph = nx.florentine_families_graph()
    between = dict(zip(graph, measure_betweenness(layer_of(graph)), strict=True))
    assert max(between, key=lambda name: between[name]) == "Medici"
    assert between["Medici"] == pytest.approx(47.5 / 91)
    assert between["Guadagni"] == pytest.approx(23.1666666667 / 91)


def test_kite() -> None:
    graph = nx.krackhardt_kite_graph()
    assert int(np.argmax(measure_betweenness(layer_of(graph)))) == 7  # Heather
    assert set(np.argsort(-measure_closeness(layer_of(graph)).closeness)[:2]) == {5, 6}


@given(EITHER)
def test_unweighted_paths_equal_networkx(graph: nx.Graph) -> None:
    layer = layer_of(graph)
    near = measure_closeness(layer)
    n = max(len(graph) - 1, 1)
    _equal(measure_betweenness(layer), nx.betweenness_centrality(graph))
    _equal(near.closeness, nx.closeness_centrality(graph))
    _equal(near.harmonic * n, nx.harmonic_centrality(graph))


@given(WEIGHTED)
def test_weighted_paths_equal_networkx_where_lengths_are_exact(graph: nx.Graph) -> None:
    between, near = measure_weighted_paths(layer_of(graph))
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    n = max(len(graph) - 1, 1)
    _equal(between, nx.betweenness_centrality(graph, weight="length"))
    _equal(near.closeness, nx.closeness_centrality(graph, distance="length"))
    _equal(near.harmonic * n, nx.harmonic_centrality(graph, distance="length"))


@given(st.booleans().flatmap(lambda d: graphs(directed=d, strengths=TENTHS, most=8)))
def test_weighted_betweenness_equals_exact_fractions(graph: nx.Graph) -> None:
    between, _ = measure_weighted_paths(layer_of(graph))
    np.testing.assert_allclose(between, _betweenness_by_fractions(graph), atol=1e-9)


def test_equal_ways_are_equal_in_spite_of_rounding() -> None:
    # 1/0.1 + 1/0.6 and 1/0.3 + 1/0.12 are both 35/3, but not as floating-point numbers
    ways = [(0, 1, 0.1), (1, 3, 0.6), (0, 2, 0.3), (2, 3, 0.12)]
    graph = nx.Graph()
    graph.add_nodes_from(range(4))
    graph.add_weighted_edges_from(ways)
    assert 1 / 0.1 + 1 / 0.6 != 1 / 0.3 + 1 / 0.12
    between, _ = measure_weighted_paths(layer_of(graph))
    np.testing.assert_allclose(between, _betweenness_by_fractions(graph))
    assert between[1] == between[2] > 0


def test_strength_is_never_taken_for_a_length() -> None:
    # The hub works closely with everybody; the others only know each other. Taken as lengths,
    # its strong ties would be long ways and it would vanish.
    graph = nx.cycle_graph(6)
    nx.set_edge_attributes(graph, 0.25, "weight")
    graph.add_weighted_edges_from((6, v, 1.0) for v in range(6))
    between, near = measure_weighted_paths(layer_of(graph))
    assert between[6] == 1.0
    assert int(np.argmax(near.harmonic)) == 6
    wrong = by_position(nx.betweenness_centrality(graph, weight="weight"))
    assert wrong[6] < wrong[:6].max()


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_without_ties_everything_is_zero(n: int) -> None:
    layer = layer_of(nx.empty_graph(n))
    between, near = measure_weighted_paths(layer)
    for values in (measure_betweenness(layer), between, near.harmonic, near.closeness):
        assert values.tolist() == [0.0] * n
    assert measure_closeness(layer).closeness.tolist() == [0.0] * n


def test_more_vertices_than_one_word() -> None:
    graph = nx.disjoint_union(nx.path_graph(150), nx.barabasi_albert_graph(90, 2, seed=3))
    near = measure_closeness(layer_of(graph))
    _equal(near.closeness, nx.closeness_centrality(graph))
    _equal(near.harmonic * 239, nx.harmonic_centrality(graph))


def test_any_number_of_workers_gives_the_same_bits() -> None:
    graph = nx.gnm_random_graph(200, 700, seed=4)
    for k, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = TENTHS[k % 10]
    layer = layer_of(graph)
    found = []
    for workers in (1, 2, 4):
        between, near = measure_weighted_paths(layer, workers=workers)
        parts = [measure_betweenness(layer, workers=workers), between, near.harmonic]
        parts += [measure_closeness(layer, workers=workers).harmonic]
        found.append(b"".join(part.tobytes() for part in parts))
    assert len(set(found)) == 1


def _equal(values: np.ndarray, oracle: dict[int, float]) -> None:
    np.testing.assert_allclose(values, by_position(oracle), atol=1e-9, rtol=1e-9)


def _betweenness_by_fractions(graph: nx.Graph) -> list[float]:
    """Betweenness with exact lengths 1/strength, by counting over all triples."""
    n = len(graph)
    ways = {v: _count_paths(graph, v) for v in graph}
    between = [Fraction(0)] * n
    for s, t in permutations(range(n), 2):
        if t not in ways[s][0]:
            continue
        for v in set(range(n)) - {s, t}:
            if v in ways[s][0] and t in ways[v][0]:
                through = ways[s][0][v] + ways[v][0][t] == ways[s][0][t]
                between[v] += through * Fraction(ways[s][1][v] * ways[v][1][t], ways[s][1][t])
    pairs = (n - 1) * (n - 2)
    return [float(value / pairs) if n > 2 else 0.0 for value in between]


def _count_paths(graph: nx.Graph, source: int) -> tuple[dict[int, Fraction], dict[int, int]]:
    """Exact distances from a source, and the number of shortest ways."""
    length = {(u, v): 1 / Fraction(round(d["weight"] * 100), 100) for u, v, d in _arcs(graph)}
    distance, done = {source: Fraction(0)}, set()
    while len(done) < len(distance):
        v = min((v for v in distance if v not in done), key=lambda v: distance[v])
        done.add(v)
        for u, w in length:
            if u == v:
                way = distance[v] + length[u, w]
                distance[w] = min(distance.get(w, way), way)
    count = {source: 1}
    for w in sorted(distance, key=lambda v: distance[v])[1:]:
        count[w] = sum(
            count[u]
            for u, x in length
            if x == w and u in distance and distance[u] + length[u, w] == distance[w]
        )
    return distance, count


def _arcs(graph: nx.Graph) -> list[tuple[int, int, dict[str, float]]]:
    arcs = list(graph.edges(data=True))
    return arcs if graph.is_directed() else arcs + [(v, u, d) for u, v, d in arcs]
