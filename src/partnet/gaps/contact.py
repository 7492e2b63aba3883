"""Contact gaps: never seen, gone cold, seen at staff level only, or known to one person only."""

from __future__ import annotations

import pandas as pd

from ..network import Network
from ..wording import count_noun, say_date
from .model import Gap, convener_of

COLD, NEVER, STAFF_ONLY, ONE_PERSON = 0.8, 0.6, 0.4, 0.35  # severities, or their largest value
YEAR = 365
# Kinds that a State Flex Program visits routinely, and within how many days; these are expected to
# be seen, so that never having been seen is a gap.
LIMITS = {
    "critical_access_hospital": YEAR,
    "rural_emergency_hospital": YEAR,
    "rural_health_clinic": YEAR,
}
OTHER_LIMIT = 2 * YEAR  # any other organization that was ever seen
MEMORY_DAYS = 3 * YEAR  # contacts before that say nothing about who holds the relation today
LEAST_CONTACTS = 3  # with fewer, one person only is no pattern


def find_contact_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """List organizations not seen within their limit, at staff level only, or by one person only.

    Limit: hospitals and clinics that the Flex Program visits 365 days, others ever seen 730.
    Severity: 0.8 x days since the last contact / (3 x limit), at most 0.8; hospital or clinic
    never seen 0.6; every contact of the last three years (two at least) at staff level 0.4; three
    contacts or more and always the same person 0.35. A file without contacts says nothing.
    """
    contacts = net.table("contacts")
    if contacts.empty or day is None:
        return []
    contacts = contacts[contacts["date"] <= day].sort_values(["organization", "date"])
    by_organization = dict(iter(contacts.groupby("organization", sort=False)))
    gaps = []
    for organization, kind in net.organizations["kind"].items():
        if net.audience != "internal" and organization != net.reader:
            continue  # contacts of others are hidden, not absent
        rows = by_organization.get(organization)
        if rows is not None:
            gaps += _judge_contacts(net, str(organization), rows, day)
        elif kind in LIMITS:
            gaps.append(_never_seen(net, str(organization)))
    return gaps


def limit_of(kind: str) -> int:
    """Give the days within which an organization of a kind should be seen."""
    return LIMITS.get(kind, OTHER_LIMIT)


def _judge_contacts(
    net: Network, organization: str, rows: pd.DataFrame, day: pd.Timestamp
) -> list[Gap]:
    last = rows["date"].iloc[-1]
    gaps = []
    if (day - last).days > limit_of(net.organizations.at[organization, "kind"]):
        gaps.append(_gone_cold(net, organization, last, day))
    recent = rows[(day - rows["date"]).dt.days <= MEMORY_DAYS]
    if len(recent) > 1 and (recent["level"] == "staff").all():
        gaps.append(_staff_only(net, organization, recent))
    people = recent["person"]
    if len(recent) >= LEAST_CONTACTS and people.iloc[0] and people.nunique() == 1:
        gaps.append(_one_person(net, organization, recent))
    return gaps


def _say_limit(net: Network, organization: str) -> str:
    years = limit_of(net.organizations.at[organization, "kind"]) // YEAR
    return "seen within a year" if years == 1 else f"seen within {years} years"


def _never_seen(net: Network, organization: str) -> Gap:
    name = net.name(organization)
    return Gap(
        family="contact",
        rule="seen within a year",
        organization=organization,
        status="never seen",
        severity=NEVER,
        evidence="no visit, call or meeting on file",
        owner=convener_of(net),
        next_step=f"Plan a first visit to {name}, or enter the contacts there were.",
    )


def _gone_cold(net: Network, organization: str, last: pd.Timestamp, day: pd.Timestamp) -> Gap:
    days = (day - last).days
    limit = limit_of(net.organizations.at[organization, "kind"])
    name = net.name(organization)
    return Gap(
        family="contact",
        rule=_say_limit(net, organization),
        organization=organization,
        status="gone cold",
        severity=COLD * min(1.0, days / (3 * limit)),
        evidence=f"last contact on {say_date(last)}, {days} days ago",
        owner=convener_of(net),
        next_step=f"Call {name} and plan a visit.",
    )


def _staff_only(net: Network, organization: str, recent: pd.DataFrame) -> Gap:
    name = net.name(organization)
    return Gap(
        family="contact",
        rule="met at decision level",
        organization=organization,
        status="only at staff level",
        severity=STAFF_ONLY,
        evidence=f"all {count_noun(len(recent), 'contact')} of the last three years at staff level",
        owner=convener_of(net),
        next_step=f"Ask for the chief executive at the next visit to {name}.",
    )


def _one_person(net: Network, organization: str, recent: pd.DataFrame) -> Gap:
    name = net.name(organization)
    return Gap(
        family="contact",
        rule="known to more than one person",
        organization=organization,
        status="one person holds it",
        severity=ONE_PERSON,
        evidence=(
            f"all {count_noun(len(recent), 'contact')} of the last three years were with one "
            f"person, {recent['person'].iloc[-1]}"
        ),
        owner=convener_of(net),
        next_step=f"Ask to meet a second person at {name}, in case the first one leaves.",
    )
