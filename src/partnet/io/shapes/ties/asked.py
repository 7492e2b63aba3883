"""Answers with their question beside them, a row each: a column for every question."""

from __future__ import annotations

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ...cells import RawTable
from ...headers.columns import match_headers
from ..entries import Entries, note_shape

QUESTIONS = frozenset(map(fold_word, (
    "question", "question text", "question label", "survey question", "item", "item text",
    "prompt", "variable", "measure", "asked")))  # fmt: skip
ANSWERS = frozenset(map(fold_word, (
    "answer", "answer text", "answer value", "answers", "response", "response text",
    "response value", "responses", "value", "score", "rating")))  # fmt: skip
COUNTED = frozenset(map(fold_word, (
    "id", "row", "row id", "no", "nr", "order", "answer id", "question id", "question number",
    "question no", "item id", "item number")))  # fmt: skip
MOST_QUESTIONS = 40


def spread_questions(raw: RawTable) -> RawTable:
    """Put the answers about one pair side by side, each under its question.

    Where a pair answers a question twice, or its other columns differ, nothing is changed.
    """
    ends = match_headers(raw, TABLES["ties"]).columns
    words = [fold_word(text) for text in raw.header]
    asked = next((k for k, word in enumerate(words) if word in QUESTIONS), -1)
    said = next((k for k, word in enumerate(words) if word in ANSWERS), -1)
    if min(asked, said) < 0 or not {"source", "target"} <= set(ends):
        return raw
    left = {asked, said, *(k for k, word in enumerate(words) if word in COUNTED)}
    kept = [k for k in range(len(words)) if k not in left]
    pair = (ends["source"], ends["target"])
    questions = list(dict.fromkeys(filter(None, (row[asked] for row in raw.rows))))
    if not 1 < len(questions) <= MOST_QUESTIONS or left & set(pair):
        return raw
    rows = {tuple(row[k] for k in kept): position for position, row in enumerate(raw.rows)}
    answers = {(*(row[k] for k in kept), row[asked]): row[said] for row in raw.rows}
    pairs = {tuple(row[k] for k in pair) for row in raw.rows}
    if len(answers) < len(raw.rows) or len(pairs) < len(rows):
        return raw
    entries = Entries(raw, (*(raw.header[k] for k in kept), *questions))
    for key, position in rows.items():
        told = [answers.get((*key, question), "") for question in questions]
        entries.add(position, [*key, *told])
    note = note_shape(
        raw,
        f'{len(questions)} questions under "{raw.header[asked]}", with their answers under '
        f'"{raw.header[said]}"',
        f"The answers about each pair are put side by side: {len(rows):,} pairs.",
        allowed="A tie is one row, with a column for each thing that is said of it.",
    )
    return entries.make(note)
