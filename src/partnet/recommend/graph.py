"""The visible graph that features are computed on: never a tie that is hidden from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

DAMPING = 0.85  # of personalised PageRank; the common value
MOST_BLOCKS = 50
SEED = 20261124


@dataclass(frozen=True)
class VisibleGraph:
    """A symmetric 0/1 graph with what several features need, each computed once.

    Attributes
    ----------
    adjacency : csr_array, shape (n, n)
        1.0 where a tie is visible; symmetric; no diagonal.
    """

    adjacency: sparse.csr_array

    @property
    def n(self) -> int:
        """Number of organizations."""
        return self.adjacency.shape[0]

    @cached_property
    def degree(self) -> FloatArray:
        """Number of visible ties of each organization."""
        return np.diff(self.adjacency.indptr).astype(np.float64)

    @cached_property
    def density(self) -> float:
        """Share of pairs with a visible tie; one pseudo-tie keeps it above zero."""
        return (self.adjacency.nnz / 2 + 1) / (max(self.n * (self.n - 1) / 2, 1) + 1)

    @cached_property
    def two_paths(self) -> sparse.csr_array:
        """Number of shared partners of every pair."""
        return sparse.csr_array(self.adjacency @ self.adjacency)

    @cached_property
    def resource_allocation(self) -> sparse.csr_array:
        """Sum over shared partners of 1 / their number of ties."""
        return sparse.csr_array((self.adjacency * self._inverse(self.degree)) @ self.adjacency)

    @cached_property
    def pagerank(self) -> FloatArray:
        """Row i: where a walk from i that restarts with probability .15 is found."""
        walk = (self.adjacency * self._inverse(self.degree)[:, None]).toarray()
        system = np.eye(self.n) - DAMPING * walk
        return (1 - DAMPING) * linalg.inv(system, overwrite_a=True, check_finite=False)

    @cached_property
    def pagerank_percentile(self) -> FloatArray:
        """Cell (i, j): the share of organizations that j is ahead of in the walk from i."""
        rounded = np.round(self.pagerank, 12)
        np.fill_diagonal(rounded, -1.0)
        return _rank_rows(rounded) / max(self.n - 1, 1)

    @cached_property
    def collaborative(self) -> FloatArray:
        """Organizations with the same partners as i work with j, and the other way round."""
        inverse = self._inverse(np.sqrt(self.degree))
        cosine = (self.two_paths * inverse) * inverse[:, None]
        squared = sparse.csr_array(cosine.multiply(cosine)).tolil()
        squared.setdiag(0.0)
        similar = sparse.csr_array(squared)
        total = np.asarray(similar.sum(axis=1)).ravel()
        voted = ((similar * self._inverse(total)[:, None]) @ self.adjacency).toarray()
        return voted + voted.T

    @cached_property
    def louvain_blocks(self) -> IntArray:
        """Communities of Louvain (seeded), numbered."""
        graph = nx.Graph()
        graph.add_nodes_from(range(self.n))
        rows, columns = sparse.triu(self.adjacency, k=1).nonzero()
        graph.add_edges_from(zip(rows.tolist(), columns.tolist(), strict=True))
        blocks = np.zeros(self.n, dtype=np.int64)
        for number, members in enumerate(nx.community.louvain_communities(graph, seed=SEED)):
            blocks[list(members)] = number
        return blocks

    @cached_property
    def spectral_blocks(self) -> IntArray:
        """Blocks of organizations whose rows of the normalized graph point the same way."""
        rank = int(min(MOST_BLOCKS, max(2, np.sqrt(self.n / 2)), max(self.n - 2, 1)))
        vectors = self._leading_vectors(rank)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return _cluster(vectors / np.maximum(length, 1e-12), rank)

    def _leading_vectors(self, rank: int) -> FloatArray:
        """Leading eigenvectors (by size) of the regularized normalized adjacency."""
        scale = 1.0 / np.sqrt(self.degree + self.degree.mean() + 1e-12)
        normalized = (self.adjacency * scale) * scale[:, None]
        if self.n > 1500:
            start = np.random.default_rng(SEED).standard_normal(self.n)
            return sparse.linalg.eigsh(normalized, k=rank, which="LM", v0=start)[1]
        values, vectors = linalg.eigh(normalized.toarray())
        return vectors[:, np.argsort(-np.abs(values), kind="stable")[:rank]]

    def block_score(self, blocks: IntArray, i: IntArray, j: IntArray) -> FloatArray:
        """Log of the ties expected from both degrees and the two blocks, with one tie of prior."""
        member = sparse.csr_array((np.ones(self.n), (np.arange(self.n), blocks)))
        ends = (member.T @ self.adjacency @ member).toarray()
        volume = ends.sum(axis=1)
        expected = np.outer(volume, volume) / max(volume.sum(), 1.0)
        rate = np.log((ends + 1.0) / (expected + 1.0))
        hubs = np.log(self.degree + 1.0)
        return hubs[i] + hubs[j] + rate[blocks[i], blocks[j]]

    @staticmethod
    def _inverse(values: FloatArray) -> FloatArray:
        """1 / value, and 0 for 0."""
        return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _rank_rows(values: FloatArray) -> FloatArray:
    """Mid-ranks within each row, from 0."""
    n = values.shape[1]
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    starts = np.ones_like(ordered, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    position = np.broadcast_to(np.arange(n), ordered.shape)
    first = np.maximum.accumulate(np.where(starts, position, 0), axis=1)
    ends = np.ones_like(starts)
    ends[:, :-1] = starts[:, 1:]
    last = np.minimum.accumulate(np.where(ends, position, n)[:, ::-1], axis=1)[:, ::-1]
    ranks = np.empty_like(values)
    np.put_along_axis(ranks, order, (first + last) / 2.0, axis=1)
    return ranks


def _cluster(points: FloatArray, k: int) -> IntArray:
    """k-means from a farthest-point start: no random numbers."""
    chosen = [int(np.argmax(np.abs(points).sum(axis=1)))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    for _ in range(k - 1):
        chosen.append(int(np.argmax(np.round(nearest, 9))))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    centers = points[chosen]
    labels = np.zeros(len(points), dtype=np.int64)
    for _ in range(20):
        distance = (centers**2).sum(axis=1) - 2 * points @ centers.T
        updated = np.argmin(np.round(distance, 9), axis=1)
        if (updated == labels).all():
            break
        labels = updated
        for block in np.unique(labels):
            centers[block] = points[labels == block].mean(axis=0)
    return labels
