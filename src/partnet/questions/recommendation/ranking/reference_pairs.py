"""What pairs of a network are scored with: columns, weights and scale of each situation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray
from ..features.features import NEWCOMER, TOPOLOGY, WARM, PairFeatures, normal_quantiles
from ..features.graph import SEED, VisibleGraph, list_ends
from .holdout import SHARE_HIDDEN
from .nearest_candidates import Candidates, NearestCandidates, draw_newcomers
from .pair_sets import PairSet, Scale
from .ranker import PATTERN, Ranker
from .shrinkage import TIMES, fit_own_weights
from .trees import load_trees, measure_columns

HIDDEN_PER_VISIBLE = 0.25  # the back-test hides one tie in five: one hidden to four visible
NEWCOMER_RATE = 0.5  # newcomers are taken to have half the ties that others have
NEW = "newcomer"
DRAWS = 20  # times that meetings are hidden to count what is left to find
LEAST = 0.5  # held-out ties: never nothing


@dataclass(frozen=True)
class Situation:
    """How pairs are scored of which both ends have a tie, or of which one has none.

    Attributes
    ----------
    features : PairFeatures
        Raw columns.
    ranker : Ranker
        Shipped weights.
    name : str
        "ties", "ties_and_attributes" or "newcomer".
    columns : tuple of str
        What is weighed.
    expected : float
        Held-out ties that a back-test would have among all pairs of the situation.
    documents : csr_array or None
        Ties x documents: what is hidden together where the weights are moved.
    times : int
        How often ties are hidden to move them.
    """

    features: PairFeatures
    ranker: Ranker
    name: str
    columns: tuple[str, ...]
    expected: float
    documents: sparse.csr_array | None = None
    times: int = TIMES

    @cached_property
    def weights(self) -> FloatArray:
        """The shipped weights; where ties can be hidden once more, moved by them."""
        shipped = self.ranker.weights_for(self.name, self.columns)
        if self.name == NEW:
            return shipped
        own = self.features, self.columns, shipped, self.documents
        return fit_own_weights(*own, times=self.times)

    def score_all(self, i: IntArray, j: IntArray) -> PairSet:
        """Score all pairs of the situation: each is placed among the others."""
        raw = self.features.measure(self.columns, i, j)
        names, scaled, weights = self.columns, normal_quantiles(raw), self.weights
        pattern = self.ranker.weights[self.name].get(PATTERN)
        if pattern is not None:
            found = load_trees().predict(measure_columns(self.features, scaled, i, j))[:, None]
            names, raw = (*names, PATTERN), np.hstack([raw, found])
            scaled = np.hstack([scaled, normal_quantiles(found)])
            weights = np.append(weights, pattern)
        parts = (names, raw, scaled, weights, self.ranker.slope, self.expected)
        return PairSet(self.name, i, j, *parts)

    def score_some(self, pairs: Candidates, scale: Scale) -> PairSet:
        """Score some pairs: each is placed among those that stand for all."""
        raw = self.features.measure(self.columns, pairs.i, pairs.j)
        parts = (self.columns, raw, scale.place(raw), scale.weights, scale.slope, scale.expected)
        return PairSet(self.name, pairs.i, pairs.j, *parts, scale=scale, listed=pairs.listed)

    def make_scale(self, i: IntArray, j: IntArray, mass: FloatArray) -> Scale:
        """Measure pairs that stand for all."""
        raw = self.features.measure(self.columns, i, j)
        return Scale(i, j, raw, mass, self.weights, self.ranker.slope, self.expected)


def list_situations(
    features: PairFeatures,
    ranker: Ranker,
    documents: sparse.csr_array | None = None,
    *,
    times: int = TIMES,
) -> tuple[Situation, Situation]:
    """Give the situation of pairs with ties, and that of newcomers."""
    warm, new = count_pairs(features.graph)
    rate = expect_hidden(features.graph) / max(warm, 1)
    attributes = bool(features.fields)
    name, columns = ("ties_and_attributes", WARM) if attributes else ("ties", TOPOLOGY)
    return (
        Situation(features, ranker, name, columns, rate * warm, documents, times),
        Situation(features, ranker, NEW, NEWCOMER, rate * new * NEWCOMER_RATE),
    )


def count_pairs(graph: VisibleGraph) -> tuple[int, int]:
    """Count the pairs without a tie of which both ends have one, and those of newcomers."""
    tied = int((graph.degree > 0).sum())
    of_tied = tied * (tied - 1) // 2
    return of_tied - graph.adjacency.nnz // 2, graph.n * (graph.n - 1) // 2 - of_tied


def expect_hidden(graph: VisibleGraph) -> float:
    """Held-out ties that a back-test would have among the pairs of which both ends have a tie.

    Where meetings are hidden, many of their ties come from others too, and many who were there lose
    all they had: how many ties are left to find is counted, meetings hidden at random.
    """
    pairs = count_pairs(graph)[0]
    if graph.documents is None or not pairs:
        return HIDDEN_PER_VISIBLE * count_judged(graph)
    return max(_share_found(graph.n, *list_ends(graph.adjacency), graph.documents) * pairs, LEAST)


def _share_found(n: int, i: IntArray, j: IntArray, documents: sparse.csr_array) -> float:
    """Share of pairs without a visible tie that are held-out ties, both ends tied; hidden often."""
    random, number = np.random.default_rng(SEED), documents.shape[1]
    found = judged = 0.0
    for _ in range(DRAWS):
        left = np.ones(number)
        left[random.permutation(number)[: max(round(SHARE_HIDDEN * number), 1)]] = 0.0
        seen = documents @ left > 0
        tied = np.zeros(n, dtype=bool)
        tied[i[seen]] = tied[j[seen]] = True
        found += float((~seen & tied[i] & tied[j]).sum())
        judged += tied.sum() * (tied.sum() - 1) / 2 - seen.sum()
    return found / max(judged, 1.0)


def count_judged(graph: VisibleGraph) -> float:
    """Ties that the back-test could judge: of a held-out tie, both ends must keep another one."""
    i, j = sparse.triu(graph.adjacency, k=1).nonzero()
    kept = 1.0 - SHARE_HIDDEN ** (graph.degree - 1.0)
    return max(float((kept[i] * kept[j]).sum()), len(i) / 10)  # never nothing: a star has an order


def are_warm(graph: VisibleGraph, i: IntArray, j: IntArray) -> BoolArray:
    """Tell of which pairs both ends have a tie."""
    return np.asarray((graph.degree[i] > 0) & (graph.degree[j] > 0))


@dataclass(frozen=True)
class ReferenceScorer:
    """What pairs of a large network are scored with, a few at a time; made once for the network.

    Attributes
    ----------
    features : PairFeatures
        Raw columns.
    ranker : Ranker
        Shipped weights.
    """

    features: PairFeatures
    ranker: Ranker

    @cached_property
    def nearby(self) -> NearestCandidates:
        """Who is worth a look for whom."""
        return NearestCandidates(self.features)

    def score(self, pairs: Candidates) -> tuple[PairSet, PairSet]:
        """Score pairs of which both ends have a tie, and pairs of newcomers."""
        warm = are_warm(self.features.graph, pairs.i, pairs.j)
        (with_ties, new), scales = self._situations, self._scales
        return (
            with_ties.score_some(pairs.take(warm), scales[0]),
            new.score_some(pairs.take(~warm), scales[1]),
        )

    @cached_property
    def _situations(self) -> tuple[Situation, Situation]:
        return list_situations(self.features, self.ranker)

    @cached_property
    def _scales(self) -> tuple[Scale, Scale]:
        warm, new = self._situations
        i, j = draw_newcomers(self.features.graph)
        mass = np.full(len(i), count_pairs(self.features.graph)[1] / max(len(i), 1))
        return warm.make_scale(*self.nearby.draw_warm()), new.make_scale(i, j, mass)
