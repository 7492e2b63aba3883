"""Against chance: QAP correlation, MRQAP regression, CUG tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..groups.mixing import PERMUTATIONS, SEED, two_sided
from ..missing.imputation import list_unknown_cells
from ..whole.shape import (
    count_dyads,
    measure_density,
    measure_reciprocity,
    measure_transitivity,
)

MOST_DENSE = 1500  # organizations up to which whole matrices are regressed

STATISTICS: dict[str, Callable[[Layer], float]] = {
    "transitivity": measure_transitivity,
    "reciprocity": measure_reciprocity,
    "density": measure_density,
}
CONDITIONS = ("ties", "size", "dyads")


def correlate_layers(
    first: Layer, second: Layer, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> dict[str, float]:
    """Say whether two layers over the same organizations go together (QAP).

    Pearson correlation over all cells but the diagonal; chance: the organizations of one layer
    are relabeled, which keeps its whole structure.

    Returns
    -------
    dict
        ``correlation``, ``expected`` (mean over the permutations), ``p`` (two-sided); NaN where a
        layer does not vary; without permutations only the correlation is given.

    Raises
    ------
    UsageError
        The layers do not have the same organizations in the same order.

    References
    ----------
    Krackhardt (1988), doi:10.1016/0378-8733(88)90004-4.
    """
    _check_same(first, second)
    random = np.random.default_rng(seed)
    observed = correlate_matrices(first.matrix, second.matrix)
    if np.isnan(observed) or not permutations:
        return {"correlation": observed, "expected": float("nan"), "p": float("nan")}
    deal = _deal_products(first.matrix, second.matrix)
    draws = np.array([deal(random.permutation(first.n)) for _ in range(permutations)])
    return {
        "correlation": observed,
        "expected": float(draws.mean()),
        "p": two_sided(observed, draws),
    }


def _deal_products(
    first: sparse.csr_array, second: sparse.csr_array
) -> Callable[[IntArray], float]:
    """Give the correlation with the second matrix relabeled; only its cells with ties are moved.

    Relabeling keeps means and spreads, so that the sum of products is all that changes.
    """
    n, cells = first.shape[0], first.shape[0] * (first.shape[0] - 1)
    keys = np.repeat(np.arange(n), np.diff(first.indptr)) * n + first.indices
    row, column = second.tocoo().coords
    means = first.data.sum() / cells, second.data.sum() / cells
    squares = (first.data**2).sum() / cells, (second.data**2).sum() / cells
    spread = np.sqrt((squares[0] - means[0] ** 2) * (squares[1] - means[1] ** 2))

    def correlate(dealt: IntArray) -> float:
        moved = dealt[row] * n + dealt[column]
        place = np.minimum(np.searchsorted(keys, moved), len(keys) - 1)
        met = np.where(keys[place] == moved, first.data[place], 0.0)
        return float((met @ second.data / cells - means[0] * means[1]) / spread)

    return correlate


def _check_same(first: Layer, *others: Layer) -> None:
    for other in others:
        if not first.ids.equals(other.ids):
            raise UsageError(
                f"layers: found {other.n} and {first.n} organizations that are not the same. "
                "Layers are compared over the same organizations in the same order. "
                "Build both from one network."
            )


def correlate_matrices(first: sparse.csr_array, second: sparse.csr_array) -> float:
    """Pearson correlation over the cells off the diagonal; NaN where one does not vary."""
    cells = first.shape[0] * (first.shape[0] - 1)
    if not cells:
        return float("nan")
    mean_1, mean_2 = first.data.sum() / cells, second.data.sum() / cells
    both = float(first.multiply(second).sum()) / cells - mean_1 * mean_2
    spread_1 = (first.data**2).sum() / cells - mean_1**2
    spread_2 = (second.data**2).sum() / cells - mean_2**2
    if spread_1 <= 1e-15 or spread_2 <= 1e-15:
        return float("nan")
    return float(both / np.sqrt(spread_1 * spread_2))


def regress_layers(
    outcome: Layer,
    predictors: dict[str, Layer],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Say which layers explain another one, each beside the others (MRQAP).

    Ordinary least squares over the cells off the diagonal, tested by double semi-partialling: of
    each predictor only what the others do not explain is permuted, and the t value is compared.
    Cells of the outcome of which nothing is known, because nobody who could tell has answered, are
    left out; without arrows every pair is one cell.

    Returns
    -------
    DataFrame
        Indexed by predictor (and ``(constant)``): ``coefficient``, ``t``, ``p`` (two-sided; NaN
        for the constant).

    Raises
    ------
    UsageError
        Other organizations, no predictor, or more than 1,500 organizations.

    References
    ----------
    Dekker, Krackhardt & Snijders (2007), doi:10.1007/s11336-007-9016-1.
    """
    _check_same(outcome, *predictors.values())
    if not predictors or not 3 <= outcome.n <= MOST_DENSE:
        raise UsageError(
            f"predictors: found {len(predictors):,} and {outcome.n} organizations. Allowed are at "
            f"least one predictor, and 3 to {MOST_DENSE} organizations. Take a subnetwork."
        )
    arrows = any(layer.directed for layer in (outcome, *predictors.values()))
    cells = np.ones((outcome.n, outcome.n), dtype=bool)
    cells = cells & ~np.eye(outcome.n, dtype=bool) if arrows else np.triu(cells, 1)
    known = ~mark_unknown(outcome)[cells]
    y = outcome.matrix.toarray()[cells][known]
    matrices = [layer.matrix.toarray()[cells] for layer in predictors.values()]
    design = np.stack([np.ones(len(known)), *matrices])
    coefficients, t_values = _fit(design[:, known], y)
    random = np.random.default_rng(seed)
    p_values = [float("nan")]
    for k in range(1, len(design)):
        draws = _permute_rest(design, y, k, (cells, known), permutations, random)
        p_values.append(two_sided(float(t_values[k]), draws))
    columns = {"coefficient": coefficients, "t": t_values, "p": p_values}
    return pd.DataFrame(columns, index=pd.Index(["(constant)", *predictors], name="predictor"))


