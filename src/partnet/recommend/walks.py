"""Where walks that restart are found: exactly on small graphs, by pushing on large ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from ..measures.kernels.compiling import kernel

FloatArray = npt.NDArray[np.float64]

DAMPING = 0.85  # of personalised PageRank; the common value
LEAST = 3e-5  # rest of a walk, by tie, that is not followed any further


def solve_walks(adjacency: sparse.csr_array) -> FloatArray:
    """Row i: where a walk from i that restarts with probability .15 is found."""
    degree = np.diff(adjacency.indptr).astype(np.float64)
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


def push_walks(adjacency: sparse.csr_array) -> sparse.csr_array:
    """Row i: where a walk from i is found, as far as it matters.

    References
    ----------
    Andersen, Chung & Lang (2006), doi:10.1109/FOCS.2006.44.
    """
    n = adjacency.shape[0]
    queue, waiting = np.empty(n + 1, np.int64), np.zeros(n, dtype=bool)
    found, rest = np.zeros(n), np.zeros(n)
    columns, values, counts = [], [], []
    for source in range(n):
        parts = adjacency.indptr, adjacency.indices, source, found, rest, queue, waiting
        reached = push_walk(*parts)
        columns.append(reached)
        values.append(found[reached])
        counts.append(len(reached))
        found[reached] = 0.0
        rest[:] = 0.0
    indptr = np.concatenate([[0], np.cumsum(counts)])
    cells = (np.concatenate(values), np.concatenate(columns), indptr)
    walks = sparse.csr_array(cells, shape=(n, n))
    walks.sort_indices()
    return walks
