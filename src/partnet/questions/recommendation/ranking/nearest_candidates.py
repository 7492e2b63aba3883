"""Candidates of a large network: for each organization those worth a look, and a draw of all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray
from ....facts.graph.layers import Layer
from ....measures.groups.neighbors import find_common_features, find_shared_neighbors
from ..features.features import PairFeatures
from ..features.fields import Field
from ..features.graph import SEED, VisibleGraph
from ..features.pairwise import take_cells
from ..features.random_walks import find_nearest_by_walks

NEAREST = 40  # candidates of an organization by each way of being near
MOST_TIED = 200  # organizations with most ties, candidates of those to whom few are near
SOURCES = 500  # organizations whose pairs stand for those of all
FAR = 200  # of those that are not near, drawn for each of them
PAIRS_DRAWN = 300_000  # pairs drawn for the scale of newcomers


@dataclass(frozen=True)
class Candidates:
    """Pairs i < j, and in whose list of candidates each stands.

    Attributes
    ----------
    listed : bool array, shape (pairs, 2)
        Whether j is a candidate of i, and i of j.
    """

    i: IntArray
    j: IntArray
    listed: BoolArray

    def take(self, chosen: BoolArray) -> Candidates:
        """Give some of the pairs."""
        return Candidates(self.i[chosen], self.j[chosen], self.listed[chosen])


@dataclass(frozen=True)
class NearestCandidates:
    """Who is worth a look for whom: by shared partners, by walks, by what they share, by place.

    Attributes
    ----------
    features : PairFeatures
        Visible ties and fields.
    """

    features: PairFeatures

    @property
    def graph(self) -> VisibleGraph:
        """The visible ties."""
        return self.features.graph

    def list_for(self, asked: IntArray, gaps: IntArray) -> Candidates:
        """Give the candidates of some organizations.

        Parameters
        ----------
        asked : int array
            Positions.
        gaps : int array, shape (pairs, 2)
            Pairs whose tie would close a gap: candidates of both.
        """
        gaps = np.concatenate([gaps, gaps[:, ::-1]])
        found = np.concatenate([*self._name_near(asked), gaps[np.isin(gaps[:, 0], asked)]])
        found = found[self._is_free(found)]
        more = self._name_most_tied(asked, np.bincount(found[:, 0], minlength=self.graph.n))
        found = np.concatenate([found, more[self._is_free(more)]])
        source, other = found.T
        return gather_pairs(source, other, self.graph.n)

    def _name_near(self, asked: IntArray) -> list[IntArray]:
        """Pairs (organization asked, candidate) by every way of being near."""
        lists = [
            self._by_partners[asked],
            find_nearest_by_walks(*self.graph.rows[:2], asked, NEAREST),
            *([self._by_features[asked]] if self._sets else []),
            self._by_place(asked),
        ]
        return [_as_pairs(asked, who) for who in lists]

    def _name_most_tied(self, asked: IntArray, named: IntArray) -> IntArray:
        """Pairs with the most tied, for newcomers and for those of whom few are near."""
        short = asked[(self.graph.degree[asked] == 0) | (named[asked] < NEAREST)]
        first = np.argsort(-self.graph.degree, kind="stable")[:MOST_TIED]
        return _as_pairs(short, np.tile(first, (len(short), 1)))

    @cached_property
    def _by_partners(self) -> IntArray:
        ids = pd.RangeIndex(self.graph.n)
        layer = Layer(ids, pd.Series(ids, index=ids), self.graph.adjacency)
        nearest = find_shared_neighbors(layer, NEAREST, score="resource_allocation")
        return nearest.who.astype(np.int64)

    @property
    def _sets(self) -> list[Field]:
        return [f for f in self.features.fields if f.incidence is not None and f.weights.any()]

    @cached_property
    def _by_features(self) -> IntArray:
        incidence = sparse.csr_array(sparse.hstack([f.incidence for f in self._sets]))
        worth = np.sqrt(np.concatenate([f.weights for f in self._sets]))
        nearest = find_common_features(incidence, NEAREST, weights=worth, order=self._counties)
        return nearest.who.astype(np.int64)

    @cached_property
    def _counties(self) -> IntArray:
        """Number of the county of each organization; -1 where none is known."""
        known = [f.codes for f in self.features.fields if f.name == "county_fips"]
        return known[0] if known else np.full(self.graph.n, -1, dtype=np.int64)

    def _by_place(self, asked: IntArray) -> IntArray:
        """Those in the same county with the most ties."""
        order = np.lexsort((-self.graph.degree, self._counties))
        own = self._counties[asked]
        ordered = self._counties[order]
        start, stop = np.searchsorted(ordered, own, "left"), np.searchsorted(ordered, own, "right")
        place = start[:, None] + np.arange(NEAREST)
        there = (place < stop[:, None]) & (own >= 0)[:, None]
        return np.where(there, order[np.minimum(place, len(order) - 1)], -1)

    # -- what stands for all pairs ----------------------------------------------------------------

    def draw_warm(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Draw pairs of organizations with ties, and say how many pairs each stands for.

        For a seeded draw of organizations: all near ones, and a draw of the others, so that the
        scale is fine where candidates are.
        """
        random = np.random.default_rng(SEED)
        tied = np.flatnonzero(self.graph.degree > 0)
        if not len(tied):
            return tied, tied, np.zeros(0)
        sources = np.sort(random.choice(tied, min(SOURCES, len(tied)), replace=False))
        near = self._draw_near(sources, tied)
        far = np.column_stack([np.repeat(sources, FAR), random.choice(tied, len(sources) * FAR)])
        code, near_code = (part[:, 0] * self.graph.n + part[:, 1] for part in (far, near))
        far = far[self._is_free(far) & ~np.isin(code, near_code)]
        count_near, count_far = (
            np.bincount(pairs[:, 0], minlength=self.graph.n).astype(float) for pairs in (near, far)
        )
        others = len(tied) - 1 - self.graph.degree - count_near
        mass = np.concatenate([np.ones(len(near)), (others / np.maximum(count_far, 1))[far[:, 0]]])
        i, j = np.concatenate([near, far]).T
        return i, j, mass * (len(tied) / len(sources) / 2)  # both ways round are one pair

    def _draw_near(self, sources: IntArray, tied: IntArray) -> IntArray:
        near = np.unique(np.concatenate(self._name_near(sources)), axis=0)
        return near[self._is_free(near) & np.isin(near[:, 1], tied)]

    def _is_free(self, pairs: IntArray) -> BoolArray:
        """Whether pairs are two organizations without a tie."""
        source, other = pairs.T
        return (source != other) & (take_cells(*self.graph.rows, source, other) == 0)


