"""Measures from matrix products: eigenvector centrality, Katz's status, PageRank."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import eigh_tridiagonal
from scipy.linalg.lapack import dstemr

from ...core.arrays import BoolArray, FloatArray, as_unsigned, get_rows, label_components, transpose
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..kernels.cohesion import label_parts
from ..kernels.products import add_neighbors, extend_lanczos, solve_by_gradients
from ..parallel import on_one_thread
from ..rounding import in_agreed_digits, keep_digits

SMALL = 200  # up to here the dense eigenvalue solver is as fast, and needs no start vector
ENOUGH = 1e-12  # change of all scores together at which the iteration stops
MOST_STEPS = 1000
TOO_MUCH = 1e15  # change of all scores together at which they have no limit
FEWEST_VECTORS, MOST_VECTORS = 16, 60  # of Lanczos; beyond, ARPACK restarts


def measure_pagerank(layer: Layer, *, alpha: float = 0.85, weighted: bool = False) -> FloatArray:
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
    degree = np.diff(matrix.indptr).astype(np.float64)
    out = np.asarray(matrix.sum(axis=1)).ravel() if weighted else degree
    share = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    stuck = np.flatnonzero(out == 0)
    if not layer.directed and alpha < 1.0:
        start = (1.0 - alpha) / (n - alpha * len(stuck))  # with what those without ties pass on
        root = np.sqrt(share)  # makes the product symmetric
        solved = _solve(matrix, np.sqrt(alpha) * root, root, weighted=weighted)
        if len(solved):
            return start * np.where(out > 0, np.sqrt(out) * solved, 1.0)
    multiply = _multiply_by(transpose(matrix) if layer.directed else matrix, weighted)
    scores = np.full(n, 1.0 / n)
    for _ in range(MOST_STEPS):
        spread = (1.0 - alpha + alpha * scores[stuck].sum()) / n
        new = alpha * multiply(scores * share) + spread
        change = np.abs(new - scores).sum()
        scores = new
        if change < ENOUGH:
            break
    return scores


def measure_eigenvector(layer: Layer, *, weighted: bool = False) -> FloatArray:
    """Say who is tied to those who are themselves well tied.

    ``A x = lambda x`` for the largest eigenvalue; length 1, no value negative. A network in parts
    has one such vector for every part, so the measure is that of the main component (the one with
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
    matrix = layer.matrix if weighted else layer.binary
    inside = _find_main_part(matrix, layer.directed)
    size = np.count_nonzero(inside)
    if size > SMALL and not layer.directed:
        start = np.sqrt(np.diff(matrix.indptr) * inside)  # no product leads out of the part
        vector = _find_leading(matrix, start, weighted=weighted)[1]
        return keep_digits(np.abs(vector) * inside)
    scores = np.zeros(layer.n)
    if size > 1:
        vector = _solve_dense(sparse.csr_array(matrix[inside][:, inside]), layer.directed)
        scores[inside] = np.abs(vector) / np.linalg.norm(vector)
    return keep_digits(scores)


@in_agreed_digits
def measure_katz(layer: Layer, *, alpha: float | None = None, weighted: bool = False) -> FloatArray:
    """Say to whom many paths lead, where every further step counts less.

    ``x = alpha A' x + 1``, divided by its length: everybody counts the paths that end there, those
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
    step = 0.5 / find_largest_eigenvalue(layer, weighted=weighted) if alpha is None else alpha
    scores = _solve_katz(layer, matrix, step, weighted=weighted) if step >= 0.0 else None
    if scores is None:
        most = 1.0 / find_largest_eigenvalue(layer, weighted=weighted)
        raise UsageError(
            f"alpha: found {alpha}. Allowed is 0 to below {most:.6g}, 1 / (largest eigenvalue of "
            "the network). Leave it out for half of that."
        )
    return scores / (np.linalg.norm(scores) or 1.0)


def _solve_katz(
    layer: Layer, matrix: sparse.csr_array, step: float, *, weighted: bool
) -> FloatArray | None:
    """Solve x = step A' x + 1; nothing where the sum over all paths has no limit.

    It has one exactly where the equation has a solution without a negative value.
    """
    ones = np.ones(layer.n)
    scores = ones
    if layer.n and not layer.directed:
        solved = _solve(matrix, np.sqrt(step) * ones, ones, weighted=weighted)
        return solved if len(solved) and solved.min() > 0.0 else None
    multiply = _multiply_by(transpose(matrix), weighted)
    for _ in range(MOST_STEPS):
        new = step * multiply(scores) + ones
        change = np.abs(new - scores).sum()
        scores = new
        if change <= ENOUGH * scores.sum():
            return scores
        if change > TOO_MUCH:
            break
    return scores if not layer.n else None


def _solve(
    matrix: sparse.csr_array, scale: FloatArray, right: FloatArray, *, weighted: bool
) -> FloatArray:
    """Solve x = scale A scale x + right; empty where an eigenvalue of 1 or more shows."""
    rows = _list_rows(matrix, weighted)
    return solve_by_gradients(*rows, scale, right, ENOUGH, MOST_STEPS)


def _list_rows(matrix: sparse.csr_array, weighted: bool) -> tuple[npt.NDArray[Any], ...]:
    """Rows for kernels; strengths that are all 1 are not read."""
    indptr, indices, data = get_rows(matrix)
    return (*as_unsigned(indptr, indices), data if weighted else data[:0])


def _multiply_by(matrix: sparse.csr_array, weighted: bool) -> Callable[[FloatArray], FloatArray]:
    """Give the product with a matrix as a function."""
    rows = _list_rows(matrix, weighted)

    def multiply(vector: FloatArray) -> FloatArray:
        sums = np.empty_like(vector)
        add_neighbors(*rows, vector, sums)
        return sums

    return multiply


def find_largest_eigenvalue(layer: Layer, *, weighted: bool) -> float:
    """Largest eigenvalue; only ties within strongly connected parts make one; 1 without any."""
    return float(keep_digits(np.array(_find_largest(layer, weighted=weighted))))


@on_one_thread
def _find_largest(layer: Layer, *, weighted: bool) -> float:
    matrix = layer.matrix if weighted else layer.binary
    if layer.directed and matrix.nnz:
        _, labels = label_components(matrix, strong=True)
        coo = matrix.tocoo()
        row, column = coo.coords
        same = labels[row] == labels[column]
        cells = row[same], column[same]
        matrix = sparse.csr_array((coo.data[same], cells), shape=matrix.shape)
    if not matrix.nnz:
        return 1.0
    if matrix.shape[0] <= SMALL:
        dense = matrix.toarray()
        values = np.linalg.eigvals(dense) if layer.directed else np.linalg.eigvalsh(dense)
        return float(np.real(values).max())
    start = np.sqrt(np.diff(matrix.indptr).astype(float))
    if not layer.directed:
        return _find_leading(matrix, start, weighted=weighted)[0]
    chosen = {"k": 1, "which": "LR", "v0": start, "tol": 0}
    values = sparse.linalg.eigs(matrix, return_eigenvectors=False, **chosen)
    return float(np.real(values[0]))


def _find_main_part(matrix: sparse.csr_array, directed: bool) -> BoolArray:
    """Mark the largest (strongly) connected part: of equals that with most ties, or the first."""
    if directed:
        labels = label_components(matrix, strong=True)[1]
    else:
        labels = label_parts(*get_rows(matrix)[:2])
    if not len(labels):
        return np.zeros(0, bool)
    sizes = np.bincount(labels)
    largest = np.flatnonzero(sizes == sizes.max())
    if len(largest) > 1:
        ties = np.bincount(labels, weights=np.diff(matrix.indptr))[largest]
        largest = largest[ties == ties.max()]
    main = largest[0] if len(largest) == 1 else labels[np.isin(labels, largest)][0]
    return np.asarray(labels == main)


def _find_leading(
    matrix: sparse.csr_array, start: FloatArray, *, weighted: bool
) -> tuple[float, FloatArray]:
    """Largest eigenvalue and its vector, of length 1, among what the start can reach.

    Lanczos (1950): every step is one product with the matrix. The vectors lose their orthogonality
    only once the answer is found, which is when the steps end.
    """
    rows = _list_rows(matrix, weighted)
    basis = np.empty((MOST_VECTORS, len(start)))
    basis[0] = start / np.linalg.norm(start)
    diagonal, beside, steps = np.zeros(MOST_VECTORS), np.zeros(MOST_VECTORS), 0
    for last in range(FEWEST_VECTORS, MOST_VECTORS, 4):
        steps = extend_lanczos(*rows, basis, diagonal, beside, steps, last, ENOUGH)
        value, vector = _find_largest_of(diagonal[:steps], beside[:steps])
        if steps < last or beside[steps - 1] * abs(vector[-1]) <= ENOUGH * value:
            found = np.einsum("kn,k->n", basis[:steps], vector)
            return value, found / np.linalg.norm(found)
    values, vectors = sparse.linalg.eigsh(matrix, k=1, which="LA", v0=start, tol=0)
    return float(values[0]), vectors[:, 0]


def _find_largest_of(diagonal: FloatArray, beside: FloatArray) -> tuple[float, FloatArray]:
    """Largest eigenvalue and its vector of a matrix of three diagonals; the last beside is room."""
    k = len(diagonal)
    room = {"lwork": 18 * k, "liwork": 10 * k}
    chosen = (2, 0.0, 1.0, k, k)  # by number: the last one
    _, values, vectors, failed = dstemr(diagonal, beside.copy(), *chosen, compute_v=1, **room)
    if failed:  # the slower solver always answers
        values, vectors = eigh_tridiagonal(diagonal, beside[:-1])
        return float(values[-1]), vectors[:, -1]
    return float(values[0]), vectors[:, 0]


@on_one_thread
def _solve_dense(block: sparse.csr_array, directed: bool) -> FloatArray:
    if not directed:
        return np.linalg.eigh(block.toarray())[1][:, -1]
    received = transpose(block)
    if block.shape[0] <= SMALL:
        values, vectors = np.linalg.eig(received.toarray())
        return np.real(vectors[:, np.argmax(values.real)])
    start = np.ones(block.shape[0])
    return np.real(sparse.linalg.eigs(received, k=1, which="LR", v0=start, tol=0)[1][:, 0])
