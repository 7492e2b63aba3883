"""A network with its candidate pairs, scored."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from ....core.arrays import IntArray, symmetrize
from ....core.network import Network
from ....facts.graph.layers import Layer
from ..features.events import is_of_meetings
from ..features.features import PairFeatures
from ..features.fields import build_fields
from ..features.graph import VisibleGraph, list_ends, list_pairs
from .documents import link_documents, list_ties
from .nearest_candidates import Candidates
from .pair_sets import PairSet
from .ranker import Ranker
from .reference_pairs import ReferenceScorer, are_warm, list_situations
from .shrinkage import TIMES


@dataclass(frozen=True)
class Scoring:
    """A network as the ranker sees it.

    Attributes
    ----------
    warm, newcomer : PairSet
        Pairs of which both ends have a tie, and pairs of which one has none.
    features : PairFeatures
        The columns, for evidence.
    reference : ReferenceScorer or None
        What pairs of a large network are scored with, a few at a time; None where all pairs are.
    """

    ranker: Ranker
    features: PairFeatures
    warm: PairSet
    newcomer: PairSet
    reference: ReferenceScorer | None = None

    @property
    def sets(self) -> tuple[PairSet, PairSet]:
        """Both sets of pairs."""
        return self.warm, self.newcomer

    def score_pair(self, a: int, b: int) -> PairSet | None:
        """Score one pair of a large network that is on nobody's list."""
        if self.reference is None:
            return None
        i, j = np.array([min(a, b)]), np.array([max(a, b)])
        one = Candidates(i, j, np.ones((1, 2), dtype=bool))
        return next(pairs for pairs in self.reference.score(one) if len(pairs.i))


def symmetric_graph(layer: Layer) -> VisibleGraph:
    """The layer as a symmetric 0/1 graph: a tie in either direction is a tie."""
    return VisibleGraph(symmetrize(layer.binary), layer.symmetric)


def look_at_ties(here: Network, layer: Layer) -> VisibleGraph:
    """The layer as a symmetric graph, with its meetings where most ties come from such."""
    graph = symmetric_graph(layer)
    if graph.large or not graph.adjacency.nnz:
        return graph
    documents = link_documents(here, layer, list_ties(graph))
    if not is_of_meetings(graph.n, *list_ends(graph.adjacency), documents):
        return graph
    return graph.show(graph.adjacency, documents)


def build_features(here: Network, layer: Layer) -> PairFeatures:
    """Read off a network what the ranker looks at."""
    return PairFeatures(look_at_ties(here, layer), build_fields(here, layer.relations))


def score_pairs_of(
    here: Network,
    layer: Layer,
    ranker: Ranker,
    features: PairFeatures,
    asked: IntArray | None = None,
    *,
    situations: Container[int] = (0, 1),
    times: int = TIMES,
) -> Scoring:
    """Score all pairs from features that are built already.

    Parameters
    ----------
    asked : int array, optional
        Of a large network, only the candidates of these; default: those of everybody.
    situations : container of int, default (0, 1)
        Of a small network, the pairs with ties (0) and those of newcomers (1), or one of the two.
    times : int, default 3
        How often ties are hidden once more to move the weights.
    """
    graph = features.graph
    if graph.large:
        return score_for(
            ReferenceScorer(features, ranker), np.arange(graph.n) if asked is None else asked
        )
    i, j = list_pairs(graph)
    both = are_warm(graph, i, j)
    chosen = both & (0 in situations), ~both & (1 in situations)
    documents = graph.documents
    if documents is None:
        documents = link_documents(here, layer, list_ties(graph))
    listed = list_situations(features, ranker, documents, times=times)
    warm, newcomer = (
        one.score_all(i[rows], j[rows]) for one, rows in zip(listed, chosen, strict=True)
    )
    return Scoring(ranker, features, warm, newcomer)


def score_for(reference: ReferenceScorer, asked: IntArray, gaps: IntArray | None = None) -> Scoring:
    """Score the candidates of some organizations of a large network.

    Parameters
    ----------
    reference : ReferenceScorer
        What pairs are scored with.
    asked : int array
        Positions.
    gaps : int array, shape (pairs, 2), optional
        Pairs whose tie would close a gap: candidates, however far apart.
    """
    gaps = np.zeros((0, 2), dtype=np.int64) if gaps is None else gaps
    sets = reference.score(reference.nearby.list_for(asked, gaps))
    return Scoring(reference.ranker, reference.features, *sets, reference)
