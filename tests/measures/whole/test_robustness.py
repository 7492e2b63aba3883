from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.core.arrays import get_rows
from partnet.measures.kernels.robustness import trace_removal
from partnet.measures.whole.robustness import measure_removal

from ..graphs import graphs, layer_of, two_cliques


def test_a_star_falls_apart_with_its_hub() -> None:
    found = measure_removal(layer_of(nx.star_graph(4))).set_index(["order", "removed"])
    for order in ("degree", "betweenness"):
        curve = found.loc[order]
        assert curve["largest"].tolist() == [1, 1 / 5, 1 / 5, 1 / 5, 1 / 5, 0]
        assert curve["fragmentation"].tolist() == [0, 1, 1, 1, 0, 0]  # 0: fewer than two are left
    chance = found.loc["chance"]
    assert 1 / 5 < chance.loc[1, "largest"] < 1  # the hub goes first in some draws only


def test_two_cliques_lose_the_one_between_them_first() -> None:
    curve = measure_removal(layer_of(two_cliques())).set_index(["order", "removed"])
    assert curve.loc[("betweenness", 1), "largest"] == pytest.approx(3 / 7)
    assert curve.loc[("betweenness", 1), "fragmentation"] == pytest.approx(1 - 12 / 30)
    assert curve.loc[("degree", 1), "largest"] == pytest.approx(4 / 7)  # 2 has three partners


@given(graphs(), st.randoms(use_true_random=False))
def test_curves_equal_taking_vertices_away_one_by_one(graph: nx.Graph, random: object) -> None:
    order = list(graph)
    random.shuffle(order)  # type: ignore[attr-defined]
    indptr, indices, _ = get_rows(layer_of(graph).matrix)
    largest, connected = np.zeros((2, len(graph) + 1), np.int64)
    trace_removal(indptr, indices, np.array(order, np.int32), largest, connected)
    for gone in range(len(graph) + 1):
        sizes = [len(part) for part in nx.connected_components(graph.subgraph(order[gone:]))]
        assert largest[gone] == max(sizes, default=0)
        assert connected[gone] == sum(size * (size - 1) for size in sizes)


@given(st.booleans().flatmap(lambda directed: graphs(directed=directed)))
def test_shares_are_shares_and_the_largest_part_only_shrinks(graph: nx.Graph) -> None:
    found = measure_removal(layer_of(graph), draws=3)
    shares = found[["share", "largest", "fragmentation"]].to_numpy()
    assert ((shares >= 0) & (shares <= 1)).all()
    for _, curve in found.groupby("order"):
        assert (np.diff(curve["largest"]) <= 1e-12).all()
        assert curve["removed"].iloc[0] == 0 and curve["removed"].iloc[-1] == len(graph)


def test_those_left_out_are_gone_from_the_start() -> None:
    graph = nx.disjoint_union(nx.path_graph(3), nx.empty_graph(1))
    found = measure_removal(replace(layer_of(graph), without=("3",)))
    assert found["removed"].max() == 3
    assert (found.loc[found["removed"] == 0, "largest"] == 1).all()
    assert (found.loc[found["removed"] == 0, "fragmentation"] == 0).all()


def test_long_curves_are_thinned_but_keep_both_ends() -> None:
    found = measure_removal(layer_of(nx.path_graph(300)), draws=2, points=11)
    assert found.groupby("order").size().tolist() == [11, 11, 11]
    assert found["removed"].unique().tolist() == list(range(0, 301, 30))


def test_the_same_call_gives_the_same_curve() -> None:
    layer = layer_of(nx.gnm_random_graph(40, 80, seed=1))
    assert measure_removal(layer).equals(measure_removal(layer))
    assert not measure_removal(layer).equals(measure_removal(layer, seed=1))


@pytest.mark.parametrize("n", [0, 1, 2])
def test_next_to_nothing(n: int) -> None:
    found = measure_removal(layer_of(nx.empty_graph(n)))
    assert not found.isna().any(axis=None)
    assert len(found) == 3 * (n + 1)
