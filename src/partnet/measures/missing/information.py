"""What the answer of one who is silent would tell: how far it narrows the ranges of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...facts.layers import Layer
from ..chance.ranges import TAILS, Score, rank_among
from ..rounding import keep_digits

FREEDOM = 1  # what one answer tells of a rank: the tie with it, or how many ties there are
RANDOM_SETS = 50  # by which asking at random is judged


@dataclass(frozen=True)
class RankDraws:
    """Ranks over plausible networks, and what the silent say in each.

    Attributes
    ----------
    ranks : array, shape (draws, measures, organizations)
        Rank of everybody in every network.
    told : array, shape (silent, draws, organizations)
        What the answer of each says of every rank, centered (:func:`describe_answer`).
    width : array, shape (measures, organizations)
        Places between the best and the worst rank of nine in ten networks.
    """

    ranks: FloatArray
    told: FloatArray
    width: FloatArray


def draw_ranks(
    networks: Iterable[Layer], scores: Mapping[str, Score], rivals: BoolArray, silent: IntArray
) -> RankDraws:
    """Rank everybody in every plausible network, and keep the ties of the silent."""
    ranks, rows = [], list[FloatArray]()
    for network in networks:
        values = [np.asarray(measure(network), dtype=float) for measure in scores.values()]
        ranks.append([rank_among(value, rivals) for value in values])
        rows.append((network.matrix[silent].toarray() > 0).astype(float))
    placed = np.array(ranks, dtype=float)
    low = np.quantile(placed, TAILS[0], axis=0, method="lower")
    high = np.quantile(placed, TAILS[1], axis=0, method="higher")
    told = [
        describe_answer(np.array([row[k] for row in rows]), own) for k, own in enumerate(silent)
    ]
    return RankDraws(placed, np.array(told), high - low)


def choose_first(drawn: RankDraws, most: int) -> tuple[list[int], list[float]]:
    """Choose whom to ask one after the other: who narrows most what the others leave open.

    An answer tells of the own rank what the number of ties explains of it over the draws, and of
    every other rank what the tie with it explains (squared correlation, corrected for chance): a
    share R2 of the variance, so that the width is expected to shrink to sqrt(1 - R2) of what it
    was.

    Returns
    -------
    chosen, widths : list of int, list of float
        Positions among the silent, and the mean width expected after each answer.
    """
    left, width = _center(drawn.ranks), drawn.width.copy()
    open_, chosen, widths = list(range(len(drawn.told))), list[int](), list[float]()
    while open_ and len(chosen) < most:
        shares = [explain_share(left, drawn.told[k]) for k in open_]
        means = [float((width * np.sqrt(1 - share)).mean()) for share in shares]
        best = min(range(len(open_)), key=lambda k: (keep_digits(means[k]), k))
        width = width * np.sqrt(1 - shares[best])
        left = _take_out(left, drawn.told[open_[best]])
        widths.append(means[best])
        chosen.append(open_.pop(best))
    return chosen, widths


def expect_width(drawn: RankDraws, asked: Sequence[int]) -> float:
    """Give the mean width that is expected after the answers of some."""
    left, width = _center(drawn.ranks), drawn.width
    for k in asked:
        width = width * np.sqrt(1 - explain_share(left, drawn.told[k]))
        left = _take_out(left, drawn.told[k])
    return float(width.mean())


def expect_at_random(drawn: RankDraws, number: int, seed: int) -> float:
    """Give the mean width that is expected after the answers of as many taken at random."""
    random = np.random.default_rng(seed)
    sets = [random.permutation(len(drawn.told))[:number] for _ in range(RANDOM_SETS)]
    return float(np.mean([expect_width(drawn, [int(k) for k in asked]) for asked in sets]))


def _center(ranks: FloatArray) -> FloatArray:
    centered: FloatArray = ranks - ranks.mean(axis=0)
    return centered


def describe_answer(rows: FloatArray, own: int) -> FloatArray:
    """What one answer says of every rank: the tie with it; of its own, how many ties it has."""
    told = rows.copy()
    told[:, own] = rows.sum(axis=1)
    centered: FloatArray = told - told.mean(axis=0)
    return centered


def explain_share(left: FloatArray, told: FloatArray) -> FloatArray:
    """Share of the variance of every rank that one answer explains, corrected for chance."""
    draws = len(left)
    total = (left**2).sum(axis=0) * (told**2).sum(axis=0)
    both = np.einsum("dn,dmn->mn", told, left) ** 2
    share = np.divide(both, total, out=np.zeros_like(total), where=total > 1e-9)
    fair = 1 - (1 - share) * (draws - 1) / max(draws - 1 - FREEDOM, 1)
    return np.clip(fair, 0.0, 1.0)


def _take_out(left: FloatArray, told: FloatArray) -> FloatArray:
    """What an answer leaves open of every rank."""
    squares = (told**2).sum(axis=0)
    weight = np.einsum("dn,dmn->mn", told, left)
    weight = np.divide(weight, squares, out=np.zeros_like(weight), where=squares > 1e-9)
    taken: FloatArray = left - told[:, None, :] * weight[None, :, :]
    return taken
