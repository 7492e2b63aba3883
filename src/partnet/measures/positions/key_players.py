"""Key players: the few whose loss would break the network, or who together reach it best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb
from typing import Protocol

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, Int32Array, get_rows
from ...facts.graph.layers import Layer
from ..kernels.key_players import (
    fill_steps,
    find_best_cut,
    measure_gains,
    score_losses,
    search_reach,
    sum_closeness,
)
from ..parallel import run_ranges
from ..ranking import DIGITS

EXACT_STEPS = 5e8  # steps of trying every set, about a second; beyond, greedy with swaps
LOSS_STEPS = 3e9  # steps of the search for the set that lengthens paths most; beyond, fewer tried
MOST_CELLS = 10_000_000  # candidates x organizations whose distances are kept: 80 MB
MOST_CANDIDATES = 2000
DEPTH = 6  # steps across a usual network, for the estimates of cost
WITHIN = 2  # steps of m-reach: a partner, or a partner's partner
BREAKS_MOST = "breaks most if it leaves"
LENGTHENS_MOST = "lengthens paths most if it leaves"
COLUMNS = [
    *("set", "measure", "order", "organization", "name", "value", "before", "search", "equal"),
]


class Problem(Protocol):
    """A value of sets that is to be as large as possible."""

    @property
    def candidates(self) -> Int32Array:
        """Positions of those who may be in the set."""

    @property
    def before(self) -> float:
        """Value of the empty set."""

    def add_best(self, chosen: list[int], allowed: BoolArray) -> tuple[int, float]:
        """Give the best further candidate (-1: none) and the value of the set with it."""

    def try_every(self, chosen: list[int], value: float) -> list[int] | None:
        """Give the best set of this size, the one given if none is better; ``None`` if too many."""


def find_key_players(layer: Layer, *, most: int = 3, within: int = WITHIN) -> pd.DataFrame:
    """Find the few whose loss breaks the network most, and the few who together reach it best.

    Four sets of at most `most`, each best by its own measure: two of *breakers* (see
    :func:`find_breakers`) and two of *reachers* (see :func:`find_reachers`).

    Returns
    -------
    DataFrame
        ``set``, ``measure`` ("fragmentation", "distance_fragmentation", "reach", "m_reach"),
        ``order`` within the set (1 counts most), ``organization``, ``name``, ``value`` (of the set
        up to this member), ``before`` (without the set), ``search`` ("exact", or "greedy with
        swaps"; and among whom, where only the best tied could be tried) and ``equal`` (whether
        another in the place of one member would do as much).

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    found = {
        BREAKS_MOST: find_breakers(layer, most=most),
        LENGTHENS_MOST: find_breakers(layer, most=most, by_distance=True),
        "reaches most together": find_reachers(layer, most=most),
        f"reaches most within {within} steps": find_reachers(layer, most=most, within=within),
    }
    if not layer.matrix.nnz:  # everybody reaches itself, and that is all
        found = {name: table.head(0) for name, table in found.items()}
    tables = [table.assign(set=name) for name, table in found.items()]
    return pd.concat(tables, ignore_index=True)[COLUMNS]


def find_breakers(layer: Layer, *, most: int = 3, by_distance: bool = False) -> pd.DataFrame:
    """Find the set whose loss leaves the fewest pairs connected (KPP-Neg).

    Fragmentation ``F = 1 - sum_k s_k (s_k - 1) / (n (n - 1))`` over the parts ``s_k`` of the n
    that are left; by distance ``dF = 1 - sum_ij (1 / d_ij) / (n (n - 1))``, which also counts
    paths that become longer. Every set is tried where that takes about a second; else the set grows
    by its best next member, then members are exchanged while that helps. Equal sets: the one found
    first in the order of the network. Where nobody has a tie left, the set is smaller.

    Parameters
    ----------
    layer : Layer
        The graph; direction is ignored.
    most : int, default 3
        Size of the set.
    by_distance : bool, default False
        Use dF. Where a network is so large that only a few organizations could be tried, nothing
        is searched and the table is empty.

    Returns
    -------
    DataFrame
        ``measure``, ``order``, ``organization``, ``name``, ``value``, ``before``, ``search``,
        ``equal``, as in :func:`find_key_players`.

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    here = layer.present()
    if by_distance:
        return _search(here, _Lengthening.of(here, most), most, "distance_fragmentation")
    return _search(here, _Breaking.of(here), most, "fragmentation")


def find_reachers(layer: Layer, *, most: int = 3, within: int | None = None) -> pd.DataFrame:
    """Find the set that is nearest to everybody (KPP-Pos).

    Distance-weighted reach ``R = sum_j (1 / d_j) / n`` with ``d_j`` the steps from the nearest
    member to j (1 for members, 1 / d = 0 out of reach; an isolate reaches itself); or, with
    `within`, m-reach: the share of organizations, members included, at most that many steps from a
    member. Searched as in :func:`find_breakers`; what is not searched exactly still reaches at
    least 1 - 1/e of the best set of those that were tried.

    Parameters
    ----------
    layer : Layer
        The graph; along the arrows if directed.
    most : int, default 3
        Size of the set.
    within : int, optional
        Steps m of m-reach; default: distance-weighted reach.

    Returns
    -------
    DataFrame
        As in :func:`find_breakers`; ``before`` is 0.

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x. Nemhauser, Wolsey & Fisher (1978),
    doi:10.1007/BF01588971 (the bound of greedy sets).
    """
    here = layer.present()
    measure = "reach" if within is None else "m_reach"
    return _search(here, _Reaching.of(here, within), most, measure)


def measure_fragmentation(layer: Layer, keep: BoolArray, *, by_distance: bool = False) -> float:
    """Share of pairs of the kept organizations that have no path to each other.

    By distance, a path of d steps counts as 1 / d of a tie. 0 where fewer than two are left.

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    n = int(keep.sum())
    if n < 2:
        return 0.0
    indptr, indices, _ = get_rows(layer.symmetric)
    if by_distance:
        return 1.0 - sum_closeness(indptr, indices, ~keep) / (n * (n - 1))
    return 1.0 - int(find_best_cut(indptr, indices, ~keep, keep)[2]) / (n * (n - 1))


