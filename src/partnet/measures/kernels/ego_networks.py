"""Burt's structural holes as UCINET gives them by default: within each ego network alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel
def measure_ego_holes(
    indptr: Any, indices: Any, data: Any, first: int, last: int, holes: Any
) -> None:
    """Write constraint, effective size, efficiency, hierarchy of ``first:last`` to rows of holes.

    The matrix is symmetric: z_ij + z_ji. What contacts invest outside the ego network is not seen.
    """
    n = indptr.size - 1
    position = np.full(n, -1, np.int64)  # 0 for ego, 1 + k for its contact k
    for ego in range(first, last):
        start, stop = indptr[ego], indptr[ego + 1]
        contacts = stop - start
        if contacts == 0:
            holes[:, ego] = np.nan
            continue
        position[ego] = 0
        total = 0.0
        for e in range(start, stop):
            position[indices[e]] = 1 + e - start
            total += data[e]
        sums, most = np.zeros(contacts), np.zeros(contacts)
        for k in range(contacts):
            q = indices[start + k]
            for f in range(indptr[q], indptr[q + 1]):
                if position[indices[f]] >= 0:
                    sums[k] += data[f]
                    most[k] = max(most[k], data[f])
        invested = data[start:stop] / total
        redundant = 0.0
        for k in range(contacts):
            q = indices[start + k]
            through = data[start + k] / total
            for f in range(indptr[q], indptr[q + 1]):
                j = position[indices[f]] - 1
                if j >= 0:
                    invested[j] += through * data[f] / sums[k]
                    redundant += through * data[f] / most[j]
        constraint = (invested**2).sum()
        ratio = invested**2 * contacts / constraint
        holes[0, ego] = constraint
        holes[1, ego] = contacts - redundant
        holes[2, ego] = (contacts - redundant) / contacts
        holes[3, ego] = (
            1.0 if contacts == 1 else (ratio * np.log(ratio)).sum() / (contacts * np.log(contacts))
        )
        position[ego] = -1
        for e in range(start, stop):
            position[indices[e]] = -1
