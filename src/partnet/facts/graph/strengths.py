"""Strength of a tie in (0, 1]: one number for each relation, source and target."""

from __future__ import annotations

import numpy as np
import pandas as pd

MONEY_ANCHOR = 1_000_000.0  # dollars a year that count as full strength; fixed, so waves compare
DAYS_A_YEAR = 365.25

KEYS = ["relation", "source", "target"]


def measure_strengths(rows: pd.DataFrame, *, money_anchor: float = MONEY_ANCHOR) -> pd.DataFrame:
    """Turn rows of ties into one strength for each relation, source and target.

    Given strengths and ladder answers take the maximum of their rows. Money is summed and
    annualized: ``s = min(1, log(1 + a) / log(1 + A))`` with ``a`` in dollars a year and the anchor
    ``A``. Ties that only are on file have strength 1. A sum of money of 0 or less makes no tie.

    Parameters
    ----------
    rows : DataFrame
        Columns ``relation, source, target, strength, amount, since, until``; ``source`` and
        ``target`` may be positions or ids.
    money_anchor : float, default 1,000,000
        Dollars a year that make full strength.

    Returns
    -------
    DataFrame
        ``relation, source, target, strength``; strength 0 is an observed absence.
    """
    if not len(rows):
        return rows[[*KEYS, "strength"]]
    groups = rows.groupby(KEYS, sort=True, as_index=False)
    given = groups["strength"].max()
    amounts = groups["amount"].sum(min_count=1)["amount"]
    if amounts.notna().any():
        money = _strength_of_money(amounts / _years(groups), money_anchor)
        given["strength"] = given["strength"].fillna(money)
    return given.assign(strength=given["strength"].fillna(1.0))


def _strength_of_money(dollars: pd.Series, anchor: float) -> pd.Series:
    """log(1 + a) / log(1 + A), at most 1; nothing or less is 0."""
    positive = dollars.clip(lower=0)
    return (np.log1p(positive) / np.log1p(anchor)).clip(upper=1.0)


def _years(groups: pd.api.typing.DataFrameGroupBy) -> pd.Series:
    """Years from first start to last end, at least one; one where the dates are not known."""
    days = (groups["until"].max()["until"] - groups["since"].min()["since"]).dt.days + 1
    return (days / DAYS_A_YEAR).clip(lower=1.0).fillna(1.0)
