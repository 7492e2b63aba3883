"""What an introduction would do for the network as a whole, beside how likely it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..gaps import find_gaps
from ..network import Network
from .graph import VisibleGraph

FloatArray = npt.NDArray[np.float64]

GAP_WORTH = 2.0  # closing a gap of severity 1 counts as much as two organizations in new company


@dataclass(frozen=True)
class Goal:
    """One thing that an introduction can achieve, once.

    Attributes
    ----------
    key : tuple
        What is achieved: ("sector", organization, sector), or ("gap", gap id).
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
    """Goals that pairs of a network serve."""

    net: Network
    graph: VisibleGraph
    gaps: Mapping[tuple[int, int], tuple[Goal, ...]] = field(default_factory=dict)

    def of(self, a: int, b: int) -> list[Goal]:
        """Give what a tie of two organizations would achieve."""
        found = [goal for one, other in ((a, b), (b, a)) for goal in self._company(one, other)]
        return [*found, *self.gaps.get((min(a, b), max(a, b)), ())]

    def _company(self, a: int, b: int) -> list[Goal]:
        """A partner of a sector that a has no tie with."""
        sector = self._sectors[b]
        if not sector or sector in self._partnered(a):
            return []
        named = self.net.vocabulary.sectors.get(sector, sector)
        text = f"first partner of {self.net.names.iloc[a]} in the sector {named}"
        return [Goal(("sector", a, sector), 1.0, text)]

    @cached_property
    def _sectors(self) -> list[str]:
        kinds = self.net.vocabulary.kinds
        return [kinds[k].sector if k in kinds else "" for k in self.net.organizations["kind"]]

    def _partnered(self, a: int) -> set[str]:
        csr = self.graph.adjacency
        sectors = self._sectors
        return {sectors[b] for b in csr.indices[csr.indptr[a] : csr.indptr[a + 1]]}


def list_goals(net: Network, graph: VisibleGraph, as_of: str | pd.Timestamp | None) -> Goals:
    """Collect the gaps that a tie of two organizations would close.

    A rule gap names both sides. A county without a service is served where the nearest provider
    meets an organization of that county.
    """
    if net.n < 2:
        return Goals(net, graph)
    gaps: dict[tuple[int, int], list[Goal]] = {}
    counties = net.organizations["county_fips"].to_numpy()
    for gap in find_gaps(net, as_of=as_of).table.itertuples():
        ends = net.positions([gap.organization, gap.other])
        if gap.family == "rule" and (ends >= 0).all():
            _add(gaps, int(ends[0]), int(ends[1]), gap, f"closes the gap “{gap.rule}”")
        elif gap.family == "coverage" and ends[0] >= 0 and gap.place:
            text = f"brings {gap.rule} towards {gap.place_name}"
            for other in np.flatnonzero(counties == gap.place):
                _add(gaps, int(ends[0]), int(other), gap, text)
    return Goals(net, graph, {pair: tuple(found) for pair, found in gaps.items()})


def _add(gaps, a: int, b: int, gap, text: str) -> None:  # type: ignore[no-untyped-def]
    if a != b:
        goal = Goal(("gap", gap.gap_id), GAP_WORTH * float(gap.severity), text)
        gaps.setdefault((min(a, b), max(a, b)), []).append(goal)


def number_components(graph: VisibleGraph) -> npt.NDArray[np.int32]:
    """Number the parts of a network that no tie joins."""
    labels: npt.NDArray[np.int32] = sparse.csgraph.connected_components(graph.adjacency)[1]
    return labels


def choose_greedily(
    goals: Sequence[Sequence[Goal]],
    chances: FloatArray,
    ends: npt.NDArray[np.int64],
    budget: int,
    cap: int | None,
    order: FloatArray | None = None,
) -> tuple[list[int], list[float]]:
    """Choose pairs one after the other by their expected marginal gain.

    The expected worth of a choice S is the sum over goals of worth x (1 - product of (1 - chance)
    over the pairs of S that serve the goal): it never falls and gains less and less, so choosing
    greedily reaches 1 - 1/e of the best under a pure count budget, and 1/3 with a cap on both
    sides. With `order` the pairs are taken in that order instead.

    Returns
    -------
    chosen, gains : lists
        Rows in the order chosen, and what each adds.
    """
    open_: dict[tuple[object, ...], float] = {}
    used: dict[int, int] = {}
    left = list(range(len(goals)))
    chosen: list[int] = []
    gains: list[float] = []
    while left and len(chosen) < budget:
        if cap is not None:
            left = [k for k in left if max(used.get(int(e), 0) for e in ends[k]) < cap]
        if not left:
            break
        gain = {k: _expect(goals[k], chances[k], open_) for k in left}
        value = gain if order is None else {k: float(order[k]) for k in left}
        best = max(left, key=lambda k: (round(value[k], 9), -k))
        left.remove(best)
        chosen.append(best)
        gains.append(gain[best])
        for goal in goals[best]:
            open_[goal.key] = open_.get(goal.key, 1.0) * (1.0 - chances[best])
        for end in ends[best]:
            used[int(end)] = used.get(int(end), 0) + 1
    return chosen, gains


def _expect(
    goals: Sequence[Goal], chance: float, left: Mapping[tuple[object, ...], float]
) -> float:
    return float(sum(goal.worth * chance * left.get(goal.key, 1.0) for goal in goals))
