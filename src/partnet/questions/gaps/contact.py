"""Contact gaps: never seen, gone cold, seen at staff level only, or depending on one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column
from ...core.wording.text import count_noun, join_words, say_date, start_small
from ...facts.contacts import OTHER_LIMIT, YEAR, Limit, read_limits
from ...facts.leaders import PEOPLE, find_leaders, key_of
from .kind import Gap, GapKind, convener_of

COLD = 0.8  # severities, or their largest value; see find_contact_gaps
NEVER, LEFT, UNVISITED, STAFF_ONLY, ONE_PERSON, ONE_ON_FILE = 0.6, 0.5, 0.45, 0.4, 0.35, 0.25
MEMORY_DAYS = 3 * YEAR  # contacts before that say nothing about who holds the relation today
LEAST_CONTACTS = 3  # with fewer, one person only is no pattern


def find_contact_gaps(here: Network) -> list[Gap]:
    """List organizations not seen in time, at staff level only, or through one person only.

    Limits: hospitals and clinics that the Flex Program visits routinely 365 days, others that
    were ever seen 730; a rule about contacts sets another limit for a kind. Severity: 0.8 x days
    since the last contact / (3 x limit), at most 0.8; one of the first kinds never seen 0.6; seen,
    but never by a visit 0.45; every contact of the last three years (two at least) at staff level
    0.4; three or more and always the same person, there or here, 0.35; the only person it was
    seen through is no longer there 0.5; one person only in the people table 0.25. A file without
    contacts says nothing.
    """
    contacts, day = here.whole.rows("contacts"), here.day
    if contacts.empty or day is None:
        return []
    contacts = contacts[contacts["date"] <= day].sort_values(["organization", "date"])
    seen = dict(iter(contacts.groupby("organization", sort=False)))
    people = dict(iter(_people_at(here.whole, day).groupby("organization", sort=False)))
    limits, several_of_us = read_limits(here), contacts["by"].nunique() > 1
    gaps = []
    for organization, kind in here.organizations["kind"].items():
        if here.audience != "internal" and organization != here.reader:
            continue  # contacts of others are hidden, not absent
        id_ = str(organization)
        case = _Case(here, id_, day, limits.get(kind), people.get(id_), several_of_us)
        if id_ in seen:
            gaps += case.judge(seen[id_])
        elif case.routine is not None:
            gaps.append(case.never_seen())
    return gaps


def _people_at(net: Network, day: pd.Timestamp) -> pd.DataFrame:
    """People who were there on the day or before, with a flag whether they still are."""
    people = net.rows("people")
    people = people[~(people["since"] > day)]
    return people.assign(
        here=~(people["until"] < day), key=[key_of(name) for name in people["person"]]
    )


def say_ago(days: int) -> str:
    """Say how long ago a day was: in days up to two years, then in years.

    Examples
    --------
    >>> say_ago(1), say_ago(730), say_ago(1253)
    ('1 day ago', '730 days ago', '3.4 years ago')
    """
    if days <= 2 * YEAR:
        return f"{count_noun(days, 'day')} ago"
    return f"{days / 365.25:.1f} years ago"


def _say_days(days: int) -> str:
    years, rest = divmod(days, YEAR)
    if rest or not years:
        return count_noun(days, "day")
    return "a year" if years == 1 else f"{years} years"


@dataclass(frozen=True, slots=True)
class _Case:
    """One organization, and what is on file about being in touch with it."""

    net: Network
    organization: str
    day: pd.Timestamp
    routine: Limit | None
    people: pd.DataFrame | None
    several_of_us: bool

    def judge(self, rows: pd.DataFrame) -> list[Gap]:
        """Give every gap that its contacts, oldest first, show."""
        limit = self.routine or Limit(OTHER_LIMIT)
        last = rows["date"].iloc[-1]
        gaps = [self._gone_cold(last, limit)] if (self.day - last).days > limit.days else []
        if self.routine and (rows["mode"] != "").all() and not (rows["mode"] == "visit").any():
            gaps.append(self._never_visited(rows))
        recent = rows[(self.day - rows["date"]).dt.days <= MEMORY_DAYS]
        if len(recent) > 1 and (recent["level"] == "staff").all():
            gaps.append(self._staff_only(recent))
        return [*gaps, *self._judge_persons(recent)]

    def _judge_persons(self, recent: pd.DataFrame) -> list[Gap]:
        """Whether the relation depends on one person: the one met, the one of us, the one left."""
        many = len(recent) >= LEAST_CONTACTS
        met, ours = recent["person"], recent["by"]
        left = self._find_left(met)
        if left:
            return [self._person_left(left)]
        if many and met.iloc[0] and met.map(key_of).nunique() == 1:
            return [self._one_person(recent, f"with one person there, {met.iloc[-1]}")]
        one_of_us = self.several_of_us and ours.nunique() == 1
        if many and one_of_us and ours.iloc[0] not in {"", *self.net.ids}:
            return [self._one_person(recent, f"made by one person here, {ours.iloc[-1]}")]
        return self._one_on_file()

    def _find_left(self, met: pd.Series) -> str:
        """Name those met of late if every one of them has left since; "" otherwise."""
        if self.people is None or met.empty:
            return ""
        keys = list(dict.fromkeys(key_of(name) for name in met if name))
        still = self.people.groupby("key")["here"].any()
        gone = bool(keys) and all(key in still.index and not still[key] for key in keys)
        return join_words(list(dict.fromkeys(name for name in met if name))) if gone else ""

    def _one_on_file(self) -> list[Gap]:
        here = self.people[self.people["here"]] if self.people is not None else None
        if self.routine is None or here is None or here["key"].nunique() != 1:
            return []
        return [
            self._make(
                "known to more than one person",
                "one person on file",
                ONE_ON_FILE,
                f"{here['person'].iloc[0]} is the only person on file there",
                f"Ask {self._name} for a second name, and enter it.",
            )
        ]

    @property
    def _leader(self) -> str:
        """Who decides there by the people table, with the role."""
        leader = find_leaders(self.net)[self.organization]
        return leader.called if leader.known_from == PEOPLE else ""

    @property
    def _name(self) -> str:
        return self.net.name(self.organization)

    def _make(self, rule: str, status: str, severity: float, evidence: str, step: str) -> Gap:
        return Gap(
            kind="contact",
            rule=rule,
            organization=self.organization,
            status=status,
            severity=severity,
            evidence=evidence,
            owner=convener_of(self.net),
            next_step=step,
            citation=self.routine.citation if self.routine else "",
        )

    def never_seen(self) -> Gap:
        """Say that nothing is on file for an organization that is to be seen routinely."""
        limit = self.routine or Limit(OTHER_LIMIT)
        return self._make(
            f"seen within {_say_days(limit.days)}",
            "never seen",
            NEVER,
            "no visit, call or meeting on file",
            f"Plan a first visit to {self._name}, or enter the contacts there were.",
        )

    def _never_visited(self, rows: pd.DataFrame) -> Gap:
        return self._make(
            "visited on the spot",
            "never visited",
            UNVISITED,
            f"{count_noun(len(rows), 'call or meeting', 'calls and meetings')} on file, no visit",
            f"Plan a first visit to {self._name}.",
        )

    def _gone_cold(self, last: pd.Timestamp, limit: Limit) -> Gap:
        days = (self.day - last).days
        return self._make(
            f"seen within {_say_days(limit.days)}",
            "gone cold",
            weigh_silence(days, limit.days),
            f"last contact on {say_date(last)}, {say_ago(days)}",
            f"Call {self._name} and plan a visit.",
        )

    def _staff_only(self, recent: pd.DataFrame) -> Gap:
        return self._make(
            "met at decision level",
            "only at staff level",
            STAFF_ONLY,
            f"every contact of the last three years ({len(recent):,}) at staff level",
            f"Ask for {self._leader or 'the chief executive'} at the next visit to {self._name}.",
        )

    def _one_person(self, recent: pd.DataFrame, who: str) -> Gap:
        return self._make(
            "known to more than one person",
            "one person holds it",
            ONE_PERSON,
            f"every contact of the last three years ({len(recent):,}) was {who}",
            f"Bring a second person into the next visit to {self._name}, in case one leaves.",
        )

    def _person_left(self, named: str) -> Gap:
        return self._make(
            "known to somebody who is there",
            "contact person left",
            LEFT,
            f"of the last three years only {named} was met, who is no longer there",
            f"Ask for {self._leader} at {self._name}, and introduce yourself."
            if self._leader
            else f"Ask {self._name} who has taken over, and introduce yourself.",
        )


def weigh_silence(days: float, limit: float) -> float:
    """Give the severity of not having seen an organization; it grows with the days.

    Examples
    --------
    >>> weigh_silence(365, 365), weigh_silence(5000, 365)
    (0.26666666666666666, 0.8)
    """
    return float(COLD * np.minimum(1.0, days / (3 * limit)))


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    if gap.status in ("contact person left", "one person on file"):
        return f"{gap.organization_name}: {gap.status}"
    if gap.status == "one person holds it":
        return f"{gap.organization_name}: the relation depends on one person"
    return f"{gap.organization_name} was not {start_small(gap.rule)}"


def say_contacts(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many were not seen in time, and how many depend on one person."""
    if gaps.empty:
        return None
    count = {str(status): int(n) for status, n in gaps["status"].value_counts().items()}
    parts = [count_noun(count[status], one, many) for status, one, many in HELD if status in count]
    rest = f"{join_words(parts)}." if parts else ""
    unseen = gaps[gaps["status"].isin(["gone cold", "never seen"])]
    if unseen.empty:
        return Sentence("contact", rest, count)
    first, never = unseen.iloc[0], count.get("never seen", 0)
    text = (
        f"{count_noun(len(unseen), 'organization was', 'organizations were')} not seen in time "
        f"({never:,} never), first: {first.organization_name} ({first.evidence}). {rest}"
    ).rstrip()
    named = {"organization": first.organization_name, "evidence": first.evidence}
    return Sentence("contact", text, {"unseen": len(unseen), **count, **named})


HELD = (
    ("never visited", "organization was seen, with no visit on file",
     "organizations were seen, with no visit on file"),
    ("only at staff level", "organization was met at staff level only",
     "organizations were met at staff level only"),
    ("one person holds it", "relation depends on one person", "relations depend on one person"),
    ("contact person left", "organization lost the person who was met",
     "organizations lost the person who was met"),
    ("one person on file", "organization has one person on file",
     "organizations have one person on file"),
)  # fmt: skip
KIND = GapKind(
    name="contact",
    title="Not seen for long, or depending on one person",
    label="contacts",
    needs=("contacts",),
    find=find_contact_gaps,
    subject=("organization",),
    columns=(Column("organization_name", "Organization"), Column("status", "Status")),
    say=say_gap,
    text=say_contacts,
    formula=(
        "0.8 x days / (3 x limit), at most 0.8; never seen 0.6; person left 0.5; never visited "
        "0.45; staff level only 0.4; one person 0.35, one on file 0.25."
    ),
)
