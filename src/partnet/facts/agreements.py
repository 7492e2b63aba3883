"""Agreements on file: who is party to which, what about, and which of them are in force."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.rows.periods import has_ended, start_agreements
from ..core.vocabulary import Vocabulary, fold_word
from ..core.wording.text import say_date


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Attributes
    ----------
    name : str
        As it is called in the file.
    parties : tuple of str
        Ids, in the order of the rows.
    subjects : frozenset of str
        Relations that its type and topics mean, and the words themselves, folded.
    state : str
        "" in force; else what keeps it from being so, in words.
    """

    name: str
    parties: tuple[str, ...]
    subjects: frozenset[str]
    state: str

    def is_about(self, wanted: frozenset[str]) -> bool:
        """Whether its type or one of its topics is among those wanted."""
        return bool(self.subjects & wanted)


@dataclass(frozen=True, slots=True)
class Agreements:
    """All agreements on file, whatever their state."""

    all: tuple[Agreement, ...]

    @property
    def listed(self) -> frozenset[str]:
        """Organizations of which at least one agreement is on file: their sheet was filled in."""
        return frozenset(party for one in self.all for party in one.parties)

    def of(self, organization: str, wanted: frozenset[str]) -> list[Agreement]:
        """Agreements of one organization about something."""
        return [a for a in self.all if organization in a.parties and a.is_about(wanted)]


@fact
def read_agreements(here: Network) -> Agreements:
    """Read the agreements table: one `Agreement` each, sorted by name."""
    table = here.whole.rows("agreements")
    table = table.assign(begins=start_agreements(table), ended=has_ended(table, here.day))
    rows: dict[str, list[Any]] = {}
    for row in table.itertuples():
        rows.setdefault(row.agreement, []).append(row)
    return Agreements(
        tuple(_read_agreement(name, own, here.vocabulary, here.day) for name, own in rows.items())
    )


def _read_agreement(
    name: str, rows: list[Any], vocabulary: Vocabulary, day: pd.Timestamp | None
) -> Agreement:
    rows = [row for row in rows if row.status != "draft"] or rows  # no party before it signs
    texts = {text for row in rows for text in (row.type, row.topic)}
    parties = tuple(dict.fromkeys(row.organization for row in rows))
    first = next((row for row in rows if row.status == "expired"), rows[0])
    return Agreement(name, parties, read_subjects(texts, vocabulary), _find_state(first, day))


def read_subjects(texts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Give the relations that texts mean, and their words folded; several by semicolons.

    A text that is no known relation means the general relation *agreement*.
    """
    parts = {part.strip() for text in texts for part in re.split(r"[;|]", text) if part.strip()}
    relations = {vocabulary.find_relation(part) for part in parts} - {None}
    return frozenset(
        {fold_word(part) for part in parts} | {str(r) for r in relations or {"agreement"}}
    )


def _find_state(first: Any, day: pd.Timestamp | None) -> str:
    """Say what keeps an agreement from being in force on a day; "" where nothing does."""
    ends, begins = first.expires, first.begins
    if first.status == "draft":
        return "is a draft"
    if first.ended:
        if day is not None and ends >= day:
            return f"is on file as expired, and as ending on {say_date(ends)}"
        known = "" if pd.isna(ends) else f" on {say_date(ends)}"
        return f"ended{known}"
    return "" if day is None or not begins > day else f"begins on {say_date(begins)}"
