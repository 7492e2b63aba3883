"""Shortest paths: Brandes' betweenness, closeness and harmonic closeness."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

LANES = 16  # searches side by side: two cache lines of numbers of ways a vertex
WORDS = 8  # of 64 bits: one cache line of searches a vertex
SAME_LENGTH = 1e-9  # relative; two paths that differ by less are equally long


@kernel
def add_betweenness(
    indptr: Any, indices: Any, sources: Any, weights: Any, first: int, last: int, betweenness: Any
) -> None:
    """Add what is between batches ``first:last`` of 16 sources and all others (Brandes 2001).

    The searches of a batch run side by side: row v of `ways` holds the numbers of shortest ways to
    v from each of them, so that one tie is read once for all and 16 numbers are added at a time.
    """
    n = indptr.size - 1
    level = np.full((n, LANES), -1, np.int32)
    ways = np.zeros((n, LANES))
    front, fresh = np.zeros((n, LANES)), np.zeros((n, LANES))
    order = np.empty(n * LANES, np.int32)  # vertices of depth 0, 1, …; of several depths if lanes
    start = np.zeros(n + 2, np.int64)  # differ; where each depth starts
    left = np.empty(n, np.int32)  # lanes that have not reached a vertex
    touched = np.full((2, n), -1, np.int32)
    for batch in range(first, last):
        left[:] = LANES
        start[1] = 0
        for k in range(batch * LANES, min(sources.size, (batch + 1) * LANES)):
            v, lane = sources[k], k - batch * LANES
            level[v, lane], ways[v, lane], front[v, lane] = 0, 1.0, 1.0
            order[start[1]] = v
            start[1] += 1
        depth = 0
        while start[depth + 1] > start[depth]:
            here = order[start[depth] : start[depth + 1]]
            count = _pass_ways_on(indptr, indices, here, depth, left, front, fresh, touched)
            found = order[start[depth + 1] :]
            new = _keep_first(touched[0, :count], depth + 1, left, level, ways, front, fresh, found)
            start[depth + 2] = start[depth + 1] + new
            depth += 1
        for d in range(depth - 1, -1, -1):
            here = order[start[d] : start[d + 1]]
            if d < depth - 1:
                _collect_shares(indptr, indices, here, front, fresh)
                front_was = order[start[d + 1] : start[d + 2]]
                _clear(front_was, front)
            lanes = weights[batch * LANES : (batch + 1) * LANES]
            _add_dependencies(here, d, lanes, level, ways, front, fresh, betweenness)
        _clear(order[: start[1]], front)
        for v in order[: start[depth]]:
            level[v, :] = -1
            touched[1, v] = -1


@kernel
def _pass_ways_on(
    indptr: Any,
    indices: Any,
    here: Any,
    depth: int,
    left: Any,
    front: Any,
    fresh: Any,
    touched: Any,
) -> int:
    """Add the ways to the vertices `here` to those of their neighbours; give how many these are."""
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


@kernel
def _keep_first(
    reached: Any,
    depth: int,
    left: Any,
    level: Any,
    ways: Any,
    front: Any,
    fresh: Any,
    found: Any,
) -> int:
    """Keep the ways that reach a vertex for the first time; give to how many vertices."""
    lanes = front.shape[1]
    count = 0
    for w in reached:
        new = 0
        for lane in range(lanes):
            if level[w, lane] < 0 and fresh[w, lane] > 0.0:
                level[w, lane] = depth
                ways[w, lane] = front[w, lane] = fresh[w, lane]
                new += 1
            fresh[w, lane] = 0.0
        if new > 0:
            left[w] -= new
            found[count] = w
            count += 1
    return count


@kernel
def _collect_shares(indptr: Any, indices: Any, here: Any, front: Any, fresh: Any) -> None:
    """Add up the shares of the neighbours one step further out."""
    lanes = front.shape[1]
    for v in here:
        for e in range(indptr[v], indptr[v + 1]):
            w = indices[e]
            for lane in range(lanes):
                fresh[v, lane] += front[w, lane]


@kernel
def _add_dependencies(
    here: Any,
    depth: int,
    weights: Any,
    level: Any,
    ways: Any,
    front: Any,
    fresh: Any,
    betweenness: Any,
) -> None:
    """Turn collected shares into dependencies, and these into shares: (1 + dependency) / ways."""
    lanes = front.shape[1]
    for v in here:
        total = 0.0
        for lane in range(lanes):
            if level[v, lane] == depth:
                dependency = ways[v, lane] * fresh[v, lane]
                front[v, lane] = (1.0 + dependency) / ways[v, lane]
                if depth > 0:
                    total += weights[lane] * dependency
            fresh[v, lane] = 0.0
        betweenness[v] += total


@kernel
def _clear(here: Any, rows: Any) -> None:
    """Put rows to zero."""
    for v in here:
        rows[v, :] = 0.0


@kernel
def spread_bits(indptr: Any, indices: Any, first: int, last: int, sums: Any) -> None:
    """Search breadth-first from 512 sources at once: batch k holds 512k to 512k + 511.

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
        for bit in range(min(WORDS * 64, n - start)):
            word, one = bit >> 6, np.uint64(1) << np.uint64(bit & 63)
            seen[start + bit, word] = front[start + bit, word] = one
            active[start + bit] = True
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
            while new != 0:  # recognised as one population count
                new &= new - np.uint64(1)
                count += 1
        reached[v] = count > 0
        if count > 0:
            sums[0, v] += count
            sums[1, v] += depth * count
            sums[2, v] += count / depth
            sums[3, v] = max(sums[3, v], depth)
    going[:] = went


