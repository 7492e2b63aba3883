"""Who comes first: ranks that do not depend on the last bits of a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..core.arrays import IntArray

DIGITS = 9


def find_top(values: npt.ArrayLike, k: int, *, leave_out: Sequence[int] = ()) -> IntArray:
    """Positions of the k largest positive values; equal ones in the order of the network.

    Examples
    --------
    >>> find_top([0.0, 2.0, 1.0, 2.0], 3).tolist()
    [1, 3, 2]
    """
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    rounded[list(leave_out)] = 0.0
    order = np.argsort(-rounded, kind="stable")[:k]
    return order[rounded[order] > 0]


def rank_of(values: npt.ArrayLike, position: int) -> int:
    """Rank of one position, 1 for the largest value; equal values share the better rank."""
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    return 1 + int((rounded > rounded[position]).sum())
