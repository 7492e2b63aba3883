"""How far statistics of the whole network would vary: the vertex bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import NAN, FloatArray
from ...facts.graph.layers import Layer
from ...facts.graph.survey import Survey
from ..centrality.paths import measure_betweenness
from ..missing.imputation import SEED, draw_covered_cells
from ..parallel import run_ranges
from ..positions.structural_holes import measure_structural_holes
from ..whole.centralization import centralize_scores
from ..whole.shape import measure_density, measure_reciprocity, measure_transitivity

STEPS_A_TIE = 200.0  # of the statistics together, roughly
DRAWS = 1000  # a standard error is then known to about 2 %
NORMAL = 1.959963984540054  # 97.5 % point of the normal distribution

Statistic = Callable[[Layer], float]


def _mean_partners(layer: Layer) -> float:
    return layer.matrix.nnz / layer.n if layer.n else NAN


def _centralize_degree(layer: Layer) -> float:
    degree = np.diff(layer.symmetric.indptr).astype(float)
    return centralize_scores("degree", degree)[0]


def _centralize_betweenness(layer: Layer) -> float:
    return centralize_scores("betweenness", measure_betweenness(layer))[0]


def _mean_constraint(layer: Layer) -> float:
    values = measure_structural_holes(layer)["constraint"].to_numpy()
    return float(values[~np.isnan(values)].mean()) if (~np.isnan(values)).any() else NAN


STATISTICS: Mapping[str, Statistic] = {
    "density": measure_density,
    "mean_partners": _mean_partners,
    "reciprocity": measure_reciprocity,
    "transitivity": measure_transitivity,
    "degree_centralization": _centralize_degree,
    "betweenness_centralization": _centralize_betweenness,
    "mean_constraint": _mean_constraint,
}


def measure_statistics(
    layer: Layer, statistics: Mapping[str, Statistic] = STATISTICS
) -> dict[str, float]:
    """Give statistics of the network as a whole, by name."""
    return {name: float(measure(layer)) for name, measure in statistics.items()}


def bootstrap_network(
    layer: Layer,
    statistics: Mapping[str, Statistic] = STATISTICS,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Say how far statistics of the network would vary among networks like this one.

    Organizations are drawn with replacement, and ties go with them; the cell between two copies
    of one organization takes the value of a cell drawn at random among those that an answer
    covers. The standard error of a statistic is its standard deviation over the draws. It holds
    for statistics of the network, not for ranks of organizations.

    Parameters
    ----------
    layer : Layer
        The graph.
    statistics : mapping of str to function
        From a Layer to a number; default: density, partners on average, reciprocity,
        transitivity, centralization of degree and betweenness, mean constraint.
    draws : int, default 1000
        Bootstrap samples; the standard error is then known to about 2 %.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        Indexed by ``statistic``: ``value``, ``standard_error``, ``low`` and ``high`` (value
        -+ 1.96 standard errors). NaN where a statistic is not defined, or with fewer than three
        organizations.

    References
    ----------
    Snijders & Borgatti (1999), Connections 22(2), 161-170.
    """
    here = layer.present()
    value = pd.Series(measure_statistics(here, statistics), dtype=float)
    drawn = draw_statistics(here, statistics, draws=draws if here.n > 2 else 0, seed=seed)
    error = drawn.std(ddof=1)
    error[value.isna()] = NAN
    table = pd.DataFrame({"value": value, "standard_error": error})
    table["low"], table["high"] = value - NORMAL * error, value + NORMAL * error
    return table.rename_axis("statistic")


def draw_statistics(
    layer: Layer,
    statistics: Mapping[str, Statistic],
    *,
    draws: int,
    seed: int = SEED,
    workers: int | None = None,
) -> pd.DataFrame:
    """Measure statistics of bootstrap samples: one row a draw, whatever the number of threads."""

    def work(first: int, last: int) -> list[dict[str, float]]:
        return [
            measure_statistics(resample_layer(layer, (seed, k)), statistics)
            for k in range(first, last)
        ]

    steps = STEPS_A_TIE * draws * max(layer.matrix.nnz, 1)
    drawn = [row for part in run_ranges(work, draws, steps=steps, workers=workers) for row in part]
    return pd.DataFrame(drawn, columns=list(statistics), dtype=float)


def resample_layer(layer: Layer, seed: int | tuple[int, ...]) -> Layer:
    """Draw organizations with replacement, with their ties; n of them, numbered anew.

    Two copies of an organization that did not answer have an unknown cell: it stays empty.
    """
    random = np.random.default_rng(seed)
    chosen = np.sort(random.integers(layer.n, size=layer.n))
    matrix = sparse.csr_array(layer.matrix[chosen][:, chosen])
    told = layer.survey
    survey = told and Survey(told.asked[chosen], told.answered[chosen], told.roster[chosen])
    sampled = replace(layer, ids=pd.RangeIndex(layer.n), matrix=matrix, survey=survey, without=())
    filled = matrix + _tie_copies(layer, sampled, chosen, random)
    filled = sparse.csr_array(filled)
    filled.sort_indices()
    return replace(sampled, matrix=filled)


def _tie_copies(
    layer: Layer, sampled: Layer, chosen: npt.NDArray, random: np.random.Generator
) -> sparse.csr_array:
    """Values of random cells for the cells between copies of one organization."""
    source, target = _list_copies(chosen, layer.directed)
    if layer.survey is not None:
        told = layer.survey.roster[chosen[source]]  # copies answer alike
        source, target = source[told], target[told]
    values = _draw_values(layer, len(source), random)
    row, column = source[values > 0].astype(np.int32), target[values > 0].astype(np.int32)
    values = values[values > 0]
    if not layer.directed:
        row, column = np.concatenate([row, column]), np.concatenate([column, row])
        values = np.concatenate([values, values])
    return sparse.csr_array((values, (row, column)), shape=sampled.matrix.shape)


def _list_copies(chosen: npt.NDArray, directed: bool) -> tuple[npt.NDArray, npt.NDArray]:
    """Cells between copies of one organization; `chosen` is sorted, so copies are together."""
    most = int(np.bincount(chosen).max(initial=1))
    steps = range(1, most)  # copies are together: the d-th next is a copy, or there are none
    found = [np.flatnonzero(chosen[step:] == chosen[:-step]) for step in steps]
    source = np.concatenate([np.zeros(0, np.int64), *found])
    target = np.concatenate(
        [np.zeros(0, np.int64), *(f + d for f, d in zip(found, steps, strict=True))]
    )
    if directed:
        return np.concatenate([source, target]), np.concatenate([target, source])
    return source, target


def _draw_values(layer: Layer, count: int, random: np.random.Generator) -> FloatArray:
    """Strengths (0: no tie) of cells drawn evenly among those that an answer covers."""
    source = target = np.zeros(0, np.int64)
    while len(source) < count:
        more = draw_covered_cells(layer, 2 * count + 8, random)
        source, target = np.concatenate([source, more[0]]), np.concatenate([target, more[1]])
    if not count:
        return np.zeros(0)
    return np.asarray(layer.matrix[source[:count], target[:count]], dtype=float).ravel()