@dataclass(frozen=True)
class _Breaking:
    """Fragmentation F, once the set is gone."""

    indptr: Int32Array
    indices: Int32Array
    candidates: Int32Array
    before: float

    @classmethod
    def of(cls, layer: Layer) -> _Breaking:
        indptr, indices, _ = get_rows(layer.symmetric)
        before = measure_fragmentation(layer, np.ones(layer.n, dtype=bool))
        return cls(indptr, indices, np.flatnonzero(np.diff(indptr)).astype(np.int32), before)

    def add_best(self, chosen: list[int], allowed: BoolArray) -> tuple[int, float]:
        n = len(self.indptr) - 1
        gone, may = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
        gone[self.candidates[chosen]] = True
        may[self.candidates[allowed]] = True
        best, connected, _ = find_best_cut(self.indptr, self.indices, gone, may)
        row = int(np.searchsorted(self.candidates, best)) if best >= 0 else -1
        return row, _share_apart(float(connected), n - len(chosen) - 1)

    def try_every(self, chosen: list[int], value: float) -> list[int] | None:
        cost = 4.0 * (len(self.indptr) + len(self.indices))
        return _try_every(self, cost, chosen, value)


@dataclass(frozen=True)
class _Lengthening:
    """Distance-weighted fragmentation dF, once the set is gone."""

    indptr: Int32Array
    indices: Int32Array
    candidates: Int32Array
    before: float

    @classmethod
    def of(cls, layer: Layer, most: int) -> _Lengthening:
        indptr, indices, _ = get_rows(layer.symmetric)
        one = _steps_of_closeness(indptr, indices)
        affordable = int(LOSS_STEPS / (4 * max(most, 1) * one)) if layer.n else 0
        degree = np.diff(indptr)
        ranked = np.argsort(-degree, kind="stable")[:affordable]
        candidates = np.sort(ranked[degree[ranked] > 0]).astype(np.int32)
        if len(candidates) < min(4 * most, int((degree > 0).sum())):
            return cls(indptr, indices, candidates[:0], float("nan"))  # too few to be tried
        before = measure_fragmentation(layer, np.ones(layer.n, dtype=bool), by_distance=True)
        return cls(indptr, indices, candidates, before)

    def add_best(self, chosen: list[int], allowed: BoolArray) -> tuple[int, float]:
        n = len(self.indptr) - 1
        gone = np.zeros(n, dtype=bool)
        gone[self.candidates[chosen]] = True
        rows = np.flatnonzero(allowed & ~gone[self.candidates])
        left = np.zeros(len(rows))
        candidates = self.candidates[rows]

        def work(first: int, last: int) -> None:
            score_losses(self.indptr, self.indices, gone, candidates, first, last, left)

        if not len(rows):
            return -1, 0.0
        run_ranges(work, len(rows), steps=self.one * len(rows), exact=True)
        best = int(np.argmin(np.round(left, DIGITS)))
        return int(rows[best]), _share_apart(float(left[best]), n - len(chosen) - 1)

    @property
    def one(self) -> float:
        """Steps of measuring the value of one set."""
        return _steps_of_closeness(self.indptr, self.indices)

    def try_every(self, chosen: list[int], value: float) -> list[int] | None:
        return _try_every(self, self.one * len(self.candidates), chosen, value)


