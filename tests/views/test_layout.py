"""Positions: low stress, no randomness, parts apart, earlier pictures kept."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.spatial.distance import cdist, pdist

from partnet import UsageError
from partnet.facts.graph.layers import Layer
from partnet.views.layout import layout_network
from partnet.views.stress import (
    layout_connected,
    majorize_stress,
    measure_distances,
    measure_lengths,
    scale_pivots,
    separate_points,
)


def make_layer(graph: nx.Graph) -> Layer:
    ids = pd.Index([f"o{node:04}" for node in graph], dtype="str", name="id")
    matrix = (
        sparse.csr_array(nx.to_numpy_array(graph, weight=None))
        if len(graph)
        else sparse.csr_array((0, 0))
    )
    return Layer(ids=ids, names=pd.Series(ids, index=ids), matrix=matrix)


def measure_stress(points: np.ndarray, distances: np.ndarray) -> float:
    """Mean squared relative error of the distances at the best scale of the picture."""
    upper = np.triu_indices(len(points), 1)
    ratio = cdist(points, points)[upper] / distances[upper]
    return float(np.mean((ratio * ratio.sum() / (ratio**2).sum() - 1) ** 2))


GRAPHS = {
    "path": nx.path_graph(12),
    "cycle": nx.cycle_graph(15),
    "grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 8)),
    "tree": nx.balanced_tree(2, 5),
    "hubs": nx.barabasi_albert_graph(80, 2, seed=4),
    "friends": nx.convert_node_labels_to_integers(nx.les_miserables_graph()),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_stress_is_no_worse_than_that_of_kamada_and_kawai(name: str) -> None:
    graph = GRAPHS[name]
    lengths = measure_lengths(make_layer(graph).matrix)
    distances = measure_distances(lengths, np.arange(len(graph)))
    ours = majorize_stress(scale_pivots(distances), distances)
    theirs = nx.kamada_kawai_layout(
        graph, dist={i: dict(enumerate(d)) for i, d in enumerate(distances)}
    )
    baseline = measure_stress(np.array([theirs[node] for node in graph]), distances)
    assert measure_stress(ours, distances) <= 1.03 * baseline + 1e-3


def test_a_tie_within_a_circle_is_shorter_than_one_between_hubs() -> None:
    graph = nx.disjoint_union(nx.star_graph(9), nx.star_graph(9))
    graph.add_edge(0, 10)
    lengths = measure_lengths(make_layer(graph).matrix)
    assert lengths[0, 1] == 1.0
    assert lengths[0, 10] == pytest.approx(np.sqrt(10))
    complete = measure_lengths(make_layer(nx.complete_graph(6)).matrix)
    assert set(complete.data) == {1.0}


@pytest.mark.slow
def test_above_a_thousand_pivots_come_close_to_the_full_solution() -> None:
    graph = nx.powerlaw_cluster_graph(1100, 2, 0.4, seed=5)
    matrix = make_layer(graph).matrix
    distances = measure_distances(measure_lengths(matrix), np.arange(1100))
    full = majorize_stress(scale_pivots(distances[:, :50]), distances)
    assert measure_stress(layout_connected(matrix), distances) < 1.4 * measure_stress(
        full, distances
    )


@given(st.integers(1, 25), st.integers(0, 40), st.integers(0, 1000))
def test_the_order_of_rows_moves_nobody(n: int, m: int, seed: int) -> None:
    layer = make_layer(nx.gnm_random_graph(n, m, seed=seed))
    order = np.random.default_rng(seed).permutation(n)
    shuffled = replace(
        layer,
        ids=layer.ids[order],
        names=layer.names.iloc[order],
        matrix=sparse.csr_array(layer.matrix[order][:, order]),
    )
    here = layout_network(layer)
    assert layout_network(shuffled).loc[layer.ids].equals(here)
    assert np.isfinite(here.to_numpy()).all()
    assert n == 1 or pdist(here.to_numpy()).min() > 0.05


def test_direction_and_strength_move_nobody() -> None:
    layer = make_layer(GRAPHS["hubs"])
    arcs = replace(layer, matrix=sparse.csr_array(sparse.triu(layer.matrix)) * 0.3, directed=True)
    assert layout_network(arcs).equals(layout_network(layer))


def test_parts_stand_apart_and_those_without_ties_beneath() -> None:
    parts = [nx.path_graph(5), nx.complete_graph(4), nx.path_graph(2), nx.empty_graph(3)]
    placed = layout_network(make_layer(nx.disjoint_union_all(parts))).to_numpy()
    boxes = [placed[:5], placed[5:9], placed[9:11]]
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart = (one.max(axis=0) < other.min(axis=0)) | (other.max(axis=0) < one.min(axis=0))
            assert apart.any()
    alone = placed[11:]
    assert alone[:, 1].max() < placed[:11, 1].min() - 0.5
    assert np.ptp(alone[:, 1]) == 0
    assert np.diff(alone[:, 0]).min() > 0.4


@pytest.mark.parametrize("graph", [nx.empty_graph(0), nx.empty_graph(1), nx.path_graph(2)])
def test_the_smallest_networks(graph: nx.Graph) -> None:
    placed = layout_network(make_layer(graph))
    assert placed.shape == (len(graph), 2) and list(placed) == ["x", "y"]
    assert placed.index.name == "id"
    if len(graph) == 2:
        assert placed["x"].tolist() == [0.0, 1.0] or placed["x"].tolist() == [1.0, 0.0]


def test_an_earlier_picture_is_kept_and_newcomers_join_their_partners() -> None:
    graph = nx.barabasi_albert_graph(40, 2, seed=1)
    before = layout_network(make_layer(graph))
    graph.add_edges_from([(40, 5), (41, 40), (43, 44)])
    graph.add_nodes_from([42])
    layer = make_layer(graph)
    after = layout_network(layer, start=before)
    assert after.loc[before.index].equals(before)
    place = after.to_numpy()[layer.ids.get_indexer([f"o{i:04}" for i in (5, 40, 41, 42, 43, 44)])]
    assert 0.3 < np.hypot(*(place[1] - place[0])) < 2.5
    assert 0.3 < np.hypot(*(place[2] - place[1])) < 2.5
    assert (place[3:, 1] < before["y"].min()).all()


def test_positions_need_x_and_y() -> None:
    with pytest.raises(UsageError, match=r"start: found the columns lat"):
        layout_network(make_layer(nx.path_graph(2)), start=pd.DataFrame({"lat": [1.0]}))


def test_points_on_one_spot_part() -> None:
    parted = separate_points(np.zeros((6, 2)), 0.5)
    assert pdist(parted).min() > 0.49
