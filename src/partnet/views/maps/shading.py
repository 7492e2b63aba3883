"""Shading of counties: a few steps of one hue, with words for each step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.wording.text import say_dollars
from ..findings import count_missing, list_waiting, measure_money, measure_need

# Light to dark of one hue each, so that they are told apart in every color vision and in gray.
WARM = ("#F7DDCB", "#EDB48F", "#DC8650", "#B5541F")  # what is wanting: services, visits, need
COOL = ("#D3E3F0", "#9DC3DF", "#5A97C2", "#1F5F93")  # what is there: dollars, any other number
NONE = "#E4EBF1"  # judged, and nothing is wanting
NOTHING = "#EFECE6"  # beside the cool hue: known, and nothing is there
UNKNOWN = "#FFFFFF"
NOT_KNOWN = "Not known"
STEPS = 4
SHADES = ("gaps", "need", "money", "visits")


@dataclass(frozen=True)
class Shading:
    """The value of every county and the step it falls into.

    Attributes
    ----------
    title : str
        What the shading shows, for the legend.
    column : str
        The same as the name of a column.
    values : Series
        By county code; counties without a value are not known.
    labels, colors : tuple of str
        The steps, light to dark.
    code : Series
        By county code: position of its step.
    """

    title: str
    column: str
    values: pd.Series
    labels: tuple[str, ...]
    colors: tuple[str, ...]
    code: pd.Series

    def color_of(self, fips: str) -> str:
        """Color of a county; that of the unknown where it has no value."""
        return self.colors[int(self.code[fips])] if fips in self.code.index else UNKNOWN

    def label_of(self, fips: str) -> str:
        """Words for the step of a county."""
        return self.labels[int(self.code[fips])] if fips in self.code.index else NOT_KNOWN


def choose_shading(
    net: Network,
    shade: str | pd.Series | Mapping[str, float] | None,
    day: pd.Timestamp | None,
) -> Shading | None:
    """Work out the shading that a map is asked for.

    Parameters
    ----------
    net : Network
        The network.
    shade : {"gaps", "need", "money", "visits"}, Series, mapping or None
        Services missing, mean percentile of need, dollars per person, days since a visit, or any
        number by county code.
    day : Timestamp or None
        The day to judge on.

    Raises
    ------
    UsageError
        The word is none of these.
    """
    if shade is None:
        return None
    if isinstance(shade, str):
        if shade not in SHADES:
            raise UsageError(
                f"shade: found {shade!r}. Allowed are {', '.join(SHADES)}, numbers by county code, "
                "or None. Choose one of them."
            )
        return _SHADERS[shade](net, day)
    numbers = pd.Series(shade, dtype="float64")
    numbers.index = numbers.index.astype("str")
    title = str(numbers.name or "Value")
    return _cut_quantiles(title, "value", numbers.dropna(), COOL, _say_range)


def _shade_gaps(net: Network, day: pd.Timestamp | None) -> Shading:
    return cut_counts("Services missing", "services_missing", count_missing(net, day))


def cut_counts(title: str, column: str, counts: pd.Series) -> Shading:
    """Cut whole numbers into none and four steps: 1, 2, 3, 4+; or quantiles where most are more."""
    some = counts[counts > 0]
    cuts = [1, 2, 3, 4]
    if len(some) and float((some > 4).mean()) > 0.4:
        rest = np.unique(np.quantile(some, [0.25, 0.5, 0.75], method="lower").astype(int) + 1)
        cuts = [1, *(int(cut) for cut in rest if cut > 1)]
    labels = ["None", *_say_steps(cuts)]
    code = pd.Series(np.searchsorted(cuts, counts, side="right"), index=counts.index)
    colors = (NONE, *_pick(WARM, len(cuts)))
    return Shading(title, column, counts, tuple(labels), colors, code)


def _say_steps(cuts: Sequence[int]) -> list[str]:
    """Say steps of whole numbers.

    Examples
    --------
    >>> _say_steps([1, 2, 5])
    ['1', '2 to 4', '5 or more']
    """
    ends = [cut - 1 for cut in cuts[1:]]
    steps = zip(cuts[:-1], ends, strict=True)
    said = [f"{low}" if low == high else f"{low} to {high}" for low, high in steps]
    return [*said, f"{cuts[-1]} or more"]


def _shade_need(net: Network, day: pd.Timestamp | None) -> Shading:
    need = measure_need(net)
    labels = ("Lowest: below 25", "25 to 49", "50 to 74", "Highest: 75 or more")
    code = pd.Series(np.searchsorted([0.25, 0.5, 0.75], need, side="right"), index=need.index)
    return Shading("Need (mean percentile)", "need", need, labels, WARM, code)


def _shade_money(net: Network, day: pd.Timestamp | None) -> Shading:
    dollars, year = measure_money(net, day)
    title = f"Dollars per person, FY {year}" if year else "Dollars per person"
    return _cut_quantiles(
        title, "dollars_per_person", dollars.dropna(), COOL, _say_dollars, none="None on file"
    )


def _shade_visits(net: Network, day: pd.Timestamp | None) -> Shading:
    days = list_waiting(net, day)
    labels = ("Within half a year", "Half a year to a year", "1 to 2 years", "Longer, or never")
    code = pd.Series(np.searchsorted([183, 366, 731], days, side="right"), index=days.index)
    title = "Longest since a visit"
    return Shading(title, "days_since_visit", days, labels, WARM, code)


def _cut_quantiles(
    title: str,
    column: str,
    numbers: pd.Series,
    hue: tuple[str, ...],
    say: Callable[[float, float], str],
    none: str = "",
) -> Shading:
    """Cut numbers into up to four classes of about equal size; zero apart where it has a word."""
    apart = bool(none) and bool((numbers == 0).any())
    cut = numbers[numbers != 0] if apart else numbers
    edges: Any = np.unique(np.quantile(cut, [0.25, 0.5, 0.75], method="lower")) if len(cut) else []
    raw = np.searchsorted(edges, cut, side="left")
    used, code = np.unique(raw, return_inverse=True)
    labels = [say(cut[raw == k].min(), cut[raw == k].max()) for k in used]
    colors = list(_pick(hue, len(used)))
    found = pd.Series(code, index=cut.index)
    if apart:
        labels, colors = [none, *labels], [NOTHING, *colors]
        found = (found + 1).reindex(numbers.index).fillna(0).astype(int)
    return Shading(title, column, numbers, tuple(labels), tuple(colors), found)


def _pick(hue: tuple[str, ...], steps: int) -> tuple[str, ...]:
    """So many steps of a hue, from its lightest to its darkest."""
    chosen = {0: (), 1: (2,), 2: (1, 3), 3: (0, 2, 3)}.get(steps, range(STEPS))
    return tuple(hue[k] for k in chosen)


def _say_range(low: float, high: float) -> str:
    return f"{low:,.4g}" if low == high else f"{low:,.4g} to {high:,.4g}"


def _say_dollars(low: float, high: float) -> str:
    return say_dollars(low) if low == high else f"{say_dollars(low)} to {say_dollars(high)}"


_SHADERS: Mapping[str, Callable[[Network, pd.Timestamp | None], Shading]] = {
    "gaps": _shade_gaps,
    "need": _shade_need,
    "money": _shade_money,
    "visits": _shade_visits,
}
