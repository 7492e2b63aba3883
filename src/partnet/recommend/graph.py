"""The visible graph that features are computed on: never a tie that is hidden from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from .blocks import RANKS, BlockRates, cut_communities, cut_spectrum
from .latent import fit_positions
from .walks import push_walks, solve_walks

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_PAIRS = 2_000_000  # up to here every pair is a candidate
NEAREST = 40  # candidates of an organization by each of two measures, where not all are
FIRST_FOR_NEWCOMERS = 200  # organizations with most ties that a newcomer is paired with
MOST_DENSE = 1500  # organizations up to which all eigenvectors are found
SEED = 20261124


@dataclass(frozen=True)
class VisibleGraph:
    """A symmetric 0/1 graph with what several features need, each computed once.

    Attributes
    ----------
    adjacency : csr_array, shape (n, n)
        1.0 where a tie is visible; symmetric; no diagonal.
    strength : csr_array or None
        Strength of ties, symmetric; what lies outside `adjacency` is not looked at.
    """

    adjacency: sparse.csr_array
    strength: sparse.csr_array | None = None

    def show(self, adjacency: sparse.csr_array) -> VisibleGraph:
        """Give the same organizations with other ties visible."""
        return VisibleGraph(adjacency, self.strength)

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
    def ranked_strength(self) -> sparse.csr_array:
        """Share of visible ties at most as strong, so that any scale serves; symmetric."""
        if self.strength is None or not self.adjacency.nnz:
            return self.adjacency
        visible = sparse.csr_array(self.strength.multiply(self.adjacency))
        if visible.nnz < self.adjacency.nnz or np.ptp(visible.data) == 0:
            return self.adjacency
        _, at, count = np.unique(np.round(visible.data, 9), return_inverse=True, return_counts=True)
        share = (np.cumsum(count) - count / 2.0) / len(at)
        return sparse.csr_array((share[at], visible.indices, visible.indptr), visible.shape)

    @cached_property
    def strong_partners(self) -> sparse.csr_array:
        """Resource allocation in proportion to the strength of ties."""
        ties = self.ranked_strength
        total = np.asarray(ties.sum(axis=1)).ravel()
        return sparse.csr_array((ties * self._inverse(total)) @ ties)

    @property
    def large(self) -> bool:
        """Whether pairs are drawn and walks pushed, because not all pairs can be looked at."""
        return self.n * (self.n - 1) // 2 > MOST_PAIRS

    @cached_property
    def pagerank(self) -> sparse.csr_array:
        """Row i: where a walk from i that restarts with probability .15 is found."""
        if self.large:
            return push_walks(self.adjacency)
        return sparse.csr_array(solve_walks(self.adjacency))

    @cached_property
    def walks(self) -> sparse.csr_array:
        """Cell (i, j): how often a walk from i is found at j, and one from j at i, together."""
        return sparse.csr_array(self.pagerank + self.pagerank.T)

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
    def hubs(self) -> FloatArray:
        """Log of the number of ties and one."""
        return np.log(self.degree + 1.0)

    @cached_property
    def louvain_rates(self) -> BlockRates:
        """What many cuts into communities agree on."""
        return BlockRates(self.adjacency, list(cut_communities(self.adjacency, SEED)))

    @cached_property
    def spectral_rates(self) -> BlockRates:
        """What cuts along the spectrum agree on."""
        return BlockRates(self.adjacency, list(cut_spectrum(self._spectrum[1])))

    @cached_property
    def positions(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Positions, activity and signs: see :func:`fit_positions`."""
        return fit_positions(self.adjacency, *self._spectrum, SEED)

    @cached_property
    def _spectrum(self) -> tuple[FloatArray, FloatArray]:
        """Leading eigenvalues (by size) and vectors of the regularized normalized adjacency."""
        rank = max(min(max(RANKS), self.n - 2), 1)
        scale = 1.0 / np.sqrt(self.degree + self.degree.mean() + 1e-12)
        normalized = (self.adjacency * scale) * scale[:, None]
        if self.n > MOST_DENSE:
            start = np.random.default_rng(SEED).standard_normal(self.n)
            values, vectors = sparse.linalg.eigsh(normalized, k=rank, which="LM", v0=start)
        else:
            values, vectors = linalg.eigh(normalized.toarray())
        order = np.argsort(-np.round(np.abs(values), 9), kind="stable")[:rank]
        return values[order], vectors[:, order]

    def latent_score(self, i: IntArray, j: IntArray) -> FloatArray:
        """Log-odds of a tie between two positions."""
        position, activity, sign = self.positions
        return activity[i] + activity[j] + np.einsum("pd,pd->p", position[i] * sign, position[j])

    @staticmethod
    def _inverse(values: FloatArray) -> FloatArray:
        """1 / value, and 0 for 0."""
        return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def list_pairs(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """All pairs without a visible tie, i < j; of a large network those worth a look."""
    if graph.large:
        return list_near_pairs(graph)
    i, j = np.triu_indices(graph.n, k=1)
    free = graph.adjacency.toarray()[i, j] == 0
    return i[free].astype(np.int64), j[free].astype(np.int64)


def list_near_pairs(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """Pairs of each organization and those nearest to it; of newcomers and the most tied."""
    rows, columns = [], []
    for nearness in (graph.resource_allocation, graph.walks):
        found = _take_nearest(nearness, graph.adjacency)
        rows.append(found[0])
        columns.append(found[1])
    newcomers = np.flatnonzero(graph.degree == 0)
    first = np.argsort(-graph.degree, kind="stable")[:FIRST_FOR_NEWCOMERS]
    rows.append(np.repeat(newcomers, len(first)))
    columns.append(np.tile(first, len(newcomers)))
    ends = np.sort(np.column_stack([np.concatenate(rows), np.concatenate(columns)]), axis=1)
    codes = np.unique(ends[:, 0] * graph.n + ends[:, 1])
    i, j = np.divmod(codes.astype(np.int64), graph.n)
    return i[i < j], j[i < j]


def _take_nearest(nearness: sparse.csr_array, adjacency: sparse.csr_array) -> list[IntArray]:
    """The nearest without a tie, in every row."""
    free = sparse.csr_array(nearness - nearness.multiply(adjacency))
    coo = free.tocoo()
    row, column = coo.coords
    apart = (row != column) & (coo.data > 0)
    row, column, value = row[apart], column[apart], np.round(coo.data[apart], 12)
    order = np.lexsort((column, -value, row))
    row, column = row[order], column[order]
    first = np.searchsorted(row, np.arange(adjacency.shape[0]))
    kept = np.arange(len(row)) - first[row] < NEAREST
    return [row[kept].astype(np.int64), column[kept].astype(np.int64)]


def draw_pairs(graph: VisibleGraph, count: int) -> tuple[IntArray, IntArray]:
    """Draw pairs without a visible tie, each as likely as any other (seeded)."""
    random = np.random.default_rng(SEED)
    ends = np.sort(random.integers(0, graph.n, size=(count, 2)), axis=1).astype(np.int64)
    free = (ends[:, 0] < ends[:, 1]) & (lookup(graph.adjacency, ends[:, 0], ends[:, 1]) == 0)
    return ends[free, 0], ends[free, 1]


def lookup(matrix: sparse.csr_array, i: IntArray, j: IntArray) -> FloatArray:
    """Cells (i, j) of a sparse matrix."""
    if not len(i):
        return np.zeros(0)
    if len(i) > matrix.shape[0] and matrix.shape[0] <= MOST_DENSE:
        return matrix.toarray()[i, j]
    return np.asarray(matrix[i, j]).ravel()


def list_warm(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """Pairs without a visible tie of which both ends have another one, i < j."""
    i, j = list_pairs(graph)
    warm = (graph.degree[i] > 0) & (graph.degree[j] > 0)
    return i[warm], j[warm]
