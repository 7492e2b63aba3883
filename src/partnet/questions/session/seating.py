"""The seating plan: new contacts together, sectors mixed, nobody without a tie at the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.errors import UsageError
from ...measures.kernels.seating import BAD, count_groups, improve_seats, judge_table, shake_seats

SEATS = 8  # people at a table: as many as hear each other
NEW_CONTACTS = 3  # new contacts that one person can make in an hour at a table
ROUNDS = 120  # times the plan is shaken and improved again
MOST_SHAKEN = 200  # people up to whom all rounds are made; of more people each takes longer
KICKS = 6  # swaps of one shake
SEED = 20260630
WIDEST_BOUND = 150  # people up to whom the bound is solved; above, a plainer one is used
CUTS = ((30, 6), (60, 2))  # up to so many people, so many rounds of cuts; beyond, none
MOST_CUTS = 6  # cuts a person in each round


@dataclass(frozen=True)
class Seating:
    """Who sits where, and how good that is.

    Attributes
    ----------
    table : int array
        Table by person, from 1.
    value : float
        Sum over people of their best new contacts at the table.
    bound : float
        No plan whatever can be worth more.
    untied_tables, tied_tables : tuple of int
        Tables at which no pair, or every pair, has a tie on file.
    """

    table: IntArray
    value: float
    bound: float
    untied_tables: tuple[int, ...] = ()
    tied_tables: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """Value as a share of the bound; 1 where nothing is to be gained."""
        reached = self.value / self.bound if self.bound > 0 else 1.0
        return min(reached, 1.0)  # the bound is a sum, and off by its last digits


def plan_seating(
    value: npt.ArrayLike,
    tied: npt.ArrayLike,
    sectors: Sequence[str],
    *,
    seats: int = SEATS,
    rounds: int = ROUNDS,
) -> Seating:
    """Seat people so that those who do not know each other yet, and could gain, sit together.

    The value of a plan is the sum over people of their three best new contacts at the table (a
    person makes no more in an hour); a pair with a tie on file is no new contact. Tables differ in
    size by one at most, and no table holds more people of a sector than its even share, rounded
    up. A table without a tie, or with a tie of every pair, costs
    more than any value: it stays only where the search finds no plan without it. The plan starts
    with a tie at every table if a matching of the ties has as many pairs as there are tables; it is
    improved by swaps of two people, then shaken and improved again (iterated local search with a
    fixed seed). How far it can be from the best is told by :func:`bound_seating`.

    Parameters
    ----------
    value : array, shape (n, n)
        What a new contact would be worth, 0 to 1; symmetric.
    tied : bool array, shape (n, n)
        Who has a tie on file with whom.
    sectors : sequence of str
        Sector by person; "" is a sector of its own.
    seats : int, default 8
        Most people at one table, 2 or more.
    rounds : int, default 120
        How often to shake; above 200 people as much less often as a round takes longer.

    Raises
    ------
    UsageError
        Fewer than two seats at a table.

    References
    ----------
    Lourenço, Martin & Stützle (2019), doi:10.1007/978-3-319-91086-4_5 (iterated local search).
    """
    if seats < 2:
        raise UsageError(f"seats: found {seats}. A table has 2 seats or more. Correct it.")
    known = np.asarray(tied, dtype=bool)
    gain = np.where(known, 0.0, np.asarray(value, dtype=float))
    np.fill_diagonal(gain, 0.0)
    group = pd.factorize(pd.Series(list(sectors), dtype="str"))[0].astype(np.int64)
    tables = max(1, -(-len(group) // seats))
    cap = -(-np.bincount(group, minlength=1) // tables)
    larger = max(len(group) / MOST_SHAKEN, 1.0)
    shakes = math.ceil(rounds / larger**2)
    seat = _search(gain, known, group, cap, _start(known, group, tables), shakes)
    return _describe(seat, gain, known)


def _start(tied: BoolArray, group: IntArray, tables: int) -> IntArray:
    """Deal people out by sector, so that caps hold; then bring a tie to every table if possible."""
    order = np.argsort(group, kind="stable")
    seat = np.empty(len(group), dtype=np.int64)
    seat[order] = np.arange(len(group)) % tables
    graph = nx.Graph()
    graph.add_edges_from(np.argwhere(np.triu(tied, 1)).tolist())
    pairs = sorted(tuple(sorted(p)) for p in nx.max_weight_matching(graph, maxcardinality=True))
    for table, (a, b) in enumerate(pairs[:tables]):
        for person in (a, b):
            _move_to(person, table, seat, group, {a, b})
    return seat


def _move_to(person: int, table: int, seat: IntArray, group: IntArray, keep: set[int]) -> None:
    """Swap a person with one of the same sector at a table, if there is one."""
    if seat[person] == table:
        return
    there = np.flatnonzero((seat == table) & (group == group[person]))
    others = [int(other) for other in there if other not in keep]
    if others:
        seat[person], seat[others[0]] = table, seat[person]


def _search(
    gain: FloatArray, tied: BoolArray, group: IntArray, cap: IntArray, seat: IntArray, rounds: int
) -> IntArray:
    """Improve, shake, improve again; keep the best."""
    n = len(seat)
    if n == 0 or seat.max() == 0:
        return seat
    shakes = np.random.default_rng(SEED).integers(n, size=(rounds, KICKS, 2))
    best, worth = seat.copy(), improve_seats(gain, tied, group, cap, seat, NEW_CONTACTS)
    best[:] = seat
    for swaps in shakes:
        trial = best.copy()
        shake_seats(group, cap, trial, count_groups(group, cap, trial), swaps)
        found = improve_seats(gain, tied, group, cap, trial, NEW_CONTACTS)
        if found > worth + 1e-9:
            best, worth = trial, found
    return best


def _describe(seat: IntArray, gain: FloatArray, tied: BoolArray) -> Seating:
    best = np.zeros(NEW_CONTACTS)
    untied: list[int] = []
    tied_only: list[int] = []
    value = 0.0
    for table in range(int(seat.max(initial=-1)) + 1):
        members = np.flatnonzero(seat == table)
        worth = judge_table(gain, tied, members[None, :], 0, best)
        if worth < -BAD / 2:
            worth += BAD
            bad = tied_only if tied[members[0], members[1]] else untied
            bad.append(table + 1)
        value += worth
    most = int(np.bincount(seat).max()) if len(seat) else 1
    return Seating(seat + 1, value, bound_seating(gain, most), tuple(untied), tuple(tied_only))


def bound_seating(gain: FloatArray, seats: int) -> float:
    """Say what no seating plan can exceed: the solution of a linear relaxation with cuts.

    x_ij (from 0 to 1) tells whether i and j share a table, y_ij whether j counts among the best
    contacts of i. Maximize sum gain_ij (y_ij + y_ji), with y_ij <= x_ij, sum_j y_ij <= 3,
    sum_j x_ij <= seats - 1, and, as far as they are violated, x_ij + x_jk - x_ik <= 1 (who shares
    a table with j shares it with everybody else at it). Every plan is a solution of it, so none is
    worth more. Above 150 people, the sum of everybody's three best is used, which is no smaller.

    Parameters
    ----------
    gain : array, shape (n, n)
        Worth of new contacts; 0 for pairs with a tie on file.
    seats : int
        Most people at one table.
    """
    most = min(NEW_CONTACTS, max(seats - 1, 0), len(gain))
    if not most or not gain.any():
        return 0.0
    plain = float(np.sort(gain, axis=1)[:, -most:].sum())
    if len(gain) > WIDEST_BOUND:
        return plain
    return min(plain, _Relaxation(gain, seats, most).solve())


class _Relaxation:
    """The linear program, and the triangles that its solution so far breaks."""

    def __init__(self, gain: FloatArray, seats: int, most: int) -> None:
        self.n = len(gain)
        self.left, self.right = np.triu_indices(self.n, 1)
        self.worth = gain[self.left, self.right]
        self.priced = np.flatnonzero(self.worth)
        self.rows, self.limits = self._degrees(seats, most)

    def _degrees(self, seats: int, most: int) -> tuple[sparse.csr_array, FloatArray]:
        """y below x, at most `most` best contacts, at most seats - 1 others at the table."""
        pairs, priced = len(self.left), len(self.priced)
        k, one = np.arange(priced), np.ones(priced)
        ends = self.left[self.priced], self.right[self.priced]
        shared = sparse.csr_array((-one, (k, self.priced)), shape=(priced, pairs))
        best = sparse.eye_array(priced)
        mine, theirs = (sparse.csr_array((one, (e, k)), shape=(self.n, priced)) for e in ends)
        every = np.ones(pairs), np.arange(pairs)
        at_table = sum(
            sparse.csr_array((every[0], (end, every[1])), shape=(self.n, pairs))
            for end in (self.left, self.right)
        )
        rows = sparse.block_array(
            [
                [shared, best, None],
                [shared, None, best],
                [None, mine, theirs],
                [at_table, None, None],
            ]
        )
        limits = [np.zeros(2 * priced), np.full(self.n, most), np.full(self.n, seats - 1)]
        return sparse.csr_array(rows), np.concatenate(limits)

    def solve(self) -> float:
        """Solve, add the triangles that are broken most, solve again."""
        worth = self.worth[self.priced]
        goal = -np.concatenate([np.zeros(len(self.left)), worth, worth])
        bound = float("inf")
        rounds = next((rounds for most, rounds in CUTS if self.n <= most), 0)
        for left in range(rounds, -1, -1):
            found = linprog(goal, self.rows, self.limits, bounds=(0, 1), method="highs")
            if found.status != 0:
                break
            bound = min(bound, float(-found.fun))
            if not left or not self._cut(found.x[: len(self.left)]):
                break
        return bound

    def _cut(self, x: FloatArray) -> bool:
        """Add the triangles broken most; tell whether there were any."""
        share = np.zeros((self.n, self.n))
        share[self.left, self.right] = share[self.right, self.left] = x
        number = np.zeros((self.n, self.n), dtype=np.int64)
        number[self.left, self.right] = number[self.right, self.left] = np.arange(len(x))
        found = []
        for j in range(self.n):
            near = np.flatnonzero(share[j] > 0.05)
            i, k = (near[side] for side in np.triu_indices(len(near), 1))
            over = share[i, j] + share[j, k] - share[i, k] - 1
            for at in np.argsort(-over, kind="stable")[:MOST_CUTS]:
                if over[at] > 0.01:
                    found.append((number[i[at], j], number[j, k[at]], number[i[at], k[at]]))
        if found:
            cells = np.array(found)
            row = np.repeat(np.arange(len(cells)), 3)
            sign = np.tile([1.0, 1.0, -1.0], len(cells))
            shape = (len(cells), self.rows.shape[1])
            more = sparse.csr_array((sign, (row, cells.ravel())), shape=shape)
            self.rows = sparse.csr_array(sparse.vstack([self.rows, more]))
            self.limits = np.concatenate([self.limits, np.ones(len(cells))])
        return bool(found)
