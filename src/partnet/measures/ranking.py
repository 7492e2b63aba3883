"""Who comes first: ranks that do not hang on the last bits of a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..core.arrays import IntArray
from ..core.network import Network

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


def find_leaders(values: npt.ArrayLike, k: int, *, most: int = MOST_NAMED) -> tuple[IntArray, bool]:
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
    top = find_top(values, k)
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    if not len(top):
        return top, False
    equal = find_top(values, int((rounded >= rounded[top[-1]]).sum()))
    return (equal, False) if len(equal) <= max(most, k) else (top, True)


def rank_of(values: npt.ArrayLike, position: int) -> int:
    """Rank of one position, 1 for the largest value; equal values share the better rank."""
    rounded = np.round(np.nan_to_num(np.asarray(values, dtype=float)), DIGITS)
    return 1 + int((rounded > rounded[position]).sum())


def say_rank(rank: int) -> str:
    """Say a rank as people do.

    Examples
    --------
    >>> say_rank(1), say_rank(2), say_rank(11), say_rank(23)
    ('1st', '2nd', '11th', '23rd')
    """
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def start_table(net: Network) -> pd.DataFrame:
    """Name and kind of every organization, by id: the first columns of every table."""
    return net.organizations[["name", "kind"]].copy()
