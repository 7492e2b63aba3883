"""One questionnaire as an Excel workbook: what is on file, and cells to answer in."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from ...core.rows.ratings import list_dimensions, list_steps
from ...core.storage.writing import CREATED
from ...core.vocabulary import Vocabulary
from ...places.gazetteer import county_name
from .. import form
from ..form import Asked
from ..settings import Settings
from .goals import AskedGoal, write_goals
from .pen import LINE, LISTS, Lists, Pen, begin_list, offer, set_height, set_page
from .profile import write_profile
from .roster import Filed, Listed
from .voices import AskedVoice, write_voices

MAKING = "partnet questionnaire"  # category of the workbook: of the same making
BLANK_PARTNERS, BLANK_SERVICES = 5, 4  # rows to write in whom and what the list lacks
WIDTHS = {
    form.ID: 4, form.CODE: 4, form.NAME: 29, form.PLACE: 25, form.FILED: 23, form.WORKS: 11,
    form.OFTEN: 11, form.REMARK: 19,
}  # fmt: skip
ASKED_WIDTH, TRUST_WIDTH = 12, 16
START_WIDTHS = (24, 78)
ABOUT_WIDTHS = (4, 26, 40, 14, 40)
SEATS_WIDTH = 12
LEVELS = ("executive", "manager", "staff")


@dataclass(frozen=True)
class Questionnaire:
    """What one organization is asked.

    Attributes
    ----------
    settings : Settings
        Of the whole survey.
    organization : str
        Id of the one that is asked.
    facts : mapping of str to str
        What is on file about it: name, kind, county, ZIP code.
    partners : sequence of Listed
        Whom its list holds.
    services : DataFrame
        Its services on file: service, county_fips, population.
    ratings : bool
        Whether it is asked about the value of its partners, and its trust in them.
    goals : sequence of AskedGoal, optional
        Goals on file to say where they stand; ``None``: it is not asked about goals.
    voices : sequence of AskedVoice, optional
        Populations to say whether it speaks for them; ``None``: it is not asked about that.
    profile : mapping of str to str, optional
        Its own account on file, by question; ``None``: it is not asked for it.
    """

    settings: Settings
    organization: str
    facts: Mapping[str, str]
    partners: Sequence[Listed]
    services: pd.DataFrame
    ratings: bool = True
    goals: Sequence[AskedGoal] | None = None
    voices: Sequence[AskedVoice] | None = None
    profile: Mapping[str, str] | None = None

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets that people see."""
        more = {form.TRUST: self.ratings, form.GOALS: self.goals is not None}
        more |= {form.PROFILE: self.profile is not None}
        return [form.START, form.PARTNERS, form.ABOUT, *(name for name in more if more[name])]


