"""Where walks that restart are found: exactly on small graphs, by pushing on large ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg, sparse

from ....core.arrays import FloatArray
from ....measures.kernels.compiling import kernel
from ....measures.parallel import on_one_thread
from .pairwise import find_largest

DAMPING = 0.85  # of personalized PageRank; the common value
LEAST = 3e-5  # rest of a walk, by tie, that is not followed any further


@on_one_thread
def solve_walks(adjacency: sparse.csr_array) -> FloatArray:
    """Row i: where a walk from i that restarts with probability .15 is found.

    It takes ties in proportion to their weight, which is 1 in a plain graph.
    """
    degree = np.asarray(adjacency.sum(axis=1), dtype=np.float64).ravel()
    share = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    walk = (adjacency * share[:, None]).toarray()
    system = np.eye(len(degree)) - DAMPING * walk
    return (1 - DAMPING) * linalg.inv(system, overwrite_a=True, check_finite=False)


@kernel
def push_walk(
    indptr: Any, indices: Any, source: int, found: Any, rest: Any, queue: Any, waiting: Any
) -> Any:
    """Follow a walk from one organization until what is left is small everywhere.

    `found` and `rest` come in as zeros; the organizations reached are given back.
    """
    n = indptr.size - 1
    reached = np.empty(n, np.int64)
    count, first, last = 0, 0, 1
    queue[0], rest[source], waiting[source] = source, 1.0, True
    while first != last:
        v = queue[first]
        first = (first + 1) % (n + 1)
        waiting[v] = False
        if found[v] == 0.0:
            reached[count] = v
            count += 1
        found[v] += (1 - DAMPING) * rest[v]
        degree = indptr[v + 1] - indptr[v]
        passed = DAMPING * rest[v] / max(degree, 1)
        rest[v] = 0.0
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            rest[w] += passed
            if rest[w] > LEAST * (indptr[w + 1] - indptr[w]) and not waiting[w]:
                queue[last] = w
                last = (last + 1) % (n + 1)
                waiting[w] = True
    return reached[:count]


@kernel
def push_between(indptr: Any, indices: Any, order: Any, i: Any, j: Any) -> Any:
    """How often a walk from i is found at j, and one from j at i, together.

    Ties run both ways, so walks from j are found at i as often as those from i at j, times
    degree of i / degree of j. `order` brings the pairs of one i together.
    """
    n = indptr.size - 1
    found, rest = np.zeros(n), np.zeros(n)
    queue, waiting = np.empty(n + 1, np.int64), np.zeros(n, np.bool_)
    reached = np.empty(0, np.int64)
    both = np.zeros(i.size)
    source = -1
    for p in order:
        if i[p] != source:
            source = i[p]
            found[reached] = 0.0
            reached = push_walk(indptr, indices, source, found, rest, queue, waiting)
            rest[:] = 0.0
        both[p] = _both_ways(indptr, source, j[p], found[j[p]])
    return both


@kernel
def _both_ways(indptr: Any, i: int, j: int, there: float) -> float:
    ties = indptr[j + 1] - indptr[j]
    return there * (1.0 + (indptr[i + 1] - indptr[i]) / ties) if ties else there


@kernel
def find_nearest_by_walks(indptr: Any, indices: Any, sources: Any, k: int) -> Any:
    """Name for every source the k without a tie to it that walks join to it most; -1: nobody.

    Equal ones by lower position.
    """
    n = indptr.size - 1
    found, rest = np.zeros(n), np.zeros(n)
    queue, waiting = np.empty(n + 1, np.int64), np.zeros(n, np.bool_)
    who = np.full((sources.size, k), -1, np.int64)
    for row in range(sources.size):
        source = sources[row]
        reached = push_walk(indptr, indices, source, found, rest, queue, waiting)
        rest[:] = 0.0
        found[source] = 0.0
        for e in range(indptr[source], indptr[source + 1]):
            found[indices[e]] = 0.0
        reached.sort()
        worth = np.empty(reached.size)
        for p in range(reached.size):
            there = found[reached[p]]
            worth[p] = round(_both_ways(indptr, source, reached[p], there), 12)
            found[reached[p]] = 0.0
        for place, p in enumerate(find_largest(worth, k)):
            if worth[p] > 0.0:
                who[row, place] = reached[p]
    return who
