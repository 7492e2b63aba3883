"""Stress: how far distances on a page are from those in a network, and how to make it small."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from ..core.arrays import Points, PositionArray

DENSE_LIMIT = 1000  # up to here every pair counts; above, partners and pivots
PIVOTS = 100  # enough for pictures that look like the full solution (Brandes & Pich 2007)
TOLERANCE = 1e-4  # stop when stress falls by less than this share in one round
ROUNDS = 300
SPARSE_ROUNDS = 80
CLOSEST = 0.2  # no two marks nearer than this, in tie lengths
ROOM = 0.65  # nor than this share of the side of the square that each would have
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


def layout_connected(graph: sparse.csr_array) -> Points:
    """Place the members of one connected graph; the long side lies flat.

    Parameters
    ----------
    graph : csr_array, shape (n, n)
        Symmetric, connected, every entry 1.

    Returns
    -------
    array, shape (n, 2)
        Positions in tie lengths, centered on the origin.
    """
    n = graph.shape[0]
    lengths = measure_lengths(graph)
    if n <= DENSE_LIMIT:
        distances = measure_distances(lengths, np.arange(n))
        chosen = choose_pivots(distances, min(n, PIVOTS))
        points = majorize_stress(scale_pivots(distances[:, chosen]), distances)
    else:
        points = majorize_sparse_stress(lengths, *_measure_pivots(lengths))
    points = _turn_flat(points)
    room = float(np.sqrt(np.ptp(points, axis=0).prod() / n))  # side of the square each one has
    return separate_points(points, max(CLOSEST, ROOM * room))


def measure_lengths(graph: sparse.csr_array) -> sparse.csr_array:
    """Say how long each tie should be on the page: short within a circle, long between circles.

    ``l_ij = sqrt(max(1, min(k_i, k_j) - c_ij))`` over its median, with k partners and c partners
    in common: two organizations with few partners, or with many in common, lie close; two hubs of
    different circles lie apart, which opens the middle of the picture. (In the spirit of the
    lengths of Gansner, Koren & North, section 4, but short for those with one partner.)
    """
    row, column = graph.tocoo().coords
    partners = np.diff(graph.indptr).astype(float)
    common = np.asarray((graph @ graph)[row, column]).ravel()
    fewer = np.minimum(partners[row], partners[column])
    length = np.sqrt(np.maximum(1.0, fewer - common))
    scaled = length / np.median(length) if len(length) else length
    return sparse.csr_array((scaled, (row, column)), shape=graph.shape)


def measure_distances(lengths: sparse.csr_array, sources: PositionArray) -> Points:
    """Measure the shortest path from everybody (rows) to each source (columns); inf without one."""
    found = dijkstra(lengths, directed=False, indices=sources)
    return np.atleast_2d(found).T


def choose_pivots(distances: Points, number: int) -> PositionArray:
    """Choose organizations far from each other, the one nearest to all first."""
    pivots = [int(np.argmin(distances.sum(axis=1)))]
    nearest = distances[:, pivots[0]]
    while len(pivots) < number:
        pivots.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, distances[:, pivots[-1]])
    return np.array(pivots)


def scale_pivots(to_pivots: Points) -> Points:
    """Place by pivot MDS (Brandes & Pich 2007); with everybody a pivot it is classical scaling."""
    squared = to_pivots**2
    rows, columns = squared.mean(axis=1, keepdims=True), squared.mean(axis=0, keepdims=True)
    centered = -(squared - rows - columns + squared.mean()) / 2
    products = centered.T @ centered
    apart = np.linspace(1, 2, len(products)) * 1e-6 * np.trace(products)  # axes equally long
    vectors = np.linalg.eigh(products + np.diag(apart))[1][:, ::-1][:, :2]
    points = _settle_signs(centered @ vectors)
    reach = np.abs(points).max()
    points = points * (to_pivots.max() / (2 * reach)) if reach > 0 else points
    return _break_ties(points)


def _settle_signs(points: Points) -> Points:
    """Turn each axis so that the farthest from its middle lies ahead, and drop the last digits.

    Which of two opposite vectors comes out, and its last digits, differ by processor; a picture
    made from the mirrored start would be another one. Of equally far ones the first decides.
    """
    rounded = np.round(points, 6)
    ahead = np.argmax(np.abs(rounded), axis=0)
    return rounded * np.where(rounded[ahead, np.arange(rounded.shape[1])] < 0, -1.0, 1.0)


def majorize_stress(points: Points, distances: Points) -> Points:
    """Make the stress over all pairs small: each round solves one system of linear equations.

    ``L^w X(t+1) = L^{X(t)} X(t)``: stress never rises (Gansner, Koren & North 2004, eq. 7).
    """
    n = len(points)
    weights = 1.0 / (distances + np.eye(n)) ** 2
    np.fill_diagonal(weights, 0.0)
    pulls = weights * distances
    factor = cho_factor((np.diag(weights.sum(axis=1)) - weights)[1:, 1:])
    before = np.inf
    for _ in range(ROUNDS):
        lengths = cdist(points, points)
        stress = float((weights * (lengths - distances) ** 2).sum())
        if before - stress <= TOLERANCE * stress:
            break
        before = stress
        ratio = np.divide(pulls, lengths, out=np.zeros_like(pulls), where=lengths > 0)
        right = ratio.sum(axis=1)[:, None] * points - ratio @ points
        points = np.vstack([np.zeros((1, 2)), cho_solve(factor, right[1:])])
    return points - points.mean(axis=0)


def majorize_sparse_stress(
    lengths: sparse.csr_array, pivots: PositionArray, to_pivots: Points
) -> Points:
    """Make the stress against partners and pivots small (Ortmann, Klimenta & Brandes 2017).

    A pivot stands for the organizations nearest to it, and weighs as many as lie at most half as
    far from it as the organization that is moved.
    """
    points = scale_pivots(to_pivots)
    weights = _weigh_pivots(to_pivots)
    row, column = lengths.tocoo().coords
    wished = lengths.data[:, None]
    total = weights.sum(axis=1) + np.bincount(row, lengths.data**-2.0, len(points))
    for _ in range(SPARSE_ROUNDS):
        gap = points[row] - points[column]
        away = gap / np.maximum(np.hypot(*gap.T), 1e-9)[:, None]
        wish = (points[column] + away * wished) / wished**2
        partners = np.column_stack([np.bincount(row, wish[:, k], len(points)) for k in (0, 1)])
        moved = partners + _sum_wishes(points, points[pivots], to_pivots, weights)
        points = (points + moved / total[:, None]) / 2  # all at once: half a step is safe
    return points


def pull_towards(first: Points, fixed: Points, to_fixed: Points, between: Points) -> Points:
    """Move newcomers to where stress is small while all others stay fixed.

    Parameters
    ----------
    first : array, shape (m, 2)
        Where the newcomers start.
    fixed : array, shape (k, 2)
        Where the others stay.
    to_fixed, between : array, shapes (m, k) and (m, m)
        Distances from newcomers to the others and to each other.
    """
    distances = np.hstack([to_fixed, between])
    near = np.isfinite(distances) & (distances > 0)
    weights = np.divide(1.0, distances**2, out=np.zeros_like(distances), where=near)
    distances = np.where(near, distances, 0.0)
    points = _break_ties(first)
    for _ in range(SPARSE_ROUNDS):
        wish = _sum_wishes(points, np.vstack([fixed, points]), distances, weights)
        points = (points + wish / weights.sum(axis=1, keepdims=True)) / 2
    return points


def separate_points(points: Points, closest: float) -> Points:
    """Push apart points that are nearer than `closest`, a little at a time."""
    points = points.copy()
    for _ in range(100):
        pairs = cKDTree(points).query_pairs(closest * (1 - 1e-6), output_type="ndarray")
        if not len(pairs):
            break
        a, b = pairs[np.lexsort(pairs.T[::-1])].T
        gap = points[a] - points[b]
        length = np.hypot(*gap.T)
        angle = GOLDEN_ANGLE * (a + b)  # points on one spot part in a direction of their own
        away = np.column_stack([np.cos(angle), np.sin(angle)])
        apart = np.where(length[:, None] > 1e-12, gap / np.maximum(length, 1e-12)[:, None], away)
        push = apart * ((closest - length) / 2)[:, None]
        np.add.at(points, a, push)
        np.add.at(points, b, -push)
    return points


def _break_ties(points: Points) -> Points:
    """Set organizations with the same partners a little apart: on one spot they would stay."""
    number = np.arange(len(points))
    angle = GOLDEN_ANGLE * number
    radius = 0.001 * (1 + number % 7)
    return points + np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None]


def _turn_flat(points: Points) -> Points:
    """Turn a picture so that its long side lies flat; its longer tails point right and up."""
    centered = points - points.mean(axis=0)
    (xx, xy), (_, yy) = centered.T @ centered
    angle = np.arctan2(2 * xy, xx - yy) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = centered @ turn
    return turned * np.where((turned**3).sum(axis=0) < -1e-6, -1.0, 1.0)


def _measure_pivots(lengths: sparse.csr_array) -> tuple[PositionArray, Points]:
    """Choose pivots one by one, far from each other, and keep the distances to them."""
    pivots = [int(np.argmax(np.diff(lengths.indptr)))]
    columns = [measure_distances(lengths, np.array(pivots))]
    nearest = columns[0]
    while len(pivots) < PIVOTS:
        pivots.append(int(np.argmax(nearest)))
        columns.append(measure_distances(lengths, np.array(pivots[-1:])))
        nearest = np.minimum(nearest, columns[-1])
    return np.array(pivots), np.hstack(columns)


def _weigh_pivots(to_pivots: Points) -> Points:
    """Weight of pivot p for i: those of p's region within half the way, over distance squared."""
    region = np.argmin(to_pivots, axis=1)
    weights = np.zeros_like(to_pivots)
    for p in range(to_pivots.shape[1]):
        own = np.sort(to_pivots[region == p, p])
        far = to_pivots[:, p] > 0
        half = np.searchsorted(own, to_pivots[far, p] / 2, side="right")
        weights[far, p] = half / to_pivots[far, p] ** 2
    return weights


def _sum_wishes(own: Points, others: Points, distances: Points, weights: Points) -> Points:
    """Sum over others of weight times the spot at the wished distance from them."""
    ratio = weights * distances / np.maximum(cdist(own, others), 1e-9)
    return weights @ others + ratio.sum(axis=1)[:, None] * own - ratio @ others
