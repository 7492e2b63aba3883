"""The shape of the network as a whole: density, distances, parts, triangles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ...core.arrays import NAN, as_unsigned, get_rows, label_components, transpose
from ...facts.graph.layers import Layer
from ..centrality.paths import Closeness, measure_closeness
from ..kernels.cohesion import count_triangles, point_upwards
from ..parallel import run_ranges


@dataclass(frozen=True, slots=True)
class Distances:
    """Mean number of steps between two that are linked, and the longest of the shortest paths.

    Both are NaN where nobody is linked.
    """

    mean: float
    diameter: float


def measure_density(layer: Layer) -> float:
    """Give the share of cells with a tie, among the cells whose answer is known.

    Cells are pairs, or arcs if directed. NaN with fewer than two organizations.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478.
    """
    return layer.n_ties / layer.observed_cells if layer.observed_cells else NAN


def measure_reciprocity(layer: Layer) -> float:
    """Give the share of arcs that are answered by one in return, where the return is known.

    Arcs i -> j with an arc j -> i, over all arcs i -> j whose target answered from a roster. That
    a target is silent says nothing about its side. Whether a return counts as known depends on who
    answered, never on what is on file, which would count answered arcs only. NaN without
    directions, or where no return is known.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478.
    """
    if not layer.directed or not layer.matrix.nnz:
        return NAN
    told = np.ones(layer.n) if layer.survey is None else layer.survey.roster.astype(float)
    arcs = float((layer.binary @ told).sum())
    mutual = float((layer.binary.multiply(transpose(layer.binary)) @ told).sum())
    return mutual / arcs if arcs else NAN


def measure_transitivity(layer: Layer) -> float:
    """Say how often two partners of one organization are partners of each other.

    3 x triangles / connected triples; direction is ignored. 0 without connected triples.

    References
    ----------
    Newman, Strogatz & Watts (2001), doi:10.1103/PhysRevE.64.026118.
    """
    degree = np.diff(layer.symmetric.indptr).astype(float)
    triples = float((degree * (degree - 1)).sum()) / 2
    return float(count_triangles_through(layer).sum()) / triples if triples else 0.0


def count_triangles_through(layer: Layer, *, workers: int | None = None) -> np.ndarray:
    """Count the triangles through each organization, by position; direction is ignored."""
    indptr, indices, _ = get_rows(layer.symmetric)
    indptr, indices = point_upwards(indptr, indices)
    rows = as_unsigned(indptr, indices)

    def work(first: int, last: int) -> np.ndarray:
        triangles = np.zeros(layer.n, np.int64)
        count_triangles(*rows, first, last, triangles)
        return triangles

    steps = len(indices) * np.sqrt(
        2.0 * len(indices)
    )  # nobody has more arcs upwards than that root
    parts = run_ranges(work, layer.n, steps=steps, workers=workers, exact=True)
    return sum(parts, np.zeros(layer.n, np.int64))


def measure_distances(layer: Layer) -> Distances:
    """Give mean distance and diameter over the pairs that are linked, in steps.

    References
    ----------
    Wasserman & Faust (1994), doi:10.1017/CBO9780511815478.
    """
    return sum_up_distances(measure_closeness(layer))


def sum_up_distances(near: Closeness) -> Distances:
    """Give mean distance and diameter from the closeness of everybody."""
    linked = near.reached.sum()
    if not linked:
        return Distances(NAN, NAN)
    return Distances(float(near.farness.sum() / linked), near.longest)


def measure_connectedness(layer: Layer) -> float:
    """Give the share of pairs that are linked by any path (Krackhardt); NaN below two.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley &
    Prietula (eds.), Computational Organization Theory, 89-111.
    """
    if layer.n < 2:
        return NAN
    sizes = np.bincount(label_components(layer.matrix)[1]).astype(float)
    return float((sizes * (sizes - 1)).sum() / (layer.n * (layer.n - 1)))


def measure_efficiency(layer: Layer) -> float:
    """Say how few ties there are beyond what holds the parts together (Krackhardt).

    1 - (ties beyond a tree) / (most possible beyond a tree), summed over the parts; arcs count
    both ways if directed. 1 for a tree; NaN where no part has three organizations.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley &
    Prietula (eds.), Computational Organization Theory, 89-111.
    """
    sizes = np.bincount(label_components(layer.matrix)[1]).astype(float) if layer.n else np.zeros(0)
    cells = sizes * (sizes - 1) * (1.0 if layer.directed else 0.5)
    most = float((cells - (sizes - 1)).sum())
    return 1.0 - (layer.n_ties - float((sizes - 1).sum())) / most if most > 0 else NAN


def measure_hierarchy(layer: Layer, near: Closeness | None = None) -> float:
    """Say in how many pairs that are linked the arrows lead one way only (Krackhardt).

    1 - (pairs with paths both ways) / (pairs with a path at least one way): 0 where everybody who
    can be reached can answer, 1 where nobody can. NaN without directions or ties.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley &
    Prietula (eds.), Computational Organization Theory, 89-111.
    """
    if not layer.directed or not layer.matrix.nnz:
        return NAN
    _, labels = label_components(layer.matrix, strong=True)
    sizes = np.bincount(labels).astype(float)
    both = float((sizes * (sizes - 1)).sum()) / 2
    near = near or measure_closeness(layer)
    reached = float(near.reached.sum())  # ordered pairs with a path
    if reached <= both:  # an estimate that cannot be
        return NAN
    return max(1.0 - both / (reached - both), 0.0)


def count_dyads(layer: Layer) -> tuple[int, int, int]:
    """Count mutual, one-way and absent pairs of a directed layer.

    References
    ----------
    Holland & Leinhardt (1970), doi:10.1086/224954.
    """
    mutual = int(layer.binary.multiply(transpose(layer.binary)).sum()) // 2
    one_way = layer.matrix.nnz - 2 * mutual
    return mutual, one_way, layer.n * (layer.n - 1) // 2 - mutual - one_way


def list_pairs(layer: Layer) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give source, target and strength of every tie; each pair once if not directed."""
    matrix = layer.matrix if layer.directed else sparse.triu(layer.matrix, k=1)
    coo = sparse.coo_array(matrix)
    source, target = coo.coords
    order = np.lexsort((target, source))
    return source[order], target[order], coo.data[order]
