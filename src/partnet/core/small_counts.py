"""Small counts of persons, left out of what the public sees so that nothing gives them away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pandas as pd

from .arrays import BoolArray, FloatArray

LEAST_CELL = 5  # the customary limit for counts of persons in public tables
# Whole words by which an indicator says that it counts nobody; any other one may.
RATE_WORDS = (
    r"%|\b(?:percent|percentage|pct|share|rates?|ratio|per|index|score|rank|percentile|median|mean"
    r"|average|income|expectancy)\b"
)
MOST_INDICATORS = 40  # of one year that are held against each other


def suppress_small_counts(needs: pd.DataFrame, least: int = LEAST_CELL) -> pd.DataFrame:
    """Leave out small counts of persons, and what they could be worked out from.

    An indicator may count persons unless its name says that it is a rate, or no value of it is
    whole. Values above 0 and below `least` are left out. Of an indicator and year at least two are
    then left out, adding up to `least` or more, so that a total of all counties gives none away;
    and of three indicators of which two add up to the third (deaths of men, of women, of all), as
    well as of a part and its whole (deaths by overdose, deaths), never only one is left out of a
    county, nor is a small rest left to be subtracted.

    Parameters
    ----------
    needs : DataFrame
        Rows of the needs table.
    least : int, default 5
        Counts from 1 to below this are small.

    Returns
    -------
    DataFrame
        The rows that may be seen.
    """
    named_rate = needs["indicator"].str.contains(RATE_WORDS, case=False, regex=True)
    hidden: set[int] = set()
    for _, rows in needs[~named_rate].groupby("year", dropna=False, sort=True):
        hidden |= _suppress_year(rows, least)
    return needs[~needs.index.isin(hidden)].reset_index(drop=True)


def _suppress_year(rows: pd.DataFrame, least: int) -> set[int]:
    """Rows of one year to leave out."""
    counts = rows.groupby("indicator", sort=True)["value"].transform(lambda v: (v % 1 == 0).any())
    rows = rows[counts & rows["value"].notna()]
    rows = rows.sort_values(["indicator", "county_fips"], kind="stable")
    table = rows.pivot_table(
        index="county_fips", columns="indicator", values="value", aggfunc="min"
    )
    values = table.to_numpy(dtype=float)
    hidden = (values > 0) & (values < least)
    sums = list(_list_sums(values)) if values.shape[1] <= MOST_INDICATORS else []
    parts = list(_list_parts(table.columns.tolist(), values))
    while True:
        before = int(hidden.sum())
        for column in range(values.shape[1]):
            _hide_enough(values[:, column], hidden[:, column], least)
        for whole, part in parts:
            _hide_rest(values, hidden, whole, part, least)
        for three in sums:
            _hide_third(values, hidden, three)
        if int(hidden.sum()) == before:
            break
    cells = (
        table.index.get_indexer(rows["county_fips"]),
        table.columns.get_indexer(rows["indicator"]),
    )
    return set(rows.index[hidden[cells]])


def _hide_enough(values: FloatArray, hidden: BoolArray, least: int) -> None:
    """While one value alone is hidden, or all hidden ones add up to little: the next one, too."""
    order = np.argsort(np.where(values > 0, values, np.inf), kind="stable")
    shown = [k for k in order.tolist() if values[k] > 0 and not hidden[k]]
    while hidden.any() and shown and (hidden.sum() == 1 or values[hidden].sum() < least):
        hidden[shown.pop(0)] = True


def _list_parts(names: list[str], values: FloatArray) -> Iterator[tuple[int, int]]:
    """Wholes and their parts: a name with all the words of another, and never a larger value."""
    words = [set(name.casefold().replace(",", " ").split()) for name in names]
    for whole, part in permutations(range(len(names)), 2):
        both = ~np.isnan(values[:, whole]) & ~np.isnan(values[:, part])
        never_more = (values[both, part] <= values[both, whole]).all()
        if words[whole] < words[part] and both.any() and never_more:
            yield whole, part


def _hide_rest(values: FloatArray, hidden: BoolArray, whole: int, part: int, least: int) -> None:
    """Hide a part where what it leaves of its whole is a small count."""
    rest = values[:, whole] - values[:, part]
    shown = ~hidden[:, whole] & ~hidden[:, part]
    hidden[:, part] |= shown & (rest > 0) & (rest < least)


def _list_sums(values: FloatArray) -> Iterator[tuple[int, int, int]]:
    """Three indicators of which the last two add up to the first, wherever all are known."""
    n = values.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            both = values[:, a] + values[:, b]
            for whole in range(n):
                if whole in (a, b):
                    continue
                known = ~np.isnan(both) & ~np.isnan(values[:, whole])
                same = np.isclose(both[known], values[known, whole], rtol=0, atol=1e-9)
                if same.any() and same.all() and values[known, whole].any():
                    yield whole, a, b


def _hide_third(values: FloatArray, hidden: BoolArray, three: tuple[int, int, int]) -> None:
    """Where one of three is hidden, hide the smaller of the two others."""
    columns = list(three)
    known = ~np.isnan(values[:, columns]).any(axis=1)
    for row in np.flatnonzero(known & (hidden[:, columns].sum(axis=1) == 1)):
        shown = [c for c in columns if not hidden[row, c]]
        hidden[row, min(shown, key=lambda c: (values[row, c], c))] = True
