"""Collective investment: every dollar once, by fiscal year and place."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.rows.awards import fiscal_year_of
from ...core.wording.text import say_dollars
from ...places.gazetteer import county_name
from ..geography.need import rank_need, read_population
from .awards import STATEWIDE, hold_money, may_count_twice, read_award_rows
from .passing import UNKNOWN_YEAR

__all__ = [
    "STATEWIDE",
    "UNKNOWN_YEAR",
    "choose_year",
    "compare_investment",
    "fiscal_year_of",
    "sum_all_investment",
    "sum_investment",
]


@fact
def sum_investment(net: Network) -> pd.DataFrame:
    """Give the dollars on file by fiscal year, program, funder, recipient and place, each once.

    Money passed on under a ``parent_award`` counts where it went, and no longer where it came
    from; see :mod:`partnet.facts.money.passing`. A row with a ``fiscal_year`` counts in that year;
    a row with only a period is spread over federal fiscal years in proportion to days.

    Returns
    -------
    DataFrame
        ``fiscal_year`` (text), ``program``, ``funder`` (id, text, or ""), ``recipient`` (id),
        ``place`` (county code, "statewide", or text as given), ``dollars`` (net), ``awarded``
        (gross).
    """
    rows = read_award_rows(net)[["program", "funder", "recipient", "place"]]
    joined = hold_money(net).join(rows, on="row")
    keys = ["fiscal_year", "program", "funder", "recipient", "place"]
    return joined.groupby(keys, as_index=False, sort=True)[["dollars", "awarded"]].sum()


@fact
def sum_all_investment(here: Network) -> pd.DataFrame:
    """Give the dollars on file as :func:`sum_investment` does, past years as they were.

    What went to an organization that has closed since counts in fiscal years that are over, up to
    the one in which it closed: it was invested, whatever became of who received it. Where nobody
    knows when an organization closed, its awards count in no year.
    """
    now = sum_investment(here.whole)
    if here.closed.empty or here.day is None:
        return now
    before = sum_investment(here.ever)
    last = here.closed["closed_on"].map(lambda day: 0 if pd.isna(day) else fiscal_year_of(day))
    until = pd.to_numeric(before["recipient"].map(last), errors="coerce")
    there = until.isna() | (_read_year(before) <= until)
    parts = [now[~_is_over(now, here.day)], before[_is_over(before, here.day) & there]]
    keys = ["fiscal_year", "program", "funder", "recipient", "place"]
    return pd.concat(parts).sort_values(keys, kind="stable", ignore_index=True)


def _read_year(money: pd.DataFrame) -> pd.Series:
    """The fiscal year of each row as a number; NaN where it is not known."""
    return pd.to_numeric(money["fiscal_year"], errors="coerce")


def _is_over(money: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Whether the fiscal year of each row is over on a day."""
    return _read_year(money) < fiscal_year_of(day)


@fact
def sum_unsure(net: Network) -> pd.DataFrame:
    """Give the dollars on file that may count twice, by ``fiscal_year`` and ``place``.

    See :func:`partnet.facts.money.awards.may_count_twice`.
    """
    rows = read_award_rows(net)
    unsure = rows.loc[may_count_twice(rows), ["place"]]
    joined = hold_money(net).join(unsure, on="row", how="inner")
    return joined.groupby(["fiscal_year", "place"], as_index=False)[["dollars"]].sum()


def say_once(dollars: float) -> str:
    """Say that each dollar counts once, and of which ones that is not on file.

    Examples
    --------
    >>> say_once(0.0)
    'each dollar counted once'
    """
    if not dollars > 0:
        return "each dollar counted once"
    return (
        f"each dollar counted once as far as parent awards tell ({say_dollars(dollars)} may be in "
        "it twice: who pays it holds the same program, and no parent award is on file)"
    )


def choose_year(years: Iterable[str], day: pd.Timestamp | None) -> str:
    """Give the fiscal year of a day, else the newest before it with dollars; "" without one.

    Where all dollars lie in years to come, it is the first of these.

    Examples
    --------
    >>> choose_year(["2024", "2026", "2028"], pd.Timestamp("2026-10-01"))
    '2026'
    """
    known = sorted(set(years) - {UNKNOWN_YEAR})
    past = [year for year in known if day is None or int(year) <= fiscal_year_of(day)]
    return past[-1] if past else "".join(known[:1])


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
    money = sum_all_investment(here)
    year = choose_year(money["fiscal_year"], here.day) or UNKNOWN_YEAR
    newest = money[money["fiscal_year"] == year]
    needs = here.rows("needs")
    homes = here.organizations["county_fips"]
    paid = {place for place in newest["place"] if county_name(place)}
    counties = sorted({*homes, *needs["county_fips"], *paid} - {""})
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
