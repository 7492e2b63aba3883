"""Who may be recommended to whom: never a partner on file, nobody who was declined."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ....core.arrays import BoolArray, IntArray
from ....core.memory import fact
from ....core.network import Network


@fact
def forbid_pairs(here: Network) -> IntArray:
    """Codes, in order, of the pairs that are not named: partners, and those answered before."""
    return np.union1d(partners_on_file(here), answered_before(here))


@fact
def partners_on_file(here: Network) -> IntArray:
    """Codes, in order, of pairs with any tie that began by the day, whatever its relation.

    A tie that has ended is one, too: the two know each other.
    """
    rows = here.whole.ties
    if here.day is not None:
        rows = rows[~(rows["since"] > here.day)]
    return _code_rows(here, rows["source"], rows["target"])


@fact
def answered_before(here: Network) -> IntArray:
    """Codes, in order, of pairs that were accepted, declined, or put off (until a day)."""
    rows = here.rows("feedback")
    if here.day is not None:
        over = (rows["answer"] == "not now") & (rows["until"] <= here.day)
        later = rows["given_on"] > here.day
        rows = rows[~over & ~later]
    return _code_rows(here, rows["organization"], rows["partner"])


def _code_rows(net: Network, first: pd.Series, second: pd.Series) -> IntArray:
    i, j = net.positions(first).astype(np.int64), net.positions(second).astype(np.int64)
    known = (i >= 0) & (j >= 0)
    return np.unique(code_pairs(i[known], j[known], net.n))


def are_among(codes: IntArray, known: IntArray) -> BoolArray:
    """Tell which codes are among those known, which are in order."""
    at = np.minimum(np.searchsorted(known, codes), max(len(known) - 1, 0))
    return np.asarray(known[at] == codes) if len(known) else np.zeros(len(codes), dtype=bool)


def code_pairs(i: IntArray, j: IntArray, n: int) -> IntArray:
    """One number a pair, whichever comes first: lower position x n + higher position."""
    return np.minimum(i, j).astype(np.int64) * n + np.maximum(i, j)
