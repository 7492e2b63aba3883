"""Who was seen, when, at what level, and within how many days that should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from .rulebook import shipped_entries

YEAR = 365
OTHER_LIMIT = 2 * YEAR  # days; any organization that is to be seen, but not routinely
VISIT = ("visit", "")  # a call or a meeting elsewhere is a contact, but no visit
SOON = 0.5  # from this share of its limit on, an organization is due for the next round
NEVER, OVERDUE, DUE, LATELY, UNKNOWN = (
    "never visited",
    "overdue",
    "due soon",
    "visited lately",
    "not known",
)


@dataclass(frozen=True, slots=True)
class Limit:
    """Within how many days organizations of a kind are to be seen, and who says so."""

    days: int
    citation: str = ""


@fact
def read_limits(here: Network) -> Mapping[str, Limit]:
    """Give the limit of every kind that is to be seen routinely: shipped, then the file's own."""
    limits = {kind: Limit(days) for kind, days in shipped_entries("contact_days").items()}
    rules = here.rows("rules")
    own = rules[(rules["relation"] == "contact") & rules["within_days"].gt(0)]
    for row in own.itertuples():
        limits[str(row.from_kind)] = Limit(int(row.within_days), str(row.citation))
    return MappingProxyType(limits)


@fact
def list_contacts(here: Network, visitor: str) -> pd.DataFrame:
    """Give the contacts of a visitor up to the day; those of other organizations are theirs.

    A blank ``by`` and a name that is no organization (a member of staff) count as the visitor's.
    """
    contacts = here.whole.rows("contacts")
    visitors = here.resolve(contacts["by"])
    own = visitors.isin(["", visitor]) if visitor else visitors == visitors
    return contacts[own if here.day is None else own & (contacts["date"] <= here.day)]


@fact
def judge_contacts(here: Network, organizations: tuple[str, ...], visitor: str) -> pd.DataFrame:
    """Say of organizations when they were last seen, and whether that is too long ago.

    Returns
    -------
    DataFrame
        By organization, in the order given: ``last_visit``, ``last_contact`` (calls and meetings
        too), ``days`` since the last visit, ``limit`` (days), ``status``: never visited, overdue,
        due soon (half of the limit has passed), visited lately; not known where the contacts table
        is empty or hides theirs.
    """
    contacts = list_contacts(here, visitor)
    visits = contacts[contacts["mode"].isin(VISIT)]
    index = pd.Index(organizations, name="organization", dtype="str")
    kinds, limits = here.organizations["kind"], read_limits(here)
    table = pd.DataFrame(
        {
            "last_visit": visits.groupby("organization")["date"].max().reindex(index),
            "last_contact": contacts.groupby("organization")["date"].max().reindex(index),
            "limit": [_days_of(limits.get(kinds[id_])) for id_ in index],
        },
        index=index,
    ).astype({"last_visit": "datetime64[ns]", "last_contact": "datetime64[ns]"})
    today = pd.NaT if here.day is None else here.day
    table.insert(2, "days", (today - table["last_visit"]).dt.days)
    table["status"] = _judge(table) if len(here.whole.rows("contacts")) else UNKNOWN
    if here.audience != "internal":  # contacts of others are hidden, not absent
        table["status"] = table["status"].where(index == here.reader, UNKNOWN)
    return table


def _days_of(limit: Limit | None) -> int:
    return OTHER_LIMIT if limit is None else limit.days


def _judge(table: pd.DataFrame) -> np.ndarray:
    never = table["last_visit"].isna()
    late = table["days"] > table["limit"]
    due = table["days"] >= SOON * table["limit"]
    return np.select([never, late, due], [NEVER, OVERDUE, DUE], LATELY)


def measure_waiting(table: pd.DataFrame) -> pd.Series:
    """Give how overdue a visit is: days / (2 x limit), at most 1; never or not known: 1."""
    waited = (table["days"] / (2 * table["limit"])).clip(upper=1.0)
    return waited.fillna(1.0)
