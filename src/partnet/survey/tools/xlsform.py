"""An XLSForm: the workbook that KoBo, ODK, Ona and SurveyCTO make a form of."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from ...core.errors import PartnetError
from ...core.storage.writing import CREATED
from .own_goals import FILES, name_field, pipe
from .questions import CHOICE, DAY, GRID, NUMBER, RESPONDENT, Option, Question, ToolForm, make_code

FILE = "questionnaire.xlsx"
SURVEY = ("type", "name", "label", "hint", "required", "relevant", "appearance", "calculation")
RAW = tuple(SURVEY.index(name) for name in ("relevant", "calculation"))  # formulas of ours
CHOICES, SETTINGS = ("list_name", "name", "label"), ("form_title", "form_id", "version")
MOST_TEXT = 32_000
TYPES = {NUMBER: "decimal", DAY: "date"}


def write_xlsform(form: ToolForm, respondent: str, note: str) -> dict[str, bytes]:
    """Give the workbook of a form: its questions, their choices and its settings."""
    wave = make_code(form.settings.wave)
    version = "_".join(filter(None, (wave, make_code(form.settings.day))))
    sheets: dict[str, list[Sequence[str]]] = {
        "survey": [SURVEY, *_list_survey(form, respondent, note)],
        "choices": [CHOICES, *_list_choices(form)],
        "settings": [SETTINGS, (form.title, f"partners_{wave}", version)],
    }
    return {FILE: _write(sheets)}


def _list_survey(form: ToolForm, respondent: str, note: str) -> Iterator[Sequence[str]]:
    yield "note", "about", note, *[""] * 5
    asked = f"select_one {RESPONDENT}s"
    yield asked, RESPONDENT, respondent, "", "yes", "", "minimal autocomplete", ""
    for slot in range(1, form.slots + 1):
        yield "calculate", name_field(slot), *[""] * 5, _pull(slot)
    for question in form.questions:
        if question.kind == GRID:
            yield from _list_grid(form, question)
        elif question.kind == CHOICE:
            kind, after = f"select_one {question.code}", _say_after(question)
            yield kind, question.code, question.text, "", "", after, "", ""
        elif question.kind in TYPES:
            filled = f"${{{name_field(question.slot)}}} != ''" if question.slot else ""
            kind, text = TYPES[question.kind], question.text
            yield kind, question.code, text, "", "", filled or _say_after(question), "", ""
        else:
            yield "text", question.code, question.text, "", "", "", "multiline", ""


def _say_after(question: Question) -> str:
    return f"${{{question.after}}} = 'yes'" if question.after else ""


def _pull(slot: int) -> str:
    """Look the goal of whoever answers up in the file that goes with the form."""
    name = name_field(slot)
    return (
        f"pulldata('{FILES['xlsform'].removesuffix('.csv')}', '{name}', 'key', ${{{RESPONDENT}}})"
    )


def _list_grid(form: ToolForm, question: Question) -> Iterator[Sequence[str]]:
    """A table with a row for each partner: all, or those that one works with."""
    yield "begin_group", f"{question.code}_table", question.text, "", "", "", "table-list", ""
    for id_, option, name in form.list_rows(question):
        own = f"${{{RESPONDENT}}} != '{option.code}'" if id_ in form.respondents else ""
        works = f"${{works_{option.code}}} = 'yes'" if question.working else ""
        relevant = works or own
        yield f"select_one {question.code}", name, option.label, "", "", relevant, "", ""
    yield "end_group", *[""] * 7


def _list_choices(form: ToolForm) -> Iterator[Sequence[str]]:
    lists: dict[str, Sequence[Option]] = {f"{RESPONDENT}s": [*form.respondents.values()]}
    lists |= {q.code: q.options for q in form.questions if q.options}
    for name, options in lists.items():
        for option in options:
            yield name, option.code, option.label


def _write(sheets: dict[str, list[Sequence[str]]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": CREATED})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, text in enumerate(row):
                    _write_cell(sheet, at, column, text)
    return out.getvalue()


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    """Write a text; "${" in a name would be taken for a question."""
    safe = text if column in RAW else pipe(text.replace("${", "$ {"), "xlsform")
    code = sheet.write_string(row, column, safe[:MOST_TEXT]) if safe else 0
    if code != 0:
        raise PartnetError(f"Excel file: a cell could not be written (XlsxWriter code {code}).")
