"""Small counts of persons, left out of what the public sees so that nothing gives them away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from .arrays import BoolArray, FloatArray, IntArray

LEAST_CELL = 5  # the customary limit for counts of persons in public tables
# Whole words by which an indicator says that it counts nobody; any other one may.
RATE_WORDS = (
    r"%|\b(?:percent|percentage|pct|share|proportion|rates?|ratio|per|index|score|rank|percentile|median|mean"
    r"|average|income|expectancy)\b"
)
MOST_INDICATORS = 40  # of one year that are held against each other
_PART_OF = r"(?:%|\b(?:percent|percentage|pct|share|proportion))\s+of\s+(?:all\s+|the\s+)?(.+)"
_SMALL_WORDS = frozenset({"of", "the", "a", "in", "by", "per", "people", "persons", "residents"})
MOST_HIDDEN = 400  # cells of one year of which every total together is tried
PRIME = 2_147_483_647  # below 2**31, so that products fit into 64 bits
MOST_PARTS = 12  # of one whole, by name, among which those that add up to it are looked for


def suppress_small_counts(needs: pd.DataFrame, least: int = LEAST_CELL) -> pd.DataFrame:
    """Leave out small counts of persons, and what they could be worked out from.

    An indicator may count persons unless its name says that it is a rate, or no value of it is
    whole. Values above 0 and below `least` are left out. Of an indicator and year at least two are
    then left out, adding up to `least` or more, so that a total of all counties gives none away;
    and of indicators that add up to another one (deaths of men, of women, of all; deaths by age and
    deaths), as well as of a part and its whole (deaths by overdose, deaths), never only one is left
    out of a county, nor is a small rest left to be subtracted. Of parts by name (deaths, men;
    deaths, women) two are left out where one is, as another file may tell the whole; what is left
    out of a county for its own figures does not depend on other counties, so that two waves tell no
    more than one. A rate is left out of a county where the count that it says of is, and where with
    the population it comes to a small count. A part that only another file holds is not known here.

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
    hidden |= _find_telling_rates(needs[named_rate], needs, needs.index.isin(hidden), least)
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
    parts = list(_list_parts(table.columns.tolist(), values))
    sums = list(_list_sums(values)) if values.shape[1] <= MOST_INDICATORS else []
    sums += list(_list_longer_sums(values, parts))
    kin = list(_list_kin(table.columns.tolist()))
    _settle(values, hidden, parts, sums, kin, least, totals=False)
    _settle(values, hidden, parts, sums, kin, least)
    while _hide_beside_fixed(values, hidden, sums, least):
        _settle(values, hidden, parts, sums, kin, least)
    cells = (
        table.index.get_indexer(rows["county_fips"]),
        table.columns.get_indexer(rows["indicator"]),
    )
    return set(rows.index[hidden[cells]])


def _settle(
    values: FloatArray,
    hidden: BoolArray,
    parts: list[tuple[int, int]],
    sums: list[tuple[int, ...]],
    kin: list[list[int]],
    least: int,
    *,
    totals: bool = True,
) -> None:
    """Hide what a total, a whole or a sum would tell alone, until nothing more is told so.

    Without `totals` only within each county: what is then hidden of it is hidden in every file that
    has the same figures of it, whatever other counties stand there, so that two waves together tell
    no more than one.
    """
    before = -1
    while before < (before := int(hidden.sum())):
        for column in range(values.shape[1]) if totals else ():
            _hide_enough(values[:, column], hidden[:, column], least)
        for alike in kin:
            _hide_kin(values, hidden, alike, least)
        for whole, part in parts:
            _hide_rest(values, hidden, whole, part, least)
        for members in sums:
            _hide_another(values, hidden, members, least)


def _hide_beside_fixed(
    values: FloatArray, hidden: BoolArray, sums: list[tuple[int, ...]], least: int
) -> bool:
    """Hide another value beside a small count that all totals and sums together tell."""
    cells = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    if not sums or len(cells) > MOST_HIDDEN:
        return False
    for k in _find_fixed(_list_equations(values, cells, sums)):
        row, column = cells[k]
        if not 0 < values[row, column] < least:
            continue
        beside = [(other, column) for other in range(len(values))]
        beside += [(row, c) for members in sums if column in members for c in members]
        shown = [cell for cell in beside if not hidden[cell] and not np.isnan(values[cell])]
        if shown:
            hidden[min(shown, key=lambda cell: (values[cell] <= 0, values[cell], cell))] = True
            return True
    return False


