"""Awards on file: which rows are one award, what counts of it, where, and who holds it now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.rows.awards import FISCAL_YEAR_START_MONTH, fiscal_year_of, is_counted, number_awards
from ...core.rows.periods import keep_held
from ...places.gazetteer import STATES, find_county
from ...places.states import find_state, read_state
from .passing import UNKNOWN_YEAR, Cells, pass_on

STATEWIDE = "statewide"
NOWHERE = "place not known"


@fact
def list_awards(here: Network) -> pd.DataFrame:
    """List the awards that run on the day: one row an award, however many rows it has on file.

    Returns
    -------
    DataFrame
        ``award_key`` (number of the award on file), ``recipient`` (id), ``program``, ``funder``
        (id, or text), ``award``, ``parent_award``, ``served_place`` ("" where none is named),
        ``place`` (county code, "statewide", "place not known" or text), ``period_start``,
        ``period_end``, ``amount`` (dollars awarded), ``dollars`` (of these not passed on) and
        ``passed_on``. An award for two places, or of two programs, has a row for each.
    """
    rows = read_award_rows(here.whole)
    if here.day is not None:
        rows = keep_held("funding", rows, here.day)
    rows = rows.assign(passed_on=rows["amount"] - rows["dollars"])
    keys = ["award_key", "recipient", "program", "funder", "served_place", "place"]
    awards = rows.groupby(keys, as_index=False, sort=False).agg(
        award=("award", "first"),
        parent_award=("parent_award", "max"),
        period_start=("period_start", "min"),
        period_end=("period_end", "max"),
        amount=("amount", "sum"),
        dollars=("dollars", "sum"),
        passed_on=("passed_on", "sum"),
    )
    return awards[awards["amount"] > 0].reset_index(drop=True)


@fact
def list_whole_awards(here: Network) -> pd.DataFrame:
    """List the awards that run on the day, each once, whatever its places and programs.

    Returns
    -------
    DataFrame
        The columns of :func:`list_awards` without those of places; of several programs the first.
    """
    rows = list_awards(here).drop(columns=["served_place", "place"])
    adds = {"amount": "sum", "dollars": "sum", "passed_on": "sum", "period_end": "max"}
    rest = {name: adds.get(name, "first") for name in rows if name != "award_key"}
    return rows.groupby("award_key", as_index=False, sort=False).agg(rest)


@fact
def read_award_rows(net: Network) -> pd.DataFrame:
    """Give the rows of the funding table that count, in order, with award, place and net dollars.

    Returns
    -------
    DataFrame
        The columns of the table, ``funder`` as id where it is an organization of the network,
        ``served_place`` as county code where it is one, and ``award_key``, ``place`` (served, else
        the county of the recipient), ``dollars``; the index is the row of the table.
    """
    rows = _count_once(net)
    held = hold_money(net).groupby("row")["dollars"].sum()
    served = _read_served_places(net, rows)
    homes = rows["recipient"].map(net.organizations["county_fips"]).fillna("").replace("", NOWHERE)
    place = served.where(served != "", homes)
    return rows.assign(served_place=served, place=place, dollars=held.reindex(rows.index))


def may_count_twice(rows: pd.DataFrame) -> pd.Series:
    """Whether the dollars of each row may stand in another row as well.

    Who pays them holds an award of the same program, and the row names no parent award: whether
    they are of that award is not on file.
    """
    program = rows["program"].str.casefold()
    held = {*zip(rows["recipient"], program, strict=True)}
    paid = [pair in held for pair in zip(rows["funder"], program, strict=True)]
    passed = pd.Series(paid, index=rows.index, dtype=bool)
    return passed & (rows["parent_award"] == "") & (rows["program"] != "")


@fact
def hold_money(net: Network) -> pd.DataFrame:
    """Give who holds the money on file by fiscal year: each dollar once.

    Returns
    -------
    DataFrame
        ``row`` (of the funding table), ``fiscal_year`` (text), ``dollars`` (net of what was passed
        on), ``awarded`` (gross).
    """
    return hold_rows(_count_once(net))


def hold_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Give who holds the money of rows that count, as :func:`hold_money` does.

    Parameters
    ----------
    rows : DataFrame
        From :func:`count_rows`.
    """
    spread = [
        (row, year, amount * share)
        for row, amount, award in zip(
            rows.index, rows["amount"].tolist(), rows.itertuples(), strict=True
        )
        for year, share in _spread_over_years(award)
    ]
    cells = pd.DataFrame(spread, columns=["row", "fiscal_year", "awarded"])
    cells = cells.astype({"row": "int64", "fiscal_year": "str", "awarded": "float64"})
    gross = cells.groupby(["row", "fiscal_year"])["awarded"].sum()
    changed = _pass_on(rows, gross)
    both = pd.concat([gross, gross.rename("dollars")], axis="columns")
    if len(changed):
        both = both.reindex(both.index.union(changed.index)).fillna({"awarded": 0.0})
        both.loc[changed.index, "dollars"] = changed
    return both.rename_axis(["row", "fiscal_year"]).reset_index()


