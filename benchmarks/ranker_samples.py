"""Training pairs: ties hidden, features from what is left, kept on disk between runs."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from ranker_baselines import rank_walks
from ranker_corpus import Example
from scipy import sparse

from partnet.questions.recommendation.features.features import (
    CLIP_IN_TRAINING,
    NEWCOMER,
    WARM,
    PairFeatures,
    normal_quantiles,
)
from partnet.questions.recommendation.features.fields import Field
from partnet.questions.recommendation.features.graph import VisibleGraph, list_pairs
from partnet.questions.recommendation.ranking.holdout import (
    Hidden,
    hide_events,
    hide_organizations,
    hide_ties,
    link_events,
)
from partnet.questions.recommendation.ranking.reference_pairs import (
    HIDDEN_PER_VISIBLE,
    count_judged,
)
from partnet.questions.recommendation.ranking.shrinkage import hide_again
from partnet.questions.recommendation.ranking.trees import measure_columns


@dataclass
class Pairs:
    """Candidate pairs of one network with their columns, what trees see, and the truth."""

    i: np.ndarray
    j: np.ndarray
    raw: np.ndarray
    scaled: np.ndarray
    truth: np.ndarray
    degree: np.ndarray
    expected: float
    percentiles: np.ndarray
    columns: np.ndarray | None = None


@dataclass
class Sample:
    """One network with ties hidden: pairs to judge, and pairs to learn from within it."""

    index: int
    warm: Pairs
    inner: list[tuple[np.ndarray, np.ndarray]]
    newcomer: Pairs


def make_samples(corpus: Sequence[Example], seed: int, cache: Path) -> list[Sample]:
    """Hide ties of every network with one seed; features come from the reduced graph alone."""
    path = cache / f"samples-{seed}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())
    samples = [make_sample(k, example, seed) for k, example in enumerate(corpus)]
    cache.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(samples))
    return samples


def make_sample(index: int, example: Example, seed: int) -> Sample:
    """Hide one tie in five; within what is left, hide one in five again as the library does."""
    random = np.random.default_rng([seed, index])
    hidden = hide(example, random)
    newcomers = hide_organizations(example.adjacency, random, share=0.1)
    visible = PairFeatures(VisibleGraph(hidden.graph.adjacency, example.strength), example.fields)
    adjacency, events = hidden.graph.adjacency, hidden.events
    documents = None if events is None else link_events(adjacency, events)
    known = example.fields, example.strength
    return Sample(
        index,
        pairs_of(*known, hidden, WARM, warm=True, trees=True),
        hide_again(visible, WARM, documents),
        pairs_of(*known, newcomers, NEWCOMER, warm=False),
    )


def hide(example: Example, random: np.random.Generator) -> Hidden:
    """Hide by event where the ties are a projection of events, else by tie."""
    if example.events is not None:
        return hide_events(example.events, random)
    return hide_ties(example.adjacency, random)


def pairs_of(
    fields: tuple[Field, ...],
    strength: sparse.csr_array,
    hidden: Hidden,
    columns: Sequence[str],
    *,
    warm: bool,
    trees: bool = False,
) -> Pairs:
    """Measure the pairs without a visible tie: both ends tied (warm), or exactly one (newcomer)."""
    graph = VisibleGraph(hidden.graph.adjacency, strength)
    i, j = list_pairs(graph)
    tied = graph.degree > 0
    chosen = tied[i] & tied[j] if warm else tied[i] ^ tied[j]
    i, j = i[chosen], j[chosen]
    features = PairFeatures(graph, fields)
    raw = features.measure(columns, i, j)
    scaled = normal_quantiles(raw, CLIP_IN_TRAINING)
    truth, expected = hidden.is_hidden(i, j), HIDDEN_PER_VISIBLE * count_judged(graph)
    walks = rank_walks(graph, i, j)
    pairs = Pairs(i, j, raw, scaled, truth, graph.degree, expected, walks)
    return replace(pairs, columns=measure_columns(features, scaled, i, j)) if trees else pairs
