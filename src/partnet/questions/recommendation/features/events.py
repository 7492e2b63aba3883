"""Meetings behind ties: who was there, how many, and how much a tie made there says."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray

MOST_FROM_MEETINGS = 0.5  # from this share of ties on, a network counts as one of meetings
FEWEST_AT_A_MEETING = 3  # organizations; two that meet are a tie like any other


def list_events(n: int, i: IntArray, j: IntArray, documents: sparse.csr_array) -> sparse.csr_array:
    """Say who was at which meeting, from the ties that each document makes.

    A document that ties all who are in it with each other is a meeting of them. A tie that comes
    from no such document is a meeting of two.

    Parameters
    ----------
    n : int
        Number of organizations.
    i, j : int arrays
        Both ends of every tie, in the order of the rows of `documents`.
    documents : csr_array, shape (ties, documents)
        Which documents each tie comes from, 0/1.

    Returns
    -------
    csr_array, shape (n, meetings)
        0/1.
    """
    members, whole = _find_whole(n, i, j, documents)
    alone = np.flatnonzero(documents @ whole.astype(np.float64) == 0)
    columns = np.tile(np.arange(len(alone)), 2)
    ends = np.concatenate([i[alone], j[alone]])
    pairs = sparse.csr_array((np.ones(len(ends)), (ends, columns)), shape=(n, len(alone)))
    met = sparse.csr_array(members[:, np.flatnonzero(whole)])
    return sparse.csr_array(sparse.hstack([met, pairs], format="csr"))


def is_of_meetings(n: int, i: IntArray, j: IntArray, documents: sparse.csr_array) -> bool:
    """Whether at least half of the ties come from meetings of three or more."""
    members, whole = _find_whole(n, i, j, documents)
    several = whole & (_sum_columns(members) >= FEWEST_AT_A_MEETING)
    from_meetings = documents @ several.astype(np.float64) > 0
    return bool(len(i)) and float(from_meetings.mean()) >= MOST_FROM_MEETINGS


def weigh_events(events: sparse.csr_array) -> sparse.csr_array:
    """Sum 1 / (others there) over the meetings that two were at together; no diagonal.

    References
    ----------
    Newman (2001), doi:10.1103/PhysRevE.64.016132.
    """
    others = np.maximum(_sum_columns(events) - 1.0, 1.0)
    joint = sparse.coo_array((events * (1.0 / others)) @ events.T)
    row, column = joint.coords
    apart = row != column
    cells = row[apart], column[apart]
    weighed = sparse.csr_array((joint.data[apart], cells), shape=joint.shape)
    weighed.sort_indices()
    return weighed


def keep_documents(
    documents: sparse.csr_array, kept: BoolArray, left: BoolArray | None = None
) -> sparse.csr_array:
    """Give the documents of the ties that stay visible, as far as these tell of them.

    Nothing is left of a document that was hidden, although its ties may come from others too. One
    of which some ties are hidden no longer ties all who were there: it is no meeting then. A tie
    of no document that is left has one of its own.

    Parameters
    ----------
    kept : bool array, shape (ties,)
        Ties that stay visible.
    left : bool array, shape (documents,), optional
        Documents that were not hidden; default: all.
    """
    visible = sparse.csr_array(documents[np.flatnonzero(kept)])
    seen = _sum_columns(visible) > 0
    if left is not None:
        seen &= left
    rows = sparse.csr_array(visible[:, np.flatnonzero(seen)])
    alone = np.flatnonzero(np.diff(rows.indptr) == 0)
    cells = alone, np.arange(len(alone))
    own = sparse.csr_array((np.ones(len(alone)), cells), shape=(rows.shape[0], len(alone)))
    return sparse.csr_array(sparse.hstack([rows, own], format="csr"))


def _find_whole(
    n: int, i: IntArray, j: IntArray, documents: sparse.csr_array
) -> tuple[sparse.csr_array, BoolArray]:
    """Who is in which document, and which documents tie all who are in them."""
    ties = len(i)
    row, column = np.concatenate([i, j]), np.tile(np.arange(ties), 2)
    ends = sparse.csr_array((np.ones(2 * ties), (row, column)), shape=(n, ties))
    members = sparse.csr_array(ends @ documents)
    members.data[:] = 1.0
    size = _sum_columns(members)
    return members, _sum_columns(documents) == size * (size - 1) / 2


def _sum_columns(matrix: sparse.csr_array) -> FloatArray:
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
