"""Where nothing is reported: pairs scored by what they have in common, and by nothing else."""

from __future__ import annotations

import numpy as np

from ....core.arrays import IntArray
from ....core.network import Network
from ....facts.graph.affinity import Affinity, build_affinity
from ....facts.graph.layers import Layer
from ..features.features import PairFeatures
from ..features.fields import build_fields
from ..needs import list_needs
from .pair_sets import PairSet
from .ranker import Ranker
from .scores import Scoring, symmetric_graph


def score_affinity(here: Network, layer: Layer, ranker: Ranker) -> Scoring:
    """Score pairs by affinity: the mean over families of how much two organizations share.

    Scored are the strongest pairs of each, and those of whom one has need of the other.
    """
    affinity = build_affinity(here)
    families, ends = affinity.families, _list_ends(here, affinity)
    similar = affinity.measure(ends[:, 0], ends[:, 1])
    both = np.maximum(np.isfinite(similar).sum(axis=1, keepdims=True), 1)
    parts = np.nan_to_num(similar) / both
    scored = PairSet(
        situation="affinity",
        i=ends[:, 0],
        j=ends[:, 1],
        columns=families,
        raw=parts,
        scaled=parts,
        weights=np.ones(len(families)),
        slope=float("nan"),
        expected=float("nan"),
    )
    nobody = scored.take(np.zeros(len(ends), dtype=bool))
    features = PairFeatures(symmetric_graph(layer), build_fields(here))
    return Scoring(ranker, features, scored, nobody)


def _list_ends(here: Network, affinity: Affinity) -> IntArray:
    """Positions of the pairs, the lower first: the strongest, then those of a need alone."""
    pairs = affinity.pairs
    ends = np.column_stack([here.positions(pairs["a"]), here.positions(pairs["b"])])
    strong = np.sort(ends.reshape(-1, 2).astype(np.int64), axis=1)
    known = {(int(a), int(b)) for a, b in strong}
    more = sorted(set(list_needs(here)) - known)
    return np.concatenate([strong, np.array(more, dtype=np.int64).reshape(-1, 2)])
