"""Two-mode measures: members and features, without projecting one onto the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from ...core.arrays import FloatArray
from ...facts.graph.layers import Layer
from ..rounding import keep_digits
from .paths import measure_betweenness, measure_closeness
from .spectral import measure_eigenvector


def measure_two_modes(incidence: sparse.csr_array) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure both modes of an affiliation matrix.

    Parameters
    ----------
    incidence : csr_array, shape (members, features)
        1 where a member has a feature.

    Returns
    -------
    DataFrame, DataFrame
        Members and features by position, with ``degree``, ``degree_share``, ``closeness``,
        ``betweenness`` and ``eigenvector``.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2.
    """
    n, m = incidence.shape
    layer = _join_modes(incidence)
    closeness, betweenness = measure_closeness(layer), measure_betweenness(layer)
    pairs = betweenness * (n + m - 1) * (n + m - 2) / 2  # unordered pairs, as in the formulas
    eigenvector = measure_eigenvector(layer)
    nearest = _nearest_sums(layer, n)
    modes = []
    for own, other, here in ((n, m, slice(0, n)), (m, n, slice(n, n + m))):
        degree = np.diff(layer.matrix.indptr)[here].astype(float)
        length = np.linalg.norm(eigenvector[here])
        columns = {
            "degree": degree,
            "degree_share": degree / max(other, 1),
            "closeness": _scale_closeness(
                closeness.reached[here], closeness.farness[here], nearest[here], n + m
            ),
            "betweenness": pairs[here] / max(most_between(own, other), 1.0),
            "eigenvector": keep_digits(eigenvector[here] / (length or 1.0)),
        }
        modes.append(pd.DataFrame(columns))
    return modes[0], modes[1]


def most_between(own: int, other: int) -> float:
    """The largest betweenness that a vertex can have in a mode of `own` against one of `other`.

    Examples
    --------
    >>> most_between(3, 1)  # three members of one group: nobody is between others
    0.0
    >>> most_between(1, 3)  # the group itself is between all three pairs
    3.0
    """
    if not own or not other:
        return 0.0
    whole, rest = divmod(own - 1, other)
    return (
        float(
            other**2 * (whole + 1) ** 2
            + other * (whole + 1) * (2 * rest - whole - 1)
            - rest * (2 * whole - rest + 3)
        )
        / 2
    )


def _nearest_sums(layer: Layer, members: int) -> FloatArray:
    """Smallest sum of distances within the own part: 1 to the other mode there, 2 to the own."""
    _, part = csgraph.connected_components(layer.matrix, directed=False)
    sizes = np.bincount(part)
    own = np.bincount(part[:members], minlength=len(sizes))[part].astype(float)
    own[members:] = sizes[part[members:]] - own[members:]
    return (sizes[part] - own) + 2.0 * (own - 1.0)


def _scale_closeness(
    reached: FloatArray, farness: FloatArray, nearest: FloatArray, everybody: int
) -> FloatArray:
    """Nearest possible sum of distances over the actual one, times the share that is reached."""
    scaled = np.divide(nearest, farness, out=np.zeros_like(farness), where=farness > 0)
    return scaled * reached / max(everybody - 1, 1)


def _join_modes(incidence: sparse.csr_array) -> Layer:
    """The bipartite graph: members first, then features."""
    ids = pd.RangeIndex(sum(incidence.shape)).astype("str")
    matrix = sparse.csr_array(sparse.block_array([[None, incidence], [incidence.T, None]]))
    matrix.sort_indices()
    return Layer(ids, pd.Series(ids, index=ids), matrix, kind="affinity")
