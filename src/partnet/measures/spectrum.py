"""Measures from matrix products: eigenvector centrality, Katz's status and PageRank."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ..errors import UsageError
from ..weights import Layer
from .rows import Floats, transpose

SMALL = 200  # up to here the dense eigenvalue solver is as fast, and needs no start vector
ENOUGH = 1e-12  # change of all scores together at which the iteration stops
MOST_STEPS = 1000


def measure_pagerank(layer: Layer, *, alpha: float = 0.85, weighted: bool = False) -> Floats:
    """Say where somebody ends up who follows ties at random and now and then starts anew.

    ``x = alpha (W' x + dangling / n) + (1 - alpha) / n`` with ``W`` the ties divided by their row
    sums; the share of organizations without ties out is spread over all, so scores sum to 1.

    Parameters
    ----------
    layer : Layer
        The graph.
    alpha : float, default 0.85
        Share of steps that follow a tie; the usual value.
    weighted : bool, default False
        Follow strong ties more often.

    References
    ----------
    Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X.
    """
    n = layer.n
    if not n:
        return np.zeros(0)
    matrix = layer.matrix if weighted else layer.binary
    out = np.asarray(matrix.sum(axis=1)).ravel()
    turned = transpose(matrix) if layer.directed else matrix
    share = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    stuck = np.flatnonzero(out == 0)
    scores = np.full(n, 1.0 / n)
    for _ in range(MOST_STEPS):
        spread = (1.0 - alpha + alpha * scores[stuck].sum()) / n
        new = alpha * (turned @ (scores * share)) + spread
        change = np.abs(new - scores).sum()
        scores = new
        if change < ENOUGH:
            break
    return scores


def measure_eigenvector(layer: Layer, *, weighted: bool = False) -> Floats:
    """Say who is tied to those who are themselves well tied.

    ``A x = lambda x`` for the largest eigenvalue; length 1, no value negative. A network in parts
    has one such vector for every part, so the measure is that of the largest part (the one with
    most ties if several are equally large, then the one that comes first) and 0 elsewhere. If the
    layer is directed: of ties *received*, in the largest strongly connected part.

    Parameters
    ----------
    layer : Layer
        The graph.
    weighted : bool, default False
        Use strengths.

    References
    ----------
    Bonacich (1972), doi:10.1080/0022250X.1972.9989806.
    """
    scores = np.zeros(layer.n)
    matrix = layer.matrix if weighted else layer.binary
    part = _largest_part(matrix, layer.directed)
    if len(part) < 2:
        return scores
    block = sparse.csr_array(matrix[part][:, part])
    vector = _solve_directed(block) if layer.directed else _solve_symmetric(block)
    scores[part] = np.abs(vector) / np.linalg.norm(vector)
    return scores


def measure_katz(layer: Layer, *, alpha: float | None = None, weighted: bool = False) -> Floats:
    """Say to whom many ways lead, where every further step counts less.

    ``x = alpha A' x + 1``, divided by its length: everybody counts the ways that end there, those
    of k steps by ``alpha^k``. Unlike the eigenvector it is defined in networks of many parts.

    Parameters
    ----------
    layer : Layer
        The graph; if it is directed, ties *received* count.
    alpha : float, optional
        What a step counts, below 1 / (largest eigenvalue); default half of that, between counting
        partners and the eigenvector. Arrows that never lead back have no such eigenvalue: 0.5.
    weighted : bool, default False
        Use strengths.

    Raises
    ------
    UsageError
        alpha is not between 0 and 1 / (largest eigenvalue).

    References
    ----------
    Katz (1953), doi:10.1007/BF02289026.
    """
    matrix = layer.matrix if weighted else layer.binary
    largest = _largest_eigenvalue(matrix, layer.directed)
    step = alpha if alpha is not None else 0.5 / (largest or 1.0)
    if not 0.0 <= step * (largest or 1.0) < 1.0:
        raise UsageError(
            f"alpha: found {alpha}. Allowed is 0 to below {1.0 / (largest or 1.0):.6g}, 1 / "
            "(largest eigenvalue of the network). Leave it out for half of that."
        )
    received = transpose(matrix) if layer.directed else matrix
    ways, scores = np.ones(layer.n), np.ones(layer.n)
    for _ in range(MOST_STEPS):
        ways = step * (received @ ways)
        scores += ways
        if ways.sum() <= ENOUGH * scores.sum():
            break
    return scores / (np.linalg.norm(scores) or 1.0)


def _largest_eigenvalue(matrix: sparse.csr_array, directed: bool) -> float:
    """Largest eigenvalue; only ties within strongly connected parts make one."""
    if directed and matrix.nnz:
        _, labels = sparse.csgraph.connected_components(matrix, connection="strong")
        coo = matrix.tocoo()
        row, column = coo.coords
        same = labels[row] == labels[column]
        cells = row[same], column[same]
        matrix = sparse.csr_array((coo.data[same], cells), shape=matrix.shape)
    if not matrix.nnz:
        return 0.0
    if matrix.shape[0] <= SMALL:
        dense = matrix.toarray()
        values = np.linalg.eigvals(dense) if directed else np.linalg.eigvalsh(dense)
        return float(np.real(values).max())
    start = np.sqrt(np.diff(matrix.indptr).astype(float))
    solve = sparse.linalg.eigs if directed else sparse.linalg.eigsh
    which = "LR" if directed else "LA"
    values = solve(matrix, k=1, which=which, v0=start, tol=0, return_eigenvectors=False)
    return float(np.real(values[0]))


def _largest_part(matrix: sparse.csr_array, directed: bool) -> np.ndarray:
    """Positions of the largest (strongly) connected part."""
    if not matrix.shape[0]:
        return np.zeros(0, np.int64)
    _, labels = sparse.csgraph.connected_components(
        matrix, directed=directed, connection="strong" if directed else "weak"
    )
    sizes = np.bincount(labels)
    ties = np.bincount(labels, weights=np.diff(matrix.indptr))
    first = np.full(len(sizes), len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    return np.flatnonzero(labels == np.lexsort((first, -ties, -sizes))[0])


def _solve_symmetric(block: sparse.csr_array) -> Floats:
    if block.shape[0] <= SMALL:
        return np.linalg.eigh(block.toarray())[1][:, -1]
    start = np.sqrt(np.diff(block.indptr).astype(float))
    return sparse.linalg.eigsh(block, k=1, which="LA", v0=start, tol=0)[1][:, 0]


def _solve_directed(block: sparse.csr_array) -> Floats:
    received = transpose(block)
    if block.shape[0] <= SMALL:
        values, vectors = np.linalg.eig(received.toarray())
        return np.real(vectors[:, np.argmax(values.real)])
    start = np.ones(block.shape[0])
    return np.real(sparse.linalg.eigs(received, k=1, which="LR", v0=start, tol=0)[1][:, 0])
