"""What holds together: cores, cut points, bridges, blocks, triangles."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel
def find_coreness(indptr: Any, indices: Any) -> Any:
    """Largest k such that a vertex is in the k-core (Batagelj & Zaveršnik 2003)."""
    n = indptr.size - 1
    degree = np.empty(n, np.int32)
    for v in range(n):
        degree[v] = indptr[v + 1] - indptr[v]
    start = np.zeros((degree.max() if n else 0) + 2, np.int32)
    for v in range(n):
        start[degree[v] + 1] += 1
    for d in range(1, start.size):
        start[d] += start[d - 1]
    place = np.empty(n, np.int32)
    sorted_ = np.empty(n, np.int32)
    filled = start.copy()
    for v in range(n):
        place[v] = filled[degree[v]]
        sorted_[place[v]] = v
        filled[degree[v]] += 1
    for k in range(n):
        v = sorted_[k]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if degree[w] > degree[v]:  # swap w with the first of its bin, then shrink the bin
                first = start[degree[w]]
                other = sorted_[first]
                sorted_[first], sorted_[place[w]] = w, other
                place[other], place[w] = place[w], first
                start[degree[w]] += 1
                degree[w] -= 1
    return degree


@kernel
def walk_depth_first(indptr: Any, indices: Any) -> Any:
    """Depth-first forest of an undirected graph (Hopcroft & Tarjan 1973), without recursion.

    Rows of the answer: vertices in the order of entry; then by vertex: number of entry, lowest
    entry that its subtree reaches, parent (-1 for a root), size of its subtree.
    """
    n = indptr.size - 1
    walk = np.empty((5, n), np.int32)
    order, entry, low, parent, size = walk[0], walk[1], walk[2], walk[3], walk[4]
    entry[:] = -1
    size[:] = 1
    cursor = indptr[:-1].copy()
    count = 0
    for root in range(n):
        if entry[root] >= 0:
            continue
        v = root
        parent[root] = -1
        order[count] = root
        entry[root] = low[root] = count
        count += 1
        while v >= 0:
            if cursor[v] < indptr[v + 1]:
                w = indices[cursor[v]]
                cursor[v] += 1
                if entry[w] < 0:
                    parent[w] = v
                    order[count] = w
                    entry[w] = low[w] = count
                    count += 1
                    v = w
                elif w != parent[v]:
                    low[v] = min(low[v], entry[w])
            else:
                above = parent[v]
                if above >= 0:
                    low[above] = min(low[above], low[v])
                    size[above] += size[v]
                v = above
    return walk


@kernel
def label_blocks(order: Any, entry: Any, low: Any, parent: Any) -> Any:
    """Number the biconnected components: a vertex gets that of the tie to its parent, roots -1."""
    block = np.full(order.size, -1, np.int32)
    count = 0
    for k in range(order.size):
        v = order[k]
        if parent[v] < 0:
            continue
        if low[v] >= entry[parent[v]]:
            block[v] = count
            count += 1
        else:
            block[v] = block[parent[v]]
    return block


@kernel
def count_triangles(indptr: Any, indices: Any, first: int, last: int, triangles: Any) -> None:
    """Triangles through each vertex of ``first:last``; rows are sorted and symmetric."""
    n = indptr.size - 1
    mark = np.full(n, -1, np.int32)
    for ego in range(first, last):
        start, stop = indptr[ego], indptr[ego + 1]
        for e in range(start, stop):
            mark[indices[e]] = ego
        arcs = 0
        for e in range(start, stop):
            q = indices[e]
            if (stop - start) * 16 < indptr[q + 1] - indptr[q]:  # a hub: look its row up instead
                row = indices[indptr[q] : indptr[q + 1]]
                for f in range(start, stop):
                    k = np.searchsorted(row, indices[f])
                    if k < row.size and row[k] == indices[f]:
                        arcs += 1
            else:
                for f in range(indptr[q], indptr[q + 1]):
                    if mark[indices[f]] == ego:
                        arcs += 1
        triangles[ego] = arcs // 2
