"""Betweenness from a sample of sources, where all of them would take too long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.arrays import FloatArray, Int32Array, PositionArray
from ...facts.layers import Layer
from .paths import add_parts, count_betweenness, measure_betweenness

MOST_STEPS = 2e10  # about a minute on two cores; beyond, sources are drawn
MOST_WEIGHTED = 2e9  # a step along lengths costs about ten times as much
FEWEST, SHARE = 200, 0.25  # sources drawn at least, and share of MOST_STEPS that they may take
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

    def columns(self) -> dict[str, FloatArray]:
        """The columns that go into a table."""
        error = {} if self.error is None else {"betweenness_error": self.error}
        return {"betweenness": self.values, **error}


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
    n, s = layer.n, len(sources)
    parts = count_betweenness(layer, sources, workers=workers)
    sizes = np.array([size for _, size in parts], dtype=float)
    means = np.array([part / size for part, size in parts])
    scale = 1.0 / ((n - 1) * (n - 2)) * n
    mean = add_parts([part for part, _ in parts], (n,)) / s
    # One batch only where it holds every source, and then nothing is estimated.
    batches = max(len(parts) - 1, 1)
    spread = (sizes[:, None] * (means - mean) ** 2).sum(axis=0) / batches
    error = np.sqrt(spread / s * (1.0 - s / n))
    return Betweenness(mean * scale, error * scale, sources)


def _put_back(found: Betweenness, positions: PositionArray, n: int) -> Betweenness:
    """Values by position in the whole layer, with 0 for those that were left out."""
    values, error = np.zeros(n), None if found.error is None else np.zeros(n)
    values[positions] = found.values
    if error is not None and found.error is not None:
        error[positions] = found.error
    sources = None if found.sources is None else positions[found.sources].astype(np.int32)
    return Betweenness(values, error, sources)


def draw_sources(
    layer: Layer, *, most_steps: float = MOST_STEPS, seed: int = SEED
) -> Int32Array | None:
    """Draw the sources to count from; ``None`` where all of them are affordable."""
    each = 2.0 * max(layer.matrix.nnz, 1)
    if layer.n * each <= most_steps:
        return None
    number = min(layer.n, max(FEWEST, int(SHARE * most_steps / each)))
    drawn = np.random.default_rng(seed).permutation(layer.n)[:number]
    return drawn.astype(np.int32)
