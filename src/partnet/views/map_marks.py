"""The parts of a map, each drawn into axes: counties, arcs, marks, tours, numbers, legend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.text import Text

from ..core.arrays import FloatArray
from ..core.text import count_noun
from .map_picture import MapPicture
from .marks import legend_mark, write_legend
from .picture import is_wide
from .shading import NOT_KNOWN, UNKNOWN
from .standing import spread_marks
from .style import BLUE, DASHES, FONT, OUTLINE, PAPER, QUIET, SHAPE_AREA, TIE, VERMILLION

LAND, BEYOND = "#F3F6F8", "#FAFBFC"
COUNTY_LINE, STATE_LINE = "#BCC7D1", "#5B6772"
GRID = 0.3  # points: finer bends of an outline cannot be seen
BOW = 0.16  # how far an arc leaves the straight line, of its length
MARK_ROOM = 1.18  # room around a mark, of its radius
FURTHEST = 15.0  # points that a mark may be moved to be seen
SMALL_MARK, LARGE_MARK = 20.0, 85.0  # square points; a map has less room than a picture of ties
MANY_COUNTIES = 700  # on a map of the nation lines are thin and circles small
CIRCLE = (115.0, 900.0)  # area of the circle of one county, from one organization to the most
LEGEND_COLUMN = 2.6  # inches
WIDE_LAND = 1.15  # land this much wider than the page leaves more room beneath than beside
TOUR_COLORS = (BLUE, VERMILLION, "#009E73", "#CC79A7", "#000000")
TOUR_LINES: tuple[tuple[int, tuple[float, ...]], ...] = (
    (0, ()),
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (7, 2, 1.5, 2)),
    (0, (1, 1)),
)
HALO = [Stroke(linewidth=2.6, foreground=PAPER)]


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


# -- legend ----------------------------------------------------------------------------------------


def add_short_legend(ax: Axes, picture: MapPicture, caption: Text) -> Legend:
    """Write the legend of a small map: the steps in a row, without counts."""
    parts = [
        part
        for part in (*_shade_handles(picture, counted=False), *_mark_handles(picture))
        if part.get_gid() != "heading"
    ]
    title = picture.area.title if picture.shading is None else picture.shading.title
    rows = 2
    filled = [*parts, *(_blank() for _ in range(-len(parts) % rows))]
    return write_legend(ax, filled, title, caption, False, columns=len(filled) // rows)


def add_map_legend(ax: Axes, picture: MapPicture, caption: Text) -> Legend:
    """Put shading, marks, lines and tours into a legend beside the map, or beneath a wide one."""
    sections = [
        [*_shade_handles(picture)],
        [*_mark_handles(picture), *_line_handles(picture)],
    ]
    sections = [section for section in sections if section]
    beside = stands_beside(ax, picture)
    columns = max(1, int(ax.get_window_extent().width / ax.figure.dpi / LEGEND_COLUMN))
    parts = [part for section in sections for part in section]
    if not beside:
        parts = _fill_columns(sections, columns)
    legend = write_legend(ax, parts, picture.area.title or "No place on file", caption, beside)
    for text, handle in zip(legend.get_texts(), parts, strict=True):
        if handle.get_gid() == "heading":
            text.set_fontweight("bold")
    return legend


def stands_beside(ax: Axes, picture: MapPicture) -> bool:
    """Tell whether the legend stands beside the map: on a wide page, unless the land is wider."""
    frame = ax.get_window_extent()
    low, high = bound_area(picture)
    land = (high - low)[0] / max((high - low)[1], 1e-9)
    return is_wide(ax) and bool(land < WIDE_LAND * frame.width / frame.height)


def _fill_columns(sections: list[list[Artist]], columns: int) -> list[Artist]:
    """Fill up each section with blanks, so that every section starts a column."""
    rows = next(
        rows
        for rows in range(1, 200)
        if sum(-(-len(section) // rows) for section in sections) <= max(columns, len(sections))
    )
    if len(sections) > columns:  # a narrow page: one under the other
        return [part for section in sections for part in section]
    filled: list[Artist] = []
    for section in sections:
        filled += [*section, *(_blank() for _ in range(-len(section) % rows))]
    return filled


def _blank() -> Line2D:
    return Line2D([], [], linestyle="none", label=" ", gid="blank")


def _head(ax_wide: str) -> Line2D:
    """A heading within the legend."""
    return Line2D([], [], linestyle="none", label=ax_wide, gid="heading")


def _shade_handles(picture: MapPicture, *, counted: bool = True) -> Iterator[Artist]:
    shading = picture.shading
    if shading is None:
        return
    yield _head(shading.title)
    steps = [shading.label_of(fips) for fips in picture.area.counties]
    for label, color in [
        *zip(shading.labels, shading.colors, strict=True),
        (NOT_KNOWN, UNKNOWN),
    ]:
        if label in steps:
            number = f" ({count_noun(steps.count(label), 'county', 'counties')})"
            text = label + number * counted
            yield Patch(facecolor=color, edgecolor=STATE_LINE, linewidth=0.6, label=text)


def _mark_handles(picture: MapPicture) -> Iterator[Artist]:
    own = picture.marked
    counts = np.bincount(picture.code[own], minlength=len(picture.styles))
    if counts.any() or len(picture.counts):
        yield _head(count_noun(int(picture.drawn.sum()), "organization"))
    for style, count in zip(picture.styles, counts, strict=True):
        if count:
            yield legend_mark(f"{style.label} ({count:,})", style.marker, style.color)
    if len(picture.counts):
        text = (
            f"{'Others' if counts.any() else 'All'}, counted by county ({picture.counts.sum():,})"
        )
        yield legend_mark(text, "o", PAPER)
    beyond = int((~np.isin(picture.county[own], picture.area.counties)).sum())
    if beyond:
        yield legend_mark(f"Hollow: across the line ({beyond:,})", "o", PAPER)
    if picture.convener in own:
        yield legend_mark("Ring: convener", "o", "none", width=11)


def _line_handles(picture: MapPicture) -> Iterator[Artist]:
    if len(picture.arcs):
        dashed = picture.layer.kind == "affinity"
        one = "pair that shares most" if dashed else "tie on file"
        many = "pairs that share most" if dashed else "ties on file"
        label = count_noun(int(picture.arcs["ties"].sum()), one, many)
        if picture.counted:
            label += ",\nby pair of counties"
        yield Line2D([], [], color=TIE, lw=1.6, linestyle=DASHES if dashed else "-", label=label)
    for k, (tour, stops) in enumerate(picture.stops.groupby("tour", sort=True)):
        label = f"Tour {int(tour)}: {count_noun(len(stops), 'stop')}"
        yield Line2D(
            [], [], color=TOUR_COLORS[k % 5], lw=2, linestyle=TOUR_LINES[k % 5], label=label
        )


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
