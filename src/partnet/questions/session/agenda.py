"""The agenda of a partnership session, in its three parts, filled with what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...core.wording.text import count_noun, join_words, say_date
from ..outcomes.text import POLICY_FEEDBACK
from ..recommendation.needs import Need, say_usual
from .focus import EVERYTHING, Focus
from .place import Place
from .shown import AGENDA, PROPOSED

KICK_OFF, SESSION, FOLLOW_UP = "kick-off", "session", "follow-up"
FOLLOW_UP_DAYS = 90  # after the session, when the register is gone through


@dataclass(frozen=True)
class Materials:
    """What the findings put on the table."""

    place: Place
    grantees: pd.DataFrame
    indicators: pd.DataFrame
    synergies: pd.DataFrame
    requirements: pd.DataFrame
    together: pd.DataFrame
    guests: pd.DataFrame
    register: pd.DataFrame
    feedback: pd.DataFrame
    needs: tuple[Need, ...] = ()
    about: str = ""
    focus: Focus = EVERYTHING
    people: frozenset[str] = frozenset()
    waiting: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    held_on: pd.Timestamp | None = None


def write_agenda(found: Materials) -> pd.DataFrame:
    """Write the agenda of the kick-off, the session and the follow-up."""
    parts = ((KICK_OFF, _kick_off), (SESSION, _session), (FOLLOW_UP, _follow_up))
    rows = [(stage, *item) for stage, items in parts for item in items(found)]
    return pd.DataFrame(rows, columns=AGENDA.names)


Item = tuple[int, str, str]


def _kick_off(found: Materials) -> Iterator[Item]:
    """A call some weeks before: purpose, who comes, what each one checks."""
    grantees = found.grantees["organization"].nunique()
    yield 10, "Why we meet, and what a good outcome would be", found.about or found.place.name
    if grantees:
        what = "Go through the list of grantees: what is missing or out of date?"
        yield 15, what, f"{count_noun(grantees, 'grantee')} on file"
    if len(found.indicators):
        choose = "Choose two or three indicators to start from"
        yield 15, choose, _name_first(found.indicators, "indicator")
    if found.waiting:
        yield 5, "Call those who have not answered", _join_first(list(found.waiting))
    elif len(found.guests):
        whom = "Decide whom to invite beside those of the place"
        yield 10, whom, _name_first(found.guests, "name")
    if found.undecided:
        yield 5, "Ask who can decide for them, and invite them", _join_first([*found.undecided])
    bring = "Each one brings: people served, one thing to offer, one thing to ask"
    yield 10, bring, "profile sheet"


def _session(found: Materials) -> Iterator[Item]:
    """The session itself: data, tables, programs, policies, outcomes; nothing that is empty."""
    if len(found.indicators) or len(found.grantees):
        money = "The money that comes to the place"
        numbers = "The place in numbers, and the money that comes to it"
        text = numbers if len(found.grantees) else "The place in numbers"
        yield (
            20,
            text if len(found.indicators) else money,
            _name_first(found.indicators, "indicator") or _name_first(found.grantees, "program"),
        )
    yield from _look_back(found)
    gaps = [_say_open(need) for need in found.needs if not need.is_outcome]
    if gaps:
        what = "What is open, and who at the tables could close it"
        yield 20, what, _join_first(gaps)
    first = "First round at tables: who are you, whom do you serve, what could you share?"
    pairs = count_noun(len(found.together), "pair")
    with_whom = f"{pairs} seated together that had no tie on file" if len(found.together) else ""
    yield 45, first, with_whom or "everybody knows somebody: start from what works"
    synergies = _choose_synergies(found)
    if len(synergies):
        second = "Second round: programs that serve the same people. Who does what?"
        yield 45, second, _join_first([_say_synergy(row) for row in synergies.itertuples()])
    # What each one owes alone, such as the privacy of its records, is no matter for a table.
    shared = found.requirements[found.requirements["asks_for"] != ""]
    if len(shared):
        yield 30, "Requirements that could be met together", _name_first(shared, "topic")
    waiting = found.feedback[found.feedback["state"].isin(["overdue", "open"])]
    policies = "Which policies stand in the way? Collect feedback to pass on"
    yield 20, policies, _name_first(waiting, "outcome") or "what partners bring"
    yield 25, "Write down outcomes: what, who owns it, by when", "outcome register"


def _say_open(need: Need) -> str:
    """Say what is open; of a usual partner in few words, as the pair has its own line."""
    told = need.claims
    return say_usual(told["partner"], need.role, [told["own"]]) if need.is_usual else need.text


def _look_back(found: Materials) -> Iterator[Item]:
    """What was agreed before, by who is in the room to speak of it."""
    late = found.register[found.register["state"].isin(["overdue", "open"])]
    late = late[late["type"] != POLICY_FEEDBACK]
    if late.empty:
        return
    absent = late["owner_name"][~late["owner"].isin(found.people) & (late["owner"] != "")]
    more = f" (not in the room: {join_words(sorted(set(absent)))})" if len(absent) else ""
    yield 15, "What became of what was agreed last time", f"{_name_first(late, 'outcome')}{more}"


def _choose_synergies(found: Materials) -> pd.DataFrame:
    """Programs of those in the room that meet, and that the session is about."""
    pairs = found.synergies
    here = pairs["organization"].isin(found.people) & pairs["partner"].isin(found.people)
    texts = pairs["shared"] + " " + pairs["programs"]
    about = texts.map(found.focus.names).astype(bool)
    return pairs[here & about]


def _say_synergy(row: Any) -> str:
    what = row.shared or row.programs
    return f"{row.organization_name} and {row.partner_name} ({what})"


def _follow_up(found: Materials) -> Iterator[Item]:
    """A call some three months later: the register, the ties, the policies."""
    day = None if found.held_on is None else found.held_on + pd.Timedelta(days=FOLLOW_UP_DAYS)
    when = f"{FOLLOW_UP_DAYS} days after the session" if day is None else f"on {say_date(day)}"
    what = "Go through the outcome register: done, open, overdue"
    yield 20, what, f"{when}; run partnet session again"
    yield 15, "Enter new ties, agreements and contacts, so that the next run sees them", "workbook"
    if len(found.feedback):
        yield 15, "Tell partners what became of their feedback on policies", "outcome register"
    again = "Decide whether to meet again, and who is still missing"
    yield 10, again, _name_first(found.guests, "name") or "whoever the outcomes name"


def _name_first(table: pd.DataFrame, column: str) -> str:
    return _join_first(table[column].tolist())


def _join_first(texts: list[str]) -> str:
    """Three of them, and how many more."""
    names = list(dict.fromkeys(texts))
    more = f"; and {len(names) - 3:,} more" if len(names) > 3 else ""
    return f"{'; '.join(names[:3])}{more}"


def propose_outcomes(
    place: Place, together: pd.DataFrame, requirements: pd.DataFrame, day: pd.Timestamp | None
) -> pd.DataFrame:
    """Draft rows for the outcome register, to be changed at the tables."""
    where = place.counties[0] if len(place.counties) == 1 else place.name
    rows = [
        (
            f"{row.organization_name} and {row.partner_name} get to know each other's programs",
            "new relationship",
            row.organization,
            row.partner,
        )
        for row in together.itertuples()
    ]
    rows += [
        (f"Agree who brings the {row.topic} of {row.who} together", "action step", "", "")
        for row in requirements.head(3).itertuples()
    ]
    table = pd.DataFrame(rows, columns=PROPOSED.names[:4])
    due = None if day is None else day + pd.Timedelta(days=FOLLOW_UP_DAYS)
    return table.assign(
        place=where,
        agreed_on=pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]"),
        due=pd.Series(due, index=table.index, dtype="datetime64[s]"),
        status="open",
    )[PROPOSED.names]
