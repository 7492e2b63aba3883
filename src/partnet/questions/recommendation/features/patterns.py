"""What trees look at beside the ten columns: smaller measures of a pair, and its network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from ....core.arrays import FloatArray, IntArray, label_components
from ....measures.kernels.compiling import kernel
from .graph import VisibleGraph
from .pairwise import as_rows, take_cells

# Measures of a pair; trees see them as normal quantiles, and those of RAW as they are.
PATTERNS = (
    "shared_partners", "jaccard", "popularity", "smaller", "larger", "closure_sum", "closure_min",
    "links_between", "same_community", "steps", "walks_min", "three_paths",
)  # fmt: skip
RAW = ("shared_partners", "smaller", "larger", "steps", "closure_sum", "same_community")
CONTEXT = (
    "log_organizations", "log_ties", "density", "transitivity", "closure", "degree_variation",
    "degree", "assortativity", "modularity", "attributes",
)  # fmt: skip


@kernel
def count_links(indptr: Any, indices: Any, i: Any, j: Any, links: Any) -> None:
    """Count the ties among the shared partners of every pair."""
    marked = np.full(indptr.size - 1, -1, np.int64)
    shared = np.empty(indptr.size - 1, np.int64)
    of_first = np.full(indptr.size - 1, -1, np.int64)
    for p in range(i.size):
        for e in range(indptr[i[p]], indptr[i[p] + 1]):
            of_first[indices[e]] = p
        count = 0
        for e in range(indptr[j[p]], indptr[j[p] + 1]):
            if of_first[indices[e]] == p:
                shared[count] = indices[e]
                marked[indices[e]] = p
                count += 1
        for k in range(count):
            for e in range(indptr[shared[k]], indptr[shared[k] + 1]):
                if marked[indices[e]] == p:
                    links[p] += 0.5


@dataclass(frozen=True)
class PairPatterns:
    """Smaller measures of pairs, from a visible graph alone."""

    graph: VisibleGraph

    def measure(self, i: IntArray, j: IntArray) -> FloatArray:
        """Give raw values, shape (pairs, PATTERNS)."""
        graph, degree = self.graph, self.graph.degree
        shared = take_cells(*as_rows(graph.two_paths), i, j)
        three = take_cells(*as_rows(self._three_paths), i, j)
        hubs = graph.hubs
        links = np.zeros(len(i))
        count_links(graph.adjacency.indptr, graph.adjacency.indices, i, j, links)
        columns = (
            shared,
            shared / np.maximum(degree[i] + degree[j] - shared, 1.0),
            hubs[i] + hubs[j],
            np.minimum(hubs[i], hubs[j]),
            np.maximum(hubs[i], hubs[j]),
            self._closure[i] + self._closure[j],
            np.minimum(self._closure[i], self._closure[j]),
            links,
            np.mean([cut[i] == cut[j] for cut in graph.louvain_rates.cuts], axis=0),
            np.where(shared > 0, 2.0, np.where(three > 0, 3.0, self._far(i, j))),
            np.minimum(graph.pagerank[i, j], graph.pagerank[j, i]),
            three,
        )
        return np.round(np.column_stack(columns), 9)

    def describe_network(self, *, attributes: bool) -> FloatArray:
        """Give the context of all pairs, in the order of CONTEXT."""
        graph = self.graph
        tied = graph.degree[graph.degree > 0]
        ties = graph.adjacency.nnz / 2
        if not len(tied):
            return np.zeros(len(CONTEXT))
        wedges = graph.degree * (graph.degree - 1) / 2
        values = (
            np.log(graph.n), np.log1p(ties), ties / max(graph.n * (graph.n - 1) / 2, 1),
            self._triangles.sum() / max(wedges.sum(), 1.0),
            self._closure[graph.degree > 0].mean(), tied.std() / tied.mean(), tied.mean(),
            self._assortativity, self._modularity, float(attributes),
        )  # fmt: skip
        return np.round(np.array(values), 9)

    @cached_property
    def _three_paths(self) -> sparse.csr_array:
        """Paths of three ties, each divided by the root of the degrees along it."""
        scale = self.graph._inverse(np.sqrt(self.graph.degree))
        scaled = self.graph.adjacency * scale
        return sparse.csr_array(scaled @ scaled @ self.graph.adjacency)

    @cached_property
    def _triangles(self) -> FloatArray:
        """Triangles that each organization is part of."""
        closed = self.graph.two_paths.multiply(self.graph.adjacency)
        return np.asarray(closed.sum(axis=1)).ravel() / 2

    @cached_property
    def _closure(self) -> FloatArray:
        """Share of the pairs of partners that are partners themselves."""
        wedges = self.graph.degree * (self.graph.degree - 1) / 2
        return self._triangles * self.graph._inverse(wedges)

    def _far(self, i: IntArray, j: IntArray) -> FloatArray:
        """Four steps or more, and five where no path leads."""
        part = label_components(self.graph.adjacency)[1]
        return np.where(part[i] == part[j], 4.0, 5.0)

    @cached_property
    def _assortativity(self) -> float:
        """Correlation of degrees over ties."""
        i, j = self.graph.adjacency.nonzero()
        first, second = self.graph.degree[i], self.graph.degree[j]
        if np.ptp(first) == 0:
            return 0.0
        return float(np.corrcoef(first, second)[0, 1])

    @cached_property
    def _modularity(self) -> float:
        """Modularity of the first cut at resolution 1."""
        graph = self.graph
        cut = graph.louvain_rates.cuts[4]
        i, j = graph.adjacency.nonzero()
        volume = np.bincount(cut, graph.degree)
        return float((cut[i] == cut[j]).mean() - ((volume / graph.degree.sum()) ** 2).sum())
