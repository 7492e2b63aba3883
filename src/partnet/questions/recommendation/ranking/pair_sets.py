"""Pairs of organizations with their columns, their score and their probability."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import special

from ....core.arrays import BoolArray, FloatArray, IntArray
from ..features.features import Quantiles
from .ranker import fit_intercept


@dataclass(frozen=True)
class Scale:
    """What candidates of a large network are placed among: pairs that stand for all.

    Attributes
    ----------
    i, j : int arrays
        Positions of pairs that were drawn.
    raw : float array, shape (pairs, columns)
        Their raw values.
    mass : float array
        How many pairs each of them stands for.
    weights, slope, expected
        As in :class:`PairSet`.
    """

    i: IntArray
    j: IntArray
    raw: FloatArray
    mass: FloatArray
    weights: FloatArray
    slope: float
    expected: float

    @cached_property
    def _quantiles(self) -> Quantiles:
        return Quantiles(self.raw, self.mass)

    def place(self, values: FloatArray) -> FloatArray:
        """Normal quantiles that values have among all pairs."""
        return self._quantiles.place(values)

    @cached_property
    def _scaled(self) -> FloatArray:
        return self.place(self.raw)

    @cached_property
    def center(self) -> FloatArray:
        """Mean of every scaled column over all pairs."""
        if not len(self.raw):
            return np.zeros(self.raw.shape[1])
        return np.asarray(np.average(self._scaled, axis=0, weights=self.mass))

    @cached_property
    def scores(self) -> FloatArray:
        """Scores of the pairs drawn."""
        return np.round((self._scaled - self.center) @ self.weights, 10)

    @cached_property
    def intercept(self) -> float:
        """With it the probabilities of all pairs add up to the held-out ties expected."""
        return fit_intercept(self.scores, self.slope, self.expected, self.mass)


@dataclass(frozen=True)
class PairSet:
    """Candidate pairs of one situation, scored.

    Attributes
    ----------
    i, j : int arrays
        Positions, i < j.
    columns : tuple of str
        Names of the columns.
    raw, scaled : float arrays, shape (pairs, columns)
        Raw values, and the normal quantiles of their ranks.
    weights : float array, shape (columns,)
        Weights of the ranker.
    expected : float
        Held-out ties that a back-test would have among these pairs.
    scale : Scale or None
        What the pairs were placed among; None where the candidates are all pairs.
    listed : bool array, shape (pairs, 2), or None
        Whether j is a candidate of i, and i of j; None where all pairs are.
    probability : float array
        What the ranker takes for the share of held-out ties among pairs scored like this.
    """

    situation: str
    i: IntArray
    j: IntArray
    columns: tuple[str, ...]
    raw: FloatArray
    scaled: FloatArray
    weights: FloatArray
    slope: float
    expected: float
    scale: Scale | None = None
    listed: BoolArray | None = None

    @cached_property
    def center(self) -> FloatArray:
        """Mean of every scaled column: contributions are measured from it (0 for affinity)."""
        if self.scale is not None:
            return self.scale.center
        if self.situation == "affinity" or not len(self.scaled):
            return np.zeros(len(self.columns))
        return self.scaled.mean(axis=0)

    @cached_property
    def score(self) -> FloatArray:
        """Sum of weight x (column - its mean)."""
        return np.round((self.scaled - self.center) @ self.weights, 10)

    @cached_property
    def probability(self) -> FloatArray:
        """Calibrated: the probabilities of all pairs add up to the held-out ties expected."""
        if np.isnan(self.slope):
            return np.full(len(self.i), np.nan)
        if self.scale is not None:
            return self._expect(self.scale.intercept)
        return self._expect(fit_intercept(self.score, self.slope, self.expected))

    def _expect(self, intercept: float) -> FloatArray:
        return np.round(special.expit(intercept + self.slope * self.score), 10)

    def rows_of(self, a: int) -> IntArray:
        """Rows of the candidates of one organization."""
        parts = []
        for ends, order in self._by_end:
            first, last = np.searchsorted(ends, [a, a + 1])
            parts.append(order[first:last])
        return np.concatenate(parts)

    @cached_property
    def _by_end(self) -> list[tuple[IntArray, IntArray]]:
        """Each end sorted, and the rows in that order; only rows that are listed for that end."""
        found = []
        for side, ends in ((1, self.j), (0, self.i)):
            rows = np.arange(len(ends))
            if self.listed is not None:
                rows = np.flatnonzero(self.listed[:, side])
            order = rows[np.argsort(ends[rows], kind="stable")]
            found.append((ends[order], order))
        return found

    def contributions(self, row: int) -> FloatArray:
        """What every column adds to the score of one pair; they add up to it."""
        return (self.scaled[row] - self.center) * self.weights

    def take(self, chosen: BoolArray) -> PairSet:
        """Give some of the pairs, with the same columns and weights."""
        kept = {name: getattr(self, name)[chosen] for name in ("i", "j", "raw", "scaled")}
        listed = None if self.listed is None else self.listed[chosen]
        return replace(self, **kept, listed=listed)

    def tabulate(self, ids: pd.Index) -> pd.DataFrame:
        """Give the pairs as a table."""
        scaled = {f"x_{c}": self.scaled[:, k] for k, c in enumerate(self.columns)}
        fixed = {"a": ids[self.i], "b": ids[self.j], "situation": self.situation}
        return pd.DataFrame(
            {**fixed, "score": self.score, "probability": self.probability, **scaled}
        )
