"""Collective investment beside need, and who depends on one funder."""

from __future__ import annotations

import pandas as pd

from ...core.network import Network
from ...core.results.shown import Column, Shown
from ...core.wording.text import say_dollars
from ...facts.geography.need import HIGH_NEED
from ...facts.money.investment import compare_investment
from .kind import Gap, convener_of

LOW = 1 / 3  # the third with the fewest dollars per person
LITTLE, DEPENDS = 0.6, 0.35  # largest severities
ONE_FUNDER = 0.8  # share of the dollars on file from which on a funder's exit would close programs


def find_underfunded(here: Network) -> list[Gap]:
    """List counties in the third of highest need and the third of fewest dollars per person."""
    table = compare_investment(here)
    if table["per_person"].notna().sum() < 3 or here.rows("needs")["direction"].eq("").all():
        return []
    poor = table[(table["need"] > HIGH_NEED) & (table["per_person_rank"] <= LOW)]
    return [_make_underfunded(here, row) for row in poor.reset_index().itertuples()]


def _make_underfunded(here: Network, row: object) -> Gap:
    place, need, rank = str(row.county), float(row.need), float(row.per_person_rank)  # type: ignore[attr-defined]
    return Gap(
        kind="funding",
        rule="investment follows need",
        organization="",
        place=str(row.county_fips),  # type: ignore[attr-defined]
        place_name=place,
        status="little money, high need",
        severity=LITTLE * need * (1 - rank),
        evidence=(
            f"{_say_per_person(row.per_person)} on file for fiscal year {row.fiscal_year} "  # type: ignore[attr-defined]
            f"({_say_rank(rank)}), while its need is among the highest ({need:.0%})"
        ),
        owner=convener_of(here),
        next_step=f"Ask grantees that serve {place} which programs nobody there has applied for.",
    )


def _say_per_person(dollars: float) -> str:
    return f"{say_dollars(dollars)} per person" if dollars else "no dollars"


def _say_rank(rank: float) -> str:
    return f"only {rank:.0%} of the other counties have less" if rank else "no county has less"


def find_dependence(here: Network, awards: pd.DataFrame) -> list[Gap]:
    """List recipients of two awards or more with most of their dollars from one funder."""
    gaps = []
    for recipient, rows in awards[awards["funder"] != ""].groupby("recipient", sort=True):
        by_funder = rows.groupby("funder")["dollars"].sum()
        share = by_funder.max() / by_funder.sum()
        if rows["award_key"].nunique() > 1 and share >= ONE_FUNDER:
            gaps.append(_make_dependence(here, str(recipient), str(by_funder.idxmax()), share))
    return gaps


def _make_dependence(here: Network, recipient: str, funder: str, share: float) -> Gap:
    named = here.name(funder) if funder in here.ids else funder
    name = here.name(recipient)
    return Gap(
        kind="funding",
        rule="more than one funder",
        organization=recipient,
        status="depends on one funder",
        severity=DEPENDS * share,
        evidence=f"{share:.0%} of its dollars on file come from {named}",
        owner=name,
        next_step=f"Ask {name} what would stay if {named} stopped, and who else could fund it.",
    )


# -- collective investment beside need -------------------------------------------------------------


def tabulate_investment(here: Network, judged: pd.DataFrame) -> pd.DataFrame:
    """Give dollars by county beside need."""
    return compare_investment(here).reset_index()


def entitle_investment(money: pd.DataFrame) -> str:
    """Name the fiscal year of the table in its title."""
    year = f", fiscal year {money['fiscal_year'].iloc[0]}" if len(money) else ""
    return f"{SHOWN_INVESTMENT.title}{year}"


def pick_investment(money: pd.DataFrame) -> pd.DataFrame:
    """Give the highest need first; nothing where no dollar is on file."""
    if not money["dollars"].any():
        return money.iloc[:0]
    return money.sort_values(["need", "county"], ascending=[False, True], kind="stable")


SHOWN_INVESTMENT = Shown(
    "investment",
    "Collective investment beside need, by county",
    (
        Column("county", "County", meaning="Its name."),
        Column("need", "Need (1: highest)", "score", meaning="Mean percentile of indicators."),
        Column("population", "People", "count", meaning="Blank where not known."),
        Column("dollars", "Dollars on file", "dollars", meaning="Of the year, each counted once."),
        Column("per_person", "Dollars per person", "dollars", meaning="Dollars by people."),
        Column("per_person_rank", "Other counties with less", "share", meaning="Share, 0 to 1."),
        Column("county_fips", meaning="County code."),
        Column("fiscal_year", meaning="Federal fiscal year of the dollars."),
    ),
    "Investment and need",
    rows=8,
    pick=pick_investment,
)
