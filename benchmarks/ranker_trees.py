"""Trees of the ranker `best`: fitted with scikit-learn, kept as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ranker_corpus import Example
from ranker_fit import balance
from ranker_samples import Pairs
from sklearn.ensemble import HistGradientBoostingClassifier

from partnet.questions.recommendation.ranking.trees import Trees

MOST_OTHERS = 300  # pairs without a held-out tie of one network and seed
SETTINGS = {
    "max_iter": 120,
    "learning_rate": 0.08,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 200,
    "l2_regularization": 10.0,
    "max_features": 0.3,
    "early_stopping": False,
}


def fit_trees(
    corpus: Sequence[Example], pairs: Sequence[Pairs], at: Sequence[int], seed: int = 0
) -> Trees:
    """Fit trees on pairs of networks number `at`; families weigh the same, as do both classes."""
    random = np.random.default_rng(seed)
    share = balance(corpus)
    parts = []
    for one, k in zip(pairs, at, strict=True):
        hidden, others = np.flatnonzero(one.truth), np.flatnonzero(~one.truth)
        others = random.permutation(others)[:MOST_OTHERS]
        if len(hidden) and len(others):
            for rows, truth in ((hidden, 1), (others, 0)):
                weight = np.full(len(rows), share[k] / len(rows))
                parts.append((one.columns[rows], np.full(len(rows), truth), weight))
    x, y, w = (np.concatenate(part) for part in zip(*parts, strict=True))
    model = HistGradientBoostingClassifier(**SETTINGS, random_state=seed)
    return flatten_trees(model.fit(x, y, sample_weight=w * (len(w) / w.sum())))


def flatten_trees(model: HistGradientBoostingClassifier) -> Trees:
    """Put the nodes of all trees one after the other; numbers of nodes count from their root."""
    nodes = [tree.nodes for step in model._predictors for tree in step]
    joined = np.concatenate(nodes)
    roots = np.cumsum([0] + [len(tree) for tree in nodes[:-1]])
    feature = np.where(joined["is_leaf"], -1, joined["feature_idx"])
    return Trees(
        feature.astype(np.int16),
        _round_down(np.where(joined["is_leaf"], 0.0, joined["num_threshold"])),
        joined["left"].astype(np.int16),
        joined["right"].astype(np.int16),
        np.where(joined["is_leaf"], joined["value"], 0.0).astype(np.float32),
        roots.astype(np.int32),
    )


def _round_down(thresholds: np.ndarray) -> np.ndarray:
    """Nearest 32-bit number not above, so that columns of 32 bits fall on the same side."""
    rounded = thresholds.astype(np.float32)
    above = rounded.astype(np.float64) > thresholds
    return np.where(above, np.nextafter(rounded, np.float32(-np.inf)), rounded)


def save_trees(trees: Trees, path: Path) -> None:
    """Write trees as compressed arrays."""
    np.savez_compressed(path, **{name: getattr(trees, name) for name in Trees.__dataclass_fields__})
