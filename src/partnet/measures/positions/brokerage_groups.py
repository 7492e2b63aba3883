"""Brokerage between groups: which groups the brokers come from, against chance, and shared."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import FloatArray, Int32Array, IntArray, transpose
from ...facts.graph.layers import Layer
from .brokerage import PERMUTATIONS, ROLES, SEED, count_brokerage, count_draws

COLUMNS = ["group", "role", "count", "weighted", "expected", "z", "expected_density"]
BLOCK = 256


def list_group_brokerage(
    layer: Layer,
    groups: Int32Array,
    labels: list[str],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Say which groups the brokers belong to, in which roles, and whether that is more than chance.

    Each role of Gould & Fernandez, summed over the brokers of a group. Two kinds of chance:

    * `expected`: the ties stay, the group labels are permuted. Of T brokered triples a broker of
      group g has the role with the chance that three different organizations fit it: coordinator
      ``n_g (n_g - 1)(n_g - 2)``, itinerant ``n_g sum_h n_h (n_h - 1)``, gatekeeper and
      representative ``n_g (n_g - 1)(N - n_g)``, liaison ``n_g sum_h n_h (N - n_g - n_h)``, h other
      groups, over ``N (N - 1)(N - 2)``; z by the spread over the permutations;
    * `expected_density`: the groups stay, the ties are random with the same density d: ``d^2 (1 -
      d)`` times the number of ordered triples that fit, as R's ``sna::brokerage`` expects.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known or too small to count.
    labels : list of str
        Names of the groups.
    permutations : int, default 199
        Draws for the spread; 0 gives no z.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame
        One row a group and role: ``group``, ``role``, ``count``, ``weighted`` (every open pair
        shared by all who broker it: 1 / number of its brokers), ``expected``, ``z``,
        ``expected_density``.

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    k = len(labels)
    counts = _sum_groups(_count_roles(layer, groups), groups, k)
    weighted = _sum_groups(weigh_brokerage(layer, groups)[list(ROLES)].to_numpy(), groups, k)
    size = np.bincount(groups[groups >= 0], minlength=k).astype(float)
    fits = _count_fitting(size)
    every = size.sum() * (size.sum() - 1) * (size.sum() - 2)
    expected = counts.sum() * fits / every if every > 0 else np.zeros_like(fits)
    spread = _draw_spread(layer, groups, k, count_draws(layer, permutations), seed)
    z = np.full(counts.shape, np.nan)
    np.divide(counts - expected, spread, out=z, where=spread > 1e-9)
    density = layer.n_ties / max(layer.n * (layer.n - 1) / (1 if layer.directed else 2), 1)
    columns = {
        "group": np.repeat(np.array(labels, dtype=object), len(ROLES)),
        "role": np.tile(ROLES, k),
        "count": counts.ravel().astype(np.int64),
        "weighted": weighted.ravel(),
        "expected": expected.ravel(),
        "z": z.ravel(),
        "expected_density": (fits * density**2 * (1 - density)).ravel(),
    }
    return pd.DataFrame(columns, columns=COLUMNS)


def weigh_brokerage(layer: Layer, groups: Int32Array) -> pd.DataFrame:
    """Count brokered pairs so that several brokers of one pair share it.

    Every ordered pair u, w without a tie counts ``1 / (number of its brokers)`` for each v with
    u -> v -> w: who alone stands between two counts fully.

    Returns
    -------
    DataFrame
        Indexed by organization id: the five roles, and ``brokerage``, whatever the groups.

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    tie = layer.binary
    back = transpose(tie) if layer.directed else tie
    found = np.zeros((layer.n, len(ROLES) + 1))
    for first in range(0, layer.n, BLOCK):
        open_pairs = _find_open(layer, first)
        for u in range(open_pairs.shape[0]):
            at = slice(open_pairs.indptr[u], open_pairs.indptr[u + 1])
            _share_pairs(found, tie, back, groups, (first + u, open_pairs, at))
    return pd.DataFrame(found, index=layer.ids, columns=[*ROLES, "brokerage"])


