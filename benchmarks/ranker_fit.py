"""Fitting the readable ranker: non-negative weights, every family counting the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from ranker_corpus import Example
from ranker_samples import Pairs
from scipy import optimize, special

RIDGE = 0.1  # pulls weights towards 0, so that columns that say the same share the weight
MOST_OTHERS = 3000  # pairs without a held-out tie of one network: more add time, not knowledge


def balance(corpus: Sequence[Example], organizations: float = 1.0) -> np.ndarray:
    """Weigh networks so that families count alike, families of organizations so many times."""
    size = Counter(e.family for e in corpus)
    factor = {e.name: organizations if e.domain == "org" else 1.0 for e in corpus}
    return np.array([factor[e.name] / size[e.family] for e in corpus])


def stack(
    pairs: Sequence[Pairs], weights: Sequence[float], columns: Sequence[int], seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put pairs of many networks below each other: held-out ties and others weigh one half each."""
    random = np.random.default_rng(seed)
    parts = []
    for one, weight in zip(pairs, weights, strict=True):
        hidden, others = np.flatnonzero(one.truth), np.flatnonzero(~one.truth)
        if not len(hidden) or not len(others):
            continue
        others = random.permutation(others)[:MOST_OTHERS]
        centered = one.scaled[:, columns] - one.scaled[:, columns].mean(axis=0)
        for rows, truth in ((hidden, 1.0), (others, 0.0)):
            share = np.full(len(rows), weight / 2 / len(rows))
            parts.append((centered[rows], np.full(len(rows), truth), share))
    x, y, w = (np.concatenate(part) for part in zip(*parts, strict=True))
    return x, y, w / w.sum()


def fit_slope(scores: Sequence[np.ndarray], truths: Sequence[np.ndarray]) -> float:
    """One slope for all networks, an intercept for each: log-odds of a held-out tie by unit."""

    def loss(slope: float) -> float:
        total = 0.0
        for score, truth in zip(scores, truths, strict=True):
            shifted = slope * score + find_intercept(slope * score, float(truth.sum()))
            likelihood = np.where(truth, -np.logaddexp(0, -shifted), -np.logaddexp(0, shifted))
            total -= likelihood.mean()
        return total

    usable = [k for k, truth in enumerate(truths) if truth.any() and not truth.all()]
    scores, truths = [scores[k] for k in usable], [truths[k] for k in usable]
    return float(optimize.minimize_scalar(loss, bounds=(0.05, 5.0), method="bounded").x)


def find_intercept(scaled: np.ndarray, expected: float) -> float:
    """Intercept with which probabilities add up to the number of held-out ties (Newton)."""
    intercept = float(special.logit(np.clip(expected / len(scaled), 1e-9, 1 - 1e-9)))
    for _ in range(30):
        p = special.expit(scaled + intercept)
        step = (p.sum() - expected) / max((p * (1 - p)).sum(), 1e-9)
        intercept -= float(np.clip(step, -2, 2))
        if abs(step) < 1e-9:
            break
    return intercept