@dataclass(frozen=True)
class _Reaching:
    """Reach of the set: the mean over everybody of the worth of its nearest member."""

    candidates: Int32Array
    worth: FloatArray
    before: float = 0.0

    @classmethod
    def of(cls, layer: Layer, within: int | None) -> _Reaching:
        indptr, indices, _ = get_rows(layer.matrix)
        degree = np.diff(indptr)
        number = min(MOST_CANDIDATES, MOST_CELLS // max(layer.n, 1))
        ranked = np.argsort(-degree, kind="stable")[:number]
        candidates = np.sort(ranked).astype(np.int32)  # with isolates: they reach themselves
        steps = np.empty((len(candidates), layer.n), np.int32)

        def work(first: int, last: int) -> None:
            fill_steps(indptr, indices, candidates, first, last, steps)

        run_ranges(work, len(candidates), steps=float(len(candidates)) * len(indices), exact=True)
        return cls(candidates, _worth_of(steps, within))

    @cached_property
    def nobody(self) -> FloatArray:
        return np.zeros(self.worth.shape[1])

    def add_best(self, chosen: list[int], allowed: BoolArray) -> tuple[int, float]:
        cover = self.worth[chosen].max(axis=0) if chosen else self.nobody
        gains = np.zeros(len(self.candidates))

        def work(first: int, last: int) -> None:
            measure_gains(self.worth, cover, first, last, gains)

        run_ranges(work, len(gains), steps=float(self.worth.size), exact=True)
        gains = np.where(allowed, np.round(gains, DIGITS), -1.0)
        best = int(np.argmax(gains)) if len(gains) else -1
        if best < 0 or gains[best] <= 0:
            return -1, 0.0
        return best, float(cover.sum() + gains[best]) / len(cover)

    def try_every(self, chosen: list[int], value: float) -> list[int] | None:
        total = value * len(self.nobody)
        finished, found = search_reach(self.worth, len(chosen), total, EXACT_STEPS)
        if not finished:
            return None
        return chosen if found[0] < 0 else [int(k) for k in found]


def _worth_of(steps: Int32Array, within: int | None) -> FloatArray:
    """1 / distance (1 for itself, 0 out of reach), or 1 within so many steps."""
    if within is not None:
        return ((steps >= 0) & (steps <= within)).astype(float)
    return np.where(steps < 0, 0.0, 1.0 / np.maximum(steps, 1))


def _share_apart(connected: float, left: int) -> float:
    return 1.0 - connected / (left * (left - 1)) if left > 1 else 0.0


def _steps_of_closeness(indptr: Int32Array, indices: Int32Array) -> float:
    words = (len(indptr) + 62) // 64
    return float(words * DEPTH * (len(indptr) + len(indices)))


def _search(layer: Layer, problem: Problem, most: int, measure: str) -> pd.DataFrame:
    """Grow the set, exchange members while that helps, try every set where that is affordable."""
    everybody = np.ones(len(problem.candidates), dtype=bool)
    chosen, values = _grow(problem, most, everybody)
    chosen, value = _exchange(problem, chosen, values[-1] if values else problem.before)
    best = problem.try_every(chosen, value) if chosen else None
    chosen = chosen if best is None else best
    inside = np.zeros(len(problem.candidates), dtype=bool)
    inside[chosen] = True
    chosen, values = _grow(problem, len(chosen), inside)  # the largest share first
    positions = problem.candidates[chosen]
    reaching = isinstance(problem, _Reaching)
    tried = len(problem.candidates)
    possible = layer.n if reaching else int(np.count_nonzero(np.diff(layer.matrix.indptr)))
    search = "exact" if best is not None else "greedy with swaps"
    columns = {
        "measure": measure,
        "order": np.arange(1, len(chosen) + 1),
        "organization": layer.ids[positions],
        "name": layer.names.to_numpy()[positions],
        "value": values,
        "before": problem.before,
        "search": search if tried >= possible else f"{search} among the {tried:,} best tied",
        "equal": "yes" if values and _has_equal(problem, chosen, values[-1]) else "",
    }
    return pd.DataFrame(columns)


def _grow(problem: Problem, most: int, allowed: BoolArray) -> tuple[list[int], list[float]]:
    """Take the best next member, again and again."""
    chosen: list[int] = []
    values: list[float] = []
    while len(chosen) < most:
        best, value = problem.add_best(chosen, allowed)
        if best < 0:
            break
        chosen, values = [*chosen, best], [*values, value]
    return chosen, values


def _exchange(problem: Problem, chosen: list[int], value: float) -> tuple[list[int], float]:
    """Exchange single members for better ones until none is left that helps."""
    everybody = np.ones(len(problem.candidates), dtype=bool)
    helped = len(chosen) > 1
    while helped:
        helped = False
        for member in list(chosen):
            rest = [other for other in chosen if other != member]
            best, found = problem.add_best(rest, everybody)
            if best >= 0 and found > value + 1e-9:
                chosen, value, helped = [*rest, best], found, True
    return chosen, value


def _has_equal(problem: Problem, chosen: list[int], value: float) -> bool:
    """Whether a set in which one other stands for one member is worth as much."""
    for member in chosen:
        others = np.ones(len(problem.candidates), dtype=bool)
        others[member] = False
        best, found = problem.add_best([k for k in chosen if k != member], others)
        if best >= 0 and found > value - 1e-9:
            return True
    return False


def _try_every(problem: Problem, cost: float, chosen: list[int], value: float) -> list[int] | None:
    """Complete every smaller set by its best further member."""
    number, size = len(problem.candidates), len(chosen) - 1
    if comb(number, size) * cost > EXACT_STEPS:
        return None
    everybody = np.ones(number, dtype=bool)
    for others in combinations(range(number), size):
        best, found = problem.add_best(list(others), everybody)
        if best >= 0 and found > value + 1e-9:
            chosen, value = [*others, best], found
    return chosen
