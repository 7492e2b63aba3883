"""Goals of single organizations in a form that is one for all: piped fields, or sections.

A form names no goal of one organization to others: where the tool can fill a text in for whoever
answers, the form holds numbered fields, and a file of its own says which goals they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ...core.network import Network
from ...core.rows.spelling import fold_label
from ...core.wording.safety import escape_cell
from .. import form
from .questions import (
    DAY,
    NUMBER,
    RESPONDENT,
    OwnGoal,
    Question,
    ToolForm,
    describe_goal,
    plain_line,
)

FIELD = "own_goal_"  # with a number: the field of a tool that holds the name of a goal
HELD = re.compile(rf"\{{{FIELD}(\d+)\}}")  # where a text of ours names that field
PIPES: Mapping[str, str] = MappingProxyType(
    {
        "xlsform": f"${{{FIELD}\\1}}",
        "redcap": f"[{FIELD}\\1]",
        "qualtrics": f"${{e://Field/{FIELD}\\1}}",
    }
)
FILES: Mapping[str, str] = MappingProxyType(
    {"xlsform": "own_goals.csv", "redcap": "records.csv", "qualtrics": "contacts.csv"}
)
# What is to be done, and what the tool cannot do.
HOW: Mapping[str, str] = MappingProxyType(
    {
        "xlsform": "upload own_goals.csv as a media file of the form. Whoever chooses another "
        "organization sees its goals: an XLSForm does not know who answers.",
        "redcap": "import records.csv as data, and send each organization the survey link of its "
        "own record. The public link of the survey shows no goal of one organization.",
        "qualtrics": "fill e-mail addresses into contacts.csv, upload it as a contact list, and "
        "send personal links. A text file holds no embedded data and hides no question: add "
        "own_goal_1, ... as embedded data in the survey flow, and give each question about one the "
        "display logic that it is not empty.",
        "forms": "make a section for each organization, as the list of questions says, with Go to "
        "section based on answer (Google) or branching (Microsoft). Whoever chooses another "
        "organization sees its goals: no form of this kind knows who answers.",
    }
)


def list_own_goals(here: Network, organization: str) -> tuple[OwnGoal, ...]:
    """Give the goals of one organization, alone or with a partner: not those of the network."""
    rows = [
        row
        for row in here.rows("goals").itertuples()
        if organization in (row.organization, row.other)
    ]
    once = {fold_label(row.goal): row for row in reversed(rows)}
    kept = [row for row in rows if once[fold_label(row.goal)].Index == row.Index]
    return tuple(OwnGoal(row.goal, describe_goal(row)) for row in kept)


def ask_slots(most: int) -> Iterator[Question]:
    """Ask about the first, second, ... goal of whoever answers; its name is filled in."""
    for slot in range(1, most + 1):
        yield from _ask(f"own_{slot}", f"A goal of yours – {{{FIELD}{slot}}}", slot=slot)


def ask_sections(
    own: Mapping[str, Sequence[OwnGoal]], names: Mapping[str, str]
) -> Iterator[Question]:
    """Ask each organization about its goals by name, in a section of its own."""
    for number, (id_, goals) in enumerate(own.items(), start=1):
        for k, goal in enumerate(goals, start=1):
            text = plain_line(f"{names[id_]} – {goal.label}")
            yield from _ask(f"own_{number}_{k}", text, goal=goal.key, only=id_)


def _ask(code: str, text: str, **about: Any) -> Iterator[Question]:
    newest = f"{text}: what is the newest number that you know?"
    yield Question(f"{code}_number", form.MEASURED, newest, NUMBER, **about)
    day = f"{text}: on which day was it counted?"
    yield Question(f"{code}_day", form.MEASURED_ON, day, DAY, **about)


def pipe(text: str, tool: str) -> str:
    """Write a text with the fields of a tool where it names one.

    Examples
    --------
    >>> pipe("A goal of yours – {own_goal_2}", "redcap")
    'A goal of yours – [own_goal_2]'
    """
    return HELD.sub(PIPES[tool], text) if tool in PIPES else text


def name_field(slot: int) -> str:
    """The field that holds the name of the first, second, ... goal."""
    return f"{FIELD}{slot}"


def list_goal_codes(own: Mapping[str, Sequence[OwnGoal]]) -> dict[str, dict[str, str]]:
    """Give for the mapping which goal each field means, by the id of who answers."""
    most = max(map(len, own.values()), default=0)
    return {
        name_field(k + 1): {id_: goals[k].key for id_, goals in own.items() if len(goals) > k}
        for k in range(most)
    }


def write_goal_file(asked: ToolForm, tool: str) -> dict[str, bytes]:
    """Give the file from which a tool fills in the goals of whoever answers; none without any."""
    if not asked.slots or tool not in FILES:
        return {}
    fields = [name_field(k) for k in range(1, asked.slots + 1)]
    heads, starts = {
        "xlsform": (["key"], lambda number, option: [option.code]),
        "redcap": (["record_id", RESPONDENT], lambda number, option: [f"{number}", option.code]),
        "qualtrics": (
            ["FirstName", "LastName", "Email", "ExternalDataReference"],
            lambda number, option: [option.label, "", "", option.code],
        ),
    }[tool]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*heads, *fields])
    for number, (id_, option) in enumerate(asked.respondents.items(), start=1):
        labels = [goal.label for goal in asked.own.get(id_, ())]
        cells = [*starts(number, option), *labels, *[""] * (len(fields) - len(labels))]
        writer.writerow([escape_cell(cell) for cell in cells])
    return {FILES[tool]: out.getvalue().encode("utf-8")}
