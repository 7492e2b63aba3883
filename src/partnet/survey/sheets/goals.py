"""The goals that a questionnaire asks about: whose they are, and where they stand on file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.rows.spelling import fold_label
from ...core.wording.text import join_words, say_date, say_number
from .. import form
from .pen import Pen, begin_list, set_height

BLANK_GOALS = 3  # rows to write in goals that are not on file
NOBODY, OWN = "all of us", "yours"
WIDTHS = {
    form.KEY: 4, form.GOAL: 26, form.MEASURE: 20, form.WHOSE: 15, form.TARGET: 13, form.DUE: 13,
    form.STANDS: 18, form.NUMBER: 12, form.DAY: 14, form.REMARK: 20,
}  # fmt: skip
TO_FILL = (form.NUMBER, form.DAY, form.REMARK)  # of a goal that is on file
TO_ADD = (form.GOAL, form.MEASURE, form.TARGET, form.DUE, *TO_FILL)  # of another one


@dataclass(frozen=True, slots=True)
class AskedGoal:
    """One goal on file, as the organization asked may see it: texts by key of the column."""

    key: str
    texts: dict[str, str]


def concerns(row: Any, organization: str) -> bool:
    """Tell whether a goal is one of the organization, or of the network as a whole."""
    ends = (row.organization, row.other)
    return ends == ("", "") or organization in ends


def list_goals(here: Network, organization: str) -> list[AskedGoal]:
    """Give the goals of an organization and those of the network, its own first.

    Nobody is shown a goal of others.
    """
    rows = [row for row in here.rows("goals").itertuples() if concerns(row, organization)]
    rows.sort(key=lambda row: (row.organization, row.other) == ("", ""))
    return [AskedGoal(row.goal, _describe(here, row, organization)) for row in rows]


def _describe(here: Network, row: Any, organization: str) -> dict[str, str]:
    counted = f"{row.measure}, {row.unit}" if row.measure and row.unit else row.measure or row.unit
    target = "" if pd.isna(row.target) else f"{say_number(row.target)} {row.unit}".strip()
    return {
        form.GOAL: row.goal,
        form.MEASURE: counted,
        form.WHOSE: _say_whose(here, row, organization),
        form.TARGET: target,
        form.DUE: "" if pd.isna(row.due) else say_date(row.due),
        form.STANDS: _say_newest(here).get(fold_label(row.goal), "nothing measured"),
    }


def _say_whose(here: Network, row: Any, organization: str) -> str:
    ends = (row.organization, row.other)
    if organization not in ends:
        return NOBODY
    return join_words([OWN, *(here.name(id_) for id_ in ends if id_ not in ("", organization))])


@fact
def _say_newest(here: Network) -> dict[str, str]:
    """The newest number by folded goal; two of one day count as their mean, as everywhere."""
    rows = here.rows("measurements")
    means = rows.groupby([rows["goal"].map(fold_label), "date"])["value"].mean()
    return {
        str(goal): f"{say_number(float(value))} on {say_date(day)}"
        for (goal, day), value in means.groupby(level=0).tail(1).items()
    }


def write_goals(sheet: Any, pen: Pen, goals: Sequence[AskedGoal]) -> None:
    """Write one row a goal on file, and rows for goals that the list lacks."""
    widths = list(WIDTHS.values())
    columns = [(form.GOAL_HEADINGS[key], width) for key, width in WIDTHS.items()]
    head = begin_list(sheet, pen, "Where do our goals stand?", _say_goals(), columns)
    known = [({form.KEY: goal.key, **goal.texts}, TO_FILL) for goal in goals]
    rows = [*known, *[({form.WHOSE: OWN}, TO_ADD)] * BLANK_GOALS]
    for row, (texts, answers) in enumerate(rows, start=head + 1):
        for k, key in enumerate(WIDTHS):
            pen.write(sheet, row, k, texts.get(key, ""), "answer" if key in answers else "known")
        set_height(sheet, row, [texts.get(key, "") for key in WIDTHS][1:], widths[1:])


def _say_goals() -> tuple[str, str]:
    return (
        "Write the newest number that you know, and the day it stands for (12/31/2026). Leave "
        "blank what you do not know.",
        "The empty rows are for what you want to reach with your partners. Other partners see the "
        "goals of all of us, and not yours.",
    )
