"""Bonacich power: to be tied to the well tied, or to those who depend on one."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from ...core.arrays import FloatArray
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..rounding import in_agreed_digits
from .spectral import find_largest_eigenvalue

SHARE = 0.5  # of 1 / lambda, as for Katz: partners of partners count half as much as partners
LEAST = 1e-9


@in_agreed_digits
def measure_power(layer: Layer, *, beta: float | None = None, weighted: bool = False) -> FloatArray:
    """Say how powerful each organization is by the power of its partners (Bonacich).

    ``c = (I - beta A)^-1 A 1``, scaled so that the squares add up to n (a score of 1 is then
    usual). With beta > 0 partners of the well tied score high; with beta < 0 those whose partners
    have few others to turn to, as in bargaining. Along the ties *sent* if directed, as in R.

    Parameters
    ----------
    layer : Layer
        The graph.
    beta : float, optional
        How much partners' power counts; default: half of 1 / lambda, with lambda the largest
        eigenvalue (in absolute value). Beyond 1 / lambda scores have no meaning.
    weighted : bool, default False
        Use strengths in A.

    Returns
    -------
    array, shape (n,)
        0 for isolates.

    Raises
    ------
    UsageError
        ``|beta|`` is 1 / lambda or more.

    References
    ----------
    Bonacich (1987), doi:10.1086/228631.
    """
    matrix = layer.matrix if weighted else layer.binary
    radius = find_largest_eigenvalue(layer, weighted=weighted)
    beta = SHARE / radius if beta is None else beta
    if abs(beta) * radius >= 1 - LEAST:
        raise UsageError(
            f"beta: found {beta:g}. Allowed are values between -{1 / radius:.6g} and "
            f"{1 / radius:.6g} (1 / the largest eigenvalue), without the ends. Choose one nearer 0."
        )
    sent = np.asarray(matrix.sum(axis=1), dtype=float).ravel()
    power = _solve(matrix, beta, sent)
    length = float((power**2).sum())
    return power * np.sqrt(layer.n / length) if length > 0 else power


def _solve(matrix: sparse.csr_array, beta: float, right: FloatArray) -> FloatArray:
    """Solve (I - beta A) x = b by adding longer and longer walks; directly where that is slow."""
    total, term = right.copy(), right.copy()
    for _ in range(500):
        term = beta * (matrix @ term)
        total += term
        if np.abs(term).max(initial=0.0) <= 1e-16 * np.abs(total).max(initial=0.0):
            return total
    system = sparse.eye_array(matrix.shape[0], format="csc") - beta * matrix.tocsc()
    solved: FloatArray = splu(sparse.csc_array(system)).solve(right)
    return solved
