"""Collective investment: every dollar once, by fiscal year and place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network

STATEWIDE = "statewide"
UNKNOWN_YEAR = "year not known"
FISCAL_YEAR_START_MONTH = 10  # the federal fiscal year 2026 runs from 1 October 2025


@fact
def sum_investment(net: Network) -> pd.DataFrame:
    """Give the dollars on file by fiscal year, program, recipient and place, each dollar once.

    Money passed on under a ``parent_award`` counts where it went, and no longer where it came
    from. A row with a ``fiscal_year`` counts in that year; a row with only a period is spread over
    federal fiscal years in proportion to days.

    Returns
    -------
    DataFrame
        ``fiscal_year`` (text), ``program``, ``recipient`` (id), ``place`` (county code,
        "statewide", or text as given), ``dollars`` (net), ``awarded`` (gross).
    """
    awards = net.table("funding")
    awards = awards[awards["amount"] > 0]
    net_share = share_kept(awards)
    rows = pd.DataFrame(
        {
            "program": awards["program"],
            "recipient": awards["recipient"],
            "place": place_awards(net, awards),
            "dollars": awards["amount"] * net_share,
            "awarded": awards["amount"],
        }
    )
    spread = [_spread_over_years(award) for award in awards.itertuples()]
    years = pd.DataFrame(
        [(k, *part) for k, parts in zip(rows.index, spread, strict=True) for part in parts],
        columns=["award", "fiscal_year", "share"],
    )
    joined = years.join(rows, on="award")
    for column in ("dollars", "awarded"):
        joined[column] = joined[column] * joined["share"]
    keys = ["fiscal_year", "program", "recipient", "place"]
    return joined.groupby(keys, as_index=False, sort=True)[["dollars", "awarded"]].sum()


def share_kept(awards: pd.DataFrame) -> pd.Series:
    """Share of each award that was not passed on under it; 0 at the least."""
    passed = awards[awards["parent_award"] != ""].groupby("parent_award")["amount"].sum()
    held = awards[awards["award"] != ""].groupby("award")["amount"].sum()
    kept = 1.0 - (passed.reindex(held.index).fillna(0.0) / held).clip(upper=1.0)
    return awards["award"].map(kept).astype("float64").fillna(1.0)


def place_awards(net: Network, awards: pd.DataFrame) -> pd.Series:
    """The place served where it is named, else the county of the recipient."""
    home = awards["recipient"].map(net.organizations["county_fips"]).fillna("")
    states = set(net.organizations["state"].str.casefold()) | {"state", STATEWIDE}
    served = awards["served_place"]
    served = served.mask(served.str.casefold().isin(states), STATEWIDE)
    return served.where(served != "", home).where(lambda place: place != "", "place not known")


def _spread_over_years(award: Any) -> list[tuple[str, float]]:
    """Fiscal years of one award with the share of its dollars that falls into each."""
    year, start, end = award.fiscal_year, award.period_start, award.period_end
    if not np.isnan(year):
        return [(str(int(year)), 1.0)]
    if pd.isna(start):
        return [(UNKNOWN_YEAR, 1.0)]
    last = start if pd.isna(end) else end
    days = (last - start).days + 1
    shares = []
    for fiscal_year in range(fiscal_year_of(start), fiscal_year_of(last) + 1):
        first = max(start, pd.Timestamp(fiscal_year - 1, FISCAL_YEAR_START_MONTH, 1))
        final = min(
            last, pd.Timestamp(fiscal_year, FISCAL_YEAR_START_MONTH, 1) - pd.Timedelta("1D")
        )
        shares.append((str(fiscal_year), ((final - first).days + 1) / days))
    return shares


def fiscal_year_of(day: pd.Timestamp) -> int:
    """Give the federal fiscal year of a day.

    Examples
    --------
    >>> fiscal_year_of(pd.Timestamp("2025-10-01"))
    2026
    """
    return day.year + (day.month >= FISCAL_YEAR_START_MONTH)
