"""Blocks of organizations, cut many times: what many cuts agree on says more than any one cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from ....core.arrays import FloatArray, IntArray
from ....measures.kernels.communities import cut_by_louvain
from ....measures.parallel import on_one_thread
from .pairwise import as_rows

RESOLUTIONS = (0.6, 1.0, 1.5, 2.2)  # few large communities to many small ones
RUNS = 4  # orders in which organizations are looked at, per resolution;
MOST_CUT_OFTEN = 500_000  # of more ties than this, once: each cut takes seconds
RANKS = (2, 3, 4, 6, 8, 12)  # numbers of spectral blocks


def cut_communities(adjacency: sparse.csr_array, seed: int) -> Iterator[IntArray]:
    """Cut into communities at several resolutions, several times each.

    References
    ----------
    Blondel, Guillaume, Lambiotte & Lefebvre (2008), doi:10.1088/1742-5468/2008/10/P10008.
    """
    random = np.random.default_rng(seed)
    graph = as_rows(adjacency)
    for resolution in RESOLUTIONS:
        for _ in range(RUNS if adjacency.nnz <= 2 * MOST_CUT_OFTEN else 1):
            order = random.permutation(adjacency.shape[0])
            yield cut_by_louvain(*graph, order, resolution)


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