def mark_unknown(layer: Layer) -> BoolArray:
    """Mark the cells of which nothing is known, shape (n, n)."""
    unknown = np.zeros((layer.n, layer.n), dtype=bool)
    row, column = list_unknown_cells(layer)
    unknown[row, column] = True
    return unknown if layer.directed else unknown | unknown.T


def _permute_rest(
    design: FloatArray,
    y: FloatArray,
    k: int,
    where: tuple[BoolArray, BoolArray],
    permutations: int,
    random: np.random.Generator,
) -> FloatArray:
    """t values of predictor k once what the others leave of it is permuted.

    `where`: which cells of the matrix are compared, and which of those are known. The coefficient
    of one predictor beside others is that of what the others leave of it, and so is its t (Frisch,
    Waugh & Lovell): one projection a draw, instead of a whole regression.
    """
    cells, known = where
    n, freedom = len(cells), max(len(y) - len(design), 1)
    others = _orthogonalize(np.delete(design[:, known], k, axis=0))
    left = _take_out(others, y)
    rest = np.zeros((n, n))
    rest[cells] = _take_out(_orthogonalize(np.delete(design, k, axis=0)), design[k])
    if not cells[1, 0]:  # without arrows only the upper cells are compared
        rest += rest.T
    row, column = (ends[known] for ends in np.nonzero(cells))
    flat, unexplained = rest.ravel(), _sum_products(left, left)
    draws = np.empty(permutations)
    for draw in range(permutations):
        order = random.permutation(n)
        dealt = _take_out(others, flat[order[row] * n + order[column]])
        own = max(_sum_products(dealt, dealt), 1e-300)
        coefficient = _sum_products(dealt, left) / own
        error = max(unexplained - coefficient**2 * own, 0.0) / freedom
        draws[draw] = coefficient / np.sqrt(max(error / own, 1e-300))
    return draws


def _orthogonalize(rows: FloatArray) -> FloatArray:
    """Give orthonormal rows that span the same; rows that add nothing are dropped."""
    kept = np.empty((0, rows.shape[1]))
    for row in rows:
        left = _take_out(kept, _take_out(kept, row))  # twice: the first leaves rounding behind
        size = np.sqrt(_sum_products(left, left))
        if size > 1e-9 * np.sqrt(_sum_products(row, row)):
            kept = np.vstack([kept, left / size])
    return kept


def _take_out(rows: FloatArray, values: FloatArray) -> FloatArray:
    """What orthonormal rows leave of some values."""
    return values - np.einsum("kn,k->n", rows, np.einsum("kn,n->k", rows, values))


def _sum_products(first: FloatArray, second: FloatArray) -> float:
    """Not by BLAS, whose sums change with the number of cores."""
    return float((first * second).sum())


