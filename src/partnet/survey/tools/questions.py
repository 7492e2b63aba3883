"""What a survey tool asks: one form for all who answer, with one list of partners."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...core.network import Network
from ...core.rows.ratings import list_dimensions, list_steps
from ...core.rows.spelling import fold_label
from ...core.wording.safety import strip_controls
from ...core.wording.text import join_words
from .. import form
from ..form import NO_, ON_FILE, ROLE_KEY, UNKNOWN, WORKS
from ..settings import Settings
from ..sheets.roster import Listed
from ..sheets.voices import WAYS, list_all

GRID, CHOICE, TEXT, NUMBER, DAY = "grid", "choice", "text", "number", "day"
RESPONDENT = "respondent"
MOST_CODE = 18  # letters of a question's code: with the code of a row, tools take 26
GOAL_CODE, VOICE_CODE = "goal_", "voice_"
DONT_KNOW = "dont_know"  # "don't know" in letters that every tool takes


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its code, in letters that every tool takes, and what people read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    code : str
        Its name in a tool: small letters, digits and _, at most 18.
    asks : str
        What a mapping says that it asks.
    text : str
        As people read it.
    kind : {"grid", "choice", "text", "number", "day"}
        One answer for every partner, one answer, words, a number or a day.
    options : tuple of Option
        Answers to choose from.
    working : bool
        Whether it is asked only of partners that one works with.
    goal : str
        The goal on file that it is about, where it is one.
    slot : int
        The first, second, ... goal of whoever answers, where it is about one that the tool fills
        in; else 0.
    only : str
        Id of the one organization that it is for, in a section of its own.
    population : str
        The population that it is about, where it is one.
    after : str
        Code of the question that must be answered with yes before it is asked; "" of none.
    """

    code: str
    asks: str
    text: str
    kind: str
    options: tuple[Option, ...] = ()
    working: bool = False
    goal: str = ""
    slot: int = 0
    only: str = ""
    population: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """A goal of one organization: as it is on file, and as people read it."""

    key: str
    label: str


@dataclass(frozen=True)
class ToolForm:
    """A survey for a tool that shows the same questions to everybody.

    Attributes
    ----------
    settings : Settings
        Of the survey.
    respondents : mapping of str to Option
        Who may answer, by id.
    partners : mapping of str to Option
        Whom the grids list, by id; the same code as among the respondents.
    questions : tuple of Question
        In the order in which they are asked.
    title : str
        What people see above it.
    filed : mapping of str to set of str
        Whom each has a tie on file with.
    own : mapping of str to tuple of OwnGoal
        Goals of single organizations that are asked, by id.
    """

    settings: Settings
    respondents: dict[str, Option]
    partners: dict[str, Option]
    questions: tuple[Question, ...]
    title: str = ""
    filed: dict[str, frozenset[str]] = field(default_factory=dict)
    own: dict[str, tuple[OwnGoal, ...]] = field(default_factory=dict)

    @property
    def slots(self) -> int:
        """How many goals of whoever answers the tool fills in, at most."""
        return max((question.slot for question in self.questions), default=0)

    def list_rows(self, question: Question) -> Iterator[tuple[str, Option, str]]:
        """Give id, option and name of the field of every row of a grid."""
        for id_, option in self.partners.items():
            yield id_, option, f"{question.code}_{option.code}"


def make_form(
    here: Network, settings: Settings, listed: Sequence[Listed], *, ratings: bool, goals: bool,
    voices: bool = True,
) -> ToolForm:  # fmt: skip
    """Give the questions of a survey, each in words of its own."""
    names = {each.id: each.name for each in listed}
    places = {each.id: each.place for each in listed}
    ids = [id_ for id_ in here.ids if id_ in names or id_ in set(settings.asked)]
    labels = _make_labels({id_: here.name(id_) for id_ in ids}, places)
    codes = {id_: f"o{number:03d}" for number, id_ in enumerate(ids, start=1)}
    options = {id_: Option(codes[id_], labels[id_]) for id_ in ids}
    by_name = sorted(ids, key=lambda id_: (labels[id_].casefold(), id_))
    asked = {*settings.asked}
    return ToolForm(
        settings,
        {id_: options[id_] for id_ in by_name if id_ in asked},
        {id_: options[id_] for id_ in by_name if id_ in names},
        tuple(_list_questions(here, settings, ratings, goals, voices)),
        f"{settings.title}, {settings.wave}",
    )


def _make_labels(names: dict[str, str], places: dict[str, str]) -> dict[str, str]:
    """Names that differ: where two are called alike, the place is added, else the id."""
    shown = {id_: plain_line(name) or id_ for id_, name in names.items()}
    twice = Counter(text.casefold() for text in shown.values())
    for id_, text in shown.items():
        if twice[text.casefold()] > 1:
            shown[id_] = f"{text} ({places.get(id_) or id_})"
    twice = Counter(text.casefold() for text in shown.values())
    return {
        id_: f"{text} ({id_})" if twice[text.casefold()] > 1 else text
        for id_, text in shown.items()
    }


def plain_line(text: str) -> str:
    """Give a text in one line, without what no tool shows."""
    return " ".join(strip_controls(text).split())


