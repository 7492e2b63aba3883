"""Ranges of scores and ranks over plausible networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..core.arrays import BoolArray, FloatArray, IntArray
from ..core.errors import UsageError
from ..facts.layers import Layer
from .cohesion import measure_coreness
from .paths import measure_betweenness, measure_closeness
from .ranking import DIGITS
from .spectral import measure_eigenvector, measure_pagerank
from .structural_holes import measure_structural_holes

TAILS = (0.05, 0.95)  # nine in ten plausible networks are between

Score = Callable[[Layer], npt.NDArray]

SCORES: Mapping[str, Score] = {
    "degree": lambda layer: _count_partners(layer),
    "betweenness": measure_betweenness,
    "closeness": lambda layer: measure_closeness(layer).closeness,
    "harmonic": lambda layer: measure_closeness(layer).harmonic,
    "eigenvector": measure_eigenvector,
    "pagerank": measure_pagerank,
    "coreness": measure_coreness,
    "effective_size": lambda layer: _measure_effective_size(layer),
}


def _count_partners(layer: Layer) -> FloatArray:
    """Partners; ties received if directed."""
    return np.bincount(layer.matrix.indices, minlength=layer.n).astype(float)


def _measure_effective_size(layer: Layer) -> FloatArray:
    return measure_structural_holes(layer)["effective_size"].fillna(0.0).to_numpy()


def choose_scores(measures: Sequence[str]) -> dict[str, Score]:
    """Give the functions of named measures.

    Raises
    ------
    UsageError
        A measure is unknown.
    """
    unknown = [name for name in measures if name not in SCORES]
    if unknown:
        raise UsageError(
            f"measures: found {unknown[0]!r}. Allowed are {', '.join(SCORES)}. Choose among them."
        )
    return {name: SCORES[name] for name in measures}


def rank_among(values: FloatArray, rivals: BoolArray) -> IntArray:
    """Rank of everybody, 1 for the largest: 1 + the rivals with a larger value.

    Examples
    --------
    >>> rank_among(np.array([3.0, 2.0, 2.0, 1.0]), np.array([False, True, True, True])).tolist()
    [1, 1, 1, 3]
    """
    rounded = np.round(values, DIGITS)
    ordered = np.sort(rounded[rivals])
    return 1 + len(ordered) - np.searchsorted(ordered, rounded, side="right")


def measure_ranges(
    layer: Layer,
    networks: Iterable[Layer],
    scores: Mapping[str, Score],
    rivals: BoolArray,
) -> pd.DataFrame:
    """Give score and rank of every organization on file, and over plausible networks.

    Parameters
    ----------
    layer : Layer
        The graph on file.
    networks : iterable of Layer
        Plausible networks; without any, ranges are NaN.
    scores : mapping of str to function
        From a Layer to scores by position.
    rivals : bool array
        Whom ranks are counted against (everybody but the convener).

    Returns
    -------
    DataFrame
        By organization id, for every measure m: ``m``, ``m_low``, ``m_high`` (nine in ten
        networks are between), ``m_rank``, ``m_rank_low``, ``m_rank_high`` (best and worst rank in
        nine of ten) and ``m_first`` (share of networks with rank 1).
    """
    drawn: dict[str, list[FloatArray]] = {name: [] for name in scores}
    for network in networks:
        for name, measure in scores.items():
            drawn[name].append(np.asarray(measure(network), dtype=float))
    columns: dict[str, npt.NDArray] = {}
    for name, measure in scores.items():
        columns |= _describe_score(name, np.asarray(measure(layer), float), drawn[name], rivals)
    return pd.DataFrame(columns, index=layer.ids)


def _describe_score(
    name: str, value: FloatArray, drawn: Sequence[FloatArray], rivals: BoolArray
) -> dict[str, npt.NDArray]:
    values = np.array(drawn).reshape(len(drawn), len(value))
    ranks = np.array([rank_among(row, rivals) for row in values]).reshape(values.shape)
    low, high = _find_tails(values)
    best, worst = _find_tails(ranks)
    first = (ranks == 1).mean(axis=0) if len(ranks) else np.full(len(value), np.nan)
    return {
        name: value,
        f"{name}_low": low,
        f"{name}_high": high,
        f"{name}_rank": rank_among(value, rivals),
        f"{name}_rank_low": best,
        f"{name}_rank_high": worst,
        f"{name}_first": first,
    }


def _find_tails(drawn: npt.NDArray) -> tuple[FloatArray, FloatArray]:
    """Values that occur, so that ranks stay whole numbers: the outer ones of nine in ten."""
    if not drawn.shape[0]:
        return np.full(drawn.shape[1], np.nan), np.full(drawn.shape[1], np.nan)
    low = np.quantile(drawn, TAILS[0], axis=0, method="lower")
    return low.astype(float), np.quantile(drawn, TAILS[1], axis=0, method="higher").astype(float)
