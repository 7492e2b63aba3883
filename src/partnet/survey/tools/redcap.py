"""A REDCap data dictionary: the table of fields that a project is made from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ...core.wording.safety import escape_cell
from .own_goals import name_field, pipe
from .questions import CHOICE, DAY, GRID, NUMBER, RESPONDENT, Option, Question, ToolForm

FILE = "data_dictionary.csv"
FORM = "partners"
VALIDATION = "Text Validation Type OR Show Slider Number"
BRANCHING = "Branching Logic (Show field only if...)"
HEADINGS = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note",
    VALIDATION, "Text Validation Min", "Text Validation Max",
    "Identifier?", BRANCHING, "Required Field?",
    "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
VALID = {NUMBER: "number", DAY: "date_mdy"}


def write_redcap(form: ToolForm, respondent: str, note: str) -> dict[str, bytes]:
    """Give the data dictionary of a project, to be uploaded in its Designer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for field in _list_fields(form, respondent, note):
        writer.writerow([escape_cell(field.get(heading, "")) for heading in HEADINGS])
    return {FILE: out.getvalue().encode("utf-8")}


def _list_fields(form: ToolForm, respondent: str, note: str) -> Iterator[dict[str, str]]:
    yield _make_field("record_id", "text", "Record ID")
    yield _make_field("about", "descriptive", note)
    who = _make_field(RESPONDENT, "dropdown", respondent, [*form.respondents.values()])
    yield who | {"Required Field?": "y", VALIDATION: ""}
    for slot in range(1, form.slots + 1):
        held = _make_field(name_field(slot), "text", f"Goal {slot} of this organization")
        yield held | {"Field Annotation": "From an import. @HIDDEN-SURVEY @READONLY"}
    for question in form.questions:
        if question.kind == GRID:
            yield from _list_matrix(form, question)
        elif question.kind == CHOICE:
            field = _make_field(question.code, "radio", question.text, question.options)
            yield field | {BRANCHING: _say_after(question)}
        elif question.kind in VALID:
            field = _make_field(question.code, "text", pipe(question.text, "redcap"))
            filled = f"[{name_field(question.slot)}] <> ''" if question.slot else ""
            shown = filled or _say_after(question)
            yield field | {VALIDATION: VALID[question.kind], BRANCHING: shown}
        else:
            yield _make_field(question.code, "notes", question.text)


def _say_after(question: Question) -> str:
    return f"[{question.after}] = 'yes'" if question.after else ""


def _list_matrix(form: ToolForm, question: Question) -> Iterator[dict[str, str]]:
    """A row for each partner: all, or those that one works with."""
    section = question.text
    for id_, option, name in form.list_rows(question):
        field = _make_field(name, "radio", label_row(question, option), question.options)
        own = f"[{RESPONDENT}] <> '{option.code}'" if id_ in form.respondents else ""
        works = f"[works_{option.code}] = 'yes'" if question.working else ""
        field |= {"Section Header": section, "Matrix Group Name": f"{question.code}_rows"}
        yield field | {BRANCHING: works or own}
        section = ""


def label_row(question: Question, option: Option) -> str:
    """Give the label of a row: an export with labels has nothing else above its column."""
    return f"{option.label} – {question.text}"


def _make_field(name: str, kind: str, label: str, options: Sequence[Option] = ()) -> dict[str, str]:
    choices = " | ".join(f"{o.code}, {o.label.replace('|', '/')}" for o in options)
    return {
        "Variable / Field Name": name,
        "Form Name": FORM,
        "Field Type": kind,
        "Field Label": label,
        "Choices, Calculations, OR Slider Labels": choices,
    }
