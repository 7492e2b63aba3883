"""Where organizations lie in a picture: close in the network, close on the page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

from ..core.arrays import BoolArray, Points, PositionArray, label_components, symmetrize
from ..core.errors import UsageError
from ..facts.graph.layers import Layer
from .stress import (
    layout_connected,
    measure_distances,
    measure_lengths,
    pull_towards,
)

ASPECT = 1.25  # width over height of the page that components are packed for
MARGIN = 0.7  # free room between components, in tie lengths
LEAST_SCALE = 0.4  # small parts are drawn at least this large beside the largest
ROW_STEPS = (0.42, 1.7)  # least and most room between organizations without ties
LONGEST_ROW = 60  # no row of organizations without ties is longer


def layout_network(layer: Layer, *, start: pd.DataFrame | None = None) -> pd.DataFrame:
    """Place organizations so that those who work together lie close, and groups stand apart.

    Distances on the page follow the shortest path between two organizations, on which a tie within
    a circle is short and a tie between circles long: stress ``sum (|x_i - x_j| - d_ij)^2 / d_ij^2``
    is made small by majorization, from a pivot MDS start; above 1,000 organizations against pivots
    and partners only. Parts of the network without a tie
    between them are packed side by side, the largest first; organizations without ties stand in
    rows beneath. Nothing is random: the same ids and ties give the same positions in any order
    of rows.

    Parameters
    ----------
    layer : Layer
        The graph; direction and strength do not move anybody.
    start : DataFrame, optional
        Positions from an earlier picture (index id; x, y). Organizations in it stay exactly where
        they were, so that two waves can be compared; new ones are placed near their partners.

    Returns
    -------
    DataFrame
        Index id in the layer's order; ``x``, ``y`` in tie lengths (1 = two partners, typically).

    Raises
    ------
    UsageError
        `start` has no columns x and y.

    References
    ----------
    Gansner, Koren & North (2004), doi:10.1007/978-3-540-31843-9_25; Brandes & Pich (2007),
    doi:10.1007/978-3-540-70904-6_6; Ortmann, Klimenta & Brandes (2017), doi:10.7155/jgaa.00440.

    Examples
    --------
    >>> import networkx as nx
    >>> from partnet import Network, build_layer
    >>> net = Network.from_networkx(nx.path_graph(["a", "b", "c"]))
    >>> layout_network(build_layer(net)).round(1).reset_index()
      id    x    y
    0  a  2.0  0.0
    1  b  1.0  0.0
    2  c  0.0  0.0
    """
    order = np.argsort(layer.ids.to_numpy(dtype=object), kind="stable")
    graph = _undirected(layer.matrix)[order][:, order]
    kept = _read_start(layer.ids[order], start)
    points = np.empty((layer.n, 2))
    points[order] = _extend_layout(graph, kept) if kept is not None else _layout_graph(graph)
    return pd.DataFrame(np.round(points, 6) + 0.0, index=layer.ids, columns=["x", "y"])


def _undirected(matrix: sparse.csr_array) -> sparse.csr_array:
    """Give the graph without direction and strength."""
    both = symmetrize(matrix)
    both.data = np.ones_like(both.data)
    return both


def _read_start(ids: pd.Index, start: pd.DataFrame | None) -> Points | None:
    """Give earlier positions by position, NaN where there are none; ``None`` if nobody has one."""
    if start is None:
        return None
    if not {"x", "y"} <= set(start.columns):
        found = ", ".join(map(str, start.columns)) or "none"
        raise UsageError(
            f"start: found the columns {found}. Positions have the columns x and y and the index "
            "id. Use what layout_network gave."
        )
    known = start.reindex(ids)[["x", "y"]].to_numpy(dtype=float)
    return known if np.isfinite(known).all(axis=1).any() else None


# -- a picture from nothing ----------------------------------------------------------------------


def _layout_graph(graph: sparse.csr_array) -> Points:
    """Lay out every component, pack them, and put those without ties in rows beneath."""
    groups = _split_components(graph)
    connected = [members for members in groups if len(members) > 1]
    alone = [members[0] for members in groups if len(members) == 1]
    boxes = _even_out([layout_connected(graph[members][:, members]) for members in connected])
    points = np.zeros((graph.shape[0], 2))
    for members, box, corner in zip(
        connected, boxes, _pack_boxes(boxes) if boxes else [], strict=True
    ):
        points[members] = box - box.min(axis=0) + corner
    points[alone] = _place_rows(len(alone), points[np.concatenate(connected)] if boxes else None)
    return points


def _split_components(graph: sparse.csr_array) -> list[PositionArray]:
    """Give the members of each component, the largest first, then by lowest id."""
    number, label = label_components(graph)
    order = np.argsort(label, kind="stable")
    cuts = np.cumsum(np.bincount(label, minlength=number))[:-1]
    groups = np.split(order, cuts) if graph.shape[0] else []
    return sorted(groups, key=lambda members: (-len(members), members[0]))


def _even_out(boxes: list[Points]) -> list[Points]:
    """Shrink smaller parts so that nobody stands more loosely there than in the largest."""
    room = [_measure_room(box) for box in boxes]
    return [
        box * min(1.0, max(LEAST_SCALE, room[0] / own))
        for box, own in zip(boxes, room, strict=True)
    ]


def _measure_room(box: Points) -> float:
    """Median distance from a mark to the nearest other."""
    return float(np.median(cKDTree(box).query(box, k=2)[0][:, 1]))


def _pack_boxes(boxes: Sequence[Points]) -> list[Points]:
    """Give the lower left corner of each box, in columns or in rows, whichever fills the page."""
    sizes = np.array([np.ptp(box, axis=0) + MARGIN for box in boxes])
    columns = _pack_columns(sizes * [1, ASPECT])
    rows = _pack_columns(sizes[:, ::-1] * [ASPECT, 1])[:, ::-1]  # from the right, and upwards
    rows = -rows - sizes * [1, ASPECT]  # turned round: from the left, and downwards
    rows -= rows.min(axis=0)
    spans = [np.max(corners + sizes * [1, ASPECT]) for corners in (columns, rows)]
    chosen = columns if spans[0] <= spans[1] else rows
    return list((chosen - chosen.min(axis=0)) / [1, ASPECT])


def _pack_columns(sizes: Points) -> Points:
    """Pack onto a square page: columns from left to right, each filled from the top."""
    tallest = max(float(sizes[:, 1].max()), float(np.sqrt(sizes.prod(axis=1).sum())))
    corners, left, widest, top = [], 0.0, 0.0, tallest
    for width, height in sizes:
        if height > top + 1e-9:
            left, widest, top = left + widest, 0.0, tallest
        top -= height
        corners.append((left, top))
        widest = max(widest, width)
    return np.array(corners)


def _place_rows(number: int, above: Points | None) -> Points:
    """Give positions in tidy rows, centered beneath what is drawn above."""
    narrow, wide = ROW_STEPS
    if above is None:
        length = int(np.clip(np.ceil(np.sqrt(number * ASPECT)), 1, LONGEST_ROW))
        middle, top, step = 0.0, 0.0, wide if number <= 12 else narrow
    else:
        width = float(np.ptp(above[:, 0]))
        length = int(np.clip(width / narrow, min(number, 6), LONGEST_ROW))
        middle = float(above[:, 0].min()) + width / 2
        top = float(above[:, 1].min()) - MARGIN
        step = float(np.clip(width / max(number, 1), narrow, wide))
    row, column = np.divmod(np.arange(number), length)
    in_row = np.minimum(length, number - row * length)
    x = middle + (column - (in_row - 1) / 2) * step
    return np.column_stack([x, top - row * min(step, 2 * narrow)])


# -- a picture that keeps an earlier one ---------------------------------------------------------


def _extend_layout(graph: sparse.csr_array, kept: Points) -> Points:
    """Leave everybody in place who has one; newcomers go to their partners, or beneath."""
    points = kept.copy()
    placed = np.asarray(np.isfinite(kept).all(axis=1))
    beside = ~placed & _reaches(graph, placed)
    if beside.any():
        points[beside] = _place_newcomers(graph, points, placed, beside)
    apart = np.flatnonzero(~placed & ~beside)
    fresh = _layout_graph(graph[apart][:, apart])
    if len(apart):
        present = points[placed | beside]
        below = present[:, 1].min() - MARGIN - fresh[:, 1].max()
        points[apart] = fresh + np.array([present[:, 0].min() - fresh[:, 0].min(), below])
    return points


def _reaches(graph: sparse.csr_array, placed: BoolArray) -> BoolArray:
    """Tell who has a way to somebody who is placed."""
    label = label_components(graph)[1]
    return np.isin(label, np.unique(label[placed]))


def _place_newcomers(
    graph: sparse.csr_array,
    points: Points,
    placed: BoolArray,
    new: BoolArray,
) -> Points:
    """Start newcomers amid the nearest who are placed, then majorize stress with those fixed."""
    found = measure_distances(measure_lengths(graph), np.flatnonzero(new)).T
    to_fixed, between = found[:, placed], found[:, new]
    nearest = (to_fixed == to_fixed.min(axis=1, keepdims=True)).astype(float)
    first = nearest @ points[placed] / nearest.sum(axis=1, keepdims=True)
    return pull_towards(first, points[placed], to_fixed, between)
