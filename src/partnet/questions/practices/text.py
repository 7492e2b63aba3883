"""What is said of promising practices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words
from ...core.wording.units import Units, say_away

NAMED = 3
FIRST = 3  # of those who could learn, named with whom to ask


def say_practices(table: pd.DataFrame, learners: pd.DataFrame, units: Units) -> Iterator[Sentence]:
    """Say how many practices are on file, and who could learn which one from whom."""
    if table.empty:
        text = (
            "No promising practice is on file: enter what an organization does well in the "
            "promising_practices table, with what it brought."
        )
        yield Sentence("practices", text, {"practices": 0})
        return
    yield _say_register(table)
    for row in learners[learners["need"] != ""].head(FIRST).itertuples():
        yield _say_learner(row, units)
    if len(learners) and not (learners["need"] != "").any():
        yield _say_learner(next(learners.head(1).itertuples()), units)


def _say_register(table: pd.DataFrame) -> Sentence:
    proven = int(table["evidence"].isin(["evaluated", "measured"]).sum())
    names = table["practice"].tolist()
    text = (
        f"{count_noun(len(table), 'promising practice is', 'promising practices are')} on file, "
        f"{proven} of them measured or evaluated: {join_words(names, most=NAMED)}."
    )
    claims = {"practices": len(table), "proven": proven, "first": names[:NAMED]}
    return Sentence("practices", text, claims)


def _say_learner(row: Any, units: Units) -> Sentence:
    away = say_away(row.km, units)
    km = f", {away}" if away else ""
    works = " (the two work together)" if row.tie == "tie on file" else ""
    whom = f"{row.person} of {row.ask_name}" if row.person else row.ask_name
    why = f"{row.need}: " if row.need else ""
    text = f"{why}{row.name} could ask {whom}{km}{works}, about “{row.practice}”."
    claims = {
        "organization": row.name,
        "practice": row.practice,
        "ask": row.ask_name,
        "need": row.need,
        "tie": row.tie,
    }
    return Sentence("learn", text, claims)


def describe_method(here: Network) -> Method:
    """Say who could learn, and whom to ask."""
    return Method(
        name="Register of promising practices, beside who could learn from whom.",
        formula=(
            "Could learn: organizations of the kinds that a practice is meant for (else of the "
            "kinds of those who do it) with nothing such on file. In need: a county that it serves "
            "has no provider of the service on file. Whom to ask: somebody it works with who does "
            "it, else the nearest. First those in need, the most severe gap first, then the best "
            "proven (evaluated, measured, reported)."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
        notes=(
            "Nothing on file does not mean that it is not done: ask. How well a practice is proven "
            "is as entered; nobody has checked it here.",
        ),
    )
