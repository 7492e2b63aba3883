"""The product of a graph whose ties all count 1 with a vector."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=10_000, calls=100)
def add_neighbors(indptr: Any, indices: Any, values: Any) -> Any:
    """Sum, for every vertex, of the values of those in its row; rows are unsigned."""
    n = indptr.size - 1
    sums = np.empty(n)
    for v in range(n):
        total = 0.0
        for e in range(indptr[v], indptr[v + 1]):
            total += values[indices[e]]
        sums[v] = total
    return sums
