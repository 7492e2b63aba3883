"""The visible graph that features are computed on: never a tie that is hidden from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import linalg, sparse

from ....core.arrays import FloatArray, IntArray, Rows
from ....measures.kernels.cells import find_cell
from ....measures.parallel import on_one_thread
from .blocks import RANKS, BlockRates, cut_communities, cut_spectrum
from .events import keep_documents, list_events, weigh_events
from .latent_space import fit_positions
from .pairwise import as_rows, count_votes, sum_shared, take_cells
from .random_walks import push_between, solve_walks

MOST_PAIRS = 2_000_000  # up to here every pair is a candidate
MOST_DENSE = 1500  # organizations up to which all eigenvectors are found
NEAR_ENOUGH = 1e-5  # of the eigenvectors of larger networks, which only cut and start
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
    documents : csr_array or None
        Which meetings and agreements each visible tie comes from, shape (ties, documents), ties as
        :func:`list_ends` orders them; None where most ties come from no meeting.
    """

    adjacency: sparse.csr_array
    strength: sparse.csr_array | None = None
    documents: sparse.csr_array | None = None

    def show(
        self, adjacency: sparse.csr_array, documents: sparse.csr_array | None = None
    ) -> VisibleGraph:
        """Give the same organizations with fewer ties visible.

        Parameters
        ----------
        documents : csr_array, optional
            The documents left of the visible ties; default: all that these ties tell of.
        """
        if documents is None and self.documents is not None:
            kept = take_cells(*as_rows(adjacency), *list_ends(self.adjacency)) > 0
            if 2 * int(kept.sum()) == adjacency.nnz:
                documents = keep_documents(self.documents, kept)
        return VisibleGraph(adjacency, self.strength, documents)

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
    def rows(self) -> Rows:
        """Ties as compiled code takes them."""
        return as_rows(self.adjacency)

    def allocate(self, i: IntArray, j: IntArray) -> FloatArray:
        """Resource allocation: sum over shared partners of 1 / their number of ties."""
        found: FloatArray = sum_shared(*self.rows, self._inverse(self.degree), i, j)
        return found

    def allocate_strength(self, i: IntArray, j: IntArray) -> FloatArray:
        """Resource allocation in proportion to the strength of ties."""
        total = np.asarray(self.ranked_strength.sum(axis=1)).ravel()
        found: FloatArray = sum_shared(*self._strength_rows, self._inverse(total), i, j)
        return found

    @cached_property
    def _strength_rows(self) -> Rows:
        return as_rows(self.ranked_strength)

    @cached_property
    def ranked_strength(self) -> sparse.csr_array:
        """Share of visible ties at most as strong, so that any scale serves; symmetric.

        Where no strengths are known, what meetings say of them.
        """
        if self.strength is None or not self.adjacency.nnz:
            return self.event_strength
        visible = sparse.csr_array(self.strength.multiply(self.adjacency))
        if visible.nnz < self.adjacency.nnz or np.ptp(visible.data) == 0:
            return self.event_strength
        _, at, count = np.unique(np.round(visible.data, 9), return_inverse=True, return_counts=True)
        share = (np.cumsum(count) - count / 2.0) / len(at)
        return sparse.csr_array((share[at], visible.indices, visible.indptr), visible.shape)

    @cached_property
    def events(self) -> sparse.csr_array | None:
        """Who was at which visible meeting, 0/1, shape (n, events); None where none are known."""
        if self.documents is None:
            return None
        return list_events(self.n, *list_ends(self.adjacency), self.documents)

    @cached_property
    def event_strength(self) -> sparse.csr_array:
        """Ties by the meetings behind them, each the less the more came; all 1 without meetings."""
        return self.adjacency if self.events is None else weigh_events(self.events)

    @cached_property
    def attended(self) -> FloatArray:
        """Log of one and the number of meetings attended; of ties, where no meetings are known.

        A large meeting makes many ties at once, and nobody more sought after.
        """
        if self.events is None:
            return self.hubs
        return np.log(np.diff(self.events.indptr) + 1.0)

    @property
    def large(self) -> bool:
        """Whether pairs are drawn and walks pushed, because not all pairs can be looked at."""
        return self.n * (self.n - 1) // 2 > MOST_PAIRS

    @cached_property
    def pagerank(self) -> FloatArray:
        """Row i: where a walk from i that restarts with probability .15 is found (small graphs).

        Along ties by the meetings behind them, where such are known.
        """
        return solve_walks(self.event_strength)

    def walk_between(self, i: IntArray, j: IntArray) -> FloatArray:
        """How often a walk from i is found at j, and one from j at i, together.

        In a large graph walks are pushed from the first of the two, as far as they matter.
        """
        if not self.large:
            return np.asarray(self.pagerank[i, j] + self.pagerank[j, i])
        order = np.argsort(i, kind="stable")
        found: FloatArray = push_between(*self.rows[:2], order, i, j)
        return found

    def are_tied(self, a: int, b: int) -> bool:
        """Whether two have a visible tie."""
        return find_cell(*self.rows[:2], a, b) >= 0

    def vote(self, i: IntArray, j: IntArray) -> FloatArray:
        """Organizations with the same partners as i work with j, and the other way round."""
        return count_votes(self.rows, i, j)

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
        return find_spectrum(self.adjacency)

    def latent_score(self, i: IntArray, j: IntArray) -> FloatArray:
        """Log-odds of a tie between two positions."""
        position, activity, sign = self.positions
        return activity[i] + activity[j] + np.einsum("pd,pd->p", position[i] * sign, position[j])

    @staticmethod
    def _inverse(values: FloatArray) -> FloatArray:
        """1 / value, and 0 for 0."""
        return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


