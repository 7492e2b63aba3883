"""Who is here, what they do, for whom, and with whose money."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_dollars
from ...facts.investment import UNKNOWN_YEAR, sum_investment


def describe_network(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say who is here, what they do, for whom and with whose money.

    Parameters
    ----------
    net : Network
        The network.
    as_of : str or Timestamp, optional
        The day on which rows with dates must hold; default: the newest date in the tables. Money
        is never cut by date: it is shown by fiscal year.

    Returns
    -------
    Result
        ``.table`` by organization: ``name``, ``kind``, ``sector``, ``county_fips``, ``n_ties``
        (ties of every relation on file), ``n_services``, ``n_groups``, ``n_awards``, ``dollars``
        (net of money passed on, all years). ``.tables``: ``kinds``, ``sectors``, ``counties``,
        ``services``, ``groups`` (with their members), ``investment`` (by fiscal year),
        ``programs``, ``recipients``, ``places``.
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    money = sum_investment(net)
    table = _describe_organizations(held, net, money)
    tables = {
        "kinds": _count_by(held, table, "kind"),
        "sectors": _count_by(held, table, "sector"),
        "counties": _count_by(held, table, "county_fips"),
        "services": _count_services(held),
        "groups": _list_groups(held),
        **_sum_money(money),
    }
    return Result(
        verb="describe_network",
        title="Who is here",
        table=table,
        sentences=tuple(_say(held, tables, money)),
        method=_method(day),
        tables=tables,
    )


def _describe_organizations(held: Network, net: Network, money: pd.DataFrame) -> pd.DataFrame:
    table = held.organizations[["name", "kind", "sector", "county_fips"]].copy()
    ties = held.ties
    ends = pd.concat([ties["source"], ties["target"]])
    counts = {
        "n_ties": ends.value_counts(),
        "n_services": _count_distinct(held.table("services"), "service"),
        "n_groups": _count_distinct(held.table("memberships"), "group"),
        "n_awards": net.table("funding")["recipient"].value_counts(),
    }
    for name, values in counts.items():
        table[name] = values.reindex(table.index).fillna(0).astype("int64")
    dollars = money.groupby("recipient")["dollars"].sum()
    table["dollars"] = dollars.reindex(table.index).fillna(0.0)
    return table


def _count_distinct(table: pd.DataFrame, column: str) -> pd.Series:
    return table.groupby("organization")[column].nunique()


def _count_by(net: Network, table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Organizations and dollars by a column, the largest group first."""
    labels = {
        "kind": {id_: kind.label for id_, kind in net.vocabulary.kinds.items()},
        "sector": dict(net.vocabulary.sectors),
    }.get(column, {})
    known = table[(table[column] != "") & ~net.is_context]
    groups = known.groupby(column).agg(
        organizations=("name", "size"), ties=("n_ties", "sum"), dollars=("dollars", "sum")
    )
    groups.insert(0, "label", [labels.get(key, key) for key in groups.index])
    return groups.sort_values("organizations", ascending=False, kind="stable")


def _count_services(net: Network) -> pd.DataFrame:
    services = net.table("services")
    counted = services.groupby("service").agg(
        organizations=("organization", "nunique"),
        counties=("county_fips", lambda codes: codes[codes != ""].nunique()),
    )
    return counted.sort_values("organizations", ascending=False, kind="stable")


def _list_groups(net: Network) -> pd.DataFrame:
    """The groups on file with their members by name, the largest group first."""
    rows = net.table("memberships").drop_duplicates(["organization", "group"])
    rows = rows.assign(member=rows["organization"].map(net.names)).sort_values("member")
    groups = rows.groupby("group").agg(
        group_kind=("group_kind", "first"), n_members=("member", "size"), members=("member", list)
    )
    groups["members"] = [", ".join(members) for members in groups["members"]]
    return groups.sort_values("n_members", ascending=False, kind="stable")


def _sum_money(money: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Sum the investment by fiscal year, program, recipient and place."""
    columns = {"programs": "program", "recipients": "recipient", "places": "place"}
    sums = {
        name: money.groupby(column)[["dollars", "awarded"]]
        .sum()
        .sort_values("dollars", ascending=False, kind="stable")
        for name, column in columns.items()
    }
    by_year = money.groupby("fiscal_year").agg(
        dollars=("dollars", "sum"),
        awarded=("awarded", "sum"),
        programs=("program", "nunique"),
        recipients=("recipient", "nunique"),
    )
    return {"investment": by_year, **sums}


def _say(net: Network, tables: dict[str, pd.DataFrame], money: pd.DataFrame) -> list[str]:
    if not net.n:
        return ["The network is empty: the organizations table has no usable row."]
    return [
        _say_who(net, tables),
        *_say_groups(tables["groups"]),
        _say_services(net, tables["services"]),
        _say_money(tables["investment"], money),
    ]


def _say_who(net: Network, tables: dict[str, pd.DataFrame]) -> str:
    kinds = [
        f"{row.organizations} {_kind_noun(net, kind, row.organizations)}"
        for kind, row in tables["kinds"].head(3).iterrows()
    ]
    counties, across = len(tables["counties"]), int(net.is_context.sum())
    place = f" in {count_noun(counties, 'county', 'counties')}" if counties else ""
    kept = count_noun(across, "neighbour is", "neighbours are")
    counted = (
        f"The network has {count_noun(net.n - across, 'organization')} of "
        f"{count_noun(len(tables['kinds']), 'kind')}{place}; most of them are {join_words(kinds)}."
        if len(tables["kinds"]) != 1
        else f"The network has {join_words(kinds)}{place}."
    )
    return f"{counted} {kept} kept as context and not counted." if across else counted


def _say_groups(groups: pd.DataFrame) -> Iterator[str]:
    if len(groups):
        named = [f"{row.Index} ({row.n_members} on file)" for row in groups.head(3).itertuples()]
        yield f"They sit in {count_noun(len(groups), 'group')}; the largest: {join_words(named)}."


def _kind_noun(net: Network, kind: str, number: int) -> str:
    entry = net.vocabulary.kinds[kind]
    return entry.label if number == 1 else entry.plural


def _say_services(net: Network, services: pd.DataFrame) -> str:
    if services.empty:
        return "No services are on file: what organizations offer is not known (table services)."
    own = net.ids[~net.is_context]
    known = int(own.isin(net.table("services")["organization"]).sum())
    return (
        f"{known} of them have services on file ({len(services)} different ones); what the other "
        f"{len(own) - known} offer is not known."
    )


def _say_money(by_year: pd.DataFrame, money: pd.DataFrame) -> str:
    if money.empty:
        return "No awards are on file: collective investment is not known (table funding)."
    years = by_year.drop(index=UNKNOWN_YEAR, errors="ignore")
    if years.empty:
        total = say_dollars(money["dollars"].sum())
        return f"Awards on file come to {total}; no year is given for them."
    year, row = years.index[-1], years.iloc[-1]
    return (
        f"The collective investment on file for fiscal year {year} is {say_dollars(row.dollars)} "
        f"from {count_noun(row.programs, 'program')} to "
        f"{count_noun(row.recipients, 'organization')}, each dollar counted once."
    )


def _method(day: pd.Timestamp | None) -> Method:
    return Method(
        name="Counts of the tables; collective investment.",
        formula=(
            "Investment = awards, less what was passed on under the same award number. A row with "
            "a fiscal year counts in that year; a row with a period only is spread over federal "
            "fiscal years (from 1 October) by days. Place = place served, else county of the "
            "recipient; statewide money is kept apart."
        ),
        settings={"as of": "no dates" if day is None else str(day.date())},
    )
