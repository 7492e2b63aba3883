"""Sources of shortest paths that need no search of their own: pendant trees, and twins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, Int32Array, IntArray, get_rows
from ..kernels.cohesion import label_parts
from ..kernels.reduction import find_twins, strip_trees


@dataclass(frozen=True, slots=True)
class Folding:
    """Which sources to search from, for how many each stands, and what the others add.

    Attributes
    ----------
    weights : array, shape (n,)
        How many sources the search from a vertex stands for; 0 where no search is needed.
    own : array, shape (n,)
        Ordered pairs that a vertex is between on paths that no search counts.
    folded : bool array, shape (n,)
        Vertices of hanging trees: `own` is all they have.
    """

    weights: FloatArray
    own: FloatArray
    folded: BoolArray

    @property
    def sources(self) -> Int32Array:
        """Positions from which a search is needed."""
        return np.flatnonzero(self.weights).astype(np.int32)

    def unfold(self, sums: FloatArray) -> FloatArray:
        """Give everybody's betweenness from the sums over the weighted sources."""
        return np.where(self.folded, 0.0, sums) + self.own


def fold_sources(matrix: sparse.csr_array, *, directed: bool = False) -> Folding:
    """Find the sources whose shortest paths tell those of others.

    A tree tied to a vertex by one tie sees the rest of the network as that vertex does, and
    lies only on paths that can be counted: in a component of C, a vertex of a hanging tree with
    branches of ``c_i`` below it is between ``(C - 1)^2 - sum c_i^2 - (C - 1 - sum c_i)^2`` ordered
    pairs, and what stays adds ``sum c_i (C - 1 - c_i)`` for those who start below it. Twins have
    the same ties to all others, and are never between others and each other's paths: one of them
    is searched from. With directions nothing is folded.

    Parameters
    ----------
    matrix : csr_array
        Strengths or lengths; twins must have equal ones.
    directed : bool, default False
        Whether the matrix is not symmetric.

    References
    ----------
    Sarıyüce, Kaya, Saule & Çatalyürek (2017), doi:10.1145/3022668 (pendants and twins).
    """
    n = matrix.shape[0]
    if directed:
        return Folding(np.ones(n), np.zeros(n), np.zeros(n, dtype=bool))
    indptr, indices, data = get_rows(matrix)
    folded, size, squares = strip_trees(indptr, indices)
    label = label_parts(indptr, indices)
    part = np.bincount(label, minlength=n)[label]
    above = np.where(folded, part - size, 0.0)
    below = np.where(folded, part - 1, size - 1)
    own = below * (part - 1) - squares - above**2
    weights = np.where(folded | (size == part), 0.0, size)
    twin_of: IntArray = np.arange(n)
    bits = data.view(np.uint64)
    for strength in (0.0, 1.0):
        find_twins(indptr, indices, bits, np.float64(strength).view(np.uint64), twin_of)
    twin_of[weights == 0] = np.flatnonzero(weights == 0)
    counted = np.bincount(twin_of, weights=weights, minlength=n)
    return Folding(counted.astype(np.float64), own, folded)
