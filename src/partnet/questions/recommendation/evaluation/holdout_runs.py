"""Holding out a network's own ties and looking whether they are found again, several times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray
from ....core.network import Network
from ....facts.graph.layers import Layer
from ..candidates.eligible import are_among, code_pairs
from ..features.events import keep_documents
from ..features.features import ATTRIBUTES, PairFeatures
from ..features.fields import build_fields
from ..features.graph import SEED, VisibleGraph
from ..ranking.documents import group_by_document, list_ties
from ..ranking.holdout import Hidden
from ..ranking.nearest_candidates import Candidates
from ..ranking.pair_sets import PairSet
from ..ranking.ranker import Ranker
from ..ranking.reference_pairs import ReferenceScorer
from ..ranking.scores import look_at_ties, score_pairs_of
from ..ranking.shrinkage import TIMES
from .metrics import Hits, find_hits, measure_auc
from .shown import METHODS


@dataclass(frozen=True)
class Beyond:
    """What the lists of candidates of a large network do not hold.

    Attributes
    ----------
    i, j : int arrays
        Held-out ties that are nobody's candidates.
    others : int array
        How many each organization could be paired with.
    hidden, drawn : dict of method to float array
        Scores of all held-out ties, and of pairs that stand for all.
    mass : float array
        How many pairs each of those drawn stands for.
    """

    i: IntArray
    j: IntArray
    others: IntArray
    hidden: dict[str, FloatArray]
    drawn: dict[str, FloatArray]
    mass: FloatArray


@dataclass(frozen=True)
class HoldoutRun:
    """Pairs judged once: their scores by method, and which of them were held-out ties.

    Attributes
    ----------
    beyond : Beyond or None
        The rest, where not all pairs are looked at.
    """

    i: IntArray
    j: IntArray
    truth: BoolArray
    scores: dict[str, FloatArray]
    probability: FloatArray
    attributes: FloatArray
    beyond: Beyond | None = None

    def hits(self, method: str) -> Hits:
        """Where the first held-out tie of every organization is; those on no list come last."""
        if self.beyond is None:
            return find_hits(self.scores[method], self.truth, self.i, self.j)
        scores = np.concatenate([self.scores[method], np.full(len(self.beyond.i), -np.inf)])
        truth = np.concatenate([self.truth, np.ones(len(self.beyond.i), dtype=bool)])
        i, j = np.concatenate([self.i, self.beyond.i]), np.concatenate([self.j, self.beyond.j])
        return find_hits(scores, truth, i, j, self.beyond.others)

    def auc(self, method: str) -> float:
        """Chance that a held-out tie is above another pair."""
        if self.beyond is None:
            return measure_auc(self.scores[method], self.truth)
        hidden, drawn = self.beyond.hidden[method], self.beyond.drawn[method]
        truth = np.arange(len(hidden) + len(drawn)) < len(hidden)
        mass = np.concatenate([np.zeros(len(hidden)), self.beyond.mass])
        return measure_auc(np.concatenate([hidden, drawn]), truth, mass)

    @property
    def usable(self) -> bool:
        """Whether there is anything to find, and anything to mistake it for."""
        missed = self.beyond is not None and len(self.beyond.i) > 0
        return bool((self.truth.any() or missed) and not self.truth.all())


def split_together(here: Network, layer: Layer, splits: int, *, seed: int = SEED) -> list[Hidden]:
    """Hide the ties of one document, agreement or meeting together; nothing without ties."""
    graph = look_at_ties(here, layer)
    ties = list_ties(graph)
    if not len(ties):
        return []
    if graph.documents is not None:
        return split_by_document(graph, graph.documents, splits, seed=seed)
    group = group_by_document(here, layer, ties)
    return split_by_group(graph, ties, group, splits, seed=seed)


def split_by_group(
    graph: VisibleGraph, ties: IntArray, group: IntArray, splits: int, *, seed: int = SEED
) -> list[Hidden]:
    """Hide every group of ties once, in so many parts of about the same size."""
    random = np.random.default_rng(seed)
    numbers = np.unique(group)
    part = np.empty(int(group.max(initial=0)) + 1, dtype=np.int64)
    part[numbers[random.permutation(len(numbers))]] = np.arange(len(numbers)) % splits
    return [_hide(graph, ties, part[group] == k) for k in range(splits)]


def split_by_document(
    graph: VisibleGraph, documents: sparse.csr_array, splits: int, *, seed: int = SEED
) -> list[Hidden]:
    """Hide every meeting once, in so many parts of about the same number.

    A tie is hidden once no meeting behind it is left. Meetings that share ties stay apart: hidden
    together they would often be the whole network.

    Parameters
    ----------
    documents : csr_array, shape (ties, documents)
        Which meetings each tie comes from; ties as :func:`list_ties` orders them.
    """
    random, number = np.random.default_rng(seed), documents.shape[1]
    part = np.empty(number, dtype=np.int64)
    part[random.permutation(number)] = np.arange(number) % splits
    ties, left = list_ties(graph), [part != k for k in range(splits)]
    return [_hide(graph, ties, documents @ one.astype(np.float64) == 0, one) for one in left]


def split_by_organization(graph: VisibleGraph, splits: int) -> list[Hidden]:
    """Hide all ties of every organization once: each becomes a newcomer."""
    random = np.random.default_rng(SEED)
    tied = np.flatnonzero(graph.degree > 0)
    part = np.full(graph.n, -1, dtype=np.int64)
    part[tied[random.permutation(len(tied))]] = np.arange(len(tied)) % splits
    ties = list_ties(graph)
    return [_hide(graph, ties, (part[ties] == k).any(axis=1)) for k in range(splits)]


def _hide(
    graph: VisibleGraph, ties: IntArray, gone: BoolArray, left: BoolArray | None = None
) -> Hidden:
    """Hide some ties; `left` says which documents of the graph were not hidden."""
    chosen = ties[gone]
    ends = (
        np.concatenate([chosen[:, 0], chosen[:, 1]]),
        np.concatenate([chosen[:, 1], chosen[:, 0]]),
    )
    hidden = sparse.csr_array((np.ones(2 * len(chosen)), ends), shape=graph.adjacency.shape)
    visible = sparse.csr_array(graph.adjacency - hidden)
    visible.eliminate_zeros()
    visible.sort_indices()
    known = graph.documents
    documents = None if known is None else keep_documents(known, ~gone, left)
    return Hidden(graph.show(visible, documents), hidden)


def run_holdouts(
    here: Network,
    layer: Layer,
    ranker: Ranker,
    hidden: Sequence[Hidden],
    *,
    newcomers: bool,
    times: int = TIMES,
) -> Iterator[HoldoutRun]:
    """Score what is left visible each time, and look up what was hidden.

    Weights are moved by ties hidden once more, so many `times`.
    """
    fields = build_fields(here, layer.relations)
    for one in hidden:
        features = PairFeatures(one.graph, fields)
        number, tied = (1 if newcomers else 0), one.graph.degree > 0
        scoring = score_pairs_of(here, layer, ranker, features, situations=(number,), times=times)
        pairs = scoring.sets[number]
        if newcomers:
            pairs = _with_expected(pairs, tied[pairs.i] ^ tied[pairs.j])
        run = make_run(pairs, features, one)
        if scoring.reference is None:
            yield run
        else:
            yield replace(run, beyond=_look_beyond(run, scoring.reference, one, number))


def _look_beyond(
    run: HoldoutRun, reference: ReferenceScorer, hidden: Hidden, number: int
) -> Beyond:
    """Look up held-out ties that are nobody's candidates, and score all of them beside a draw.

    `number` is that of the situation: 0 with ties, 1 newcomers and those with ties.
    """
    features, tied = reference.features, hidden.graph.degree > 0
    ends = list_ties(VisibleGraph(hidden.ties))
    ends = ends[tied[ends].sum(axis=1) == 2 - number]
    i, j = ends.T
    listed = are_among(code_pairs(i, j, len(tied)), np.sort(code_pairs(run.i, run.j, len(tied))))
    found = reference.score(Candidates(i, j, np.ones((len(i), 2), dtype=bool)))[number]
    scale = found.scale
    assert scale is not None  # the network is large
    judged = tied[scale.i].astype(int) + tied[scale.j] == 2 - number
    others = np.where(tied, (~tied).sum(), tied.sum()) if number else tied.sum() - tied
    drawn = _score_singly(features, scale.i[judged], scale.j[judged])
    return Beyond(
        i[~listed],
        j[~listed],
        others if number else others - hidden.graph.degree.astype(np.int64),
        {"ranker": found.score, **_score_singly(features, i, j)},
        {"ranker": scale.scores[judged], **drawn},
        scale.mass[judged],
    )


def _with_expected(pairs: PairSet, chosen: BoolArray) -> PairSet:
    """Keep some pairs; the ties expected among them shrink with their number."""
    share = float(chosen.mean()) if len(chosen) else 0.0
    return replace(pairs.take(chosen), expected=pairs.expected * share)


def make_run(pairs: PairSet, features: PairFeatures, hidden: Hidden) -> HoldoutRun:
    """Set the scores of the ranker beside those of single measures."""
    own = [k for k, c in enumerate(pairs.columns) if c in ATTRIBUTES]
    scores = {"ranker": pairs.score, **_score_singly(features, pairs.i, pairs.j)}
    attributes = np.round(pairs.scaled[:, own] @ pairs.weights[own], 12)
    truth = hidden.is_hidden(pairs.i, pairs.j)
    return HoldoutRun(pairs.i, pairs.j, truth, scores, pairs.probability, attributes)


def _score_singly(features: PairFeatures, i: IntArray, j: IntArray) -> dict[str, FloatArray]:
    """Scores by single measures."""
    raw = features.measure(METHODS[1:], i, j)
    return dict(zip(METHODS[1:], raw.T, strict=True))
