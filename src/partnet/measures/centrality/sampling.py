"""Paths counted from a sample of sources, where all of them would take too long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.arrays import FloatArray, Int32Array, PositionArray
from ...facts.graph.layers import Layer
from .paths import (
    Closeness,
    count_betweenness,
    count_weighted_paths,
    estimate_mean,
    measure_betweenness,
    measure_closeness,
    measure_weighted_paths,
    sum_up_weighted,
)

MOST_STEPS = 2e10  # about a minute on two cores; beyond, sources are drawn
MOST_WEIGHTED = 2e9  # a step along lengths costs about ten times as much
FEWEST, SHARE = 200, 0.25  # sources drawn at least, and share of the steps that they may take
MOST_CLOSE = 1e12  # steps without numbers of paths: 512 searches are one, so ten seconds
CLOSE = 8192  # sources of closeness: a mean of so many errs by a hundredth of their spread
SEED = 20260630


@dataclass(frozen=True)
class Betweenness:
    """Betweenness of everybody, exact or estimated.

    Attributes
    ----------
    values : array, shape (n,)
        As of :func:`measure_betweenness`, among those that are not left out; 0 for those.
    error : array, shape (n,), or None
        Standard error; ``None`` if exact.
    sources : int32 array or None
        Positions from which paths were counted; ``None`` if all.
    """

    values: FloatArray
    error: FloatArray | None = None
    sources: Int32Array | None = None

    def columns(self, name: str = "betweenness") -> dict[str, FloatArray]:
        """The columns that go into a table."""
        error = {} if self.error is None else {f"{name}_error": self.error}
        return {name: self.values, **error}


def find_betweenness(
    layer: Layer, *, most_steps: float = MOST_STEPS, seed: int = SEED, workers: int | None = None
) -> Betweenness:
    """Measure betweenness exactly where that takes about a minute, else estimate it.

    Sources are drawn without replacement; the mean over them of what each adds, times n, is
    unbiased. The standard error comes from 16 batches of sources. It is right for those of high
    betweenness; for the others, whose paths come from few sources, it tends to be too small.

    Parameters
    ----------
    layer : Layer
        The graph.
    most_steps : float
        Steps (2 x n x ties) up to which every source is taken.
    seed : int
        Seed of the draw.
    workers : int, optional
        Threads; the result does not depend on it.

    References
    ----------
    Brandes & Pich (2007), doi:10.1142/S0218127407018403.
    """
    here = layer.present()
    if here.n < layer.n:
        found = find_betweenness(here, most_steps=most_steps, seed=seed, workers=workers)
        return _put_back(found, np.flatnonzero(layer.ids.isin(here.ids)), layer.n)
    sources = draw_sources(layer, most_steps=most_steps, seed=seed)
    if sources is None:
        return Betweenness(measure_betweenness(layer, workers=workers))
    return _estimate(count_betweenness(layer, sources, workers=workers), sources, layer.n)


def _estimate(parts: list[tuple[FloatArray, int]], sources: Int32Array, n: int) -> Betweenness:
    """Estimate from what some sources added, with the spread between their batches."""
    mean, error = estimate_mean(parts, n)
    scale = 1.0 / ((n - 1) * (n - 2)) * n
    return Betweenness(mean * scale, error * scale, sources)


def _put_back(found: Betweenness, positions: PositionArray, n: int) -> Betweenness:
    """Values by position in the whole layer, with 0 for those that were left out."""
    values, error = np.zeros(n), None if found.error is None else np.zeros(n)
    values[positions] = found.values
    if error is not None and found.error is not None:
        error[positions] = found.error
    sources = None if found.sources is None else positions[found.sources].astype(np.int32)
    return Betweenness(values, error, sources)


def find_closeness(
    layer: Layer, *, most_steps: float = MOST_CLOSE, seed: int = SEED, workers: int | None = None
) -> Closeness:
    """Measure closeness exactly where that takes some seconds, else estimate it.

    From sources drawn without replacement: the mean distance from them, and the share of them that
    have a path, stand for those of all others.

    Parameters
    ----------
    layer : Layer
        The graph.
    most_steps : float
        Steps (2 x n x ties) up to which every source is taken.
    seed : int
        Seed of the draw.
    workers : int, optional
        Threads; the result does not depend on it.

    References
    ----------
    Eppstein & Wang (2004), doi:10.7155/jgaa.00081.
    """
    sources = draw_sources(layer, most_steps=most_steps, seed=seed, number=CLOSE)
    return measure_closeness(layer, sources=sources, workers=workers)


def find_weighted_paths(
    layer: Layer,
    *,
    most_steps: float = MOST_WEIGHTED,
    seed: int = SEED,
    workers: int | None = None,
) -> tuple[Betweenness, Closeness]:
    """Give betweenness and closeness along lengths, exact or estimated.

    As :func:`find_betweenness` and :func:`find_closeness` do, both from the same sources; these are
    fewer than those without strengths, as a step takes longer.
    """
    sources = draw_sources(layer, most_steps=most_steps, seed=seed)
    if sources is None:
        passing, near = measure_weighted_paths(layer, workers=workers)
        return Betweenness(passing), near
    parts = count_weighted_paths(layer, sources, workers=workers)
    through = [(part[0], size) for part, size in parts]
    return _estimate(through, sources, layer.n), sum_up_weighted(parts, layer.n, sources=sources)


def draw_sources(
    layer: Layer, *, most_steps: float = MOST_STEPS, seed: int = SEED, number: int | None = None
) -> Int32Array | None:
    """Draw the sources to count from; ``None`` where all of them are affordable.

    So many as a share of the steps allows, or the `number` that is given.
    """
    each = 2.0 * max(layer.matrix.nnz, 1)
    if layer.n * each <= most_steps:
        return None
    number = number or max(FEWEST, int(SHARE * most_steps / each))
    drawn = np.random.default_rng(seed).permutation(layer.n)[:number]
    return drawn.astype(np.int32)
