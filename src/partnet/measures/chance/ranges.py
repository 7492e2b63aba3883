"""Ranges of scores and ranks over plausible networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..centrality.paths import measure_betweenness, measure_closeness
from ..centrality.spectral import measure_eigenvector, measure_pagerank
from ..groups.cohesion import measure_coreness
from ..missing.nonresponse import has_answer_model
from ..positions.structural_holes import measure_structural_holes
from ..ranking import DIGITS

TAILS = (0.05, 0.95)  # nine in ten plausible networks are between
WIDENED: Mapping[str, float] = {  # by how much ranges must be widened; of others none is shown
    "density (arrows)": 1.33,
    "reciprocity (arrows)": 1.14,
    "density": 1.0,
    "transitivity": 1.0,
}
SAME_FACTOR = {"mean_partners": "density"}  # the one is a multiple of the other

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
    low, high = find_ends(values)
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


def find_ends(drawn: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the ends between which nine in ten draws lie, by column.

    Of counts, whose single values hold many draws, the shortest range that holds nine in ten; of
    other scores, without the outer tenth, half of it on each side.
    """
    if not len(drawn) or (drawn != np.round(drawn)).any():
        return _find_tails(drawn)
    ordered = np.sort(drawn, axis=0)
    inside = int(np.ceil((TAILS[1] - TAILS[0]) * len(ordered) - 1e-9))
    first = ordered[: len(ordered) - inside + 1]
    last = ordered[inside - 1 :]
    start = np.argmin(last - first, axis=0)
    column = np.arange(drawn.shape[1])
    return first[start, column], last[start, column]


def _find_tails(drawn: npt.NDArray) -> tuple[FloatArray, FloatArray]:
    """Values that occur, so that ranks stay whole numbers: the outer ones of nine in ten."""
    if not drawn.shape[0]:
        return np.full(drawn.shape[1], np.nan), np.full(drawn.shape[1], np.nan)
    low = np.quantile(drawn, TAILS[0], axis=0, method="lower")
    return low.astype(float), np.quantile(drawn, TAILS[1], axis=0, method="higher").astype(float)


def widen(
    low: FloatArray, middle: FloatArray, high: FloatArray, factor: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Widen ranges on both sides of their middle.

    Examples
    --------
    >>> ends = widen(np.array([1.0]), np.array([2.0]), np.array([4.0]), np.array([1.5]))
    >>> [end.tolist() for end in ends]
    [[0.5], [5.0]]
    """
    return middle - factor * (middle - low), middle + factor * (high - middle)


def list_factors(layer: Layer, statistics: Sequence[str]) -> FloatArray:
    """Give by how much the range of each statistic over imputations is widened; NaN: none is shown.

    The factors were found on real surveys with answers hidden, so that nine in ten ranges held the
    truth. They hold for what is learned from at least six who answered from a roster.
    """
    if layer.survey is None or layer.survey.roster.all():
        return np.ones(len(statistics))  # nothing is unknown: the range is a point
    if not has_answer_model(layer):
        return np.full(len(statistics), np.nan)
    arrows = " (arrows)" if layer.directed else ""
    names = [SAME_FACTOR.get(name, name) for name in statistics]
    return np.array([WIDENED.get(n + arrows, WIDENED.get(n, np.nan)) for n in names])
