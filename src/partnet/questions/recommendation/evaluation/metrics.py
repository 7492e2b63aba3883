"""How good an order of pairs is: AUC, average precision, hits per organization."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ....core.arrays import BoolArray, FloatArray, IntArray


def measure_auc(scores: FloatArray, truth: BoolArray, weights: FloatArray | None = None) -> float:
    """Chance that a held-out tie scores above another pair; ties count half.

    With `weights` (for example the product of degrees) other pairs are drawn in proportion to
    them, so that knowing who is popular no longer helps.
    """
    positive, negative = scores[truth], scores[~truth]
    if not len(positive) or not len(negative):
        return float("nan")
    if weights is None:
        ranks = pd.Series(scores).rank().to_numpy()  # scipy.stats would take half a second to load
        total = ranks[truth].sum() - len(positive) * (len(positive) + 1) / 2
        return float(total / (len(positive) * len(negative)))
    order = np.argsort(negative, kind="stable")
    ordered, mass = negative[order], np.concatenate([[0.0], np.cumsum(weights[~truth][order])])
    if mass[-1] <= 0:
        return float("nan")
    below = mass[np.searchsorted(ordered, positive, "left")]
    upto = mass[np.searchsorted(ordered, positive, "right")]
    return float(((below + upto) / 2).mean() / mass[-1])


def measure_precision(scores: FloatArray, truth: BoolArray) -> float:
    """Average precision; equal scores are taken in the least favorable order."""
    if not truth.any():
        return float("nan")
    order = np.lexsort((truth, -scores))
    found = truth[order]
    hits = np.cumsum(found)
    return float((hits[found] / (np.flatnonzero(found) + 1)).mean())


@dataclass(frozen=True)
class Hits:
    """For every organization with a held-out tie: where the first one is.

    Attributes
    ----------
    organization : int array
        Position.
    above : int array
        Candidates that score above its best held-out partner.
    equal, own : int array
        Candidates that score the same as that one, and the held-out ties among them.
    hidden, candidates : int array
        All its held-out ties, and all its candidates.
    """

    organization: IntArray
    above: IntArray
    equal: IntArray
    own: IntArray
    hidden: IntArray
    candidates: IntArray

    def hit(self, k: int) -> FloatArray:
        """Chance of a held-out tie among the first k, equal scores in random order."""
        sure = (self.above < k) & (self.above + self.equal <= k)
        drawn = np.maximum(k - self.above, 0)
        return np.where(sure, 1.0, chance_of_hit(self.own, self.equal, drawn))

    @property
    def reciprocal_rank(self) -> FloatArray:
        """1 / expected rank of the first held-out tie."""
        return 1.0 / (self.above + (self.equal + 1) / (self.own + 1))

    def chance(self, k: int) -> FloatArray:
        """What random choice would give."""
        return chance_of_hit(self.hidden, self.candidates, np.full(len(self.hidden), k))


def find_hits(
    scores: FloatArray,
    truth: BoolArray,
    i: IntArray,
    j: IntArray,
    others: IntArray | None = None,
) -> Hits:
    """Look up for every organization with a held-out tie where its best one is.

    `others` says how many each organization could be paired with, where not all of them are given.
    """
    who = np.concatenate([i, j])
    value, real = np.concatenate([scores, scores]), np.concatenate([truth, truth])
    n = int(who.max(initial=-1)) + 1
    best = np.full(n, -np.inf)
    np.maximum.at(best, who[real], value[real])
    equal = value == best[who]
    counted = (value > best[who], equal, equal & real, real, np.ones(len(who), dtype=bool))
    above, same, own, hidden, candidates = (
        np.bincount(who[rows], minlength=n).astype(np.int64) for rows in counted
    )
    if others is not None:
        candidates = np.maximum(candidates, others[:n])
        above = np.where(np.isneginf(best), candidates - same, above)  # on no list: the last ones
    judged = np.flatnonzero((hidden > 0) & (hidden < candidates))
    parts = (above, same, own, hidden, candidates)
    return Hits(judged, *(part[judged] for part in parts))


def chance_of_hit(hidden: IntArray, candidates: IntArray, drawn: IntArray) -> FloatArray:
    """Chance that random draws hold at least one of the held-out ties, exactly.

    Parameters
    ----------
    hidden, candidates, drawn : int array
        Held-out ties among the candidates, candidates, and how many of them are drawn.
    """
    missed = np.ones(len(hidden))
    for step in range(int(drawn.max(initial=0))):
        left = np.maximum(candidates - step, 1)
        factor = np.clip((candidates - hidden - step) / left, 0.0, 1.0)
        missed *= np.where(step < drawn, factor, 1.0)
    return 1.0 - missed
