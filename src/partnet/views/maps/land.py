"""The land of a map: counties, State lines, and the frame that fits them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.legend import Legend
from matplotlib.path import Path
from matplotlib.text import Text

from ...core.arrays import FloatArray
from ..picture import is_wide
from .picture import MapPicture

LAND, BEYOND = "#F3F6F8", "#FAFBFC"
COUNTY_LINE, STATE_LINE = "#BCC7D1", "#5B6772"
GRID = 0.3  # points: finer bends of an outline cannot be seen
MANY_COUNTIES = 700  # on a map of the nation lines are thin and circles small
WIDE_LAND = 1.15  # land this much wider than the page leaves more room beneath than beside


def mark_counties(ax: Axes, picture: MapPicture) -> Axes:
    """Draw the counties, shaded; neighbors paler; the line of each State on top."""
    area = picture.area
    paths, fills = [], []
    grid = GRID * ax.figure.dpi / 72 / _scale_of(ax)
    inside = set(area.counties)
    for fips in sorted(area.drawn, key=lambda code: code in inside):
        paths.append(_close_rings(_thin(ring, grid) for ring in area.rings[fips]))
        fills.append(_fill_of(picture, fips, fips in inside))
    many = len(paths) > MANY_COUNTIES
    counties = PathCollection(
        paths,
        facecolors=fills,
        edgecolors=COUNTY_LINE,
        linewidths=0.15 if many else 0.5,
        zorder=0.5,
    )
    counties.set_transform(ax.transData)
    ax.add_collection(counties, autolim=False)
    ax.add_collection(
        LineCollection(
            [_thin(line, grid, keep=True) for line in _list_borders(picture)],
            colors=STATE_LINE,
            linewidths=0.5 if many else 1.0,
            capstyle="round",
            zorder=0.8,
        ),
        autolim=False,
    )
    return ax


def _fill_of(picture: MapPicture, fips: str, inside: bool) -> str:
    if not inside:
        return BEYOND
    return LAND if picture.shading is None else picture.shading.color_of(fips)


def _thin(ring: FloatArray, grid: float, *, keep: bool = False) -> FloatArray:
    """Leave out bends too fine to see; shared borders stay shared, because all use one grid."""
    snapped = np.round(ring / grid) * grid
    new = np.ones(len(ring), dtype=bool)
    new[1:] = (snapped[1:] != snapped[:-1]).any(axis=1)
    thinned = snapped[new]
    return thinned if keep or len(thinned) > 3 else snapped


def _close_rings(rings: Iterable[FloatArray]) -> Path:
    """One path of all rings of a county."""
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _list_borders(picture: MapPicture) -> list[FloatArray]:
    """Lines between two States, and between the region and the rest."""
    sides: dict[tuple[tuple[float, float], ...], list[str]] = {}
    area = picture.area
    region = set(area.counties)
    for fips in area.drawn:
        group = fips[:2] + ("" if fips in region else "+")
        for ring in area.rings[fips]:
            for one, other in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True):
                key = tuple(sorted((tuple(one), tuple(other))))
                sides.setdefault(key, []).append(group)
    edges = [key for key, groups in sides.items() if _is_border(groups)]
    return _chain(edges)


def _is_border(groups: list[str]) -> bool:
    """Whether a piece of outline parts two States, or the region from what lies beyond."""
    return groups[0] != groups[-1] if len(groups) > 1 else not groups[0].endswith("+")


def _chain(edges: list[tuple[tuple[float, float], ...]]) -> list[FloatArray]:
    """Join pieces that meet end to end into long lines, in a fixed order."""
    ends: dict[tuple[float, float], list[int]] = {}
    for k, edge in enumerate(edges):
        for end in edge:
            ends.setdefault(end, []).append(k)
    used = [False] * len(edges)
    lines = []
    for k, edge in enumerate(edges):
        if not used[k]:
            used[k] = True
            line = [*edge]
            _follow(line, edges, ends, used)
            line.reverse()
            _follow(line, edges, ends, used)
            lines.append(np.array(line))
    return lines


def _follow(
    line: list[tuple[float, float]],
    edges: list[tuple[tuple[float, float], ...]],
    ends: dict[tuple[float, float], list[int]],
    used: list[bool],
) -> None:
    """Lengthen a line at its end as long as a free piece starts there."""
    while True:
        free = [k for k in ends[line[-1]] if not used[k]]
        if not free:
            return
        used[free[0]] = True
        one, other = edges[free[0]]
        line.append(other if one == line[-1] else one)


def _scale_of(ax: Axes) -> float:
    """Pixels a kilometer."""
    return float(ax.transData.get_matrix()[0, 0])


def fit_map(
    ax: Axes,
    picture: MapPicture,
    legend: Legend | None,
    caption: Text | None,
    *,
    beside: bool,
) -> Axes:
    """Set the limits: the whole area as large as the room beside legend and caption allows."""
    frame = ax.get_window_extent()
    edge = 0.02 * frame.width
    beside = beside and legend is not None and stands_beside(ax, picture)
    right = bottom = edge
    if legend is not None and beside:
        right += min(frame.x1 - legend.get_window_extent().x0, 0.5 * frame.width)
    lowest = legend if legend is not None and not beside else caption
    if lowest is not None:
        bottom += min(lowest.get_window_extent().y1 - frame.y0, 0.6 * frame.height)
    room = np.maximum([frame.width - edge - right, frame.height - edge - bottom], 1.0)
    low, high = bound_area(picture)
    scale = float((room / np.maximum(high - low, 1e-9)).min())
    spare = (room / scale - (high - low)) / 2
    left, base = low - spare - np.array([edge, bottom]) / scale
    ax.set_xlim(left, left + frame.width / scale)
    ax.set_ylim(base, base + frame.height / scale)
    return ax


def bound_area(picture: MapPicture) -> tuple[FloatArray, FloatArray]:
    """Lower left and upper right corner of the land."""
    rings = [ring for group in picture.area.rings.values() for ring in group]
    points = np.concatenate(rings) if rings else np.array([[0.0, 0.0], [1.0, 1.0]])
    return points.min(axis=0), points.max(axis=0)


def stands_beside(ax: Axes, picture: MapPicture) -> bool:
    """Tell whether the legend stands beside the map: on a wide page, unless the land is wider."""
    frame = ax.get_window_extent()
    low, high = bound_area(picture)
    land = (high - low)[0] / max((high - low)[1], 1e-9)
    return is_wide(ax) and bool(land < WIDE_LAND * frame.width / frame.height)
