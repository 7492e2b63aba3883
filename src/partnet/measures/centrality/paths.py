"""Measures over shortest paths: betweenness, closeness and harmonic closeness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.arrays import FloatArray, Int32Array, as_unsigned, get_rows, transpose
from ...facts.graph.layers import Layer
from ..kernels.paths import LANES, WORDS, add_betweenness, spread_bits
from ..kernels.weighted_paths import add_weighted_paths
from ..parallel import run_ranges
from .reduction import fold_sources


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near every organization is to all others, by position.

    Attributes
    ----------
    reached : array
        Number of others that have a path to the organization.
    farness : array
        Sum of their distances.
    harmonic : array
        Sum of 1 / distance over the others, divided by n - 1: 1 is tied to all, 0 to nobody.
    longest : float
        The longest of all shortest distances (the diameter of the parts); 0 without ties.
    sources : int32 array or None
        Positions from which steps were counted; ``None`` if all. The other values are estimates
        then, and `longest` is the longest found.
    error : array or None
        Standard error of `harmonic`; ``None`` if exact.
    """

    reached: FloatArray
    farness: FloatArray
    harmonic: FloatArray
    longest: float
    sources: Int32Array | None = None
    error: FloatArray | None = None

    @property
    def closeness(self) -> FloatArray:
        """Inverse mean distance, times the share of the others that are reached.

        ``(r / farness) * (r / (n - 1))``: Wasserman and Faust's correction for networks in parts;
        the classic closeness where the network is connected; 0 for an isolate.
        """
        others = max(len(self.reached) - 1, 1)
        mean = np.divide(
            self.reached, self.farness, out=np.zeros_like(self.farness), where=self.farness > 0
        )
        return mean * self.reached / others


def measure_betweenness(layer: Layer, *, workers: int | None = None) -> FloatArray:
    """Say how often each organization is on a shortest path between two others.

    ``sum over pairs s, t of (shortest paths s-t through v) / (shortest paths s-t)``, divided by
    the number of pairs without v, ``(n - 1)(n - 2)`` ordered ones. Strengths are not used.

    Parameters
    ----------
    layer : Layer
        The graph; along the arrows if it is directed.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    array, shape (n,)
        Between 0 and 1 by position; 0 for everybody where there are fewer than 3 organizations.

    References
    ----------
    Freeman (1977), doi:10.2307/3033543. Brandes (2001), doi:10.1080/0022250X.2001.9990249.
    """
    fold = fold_sources(layer.binary, directed=layer.directed)
    parts = count_betweenness(layer, fold.sources, weights=fold.weights, workers=workers)
    sums = add_parts([part for part, _ in parts], (layer.n,))
    return _normalize_pairs(fold.unfold(sums), layer.n)


