"""Both rankers fitted on some of the networks, and how they score pairs of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ranker_corpus import Example
from ranker_readable import Readable, fit_readable
from ranker_samples import Pairs, Sample
from ranker_trees import fit_trees

from partnet.recommend.features import normal_quantiles
from partnet.recommend.shrinking import fit_weights
from partnet.recommend.trees import Trees


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


def fit_blend(
    readable: Sequence[np.ndarray],
    order: Sequence[np.ndarray],
    truths: Sequence[np.ndarray],
    share: Sequence[float],
) -> tuple[float, float]:
    """Two numbers for all networks: what the readable score and the trees' order count in `best`.

    Fitted on scores of networks that were left out.
    """
    parts = []
    for score, trees, truth, weight in zip(readable, order, truths, share, strict=True):
        half = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())
        parts.append((np.column_stack([score, trees]), truth.astype(float), weight * half))
    x, y, w = (np.concatenate(part) for part in zip(*parts, strict=True))
    first, second = fit_weights(x, y, w / w.sum(), ridge=0.0, start=np.ones(2))
    return float(first), float(second)