def _fit(design: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients and t values of ordinary least squares; a row of the design a predictor."""
    inverse = np.linalg.pinv(np.einsum("kn,mn->km", design, design))
    coefficients = inverse @ np.einsum("kn,n->k", design, y)
    left = y - np.einsum("kn,k->n", design, coefficients)
    variance = _sum_products(left, left) / max(len(y) - len(design), 1)
    error = np.sqrt(np.maximum(variance * np.diag(inverse), 1e-300))
    return coefficients, coefficients / error


def compare_with_chance(
    layer: Layer,
    statistic: str = "transitivity",
    *,
    conditioning: str = "ties",
    draws: int = PERMUTATIONS,
    seed: int = SEED,
) -> dict[str, float]:
    """Say whether a property of the network is more than its size and ties bring about (CUG).

    Parameters
    ----------
    layer : Layer
        The graph; strengths are not used.
    statistic : {"transitivity", "reciprocity", "density"}
        What is compared.
    conditioning : {"ties", "size", "dyads"}
        What random networks share with this one: the number of ties; only the number of
        organizations (every tie has chance 1/2, as in R's ``sna::cug.test``); or the numbers of
        mutual, one-way and absent pairs (directed layers).
    draws : int, default 1000
        Random networks.
    seed : int
        Seed of the draws.

    Returns
    -------
    dict
        ``observed``, ``expected`` (mean over the draws), ``p`` (two-sided).

    Raises
    ------
    UsageError
        Statistic or conditioning is unknown, or "dyads" is asked of an undirected layer.

    References
    ----------
    Anderson, Butts & Carley (1999), doi:10.1016/S0378-8733(99)00011-8.
    """
    if statistic not in STATISTICS or conditioning not in CONDITIONS:
        raise UsageError(
            f"statistic, conditioning: found {statistic!r}, {conditioning!r}. Allowed are "
            f"{', '.join(STATISTICS)}, and {', '.join(CONDITIONS)}. Choose among them."
        )
    if conditioning == "dyads" and not layer.directed:
        raise UsageError(
            "conditioning: found 'dyads' for ties without direction. It is for directed layers. "
            "Choose 'ties', or build the layer with directed=True."
        )
    measure = STATISTICS[statistic]
    random = np.random.default_rng(seed)
    plain = replace(_known_both_ways(layer) if statistic == "reciprocity" else layer, survey=None)
    values = [measure(_draw_layer(plain, conditioning, random)) for _ in range(draws)]
    observed = measure(plain)
    return {
        "observed": observed,
        "expected": float(np.mean(values)),
        "p": two_sided(observed, np.array(values)),
    }


def _known_both_ways(layer: Layer) -> Layer:
    """Give the part of the layer in which every arc and its return are known."""
    if layer.survey is None:
        return layer
    told = layer.survey.roster
    matrix = sparse.csr_array(layer.matrix[told][:, told])
    return replace(layer, ids=layer.ids[told], names=layer.names[told], matrix=matrix)


def _draw_layer(layer: Layer, conditioning: str, random: np.random.Generator) -> Layer:
    """Draw a random network that shares what is conditioned on."""
    n = layer.n
    if conditioning == "ties":
        return _draw_ties(layer, random)
    upper = np.stack(np.triu_indices(n, 1))
    if conditioning == "dyads":
        mutual, one_way, _ = count_dyads(layer)
        chosen = upper[:, random.permutation(upper.shape[1])[: mutual + one_way]]
        turn = random.random(mutual + one_way) < 0.5
        forward = np.where(turn, chosen, chosen[::-1])
        both = chosen[:, :mutual]
        ties = np.concatenate([forward[:, mutual:], both, both[::-1]], axis=1)
        return _make_layer(layer, ties)
    cells = np.concatenate([upper, upper[::-1]], axis=1) if layer.directed else upper
    ties = cells[:, random.random(cells.shape[1]) < 0.5]
    return _make_layer(layer, ties if layer.directed else np.concatenate([ties, ties[::-1]], 1))


def _draw_ties(layer: Layer, random: np.random.Generator) -> Layer:
    """Draw a network with as many ties, without listing all cells."""
    n, k = layer.n, layer.n_ties
    if layer.directed:
        cell = (
            random.choice(n * (n - 1), k, replace=False, shuffle=False) if k else np.zeros(0, int)
        )
        row, column = cell // max(n - 1, 1), cell % max(n - 1, 1)
        return _make_layer(layer, np.stack([row, column + (column >= row)]))
    cell = (
        random.choice(n * (n - 1) // 2, k, replace=False, shuffle=False) if k else np.zeros(0, int)
    )
    column = np.arange(n, dtype=np.int64)
    start = column * (column - 1) // 2  # cells (0, j), (1, j), ... stand from here
    later = np.searchsorted(start, cell, side="right") - 1
    row = cell - start[later] if k else cell
    ties = np.stack([row, later])
    return _make_layer(layer, np.concatenate([ties, ties[::-1]], axis=1))


def _make_layer(layer: Layer, ties: Sequence[npt.NDArray] | npt.NDArray) -> Layer:
    row, column = (np.asarray(end, dtype=np.int32) for end in ties)
    matrix = sparse.csr_array((np.ones(len(row)), (row, column)), shape=layer.matrix.shape)
    matrix.sort_indices()
    return replace(layer, matrix=matrix)
