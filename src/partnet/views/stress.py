"""Stress: how far distances on a page are from steps in a network, and how to make it small."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

Points = npt.NDArray[np.float64]

DENSE_LIMIT = 1000  # up to here every pair counts; above, partners and pivots
PIVOTS = 100  # enough for pictures that look like the full solution (Brandes & Pich 2007)
TOLERANCE = 1e-4  # stop when stress falls by less than this share in one round
ROUNDS = 300
CLOSEST = 0.2  # no two marks nearer than this, in tie lengths
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
        Positions in tie lengths, centred on the origin.
    """
    n = graph.shape[0]
    pivots = choose_pivots(graph, min(n, PIVOTS))
    to_pivots = count_hops(graph, pivots)
    points = _break_ties(_scale_multidimensionally(to_pivots))
    if n <= DENSE_LIMIT:
        hops = count_hops(graph, np.arange(n))
        points = majorize_stress(points, hops)
    else:
        points = majorize_sparse_stress(points, graph, pivots, to_pivots)
    return separate_points(_turn_flat(points), CLOSEST)


def count_hops(graph: sparse.csr_array, sources: npt.NDArray[np.intp]) -> Points:
    """Count the steps from each source to everybody; infinite where there is no way.

    All sources advance one step at a time, by a sparse product: exact and the same on any number
    of cores.
    """
    n = graph.shape[0]
    hops = np.full((n, len(sources)), np.inf)
    hops[sources, np.arange(len(sources))] = 0.0
    frontier, step = np.isfinite(hops), 0
    adjacency = sparse.csr_array(graph, dtype=np.float32)
    while frontier.any():
        step += 1
        frontier = (adjacency @ frontier.astype(np.float32) > 0) & np.isinf(hops)
        hops[frontier] = step
    return hops.T


def choose_pivots(graph: sparse.csr_array, number: int) -> npt.NDArray[np.intp]:
    """Choose organizations far from each other, the best connected first."""
    degrees = np.diff(graph.indptr)
    pivots = [int(np.argmax(degrees))]
    nearest = count_hops(graph, np.array(pivots))[0]
    if number >= graph.shape[0]:
        return np.arange(graph.shape[0])
    while len(pivots) < number:
        pivots.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, count_hops(graph, np.array(pivots[-1:]))[0])
    return np.array(pivots)


def measure_stress(points: Points, hops: Points) -> float:
    """Measure the stress of a picture at its best scale: 0 is perfect.

    ``sum (a |x_i - x_j| - d_ij)^2 / d_ij^2`` over pairs, with the scale a that makes it least;
    divided by the number of pairs.
    """
    upper = np.triu_indices(len(points), 1)
    ratio = cdist(points, points)[upper] / hops[upper]
    scale = ratio.sum() / max(float((ratio**2).sum()), 1e-300)
    return float(np.mean((scale * ratio - 1) ** 2)) if len(ratio) else 0.0


def majorize_stress(points: Points, hops: Points) -> Points:
    """Make the stress over all pairs small: each round solves one system of linear equations.

    ``L^w X(t+1) = L^{X(t)} X(t)``: stress never rises (Gansner, Koren & North 2004, eq. 7).
    """
    n = len(points)
    weights = 1.0 / (hops + np.eye(n)) ** 2 - np.eye(n)
    pulls = weights * hops
    factor = cho_factor((np.diag(weights.sum(axis=1)) - weights)[1:, 1:])
    before = np.inf
    for _ in range(ROUNDS):
        lengths = cdist(points, points)
        stress = float((weights * (lengths - hops) ** 2).sum())
        if before - stress <= TOLERANCE * stress:
            break
        before = stress
        ratio = np.divide(pulls, lengths, out=np.zeros_like(pulls), where=lengths > 0)
        right = ratio.sum(axis=1)[:, None] * points - ratio @ points
        points = np.vstack([np.zeros((1, 2)), cho_solve(factor, right[1:])])
    return points - points.mean(axis=0)


