"""The same whole numbers as on the engine, by compiled loops over arrays in memory."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.arrays import IntArray
from ..measures.kernels.compiling import kernel

UNIT = 1_000_000_000.0


def rank_affinity(
    n: int,
    organization: IntArray,
    feature: IntArray,
    family: IntArray,
    plain: IntArray,
    weight: IntArray,
    *,
    mask: IntArray,
    middle: Any,
    k: int,
) -> tuple[IntArray, ...]:
    """Give organization, rank, partner, score and number of shared plain features.

    Parameters
    ----------
    n : int
        Number of organizations.
    organization, feature, family, plain, weight : int arrays
        One entry each: who has which feature.
    mask : int array, length n
        Families each organization has, one bit each.
    middle : float array
        The median squared norm of each family.
    k : int
        How many partners to keep of each.
    """
    if not len(organization):
        return tuple(np.empty(0, np.int64) for _ in range(5))
    order = np.lexsort((family, organization))
    rows = _pointers(organization, n)
    columns = int(feature.max()) + 1
    by_feature = np.lexsort((organization, feature))
    arrays = (feature[order], family[order], plain[order], weight[order])
    return _rank(
        rows, *arrays, _pointers(feature, columns), organization[by_feature], mask,
        np.asarray(middle, dtype=np.float64), k,
    )  # fmt: skip


def _pointers(codes: IntArray, n: int) -> IntArray:
    """Where the rows of each code begin, once they are sorted."""
    starts = np.zeros(n + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(codes, minlength=n))
    return starts


@kernel
def _norms(indptr: Any, family: Any, weight: Any, families: int) -> Any:
    n = indptr.size - 1
    norms = np.zeros((n, families), dtype=np.int64)
    for i in range(n):
        for e in range(indptr[i], indptr[i + 1]):
            norms[i, family[e]] += weight[e]
    return norms


@kernel
def _rank(
    indptr: Any, feature: Any, family: Any, plain: Any, weight: Any,
    starts: Any, holders: Any, mask: Any, middle: Any, k: int,
) -> Any:  # fmt: skip
    """For each organization: dots by family, similarities, their mean, the k highest."""
    n = indptr.size - 1
    norms = _norms(indptr, family, weight, middle.size)
    dot = np.zeros(n, dtype=np.int64)
    total = np.zeros(n, dtype=np.int64)
    shared = np.zeros(n, dtype=np.int64)
    seen = np.zeros(n, dtype=np.uint8)
    met = np.empty(n, dtype=np.int64)
    new = np.empty(n, dtype=np.int64)
    out = np.empty((n * k, 5), dtype=np.int64)
    written = 0
    best = np.empty(k, dtype=np.int64)
    for i in range(n):
        count = 0
        e = indptr[i]
        while e < indptr[i + 1]:
            f = family[e]
            fresh = 0
            while e < indptr[i + 1] and family[e] == f:
                for h in range(starts[feature[e]], starts[feature[e] + 1]):
                    j = holders[h]
                    if j == i:
                        continue
                    if dot[j] == 0:
                        new[fresh] = j
                        fresh += 1
                    dot[j] += weight[e]
                    shared[j] += plain[e]
                e += 1
            for m in range(fresh):
                j = new[m]
                length = np.sqrt(np.float64(norms[i, f])) * np.sqrt(np.float64(norms[j, f]))
                total[j] += np.int64(
                    np.floor(np.float64(dot[j]) / (length + middle[f]) * UNIT + 0.5)
                )
                dot[j] = 0
                if seen[j] == 0:
                    seen[j] = 1
                    met[count] = j
                    count += 1
        _average(total, met[:count], mask, i)
        kept = _keep_best(total, met, count, best)
        for m in range(kept):
            j = best[m]
            out[written, 0], out[written, 1], out[written, 2] = i, m + 1, j
            out[written, 3], out[written, 4] = total[j], shared[j]
            written += 1
        for m in range(count):
            total[met[m]] = 0
            shared[met[m]] = 0
            seen[met[m]] = 0
    return (
        out[:written, 0].copy(), out[:written, 1].copy(), out[:written, 2].copy(),
        out[:written, 3].copy(), out[:written, 4].copy(),
    )  # fmt: skip


@kernel
def _average(total: Any, met: Any, mask: Any, i: int) -> None:
    """Divide sums of similarities by the number of families that both have, rounding half up."""
    for j in met:
        common = mask[i] & mask[j]
        families = 0
        while common:
            families += common & 1
            common >>= 1
        total[j] = (2 * total[j] + families) // (2 * families) if families else 0


@kernel
def _keep_best(score: Any, met: Any, count: int, best: Any) -> int:
    """Write the positions of the highest scores, ties to the lower number; give how many."""
    k = best.size
    kept = 0
    for m in range(count):
        j = met[m]
        if score[j] <= 0:
            continue
        if kept == k:
            last = best[k - 1]
            if score[j] < score[last] or (score[j] == score[last] and j > last):
                continue
        at = kept if kept < k else k - 1
        while at > 0 and (
            score[best[at - 1]] < score[j] or (score[best[at - 1]] == score[j] and best[at - 1] > j)
        ):
            if at < k:
                best[at] = best[at - 1]
            at -= 1
        best[at] = j
        kept = min(kept + 1, k)
    return kept


@kernel
def rank_shared(indptr: Any, indices: Any, widest: int, k: int) -> Any:
    """Partners of partners: who shares most with each, not counting ends of too many ties."""
    n = indptr.size - 1
    shared = np.zeros(n, dtype=np.int64)
    met = np.empty(n, dtype=np.int64)
    best = np.empty(k, dtype=np.int64)
    out = np.empty((n * k, 4), dtype=np.int64)
    written = 0
    for i in range(n):
        count = 0
        for e in range(indptr[i], indptr[i + 1]):
            z = indices[e]
            if indptr[z + 1] - indptr[z] > widest:
                continue
            for h in range(indptr[z], indptr[z + 1]):
                j = indices[h]
                if j == i:
                    continue
                if shared[j] == 0:
                    met[count] = j
                    count += 1
                shared[j] += 1
        kept = _keep_best(shared, met, count, best)
        for m in range(kept):
            out[written, 0], out[written, 1] = i, m + 1
            out[written, 2], out[written, 3] = best[m], shared[best[m]]
            written += 1
        for m in range(count):
            shared[met[m]] = 0
    return out[:written].copy()