def make_workbook(
    asked: Questionnaire, vocabulary: Vocabulary, services: Sequence[str] = ()
) -> bytes:
    """Give the workbook of a questionnaire; `services` are the words of a drop-down."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": MAKING, "category": MAKING, "created": CREATED})
        pen = Pen(book)
        sheets = {name: book.add_worksheet(name) for name in asked.sheets}
        lists, hidden = book.add_worksheet(LISTS), book.add_worksheet(form.HIDDEN)
        for sheet in (lists, hidden):
            sheet.hide()
        words = Lists(lists, pen)
        relations = form.ask_relations(vocabulary, asked.settings.relations)
        _write_start(sheets[form.START], pen, asked)
        _write_partners(sheets[form.PARTNERS], pen, asked, relations, vocabulary)
        _write_about(sheets[form.ABOUT], pen, asked, words.add(services))
        if asked.ratings:
            _write_trust(sheets[form.TRUST], pen, asked)
        if asked.goals is not None:
            write_goals(sheets[form.GOALS], pen, asked.goals)
        if asked.profile is not None:
            write_profile(sheets[form.PROFILE], pen, asked.profile)
        _write_hidden(hidden, pen, asked, relations)
        for sheet in sheets.values():
            sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    return out.getvalue()


def _write_start(sheet: Any, pen: Pen, asked: Questionnaire) -> None:
    set_page(sheet, landscape=False)
    for k, width in enumerate(START_WIDTHS):
        sheet.set_column(k, k, width)
    pen.write(sheet, 0, 0, asked.settings.title, "title")
    pen.write(sheet, 1, 0, f"Questions for {asked.facts['name']}", "subtitle")
    rows = list(_say_start(asked))
    for row, (label, text) in enumerate(rows, start=3):
        pen.write(sheet, row, 0, label, "strong")
        pen.write(sheet, row, 1, text, "plain")
        set_height(sheet, row, (label, text), START_WIDTHS)
    row = len(rows) + 4
    pen.write(sheet, row, 0, form.ROLE, "label")
    pen.write(sheet, row, 1, "", "answer")
    offer(sheet, row, 1, LEVELS)
    pen.write(sheet, row + 1, 1, f"Of whoever fills this in: {', '.join(LEVELS)}.", "note")


def _say_start(asked: Questionnaire) -> list[tuple[str, str]]:
    """Say in plain words what this is and how to answer, for somebody who never saw it."""
    settings = asked.settings
    due = f" Please send it back by {settings.due}." if settings.due else ""
    to = f" Send it to {settings.reply_to}." if settings.reply_to else ""
    said = [
        ("What this is", "We keep a list of the organizations that work on health here, and of who "
         "works with whom. Please tell us how it looks from your organization. It takes about 15 "
         "minutes."),
        ("What to do", f'Go through the sheets "{form.PARTNERS}" and "{form.ABOUT}" (tabs at the '
         "bottom). Answer in the light yellow cells: click one, and choose from the list that "
         "opens. Gray cells show what is on file today."),
        ("Three answers", "They mean different things, so please keep them apart."),
        ("    no", "You know that it is not so: you do not work with them."),
        ("    don't know", "You cannot say; somebody else in your organization may."),
        ("    blank", "You did not get to it. We do not take a blank for a no, unless you say so "
         "at the top of the list."),
        ("As on file", f'In the column "{form.HEADINGS[form.WORKS]}", "{form.ON_FILE}" says that '
         f'the column "{form.HEADINGS[form.FILED]}" is right and complete. Nothing more is needed '
         "in that row, but how often you are in touch helps."),
        *([("Value and trust", f'The sheet "{form.TRUST}" asks how you see your partners. It is '
         "read by whoever sent you this, and shown to nobody else.")] if asked.ratings else []),
        *([("Goals", f'The sheet "{form.GOALS}" asks where goals stand that we set together, or '
         "that you set for yourselves.")] if asked.goals is not None else []),
        *([("Profile", f'The sheet "{form.PROFILE}" asks what you do, for whom and why, in a few '
         "words.")] if asked.profile is not None else []),
        *([("Whom you speak for", f'At the end of "{form.ABOUT}" we ask who is heard with you: '
         "residents, or a group of them.")] if asked.voices is not None else []),
        ("Somebody is missing", f"Write them into the empty rows at the end of {form.PARTNERS}."),
        ("Two of you", "If two people of your organization fill it in, send us both files. Where "
         "one of you says yes and the other no, yes counts, and we see the difference."),
        ("Who sees it", "Whoever sent you this. Other partners see ties, and never who reported "
         "them. Please do not write names or details of patients or clients."),
        ("When you are done", f"Save the file and send it back, also if it is only half done.{due}"
         f"{to}"),
    ]  # fmt: skip
    return said


def _write_partners(
    sheet: Any,
    pen: Pen,
    asked: Questionnaire,
    relations: Sequence[Asked],
    vocabulary: Vocabulary,
) -> None:
    set_page(sheet, landscape=True)
    columns = list_columns(relations)
    widths = [WIDTHS.get(key, ASKED_WIDTH) for key in columns]
    for k, key in enumerate(columns):
        hidden = {"hidden": True} if key in (form.ID, form.CODE) else {}
        sheet.set_column(k, k, widths[k], None, hidden)
    shown = columns.index(form.NAME)
    pen.write(sheet, 0, shown, "Whom do you work with?", "title")
    _write_rest(sheet, pen, 1, shown)
    for row, text in enumerate(_say_answers(vocabulary), start=2):
        pen.write(sheet, row, shown, text, "note")
    head = 4
    headings = {**form.HEADINGS, **{each.relation.id: each.heading for each in relations}}
    for k, key in enumerate(columns):
        pen.write(sheet, head, k, headings[key], "head")
    set_height(sheet, head, [headings[key] for key in columns[shown:]], widths[shown:])
    sheet.freeze_panes(head + 1, shown + 1)
    sheet.repeat_rows(head)
    options = {each.relation.id: each.options for each in relations}
    options[form.OFTEN] = (*vocabulary.ladders[form.LADDER].levels, form.UNKNOWN)
    rows = [_fill_row(each, vocabulary) for each in asked.partners] + [{}] * BLANK_PARTNERS
    for row, known in enumerate(rows, start=head + 1):
        for k, key in enumerate(columns):
            fixed = key in (form.PLACE, form.FILED, form.ID, form.CODE) or key in known
            pen.write(sheet, row, k, known.get(key, ""), "known" if fixed else "answer")
        texts = [known.get(key, "") for key in columns[shown:]]
        set_height(sheet, row, texts, widths[shown:])
    for k, key in enumerate(columns):
        offer(sheet, head + 1, k, options.get(key, ()), len(rows))


def _write_rest(sheet: Any, pen: Pen, row: int, column: int) -> None:
    """The one question about all cells left blank, so that nobody has to write no forty times."""
    pen.write(sheet, row, column, form.REST, "label")
    pen.write(sheet, row, column + 1, "", "answer")
    offer(sheet, row, column + 1, (form.REST_NO, form.REST_OPEN))
    said = f'"{form.REST_NO}", or "{form.REST_OPEN}".'  # for those who fill it in on paper
    pen.write(sheet, row, column + 2, said, "note")
    sheet.set_row(row, 2 * LINE)


def _say_answers(vocabulary: Vocabulary) -> tuple[str, str]:
    """The answers of the drop-downs, for those who fill it in on paper."""
    plain = f"{form.YES_}, {form.NO_}, {form.UNKNOWN}"
    ways = f"{form.GIVES}, {form.TAKES}, {form.BOTH}"
    often = ", ".join(vocabulary.ladders[form.LADDER].levels)
    return (
        f"Answers: {plain}; {form.ON_FILE} where the gray column is right. How often: {often}.",
        f"Where it says who to whom: {ways}, {form.NO_}, {form.UNKNOWN}.",
    )


def list_columns(relations: Sequence[Asked]) -> list[str]:
    """Give the columns of the sheet of partners, by key."""
    asked = [each.relation.id for each in relations if each.relation.id != form.WORKS]
    first = [form.ID, form.CODE, form.NAME, form.PLACE, form.FILED, form.WORKS, form.OFTEN]
    return [*first, *asked, form.REMARK]


def _fill_row(listed: Listed, vocabulary: Vocabulary) -> dict[str, str]:
    said = "; ".join(_say_filed(each, vocabulary) for each in listed.filed)
    code = json.dumps([[each.relation, each.way] for each in listed.filed])
    return {
        form.ID: listed.id,
        form.CODE: code,
        form.NAME: listed.name,
        form.PLACE: listed.place,
        form.FILED: said or "no tie on file",
    }


def _say_filed(filed: Filed, vocabulary: Vocabulary) -> str:
    label = vocabulary.relations[filed.relation].label
    return f"{label} ({filed.way})" if filed.way else label


def _write_about(sheet: Any, pen: Pen, asked: Questionnaire, services: str) -> None:
    set_page(sheet, landscape=False)
    for k, width in enumerate(ABOUT_WIDTHS):
        sheet.set_column(k, k, width, None, {"hidden": True} if k == 0 else {})
    pen.write(sheet, 0, 1, "What we have on you", "title")
    for k, heading in enumerate(form.ABOUT_HEADINGS.values()):
        pen.write(sheet, 2, k, heading, "head")
    sheet.repeat_rows(2)
    rows = _list_about(asked)
    for row, (key, what, have, answers) in enumerate(rows, start=3):
        for k, text in enumerate((key, what, have)):
            pen.write(sheet, row, k, text, "known")
        set_height(sheet, row, ("", what, have), ABOUT_WIDTHS[:3])
        pen.write(sheet, row, 3, "", "answer" if answers else "known")
        pen.write(sheet, row, 4, "", "answer")
        offer(sheet, row, 3, (form.YES_, form.NO_, form.UNKNOWN) if answers else ())
        offer(sheet, row, 4, services if key == form.NEW_SERVICE else ())
    if asked.voices is not None:
        sheet.set_column(len(ABOUT_WIDTHS), len(ABOUT_WIDTHS), SEATS_WIDTH)
        write_voices(sheet, pen, len(rows) + 4, asked.voices)


def _list_about(asked: Questionnaire) -> list[tuple[str, str, str, bool]]:
    """Rows of the sheet: key, what it is, what is on file, whether that can be right or wrong."""
    facts = [(k, label, asked.facts.get(k, "")) for k, label in form.FACTS.items()]
    rows = [(k, label, have, bool(have)) for k, label, have in facts]
    for service, county, population in asked.services.itertuples(index=False):
        where = county_name(county)
        detail = ", ".join(filter(None, (where, f"for {population}" if population else "")))
        have = f"{service} ({detail})" if detail else service
        rows.append((json.dumps([service, county, population]), "Service", have, True))
    rows += [(form.NEW_SERVICE, "Another service you offer", "", False)] * BLANK_SERVICES
    return [*rows, (form.ADDED, "Anything else", "", False)]


def _write_trust(sheet: Any, pen: Pen, asked: Questionnaire) -> None:
    """One row a partner with a tie on file, and rows for others: six questions, four steps."""
    dimensions = list_dimensions()
    asks = {key: form.HEADINGS[key] for key in (form.ID, form.NAME)}
    asks |= {key: each.question for key, each in dimensions.items()}
    columns = [(question, WIDTHS.get(key, TRUST_WIDTH)) for key, question in asks.items()]
    head = begin_list(sheet, pen, "How do you see your partners?", _say_trust(), columns)
    sheet.freeze_panes(head + 1, 2)
    known = [(each.id, each.name) for each in asked.partners if each.filed]
    rows = [*known, *[("", "")] * BLANK_PARTNERS]
    for row, (id_, name) in enumerate(rows, start=head + 1):
        pen.write(sheet, row, 0, id_, "known")
        pen.write(sheet, row, 1, name, "known" if name else "answer")
        for k in range(2, len(columns)):
            pen.write(sheet, row, k, "", "answer")
        set_height(sheet, row, (name,), [columns[1][1]])
    for k in range(2, len(columns)):
        offer(sheet, head + 1, k, (*list_steps(), form.UNKNOWN), len(rows))


def _say_trust() -> tuple[str, str]:
    return (
        f"Answers: {', '.join(list_steps())}; {form.UNKNOWN}. Rate those whom you know, and leave "
        "the others blank.",
        "Nobody is shown what you answer here. Partners see only where the mean of five or more "
        "answers lies.",
    )


def _write_hidden(sheet: Any, pen: Pen, asked: Questionnaire, relations: Sequence[Asked]) -> None:
    """Say to the reader which survey this is, who was asked, and which column is what."""
    rows = [
        ("edition", form.EDITION),
        ("wave", asked.settings.wave),
        ("organization", asked.organization),
        ("name", asked.facts["name"]),
        *((f"relation {each.relation.id}", each.heading) for each in relations),
    ]
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            pen.write(sheet, row, column, text, "plain")
