"""Groups in two modes: who shares many features with many, and how often sharing closes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import NAN, FloatArray, IntArray, get_rows, transpose
from ..kernels.cohesion import find_coreness


@dataclass(frozen=True)
class TwoModeGroups:
    """Cores and clustering of organizations and what they are affiliated with.

    Attributes
    ----------
    members, features : DataFrame
        By position: ``coreness`` (largest k of a k-core of the two-mode graph) and ``clustering``
        (NaN where nothing is shared with anybody).
    four_cycles : float
        Closure of paths of three (Robins & Alexander); NaN without one.
    """

    members: pd.DataFrame
    features: pd.DataFrame
    four_cycles: float


def measure_two_mode_groups(incidence: sparse.csr_array) -> TwoModeGroups:
    """Measure cores and clustering of both modes of an affiliation matrix.

    * coreness: the largest k such that there is a part of the two-mode graph in which every member
      has k of its features, and every feature k of its members;
    * clustering of v: mean over those it shares something with of ``|N(u) & N(v)| / |N(u) | N(v)|``
      (Latapy's), N the neighbors of the other mode;
    * closure: ``4 x cycles of four / paths of three ties``: whether two who share one thing also
      share another.

    Parameters
    ----------
    incidence : csr_array, shape (members, features)
        1 where a member has a feature.

    References
    ----------
    Ahmed et al. (2007), doi:10.1109/APVIS.2007.329304, Cerinšek & Batagelj (2015),
    doi:10.1016/j.socnet.2015.04.001 (two-mode cores). Latapy, Magnien & Del Vecchio (2008),
    doi:10.1016/j.socnet.2007.04.006. Robins & Alexander (2004),
    doi:10.1023/B:CMOT.0000032580.12184.c0.
    """
    plain = sparse.csr_array(incidence)
    plain.data = np.ones_like(plain.data, dtype=float)
    turned = transpose(plain)
    depth = _find_coreness(plain)
    members = {"coreness": depth[: plain.shape[0]], "clustering": _cluster(plain, turned)}
    features = {"coreness": depth[plain.shape[0] :], "clustering": _cluster(turned, plain)}
    return TwoModeGroups(
        pd.DataFrame(members), pd.DataFrame(features), _measure_closure(plain, turned)
    )


def _find_coreness(plain: sparse.csr_array) -> IntArray:
    if not plain.nnz:
        return np.zeros(sum(plain.shape), np.int64)
    joined = sparse.csr_array(sparse.block_array([[None, plain], [plain.T, None]]))
    joined.sort_indices()
    indptr, indices, _ = get_rows(joined)
    return np.asarray(find_coreness(indptr, indices), dtype=np.int64)


def _share_features(plain: sparse.csr_array, turned: sparse.csr_array) -> sparse.coo_array:
    """Number of common features of every two members that have one; both orders."""
    common = sparse.coo_array(plain @ turned)
    row, column = common.coords
    keep = row != column
    cells = row[keep], column[keep]
    return sparse.coo_array((common.data[keep], cells), shape=common.shape)


def _cluster(plain: sparse.csr_array, turned: sparse.csr_array) -> FloatArray:
    degree = np.diff(plain.indptr).astype(float)
    common = _share_features(plain, turned)
    row, column = common.coords
    overlap = common.data / (degree[row] + degree[column] - common.data)
    n = plain.shape[0]
    near = np.bincount(row, minlength=n)
    total = np.bincount(row, weights=overlap, minlength=n)
    return np.divide(total, near, out=np.full(n, NAN), where=near > 0)


def _measure_closure(plain: sparse.csr_array, turned: sparse.csr_array) -> float:
    """4 x (number of four-cycles) / (number of paths of three ties)."""
    common = _share_features(plain, turned).data
    cycles = float((common * (common - 1)).sum()) / 4  # each pair in both orders
    rows, columns = np.diff(plain.indptr) - 1.0, np.diff(turned.indptr) - 1.0
    paths = float(rows @ (plain @ columns)) if plain.nnz else 0.0
    return 4 * cycles / paths if paths else NAN
