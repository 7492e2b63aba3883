"""The readable ranker: its weights in three situations, trained on some of the networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ranker_corpus import Example
from ranker_fit import RIDGE, balance, stack
from ranker_samples import Pairs, Sample

from partnet.questions.recommendation.features.features import NEWCOMER, TOPOLOGY, WARM
from partnet.questions.recommendation.ranking.shrinkage import fit_weights

FIRST = range(len(TOPOLOGY))


@dataclass(frozen=True)
class Readable:
    """Weights by situation, in the order of the columns of that situation."""

    weights: Mapping[str, np.ndarray]

    def score(self, situation: str, pairs: Pairs) -> np.ndarray:
        """Score pairs; columns beyond those of the situation are not looked at."""
        weights = self.weights[situation]
        scaled = pairs.scaled[:, : len(weights)]
        return np.asarray(np.round((scaled - scaled.mean(axis=0)) @ weights, 12))

    def name_weights(self) -> dict[str, dict[str, float]]:
        """Give the weights with the names of their columns."""
        columns = {"ties": TOPOLOGY, "ties_and_attributes": WARM, "newcomer": NEWCOMER}
        return {
            situation: {c: round(float(w), 4) for c, w in zip(columns[situation], v, strict=True)}
            for situation, v in self.weights.items()
        }


def situation_of(example: Example) -> str:
    """Which weights serve a network."""
    return "ties_and_attributes" if example.fields else "ties"


def fit_readable(
    corpus: Sequence[Example], seeds: Sequence[Sequence[Sample]], chosen: np.ndarray
) -> Readable:
    """Fit on the chosen networks; with attributes, starting from what ties alone gave."""
    share = balance(corpus)
    known = [k for k in chosen if corpus[k].fields]
    warm, at = [s[k].warm for s in seeds for k in chosen], list(chosen) * len(seeds)
    ties = _fit(*stack(warm, share[at], FIRST), np.zeros(len(TOPOLOGY)))
    warm, at = [s[k].warm for s in seeds for k in known], known * len(seeds)
    start = np.append(ties, np.zeros(len(WARM) - len(TOPOLOGY)))
    both = _fit(*stack(warm, share[at], range(len(WARM))), start)
    new = [s[k].newcomer for s in seeds for k in known]
    newcomer = _fit(*stack(new, share[at], range(len(NEWCOMER))), np.zeros(len(NEWCOMER)))
    return Readable({"ties": ties, "ties_and_attributes": both, "newcomer": newcomer})


def _fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, start: np.ndarray) -> np.ndarray:
    return fit_weights(x, y, w, ridge=RIDGE, start=start)
