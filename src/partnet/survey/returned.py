"""One questionnaire that came back, as it was filled in: cells of text with their places."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..core.errors import InputError
from ..core.rows.ratings import list_dimensions
from ..core.vocabulary import fold_plain
from ..io.cells import clean_cell
from ..io.opened.sheets import open_sheets
from . import form
from .sheets.goals import TO_ADD, TO_FILL
from .sheets.roster import Filed
from .sheets.voices import ANSWERS

Cells = Sequence[tuple[int, Sequence[str]]]
NO_TIE = frozenset({form.NAME, form.PLACE, form.FILED, form.ID, form.CODE})  # no answers


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One row of the list of partners.

    Attributes
    ----------
    row : int
        As Excel shows it.
    id, name : str
        Whom it is about; no id in rows that were written in.
    filed : tuple of Filed
        The ties that the questionnaire showed.
    answers : mapping of str to str
        What was written, by key of the column; blank cells are left out.
    """

    row: int
    id: str
    name: str
    filed: tuple[Filed, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One row of value and trust: whom it is about, and what was written by dimension."""

    row: int
    id: str
    name: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AboutRow:
    """One row of what is on file about the organization: its key, and what was answered."""

    row: int
    key: str
    have: str
    right: str
    instead: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One row of goals: which one on file ("" written in), and what was written by column."""

    row: int
    key: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One row of whom it speaks for: its key ("" written in), the population, what was written."""

    row: int
    key: str
    population: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One row of an organization's own account: which question, and what was answered."""

    row: int
    key: str
    text: str


@dataclass(frozen=True)
class Returned:
    """A questionnaire that came back.

    Attributes
    ----------
    file : str
        Name of the file.
    wave, organization, name, level : str
        Which survey, who was asked (id, and name as it was then), who filled it in.
    rest : str
        What blank cells mean: "no", or "" for not answered.
    relations : mapping of str to str
        Relations asked about, each with the heading of its column.
    partners, about, ratings, goals, voices, profile : tuple of rows
        The sheets, row by row.
    cells : int
        Cells that somebody filled in.
    """

    file: str
    wave: str
    organization: str
    name: str
    level: str
    rest: str
    relations: Mapping[str, str]
    partners: tuple[PartnerRow, ...]
    about: tuple[AboutRow, ...]
    cells: int
    ratings: tuple[RatingRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    voices: tuple[VoiceRow, ...] = ()
    profile: tuple[ProfileRow, ...] = ()


def read_returned(path: Path) -> Returned:
    """Read one questionnaire.

    Raises
    ------
    InputError
        It cannot be opened, or is none.
    """
    sheets = {sheet.name: _clean(list(sheet.rows)) for sheet in open_sheets(path)}
    if form.HIDDEN not in sheets or form.PARTNERS not in sheets:
        raise InputError(
            f"{path.name}: found a workbook without the sheets of a questionnaire. What comes back "
            f'is the workbook that was sent, with its sheet "{form.PARTNERS}". Copy the answers '
            "into the questionnaire itself."
        )
    told = {row[0]: row[1] if len(row) > 1 else "" for _, row in sheets[form.HIDDEN] if row}
    # Whether they work together is always asked, also where somebody changed the hidden sheet.
    relations = {form.WORKS: form.HEADINGS[form.WORKS]} | {
        key.removeprefix("relation "): heading
        for key, heading in told.items()
        if key.startswith("relation ")
    }
    partners = _read_partners(path.name, sheets[form.PARTNERS], relations)
    about = _read_about(sheets.get(form.ABOUT, ()))
    ratings = _read_ratings(sheets.get(form.TRUST, ()))
    goals = _read_goals(sheets.get(form.GOALS, ()))
    voices = _read_voices(sheets.get(form.ABOUT, ()))
    rest = _find_beside(sheets[form.PARTNERS], form.REST)
    level = _find_beside(sheets.get(form.START, ()), form.ROLE)
    filled = sum(len(row.answers) + (not row.id and bool(row.name)) for row in partners)
    filled += sum(len(row.answers) + (not row.id and bool(row.name)) for row in ratings)
    filled += sum(bool(row.right) + bool(row.instead) for row in about) + bool(rest) + bool(level)
    profile = _read_profile(sheets.get(form.PROFILE, ()))
    filled += (
        len(profile)
        + sum(len(row.answers) for row in goals)
        + sum(len(row.answers) for row in voices)
    )
    return Returned(
        path.name,
        told.get("wave", ""),
        told.get("organization", ""),
        told.get("name", ""),
        level,
        form.read_rest(rest),
        relations,
        partners,
        about,
        filled,
        ratings,
        goals,
        voices,
        profile,
    )


def _clean(rows: Cells) -> Cells:
    return [(number, [clean_cell(text) for text in row]) for number, row in rows]


def _find_beside(rows: Cells, label: str) -> str:
    """What stands right of a label; "" where the label is gone."""
    for _, row in rows:
        for text, beside in pairwise(row):
            if text == label:
                return beside
    return ""


def _read_partners(file: str, rows: Cells, relations: Mapping[str, str]) -> tuple[PartnerRow, ...]:
    headings = {**form.HEADINGS, **relations}
    keys = {fold_plain(heading): key for key, heading in headings.items()}
    at, columns = _find_head(rows, keys)
    if not {form.NAME, form.WORKS} <= {*columns}:
        raise InputError(
            f'{file}, sheet "{form.PARTNERS}": found no column "{form.HEADINGS[form.NAME]}" or '
            f'"{form.HEADINGS[form.WORKS]}". The headings stay as they were sent. Copy the answers '
            "into the questionnaire itself."
        )
    found = []
    for number, row in rows[at + 1 :]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row) and row[k]}
        answers = {key: text for key, text in texts.items() if key not in NO_TIE}
        id_, name = texts.get(form.ID, ""), texts.get(form.NAME, "")
        if id_ or name or answers:
            found.append(PartnerRow(number, id_, name, _read_code(texts), answers))
    return tuple(found)


