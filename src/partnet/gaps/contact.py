"""Contact gaps: never seen, or not seen for long."""

from __future__ import annotations

import pandas as pd

from ..network import Network
from ..wording import say_date
from .model import Gap

COLD, NEVER = 0.8, 0.6  # severity: not seen for three years; never seen
LIMIT_DAYS = 365  # a hospital or clinic should be seen once a year
VISITED = (
    "critical_access_hospital",
    "rural_emergency_hospital",
    "rural_health_clinic",
)  # the kinds that a State Flex Program visits routinely


def find_contact_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """List hospitals and clinics that were not seen within a year, or never.

    Severity = 0.8 x days since the last contact over three years, at most 0.8; never seen: 0.6. A
    file without contacts says nothing, and gives no gaps.
    """
    contacts = net.table("contacts")
    if contacts.empty or day is None:
        return []
    contacts = contacts[contacts["date"] <= day]
    last = contacts.groupby("organization")["date"].max()
    kinds = net.organizations["kind"]
    gaps = []
    for organization in net.ids[kinds.isin(VISITED)]:
        if organization not in last.index:
            gaps.append(_never_seen(net, organization))
        elif (day - last[organization]).days > LIMIT_DAYS:
            gaps.append(_gone_cold(net, organization, last[organization], day))
    return gaps


def _never_seen(net: Network, organization: str) -> Gap:
    name = net.name(organization)
    return Gap(
        family="contact",
        rule="seen within a year",
        organization=organization,
        status="never seen",
        severity=NEVER,
        evidence="no visit, call or meeting on file",
        owner=_owner(net),
        next_step=f"Plan a first visit to {name}, or enter the contacts there were.",
    )


def _gone_cold(net: Network, organization: str, last: pd.Timestamp, day: pd.Timestamp) -> Gap:
    days = (day - last).days
    name = net.name(organization)
    return Gap(
        family="contact",
        rule="seen within a year",
        organization=organization,
        status="gone cold",
        severity=COLD * min(1.0, days / (3 * 365)),
        evidence=f"last contact on {say_date(last)}, {days} days ago",
        owner=_owner(net),
        next_step=f"Call {name} and plan a visit.",
    )


def _owner(net: Network) -> str:
    return net.name(net.convener) if net.convener else "the convener"
