"""What is left if organizations leave: by chance, or the best tied first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.arrays import FloatArray, IntArray, get_rows
from ...facts.graph.layers import Layer
from ..centrality.paths import measure_betweenness
from ..kernels.robustness import trace_removal
from ..ranking import DIGITS

SEED = 20260630
DRAWS = 20
COLUMNS = ["order", "removed", "share", "largest", "fragmentation"]
POINTS = 50  # rows of the table for each order; the curve itself is followed to the last one


def measure_removal(
    layer: Layer,
    betweenness: FloatArray | None = None,
    *,
    draws: int = DRAWS,
    points: int = POINTS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Follow what is left of the network while organizations leave one after the other.

    Three orders: ``chance`` (mean of several draws), ``degree`` (most partners first) and
    ``betweenness`` (most often between others first, as measured on the whole network). A network
    that chance hardly harms but that falls apart without its best tied few leans on those few.

    Parameters
    ----------
    layer : Layer
        The graph; direction is ignored, those left out are gone from the start.
    betweenness : array, shape (n,), optional
        By position, where it is known already.
    draws : int, default 20
        Orders drawn for chance.
    points : int, default 50
        Rows for each order, evenly spread over the removals.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        ``order``, ``removed`` (organizations), ``share`` (of all), ``largest`` (main component, as
        a share of those who were there at first), ``fragmentation`` (share of the pairs left
        without a path to each other; 0 where fewer than two are left).

    References
    ----------
    Albert, Jeong & Barabási (2000), doi:10.1038/35019019. Borgatti (2006),
    doi:10.1007/s10588-006-7084-x (fragmentation).
    """
    if betweenness is None:
        betweenness = measure_betweenness(layer)
    betweenness = betweenness[~layer.ids.isin(layer.without)]
    here = layer.present()
    n = here.n
    degree = np.diff(here.symmetric.indptr)
    random = np.random.default_rng(seed)
    orders = {
        "chance": [random.permutation(n) for _ in range(draws)],
        "degree": [np.argsort(-degree, kind="stable")],
        "betweenness": [np.argsort(-np.round(betweenness, DIGITS), kind="stable")],
    }
    at = np.unique(np.linspace(0, n, min(points, n + 1)).astype(int))
    curves = [_follow(here, name, drawn, at) for name, drawn in orders.items()]
    return pd.concat(curves, ignore_index=True)


def _follow(layer: Layer, name: str, orders: list[IntArray], at: IntArray) -> pd.DataFrame:
    """The mean curve of several orders, at some numbers of removals."""
    n = layer.n
    indptr, indices, _ = get_rows(layer.symmetric)
    largest = np.zeros((len(orders), n + 1), np.int64)
    connected = np.zeros((len(orders), n + 1), np.int64)
    for order, sizes, pairs in zip(orders, largest, connected, strict=True):
        trace_removal(indptr, indices, order.astype(np.int32), sizes, pairs)
    left = n - np.arange(n + 1)
    all_pairs = left * (left - 1)
    lost = np.zeros(n + 1)
    np.divide(all_pairs - connected.mean(axis=0), all_pairs, out=lost, where=all_pairs > 0)
    columns = {
        "order": name,
        "removed": at,
        "share": at / max(n, 1),
        "largest": largest.mean(axis=0)[at] / max(n, 1),
        "fragmentation": lost[at],
    }
    return pd.DataFrame(columns)