def _list_questions(
    here: Network, settings: Settings, ratings: bool, goals: bool, voices: bool
) -> Iterator[Question]:
    taken: set[str] = set()
    ladder = here.vocabulary.ladders[form.LADDER]
    levels = [Option(make_code(level), level) for level in ladder.levels]
    levels.append(Option(DONT_KNOW, UNKNOWN))
    rest = [Option(NO_, form.REST_NO), Option("open", form.REST_OPEN)]
    role = [Option(level, level) for level in ("executive", "manager", "staff")]
    yield Question(ROLE_KEY, ROLE_KEY, f"{form.ROLE} in your organization", CHOICE, tuple(role))
    for asked in form.ask_relations(here.vocabulary, settings.relations):
        words = [word for word in asked.options if word != ON_FILE]
        options = tuple(Option(make_code(word), word) for word in words)
        id_ = asked.relation.id
        code = "works" if id_ == WORKS else _take(make_code(id_), taken)
        yield Question(code, id_, asked.heading, GRID, options, working=id_ != WORKS)
        if id_ == WORKS:
            heading = form.HEADINGS[form.OFTEN]
            yield Question(form.REST_KEY, form.REST_KEY, form.REST, CHOICE, tuple(rest))
            yield Question("often", form.OFTEN, heading, GRID, tuple(levels), working=True)
    if ratings:
        yield from _list_ratings()
    if goals:
        yield from _list_goals(here)
    if voices:
        yield from _list_voices(here)
    for key, text in form.OPEN.items():
        yield Question(key, key, text, TEXT)


def _list_ratings() -> Iterator[Question]:
    steps = [Option(str(k), step) for k, step in enumerate(list_steps(), start=1)]
    steps.append(Option(DONT_KNOW, UNKNOWN))
    for each in list_dimensions().values():
        yield Question(
            f"rate_{each.id}"[:MOST_CODE], each.id, each.question, GRID, tuple(steps), working=True
        )


def _list_goals(here: Network) -> Iterator[Question]:
    """Ask where every goal of the network stands, and which others there are.

    A form is the same for everybody: it names no goal of one organization.
    """
    rows = here.rows("goals")
    shared = rows[(rows["organization"] == "") & (rows["other"] == "")]
    shared = shared[~shared["goal"].map(fold_label).duplicated()]
    for number, row in enumerate(shared.itertuples(), start=1):
        label = describe_goal(row)
        code = f"{GOAL_CODE}{number:03d}"
        newest = f"{label}: what is the newest number that you know?"
        yield Question(f"{code}_number", form.MEASURED, newest, NUMBER, goal=row.goal)
        day = f"{label}: on which day was it counted?"
        yield Question(f"{code}_day", form.MEASURED_ON, day, DAY, goal=row.goal)
    yield Question(form.NEW_GOALS, form.NEW_GOALS, form.WANTED, TEXT)


def _list_voices(here: Network) -> Iterator[Question]:
    """Ask for which populations whoever answers speaks, how they are heard, and which others."""
    words = [Option(make_code(word), word) for word in (form.YES_, form.NO_, form.UNKNOWN)]
    ways = [Option(make_code(way), way) for way in WAYS]
    for number, population in enumerate(list_all(here), start=1):
        code, who = f"{VOICE_CODE}{number:03d}", plain_line(population)
        about: dict[str, Any] = {"population": population}
        speaks = f"Do you speak for {who}?"
        yield Question(code, form.SPEAKS, speaks, CHOICE, tuple(words), **about)
        about["after"] = code
        how = f"How are {who} heard in your organization?"
        yield Question(f"{code}_how", form.THROUGH, how, CHOICE, tuple(ways), **about)
        seats = f"How many seats do {who} hold on your board or council?"
        yield Question(f"{code}_seats", form.SEATS, seats, NUMBER, **about)
    yield Question(form.NEW_VOICES, form.NEW_VOICES, form.SPOKEN, TEXT)


def describe_goal(row: Any) -> str:
    """Name a goal with what is counted, in one line."""
    counted = join_words([text for text in (row.measure, row.unit) if text], final="in")
    return plain_line(f"{row.goal} ({counted})" if counted else str(row.goal))


def make_code(text: str) -> str:
    """Give a word in small letters, digits and _, which begins with a letter or a digit.

    Examples
    --------
    >>> make_code("don't know"), make_code("We to them"), make_code("Électrique")
    ('dont_know', 'we_to_them', 'lectrique')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower().replace("'", "")).strip("_")
    return plain or "x"


def _take(code: str, taken: set[str]) -> str:
    """A code that no other relation has, and that begins with a letter."""
    plain = code if code[0].isalpha() else f"r_{code}"
    base = plain[:MOST_CODE].strip("_")
    found, number = base, 2
    reserved = {form.NEW_GOALS, form.NEW_VOICES, "works", "often", RESPONDENT, ROLE_KEY}
    reserved |= {form.REST_KEY, *form.OPEN}
    while found in taken | reserved or found.startswith(("rate_", "own_", GOAL_CODE, VOICE_CODE)):
        found, number = f"{base[: MOST_CODE - 4]}_{number}", number + 1
    taken.add(found)
    return found
