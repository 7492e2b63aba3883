"""Fits for the evaluation: each on some of the networks, kept on disk between runs."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from ranker_best import Rankers, fit_rankers
from ranker_corpus import Example, read_corpus, split_families
from ranker_samples import Sample, make_samples

SEEDS = (0, 1, 2, 3, 4, 5)  # of hiding: so many are judged
FITTED = 3  # of them, the first, fits learn from: more take long and change little
FOLDS = 5


@dataclass(frozen=True)
class Material:
    """The corpus with ties hidden several times, and the fold of every network."""

    corpus: Sequence[Example]
    seeds: Sequence[Sequence[Sample]]
    fold: np.ndarray

    @property
    def domains(self) -> np.ndarray:
        """Domain of every network."""
        return np.array([example.domain for example in self.corpus])

    @property
    def parts(self) -> dict[str, np.ndarray]:
        """Networks left out together, by name of the fit."""
        folds = {f"fold-{k}": np.flatnonzero(self.fold == k) for k in range(FOLDS)}
        names = sorted(set(self.domains))
        return folds | {f"domain-{d}": np.flatnonzero(self.domains == d) for d in names}


def read_material(folder: Path, cache: Path) -> Material:
    """Read the networks and hide ties with every seed; families stay in one fold."""
    corpus = read_corpus(folder)
    seeds = [make_samples(corpus, seed, cache) for seed in SEEDS]
    return Material(corpus, seeds, split_families(corpus, FOLDS, SEEDS[0]))


def remember(path: Path, make: Callable[[], Any]) -> Any:
    """Read what was made before; else make it and keep it."""
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(make()))
        part.replace(path)
    return pickle.loads(path.read_bytes())


def fit_part(material: Material, cache: Path, name: str) -> Rankers:
    """Fit on everything but one part."""
    chosen = np.setdiff1d(np.arange(len(material.corpus)), material.parts.get(name, []))
    fit = partial(fit_rankers, material.corpus, material.seeds[:FITTED], chosen)
    return remember(cache / f"{name}.pickle", fit)


def run_parts(work: Callable[[str], Any], names: Sequence[str], workers: int) -> dict[str, Any]:
    """Do the work for each part, several at a time; workers share what is in memory already."""
    global _work
    _work = work
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        return dict(zip(names, pool.map(_do, names), strict=True))


_work: Callable[[str], Any]


def _do(name: str) -> Any:
    return _work(name)
