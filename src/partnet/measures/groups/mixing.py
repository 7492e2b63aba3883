"""Do ties stay within groups: E-I index, assortativity, who mixes with whom, against chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ...core.arrays import NAN, FloatArray, IntArray
from ...facts.graph.layers import Layer
from ..kernels.mixing import count_mixing
from ..parallel import run_ranges
from ..whole.shape import list_pairs

PERMUTATIONS = 1000
SEED = 20261124
AT_ONCE = 16  # deals of the labels that are counted side by side


@dataclass(frozen=True, slots=True)
class Mixing:
    """How ties run within and between groups.

    Attributes
    ----------
    e_i : float
        (ties between groups - ties within) / all: -1 all within, 1 all between.
    e_i_expected, e_i_p : float
        Mean over the permutations, and two-sided p.
    assortativity : float
        Newman's coefficient: 1 only within, 0 as by chance.
    pairs : DataFrame
        ``from_group, to_group, ties, expected, ratio, p`` (two-sided); groups in alphabetic
        order, each pair once unless directed.
    unknown : int
        Ties left out, because an organization at one of their ends is in no known group.
    """

    e_i: float
    e_i_expected: float
    e_i_p: float
    assortativity: float
    pairs: pd.DataFrame
    unknown: int = 0


def measure_mixing(
    layer: Layer, groups: pd.Series, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> Mixing:
    """Say whether ties stay within groups, and which groups have fewer ties than by chance.

    Chance: the group labels are permuted among the organizations, so that the ties and the sizes of
    the groups stay as they are. ``p = 2 min(P(as low), P(as high))`` with the observed value
    counted among the draws. Organizations without a group, and their ties, are left out.

    Parameters
    ----------
    layer : Layer
        The graph.
    groups : Series of str
        Group by position; "" where it is not known.
    permutations : int, default 1000
        Draws; the smallest p is about 2 / permutations.
    seed : int
        Seed of the draws.

    References
    ----------
    Krackhardt & Stern (1988), doi:10.2307/2786835. Newman (2003), doi:10.1103/PhysRevE.67.026126.
    """
    labels = sorted(set(groups[groups != ""]))
    codes = pd.Index(labels, dtype="str").get_indexer(groups.astype("str"))
    source, target, _ = list_pairs(layer)
    known = (codes[source] >= 0) & (codes[target] >= 0)
    left_out = int((~known).sum())
    ends = source[known].astype(np.uint32), target[known].astype(np.uint32)
    observed = np.zeros((1, len(labels), len(labels)), np.int64)
    _count(codes[None], ends, observed)
    observed = _fold(observed, layer.directed)[0]
    draws = _fold(_draw(codes, ends, len(labels), permutations, seed), layer.directed)
    outside = np.array([_e_i(draw) for draw in draws])
    e_i = _e_i(observed)
    return Mixing(
        e_i=e_i,
        e_i_expected=float(outside.mean()) if known.any() else NAN,
        e_i_p=two_sided(e_i, outside) if known.any() else NAN,
        assortativity=_assortativity(observed, layer.directed),
        pairs=_list_pairs(observed, draws, labels, layer.directed),
        unknown=left_out,
    )


def two_sided(observed: float, draws: FloatArray) -> float:
    """Two-sided p of an observed value among draws, the observed one counted with them."""
    low = 1 + int((draws <= observed + 1e-12).sum())
    high = 1 + int((draws >= observed - 1e-12).sum())
    return min(1.0, 2 * min(low, high) / (len(draws) + 1))


def _draw(
    codes: IntArray, ends: tuple[npt.NDArray, npt.NDArray], k: int, permutations: int, seed: int
) -> npt.NDArray[np.int64]:
    """Tables of ties with the known groups permuted, some deals at a time."""
    random = np.random.default_rng(seed)
    known = np.flatnonzero(codes >= 0)
    draws = np.zeros((permutations, k, k), np.int64)
    dealt = np.tile(codes.astype(np.int16 if k < 2**15 else np.int32), (AT_ONCE, 1))
    for start in range(0, permutations, AT_ONCE):
        tables = draws[start : start + AT_ONCE]
        for groups in dealt[: len(tables)]:
            groups[known] = codes[random.permutation(known)]
        _count(dealt, ends, tables)
    return draws


def _count(
    dealt: npt.NDArray, ends: tuple[npt.NDArray, npt.NDArray], tables: npt.NDArray[np.int64]
) -> None:
    """Add the ties by pair of groups to a table for each deal."""

    def work(first: int, last: int) -> None:
        count_mixing(dealt, *ends, first, last, tables)

    run_ranges(work, len(tables), steps=float(len(tables) * len(ends[0])), exact=True)


def _fold(tables: npt.NDArray[np.int64], directed: bool) -> FloatArray:
    """Put the ties without directions in the upper triangles."""
    if not directed:
        tables = np.triu(tables + np.tril(tables, -1).swapaxes(-1, -2))
    return tables.astype(float)


def _e_i(table: FloatArray) -> float:
    total = table.sum()
    return float((total - 2 * np.trace(table)) / total) if total else NAN


def _assortativity(table: FloatArray, directed: bool) -> float:
    """Newman's nominal assortativity; NaN without ties or with all ties in one group."""
    both = table if directed else table + table.T
    total = both.sum()
    if not total:
        return NAN
    share = both / total
    chance = float(share.sum(axis=0) @ share.sum(axis=1))
    return float((np.trace(share) - chance) / (1 - chance)) if chance < 1 else NAN


def _list_pairs(
    observed: FloatArray, draws: FloatArray, labels: list[str], directed: bool
) -> pd.DataFrame:
    rows = []
    for i, first in enumerate(labels):
        for j, second in enumerate(labels):
            if j >= i or directed:
                expected = float(draws[:, i, j].mean())
                ratio = observed[i, j] / expected if expected else NAN
                p = two_sided(observed[i, j], draws[:, i, j])
                rows.append((first, second, int(observed[i, j]), expected, ratio, p))
    columns = ["from_group", "to_group", "ties", "expected", "ratio", "p"]
    return pd.DataFrame(rows, columns=columns)
