"""Answers of a form, one row a respondent, that list partners in one cell a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ...cells import RawTable
from ...values.numbers import read_number
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..cells.several import MOST_PARTS, TAIL
from ..entries import Entries, note_shape
from .grid import OTHERS, find_respondent
from .said import hear_relation

# Columns that survey tools add to every answer; without one of them a table is no form.
ADDED = frozenset(map(fold_word, (
    "timestamp", "start time", "completion time", "respondent id", "response id", "responseid",
    "submission date", "submission id", "submitted at", "submitted on", "recordeddate",
    "recorded date", "_submission_time", "survey completed", "date submitted")))  # fmt: skip
# Names of choices as KoBo and ODK join them: birch_clinic cedar_food_bank.
SLUGS = re.compile(r"[a-z\d]++(?:_[a-z\d]++)++(?: [a-z\d]++(?:_[a-z\d]++)*+)*+")
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
    asked = {k: text for k, text in asked.items() if _names_some(raw, k)}
    at = find_respondent(raw, asked) if asked else -1
    return (at, asked) if at >= 0 else (-1, {})


def _names_some(raw: RawTable, position: int) -> bool:
    """Whether answers are in words: a box that was ticked (1, TRUE, X) names nobody."""
    cells = {row[position] for row in raw.rows if not _is_nobody(row[position])}
    said = {text for text in cells if fold_cell(text) not in YES | NO}
    return not cells or any(read_number(text) is None for text in said)


def _asks(word: str) -> bool:
    return len(word.split()) > 3 and bool(WHO.search(word)) and bool(DOES.search(word))


def _is_nobody(name: str) -> bool:
    return is_nothing(name) or fold_cell(name) in OTHERS


def _split_choices(text: str, names: Collection[str], *, alone: bool) -> list[str]:
    """The choices of a cell, which stays whole where it may be one name with a comma in it."""
    if fold_name(text) in names:
        return [text]
    found = _list_choices(text)
    known = [fold_name(name) in names or _is_nobody(name) for name in found]
    listed = all(ok or " " in name for ok, name in zip(known, found, strict=True))
    return found if (any(known) or alone) and listed else [text]


def _list_choices(text: str) -> list[str]:
    """The choices of a cell: a form joins those that were ticked by commas, as by semicolons.

    Examples
    --------
    >>> _list_choices("Birch Clinic, Elm Pantry, Inc., Other"), _list_choices("Birch Clinic;Elm")
    (['Birch Clinic', 'Elm Pantry, Inc.', 'Other'], ['Birch Clinic', 'Elm'])
    >>> _list_choices("Birch Clinic,Elm Pantry")
    ['Birch Clinic', 'Elm Pantry']
    """
    found: list[str] = []
    for part in re.split(r"(?<=,) |,(?=[^\s\d])|[;\n|]", text):  # Qualtrics writes no blank
        name = part.strip()
        if found and found[-1].endswith(",") and TAIL.fullmatch(name.rstrip(",")):
            found[-1] = f"{found[-1]} {name}"
        elif name:
            found.append(name)
    return [name.rstrip(", ") for name in found][:MOST_PARTS]


def melt_form(
    raw: RawTable, at: int, asked: Mapping[int, str], known: Collection[str] = ()
) -> RawTable:
    """Turn answers into one row a respondent and question; a cell may list several partners.

    `known` holds folded ids and names of organizations.
    """
    names = {*known, *(fold_name(row[at]) for row in raw.rows)}
    coded = {k for k in asked if all(SLUGS.fullmatch(row[k]) for row in raw.rows if row[k])}
    entries = Entries(raw, ("source", "target", "relation", "reported_by", "evidence"))
    for position, row in enumerate(raw.rows):
        for k, question in asked.items():
            found = row[k].split() if k in coded else None
            for name in found or _split_choices(row[k], names, alone=not known):
                if not is_nothing(row[at], "label") and not _is_nobody(name):
                    relation = hear_relation(question)
                    entries.add(position, [row[at], name, relation, row[at], question])
    questions = ", ".join(f'"{text}"' for text in list(asked.values())[:3])
    note = note_shape(
        raw,
        f"answers of a form to {questions}",
        f'"{raw.header[at]}" answers; {len(entries.rows):,} cells are read as its partners.',
    )
    return entries.make(note)
