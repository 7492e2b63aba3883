"""The sheet that asks an organization for its own account: whom it serves, why, what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.wording.text import say_number
from ...facts.answers import get_answers
from ...io.survey import table_of_survey
from .. import form
from .pen import Pen, begin_list, set_height

STOCKTAKING = "stocktaking"  # the survey whose questions it asks
WIDTHS = {form.KEY: 4, form.WHAT: 46, form.HAVE: 44, form.INSTEAD: 60}
LEAST_LINES = 3  # of a row in which people write sentences


def list_questions() -> dict[str, str]:
    """Give what is asked, by column of the table of profiles."""
    columns = table_of_survey(STOCKTAKING).columns[1:]
    return {column.name: column.note for column in columns}


def list_profile(here: Network, organization: str) -> dict[str, str]:
    """Give what an organization's own account says on file, by column; "" where it says nothing."""
    return {name: _say(get_answers(here).at[organization, name]) for name in list_questions()}


def _say(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else say_number(float(value)).replace(",", "")


def write_profile(sheet: Any, pen: Pen, known: Mapping[str, str]) -> None:
    """Write one row a question, with what is on file, to correct or to answer."""
    columns = [(form.PROFILE_HEADINGS[key], width) for key, width in WIDTHS.items()]
    notes = (
        "Answer in a few words. Several answers: separate them with semicolons.",
        "What is on file and right needs no answer. Leave blank what you do not know.",
    )
    head = begin_list(sheet, pen, "What do you do, for whom and why?", notes, columns)
    for row, (key, question) in enumerate(list_questions().items(), start=head + 1):
        texts = (key, question, known.get(key, ""))
        for k, text in enumerate(texts):
            pen.write(sheet, row, k, text, "known")
        pen.write(sheet, row, len(texts), "", "answer")
        set_height(sheet, row, texts[1:], [*WIDTHS.values()][1:3], least=LEAST_LINES)
