"""Every network scored by rankers that never saw its family, or its domain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ranker_baselines import score_singly
from ranker_best import PATTERN_WEIGHT, Rankers
from ranker_corpus import Example
from ranker_jobs import Material
from ranker_readable import Readable, situation_of
from ranker_samples import Pairs, Sample
from ranker_tables import Scored
from ranker_waves import Wave
from sklearn.ensemble import RandomForestClassifier

from partnet.questions.recommendation.ranking.shrinkage import fit_own

MOST_ROWS = 4000  # pairs that a forest is grown on; of others than held-out ties a draw is taken
FOREST = {"n_estimators": 50, "min_samples_leaf": 5, "max_features": "sqrt", "random_state": 0}


def score_readable(readable: Readable, example: Example, sample: Sample) -> np.ndarray:
    """Score by weights shrunk to the visible ties of the network itself, as the library does."""
    situation = situation_of(example)
    shipped = readable.weights[situation]
    own = fit_own([(x[:, : len(shipped)], truth) for x, truth in sample.inner], shipped)
    scaled = sample.warm.scaled[:, : len(own)]
    return np.asarray(np.round((scaled - scaled.mean(axis=0)) @ own, 12))


def score_part(material: Material, ranker: Rankers, part: np.ndarray) -> list[Scored]:
    """Score pairs of which both ends keep a tie, in networks that a fit left out."""
    found = []
    for k in part:
        example = material.corpus[k]
        for seed, samples in enumerate(material.seeds):
            sample = samples[k]
            if sample.warm.truth.any() and not sample.warm.truth.all():
                scores = score_singly(sample.warm) | {
                    "readable": score_readable(ranker.readable, example, sample),
                    "order": ranker.order(sample.warm),
                }
                found.append(_make(example, seed, sample.warm, scores))
    return found


def _make(example: Example, seed: int, pairs: Pairs, scores: dict[str, np.ndarray]) -> Scored:
    about = (example.name, example.family, example.domain, example.n, bool(example.fields), seed)
    return Scored(*about, pairs.i, pairs.j, pairs.truth, pairs.degree, pairs.expected, scores)


def average_in(scored: Sequence[Scored]) -> None:
    """Add `best`: the readable score and the order of the trees."""
    for one in scored:
        mixed = one.scores["readable"] + PATTERN_WEIGHT * one.scores["order"]
        one.scores["best"] = np.round(mixed, 12)


def score_newcomers(
    material: Material, rankers: dict[str, Rankers], parts: dict[str, np.ndarray]
) -> list[Scored]:
    """Score pairs of an organization without any tie and one that has some."""
    found = []
    for name, ranker in rankers.items():
        for k in parts[name]:
            for seed, samples in enumerate(material.seeds):
                pairs, example = samples[k].newcomer, material.corpus[k]
                if example.fields and pairs.truth.any() and not pairs.truth.all():
                    score = ranker.readable.score("newcomer", pairs)
                    scores = {"popularity": pairs.raw[:, 0], "readable": score}
                    found.append(_make(example, seed, pairs, scores))
    return found


def grow_forests(material: Material, part: np.ndarray) -> dict[tuple[str, int], np.ndarray]:
    """Score by a random forest fitted on each network itself, from ties hidden once more in it."""
    return {
        (material.corpus[k].name, seed): _grow_forest(samples[k])
        for seed, samples in enumerate(material.seeds)
        for k in part
        if samples[k].warm.truth.any() and not samples[k].warm.truth.all()
    }


def _grow_forest(sample: Sample) -> np.ndarray:
    """Fit on the twice-reduced graphs, judge on what was hidden first."""
    usable = [(x, truth) for x, truth in sample.inner if truth.any() and not truth.all()]
    if not usable:
        return sample.warm.raw[:, 0]
    x, truth = (np.concatenate(part) for part in zip(*usable, strict=True))
    others = np.random.default_rng(0).permutation(np.flatnonzero(~truth))[:MOST_ROWS]
    rows = np.concatenate([np.flatnonzero(truth), others])
    x, truth = x[rows], truth[rows]
    forest = RandomForestClassifier(class_weight="balanced_subsample", **FOREST).fit(x, truth)
    return np.asarray(forest.predict_proba(sample.warm.scaled)[:, 1])


def score_waves(waves: Sequence[Wave], rankers: dict[str, Rankers]) -> list[Scored]:
    """Score what is not tied yet in one wave, by the fit that left its family out."""
    found = []
    for number, wave in enumerate(waves):
        ranker, pairs = rankers[wave.family], wave.pairs
        example = Example(
            f"{wave.name} {number}", wave.family, wave.name, wave.strength, wave.strength,
            wave.fields, None,
        )  # fmt: skip
        sample = Sample(number, pairs, wave.inner, pairs)
        scores = score_singly(pairs) | {
            "readable": score_readable(ranker.readable, example, sample),
            "order": ranker.order(pairs),
        }
        found.append(_make(example, 0, pairs, scores))
    return [one for one in found if one.usable]
