"""Blocks of organizations, cut many times: what many cuts agree on says more than any one cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..measures.kernels.compiling import kernel
from ..measures.parallel import on_one_thread

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

RESOLUTIONS = (0.6, 1.0, 1.5, 2.2)  # few large communities to many small ones
RUNS = 4  # orders in which organizations are looked at, per resolution
RANKS = (2, 3, 4, 6, 8, 12)  # numbers of spectral blocks
MOST_LEVELS = 12
MOST_SWEEPS = 100
LEAST_GAIN = 1e-10  # of modularity: smaller ones are rounding


@kernel
def move_nodes(
    indptr: Any, indices: Any, weights: Any, degree: Any, resolution: float, order: Any
) -> Any:
    """Move every node to the neighbouring community that gains most, until none moves."""
    total = degree.sum()
    community = np.arange(order.size)
    volume = degree.copy()
    towards = np.zeros(order.size)
    touched = np.empty(order.size, np.int64)
    moved = True
    sweeps = 0
    while moved and sweeps < MOST_SWEEPS:
        moved = False
        sweeps += 1
        for v in order:
            own = community[v]
            count = 0
            for e in range(indptr[v], indptr[v + 1]):
                if indices[e] != v:
                    c = community[indices[e]]
                    if towards[c] == 0.0:
                        touched[count] = c
                        count += 1
                    towards[c] += weights[e]
            volume[own] -= degree[v]
            share = resolution * degree[v] / total
            best, most = own, towards[own] - share * volume[own]
            for k in range(count):
                c = touched[k]
                gain = towards[c] - share * volume[c]
                if gain > most + LEAST_GAIN:
                    best, most = c, gain
            volume[best] += degree[v]
            for k in range(count):
                towards[touched[k]] = 0.0
            if best != own:
                community[v] = best
                moved = True
    return community


@kernel
def number_from_zero(labels: Any) -> Any:
    """Number labels 0, 1, 2 … in the order in which they first appear."""
    seen = np.full(labels.size, -1, np.int64)
    numbered = np.empty(labels.size, np.int64)
    count = 0
    for v in range(labels.size):
        if seen[labels[v]] < 0:
            seen[labels[v]] = count
            count += 1
        numbered[v] = seen[labels[v]]
    return numbered, count


@kernel
def merge_nodes(indptr: Any, indices: Any, weights: Any, merged: Any, count: int) -> Any:
    """Make one node of every community; ties within it stay as a loop."""
    start = np.zeros(count + 1, np.int64)
    for v in range(merged.size):
        start[merged[v] + 1] += 1
    start = np.cumsum(start)
    members = np.empty(merged.size, np.int64)
    filled = start.copy()
    for v in range(merged.size):
        members[filled[merged[v]]] = v
        filled[merged[v]] += 1
    new_indptr = np.zeros(count + 1, np.int64)
    new_indices, new_weights = np.empty(indices.size, np.int64), np.empty(indices.size)
    at = np.full(count, -1, np.int64)
    end = 0
    for c in range(count):
        first = end
        for k in range(start[c], start[c + 1]):
            v = members[k]
            for e in range(indptr[v], indptr[v + 1]):
                other = merged[indices[e]]
                if at[other] < first:
                    at[other] = end
                    new_indices[end], new_weights[end] = other, 0.0
                    end += 1
                new_weights[at[other]] += weights[e]
        new_indptr[c + 1] = end
    return new_indptr, new_indices[:end], new_weights[:end]


@kernel
def find_communities(indptr: Any, indices: Any, weights: Any, resolution: float, order: Any) -> Any:
    """Number communities by Louvain's method: move nodes, merge communities, move those.

    References
    ----------
    Blondel, Guillaume, Lambiotte & Lefebvre (2008), doi:10.1088/1742-5468/2008/10/P10008.
    """
    blocks = np.arange(order.size)
    for _ in range(MOST_LEVELS):
        degree = np.zeros(indptr.size - 1)
        for v in range(degree.size):
            degree[v] = weights[indptr[v] : indptr[v + 1]].sum()
        if degree.sum() <= 0.0:
            return blocks
        found = move_nodes(indptr, indices, weights, degree, resolution, order)
        merged, count = number_from_zero(found)
        blocks = merged[blocks]
        if count == degree.size:
            return blocks
        indptr, indices, weights = merge_nodes(indptr, indices, weights, merged, count)
        order = np.arange(count)
    return blocks


def cut_communities(adjacency: sparse.csr_array, seed: int) -> Iterator[IntArray]:
    """Cut into communities at several resolutions, several times each."""
    random = np.random.default_rng(seed)
    graph = adjacency.indptr.astype(np.int64), adjacency.indices.astype(np.int64), adjacency.data
    for resolution in RESOLUTIONS:
        for _ in range(RUNS):
            order = random.permutation(adjacency.shape[0])
            yield find_communities(*graph, resolution, order)


@on_one_thread
def cluster(points: FloatArray, k: int) -> IntArray:
    """k-means from a farthest-point start: no random numbers."""
    chosen = [int(np.argmax(np.round(np.abs(points).sum(axis=1), 9)))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    for _ in range(k - 1):
        chosen.append(int(np.argmax(np.round(nearest, 9))))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    centers = points[chosen]
    labels = np.full(len(points), -1, dtype=np.int64)
    for _ in range(20):
        distance = (centers**2).sum(axis=1) - 2 * points @ centers.T
        updated = np.argmin(np.round(distance, 9), axis=1)
        if (updated == labels).all():
            break
        labels = updated
        member = (labels == np.arange(k)[:, None]).astype(np.float64)
        size = member.sum(axis=1, keepdims=True)
        centers = np.where(size > 0, (member @ points) / np.maximum(size, 1.0), centers)
    return labels


def cut_spectrum(vectors: FloatArray) -> Iterator[IntArray]:
    """Cut into blocks by the direction of rows of leading eigenvectors, at several ranks."""
    for rank in RANKS:
        if rank <= vectors.shape[1]:
            leading = vectors[:, :rank]
            length = np.linalg.norm(leading, axis=1, keepdims=True)
            yield cluster(leading / np.maximum(length, 1e-12), rank)


class BlockRates:
    """How much more two blocks are tied than their degrees say, averaged over many cuts.

    Each cut gives log((ties + 1) / (expected ties + 1)) for two blocks, where ties are counted at
    both ends and expected from the degrees alone.
    """

    def __init__(self, adjacency: sparse.csr_array, cuts: Sequence[IntArray]) -> None:
        self.cuts = tuple(cuts)
        rows = np.repeat(np.arange(adjacency.shape[0]), np.diff(adjacency.indptr))
        self.rates = [_rate(cut[rows], cut[adjacency.indices], cut) for cut in self.cuts]

    def __call__(self, i: IntArray, j: IntArray) -> FloatArray:
        """Mean log rate of pairs; 0 where nothing was cut."""
        total = np.zeros(len(i))
        for cut, rate in zip(self.cuts, self.rates, strict=True):
            total += rate[cut[i], cut[j]]
        return total / max(len(self.cuts), 1)


def _rate(first: IntArray, second: IntArray, cut: IntArray) -> FloatArray:
    width = int(cut.max(initial=0)) + 1
    ends = np.bincount(first * width + second, minlength=width * width).reshape(width, width)
    volume = ends.sum(axis=1).astype(np.float64)
    expected = np.outer(volume, volume) / max(volume.sum(), 1.0)
    return np.log((ends + 1.0) / (expected + 1.0))
