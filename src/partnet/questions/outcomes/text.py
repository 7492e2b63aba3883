"""What the register of outcomes says in sentences, and how it is judged."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words

STATES = ("overdue", "open", "done", "dropped")
NEW_RELATIONSHIP, POLICY_FEEDBACK = "new relationship", "policy feedback"
UNSEEN = "said to be done; no tie on file yet"  # evidence of a new relationship without a tie
NAMED = 3  # overdue outcomes said by name


def say_outcomes(
    table: pd.DataFrame, place: str = "", *, hidden: bool = False
) -> Iterator[Sentence]:
    """Say how many outcomes are done, open or overdue, and what waits to be passed on.

    `hidden`: those of others are not shown to the reader.
    """
    about = f" about {place}" if place else ""
    if table.empty and hidden:
        text = f"Outcomes of earlier sessions{about} are not shown to this reader."
        yield Sentence("outcomes", text, {"outcomes": 0})
        return
    if table.empty:
        text = f"No outcomes of earlier sessions{about} are on file (table outcomes)."
        yield Sentence("outcomes", text, {"outcomes": 0})
        return
    yield _say_states(table, about, "shown to this reader" if hidden else "on file")
    yield from _say_late(table[table["state"] == "overdue"])
    yield from _say_unseen(int((table["evidence"] == UNSEEN).sum()))
    yield from _say_feedback(table[table["type"] == POLICY_FEEDBACK])


def _say_states(table: pd.DataFrame, about: str, where: str) -> Sentence:
    counts = table["state"].value_counts()
    found = {state: int(counts[state]) for state in STATES if state in counts}
    parts = join_words(
        [f"{number:,} {'is' if number == 1 else 'are'} {state}" for state, number in found.items()]
    )
    text = f"Of {count_noun(len(table), 'outcome')} of earlier sessions{about} {where}, {parts}."
    if len(table) == 1:
        text = f"The one outcome of earlier sessions{about} {where} is {next(iter(found))}."
    return Sentence("outcomes", text, {"outcomes": len(table), **found})


def _say_late(late: pd.DataFrame) -> Iterator[Sentence]:
    if late.empty:
        return
    first = late.head(NAMED)
    named = [
        f"{row.outcome} ({row.owner_name or 'no owner'}, {row.evidence})"
        for row in first.itertuples()
    ]
    claims = {"first": first["outcome"].tolist(), "owners": first["owner_name"].tolist()}
    yield Sentence("overdue", f"Overdue: {join_words(named)}.", claims)


def _say_unseen(unseen: int) -> Iterator[Sentence]:
    if unseen:
        yield Sentence(
            "unseen",
            f"{count_noun(unseen, 'new relationship')} {'is' if unseen == 1 else 'are'} said to be "
            "done with no tie on file: enter the tie, or ask.",
            {"relationships": unseen},
        )


def _say_feedback(feedback: pd.DataFrame) -> Iterator[Sentence]:
    waiting = feedback[feedback["state"].isin(["open", "overdue"])]
    if len(waiting):
        first = waiting["outcome"].iloc[0]
        yield Sentence(
            "feedback",
            f"{count_noun(len(waiting), 'piece')} of feedback on policies "
            f"{'waits' if len(waiting) == 1 else 'wait'} to be passed on, first: {first}.",
            {"waiting": len(waiting), "first": first},
        )


def describe_method(here: Network) -> Method:
    """Say how outcomes are judged."""
    return Method(
        name="The register of outcomes, held against ties and agreements.",
        formula=(
            "Done: the row says so; a new relationship with a tie on file; an action step of two "
            "organizations with an agreement of both signed since. Overdue: not done and past its "
            "due date. A mere contact makes no relationship."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
    )
