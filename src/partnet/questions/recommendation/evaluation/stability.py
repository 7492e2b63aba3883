"""How steady a suggestion is: its rank when some ties on file are held out, again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ....core.arrays import FloatArray, IntArray
from ....core.memory import fact
from ....core.network import Network
from ..adviser import Adviser
from ..candidates.eligible import code_pairs
from ..features.features import PairFeatures
from ..features.graph import SEED
from ..on_file import OnFile
from ..ranking.holdout import hide_as_filed
from ..ranking.pair_sets import PairSet
from ..ranking.scores import score_pairs_of
from ..scored_pair import ScoredPair, sort_keys
from ..shown import RANKS

RUNS = 10
MOST = 300  # up to so many organizations it is done unasked
TOP = 5


def measure_stability(
    adviser: Adviser, scored: Sequence[ScoredPair], runs: int = RUNS
) -> pd.DataFrame:
    """Rank partners again, each time with one tie in five held out.

    Returns
    -------
    DataFrame
        One row a pair: ``rank_low``, ``rank_high`` (5th and 95th percentile of the rank among all
        partners that may be named) and ``share_top_five`` (of runs).
    """
    asked = sorted({one.organization for one in scored})
    others = {a: [one.partner for one in adviser.suggest(a, adviser.here.n)] for a in asked}
    ranks = np.array(
        [_rank(adviser, keys, scored, others) for keys in _score_again(adviser, asked, runs)],
        dtype=float,
    ).reshape(runs, len(scored))
    low, high = np.percentile(ranks, [5, 95], axis=0)
    columns = (np.floor(low), np.ceil(high), (ranks <= TOP).mean(axis=0))
    names = (column.name for column in RANKS)
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


@dataclass(frozen=True, eq=False)
class Keys:
    """Sort keys by pair, in the order of the pairs' codes."""

    n: int
    codes: IntArray
    values: FloatArray

    def find(self, a: int, others: IntArray) -> FloatArray:
        """Keys of pairs with one organization; -inf where a pair was not scored."""
        wanted = code_pairs(np.full(len(others), a), others, self.n)
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        return np.where(self.codes[at] == wanted, self.values[at], -np.inf)


def _rank(
    adviser: Adviser, keys: Keys, scored: Sequence[ScoredPair], others: dict[int, list[int]]
) -> list[int]:
    """Rank of each pair among the partners that may be named to the same organization."""
    ranks = []
    for one in scored:
        rivals = np.array(others[one.organization], dtype=np.int64)
        partner = np.array([one.partner], dtype=np.int64)
        own, theirs = (
            adviser.rate(one.organization, who, keys.find(one.organization, who))
            for who in (partner, rivals)
        )
        ahead = (theirs > own) | ((theirs == own) & (rivals < one.partner))
        ranks.append(1 + int(ahead.sum()))
    return ranks


def _score_again(adviser: Adviser, asked: Sequence[int], runs: int) -> tuple[Keys, ...]:
    """Sort keys of every run; of a small network those of everybody, as the next may ask, too."""
    on_file = adviser.on_file
    small = on_file.here.n <= MOST and not on_file.features.graph.large
    who = None if small else tuple(asked)
    if on_file.kept:
        return score_again(on_file.here, on_file, who, runs)
    return tuple(_hold_out(on_file, who, runs))


@fact
def score_again(
    here: Network, on_file: OnFile, asked: tuple[int, ...] | None, runs: int
) -> tuple[Keys, ...]:
    """Score pairs again and again, each time with some ties held out."""
    return tuple(_hold_out(on_file, asked, runs))


def _hold_out(on_file: OnFile, asked: tuple[int, ...] | None, runs: int) -> Iterator[Keys]:
    features, ranker = on_file.features, on_file.basis.ranker
    everybody = range(on_file.here.n) if asked is None else asked
    random = np.random.default_rng(SEED)
    for _ in range(runs):
        seen = PairFeatures(hide_as_filed(features.graph, random), features.fields)
        scoring = score_pairs_of(on_file.here, on_file.layer, ranker, seen, np.array(everybody))
        yield _sort(scoring.sets, on_file.here.n, asked)


def _sort(sets: Sequence[PairSet], n: int, asked: tuple[int, ...] | None) -> Keys:
    """Put the keys of pairs in the order of their codes; only pairs of those who ask."""
    codes, values = [np.array([-1])], [np.array([-np.inf])]
    for pairs in sets:
        own = np.ones(len(pairs.i), dtype=bool)
        if asked is not None:
            own = np.isin(pairs.i, asked) | np.isin(pairs.j, asked)
        codes.append(code_pairs(pairs.i[own], pairs.j[own], n))
        values.append(sort_keys(pairs)[own])
    joined = np.concatenate(codes)
    order = np.argsort(joined)
    return Keys(n, joined[order], np.concatenate(values)[order])
