"""One pair that may be recommended, and where its score is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.arrays import FloatArray
from ...core.errors import UsageError
from .ranking.pair_sets import PairSet

BOTH, NEED, LIKELIHOOD = "both", "need", "likelihood"
ORDERS = (BOTH, NEED, LIKELIHOOD)
NEEDED = 1.0  # more than any likelihood: what is needed comes before what is only likely
FIRST = 1_000.0  # so that likelihood decides among equal needs only


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """One pair that may be recommended: a row of a set of pairs that were scored.

    `value` is by what it was ordered among others.
    """

    organization: int
    partner: int
    pairs: PairSet
    row: int
    value: float = 0.0

    @property
    def basis(self) -> str:
        """What the score rests on."""
        return self.pairs.situation

    @property
    def score(self) -> float:
        """The score of the pair."""
        return float(self.pairs.score[self.row])

    @property
    def probability(self) -> float:
        """The calibrated share; NaN on affinity."""
        return float(self.pairs.probability[self.row])

    @property
    def pair(self) -> tuple[int, int]:
        """Both positions, the lower first."""
        return min(self.organization, self.partner), max(self.organization, self.partner)


def sort_keys(pairs: PairSet) -> FloatArray:
    """By what pairs are ordered: probability, or affinity where there is none."""
    values = pairs.score if pairs.situation == "affinity" else pairs.probability
    return np.round(values, 9)


def check_order(by: str) -> str:
    """Give what orders suggestions back if it is known.

    Raises
    ------
    UsageError
        There is no such order.
    """
    if by not in ORDERS:
        raise UsageError(f"by: found {by!r}. Allowed are {', '.join(ORDERS)}. Choose one of them.")
    return by


def combine(
    by: str, need: FloatArray | float, likelihood: FloatArray | float, *, step: float = NEEDED
) -> FloatArray:
    """Put need and likelihood together: 1 + severity where a tie is needed, plus likelihood.

    Of one organization what is needed comes first; among all pairs of a network the step is 0.

    Examples
    --------
    >>> combine("both", np.array([0.0, 0.5]), np.array([0.9, 0.2])).tolist()
    [0.9, 1.7]
    >>> combine("likelihood", np.array([0.0, 0.5]), np.array([0.9, 0.2])).tolist()
    [0.9, 0.2]
    """
    if by == LIKELIHOOD:
        return np.asarray(likelihood, dtype=float)
    needed = np.where(np.asarray(need) > 0, step + np.asarray(need), 0.0)
    return np.round(needed * (FIRST if by == NEED else 1.0) + likelihood, 9)
