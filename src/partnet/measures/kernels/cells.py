"""Where a cell of a sparse matrix stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel
def find_cell(indptr: Any, indices: Any, row: int, column: int) -> Any:
    """Where a cell stands among those of its sorted row, or -1."""
    low, high = np.int64(indptr[row]), np.int64(indptr[row + 1])
    last = high
    while low < high:
        middle = (low + high) // 2
        if indices[middle] < column:
            low = middle + 1
        else:
            high = middle
    return low if low < last and indices[low] == column else -1
