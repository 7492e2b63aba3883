"""Which rows of the funding table are one award, and which of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DATES = ("period_start", "period_end")
FISCAL_YEAR_START_MONTH = 10  # the federal fiscal year 2026 runs from 1 October 2025
SPENT = "spent"
UNSTATED = " (program not stated)"  # so ends the program of a grant whose list has no programs


def fiscal_year_of(day: pd.Timestamp) -> int:
    """Give the federal fiscal year of a day.

    Examples
    --------
    >>> import datetime
    >>> fiscal_year_of(datetime.date(2025, 10, 1))
    2026
    """
    return day.year + (day.month >= FISCAL_YEAR_START_MONTH)


def may_run(rows: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Whether awards run on a day by the fiscal year that they state; those with dates may.

    A budget period of twelve months that begins in a fiscal year ends in the next at the latest:
    without dates an award runs from the first day of its year to the last of the next.
    """
    dated = rows[DATES[0]].notna() | rows[DATES[1]].notna()
    ago = fiscal_year_of(day) - rows["fiscal_year"]
    return dated | ago.isna() | ago.between(0, 1)


def number_awards(rows: pd.DataFrame) -> pd.Series:
    """Say which rows are one award: number and recipient; without a number, all but the dollars."""
    return _number_groups(rows, ["funder", "program", "fiscal_year", *DATES])


def is_counted(rows: pd.DataFrame) -> pd.Series:
    """Whether each row of the funding table counts as money, or as money of unknown amount.

    Dollars obligated and dollars spent of one award are never added: what was obligated counts
    (blank kinds of amount are taken for it). An award whose rows come to nothing or less was taken
    back, and none of them counts.
    """
    spent = rows["amount_kind"] == SPENT
    same = _find_same_money(rows)
    counted = ~(spent & same.isin(same[~spent & (rows["amount"] > 0)]))
    awards = number_awards(rows)
    total = rows["amount"].where(counted).groupby(awards).transform(lambda a: a.sum(min_count=1))
    return counted & ~(total <= 0)


def _find_same_money(rows: pd.DataFrame) -> pd.Series:
    """Which rows tell of the same money, obligated or spent: one award, or program and year."""
    start = rows["period_start"].dt
    year = start.year + (start.month >= FISCAL_YEAR_START_MONTH)
    rows = rows.assign(year=rows["fiscal_year"].fillna(year.astype("float64")))
    return _number_groups(rows, ["funder", "program", "year"])


def _number_groups(rows: pd.DataFrame, silent: list[str]) -> pd.Series:
    """Number groups by award number and recipient; `silent` columns where there is no number."""
    columns = ["recipient", "award", *silent]
    keys = rows[columns].astype("str")
    keys.loc[rows["award"] != "", silent] = ""
    return keys.groupby(columns, sort=False, dropna=False).ngroup()
