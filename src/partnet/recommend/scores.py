"""Every candidate pair of a network with its columns, its score and its probability."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..network import Network
from ..weights import Layer
from .documents import link_documents, list_ties
from .features import NEWCOMER, TOPOLOGY, WARM, PairFeatures, normal_quantiles, scale_like
from .fields import build_fields
from .graph import VisibleGraph, draw_pairs, list_pairs
from .hiding import SHARE_HIDDEN
from .ranker import PATTERN, Ranker, fit_intercept, sigmoid
from .shrinking import fit_own_weights
from .trees import load_trees, measure_columns

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

HIDDEN_PER_VISIBLE = 0.25  # the back-test hides one tie in five: one hidden to four visible
NEWCOMER_RATE = 0.5  # newcomers are taken to have half the ties that others have
PAIRS_DRAWN = 300_000  # of a large network: so many give the scale of all pairs
NEW = "newcomer"


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
    expected : float
        Hidden ties that a back-test would have among these pairs.
    drawn : float array or None
        Scaled columns of pairs drawn from all; None where the candidates are all pairs.
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
    drawn: FloatArray | None = None

    @cached_property
    def center(self) -> FloatArray:
        """Mean of every scaled column: contributions are measured from it (0 for affinity)."""
        if self.situation == "affinity":
            return np.zeros(len(self.columns))
        everything = self.scaled if self.drawn is None else self.drawn
        return everything.mean(axis=0) if len(everything) else np.zeros(len(self.columns))

    @cached_property
    def score(self) -> FloatArray:
        """Sum of weight x (column - its mean)."""
        return np.round((self.scaled - self.center) @ self.weights, 12)

    @cached_property
    def probability(self) -> FloatArray:
        """Calibrated: the probabilities of all pairs add up to the hidden ties expected."""
        if np.isnan(self.slope):
            return np.full(len(self.i), np.nan)
        everything = self.score
        if self.drawn is not None:
            everything = np.round((self.drawn - self.center) @ self.weights, 12)
        intercept = fit_intercept(everything, self.slope, self.expected)
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
    binary, strength = layer.binary, layer.matrix
    if layer.directed:
        binary = sparse.csr_array(binary.maximum(binary.T))
        strength = sparse.csr_array(strength.maximum(strength.T))
    return VisibleGraph(binary, strength)


def count_judged(graph: VisibleGraph) -> float:
    """Ties that the back-test could judge: of a hidden tie, both ends must keep another one."""
    i, j = sparse.triu(graph.adjacency, k=1).nonzero()
    kept = 1.0 - SHARE_HIDDEN ** (graph.degree - 1.0)
    return max(float((kept[i] * kept[j]).sum()), len(i) / 10)  # never nothing: a star has an order


def score_network(net: Network, layer: Layer, ranker: Ranker) -> Scoring:
    """Score all pairs without a tie in the layer."""
    held = net if layer.as_of is None else net.at(layer.as_of)
    features = PairFeatures(symmetric_graph(layer), build_fields(held, layer.relations))
    return score_pairs_of(net, layer, ranker, features)


def score_pairs_of(net: Network, layer: Layer, ranker: Ranker, features: PairFeatures) -> Scoring:
    """Score all pairs from features that are built already."""
    graph = features.graph
    i, j = list_pairs(graph)
    everything = draw_pairs(graph, PAIRS_DRAWN) if graph.large else (i, j)
    situation = "ties_and_attributes" if features.fields else "ties"
    sets = []
    for name, columns in ((situation, WARM if features.fields else TOPOLOGY), (NEW, NEWCOMER)):
        candidates, all_pairs = (_choose(graph, ends, name) for ends in ((i, j), everything))
        builder = _Builder(net, layer, features, ranker, name, columns)
        sets.append(builder.score(candidates, all_pairs, everything))
    return Scoring(net, layer, ranker, features, *sets)


def _choose(
    graph: VisibleGraph, ends: tuple[IntArray, IntArray], situation: str
) -> tuple[IntArray, IntArray]:
    """Pairs of which both ends have a tie; of newcomers the others."""
    i, j = ends
    warm = (graph.degree[i] > 0) & (graph.degree[j] > 0)
    chosen = ~warm if situation == NEW else warm
    return i[chosen], j[chosen]


def expect_ties(graph: VisibleGraph, pairs: int, of: int, situation: str) -> float:
    """Hidden ties that the back-test would have among so many of the warm pairs.

    A newcomer is taken to have half the ties that others have.
    """
    rate = HIDDEN_PER_VISIBLE * count_judged(graph) / max(of, 1)
    return rate * pairs * (NEWCOMER_RATE if situation == NEW else 1.0)


@dataclass(frozen=True)
class _Builder:
    """Columns of one situation, and their weights."""

    net: Network
    layer: Layer
    features: PairFeatures
    ranker: Ranker
    situation: str
    names: tuple[str, ...]

    def score(
        self,
        pairs: tuple[IntArray, IntArray],
        drawn: tuple[IntArray, IntArray],
        everything: tuple[IntArray, IntArray],
    ) -> PairSet:
        """Score candidates on the scale of all pairs, or of those drawn from them."""
        graph = self.features.graph
        raw = self.features.measure(self.names, *pairs)
        warm = len(_choose(graph, everything, "ties")[0])
        expected = expect_ties(graph, len(drawn[0]), warm, self.situation)
        weights, scaled, apart = self._weights, normal_quantiles(raw), None
        if graph.large:
            of_all = self.features.measure(self.names, *drawn)
            scaled, apart = scale_like(of_all, raw), normal_quantiles(of_all)
        names = self.names
        if PATTERN in self.ranker.weights[self.situation] and not graph.large:
            columns = measure_columns(self.features, scaled, *pairs)
            pattern = load_trees().predict(columns)[:, None]
            names, raw = (*names, PATTERN), np.hstack([raw, pattern])
            scaled = np.hstack([scaled, normal_quantiles(pattern)])
            weights = np.append(weights, self.ranker.weights[self.situation][PATTERN])
        parts = (*pairs, names, raw, scaled, weights, self.ranker.slope, expected)
        return PairSet(self.situation, *parts, drawn=apart)

    @property
    def _weights(self) -> FloatArray:
        """The shipped weights; where ties can be hidden once more, moved by them."""
        shipped = self.ranker.weights_for(self.situation, self.names)
        if self.situation == NEW:
            return shipped
        documents = link_documents(self.net, self.layer, list_ties(self.features.graph))
        return fit_own_weights(self.features, self.names, shipped, documents)
