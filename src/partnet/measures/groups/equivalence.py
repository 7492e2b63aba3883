"""Who has the same ties to the same others: structural equivalence, and a blockmodel of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from ...core.arrays import FloatArray, IntArray, transpose
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..missing.imputation import list_unknown_cells
from .communities import number_by_size

MOST = 2000  # organizations: their distances are n^2 cells, and n^3 steps
BLOCKS = 4
DIGITS = 9
SAME = 1e-6  # of distance: structurally equivalent


@dataclass(frozen=True, slots=True)
class Blockmodel:
    """Positions of the network, and how densely they are tied within and between.

    Attributes
    ----------
    labels : int array, shape (n,)
        Block by position, numbered from 0, the largest first.
    density : DataFrame
        One row an ordered pair of blocks: ``from_block``, ``to_block`` (from 1), ``ties``,
        ``cells`` (whose answer is known), ``density`` (NaN without a cell).
    fit : float
        Share of the variance of the cells that the densities explain (R squared); NaN where the
        cells do not vary.
    """

    labels: IntArray
    density: pd.DataFrame
    fit: float


def measure_equivalence(
    layer: Layer, *, weighted: bool = False, by: Literal["distance", "correlation"] = "distance"
) -> FloatArray:
    """Say how alike two organizations are in their ties to everybody else.

    Euclidean distance of their rows and columns (Burt): ``d_ij^2 = sum_k (x_ik - x_jk)^2 + (x_ki -
    x_kj)^2 + 2 (x_ij - x_ji)^2``, k others; what they say of each other is compared crosswise,
    and self-ties do not exist. 0: structurally equivalent. Or the correlation of the same 2 (n - 1)
    values. Without directions rows and columns are the same, and only rows are taken.

    Returns
    -------
    array, shape (n, n)
        Distances (0 on the diagonal), or correlations (1 on the diagonal; NaN where one of two
        does not vary).

    Raises
    ------
    UsageError
        More than 2,000 organizations.

    References
    ----------
    Lorrain & White (1971), doi:10.1080/0022250X.1971.9989788. Burt (1976),
    doi:10.1016/0049-089X(76)90019-8 (distance).
    """
    if layer.n > MOST:
        raise UsageError(
            f"layer: found {layer.n:,} organizations. Equivalence is for at most {MOST:,}. Take a "
            "part of the network: net.subnetwork(ids)."
        )
    matrix = layer.matrix if weighted else layer.binary
    sides = [matrix, transpose(matrix)] if layer.directed else [matrix]
    products = _sum_over(side @ side.T for side in sides)  # sparse: the same on any cores
    own = _sum_over(side.multiply(side).sum(axis=1) for side in sides)
    there = matrix.toarray()
    if by == "correlation":
        total = _sum_over(side.sum(axis=1) for side in sides)
        return _correlate(products + len(sides) * there * there.T, own, total, len(sides))
    squares = own[:, None] + own[None, :] - 2 * products
    squares -= len(sides) * (there**2 + there.T**2)  # k = i and k = j are no others
    if layer.directed:
        squares += 2 * (there - there.T) ** 2
    np.fill_diagonal(squares, 0.0)
    distances: FloatArray = np.sqrt(np.maximum(squares, 0.0))
    return distances


def _sum_over(parts: Iterable[Any]) -> FloatArray:
    """Add arrays, sparse or not."""
    return np.sum(
        [part.toarray() if sparse.issparse(part) else np.asarray(part).ravel() for part in parts],
        axis=0,
    )


def _correlate(
    products: FloatArray, squares: FloatArray, sums: FloatArray, sides: int
) -> FloatArray:
    """Correlation of profiles of n - 1 values a side, from their sums."""
    cells = sides * max(len(sums) - 1, 1)
    spread = squares - sums**2 / cells
    size = np.sqrt(np.outer(spread, spread))
    found = np.full(products.shape, np.nan)
    np.divide(products - np.outer(sums, sums) / cells, size, out=found, where=size > 1e-9)
    np.fill_diagonal(found, 1.0)
    return found


def find_blocks(layer: Layer, *, blocks: int = BLOCKS, weighted: bool = False) -> IntArray:
    """Group organizations that have nearly the same ties to the same others.

    Hierarchical clustering of the distances of :func:`measure_equivalence`, by average linkage,
    cut where that many groups are left. Independent of the order of rows.

    Returns
    -------
    int array, shape (n,)
        Block by position, from 0, the largest first; fewer blocks where there are fewer different
        profiles.

    References
    ----------
    White, Boorman & Breiger (1976), doi:10.1086/226141.
    """
    order = np.argsort(layer.ids.to_numpy(dtype=str), kind="stable")
    distance = np.round(measure_equivalence(layer, weighted=weighted), DIGITS)[order][:, order]
    labels = np.zeros(layer.n, np.int64)
    if layer.n > 1:
        tree = linkage(squareform(distance, checks=False), method="average")
        same = fcluster(tree, SAME, criterion="distance")
        cut = same if same.max() <= blocks else fcluster(tree, max(blocks, 1), criterion="maxclust")
        first = pd.factorize(cut)[0]
        labels[order] = number_by_size(first.astype(np.int64))
    return labels


def measure_blockmodel(layer: Layer, labels: IntArray) -> Blockmodel:
    """Say how densely blocks are tied within and between: the image of the network.

    Ties over cells, among cells whose answer is known; without directions every pair counts in
    both orders of two blocks. Labels may be any grouping numbered from 0, -1 where it is not known.

    References
    ----------
    White, Boorman & Breiger (1976), doi:10.1086/226141.
    """
    k = int(labels.max(initial=-1)) + 1
    size = np.bincount(labels[labels >= 0], minlength=k)
    cells = np.outer(size, size) - np.diag(size)
    row, column = layer.matrix.tocoo().coords
    ties = _count_cells(labels, row, column, k)
    hidden = list_unknown_cells(layer)
    cells = cells - _count_cells(labels, *hidden, k)
    if not layer.directed:
        cells = cells - _count_cells(labels, *hidden[::-1], k)
    density = np.divide(ties, cells, out=np.full((k, k), np.nan), where=cells > 0)
    first, second = np.divmod(np.arange(k * k), max(k, 1))
    columns = {
        "from_block": first + 1,
        "to_block": second + 1,
        "ties": ties.ravel(),
        "cells": cells.ravel(),
        "density": density.ravel(),
    }
    return Blockmodel(labels, pd.DataFrame(columns), _explain(ties, cells))


def _count_cells(labels: IntArray, row: npt.NDArray, column: npt.NDArray, k: int) -> IntArray:
    a, b = labels[row], labels[column]
    known = (a >= 0) & (b >= 0)
    return np.bincount(a[known] * k + b[known], minlength=k * k).reshape(k, k)


def _explain(ties: IntArray, cells: IntArray) -> float:
    """1 - (variance left within blocks) / (variance over all cells), for ties of 0 and 1."""
    total, tied = float(cells.sum()), float(ties.sum())
    around = tied * (total - tied) / total if total else 0.0
    within = float((ties * (cells - ties) / np.maximum(cells, 1)).sum())
    return 1.0 - within / around if around > 0 else float("nan")
