"""Who could facilitate a session: whose office it is, and who has no stake in those who come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results import Sentence
from ...core.text import count_noun, join_words
from ...facts.collaboration import build_layer
from ...facts.neutrality import OFFICES, find_stakes
from ...facts.reach import find_reach
from .shown import FACILITATORS

NAMED = 5  # candidates shown
JUDGED = 20  # candidates whose stakes are looked at, those who work with most first
LEAST = 3  # people in a room from which on somebody has to lead it


def propose_facilitators(here: Network, people: Sequence[str]) -> pd.DataFrame:
    """Propose who could facilitate a session, with what speaks against each.

    Candidates are those whose office it is to bring others together (the convener, networks, area
    health education centers, coalitions, associations, health departments) and who are within
    reach of everybody in the room. Stakes in those who come (:class:`Stakes`, the rule that every
    verb uses) count against them: first who has none, then who has stakes in the fewest, then who
    works with most of them, then the lower id.

    Returns
    -------
    DataFrame
        At most five: ``organization``, ``name``, ``works_with`` (how many of those who come),
        ``stakes_in`` (how many), ``stakes`` (in words, the first two; "" if none is on file).
    """
    rows = []
    works = _count_ties(here, people)
    for at in _list_candidates(here, people, works)[:JUDGED]:
        id_ = str(here.ids[at])
        stakes = find_stakes(here)
        found = [text for other in people for text in _first(stakes.list_with(id_, other))]
        rows.append((id_, here.name(id_), int(works[at]), len(found), "; ".join(found[:2])))
    table = pd.DataFrame(rows, columns=FACILITATORS.names)
    order = ["stakes_in", "works_with", "organization"]
    ranked = table.sort_values(order, ascending=[True, False, True], kind="stable")
    return ranked.head(NAMED).reset_index(drop=True)


def _first(texts: Iterator[str]) -> list[str]:
    """The first of some texts, if there is one: one stake in one partner counts once."""
    found = next(texts, "")
    return [found] if found else []


def _count_ties(here: Network, people: Sequence[str]) -> np.ndarray:
    inside = np.zeros(here.n)
    inside[here.positions(people)] = 1.0
    return np.asarray(build_layer(here).binary @ inside)


def _list_candidates(here: Network, people: Sequence[str], works: np.ndarray) -> list[int]:
    """Positions of those who could lead the room, who works with most of it first."""
    if len(people) < LEAST:
        return []
    office = here.organizations["kind"].isin(OFFICES).to_numpy() | (here.ids == here.convener)
    office &= ~here.is_context.to_numpy()
    reach, room = find_reach(here), np.asarray(here.positions(people), dtype=np.int64)
    near = [
        int(k)
        for k in np.flatnonzero(office)
        if here.ids[k] == here.convener or reach.is_near(int(k), room[room != k]).all()
    ]
    return sorted(near, key=lambda k: (-works[k], k))


def say_facilitators(table: pd.DataFrame, people: Sequence[str]) -> Iterator[Sentence]:
    """Say who could facilitate, and that neutrality is for the partners to say."""
    if table.empty:
        return
    free = table[table["stakes_in"] == 0]
    if len(free):
        first = free.iloc[0]
        others = free["name"].tolist()[1:]
        more = f", else {join_words(others, most=2, final='or')}" if others else ""
        text = (
            f"Could facilitate: {first['name']}{more}; nothing on file gives "
            f"{'any of these' if others else 'it'} a stake in anybody of the {len(people)} who "
            f"come. Whether {'one' if others else 'it'} is neutral is for them to say."
        )
    else:
        first = table.iloc[0]
        text = (
            f"Nobody whose office it is could facilitate without a stake: the fewest has "
            f"{first['name']}, in {count_noun(int(first['stakes_in']), 'organization')} of "
            f"{len(people)} ({first['stakes'].split(';')[0]}). Ask for somebody from outside."
        )
    claims = {"free": free["name"].tolist(), "first": first["name"], "people": len(people)}
    yield Sentence("facilitators", text, claims)
