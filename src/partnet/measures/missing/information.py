"""What the answer of one who is silent would tell: how far it narrows the ranges of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...facts.graph.layers import Layer
from ..chance.ranges import TAILS, Score, rank_among
from ..ranking import DIGITS

RANDOM_SETS = 50  # by which asking at random is judged


@dataclass(frozen=True)
class RankDraws:
    """Ranks over plausible networks, and what the silent say in each.

    Attributes
    ----------
    ranks : array, shape (draws, measures, organizations)
        Rank of everybody in every network.
    rows : array, shape (silent, draws, organizations)
        1 where there is a tie of a silent organization.
    silent : array
        Positions of the silent.
    width : array, shape (measures, organizations)
        Places between the best and the worst rank of nine in ten networks.
    """

    ranks: FloatArray
    rows: FloatArray
    silent: IntArray
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
    return RankDraws(placed, np.array(rows).transpose(1, 0, 2), silent, high - low)


def choose_first(drawn: RankDraws, most: int) -> tuple[list[int], list[float]]:
    """Choose whom to ask one after the other: who narrows most what the others leave open.

    An answer settles the rank of the one that gives it. Of every other rank the tie with it
    explains a share R2 of the variance over the draws (squared correlation, corrected for chance),
    so that the width is expected to shrink to sqrt(1 - R2) of what it was.

    Returns
    -------
    chosen, widths : list of int, list of float
        Positions among the silent, and the mean width expected after each answer.
    """
    left, width = _center(drawn.ranks), drawn.width
    open_, chosen, widths = list(range(len(drawn.rows))), list[int](), list[float]()
    while open_ and len(chosen) < most:
        shares = [explain_share(drawn, left, k) for k in open_]
        means = [float((width * np.sqrt(1 - share)).mean()) for share in shares]
        best = min(range(len(open_)), key=lambda k: (round(means[k], DIGITS), k))
        width = width * np.sqrt(1 - shares[best])
        left = _take_out(drawn, left, open_[best])
        widths.append(means[best])
        chosen.append(open_.pop(best))
    return chosen, widths


def expect_width(drawn: RankDraws, asked: Sequence[int]) -> float:
    """Give the mean width that is expected after the answers of some."""
    left, width = _center(drawn.ranks), drawn.width
    for k in asked:
        width = width * np.sqrt(1 - explain_share(drawn, left, k))
        left = _take_out(drawn, left, k)
    return float(width.mean())


def expect_at_random(drawn: RankDraws, number: int, seed: int) -> float:
    """Give the mean width that is expected after the answers of as many taken at random."""
    random = np.random.default_rng(seed)
    sets = [random.permutation(len(drawn.rows))[:number] for _ in range(RANDOM_SETS)]
    return float(np.mean([expect_width(drawn, [int(k) for k in asked]) for asked in sets]))


def _center(draws: FloatArray) -> FloatArray:
    centered: FloatArray = draws - draws.mean(axis=0)
    return centered


def explain_share(drawn: RankDraws, left: FloatArray, k: int) -> FloatArray:
    """Share of the variance left of every rank that one answer explains, corrected for chance.

    Parameters
    ----------
    drawn : RankDraws
        The draws.
    left : array, shape (draws, measures, organizations)
        What earlier answers leave open of the ranks, centered.
    k : int
        Position among the silent of the one that answers.
    """
    draws, tie = len(left), _center(drawn.rows[k])
    total = (left**2).sum(axis=0) * (tie**2).sum(axis=0)
    both = np.einsum("dn,dmn->mn", tie, left) ** 2
    share = np.divide(both, total, out=np.zeros_like(total), where=total > 1e-9)
    fair = np.clip(1 - (1 - share) * (draws - 1) / max(draws - 2, 1), 0.0, 1.0)
    fair[:, drawn.silent[k]] = 1.0
    return fair


def _take_out(drawn: RankDraws, left: FloatArray, k: int) -> FloatArray:
    """What an answer leaves open of every rank."""
    tie = _center(drawn.rows[k])
    squares = (tie**2).sum(axis=0)
    weight = np.einsum("dn,dmn->mn", tie, left)
    weight = np.divide(weight, squares, out=np.zeros_like(weight), where=squares > 1e-9)
    taken: FloatArray = left - tie[:, None, :] * weight[None, :, :]
    taken[:, :, drawn.silent[k]] = 0.0
    return taken
