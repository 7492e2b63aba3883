"""One pair that may be recommended, and where its score is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.arrays import FloatArray
from .ranking.pair_sets import PairSet


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """One pair that may be recommended: a row of a set of pairs that were scored."""

    organization: int
    partner: int
    pairs: PairSet
    row: int

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
