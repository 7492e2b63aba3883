"""Who comes first: ranks that do not depend on the last bits of a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..core.arrays import IntArray

DIGITS = 9
MOST_NAMED = 6  # equals that a sentence names; of more it says that they are among the most


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


def find_leaders(
    values: npt.ArrayLike, k: int, *, most: int = MOST_NAMED, leave_out: Sequence[int] = ()
) -> tuple[IntArray, bool]:
    """Positions of the k largest positive values and of all that equal the last of them.

    Returns
    -------
    positions, among
        Where these are more than `most`, only the first k, and `among` is true: they are only some
        of those with so large a value.

    Examples
    --------
    >>> [part for part in find_leaders([3.0, 3.0, 1.0, 3.0], 1)]
    [array([0, 1, 3]), False]
    >>> [part for part in find_leaders([2.0] * 9, 1)]
    [array([0]), True]
    """
    top = find_top(values, k, leave_out=leave_out)
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    rounded[list(leave_out)] = 0.0
    if not len(top):
        return top, False
    number = int((rounded >= rounded[top[-1]]).sum())
    equal = find_top(values, number, leave_out=leave_out)
    return (equal, False) if len(equal) <= max(most, k) else (top, True)


def find_first(
    values: npt.ArrayLike, k: int, *, leave_out: Sequence[int] = ()
) -> tuple[IntArray, bool]:
    """Positions of at most k largest positive values that nobody left unnamed equals.

    Where already the largest is shared by more than k, those of :func:`find_leaders`.

    Examples
    --------
    >>> [part for part in find_first([3.0, 1.0, 1.0, 1.0], 3)]
    [array([0]), False]
    >>> [part for part in find_first([3.0, 2.0, 1.0, 0.0], 3)]
    [array([0, 1, 2]), False]
    """
    top = find_top(values, k, leave_out=leave_out)
    more = find_top(values, k + 1, leave_out=leave_out)
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    if len(more) <= k or rounded[more[-1]] < rounded[top[-1]]:
        return top, False
    clear = top[rounded[top] > rounded[top[-1]]]
    return (clear, False) if len(clear) else find_leaders(values, 1, leave_out=leave_out)


def rank_of(values: npt.ArrayLike, position: int) -> int:
    """Rank of one position, 1 for the largest value; equal values share the better rank."""
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    return 1 + int((rounded > rounded[position]).sum())