def majorize_sparse_stress(
    points: Points, graph: sparse.csr_array, pivots: npt.NDArray[np.intp], to_pivots: Points
) -> Points:
    """Make the stress against partners and pivots small (Ortmann, Klimenta & Brandes 2017).

    A pivot stands for the organizations nearest to it, and weighs as many as lie at most half as
    far from it as the organization that is moved.
    """
    hops = to_pivots.T
    weights = _weigh_pivots(hops)
    row, column = graph.tocoo().coords
    partners = np.diff(graph.indptr)[:, None]
    for _ in range(80):
        gap = points[row] - points[column]
        length = np.maximum(np.hypot(*gap.T), 1e-9)[:, None]
        wish = points[column] + gap / length
        moved = np.column_stack([np.bincount(row, wish[:, k], len(points)) for k in (0, 1)])
        moved += _sum_wishes(points, points[pivots], hops, weights)
        moved /= partners + weights.sum(axis=1, keepdims=True)
        points = (points + moved) / 2  # all move at once: half a step never overshoots
    return points


def pull_towards(
    first: Points,
    points: Points,
    moving: npt.NDArray[np.intp],
    others: npt.NDArray[np.intp],
    hops: Points,
) -> Points:
    """Move some organizations to where stress is small while all others stay fixed."""
    distances = hops[:, others]
    weights = np.zeros_like(distances)
    near = (distances > 0) & np.isfinite(distances)
    weights[near] = 1.0 / distances[near] ** 2
    distances = np.where(near, distances, 0.0)
    present = points.copy()
    present[moving] = _break_ties(first)
    for _ in range(ROUNDS // 3):
        own = present[moving]
        wish = _sum_wishes(own, present[others], distances, weights)
        present[moving] = (own + wish / weights.sum(axis=1, keepdims=True)) / 2
    return present[moving]


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


def _scale_multidimensionally(to_pivots: Points) -> Points:
    """Pivot MDS; with everybody a pivot it is classical scaling (up to scale)."""
    squared = to_pivots.T**2
    rows, columns = squared.mean(axis=1, keepdims=True), squared.mean(axis=0, keepdims=True)
    centred = -(squared - rows - columns + squared.mean()) / 2
    vectors = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :2]
    points = centred @ vectors
    if points.shape[1] < 2:
        points = np.column_stack([points, np.zeros(len(points))])
    reach = np.abs(points).max()
    return points * (to_pivots.max() / (2 * reach)) if reach > 0 else points


def _break_ties(points: Points) -> Points:
    """Set organizations with the same partners a little apart: on one spot they would stay."""
    number = np.arange(len(points))
    angle = GOLDEN_ANGLE * number
    radius = 0.02 + 0.02 * (number % 7)
    return points + np.column_stack([np.cos(angle), np.sin(angle)]) * radius[:, None]


def _turn_flat(points: Points) -> Points:
    """Turn a picture so that its long side lies flat; its heavier tails point right and up."""
    centred = points - points.mean(axis=0)
    a, b, d = (centred[:, 0] ** 2).sum(), (centred[:, 0] * centred[:, 1]).sum(), 0.0
    d = (centred[:, 1] ** 2).sum()
    angle = np.arctan2(2 * b, a - d) / 2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = centred @ turn
    return turned * np.where((turned**3).sum(axis=0) < -1e-6, -1.0, 1.0)


def _weigh_pivots(hops: Points) -> Points:
    """Weight of pivot p for i: those of p's region within half the way, over the distance squared."""
    n, k = hops.shape
    region = np.argmin(hops, axis=1)
    weights = np.zeros((n, k))
    for p in range(k):
        own = np.sort(hops[region == p, p])
        half = np.searchsorted(own, hops[:, p] / 2, side="right")
        far = hops[:, p] > 1  # partners have a term of their own
        weights[far, p] = half[far] / hops[far, p] ** 2
    return weights


def _sum_wishes(own: Points, others: Points, distances: Points, weights: Points) -> Points:
    """Sum over others of weight times the spot at the wished distance from them."""
    lengths = np.maximum(cdist(own, others), 1e-9)
    ratio = weights * distances / lengths
    return weights @ others + ratio.sum(axis=1)[:, None] * own - ratio @ others
