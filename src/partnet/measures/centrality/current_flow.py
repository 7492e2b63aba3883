"""Closeness and betweenness where everything that flows uses all paths, not the shortest ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from ...core.arrays import FloatArray, IntArray, label_components
from ...facts.graph.layers import Layer
from ..parallel import on_one_thread
from ..rounding import keep_digits

MOST = 3000  # organizations of a component: its inverse has n^2 cells, 72 MB


@dataclass(frozen=True, slots=True)
class CurrentFlow:
    """How near, and how much in between, where current spreads over all paths; by position.

    Attributes
    ----------
    closeness : array
        ``(r / sum of resistances) x (r / (n - 1))``, r others within reach.
    betweenness : array
        Share of the current between pairs of others that passes through; between 0 and 1.
    """

    closeness: FloatArray
    betweenness: FloatArray


@on_one_thread
def measure_current_flow(layer: Layer, *, weighted: bool = False) -> CurrentFlow:
    """Say how near to all, and between others, organizations are if all paths count.

    Ties are wires of resistance 1 (1 / strength if weighted). The resistance R_ij between two
    falls with every further path. Closeness takes R for distance; in a connected network it is
    Stephenson & Zelen's information centrality, ``n / sum_j R_ij``, times (n - 1) / n. Betweenness
    sends one unit of current between every two others, and gives the share that flows through,
    over (n - 1)(n - 2) / 2 pairs. Direction is ignored.

    Returns
    -------
    CurrentFlow
        0 for isolates; NaN for members of components of more than 3,000 organizations.

    References
    ----------
    Stephenson & Zelen (1989), doi:10.1016/0378-8733(89)90016-6. Brandes & Fleischer (2005),
    doi:10.1007/978-3-540-31856-9_44.
    """
    matrix = layer.symmetric if weighted else _make_plain(layer).symmetric
    closeness, betweenness = np.zeros(layer.n), np.zeros(layer.n)
    for part in _list_parts(layer):
        if len(part) > MOST:
            closeness[part] = betweenness[part] = np.nan
            continue
        block = sparse.csr_array(matrix[part][:, part])
        potential = _invert_laplacian(block)
        resistance = _sum_resistances(potential)
        reached = len(part) - 1
        closeness[part] = reached / resistance * reached / max(layer.n - 1, 1)
        betweenness[part] = _sum_currents(block, potential)
    pairs = (layer.n - 1) * (layer.n - 2) / 2
    shares = betweenness / pairs if pairs > 0 else betweenness
    return CurrentFlow(keep_digits(closeness), keep_digits(shares))


def _make_plain(layer: Layer) -> Layer:
    return replace(layer, matrix=layer.binary)


def _list_parts(layer: Layer) -> Iterator[IntArray]:
    """Positions of every component of at least two."""
    labels = label_components(layer.matrix)[1]
    order = np.argsort(labels, kind="stable")
    for part in np.split(order, np.cumsum(np.bincount(labels))[:-1]) if layer.n else []:
        if len(part) > 1:
            yield part


def _invert_laplacian(matrix: sparse.csr_array) -> FloatArray:
    """The pseudo-inverse of the Laplacian of a connected graph."""
    n = matrix.shape[0]
    laplacian = np.diag(np.asarray(matrix.sum(axis=1)).ravel()) - matrix.toarray()
    inverse: FloatArray = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n
    return inverse


def _sum_resistances(potential: FloatArray) -> FloatArray:
    """Sum over all others of R_ij = C_ii + C_jj - 2 C_ij; rows of C add up to 0."""
    own = np.diag(potential)
    return len(own) * own + own.sum()


def _sum_currents(matrix: sparse.csr_array, potential: FloatArray) -> FloatArray:
    """Current through each vertex, summed over all pairs of others.

    Over a tie (v, w) flows ``z (C_v - C_w)_s - z (C_v - C_w)_t`` from s to t. The sum of absolute
    differences over all pairs is that of a sorted row, each value by its place.
    """
    n = matrix.shape[0]
    place = 2.0 * np.arange(n) - (n - 1)
    through = np.zeros(n)
    for v in range(n):
        around = slice(matrix.indptr[v], matrix.indptr[v + 1])
        strength = matrix.data[around, None]
        flows = np.sort(strength * (potential[v] - potential[matrix.indices[around]]), axis=1)
        through[v] = (flows @ place).sum() / 2 - (n - 1) / 2  # less the pairs it is an end of
    return np.maximum(through, 0.0)
