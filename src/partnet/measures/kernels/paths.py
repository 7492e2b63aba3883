"""Shortest paths by steps: Brandes' betweenness, closeness and harmonic closeness."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

LANES = 16  # searches side by side: two cache lines of numbers of paths a vertex
WORDS = 8  # of 64 bits: one cache line of searches a vertex


@kernel(small=2_500, calls=12)
def add_betweenness(
    indptr: Any, indices: Any, sources: Any, weights: Any, first: int, last: int, betweenness: Any
) -> None:
    """Add what is between batches ``first:last`` of 16 sources and all others (Brandes 2001).

    The searches of a batch run side by side: row v of `paths` holds how many shortest paths lead
    to v from each of them, so that one tie is read once for all and 16 numbers are added at a time.
    """
    n = indptr.size - 1
    level = np.empty((n, LANES), np.int32)
    level[:] = -1
    paths = np.zeros((n, LANES))
    front, fresh = np.zeros((n, LANES)), np.zeros((n, LANES))
    order = np.empty(n * LANES, np.int32)  # vertices of depth 0, 1, …; of several depths if lanes
    start = np.zeros(n + 2, np.int64)  # differ; where each depth starts
    left = np.empty(n, np.int32)  # lanes that have not reached a vertex
    touched = np.empty((2, n), np.int32)
    touched[:] = -1
    for batch in range(first, last):
        left[:] = LANES
        start[1] = 0
        for k in range(batch * LANES, min(sources.size, (batch + 1) * LANES)):
            v, lane = sources[k], k - batch * LANES
            level[v, lane], paths[v, lane], front[v, lane] = 0, 1.0, 1.0
            order[start[1]] = v
            start[1] += 1
        depth = np.int64(0)  # a plain 0 would be compiled for itself as well
        while start[depth + 1] > start[depth]:
            here = order[start[depth] : start[depth + 1]]
            count = _pass_paths_on(indptr, indices, here, depth, left, front, fresh, touched)
            found = order[start[depth + 1] :]
            new = _keep_first(
                touched[0, :count], depth + 1, left, level, paths, front, fresh, found
            )
            start[depth + 2] = start[depth + 1] + new
            depth += 1
        for d in range(depth - 1, -1, -1):
            here = order[start[d] : start[d + 1]]
            if d < depth - 1:
                _collect_shares(indptr, indices, here, front, fresh)
                front_was = order[start[d + 1] : start[d + 2]]
                _clear(front_was, front)
            lanes = weights[batch * LANES : (batch + 1) * LANES]
            _add_dependencies(here, d, lanes, level, paths, front, fresh, betweenness)
        _clear(order[: start[1]], front)
        for v in order[: start[depth]]:
            level[v, :] = -1
            touched[1, v] = -1


@kernel
def _pass_paths_on(
    indptr: Any,
    indices: Any,
    here: Any,
    depth: int,
    left: Any,
    front: Any,
    fresh: Any,
    touched: Any,
) -> int:
    """Add the paths to the vertices `here` to those of their neighbors; give how many these are."""
    lanes = front.shape[1]
    count = 0
    for v in here:
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            if left[w] == 0:
                continue
            if touched[1, w] != depth:
                touched[1, w] = depth
                touched[0, count] = w
                count += 1
            for lane in range(lanes):
                fresh[w, lane] += front[v, lane]
    _clear(here, front)
    return count


@_pass_paths_on.in_python
def _pass_rows_on(
    indptr: Any,
    indices: Any,
    here: Any,
    depth: int,
    left: Any,
    front: Any,
    fresh: Any,
    touched: Any,
) -> int:
    count = 0
    for v in here:
        row = front[v]
        for w in indices[indptr[v] : indptr[v + 1]].tolist():
            if left[w] == 0:
                continue
            if touched[1, w] != depth:
                touched[1, w] = depth
                touched[0, count] = w
                count += 1
            fresh[w] += row
    front[here] = 0.0
    return count


@kernel
def _keep_first(
    reached: Any,
    depth: int,
    left: Any,
    level: Any,
    paths: Any,
    front: Any,
    fresh: Any,
    found: Any,
) -> int:
    """Keep the paths that reach a vertex for the first time; give to how many vertices."""
    lanes = front.shape[1]
    count = 0
    for w in reached:
        new = 0
        for lane in range(lanes):
            if level[w, lane] < 0 and fresh[w, lane] > 0.0:
                level[w, lane] = depth
                paths[w, lane] = front[w, lane] = fresh[w, lane]
                new += 1
            fresh[w, lane] = 0.0
        if new > 0:
            left[w] -= new
            found[count] = w
            count += 1
    return count


@_keep_first.in_python
def _keep_first_rows(
    reached: Any,
    depth: int,
    left: Any,
    level: Any,
    paths: Any,
    front: Any,
    fresh: Any,
    found: Any,
) -> int:
    came = fresh[reached]
    new = (level[reached] < 0) & (came > 0.0)
    for rows, values in ((level, depth), (paths, came), (front, came)):
        rows[reached] = np.where(new, values, rows[reached])
    fresh[reached] = 0.0
    left[reached] -= new.sum(axis=1, dtype=left.dtype)
    kept = reached[new.any(axis=1)]
    found[: kept.size] = kept
    return int(kept.size)


@kernel
def _collect_shares(indptr: Any, indices: Any, here: Any, front: Any, fresh: Any) -> None:
    """Add up the shares of the neighbors one step further out."""
    lanes = front.shape[1]
    for v in here:
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            for lane in range(lanes):
                fresh[v, lane] += front[w, lane]


@_collect_shares.in_python
def _collect_rows(indptr: Any, indices: Any, here: Any, front: Any, fresh: Any) -> None:
    for v in here:
        row = fresh[v]
        for w in indices[indptr[v] : indptr[v + 1]].tolist():
            row += front[w]


@kernel
def _add_dependencies(
    here: Any,
    depth: int,
    weights: Any,
    level: Any,
    paths: Any,
    front: Any,
    fresh: Any,
    betweenness: Any,
) -> None:
    """Turn collected shares into dependencies, and these into shares: (1 + dependency) / paths."""
    lanes = front.shape[1]
    for v in here:
        total = 0.0
        for lane in range(lanes):
            if level[v, lane] == depth:
                dependency = paths[v, lane] * fresh[v, lane]
                front[v, lane] = (1.0 + dependency) / paths[v, lane]
                if depth > 0:
                    total += weights[lane] * dependency
            fresh[v, lane] = 0.0
        betweenness[v] += total


@_add_dependencies.in_python
def _add_rows(
    here: Any,
    depth: int,
    weights: Any,
    level: Any,
    paths: Any,
    front: Any,
    fresh: Any,
    betweenness: Any,
) -> None:
    reached, ways = level[here] == depth, paths[here]
    dependencies = ways * fresh[here]
    front[here] = np.where(reached, (1.0 + dependencies) / ways, front[here])
    fresh[here] = 0.0
    if depth > 0:
        total = np.zeros(here.size)
        for lane in range(weights.size):
            total += np.where(reached[:, lane], weights[lane] * dependencies[:, lane], 0.0)
        betweenness[here] += total


@kernel
def _clear(here: Any, rows: Any) -> None:
    """Put rows to zero."""
    for v in here:
        rows[v, :] = 0.0


@_clear.in_python
def _clear_rows(here: Any, rows: Any) -> None:
    rows[here] = 0.0


@kernel(small=2_000)
def spread_bits(indptr: Any, indices: Any, sources: Any, first: int, last: int, sums: Any) -> None:
    """Search breadth-first from 512 sources at once: batch k holds sources 512k to 512k + 511.

    Rows (unsigned) list the vertices that lead *to* a vertex; every vertex collects in the rows of
    sums how many sources reach it, the sum of their distances, of 1 / distance, and the longest
    distance.
    """
    n = indptr.size - 1
    seen = np.zeros((n, WORDS), np.uint64)
    front = np.zeros((n, WORDS), np.uint64)
    fresh = np.zeros((n, WORDS), np.uint64)
    active, reached = np.zeros(n, np.bool_), np.zeros(n, np.bool_)  # rows that are not all 0
    going = np.zeros(WORDS, np.uint64)  # searches that have not come to an end
    for batch in range(first, last):
        start = batch * WORDS * 64
        seen[:] = np.uint64(0)
        front[:] = np.uint64(0)
        active[:] = False
        for bit in range(min(WORDS * 64, sources.size - start)):
            v, word, one = sources[start + bit], bit >> 6, np.uint64(1) << np.uint64(bit & 63)
            seen[v, word] = front[v, word] = one
            active[v] = True
            going[word] |= one
        depth = 1
        while active.any():
            _spread_once(indptr, indices, depth, going, seen, front, active, fresh, reached, sums)
            front, fresh = fresh, front
            active, reached = reached, active
            depth += 1


@kernel
def _spread_once(
    indptr: Any,
    indices: Any,
    depth: int,
    going: Any,
    seen: Any,
    front: Any,
    active: Any,
    fresh: Any,
    reached: Any,
    sums: Any,
) -> None:
    """Go one step further with all searches; a search that reaches nobody new is over.

    A vertex looks no further once it has all that can still come; while few vertices are active,
    the others are not read.
    """
    words, few = going.size, 4 * active.sum() < active.size
    bits, missing = np.empty(words, np.uint64), np.empty(words, np.uint64)
    went = np.zeros(words, np.uint64)
    for v in range(indptr.size - 1):
        left = np.uint64(0)
        for k in range(words):
            bits[k] = np.uint64(0)
            missing[k] = going[k] & ~seen[v, k]
            left |= missing[k]
        for e in range(indptr[v], indptr[v + 1]):
            if left == 0:
                break
            w = indices[e]
            if few and not active[w]:
                continue
            left = np.uint64(0)
            for k in range(words):
                bits[k] |= front[w, k]
                left |= missing[k] & ~bits[k]
        count = 0
        for k in range(words):
            new = bits[k] & ~seen[v, k]
            seen[v, k] |= new
            fresh[v, k] = new
            went[k] |= new
            while new != 0:  # recognized as one population count
                new &= new - np.uint64(1)
                count += 1
        reached[v] = count > 0
        if count > 0:
            sums[0, v] += count
            sums[1, v] += depth * count
            sums[2, v] += count / depth
            sums[3, v] = max(sums[3, v], depth)
    going[:] = went
