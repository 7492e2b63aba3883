"""The files of a survey for one tool: its form, and the mapping that reads its export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ...core.network import Network
from ..form import NEW_GOALS, OTHERS, WORKS
from ..grids.mapping import RESPONDENT as CODES_OF_RESPONDENT
from ..grids.mapping import MappedColumn, SurveyMapping
from ..settings import FILE, Settings, write_settings
from ..sheets.roster import Roster
from . import redcap, texts, xlsform
from .own_goals import (
    PIPES,
    ask_sections,
    ask_slots,
    list_goal_codes,
    list_own_goals,
    name_field,
    pipe,
    write_goal_file,
)
from .questions import GRID, RESPONDENT, Option, Question, ToolForm, make_form, plain_line
from .redcap import label_row

EXCEL = "excel"
WRITERS: Mapping[str, Callable[[ToolForm, str, str], dict[str, bytes]]] = MappingProxyType(
    {
        "xlsform": xlsform.write_xlsform,
        "redcap": redcap.write_redcap,
        "qualtrics": texts.write_qualtrics,
        "forms": texts.write_forms,
    }
)
TOOLS = (EXCEL, *WRITERS)
FORM_FILES = (xlsform.FILE, redcap.FILE, texts.QUALTRICS, texts.FORMS)
ASKS_RESPONDENT = "Which organization do you answer for?"


def make_tool_files(
    here: Network, settings: Settings, tool: str, partners: int, *, ratings: bool, goals: bool,
    own_goals: bool = False, voices: bool = True,
) -> tuple[ToolForm, dict[str, bytes]]:  # fmt: skip
    """Give the form of a survey, and its files: for the tool, and the mapping back.

    One list serves everybody: all organizations, or those with most ties on file.
    """
    roster = Roster(here.for_audience("partner"), partners)
    form = make_form(
        here, settings, roster.list_shared(), ratings=ratings, goals=goals, voices=voices
    )
    filed = {id_: frozenset(roster.filed.get(id_, ())) for id_ in settings.asked}
    form = replace(form, filed=filed)
    if own_goals:
        form = _add_own_goals(here, form, tool)
    files = WRITERS[tool](form, ASKS_RESPONDENT, _write_note(settings))
    files |= write_goal_file(form, tool)
    mapping = make_mapping(form, tool)
    text = "\n".join(mapping.list_lines()) + "\n"
    return form, {**files, FILE: write_settings(settings) + text.encode("utf-8")}


def _add_own_goals(here: Network, form: ToolForm, tool: str) -> ToolForm:
    """Ask each organization about its own goals: by fields, or in sections where there are none."""
    listed = {id_: list_own_goals(here, id_) for id_ in form.respondents}
    own = {id_: goals for id_, goals in listed.items() if goals}
    if tool in PIPES:
        asked = [*ask_slots(max(map(len, own.values()), default=0))]
    else:
        labels = {id_: option.label for id_, option in form.respondents.items()}
        asked = [*ask_sections(own, labels)]
    at = next(k for k, each in enumerate(form.questions) if each.asks == NEW_GOALS)
    if tool not in PIPES:  # sections come last: from each, people go on to the end
        at = len(form.questions)
    questions = (*form.questions[:at], *asked, *form.questions[at:])
    return replace(form, questions=questions, own=own)


def _write_note(settings: Settings) -> str:
    due = f" Please answer by {settings.due}." if settings.due else ""
    to = f" Questions go to {settings.reply_to}." if settings.reply_to else ""
    return plain_line(
        "Please tell us how the network of partners looks from your organization. It takes about "
        '15 minutes. "No" means that you know that it is not so; "don\'t know" that you cannot '
        "say; leave blank what you do not get to. Your answers are read by whoever sent you this; "
        "other partners see ties, and never who reported them. Please do not write names or "
        f"details of patients or clients.{due}{to}"
    )


def make_mapping(form: ToolForm, tool: str) -> SurveyMapping:
    """Give the mapping that reads the export of a form, with codes or with labels."""
    columns = [column for question in form.questions for column in _map(form, question, tool)]
    codes = {q.asks: _list_codes([*q.options], tool) for q in form.questions if q.options}
    who = {option.code: id_ for id_, option in form.respondents.items()}
    who |= {option.label: id_ for id_, option in form.respondents.items()}
    if tool == "qualtrics":
        who |= {f"{k}": id_ for k, id_ in enumerate(form.respondents, start=1)}
    codes = {CODES_OF_RESPONDENT: who, **{asks: told for asks, told in codes.items() if told}}
    left = tuple(name_field(k) for k in range(1, form.slots + 1))  # what we filled in ourselves
    codes |= list_goal_codes(form.own) if left else {}
    heads = (RESPONDENT, ASKS_RESPONDENT)
    respondent, also = heads[::-1] if tool == "forms" else heads
    return SurveyMapping(
        respondent, tuple(columns), codes=codes, respondent_also=(also,), left=left
    )


def _list_codes(options: list[Option], tool: str) -> dict[str, str]:
    """What codes mean, where they do not say it themselves; Qualtrics numbers its answers."""
    known = {o.code: o.label for o in options if o.code != o.label}
    if tool == "qualtrics":
        known |= {f"{k}": o.label for k, o in enumerate(options, start=1)}
    return known


def _map(form: ToolForm, question: Question, tool: str) -> Iterator[MappedColumn]:
    if question.kind != GRID:
        names = (question.code, pipe(question.text, tool))
        first, other = names[::-1] if tool == "forms" else names
        asks = WORKS if question.asks == OTHERS else question.asks  # its cells name partners
        goal = name_field(question.slot) if question.slot else question.goal
        yield MappedColumn(
            first, "", asks, also=(other,), goal=goal, population=question.population
        )
        return
    earlier = _count_earlier(form, question)
    for k, (id_, option, field) in enumerate(form.list_rows(question), start=1):
        row = f"{question.text} [{option.label}]"
        repeat = f"{option.label}{earlier + 1}" if earlier else option.label
        names_by_tool = {
            "xlsform": (field, row, repeat),
            "redcap": (field, label_row(question, option)),
            "qualtrics": (f"{question.code}_{k}", row),
            "forms": (row, repeat),
        }
        first, *also = names_by_tool[tool]
        yield MappedColumn(first, id_, question.asks, also=tuple(also))


def _count_earlier(form: ToolForm, question: Question) -> int:
    """How many grids with the same rows stand before a question."""
    grids = [each for each in form.questions if each.kind == GRID]
    return grids.index(question)
