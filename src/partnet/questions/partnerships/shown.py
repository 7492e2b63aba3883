"""How people see partnership categories and themes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from ...core.results.shown import Column, Part, Shown
from ...core.wording.text import join_words
from .categories import UNCLASSIFIED

ASKED = 6  # unclassified organizations named as questions
# theme: the questions behind it (columns of the profiles table), with what each answer is about
THEMES: dict[str, dict[str, str]] = {
    "strategic prioritization": {"strategic_priority": "priority"},
    "benefits": {"competencies": "competencies enhanced"},
    "contract acquisition": {
        "contract_intent": "intent",
        "contract_services": "services",
        "contractor_type": "contractor type",
        "savings": "quantified savings",
    },
    "challenges": {"challenges": "challenge"},
}

NAME = Column("name", "Organization", meaning="The organization profiled.")
CATEGORY = Column("category", "Category", meaning="The deepest that holds, or its own answer.")
OWN_ANSWER = Column("own_answer", "Own answer", meaning="What it says of itself; blank if nothing.")
EVIDENCE = Column("evidence", "What is on file", meaning="Every category that holds, and why.")


def put_unclassified_last(table: pd.DataFrame) -> pd.DataFrame:
    """Order: those with a category first."""
    known = table.assign(last=table["category"] == UNCLASSIFIED)
    return known.sort_values("last", kind="stable").drop(columns="last")


def leave_out_zeros(table: pd.DataFrame) -> pd.DataFrame:
    """Rows, unless nobody is in any category."""
    known = table.loc[table["category"] != UNCLASSIFIED, "organizations"]
    return table if known.any() else table.head(0)


def leave_out_silence(table: pd.DataFrame) -> pd.DataFrame:
    """Rows, unless nobody answered any theme."""
    return table if table[[*THEMES]].to_numpy().any() else table.head(0)


def chart_themes(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Give the counts of category x theme, and say them in words."""
    counts = table.set_index("category")[[*THEMES]]
    said = [
        f"{category}: {join_words([f'{row[theme]} on {theme}' for theme in THEMES])}"
        for category, row in counts.iterrows()
    ]
    wrapped = counts.rename(columns=lambda theme: theme.replace(" ", "\n"))
    return wrapped, f"Organizations that answered each theme. {'; '.join(said)}."


def find_unclassified(table: pd.DataFrame) -> pd.DataFrame:
    """Whom to ask, because nothing on file tells."""
    return table[table["category"] == UNCLASSIFIED]


def ask_organization(row: Any) -> str:
    """The question to an organization of which nothing on file tells."""
    return f"{row.name}: with which health-care organizations do you work, and how?"


ORGANIZATIONS = Shown(
    "table",
    "Every organization profiled",
    (
        Column("organization", meaning="Id of the organization."),
        NAME,
        CATEGORY,
        Column("basis", "Known from", meaning="Own answer, on file, or blank."),
        Column("also", "Also", meaning="Other categories that hold."),
        EVIDENCE,
        OWN_ANSWER,
        Column("open", "What is not known", meaning="Contracts that tell no category, and why."),
        Column("kind", "Kind", seen="annex", meaning="Its kind, in words."),
        Column(
            "agrees", "Answer and file agree", seen="annex", meaning="Yes, no; blank without both."
        ),
    ),
    "Partnerships",
    rows=40,
    part="organizations",
    pick=put_unclassified_last,
)
ASK_FIRST = replace(
    ORGANIZATIONS,
    title="Ask first",
    rows=ASKED,
    part="summary",
    pick=find_unclassified,
    line=ask_organization,
)
DISAGREEMENTS = Shown(
    "disagreements",
    "Answer and file disagree; the answer counts",
    (
        Column("organization", meaning="Id of the organization."),
        NAME,
        replace(CATEGORY, label=""),
        Column("basis", meaning="Always own answer."),
        Column("also", meaning="Other categories that hold."),
        OWN_ANSWER,
        EVIDENCE,
        Column("open", meaning="Contracts that tell no category, and why."),
        Column("kind", meaning="Its kind, in words."),
        Column("agrees", meaning="Always no."),
    ),
    "Disagreements",
    part="organizations",
)
STEPS = Shown(
    "steps",
    "What each could do next",
    (
        Column("organization", meaning="Id of the organization."),
        NAME,
        CATEGORY,
        Column("next", "Towards", meaning="The category after it, or a second contractor."),
        Column("partner", meaning="Id of whom to ask."),
        Column("partner_name", "Whom to ask", seen="annex", meaning="Of health care."),
        Column("step", "What it takes", meaning="What to do first, with whom."),
        Column("why", "What is on file", meaning="Why with this partner."),
        Column(
            "challenges", "What it finds hard", seen="annex",
            meaning="Its own answer; blank if it gave none.",
        ),
    ),
    "Next steps",
    rows=20,
    part="steps",
)  # fmt: skip
CATEGORY_COUNTS = Shown(
    "categories",
    "Organizations by category",
    (
        replace(CATEGORY, meaning="The main category."),
        Column("organizations", "Organizations", "count", meaning="How many are in it."),
        Column("who", "Who", meaning="By name, the first six."),
    ),
    "Categories",
    part="summary",
    pick=leave_out_zeros,
)
THEME_COUNTS = Shown(
    "theme_counts",
    "Answers to each theme, counted by category",
    (
        replace(CATEGORY, meaning="The main category."),
        Column("organizations", "Organizations", "count", meaning="How many are in it."),
        *(
            Column(theme, theme.capitalize(), "count", meaning="How many answered the theme.")
            for theme in THEMES
        ),
        Column(
            "savings", "Savings a year", "dollars",
            meaning="Sum of quantified savings in dollars; blank where nobody gave any.",
        ),
    ),
    "Category x theme",
    part="themes",
    pick=leave_out_silence,
)  # fmt: skip
THEME_CHART = replace(
    THEME_COUNTS,
    title="How many organizations of each category answered each theme of the survey.",
    part="summary",
    chart=chart_themes,
)
ANSWERS = Shown(
    "themes",
    "What they answered",
    (
        Column("theme", "Theme", meaning="One of the four themes of the survey."),
        replace(CATEGORY, meaning="The main category of those who answered."),
        Column("about", "About", meaning="What the answer is about."),
        Column("answer", "Answer", meaning="In their own words."),
        Column("organizations", "Organizations", "count", meaning="How many gave this answer."),
        Column(
            "share", "Of those who answered", "share",
            meaning="Of those of the category who answered the theme, from 0 to 1.",
        ),
        Column("who", "Who", meaning="By name, the first three."),
    ),
    "Themes",
    rows=60,
    part="themes",
)  # fmt: skip
SHOWN = (
    *(THEME_CHART, CATEGORY_COUNTS, ASK_FIRST),
    *(THEME_COUNTS, ANSWERS),
    *(STEPS, DISAGREEMENTS, ORGANIZATIONS),
)
PARTS = (
    Part("summary", "On one page", says=None),
    Part(
        "themes",
        "Four themes",
        says=(),
        lead=("What organizations say of their partnerships, by category.",),
        otherwise="No answers are on file (table profiles).",
    ),
    Part(
        "steps",
        "What each could do next",
        says=(),
        lead=(
            "From exploring to a collective, to a contract, to a second contractor. Nobody has to "
            "move up: ask what would help.",
        ),
        otherwise="Nobody of health care to ask is on file.",
    ),
    Part(
        "organizations",
        "Every organization",
        says=(),
        lead=("Where several categories hold, the deepest is the main one; an own answer wins.",),
    ),
)
