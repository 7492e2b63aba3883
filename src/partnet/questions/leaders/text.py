"""What is said of who leads organizations."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words

NAMED = 4
LEADS, DECIDES, MET, NOT_KNOWN = (
    "leader on file",
    "somebody who can decide on file",
    "executive met",
    "not on file",
)
HIDDEN = "Who leads organizations is told to nobody outside."


def say_leaders(here: Network, table: pd.DataFrame, routine: frozenset[str]) -> Iterator[Sentence]:
    """Say for how many it is on file who decides, whom to ask, and which leaders nobody met."""
    if here.audience == "public":
        yield Sentence("leaders", HIDDEN)
        return
    if table.empty:
        yield Sentence("leaders", "No organization is on file.", {"organizations": 0})
        return
    yield _say_known(table)
    unknown = table[table["status"] == NOT_KNOWN]
    names = unknown.loc[unknown["kind"].isin(routine), "name"].tolist()
    if names:
        text = (
            f"{count_noun(len(names), 'organization that is', 'organizations that are')} to be "
            f"visited routinely {'has' if len(names) == 1 else 'have'} nobody on file who could "
            f"decide: ask {join_words(names, most=NAMED)} who leads."
        )
        yield Sentence("ask", text, {"organizations": names})
    yield from _say_not_met(here, table)


def _say_known(table: pd.DataFrame) -> Sentence:
    counts = {status: int((table["status"] == status).sum()) for status in (LEADS, DECIDES, MET)}
    unknown = len(table) - sum(counts.values())
    said = (
        (counts[LEADS], "a leader on file"),
        (counts[DECIDES], "somebody on file who can decide"),
        (counts[MET], "an executive who was met"),
        (unknown, "nobody on file who could decide"),
    )
    parts = [f"{count_noun(k, 'has', 'have')} {what}" for k, what in said if k]
    text = f"Of {count_noun(len(table), 'organization')}, {join_words(parts)}."
    claims = {"organizations": len(table), **counts, "unknown": unknown}
    return Sentence("leaders", text, claims)


def _say_not_met(here: Network, table: pd.DataFrame) -> Iterator[Sentence]:
    """Leaders on file of organizations of which no executive was met."""
    if here.audience != "internal" or here.rows("contacts").empty:
        return  # contacts of others are hidden, or none are kept
    rows = table[table["status"].isin([LEADS, DECIDES]) & table["met_on"].isna()]
    if len(rows):
        names = rows["name"].tolist()
        text = (
            "No visit, call or meeting at executive level is on file with "
            f"{join_words(names, most=NAMED)}, though it is on file who decides there."
        )
        yield Sentence("not_met", text, {"organizations": names})


def describe_method(here: Network) -> Method:
    """Say by what a leader is known."""
    return Method(
        name="Who leads and who can decide, by roles and levels on file.",
        formula=(
            "Leads: on the day, the role of a row of the people table names a chief executive; "
            "else an administrator, executive director, superintendent, commissioner or health "
            "director; else a president; else the director. Can decide: at executive level. "
            "Without any such row, the executive met last stands in, unless the people table says "
            "that this person left."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
        notes=("Not on file means that nobody has written it down: ask.",),
    )
