"""Both rankers fitted on some of the networks, and how they score pairs of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ranker_corpus import Example
from ranker_readable import Readable, fit_readable
from ranker_samples import Pairs, Sample
from ranker_trees import fit_trees

from partnet.questions.recommendation.features.features import normal_quantiles
from partnet.questions.recommendation.ranking.trees import Trees

# What the order of the trees counts in `best`, beside a readable score that counts once. The score
# spreads by about 1.4 within a network, the order by 1. Fitted to all networks alike the order
# would count more, and networks of organizations would lose (docs/recommender.md).
PATTERN_WEIGHT = 0.6


@dataclass(frozen=True)
class Rankers:
    """The readable weights, and trees to be averaged in."""

    readable: Readable
    trees: Trees

    def order(self, pairs: Pairs) -> np.ndarray:
        """Normal quantile of the order that trees give."""
        return normal_quantiles(self.trees.predict(pairs.columns)[:, None])[:, 0]


def fit_rankers(
    corpus: Sequence[Example], seeds: Sequence[Sequence[Sample]], chosen: np.ndarray
) -> Rankers:
    """Fit both on the chosen networks and on nothing else."""
    warm = [samples[k].warm for samples in seeds for k in chosen]
    trees = fit_trees(corpus, warm, list(chosen) * len(seeds))
    return Rankers(fit_readable(corpus, seeds, chosen), trees)