@kernel
def add_weighted_paths(
    indptr: Any,
    indices: Any,
    lengths: Any,
    nearest: Any,
    sources: Any,
    weights: Any,
    first: int,
    last: int,
    sums: Any,
) -> None:
    """Add to the rows of sums: betweenness, sources that reach, distances, 1 / distance; longest.

    Batches ``first:last`` of 16 sources are searched from side by side. `nearest` is the shortest
    length that leads to a vertex. Betweenness counts by `weights`; where those of a batch are all
    0, its ways are not counted. Two paths count as equally long if they differ by less than 1e-9 of
    their length; without that, 1/strength lengths such as 1/0.3 + 1/0.3 would make or break ties
    by rounding.
    """
    n = indptr.size - 1
    level = np.full((n, LANES), -1, np.int32)
    distance = np.full((n, LANES), np.inf)
    front = np.full((n, LANES), np.inf)
    ways, share = np.zeros((n, LANES)), np.zeros((n, LANES))
    order = np.empty(n * LANES, np.int32)
    start = np.zeros(n * LANES + 2, np.int64)
    for batch in range(first, last):
        here = sources[batch * LANES : (batch + 1) * LANES]
        counted = weights[batch * LANES : (batch + 1) * LANES]
        for lane in range(here.size):
            distance[here[lane], lane], ways[here[lane], lane] = 0.0, 1.0
        rounds = _find_distances(
            indptr, indices, lengths, nearest, here, level, distance, front, order, start
        )
        if counted.max() > 0:
            for k in range(rounds):
                settled = order[start[k] : start[k + 1]]
                _count_ways(indptr, indices, lengths, settled, k, level, distance, ways)
            for k in range(rounds - 1, 0, -1):
                settled = order[start[k] : start[k + 1]]
                _share_ways(
                    indptr,
                    indices,
                    lengths,
                    settled,
                    k,
                    counted,
                    level,
                    distance,
                    ways,
                    share,
                    sums[0],
                )
        for k in range(1, rounds):
            _add_distances(order[start[k] : start[k + 1]], k, level, distance, sums)
        for v in order[: start[rounds]]:
            level[v, :] = -1
            distance[v, :] = np.inf
            ways[v, :] = 0.0
            share[v, :] = 0.0


@kernel
def _find_distances(
    indptr: Any,
    indices: Any,
    lengths: Any,
    nearest: Any,
    sources: Any,
    level: Any,
    distance: Any,
    front: Any,
    order: Any,
    start: Any,
) -> int:
    """Find all distances from a batch of sources, round by round; give the number of rounds.

    In a round each search settles at once whatever cannot be improved any more: vertices nearer
    than the nearest one that is open plus the shortest length that leads to them (Denardo & Fox
    1979). Their predecessors were then settled in earlier rounds.
    """
    n, lanes = front.shape
    waiting = np.empty(n, np.int32)  # vertices some search has reached and not settled
    is_waiting = np.zeros(n, np.bool_)
    left = np.full(n, lanes, np.int32)  # searches that have not settled a vertex
    count, rounds = 0, 0
    for v in sources:
        if not is_waiting[v]:
            waiting[count], is_waiting[v] = v, True
            count += 1
    while True:
        first = start[rounds]
        tail = _settle_nearest(
            waiting[:count], nearest, rounds, level, distance, front, left, order, first
        )
        if tail == first:
            return rounds
        kept = 0
        for v in waiting[:count]:
            is_waiting[v] = left[v] > 0
            if is_waiting[v]:
                waiting[kept] = v
                kept += 1
        settled = order[first:tail]
        count = _pass_distances_on(
            indptr, indices, lengths, settled, distance, front, left, waiting, is_waiting, kept
        )
        rounds += 1
        start[rounds] = tail


