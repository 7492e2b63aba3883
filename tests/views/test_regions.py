"""Regions of a large network: everybody in a disc, no disc over another, always the same."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from partnet import Network, build_layer, draw_network
from partnet.views.regions import ALONE, pack_regions


@pytest.fixture(scope="module")
def large() -> Network:
    """Twelve groups of 100, and 40 without a tie."""
    graph = nx.planted_partition_graph(12, 100, 0.08, 0.0005, seed=1)
    graph.add_nodes_from(range(1200, 1240))
    return Network.from_networkx(nx.relabel_nodes(graph, {k: f"o{k:05d}" for k in graph}))


def test_everybody_stands_in_the_disc_of_the_own_community(large: Network) -> None:
    regions = pack_regions(build_layer(large))
    assert regions.names.count("") >= 10
    own = regions.centers[regions.label]
    away = np.hypot(*(regions.points - own).T)
    assert (away <= regions.radii[regions.label]).all()
    between = np.hypot(*(regions.centers[:, None] - regions.centers[None]).transpose(2, 0, 1))
    touch = regions.radii[:, None] + regions.radii[None]
    assert (between + np.eye(len(touch)) * 1e9 >= touch * 0.995).all()
    alone = regions.label == regions.names.index(ALONE)
    assert alone.sum() == 40
    inside = sum(regions.lines.sum(axis=1)) / 2
    a, b = build_layer(large).matrix.nonzero()
    assert inside == (regions.label[a] != regions.label[b]).sum() / 2


def test_a_large_network_has_discs_and_no_spikes(large: Network) -> None:
    ax: Axes = Figure(figsize=(11, 7.6)).add_axes((0, 0, 1, 1))
    draw_network(large, ax=ax)
    discs = [patch for patch in ax.patches if isinstance(patch, Circle)]
    assert len(discs) == len(pack_regions(build_layer(large)).names)
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert sum(len(c.get_segments()) for c in lines) <= len(discs) ** 2 / 2
    for text in ax.texts:
        arrow = getattr(text, "arrow_patch", None)
        if arrow is not None:
            ends = arrow.get_path().vertices  # in pixels, once drawn; before that as placed
            assert np.hypot(*np.array(text.get_position())) * ax.figure.dpi / 72 < 60 + 12
            assert len(ends)
    assert any(text.get_text().startswith(ALONE) for text in ax.texts)


@pytest.mark.slow
def test_order_of_rows_does_not_matter(large: Network) -> None:
    backwards = Network(
        {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in large.tables.items()}
    )
    one, other = (pack_regions(build_layer(net)) for net in (large, backwards))
    ids = list(large.ids)
    order = [list(backwards.ids).index(id_) for id_ in ids]
    assert np.allclose(one.points, other.points[order])


def test_marks_of_a_disc_do_not_hide_each_other() -> None:
    """A star of a hundred in a large network: its best tied are no wider than their room."""
    graph = nx.Graph()
    for k in range(11):
        graph.add_edges_from((k * 100, k * 100 + j) for j in range(1, 100))
    graph.add_edges_from((i, j) for i in range(8) for j in range(i))
    net = Network.from_networkx(nx.relabel_nodes(graph, {k: f"o{k:05d}" for k in graph}))
    axes = Figure(figsize=(11, 7.6)).add_axes((0.0, 0.0, 1.0, 1.0))
    draw_network(net, ax=axes)
    axes.figure.draw_without_rendering()
    marks = [c for c in axes.collections if isinstance(c, PathCollection)]
    points = np.vstack([axes.transData.transform(np.asarray(c.get_offsets())) for c in marks])
    widths = np.sqrt(np.concatenate([c.get_sizes() for c in marks])) * axes.figure.dpi / 72
    nearest = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(nearest, np.inf)
    assert widths.max() > 1.2 * widths.min(), "the best tied are larger still"
    assert widths.max() <= 1.4 * np.median(nearest.min(axis=1))  # shapes differ in width by area
