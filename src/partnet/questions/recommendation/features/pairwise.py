"""Compiled measures of single pairs of organizations: no table of all pairs is ever made.

Rows are those of a CSR matrix with sorted indices: partners of an organization, or what it has.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from ....core.arrays import FloatArray, IntArray, Rows, get_rows
from ....measures.kernels.cells import find_cell
from ....measures.kernels.compiling import kernel
from ....measures.kernels.in_order import list_cells

MOST_AT_ONCE = 500  # organizations with a table of all pairs
MOST_PRODUCTS = 200_000  # listed at once


def as_rows(matrix: sparse.csr_array) -> Rows:
    """Give indptr, sorted indices and data in the types that the kernels are compiled for."""
    if not matrix.has_sorted_indices:
        matrix = matrix.copy()
        matrix.sort_indices()
    return get_rows(matrix)


def take_cells(indptr: Any, indices: Any, data: Any, i: Any, j: Any) -> FloatArray:
    """Cells (i, j) of a square matrix; 0 where there is none."""
    n = len(indptr) - 1
    if not len(indices):
        return np.zeros(len(i))
    keys = np.repeat(np.arange(n, dtype=np.int64), np.diff(indptr)) * n + indices
    wanted = np.asarray(i, dtype=np.int64) * n + j
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, data[at], 0.0)


@kernel(small=60_000, calls=400)
def sum_shared(indptr: Any, indices: Any, data: Any, worth: Any, i: Any, j: Any) -> Any:
    """Sum over what two rows share of data x worth x data."""
    found = np.zeros(i.size)
    for p in range(i.size):
        e, f = indptr[i[p]], indptr[j[p]]
        last_e, last_f = indptr[i[p] + 1], indptr[j[p] + 1]
        total = 0.0
        while e < last_e and f < last_f:
            a, b = indices[e], indices[f]
            if a == b:
                total += data[e] * worth[a] * data[f]
            e += a <= b
            f += b <= a
        found[p] = total
    return found


@sum_shared.in_python
def _sum_all_shared(indptr: Any, indices: Any, data: Any, worth: Any, i: Any, j: Any) -> Any:
    n = indptr.size - 1
    if n > MOST_AT_ONCE:
        return NotImplemented
    row = np.repeat(np.arange(n), np.diff(indptr))
    by_column = np.argsort(indices, kind="stable")
    start = np.append(0, np.cumsum(np.bincount(indices, minlength=worth.size)))
    with_whom, e = list_cells(start, indices)
    f = by_column[with_whom]
    shared = data[e] * worth[indices[e]] * data[f]
    sums = np.bincount(row[e] * n + row[f], weights=shared, minlength=n * n)
    return sums[i * n + j]


@kernel(small=40_000, calls=1_000)
def sum_crossed(indptr: Any, indices: Any, data: Any, table: Any, i: Any, j: Any) -> Any:
    """Sum over what the first has and what the second has of data x table x data."""
    found = np.zeros(i.size)
    for p in range(i.size):
        for e in range(indptr[i[p]], indptr[i[p] + 1]):
            row = table[indices[e]]
            for f in range(indptr[j[p]], indptr[j[p] + 1]):
                found[p] += data[e] * row[indices[f]] * data[f]
    return found


@sum_crossed.in_python
def _sum_all_crossed(indptr: Any, indices: Any, data: Any, table: Any, i: Any, j: Any) -> Any:
    many = np.diff(indptr).astype(np.int64)
    if (many[i] * many[j]).sum() > MOST_PRODUCTS:
        return NotImplemented
    e, p = list_cells(indptr, i)
    f, q = list_cells(indptr, j[p])
    e, p = e[q], p[q]
    return np.bincount(p, data[e] * table[indices[e], indices[f]] * data[f], minlength=i.size)


@kernel(small=60_000, calls=200)
def add_votes(indptr: Any, indices: Any, order: Any, i: Any, j: Any, found: Any) -> None:
    """Add how much organizations with the same partners as i work with j.

    Organizations k vote with the squared cosine of their partners and those of i, out of the sum
    of all votes. `order` brings the pairs of one i together.
    """
    n = indptr.size - 1
    votes = np.zeros(n)
    touched = np.empty(n, np.int64)
    count, total, voter = 0, 0.0, -1
    for p in order:
        if i[p] != voter:
            for k in range(count):
                votes[touched[k]] = 0.0
            voter = i[p]
            count = _count_shared(indptr, indices, voter, votes, touched)
            total = _square_cosines(indptr, voter, votes, touched[:count])
        if total > 0.0:
            named = 0.0
            for e in range(indptr[j[p]], indptr[j[p] + 1]):
                named += votes[indices[e]]
            found[p] += named / total


@add_votes.in_python
def _add_all_votes(indptr: Any, indices: Any, order: Any, i: Any, j: Any, found: Any) -> Any:
    n = indptr.size - 1
    if n > MOST_AT_ONCE:
        return NotImplemented
    ties = np.diff(indptr)
    cells, step = list_cells(indptr, indices)
    pair = np.repeat(np.arange(n), ties)[step] * n + indices[cells]
    pair, first, count = np.unique(pair, return_index=True, return_counts=True)
    v, k = np.divmod(pair, n)
    votes, by_turn = np.zeros(n * n), np.argsort(first)
    votes[pair] = np.where(v == k, 0.0, count.astype(float) * count / (ties[v] * ties[k]))
    total = np.bincount(v[by_turn], weights=votes[pair[by_turn]], minlength=n)
    cells, p = list_cells(indptr, j)
    named = np.bincount(p, weights=votes[i[p] * n + indices[cells]], minlength=j.size)
    found += np.where(total[i] > 0.0, named / total[i], 0.0)
    return None


@kernel
def _count_shared(indptr: Any, indices: Any, v: int, counts: Any, touched: Any) -> int:
    """Count the partners that each organization shares with v."""
    count = 0
    for e in range(indptr[v], indptr[v + 1]):
        z = indices[e]
        for f in range(indptr[z], indptr[z + 1]):
            k = indices[f]
            if counts[k] == 0.0:
                touched[count] = k
                count += 1
            counts[k] += 1.0
    return count


@kernel
def _square_cosines(indptr: Any, v: int, counts: Any, touched: Any) -> float:
    """Turn counts of shared partners into squared cosines, none for v itself; give their sum."""
    total = 0.0
    ties = indptr[v + 1] - indptr[v]
    for k in touched:
        theirs = indptr[k + 1] - indptr[k]
        counts[k] = 0.0 if k == v else counts[k] * counts[k] / (ties * theirs)
        total += counts[k]
    return total


def count_votes(rows: Rows, i: IntArray, j: IntArray) -> FloatArray:
    """Votes of those with the same partners as i for j, and the other way round, together."""
    found = np.zeros(len(i))
    for first, second in ((i, j), (j, i)):
        add_votes(rows[0], rows[1], np.argsort(first, kind="stable"), first, second, found)
    return found


@kernel(small=60_000, calls=1_000)
def ask_alike(indptr: Any, indices: Any, who: Any, weight: Any, i: Any, j: Any) -> Any:
    """Share of those most like i that work with j, and the other way round, together."""
    found = np.zeros(i.size)
    for p in range(i.size):
        for k in range(who.shape[1]):
            a, b = np.int64(i[p]), np.int64(j[p])
            if weight[a, k] > 0.0 and find_cell(indptr, indices, np.int64(who[a, k]), b) >= 0:
                found[p] += weight[a, k]
            if weight[b, k] > 0.0 and find_cell(indptr, indices, np.int64(who[b, k]), a) >= 0:
                found[p] += weight[b, k]
    return found


@ask_alike.in_python
def _ask_all_alike(indptr: Any, indices: Any, who: Any, weight: Any, i: Any, j: Any) -> Any:
    n = indptr.size - 1
    if n > MOST_AT_ONCE:
        return NotImplemented
    tied = np.zeros((n, n), np.bool_)
    tied[np.repeat(np.arange(n), np.diff(indptr)), indices] = True
    found, worth = np.zeros((n, n)), np.maximum(weight, 0.0)
    for k in range(who.shape[1]):
        votes = np.where(tied[who[:, k]], worth[:, k : k + 1], 0.0)
        found += votes
        found += votes.T
    return found[i, j]


@kernel
def find_largest(values: Any, k: int) -> Any:
    """Where the k largest values stand, the largest first; equal ones by lower position."""
    best = np.empty(min(k, values.size), np.int64)
    fill_largest(values, best)
    return best


@kernel
def fill_largest(values: Any, best: Any) -> None:
    """Write where the largest values stand, as many as there is room for."""
    filled = 0
    for p in range(values.size):
        if filled == best.size and values[p] <= values[best[filled - 1]]:
            continue
        place = filled if filled < best.size else filled - 1
        while place > 0 and values[best[place - 1]] < values[p]:
            if place < best.size:
                best[place] = best[place - 1]
            place -= 1
        best[place] = p
        filled = min(filled + 1, best.size)


@fill_largest.in_python
def _sort_largest(values: Any, best: Any) -> None:
    best[:] = np.argsort(-values, kind="stable")[: best.size]


@kernel(small=30_000)
def find_largest_of_rows(values: Any, k: int) -> Any:
    """Where the k largest of every row stand, the largest first."""
    best = np.empty((values.shape[0], min(k, values.shape[1])), np.int64)
    for row in range(values.shape[0]):
        fill_largest(values[row], best[row])
    return best


@kernel(small=4_000, calls=1_000)
def count_circle(indptr: Any, indices: Any, a: int, b: int) -> int:
    """Count the partners of b that work with a partner of a."""
    near = np.zeros(indptr.size - 1, np.bool_)
    for e in range(indptr[a], indptr[a + 1]):
        z = indices[e]
        for f in range(indptr[z], indptr[z + 1]):
            near[indices[f]] = True
    count = 0
    for e in range(indptr[b], indptr[b + 1]):
        count += near[indices[e]]
    return count


@kernel(small=4_000, calls=1_000)
def constrain(indptr: Any, indices: Any, a: int, more: int) -> float:
    """Burt's constraint of a, as if it had one tie more, to `more` (-1: none)."""
    near = indices[indptr[a] : indptr[a + 1]]
    if more >= 0 and find_cell(indptr, indices, a, more) < 0:
        near = np.append(near, np.int32(more))
        extra = more
    else:
        extra = -1
    share = np.zeros(indptr.size - 1)
    for q in near:
        share[q] = 1.0 / (indptr[q + 1] - indptr[q] + (q == extra))
    total = 0.0
    for q in near:
        through = 0.0
        for e in range(indptr[q], indptr[q + 1]):
            through += share[indices[e]]
        total += ((1.0 + through) / near.size) ** 2
    return total
