"""Communities by Louvain's method: move nodes, merge communities, move those."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel
from .in_order import list_cells

MOST_LEVELS = 32
MOST_SWEEPS = 100
MOST_AT_ONCE = 300  # communities with a table of all pairs
LEAST_GAIN = 1e-10  # in strength: smaller ones are rounding


def cut_by_louvain(indptr: Any, indices: Any, strengths: Any, order: Any, resolution: float) -> Any:
    """Number the communities of a graph without loops from 0, in the order of its vertices.

    Vertices move in the given order; communities that were merged move in that of their numbers.
    The higher the resolution, the smaller the communities; modularity has 1.
    """
    blocks = np.arange(order.size)
    for _ in range(MOST_LEVELS):
        merged = np.arange(order.size)
        move_nodes(indptr, indices, strengths, order, resolution, merged)
        count = number_from_zero(merged, np.full(order.size, -1))
        blocks = merged[blocks]
        if count == order.size:
            break
        rows = np.zeros(count + 1, indptr.dtype)
        ends, sums = np.empty(indices.size, indices.dtype), np.empty(indices.size)
        most = merge_nodes(indptr, indices, strengths, merged, rows, ends, sums)
        indptr, indices, strengths = rows, ends[:most], sums[:most]
        order = np.arange(count)
    return blocks


@kernel(small=600, calls=300)
def move_nodes(
    indptr: Any,
    indices: Any,
    strengths: Any,
    order: Any,
    resolution: float,
    community: Any,
) -> None:
    """Move every node to the neighboring community that gains most, until none moves.

    `community` is 0, 1, 2 … at first, and changed.
    """
    n = order.size
    degree, volume, towards = np.empty(n), np.empty(n), np.empty(n)
    touched = np.empty(n, np.int64)
    total = 0.0
    for v in range(n):
        degree[v], towards[v] = 0.0, 0.0
        for e in range(indptr[v], indptr[v + 1]):
            degree[v] += strengths[e]
        volume[v] = degree[v]
        total += degree[v]
    moved, sweeps = True, 0
    while moved and sweeps < MOST_SWEEPS:
        moved, sweeps = False, sweeps + 1
        for k in range(n):
            v = order[k]
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
            best, most = own, towards[own] - share * volume[own]
            for t in range(count):
                c = touched[t]
                gain = towards[c] - share * volume[c]
                if gain > most + LEAST_GAIN:
                    best, most = c, gain
            for t in range(count):
                towards[touched[t]] = 0.0
            volume[best] += degree[v]
            moved |= best != own
            community[v] = best


@kernel(small=5_000, calls=5_000)
def number_from_zero(labels: Any, seen: Any) -> int:
    """Number labels 0, 1, 2 … in the order in which they first appear; give how many there are.

    `seen` holds -1 for every label there may be.
    """
    count = 0
    for v in range(labels.size):
        if seen[labels[v]] < 0:
            seen[labels[v]] = count
            count += 1
        labels[v] = seen[labels[v]]
    return count


@number_from_zero.in_python
def _number_at_once(labels: Any, seen: Any) -> int:
    found = list(dict.fromkeys(labels.tolist()))
    seen[found] = np.arange(len(found))
    labels[:] = seen[labels]
    return len(found)


@kernel(small=5_000, calls=5_000)
def merge_nodes(
    indptr: Any,
    indices: Any,
    strengths: Any,
    merged: Any,
    new_indptr: Any,
    new_indices: Any,
    sums: Any,
) -> int:
    """Make one node of every community; ties within it stay as a loop. Gives how many ties."""
    count = new_indptr.size - 1
    filled, members = np.empty(count + 1, np.int64), np.empty(merged.size, np.int64)
    at = np.empty(count, np.int64)
    for c in range(count):
        filled[c], at[c] = 0, -1
    filled[count] = 0
    for v in range(merged.size):
        filled[merged[v] + 1] += 1
    for c in range(count):
        filled[c + 1] += filled[c]
    for v in range(merged.size):  # moves where each begins to where it ends
        members[filled[merged[v]]] = v
        filled[merged[v]] += 1
    end, m = 0, 0
    for c in range(count):
        first = end
        while m < filled[c]:
            v = members[m]
            m += 1
            for e in range(indptr[v], indptr[v + 1]):
                other = merged[indices[e]]
                if at[other] < first:
                    at[other] = end
                    new_indices[end], sums[end] = other, 0.0
                    end += 1
                sums[at[other]] += strengths[e]
        new_indptr[c + 1] = end
    return end


@merge_nodes.in_python
def _merge_at_once(
    indptr: Any,
    indices: Any,
    strengths: Any,
    merged: Any,
    new_indptr: Any,
    new_indices: Any,
    sums: Any,
) -> Any:
    count = new_indptr.size - 1
    if count > MOST_AT_ONCE:
        return NotImplemented
    order = np.argsort(merged, kind="stable")
    cells, which = list_cells(indptr, order)
    pairs = merged[order][which] * count + merged[indices[cells]]
    first = np.full(count * count, -1)
    first[pairs[::-1]] = np.arange(pairs.size)[::-1]
    found = np.flatnonzero(first >= 0)
    found = found[np.argsort(first[found])]  # as they appear
    new_indptr[1:] = np.cumsum(np.bincount(found // count, minlength=count))
    new_indices[: found.size] = found % count
    sums[: found.size] = np.bincount(pairs, weights=strengths[cells], minlength=1)[found]
    return int(found.size)