def _list_equations(
    values: FloatArray, cells: list[tuple[int, int]], sums: list[tuple[int, ...]]
) -> IntArray:
    """What is known of hidden cells: the total of each indicator, and each sum in each county."""
    at = {cell: k for k, cell in enumerate(cells)}
    signs = [{(row, c): 1 for row in range(len(values))} for c in range(values.shape[1])]
    for whole, *others in sums:
        known = np.flatnonzero(~np.isnan(values[:, [whole, *others]]).any(axis=1)).tolist()
        signs += [{(row, whole): -1} | {(row, c): 1 for c in others} for row in known]
    equations = np.zeros((len(signs), len(cells)), dtype=np.int64)
    for k, signed in enumerate(signs):
        for cell, sign in signed.items():
            if cell in at:
                equations[k, at[cell]] = sign
    return equations[equations.any(axis=1)]


def _find_fixed(equations: IntArray) -> list[int]:
    """Which unknowns linear equations tell, by exact elimination in whole numbers modulo a prime.

    An unknown is told where a row with nothing but it comes out.
    """
    rows, top = equations % PRIME, 0
    for column in range(rows.shape[1]):
        found = np.flatnonzero(rows[top:, column])
        if not len(found):
            continue
        rows[[top, top + found[0]]] = rows[[top + found[0], top]]
        rows[top] = rows[top] * pow(int(rows[top, column]), -1, PRIME) % PRIME
        others = rows[:, column].copy()
        others[top] = 0
        rows = (rows - np.outer(others, rows[top])) % PRIME
        top += 1
        if top == len(rows):
            break
    return [int(np.flatnonzero(row)[0]) for row in rows[:top] if np.count_nonzero(row) == 1]


def _hide_enough(values: FloatArray, hidden: BoolArray, least: int) -> None:
    """While one value alone is hidden, or all hidden ones add up to little: the next one, too."""
    order = np.argsort(np.where(values > 0, values, np.inf), kind="stable")
    shown = [k for k in order.tolist() if values[k] > 0 and not hidden[k]]
    while hidden.any() and shown and (hidden.sum() == 1 or values[hidden].sum() < least):
        hidden[shown.pop(0)] = True
    zeros = np.flatnonzero(values == 0)
    if hidden.sum() == 1 and len(zeros):  # nobody else is counted: one who has none goes along
        hidden[zeros[0]] = True


def _list_kin(names: list[str]) -> Iterator[list[int]]:
    """Parts of one whole by their names (deaths, men; deaths, women), which may stand elsewhere."""
    stems = [name.rpartition(",")[0].strip().casefold() for name in names]
    for stem in sorted({stem for stem in stems if stem and stems.count(stem) > 1}):
        yield [k for k, one in enumerate(stems) if one == stem]


def _hide_kin(values: FloatArray, hidden: BoolArray, members: list[int], least: int) -> None:
    """Where a part is hidden alone, another one with it: another file may tell the whole."""
    for row in np.flatnonzero(hidden[:, members].any(axis=1)):
        gone = hidden[row, members]
        _hide_enough(values[row, members], gone, least)
        hidden[row, members] = gone


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


def _list_longer_sums(
    values: FloatArray, parts: list[tuple[int, int]]
) -> Iterator[tuple[int, ...]]:
    """Wholes with three parts and more, by name, that add up to them wherever all are known."""
    for whole in sorted({whole for whole, _ in parts}):
        named = [part for other, part in parts if other == whole]
        sizes = range(3, len(named) + 1) if len(named) <= MOST_PARTS else [len(named)]
        for size in sizes:
            for chosen in combinations(named, size):
                if _adds_up(values, whole, chosen):
                    yield whole, *chosen


