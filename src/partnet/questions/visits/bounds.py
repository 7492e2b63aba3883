"""How good any plan of tours could be: the most priority, the least kilometers.

References
----------
Held & Karp (1971), doi:10.1007/BF01584070 (the lower bound by one-trees).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...core.arrays import FloatArray
from .routes import BASE, TINY, Limits, drive

ASCENT = 80  # steps towards the best one-tree


def bound_priority(km: FloatArray, priority: FloatArray, limits: Limits) -> float:
    """Bound the priority that any plan can reach.

    The smaller of two: the most pressing stops, as many as the days have visits; and a fractional
    knapsack of ``days x km_per_day``, in which a stop weighs half of the two shortest roads that
    can lead to it and on from it (every tour enters and leaves it by some two).
    """
    most = min(limits.days, limits.days_per_tour)
    rows = km.tolist()
    stops = [k for k in range(1, len(km)) if drive(rows, [k], limits).days <= most]
    if not stops:
        return 0.0
    value = np.asarray(priority, dtype=float)[stops]
    by_visits = np.sort(value)[::-1][: limits.days * limits.stops_per_day].sum()
    weight = _lightest_roads(km, stops) / 2
    order = np.argsort(-value / np.maximum(weight, TINY), kind="stable")
    room = limits.days * limits.km_per_day - np.concatenate([[0.0], weight[order].cumsum()[:-1]])
    share = np.clip(room / np.maximum(weight[order], TINY), 0.0, 1.0)
    return float(min(by_visits, (share * value[order]).sum()))


def _lightest_roads(km: FloatArray, stops: Sequence[int]) -> FloatArray:
    """Sum of the two shortest roads at each stop; a tour of one stop uses its road twice."""
    inner = km[stops][:, stops]
    np.fill_diagonal(inner, np.inf)
    home = km[stops, BASE][:, None]
    return np.asarray(np.sort(np.hstack([inner, home, home]), axis=1)[:, :2].sum(axis=1))


def bound_length(km: FloatArray, stops: Sequence[int]) -> float:
    """Bound the length of any round trip through stops from below (Held and Karp's one-tree).

    A tree over the stops of least length and the two shortest roads to the base, with penalties
    that pull every stop towards two roads. Exact for one and two stops.
    """
    here = [BASE, *stops]
    goal = drive(km.tolist(), stops, Limits(1, np.inf, len(here), 1)).km
    if len(here) < 4:
        return goal
    lengths = km[here][:, here]
    penalty, best, scale = np.zeros(len(here)), 0.0, 1.0
    for _ in range(ASCENT):
        length, degree = _span(lengths + penalty[:, None] + penalty[None, :])
        bound = length - 2 * penalty.sum()
        best = max(best, bound)
        excess = degree - 2.0
        if not excess.any() or goal - bound < TINY:
            break
        penalty += scale * (goal - bound) / (excess @ excess) * excess
        scale *= 0.95
    return float(min(best, goal))


def _span(lengths: FloatArray) -> tuple[float, FloatArray]:
    """Length and degrees of the least one-tree: a tree over the stops, two roads to the base."""
    n = len(lengths)
    degree = np.zeros(n)
    way, parent = lengths[1].copy(), np.full(n, 1)
    way[[BASE, 1]] = np.inf
    total = 0.0
    for _ in range(n - 2):
        new = int(np.argmin(way))
        total += float(way[new])
        degree[[new, parent[new]]] += 1
        way[new] = np.inf
        closer = (lengths[new] < way) & np.isfinite(way)
        way[closer], parent[closer] = lengths[new][closer], new
    first, second = np.argsort(lengths[BASE, 1:], kind="stable")[:2] + 1
    degree[BASE] += 2
    degree[first] += 1
    degree[second] += 1
    return total + float(lengths[BASE, first] + lengths[BASE, second]), degree