def _find_head(rows: Cells, keys: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row of headings: the one with most of them; which column is what."""
    best: tuple[int, dict[str, int]] = (len(rows), {})
    for at, (_, row) in enumerate(rows):
        columns: dict[str, int] = {}
        for k, text in enumerate(row):
            key = keys.get(fold_plain(text), "")
            if key:
                columns.setdefault(key, k)
        if len(columns) > len(best[1]):
            best = at, columns
    return best


def _read_code(texts: Mapping[str, str]) -> tuple[Filed, ...]:
    """The ties that the questionnaire showed; none where the code was changed."""
    try:
        return tuple(Filed(str(r), str(way)) for r, way in json.loads(texts.get(form.CODE, "[]")))
    except (ValueError, TypeError, RecursionError):
        return ()


def _read_ratings(rows: Cells) -> tuple[RatingRow, ...]:
    keys = {fold_plain(form.HEADINGS[key]): key for key in (form.ID, form.NAME)}
    keys |= {fold_plain(each.question): each.id for each in list_dimensions().values()}
    at, columns = _find_head(rows, keys)
    found = []
    for number, row in rows[at + 1 :]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row) and row[k]}
        id_, name = texts.pop(form.ID, ""), texts.pop(form.NAME, "")
        if texts or (name and not id_):
            found.append(RatingRow(number, id_, name, texts))
    return tuple(found)


def _read_goals(rows: Cells) -> tuple[GoalRow, ...]:
    keys = {fold_plain(heading): key for key, heading in form.GOAL_HEADINGS.items()}
    at, columns = _find_head(rows, keys)
    found = []
    for number, row in rows[at + 1 :]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row) and row[k]}
        key = texts.get(form.KEY, "")
        answers = {k: texts[k] for k in (TO_FILL if key else TO_ADD) if k in texts}
        if answers:
            found.append(GoalRow(number, key, answers))
    return tuple(found)


def _read_profile(rows: Cells) -> tuple[ProfileRow, ...]:
    keys = {fold_plain(heading): key for key, heading in form.PROFILE_HEADINGS.items()}
    at, columns = _find_head(rows, keys)
    found = []
    for number, row in rows[at + 1 :]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row)}
        if texts.get(form.INSTEAD):
            found.append(ProfileRow(number, texts.get(form.KEY, ""), texts[form.INSTEAD]))
    return tuple(found)


def _read_about(rows: Cells) -> tuple[AboutRow, ...]:
    keys = {fold_plain(heading): key for key, heading in form.ABOUT_HEADINGS.items()}
    at, columns = _find_head(rows, keys)
    end, _ = _find_voices(rows)
    found = []
    for number, row in rows[at + 1 : end]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row)}
        cells = [texts.get(key, "") for key in (form.KEY, form.HAVE, form.RIGHT, form.INSTEAD)]
        if any(cells):
            found.append(AboutRow(number, *cells))
    return tuple(found)


def _find_voices(rows: Cells) -> tuple[int, dict[str, int]]:
    """The row of headings of the list of those whom it speaks for; past the end without one."""
    keys = {fold_plain(heading): key for key, heading in form.VOICE_HEADINGS.items()}
    at, columns = _find_head(rows, keys)
    return (at, columns) if form.SPEAKS in columns else (len(rows), {})


def _read_voices(rows: Cells) -> tuple[VoiceRow, ...]:
    at, columns = _find_voices(rows)
    found = []
    for number, row in rows[at + 1 :]:
        texts = {key: row[k] for key, k in columns.items() if k < len(row) and row[k]}
        key = texts.get(form.KEY, "")
        asked = ANSWERS if key else (form.POPULATION, *ANSWERS)
        answers = {k: texts[k] for k in asked if k in texts}
        if answers:
            found.append(VoiceRow(number, key, texts.get(form.POPULATION, ""), answers))
    return tuple(found)
