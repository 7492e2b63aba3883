"""Arrays and sparse matrices: their names, their rows, and what is done to many of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # scipy is imported where it computes: reading and checking tables need none
    from scipy import sparse

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
Int32Array: TypeAlias = npt.NDArray[np.int32]  # positions and labels of sparse matrices
PositionArray: TypeAlias = npt.NDArray[np.intp]  # positions as numpy itself gives them
BoolArray: TypeAlias = npt.NDArray[np.bool_]
ObjectArray: TypeAlias = npt.NDArray[np.object_]
Points: TypeAlias = npt.NDArray[np.float64]  # shape (n, 2): latitude and longitude, or x and y
Rows: TypeAlias = tuple[Int32Array, Int32Array, FloatArray]  # indptr, indices, data

NAN = float("nan")  # a number that is not known
DIGITS = 9  # strengths are compared after rounding: the last bits rank nobody


def get_rows(matrix: sparse.csr_array) -> Rows:
    """Give ``indptr``, ``indices`` (int32) and ``data`` (float64), contiguous and writable."""
    flags: Any = ["C_CONTIGUOUS", "WRITEABLE"]
    return (
        np.require(matrix.indptr, np.int32, flags),
        np.require(matrix.indices, np.int32, flags),
        np.require(matrix.data, np.float64, flags),
    )


def as_unsigned(*positions: Int32Array) -> tuple[npt.NDArray[np.uint32], ...]:
    """Give arrays of positions to a kernel that reads at random all the time.

    numba counts a negative position from the end, and asks of every signed one whether it is
    negative; unsigned ones are read at once, which nearly halves the time of a simple loop.
    """
    return tuple(array.view(np.uint32) for array in positions)


def transpose(matrix: sparse.csr_array) -> sparse.csr_array:
    """Give the matrix turned around, with sorted rows."""
    turned = matrix.T.tocsr()
    turned.sort_indices()
    return turned


def symmetrize(matrix: sparse.csr_array) -> sparse.csr_array:
    """Give the matrix without direction: the larger of cell (i, j) and cell (j, i).

    Examples
    --------
    >>> from scipy import sparse
    >>> symmetrize(sparse.csr_array([[0.0, 0.2], [0.5, 0.0]])).toarray()
    array([[0. , 0.5],
           [0.5, 0. ]])
    """
    both = matrix.maximum(transpose(matrix)).tocsr()
    both.sort_indices()
    return both


def label_components(matrix: Any, *, strong: bool = False) -> tuple[int, Int32Array]:
    """Number the components: how many there are, and the label of each position.

    Parameters
    ----------
    matrix : csr_array or array, shape (n, n)
        A cell other than 0 is a tie.
    strong : bool, default False
        Follow the arrows there and back (strongly connected components); else ignore them.

    Examples
    --------
    >>> from scipy import sparse
    >>> label_components(sparse.csr_array([[0, 1, 0], [0, 0, 0], [0, 0, 0]]))
    (2, array([0, 0, 1], dtype=int32))
    """
    if not matrix.shape[0]:
        return 0, np.zeros(0, np.int32)
    from scipy.sparse import csgraph

    count, labels = csgraph.connected_components(
        matrix, directed=strong, connection="strong" if strong else "weak"
    )
    return int(count), labels


def keep_strongest(
    matrix: sparse.csr_array,
    k: int,
    *,
    rank: PositionArray | None = None,
    apart: Callable[[Int32Array, Int32Array], FloatArray] | None = None,
) -> sparse.csr_array:
    """Keep a pair if either end has it among its k strongest.

    Parameters
    ----------
    matrix : csr_array, shape (n, n)
        Symmetric strengths.
    k : int
        How many each row keeps of its own.
    rank : int array, optional
        Of equally strong ones the lower of these goes first; default: the position.
    apart : callable, optional
        How far pairs (rows, columns) are apart: of equally strong ones the nearest go first. It is
        asked only of those of which a row has more than it keeps.

    Examples
    --------
    >>> from scipy import sparse
    >>> line = sparse.csr_array([[0, 0.9, 0], [0.9, 0, 0.4], [0, 0.4, 0]])
    >>> keep_strongest(line, 1).nnz  # the second keeps the first, the third its only one
    4
    """
    cells = find_strongest(matrix, k, rank=rank, apart=apart)
    return symmetrize(type(matrix)((cells[2], cells[:2]), shape=matrix.shape))


def find_strongest(
    matrix: sparse.csr_array,
    k: int,
    *,
    rank: PositionArray | None = None,
    apart: Callable[[Int32Array, Int32Array], FloatArray] | None = None,
) -> tuple[Int32Array, Int32Array, FloatArray]:
    """Give row, column and strength of the k strongest of every row (:func:`keep_strongest`)."""
    pairs = matrix.tocoo()
    row, column = (part.astype(np.int32) for part in pairs.coords)
    other = column if rank is None else rank[column]
    value = np.round(pairs.data, DIGITS)
    order = np.lexsort((other, -value, row))
    starts = np.zeros(matrix.shape[0] + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(row, minlength=matrix.shape[0]))
    if apart is not None:
        order = _put_near_first(order, (row, column, other), value, starts, k, apart)
    place = np.empty(len(row), dtype=np.int64)
    place[order] = np.arange(len(row)) - starts[row[order]]
    best = place < k
    return row[best], column[best], pairs.data[best]


def _put_near_first(
    order: PositionArray,
    cells: tuple[Int32Array, Int32Array, Any],
    value: FloatArray,
    starts: IntArray,
    k: int,
    apart: Callable[[Int32Array, Int32Array], FloatArray],
) -> PositionArray:
    """Order equals at the edge of what is kept by how far they are apart; all else stays."""
    row, column, other = cells
    long = np.flatnonzero(np.diff(starts) > k)
    last = np.full(len(starts) - 1, np.inf)  # the weakest that a row keeps; no equals elsewhere
    last[long] = value[order[starts[long] + k - 1]]
    edge = value == last[row]
    if not edge.any():
        return order
    far = np.zeros(len(row))
    far[edge] = apart(row[edge], column[edge])
    return np.lexsort((other, far, -value, row))
