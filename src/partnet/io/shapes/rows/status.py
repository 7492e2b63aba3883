"""Rows that say of themselves that they are planned, or no more: they are nothing of today."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ....core.rows.periods import PERIODS
from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, note_shape, tell_shape
from .trials import RECEIVED

KEPT = ("ties", "services", "memberships", "service_areas", "contacts", "funding")
HEADS = frozenset(map(fold_word, (
    "status", "current status", "tie status", "relationship status", "partnership status",
    "service status", "connection status", "membership status", "visit status",
    "activity status", "status of partnership", "status of relationship", "application status",
    "award status", "grant status", "funding status", "decision", "funding decision",
    "status of award", "stage", "opportunity stage", "application stage")))  # fmt: skip
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
# How a visit or a call ended, and where nobody was met.
RESULTS = frozenset(map(fold_word, ("outcome", "result", "disposition", "call result")))
UNREACHED = frozenset({
    "no answer", "no response", "left voicemail", "voicemail", "left message", "left a message",
    "rescheduled", "postponed", "unable to reach", "not reached", "did not connect", "busy",
    "wrong number", "cancelled", "canceled", "no-show", "bounced", "unreachable", "lvm",
})  # fmt: skip
# What was asked for and not given is no award; one that is closed was paid.
DENIED = frozenset({
    "denied", "not funded", "unfunded", "declined", "rejected", "not awarded", "unsuccessful",
    "not selected", "withdrawn", "applied", "submitted", "under review", "in review", "no award",
    "pending", "pending review", "pending award", "application submitted", "draft", "planned",
    "closed lost", "lost", "prospecting", "prospect", "qualification", "cultivation", "proposal",
    "solicited", "negotiation", "identified",
    "invited", "proposed", "in preparation", "not approved", "disapproved", "loi submitted",
})  # fmt: skip
# Headers of yes and no that say whether the row holds at all.
HOLDS = frozenset(map(fold_word, (
    "active", "is active", "currently active", "current", "in effect", "in place",
    "currently offered", "offered", "provided", "available", "do you offer this", "offers",
    "currently provided", "still active", "member", "is member", "is a member", "current member",
    "participates", "participating", "enrolled", "attended", "present", "in attendance",
    "attendance", "attended?", "came", "rsvp", "attendance status")))  # fmt: skip
AWAY = frozenset({
    "absent", "excused", "unexcused", "regrets", "did not attend", "not present", "no show",
    "no-show", "registered", "excused absence", "declined", "sent regrets", "coming", "coming soon",
    "refer out", "refers out", "referral only", "refer elsewhere", "planned", "not available",
    "not provided", "in development", "future",
})  # fmt: skip


def drop_unreal(raw: RawTable, name: str) -> RawTable:
    """Leave out rows whose status says planned or ended; an end with its day stays in the table."""
    if name not in KEPT:
        return raw
    if name == "ties":
        raw = _part_relations(raw)
    headers = match_headers(raw, TABLES[name])
    heads = HEADS | HOLDS | (RESULTS if name == "contacts" else set())
    at = next((k for k, text in headers.extras.items() if fold_word(text) in heads), -1)
    if at < 0 or {fold_cell(row[at]) for row in raw.rows} <= RECEIVED:
        return raw
    gone = NO_MORE | AWAY | NO if fold_word(raw.header[at]) in HOLDS else NO_MORE
    gone |= UNREACHED if name == "contacts" else set()
    asked = fold_word(raw.header[at]) in HOLDS
    end = headers.columns.get(PERIODS.get(name, (None, None))[1] or "", -1)
    said = Counter[str]()
    kept = Entries(raw, raw.header)
    for position, row in enumerate(raw.rows):
        word = bare_status(fold_cell(row[at]))
        dated = end >= 0 and not is_nothing(row[end], "value")
        unreal = word in DENIED if name == "funding" else word in NOT_YET
        unreal |= asked and bool(row[at].strip()) and is_nothing(row[at], "value")
        if unreal or (name != "funding" and word in gone and not dated):
            said[row[at]] += 1
        else:
            kept.add(position, list(row))
    raw = raw if fold_word(raw.header[at]) in RESULTS else _tell_unread(raw, name, at)
    kept.raw = raw
    if not said:
        return raw
    found = ", ".join(f'"{text}" in {count_noun(n, "row")}' for text, n in said.most_common(4))
    note = note_shape(
        raw,
        f'{found} under "{raw.header[at]}"',
        "What is planned, or is no more, is left out: it is nothing of today"
        + ("; so is what is not known." if any(is_nothing(t, "value") for t in said) else ".")
        + " What has ended can stay with the day of its end.",
        allowed=f"A row of {TABLES[name].label} is something that there is.",
    )
    return kept.make(note)


def bare_status(word: str) -> str:
    """A status without its day or remark: Discontinued 2023, Inactive since 2020."""
    found = TAIL.search(word)
    return word[: found.start()] if found else word


TAIL = re.compile(  # each run of marks is looked at once
    r"(?<![\s,;:(\u2013-])[\s,;:(\u2013-]++"
    r"(?:(?:in|since|as of|on|by|due to|effective)\b|(?=\d)|(?<=[(\u2013-])|(?<=[(\u2013-] ))"
)


def _tell_unread(raw: RawTable, name: str, position: int) -> RawTable:
    """Say which words of a status are not understood: their rows count."""
    known = NOT_YET | NO_MORE | NOW | AWAY | DENIED | YES | NO | IN_FORCE
    words = {row[position]: bare_status(fold_cell(row[position])) for row in raw.rows}
    odd = [t for t, w in words.items() if w not in known and not is_nothing(t, "value")]
    if not odd:
        return raw
    said = ", ".join(f'"{text[:40]}"' for text in odd[:MOST_SAID])
    return tell_shape(
        raw,
        f'{said}{", ..." if len(odd) > MOST_SAID else ""} under "{raw.header[position]}"',
        "They are not understood as a status, and their rows count. Write ended or planned where "
        "one is nothing of today.",
        allowed=f"A row of {TABLES[name].label} is something that there is.",
    )


MOST_SAID = 4
IN_FORCE = frozenset({
    "open", "signed", "executed", "in place", "in effect", "in force", "funded", "awarded", "won",
    "closed won", "complete", "completed", "renewed", "approved", "continuing", "member", "formal",
    "informal", "on file", "effective", "live", "running", "held", "done", "closed", "ended",
    "in good standing", "obligated", "paid", "received", "good standing", "confirmed", "visited",
    "virtual", "in person", "here", "late", "new", "verified",
})  # fmt: skip


def _part_relations(raw: RawTable) -> RawTable:
    """Take the status out of relations: Former partner, Current MOU, Potential referral."""
    headers = match_headers(raw, TABLES["ties"])
    at = headers.columns.get("relation", -1)
    if at < 0 or any(fold_word(text) in HEADS for text in headers.extras.values()):
        return raw
    parts = {text: _part_relation(text) for text in {row[at] for row in raw.rows}}
    if not any(status for status, _ in parts.values()):
        return raw
    rows = [
        [*(parts[t][1] if k == at else t for k, t in enumerate(row)), parts[row[at]][0]]
        for row in raw.rows
    ]
    return replace(raw, header=(*raw.header, "status"), rows=rows)


def _part_relation(text: str) -> tuple[str, str]:
    """The status before a relation, and the relation; no status where the whole is known."""
    words = default_vocabulary()
    first, _, after = text.strip().partition(" ")
    before, _, last = text.strip().rstrip(")").rpartition(" (")  # MOU (expired)
    for status, rest in ((first, after), (last, before)):
        said = rest and is_status(status)
        if said and words.find_relation(text) is None and words.find_relation(rest) is not None:
            return status, rest
    return "", text


def is_status(text: str) -> bool:
    """Tell whether a word says that something is, is planned, or is no more.

    Examples
    --------
    >>> is_status("Expired 2023"), is_status("main campus")
    (True, False)
    """
    return bare_status(fold_cell(text)) in NOT_YET | NO_MORE | NOW | IN_FORCE


NOW = frozenset({"current", "existing", "active", "ongoing", "present", "established"})
