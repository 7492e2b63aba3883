"""Breadth-first searches that count who is reached in how many steps, and over which ties."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel
def count_steps(indptr: Any, indices: Any, first: int, last: int, counts: Any, most: Any) -> None:
    """Fill, for the sources of a range, how many are reached in exactly 1, 2, … steps.

    `counts` has a row a source; what is farther than its columns is not counted. `most` gets the
    steps to the farthest that is reached.
    """
    n = indptr.size - 1
    steps = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    for source in range(first, last):
        steps[source], queue[0] = 0, source
        head, tail = 0, 1
        while head < tail:
            u = queue[head]
            head += 1
            for e in range(indptr[u], indptr[u + 1]):
                v = indices[e]
                if steps[v] < 0:
                    steps[v] = steps[u] + 1
                    queue[tail] = v
                    tail += 1
                    if steps[v] <= counts.shape[1]:
                        counts[source, steps[v] - 1] += 1
        most[source] = steps[queue[tail - 1]]
        for k in range(tail):
            steps[queue[k]] = -1


@kernel
def add_tie_betweenness(indptr: Any, indices: Any, first: int, last: int, arcs: Any) -> None:
    """Add, by position of the arc, the share of shortest paths from a range of sources over it."""
    n = indptr.size - 1
    steps = np.full(n, -1, np.int32)
    paths, passed = np.zeros(n), np.zeros(n)
    queue = np.empty(n, np.int32)
    for source in range(first, last):
        steps[source], paths[source], queue[0] = 0, 1.0, source
        head, tail = 0, 1
        while head < tail:
            u = queue[head]
            head += 1
            for e in range(indptr[u], indptr[u + 1]):
                v = indices[e]
                if steps[v] < 0:
                    steps[v] = steps[u] + 1
                    queue[tail] = v
                    tail += 1
                if steps[v] == steps[u] + 1:
                    paths[v] += paths[u]
        for k in range(tail - 1, -1, -1):
            u = queue[k]
            for e in range(indptr[u], indptr[u + 1]):
                v = indices[e]
                if steps[v] == steps[u] + 1:
                    share = paths[u] / paths[v] * (1.0 + passed[v])
                    arcs[e] += share
                    passed[u] += share
        for k in range(tail):
            u = queue[k]
            steps[u], paths[u], passed[u] = -1, 0.0, 0.0
