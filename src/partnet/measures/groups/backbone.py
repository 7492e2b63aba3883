"""Which shared services are more than chance: the backbone of a projection."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, transpose
from ...facts.graph.layers import Layer

SURE = 0.05
MOST_SWEEPS = 10_000
ENOUGH = 1e-12


def list_backbone(incidence: sparse.csr_array, *, alpha: float = SURE) -> pd.DataFrame:
    """List the pairs that share more features than two with so many features each would by chance.

    Two organizations that offer much share much. The stochastic degree sequence model (SDSM) draws
    every cell by itself, with the chances that keep, on average, the number of features of each
    organization and of holders of each feature, ``p_ik = x_i y_k / (1 + x_i y_k)``. The number that
    two share is then a sum of independent draws with chances ``p_ik p_jk`` (Poisson binomial), and
    `p` the exact chance of as many or more.

    Parameters
    ----------
    incidence : csr_array, shape (members, features)
        1 where a member has a feature.
    alpha : float, default 0.05
        `kept` where p is smaller. Of many pairs that many in a hundred are kept by chance alone.

    Returns
    -------
    DataFrame
        One row a pair that shares a feature: ``source``, ``target`` (positions, source < target),
        ``shared``, ``expected``, ``p``, ``kept``.

    References
    ----------
    Neal (2014), doi:10.1016/j.socnet.2014.06.001 (SDSM). Neal, Domagalski & Sagan (2021),
    doi:10.1038/s41598-021-03238-3 (chances by the bipartite configuration model; Saracco et al.
    2015, doi:10.1038/srep10595).
    """
    plain = sparse.csr_array(incidence)
    plain.data = np.ones_like(plain.data, dtype=float)
    common = sparse.coo_array(sparse.triu(plain @ transpose(plain), k=1))
    source, target = common.coords
    order = np.lexsort((target, source))
    source, target, shared = source[order], target[order], common.data[order].astype(np.int64)
    chance = estimate_cell_chances(plain)
    degree = np.diff(plain.indptr)
    expected, p = np.zeros(len(shared)), np.ones(len(shared))
    known: dict[tuple[int, int], tuple[float, FloatArray]] = {}
    for row, (i, j) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
        few, many = sorted((int(degree[i]), int(degree[j])))
        if (few, many) not in known:  # equal numbers of features, equal chances
            both = chance[i] * chance[j]
            known[few, many] = float(both.sum()), _find_tail(both, few)
        expected[row], tail = known[few, many]
        p[row] = tail[shared[row]]
    columns = {"source": source, "target": target, "shared": shared}
    return pd.DataFrame(columns | {"expected": expected, "p": p, "kept": p < alpha})


def estimate_cell_chances(incidence: sparse.csr_array) -> FloatArray:
    """Give the chance of every cell that keeps both margins on average, shape (members, features).

    Rows and columns that are empty or full are fixed; for the others ``p = x y / (1 + x y)``, x and
    y by repeating ``x_i = d_i / sum_k y_k / (1 + x_i y_k)`` for rows and columns of equal degree.

    References
    ----------
    Saracco, Di Clemente, Gabrielli & Squartini (2015), doi:10.1038/srep10595.
    """
    n, m = incidence.shape
    rows = np.diff(incidence.indptr).astype(float)
    columns = np.bincount(incidence.indices, minlength=m).astype(float)
    free_rows, free_columns = np.ones(n, dtype=bool), np.ones(m, dtype=bool)
    chance = np.zeros((n, m))
    while True:  # a full row leaves the columns less to share, and may fill or empty them
        full, none = rows >= free_columns.sum(), rows <= 0
        fixed = free_rows & (full | none)
        chance[np.ix_(fixed & full & ~none, free_columns)] = 1.0
        columns = columns - np.where(free_columns, float((fixed & full & ~none).sum()), 0.0)
        free_rows &= ~fixed
        full, none = columns >= free_rows.sum(), columns <= 0
        fixed_columns = free_columns & (full | none)
        chance[np.ix_(free_rows, fixed_columns & full & ~none)] = 1.0
        rows = rows - np.where(free_rows, float((fixed_columns & full & ~none).sum()), 0.0)
        free_columns &= ~fixed_columns
        if not fixed.any() and not fixed_columns.any():
            break
    if free_rows.any():
        inner = _solve_margins(rows[free_rows], columns[free_columns])
        chance[np.ix_(free_rows, free_columns)] = inner
    return chance


def _solve_margins(rows: FloatArray, columns: FloatArray) -> FloatArray:
    """Chances for margins none of which is empty or full; one number for each different degree."""
    kinds, row_of, row_count = np.unique(rows, return_inverse=True, return_counts=True)
    others, column_of, column_count = np.unique(columns, return_inverse=True, return_counts=True)
    x, y = kinds / np.sqrt(rows.sum()), others / np.sqrt(rows.sum())
    for _ in range(MOST_SWEEPS):
        x = kinds / (column_count * y / (1 + np.outer(x, y))).sum(axis=1)
        y = others / (row_count[:, None] * x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        odds = np.outer(x, y)
        left = (column_count * odds / (1 + odds)).sum(axis=1) - kinds
        if np.abs(left).max() <= ENOUGH * kinds.max():
            break
    odds = np.outer(x, y)
    chances: FloatArray = (odds / (1 + odds))[row_of][:, column_of]
    return chances


def _find_tail(chances: FloatArray, most: int) -> FloatArray:
    """P(as many or more successes) of independent draws, for 0 to `most`."""
    exactly = np.zeros(most + 2)  # the last one: more than `most`
    exactly[0] = 1.0
    for p in chances[chances > 0]:
        exactly[-1] += exactly[-2] * p
        exactly[1:-1] = exactly[1:-1] * (1 - p) + exactly[:-2] * p
        exactly[0] *= 1 - p
    return np.minimum(np.cumsum(exactly[::-1])[::-1], 1.0)


def measure_disparity(layer: Layer) -> FloatArray:
    """Say of each tie whether it carries more of the strength of an end than chance would give it.

    Of k ties of an organization whose strengths are dealt at random, one has at least the share
    ``w_ij / s_i`` with chance ``(1 - w_ij / s_i)^(k_i - 1)``. Of the two ends the smaller chance
    counts; an end with one tie says nothing. Direction is ignored.

    Returns
    -------
    array
        Chance alpha of every pair, in the order of the upper triangle by rows; a small one marks
        the backbone.

    References
    ----------
    Serrano, Boguñá & Vespignani (2009), doi:10.1073/pnas.0808904106.
    """
    matrix = layer.symmetric
    degree = np.diff(matrix.indptr).astype(float)
    strength = np.asarray(matrix.sum(axis=1), dtype=float).ravel()
    upper = sparse.coo_array(sparse.triu(matrix, k=1))
    row, column = upper.coords
    order = np.lexsort((column, row))
    row, column, weight = row[order], column[order], upper.data[order]
    ends = [_weigh_end(weight, strength[end], degree[end]) for end in (row, column)]
    return np.minimum(*ends)


def _weigh_end(weight: FloatArray, strength: FloatArray, degree: FloatArray) -> FloatArray:
    share = np.minimum(weight / strength, 1.0)
    alone: BoolArray = degree <= 1
    return np.where(alone, 1.0, (1.0 - share) ** np.maximum(degree - 1, 0))
