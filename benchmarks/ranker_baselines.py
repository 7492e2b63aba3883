"""Single scores that the rankers are held against: popularity, shared partners, PageRank twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from partnet.questions.recommendation.features.features import TOPOLOGY
from partnet.questions.recommendation.features.graph import VisibleGraph

if TYPE_CHECKING:
    from ranker_samples import Pairs

# PageRank as the design defines it, and as the column of the ranker: the second is stronger.
PERCENTILES, BOTH_WALKS = "pagerank_percentiles", "pagerank_both_walks"
SINGLE = ("popularity", "resource_allocation", PERCENTILES, BOTH_WALKS)


def rank_walks(graph: VisibleGraph, i: np.ndarray, j: np.ndarray) -> np.ndarray:
    """Mean of j's percentile among the candidates of i, and of i's among those of j.

    A candidate stands as high as walks from the one, restarting with probability .15, are found at
    it; equal ones share the middle of their ranks. The candidates are the pairs given.
    """
    ends = np.concatenate([i, j]), np.concatenate([j, i])
    found = pd.Series(np.round(graph.pagerank[ends], 9)).groupby(ends[0])
    percentile = ((found.rank() - 0.5) / found.transform("size")).to_numpy()
    return (percentile[: len(i)] + percentile[len(i) :]) / 2


def score_singly(pairs: Pairs) -> dict[str, np.ndarray]:
    """Score pairs by each single measure."""
    hubs = np.log(pairs.degree + 1)
    return {
        "popularity": hubs[pairs.i] + hubs[pairs.j],
        "resource_allocation": pairs.raw[:, TOPOLOGY.index("resource_allocation")],
        PERCENTILES: pairs.percentiles,
        BOTH_WALKS: pairs.raw[:, TOPOLOGY.index("pagerank")],
    }
