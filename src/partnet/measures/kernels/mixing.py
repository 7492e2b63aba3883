"""Ties by pair of groups, for many deals of the group labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import kernel


@kernel(small=1_000_000)
def count_mixing(dealt: Any, source: Any, target: Any, first: int, last: int, counts: Any) -> None:
    """Add ties by group of source and target to ``counts[first:last]``, a table for each deal.

    Row d of `dealt` holds the group of every organization in that deal; the ends of ties have one.
    """
    for d in range(first, last):
        for e in range(source.size):
            counts[d, dealt[d, source[e]], dealt[d, target[e]]] += 1


@count_mixing.in_python
def _count_deals(dealt: Any, source: Any, target: Any, first: int, last: int, counts: Any) -> None:
    k = counts.shape[1]
    for d in range(first, last):
        groups = dealt[d].astype(np.intp)
        cells = groups[source] * k + groups[target]
        counts[d] += np.bincount(cells, minlength=k * k).reshape(k, k)
