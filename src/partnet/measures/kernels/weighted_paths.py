"""Shortest paths by length: betweenness, closeness and harmonic closeness under strengths."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from .compiling import kernel
from .paths import LANES

SAME_LENGTH = 1e-9  # relative; two paths that differ by less are equally long
MOST_PATHS = 2.0**53  # up to so many, their sums are the same in any order


@kernel(small=6_000, calls=200)
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
    0, its paths are not counted. Two paths count as equally long if they differ by less than 1e-9
    of their length; without that, 1/strength lengths such as 1/0.3 + 1/0.3 would make or break ties
    by rounding.
    """
    n = indptr.size - 1
    level = np.empty((n, LANES), np.int32)
    distance, front = np.empty((n, LANES)), np.empty((n, LANES))
    level[:] = -1
    distance[:] = np.inf
    front[:] = np.inf
    paths, share = np.zeros((n, LANES)), np.zeros((n, LANES))
    order = np.empty(n * LANES, np.int32)
    start = np.zeros(n * LANES + 2, np.int64)
    for batch in range(first, last):
        here = sources[batch * LANES : (batch + 1) * LANES]
        counted = weights[batch * LANES : (batch + 1) * LANES]
        for lane in range(here.size):
            distance[here[lane], lane], paths[here[lane], lane] = 0.0, 1.0
        rounds = _find_distances(
            indptr, indices, lengths, nearest, here, level, distance, front, order, start
        )
        if _has_any(counted):
            for k in range(rounds):
                settled = order[start[k] : start[k + 1]]
                _count_paths(indptr, indices, lengths, settled, k, level, distance, paths)
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
                    paths,
                    share,
                    sums[0],
                )
        for k in range(1, rounds):
            _add_distances(order[start[k] : start[k + 1]], k, level, distance, sums)
        for v in order[: start[rounds]]:
            level[v, :] = -1
            distance[v, :] = np.inf
            paths[v, :] = 0.0
            share[v, :] = 0.0


@add_weighted_paths.in_python
def _add_at_once(
    indptr: Any,
    indices: Any,
    lengths: Any,
    nearest: Any,
    sources: Any,
    weights: Any,
    first: int,
    last: int,
    sums: Any,
) -> Any:
    n = indptr.size - 1
    ties = np.repeat(np.arange(n), indptr[1:] - indptr[:-1]), indices.astype(np.int64), lengths
    added = sums.copy()
    for batch in range(first, last):
        here = sources[batch * LANES : (batch + 1) * LANES]
        counted = weights[batch * LANES : batch * LANES + here.size]
        distance, level = _find_all_distances(ties, nearest, here)
        far, ranked = distance.reshape(-1), np.argsort(level, axis=None, kind="stable")
        start = np.searchsorted(level.reshape(-1)[ranked], np.arange(level.max(initial=0) + 2))
        if (counted > 0).any():
            rounds = [ranked[one:two] for one, two in pairwise(start)]
            if not _share_all_ways(ties, here, counted, distance, level, rounds, added[0]):
                return NotImplemented
        settled = ranked[start[1] :]  # without the sources themselves
        v = settled // here.size
        np.add.at(added[1], v, 1.0)
        np.add.at(added[2], v, far[settled])
        np.add.at(added[3], v, 1.0 / far[settled])
        np.maximum.at(added[4], v, far[settled])
    sums[:] = added
    return None


def _find_all_distances(ties: Any, nearest: Any, sources: Any) -> Any:
    """The distances of everybody (rows) from each source, and in which round they were settled."""
    distance = np.full((nearest.size, sources.size), np.inf)
    distance[sources, np.arange(sources.size)] = 0.0
    level = np.full(distance.shape, -1)
    by_end = np.argsort(ties[1], kind="stable")
    senders, lengths = ties[0][by_end], ties[2][by_end, None]
    ends, starts = np.unique(ties[1][by_end], return_index=True)
    round_ = 0
    while True:
        open_ = np.where(level < 0, distance, np.inf)
        closest = open_.min(axis=0, initial=np.inf)
        sure = distance * (1.0 + 2 * SAME_LENGTH) < closest + nearest[:, None]
        new = (sure | (distance <= closest)) & (open_ < np.inf)
        if not new.any():
            return distance, level
        level[new] = round_
        round_ += 1
        if ends.size:
            there = np.where(new, distance, np.inf)[senders] + lengths
            shorter = np.minimum.reduceat(there, starts, axis=0)
            distance[ends] = np.minimum(distance[ends], shorter)


