"""Who is here, what they do, for whom, and with whose money."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Method, Result
from ...core.rows.ties import keep_distinct
from ...facts.money.awards import count_awards
from ...facts.money.investment import sum_all_investment
from .shown import SHOWN
from .text import say_inventory


@checked
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
        ``.table`` has a row for each organization, by id: its ties, services, groups and money.
        ``.tables``: ``kinds``, ``sectors``, ``counties``, ``services``, ``groups``, and the money
        by fiscal year (``investment``), ``programs``, ``recipients`` and ``places``.

    See Also
    --------
    measure_centrality : Who is central among them.
    describe_organization : One organization on one page.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.describe_network(pn.load_sample("prairie"))
    >>> found.claims["who"]["organizations"], len(found.table)
    (154, 154)
    """
    here = net.at(as_of)
    table = _describe_organizations(here)
    tables = {
        "kinds": _count_by(here, table, "kind"),
        "sectors": _count_by(here, table, "sector"),
        "counties": _count_by(here, table, "county_fips"),
        "services": _count_services(here),
        "groups": _list_groups(here),
        **_sum_money(here),
    }
    return Result(
        verb="describe_network",
        title="Who is here",
        table=table,
        sentences=tuple(say_inventory(here, tables)),
        method=_describe_method(here),
        tables=tables,
        shown=SHOWN,
        as_of=here.day,
        paper="Who is here",
        network=net.title,
    )


@fact
def _describe_organizations(here: Network) -> pd.DataFrame:
    table = here.organizations[["name", "kind", "sector", "county_fips"]].assign(name=here.names)
    labels = {id_: kind.label for id_, kind in here.vocabulary.kinds.items()}
    table.insert(2, "kind_label", table["kind"].map(labels).astype("str"))
    ties = keep_distinct(here.ties)
    ends = pd.concat([ties["source"], ties["target"]])
    counts = {
        "n_ties": ends.value_counts(),
        "n_services": _count_distinct(here.rows("services"), "service"),
        "n_groups": _count_distinct(here.rows("memberships"), "group"),
        "n_awards": count_awards(here.whole),
    }
    for name, values in counts.items():
        table[name] = values.reindex(table.index).fillna(0).astype("int64")
    dollars = sum_all_investment(here).groupby("recipient")["dollars"].sum()
    table["dollars"] = dollars.reindex(table.index).astype("float64").fillna(0.0)
    table["context"] = np.where(here.is_context, "yes", "")
    return table


def _count_distinct(table: pd.DataFrame, column: str) -> pd.Series:
    return table.groupby("organization")[column].nunique()


def _count_by(here: Network, table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Organizations and dollars by a column, the largest group first."""
    labels = {
        "kind": {id_: kind.label for id_, kind in here.vocabulary.kinds.items()},
        "sector": dict(here.vocabulary.sectors),
    }.get(column, {})
    known = table[(table[column] != "") & ~here.is_context]
    groups = known.groupby(column).agg(
        organizations=("name", "size"), ties=("n_ties", "sum"), dollars=("dollars", "sum")
    )
    groups.insert(0, "label", [labels.get(key, key) for key in groups.index])
    return groups.sort_values("organizations", ascending=False, kind="stable")


def _count_services(here: Network) -> pd.DataFrame:
    services = here.rows("services")
    counted = services.groupby("service").agg(
        organizations=("organization", "nunique"),
        counties=("county_fips", lambda codes: codes[codes != ""].nunique()),
    )
    return counted.sort_values("organizations", ascending=False, kind="stable")


def _list_groups(here: Network) -> pd.DataFrame:
    """The groups on file with their members by name, the largest group first."""
    rows = here.rows("memberships").drop_duplicates(["organization", "group"])
    rows = rows.assign(member=rows["organization"].map(here.names)).sort_values("member")
    groups = rows.groupby("group").agg(
        group_kind=("group_kind", "first"), n_members=("member", "size"), members=("member", list)
    )
    groups["members"] = [", ".join(members) for members in groups["members"]]
    return groups.sort_values("n_members", ascending=False, kind="stable")


def _sum_money(here: Network) -> dict[str, pd.DataFrame]:
    """Sum the investment by fiscal year, program, recipient and place."""
    money = sum_all_investment(here)
    columns = {"programs": "program", "recipients": "recipient", "places": "place"}
    sums = {
        name: money.groupby(column)[["dollars", "awarded"]]
        .sum()
        .sort_values("dollars", ascending=False, kind="stable")
        for name, column in columns.items()
    }
    by_year = money.groupby("fiscal_year")[["dollars", "awarded"]].sum()
    held = money[money["dollars"].round(2) > 0].groupby("fiscal_year")
    for name, column in (("programs", "program"), ("recipients", "recipient")):
        counted = held[column].nunique().reindex(by_year.index).fillna(0)
        by_year[name] = counted.astype("int64")
    return {"investment": by_year, **sums}


def _describe_method(here: Network) -> Method:
    return Method(
        name="Counts of the tables; collective investment.",
        formula=(
            "Investment = awards, less what was passed on under the same award number; of dollars "
            "obligated and spent of one award, those obligated count. A row with "
            "a fiscal year counts in that year; a row with a period only is spread over federal "
            "fiscal years (from October 1) by days. Place = place served, else county of the "
            "recipient; statewide money is kept apart."
        ),
        settings={"as of": "no dates" if here.day is None else str(here.day.date())},
    )
