"""Who has most features in common, from who has what: the same cosine in three libraries.

Every feature counts 1, so that all libraries compute the same: common features of a and b, over
the square root of (features of a x features of b). A graph of a peer holds organizations first,
then features.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet.facts.graph.layers import Layer
from partnet.measures.groups import neighbors as neighbors

from .networks import TWO_MODE, make_two_mode

Values = npt.NDArray[np.float64]

OPERATION = "common features, top 10"
WARM = (60, 120, 300)


def make_two_mode_layer(scale: str | None) -> Layer:
    """Make the two-mode network of a scale as one graph; a small one to warm up."""
    incidence, _ = make_two_mode(*(WARM if scale is None else TWO_MODE[scale]))
    n, features = incidence.shape
    ids = pd.Index([f"o{k}" for k in range(n)] + [f"f{k}" for k in range(features)], dtype="str")
    both = sparse.csr_array(sparse.block_array([[None, incidence], [incidence.T, None]]))
    both.sort_indices()
    return Layer(ids, pd.Series(ids, index=ids), both)


def count_organizations(layer: Layer) -> int:
    """Count the vertices that are organizations: they come first."""
    return int(layer.ids.str.startswith("o").sum())


def take_incidence(layer: Layer) -> sparse.csr_array:
    """Give organizations x features, which is what partnet takes."""
    n = count_organizations(layer)
    return sparse.csr_array(layer.matrix[:n, n:])


def sum_partnet(incidence: sparse.csr_array) -> Values:
    """Sum of the ten largest cosines of everybody, by partnet."""
    ones = np.ones(incidence.shape[1])
    settings = {"weights": ones, "most_holders": incidence.shape[0]}
    return neighbors.find_common_features(incidence, **settings).score.sum(axis=1)


def sum_networkx(graph: Any, some: list[int]) -> Values:
    """The same by networkx, for some organizations."""
    from networkx.algorithms import bipartite

    def measure_cosine(g: Any, a: int, b: int) -> float:
        return len(set(g[a]) & set(g[b])) / sqrt(len(g[a]) * len(g[b]))

    projected = bipartite.generic_weighted_projected_graph(graph, some, measure_cosine)
    cosines = ([c["weight"] for c in projected[v].values()] for v in some)
    return np.array([sum(sorted(row)[-10:]) for row in cosines], dtype=float)


def sum_igraph(layer: Layer) -> Callable[[Any], Values]:
    """The same by igraph, which counts into an array of everybody with everybody."""
    n = count_organizations(layer)

    def run(graph: Any) -> Values:
        shared = np.array(graph.cocitation(range(n)), dtype=float)[:, :n]
        root = np.sqrt(np.maximum(graph.degree(range(n)), 1))
        cosines = shared / root[:, np.newaxis] / root
        np.fill_diagonal(cosines, 0.0)
        return np.sort(cosines, axis=1)[:, -10:].sum(axis=1)

    return run
