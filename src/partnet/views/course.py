"""How a network went over its waves: trends with their intervals, and what was funded when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .draw import render_figure
from .names import shorten_name
from .style import BLUE, FONT, GRAY, ORANGE, OUTLINE, PAPER, QUIET

WIDTH, PANEL, BAR, FOOT = 8.0, 1.1, 0.27, 0.4  # inches: page, a statistic, a program, dates
LEFT, RIGHT, GAP = 2.2, 0.35, 0.25
LONGEST = 34  # characters of one line of the name of a program
Box = tuple[float, float, float, float]
STATISTIC, PROGRAM = "statistic", "program"


def render_course(table: pd.DataFrame, title: str, *, format: str = "svg") -> bytes:
    """Draw trends and programs into a picture in memory: the same bytes every time.

    Parameters
    ----------
    table : DataFrame
        Rows of statistics (``what`` "statistic", ``label``, ``at``, ``value``, ``low``, ``high``)
        and of programs (``what`` "program", ``label``, ``at``, ``until``). Days, or the number of
        the wave in all of them.
    title : str
        What it shows.
    format : str
        As of the picture: svg, png, pdf.

    Returns
    -------
    bytes
    """
    panels = list(dict.fromkeys(table.loc[table["what"] == STATISTIC, "label"]))
    programs = table[table["what"] == PROGRAM]
    bars = BAR * len(programs) + GAP if len(programs) else 0.0
    height = (PANEL + GAP) * len(panels) + bars + FOOT

    def draw(figure: Figure) -> None:
        places = list(_place(len(panels), len(programs), height))
        axes = [figure.add_axes(place, facecolor=PAPER) for place in places]
        for ax, label in zip(axes, panels, strict=False):
            draw_trend(table[table["label"] == label], ax=ax)
        if len(programs):
            _draw_programs(programs, axes[-1], _find_ends(table))
        _join(axes, table)

    return render_figure(draw, (WIDTH, height), title, format=format)


def _place(panels: int, programs: int, height: float) -> Iterator[Box]:
    """Boxes of the panels from the top, and of the programs under them, as shares of the page."""
    wide, top = (WIDTH - LEFT - RIGHT) / WIDTH, height
    for _ in range(panels):
        top -= PANEL + GAP
        yield LEFT / WIDTH, top / height, wide, PANEL / height
    if programs:
        yield LEFT / WIDTH, FOOT / height, wide, BAR * programs / height


def draw_trend(rows: pd.DataFrame, *, ax: Axes) -> Axes:
    """Draw one statistic over the waves, with the 95 % interval of each."""
    at, value = _to_numbers(rows["at"]), rows["value"].to_numpy(dtype=float)
    low, high = (rows[name].to_numpy(dtype=float) for name in ("low", "high"))
    known = ~np.isnan(low) & ~np.isnan(high)
    ax.vlines(at[known], low[known], high[known], color=OUTLINE, linewidth=1.2, zorder=2)
    ax.plot(at, value, color=BLUE, marker="o", markeredgecolor=OUTLINE, clip_on=False, zorder=3)
    top = max([*high[known], *value[~np.isnan(value)], 0.0])
    ax.set_ylim(0.0, top * 1.15 if top > 0 else 1.0)
    ax.yaxis.set_major_locator(MaxNLocator(4))
    label = str(rows["label"].iloc[0])
    ax.set_ylabel(
        label.replace("number of ", "number of\n"), rotation=0, ha="right", va="center",
        fontname=FONT, fontsize=10, labelpad=12,
    )  # fmt: skip
    ax.grid(axis="y", color="#E3E3E3", linewidth=0.8)
    return ax


def _draw_programs(programs: pd.DataFrame, ax: Axes, ends: tuple[float, float]) -> None:
    """One bar a program, from its first day on file to its last; without one, to the margin."""
    left, right = ends
    start = np.nan_to_num(_to_numbers(programs["at"]), nan=left).clip(left, right)
    end = np.nan_to_num(_to_numbers(programs["until"]), nan=right).clip(left, right)
    row = np.arange(len(programs))
    ax.barh(row, end - start, left=start, height=0.6, color=ORANGE, edgecolor=OUTLINE, zorder=2)
    names = [shorten_name(str(name), line=LONGEST) for name in programs["label"]]
    ax.set_yticks(row, names, fontname=FONT, fontsize=9)
    ax.set_ylim(len(programs) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)


def _to_numbers(at: pd.Series) -> np.ndarray:
    """Days as numbers of the axis; numbers of waves as they are."""
    if pd.api.types.is_datetime64_any_dtype(at):
        return np.asarray(date2num(at.to_numpy()), dtype=float)
    return at.to_numpy(dtype=float)


def _find_waves(table: pd.DataFrame) -> np.ndarray:
    return np.unique(_to_numbers(table.loc[table["what"] == STATISTIC, "at"]))


def _find_ends(table: pd.DataFrame) -> tuple[float, float]:
    """Both ends of the axis of time: the first and the last wave, and a little room."""
    waves = _find_waves(table)
    margin = 0.04 * (waves[-1] - waves[0]) if len(waves) > 1 else 1.0
    return float(waves[0] - margin), float(waves[-1] + margin)


def _join(axes: list[Axes], table: pd.DataFrame) -> None:
    """One axis of time for all, as wide as the waves; thin lines at every wave."""
    for ax in axes:
        ax.set_xlim(*_find_ends(table))
        for wave in _find_waves(table):
            ax.axvline(wave, color=GRAY, linewidth=0.8, linestyle=":", zorder=1)
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
        ax.tick_params(axis="x", labelbottom=ax is axes[-1], colors=QUIET)
    labels = [_say_wave(at) for at in np.unique(table.loc[table["what"] == STATISTIC, "at"])]
    for ax in axes:
        ax.set_xticks(_find_waves(table), labels, fontname=FONT, fontsize=9)


def _say_wave(at: Any) -> str:
    """The month of a wave, or its number; no names of months, which differ by machine."""
    return f"wave {at:g}" if isinstance(at, float) else str(np.datetime64(at, "M"))
