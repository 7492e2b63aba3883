"""Collective investment beside need, and who depends on one funder."""

from __future__ import annotations

import pandas as pd

from ...core.network import Network
from ...core.text import say_dollars
from ...facts.investment import UNKNOWN_YEAR, fiscal_year_of, share_kept, sum_investment
from ...facts.need import HIGH_NEED, rank_need, read_population
from ...places.gazetteer import county_name
from .kind import Gap, convener_of

LOW = 1 / 3  # the third with the fewest dollars per head
LITTLE, DEPENDS = 0.6, 0.35  # largest severities
ONE_FUNDER = 0.8  # share of the dollars on file from which on a funder's exit would close programs


def compare_investment(net: Network, day: pd.Timestamp | None = None) -> pd.DataFrame:
    """Give the dollars of one fiscal year by county, per head, beside need.

    The federal fiscal year of the day, else the newest before it with dollars on file. Each dollar
    once (net of money passed on), by served place, else by the recipient's county; statewide
    dollars are apart and not in the table.

    Returns
    -------
    DataFrame
        By county code: ``county``, ``fiscal_year``, ``dollars``, ``population`` (the indicator of
        that name, else the Census count), ``per_head`` (dollars), ``per_head_rank`` (share of the
        other counties with fewer dollars per head) and ``need`` (mean percentile), both from 0 to
        1.
    """
    money = sum_investment(net)
    year = _choose_year(money, day)
    newest = money[money["fiscal_year"] == year]
    needs = net.table("needs")
    homes = net.organizations["county_fips"]
    counties = sorted({*homes, *needs["county_fips"]} - {""})
    dollars = newest.groupby("place")["dollars"].sum().reindex(counties).fillna(0.0)
    people = read_population(net, tuple(counties))
    table = pd.DataFrame({"dollars": dollars, "population": people})
    table["per_head"] = table["dollars"] / table["population"]
    others = max(1, table["per_head"].count() - 1)
    table["per_head_rank"] = (table["per_head"].rank(method="min") - 1) / others
    table["need"] = pd.Series(rank_need(net, tuple(counties))[0])
    table.insert(0, "county", [county_name(code) or code for code in counties])
    table.insert(1, "fiscal_year", year)
    return table.rename_axis("county_fips")


def _choose_year(money: pd.DataFrame, day: pd.Timestamp | None) -> str:
    """The fiscal year of a day, or the newest one before it that has dollars."""
    years = sorted(set(money["fiscal_year"]) - {UNKNOWN_YEAR})
    past = [year for year in years if day is None or int(year) <= fiscal_year_of(day)]
    return (past or years or [UNKNOWN_YEAR])[-1]


def find_underfunded(net: Network, day: pd.Timestamp | None = None) -> list[Gap]:
    """List counties in the third of highest need and the third of fewest dollars per head."""
    table = compare_investment(net, day)
    if table["per_head"].notna().sum() < 3 or net.table("needs")["direction"].eq("").all():
        return []
    poor = table[(table["need"] > HIGH_NEED) & (table["per_head_rank"] <= LOW)]
    return [_make_underfunded(net, row) for row in poor.reset_index().itertuples()]


def _make_underfunded(net: Network, row: object) -> Gap:
    place, need, rank = str(row.county), float(row.need), float(row.per_head_rank)  # type: ignore[attr-defined]
    return Gap(
        family="funding",
        rule="investment follows need",
        organization="",
        place=str(row.county_fips),  # type: ignore[attr-defined]
        place_name=place,
        status="little money, high need",
        severity=LITTLE * need * (1 - rank),
        evidence=(
            f"{_say_per_head(row.per_head)} on file for fiscal year {row.fiscal_year} "  # type: ignore[attr-defined]
            f"({_say_rank(rank)}), while its need is among the highest ({need:.0%})"
        ),
        owner=convener_of(net),
        next_step=f"Ask grantees that serve {place} which programs nobody there has applied for.",
    )


def _say_per_head(dollars: float) -> str:
    return f"{say_dollars(dollars)} a head" if dollars else "no dollars"


def _say_rank(rank: float) -> str:
    return f"only {rank:.0%} of the other counties have less" if rank else "no county has less"


def keep_own_dollars(net: Network, awards: pd.DataFrame) -> pd.DataFrame:
    """Count each dollar once: an award without what was passed on under it to others."""
    kept = share_kept(net.table("funding").query("amount > 0")).reindex(awards.index)
    awards = awards.assign(amount=awards["amount"] * kept)
    return awards[awards["amount"] > 0]


def find_dependence(net: Network, awards: pd.DataFrame) -> list[Gap]:
    """List recipients of two awards or more with most of their dollars from one funder."""
    gaps = []
    for recipient, rows in awards[awards["funder"] != ""].groupby("recipient", sort=True):
        by_funder = rows.groupby("funder")["amount"].sum()
        share = by_funder.max() / by_funder.sum()
        if len(rows) > 1 and share >= ONE_FUNDER:
            gaps.append(_make_dependence(net, str(recipient), str(by_funder.idxmax()), share))
    return gaps


def _make_dependence(net: Network, recipient: str, funder: str, share: float) -> Gap:
    named = net.name(funder) if funder in net.ids else funder
    name = net.name(recipient)
    return Gap(
        family="funding",
        rule="more than one funder",
        organization=recipient,
        status="depends on one funder",
        severity=DEPENDS * share,
        evidence=f"{share:.0%} of its dollars on file come from {named}",
        owner=name,
        next_step=f"Ask {name} what would stay if {named} stopped, and who else could fund it.",
    )
