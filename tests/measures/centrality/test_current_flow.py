from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from partnet.measures.centrality import current_flow
from partnet.measures.centrality.current_flow import measure_current_flow

from ..graphs import HALVES, graphs, layer_of, random_networks


def test_resistances_of_a_triangle_by_hand() -> None:
    # two ways from each to each: 1 beside 2 ohm, 2/3
    found = measure_current_flow(layer_of(nx.complete_graph(3)))
    assert found.closeness == pytest.approx([2 / (4 / 3)] * 3)
    # between two others one third of the current takes the longer way
    assert found.betweenness == pytest.approx([1 / 3] * 3)
    star = measure_current_flow(layer_of(nx.star_graph(3)))
    assert star.closeness == pytest.approx([1.0, 3 / 5, 3 / 5, 3 / 5])
    assert star.betweenness == pytest.approx([1, 0, 0, 0], abs=1e-12)


def test_random_networks_equal_networkx_part_by_part() -> None:
    for graph in random_networks(directed=False):
        layer, n = layer_of(graph), len(graph)
        found = measure_current_flow(layer)
        position = {v: k for k, v in enumerate(graph)}
        close, between = np.zeros(n), np.zeros(n)
        for part in nx.connected_components(graph):
            if len(part) < 2:
                continue
            block, reached = graph.subgraph(part), len(part) - 1
            for v, value in nx.current_flow_closeness_centrality(block).items():
                close[position[v]] = value * reached**2 / (n - 1)
            if len(part) > 2:
                oracle = nx.current_flow_betweenness_centrality(block, normalized=False)
                for v, value in oracle.items():
                    between[position[v]] = value * 2 / ((n - 1) * (n - 2))
        assert found.closeness == pytest.approx(close, rel=1e-9, abs=1e-9)
        assert found.betweenness == pytest.approx(between, rel=1e-9, abs=1e-9)


@given(graphs(strengths=HALVES, most=7))
def test_strength_is_conductance(graph: nx.Graph) -> None:
    layer = layer_of(graph)
    found = measure_current_flow(layer, weighted=True)
    position = {v: k for k, v in enumerate(graph)}
    for part in nx.connected_components(graph):
        if len(part) > 1:
            block = graph.subgraph(part)
            scale = (len(part) - 1) ** 2 / (len(graph) - 1)
            for v, value in nx.current_flow_closeness_centrality(block, weight="weight").items():
                assert found.closeness[position[v]] == pytest.approx(value * scale, rel=1e-9)


def test_direction_does_not_matter_and_large_parts_have_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrows = nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3)])
    one = measure_current_flow(layer_of(arrows))
    other = measure_current_flow(layer_of(arrows.to_undirected()))
    assert one.closeness == pytest.approx(other.closeness)
    monkeypatch.setattr(current_flow, "MOST", 3)
    assert np.isnan(measure_current_flow(layer_of(arrows)).betweenness).all()
    assert len(measure_current_flow(layer_of(nx.empty_graph(0))).closeness) == 0
