"""Count dyads and triads of a directed graph (Batagelj & Mrvar)."""

from __future__ import annotations

from typing import Any

import numpy as np

from .cells import find_cell
from .compiling import kernel


@kernel
def _has(indptr: Any, indices: Any, u: Any, v: Any) -> Any:
    """Whether the sorted row of u holds v."""
    return find_cell(indptr, indices, np.int64(u), np.int64(v)) >= 0


@kernel
def count_triads(
    indptr: Any, indices: Any, both_indptr: Any, both: Any, first: int, last: int, codes: Any
) -> None:
    """Add, by code of their six arcs, the triads whose lowest tied pair starts in a range.

    `both` holds partners whatever the arrow, sorted. A code has bits 1, 2 for u -> v and v -> u,
    4, 8 for u -> w and w -> u, 16, 32 for v -> w and w -> v. Triads without any tie are not added.
    """
    n = indptr.size - 1
    seen = np.full(n, -1, np.int64)
    for u in range(first, last):
        for e in range(both_indptr[u], both_indptr[u + 1]):
            v = both[e]
            if v < u:
                continue
            pair = np.int64(_has(indptr, indices, u, v)) + 2 * np.int64(_has(indptr, indices, v, u))
            mark = u * n + v
            others = n - 2
            for end in (u, v):
                for f in range(both_indptr[end], both_indptr[end + 1]):
                    w = both[f]
                    if w in (u, v) or seen[w] == mark:
                        continue
                    seen[w] = mark
                    others -= 1
                    if w > v or (u < w < v and not _has(both_indptr, both, u, w)):
                        code = pair
                        code += 4 * np.int64(_has(indptr, indices, u, w))
                        code += 8 * np.int64(_has(indptr, indices, w, u))
                        code += 16 * np.int64(_has(indptr, indices, v, w))
                        code += 32 * np.int64(_has(indptr, indices, w, v))
                        codes[code] += 1
            codes[pair] += others
