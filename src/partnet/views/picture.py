"""What goes into a picture and where: worked out before the first stroke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.text import Text
from scipy import sparse
from scipy.spatial import cKDTree

from ..core.arrays import (
    BoolArray,
    FloatArray,
    PositionArray,
    keep_strongest,
    label_components,
    symmetrize,
)
from ..core.errors import UsageError
from ..core.network import Network
from ..facts.graph.layers import Layer
from .caption import count_partners
from .layout import layout_network
from .regions import MANY, Regions, pack_regions
from .style import SMALLEST, Style, choose_styles, measure_sizes

TOP_NAMES = 50  # more names than this nobody reads
TOP_FIRST = 14  # so many are named before the heads of smaller parts
STRONGEST = 3  # lines of an affinity layer drawn for each organization
STRETCH = 1.35  # a picture may be so much wider than its layout, to use the page
BESIDE_FROM = 7.5  # inches of width from which the legend stands beside the picture
FILL = 0.33  # share of the room between marks that the smallest fill
DISC_FILL = 1.6  # of the same, where marks are packed
EDGE = 68.0  # points kept free around the marks, for names


@dataclass(frozen=True)
class Picture:
    """Everything a picture needs, by position of the organization in the network."""

    net: Network
    layer: Layer
    lines: sparse.coo_array
    points: FloatArray
    styles: list[Style]
    code: PositionArray
    number: FloatArray
    full_areas: FloatArray
    highlight: BoolArray
    outside: BoolArray
    size: str
    color: str
    shrink: float = 1.0
    widest: float = np.inf
    regions: Regions | None = None

    @property
    def areas(self) -> FloatArray:
        """Areas of the marks in square points."""
        return np.minimum(self.full_areas * self.shrink**2, self.widest**2)

    @cached_property
    def near(self) -> BoolArray:
        """Who is highlighted or has a line to somebody who is; everybody without a highlight."""
        if not self.highlight.any():
            return np.ones(self.layer.n, dtype=bool)
        near = self.highlight.copy()
        a, b = self.lines.coords
        near[a[self.highlight[b]]] = True
        near[b[self.highlight[a]]] = True
        return near

    @property
    def convener(self) -> int:
        """Position of the convener, -1 if none is declared."""
        return int(self.net.positions([self.net.convener])[0])

    @cached_property
    def alone(self) -> BoolArray:
        """Who has no line to anybody."""
        return count_partners(self.layer) == 0


def compose_picture(
    net: Network,
    layer: Layer,
    color: str | pd.Series,
    size: str | pd.Series,
    highlight: Sequence[str] | None,
    positions: pd.DataFrame | None,
) -> Picture:
    """Work out lines, positions, styles and sizes."""
    drawn = thin_layer(layer) if layer.kind == "affinity" else layer
    styles, code = choose_styles(net, color)
    number, areas = measure_sizes(net, layer, size)
    brought_out = [net.find(one, argument="highlight") for one in highlight or ()]
    regions = pack_regions(drawn) if net.n > MANY and positions is None else None
    return Picture(
        net=net,
        layer=layer,
        lines=upper_half(drawn.matrix),
        points=(
            layout_network(drawn, start=positions).to_numpy() if regions is None else regions.points
        ),
        styles=styles,
        code=code,
        number=number,
        full_areas=areas,
        highlight=net.ids.isin(brought_out),
        outside=find_outsiders(net),
        size=_name_column(size),
        color=_name_column(color),
        regions=regions,
    )


def _name_column(column: str | pd.Series) -> str:
    return column if isinstance(column, str) else str(column.name or "value")


def thin_layer(layer: Layer, *, strongest: int = STRONGEST) -> Layer:
    """Keep a tie where it is among the strongest of either end; ties in rank to the lower id."""
    rank = np.argsort(np.argsort(layer.ids.to_numpy(dtype=object), kind="stable"))
    return replace(layer, matrix=keep_strongest(layer.matrix, strongest, rank=rank))


def find_outsiders(net: Network) -> BoolArray:
    """Tell who lies outside: marked as context, else in another State than that of the file."""
    if net.is_context.any():
        return net.is_context.to_numpy(dtype=bool)
    about = net.rows("about")
    own = about.loc[about["setting"].str.lower() == "state", "value"]
    states = net.organizations["state"].str.strip().str.upper().to_numpy(dtype=object)
    home = str(own.iloc[0]).strip().upper() if len(own) else ""
    if not home or home not in states:
        return np.zeros(net.n, dtype=bool)
    return (states != home) & (states != "")


def check_label(label: str | int | Sequence[str] | None) -> None:
    """Refuse a word that says nothing of whom to name.

    Raises
    ------
    UsageError
        `label` is a word other than "top" and "all".
    """
    if isinstance(label, str) and label not in ("top", "all"):
        raise UsageError(
            f"label: found {label!r}. Allowed are top, all, a number, a list of organizations or "
            "None. Choose one of them."
        )


def choose_names(picture: Picture, label: str | int | Sequence[str] | None) -> list[int]:
    """Choose whom to name, the most important first: highlighted, convener, largest, alone.

    Raises
    ------
    UsageError
        `label` is a word other than "top" and "all".
    """
    check_label(label)
    if label is None:
        return []
    net = picture.net
    if not isinstance(label, str | int):
        named = [net.find(text, argument="label") for text in label]
        return [int(k) for k in net.positions(dict.fromkeys(named))]
    order = _rank_organizations(picture)
    if label == "all":
        return order
    if not isinstance(label, str):
        return order[: max(label, 0)]
    if picture.highlight.any():
        return [i for i in order if picture.near[i]][:TOP_NAMES]
    heads = _find_heads(picture, order)
    if picture.regions is not None:
        return heads
    alone = [i for i in order if picture.alone[i] and picture.lines.nnz]
    return list(dict.fromkeys([*order[:TOP_FIRST], *heads, *order[:TOP_NAMES], *alone]))


def is_wide(ax: Axes) -> bool:
    """Tell whether there is room for a legend beside the picture; else it stands beneath."""
    return bool(ax.get_window_extent().width / ax.figure.dpi >= BESIDE_FROM)


def fit_page(ax: Axes, picture: Picture, legend: Legend, caption: Text) -> Picture:
    """Set the limits so that nobody lies under the legend or caption; fit marks to the scale."""
    pixel = ax.figure.dpi / 72
    frame, key = ax.get_window_extent(), legend.get_window_extent()
    beside = is_wide(ax)
    below = caption.get_window_extent().y1 if beside else key.y1
    edge = min(EDGE * pixel, 0.1 * frame.width)
    right = min(frame.x1 - key.x0, 0.6 * frame.width) * beside + edge
    bottom = min(below - frame.y0, 0.6 * frame.height) + edge / 2
    room = np.array([frame.width - edge - right, frame.height - edge / 2 - bottom])
    low, high = _bounds(picture.points if picture.regions is None else picture.regions.corners)
    scale = np.maximum(room, 1.0) / (high - low)
    scale = np.minimum(scale, scale.min() * np.array([STRETCH, 1.0]))
    spare = (room - scale * (high - low)) / 2
    left, base = low - (spare + np.array([edge, bottom])) / scale
    ax.set_xlim(left, left + frame.width / scale[0])
    ax.set_ylim(base, base + frame.height / scale[1])
    nearest = _find_nearest(picture.points) * scale.min() / pixel
    shrink = min(1.0, FILL * nearest / np.sqrt(SMALLEST))
    if picture.regions is None:
        return replace(picture, shrink=shrink)
    # Marks of a disc stand in even rows: they may fill more, and the largest fills its room.
    return replace(picture, shrink=min(1.0, DISC_FILL * shrink), widest=nearest)


def _find_nearest(points: FloatArray) -> float:
    """The usual distance from one mark to the next; a single one has all room."""
    if len(points) < 2:
        return np.inf
    return float(np.median(cKDTree(points).query(points, k=2)[0][:, 1]))


def _bounds(points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lower and upper corner of all points, at least two tie lengths apart."""
    if not len(points):
        return np.zeros(2), np.ones(2)
    low, high = points.min(axis=0), points.max(axis=0)
    more = np.maximum(2.0 - (high - low), 0.0) / 2
    return low - more, high + more


def upper_half(matrix: sparse.csr_array) -> sparse.coo_array:
    """One line a pair, in a fixed order, with the stronger of both directions."""
    return sparse.coo_array(sparse.triu(symmetrize(matrix), 1).tocsr())


def _find_heads(picture: Picture, order: list[int]) -> list[int]:
    """The best connected of each part of the network, so that no part stays without a name."""
    regions = picture.regions
    part = label_components(picture.lines)[1] if regions is None else regions.label
    first = {part[i]: i for i in reversed(order) if not picture.alone[i]}
    return [i for i in order if first.get(part[i]) == i]


def _rank_organizations(picture: Picture) -> list[int]:
    """All positions, the most important first (neighbors of the State last); equals by id."""
    ids = picture.net.ids.to_numpy(dtype=object)
    number = np.round(np.nan_to_num(picture.number, nan=-np.inf), 9)
    convener = np.arange(len(ids)) == picture.convener
    return [
        int(i) for i in np.lexsort((ids, -number, picture.outside, ~convener, ~picture.highlight))
    ]
