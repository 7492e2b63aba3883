"""Small counts in tables of populations: suppressed together with those of whole counties.

A population is a part of its county, and an indicator of a population a part of the same indicator
of everybody: what is left out of one table could be worked out from another, so that all are
suppressed as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..rows.spelling import fold_label
from .small_counts import RATE_WORDS, read_base, suppress_small_counts

POPULATION = "population"  # the indicator of the needs table that counts everybody
PERCENT = 100.0
ROW = ["county_fips", "indicator", "value", "year"]


def suppress_small_groups(
    tables: Mapping[str, pd.DataFrame], least: int
) -> dict[str, pd.DataFrame]:
    """Leave small counts of persons out of needs, residents and disparities.

    A row of residents goes where it counts fewer than `least`, where its share of the county comes
    to fewer or leaves fewer, and where the share comes to no number because nobody lives there on
    file. Of the populations of one type in a county never only one goes. A row of disparities goes
    with its population, with what it says of everybody, and where its rate comes to fewer persons.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With ``needs``, ``residents`` and ``disparities``.
    least : int
        Counts from 1 to below this are small.

    Returns
    -------
    dict of str to DataFrame
        These three, without what must not be seen.
    """
    needs, residents, disparities = (tables[n] for n in ("needs", "residents", "disparities"))
    own = _count_persons(residents, needs)
    word, other = _code_populations(residents, disparities)
    counted = residents.assign(value=own.round(), indicator=f"{POPULATION} " + word)
    parts = disparities.assign(indicator=disparities["indicator"] + " " + other)
    whole = _list_wholes(disparities, needs)
    blocks = {"needs": needs, "residents": counted, "disparities": parts, "wholes": whole}
    kept = _suppress(blocks, least)
    shown = _drop_small(residents, own, kept["residents"], needs, least)
    known = _drop_telling(disparities, kept["disparities"], (residents, own, shown), least)
    known &= ~_is_of(disparities, whole[~kept["wholes"]])
    known &= ~_is_of(disparities, needs[~kept["needs"]])
    masks = {"needs": kept["needs"], "residents": shown, "disparities": known}
    return {name: tables[name][mask].reset_index(drop=True) for name, mask in masks.items()}


def _code_populations(*tables: pd.DataFrame) -> list[pd.Series]:
    """Give every population a word of its own, letters only: its name may speak of rates."""
    names = [frame["population"].map(fold_label).astype("str") for frame in tables]
    codes = {name: _spell(k) for k, name in enumerate(dict.fromkeys(pd.concat(names)))}
    return [each.map(codes).astype("str") for each in names]


def _spell(number: int) -> str:
    return f"zz{''.join(chr(ord('a') + int(digit)) for digit in str(number))}"


def _suppress(blocks: Mapping[str, pd.DataFrame], least: int) -> dict[str, pd.Series]:
    """Suppress the rows of several tables as one table of needs: which are kept, by table."""
    told = [frame[ROW].assign(block=name, row=frame.index) for name, frame in blocks.items()]
    one = pd.concat(told, ignore_index=True)
    kept = suppress_small_counts(one.astype({"indicator": "str"}), least)
    left = {name: kept.loc[kept["block"] == name, "row"] for name in blocks}
    return {
        name: pd.Series(frame.index.isin(left[name]), frame.index) for name, frame in blocks.items()
    }


def _count_persons(residents: pd.DataFrame, needs: pd.DataFrame) -> pd.Series:
    """How many people each row of residents counts: as told, else by its share of the county."""
    everybody = _find_everybody(residents, needs)
    return residents["people"].fillna(residents["share"] * everybody / 100)


def _find_everybody(residents: pd.DataFrame, needs: pd.DataFrame) -> pd.Series:
    """How many people live in the county of each row, on file."""
    whole = needs[needs["indicator"].map(fold_label) == POPULATION]
    newest = whole.dropna(subset=["value"]).sort_values("year", kind="stable")
    known = newest.groupby("county_fips")["value"].last()
    return residents["county_fips"].map(known).astype("float64")


def _drop_small(
    residents: pd.DataFrame, own: pd.Series, kept: pd.Series, needs: pd.DataFrame, least: int
) -> pd.Series:
    """Which rows of residents may be seen."""
    everybody = _find_everybody(residents, needs)
    rest = everybody - own
    none = residents["share"].eq(0) | own.eq(0)
    counted = residents["people"].fillna(least).ge(least) | residents["people"].eq(0)
    small = (np.round(own, 6) < least - 0.5) | (rest.gt(0) & rest.lt(least - 0.5))
    unknown = own.isna() & residents["share"].notna()
    shown = kept & counted & (none | ~(small | unknown))
    keys = ["county_fips", "type", "year"]
    for _, rows in residents.groupby(keys, dropna=False, sort=True):
        _hide_beside(shown, own[rows.index], least)
    return shown


def _hide_beside(shown: pd.Series, own: pd.Series, least: int) -> None:
    """Hide the next smallest of one type while one alone, or few people, are hidden."""
    size = own.fillna(np.inf)
    while True:
        gone, left = size[~shown[size.index]], size[shown[size.index]]
        if gone.empty or left.empty or (len(gone) > 1 and gone.sum() >= least):
            return
        shown[left.idxmin()] = False


def _list_wholes(disparities: pd.DataFrame, needs: pd.DataFrame) -> pd.DataFrame:
    """What rows of disparities say of everybody, where the needs table does not say it."""
    told = disparities[disparities["everybody"].notna() & ~_is_of(disparities, needs)]
    return told.assign(value=told["everybody"])


def _is_of(disparities: pd.DataFrame, needs: pd.DataFrame) -> pd.Series:
    """Whether some rows are about the same county, indicator and year."""
    told = {_key(row) for row in needs[ROW].itertuples()}
    keys = [_key(row) in told for row in disparities[ROW].itertuples()]
    return pd.Series(keys, disparities.index, dtype=bool)


def _key(row: Any) -> tuple[str, str, float]:
    year = 0.0 if pd.isna(row.year) else float(row.year)
    return row.county_fips, fold_label(row.indicator), year


def _drop_telling(
    disparities: pd.DataFrame,
    kept: pd.Series,
    groups: tuple[pd.DataFrame, pd.Series, pd.Series],
    least: int,
) -> pd.Series:
    """Which rows of disparities may be seen as far as the size of their population goes."""
    residents, own, shown = groups
    keys = [
        (county, fold_label(name))
        for county, name in zip(residents["county_fips"], residents["population"], strict=True)
    ]
    small = {key for key, seen in zip(keys, shown, strict=True) if not seen}
    sizes: dict[tuple[str, str], float] = {}
    for key, people in zip(keys, own, strict=True):
        sizes[key] = float(np.fmin(sizes.get(key, np.nan), people))
    told = []
    for row in disparities.itertuples():
        key = (row.county_fips, fold_label(str(row.population)))
        told.append(key in small or _is_few(row, sizes.get(key, np.nan), least))
    return kept & ~pd.Series(told, disparities.index, dtype=bool)


def _is_few(row: Any, people: float, least: int) -> bool:
    """Whether a rate of so many people comes to a small count, or leaves one."""
    if not re.search(RATE_WORDS, row.indicator, re.IGNORECASE):
        return False
    base = read_base(row.indicator)
    count = float(np.round(row.value * people / base, 6))
    rest = people - count if base == PERCENT else np.nan
    return bool(0 < count < least - 0.5 or 0 < rest < least - 0.5)
