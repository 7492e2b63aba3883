"""Sparse matrices: directions ignored, components numbered, the strongest of each row kept."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from partnet.core.arrays import get_rows, keep_strongest, label_components, symmetrize, transpose

QUICK = settings(deadline=None, derandomize=True, max_examples=50)


def draw_matrix(n: int, seed: int) -> sparse.csr_array:
    random = np.random.default_rng(seed)
    dense = np.where(random.random((n, n)) < 0.3, random.integers(1, 5, (n, n)) / 4, 0.0)
    np.fill_diagonal(dense, 0.0)
    return sparse.csr_array(dense)


matrices = st.builds(draw_matrix, st.integers(1, 12), st.integers(0, 1000))


def test_rows_have_one_dtype() -> None:
    indptr, indices, data = get_rows(sparse.csr_array(np.array([[0, 1], [1, 0]], dtype=np.int8)))
    assert (indptr.dtype, indices.dtype, data.dtype) == (np.int32, np.int32, np.float64)


def test_components_of_two_pairs_and_one_alone() -> None:
    matrix = np.zeros((5, 5))
    matrix[0, 1] = matrix[3, 2] = 1
    count, labels = label_components(sparse.csr_array(matrix))
    assert (count, labels.tolist()) == (3, [0, 0, 1, 1, 2])
    assert label_components(sparse.csr_array(matrix), strong=True)[0] == 5


def test_nobody_has_no_components() -> None:
    count, labels = label_components(sparse.csr_array((0, 0)))
    assert count == 0 and len(labels) == 0


def test_equal_strengths_go_to_the_lower_rank() -> None:
    """A star of equal ties: the center keeps one of its own, but each leaf keeps the center."""
    pairs = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) / 2
    assert keep_strongest(sparse.csr_array(pairs), 1).toarray()[1, 2] == 0
    kept = keep_strongest(sparse.csr_array(pairs), 1, rank=np.array([2, 1, 0])).toarray()
    assert kept[0, 1] == 0 and kept[1, 2] == 0.5


@QUICK
@given(matrices)
def test_symmetrize_takes_the_larger(matrix: sparse.csr_array) -> None:
    dense = matrix.toarray()
    both = symmetrize(matrix)
    assert np.array_equal(both.toarray(), np.maximum(dense, dense.T))
    assert both.has_sorted_indices
    assert np.array_equal(symmetrize(both).toarray(), both.toarray())
    assert np.array_equal(transpose(matrix).toarray(), dense.T)


@QUICK
@given(matrices, st.integers(1, 4))
def test_the_strongest_of_each_row_stay(matrix: sparse.csr_array, k: int) -> None:
    full = symmetrize(matrix).toarray()
    kept = keep_strongest(symmetrize(matrix), k).toarray()
    for i, row in enumerate(full):
        best = sorted(np.flatnonzero(row), key=lambda j: (-row[j], j))[:k]
        assert all(kept[i, j] == row[j] for j in best)
        for j in np.flatnonzero(kept[i]):
            theirs = sorted(np.flatnonzero(full[j]), key=lambda m: (-full[j][m], m))[:k]
            assert j in best or i in theirs


def test_of_equally_strong_ones_the_nearest_stay() -> None:
    strength = np.zeros((5, 5))
    strength[0, 1:] = strength[1:, 0] = [0.9, 0.5, 0.5, 0.5]
    asked = []

    def apart(rows: Any, columns: Any) -> Any:
        asked.append((rows.tolist(), columns.tolist()))
        return np.array([30.0, 20.0, 10.0])[columns - 2]

    kept = keep_strongest(sparse.csr_array(strength), 2, apart=apart)
    # Every other row has one only, and keeps it: the first keeps the strongest and the nearest.
    assert asked == [([0, 0, 0], [2, 3, 4])]
    alone = sparse.csr_array(np.triu(strength))
    first = keep_strongest(alone, 2, apart=apart)
    assert kept.nnz == 8 and first[[0]].indices.tolist() == [1, 4]
