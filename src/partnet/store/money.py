"""Collective investment of a nation: every dollar once, by whatever it is asked by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import UsageError
from ..core.rows.awards import DATES, SPENT
from ..core.wording.text import join_words
from ..facts.money.awards import count_rows, hold_rows
from ..facts.money.passing import UNKNOWN_YEAR
from .nation import Nation

if TYPE_CHECKING:
    import ibis.expr.types as ir

BY = ("state", "county_fips", "program", "fiscal_year", "recipient", "kind", "funder")
YEARS = range(1950, 2101)
ROW = (
    *("row_key", "award_key", "cents", "award", "parent_award", "period_start", "period_end"),
    *("amount_kind", *BY),
)


def sum_money(nation: Nation, by: Sequence[str]) -> ir.Table:
    """Dollars on file in whole cents, by some columns, as one expression.

    By the rules of :mod:`partnet.facts.money`: money passed on counts where it went, dollars
    obligated and spent are never added, money taken back is taken off. Rows that stand for
    themselves are summed by the engine; those of awards that others touch are worked out by the
    very functions that a network uses.

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
    rows = _list_rows(nation)
    touched = rows.semi_join(_list_touched(rows), "row_key")
    alone = _spread(rows.filter(rows.cents > 0).anti_join(touched, "row_key"))
    cents = (alone.cents.cast("float64") * alone.part + 0.5).floor().cast("int64")
    columns = ["award_key", *BY, "net", "gross"]
    plain = alone.mutate(net=cents, gross=cents).select(*columns)
    counted = plain.union(_hold(touched).select(*columns))
    return (
        counted.group_by(*by)
        .aggregate(
            cents=counted.net.sum().cast("int64"),
            awarded_cents=counted.gross.sum().cast("int64"),
            awards=counted.award_key.nunique(),
        )
        .order_by(list(by))
    )


def _list_rows(nation: Nation) -> ir.Table:
    """Rows of funding with an amount, and their recipients' id, State, county and kind."""
    import ibis

    rows = nation.rows("funding")
    if rows is None:
        raise UsageError(
            f"{nation.shelf.title}: found no funding in the store. Add a file of grants or awards."
        )
    cents = rows.amount.nullif("").try_cast("float64") * 100
    paid = rows.mutate(
        cents=(cents.abs() + 0.5).floor().cast("int64") * ibis.ifelse(cents < 0, -1, 1),
        row_key=rows.file_no * (1 << 40) + rows.seq,
        award=_fold(rows.award),
        parent_award=_fold(rows.parent_award),
    )
    paid = paid.filter(paid.cents.notnull())
    members = nation.table("nation_members").select("id", member="organization")
    home = nation.table("nation_organizations").select("id", "state", "county_fips", "kind")
    placed = paid.join(members, [("recipient", "id")]).drop("recipient", "id")
    placed = placed.join(home, [("member", "id")])
    named = placed.mutate(recipient=placed.member)
    silent = [named.funder, named.program, named.fiscal_year, named.period_start, named.period_end]
    without = ibis.literal("|").join(silent)
    number = ibis.ifelse(named.award == "", without, named.award)
    key = named.recipient.concat("|", named.award, "|", number)
    return named.mutate(award_key=key).select(*ROW)


def _fold(text: ir.StringValue) -> ir.StringValue:
    """Without case, and with one blank for several, as labels of a network are."""
    return text.lower().re_replace(r"\s+", " ").strip()


def _list_touched(rows: ir.Table) -> ir.Table:
    """Rows whose dollars depend on other rows: passed on, taken back, obligated and spent."""
    parents = rows.filter(rows.parent_award != "").select(award="parent_award").distinct()
    numbers = rows.filter((rows.award != "") & (rows.award != rows.parent_award))
    above = numbers.select("award").distinct().semi_join(parents, "award")
    under = rows.semi_join(above, [("parent_award", "award")])
    family = above.union(under.filter(under.award != "").select("award")).distinct()
    spent = rows.amount_kind == SPENT
    paid = rows.group_by("recipient").aggregate(
        back=(rows.cents <= 0).cast("int64").max(),
        spent=spent.cast("int64").max(),
        obligated=(~spent).cast("int64").max(),
    )
    mixed = paid.filter((paid.back == 1) | ((paid.spent == 1) & (paid.obligated == 1)))
    parts = [under, rows.semi_join(family, "award"), rows.semi_join(mixed, "recipient")]
    keys = [part.select("row_key") for part in parts]
    return keys[0].union(keys[1]).union(keys[2]).distinct()


def _hold(touched: ir.Table) -> ir.Table:
    """Dollars of rows that depend on each other by fiscal year, as a network works them out."""
    import ibis
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    table = touched.order_by("row_key").to_pandas()
    days = {name: pd.to_datetime(table[name], errors="coerce") for name in DATES}
    years = pd.to_numeric(table["fiscal_year"], errors="coerce").astype("float64")
    rows = table.assign(amount=table["cents"] / 100, fiscal_year=years, **days)
    held = hold_rows(count_rows(rows))
    cents = {
        "net": np.floor(held["dollars"] * 100 + 0.5),
        "gross": np.floor(held["awarded"] * 100 + 0.5),
    }
    own = table.drop(columns="fiscal_year").loc[held["row"]].reset_index(drop=True)
    named = own[["award_key", *(name for name in BY if name != "fiscal_year")]].astype("object")
    texts = named.assign(fiscal_year=held["fiscal_year"].astype("object"))
    columns = {name: pa.array(texts[name], pa.string()) for name in texts}
    numbers = {name: pa.array(value.astype("int64"), pa.int64()) for name, value in cents.items()}
    return ibis.memtable(pa.table(columns | numbers))


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
