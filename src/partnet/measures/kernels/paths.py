"""Shortest paths: Brandes' betweenness, closeness and harmonic closeness."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

SAME_LENGTH = 1e-9  # relative; two paths that differ by less are equally long


@kernel
def add_betweenness(
    indptr: Any, indices: Any, sources: Any, first: int, last: int, betweenness: Any
) -> None:
    """Add the dependencies of ``sources[first:last]`` on every vertex (Brandes 2001)."""
    n = indptr.size - 1
    order = np.empty(n, np.int32)
    level = np.full(n, -1, np.int32)
    paths = np.zeros(n)
    share = np.zeros(n)  # (1 + dependency) / number of paths
    for k in range(first, last):
        source = sources[k]
        level[source], paths[source], order[0] = 0, 1.0, source
        head, tail = 0, 1
        while head < tail:
            v = order[head]
            head += 1
            below = level[v] + 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if level[w] < 0:
                    level[w], paths[w], order[tail] = below, paths[v], w
                    tail += 1
                elif level[w] == below:
                    paths[w] += paths[v]
        for position in range(tail - 1, 0, -1):
            v = order[position]
            below = level[v] + 1
            total = 0.0
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if level[w] == below:
                    total += share[w]
            dependency = paths[v] * total
            betweenness[v] += dependency
            share[v] = (1.0 + dependency) / paths[v]
        for position in range(tail):
            level[order[position]] = -1


@kernel
def spread_words(indptr: Any, indices: Any, first: int, last: int, sums: Any) -> None:
    """Search breadth-first from 64 sources at once: word k holds sources 64k to 64k + 63.

    Rows list the vertices that lead *to* a vertex; every vertex collects in the rows of sums how
    many sources reach it, the sum of their distances, of 1 / distance, and the longest distance.
    """
    n = indptr.size - 1
    one, zero = np.uint64(1), np.uint64(0)
    seen = np.zeros(n, np.uint64)
    front = np.zeros(n, np.uint64)
    fresh = np.zeros(n, np.uint64)
    for word in range(first, last):
        seen[:] = zero
        front[:] = zero
        full = zero
        for source in range(word * 64, min(n, word * 64 + 64)):
            bit = one << np.uint64(source - word * 64)
            seen[source] = front[source] = bit
            full |= bit
        depth, moved = 0, True
        while moved:
            depth += 1
            moved = False
            for v in range(n):
                bits = zero
                if seen[v] != full:
                    for e in range(indptr[v], indptr[v + 1]):
                        bits |= front[indices[e]]
                    bits &= ~seen[v]
                fresh[v] = bits
                if bits != zero:
                    moved = True
                    seen[v] |= bits
                    count = 0
                    while bits != zero:  # recognised as one population count
                        bits &= bits - one
                        count += 1
                    sums[0, v] += count
                    sums[1, v] += depth * count
                    sums[2, v] += count / depth
                    sums[3, v] = max(sums[3, v], depth)
            front, fresh = fresh, front


@kernel
def _sift_up(heap: Any, place: Any, distance: Any, k: int) -> None:
    """Move the entry at k of a heap with four children a node up to where it belongs."""
    v = heap[k]
    while k > 0:
        above = (k - 1) >> 2
        if distance[heap[above]] <= distance[v]:
            break
        heap[k] = heap[above]
        place[heap[k]] = k
        k = above
    heap[k] = v
    place[v] = k


@kernel
def _pop_nearest(heap: Any, place: Any, distance: Any, size: int) -> int:
    """Take the nearest vertex off a heap of the given size."""
    top = heap[0]
    size -= 1
    v, k = heap[size], 0
    while True:
        child = 4 * k + 1
        if child >= size:
            break
        best = child
        for other in range(child + 1, min(child + 4, size)):
            if distance[heap[other]] < distance[heap[best]]:
                best = other
        if distance[heap[best]] >= distance[v]:
            break
        heap[k] = heap[best]
        place[heap[k]] = k
        k = best
    heap[k] = v
    place[v] = k
    return top


@kernel
def _settle(indptr: Any, indices: Any, lengths: Any, source: int, distance: Any, work: Any) -> int:
    """Dijkstra from a source; work[0] receives the vertices by distance; gives their number."""
    order, heap, place = work[0], work[1], work[2]
    distance[source] = 0.0
    heap[0], place[source] = source, 0
    size, settled = 1, 0
    while size > 0:
        v = _pop_nearest(heap, place, distance, size)
        size -= 1
        order[settled] = v
        settled += 1
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            length = distance[v] + lengths[e]
            if length < distance[w]:
                if distance[w] == np.inf:
                    heap[size], place[w] = w, size
                    size += 1
                distance[w] = length
                _sift_up(heap, place, distance, place[w])
    return settled


@kernel
def add_weighted_paths(
    indptr: Any,
    indices: Any,
    lengths: Any,
    sources: Any,
    first: int,
    last: int,
    sums: Any,
) -> None:
    """Add to the rows of sums: betweenness, sources that reach, distances, 1 / distance; longest.

    Two paths count as equally long if they differ by less than 1e-9 of their length; without
    that, 1/strength lengths such as 1/0.3 + 1/0.3 would make or break ties by rounding.
    """
    n = indptr.size - 1
    work = np.empty((3, n), np.int32)
    order = work[0]
    distance = np.full(n, np.inf)
    paths = np.zeros(n)
    share = np.zeros(n)
    for k in range(first, last):
        source = sources[k]
        settled = _settle(indptr, indices, lengths, source, distance, work)
        paths[source] = 1.0
        for position in range(settled):
            v = order[position]
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if distance[v] < distance[w] and distance[v] + lengths[e] <= distance[w] * (
                    1.0 + SAME_LENGTH
                ):
                    paths[w] += paths[v]
        for position in range(settled - 1, 0, -1):
            v = order[position]
            total = 0.0
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if distance[v] < distance[w] and distance[v] + lengths[e] <= distance[w] * (
                    1.0 + SAME_LENGTH
                ):
                    total += share[w]
            dependency = paths[v] * total
            share[v] = (1.0 + dependency) / paths[v]
            sums[0, v] += dependency
            sums[1, v] += 1.0
            sums[2, v] += distance[v]
            sums[3, v] += 1.0 / distance[v]
            sums[4, v] = max(sums[4, v], distance[v])
        for position in range(settled):
            distance[order[position]] = np.inf
            paths[order[position]] = 0.0
