"""Counts of one thing by another, drawn as circles with their numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .draw import render_figure
from .style import BLUE, FONT, OUTLINE, PAPER, QUIET

CELL = 0.78  # inches from one row of circles to the next
LARGEST = 900.0  # area of the largest circle, in square points
LIGHT = 0.55  # share of the largest count from which a number is written in white


def draw_counts(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a table of counts: one circle a cell, its area in proportion, its number inside.

    Parameters
    ----------
    table : DataFrame
        Counts; its index and columns become labels.
    ax : Axes, optional
        Where to draw; default: axes of a page of its own.

    Returns
    -------
    Axes
    """
    if ax is None:
        from matplotlib import pyplot  # only here: with `ax` given, pyplot is never loaded

        ax = pyplot.figure(figsize=size_of(table), facecolor=PAPER).add_subplot()
    counts = table.to_numpy(dtype=float)
    top = max(counts.max(initial=0.0), 1.0)
    row, column = np.nonzero(counts > 0)
    areas = LARGEST * counts[row, column] / top
    ax.scatter(column, row, s=areas, color=BLUE, edgecolor=OUTLINE, linewidth=0.8, zorder=2)
    for r, c in np.ndindex(counts.shape):
        inside = counts[r, c] >= LIGHT * top
        ax.annotate(
            f"{counts[r, c]:.0f}",
            (c, r),
            xytext=(0, 0) if inside or not counts[r, c] else (16, 9),
            textcoords="offset points",
            ha="center",
            va="center",
            color="white" if inside else QUIET,
            fontsize=10,
            fontname=FONT,
        )
    _label(ax, table)
    return ax


def _label(ax: Axes, table: pd.DataFrame) -> None:
    """Labels above and at the left; thin lines between the rows; no frame."""
    rows, columns = table.shape
    ax.set(xlim=(-0.6, max(columns, 1) - 0.4), ylim=(max(rows, 1) - 0.5, -0.5), facecolor=PAPER)
    ax.set_xticks(range(columns), [str(c) for c in table.columns], fontname=FONT, fontsize=10)
    ax.set_yticks(range(rows), [str(r) for r in table.index], fontname=FONT, fontsize=10)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for k in range(1, rows):
        ax.axhline(k - 0.5, color="#DDDDDD", linewidth=0.8, zorder=1)


def size_of(table: pd.DataFrame) -> tuple[float, float]:
    """Width and height in inches of a page for a table of counts."""
    return 2.2 + 1.9 * max(table.shape[1], 1), 0.8 + CELL * max(table.shape[0], 1)


def render_counts(table: pd.DataFrame, title: str, *, format: str = "svg") -> bytes:
    """Draw counts into a picture in memory: the same bytes every time."""

    def draw(figure: Figure) -> None:
        width, height = size_of(table)
        left, top = 1.9 / width, 0.5 / height
        draw_counts(table, ax=figure.add_axes((left, 0.02, 0.98 - left, 0.98 - top)))

    return render_figure(draw, size_of(table), title, format=format)