def _adds_up(values: FloatArray, whole: int, chosen: tuple[int, ...]) -> bool:
    """Whether some indicators add up to another one in every county where all are known."""
    both = values[:, list(chosen)].sum(axis=1)
    known = ~np.isnan(both) & ~np.isnan(values[:, whole])
    same = np.isclose(both[known], values[known, whole], rtol=0, atol=1e-9)
    return bool(same.any() and same.all() and values[known, whole].any())


def _list_sums(values: FloatArray) -> Iterator[tuple[int, ...]]:
    """Three indicators of which the last two add up to the first, wherever all are known."""
    n = values.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            for whole in range(n):
                if whole not in (a, b) and _adds_up(values, whole, (a, b)):
                    yield whole, a, b


def _hide_another(
    values: FloatArray, hidden: BoolArray, members: tuple[int, ...], least: int
) -> None:
    """Where one of a sum is hidden alone, or hidden parts add up to little: the smallest other."""
    columns = list(members)
    known = ~np.isnan(values[:, columns]).any(axis=1)
    for row in np.flatnonzero(known & hidden[:, columns].any(axis=1)):
        while shown := [c for c in columns if not hidden[row, c]]:
            gone = [c for c in columns if hidden[row, c]]
            best = min(shown, key=lambda c: (values[row, c] <= 0, values[row, c], c))
            enough = members[0] in gone or values[row, gone].sum() >= least
            if len(gone) > 1 and (enough or values[row, best] <= 0):
                break
            hidden[row, best] = True


def _find_telling_rates(
    rates: pd.DataFrame, needs: pd.DataFrame, is_hidden: BoolArray, least: int
) -> set[int]:
    """Rows of rates from which a count that is left out could be worked out."""
    if rates.empty:
        return set()
    counts = needs[is_hidden]
    places = zip(counts["county_fips"], counts["year"].fillna(0), strict=True)
    gone = {
        (*place, _name_words(name)) for place, name in zip(places, counts["indicator"], strict=True)
    }
    people = needs[needs["indicator"].str.strip().str.casefold() == "population"]
    residents = people.groupby("county_fips")["value"].max()
    shown = needs[~is_hidden & ~needs["indicator"].str.contains(RATE_WORDS, case=False)]
    found = set()
    for row in rates.itertuples():
        words = _name_words(row.indicator)
        if 0 < np.round(_count_part(row, shown), 6) < least - 0.5:
            found.add(row.Index)
            continue
        same = (row.county_fips, 0 if pd.isna(row.year) else row.year, words) in gone
        at_most = row.value * residents.get(row.county_fips, np.nan) / read_base(row.indicator)
        if same or 0 < np.round(at_most, 6) < least - 0.5:
            found.add(row.Index)
    return found


def _count_part(row: Any, shown: pd.DataFrame) -> float:
    """How many a "percent of births to teens" is, where the births are shown; NaN where not."""
    said = re.search(_PART_OF, row.indicator.casefold())
    if said is None:
        return np.nan
    here = shown[(shown["county_fips"] == row.county_fips) & (shown["value"] > 0)]
    same = here["year"].fillna(0) == (0 if pd.isna(row.year) else row.year)
    whole = [
        each.value
        for each in here[same].itertuples()
        if f"{said[1]} ".startswith(f"{each.indicator.strip().casefold()} ")
    ]
    base = 1.0 if row.value <= 1 and "percent" not in said[0] and "%" not in said[0] else 100.0
    return float(row.value * min(whole) / base) if whole else np.nan


def _name_words(indicator: str) -> frozenset[str]:
    """The words of a name that say what is counted."""
    said = re.sub(r"(?i)" + RATE_WORDS, " ", indicator.casefold())
    words = re.findall(r"[^\W\d_]+", said)
    return frozenset(words) - _SMALL_WORDS


def read_base(indicator: str) -> float:
    """What a rate is of: 100 of a percentage, the number after "per" of others, NaN of neither."""
    per = re.search(r"(?i)\bper ([\d,]*\d)", indicator)
    if per:
        return float(per[1].replace(",", "")) or np.nan
    return 100.0 if re.search(r"(?i)%|\b(?:percent|percentage|pct)\b", indicator) else np.nan
