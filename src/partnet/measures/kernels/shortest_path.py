"""The shortest path between two organizations, searched from both ends."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel

OUT, DONE = -1, -2  # not reached yet; settled


@kernel(small=8_000, calls=200)
def find_shortest_path(indptr: Any, indices: Any, lengths: Any, ends: Any) -> Any:
    """Give the positions on the shortest path from ``ends[0]`` to ``ends[1]``; empty: no path.

    The graph has no arrows. Each end settles its nearest in turn until no meeting of the two can
    be nearer than the one found (Nicholson 1966, doi:10.1093/comjnl/9.3.275).
    """
    n = indptr.size - 1
    distance = np.empty((2, n))
    distance[:] = np.inf
    before, at = np.empty((2, n), np.int64), np.empty((2, n), np.int64)
    before[:] = OUT
    at[:] = OUT
    heap, open_ = np.empty((2, n), np.int64), np.zeros(2, np.int64)
    for side in range(2):
        distance[side, ends[side]] = 0.0
        heap[side, 0], at[side, ends[side]], open_[side] = ends[side], 0, 1
    best, meeting = np.inf, np.int64(-1)
    if ends[0] == ends[1]:
        best, meeting = 0.0, ends[0]
    while open_[0] > 0 and open_[1] > 0:
        near, far = distance[0, heap[0, 0]], distance[1, heap[1, 0]]
        if near + far >= best:
            break
        side = 0 if near <= far else 1
        v = _take_nearest(distance[side], heap[side], at[side], open_[side])
        open_[side] -= 1
        for e in range(indptr[v], indptr[v + 1]):
            w, length = indices[e], distance[side, v] + lengths[e]
            if length < distance[side, w]:
                distance[side, w], before[side, w] = length, v
                if at[side, w] == OUT:
                    at[side, w] = open_[side]
                    open_[side] += 1
                _move_up(distance[side], heap[side], at[side], w)
            whole = distance[side, w] + distance[1 - side, w]
            if whole < best:
                best, meeting = whole, w
    return _list_stops(before, meeting)


@kernel
def _move_up(distance: Any, heap: Any, at: Any, v: int) -> None:
    """Put one that came nearer to its place among the open ones."""
    place = at[v]
    while place > 0:
        above = (place - 1) // 2
        if distance[heap[above]] <= distance[v]:
            break
        heap[place] = heap[above]
        at[heap[place]] = place
        place = above
    heap[place], at[v] = v, place


@kernel
def _take_nearest(distance: Any, heap: Any, at: Any, size: int) -> int:
    """Take the nearest of the open ones out."""
    nearest, last, place = heap[0], heap[size - 1], 0
    at[nearest] = DONE
    while 2 * place + 1 < size - 1:
        below = 2 * place + 1
        if below + 1 < size - 1 and distance[heap[below + 1]] < distance[heap[below]]:
            below += 1
        if distance[heap[below]] >= distance[last]:
            break
        heap[place] = heap[below]
        at[heap[place]] = place
        place = below
    if last != nearest:
        heap[place], at[last] = last, place
    return nearest


@kernel
def _list_stops(before: Any, meeting: int) -> Any:
    """The stops from one end over the meeting to the other; empty where they never met."""
    stops, count = np.empty(before.shape[1], np.int64), 0
    v = meeting
    while v >= 0:
        stops[count] = v
        count += 1
        v = before[0, v]
    found = stops[:count][::-1].copy()
    v, count = before[1, meeting] if meeting >= 0 else -1, 0
    while v >= 0:
        stops[count] = v
        count += 1
        v = before[1, v]
    return np.concatenate((found, stops[:count]))
