"""Who sees the same network: pendant trees, and twins."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=10_000)
def strip_trees(indptr: Any, indices: Any) -> Any:
    """Take vertices with one tie away, again and again, until there are none.

    By vertex: whether it was taken away; how many it stands for, itself and all that hung on it;
    the sum of their squares, branch by branch. Of a tree one vertex stays.
    """
    n = indptr.size - 1
    gone = np.zeros(n, np.bool_)
    size = np.ones(n)
    squares = np.zeros(n)
    degree = indptr[1:] - indptr[:-1]
    waiting = np.empty(n, np.int32)
    count = 0
    for first in range(n):
        waiting[count] = first
        count += 1
        while count > 0:
            count -= 1
            v = waiting[count]
            if degree[v] != 1 or gone[v]:
                continue
            gone[v] = True
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not gone[w]:
                    size[w] += size[v]
                    squares[w] += size[v] * size[v]
                    degree[w] -= 1
                    waiting[count] = w
                    count += 1
    return gone, size, squares


@kernel
def _scramble(vertex: int, bits: Any) -> Any:
    """Make a number that looks random of a vertex and the bits of a strength (splitmix64)."""
    x = np.uint64(vertex + 1) * np.uint64(0x9E3779B97F4A7C15) ^ bits
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@kernel
def _are_twins(indptr: Any, indices: Any, bits: Any, a: int, b: int) -> bool:
    """Whether two vertices have the same ties to all others."""
    e, f = indptr[a], indptr[b]
    while True:
        if e < indptr[a + 1] and indices[e] == b:
            e += 1
        if f < indptr[b + 1] and indices[f] == a:
            f += 1
        if e == indptr[a + 1] or f == indptr[b + 1]:
            return e == indptr[a + 1] and f == indptr[b + 1]
        if indices[e] != indices[f] or bits[e] != bits[f]:
            return False
        e += 1
        f += 1


@kernel(small=10_000)
def find_twins(indptr: Any, indices: Any, bits: Any, own: Any, twin_of: Any) -> None:
    """Write to `twin_of` the lowest vertex with the same ties to all others; rows are sorted.

    Vertices whose ties have the same sum of scrambled numbers are compared. `own` holds the bits
    of the strength that twins have for each other; zero finds twins without a tie between them.
    """
    n = indptr.size - 1
    sums = np.zeros(n, np.uint64)
    for v in range(n):
        if own != 0:
            sums[v] = _scramble(v, own)
        for e in range(indptr[v], indptr[v + 1]):
            sums[v] += _scramble(indices[e], bits[e])
    order = np.argsort(sums, kind="mergesort")
    first = 0
    for k in range(1, n):
        if sums[order[k]] != sums[order[first]]:
            first = k
        elif _are_twins(indptr, indices, bits, order[first], order[k]):
            twin_of[order[k]] = order[first]
