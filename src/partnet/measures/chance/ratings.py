"""Ratings against chance: whether groups are rated differently, whether two sides agree."""

from __future__ import annotations

import numpy as np

from ...core.arrays import FloatArray, IntArray
from ..groups.mixing import PERMUTATIONS, SEED


def compare_groups(
    scores: FloatArray, groups: IntArray, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> dict[str, float]:
    """Say which part of the differences in scores lies between groups, and what chance would give.

    share = sum_g n_g (mean_g - mean)^2 / sum_i (x_i - mean)^2. Chance: the scores are permuted
    among the organizations; p is the part of the permutations with as large a share, the observed
    one counted with them (one-sided: groups cannot differ less than not at all).

    Parameters
    ----------
    scores : array of shape (n,)
        One score an organization.
    groups : array of int, shape (n,)
        Its group, from 0.
    permutations : int, default 1000
        How often the scores are permuted; 0: no p.
    seed : int
        Start of the random numbers.

    Returns
    -------
    dict
        ``share`` from 0 to 1, ``expected``, ``p``; NaN where scores or groups do not differ.

    References
    ----------
    Pitman (1938), doi:10.1093/biomet/29.3-4.322 (the test); Phipson & Smyth (2010),
    doi:10.2202/1544-6115.1585 (the observed one is counted).
    """
    counts = np.bincount(groups)
    centered = scores - scores.mean() if len(scores) else scores
    total = float((centered**2).sum())
    if len(counts) < 2 or total <= 1e-12:
        return dict.fromkeys(("share", "expected", "p"), float("nan"))

    def measure(dealt: FloatArray) -> float:
        sums = np.bincount(groups, weights=dealt)
        return float((sums**2 / np.maximum(counts, 1)).sum() / total)

    random = np.random.default_rng(seed)
    draws = np.array([measure(random.permutation(centered)) for _ in range(permutations)])
    return {"share": (observed := measure(centered)), **_judge(draws, draws >= observed - 1e-12)}


def compare_sides(
    rater: IntArray,
    rated: IntArray,
    scores: FloatArray,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> dict[str, float]:
    """Say how far apart two organizations rate each other, and what chance would give.

    difference = mean of abs(s_ij - s_ji) over the pairs that rated each other. Chance: every
    rater's scores are permuted among those it rated, which keeps how generous each is; p is the
    part of the permutations with as small a difference, the observed one counted with them.

    Parameters
    ----------
    rater, rated : array of int, shape (m,)
        Who rates whom; a pair stands once a direction.
    scores : array of shape (m,)
        The scores.
    permutations, seed : int
        As in :func:`compare_groups`.

    Returns
    -------
    dict
        ``pairs``, ``difference``, ``expected``, ``p``; NaN where no two rated each other, p also
        where no rater's scores differ.

    References
    ----------
    Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
    """
    one, other = match_sides(rater, rated)
    if not len(one):
        return {"pairs": 0.0, **dict.fromkeys(("difference", "expected", "p"), float("nan"))}

    def measure(dealt: FloatArray) -> float:
        return float(np.abs(dealt[one] - dealt[other]).mean())

    order = np.argsort(rater, kind="stable")
    random = np.random.default_rng(seed)
    draws = np.empty(permutations)
    for k in range(permutations):
        dealt = np.empty_like(scores)
        dealt[order] = scores[np.lexsort((random.random(len(scores)), rater))]
        draws[k] = measure(dealt)
    observed = measure(scores)
    told = _judge(draws, draws <= observed + 1e-12)
    if _is_even(rater, scores):
        told["p"] = float("nan")
    return {"pairs": float(len(one)), "difference": observed, **told}


def match_sides(rater: IntArray, rated: IntArray) -> tuple[IntArray, IntArray]:
    """Give the positions of both ratings of every pair that rated each other."""
    n = int(max(rater.max(), rated.max())) + 1 if len(rater) else 0
    there, back = rater * n + rated, rated * n + rater
    order = np.argsort(there, kind="stable")
    at = np.searchsorted(there[order], back)
    found = (at < len(there)) & (there[order][np.minimum(at, len(there) - 1)] == back)
    one = np.flatnonzero(found & (rater < rated))
    return one, order[at[one]]


def _judge(draws: FloatArray, as_far: np.ndarray) -> dict[str, float]:
    if not len(draws):
        return {"expected": float("nan"), "p": float("nan")}
    return {
        "expected": float(draws.mean()),
        "p": float((1 + int(as_far.sum())) / (1 + len(draws))),
    }


def _is_even(rater: IntArray, scores: FloatArray) -> bool:
    """Whether every rater gave one score only: then permuting changes nothing."""
    order = np.lexsort((scores, rater))
    same = rater[order][1:] == rater[order][:-1]
    return bool(np.all(np.diff(scores[order])[same] <= 1e-12))
