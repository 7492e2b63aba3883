"""Small counts of persons, left out of what the public sees so that nothing gives them away."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any

import numpy as np
import pandas as pd

from ..arrays import BoolArray
from ..wording.county_names import count_residents
from .small_sums import (
    hide_beside_fixed,
    list_kin,
    list_longer_sums,
    list_parts,
    list_rests,
    list_sums,
    settle,
)
from .small_years import hide_across_years, stem_word

LEAST_CELL = 5  # the customary limit for counts of persons in public tables
# Whole words by which an indicator says that it counts nobody; any other one may.
RATE_WORDS = (
    r"%|\b(?:percent|percentage|pct|share|proportion|rates?|ratio|per|index|score|rank|percentile|median|mean"
    r"|average|income|expectancy)\b"
)
MOST_INDICATORS = 40  # of one year that are held against each other
_PART_OF = r"(?:%|\b(?:percent|percentage|pct|share|proportion))\s+of\s+(?:all\s+|the\s+)?(.+)"
_SMALL_WORDS = frozenset({"of", "the", "a", "in", "by", "per", "people", "persons", "residents"})


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
    more than one. What several years count together (deaths, 2023-2024) is a whole of those years.
    A rate is left out of a county where the count that it says of is, and where with the population
    (on file, else of the Census) it comes to a small count. A part that only another file holds is
    not known here.

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
    counted = _keep_counts(needs[~named_rate])
    hidden: set[int] = set()
    while True:
        for _, rows in counted.groupby("year", dropna=False, sort=True):
            hidden |= _suppress_year(rows, hidden, least)
        further = hide_across_years(counted, hidden, least)
        hidden |= further
        if not further:
            break
    hidden |= _find_telling_rates(needs[named_rate], needs, needs.index.isin(hidden), least)
    return needs[~needs.index.isin(hidden)].reset_index(drop=True)


def _keep_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of indicators of which some value of the year is whole."""
    if rows.empty:
        return rows
    alike = rows.groupby(["indicator", "year"], dropna=False, sort=True)["value"]
    counts = alike.transform(lambda values: (values % 1 == 0).any()).astype(bool)
    return rows[counts & rows["value"].notna()]


def _suppress_year(rows: pd.DataFrame, gone: Set[int], least: int) -> set[int]:
    """Rows of one year to leave out, with those that are left out already."""
    rows = rows.sort_values(["indicator", "county_fips"], kind="stable")
    table = rows.pivot_table(
        index="county_fips", columns="indicator", values="value", aggfunc="min"
    )
    values = table.to_numpy(dtype=float)
    cells = (
        table.index.get_indexer(rows["county_fips"]),
        table.columns.get_indexer(rows["indicator"]),
    )
    hidden = (values > 0) & (values < least)
    hidden[tuple(at[rows.index.isin(gone)] for at in cells)] = True
    parts = list(list_parts(table.columns.tolist(), values))
    sums = list(list_sums(values)) if values.shape[1] <= MOST_INDICATORS else []
    sums += list(list_longer_sums(values, parts))
    kin = list(list_kin(table.columns.tolist()))
    rests = list(list_rests(parts, kin))
    settle(values, hidden, [*parts, *rests], sums, kin, least, totals=False)
    settle(values, hidden, [*parts, *rests], sums, kin, least)
    while hide_beside_fixed(values, hidden, sums, least):
        settle(values, hidden, [*parts, *rests], sums, kin, least)
    return set(rows.index[hidden[cells]])


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
    on_file = people[people["value"] > 0].groupby("county_fips")["value"].max()
    counties = rates["county_fips"].unique().tolist()
    residents = {fips: count_residents(fips) for fips in counties}  # open to everybody
    residents |= on_file.to_dict()
    shown = needs[~is_hidden & ~needs["indicator"].str.contains(RATE_WORDS, case=False)]
    found = set()
    for row in rates.itertuples():
        words = _name_words(row.indicator)
        if any(0 < count < least - 0.5 for count in np.round(_count_part(row, shown), 6)):
            found.add(row.Index)
            continue
        same = (row.county_fips, 0 if pd.isna(row.year) else row.year, words) in gone
        at_most = row.value * residents[row.county_fips] / read_base(row.indicator)
        if same or 0 < np.round(at_most, 6) < least - 0.5:
            found.add(row.Index)
    return found


def _count_part(row: Any, shown: pd.DataFrame) -> tuple[float, float]:
    """How many a "percent of births to teens" is, and the rest, where the births are shown."""
    said = re.search(_PART_OF, row.indicator.casefold())
    if said is None:
        return np.nan, np.nan
    here = shown[(shown["county_fips"] == row.county_fips) & (shown["value"] > 0)]
    same = here["year"].fillna(0) == (0 if pd.isna(row.year) else row.year)
    whole = [
        each.value
        for each in here[same].itertuples()
        if f"{said[1]} ".startswith(f"{each.indicator.strip().casefold()} ")
    ]
    base = 1.0 if row.value <= 1 and "percent" not in said[0] and "%" not in said[0] else 100.0
    part = float(row.value * min(whole) / base) if whole else np.nan
    return part, (min(whole) - part if whole else np.nan)


def _name_words(indicator: str) -> frozenset[str]:
    """The words of a name that say what is counted."""
    said = re.sub(r"(?i)" + RATE_WORDS, " ", indicator.casefold())
    words = re.findall(r"[^\W\d_]+", said)
    return frozenset(stem_word(word) for word in words if word not in _SMALL_WORDS)


def read_base(indicator: str) -> float:
    """What a rate is of: 100 of a percentage, the number after "per" of others, NaN of neither."""
    per = re.search(r"(?i)\bper ([\d,]*\d)", indicator)
    if per:
        return float(per[1].replace(",", "")) or np.nan
    return 100.0 if re.search(r"(?i)%|\b(?:percent|percentage|pct)\b", indicator) else np.nan
