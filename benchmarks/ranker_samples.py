"""Training pairs: ties hidden, features from what is left, kept on disk between runs."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from ranker_corpus import Example

from partnet.recommend.features import (
    CLIP_IN_TRAINING,
    NEWCOMER,
    WARM,
    PairFeatures,
    normal_quantiles,
)
from partnet.recommend.graph import VisibleGraph
from partnet.recommend.hiding import Hidden, hide_events, hide_organizations, hide_ties
from partnet.recommend.scores import list_pairs

INNER = 3  # times ties are hidden once more, within what is visible


@dataclass
class Pairs:
    """Candidate pairs of one network with their columns and the truth."""

    i: np.ndarray
    j: np.ndarray
    raw: np.ndarray
    scaled: np.ndarray
    truth: np.ndarray
    degree: np.ndarray
    visible_ties: int


@dataclass
class Sample:
    """One network with ties hidden: pairs to judge, and pairs to learn from within it."""

    index: int
    warm: Pairs
    inner: list[Pairs]
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
    """Hide one tie in five; within what is left, hide one in five again, several times."""
    random = np.random.default_rng([seed, index])
    hidden = hide(example, random)
    newcomers = hide_organizations(example.adjacency, random, share=0.1)
    visible = replace(example, adjacency=hidden.graph.adjacency, events=hidden.events)
    inner = [hide(visible, random) for _ in range(INNER)]
    return Sample(
        index,
        pairs_of(example, hidden, WARM, warm=True),
        [pairs_of(example, once_more, WARM, warm=True) for once_more in inner],
        pairs_of(example, newcomers, NEWCOMER, warm=False),
    )


def hide(example: Example, random: np.random.Generator) -> Hidden:
    """Hide by event where the ties are a projection of events, else by tie."""
    if example.events is not None:
        return hide_events(example.events, random)
    return hide_ties(example.adjacency, random)


def pairs_of(example: Example, hidden: Hidden, columns: Sequence[str], *, warm: bool) -> Pairs:
    """Measure the pairs without a visible tie: both ends tied (warm), or exactly one (newcomer)."""
    graph = VisibleGraph(hidden.graph.adjacency)
    i, j = list_pairs(graph)
    tied = graph.degree > 0
    chosen = tied[i] & tied[j] if warm else tied[i] ^ tied[j]
    i, j = i[chosen], j[chosen]
    raw = PairFeatures(graph, example.fields).measure(columns, i, j)
    return Pairs(
        i, j, raw, normal_quantiles(raw, CLIP_IN_TRAINING), hidden.is_hidden(i, j), graph.degree,
        int(graph.adjacency.nnz // 2),
    )  # fmt: skip
