from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.facts.graph.layers import Layer
from partnet.measures.positions.key_players import (
    COLUMNS,
    find_breakers,
    find_key_players,
    find_reachers,
    measure_fragmentation,
)

from ..graphs import graphs, layer_of, two_cliques


def test_the_bridge_breaks_two_cliques() -> None:
    found = find_breakers(layer_of(two_cliques()), most=1)
    assert found["organization"].tolist() == ["3"]
    assert found["before"].tolist() == [0.0]
    assert found["value"].tolist() == [pytest.approx(1 - 12 / 30)]


def test_isolates_reach_themselves() -> None:
    graph = nx.Graph([("a", "b")])
    graph.add_nodes_from("cd")
    found = find_reachers(layer_of(graph), most=3)
    assert found["value"].tolist() == [0.5, 0.75, 1.0]
    assert set(found["search"]) == {"exact"}
    assert find_reachers(layer_of(nx.empty_graph(3)), most=2)["value"].iloc[-1] == 2 / 3


def test_a_star_without_its_hub_is_all_fragments() -> None:
    found = find_breakers(layer_of(nx.star_graph(5)), most=3)
    assert found["organization"].tolist() == ["0"]  # nobody has a tie after that
    assert found["value"].tolist() == [1.0]


@given(graphs(most=8), st.integers(1, 3), st.sampled_from(["F", "dF", "R", "m"]))
def test_small_networks_are_searched_exactly(graph: nx.Graph, most: int, kind: str) -> None:
    layer = layer_of(graph)
    tied = [v for v in graph if graph.degree(v)]
    found, value = _find(layer, graph, most, kind)
    if kind in ("R", "m"):
        tied = list(graph)  # an isolate reaches itself
    if not tied:
        assert found.empty
        return
    assert (found["search"] == "exact").all()
    members = [int(v) for v in found["organization"]]
    assert found["value"].iloc[-1] == pytest.approx(value(members))
    best = max(value(list(others)) for others in combinations(tied, min(most, len(tied))))
    assert found["value"].iloc[-1] == pytest.approx(max(best, found["value"].iloc[-1]))
    if len(members) == most:
        assert found["value"].iloc[-1] == pytest.approx(best)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["F", "dF", "R", "m"])
def test_sets_that_grow_and_swap_come_near_the_best(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = nx.connected_watts_strogatz_graph(24, 4, 0.2, seed=3)
    exact, value = _find(layer_of(graph), graph, 3, kind)
    monkeypatch.setattr("partnet.measures.positions.key_players.EXACT_STEPS", 0.0)
    found, _ = _find(layer_of(graph), graph, 3, kind)
    assert (exact["search"] == "exact").all() and (found["search"] == "greedy with swaps").all()
    best = max(value(list(others)) for others in combinations(graph, 3))
    assert exact["value"].iloc[-1] == pytest.approx(best)
    assert 0.95 * best <= found["value"].iloc[-1] <= best + 1e-12


def test_swaps_mend_what_greed_took_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet.measures.positions.key_players.EXACT_STEPS", 0.0)
    # Greed takes the middle, 0, which is next to everybody's hub; two hubs alone reach everybody.
    graph = nx.Graph()
    for hub, leaves in ((1, range(10, 14)), (2, range(20, 24))):
        graph.add_edges_from((hub, leaf) for leaf in leaves)
    graph.add_edges_from((0, leaf) for leaf in (10, 11, 12, 20, 21, 22))
    found = find_reachers(layer_of(graph), most=2, within=1)
    assert {*found["organization"]} == {"1", "2"}
    assert found["value"].iloc[-1] == pytest.approx(10 / 11)


def test_distance_counts_ways_that_become_longer() -> None:
    # Without the hub of a wheel the rim stays in one part, but everybody is farther away.
    wheel = layer_of(nx.wheel_graph(9))
    assert find_breakers(wheel, most=1)["value"].tolist() == [0.0]
    found = find_breakers(wheel, most=1, by_distance=True)
    assert found["organization"].tolist() == ["0"]
    rim = 2 * (1 + 1 / 2 + 1 / 3) + 1 / 4  # around a ring of eight
    assert found["value"].iloc[0] == pytest.approx(1 - 8 * rim / 56)
    assert found["before"].iloc[0] == pytest.approx(1 - (8 * 2 + 8 * 2 + 8 * 5 / 2) / 72)


def test_m_reach_of_a_path() -> None:
    found = find_reachers(layer_of(nx.path_graph(7)), most=1, within=2)
    assert found["organization"].tolist() == ["2"]  # 0 to 4; 3 and 4 reach as many, 2 comes first
    assert found["value"].tolist() == [pytest.approx(5 / 7)]


def test_reach_follows_the_arrows() -> None:
    found = find_reachers(layer_of(nx.DiGraph([(0, 1), (1, 2), (2, 3)])), most=1, within=3)
    assert found["organization"].tolist() == ["0"]
    assert found["value"].tolist() == [1.0]


def test_four_sets_in_one_table() -> None:
    found = find_key_players(layer_of(two_cliques()))
    assert list(found.columns) == COLUMNS
    assert found["measure"].unique().tolist() == [
        "fragmentation",
        "distance_fragmentation",
        "reach",
        "m_reach",
    ]
    assert not found.isna().any(axis=None)
    for _, rows in found.groupby("set"):
        assert rows["order"].tolist() == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("cores", [1, 2, 4])
def test_any_number_of_cores_finds_the_same_sets(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = layer_of(nx.gnm_random_graph(70, 140, seed=4))
    monkeypatch.setattr("partnet.measures.parallel.STEPS_WORTH_THREADS", 0)
    monkeypatch.setattr("partnet.measures.parallel.count_cores", lambda: cores)
    found = find_key_players(layer, most=2)
    monkeypatch.undo()
    assert found.equals(find_key_players(layer, most=2))


def test_a_network_too_large_to_be_searched_by_distance_gives_no_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("partnet.measures.positions.key_players.LOSS_STEPS", 1.0)
    assert find_breakers(layer_of(two_cliques()), by_distance=True).empty


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
    assert find_key_players(layer_of(nx.empty_graph(0))).empty


def _find(layer: Layer, graph: nx.Graph, most: int, kind: str) -> tuple[Any, Any]:
    """The set found, and the plain value of any set."""
    if kind in ("F", "dF"):
        by_distance = kind == "dF"
        found = find_breakers(layer, most=most, by_distance=by_distance)
        return found, lambda members: _apart(graph.subgraph(set(graph) - {*members}), by_distance)
    within = 2 if kind == "m" else None
    found = find_reachers(layer, most=most, within=within)
    return found, lambda members: _reach(graph, members, within)


def _apart(graph: nx.Graph, by_distance: bool) -> float:
    n = len(graph)
    near = 0.0
    for source, lengths in nx.all_pairs_shortest_path_length(graph):
        near += sum((1 / d if by_distance else 1) for v, d in lengths.items() if v != source)
    return 1 - near / (n * (n - 1)) if n > 1 else 0.0


def _reach(graph: nx.Graph, members: list[int], within: int | None) -> float:
    lengths = nx.multi_source_dijkstra_path_length(graph, {*members}, weight=None)
    if within is not None:
        return sum(d <= within for d in lengths.values()) / len(graph)
    return sum(1 / max(d, 1) for d in lengths.values()) / len(graph)
