"""What organizations say of goals: where they stand, and which others there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..core.errors import Where
from ..core.network import Network
from ..core.rows.spelling import fold_label
from ..core.schema import TABLES
from ..io.values.aims import read_aim
from ..io.values.parse import parser_of
from ..io.values.words import is_nonanswer
from . import form
from .changes import About
from .returned import Returned
from .sheets.goals import concerns
from .tables import Placed

COLUMNS = {form.NUMBER: ("measurements", "value"), form.DAY: ("measurements", "date")}
COLUMNS |= {form.TARGET: ("goals", "target"), form.DUE: ("goals", "due")}


@dataclass(frozen=True)
class SaidGoal:
    """What one row, or the columns of a form, say of a goal.

    Attributes
    ----------
    key : str
        Which goal on file it is about; "" of one that was written in.
    answers : mapping of str to str
        What was written, by key of the column.
    places : mapping of str to Where
        Where each answer stands.
    """

    key: str
    answers: Mapping[str, str]
    places: Mapping[str, Where]

    @property
    def first(self) -> Where:
        """Where the first answer stands."""
        return next(iter(self.places.values()))


def read_goals(returned: Returned, respondent: str, net: Network, about: About) -> None:
    """Take what a questionnaire says of goals, each cell read or named."""
    for row in returned.goals:
        places = {
            key: Where(returned.file, form.GOALS, row.row, form.GOAL_HEADINGS[key])
            for key in row.answers
        }
        read_goal(SaidGoal(row.key, row.answers, places), respondent, net, about)


def read_goal(said: SaidGoal, respondent: str, net: Network, about: About) -> None:
    """Take what is said of one goal."""
    if said.key:
        goal = _find_own(said.key, respondent, net)
        if not goal:
            _refuse_all(said, about, f'"{said.key}"', "It is asked about goals on file.")
            return
    else:
        goal = _take_new(said, respondent, net, about)
    if not goal:
        return
    _read_number(said, goal, respondent, net, about)
    if form.REMARK in said.answers:
        text = f"{goal}: {said.answers[form.REMARK]}"
        about.remarks.append((respondent, said.places[form.REMARK], text))


def _refuse_all(said: SaidGoal, about: About, found: str, allowed: str) -> None:
    fix = "Ask which goal is meant. The row is set aside."
    about.refuse(said.first, found, allowed, fix, "goals", cells=len(said.answers))


def _find_rows(goal: str, net: Network) -> list[Any]:
    table = net.table("goals")
    return [*table[table["goal"].map(fold_label) == fold_label(goal)].itertuples()]


def _find_own(goal: str, respondent: str, net: Network) -> str:
    """The goal on file of that name that the respondent was shown; "" without one."""
    rows = [row for row in _find_rows(goal, net) if concerns(row, respondent)]
    return str(rows[0].goal) if rows else ""


def _read_number(said: SaidGoal, goal: str, respondent: str, net: Network, about: About) -> None:
    """A number and its day are a measurement; one without the other is none."""
    texts = {key: said.answers.get(key, "") for key in (form.NUMBER, form.DAY)}
    if not any(texts.values()) or is_nonanswer(texts[form.NUMBER]):
        return
    values = {key: _read_value(key, said, net, about) for key, text in texts.items() if text}
    if len(values) < len(texts):
        (key,) = values
        if values[key] is not None:
            lacks = "a day" if key == form.NUMBER else "a number"
            allowed = "A measurement has a number and the day on which it was counted."
            fix = f"Write {lacks} beside it. The cell is not used."
            about.refuse(said.places[key], f'"{texts[key]}", without {lacks}', allowed, fix,
                         "measurements")  # fmt: skip
        return
    number, day = values[form.NUMBER], values[form.DAY]
    if number is None or day is None:
        beside = (number is None) != (day is None)  # what stands beside a cell set aside
        about.aside[said.first.file] = about.aside.get(said.first.file, 0) + beside
        return
    record = {"goal": goal, "date": f"{day:%Y-%m-%d}", "value": f"{number!r}"}
    record |= {"source": net.name(respondent)}
    about.measurements.append((said.places[form.NUMBER], record))


def _read_value(key: str, said: SaidGoal, net: Network, about: About) -> Any:
    """A number or a day; ``None`` where it cannot be read, which is said."""
    text, (table, column) = said.answers[key], COLUMNS[key]
    declared = TABLES[table].column(column)
    cell = parser_of(declared, net.vocabulary)(text)
    aim = read_aim(text) if cell.wrong and declared.type == "number" else None
    if aim is not None and not aim.change:  # at least 80%, 11 min
        return aim.number
    if cell.wrong or cell.value is None or pd.isna(cell.value):
        fix = f"{cell.wrong} The cell is not used.".strip()
        about.refuse(said.places[key], f'"{text}"', declared.allowed, fix, table)
        return None
    return cell.value


def _take_new(said: SaidGoal, respondent: str, net: Network, about: About) -> str:
    """Take a goal that was written in; gives the name under which it is kept."""
    name = " ".join(said.answers.get(form.GOAL, "").split())
    if not name:
        _refuse_all(said, about, "answers without a goal", "A row is about a goal.")
        return ""
    name = _tell_apart(name, said, respondent, net, about)
    record = {"goal": name, "organization": respondent}
    record |= {form.MEASURE: said.answers[form.MEASURE]} if form.MEASURE in said.answers else {}
    for key in (form.TARGET, form.DUE):
        value = _read_value(key, said, net, about) if said.answers.get(key) else None
        if value is not None:
            record[key] = f"{value!r}" if key == form.TARGET else f"{value:%Y-%m-%d}"
    aim = read_aim(said.answers.get(form.TARGET, ""))
    if aim is not None and aim.direction and form.TARGET in record:
        record["direction"] = aim.direction
    own = _find_own(name, respondent, net)
    known = about.goals.get(fold_label(name))
    if own:
        on_file = next(row for row in _find_rows(own, net) if concerns(row, respondent))
        _compare(said, record, _list_filed(on_file), respondent, about)
    elif known:
        _compare(said, record, known[1], respondent, about)
    else:
        about.goals[fold_label(name)] = said.first, record
    return own or name


def _tell_apart(name: str, said: SaidGoal, respondent: str, net: Network, about: About) -> str:
    """Two organizations may call their goals alike: the name of the second one is added."""
    known = about.goals.get(fold_label(name))
    others = known is not None and known[1]["organization"] != respondent
    filed = bool(_find_rows(name, net)) and not _find_own(name, respondent, net)
    if not others and not filed:
        return name
    kept = f"{name} ({net.name(respondent)})"
    about.note(
        said.first, f'"{name}", which is also a goal of another organization',
        "A goal is known by its name.", f'It is kept as "{kept}".', "goals",
    )  # fmt: skip
    return kept


def _list_filed(row: Any) -> Mapping[str, str]:
    """A goal on file, in the texts of an answer."""
    texts = {form.MEASURE: str(row.measure)}
    texts |= {form.TARGET: "" if pd.isna(row.target) else f"{float(row.target)!r}"}
    return texts | {form.DUE: "" if pd.isna(row.due) else f"{row.due:%Y-%m-%d}"}


def _compare(
    said: SaidGoal, record: Mapping[str, str], known: Mapping[str, str], respondent: str,
    about: About,
) -> None:  # fmt: skip
    """What is said otherwise of a goal that is known already is for a person to read."""
    for key in (form.MEASURE, form.TARGET, form.DUE):
        if key in record and fold_label(record[key]) != fold_label(known.get(key, "")):
            text = f"{record['goal']}, {form.GOAL_HEADINGS[key]}: {said.answers[key]}"
            about.remarks.append((respondent, said.places[key], text))


def list_measurements(about: About, wave: str) -> Iterator[Placed]:
    """Give the rows of measurements, each with who said it in which wave."""
    for where, record in about.measurements:
        yield where, {**record, "source": f"{record['source']}, survey {wave}"}
