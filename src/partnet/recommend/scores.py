"""Every candidate pair of a network with its columns, its score and its probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..network import Network
from ..weights import Layer
from .features import NEWCOMER, TOPOLOGY, WARM, PairFeatures, normal_quantiles
from .fields import build_fields
from .graph import VisibleGraph
from .hiding import SHARE_HIDDEN
from .ranker import Ranker, fit_intercept, sigmoid

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

HIDDEN_PER_VISIBLE = 0.25  # the back-test hides one tie in five: one hidden to four visible
NEWCOMER_RATE = 0.5  # newcomers are taken to have half the ties that others have


@dataclass(frozen=True)
class PairSet:
    """Candidate pairs of one situation, scored.

    Attributes
    ----------
    i, j : int arrays
        Positions, i < j.
    columns : tuple of str
        Names of the columns.
    raw, scaled : float arrays, shape (pairs, columns)
        Raw values, and the normal quantiles of their ranks.
    weights : float array, shape (columns,)
        Weights of the ranker.
    probability : float array
        Of pairs scored like this, the share that were hidden ties in the back-test.
    """

    situation: str
    i: IntArray
    j: IntArray
    columns: tuple[str, ...]
    raw: FloatArray
    scaled: FloatArray
    weights: FloatArray
    slope: float
    expected: float

    @cached_property
    def center(self) -> FloatArray:
        """Mean of every scaled column: contributions are measured from it (0 for affinity)."""
        if self.situation == "affinity":
            return np.zeros(len(self.columns))
        return self.scaled.mean(axis=0) if len(self.i) else np.zeros(len(self.columns))

    @cached_property
    def score(self) -> FloatArray:
        """Sum of weight x (column - its mean)."""
        return np.round((self.scaled - self.center) @ self.weights, 12)

    @cached_property
    def probability(self) -> FloatArray:
        """Calibrated: the probabilities of all pairs add up to the hidden ties expected."""
        if np.isnan(self.slope):
            return np.full(len(self.i), np.nan)
        intercept = fit_intercept(self.score, self.slope, self.expected)
        return sigmoid(intercept + self.slope * self.score)

    def rows_of(self, a: int) -> IntArray:
        """Rows of the pairs of one organization."""
        parts = []
        for ends, order in self._by_end:
            first, last = np.searchsorted(ends, [a, a + 1])
            parts.append(order[first:last])
        return np.concatenate(parts)

    @cached_property
    def _by_end(self) -> list[tuple[IntArray, IntArray]]:
        """Each end sorted, and the rows in that order."""
        orders = [np.argsort(ends, kind="stable") for ends in (self.j, self.i)]
        return [(ends[order], order) for ends, order in zip((self.j, self.i), orders, strict=True)]

    def contributions(self, row: int) -> FloatArray:
        """What every column adds to the score of one pair; they add up to it."""
        return (self.scaled[row] - self.center) * self.weights

    def take(self, chosen: BoolArray) -> PairSet:
        """Give some of the pairs, with the same columns and weights."""
        kept = {name: getattr(self, name)[chosen] for name in ("i", "j", "raw", "scaled")}
        return replace(self, **kept)

    def tabulate(self, ids: pd.Index) -> pd.DataFrame:
        """Give the pairs as a table."""
        scaled = {f"x_{c}": self.scaled[:, k] for k, c in enumerate(self.columns)}
        fixed = {"a": ids[self.i], "b": ids[self.j], "situation": self.situation}
        return pd.DataFrame(
            {**fixed, "score": self.score, "probability": self.probability, **scaled}
        )


@dataclass(frozen=True)
class Scoring:
    """A network as the ranker sees it.

    Attributes
    ----------
    warm, newcomer : PairSet
        Pairs of which both ends have a tie, and pairs of which one has none.
    features : PairFeatures
        The columns, for evidence.
    """

    net: Network
    layer: Layer
    ranker: Ranker
    features: PairFeatures
    warm: PairSet
    newcomer: PairSet

    @property
    def sets(self) -> tuple[PairSet, PairSet]:
        """Both sets of pairs."""
        return self.warm, self.newcomer


def symmetric_graph(layer: Layer) -> VisibleGraph:
    """The layer as a symmetric 0/1 graph: a tie in either direction is a tie."""
    binary = layer.binary
    both = sparse.csr_array(binary.maximum(binary.T)) if layer.directed else binary
    return VisibleGraph(both)


def count_judged(graph: VisibleGraph) -> float:
    """Ties that the back-test could judge: of a hidden tie, both ends must keep another one."""
    i, j = sparse.triu(graph.adjacency, k=1).nonzero()
    kept = 1.0 - SHARE_HIDDEN ** (graph.degree - 1.0)
    return max(float((kept[i] * kept[j]).sum()), len(i) / 10)  # never nothing: a star has an order


def list_pairs(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """All pairs without a visible tie, i < j."""
    i, j = np.triu_indices(graph.n, k=1)
    free = graph.adjacency.toarray()[i, j] == 0
    return i[free].astype(np.int64), j[free].astype(np.int64)


def score_network(net: Network, layer: Layer, ranker: Ranker) -> Scoring:
    """Score all pairs without a tie in the layer."""
    held = net if layer.as_of is None else net.at(layer.as_of)
    features = PairFeatures(symmetric_graph(layer), build_fields(held, layer.relations))
    return score_pairs_of(net, layer, ranker, features)


def score_pairs_of(net: Network, layer: Layer, ranker: Ranker, features: PairFeatures) -> Scoring:
    """Score all pairs from features that are built already."""
    graph = features.graph
    i, j = list_pairs(graph)
    warm = (graph.degree[i] > 0) & (graph.degree[j] > 0)
    rate = HIDDEN_PER_VISIBLE * count_judged(graph) / max(int(warm.sum()), 1)
    situation = "ties_and_attributes" if features.fields else "ties"
    sets = [
        _score(
            features, ranker, situation, WARM if features.fields else TOPOLOGY, i, j, warm, rate
        ),
        _score(features, ranker, "newcomer", NEWCOMER, i, j, ~warm, rate * NEWCOMER_RATE),
    ]
    return Scoring(net, layer, ranker, features, *sets)


def _score(
    features: PairFeatures,
    ranker: Ranker,
    situation: str,
    columns: Sequence[str],
    i: IntArray,
    j: IntArray,
    chosen: BoolArray,
    rate: float,
) -> PairSet:
    names = tuple(columns)
    raw = features.measure(names, i[chosen], j[chosen])
    return PairSet(
        situation,
        i[chosen],
        j[chosen],
        names,
        raw,
        normal_quantiles(raw),
        ranker.weights_for(situation, names),
        ranker.slope,
        rate * int(chosen.sum()),
    )
