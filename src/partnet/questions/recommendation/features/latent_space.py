"""Positions of organizations in a small space that say who works with whom, fitted to the ties."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from ....core.arrays import FloatArray, IntArray
from ....measures.kernels.compiling import kernel
from ....measures.kernels.in_order import add_in_order, take_exp
from .pairwise import as_rows, take_cells

DIMENSIONS = 5
STEPS = 100
RATE = 0.07
PULL = 1.0  # ridge on positions: a tie counts as much as the whole pull
PULL_ON_ACTIVITY = 0.25
MOST_EXACT = 1500  # organizations: up to here every pair is looked at in every step
DRAWN = 10  # above, pairs without a tie that are drawn for every tie,
MOST_DRAWN = 300_000  # but of many ties so many in all, or one for every tie


@kernel(small=3_000, calls=2_000)
def add_slopes(
    i: Any, j: Any, tied: Any, weight: Any, position: Any, activity: Any, sign: Any,
    slope: Any, activity_slope: Any,
) -> None:  # fmt: skip
    """Add the slope of the log-likelihood over pairs: tied less the chance of a tie.

    Positions are read without a sign, which spares a question at each, and in three passes, which
    spares waiting: both are a quarter faster.
    """
    width = position.shape[1]
    off = np.empty(i.size)
    for p in range(i.size):
        a, b = np.uint64(i[p]), np.uint64(j[p])
        off[p] = activity[a] + activity[b]
        for d in range(width):
            off[p] += sign[d] * position[a, d] * position[b, d]
    for p in range(i.size):
        off[p] = weight[p] * (tied[p] - 1.0 / (1.0 + np.exp(-off[p])))
    for p in range(i.size):
        a, b = np.uint64(i[p]), np.uint64(j[p])
        activity_slope[a] += off[p]
        activity_slope[b] += off[p]
        for d in range(width):
            pull = off[p] * sign[d]
            slope[a, d] += pull * position[b, d]
            slope[b, d] += pull * position[a, d]


@add_slopes.in_python
def _add_slopes_at_once(
    i: Any, j: Any, tied: Any, weight: Any, position: Any, activity: Any, sign: Any,
    slope: Any, activity_slope: Any,
) -> None:  # fmt: skip
    width = position.shape[1]
    one, two = position[i], position[j]
    off = activity[i] + activity[j]
    for d in range(width):
        off += sign[d] * one[:, d] * two[:, d]
    off = weight * (tied - 1.0 / (1.0 + take_exp(-off)))
    ends = np.stack([i, j], axis=1).reshape(-1)
    np.add.at(activity_slope, ends, np.repeat(off, 2))
    for d in range(width):
        pull = off * sign[d]
        np.add.at(slope[:, d], ends, np.stack([pull * two[:, d], pull * one[:, d]], axis=1).ravel())


def climb(i: Any, j: Any, tied: Any, weight: Any, position: Any, activity: Any, sign: Any) -> None:
    """Move positions and activity uphill, a fixed number of steps by Adam."""
    means = np.zeros(position.size), np.zeros(activity.size)
    squares = np.zeros(position.size), np.zeros(activity.size)
    for step in range(1, STEPS + 1):
        slope, activity_slope = np.zeros(position.shape), np.zeros(activity.size)
        add_slopes(i, j, tied, weight, position, activity, sign, slope, activity_slope)
        known = 1 - _raise(0.9, step), 1 - _raise(0.99, step)
        usual = float(add_in_order(activity[None, :])[0]) / max(activity.size, 1)
        for x, up, pull, middle, mean, square in (
            (position.reshape(-1), slope.reshape(-1), 2 * PULL, 0.0, means[0], squares[0]),
            (activity, activity_slope, 2 * PULL_ON_ACTIVITY, usual, means[1], squares[1]),
        ):
            step_uphill(x, up, pull, middle, mean, square, *known)


def _raise(base: float, power: int) -> float:
    """A power by squaring, as compiled code takes it."""
    found = 1.0
    while power:
        found *= base if power & 1 else 1.0
        base, power = base * base, power >> 1
    return found


@kernel(small=1_500, calls=30_000)
def step_uphill(
    x: Any, slope: Any, pull: float, middle: float, mean: Any, square: Any,
    known_mean: float, known_square: float,
) -> None:  # fmt: skip
    """One step of Adam, with the running means of slopes and of their squares.

    `slope` is half that of the log-likelihood; `pull` draws towards the middle; so much of the
    running means is `known` by this step.
    """
    for k in range(x.size):
        up = 2 * slope[k] - pull * (x[k] - middle)
        mean[k] += 0.1 * (up - mean[k])
        square[k] += 0.01 * (up * up - square[k])
        root = np.sqrt(square[k] / known_square)
        x[k] += RATE * (mean[k] / known_mean) / (root + 1e-8)


@step_uphill.in_python
def _step_at_once(
    x: Any, slope: Any, pull: float, middle: float, mean: Any, square: Any,
    known_mean: float, known_square: float,
) -> None:  # fmt: skip
    up = 2 * slope - pull * (x - middle)
    mean += 0.1 * (up - mean)
    square += 0.01 * (up * up - square)
    x += RATE * (mean / known_mean) / (np.sqrt(square / known_square) + 1e-8)


def fit_positions(
    adjacency: sparse.csr_array, values: FloatArray, vectors: FloatArray, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Fit log-odds of a tie = activity of both + sum of sign x position x position.

    Starts from the leading eigenvectors, climbs the ridged likelihood by Adam with a fixed number
    of steps; no random numbers unless the network is large.

    Returns
    -------
    tuple
        Positions (n, dimensions), activity (n,), signs (dimensions,).

    References
    ----------
    Hoff, Raftery & Handcock (2002), doi:10.1198/016214502388618906. Kingma & Ba (2015).
    """
    n = adjacency.shape[0]
    degree = np.diff(adjacency.indptr).astype(np.float64)
    density = max(adjacency.nnz / max(n * (n - 1), 1), 1e-9)
    width = min(DIMENSIONS, vectors.shape[1])
    position = np.ascontiguousarray(vectors[:, :width]) * (0.3 * np.sqrt(n))
    activity = np.log((degree + 0.5) / (n * np.sqrt(density) + 0.5))
    sign = np.sign(values[:width])
    climb(*_draw_pairs(adjacency, seed), position, activity, sign)
    return position, activity, sign


def _draw_pairs(
    adjacency: sparse.csr_array, seed: int
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """All pairs of a small network; of a large one all ties and a weighted draw of others."""
    n = adjacency.shape[0]
    if n <= MOST_EXACT:
        i, j = np.triu_indices(n, k=1)
        tied = adjacency.toarray()[i, j]
        return i, j, tied, np.ones(len(i))
    a, b = sparse.triu(adjacency, k=1).nonzero()
    random = np.random.default_rng(seed)
    count = max(min(DRAWN * len(a), MOST_DRAWN), len(a))
    c, d = random.integers(0, n, size=(2, count))
    keep = (c != d) & (take_cells(*as_rows(adjacency), c, d) == 0)
    c, d = c[keep], d[keep]
    free = n * (n - 1) / 2 - len(a)
    i, j = np.concatenate([a, c]).astype(np.int64), np.concatenate([b, d]).astype(np.int64)
    tied = np.concatenate([np.ones(len(a)), np.zeros(len(c))])
    return i, j, tied, np.where(tied > 0, 1.0, free / max(len(c), 1))