def draw_newcomers(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """Draw pairs of a newcomer and anybody, each as likely as any other (seeded)."""
    random = np.random.default_rng(SEED)
    newcomers = np.flatnonzero(graph.degree == 0)
    if not len(newcomers):
        return newcomers, newcomers
    count = min(PAIRS_DRAWN, len(newcomers) * graph.n)
    one, other = random.choice(newcomers, count), random.integers(0, graph.n, count)
    apart = one != other
    return np.minimum(one, other)[apart], np.maximum(one, other)[apart]


def gather_pairs(source: IntArray, other: IntArray, n: int) -> Candidates:
    """Bring pairs (organization, candidate) into order, each pair once."""
    low, high = np.minimum(source, other), np.maximum(source, other)
    codes, at = np.unique(low * n + high, return_inverse=True)
    listed = np.zeros((len(codes), 2), dtype=bool)
    listed[at, (source > other).astype(np.int64)] = True
    i, j = np.divmod(codes, n)
    return Candidates(i, j, listed)


def _as_pairs(asked: IntArray, who: IntArray) -> IntArray:
    """Pairs of each organization and those named with it; -1 is nobody."""
    pairs = np.column_stack([np.repeat(asked, who.shape[1]), who.ravel()])
    return pairs[pairs[:, 1] >= 0]
