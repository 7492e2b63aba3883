"""Sentences about goals."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words
from .judging import NO_DATA, OFF, ON, REACHED

NAMED = 3  # goals said by name
ORDER = (REACHED, ON, OFF, NO_DATA)


def say_goals(table: pd.DataFrame, *, hidden: bool = False) -> Iterator[Sentence]:
    """Say how many goals are reached, on track, off track, without data, and which are off.

    `hidden`: those of others are not shown to the reader.
    """
    if table.empty:
        text = "No goals are on file (table goals)."
        text = "Goals are not shown to this reader." if hidden else text
        yield Sentence("goals", text, {"goals": 0})
        return
    counts = table["state"].value_counts()
    found = {state: int(counts[state]) for state in ORDER if state in counts}
    said = [
        f"{number:,} {'is' if number == 1 else 'are'} {_say_state(state)}"
        for state, number in found.items()
    ]
    where = "shown to this reader" if hidden else "on file"
    text = f"Of {count_noun(len(table), 'goal')} {where}, {join_words(said)}."
    if len(table) == 1:
        text = f"The one goal {where} is {_say_state(next(iter(found)))}."
    yield Sentence("goals", text, {"goals": len(table), **found})
    for state, lead in ((OFF, "Off track"), (REACHED, "Reached"), (NO_DATA, "Not known")):
        yield from _say_which(table[table["state"] == state], state, lead)


def _say_state(state: str) -> str:
    return "without enough data" if state == NO_DATA else state


def _say_which(goals: pd.DataFrame, state: str, lead: str) -> Iterator[Sentence]:
    if goals.empty:
        return
    first = goals.head(NAMED)
    named = [f"{row.goal} ({row.owner}: {row.evidence})" for row in first.itertuples()]
    if len(goals) > NAMED:
        named.append(f"{len(goals) - NAMED:,} more")
    claims = {"goals": first["goal"].tolist(), "owners": first["owner"].tolist()}
    yield Sentence(state, f"{lead}: {join_words(named)}.", claims)


def describe_method(here: Network) -> Method:
    """Say how goals are judged."""
    return Method(
        name="Goals, held against what was measured.",
        formula=(
            "Reached: the newest measurement is at the target or beyond. On track: it is at or "
            "ahead of the straight line from baseline to target, b + (T - b) (t - t0) / (t1 - t0). "
            "Off track: behind it, or past due. Drawn on: least squares over three or more days, "
            "with the 95 % interval of a prediction."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
        sources=("Draper & Smith (1998), doi:10.1002/9781118625590",),
        notes=(
            "Without a baseline the first measurement counts. Two numbers of one day count as "
            "their mean. A straight way is an assumption: many goals move late.",
        ),
    )
