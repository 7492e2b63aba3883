"""Key players: the few whose loss would break the network, or who together reach it best."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..weights import Layer
from .cohesion import find_cuts
from .kernels.paths import add_reach_gain
from .parallel import run_ranges
from .ranking import DIGITS
from .rows import Floats, get_rows

MOST_CANDIDATES = 2000  # beyond, only those with most ties are tried for reach; the method says so


def find_breakers(layer: Layer, *, most: int = 3) -> pd.DataFrame:
    """Find the set whose loss leaves the fewest pairs connected (KPP-Neg, greedy).

    Fragmentation ``F = 1 - sum_k s_k (s_k - 1) / (n (n - 1))`` over the parts ``s_k`` of what is
    left; in each round the organization is taken that raises it most, equal ones in the order of
    the network. Organizations without ties are never taken.

    Parameters
    ----------
    layer : Layer
        The graph; direction is ignored.
    most : int, default 3
        Size of the set.

    Returns
    -------
    DataFrame
        ``order`` (1, 2, …), ``organization``, ``name``, ``value`` (F once it and those before it
        are gone), ``before`` (F of the whole network).

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    keep = ~layer.ids.isin(layer.without)
    chosen: list[int] = []
    values: list[float] = []
    before = measure_fragmentation(layer, keep)
    while len(chosen) < most:
        left = layer.restrict(keep) if chosen else layer
        cuts = find_cuts(left)
        own = cuts.component_size.astype(np.int64)
        lost = own * (own - 1) - cuts.connected_after
        lost[cuts.component_size < 2] = -1
        if not layer.n or lost.max() < 0:
            break
        best = int(np.argmax(lost))
        keep[best] = False
        chosen.append(best)
        values.append(measure_fragmentation(layer.restrict(keep), keep))
    return _list_players(layer, chosen, values, before)


def measure_fragmentation(layer: Layer, keep: npt.NDArray[np.bool_]) -> float:
    """Share of pairs of the kept organizations that have no way to each other.

    0 where fewer than two organizations are left.
    """
    n = int(keep.sum())
    if n < 2:
        return 0.0
    cuts = find_cuts(layer)
    connected = int((cuts.component_size[keep].astype(np.int64) - 1).sum())
    return 1.0 - connected / (n * (n - 1))


def find_reachers(layer: Layer, *, most: int = 3) -> pd.DataFrame:
    """Find the set that is nearest to everybody (KPP-Pos, greedy).

    Distance-weighted reach ``R = sum_j (1 / d_j) / n`` with ``d_j`` the steps from the nearest
    member to j (1 for members, 1 / d = 0 out of reach). In each round the organization is taken
    that raises it most; greedy sets reach at least 1 - 1/e of the best.

    Parameters
    ----------
    layer : Layer
        The graph; along the arrows if directed.
    most : int, default 3
        Size of the set.

    Returns
    -------
    DataFrame
        ``order``, ``organization``, ``name``, ``value`` (R with it and those before it),
        ``before`` (0).

    References
    ----------
    Borgatti (2006), doi:10.1007/s10588-006-7084-x.
    """
    degree = np.diff(layer.matrix.indptr)
    ranked = np.argsort(-degree, kind="stable")[:MOST_CANDIDATES]
    candidates = np.sort(ranked[degree[ranked] > 0]).astype(np.int32)
    nearest = np.full(layer.n, np.inf)
    chosen: list[int] = []
    values: list[float] = []
    for _ in range(min(most, len(candidates))):
        gain = np.round(_measure_gain(layer, candidates, nearest), DIGITS)
        if gain.max() <= 0:
            break
        chosen.append(int(candidates[int(np.argmax(gain))]))
        nearest = np.minimum(nearest, _steps_from(layer, chosen[-1]))
        values.append(float((1.0 / nearest).sum() / layer.n))
    return _list_players(layer, chosen, values, 0.0)


def _measure_gain(layer: Layer, candidates: npt.NDArray[np.int32], nearest: Floats) -> Floats:
    indptr, indices, _ = get_rows(layer.matrix)
    gain = np.zeros(len(candidates))

    def work(first: int, last: int) -> None:
        add_reach_gain(indptr, indices, candidates, nearest, first, last, gain)

    run_ranges(work, len(candidates), steps=float(len(candidates)) * layer.matrix.nnz)
    return gain


def _steps_from(layer: Layer, source: int) -> Floats:
    """Steps from one organization to everybody; 1 to itself, infinite where there is no way."""
    indptr, indices, _ = get_rows(layer.matrix)
    steps = np.full(layer.n, np.inf)
    steps[source], front, depth = 1.0, np.array([source]), 0
    seen = np.zeros(layer.n, dtype=bool)
    seen[source] = True
    while len(front):
        depth += 1
        rows = [indices[indptr[v] : indptr[v + 1]] for v in front]
        front = np.unique(np.concatenate(rows))
        front = front[~seen[front]]
        seen[front] = True
        steps[front] = depth
    return steps


def _list_players(
    layer: Layer, chosen: list[int], values: list[float], before: float
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order": np.arange(1, len(chosen) + 1),
            "organization": layer.ids[chosen],
            "name": layer.names.to_numpy()[chosen],
            "value": values,
            "before": before,
        }
    )
