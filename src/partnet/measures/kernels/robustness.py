"""What is left of the network as organizations leave one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=4_000, calls=100)
def trace_removal(indptr: Any, indices: Any, order: Any, largest: Any, connected: Any) -> None:
    """Fill, for 0, 1, … vertices of `order` removed, the main component and the connected pairs.

    Runs backwards: vertices come back one after the other, and union-find joins the parts, so that
    the whole curve costs little more than reading the ties once. Connected pairs are ordered.
    """
    n = indptr.size - 1
    parent = np.arange(n)
    size = np.ones(n, np.int64)
    here = np.ones(n, np.bool_)
    for v in order:
        here[v] = False
    best, pairs = np.int64(0), np.int64(0)
    for position in range(-1, order.size):  # first everybody who stays, then the last one removed
        start, stop = 0, n
        if position >= 0:
            start = order[order.size - 1 - position]
            stop = start + 1
            here[start] = True
        for v in range(start, stop):
            if not here[v]:
                continue
            best = max(best, size[find_root(parent, v)])
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if not here[w]:
                    continue
                a, b = find_root(parent, v), find_root(parent, w)
                if a != b:
                    if size[a] < size[b]:
                        a, b = b, a
                    pairs += 2 * size[a] * size[b]
                    parent[b] = a
                    size[a] += size[b]
                    best = max(best, size[a])
        largest[order.size - 1 - position] = best
        connected[order.size - 1 - position] = pairs


@kernel
def find_root(parent: Any, v: int) -> int:
    """The representative of a part; paths are halved on the way."""
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v
