"""Filling in questionnaires as people do: opened, typed into, saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from partnet.survey import form

Typed = Mapping[str, str]


def fill(
    path: Path,
    partners: Mapping[str, Typed] | None = None,
    *,
    added: Sequence[Typed] = (),
    about: Mapping[str, tuple[str, str]] | None = None,
    rest: str = "",
    level: str = "",
    ratings: Mapping[str, Typed] | None = None,
    goals: Sequence[tuple[str, Typed]] = (),
    voices: Sequence[tuple[str, Typed]] = (),
    to: Path | None = None,
) -> int:
    """Fill cells by partner and key of the column; gives how many cells were filled."""
    book = openpyxl.load_workbook(path)
    sheet = book[form.PARTNERS]
    rows, columns = find_cells(sheet)
    typed = dict(partners or {})
    count = 0
    for id_, answers in typed.items():
        count += _type(sheet, rows[id_], columns, answers)
    first = max(rows.values()) + 1
    for row, answers in enumerate(added, start=first):
        count += _type(sheet, row, columns, answers)
    count += _type_beside(sheet, form.REST, rest) + _type_beside(book[form.START], form.ROLE, level)
    if ratings:
        rows, columns = find_cells(book[form.TRUST])
        for id_, answers in ratings.items():
            row = rows.get(id_) or max([*rows.values(), find_head(book[form.TRUST])]) + 1
            count += _type(book[form.TRUST], row, columns, answers)
    for key, answers in goals:
        count += _type_goal(book[form.GOALS], key, answers)
    for population, answers in voices:
        count += _type_voice(book[form.ABOUT], population, answers)
    for key, (right, instead) in (about or {}).items():
        count += _type_about(book[form.ABOUT], key, right, instead)
    book.save(to or path)
    return count


def find_cells(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Rows by id of the partner, columns by heading."""
    head = find_head(sheet)
    columns = {c.value: c.column for c in sheet[head] if c.value}
    rows = {c.value: c.row for c in sheet["A"] if c.value and c.row > head}
    return rows, columns


def find_head(sheet: Any) -> int:
    """The row of headings."""
    return next(int(c.row) for c in sheet["A"] if c.value == form.HEADINGS[form.ID])


def _type(sheet: Any, row: int, columns: Mapping[str, int], answers: Typed) -> int:
    for key, text in answers.items():
        heading = form.HEADINGS.get(key, key)
        column = next(k for name, k in columns.items() if name.lower().startswith(heading.lower()))
        sheet.cell(row, column, text)
    return len(answers)


def _type_beside(sheet: Any, label: str, text: str) -> int:
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == label)
    if text:
        sheet.cell(cell.row, cell.column + 1, text)
    return bool(text)


def _type_goal(sheet: Any, key: str, answers: Typed) -> int:
    """Type into the row of a goal, or into the first empty one."""
    head = next(c.row for c in sheet["A"] if c.value == form.GOAL_HEADINGS[form.KEY])
    columns = {c.value: c.column for c in sheet[head]}
    goal = columns[form.GOAL_HEADINGS[form.GOAL]]
    rows = range(head + 1, sheet.max_row + 1)
    if key:
        row = next(r for r in rows if sheet.cell(r, 1).value == key)
    else:
        row = next(r for r in rows if not sheet.cell(r, goal).value)
    for name, text in answers.items():
        sheet.cell(row, columns[form.GOAL_HEADINGS[name]], text)
    return len(answers)


def _type_voice(sheet: Any, population: str, answers: Typed) -> int:
    """Type into the row of a population, or into the first empty one."""
    speaks = form.VOICE_HEADINGS[form.SPEAKS]
    head = next(c.row for row in sheet.iter_rows() for c in row if c.value == speaks)
    columns = {c.value: c.column for c in sheet[head]}
    name = columns[form.VOICE_HEADINGS[form.POPULATION]]
    rows = range(head + 1, sheet.max_row + 1)
    row = next(r for r in rows if (sheet.cell(r, name).value or "") == population)
    for key, text in answers.items():
        sheet.cell(row, columns[form.VOICE_HEADINGS[key]], text)
    return len(answers)


def _type_about(sheet: Any, key: str, right: str, instead: str) -> int:
    row = next(c.row for c in sheet["A"] if c.value == key and not sheet.cell(c.row, 5).value)
    for column, text in ((4, right), (5, instead)):
        if text:
            sheet.cell(row, column, text)
    return bool(right) + bool(instead)