def _find_open(layer: Layer, first: int) -> sparse.csr_array:
    """Number of brokers of every pair without a tie, for a block of rows."""
    tie = layer.binary
    rows = tie[first : first + BLOCK]
    paths = sparse.csr_array(rows @ tie).tocoo()
    row, column = paths.coords
    tied = np.asarray(rows[row, column]).ravel() > 0 if len(row) else np.zeros(0, dtype=bool)
    keep = ~tied & (row + first != column)
    cells = row[keep], column[keep]
    return sparse.csr_array((paths.data[keep], cells), shape=paths.shape)


def _share_pairs(
    found: FloatArray,
    tie: sparse.csr_array,
    back: sparse.csr_array,
    groups: Int32Array,
    pairs: tuple[int, sparse.csr_array, slice],
) -> None:
    """Add the shares of the brokers of all open pairs of one organization."""
    u, open_pairs, at = pairs
    ends = open_pairs.indices[at]
    if not len(ends):
        return
    weight = np.zeros(tie.shape[0])
    weight[ends] = 1.0 / open_pairs.data[at]
    brokers = tie.indices[tie.indptr[u] : tie.indptr[u + 1]]
    onward = sparse.csr_array(tie[brokers]).tocoo()
    broker, end = brokers[onward.coords[0]], onward.coords[1]
    share = weight[end]
    np.add.at(found[:, len(ROLES)], broker, share)
    role = _name_roles(groups[u], groups[broker], groups[end])
    fits = (role >= 0) & (share > 0)
    np.add.at(found, (broker[fits], role[fits]), share[fits])


def _name_roles(before: int, broker: Int32Array, after: Int32Array) -> IntArray:
    """Role of every path before -> broker -> after: row of ROLES; -1 if a group is not known."""
    role = np.full(len(broker), 4)
    role[(before == after) & (broker != after)] = 1
    role[(broker == after) & (before != after)] = 2
    role[(before == broker) & (before != after)] = 3
    role[(before == broker) & (broker == after)] = 0
    return np.where((before < 0) | (broker < 0) | (after < 0), -1, role)


def _count_roles(layer: Layer, groups: Int32Array) -> FloatArray:
    return count_brokerage(layer, groups)[list(ROLES)].to_numpy(dtype=float)


def _sum_groups(values: FloatArray, groups: Int32Array, k: int) -> FloatArray:
    """Sum rows by group; unknown groups have no roles."""
    summed = np.zeros((k, values.shape[1]))
    known = groups >= 0
    np.add.at(summed, groups[known], values[known])
    return summed


def _count_fitting(size: FloatArray) -> FloatArray:
    """Ordered triples of different organizations that fit each role, by the broker's group."""
    n = size.sum()
    pairs = size * (size - 1)
    inside = size * (size - 1) * (size - 2)
    itinerant = size * (pairs.sum() - pairs)
    border = pairs * (n - size)
    liaison = size * ((n - size) ** 2 - ((size**2).sum() - size**2))
    return np.stack([inside, itinerant, border, border, liaison], axis=1)


def _draw_spread(
    layer: Layer, groups: Int32Array, k: int, permutations: int, seed: int
) -> FloatArray:
    """Standard deviation of the counts by group over permuted labels; 0 without draws."""
    drawn = list(_draw_counts(layer, groups, k, permutations, seed))
    return np.std(drawn, axis=0) if drawn else np.zeros((k, len(ROLES)))


def _draw_counts(
    layer: Layer, groups: Int32Array, k: int, permutations: int, seed: int
) -> Iterator[FloatArray]:
    random = np.random.default_rng(seed)
    known, permuted = np.flatnonzero(groups >= 0), groups.copy()
    for _ in range(permutations):
        permuted[known] = groups[random.permutation(known)]
        yield _sum_groups(_count_roles(layer, permuted), permuted, k)
