"""The split into a core and a periphery: exact for small networks, best of several starts above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import NAN, BoolArray, FloatArray, get_rows
from ...facts.graph.layers import Layer
from ..kernels.core_periphery import climb, sweep, try_every_core
from .cohesion import measure_coreness

IDEALS = ("core tied to all", "core tied to core")
MOST_EXACT = 24  # organizations up to which every core is tried: 17 million, under a second
MOST_CLIMBED = 1000  # organizations up to which cores are improved from many starts
FEWEST_STARTS, MOST_STARTS = 8, 64  # random cores; more in smaller networks, 10,000 / n
SEED = 20261124
DIGITS = 9  # of a fit; cores that differ by less fit as well
EXACT, HEURISTIC = "exact", "heuristic, best of several starts"


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """The best split into a core and a periphery under one ideal pattern.

    Attributes
    ----------
    ideal : {"core tied to all", "core tied to core"}
        In the first, every core organization is tied to everybody; in the second, ties between
        core and periphery are not judged. In both, the periphery has no ties within.
    correlation : float
        Correlation of the ties with the ideal, over the cells that are judged; NaN where no split
        has one.
    core : bool array
        Who is in the core; nobody where no split has a correlation.
    search : str
        "exact" where every core was tried, else "heuristic, best of several starts".
    """

    ideal: str
    correlation: float
    core: BoolArray
    search: str


def split_core(layer: Layer, *, ideal: str = "core tied to all") -> CorePeriphery:
    """Split the network into a core and a periphery (Borgatti and Everett).

    The core whose ideal pattern correlates best with the ties. With at most 24 organizations every
    core is tried. Above, it is a heuristic: cores of the k best tied, of the k deepest by coreness
    and random ones are improved by single moves in and out until none helps (Kernighan & Lin), and
    the best is kept; beyond 1,000 organizations only the first two, by plain moves. Direction and
    strengths are not used. Equal cores: the smaller one, then the one of lower ids, so that the
    order of the rows does not matter.

    A correlation is not defined where the ties, or the ideal pattern, do not vary: no core is then
    given, as in complete networks, and for a path of three under "core tied to core".

    Parameters
    ----------
    layer : Layer
        The graph.
    ideal : {"core tied to all", "core tied to core"}
        The ideal pattern.

    References
    ----------
    Borgatti & Everett (2000), doi:10.1016/S0378-8733(99)00019-2. Kernighan & Lin (1970),
    doi:10.1002/j.1538-7305.1970.tb01770.x.
    """
    order = np.argsort(layer.ids.to_numpy(dtype=str), kind="stable")
    matrix = sparse.csr_array(layer.symmetric[order][:, order])
    matrix.sort_indices()
    exact = layer.n <= MOST_EXACT
    if layer.n < 3 or not matrix.nnz:
        return CorePeriphery(ideal, NAN, np.zeros(layer.n, dtype=bool), EXACT)
    only_core = ideal == "core tied to core"
    value, found = _try_all(matrix, only_core) if exact else _try_starts(matrix, only_core)
    core = np.zeros(layer.n, dtype=bool)
    core[order] = found
    return CorePeriphery(ideal, value, core, EXACT if exact else HEURISTIC)


def correlate_core(layer: Layer, core: npt.ArrayLike, *, ideal: str = "core tied to all") -> float:
    """Give the correlation of the ties with the ideal pattern of a given core.

    NaN where the ties, or the pattern, do not vary over the cells that are judged.

    References
    ----------
    Borgatti & Everett (2000), doi:10.1016/S0378-8733(99)00019-2.
    """
    inside = np.asarray(core, dtype=bool)
    matrix = layer.symmetric
    row, column = matrix.tocoo().coords
    within = float((inside[row] & inside[column]).sum()) / 2
    outside = float((~inside[row] & ~inside[column]).sum()) / 2
    size, n = float(inside.sum()), float(layer.n)
    inner, outer = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    if ideal == "core tied to core":
        cells, ones, hits = inner + outer, inner, within
    else:
        cells = n * (n - 1) / 2
        ones, hits = cells - outer, matrix.nnz / 2 - outside
    ties = hits + outside
    spread = ones * (cells - ones) * ties * (cells - ties)
    return float((cells * hits - ones * ties) / np.sqrt(spread)) if spread > 0 else NAN


def is_only_core(layer: Layer, core: npt.ArrayLike, *, ideal: str = "core tied to all") -> bool:
    """Tell whether no core that differs by one organization, or by two that swap, fits as well.

    Beyond 1,000 organizations none is looked for.
    """
    inside = np.asarray(core, dtype=bool)
    if layer.n > MOST_CLIMBED or not inside.any():
        return True
    matrix = layer.symmetric.toarray() > 0
    to_core = (matrix[:, inside]).sum(axis=1)
    degree = matrix.sum(axis=1)
    to_rest = degree - to_core
    out, held = np.flatnonzero(~inside), np.flatnonzero(inside)
    tied = matrix[np.ix_(out, held)]
    within = to_core[out][:, None] - tied - to_core[held][None, :]
    outside = to_rest[held][None, :] - tied - to_rest[out][:, None]
    if ideal != "core tied to core":
        within = np.zeros_like(within)
    if ((within == 0) & (outside == 0)).any():
        return False
    value = round(correlate_core(layer, inside, ideal=ideal), DIGITS)
    changed = np.repeat(inside[None, :], layer.n, axis=0)
    np.fill_diagonal(changed, ~inside)
    return all(round(correlate_core(layer, one, ideal=ideal), DIGITS) != value for one in changed)


def _try_all(matrix: sparse.csr_array, only_core: bool) -> tuple[float, BoolArray]:
    n = matrix.shape[0]
    bits = np.zeros(n, np.int64)
    row, column = matrix.tocoo().coords
    np.bitwise_or.at(bits, row, np.int64(1) << column.astype(np.int64))
    best, mask = try_every_core(bits, only_core)
    chosen = (int(mask) >> np.arange(n)) & 1 == 1
    return (float(best), chosen) if best > -2 else (NAN, np.zeros(n, dtype=bool))


def _try_starts(matrix: sparse.csr_array, only_core: bool) -> tuple[float, BoolArray]:
    indptr, indices, _ = get_rows(matrix)
    improve = climb if matrix.shape[0] <= MOST_CLIMBED else sweep
    best: tuple[float, int, BoolArray] | None = None
    for start in _list_starts(matrix, only_core):
        core = start.copy()
        value = float(improve(indptr, indices, core, only_core))
        if value < -2:
            continue
        found = (-round(value, 9), int(core.sum()), core)
        if best is None or found[:2] < best[:2]:
            best = found
    if best is None:
        return NAN, np.zeros(matrix.shape[0], dtype=bool)
    return -best[0], best[2]


def _list_starts(matrix: sparse.csr_array, only_core: bool) -> Iterator[BoolArray]:
    """Best prefixes by ties and by coreness; in networks of a usual size also random cores."""
    n = matrix.shape[0]
    degree = np.diff(matrix.indptr).astype(np.int64)
    depth = measure_coreness(_plain_layer(matrix))
    for ranked in (np.argsort(-degree, kind="stable"), np.lexsort((-degree, -depth))):
        values = _correlate_prefixes(matrix, degree, ranked, only_core)
        core = np.zeros(n, dtype=bool)
        core[ranked[: int(np.argmax(np.round(values, 9))) + 1]] = True
        yield core
    if n > MOST_CLIMBED:
        return
    random = np.random.default_rng(SEED)
    for _ in range(int(np.clip(10_000 // n, FEWEST_STARTS, MOST_STARTS))):
        yield random.random(n) < random.uniform(0.05, 0.6)


def _plain_layer(matrix: sparse.csr_array) -> Layer:
    ids = pd.RangeIndex(matrix.shape[0]).astype("str")
    return Layer(ids, pd.Series(ids, index=ids), matrix)


def _correlate_prefixes(
    matrix: sparse.csr_array, degree: npt.NDArray, order: npt.NDArray, only_core: bool
) -> FloatArray:
    """Correlation for cores of the first 1, 2, …, n - 1 organizations; -9 where there is none."""
    n = len(order)
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    row, column = matrix.tocoo().coords
    later = np.maximum(rank[row], rank[column])
    within = np.cumsum(np.bincount(later, minlength=n))[: n - 1] / 2.0  # core-core ties
    touching = np.cumsum(degree[order])[: n - 1] - within  # ties with an end in the core
    size = np.arange(1, n, dtype=float)
    outside = len(row) / 2.0 - touching  # periphery-periphery ties
    inner, outer = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    cells = inner + outer if only_core else np.full(n - 1, n * (n - 1) / 2)
    hits = within if only_core else touching
    ones, ties = cells - outer, hits + outside
    spread = ones * (cells - ones) * ties * (cells - ties)
    safe = np.sqrt(np.where(spread > 0, spread, 1.0))
    return np.where(spread > 0, (cells * hits - ones * ties) / safe, -9.0)