@kernel
def _settle_nearest(
    waiting: Any,
    nearest: Any,
    round_: int,
    level: Any,
    distance: Any,
    front: Any,
    left: Any,
    order: Any,
    tail: int,
) -> int:
    """Settle what cannot be improved, and add it to the order; give where the order then ends."""
    lanes = front.shape[1]
    closest = np.full(lanes, np.inf)
    for v in waiting:
        for lane in range(lanes):
            open_ = distance[v, lane] if level[v, lane] < 0 else np.inf
            closest[lane] = min(closest[lane], open_)
    for v in waiting:
        new = 0
        for lane in range(lanes):
            far, here = closest[lane] + nearest[v], distance[v, lane]
            sure = here * (1.0 + 2 * SAME_LENGTH) < far or here <= closest[lane]
            if sure and level[v, lane] < 0 and here < np.inf:
                level[v, lane], front[v, lane] = round_, here
                new += 1
        if new > 0:
            left[v] -= new
            order[tail] = v
            tail += 1
    return tail


@kernel
def _pass_distances_on(
    indptr: Any,
    indices: Any,
    lengths: Any,
    settled: Any,
    distance: Any,
    front: Any,
    left: Any,
    waiting: Any,
    is_waiting: Any,
    count: int,
) -> int:
    """Shorten the distances of neighbours of what was settled; give how many vertices wait now."""
    lanes = front.shape[1]
    for v in settled:
        for e in range(indptr[v], indptr[v + 1]):
            w, length = indices[e], lengths[e]
            if left[w] == 0:
                continue
            if not is_waiting[w]:
                waiting[count], is_waiting[w] = w, True
                count += 1
            for lane in range(lanes):
                distance[w, lane] = min(distance[w, lane], front[v, lane] + length)
        front[v, :] = np.inf
    return count


@kernel
def _add_distances(settled: Any, round_: int, level: Any, distance: Any, sums: Any) -> None:
    """Add the distances at which a round settled vertices to the rows of sums."""
    for v in settled:
        for lane in range(level.shape[1]):
            if level[v, lane] == round_:
                sums[1, v] += 1.0
                sums[2, v] += distance[v, lane]
                sums[3, v] += 1.0 / distance[v, lane]
                sums[4, v] = max(sums[4, v], distance[v, lane])


@kernel
def _count_ways(
    indptr: Any,
    indices: Any,
    lengths: Any,
    settled: Any,
    round_: int,
    level: Any,
    distance: Any,
    ways: Any,
) -> None:
    """Add the ways to what was settled in a round to those of the vertices next on the way."""
    lanes = ways.shape[1]
    here = np.empty(lanes)
    for v in settled:
        for lane in range(lanes):
            here[lane] = distance[v, lane] if level[v, lane] == round_ else np.inf
        for e in range(indptr[v], indptr[v + 1]):
            w, length = indices[e], lengths[e]
            for lane in range(lanes):
                there = distance[w, lane]
                leads = (here[lane] < there) & (here[lane] + length <= there * (1.0 + SAME_LENGTH))
                ways[w, lane] += ways[v, lane] if leads else 0.0


@kernel
def _share_ways(
    indptr: Any,
    indices: Any,
    lengths: Any,
    settled: Any,
    round_: int,
    weights: Any,
    level: Any,
    distance: Any,
    ways: Any,
    share: Any,
    betweenness: Any,
) -> None:
    """Add up the dependencies of what was settled in a round, from the shares further out."""
    lanes = ways.shape[1]
    total = np.empty(lanes)
    for v in settled:
        total[:] = 0.0
        for e in range(indptr[v], indptr[v + 1]):
            w, length = indices[e], lengths[e]
            for lane in range(lanes):
                here, there = distance[v, lane], distance[w, lane]
                leads = (here < there) & (here + length <= there * (1.0 + SAME_LENGTH))
                total[lane] += share[w, lane] if leads else 0.0
        for lane in range(lanes):
            if level[v, lane] == round_:
                dependency = ways[v, lane] * total[lane]
                share[v, lane] = (1.0 + dependency) / ways[v, lane]
                betweenness[v] += weights[lane] * dependency
