"""Answers of a form, one row a respondent, that list partners in one cell a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.vocabulary import default_vocabulary, fold_word
from ..cells import RawTable
from ..values.words import is_nothing
from .entries import Entries, note_shape
from .grid import find_respondent

# Columns that survey tools add to every answer; without one of them a table is no form.
ADDED = frozenset(map(fold_word, (
    "timestamp", "start time", "completion time", "respondent id", "response id", "responseid",
    "submission date", "submission id", "submitted at", "submitted on", "recordeddate",
    "recorded date", "_submission_time", "survey completed", "date submitted")))  # fmt: skip
WHO = re.compile(
    r"\b(organi[sz]ations?|agenc(y|ies)|partners?|entit(y|ies)|these|following|who|whom)\b"
)
DOES = re.compile(
    r"\b(work|partner|collaborate|coordinate|meet|share \w+|connect(ed)?|engage) (closely )?with\b|"
    r"\brefer\b|\bexchange\b|\bshare\b|\breceive\b|\bpartnerships? with\b|"
    r"\b(current|main|key) partners\b"
)


def find_form(raw: RawTable) -> tuple[int, dict[int, str]]:
    """Give the column of who answers, and each column that asks for partners; (-1, {}) for none."""
    words = [fold_word(text) for text in raw.header]
    if not ADDED & set(words):
        return -1, {}
    asked = {k: raw.header[k] for k, word in enumerate(words) if _asks(word)}
    at = find_respondent(raw, asked) if asked else -1
    return (at, asked) if at >= 0 else (-1, {})


def _asks(word: str) -> bool:
    return len(word.split()) > 3 and bool(WHO.search(word)) and bool(DOES.search(word))


def melt_form(raw: RawTable, at: int, asked: Mapping[int, str]) -> RawTable:
    """Turn answers into one row a respondent and question; a cell may list several partners."""
    entries = Entries(raw, ("source", "target", "relation", "reported_by", "evidence"))
    for position, row in enumerate(raw.rows):
        for k, question in asked.items():
            if not is_nothing(row[at], "label") and not is_nothing(row[k]):
                relation = default_vocabulary().find_relation(question) or ""
                entries.add(position, [row[at], row[k], relation, row[at], question])
    questions = ", ".join(f'"{text}"' for text in list(asked.values())[:3])
    note = note_shape(
        raw,
        f"answers of a form to {questions}",
        f'"{raw.header[at]}" answers; {len(entries.rows):,} cells are read as its partners.',
    )
    return entries.make(note)
