"""Parts of the network: communities, cores, and the split into core and periphery."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..core.arrays import BoolArray, FloatArray, IntArray, get_rows
from ..facts.layers import Layer
from .kernels.communities import cut_by_louvain

SEED = 20261124
MOST_TIES = 100_000  # that networkx is asked to search; of millions it takes minutes and gigabytes
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of organizations with more ties inside than between; numbered from the largest."""

    labels: IntArray
    modularity: float


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The best split into a core and a periphery under one ideal pattern.

    Attributes
    ----------
    ideal : {"core tied to all", "core tied to core"}
        In the first, every core organization is tied to everybody; in the second, ties between
        core and periphery are not judged. In both, the periphery has no ties within.
    correlation : float
        Correlation of the ties with the ideal; NaN where there is none.
    core : bool array
        Who is in the core.
    """

    ideal: str
    correlation: float
    core: BoolArray


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


def split_core(layer: Layer, *, ideal: str = "core tied to all") -> CorePeriphery:
    """Split the network into a core and a periphery (Borgatti and Everett).

    Among the cores made of the k organizations with most ties, the one whose ideal pattern
    correlates best with the ties. Taking them in this order is exact for the number of ties that
    contradict the ideal (Lip 2011) and a good heuristic for the correlation. Direction and
    strengths are not used; equal degrees enter in the order of the network.

    References
    ----------
    Borgatti & Everett (2000), doi:10.1016/S0378-8733(99)00019-2. Lip (2011), arXiv:1102.5511.
    """
    matrix = layer.symmetric
    degree = np.diff(matrix.indptr).astype(np.int64)
    order = np.argsort(-degree, kind="stable")
    if layer.n < 3 or not matrix.nnz:
        return CorePeriphery(ideal, NAN, np.zeros(layer.n, dtype=bool))
    correlation = np.round(_correlate(matrix, degree, order, ideal), 9)
    best = int(np.argmax(correlation))
    core = np.zeros(layer.n, dtype=bool)
    core[order[: best + 1]] = True
    return CorePeriphery(ideal, float(correlation[best]), core)


def _correlate(matrix: object, degree: npt.NDArray, order: npt.NDArray, ideal: str) -> FloatArray:
    """Correlation for cores of the first 1, 2, …, n - 1 organizations of the order."""
    n = len(order)
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    row, column = matrix.tocoo().coords  # type: ignore[attr-defined]
    later = np.maximum(rank[row], rank[column])
    within = np.cumsum(np.bincount(later, minlength=n))[: n - 1] / 2.0  # core-core ties
    touching = np.cumsum(degree[order])[: n - 1] - within  # ties with an end in the core
    size = np.arange(1, n, dtype=float)
    outside = len(row) / 2.0 - touching  # periphery-periphery ties
    core_cells = size * (size - 1) / 2
    outer_cells = (n - size) * (n - size - 1) / 2
    if ideal == "core tied to all":
        cells, hits = np.full(n - 1, n * (n - 1) / 2), touching
    else:
        cells, hits = core_cells + outer_cells, within
    ones = cells - outer_cells
    ties = hits + outside
    spread = ones * (cells - ones) * ties * (cells - ties)
    safe = np.sqrt(np.where(spread > 0, spread, 1.0))
    return np.where(spread > 0, (cells * hits - ones * ties) / safe, -1.0)
