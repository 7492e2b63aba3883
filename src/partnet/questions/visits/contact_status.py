"""Who was seen, when, and at what level: the contacts table from the convener's side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.network import Network
from ..gaps.contact import OTHER_LIMIT, Limit, read_limits

VISIT = ("visit", "")  # a call or a meeting elsewhere is a contact, but no visit
SOON = 0.5  # from this share of its limit on, an organization is due for the next round
NEVER, OVERDUE, DUE, LATELY, UNKNOWN = (
    "never visited",
    "overdue",
    "due soon",
    "visited lately",
    "not known",
)


def list_contacts(net: Network, visitor: str, day: pd.Timestamp | None) -> pd.DataFrame:
    """Give the contacts of a visitor up to a day; those of other organizations are theirs.

    A blank ``by`` and a name that is no organization (a member of staff) count as the visitor's.
    """
    contacts = net.table("contacts")
    visitors = net.resolve(contacts["by"])
    own = visitors.isin(["", visitor]) if visitor else visitors == visitors
    return contacts[own if day is None else own & (contacts["date"] <= day)]


def list_seen(
    net: Network, organizations: list[str], visitor: str, day: pd.Timestamp | None
) -> pd.DataFrame:
    """Say of organizations when they were last seen, and whether that is too long ago.

    Returns
    -------
    DataFrame
        By organization, in the order given: ``last_visit``, ``last_contact`` (calls and meetings
        too), ``days`` since the last visit, ``limit`` (days), ``status``: never visited, overdue,
        due soon (half of the limit has passed), visited lately; not known where the contacts table
        is empty or hides theirs.
    """
    contacts = list_contacts(net, visitor, day)
    visits = contacts[contacts["mode"].isin(VISIT)]
    index = pd.Index(organizations, name="organization", dtype="str")
    kinds, limits = net.organizations["kind"], read_limits(net)
    table = pd.DataFrame(
        {
            "last_visit": visits.groupby("organization")["date"].max().reindex(index),
            "last_contact": contacts.groupby("organization")["date"].max().reindex(index),
            "limit": [_days_of(limits.get(kinds[id_])) for id_ in index],
        },
        index=index,
    ).astype({"last_visit": "datetime64[ns]", "last_contact": "datetime64[ns]"})
    table.insert(2, "days", (_day_or_never(day) - table["last_visit"]).dt.days)
    table["status"] = _judge(table) if len(net.table("contacts")) else UNKNOWN
    if net.audience != "internal":  # contacts of others are hidden, not absent
        table["status"] = table["status"].where(index == net.reader, UNKNOWN)
    return table


def _days_of(limit: Limit | None) -> int:
    return OTHER_LIMIT if limit is None else limit.days


def _day_or_never(day: pd.Timestamp | None) -> pd.Timestamp:
    return pd.NaT if day is None else day


def _judge(table: pd.DataFrame) -> np.ndarray:
    never = table["last_visit"].isna()
    late = table["days"] > table["limit"]
    due = table["days"] >= SOON * table["limit"]
    return np.select([never, late, due], [NEVER, OVERDUE, DUE], LATELY)


def measure_waiting(table: pd.DataFrame) -> pd.Series:
    """Give how pressing the wait is: days / (2 x limit), at most 1; never or not known: 1."""
    waited = (table["days"] / (2 * table["limit"])).clip(upper=1.0)
    return waited.fillna(1.0)
