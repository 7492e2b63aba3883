"""How much of the core everybody is, without a border between core and periphery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ...core.arrays import NAN, FloatArray, get_rows
from ...facts.graph.layers import Layer
from ..kernels.coreness import fit_products


@dataclass(frozen=True, slots=True)
class ContinuousCore:
    """Coreness of every organization, and how well it fits.

    Attributes
    ----------
    scores : array, shape (n,)
        Between 0 (periphery) and 1 (core); 0 for isolates.
    correlation : float
        Correlation of the ties with the products of the scores, over all pairs; NaN where either
        does not vary.
    """

    scores: FloatArray
    correlation: float


def measure_continuous_core(layer: Layer, *, weighted: bool = False) -> ContinuousCore:
    """Say how much of the core each organization is (Borgatti and Everett's continuous model).

    The scores c between 0 and 1 whose products come nearest to the ties: least ``sum over pairs
    (A_ij - c_i c_j)^2``, the diagonal left out (Comrey's minimum residual method). Each score is
    moved to its best value, ``sum_j A_ij c_j / sum_j c_j^2`` over the others j, at most 1, until
    none moves, from the numbers of ties as a start. Without the bound, a network around one hub
    has no best scores: the hub's grows for ever, and the others go to 0. Direction is ignored.

    References
    ----------
    Borgatti & Everett (2000), doi:10.1016/S0378-8733(99)00019-2. Boyd, Fitzgerald, Mahutga & Smith
    (2010), doi:10.1016/j.socnet.2009.09.003 (minimum residuals).
    """
    order = np.argsort(layer.ids.to_numpy(dtype=str), kind="stable")
    whole = layer.symmetric
    matrix = sparse.csr_array(whole[order][:, order])
    matrix.sort_indices()
    if not weighted:
        matrix.data[:] = 1.0
    scores = np.zeros(layer.n)
    if not matrix.nnz:
        return ContinuousCore(scores, NAN)
    found = np.minimum(np.diff(matrix.indptr) / np.sqrt(matrix.nnz), 1.0)
    fit_products(*get_rows(matrix), found)
    scores[order] = found
    return ContinuousCore(scores, _correlate(matrix, found))


def _correlate(matrix: sparse.csr_array, scores: FloatArray) -> float:
    """Pearson correlation of ties and products over the cells off the diagonal, by sums alone."""
    n = len(scores)
    cells = n * (n - 1)
    row, column = matrix.tocoo().coords
    tied, tied_2 = matrix.data.sum() / cells, (matrix.data**2).sum() / cells
    square = scores**2
    mean = (scores.sum() ** 2 - square.sum()) / cells
    mean_2 = (square.sum() ** 2 - (square**2).sum()) / cells
    both = (matrix.data * scores[row] * scores[column]).sum() / cells
    spread = (tied_2 - tied**2) * (mean_2 - mean**2)
    return float((both - tied * mean) / np.sqrt(spread)) if spread > 1e-24 else NAN
