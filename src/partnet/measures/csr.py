"""The rows of a layer as the arrays that kernels take: one dtype each, always."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ..facts.layers import Layer

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def get_rows(matrix: sparse.csr_array) -> tuple[Ints, Ints, Floats]:
    """Give ``indptr``, ``indices`` (int32) and ``data`` (float64), contiguous and writable."""
    flags: Any = ["C_CONTIGUOUS", "WRITEABLE"]
    return (
        np.require(matrix.indptr, np.int32, flags),
        np.require(matrix.indices, np.int32, flags),
        np.require(matrix.data, np.float64, flags),
    )


def as_unsigned(*positions: Ints) -> tuple[npt.NDArray[np.uint32], ...]:
    """Give arrays of positions to a kernel that reads at random all the time.

    numba counts a negative position from the end, and asks of every signed one whether it is
    negative; unsigned ones are read at once, which nearly halves the time of a simple loop.
    """
    return tuple(array.view(np.uint32) for array in positions)


def transpose(matrix: sparse.csr_array) -> sparse.csr_array:
    """Give the matrix turned around, with sorted rows."""
    turned = sparse.csr_array(matrix.T)
    turned.sort_indices()
    return turned


def ignore_direction(layer: Layer) -> sparse.csr_array:
    """Give the strengths without direction: the stronger of the two sides."""
    if not layer.directed:
        return layer.matrix
    both = sparse.csr_array(layer.matrix.maximum(transpose(layer.matrix)))
    both.sort_indices()
    return both


def label_components(layer: Layer) -> tuple[int, Ints]:
    """Number the components (weakly connected, if directed): how many, and by position."""
    if not layer.n:
        return 0, np.zeros(0, np.int32)
    count, labels = sparse.csgraph.connected_components(layer.matrix, directed=False)
    return int(count), labels
