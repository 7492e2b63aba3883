"""Groups in which everybody, or nearly everybody, is tied to everybody: cliques and k-plexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...facts.graph.layers import Layer

SMALLEST = 3
MOST_FOUND = 10_000  # groups; beyond, the list says that it is not whole
MOST_TRIED = 2_000_000  # sets looked at, some seconds


@dataclass(frozen=True, slots=True)
class Cliques:
    """Closely tied groups, none part of another.

    Attributes
    ----------
    members : tuple of tuple of int
        Positions, ascending; the largest group first, then by position.
    complete : bool
        Whether these are all there are; else the search was cut off.
    n : int
        Number of organizations of the network.
    """

    members: tuple[tuple[int, ...], ...]
    complete: bool
    n: int

    def count_memberships(self) -> IntArray:
        """Give the number of groups that each organization is in, by position."""
        flat = [v for group in self.members for v in group]
        return np.bincount(np.array(flat, dtype=np.int64), minlength=self.n)

    def count_overlap(self) -> IntArray:
        """Give in how many groups two organizations are together, shape (n, n)."""
        inside = np.zeros((len(self.members), self.n), np.int64)
        for row, group in zip(inside, self.members, strict=True):
            row[list(group)] = 1
        return inside.T @ inside

    def tabulate(self, layer: Layer) -> pd.DataFrame:
        """Give one row a group: ``clique`` (from 1), ``organizations`` (count), ``members``."""
        names = layer.names.to_numpy()
        columns = {
            "clique": np.arange(1, len(self.members) + 1),
            "organizations": [len(group) for group in self.members],
            "members": [", ".join(str(names[v]) for v in group) for group in self.members],
        }
        return pd.DataFrame(columns)


def find_cliques(layer: Layer, *, smallest: int = SMALLEST) -> Cliques:
    """Find every group in which all are tied to each other and that nobody else fits.

    Direction is ignored: a tie either way counts.

    Parameters
    ----------
    layer : Layer
        The graph.
    smallest : int, default 3
        Members of the smallest group that is listed.

    References
    ----------
    Luce & Perry (1949), doi:10.1007/BF02289146. Bron & Kerbosch (1973),
    doi:10.1145/362342.362367; Tomita, Tanaka & Takahashi (2006), doi:10.1016/j.tcs.2006.06.015.
    """
    return _collect(_Search(_list_partners(layer), 1, smallest), layer.n)


def find_plexes(layer: Layer, *, k: int = 2, smallest: int | None = None) -> Cliques:
    """Find every group in which each is tied to all but k - 1 others, and that nobody else fits.

    A k-plex: a member may lack ties to at most k - 1 of the other members. With k = 1 these are
    the cliques. Direction is ignored.

    Parameters
    ----------
    layer : Layer
        The graph.
    k : int, default 2
        1 + the ties that a member may lack.
    smallest : int, optional
        Members of the smallest group that is listed; default 2 k, from which on everybody is at
        most two steps from everybody (smaller ones may be in several parts).

    References
    ----------
    Seidman & Foster (1978), doi:10.1080/0022250X.1978.9989883. Wu & Pei (2007),
    doi:10.1007/978-3-540-77018-3_46.
    """
    least = max(2 * k, SMALLEST) if smallest is None else smallest
    return _collect(_Search(_list_partners(layer), k, least), layer.n)


def _list_partners(layer: Layer) -> list[int]:
    """Partners of everybody as the bits of a number."""
    matrix = layer.symmetric
    rows = np.split(matrix.indices, matrix.indptr[1:-1]) if layer.n else []
    return [sum(1 << int(v) for v in row) for row in rows]


def _collect(search: _Search, n: int) -> Cliques:
    found: list[tuple[int, ...]] = []
    for group in search.run():
        found.append(group)
        if len(found) >= MOST_FOUND:
            search.complete = False
            break
    members = tuple(sorted(found, key=lambda group: (-len(group), group)))
    return Cliques(members, search.complete, n)


class _Search:
    """Grow groups, one more member at a time; each maximal one is met once."""

    def __init__(self, partners: list[int], k: int, smallest: int) -> None:
        self.partners, self.k, self.smallest = partners, k, smallest
        self.complete, self.tried = True, 0

    def run(self) -> Iterator[tuple[int, ...]]:
        """Start from each organization with those after it; those before it were started from.

        Whoever is to be in a group of `smallest` has at least ``smallest - k`` ties.
        """
        n = len(self.partners)
        able = [v for v in range(n) if self.partners[v].bit_count() >= self.smallest - self.k]
        later, before = _join(able), 0
        for v in able:
            later &= ~(1 << v)
            group = 1 << v
            near = self._near(v) if self.smallest >= 2 * self.k - 1 else -1
            yield from self._grow(group, self._fit(group, later & near), self._fit(group, before))
            before |= 1 << v

    def _near(self, v: int) -> int:
        """Everybody within two steps: two of a k-plex of 2k - 1 or more are no farther."""
        near = self.partners[v]
        for w in _bits(self.partners[v]) if self.k > 1 else ():
            near |= self.partners[w]
        return near

    def _grow(self, group: int, able: int, before: int) -> Iterator[tuple[int, ...]]:
        """Give the maximal groups with these members: `able` may join, `before` must not."""
        self.tried += 1
        if self.tried > MOST_TRIED:
            self.complete = False
            return
        if group.bit_count() + able.bit_count() < self.smallest:
            return
        if not able:
            if not before:
                yield tuple(_bits(group))
            return
        for v in _bits(able & ~self._covered(able, before)):
            bit = 1 << v
            grown = group | bit
            able &= ~bit
            yield from self._grow(grown, self._fit(grown, able), self._fit(grown, before))
            before |= bit

    def _covered(self, able: int, before: int) -> int:
        """Whom to leave to the branch of one pivot: of cliques, the partners of one of them."""
        if self.k > 1:
            return 0
        return max(
            (self.partners[v] & able for v in _bits(able | before)), key=int.bit_count, default=0
        )

    def _fit(self, group: int, others: int) -> int:
        """Those of the others with whom the group is still a k-plex."""
        size = group.bit_count()
        if self.k == 1:
            for member in _bits(group):
                others &= self.partners[member]
            return others
        full = 0
        for member in _bits(group):
            lacking = size - (self.partners[member] & group).bit_count()
            if lacking >= self.k:  # counts itself: it can lack nobody else
                others &= self.partners[member]
            full |= 1 << member
        keep = 0
        for v in _bits(others & ~full):
            if size + 1 - (self.partners[v] & group).bit_count() <= self.k:
                keep |= 1 << v
        return keep


def _bits(word: int) -> Iterator[int]:
    while word:
        low = word & -word
        yield low.bit_length() - 1
        word ^= low


def _join(positions: list[int]) -> int:
    return sum(1 << v for v in positions)
