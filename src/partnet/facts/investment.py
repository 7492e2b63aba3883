"""Collective investment: every dollar once, by fiscal year and place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..places.gazetteer import county_name
from .need import rank_need, read_population

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
    awards = net.rows("funding")
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


@fact
def compare_investment(here: Network) -> pd.DataFrame:
    """Give the dollars of one fiscal year by county, per person, beside need.

    The federal fiscal year of the day, else the newest before it with dollars on file. Each dollar
    once (net of money passed on), by served place, else by the recipient's county; statewide
    dollars are apart and not in the table.

    Returns
    -------
    DataFrame
        By county code: ``county``, ``fiscal_year``, ``dollars``, ``population`` (the indicator of
        that name, else the Census count), ``per_person`` (dollars), ``per_person_rank`` (share
        of the other counties with fewer dollars per person) and ``need`` (mean percentile), both
        from 0 to 1.
    """
    money = sum_investment(here.whole)
    year = _choose_year(money, here.day)
    newest = money[money["fiscal_year"] == year]
    needs = here.rows("needs")
    homes = here.organizations["county_fips"]
    counties = sorted({*homes, *needs["county_fips"]} - {""})
    dollars = newest.groupby("place")["dollars"].sum().reindex(counties).fillna(0.0)
    people = read_population(here, tuple(counties))
    table = pd.DataFrame({"dollars": dollars, "population": people})
    table["per_person"] = table["dollars"] / table["population"]
    others = max(1, table["per_person"].count() - 1)
    table["per_person_rank"] = (table["per_person"].rank(method="min") - 1) / others
    table["need"] = pd.Series(rank_need(here, tuple(counties)).mean)
    table.insert(0, "county", [county_name(code) or code for code in counties])
    table.insert(1, "fiscal_year", year)
    return table.rename_axis("county_fips")


def _choose_year(money: pd.DataFrame, day: pd.Timestamp | None) -> str:
    """The fiscal year of a day, or the newest one before it that has dollars."""
    years = sorted(set(money["fiscal_year"]) - {UNKNOWN_YEAR})
    past = [year for year in years if day is None or int(year) <= fiscal_year_of(day)]
    return (past or years or [UNKNOWN_YEAR])[-1]


def share_kept(awards: pd.DataFrame) -> pd.Series:
    """Share of each award that was not passed on under it; 0 at the least."""
    passed = awards[awards["parent_award"] != ""].groupby("parent_award")["amount"].sum()
    held = awards[awards["award"] != ""].groupby("award")["amount"].sum()
    kept = 1.0 - (passed.reindex(held.index).fillna(0.0) / held).clip(upper=1.0)
    return awards["award"].map(kept).astype("float64").fillna(1.0)


def keep_own_dollars(here: Network, awards: pd.DataFrame) -> pd.DataFrame:
    """Count each dollar once: an award without what was passed on under it to others."""
    kept = share_kept(here.rows("funding").query("amount > 0")).reindex(awards.index)
    awards = awards.assign(amount=awards["amount"] * kept)
    return awards[awards["amount"] > 0]


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
