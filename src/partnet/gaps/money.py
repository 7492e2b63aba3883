"""Collective investment beside need, and who depends on one funder."""

from __future__ import annotations

import pandas as pd

from ..measures.investment import UNKNOWN_YEAR, sum_investment
from ..network import Network
from ..tables.places import county_name
from ..wording import say_dollars
from .model import Gap, convener_of
from .need import rank_need

HIGH = 2 / 3  # the third with the highest need
LOW = 1 / 3  # the third with the fewest dollars per head
LITTLE, DEPENDS = 0.6, 0.35  # largest severities
ONE_FUNDER = 0.8  # share of the dollars on file from which on a funder's exit would close programs


def compare_investment(net: Network) -> pd.DataFrame:
    """Give the dollars of the newest fiscal year by county, per head, beside need.

    Each dollar once (net of money passed on), by served place, else by the recipient's county;
    statewide dollars are apart and not in the table.

    Returns
    -------
    DataFrame
        By county code: ``county``, ``dollars``, ``population`` (NaN where no indicator named
        population is on file), ``per_head`` (dollars), ``per_head_rank`` and ``need`` (percentiles
        from 0 to 1 among the counties).
    """
    money = sum_investment(net)
    years = [year for year in money["fiscal_year"].unique() if year != UNKNOWN_YEAR]
    newest = money[money["fiscal_year"] == max(years, default=UNKNOWN_YEAR)]
    needs = net.table("needs")
    homes = net.organizations["county_fips"]
    counties = sorted({*homes, *needs["county_fips"]} - {""})
    dollars = newest.groupby("place")["dollars"].sum().reindex(counties).fillna(0.0)
    people = needs[needs["indicator"].str.casefold() == "population"]
    people = people.sort_values("year", kind="stable").groupby("county_fips")["value"].last()
    table = pd.DataFrame({"dollars": dollars, "population": people.reindex(counties)})
    table["per_head"] = table["dollars"] / table["population"]
    table["per_head_rank"] = table["per_head"].rank(pct=True)
    table["need"] = pd.Series(rank_need(net, tuple(counties))[0])
    table.insert(0, "county", [county_name(code) or code for code in counties])
    return table.rename_axis("county_fips")


def find_underfunded(net: Network) -> list[Gap]:
    """List counties in the third of highest need and the third of fewest dollars per head."""
    table = compare_investment(net)
    if table["per_head"].notna().sum() < 3 or net.table("needs")["direction"].eq("").all():
        return []
    poor = table[(table["need"] >= HIGH) & (table["per_head_rank"] <= LOW)]
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
            f"{say_dollars(row.per_head)} per head on file in the newest fiscal year, less than in "  # type: ignore[attr-defined]
            f"{1 - rank:.0%} of the counties, while need stands at the {need:.0%} mark"
        ),
        owner=convener_of(net),
        next_step=f"Ask grantees that serve {place} which programs nobody there has applied for.",
    )


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
