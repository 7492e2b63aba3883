"""Who could facilitate a session: whose office it is, and who has no stake in those who come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import FloatArray, IntArray
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...core.wording.units import Units, say_about
from ...facts.geography.locations import distances_from, locate_organizations
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import build_layer
from ...facts.neutrality import OFFICES, STATE_OFFICES, find_stakes
from .shown import FACILITATORS

NAMED = 5  # candidates shown
JUDGED = 20  # candidates whose stakes are looked at
STEP_KM = 50.0  # so far apart, one is nearer than the other
LEAST = 3  # people in a room from which on somebody has to lead it
FIRST = ["stakes_in", "works_with", "standing"]


def propose_facilitators(
    here: Network, people: Sequence[str], *, own: Sequence[str] = (), statewide: bool = False
) -> pd.DataFrame:
    """Propose who could facilitate a session, with what speaks against each.

    Candidates are those whose office it is to bring others together (the convener, networks, area
    health education centers, coalitions, associations, health departments) and who are within
    reach of everybody in the room. Stakes in those who come (:class:`Stakes`, the rule that every
    verb uses) count against them: first who has none, then who has stakes in the fewest, then who
    works with most of them, then the convener. Then come, for a session of the whole State, the
    offices and associations of the State; for any other, who is nearest to those of the place
    (`own`), in steps of 50 km, as far as the middles of counties mislead. Last decides the kind of
    the office, in the order above. Whom nothing of this tells apart are said to be equal.

    Returns
    -------
    DataFrame
        At most five: ``organization``, ``name``, ``works_with`` (how many of those who come),
        ``stakes_in`` (how many), ``stakes`` (in words, the first two; "" if none is on file),
        ``km`` (to those of the place, on average; NaN where it does not count), ``standing`` (the
        same number for whom nothing tells apart but stakes and ties).
    """
    search = _Search(here, tuple(people), tuple(own or people), statewide)
    rows = []
    for at in search.candidates[:JUDGED]:
        id_ = str(here.ids[at])
        stakes = find_stakes(here)
        found = [text for other in people for text in _first(stakes.list_with(id_, other))]
        works = int(search.works[at])
        said = "; ".join(found[:2])
        km = float(search.km[at])
        rows.append((id_, here.name(id_), works, len(found), said, km, search.standing(at)))
    table = pd.DataFrame(rows, columns=FACILITATORS.names)
    ranked = table.sort_values(FIRST, ascending=[True, False, True], kind="stable")
    return ranked.head(NAMED).reset_index(drop=True)


def _first(texts: Iterator[str]) -> list[str]:
    """The first of some texts, if there is one: one stake in one partner counts once."""
    found = next(texts, "")
    return [found] if found else []


@dataclass(frozen=True)
class _Search:
    """Who could lead a room, and what tells one from the other.

    Attributes
    ----------
    here : Network
        The network on its day.
    people, own : tuple of str
        Ids of those who come, and of those of the place.
    statewide : bool
        Whether the session is one of the whole State.
    """

    here: Network
    people: tuple[str, ...]
    own: tuple[str, ...]
    statewide: bool

    @cached_property
    def room(self) -> IntArray:
        """Positions of those who come."""
        return np.asarray(self.here.positions(self.people), dtype=np.int64)

    @cached_property
    def works(self) -> FloatArray:
        """With how many of those who come each works, by position."""
        inside = np.zeros(self.here.n)
        inside[self.room] = 1.0
        return np.asarray(build_layer(self.here).binary @ inside)

    @cached_property
    def km(self) -> FloatArray:
        """Kilometers to the others of the place, on average, by position; NaN: does not count."""
        if self.statewide:
            return np.full(self.here.n, np.nan)
        points = locate_organizations(self.here)
        total, count = np.zeros(self.here.n), np.zeros(self.here.n)
        for k in self.here.positions(self.own):
            far = distances_from((float(points[k, 0]), float(points[k, 1])), points)
            other = ~np.isnan(far) & (np.arange(self.here.n) != k)
            total[other], count[other] = total[other] + far[other], count[other] + 1
        return np.where(count > 0, np.round(total / np.maximum(count, 1)), np.nan)

    @cached_property
    def candidates(self) -> list[int]:
        """Positions of those who could lead the room, as far as stakes do not decide."""
        if len(self.people) < LEAST:
            return []
        here = self.here
        office = here.organizations["kind"].isin(OFFICES).to_numpy() | (here.ids == here.convener)
        office &= ~here.is_context.to_numpy()
        reach, room = find_reach(here), self.room
        near = [
            int(k)
            for k in np.flatnonzero(office)
            if here.ids[k] == here.convener or reach.is_near(int(k), room[room != k]).all()
        ]
        return sorted(near, key=lambda k: (-self.works[k], self._sort_key(k), k))

    def standing(self, at: int) -> int:
        """Place among the candidates, stakes and ties aside; the same for equals."""
        keys = sorted({self._sort_key(k) for k in self.candidates})
        return keys.index(self._sort_key(at)) + 1

    def _sort_key(self, at: int) -> tuple[bool, bool, float, int]:
        kind = str(self.here.organizations["kind"].iloc[at])
        rank = OFFICES.index(kind) if kind in OFFICES else len(OFFICES)
        of_state = self.statewide and kind in STATE_OFFICES
        steps = float(np.nan_to_num(np.floor(self.km[at] / STEP_KM), nan=np.inf))
        return self.here.ids[at] != self.here.convener, not of_state, steps, rank


def say_facilitators(
    table: pd.DataFrame, people: Sequence[str], units: Units = "miles"
) -> Iterator[Sentence]:
    """Say who could facilitate and why it is first, and that neutrality is for them to say."""
    if table.empty:
        return
    free = table[table["stakes_in"] == 0]
    first = (free if len(free) else table).iloc[0]
    equal = _list_equal(free) if len(free) else []
    if len(free):
        others = free["name"].tolist()[1 + len(equal) :]
        more = f", else {join_words(others, most=2, final='or')}" if others else ""
        who = join_words([first["name"], *equal], final="or")
        alone = len(free) == 1
        text = (
            f"Could facilitate: {who}{_say_why(first, len(people), units, equal)}{more}; nothing "
            f"on file gives {'it' if alone else 'any of these'} a stake in anybody of the "
            f"{len(people):,} who come. Whether {'it' if alone else 'one'} is neutral is for them "
            "to say."
        )
    else:
        text = (
            f"Nobody whose office it is could facilitate without a stake: the fewest has "
            f"{first['name']}, in {count_noun(int(first['stakes_in']), 'organization')} of "
            f"{len(people):,} ({first['stakes'].split(';')[0]}). Ask for somebody from outside."
        )
    claims = {"free": free["name"].tolist(), "first": first["name"], "people": len(people)}
    km = None if np.isnan(first["km"]) else float(first["km"])
    claims |= {"equal": equal, "works_with": int(first["works_with"]), "km": km}
    yield Sentence("facilitators", text, claims)


def _list_equal(free: pd.DataFrame) -> list[str]:
    """Names of those whom nothing on file tells from the first."""
    told = free[["works_with", "standing"]]
    return free.loc[(told == told.iloc[0]).all(axis=1), "name"].tolist()[1:]


def _say_why(first: pd.Series, people: int, units: Units, equal: Sequence[str]) -> str:
    """Say what puts the first before the others, in brackets; that nothing does, of equals."""
    told = []
    if first["works_with"]:
        verb = "works" if not equal else "each works"
        told.append(f"{verb} with {int(first['works_with'])} of the {people} who come")
    if first["km"] == 0:
        told.append("in the same county")
    elif far := say_about(float(first["km"]), units):
        told.append(f"{far} from those of the place")
    if equal:
        told.append("nothing on file tells them apart")
    return f" ({'; '.join(told)})" if told else ""
