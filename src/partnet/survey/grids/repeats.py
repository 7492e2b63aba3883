"""Rows that are nobody's or one's: trials, second answers, parts of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ...core.errors import InputProblem, Where
from ...core.vocabulary import fold_word
from ...core.wording.names import NameIndex
from ...io.shapes.rows.trials import STATUS, TRIAL_CODES, TRIALS
from .layout import Grid
from .mapping import RESPONDENT, MappedColumn, SurveyMapping
from .names import find_respondent, name_question
from .parts import Row

CHANNEL = frozenset({"distributionchannel", "distribution channel"})
MAILS = frozenset(
    ("email", "email address", "e mail", "e mail address", "recipientemail", "recipient email",
     "your email", "your email address", "respondent email")
)  # fmt: skip
EVENTS = frozenset({"redcap event name", "event name"})
TIMES = (
    "recordeddate", "recorded date", "completion time", "end date", "enddate", "submit date utc",
    "date submitted", "submission time", "timestamp", "survey timestamp",
)  # fmt: skip
ZONE = re.compile(r"\s+(?!AM\b|PM\b)[A-Z]{2,5}([+-]\d+)?$", re.IGNORECASE)  # of Google: CST, GMT+1


def carry_respondents(grid: Grid, who: int) -> Grid:
    """Name who answers in every row of a record, where only its first row does."""
    if not grid.records or who < 0:
        return grid
    named: dict[str, str] = {}
    for record, (_, row) in zip(grid.records, grid.rows, strict=True):
        if who < len(row) and row[who]:
            named.setdefault(record, row[who])
    rows = [
        (number, _put(row, who, named.get(record, "")))
        for record, (number, row) in zip(grid.records, grid.rows, strict=True)
    ]
    return replace(grid, rows=tuple(rows))


def _put(row: list[str], at: int, text: str) -> list[str]:
    if at < len(row) and row[at]:
        return row
    wide = [*row, *[""] * (at + 1 - len(row))]
    return [*wide[:at], text, *wide[at + 1 :]]


def find_trials(grid: Grid) -> frozenset[int]:
    """Give the numbers of rows that whoever made the survey sent to try it."""
    found = set[int]()
    for at in range(len(grid.headings)):
        names = {fold_word(names[at]) for names in (grid.headings, grid.codes) if at < len(names)}
        if names & (STATUS | CHANNEL):
            words = TRIALS | (TRIAL_CODES if names & STATUS and _is_qualtrics(grid) else set())
            found |= {n for n, row in grid.rows if at < len(row) and row[at].casefold() in words}
    return frozenset(found)


def _is_qualtrics(grid: Grid) -> bool:
    return "responseid" in {fold_word(code).replace(" ", "") for code in grid.codes}


def set_trials_aside(
    grid: Grid, columns: Mapping[int, MappedColumn]
) -> tuple[Grid, list[InputProblem], int]:
    """Take trials out; gives also what to say of them, and how many answers they hold."""
    trials = find_trials(grid)
    problems = [
        InputProblem(
            Where(grid.file, grid.sheet, number),
            "a preview or test of the survey",
            "Answers come from those who were asked.",
            "The row is set aside. If it is an answer, change its status in the export.",
            "note", "ties", "row",
        )
        for number in sorted(trials)
    ]  # fmt: skip
    filled = sum(_count_filled(row, columns) for number, row in grid.rows if number in trials)
    kept = [k for k, (number, _) in enumerate(grid.rows) if number not in trials]
    return _choose(grid, kept), problems, filled


def _choose(grid: Grid, kept: Sequence[int]) -> Grid:
    rows = tuple(grid.rows[k] for k in kept)
    return replace(grid, rows=rows, records=tuple(grid.records[k] for k in kept if grid.records))


def _count_filled(row: Sequence[str], columns: Mapping[int, MappedColumn]) -> int:
    return sum(bool(row[k]) for k in columns if k < len(row))


def tell_events(grid: Grid, columns: Mapping[int, MappedColumn]) -> list[InputProblem]:
    """Say that an export holds answers of several events, which are waves of their own."""
    at = next((k for k, text in enumerate(grid.headings) if fold_word(text) in EVENTS), -1)
    answered = (row for _, row in grid.rows if at >= 0 and _count_filled(row, columns))
    events = dict.fromkeys(row[at] for row in answered if at < len(row) and row[at])
    if len(events) < 2:
        return []
    return [
        InputProblem(
            Where(grid.file, grid.sheet, None, grid.headings[at]),
            f"answers of {len(events):,} events ({', '.join([*events][:3])})",
            "An export is one wave.",
            "They are read as one. If they are waves, export each event by itself.",
            level="note",
        )
    ]


def join_same_person(
    grid: Grid, mapping: SurveyMapping, index: NameIndex, who: int,
    columns: Mapping[int, MappedColumn],
) -> tuple[Grid, list[InputProblem], int]:  # fmt: skip
    """Who answered twice counts with the later answer, question by question.

    A person is known by an e-mail address, and answers for one organization. Gives also what to
    say, and how many answers are replaced.
    """
    mail = next((k for k, text in enumerate(grid.headings) if fold_word(text) in MAILS), -1)
    if mail < 0:
        return grid, [], 0
    rows: dict[tuple[str, str], Row] = {}
    problems, replaced = [], 0
    for k in _list_by_time(grid):
        number, row = grid.rows[k]
        name = mapping.explain(row[who], RESPONDENT) if who < len(row) else ""
        id_ = find_respondent(index, name)
        address = row[mail].casefold() if mail < len(row) else ""
        person = (address, id_) if "@" in address and id_ else ("", f"row {number}")
        if person in rows:
            before, earlier = rows[person]
            row, lost = _join_answers(earlier, row, columns, index)
            replaced += lost
            problems.append(_tell_twice(grid, before, number, lost))
        rows[person] = number, row
    return replace(grid, rows=tuple(sorted(rows.values()))), problems, replaced


def _list_by_time(grid: Grid) -> list[int]:
    """Positions of the rows, the earliest first: by the time on file, else as they stand."""
    places = [*range(len(grid.rows))]
    named = {fold_word(text): k for k, text in enumerate(grid.headings)}
    at = next((named[word] for word in TIMES if word in named), None)
    if at is None:
        return places
    texts = [ZONE.sub("", row[at]) if at < len(row) else "" for _, row in grid.rows]
    dated = pd.Series(texts, dtype=object)
    times = pd.to_datetime(dated, errors="coerce", utc=True, format="mixed")
    return places if times.isna().any() else sorted(places, key=lambda k: (times[k], k))


def _join_answers(
    earlier: list[str], later: list[str], columns: Mapping[int, MappedColumn], index: NameIndex
) -> tuple[list[str], int]:
    """Put later answers in place of earlier ones; boxes are answered together."""
    width = max(len(earlier), len(later))
    old, new = ([*row, *[""] * (width - len(row))] for row in (earlier, later))
    boxes = {k: name_question(c, index) for k, c in columns.items() if c.box and k < width}
    again = {question for k, question in boxes.items() if new[k]}
    taken = [bool(new[k]) or boxes.get(k) in again for k in range(width)]
    lost = sum(taken[k] and bool(old[k]) for k in columns if k < width)
    return [n if take else o for o, n, take in zip(old, new, taken, strict=True)], lost


def _tell_twice(grid: Grid, before: int, number: int, lost: int) -> InputProblem:
    return InputProblem(
        Where(grid.file, grid.sheet, number),
        f"a second answer of the person of row {before}",
        "One person answers once.",
        f"The later answer counts, question by question: {lost} earlier cells are not used.",
        level="note",
    )
