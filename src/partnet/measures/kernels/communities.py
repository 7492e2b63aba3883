"""Communities by Louvain's method: move nodes, merge communities, move those."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

MOST_LEVELS = 32
MOST_SWEEPS = 100
LEAST_GAIN = 1e-10  # in strength: smaller ones are rounding


@kernel(small=600, calls=300)
def cut_by_louvain(indptr: Any, indices: Any, strengths: Any, order: Any, resolution: float) -> Any:
    """Number the communities of a graph without loops from 0, in the order of its vertices.

    Vertices move in the given order; communities that were merged move in that of their numbers.
    The higher the resolution, the smaller the communities; modularity has 1.
    """
    blocks = np.arange(order.size)
    for _ in range(MOST_LEVELS):
        found = _move_nodes(indptr, indices, strengths, order, resolution)
        merged, count = _number_from_zero(found)
        blocks = merged[blocks]
        if count == found.size:
            break
        indptr, indices, strengths = _merge_nodes(indptr, indices, strengths, merged, count)
        order = np.arange(count)
    return blocks


@kernel
def _move_nodes(indptr: Any, indices: Any, strengths: Any, order: Any, resolution: float) -> Any:
    """Move every node to the neighboring community that gains most, until none moves."""
    n = order.size
    degree = np.zeros(n)
    for v in range(n):
        for e in range(indptr[v], indptr[v + 1]):
            degree[v] += strengths[e]
    community, volume, total = np.arange(n), degree.copy(), 0.0
    for v in range(n):
        total += degree[v]
    towards, touched = np.zeros(n), np.empty(n, np.int64)
    for _ in range(MOST_SWEEPS):
        moved = False
        for v in order:
            own, count = community[v], 0
            for e in range(indptr[v], indptr[v + 1]):
                if indices[e] == v:
                    continue
                c = community[indices[e]]
                if towards[c] == 0.0:
                    touched[count] = c
                    count += 1
                towards[c] += strengths[e]
            volume[own] -= degree[v]
            share = resolution * degree[v] / total
            best = _choose_best(own, touched[:count], towards, volume, share)
            volume[best] += degree[v]
            moved |= best != own
            community[v] = best
        if not moved:
            break
    return community


@kernel
def _choose_best(own: int, touched: Any, towards: Any, volume: Any, share: float) -> int:
    """The community whose ties exceed what chance gives by most; its own where none is better."""
    best, most = own, towards[own] - share * volume[own]
    for c in touched:
        gain = towards[c] - share * volume[c]
        if gain > most + LEAST_GAIN:
            best, most = c, gain
    for c in touched:
        towards[c] = 0.0
    return best


@kernel
def _number_from_zero(labels: Any) -> Any:
    """Number labels 0, 1, 2 … in the order in which they first appear; and how many there are."""
    seen, numbered = np.empty(labels.size, np.int64), np.empty(labels.size, np.int64)
    seen[:] = -1
    count = 0
    for v in range(labels.size):
        if seen[labels[v]] < 0:
            seen[labels[v]] = count
            count += 1
        numbered[v] = seen[labels[v]]
    return numbered, count


@kernel
def _merge_nodes(indptr: Any, indices: Any, strengths: Any, merged: Any, count: int) -> Any:
    """Make one node of every community; ties within it stay as a loop."""
    start = np.zeros(count + 1, np.int64)
    for v in range(merged.size):
        start[merged[v] + 1] += 1
    for c in range(count):
        start[c + 1] += start[c]
    members, filled = np.empty(merged.size, np.int64), start.copy()
    for v in range(merged.size):
        members[filled[merged[v]]] = v
        filled[merged[v]] += 1
    new_indptr = np.zeros(count + 1, indptr.dtype)
    new_indices, sums = np.empty(indices.size, indices.dtype), np.empty(indices.size)
    at, end = np.empty(count, np.int64), 0
    at[:] = -1
    for c in range(count):
        first = end
        for v in members[start[c] : start[c + 1]]:
            for e in range(indptr[v], indptr[v + 1]):
                other = merged[indices[e]]
                if at[other] < first:
                    at[other] = end
                    new_indices[end], sums[end] = other, 0.0
                    end += 1
                sums[at[other]] += strengths[e]
        new_indptr[c + 1] = end
    return new_indptr, new_indices[:end], sums[:end]
