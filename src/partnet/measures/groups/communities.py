"""Parts of the network with more ties inside than between."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...core.arrays import NAN, IntArray, get_rows
from ...facts.graph.layers import Layer
from ..kernels.communities import cut_by_louvain

SEED = 20261124
MOST_TIES = 100_000  # that networkx is asked to search; of millions it takes minutes and gigabytes


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of organizations with more ties inside than between; numbered from the largest."""

    labels: IntArray
    modularity: float


def find_communities(layer: Layer, *, seed: int = SEED) -> Communities:
    """Find communities by Louvain's method, with a fixed seed, whatever the order of the rows.

    Strengths count; direction is ignored. Isolates are communities of their own. Another seed may
    draw some borders differently: read them as a map, not as a fact. networkx searches up to
    100,000 ties; beyond, where it takes minutes and gigabytes, partnet's own search by the same
    method does.

    References
    ----------
    Blondel et al. (2008), doi:10.1088/1742-5468/2008/10/P10008.
    """
    order = np.argsort(layer.ids.to_numpy(dtype=str), kind="stable")
    matrix = sparse.csr_array(layer.symmetric[order][:, order])
    matrix.sort_indices()
    if not matrix.nnz:
        return Communities(np.arange(layer.n), NAN)
    found = (_cut_many_ties if has_many_ties(layer) else _cut_few_ties)(matrix, seed)
    labels = np.empty(layer.n, np.int64)
    labels[order] = number_by_size(found)
    return Communities(labels, _measure_modularity(matrix, found))


def has_many_ties(layer: Layer) -> bool:
    """Say whether communities are searched by partnet itself."""
    return layer.n_ties > MOST_TIES


def _cut_few_ties(matrix: sparse.csr_array, seed: int) -> IntArray:
    graph = nx.Graph()
    graph.add_nodes_from(range(matrix.shape[0]))
    upper = sparse.triu(matrix, k=1, format="coo")
    ends = (end.tolist() for end in upper.coords)
    graph.add_weighted_edges_from(zip(*ends, upper.data.tolist(), strict=True))
    labels = np.empty(matrix.shape[0], np.int64)
    parts = sorted(nx.community.louvain_communities(graph, seed=seed), key=min)
    for number, part in enumerate(parts):
        labels[list(part)] = number
    return labels


def _cut_many_ties(matrix: sparse.csr_array, seed: int) -> IntArray:
    order = np.random.default_rng(seed).permutation(matrix.shape[0])
    found: IntArray = cut_by_louvain(*get_rows(matrix), order, 1.0)
    return found


def number_by_size(labels: npt.NDArray) -> IntArray:
    """Number parts from the largest; equal ones stay in the order of their numbers."""
    if not len(labels):
        return labels
    order = np.argsort(-np.bincount(labels), kind="stable")
    return np.argsort(order)[labels]


def _measure_modularity(matrix: sparse.csr_array, labels: IntArray) -> float:
    """Share of the strengths within communities, minus what chance gives (Newman & Girvan)."""
    coo = matrix.tocoo()
    row, column = coo.coords
    total = coo.data.sum()
    within = coo.data[labels[row] == labels[column]].sum() / total
    volume = np.bincount(labels[row], weights=coo.data) / total
    return float(within - (volume**2).sum())
