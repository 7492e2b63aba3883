"""Rows that say of themselves that they are planned, or no more: they are nothing of today."""

from __future__ import annotations

from collections import Counter

from ...core.rows.periods import PERIODS
from ...core.schema import TABLES
from ...core.text import count_noun
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers import match_headers
from ..values.words import fold_cell, is_nothing
from .entries import Entries, note_shape

KEPT = ("ties", "services", "memberships", "service_areas", "contacts")
HEADS = frozenset(map(fold_word, (
    "status", "current status", "tie status", "relationship status", "partnership status",
    "service status", "connection status", "membership status", "visit status",
    "activity status", "status of partnership", "status of relationship")))  # fmt: skip
NOT_YET = frozenset({
    "planned", "planning", "in planning", "proposed", "prospective", "potential", "desired",
    "wanted", "future", "pending", "in development", "under development", "developing",
    "considering", "under consideration", "exploring", "exploratory", "not started", "not yet",
    "aspirational", "wish list", "invited", "scheduled", "upcoming", "in negotiation",
    "coming soon", "goal", "target", "none yet", "to be developed", "in discussion",
})  # fmt: skip
NO_MORE = frozenset({
    "ended", "inactive", "not active", "former", "past", "discontinued", "closed", "terminated",
    "expired", "lapsed", "dissolved", "no longer", "no longer active", "no longer offered",
    "historical", "previous", "withdrawn", "dropped", "cancelled", "canceled", "stopped",
    "dormant", "resigned", "no show", "not held", "not offered",
})  # fmt: skip


def drop_unreal(raw: RawTable, name: str) -> RawTable:
    """Leave out rows whose status says planned or ended; an end with its day stays in the table."""
    if name not in KEPT:
        return raw
    headers = match_headers(raw, TABLES[name])
    at = next((k for k, text in headers.extras.items() if fold_word(text) in HEADS), -1)
    if at < 0:
        return raw
    end = headers.columns.get(PERIODS.get(name, (None, None))[1] or "", -1)
    said = Counter[str]()
    kept = Entries(raw, raw.header)
    for position, row in enumerate(raw.rows):
        word = fold_cell(row[at])
        dated = end >= 0 and not is_nothing(row[end], "value")
        if word in NOT_YET or (word in NO_MORE and not dated):
            said[row[at]] += 1
        else:
            kept.add(position, list(row))
    if not said:
        return raw
    found = ", ".join(f'"{text}" in {count_noun(n, "row")}' for text, n in said.most_common(4))
    note = note_shape(
        raw,
        f'{found} under "{raw.header[at]}"',
        "What is planned, or is no more, is left out: it is nothing of today. What has ended can "
        "stay with the day of its end.",
        allowed=f"A row of {TABLES[name].label} is something that there is.",
    )
    return kept.make(note)
