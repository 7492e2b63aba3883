"""What partnership categories and themes say in sentences, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words
from .categories import CATEGORIES, COMMUNITY_BASED, HEALTH_CARE, UNCLASSIFIED
from .shown import THEMES
from .steps import say_steps


def say_partnerships(
    table: pd.DataFrame, tables: Mapping[str, pd.DataFrame], *, hidden: bool = False
) -> Iterator[Sentence]:
    """Say how many are in each category, whom to ask, and which answers were given most.

    `hidden`: answers of others are not shown to the reader.
    """
    if table.empty:
        text = "No community-based organization is on file: there is no partnership to profile."
        yield Sentence("categories", text, {"organizations": 0})
        return
    yield _say_categories(table)
    unread = table["category"] == UNCLASSIFIED
    yield from _say_unclassified(table[unread], alone=bool(unread.all()))
    yield from _say_sole_providers(table[table["category"] == CATEGORIES[-1]])
    yield from _say_disagreements(tables["disagreements"])
    yield from say_steps(tables["steps"])
    yield from say_themes(tables["themes"], hidden=hidden)


def _say_categories(table: pd.DataFrame) -> Sentence:
    counts = table["category"].value_counts()
    found = {name: int(counts[name]) for name in (*CATEGORIES, UNCLASSIFIED) if name in counts}
    nouns = [
        count_noun(number, name) if name != UNCLASSIFIED else f"{number:,} unclassified"
        for name, number in found.items()
    ]
    text = f"Of {count_noun(len(table), 'organization')} profiled: {join_words(nouns)}."
    if [*found] == [UNCLASSIFIED]:
        who = count_noun(len(table), "community-based organization")
        verb = "partners" if len(table) == 1 else "partner"
        text = f"What is on file does not tell how {who} {verb} with health care."
    return Sentence("categories", text, {"organizations": len(table), **found})


def _say_unclassified(unread: pd.DataFrame, *, alone: bool) -> Iterator[Sentence]:
    if len(unread):
        names = unread["name"].tolist()
        they = "it works" if len(names) == 1 else "they work"
        ask = f"sk {join_words(names, most=3)} how {they} with health care."
        text = f"Unclassified means that what is on file does not tell: a{ask}"
        yield Sentence("unclassified", f"A{ask}" if alone else text, {"unclassified": names})


def _say_sole_providers(rows: pd.DataFrame) -> Iterator[Sentence]:
    if len(rows):
        names = rows["name"].tolist()
        text = f"Sole providers under contract: {join_words(names, most=4)}."
        yield Sentence("sole_providers", text, {"organizations": names})


def _say_disagreements(both: pd.DataFrame) -> Iterator[Sentence]:
    if len(both):
        row = both.iloc[0]
        yield Sentence(
            "disagreements",
            f"{count_noun(len(both), 'answer differs', 'answers differ')} from the file, first: "
            f"{row['name']} says {row['own_answer']}; on file is {row['evidence']}. The answer "
            "counts.",
            {"disagreements": len(both), "first": row["name"], "answer": row["own_answer"]},
        )


def say_themes(table: pd.DataFrame, *, hidden: bool = False) -> Iterator[Sentence]:
    """Say for each theme which answer was given most; `hidden`: not those of others."""
    if table.empty and hidden:
        text = (
            "Answers on strategy, benefits, contracts or challenges are not shown to this reader."
        )
        yield Sentence("no_answers", text, {"answers": 0})
        return
    if table.empty:
        yield Sentence(
            "no_answers",
            "Nobody's answers on strategy, benefits, contracts or challenges are on file (table "
            "profiles; partnet template answers.xlsx --survey alliance makes the survey).",
            {"answers": 0},
        )
        return
    for theme in THEMES:
        rows = table[(table["theme"] == theme) & (table["about"] != "quantified savings")]
        if len(rows):
            yield _say_theme(theme, rows)


def _say_theme(theme: str, rows: pd.DataFrame) -> Sentence:
    total = rows.groupby(["about", "answer"], sort=True)["organizations"].sum()
    about, answer = total.sort_values(ascending=False, kind="stable").index[0]
    named = int(total[about, answer])
    return Sentence(
        theme.replace(" ", "_"),
        f"{theme.capitalize()}: named most often is “{answer}”"
        f"{f' ({about})' if theme == 'contract acquisition' else ''}, by "
        f"{count_noun(named, 'organization')}.",
        {"answer": answer, "about": about, "organizations": named},
    )


def describe_method(here: Network) -> Method:
    """Say how categories and themes are read."""
    return Method(
        name="Partnership categories by ties to health care; themes by their own answers.",
        formula=(
            "Exclusive Provider: a named service under contract that nobody else provides for the "
            "same contractor, only where the contractor's provider list is on file (its profile "
            "says so, or it answered a roster survey on contracts). Network Provider: a service "
            "that others provide for the same contractor too. Collaborator: member of a collective "
            "with a health-care member. Planner: exploratory stage, or only joint planning and "
            "information sharing with health care. The deepest is the main one; an organization's "
            "own answer wins."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
            "health care": ", ".join(HEALTH_CARE),
            "community-based": ", ".join(COMMUNITY_BASED),
        },
        sources=(
            "Alliance for Strong Families and Communities: request for information on partnerships "
            "of community-based organizations with health care.",
        ),
    )