@fact
def _count_once(net: Network) -> pd.DataFrame:
    """Rows of the funding table that count as dollars, with the award that each belongs to."""
    rows = net.rows("funding")
    named = net.resolve(rows["funder"])
    rows = rows.assign(funder=rows["funder"].where(named == "", named))
    return count_rows(rows)


def count_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a funding table that count as dollars, with the award of each."""
    rows = rows.assign(award_key=number_awards(rows))
    return rows[is_counted(rows) & rows["amount"].notna() & (rows["amount"] != 0)]


@fact
def sum_taken_back(net: Network) -> float:
    """Give the dollars taken back of awards that are not on file; they are taken from nothing."""
    rows = net.rows("funding")
    rows = rows[rows["amount_kind"] != "spent"]
    totals = rows.groupby(number_awards(rows))["amount"].sum()
    return -float(totals[totals < 0].sum())


@fact
def count_awards(net: Network) -> pd.Series:
    """Give the number of awards of each recipient, of whatever amount, by id."""
    rows = net.rows("funding")
    rows = rows.assign(award_key=number_awards(rows))
    return rows.groupby("recipient")["award_key"].nunique()


def _pass_on(rows: pd.DataFrame, gross: pd.Series) -> pd.Series:
    """Give the net dollars by row and year of the awards under which money was passed on."""
    own, parent = rows["award"], rows["parent_award"]
    primes = rows[(own != "") & (own != parent)]
    under = rows[parent.isin(primes["award"])]
    if under.empty:
        return gross.iloc[:0]
    number = own.where((own != "") & (own != parent), "")  # an award; a sub-award may share its own
    alone = "\0" + rows["award_key"].astype("str")
    number = number.where(number != "", alone)
    parents = parent[under.index].groupby(number[under.index]).min().to_dict()
    family = number.isin({*parents, *parents.values()})
    cells: dict[Any, Cells] = {award: {} for award in number[family].unique()}
    of = number[family].to_dict()
    for (row, year), dollars in gross.items():
        if row in of:
            cells[of[row]][row, year] = dollars
    pass_on(cells, parents)
    found = {cell: dollars for held in cells.values() for cell, dollars in held.items()}
    return pd.Series(found, dtype="float64").rename_axis(["row", "fiscal_year"])


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


def _read_served_places(net: Network, rows: pd.DataFrame) -> pd.Series:
    states = rows["recipient"].map(net.organizations["state"]).fillna("")
    own = frozenset({*net.organizations["state"].str.upper(), find_state(net)} - {""})
    pairs = list(zip(rows["served_place"], states, strict=True))
    named = {pair: read_place(*pair, own) for pair in set(pairs)}
    return pd.Series([named[pair] for pair in pairs], index=rows.index, dtype="str")


def read_place(text: str, state: str, states: frozenset[str]) -> str:
    """Give the place that a text names: a county's code, "statewide", another State, or the text.

    Parameters
    ----------
    text : str
        As on file: a code, a name with or without State, a State; "" where nothing is.
    state : str
        State of whoever it is told of, in which a county's name is looked up first.
    states : frozenset of str
        States of the network.

    Examples
    --------
    >>> [read_place(text, "NE", frozenset({"NE"})) for text in ("Cedar", "31027", "Nebraska", "")]
    ['31027', '31027', 'statewide', '']
    """
    text = text.strip()
    if not text or text.casefold() in ("state", STATEWIDE):
        return text and STATEWIDE
    if read_state(text) in states:
        return STATEWIDE
    name, _, written = (part.strip() for part in text.partition(","))
    nearest = find_county(name, read_state(written) or state)
    elsewhere = {find_county(name, each) for each in ([] if written else states)} - {""}
    if nearest or len(elsewhere) == 1:
        return nearest or elsewhere.pop()
    return STATES.get(read_state(text), text)
