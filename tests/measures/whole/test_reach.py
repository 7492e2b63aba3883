from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.whole.reach import measure_reach, measure_tie_betweenness

from ..graphs import layer_of, random_networks, two_cliques


def test_two_cliques_and_a_bridge_by_hand() -> None:
    layer = layer_of(two_cliques())
    found = measure_reach(layer, within=(1, 2, 4))
    assert found.loc["3"].tolist() == [2 / 6, 1.0, 1.0, 2]
    assert found.loc["0"].tolist() == [2 / 6, 3 / 6, 1.0, 4]
    ties = measure_tie_betweenness(layer).set_index(["source", "target"])["betweenness"]
    assert ties["2", "3"] == pytest.approx(3 * 4 / 21)  # everything between the two sides
    assert ties["0", "1"] == pytest.approx(1 / 21)


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_equal_networkx(directed: bool) -> None:
    for graph in random_networks(directed=directed):
        layer, n = layer_of(graph), len(graph)
        steps = {v: nx.single_source_shortest_path_length(graph, v) for v in graph}
        found = measure_reach(layer, within=(1, 2, 3))
        assert found["eccentricity"].tolist() == [max(steps[v].values()) for v in graph]
        for m in (1, 2, 3):
            near = [sum(0 < d <= m for d in steps[v].values()) / (n - 1) for v in graph]
            assert found[f"reach_{m}"].to_numpy() == pytest.approx(near, abs=1e-12)
        oracle = {
            (str(u), str(v)): value
            for (u, v), value in nx.edge_betweenness_centrality(graph).items()
        }
        ties = measure_tie_betweenness(layer)
        assert len(ties) == len(oracle)
        for row in ties.itertuples():
            value = oracle.get((row.source, row.target), oracle.get((row.target, row.source)))
            assert row.betweenness == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_nobody_and_isolates() -> None:
    assert measure_reach(layer_of(nx.empty_graph(0))).empty
    alone = measure_reach(layer_of(nx.empty_graph(3)))
    assert (alone.to_numpy() == 0).all()
    assert measure_tie_betweenness(layer_of(nx.empty_graph(3))).empty


def test_any_number_of_threads_gives_the_same_bits() -> None:
    layer = layer_of(nx.gnp_random_graph(300, 0.03, seed=4))
    one, many = (measure_tie_betweenness(layer, workers=w)["betweenness"] for w in (1, 4))
    assert np.array_equal(one, many)
