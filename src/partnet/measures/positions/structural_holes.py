"""Burt's structural holes: constraint, effective size, efficiency, hierarchy."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import FloatArray, Int32Array, as_unsigned, get_rows, transpose
from ...facts.graph.layers import Layer
from ..kernels.brokerage import measure_holes
from ..kernels.ego_networks import measure_ego_holes
from ..parallel import run_ranges

COLUMNS = pd.Index(["constraint", "effective_size", "efficiency", "hierarchy"])


def measure_structural_holes(
    layer: Layer,
    *,
    weighted: bool = False,
    holes: Literal["network", "ego"] = "network",
    workers: int | None = None,
) -> pd.DataFrame:
    """Say how far an organization's partners are partners of one another.

    With ``p_ij = (z_ij + z_ji) / sum_k (z_ik + z_ki)`` and
    ``m_jq = (z_jq + z_qj) / max_k (z_jk + z_kj)``:

    * dyadic constraint ``c_ij = (p_ij + sum_q p_iq p_qj)^2``, constraint ``C_i = sum_j c_ij``;
    * effective size ``sum_j (1 - sum_q p_iq m_jq)``, efficiency = effective size / contacts;
    * hierarchy ``sum_j r_j ln r_j / (N ln N)`` with ``r_j = c_ij / (C_i / N)``, N contacts.

    Parameters
    ----------
    layer : Layer
        The graph; both directions of a directed one count, as in Burt's definitions.
    weighted : bool, default False
        Use strengths as z; otherwise 1 for every tie.
    holes : {"network", "ego"}, default "network"
        What contacts invest in: the whole network, as in Burt's formulas, R and networkx; or only
        the ego network (the organization, its contacts, the ties among them), as UCINET does
        unless told otherwise: sums and maxima over k then leave out everybody else.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    DataFrame
        Indexed by organization id. Without contacts nothing is defined and the row is NaN; with
        one contact constraint is 1 and hierarchy 1 (all of it comes from that one).

    References
    ----------
    Burt (1992), *Structural Holes*, doi:10.4159/9780674029095.
    """
    both = _add_sides(layer, weighted)
    indptr, indices, data = get_rows(both)
    (contacts,) = as_unsigned(indices)
    above = _begin_above(both)
    found = np.empty((4, layer.n))
    scale = _invert(np.stack([_row_sums(both), _row_maxima(both)]))

    def work(first: int, last: int) -> None:
        if holes == "ego":
            measure_ego_holes(indptr, contacts, data, first, last, found)
        else:
            measure_holes(indptr, above, contacts, data, scale, first, last, found)

    degrees = np.diff(indptr).astype(float)
    steps = float(np.einsum("n,n->", degrees, degrees))
    run_ranges(work, layer.n, steps=steps, workers=workers, exact=True)
    return pd.DataFrame(found.T, index=layer.ids, columns=COLUMNS)


def list_dyadic_constraint(layer: Layer, *, weighted: bool = False) -> pd.DataFrame:
    """Say how much each contact of an organization binds it: the constraint, pair by pair.

    ``c_ij = (p_ij + sum_q p_iq p_qj)^2`` with ``p_ij = (z_ij + z_ji) / sum_k (z_ik + z_ki)``: what
    i invests in j, directly and through contacts they share. They add up to i's constraint.

    Returns
    -------
    DataFrame
        One row an ordered pair with a tie: ``organization``, ``partner``, ``invested`` (p_ij),
        ``through_others`` (sum_q p_iq p_qj), ``constraint`` (c_ij).

    References
    ----------
    Burt (1992), *Structural Holes*, doi:10.4159/9780674029095.
    """
    both = _add_sides(layer, weighted)
    invested = sparse.csr_array(sparse.diags_array(_invert(_row_sums(both))) @ both)
    walks = sparse.csr_array(invested @ invested)
    row, partner = invested.tocoo().coords
    direct = invested.tocoo().data
    around = np.asarray(walks[row, partner], dtype=float).ravel() if len(row) else np.zeros(0)
    columns = {
        "organization": layer.ids[row],
        "partner": layer.ids[partner],
        "invested": direct,
        "through_others": around,
        "constraint": (direct + around) ** 2,
    }
    return pd.DataFrame(columns)


def _add_sides(layer: Layer, weighted: bool) -> sparse.csr_array:
    """z_ij + z_ji; without directions z_ij, which has the same shares."""
    matrix = layer.matrix if weighted else layer.binary
    both = sparse.csr_array(matrix + transpose(matrix)) if layer.directed else matrix
    both.sort_indices()
    return both


def _row_sums(matrix: sparse.csr_array) -> FloatArray:
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def _row_maxima(matrix: sparse.csr_array) -> FloatArray:
    maxima, tied = np.zeros(matrix.shape[0]), np.diff(matrix.indptr) > 0
    maxima[tied] = np.maximum.reduceat(matrix.data, matrix.indptr[:-1][tied])
    return maxima


def _begin_above(matrix: sparse.csr_array) -> Int32Array:
    """Where the cells right of the diagonal begin in every row; rows are sorted."""
    row = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    below = np.concatenate([[0], np.cumsum(matrix.indices < row)])
    ahead = below[matrix.indptr[1:]] - below[matrix.indptr[:-1]]
    return (matrix.indptr[:-1] + ahead).astype(np.int32)


def _invert(values: FloatArray) -> FloatArray:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
