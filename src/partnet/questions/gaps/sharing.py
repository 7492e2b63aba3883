"""How surprising it is that two organizations have so much in common."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ...core.arrays import FloatArray, PositionArray
from ...facts.graph.affinity import Affinity

MOST_STEPS, CLOSE_ENOUGH = 2000, 1e-10
TINY, HUGE = 1e-300, 1e12


def fit_expected_sharing(
    incidence: sparse.csr_array, rows: PositionArray | None = None
) -> FloatArray:
    """Give the chance that each organization has each feature, if only the totals were fixed.

    The bipartite configuration model of greatest entropy: p = x_i y_f / (1 + x_i y_f), with the x
    and y for which every organization keeps its expected number of features, and every feature its
    expected number of organizations.

    Parameters
    ----------
    incidence : csr_array, shape (organizations, features)
        Who has what; values are ignored.
    rows : array of int, optional
        Organizations asked for, by position; default: all.

    Returns
    -------
    array, shape (rows, features)
        Probabilities.

    References
    ----------
    Saracco, Straka, Di Clemente, Gabrielli, Caldarelli & Squartini (2017),
    doi:10.1088/1367-2630/aa6b38.
    """
    has = np.asarray((incidence != 0).sum(axis=1), dtype=float).ravel()
    held = np.asarray((incidence != 0).sum(axis=0), dtype=float).ravel()
    x, y = _fit_classes(has, held)
    product = np.outer(x if rows is None else x[rows], y)
    return np.asarray(product / (1 + product))


def _fit_classes(has: FloatArray, held: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Fit x and y by fixed-point steps; equal totals have equal values, so each is fitted once."""
    rows, of_row, n_rows = np.unique(has, return_inverse=True, return_counts=True)
    columns, of_column, n_columns = np.unique(held, return_inverse=True, return_counts=True)
    x = rows / max(np.sqrt(has.sum()), 1.0)
    y = columns / max(np.sqrt(held.sum()), 1.0)
    for _ in range(MOST_STEPS):
        before = x
        x = rows / np.maximum((n_columns * y / (1 + np.outer(x, y))).sum(axis=1), TINY)
        columns_sum = (n_rows[:, None] * x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        y = columns / np.maximum(columns_sum, TINY)
        if np.allclose(x, before, rtol=CLOSE_ENOUGH, atol=0) or max(x.max(), y.max()) > HUGE:
            break
    return x[of_row], y[of_column]


def tail_of_sum(chances: FloatArray, at_least: int) -> float:
    """Give the chance that at least so many of independent events happen (Poisson binomial).

    Examples
    --------
    >>> round(tail_of_sum(np.array([0.5, 0.5]), 1), 9)
    0.75
    """
    if at_least <= 0:
        return 1.0
    spread = np.zeros(len(chances) + 1)
    spread[0] = 1.0
    for chance in chances:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(min(1.0, max(0.0, spread[at_least:].sum())))


def weigh_sharing(affinity: Affinity, pairs: list[tuple[str, str]]) -> list[float]:
    """Give for each pair the chance of sharing as many features, all families together."""
    known = [incidence.plain for incidence in affinity.incidences.values()]
    if not pairs or not known:
        return [1.0] * len(pairs)
    together = sparse.csr_array(sparse.hstack(known))
    positions = np.array([affinity.net.positions(pair) for pair in pairs])
    ends, place = np.unique(positions, return_inverse=True)
    chances = fit_expected_sharing(together, ends)
    values = []
    for (i, j), (a, b) in zip(positions, place.reshape(-1, 2), strict=True):
        shared = int((together[[i]].multiply(together[[j]]) != 0).sum())
        values.append(tail_of_sum(chances[a] * chances[b], shared))
    return values
