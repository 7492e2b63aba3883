"""What holds together: cores, articulation points, bridges, blocks, triangles."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=20_000)
def find_coreness(indptr: Any, indices: Any) -> Any:
    """Largest k such that a vertex is in the k-core: peel off, k after k, who has k ties left."""
    n = indptr.size - 1
    degree = indptr[1:] - indptr[:-1]  # of those peeled off: their coreness
    rest = np.arange(n).astype(np.int32)
    queue = np.empty(n, np.int32)
    count, k, peeled = n, 0, -1  # peeled: the largest k done
    while count > 0:
        kept, tail = 0, 0
        lowest = n
        for v in rest[:count]:
            if degree[v] > peeled:
                if degree[v] == k:
                    queue[tail] = v
                    tail += 1
                else:
                    lowest = min(lowest, degree[v])
                    rest[kept] = v
                    kept += 1
        head = 0
        while head < tail:
            v = queue[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                ties = degree[w]
                degree[w] = ties - np.int32(
                    ties > k
                )  # a branch would be guessed wrong half the time
                if ties == k + 1:
                    queue[tail] = w
                    tail += 1
        count, peeled = kept, k
        k = max(k + 1, lowest) if tail == 0 else k + 1
    return degree


@kernel(small=20_000)
def label_parts(indptr: Any, indices: Any) -> Any:
    """Number the components of an undirected graph in the order of their first vertices."""
    n = indptr.size - 1
    label = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    count = 0
    for root in range(n):
        if label[root] >= 0:
            continue
        order[0], label[root] = root, count
        head, tail = 0, 1
        while head < tail:
            v = order[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if label[w] < 0:
                    order[tail], label[w] = w, count
                    tail += 1
        count += 1
    return label


@kernel(small=20_000)
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
        v, above = root, -1
        parent[root] = -1
        order[count] = root
        entry[root] = low[root] = count
        count += 1
        while v >= 0:
            below = -1
            lowest = low[v]
            for e in range(cursor[v], indptr[v + 1]):
                w = indices[e]
                seen = entry[w]
                if seen < lowest:  # either not seen yet (-1), or further up than anything so far
                    if seen < 0:
                        below = w
                        cursor[v] = e + 1
                        break
                    if w != above:
                        lowest = seen
            low[v] = lowest
            if below >= 0:
                parent[below] = v
                order[count] = below
                entry[below] = low[below] = count
                count += 1
                v, above = below, v
            else:
                if above >= 0:
                    low[above] = min(low[above], lowest)
                    size[above] += size[v]
                v = above
                above = parent[v] if v >= 0 else -1
    return walk


@kernel(small=20_000)
def weigh_cuts(order: Any, entry: Any, low: Any, parent: Any, size: Any) -> Any:
    """What is left of its component without each vertex, from a depth-first forest.

    Rows of the answer, by vertex: where its component starts in the order of entry, the size of
    that component, of what remains above the vertex, of the main component that remains.
    """
    n = order.size
    left = np.empty((4, n), np.int64)
    start, whole, rest, largest = left[0], left[1], left[2], left[3]
    root = 0
    for k in range(n):
        v = order[k]
        root = v if parent[v] < 0 else root
        start[v], whole[v] = entry[root], size[root]
        rest[v], largest[v] = size[root] - 1, 0
    for v in order:
        above = parent[v]
        if above >= 0 and low[v] >= entry[above]:
            rest[above] -= size[v]
            largest[above] = max(largest[above], size[v])
    for v in order:
        largest[v] = max(largest[v], rest[v])
    return left


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
def point_upwards(indptr: Any, indices: Any) -> Any:
    """Keep of every tie the arc to the end with more ties (if equal: the higher position).

    Then nobody has many arcs, and every triangle has one vertex with arcs to the two others.
    """
    n = indptr.size - 1
    upwards = np.zeros(n + 1, np.int32)
    ends = np.empty(indices.size // 2 + 1, np.int32)
    count = 0
    for v in range(n):
        degree = indptr[v + 1] - indptr[v]
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            other = indptr[w + 1] - indptr[w]
            ends[count] = w  # overwritten by the next one if the arc points down
            count += (other > degree) | ((other == degree) & (w > v))
        upwards[v + 1] = count
    return upwards, ends[:count]


@kernel
def count_triangles(indptr: Any, indices: Any, first: int, last: int, triangles: Any) -> None:
    """Add the triangles whose lowest vertex is in ``first:last``; arcs point upwards, unsigned."""
    mark = np.full(indptr.size - 1, -1, np.int32)
    for v in range(first, last):
        for e in range(indptr[v], indptr[v + 1]):
            mark[indices[e]] = v
        for e in range(indptr[v], indptr[v + 1]):
            q = indices[e]
            found = 0
            for f in range(indptr[q], indptr[q + 1]):
                found += mark[indices[f]] == v
            if found > 0:
                triangles[v] += found
                triangles[q] += found
                for f in range(indptr[q], indptr[q + 1]):
                    triangles[indices[f]] += mark[indices[f]] == v
