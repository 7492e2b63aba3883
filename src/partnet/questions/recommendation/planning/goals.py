"""What a tie of two organizations would do for the network as a whole, beside its likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ....core.arrays import Int32Array, IntArray, label_components
from ....core.network import Network
from ....core.wording.text import count_noun, start_small
from ..eligibility import Circles
from ..features.graph import VisibleGraph
from ..features.pairwise import constrain
from ..needs import list_needs

GAP_WORTH = 2.0  # closing a gap of severity 1 counts as much as two organizations in new company
GOAL_KINDS = ("sector", "part", "gap", "program")  # first word of a goal's key


@dataclass(frozen=True)
class Goal:
    """One thing that an introduction can achieve, once.

    Attributes
    ----------
    key : tuple
        What is achieved: ("sector", organization, sector), ("gap", gap id), ("part", number),
        ("program", name, organization).
    worth : float
        How much it counts.
    text : str
        In words.
    """

    key: tuple[object, ...]
    worth: float
    text: str


@dataclass(frozen=True)
class Goals:
    """Goals that pairs of a network serve.

    Worth: an organization's first partner in a sector 1; a component that gets its first
    tie to the rest, 1 for each organization in it; a gap, 2 x its severity; a circle of
    providers that becomes eligible for a program, 1.

    Attributes
    ----------
    here : Network
        The network on its day.
    graph : VisibleGraph
        The ties that count.
    circles : Circles
        Who has signed with whom.
    gaps : mapping of pairs to goals
        What a tie of the two is needed for: gaps, and outcomes that are due.
    """

    here: Network
    graph: VisibleGraph
    circles: Circles
    gaps: Mapping[tuple[int, int], tuple[Goal, ...]] = field(default_factory=dict)

    def of(self, a: int, b: int) -> list[Goal]:
        """Give what a tie of two organizations would achieve, gaps first."""
        ends = ((a, b), (b, a))
        return [
            *self.gaps.get((min(a, b), max(a, b)), ()),
            *self._joined(a, b),
            *(goal for one, other in ends for goal in self._company(one, other)),
            *(goal for one, other in ends for goal in self._eligible(one, other)),
        ]

    def join_parts(self, a: int, b: int) -> bool:
        """Whether no chain of ties joins the two today."""
        return bool(self.parts[a] != self.parts[b])

    def constraint_change(self, a: int, b: int) -> float:
        """By how much Burt's constraint of a changes with a tie to b; below 0: it has more room."""
        if a not in self._constraints:
            self._constraints[a] = measure_constraint(self.graph, a)
        return measure_constraint(self.graph, a, b) - self._constraints[a]

    @cached_property
    def _constraints(self) -> dict[int, float]:
        return {}

    @cached_property
    def parts(self) -> Int32Array:
        """Number of the component in which each organization is."""
        return label_components(self.graph.adjacency)[1]

    @cached_property
    def _sizes(self) -> IntArray:
        return np.bincount(self.parts, minlength=1)

    def _joined(self, a: int, b: int) -> Iterator[Goal]:
        """The first tie to the rest of every component but the largest."""
        largest = int(np.argmax(self._sizes))
        for one, other in ((a, b), (b, a)):
            part, to = int(self.parts[one]), int(self.parts[other])
            if part in (largest, to) or self._sizes[largest] < 2:
                continue
            size = int(self._sizes[part])
            if size > self._sizes[to]:
                continue  # it is the smaller one that is joined
            who = self.here.names.iloc[one]
            text = f"first working tie of {who}"
            if size > 1:
                others = count_noun(size - 1, "organization")
                rest = (
                    "the rest" if to == largest else f"those around {self.here.names.iloc[other]}"
                )
                text = f"joins {who} and {others} tied to it with {rest}"
            yield Goal(("part", part), float(size), text)

    def _company(self, a: int, b: int) -> Iterator[Goal]:
        """A partner of a sector that a has no tie with; of a's own sector it is no news.

        Whose kind is not told apart is of no sector that anybody could be the first of.
        """
        sector = self._sectors[b]
        if (
            sector not in ("", "other")
            and sector != self._sectors[a]
            and sector not in self._partnered(a)
        ):
            named = self.here.vocabulary.sectors.get(sector, sector)
            text = f"first partner of {self.here.names.iloc[a]} in {start_small(named)}"
            yield Goal(("sector", a, sector), 1.0, text)

    def _eligible(self, a: int, b: int) -> Iterator[Goal]:
        """A circle of providers that would be complete if the two sign an agreement."""
        ids = self.here.ids
        if self.here.audience != "internal" and self.here.reader not in (ids[a], ids[b]):
            return  # who has signed with whom is told to themselves alone
        for program in self.circles.complete(ids[a], ids[b]):
            text = (
                f"if signed, {self.here.names.iloc[a]} has the "
                f"{program.minimum} separately owned providers that {program.program} asks for"
            )
            yield Goal(("program", program.program, a), 1.0, text)

    @cached_property
    def _sectors(self) -> list[str]:
        kinds = self.here.vocabulary.kinds
        return [kinds[k].sector if k in kinds else "" for k in self.here.organizations["kind"]]

    def _partnered(self, a: int) -> set[str]:
        if a not in self._found_sectors:
            self._found_sectors[a] = {self._sectors[b] for b in _partners(self.graph, a)}
        return self._found_sectors[a]

    @cached_property
    def _found_sectors(self) -> dict[int, set[str]]:
        return {}


def list_goals(here: Network, graph: VisibleGraph) -> Goals:
    """Collect what a tie of two organizations is needed for, as goals of a plan."""
    gaps = {
        pair: tuple(Goal(("gap", need.key), GAP_WORTH * need.severity, need.goal) for need in needs)
        for pair, needs in list_needs(here).items()
    }
    return Goals(here, graph, Circles(here), gaps)


def measure_constraint(graph: VisibleGraph, a: int, more: int = -1) -> float:
    """Give Burt's constraint of one organization, as if it had one tie more.

    Sum over partners j of (p_aj + sum over common partners q of p_aq p_qj)^2, with p = 1 / number
    of ties; NaN without a partner. Burt (1992), doi:10.4159/9780674029095.
    """
    if more < 0 and not graph.degree[a]:
        return float("nan")
    return float(constrain(*graph.rows[:2], a, more))


def _partners(graph: VisibleGraph, a: int) -> Int32Array:
    csr = graph.adjacency
    return csr.indices[csr.indptr[a] : csr.indptr[a + 1]]
