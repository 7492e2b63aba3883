"""Where nothing is reported: pairs scored by what they have in common, and by nothing else."""

from __future__ import annotations

import numpy as np

from ....core.network import Network
from ....facts.affinity import build_affinity
from ....facts.layers import Layer
from ..features.features import PairFeatures
from ..features.fields import build_fields
from .pair_sets import PairSet
from .ranker import Ranker
from .scores import Scoring, symmetric_graph


def score_affinity(here: Network, layer: Layer, ranker: Ranker) -> Scoring:
    """Score pairs by affinity: the mean over families of how much two organizations share."""
    affinity = build_affinity(here)
    pairs = affinity.pairs
    ends = np.sort(
        np.column_stack([here.positions(pairs["a"]), here.positions(pairs["b"])]), axis=1
    )
    ends = ends.reshape(-1, 2).astype(np.int64)
    families = affinity.families
    similar = pairs[list(families)].to_numpy(dtype=float).reshape(len(pairs), len(families))
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
