from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from partnet.measures.keyplayers import find_breakers, find_reachers, measure_fragmentation

from .graphs import graphs, layer_of, two_cliques


def test_the_bridge_breaks_two_cliques() -> None:
    found = find_breakers(layer_of(two_cliques()), most=1)
    assert found["organization"].tolist() == ["3"]
    assert found["before"].tolist() == [0.0]
    assert found["value"].tolist() == [pytest.approx(1 - 12 / 30)]


def test_a_star_without_its_hub_is_all_fragments() -> None:
    found = find_breakers(layer_of(nx.star_graph(5)), most=3)
    assert found["organization"].tolist() == ["0"]  # nobody has a tie after that
    assert found["value"].tolist() == [1.0]


@given(graphs())
def test_the_first_breaker_is_the_best_by_brute_force(graph: nx.Graph) -> None:
    found = find_breakers(layer_of(graph), most=1)
    tied = [v for v in graph if graph.degree(v)]
    if not tied:
        assert found.empty
        return
    values = [_fragmentation(graph.subgraph(set(graph) - {v})) for v in tied]
    assert found["value"].iloc[0] == pytest.approx(max(values))


@given(graphs())
def test_the_first_reacher_is_the_best_by_brute_force(graph: nx.Graph) -> None:
    found = find_reachers(layer_of(graph), most=1)
    if not graph.edges:
        assert found.empty
        return
    values = nx.harmonic_centrality(graph)
    assert found["value"].iloc[0] * len(graph) == pytest.approx(1 + max(values.values()))


def test_two_reachers_cover_two_stars() -> None:
    graph = nx.disjoint_union(nx.star_graph(5), nx.star_graph(4))
    found = find_reachers(layer_of(graph), most=2)
    assert found["organization"].tolist() == ["0", "6"]
    assert found["value"].tolist() == pytest.approx([6 / 11, 1.0])


def test_those_left_out_do_not_count_as_fragments() -> None:
    layer = replace(
        layer_of(nx.disjoint_union(nx.path_graph(4), nx.empty_graph(1))), without=("4",)
    )
    assert find_breakers(layer, most=1)["before"].tolist() == [0.0]


def test_fragmentation_of_nobody_is_zero() -> None:
    layer = layer_of(nx.path_graph(3))
    assert measure_fragmentation(layer, np.zeros(3, dtype=bool)) == 0.0


def _fragmentation(graph: nx.Graph) -> float:
    n = len(graph)
    connected = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - connected / (n * (n - 1)) if n > 1 else 0.0
