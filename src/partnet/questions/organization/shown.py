"""How people see the brief of one organization."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from ...core.results.result import Result
from ...core.results.shown import Column, Part, Shown
from ..alignment.shown import PROFILE
from ..gaps.shown import SHOWN_GAPS, show_columns
from ..outcomes.shown import OUTCOMES as ALL_OUTCOMES
from ..practices.shown import LEARNERS

QUESTIONS = 9  # questions to ask on the first page


def choose_questions(profile: pd.DataFrame) -> pd.DataFrame:
    """Topics of which nothing is on file."""
    return profile[profile["question"] != ""]


def ask(row: Any) -> str:
    """The question about a topic."""
    return str(row.question)


ASKS = replace(
    PROFILE,
    title="To ask, as it is not on file",
    rows=QUESTIONS,
    pick=choose_questions,
    line=ask,
)
PARTNERS = Shown(
    "partners",
    "Working ties on file",
    (
        Column("partner", meaning="Id of the partner."),
        Column("name", "Partner", meaning="With whom it works."),
        Column("relations", "Ties on file", meaning="Relations on file, in words."),
        Column("strength", "Strength", "score", meaning="Combined strength, 0 to 1."),
        Column("last_contact", "Last contact", "date", meaning="The newest; blank if unknown."),
        Column("level", "Level", meaning="The highest at which the two meet; blank if unknown."),
    ),
    "Partners",
    rows=30,
    part="partners",
)
DUTIES = Shown(
    "duties",
    "Duties by its kind and its programs",
    (
        Column("organization", meaning="Id of the organization."),
        Column("topic", "Topic", meaning="What the duty is about."),
        Column("duty", "What is asked", meaning="In short."),
        Column("asks_for", "Whom it wants at the table", meaning="Kinds of partners, in words."),
        Column("only_if", "Holds for", meaning="A condition that the file does not tell."),
        Column("citation", "Where it is written", meaning="Law, rule or grant terms."),
        Column("through", meaning="Its kind, or the program that asks."),
        Column("every_years", meaning="The longest time between two rounds; 0 without one."),
    ),
    "Duties",
    part="partners",
)
GAP_COLUMNS = show_columns(
    SHOWN_GAPS,
    {
        "rule": "What",
        "status": "Status",
        "other_name": "With",
        "severity": "Severity",
        "evidence": "What is on file",
        "next_step": "Next step",
        "citation": "Citation",
    },
)
GAPS = replace(
    SHOWN_GAPS,
    table="gaps",
    title="Gaps that concern it",
    columns=tuple(
        replace(column, seen="annex") if column.name == "citation" else column
        for column in GAP_COLUMNS
    ),
    sheet="Gaps",
    people=True,
    part="next",
)
SUGGESTIONS = Shown(
    "recommendations",
    "Whom to approach next",
    (
        Column("partner_name", "Could approach", meaning="Whom it has no tie with on file."),
        Column("reason", "Why", meaning="The most telling facts on file."),
        Column("introducer", "Who could introduce them", meaning="Works with both; or blank."),
        Column("against", "What speaks against it", meaning="Blank if nothing on file."),
    ),
    "Suggestions",
    part="next",
)
PEERS = Shown(
    "peers",
    "What others like it do, and it does not on file",
    (
        Column("practice", "Practice", meaning="Works with a kind, or offers a service."),
        Column("what", "What", meaning="The kind of partner, or the service."),
        Column("do_it", "Others that do", "count", meaning="Others of its kind that do it."),
        Column(
            "known", "Of how many", "count",
            meaning="Others of its kind of which any such thing is on file.",
        ),
        Column("nearest", meaning="Id of the nearest of those that do."),
        Column("nearest_name", "Whom to ask", meaning="The nearest of those that do."),
        Column("km", "Miles", "miles", meaning="How far away it is; blank if not known."),
    ),
    "Others like it",
    rows=6,
    part="next",
)  # fmt: skip
PRACTICES = replace(
    LEARNERS,
    table="practices",
    title="Promising practices of others that it could learn",
    columns=show_columns(
        LEARNERS,
        {
            "practice": "Practice",
            "need": "Why now",
            "ask_name": "Whom to ask",
            "person": "Ask for",
            "tie": "Tie",
            "km": "Miles",
        },
    ),
    sheet="Practices",
    rows=6,
    part="next",
)
OUTCOMES = replace(
    ALL_OUTCOMES,
    table="outcomes",
    title="Outcomes of earlier sessions",
    rows=12,
    part="next",
)
PARTS = (
    Part("summary", "On one page", says=None),
    Part(
        "partners",
        "Partners and duties",
        says=(),
        lead=("The strongest tie first. A summary of duties for a meeting, not legal advice.",),
    ),
    Part("next", "What is missing, and what comes next", says=()),
)


def show_tables(suggested: Result) -> tuple[Shown, ...]:
    """Give all tables; of suggestions people see four columns, the data what was found."""
    known = {one.name: one for shown in suggested.shown for one in shown.columns}
    rest = (
        replace(known.get(name) or Column(name, meaning="As in recommend_partners."), label="")
        for name in suggested.table.columns
        if name not in SUGGESTIONS.names
    )
    suggestions = replace(SUGGESTIONS, columns=(*SUGGESTIONS.columns, *rest))
    return (PROFILE, ASKS, PARTNERS, DUTIES, GAPS, suggestions, PEERS, PRACTICES, OUTCOMES)
