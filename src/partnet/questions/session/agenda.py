"""The agenda of a partnership session, in its three parts, filled with what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ...core.text import count_noun
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


def write_agenda(found: Materials) -> pd.DataFrame:
    """Write the agenda of the kick-off, the session and the follow-up."""
    parts = ((KICK_OFF, _kick_off), (SESSION, _session), (FOLLOW_UP, _follow_up))
    rows = [(stage, *item) for stage, items in parts for item in items(found)]
    return pd.DataFrame(rows, columns=AGENDA.names)


Item = tuple[int, str, str]


def _kick_off(found: Materials) -> Iterator[Item]:
    """A call some weeks before: purpose, who comes, what each one checks."""
    grantees = found.grantees["organization"].nunique()
    yield 10, "Why we meet, and what a good outcome would be", f"{found.place.name}"
    yield (
        15,
        "Go through the list of grantees: what is missing or out of date?",
        (count_noun(grantees, "grantee") + " on file"),
    )
    yield (
        15,
        "Choose two or three indicators to start from",
        _name_first(found.indicators, "indicator", "none on file: bring your own"),
    )
    yield (
        10,
        "Decide whom to invite beside the grantees",
        _name_first(found.guests, "name", "nobody suggested"),
    )
    yield (
        10,
        "Each one brings: people served, one thing to offer, one thing to ask",
        "profile sheet",
    )


def _session(found: Materials) -> Iterator[Item]:
    """The session itself: data, tables, programs, policies, outcomes."""
    yield (
        20,
        "The place in numbers, and the money that comes to it",
        _name_first(found.indicators, "indicator", "what partners see"),
    )
    late = found.register[found.register["state"].isin(["overdue", "open"])]
    if len(late):
        yield (
            15,
            "What became of what was agreed last time",
            (f"{count_noun(len(late), 'outcome')} open or overdue"),
        )
    yield (
        45,
        "First round at tables: who are you, whom do you serve, what could you share?",
        (f"{count_noun(len(found.together), 'pair')} seated together that had no tie on file"),
    )
    yield (
        45,
        "Second round: programs that serve the same people. Who does what?",
        (f"{count_noun(len(found.synergies), 'pair')} of grantees"),
    )
    yield (
        30,
        "Requirements that could be met together",
        _name_first(found.requirements, "topic", "none in common on file"),
    )
    waiting = found.feedback[found.feedback["state"].isin(["overdue", "open"])]
    yield (
        20,
        "Which policies stand in the way? Collect feedback to pass on",
        (f"{count_noun(len(waiting), 'piece')} waiting already" if len(waiting) else "blank list"),
    )
    yield 25, "Write down outcomes: what, who owns it, by when", "outcome register"


def _follow_up(found: Materials) -> Iterator[Item]:
    """A call some three months later: the register, the ties, the policies."""
    yield (
        20,
        "Go through the outcome register: done, open, overdue",
        (f"{FOLLOW_UP_DAYS} days after the session; run partnet session again"),
    )
    yield 15, "Enter new ties, agreements and contacts, so that the next run sees them", "workbook"
    yield 15, "Tell partners what became of their feedback on policies", "outcome register"
    yield (
        10,
        "Decide whether to meet again, and who is still missing",
        _name_first(found.guests, "name", "nobody suggested"),
    )


def _name_first(table: pd.DataFrame, column: str, otherwise: str) -> str:
    names = list(dict.fromkeys(table[column]))
    more = f"; and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{'; '.join(names[:3])}{more}" if names else otherwise


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
