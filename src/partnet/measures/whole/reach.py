"""How far everybody reaches: partners within some steps, the farthest one, and ties on the way."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...core.arrays import FloatArray, as_unsigned, get_rows
from ...facts.graph.layers import Layer
from ..centrality.paths import add_parts
from ..kernels.reach import add_tie_betweenness, count_steps
from ..parallel import run_ranges
from .shape import list_pairs

WITHIN = (2, 3)


def measure_reach(
    layer: Layer, within: tuple[int, ...] = WITHIN, *, workers: int | None = None
) -> pd.DataFrame:
    """Say whom each organization reaches in a few steps, and how far the farthest is.

    m-step reach: others within m steps, over n - 1. Eccentricity: steps to the farthest of those
    that are reached; 0 for an isolate. Along the arrows *from* the organization if directed.

    Parameters
    ----------
    layer : Layer
        The graph; strengths are not used.
    within : tuple of int, default (2, 3)
        The steps m.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    DataFrame
        Indexed by organization id: ``reach_m`` for every m (between 0 and 1) and ``eccentricity``.

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x (m-reach). Hage & Harary (1995),
    doi:10.1016/0378-8733(94)00248-9 (eccentricity).
    """
    indptr, indices = get_rows(layer.matrix)[:2]
    counts = np.zeros((layer.n, max(within, default=1)), np.int64)
    farthest = np.zeros(layer.n, np.int64)

    def work(first: int, last: int) -> None:
        count_steps(indptr, *as_unsigned(indices), first, last, counts, farthest)

    run_ranges(work, layer.n, steps=float(layer.n) * len(indices), workers=workers)
    reached = np.cumsum(counts, axis=1) / max(layer.n - 1, 1)
    columns: dict[str, npt.NDArray] = {f"reach_{m}": reached[:, m - 1] for m in within}
    return pd.DataFrame(columns | {"eccentricity": farthest}, index=layer.ids)


def measure_tie_betweenness(layer: Layer, *, workers: int | None = None) -> pd.DataFrame:
    """Say how much of what passes through the network passes over each tie.

    ``sum over pairs s, t of (shortest paths s-t over the tie) / (shortest paths s-t)``, over all
    n (n - 1) / 2 pairs; n (n - 1) ordered pairs if directed. Strengths are not used.

    Returns
    -------
    DataFrame
        One row a tie, in the order of the network: ``source``, ``target`` (ids), ``betweenness``
        (between 0 and 1).

    References
    ----------
    Girvan & Newman (2002), doi:10.1073/pnas.122653799. Brandes (2008),
    doi:10.1016/j.socnet.2007.11.001.
    """
    indptr, indices = get_rows(layer.matrix)[:2]

    def work(first: int, last: int) -> FloatArray:
        arcs = np.zeros(len(indices))
        add_tie_betweenness(indptr, *as_unsigned(indices), first, last, arcs)
        return arcs

    parts = run_ranges(work, layer.n, steps=2.0 * layer.n * len(indices), workers=workers)
    passed = add_parts(parts, (len(indices),)) / max(layer.n * (layer.n - 1), 1)
    row = np.repeat(np.arange(layer.n), np.diff(indptr))
    source, target, _ = list_pairs(layer)
    cell = np.searchsorted(row * layer.n + indices, source.astype(np.int64) * layer.n + target)
    back = passed[cell]
    if not layer.directed:
        turned = target.astype(np.int64) * layer.n + source
        back = back + passed[np.searchsorted(row * layer.n + indices, turned)]
    columns = {"source": layer.ids[source], "target": layer.ids[target], "betweenness": back}
    return pd.DataFrame(columns)