@on_one_thread
def find_spectrum(adjacency: sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    """Leading eigenvalues (by size) and vectors of the regularized normalized adjacency."""
    n, degree = adjacency.shape[0], np.diff(adjacency.indptr)
    rank = max(min(max(RANKS), n - 2), 1)
    scale = 1.0 / np.sqrt(degree + degree.mean() + 1e-12)
    normalized = sparse.csr_array((adjacency * scale) * scale[:, None])
    if n > MOST_DENSE:
        start = np.random.default_rng(SEED).standard_normal(n)
        how = {"which": "LM", "v0": start, "tol": NEAR_ENOUGH}
        values, vectors = sparse.linalg.eigsh(normalized, k=rank, **how)
    else:
        values, vectors = _decompose(normalized.toarray())
    order = np.argsort(-np.round(np.abs(values), 9), kind="stable")[:rank]
    # What is far from a vector has parts of 1e-17 in it, which differ by processor: they are 0.
    return np.round(values[order], 10), np.round(vectors[:, order], 10)


def _decompose(matrix: FloatArray) -> tuple[FloatArray, FloatArray]:
    """All eigenvalues and vectors; the fast way gives up on some graphs with many equal ones."""
    try:
        values, vectors = linalg.eigh(matrix)
    except linalg.LinAlgError:
        values, vectors = linalg.eigh(matrix, driver="evd")
    return values, vectors


def list_ends(adjacency: sparse.csr_array) -> tuple[IntArray, IntArray]:
    """Both ends of every tie, i < j, in order."""
    i, j = (part.astype(np.int64) for part in sparse.triu(adjacency, k=1).nonzero())
    order = np.lexsort((j, i))
    return i[order], j[order]


def list_pairs(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """All pairs without a visible tie, i < j."""
    i, j = np.triu_indices(graph.n, k=1)
    free = graph.adjacency.toarray()[i, j] == 0
    return i[free].astype(np.int64), j[free].astype(np.int64)


def list_warm(graph: VisibleGraph) -> tuple[IntArray, IntArray]:
    """Pairs without a visible tie of which both ends have another one, i < j."""
    i, j = list_pairs(graph)
    warm = (graph.degree[i] > 0) & (graph.degree[j] > 0)
    return i[warm], j[warm]
