"""Questions as text: for Qualtrics to read, for Google and Microsoft Forms to paste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .own_goals import pipe
from .questions import CHOICE, DAY, GRID, NUMBER, RESPONDENT, Option, Question, ToolForm

QUALTRICS, FORMS = "questionnaire.txt", "questions.txt"
SHORT = {NUMBER: "short answer (a number)", DAY: "date"}


def write_qualtrics(form: ToolForm, respondent: str, note: str) -> dict[str, bytes]:
    """Give the survey in the advanced format of Qualtrics (Tools, Import Survey)."""
    lines = ["[[AdvancedFormat]]", "", "[[Block:Partners]]", ""]
    lines += ["[[Question:Text]]", "[[ID:about]]", _disarm(note), ""]
    lines += [*_list_choices(RESPONDENT, respondent, [*form.respondents.values()], "Dropdown"), ""]
    for question in form.questions:
        lines += [*_list_question(form, question), ""]
    return {QUALTRICS: ("\n".join(lines)).encode("utf-8")}


def _list_question(form: ToolForm, question: Question) -> Iterator[str]:
    if question.kind == GRID:
        yield from ("[[PageBreak]]", "[[Question:Matrix]]", f"[[ID:{question.code}]]")
        yield from (_disarm(question.text), "[[Choices]]")
        yield from (_disarm(option.label) for option in form.partners.values())
        yield "[[Answers]]"
        yield from (_disarm(option.label) for option in question.options)
    elif question.kind == CHOICE:
        yield from _list_choices(question.code, question.text, [*question.options], "SingleAnswer")
    else:
        kind = "SingleLine" if question.kind in SHORT else "Essay"
        text = pipe(_disarm(question.text), "qualtrics")
        yield from (f"[[Question:TE:{kind}]]", f"[[ID:{question.code}]]", text)


def _list_choices(code: str, text: str, options: list[Option], kind: str) -> Iterator[str]:
    yield from (f"[[Question:MC:{kind}]]", f"[[ID:{code}]]", _disarm(text), "[[Choices]]")
    yield from (_disarm(option.label) for option in options)


def _disarm(text: str) -> str:
    """A text that Qualtrics does not take for an instruction."""
    return text.replace("[[", "[ [").replace("]]", "] ]")


def write_forms(form: ToolForm, respondent: str, note: str) -> dict[str, bytes]:
    """Give a list of questions to paste into a form, one after the other."""
    lines = [form.title, "", note, "", f"1. {respondent}", "   Type: drop-down, required", ""]
    lines += ["   Options (paste all at once):", *_indent(form.respondents.values()), ""]
    section = ""
    for number, question in enumerate(form.questions, start=2):
        if question.only and question.only != section:
            section = question.only
            lines += [_head_section(form, section), ""]
        lines += [f"{number}. {question.text}", *_describe(form, question), ""]
    return {FORMS: ("\n".join(lines) + "\n").encode("utf-8")}


def _head_section(form: ToolForm, id_: str) -> str:
    name = form.respondents[id_].label
    return (
        f"Section: {name} (Go to section based on answer: only for those who choose {name} in "
        "question 1; after it, submit)"
    )


def _describe(form: ToolForm, question: Question) -> Iterator[str]:
    if question.kind == GRID:
        yield "   Type: multiple choice grid (Google), Likert (Microsoft), matrix (SurveyMonkey)"
        if question.working:
            yield "   Help text: only for those that you work with."
        yield from ("", "   Rows (paste all at once):", *_indent(form.partners.values()))
        yield from ("", "   Columns:", *_indent(question.options))
    elif question.kind == CHOICE:
        yield "   Type: multiple choice"
        yield from _help(question)
        yield from ("", "   Options:", *_indent(question.options))
    else:
        yield f"   Type: {SHORT.get(question.kind, 'paragraph (long answer)')}"
        yield from _help(question)


def _help(question: Question) -> Iterator[str]:
    if question.after:
        yield "   Help text: only if you speak for them."


def _indent(options: Iterable[Option]) -> Iterator[str]:
    return (option.label for option in options)
