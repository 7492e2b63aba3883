"""The marks of a map, each drawn into axes: arcs, organizations, circles, tours, numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from ...core.arrays import FloatArray
from ..style import BLUE, DASHES, FONT, OUTLINE, PAPER, QUIET, SHAPE_AREA, TIE, VERMILLION
from .land import MANY_COUNTIES
from .picture import MapPicture
from .standing import spread_marks

BOW = 0.16  # how far an arc leaves the straight line, of its length
MARK_ROOM = 1.18  # room around a mark, of its radius
FURTHEST = 15.0  # points that a mark may be moved to be seen
SMALL_MARK, LARGE_MARK = 20.0, 85.0  # square points; a map has less room than a picture of ties
CIRCLE = (115.0, 900.0)  # area of the circle of one county, from one organization to the most
TOUR_COLORS = (BLUE, VERMILLION, "#009E73", "#CC79A7", "#000000")
TOUR_LINES: tuple[tuple[int, tuple[float, ...]], ...] = (
    (0, ()),
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (7, 2, 1.5, 2)),
    (0, (1, 1)),
)


# -- marks -----------------------------------------------------------------------------------------


def place_marks(ax: Axes, picture: MapPicture) -> tuple[FloatArray, FloatArray]:
    """Give the place of every organization on the page, moved apart, and the area of its mark."""
    pixel = ax.figure.dpi / 72
    areas = np.zeros(picture.net.n)
    own = picture.marked
    share = (picture.areas[own] - picture.areas.min(initial=0)) / 234.0
    crowd = float(np.clip(np.sqrt(160 / max(len(own), 1)), 0.55, 1.0))
    areas[own] = (SMALL_MARK + (LARGE_MARK - SMALL_MARK) * np.clip(share, 0, 1)) * crowd
    spots = picture.home.copy()
    if len(own):
        middles, circles = list_circles(ax, picture)
        pixels = ax.transData.transform(np.vstack([picture.home[own], middles]))
        sizes = np.concatenate([areas[own], circles])
        moved = spread_marks(
            pixels,
            (np.sqrt(sizes) / 2 * MARK_ROOM + 0.5) * pixel,
            order=sizes,
            most=FURTHEST * pixel,
            fixed=np.arange(len(sizes)) >= len(own),
        )
        spots[own] = ax.transData.inverted().transform(moved[: len(own)])
    return spots, areas


def mark_arcs(ax: Axes, picture: MapPicture, spots: FloatArray) -> Axes:
    """Draw ties as arcs, so that lines over the same places part."""
    arcs = picture.arcs
    if not len(arcs):
        return ax
    if picture.counted:
        middles = picture.area.middles
        known = arcs["source"].isin(middles) & arcs["target"].isin(middles)
        arcs = arcs[known]
        a = np.array([middles[f] for f in arcs["source"]]).reshape(-1, 2)
        b = np.array([middles[f] for f in arcs["target"]]).reshape(-1, 2)
        widths = 0.5 + 3.0 * np.sqrt(arcs["ties"] / max(arcs["ties"].max(), 1))
    else:
        a, b = spots[arcs["source"]], spots[arcs["target"]]
        widths = 0.4 + 1.5 * arcs["strength"] / max(arcs["strength"].max(), 1e-9)
    affinity = picture.layer.kind == "affinity"
    ax.add_collection(
        PathCollection(
            [_bow(*ends) for ends in zip(a, b, strict=True)],
            facecolors="none",
            edgecolors=TIE if picture.shading is None else QUIET,
            linewidths=widths.to_numpy(),
            linestyles=[DASHES] if affinity else "solid",
            alpha=float(np.clip(7 / np.sqrt(len(arcs)), 0.12, 0.6)),
            transform=ax.transData,
            zorder=1.5,
        ),
        autolim=False,
    )
    return ax


def _bow(one: FloatArray, other: FloatArray) -> Path:
    """An arc between two places, always bent to the same side."""
    middle, between = (one + other) / 2, other - one
    bend = middle + BOW * np.array([-between[1], between[0]])
    return Path([one, bend, other], [Path.MOVETO, Path.CURVE3, Path.CURVE3])


def list_circles(ax: Axes, picture: MapPicture) -> tuple[FloatArray, FloatArray]:
    """Middle and area (square points) of the circle of each county that counts organizations."""
    counts = _count_circles(picture)
    if counts.empty:
        return np.empty((0, 2)), np.empty(0)
    middles = np.array([picture.area.middles[fips] for fips in counts.index])
    small, large = CIRCLE
    if len(picture.area.drawn) > MANY_COUNTIES:  # of the whole nation: no room for numbers
        small, large = 1.2, large / 4
    numbers = counts.to_numpy(dtype=float)
    return middles, small + (large - small) * (numbers - 1) / max(numbers.max() - 1, 25.0)


def bound_circles(ax: Axes, picture: MapPicture) -> list[FloatArray]:
    """Give the boxes of the circles in pixels, where no name should stand."""
    middles, sizes = list_circles(ax, picture)
    if not len(sizes) or len(picture.area.drawn) > MANY_COUNTIES:
        return []
    pixels = ax.transData.transform(middles)
    reach = (np.sqrt(sizes) / 2 * ax.figure.dpi / 72)[:, None]
    return list(np.hstack([pixels - reach, pixels + reach]))


def _count_circles(picture: MapPicture) -> pd.Series:
    return picture.counts[picture.counts.index.isin(picture.area.middles)]


def mark_circles(ax: Axes, picture: MapPicture) -> Axes:
    """Draw the circle of each county: its area and number say how many organizations are there."""
    middles, sizes = list_circles(ax, picture)
    if not len(sizes):
        return ax
    across, up = middles.T
    ax.scatter(across, up, s=sizes, c=PAPER, edgecolors=QUIET, linewidths=0.6, alpha=0.9, zorder=2)
    for (x, y), count, size in zip(middles, _count_circles(picture), sizes, strict=True):
        if size >= CIRCLE[0]:  # a smaller circle has no room for its number
            letters = {1: 0.62, 2: 0.54}.get(len(f"{count}"), 0.4)
            ax.text(
                x, y, f"{count}", fontsize=min(10.0, letters * np.sqrt(size)), fontfamily=FONT,
                color=OUTLINE, ha="center", va="center_baseline", zorder=2.1, parse_math=False,
            )  # fmt: skip
    return ax


def mark_organizations(ax: Axes, picture: MapPicture, spots: FloatArray, areas: FloatArray) -> Axes:
    """Draw a mark for each organization: color and shape by group, with a white rim."""
    outside = ~np.isin(picture.county, picture.area.counties)
    for code, style in enumerate(picture.styles):
        for beyond in (False, True):
            own = picture.marked
            own = own[(picture.code[own] == code) & (outside[own] == beyond)]
            if not len(own):
                continue
            size = areas[own] * SHAPE_AREA.get(style.marker, 1.0)
            x, y = spots[own].T
            ax.scatter(
                x, y, s=(np.sqrt(size) + 1.7) ** 2, marker=style.marker, c=PAPER, linewidths=0,
                zorder=3,
            )  # fmt: skip
            ax.scatter(
                x,
                y,
                s=size,
                marker=style.marker,
                c=PAPER if beyond else style.color,
                edgecolors=style.color if beyond else OUTLINE,
                linewidths=1.2 if beyond else 0.6,
                zorder=3.1,
            )
    return _mark_ring(ax, picture, spots, areas)


def _mark_ring(ax: Axes, picture: MapPicture, spots: FloatArray, areas: FloatArray) -> Axes:
    """Draw rings around the convener and those highlighted."""
    ringed = [k for k in picture.marked if k == picture.convener or picture.highlight[k]]
    for k in ringed:
        x, y = spots[k]
        ax.scatter(
            x,
            y,
            s=(np.sqrt(areas[k]) + 5.0) ** 2,
            c="none",
            edgecolors=OUTLINE,
            linewidths=1.3,
            zorder=3.2,
        )
    return ax


# -- tours and numbers -----------------------------------------------------------------------------


def list_tours(
    picture: MapPicture, spots: FloatArray
) -> Iterator[tuple[int, FloatArray, list[int]]]:
    """Give each tour, its line on the page from base to base, and the numbers of its stops."""
    for tour, stops in picture.stops.groupby("tour", sort=True):
        where = [int(k) for k in picture.net.positions(stops["organization"]) if k >= 0]
        line = spots[[picture.base, *where, picture.base] if picture.base >= 0 else where]
        yield int(tour), line[~np.isnan(line).any(axis=1)], stops["stop"].tolist()


def mark_tours(ax: Axes, picture: MapPicture, spots: FloatArray) -> list[FloatArray]:
    """Draw tours with numbered stops; give the boxes of the numbers in pixels."""
    boxes = []
    for k, (_, line, _) in enumerate(list_tours(picture, spots)):
        color, dashes = TOUR_COLORS[k % 5], TOUR_LINES[k % 5]
        for width, shade in ((4.0, PAPER), (1.9, color)):
            ax.plot(*line.T, color=shade, linewidth=width, linestyle=dashes if width < 3 else "-",
                    zorder=4, solid_joinstyle="round", scalex=False, scaley=False)  # fmt: skip
    for k, (tour, _, _) in enumerate(list_tours(picture, spots)):
        stops = picture.stops[picture.stops["tour"] == tour]
        where = picture.net.positions(stops["organization"])
        for number, at in zip(stops["stop"], where, strict=True):
            if at >= 0 and not np.isnan(spots[at]).any():
                boxes.append(write_number(ax, spots[at], int(number), TOUR_COLORS[k % 5], 12.5))
    return boxes


def mark_numbers(ax: Axes, picture: MapPicture, spots: FloatArray) -> list[FloatArray]:
    """Draw the numbers of the cards, beside the place they speak of; give their boxes in pixels."""
    boxes: list[FloatArray] = []
    for number, place in picture.numbered:
        at = picture.area.middles.get(place) if isinstance(place, str) else spots[place]
        if at is None or np.isnan(at).any():
            continue
        shift = np.zeros(2) if isinstance(place, str) else np.array([0.0, 13.0])
        pixels = ax.transData.transform(at) + shift * ax.figure.dpi / 72
        for other in boxes:  # two cards on one place stand side by side
            if np.abs((other[:2] + other[2:]) / 2 - pixels).max() < 12 * ax.figure.dpi / 72:
                pixels = pixels + np.array([17.0, 0.0]) * ax.figure.dpi / 72
        boxes.append(
            write_number(ax, ax.transData.inverted().transform(pixels), number, OUTLINE, 16.0)
        )
    return boxes


def write_number(ax: Axes, at: FloatArray, number: int, color: str, width: float) -> FloatArray:
    """Write a number into a dark disc; give its box in pixels."""
    x, y = float(at[0]), float(at[1])
    ax.scatter(x, y, s=(width + 2) ** 2, c=PAPER, linewidths=0, zorder=5)
    ax.scatter(x, y, s=width**2, c=color, linewidths=0, zorder=5.1)
    ax.text(
        x, y, f"{number}", fontsize=0.56 * width, fontweight="bold", fontfamily=FONT, color=PAPER,
        ha="center", va="center_baseline", zorder=5.2,
    )  # fmt: skip
    pixels = ax.transData.transform(at)
    reach = (width / 2 + 1) * ax.figure.dpi / 72
    return np.concatenate([pixels - reach, pixels + reach])
