"""Seeded networks of the sizes that partnet must bear: state, region, nation, two-mode nation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet.facts.graph.layers import Layer

SEED = 20261124
LEVELS = np.array([1.0, 0.5, 0.25])  # strengths whose lengths are exact, so that libraries agree


@dataclass(frozen=True, slots=True)
class Size:
    """How large a network is: organizations and ties, and organizations to a place."""

    organizations: int
    ties: int
    place: int


SIZES = {
    "state": Size(300, 2_000, 60),
    "region": Size(5_000, 60_000, 250),
    "nation": Size(200_000, 3_000_000, 400),
}
TWO_MODE = {  # organizations, features, entries
    "region": (5_000, 600, 50_000),
    "nation": (1_500_000, 60_000, 15_000_000),
}


def make_layer(size: Size, *, seed: int = SEED) -> Layer:
    """Make a network with hubs, places that keep to themselves, pendants and isolates.

    Every organization has a propensity (Pareto, capped) and a place; seven ties in ten stay within
    the place. One organization in a hundred is an isolate, one in ten a pendant.
    """
    random = np.random.default_rng(seed)
    n = size.organizations
    order = random.permutation(n)
    lone, pendant = order[: n // 100], order[n // 100 : n // 100 + n // 10]
    source, target = _draw_ties(size, np.concatenate([lone, pendant]), random)
    hub = random.choice(np.setdiff1d(np.arange(n), np.concatenate([lone, pendant])), len(pendant))
    source, target = np.concatenate([source, pendant]), np.concatenate([target, hub])
    strength = random.choice(LEVELS, len(source))
    row, column = np.concatenate([source, target]), np.concatenate([target, source])
    cells = row.astype(np.int32), column.astype(np.int32)
    matrix = sparse.csr_array((np.tile(strength, 2), cells), shape=(n, n))
    matrix.sort_indices()
    ids = pd.Index([f"o{k}" for k in range(n)], dtype="str", name="id")
    return Layer(ids, pd.Series(ids, index=ids), matrix)


def _draw_ties(
    size: Size, without: npt.NDArray, random: np.random.Generator
) -> tuple[npt.NDArray, npt.NDArray]:
    """Draw different pairs by propensity, most of them within a place; pendants come on top."""
    n = size.organizations
    weight = np.minimum(random.pareto(2.0, n) + 0.3, 15.0)
    weight[without] = 0.0
    upto = np.cumsum(weight)
    wanted = size.ties - n // 10
    found = np.zeros(0, np.int64)
    while len(found) < wanted:
        count = int(1.3 * (wanted - len(found))) + 100
        source = np.searchsorted(upto, random.random(count) * upto[-1], side="right")
        first = source // size.place * size.place
        last = np.minimum(first + size.place, n) - 1
        low, high = np.where(first > 0, upto[first - 1], 0.0), upto[last]
        near = np.searchsorted(upto, low + random.random(count) * (high - low), side="right")
        far = np.searchsorted(upto, random.random(count) * upto[-1], side="right")
        target = np.where(random.random(count) < 0.7, np.minimum(near, n - 1), far)
        pair = np.minimum(source, target) * n + np.maximum(source, target)
        found = np.unique(np.concatenate([found, pair[source != target]]))
    kept = random.permutation(found)[:wanted]
    return kept // n, kept % n


def make_two_mode(
    organizations: int, features: int, entries: int, *, seed: int = SEED
) -> tuple[sparse.csr_array, npt.NDArray]:
    """Make organizations x features, and the place of each organization, which has most of them.

    A place has about 120 features of its own; one entry in five is a feature drawn by a
    heavy-tailed propensity from the whole list: with ten entries each, one organization in ten has
    the first.
    """
    random = np.random.default_rng(seed)
    places = max(features // 120, 1)
    place = random.integers(places, size=organizations)
    found = np.zeros(0, np.int64)
    while len(found) < entries:
        count = int(1.1 * (entries - len(found))) + 100
        row = random.integers(organizations, size=count)
        local = place[row] * (features // places) + random.integers(features // places, size=count)
        common = np.minimum((random.pareto(1.0, count) * 20).astype(np.int64), features - 1)
        column = np.where(random.random(count) < 0.8, local, common)
        found = np.unique(np.concatenate([found, row * features + column]))
    kept = np.sort(random.permutation(found)[:entries])
    cells = (kept // features).astype(np.int32), (kept % features).astype(np.int32)
    matrix = sparse.csr_array((np.ones(entries), cells), shape=(organizations, features))
    matrix.sort_indices()
    return matrix, place
