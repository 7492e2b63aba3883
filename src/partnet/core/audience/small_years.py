"""Small counts that counts of several years give away: deaths of 2023-2024 less those of 2024."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import combinations

import numpy as np
import pandas as pd

from ..arrays import FloatArray
from .small_sums import MOST_PARTS, adds_up, hide_another, hide_rest

# By these words an indicator says that it counts more than one year.
_SPAN = re.compile(
    r"\b\d{4}\s*(?:[-\u2013/]|to|through|and)\s*\d{2,4}\b"
    r"|\b(?:[2-9]|10|two|three|four|five|six|ten|multi)[ -]year\b"
    r"|\b(?:two|three|four|five|ten|both|all|several) years\b"
    r"|\b(?:combined|cumulative|cumulated|aggregated?|pooled)\b",
    re.IGNORECASE,
)
_FILLERS = frozenset(
    {"of", "the", "a", "in", "by", "per", "for", "from", "since", "over", "during", "to", "and"}
    | {
        "total",
        "sum",
        "year",
        "years",
        "annual",
        "people",
        "persons",
        "residents",
        "number",
        "count",
    }
)


def hide_across_years(rows: pd.DataFrame, hidden: Set[int], least: int) -> set[int]:
    """Say which further rows would give a count of one year away by those of several years.

    Parameters
    ----------
    rows : DataFrame
        Counts: rows of the needs table.
    hidden : set of int
        Rows that are left out already, by their index.
    least : int
        Counts from 1 to below this are small.

    Returns
    -------
    set of int
        Rows to leave out beside them.
    """
    found: set[int] = set()
    spans = rows["indicator"].str.contains(_SPAN) | rows["year"].isna()
    if not spans.any():
        return found
    known = {name: name_thing(name) for name in rows["indicator"].unique()}
    things = rows["indicator"].map(known)
    for thing in sorted(set(things[spans]), key=sorted):
        here = rows[things == thing]
        if here[["indicator", "year"]].drop_duplicates().shape[0] > 1:
            found |= _hide_of_thing(here, hidden, least)
    return found - hidden


def name_thing(indicator: str) -> frozenset[str]:
    """The words that say what an indicator counts, without years and plurals.

    Examples
    --------
    >>> [sorted(name_thing(name)) for name in ("Deaths, 2023-2024", "two-year total of deaths")]
    [['death'], ['death']]
    """
    bare = _SPAN.sub(" ", indicator.casefold())
    words = re.findall(r"(?!(?:19|20)\d\d\b)[^\W_]+", bare)
    return frozenset(stem_word(word) for word in words if word not in _FILLERS)


def stem_word(word: str) -> str:
    """A word without its plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def _hide_of_thing(rows: pd.DataFrame, hidden: Set[int], least: int) -> set[int]:
    """Rows of one thing, counted in several years, to leave out."""
    told = rows.assign(year=rows["year"].fillna(-1.0), gone=rows.index.isin(hidden))
    names = pd.MultiIndex.from_frame(told[["year", "indicator"]])
    columns = names.unique().sort_values()
    counties = pd.Index(sorted(set(told["county_fips"])))
    at = (counties.get_indexer(told["county_fips"]), columns.get_indexer(names))
    values = np.full((len(counties), len(columns)), np.nan)
    gone = np.zeros(values.shape, dtype=bool)
    values[at], gone[at] = told["value"], told["gone"]
    wholes = [k for k, (year, name) in enumerate(columns) if year < 0 or _SPAN.search(name)]
    sums = list(_list_year_sums(values, wholes))
    before = -1
    while before < (before := int(gone.sum())):
        for whole in wholes:
            for part in set(range(len(columns))) - set(wholes):
                hide_rest(values, gone, whole, [part], least)
        for members in sums:
            hide_another(values, gone, members, least)
    return set(rows.index[gone[at]])


def _list_year_sums(values: FloatArray, wholes: list[int]) -> Iterator[tuple[int, ...]]:
    """Counts of several years with those of the years that add up to them."""
    for whole in wholes:
        others = [k for k in range(values.shape[1]) if k != whole]
        for chosen in _choose(others):
            if adds_up(values, whole, chosen):
                yield whole, *chosen


def _choose(columns: list[int]) -> Iterator[tuple[int, ...]]:
    """Any of a few columns; of many those that follow each other."""
    if len(columns) <= MOST_PARTS:
        for size in range(2, len(columns) + 1):
            yield from combinations(columns, size)
        return
    for first in range(len(columns)):
        for last in range(first + 2, len(columns) + 1):
            yield tuple(columns[first:last])
