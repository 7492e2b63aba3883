"""Are tied organizations alike in a number: Moran's I and Geary's C over ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...core.arrays import NAN, FloatArray
from ...facts.graph.layers import Layer
from .mixing import PERMUTATIONS, SEED, two_sided


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Whether organizations that are tied have like values.

    Attributes
    ----------
    moran : float
        Above its expected value where the tied are alike, below where they differ.
    moran_expected, moran_p : float
        -1 / (n - 1), and two-sided p over permutations of the values.
    geary : float
        Below 1 where the tied are alike, above where they differ.
    geary_p : float
        Two-sided.
    organizations, ties : int
        Those with a value, and the ties among them.
    """

    moran: float
    moran_expected: float
    moran_p: float
    geary: float
    geary_p: float
    organizations: int
    ties: int


def measure_autocorrelation(
    layer: Layer,
    values: npt.ArrayLike,
    *,
    weighted: bool = False,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Autocorrelation:
    """Say whether tied organizations are alike in a number, such as beds or days since a visit.

    ``I = (n / W) sum_ij w_ij (x_i - m)(x_j - m) / sum_i (x_i - m)^2`` and ``C = ((n - 1) / (2 W))
    sum_ij w_ij (x_i - x_j)^2 / sum_i (x_i - m)^2`` over the organizations whose value is known,
    w the ties among them, W their sum, m the mean.

    Parameters
    ----------
    layer : Layer
        The graph.
    values : array, shape (n,)
        By position; NaN where it is not known.
    weighted : bool, default False
        Use strengths as w; otherwise 1 for every tie.
    permutations : int, default 1000
        Draws in which values change places among those who have one; 0 gives no p.
    seed : int
        Seed of the draws.

    Returns
    -------
    Autocorrelation
        NaN where no two of the known are tied, or all values are equal.

    References
    ----------
    Moran (1950), doi:10.1093/biomet/37.1-2.17. Geary (1954), doi:10.2307/2986645.
    """
    given = np.asarray(values, dtype=float)
    known = np.flatnonzero(np.isfinite(given))
    matrix = sparse.csr_array((layer.matrix if weighted else layer.binary)[known][:, known])
    x, n = given[known], len(known)
    ties = matrix.nnz if layer.directed else matrix.nnz // 2
    if not matrix.nnz or float(np.ptp(x)) <= 1e-12 * max(float(np.abs(x).max()), 1e-300):
        return Autocorrelation(NAN, NAN, NAN, NAN, NAN, n, ties)
    moran, geary = _measure(matrix, x)
    random = np.random.default_rng(seed)
    drawn = [_measure(matrix, x[random.permutation(n)]) for _ in range(permutations)]
    draws = np.array(drawn).reshape(permutations, 2)
    p = [
        two_sided(value, draws[:, k]) if permutations else NAN
        for k, value in enumerate((moran, geary))
    ]
    return Autocorrelation(moran, -1 / (n - 1), p[0], geary, p[1], n, ties)


def _measure(matrix: sparse.csr_array, x: FloatArray) -> tuple[float, float]:
    n, total = len(x), float(matrix.sum())
    z = x - x.mean()
    spread = float((z * z).sum())
    across = float((z * (matrix @ z)).sum())
    sent, received = matrix.sum(axis=1).ravel(), matrix.sum(axis=0).ravel()
    apart = float((z * z * (sent + received)).sum()) - 2 * across  # sum w (x_i - x_j)^2
    return n / total * across / spread, (n - 1) / (2 * total) * apart / spread
