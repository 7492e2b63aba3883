"""Hiding a network's own ties and looking whether they are found again, several times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..network import Network
from ..weights import Layer
from .candidates import are_among, code_pairs
from .documents import list_ties
from .features import ATTRIBUTES, PairFeatures
from .fields import Field
from .graph import SEED, VisibleGraph
from .hiding import Hidden
from .judging import Hits, find_hits, measure_auc
from .pairsets import PairSet
from .ranker import Ranker
from .scores import score_pairs_of

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

METHODS = ("ranker", "resource_allocation", "pagerank", "popularity")


@dataclass(frozen=True)
class Trial:
    """Pairs judged once: their scores by method, and which of them were hidden ties.

    Attributes
    ----------
    others : int array or None
        How many each organization could be paired with, where not all are looked at.
    """

    i: IntArray
    j: IntArray
    truth: BoolArray
    scores: dict[str, FloatArray]
    probability: FloatArray
    attributes: FloatArray
    others: IntArray | None = None

    def hits(self, method: str) -> Hits:
        """Where the first hidden tie of every organization stands."""
        return find_hits(self.scores[method], self.truth, self.i, self.j, self.others)

    def miss(self, i: IntArray, j: IntArray, others: IntArray) -> Trial:
        """Add hidden ties that no candidate list held: every method puts them last."""
        last = np.full(len(i), -np.inf)
        return replace(
            self,
            i=np.concatenate([self.i, i]),
            j=np.concatenate([self.j, j]),
            truth=np.concatenate([self.truth, np.ones(len(i), dtype=bool)]),
            scores={name: np.concatenate([s, last]) for name, s in self.scores.items()},
            probability=np.concatenate([self.probability, np.zeros(len(i))]),
            attributes=np.concatenate([self.attributes, last]),
            others=others,
        )

    def auc(self, method: str) -> float:
        """Chance that a hidden tie stands above another pair."""
        return measure_auc(self.scores[method], self.truth)

    @property
    def usable(self) -> bool:
        """Whether there is anything to find, and anything to mistake it for."""
        return bool(self.truth.any() and not self.truth.all())


def split_by_group(
    graph: VisibleGraph, ties: IntArray, group: IntArray, splits: int
) -> list[Hidden]:
    """Hide every group of ties once, in so many parts of about the same size."""
    random = np.random.default_rng(SEED)
    numbers = np.unique(group)
    part = np.empty(int(group.max(initial=0)) + 1, dtype=np.int64)
    part[numbers[random.permutation(len(numbers))]] = np.arange(len(numbers)) % splits
    return [_hide(graph, ties[part[group] == k]) for k in range(splits)]


def split_by_organization(graph: VisibleGraph, splits: int) -> list[Hidden]:
    """Hide all ties of every organization once: each becomes a newcomer."""
    random = np.random.default_rng(SEED)
    tied = np.flatnonzero(graph.degree > 0)
    part = np.full(graph.n, -1, dtype=np.int64)
    part[tied[random.permutation(len(tied))]] = np.arange(len(tied)) % splits
    ties = list_ties(graph)
    return [_hide(graph, ties[(part[ties] == k).any(axis=1)]) for k in range(splits)]


def _hide(graph: VisibleGraph, chosen: IntArray) -> Hidden:
    ends = (
        np.concatenate([chosen[:, 0], chosen[:, 1]]),
        np.concatenate([chosen[:, 1], chosen[:, 0]]),
    )
    hidden = sparse.csr_array((np.ones(2 * len(chosen)), ends), shape=graph.adjacency.shape)
    visible = sparse.csr_array(graph.adjacency - hidden)
    visible.eliminate_zeros()
    visible.sort_indices()
    return Hidden(graph.show(visible), hidden)


def run_trials(
    net: Network,
    layer: Layer,
    ranker: Ranker,
    fields: Sequence[Field],
    hidden: Sequence[Hidden],
    *,
    newcomers: bool,
) -> Iterator[Trial]:
    """Score what is left visible each time, and look up what was hidden."""
    for one in hidden:
        features = PairFeatures(one.graph, tuple(fields))
        scoring = score_pairs_of(net, layer, ranker, features)
        pairs, tied = scoring.newcomer if newcomers else scoring.warm, one.graph.degree > 0
        if newcomers:
            pairs = _with_expected(pairs, tied[pairs.i] ^ tied[pairs.j])
        trial = make_trial(pairs, features, one)
        yield _add_missed(trial, one, tied, newcomers) if one.graph.large else trial


def _add_missed(trial: Trial, hidden: Hidden, tied: BoolArray, newcomers: bool) -> Trial:
    """Count hidden ties that are nobody's candidates as missed."""
    n, (i, j) = len(tied), list_ties(VisibleGraph(hidden.ties)).T
    judged = tied[i] ^ tied[j] if newcomers else tied[i] & tied[j]
    judged &= ~are_among(code_pairs(i, j, n), np.sort(code_pairs(trial.i, trial.j, n)))
    others = tied.sum() - tied - hidden.graph.degree.astype(np.int64)
    if newcomers:
        others = np.where(tied, n - tied.sum(), tied.sum())
    return trial.miss(i[judged], j[judged], others)


def _with_expected(pairs: PairSet, chosen: BoolArray) -> PairSet:
    """Keep some pairs; the ties expected among them shrink with their number."""
    share = float(chosen.mean()) if len(chosen) else 0.0
    return replace(pairs.take(chosen), expected=pairs.expected * share)


def make_trial(pairs: PairSet, features: PairFeatures, hidden: Hidden) -> Trial:
    """Set the scores of the ranker beside those of single measures."""
    single = ("resource_allocation", "pagerank", "popularity")
    raw = features.measure(single, pairs.i, pairs.j)
    own = [k for k, c in enumerate(pairs.columns) if c in ATTRIBUTES]
    scores = {"ranker": pairs.score} | {name: raw[:, k] for k, name in enumerate(single)}
    attributes = np.round(pairs.scaled[:, own] @ pairs.weights[own], 12)
    truth = hidden.is_hidden(pairs.i, pairs.j)
    return Trial(pairs.i, pairs.j, truth, scores, pairs.probability, attributes)
