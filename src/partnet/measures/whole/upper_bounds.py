"""Whether every two organizations have one that leads to both: Krackhardt's upper bounds."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ...core.arrays import NAN, BoolArray, label_components
from ...facts.graph.layers import Layer

MOST = 1000  # organizations of a component; the search takes n^3 / 64 steps


def measure_lubness(layer: Layer) -> float:
    """Say how often two organizations have one authority to which both lead back (Krackhardt).

    An upper bound of two organizations leads along arrows to both (everybody leads to itself); a
    *least* one is led to by all of them. ``1 - pairs without a least upper bound / sum over the
    components of (n_c - 1)(n_c - 2) / 2``: 1 in an out-tree, where everybody has one superior.
    Components ignore arrows.

    Returns
    -------
    float
        NaN without directions, where no component has three organizations, or where one has more
        than 1,000.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley &
    Prietula (eds.), Computational Organization Theory, 89-111.
    """
    if not layer.directed or not layer.matrix.nnz:
        return NAN
    labels = label_components(layer.matrix)[1]
    sizes = np.bincount(labels)
    if sizes.max() > MOST:
        return NAN
    most = float(((sizes - 1) * (sizes - 2) // 2).sum())
    if not most:
        return NAN
    order = np.argsort(labels, kind="stable")
    parts = np.split(order, np.cumsum(sizes)[:-1])
    lacking = sum(_count_lacking(layer.matrix[p][:, p]) for p in parts if len(p) > 2)
    return 1.0 - lacking / most


def _count_lacking(matrix: sparse.csr_array) -> int:
    """Count the pairs of a component that have no least upper bound.

    Whoever bounds l bounds everything below l. So l is a least upper bound of two if it is one of
    their upper bounds, and as many lead to l as there are upper bounds.
    """
    leads = _find_reach(sparse.csr_array(matrix))  # leads[u, v]: u leads to v
    above = leads.sum(axis=0)  # how many lead to each
    lacking = 0
    for i in range(len(leads) - 1):
        bounds = leads[:, i : i + 1] & leads[:, i + 1 :]
        number = bounds.sum(axis=0)
        highest = np.where(bounds, above[:, None], 0).max(axis=0)
        lacking += int(((number == 0) | (highest < number)).sum())
    return lacking


def _find_reach(matrix: sparse.csr_array) -> BoolArray:
    steps = sparse.csgraph.shortest_path(matrix, method="D", unweighted=True)
    return np.isfinite(steps)
