"""Brokerage between groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import FloatArray, Int32Array, IntArray, get_rows, transpose
from ...facts.graph.layers import Layer
from ..kernels.brokerage import count_roles
from ..parallel import run_ranges

SEED = 20260630
PERMUTATIONS = 199
MOST_STEPS = 2e9  # inner steps of all permutations together, some seconds; beyond, none are drawn
ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
SMALLEST_GROUP = 3


def code_groups(
    groups: pd.Series, *, smallest: int = SMALLEST_GROUP
) -> tuple[Int32Array, list[str]]:
    """Number the groups of at least so many members; everybody else gets -1.

    Returns
    -------
    codes, labels
        Number of the group by position, and the groups in alphabetic order.
    """
    sizes = groups[groups != ""].value_counts()
    labels = sorted(str(label) for label in sizes[sizes >= smallest].index)
    codes = pd.Index(labels, dtype="str").get_indexer(groups.astype("str"))
    return codes.astype(np.int32), labels


def count_brokerage(
    layer: Layer, groups: Int32Array, *, workers: int | None = None
) -> pd.DataFrame:
    """Count for how many pairs of others each organization is the path from one to the other.

    Counted are ordered pairs (u, w) with ties u -> v -> w and no tie u -> w. With the groups of
    u, v, w: coordinator (all the same), itinerant (u and w the same, v another), gatekeeper (v
    and w the same: it lets in), representative (u and v the same: it speaks for them), liaison
    (three different). Without directions every pair counts once in each order, as in R's
    ``sna::brokerage``; gatekeeper and representative are then equal.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known or too small to count.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    DataFrame
        Indexed by organization id: the five roles, and ``brokerage``, all such pairs, whatever
        the groups.

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    census = _take_census(layer, groups, workers)
    return pd.DataFrame(census, index=layer.ids, columns=[*ROLES, "brokerage"])


def _take_census(layer: Layer, groups: Int32Array, workers: int | None) -> IntArray:
    """Count the roles, and all pairs, by position."""
    indptr, indices, _ = get_rows(layer.matrix)
    turned = transpose(layer.matrix) if layer.directed else layer.matrix
    in_indptr, in_indices, _ = get_rows(turned)
    census = np.zeros((layer.n, 6), np.int64)

    def work(first: int, last: int) -> None:
        count_roles(indptr, indices, in_indptr, in_indices, groups, first, last, census)

    steps = float(np.diff(indptr).astype(float) @ np.diff(in_indptr))
    run_ranges(work, layer.n, steps=steps, workers=workers, exact=True)
    return census


def compare_brokerage(
    layer: Layer,
    groups: Int32Array,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    workers: int | None = None,
) -> pd.DataFrame:
    """Compare the roles of each organization with what groups dealt at random would give it.

    The ties stay as they are; the known groups are permuted among the organizations that have
    one. An organization with T brokered pairs among organizations of known groups is then expected
    to play a role T x p times, with p the chance that three different organizations fit the role:
    coordinator ``sum_g n_g (n_g - 1)(n_g - 2)``, itinerant, gatekeeper and representative
    ``sum_g n_g (n_g - 1)(N - n_g)``, liaison the rest, over ``N (N - 1)(N - 2)``. z divides by the
    spread over the permutations.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : int32 array
        Group by position; -1 where it is not known or too small to count.
    permutations : int, default 199
        Draws for the spread; 0 gives no z. None are drawn where that would take minutes.
    seed : int
        Seed of the draws.
    workers : int, optional
        Threads; the result does not depend on it.

    Returns
    -------
    DataFrame
        One row an organization and role: ``organization``, ``role``, ``count``, ``expected``,
        ``z`` (NaN without draws, or where the draws do not differ).

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    counts = count_brokerage(layer, groups, workers=workers)[list(ROLES)].to_numpy(dtype=float)
    expected = counts.sum(axis=1, keepdims=True) * _chances(groups)
    spread = _draw_spread(layer, groups, count_draws(layer, permutations), seed, workers)
    z = np.full(counts.shape, np.nan)
    np.divide(counts - expected, spread, out=z, where=spread > 1e-9)
    columns = {
        "organization": np.repeat(layer.ids.to_numpy(), len(ROLES)),
        "role": np.tile(ROLES, layer.n),
        "count": counts.ravel().astype(np.int64),
        "expected": expected.ravel(),
        "z": z.ravel(),
    }
    return pd.DataFrame(columns)


def count_draws(layer: Layer, permutations: int) -> int:
    """Give how often groups are permuted: as often as asked, or never where it takes minutes."""
    steps = float((np.diff(layer.matrix.indptr).astype(float) ** 2).sum())
    return permutations if permutations * steps <= MOST_STEPS else 0


def _chances(groups: Int32Array) -> FloatArray:
    """Chance of each role for three different organizations whose groups are dealt at random."""
    size = np.bincount(groups[groups >= 0]).astype(float)
    n = size.sum()
    if n < 3:
        return np.zeros(len(ROLES))
    same = float((size * (size - 1) * (size - 2)).sum())
    two = float((size * (size - 1) * (n - size)).sum())
    every = n * (n - 1) * (n - 2)
    return np.array([same, two, two, two, every - same - 3 * two]) / every


def _draw_spread(
    layer: Layer, groups: Int32Array, permutations: int, seed: int, workers: int | None
) -> FloatArray:
    """Standard deviation of the counts over groups permuted; 0 without draws."""
    random = np.random.default_rng(seed)
    known, dealt = np.flatnonzero(groups >= 0), groups.copy()
    total = np.zeros((2, layer.n, len(ROLES)))
    for _ in range(permutations):
        dealt[known] = groups[random.permutation(known)]
        drawn = _take_census(layer, dealt, workers)[:, : len(ROLES)].astype(float)
        total += drawn, drawn**2
    mean, square = total / max(permutations, 1)
    return np.sqrt(np.maximum(square - mean**2, 0.0))


def measure_participation(layer: Layer, groups: Int32Array) -> FloatArray:
    """Say how evenly the partners of each organization spread over groups.

    ``1 - sum_g (k_g / k)^2`` over its partners in each group; 0 where all are in one, near 1 where
    they are spread over many. Partners of no known group are not counted.

    Returns
    -------
    array, shape (n,)
        NaN for organizations without a partner of known group.

    References
    ----------
    Guimerà & Amaral (2005), doi:10.1038/nature03288.
    """
    shares = share_of_groups(layer, groups)
    return np.where(shares.any(axis=1), 1.0 - (shares**2).sum(axis=1), np.nan)


def share_of_groups(layer: Layer, groups: Int32Array) -> FloatArray:
    """Share of each group among the partners of each organization, shape (n, groups)."""
    partners = layer.symmetric
    known = np.flatnonzero(groups >= 0)
    width = int(groups.max(initial=-1)) + 1
    cells = known, groups[known]
    one_hot = sparse.csr_array((np.ones(len(known)), cells), shape=(layer.n, width))
    binary = sparse.csr_array(
        (np.ones(partners.nnz), partners.indices, partners.indptr), shape=partners.shape
    )
    counts = (binary @ one_hot).toarray()
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
