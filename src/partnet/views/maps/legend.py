"""The legend of a map: shades, marks and lines in words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from ...core.wording.text import count_noun
from ..marks import legend_mark, write_legend
from ..style import DASHES, PAPER, TIE
from .land import STATE_LINE, stands_beside
from .marks import TOUR_COLORS, TOUR_LINES
from .picture import MapPicture
from .shading import NOT_KNOWN, UNKNOWN

LEGEND_COLUMN = 2.6  # inches


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
    if shading is None or not len(picture.area.counties):
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