def count_betweenness(
    layer: Layer,
    sources: Int32Array,
    *,
    weights: FloatArray | None = None,
    workers: int | None = None,
) -> list[tuple[FloatArray, int]]:
    """Count the paths from some sources through everybody, range by range.

    Parameters
    ----------
    layer : Layer
        The graph.
    sources : int32 array
        Positions from which ways are counted.
    weights : array, shape (n,), optional
        How often the paths from a position count; default once.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    list of (array of shape (n,), int)
        Sums over the sources of a range, and how many they are.
    """
    indptr, indices = as_unsigned(*get_rows(layer.matrix)[:2])
    batches = -(-len(sources) // LANES)
    counted = np.zeros(batches * LANES)
    counted[: len(sources)] = 1.0 if weights is None else weights[sources]

    def work(first: int, last: int) -> tuple[FloatArray, int]:
        betweenness = np.zeros(layer.n)
        add_betweenness(indptr, indices, sources, counted, first, last, betweenness)
        return betweenness, min(last * LANES, len(sources)) - first * LANES

    steps = 2.0 * len(sources) * layer.matrix.nnz
    return run_ranges(work, batches, steps=steps, workers=workers)


def measure_closeness(
    layer: Layer, *, sources: Int32Array | None = None, workers: int | None = None
) -> Closeness:
    """Say how near each organization is to all others, counting steps.

    If the layer is directed, the paths lead *to* the organization, as in networkx.

    Parameters
    ----------
    layer : Layer
        The graph.
    sources : int32 array, optional
        Positions from which steps are counted, drawn at random; the measures are then estimates.
    workers : int, optional
        Threads; the result does not depend on it.

    References
    ----------
    Eppstein & Wang (2004), doi:10.7155/jgaa.00081 (estimates from some sources).
    Freeman (1978), doi:10.1016/0378-8733(78)90021-7.
    Marchiori & Latora (2000), doi:10.1016/S0378-4371(00)00311-3.
    Then et al. (2014), doi:10.14778/2735496.2735507 (many searches at once, one bit each).
    """
    matrix = transpose(layer.matrix) if layer.directed else layer.matrix
    indptr, indices = as_unsigned(*get_rows(matrix)[:2])
    chosen = np.arange(layer.n, dtype=np.int32) if sources is None else sources
    batches = -(-len(chosen) // (WORDS * 64))

    def work(first: int, last: int) -> tuple[FloatArray, int]:
        sums = np.zeros((4, layer.n))
        spread_bits(indptr, indices, chosen, first, last, sums)
        return sums, min(last * WORDS * 64, len(chosen)) - first * WORDS * 64

    steps = 4.0 * batches * WORDS * layer.matrix.nnz
    parts = run_ranges(work, batches, steps=steps, workers=workers)
    return _sum_up(parts, layer.n, sources)


def measure_weighted_paths(
    layer: Layer, *, workers: int | None = None
) -> tuple[FloatArray, Closeness]:
    """Give betweenness and closeness where a strong tie is a short path: length 1 / strength.

    Paths whose lengths differ by less than 1e-9 of their length count as equally long. The
    definitions are those of :func:`measure_betweenness` and :func:`measure_closeness`.

    Parameters
    ----------
    layer : Layer
        The graph; its strengths become lengths here, never before.
    workers : int, optional
        Threads; the result does not depend on it.

    References
    ----------
    Newman (2001), doi:10.1103/PhysRevE.64.016132. Brandes (2001),
    doi:10.1080/0022250X.2001.9990249.
    """
    fold = fold_sources(layer.distance, directed=layer.directed)
    chosen = np.argsort(fold.weights == 0, kind="stable").astype(np.int32)
    parts = count_weighted_paths(layer, chosen, weights=fold.weights, workers=workers)
    sums = add_parts([part for part, _ in parts], (5, layer.n))
    return _normalize_pairs(fold.unfold(sums[0]), layer.n), sum_up_weighted(parts, layer.n)


def count_weighted_paths(
    layer: Layer,
    sources: Int32Array,
    *,
    weights: FloatArray | None = None,
    workers: int | None = None,
) -> list[tuple[FloatArray, int]]:
    """Count the paths by length from some sources, range by range.

    Parameters
    ----------
    layer : Layer
        The graph; its strengths become lengths.
    sources : int32 array
        Positions from which paths are counted.
    weights : array, shape (n,), optional
        How often the paths from a position count for betweenness; default once.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    list of (array of shape (5, n), int)
        What passes through, sources that reach, their distances, 1 / distance and the longest
        distance by position, over the sources of a range; and how many these are.
    """
    indptr, indices, lengths = get_rows(layer.distance)
    nearest = np.full(layer.n, np.inf)
    np.minimum.at(nearest, indices, lengths)
    rows = as_unsigned(indptr, indices)
    batches = -(-len(sources) // LANES)
    counted = np.zeros(batches * LANES)
    counted[: len(sources)] = 1.0 if weights is None else weights[sources]

    def work(first: int, last: int) -> tuple[FloatArray, int]:
        sums = np.zeros((5, layer.n))
        add_weighted_paths(*rows, lengths, nearest, sources, counted, first, last, sums)
        return sums, min(last * LANES, len(sources)) - first * LANES

    steps = 8.0 * len(sources) * layer.matrix.nnz
    return run_ranges(work, batches, steps=steps, workers=workers)


def sum_up_weighted(
    parts: list[tuple[FloatArray, int]], n: int, *, sources: Int32Array | None = None
) -> Closeness:
    """Give closeness from what :func:`count_weighted_paths` counted; from sources, estimated."""
    return _sum_up([(part[1:], size) for part, size in parts], n, sources)


def _sum_up(parts: list[tuple[FloatArray, int]], n: int, sources: Int32Array | None) -> Closeness:
    """Sum sources that reach, their distances and 1 / distance over parts; the longest of all."""
    longest = max((float(part[3].max()) for part, _ in parts), default=0.0)
    sums = add_parts([part for part, _ in parts], (4, n))
    if sources is None:
        return Closeness(sums[0], sums[1], sums[2] / max(n - 1, 1), longest)
    sums[:3] *= _weigh_sources(sources, n)
    _, error = estimate_mean([(part[2], size) for part, size in parts], n)
    return Closeness(sums[0], sums[1], sums[2] / max(n - 1, 1), longest, sources, error)


def _weigh_sources(sources: Int32Array, n: int) -> FloatArray:
    """For how many others each of the sources stands, by position; none is another to itself."""
    others = len(sources) - np.bincount(sources, minlength=n)
    return (n - 1) / np.maximum(others, 1)


def _normalize_pairs(betweenness: FloatArray, n: int) -> FloatArray:
    """Divide by the number of ordered pairs that do not hold the vertex itself."""
    return betweenness / ((n - 1) * (n - 2)) if n > 2 else np.zeros(n)


def estimate_mean(parts: list[tuple[FloatArray, int]], n: int) -> tuple[FloatArray, FloatArray]:
    """Give the mean over sources drawn of n, and its standard error by the spread of their batches.

    Parameters
    ----------
    parts : list of (array, int)
        Sums over the sources of a batch, and how many these are.
    n : int
        From how many the sources were drawn without replacement.
    """
    sizes = np.array([size for _, size in parts], dtype=float)
    means = np.array([part / size for part, size in parts])
    s = int(sizes.sum())
    mean = add_parts([part for part, _ in parts], (n,)) / s
    # One batch only where it holds every source, and then nothing is estimated.
    batches = max(len(parts) - 1, 1)
    spread = (sizes[:, None] * (means - mean) ** 2).sum(axis=0) / batches
    return mean, np.sqrt(spread / s * (1.0 - s / n))


def add_parts(parts: list[FloatArray], shape: tuple[int, ...]) -> FloatArray:
    """Add partial sums in their order."""
    total = np.zeros(shape)
    for part in parts:
        total += part
    return total
