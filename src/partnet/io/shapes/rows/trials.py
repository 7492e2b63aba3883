"""Rows by which whoever made a survey tried it: Survey Preview under Status is nobody's answer."""

from __future__ import annotations

from dataclasses import replace

from ....core.vocabulary import fold_word
from ....core.wording.text import count_noun
from ...cells import RawTable
from ..entries import Entries, note_shape

# Columns in which a tool says that a row is a trial, and how.
STATUS = frozenset({"status", "response type"})
TRIALS = frozenset({"survey preview", "survey test", "offline survey preview", "preview", "test"})
TRIAL_CODES = frozenset({"1", "2", "17"})  # of Qualtrics: preview, test, preview offline
ANSWERS = frozenset({"responseid", "response id"})  # a column of every export of Qualtrics
# How answers came in, where Status says nothing else.
RECEIVED = TRIALS | {"spam", "ip address", "imported", "uploaded", "offline", "offline survey", ""}


def drop_trials(raw: RawTable) -> RawTable:
    """Leave out trials of an export of Qualtrics, whose Status says how an answer came."""
    words = [fold_word(text) for text in raw.header]
    at = next((k for k, word in enumerate(words) if word in STATUS), -1)
    said = {row[at].casefold().strip() for row in raw.rows} if at >= 0 else set()
    own = bool(ANSWERS & set(words))
    if not said - {""} or not (own or said <= RECEIVED):
        return raw
    left = TRIALS | {"spam"} | (TRIAL_CODES if own else set())
    header = tuple("Response Type" if k == at else text for k, text in enumerate(raw.header))
    kept, gone = Entries(raw, header), list[str]()
    for position, row in enumerate(raw.rows):
        if row[at].casefold().strip() in left:
            gone.append(row[at])
        else:
            kept.add(position, list(row))
    if not gone:
        return replace(raw, header=header)
    note = note_shape(
        raw,
        f'"{gone[0]}" under "{raw.header[at]}" in {count_noun(len(gone), "row")}',
        "An answer that was given to try the survey, or by a machine, is left out.",
        allowed="An answer is that of somebody who was asked.",
    )
    return kept.make(note)
