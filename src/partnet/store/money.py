"""Collective investment of a nation: every dollar once, by whatever it is asked by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import UsageError
from ..core.text import join_words
from ..facts.money.passing import UNKNOWN_YEAR
from .nation import Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir

BY = ("state", "county_fips", "program", "fiscal_year", "recipient", "kind", "funder")
YEARS = range(1950, 2101)


def sum_money(nation: Nation, by: Sequence[str]) -> ir.Table:
    """Dollars on file in whole cents, by some columns, as one expression.

    Money passed on under a parent award counts where it went; a row with a fiscal year counts in
    it, one with a period only in proportion to days; as in :func:`describe_network`.

    Raises
    ------
    UsageError
        A column is unknown, or none is given.
    """
    unknown = [name for name in by if name not in BY]
    if unknown or not by:
        found = repr(unknown[0]) if unknown else "none"
        raise UsageError(
            f"by: found {found}. Money is summed by {join_words(BY, final='or')}. Choose some."
        )
    awards = _list_awards(nation)
    spread = _spread(awards)
    dollars = (spread.cents.cast("float64") * spread.kept * spread.part + 0.5).floor()
    gross = (spread.cents.cast("float64") * spread.part + 0.5).floor()
    counted = spread.mutate(net=dollars.cast("int64"), gross=gross.cast("int64"))
    return (
        counted.group_by(*by)
        .aggregate(
            cents=counted.net.sum().cast("int64"),
            awarded_cents=counted.gross.sum().cast("int64"),
            awards=counted.award_key.nunique(),
        )
        .order_by(list(by))
    )


def _list_awards(nation: Nation) -> ir.Table:
    """Awards above 0 with their recipients' State, county and kind, and the share not passed on."""
    rows = nation.rows("funding")
    if rows is None:
        raise UsageError(
            f"{nation.shelf.title}: found no funding in the store. Add a file of grants or awards."
        )
    paid = rows.mutate(
        cents=(rows.amount.nullif("").try_cast("float64") * 100 + 0.5).floor().cast("int64"),
        award_key=rows.file_no * (1 << 40) + rows.seq,
    )
    paid = paid.filter(paid.cents > 0)
    members = nation.table("nation_members").select("id", member="organization")
    home = nation.table("nation_organizations").select("id", "state", "county_fips", "kind")
    placed = paid.join(members, [("recipient", "id")]).drop("recipient", "id")
    placed = placed.join(home, [("member", "id")])
    return _with_share(placed.mutate(recipient=placed.member))


def _with_share(awards: ir.Table) -> ir.Table:
    """Share of each award that was not passed on under it; 0 at the least."""
    import ibis

    under = awards.filter(awards.parent_award != "")
    passed = under.group_by("parent_award").aggregate(passed=under.cents.sum().cast("int64"))
    named = awards.filter(awards.award != "")
    held = named.group_by("award").aggregate(held=named.cents.sum().cast("int64"))
    both = held.join(passed, [("award", "parent_award")])
    share = both.passed.cast("float64") / both.held.cast("float64")
    kept = both.select(of="award", kept=1.0 - ibis.least(share, ibis.literal(1.0)))
    joined = awards.left_join(kept, [("award", "of")])
    return joined.mutate(kept=joined.kept.fill_null(1.0)).drop("of")


def _spread(awards: ir.Table) -> ir.Table:
    """Awards by fiscal year, with the part of each that falls into it."""
    import ibis
    import pyarrow as pa

    stated = awards.filter(awards.fiscal_year != "").mutate(part=ibis.literal(1.0))
    silent = awards.filter(awards.fiscal_year == "")
    start = silent.period_start.nullif("").try_cast("date")
    end = silent.period_end.nullif("").try_cast("date")
    dated = silent.mutate(first=start, last=end.fill_null(start))
    lost = dated.filter(dated["first"].isnull())
    lost = lost.drop("first", "last", "fiscal_year").mutate(
        fiscal_year=ibis.literal(UNKNOWN_YEAR), part=ibis.literal(1.0)
    )
    years = pa.table(
        {
            "year": [str(year) for year in YEARS],
            "opens": pa.array([f"{year - 1}-10-01" for year in YEARS]).cast(pa.date32()),
            "closes": pa.array([f"{year}-09-30" for year in YEARS]).cast(pa.date32()),
        }
    )
    known = dated.filter(dated["first"].notnull())
    calendar = ibis.memtable(years)
    met = known.join(calendar, [known["first"] <= calendar.closes, known["last"] >= calendar.opens])
    inside = _days(ibis.greatest(met["first"], met.opens), ibis.least(met["last"], met.closes))
    part = inside.cast("float64") / _days(met["first"], met["last"]).cast("float64")
    over = met.mutate(part=part).drop("fiscal_year", "opens", "closes", "first", "last")
    columns = [*stated.columns]
    spread = over.rename(fiscal_year="year")
    return stated.union(spread.select(*columns)).union(lost.select(*columns))


def _days(first: Any, last: Any) -> Any:
    return last.delta(first, unit="day") + 1
