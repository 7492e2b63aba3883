"""Whom each organization has most in common with: the nearest few of everybody at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import (
    BoolArray,
    FloatArray,
    Int32Array,
    IntArray,
    Rows,
    as_unsigned,
    get_rows,
    transpose,
)
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..kernels.neighbors import find_nearest
from ..parallel import run_ranges, split_range

SCORES = ("count", "resource_allocation", "adamic_adar")
MOST_HOLDERS = 2_000  # of one feature; what more organizations have tells little about any two


@dataclass(frozen=True)
class Nearest:
    """For every organization the others it shares most with, the nearest first.

    Attributes
    ----------
    who : int32 array, shape (n, k)
        Positions; -1 where there are fewer than k.
    score : float64 array, shape (n, k)
        Rounded to 1e-9; 0 where there is nobody.
    cut : int array
        Columns that were left out because more rows have them than the limit allows.
    """

    who: Int32Array
    score: FloatArray
    cut: IntArray

    def tabulate(self, ids: pd.Index) -> pd.DataFrame:
        """Give one row a pair: ``organization``, ``other``, ``rank`` (from 1), ``score``."""
        row, place = np.nonzero(self.who >= 0)
        columns = {
            "organization": ids[row],
            "other": ids[self.who[row, place]],
            "rank": place + 1,
            "score": self.score[row, place],
        }
        return pd.DataFrame(columns)


def find_shared_neighbors(
    layer: Layer,
    k: int = 10,
    *,
    score: Literal["count", "resource_allocation", "adamic_adar"] = "count",
    with_partners: bool = False,
    workers: int | None = None,
) -> Nearest:
    """Say for everybody with whom they share most partners, without working with them.

    ``count``: shared partners. ``resource_allocation``: sum over them of 1 / (their partners).
    ``adamic_adar``: sum of 1 / log(their partners).

    Parameters
    ----------
    layer : Layer
        The graph; direction is ignored.
    k : int, default 10
        How many to name for each.
    score : {"count", "resource_allocation", "adamic_adar"}, default "count"
        What a shared partner counts.
    with_partners : bool, default False
        Name those that already have a tie, too.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    Nearest
        Time grows with the sum of squared degrees; memory with n (k + 2) numbers.

    References
    ----------
    Liben-Nowell & Kleinberg (2007), doi:10.1002/asi.20591 (shared neighbors).
    Adamic & Adar (2003), doi:10.1016/S0378-8733(03)00009-1.
    Zhou, Lü & Zhang (2009), doi:10.1140/epjb/e2009-00335-8 (resource allocation).
    """
    if score not in SCORES:
        raise UsageError(f"score: found {score!r}. Allowed are {', '.join(SCORES)}. Choose one.")
    matrix = layer.symmetric
    degree = np.diff(matrix.indptr)
    value = {
        "count": lambda: np.ones(layer.n),
        "resource_allocation": lambda: 1.0 / np.maximum(degree, 1),
        "adamic_adar": lambda: 1.0 / np.log(np.maximum(degree, 2)),
    }[score]()
    indptr, indices, _ = get_rows(matrix)
    rows, holders = (indptr, indices, value), (indptr, indices, np.zeros(0))
    skipped = (np.zeros_like(indptr), indices[:0]) if with_partners else (indptr, indices)
    positions = np.arange(layer.n, dtype=np.int32)
    settings = positions, np.zeros(0), 0.0
    who, scores = _search(rows, holders, skipped, settings, k, workers)
    return Nearest(who, scores, np.zeros(0, np.int64))


def find_common_features(
    incidence: sparse.csr_array,
    k: int = 10,
    *,
    weights: npt.ArrayLike | None = None,
    shrink: float = 0.0,
    most_holders: int = MOST_HOLDERS,
    order: npt.ArrayLike | None = None,
    workers: int | None = None,
) -> Nearest:
    """Say for everybody who has most in common with them, from a table of who has what.

    ``sum over shared f of w_f^2 x_af x_bf / (|a| |b| + shrink)``, with |a| the length of a's
    weighted row: the weighted cosine, shrunk where little is on file.

    Parameters
    ----------
    incidence : csr_array, shape (organizations, features)
        Positive numbers: 1, or for example dollars on a log scale.
    k : int, default 10
        How many to name for each.
    weights : array, optional
        w_f; default log(n / holders), so that what everybody has counts for nothing.
    shrink : float, default 0
        Added to the denominator.
    most_holders : int, default 2000
        Features of more organizations are left out, and named in ``cut``: they cost the square of
        their holders and tell little about any two.
    order : array, optional
        A key (for example the county) by which organizations are laid out in memory; neighbors in
        space share features, and their sums then stay in the processor's cache. It changes the
        speed and nothing else.
    workers : int, optional
        Threads; the result does not depend on it.

    References
    ----------
    Salton & Buckley (1988), doi:10.1016/0306-4573(88)90021-0.
    """
    n = incidence.shape[0]
    held = np.bincount(incidence.indices, minlength=incidence.shape[1])
    cut = np.flatnonzero(held > most_holders)
    factor = np.log(n / np.maximum(held, 1)) if weights is None else np.asarray(weights, float)
    factor = np.where(held > most_holders, 0.0, factor)
    place = np.arange(n) if order is None else np.argsort(np.asarray(order), kind="stable")
    rows, plain = _lay_out(incidence, factor > 0, place)
    values = factor**2
    lengths = np.sqrt((rows if plain else rows.power(2)) @ values)
    turned = transpose(rows)
    ours = (rows.indptr, rows.indices, values if plain else rows.data * values[rows.indices])
    theirs = (turned.indptr, turned.indices, np.zeros(0) if plain else turned.data)
    nobody = np.zeros(n + 1, np.int32), np.zeros(0, np.int32)
    settings = place.astype(np.int32), lengths, float(shrink)
    who, score = _search(_as_rows(ours), _as_rows(theirs), nobody, settings, k, workers)
    return Nearest(who, score, cut)


def _search(
    rows: Rows,
    holders: Rows,
    skipped: tuple[Int32Array, Int32Array],
    settings: tuple[Int32Array, FloatArray, float],
    k: int,
    workers: int | None,
) -> tuple[Int32Array, FloatArray]:
    """Run the kernel on all rows; settings are names, norms and shrinkage."""
    n = len(rows[0]) - 1
    who = np.full((n, k), -1, np.int32)
    units = np.zeros((n, k), np.int64)
    starts, listed, values = holders
    turned = (*as_unsigned(starts, listed), values)

    def work(first: int, last: int) -> None:
        find_nearest(*rows, *turned, *skipped, *settings, first, last, who, units)

    held = np.diff(holders[0]).astype(float)
    run_ranges(work, n, steps=float(held @ held), workers=workers)
    score = units.view(np.float64)  # in place, piece by piece: it is the largest array there is
    for first, last in split_range(n):
        score[first:last] = units[first:last] * 1e-9
    return who, score


def _as_rows(arrays: tuple[npt.NDArray, npt.NDArray, FloatArray]) -> Rows:
    return arrays[0].astype(np.int32), arrays[1].astype(np.int32, copy=False), arrays[2]


def _lay_out(
    incidence: sparse.csr_array, kept: BoolArray, place: IntArray
) -> tuple[sparse.csr_array, bool]:
    """Rows in their new order, without columns that are not kept; and whether all data are 1.

    The usual table says who has what, and nothing about how much: one byte an entry then does.
    """
    plain = bool((incidence.data == 1).all())
    data = np.ones(incidence.nnz, np.int8) if plain else incidence.data.astype(np.float64)
    cells = (data, incidence.indices, incidence.indptr)
    rows = sparse.csr_array(cells, shape=incidence.shape)[place]
    rows.data[~kept[rows.indices]] = 0
    rows.eliminate_zeros()
    rows.sort_indices()
    return rows, plain
