"""Hiding a network's own ties and looking whether they are found again, several times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..network import Network
from ..weights import Layer
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

MOST_OF_A_DOCUMENT = 0.2  # a source of more ties than this share is a survey, no single event
METHODS = ("ranker", "resource_allocation", "pagerank", "popularity")


@dataclass(frozen=True)
class Trial:
    """Pairs judged once: their scores by method, and which of them were hidden ties."""

    i: IntArray
    j: IntArray
    truth: BoolArray
    scores: dict[str, FloatArray]
    probability: FloatArray
    attributes: FloatArray

    def hits(self, method: str) -> Hits:
        """Where the first hidden tie of every organization stands."""
        return find_hits(self.scores[method], self.truth, self.i, self.j)

    def auc(self, method: str) -> float:
        """Chance that a hidden tie stands above another pair."""
        return measure_auc(self.scores[method], self.truth)

    @property
    def usable(self) -> bool:
        """Whether there is anything to find, and anything to mistake it for."""
        return bool(self.truth.any() and not self.truth.all())


def list_ties(graph: VisibleGraph) -> IntArray:
    """Pairs with a tie, i < j, in order."""
    i, j = sparse.triu(graph.adjacency, k=1).nonzero()
    pairs = np.column_stack([i, j]).astype(np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def group_by_document(net: Network, layer: Layer, ties: IntArray) -> IntArray:
    """Number ties so that those of one document, agreement or meeting share a number.

    Ties are joined where the tables give the same evidence on the same day; evidence behind more
    than a fifth of all ties is taken as the source of the file and joins nothing.
    """
    rows = net.ties[net.ties["relation"].isin(layer.relations) & (net.ties["evidence"] != "")]
    ends = np.sort(np.column_stack([net.positions(rows[k]) for k in ("source", "target")]), axis=1)
    key = ends[:, 0] * net.n + ends[:, 1]
    day = rows["last_contact"].astype("str").where(rows["table"] == "contacts", "")
    document = rows["table"] + "|" + rows["evidence"] + "|" + day
    at = pd.Index(ties[:, 0] * net.n + ties[:, 1]).get_indexer(key)
    found = pd.DataFrame({"tie": at, "document": document.to_numpy()})[at >= 0].drop_duplicates()
    size = found.groupby("document")["tie"].transform("size")
    found = found[size <= max(MOST_OF_A_DOCUMENT * len(ties), 1)]
    codes = pd.factorize(found["document"], sort=True)[0] if len(found) else np.zeros(0, dtype=int)
    links = sparse.coo_array(
        (np.ones(len(found)), (found["tie"].to_numpy(), codes)),
        shape=(len(ties), int(codes.max(initial=-1)) + 1),
    ).tocsr()
    return sparse.csgraph.connected_components(links @ links.T, directed=False)[1]


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
        pairs = scoring.newcomer if newcomers else scoring.warm
        if newcomers:
            tied = one.graph.degree > 0
            pairs = _with_expected(pairs, one, tied[pairs.i] ^ tied[pairs.j])
        yield make_trial(pairs, features, one)


def _with_expected(pairs: PairSet, hidden: Hidden, chosen: BoolArray) -> PairSet:
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
