"""Structural holes within ego networks, as UCINET has them; constraint pair by pair."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.measures.positions.structural_holes import (
    list_dyadic_constraint,
    measure_structural_holes,
)

from .graphs import HALVES, layer_of, random_networks


def with_strengths(graph: nx.Graph, seed: int) -> nx.Graph:
    random = np.random.default_rng(seed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(random.choice(HALVES))
    return graph


def test_the_middle_of_the_kite_is_what_ucinet_gives() -> None:
    layer = layer_of(nx.krackhardt_kite_graph())
    ego = measure_structural_holes(layer, holes="ego")["constraint"]
    whole = measure_structural_holes(layer)["constraint"]
    found = {round(value, 4) for value in ego}
    assert 0.7044 in found
    assert round(float(whole[(ego - 0.7044).abs().idxmin()]), 4) == 0.5412


def test_an_ego_network_by_hand() -> None:
    # a - b, a - c, b - c, c - d: within a's ego network c invests half in a, half in b
    layer = layer_of(nx.Graph([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]))
    ego = measure_structural_holes(layer, holes="ego")
    assert ego.loc["a", "constraint"] == pytest.approx(2 * (0.5 + 0.25) ** 2)
    whole = measure_structural_holes(layer)  # there c invests a third in each
    assert whole.loc["a", "constraint"] == pytest.approx((0.5 + 0.5 / 3) ** 2 + 0.75**2)
    assert ego.loc["d"].tolist() == [1, 1, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("directed", [False, True])
def test_ego_networks_equal_networkx_within_each(directed: bool, weighted: bool) -> None:
    weight = "weight" if weighted else None
    for seed, plain in enumerate(random_networks(directed=directed)):
        graph = with_strengths(plain, seed)
        found = measure_structural_holes(layer_of(graph), weighted=weighted, holes="ego")
        for v in graph:
            others = set(nx.all_neighbors(graph, v))
            ego = graph.subgraph({v, *others})
            row = found.loc[str(v)]
            if not others:
                assert row.isna().all()
                continue
            oracle = sum(nx.local_constraint(ego, v, w, weight=weight) for w in others)
            assert row["constraint"] == pytest.approx(oracle, rel=1e-9)
            size = measure_structural_holes(layer_of(ego), weighted=weighted)
            assert row.to_numpy() == pytest.approx(size.loc[str(v)].to_numpy(), rel=1e-9)


@pytest.mark.parametrize("directed", [False, True])
def test_dyadic_constraint_equals_networkx_and_adds_up(directed: bool) -> None:
    for seed, plain in enumerate(random_networks(directed=directed)):
        graph = with_strengths(plain, seed)
        layer = layer_of(graph)
        found = list_dyadic_constraint(layer, weighted=True)
        names = {str(v): v for v in graph}
        for row in found.itertuples():
            u, v = names[row.organization], names[row.partner]
            oracle = nx.local_constraint(graph, u, v, weight="weight")
            assert row.constraint == pytest.approx(oracle, rel=1e-9)
        total = found.groupby("organization")["constraint"].sum()
        whole = measure_structural_holes(layer, weighted=True)["constraint"].dropna()
        assert total.reindex(whole.index).to_numpy() == pytest.approx(whole.to_numpy(), rel=1e-9)
        assert len(found) == 2 * graph.to_undirected().number_of_edges()


def test_nobody_and_isolates() -> None:
    assert list_dyadic_constraint(layer_of(nx.empty_graph(3))).empty
    assert measure_structural_holes(layer_of(nx.empty_graph(2)), holes="ego").isna().all(axis=None)
