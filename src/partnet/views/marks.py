"""The parts of a picture: ties, marks, legend, caption and names, each drawn into axes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.font_manager import FontProperties
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from scipy import sparse

from ..core.arrays import FloatArray
from ..core.wording.text import count_noun
from .caption import write_caption
from .labels import place_labels
from .names import clean_name, shorten_name
from .picture import TOP_FIRST, Picture, is_wide
from .regions import Regions
from .style import (
    DASHES,
    FONT,
    OUTLINE,
    PAPER,
    QUIET,
    SHAPE_AREA,
    TEXT_SIZE,
    TIE,
)

RING = 7.0  # points by which a ring is wider than its mark
PALE = 0.25
DISC = "#F3F6F8"
LEGEND_COLUMN = 2.6  # inches


def mark_ties(ax: Axes, picture: Picture) -> Axes:
    """Draw the lines: wide where strong, dashed where they are no reported ties."""
    if picture.regions is not None:
        return mark_regions(ax, picture, picture.regions)
    lines = picture.lines
    if not lines.nnz:
        return ax
    a, b = lines.coords
    bright = picture.highlight[a] | picture.highlight[b]
    alpha = float(np.clip(11 / np.sqrt(lines.nnz), 0.04, 0.75))
    faded = alpha * (PALE if picture.highlight.any() else 1.0)
    differ = lines.data if np.ptp(lines.data) > 0 else np.full(lines.nnz, 0.3)
    thin = float(np.clip(np.sqrt(500 / lines.nnz), 0.3, 1.0))  # many lines must not fill the page
    collection = LineCollection(
        list(np.stack([picture.points[a], picture.points[b]], axis=1)),
        linewidths=(0.5 + 2.0 * differ) * thin,
        colors=[OUTLINE if on else TIE for on in bright],
        alpha=np.where(bright, max(alpha, 0.6), faded),
        linestyles=DASHES if picture.layer.kind == "affinity" else "solid",
        zorder=1,
    )
    ax.add_collection(collection, autolim=False)
    return ax


def mark_regions(ax: Axes, picture: Picture, regions: Regions) -> Axes:
    """Draw the discs of communities, and between them lines that add up ties."""
    upper = sparse.triu(regions.lines, 1).tocoo()
    a, b = upper.coords
    share = np.sqrt(upper.data / upper.data.max(initial=1.0))
    ax.add_collection(
        LineCollection(
            list(np.stack([regions.centers[a], regions.centers[b]], axis=1)),
            linewidths=0.3 + 5.0 * share,
            colors=TIE,
            alpha=0.45,
            linestyles=DASHES if picture.layer.kind == "affinity" else "solid",
            zorder=0.5,
        ),
        autolim=False,
    )
    for center, radius in zip(regions.centers, regions.radii, strict=True):
        disc = Circle(tuple(center), radius, facecolor=DISC, edgecolor=TIE, linewidth=0.6, zorder=1)
        ax.add_patch(disc)
    return _mark_own_ties(ax, picture)


def _mark_own_ties(ax: Axes, picture: Picture) -> Axes:
    """Draw the single lines of those highlighted."""
    a, b = picture.lines.coords
    own = picture.highlight[a] | picture.highlight[b]
    segments = np.stack([picture.points[a[own]], picture.points[b[own]]], axis=1)
    ax.add_collection(
        LineCollection(list(segments), linewidths=0.8, colors=OUTLINE, alpha=0.7, zorder=2),
        autolim=False,
    )
    return ax


def name_regions(ax: Axes, picture: Picture) -> list[Text]:
    """Write into the upper edge of its disc what a region holds that is no community."""
    regions = picture.regions
    if regions is None:
        return []
    counts = np.bincount(regions.label, minlength=len(regions.names))
    written = []
    for k, name in enumerate(regions.names):
        if name:
            x, y = regions.centers[k] + np.array([0.0, regions.radii[k]])
            written.append(
                ax.text(
                    x,
                    y,
                    f"{name} ({counts[k]:,})",
                    fontsize=TEXT_SIZE,
                    fontfamily=FONT,
                    color=OUTLINE,
                    ha="center",
                    va="center",
                    fontweight="bold",
                    zorder=10,
                    path_effects=[Stroke(linewidth=3.0, foreground=PAPER), Normal()],
                )
            )
    return written


def mark_points(ax: Axes, picture: Picture) -> Axes:
    """Draw the organizations: color and shape by group; the convener has a ring."""
    for i in range(len(picture.styles)):
        for outside in (False, True):
            _mark_group(ax, picture, i, outside)
    if picture.convener >= 0:
        x, y = picture.points[picture.convener]
        area = (np.sqrt(picture.areas[picture.convener]) + RING) ** 2
        ax.scatter(x, y, s=area, c="none", edgecolors=OUTLINE, linewidths=1.4, zorder=4)
    return ax


def _mark_group(ax: Axes, picture: Picture, group: int, outside: bool) -> None:
    """Draw the marks of one style: filled, or hollow for those outside the State."""
    style = picture.styles[group]
    own = np.flatnonzero((picture.code == group) & (picture.outside == outside))
    if not len(own):
        return
    x, y = picture.points[own].T
    ax.scatter(
        x,
        y,
        s=picture.areas[own] * SHAPE_AREA.get(style.marker, 1.0),
        marker=style.marker,
        c=PAPER if outside else style.color,
        edgecolors=style.color if outside else OUTLINE,
        linewidths=(1.6 if outside else 0.8) * picture.shrink,
        alpha=np.where(picture.near[own], 1.0, PALE),  # type: ignore[arg-type]  # takes arrays
        zorder=3,
    )


def add_legend(ax: Axes, picture: Picture, caption: Text) -> Legend:
    """Put the legend beside the picture, or between a narrow one and its caption."""
    counts = np.bincount(picture.code, minlength=len(picture.styles))
    handles = [
        legend_mark(f"{style.label} ({count:,})", style.marker, style.color)
        for style, count in zip(picture.styles, counts, strict=True)
        if count
    ]
    handles = [*handles, *_special_marks(picture), *_legend_lines(picture)]
    return write_legend(ax, handles, _legend_title(picture), caption, is_wide(ax))


def write_legend(
    ax: Axes,
    handles: Sequence[Artist],
    title: str,
    caption: Text,
    beside: bool,
    columns: int | None = None,
) -> Legend:
    """Write a legend beside the picture, or in columns above the caption."""
    legend = ax.legend(
        handles=handles,
        title=title,
        **legend_place(ax, caption, beside, columns),
        columnspacing=1.6,
        prop=FontProperties(family=FONT, size=TEXT_SIZE),
        title_fontproperties=FontProperties(family=FONT, size=TEXT_SIZE + 1, weight="bold"),
        labelcolor=OUTLINE,
        frameon=False,
        alignment="left",
        labelspacing=0.6,
        borderaxespad=0.8,
    )
    legend.get_title().set_color(OUTLINE)
    for text in legend.get_texts():
        text.set(parse_math=False, usetex=False)
    return legend


def _legend_title(picture: Picture) -> str:
    """Who is drawn, and what color shows where it is not the sector."""
    by = "" if picture.color == "sector" else f", by {picture.color.replace('_', ' ')}"
    return count_noun(picture.net.n, "organization") + by


def legend_place(
    ax: Axes, caption: Text, beside: bool, columns: int | None = None
) -> dict[str, Any]:
    """Upper right corner where there is room; else in columns above the caption."""
    if beside:
        return {"loc": "upper right"}
    frame = ax.get_window_extent()
    top = (caption.get_window_extent().y1 - frame.y0) / frame.height
    columns = columns or max(1, int(frame.width / ax.figure.dpi / LEGEND_COLUMN))
    return {"loc": "lower left", "bbox_to_anchor": (0.0, top), "ncols": columns}


def _special_marks(picture: Picture) -> list[Line2D]:
    """Legend entries for those who are marked apart: outside the State, convener, highlight."""
    marks = []
    if picture.outside.any():
        marks.append(
            legend_mark(f"Hollow: across the State line ({picture.outside.sum():,})", "o", PAPER)
        )
    if picture.convener >= 0:
        name = "\n".join(textwrap.wrap(clean_name(picture.net.name(picture.net.convener)), 30))
        marks.append(legend_mark(f"Ring: convener,\n{name}", "o", "none", width=11))
    return marks


def _legend_lines(picture: Picture) -> list[Line2D]:
    """The legend entry for lines."""
    if not picture.lines.nnz:
        return []
    affinity = picture.layer.kind == "affinity"
    what = (
        ("pair that shares most", "pairs that share most")
        if affinity
        else ("tie on file", "ties on file")
    )
    label = count_noun(picture.lines.nnz, *what)
    return [
        Line2D([], [], color=TIE, lw=1.6, linestyle=DASHES if affinity else "solid", label=label)
    ]


def legend_mark(label: str, marker: str, color: str, *, width: float = 8.0) -> Line2D:
    """A mark for the legend, as large as its shape needs to look even."""
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markersize=width * np.sqrt(SHAPE_AREA.get(marker, 1.0)),
        markerfacecolor=color,
        markeredgecolor=OUTLINE,
        markeredgewidth=1.4 if color == "none" else 0.8,
        label=label,
    )


def add_caption(ax: Axes, picture: Picture, named: int) -> Text:
    """Write beneath the picture what it shows."""
    return write_beneath(ax, _say_caption(picture, named))


def write_beneath(ax: Axes, text: str) -> Text:
    """Write a text along the lower edge of the axes."""
    margin = 10 * ax.figure.dpi / 72 / ax.get_window_extent().width
    return ax.text(
        margin,
        0.015,
        wrap_text(ax, text),
        transform=ax.transAxes,
        fontsize=TEXT_SIZE,
        fontfamily=FONT,
        color=QUIET,
        verticalalignment="bottom",
        linespacing=1.35,
        parse_math=False,
        usetex=False,
        zorder=10,
    )


def _say_caption(picture: Picture, named: int) -> str:
    said = write_caption(
        picture.net,
        picture.layer,
        size=picture.size,
        names=named,
        lines=picture.lines.nnz,
        highlight=list(picture.net.names[picture.highlight]),
    )
    return said if picture.regions is None else f"{_say_regions(picture.regions)} {said}"


def _say_regions(regions: Regions) -> str:
    communities = sum(not name for name in regions.names)
    return (
        f"Each disc is one of {communities} communities, more closely linked inside than to "
        "others, and named by its best connected; lines between discs are wider where there are "
        "more ties."
    )


def wrap_text(ax: Axes, text: str) -> str:
    """Wrap a text to the width of the axes."""
    points = ax.get_window_extent().width * 72 / ax.figure.dpi - 20
    letters = max(24, int(points / (0.56 * TEXT_SIZE)))  # a letter is about .56 of its size wide
    return "\n".join(textwrap.wrap(text, letters))


def add_names(
    ax: Axes, picture: Picture, named: Sequence[int], legend: Legend, caption: Text
) -> Axes:
    """Name the most important organizations, as far as room allows; the caption counts them."""
    radii = np.sqrt(picture.areas) / 2
    if picture.convener >= 0:
        radii[picture.convener] += RING / 2
    placement = place_labels(
        ax,
        picture.points,
        [shorten_name(name or id_) for id_, name in picture.net.names.items()],
        named,
        radii=radii,
        obstacles=[
            artist.get_window_extent().extents
            for artist in (legend, caption, *name_regions(ax, picture))
        ],
        busy=_sample_lines(ax, picture),
        size=TEXT_SIZE,
        bold=[i for i in named if picture.highlight[i] or i == picture.convener],
        first=TOP_FIRST,
    )
    caption.set_text(wrap_text(ax, _say_caption(picture, len(placement.shown))))
    return ax


def _sample_lines(ax: Axes, picture: Picture, *, samples: int = 12) -> FloatArray:
    """Points along the lines, in pixels: places that a name had better not cover."""
    pixels = ax.transData.transform(picture.points) if len(picture.points) else np.empty((0, 2))
    a, b = picture.lines.coords
    share = ((np.arange(samples) + 0.5) / samples)[:, None, None]
    return (pixels[a] * (1 - share) + pixels[b] * share).reshape(-1, 2)