def _share_all_ways(
    ties: Any, sources: Any, weights: Any, distance: Any, level: Any, rounds: Any, betweenness: Any
) -> bool:
    """Add dependencies; false, and nothing is added, where there are too many paths to count."""
    senders, ends, lengths = ties
    here, there = distance[senders], distance[ends]
    tie, lane = np.nonzero(
        (here < there) & (here + lengths[:, None] <= there * (1.0 + SAME_LENGTH))
    )
    by_level = np.argsort(level[senders[tie], lane], kind="stable")
    tie, lane = tie[by_level], lane[by_level]
    one, two = senders[tie] * sources.size + lane, ends[tie] * sources.size + lane
    start = np.searchsorted(level[senders[tie], lane], np.arange(len(rounds) + 1))
    paths, share, total = np.zeros(level.size), np.zeros(level.size), np.zeros(level.size)
    paths[rounds[0]] = 1.0
    for k in range(len(rounds)):
        on = slice(start[k], start[k + 1])
        np.add.at(paths, two[on], paths[one[on]])
    if paths.max(initial=0.0) > MOST_PATHS:
        return False
    for k in range(len(rounds) - 1, 0, -1):
        on, settled = slice(start[k], start[k + 1]), rounds[k]
        np.add.at(total, one[on], share[two[on]])
        dependency = paths[settled] * total[settled]
        share[settled] = (1.0 + dependency) / paths[settled]
        v, lane = np.divmod(settled, sources.size)
        np.add.at(betweenness, v, weights[lane] * dependency)
    return True


@kernel
def _has_any(weights: Any) -> bool:
    """Whether any source of a batch is counted."""
    found = False
    for weight in weights:
        found |= weight > 0
    return found


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
    left = np.empty(n, np.int32)  # searches that have not settled a vertex
    left[:] = lanes
    count, rounds = 0, 0
    for v in sources:
        if not is_waiting[v]:
            waiting[count], is_waiting[v] = v, True
            count += 1
    while True:
        first = start[rounds]
        tail = _settle_nearest(
            waiting[:count], nearest, np.int64(rounds), level, distance, front, left, order, first
        )
        if tail == first:
            return rounds
        kept = np.int64(0)
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
    closest = np.empty(lanes)
    closest[:] = np.inf
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
    """Shorten the distances of neighbors of what was settled; give how many vertices wait now."""
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
def _count_paths(
    indptr: Any,
    indices: Any,
    lengths: Any,
    settled: Any,
    round_: int,
    level: Any,
    distance: Any,
    paths: Any,
) -> None:
    """Add the paths to what was settled in a round to those of the vertices next on the path."""
    lanes = paths.shape[1]
    here = np.empty(lanes)
    for v in settled:
        for lane in range(lanes):
            here[lane] = distance[v, lane] if level[v, lane] == round_ else np.inf
        for e in range(indptr[v], indptr[v + 1]):
            w, length = indices[e], lengths[e]
            for lane in range(lanes):
                there = distance[w, lane]
                leads = (here[lane] < there) & (here[lane] + length <= there * (1.0 + SAME_LENGTH))
                paths[w, lane] += paths[v, lane] if leads else 0.0


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
    paths: Any,
    share: Any,
    betweenness: Any,
) -> None:
    """Add up the dependencies of what was settled in a round, from the shares further out."""
    lanes = paths.shape[1]
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
                dependency = paths[v, lane] * total[lane]
                share[v, lane] = (1.0 + dependency) / paths[v, lane]
                betweenness[v] += weights[lane] * dependency
