"""How steady a suggestion is: its rank when some ties on file are hidden, again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ....core.arrays import FloatArray, IntArray
from ..adviser import Adviser, Suggestion, sort_keys
from ..candidates.eligible import code_pairs
from ..features.features import PairFeatures
from ..features.graph import SEED
from ..ranking.holdout import hide_ties
from ..ranking.scores import score_pairs_of

RUNS = 10
MOST = 300  # up to so many organizations it is done unasked
TOP = 5
COLUMNS = ("rank_low", "rank_high", "share_top_five")


def measure_stability(
    adviser: Adviser, suggestions: Sequence[Suggestion], runs: int = RUNS
) -> pd.DataFrame:
    """Rank partners again, each time with one tie in five hidden.

    Returns
    -------
    DataFrame
        One row a suggestion: ``rank_low``, ``rank_high`` (5th and 95th percentile of the rank
        among all partners that may be named) and ``share_top_five`` (of runs).
    """
    asked = sorted({one.organization for one in suggestions})
    others = {a: [one.partner for one in adviser.suggest(a, adviser.net.n)] for a in asked}
    random = np.random.default_rng(SEED)
    ranks = np.array(
        [_rank_once(adviser, suggestions, others, random) for _ in range(runs)], dtype=float
    ).reshape(runs, len(suggestions))
    low, high = np.percentile(ranks, [5, 95], axis=0)
    columns = (np.floor(low), np.ceil(high), (ranks <= TOP).mean(axis=0))
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _rank_once(
    adviser: Adviser,
    suggestions: Sequence[Suggestion],
    others: dict[int, list[int]],
    random: np.random.Generator,
) -> list[int]:
    keys = _score_again(adviser, sorted(others), random)
    ranks = []
    for one in suggestions:
        rivals = np.array(others[one.organization], dtype=np.int64)
        own = keys.find(one.organization, np.array([one.partner]))
        theirs = keys.find(one.organization, rivals)
        ahead = (theirs > own) | ((theirs == own) & (rivals < one.partner))
        ranks.append(1 + int(ahead.sum()))
    return ranks


@dataclass(frozen=True)
class _Keys:
    """Sort keys by pair, in the order of the pairs' codes."""

    n: int
    codes: IntArray
    values: FloatArray

    def find(self, a: int, others: IntArray) -> FloatArray:
        """Keys of pairs with one organization; -inf where a pair was not scored."""
        wanted = code_pairs(np.full(len(others), a), others, self.n)
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        return np.where(self.codes[at] == wanted, self.values[at], -np.inf)


def _score_again(adviser: Adviser, asked: list[int], random: np.random.Generator) -> _Keys:
    """Sort keys of the candidates with some ties hidden."""
    features, ranker = adviser.features, adviser.scoring.ranker
    left = hide_ties(features.graph.adjacency, random).graph.adjacency
    seen = PairFeatures(replace(features.graph, adjacency=left), features.fields)
    scoring = score_pairs_of(adviser.net, adviser.layer, ranker, seen, np.array(asked))
    n = adviser.net.n
    codes = np.concatenate([code_pairs(pairs.i, pairs.j, n) for pairs in scoring.sets] + [[-1]])
    values = np.concatenate([sort_keys(pairs) for pairs in scoring.sets] + [[-np.inf]])
    order = np.argsort(codes)
    return _Keys(n, codes[order], values[order])
