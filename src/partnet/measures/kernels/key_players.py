"""What a set of organizations breaks or reaches."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel
from .in_order import add_in_order

MOST_STEPS = 1e7  # of a search for which compiling takes longer


@kernel(small=250, calls=2_000)
def find_best_cut(indptr: Any, indices: Any, gone: Any, allowed: Any) -> Any:
    """Find the vertex whose loss leaves the fewest pairs connected once some are gone already.

    One depth-first walk (Hopcroft & Tarjan 1973) gives the loss of every vertex. Answers the
    vertex (-1 if no allowed one has a tie left; equal ones: the lowest), the ordered pairs still
    connected without it, and those connected with it.
    """
    n = indptr.size - 1
    entry, low = np.empty(n, np.int32), np.empty(n, np.int32)
    parent, order = np.empty(n, np.int32), np.empty(n, np.int32)
    cursor = np.empty(n, np.int32)
    size, held, pairs = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    for v in range(n):  # `held`: vertices that only it holds; `pairs`: connected ones among them
        entry[v], cursor[v] = -1, indptr[v]
        size[v], held[v], pairs[v] = 1, 0, 0
    best, most, total, count = -1, np.int64(-1), np.int64(0), 0
    for root in range(n):
        if gone[root] or entry[root] >= 0:
            continue
        first = count
        entry[root] = low[root] = count
        order[count], parent[root] = root, -1
        count += 1
        v = root
        while v >= 0:
            if cursor[v] < indptr[v + 1]:
                w = indices[cursor[v]]
                cursor[v] += 1
                if gone[w]:
                    continue
                if entry[w] < 0:
                    entry[w] = low[w] = count
                    order[count], parent[w] = w, v
                    count += 1
                    v = w
                elif w != parent[v]:
                    low[v] = min(low[v], entry[w])
                continue
            above = parent[v]
            if above >= 0:
                size[above] += size[v]
                low[above] = min(low[above], low[v])
                if low[v] >= entry[above]:
                    held[above] += size[v]
                    pairs[above] += size[v] * (size[v] - 1)
            v = above
        whole = np.int64(count - first)
        total += whole * (whole - 1)
        for position in range(first, count):
            v = order[position]
            rest = whole - 1 - held[v]
            lost = whole * (whole - 1) - pairs[v] - rest * (rest - 1)
            if allowed[v] and lost > 0 and (lost > most or (lost == most and v < best)):
                best, most = v, lost
    return best, total - most if best >= 0 else total, total


@kernel(small=4_000, calls=100)
def sum_closeness(indptr: Any, indices: Any, gone: Any) -> float:
    """Sum of 1 / distance over ordered pairs of those who are not gone, 64 searches at once."""
    n = indptr.size - 1
    one, zero = np.uint64(1), np.uint64(0)
    seen, front, fresh = np.zeros(n, np.uint64), np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    total = 0.0
    for start in range(0, n, 64):
        seen[:] = zero
        front[:] = zero
        full = zero
        for source in range(start, min(n, start + 64)):
            if not gone[source]:
                bit = one << np.uint64(source - start)
                seen[source] = front[source] = bit
                full |= bit
        depth, moved = 0, True
        while moved:
            depth += 1
            count = 0
            for v in range(n):
                bits = zero
                if seen[v] != full and not gone[v]:
                    for e in range(indptr[v], indptr[v + 1]):
                        bits |= front[indices[e]]
                    bits &= ~seen[v]
                    seen[v] |= bits
                fresh[v] = bits
                while bits != zero:
                    bits &= bits - one
                    count += 1
            moved = count > 0
            total += count / depth
            front, fresh = fresh, front
    return total


@sum_closeness.in_python
def _sum_closeness_at_once(indptr: Any, indices: Any, gone: Any) -> float:
    return float(_sum_side_by_side(indptr, indices, gone[:, None])[0])


def _sum_side_by_side(indptr: Any, indices: Any, gone: Any) -> Any:
    """Sums of closeness, one for every column of `gone`; all searches take each step together."""
    n = indptr.size - 1
    v = np.arange(n)
    bits = np.left_shift(np.uint64(1), (v & 63).astype(np.uint64))
    front = np.zeros((n, gone.shape[1], -(-n // 64)), np.uint64)
    front[v, :, v >> 6] = np.where(gone, np.uint64(0), bits[:, None])
    seen, counts = front.copy(), []
    tied = np.flatnonzero(indptr[1:] > indptr[:-1])
    while tied.size and front.any():
        fresh = np.zeros_like(front)
        fresh[tied] = np.bitwise_or.reduceat(front[indices], indptr[tied], axis=0)
        fresh[gone] = 0
        fresh &= ~seen
        seen |= fresh
        counts.append(np.bitwise_count(fresh).sum(axis=0, dtype=np.int64))
        front = fresh
    total = np.zeros(gone.shape[1])
    for word in range(seen.shape[2]):  # in the order of the loops
        for steps, count in enumerate(counts, start=1):
            total += count[:, word] / steps
    return total


@kernel(small=2_000, calls=1_000)
def score_losses(
    indptr: Any, indices: Any, gone: Any, candidates: Any, first: int, last: int, scores: Any
) -> None:
    """Closeness that is left (:func:`sum_closeness`) without each of some candidates, too."""
    without = gone.copy()
    for k in range(first, last):
        v = candidates[k]
        was = without[v]
        without[v] = True
        scores[k] = sum_closeness(indptr, indices, without)
        without[v] = was


@score_losses.in_python
def _score_side_by_side(
    indptr: Any, indices: Any, gone: Any, candidates: Any, first: int, last: int, scores: Any
) -> None:
    without = np.repeat(gone[:, None], last - first, axis=1)
    without[candidates[first:last], np.arange(last - first)] = True
    scores[first:last] = _sum_side_by_side(indptr, indices, without)


@kernel(small=30_000, calls=40)
def fill_steps(indptr: Any, indices: Any, sources: Any, first: int, last: int, steps: Any) -> None:
    """Steps from each source to everybody, a row each; -1 where there is no path."""
    n = indptr.size - 1
    queue = np.empty(n, np.int32)
    for k in range(first, last):
        row = steps[k]
        row[:] = -1
        row[sources[k]], queue[0] = 0, sources[k]
        head, tail = 0, 1
        while head < tail:
            v = queue[head]
            head += 1
            for e in range(indptr[v], indptr[v + 1]):
                w = indices[e]
                if row[w] < 0:
                    row[w] = row[v] + 1
                    queue[tail] = w
                    tail += 1


@kernel(small=30_000, calls=5_000)
def measure_gains(worth: Any, cover: Any, first: int, last: int, gains: Any) -> None:
    """What each candidate adds to the sum over everybody of the best worth in the set."""
    for k in range(first, last):
        total = 0.0
        for j in range(cover.size):
            if worth[k, j] > cover[j]:
                total += worth[k, j] - cover[j]
        gains[k] = total


@measure_gains.in_python
def _measure_rows(worth: Any, cover: Any, first: int, last: int, gains: Any) -> None:
    gains[first:last] = _add_gains(worth[first:last], cover)


def _add_gains(worth: Any, cover: Any) -> Any:
    more = worth - cover
    return add_in_order(np.where(more > 0.0, more, 0.0))


@kernel(small=30_000)
def search_reach(worth: Any, size: int, value: float, most_steps: float) -> Any:
    """Find the set of so many candidates whose best worth sums highest, if it is above `value`.

    Depth first, in the order of candidates. What a member adds only shrinks as the set grows, so
    that a branch is left where the largest gains of its start could not lift it above the best.
    Answers whether the search was finished, and the set (-1 in all places: none is better).
    """
    count, n = worth.shape
    cover = np.zeros((size + 1, n))
    gains = np.zeros((size + 1, count))
    ahead = np.zeros((size + 1, count + 1))  # largest gain from here on
    reached = np.zeros(size + 1)
    place, found = np.empty(size + 1, np.int64), np.empty(size, np.int64)
    place[:] = -1
    found[:] = -1
    measure_gains(worth, cover[0], np.int64(0), count, gains[0])  # a plain 0: compiled for itself
    for k in range(count - 1, -1, -1):
        ahead[0, k] = max(ahead[0, k + 1], gains[0, k])
    depth, steps = 0, 0.0
    while depth >= 0 and steps <= most_steps:
        place[depth] += 1
        k = place[depth]
        missing = size - depth - 1
        if k >= count - missing:
            depth -= 1
            continue
        if reached[depth] + gains[depth, k] + missing * ahead[depth, k + 1] <= value + 1e-9:
            continue
        if missing == 0:
            value = reached[depth] + gains[depth, k]
            for member in range(size):  # as slices: seconds to compile
                found[member] = place[member]
            continue
        reached[depth + 1] = reached[depth] + gains[depth, k]
        for j in range(n):
            cover[depth + 1, j] = max(cover[depth, j], worth[k, j])
        for j in range(count - 1, k, -1):
            bound = reached[depth + 1] + gains[depth, j] + (missing - 1) * ahead[depth, k + 1]
            gains[depth + 1, j] = 0.0
            if bound > value + 1e-9:
                measure_gains(worth, cover[depth + 1], j, j + 1, gains[depth + 1])
                steps += n
            ahead[depth + 1, j] = max(ahead[depth + 1, j + 1], gains[depth + 1, j])
        steps += n + count
        depth += 1
        place[depth] = k
    return depth < 0, found


@search_reach.in_python
def _search_rows(worth: Any, size: int, value: float, most_steps: float) -> Any:
    count, n = worth.shape
    levels = [_Level(np.zeros(n), 0.0, _add_gains(worth, np.zeros(n)), -1, size - 1)]
    found, steps = np.full(size, -1), 0.0
    while levels and steps <= most_steps:
        here = levels[-1]
        k = here.find_next(value + 1e-9)
        if k < 0:
            levels.pop()
            continue
        if here.missing == 0:
            value, found[:] = here.sums[k], [level.place for level in levels]
            continue
        if steps > MOST_STEPS:
            return NotImplemented
        cover, missing = np.maximum(here.cover, worth[k]), here.missing - 1
        bounds = here.sums[k] + here.gains[k + 1 :] + missing * here.ahead[k + 1]
        tried = bounds > value + 1e-9
        steps += n * int(np.count_nonzero(tried)) + n + count
        if missing == 0:  # a sum in pairs is near enough to say who could be the last one
            near = np.maximum(worth[k + 1 :], cover).sum(axis=1) - cover.sum()
            tried &= here.sums[k] + near > value - 1e-6 * max(1.0, value)
        chosen = k + 1 + np.flatnonzero(tried)
        more = _add_gains(worth[chosen], cover) if chosen.size else np.zeros(0)
        if missing > 0:
            gains = np.zeros(count)
            gains[chosen] = more
            levels.append(_Level(cover, here.sums[k], gains, k, missing))
        elif steps <= most_steps:
            for last, gain in zip(chosen.tolist(), more.tolist(), strict=True):
                if here.sums[k] + gain > value + 1e-9:
                    value = here.sums[k] + gain
                    found[:] = [*(level.place for level in levels), last]
    return not levels, found


class _Level:
    """A set of candidates to which one more is added: what each would give, and could lead to."""

    def __init__(self, cover: Any, reached: float, gains: Any, place: int, missing: int) -> None:
        self.cover, self.gains, self.place, self.missing = cover, gains, place, missing
        sums = reached + gains
        self.sums = hopes = sums.tolist()
        if missing > 0:
            self.ahead = np.append(np.maximum.accumulate(gains[::-1])[::-1], 0.0)
            hopes = (sums + missing * self.ahead[1:]).tolist()
        self.hopes = hopes[: max(gains.size - missing, 0)]

    def find_next(self, enough: float) -> int:
        """The next candidate that could lead to more than that; -1 where there is none."""
        for k in range(self.place + 1, len(self.hopes)):
            if self.hopes[k] > enough:
                self.place = k
                return k
        self.place = len(self.hopes)
        return -1
