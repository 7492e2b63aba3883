"""Plausible networks: unknown cells filled from a model, and ties that may be wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.errors import UsageError
from ...facts.graph.layers import Layer
from ..whole.shape import list_pairs

SEED = 20261124
PRIOR_CELLS = 10.0  # observed cells that the wider group weighs as much as
MOST_CELLS = 20_000_000  # unknown cells that are listed one by one

Cells = tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True)
class UnknownCells:
    """Cells (pairs, or arcs if directed) whose tie or absence nobody's answer tells.

    Attributes
    ----------
    source, target : int arrays
        Ends by position; each pair once, the lower position first, unless directed.
    probability : array
        Chance of a tie there, under the model of :func:`estimate_probabilities`.
    """

    source: IntArray
    target: IntArray
    probability: FloatArray


def list_unknown_cells(layer: Layer) -> Cells:
    """List the cells of which nothing is known: no answer covers them and no tie is on file.

    A pair is known where either end answered from a roster (both ends if only confirmed ties
    count); an arc where its source did. Without a responses table nothing is listed: what is not
    on file then counts as absent. Organizations left out of the layer have no cells.

    Raises
    ------
    UsageError
        More than 20 million cells are unknown.
    """
    roster, here = _rosters(layer), np.flatnonzero(~layer.ids.isin(layer.without))
    silent = here[~roster[here]]
    inner = "confirmed" if layer.symmetrization == "confirmed" else ""
    others = here if layer.directed or inner else silent
    if len(silent) * len(others) > MOST_CELLS:
        raise UsageError(
            f"layer: found {len(silent):,} organizations without an answer. At most "
            f"{MOST_CELLS:,} unknown cells can be listed. Take a part of the network: "
            "net.subnetwork(ids)."
        )
    source, target = np.repeat(silent, len(others)), np.tile(others, len(silent))
    if inner:
        source, target = np.minimum(source, target), np.maximum(source, target)
    keep = source != target if layer.directed else source < target
    cells = np.unique(source[keep] * layer.n + target[keep])
    row, column, _ = list_pairs(layer)
    cells = np.setdiff1d(cells, row.astype(np.int64) * layer.n + column, assume_unique=True)
    return cells // max(layer.n, 1), cells % max(layer.n, 1)


def _rosters(layer: Layer) -> BoolArray:
    """Who answered from a roster; everybody where no responses table is on file."""
    return np.ones(layer.n, dtype=bool) if layer.survey is None else layer.survey.roster


def _is_covered(layer: Layer, source: npt.NDArray, target: npt.NDArray) -> BoolArray:
    """Whether somebody's answer covers each cell."""
    roster = _rosters(layer)
    if layer.directed:
        return roster[source]
    if layer.symmetrization == "confirmed":
        return roster[source] & roster[target]
    return roster[source] | roster[target]


def estimate_probabilities(
    layer: Layer, groupings: Sequence[pd.Series], source: npt.NDArray, target: npt.NDArray
) -> FloatArray:
    """Give the chance of a tie in each cell, shrunk from narrow groups to wide ones.

    ``p_0`` = ties / cells over everything that an answer covers; then for every grouping, the
    widest first, ``p_g = (ties_g + c p_(g-1)) / (cells_g + c)`` over the pair of groups of the
    cell, with c = 10 cells. A pair of kinds that is hardly observed thus takes the chance of its
    pair of sectors, and this the chance of the whole. Ties in cells that nobody's answer covers
    are not counted: they are on file *because* they exist.

    Parameters
    ----------
    layer : Layer
        The graph.
    groupings : sequence of Series of str
        By position, from wide to narrow, for example sector and kind; "" is not known.
    source, target : int arrays
        The cells.

    References
    ----------
    Efron & Morris (1975), doi:10.1080/01621459.1975.10479864 (shrinkage).
    """
    whole = pd.Series("all", index=range(layer.n))
    chance = np.zeros(len(source))
    for level, groups in enumerate([whole, *groupings]):
        labels = sorted(set(groups[groups != ""]))
        codes = pd.Index(labels, dtype="str").get_indexer(groups.astype("str"))
        ties, cells = _count_groups(layer, codes, len(labels))
        a, b = codes[source], codes[target]
        prior = PRIOR_CELLS if level else 0.0
        with np.errstate(invalid="ignore"):
            shrunk = (ties[a, b] + prior * chance) / (cells[a, b] + prior)
        known = (a >= 0) & (b >= 0) & (cells[a, b] + prior > 0)
        chance = np.where(known, shrunk, chance)
    return chance


def _count_groups(layer: Layer, codes: npt.NDArray, k: int) -> tuple[FloatArray, FloatArray]:
    """Ties and cells that an answer covers, by pair of groups; group -1 falls in the last row."""
    here = ~layer.ids.isin(layer.without)
    roster = _rosters(layer) & here
    everybody = np.bincount(codes[here] % (k + 1), minlength=k + 1)
    told = np.bincount(codes[roster] % (k + 1), minlength=k + 1)
    cells = _count_cells(layer, everybody.astype(float), told.astype(float))
    source, target, _ = list_pairs(layer)
    covered = _is_covered(layer, source, target)
    a, b = codes[source[covered]] % (k + 1), codes[target[covered]] % (k + 1)
    ties = np.bincount(a * (k + 1) + b, minlength=(k + 1) ** 2).reshape(k + 1, k + 1).astype(float)
    return (ties if layer.directed else ties + np.tril(ties, -1).T + np.triu(ties, 1).T), cells


def _count_cells(layer: Layer, everybody: FloatArray, told: FloatArray) -> FloatArray:
    """Cells between groups that an answer covers."""
    if layer.directed:
        return np.outer(told, everybody) - np.diag(told)
    if layer.symmetrization == "confirmed":
        return _count_pairs(told)
    return _count_pairs(everybody) - _count_pairs(everybody - told)


def _count_pairs(sizes: FloatArray) -> FloatArray:
    pairs = np.outer(sizes, sizes)
    np.fill_diagonal(pairs, sizes * (sizes - 1) / 2)
    return pairs


def find_unknown(layer: Layer, groupings: Sequence[pd.Series]) -> UnknownCells:
    """List the unknown cells with the chance of a tie in each."""
    source, target = list_unknown_cells(layer)
    return UnknownCells(source, target, estimate_probabilities(layer, groupings, source, target))


def draw_imputations(
    layer: Layer, unknown: UnknownCells, *, rate: float = 1.0, draws: int = 200, seed: int = SEED
) -> Iterator[Layer]:
    """Draw networks in which every unknown cell is filled: a tie with its chance, else none.

    Parameters
    ----------
    layer : Layer
        The graph; ties on file stay.
    unknown : UnknownCells
        From :func:`find_unknown`.
    rate : float, default 1
        Multiplies every chance; 0.5 is the second variant, because those who do not answer are
        named less than others.
    draws : int, default 200
        Number of networks; a share of imputations is then exact to about 3 points.
    seed : int
        Seed of the draws.

    References
    ----------
    Huisman (2009), Journal of Social Structure 10(1) (imputation of network data).
    Krause, Huisman, Steglich & Snijders (2020), doi:10.1016/j.socnet.2020.02.004.
    """
    random = np.random.default_rng(seed)
    strengths = layer.matrix.data if layer.matrix.nnz else np.ones(1)
    for _ in range(draws):
        tied = random.random(len(unknown.source)) < rate * unknown.probability
        strength = random.choice(strengths, size=int(tied.sum()))
        ties = unknown.source[tied], unknown.target[tied]
        yield replace(layer, matrix=_add_ties(layer, *ties, strength), survey=None)


def draw_tie_errors(
    layer: Layer,
    *,
    false_ties: float = 0.05,
    missed_ties: float = 0.05,
    draws: int = 200,
    seed: int = SEED,
) -> Iterator[Layer]:
    """Draw networks that the one on file could be a faulty record of.

    Each tie on file is dropped with chance f; ties are added in cells that an answer covers and
    that hold none, all equally likely, ``T (1 - f) m / (1 - m)`` of them on average for T ties.

    Parameters
    ----------
    layer : Layer
        The graph.
    false_ties : float, default 0.05
        f, the share of the ties on file that do not exist.
    missed_ties : float, default 0.05
        m, the share of the ties that exist and are not on file, below 1.
    draws, seed : int
        Number of networks, and the seed.

    References
    ----------
    Borgatti, Carley & Krackhardt (2006), doi:10.1016/j.socnet.2005.05.001.
    """
    for name, share in (("false_ties", false_ties), ("missed_ties", missed_ties)):
        if not 0 <= share < 1:
            raise UsageError(f"{name}: found {share}. A share from 0 to below 1 is allowed.")
    random = np.random.default_rng(seed)
    source, target, strength = list_pairs(layer)
    ties, cells = _count_groups(layer, np.zeros(layer.n, np.int64), 1)
    empty = int(cells[0, 0] - ties[0, 0])
    added = ties[0, 0] * (1 - false_ties) * missed_ties / (1 - missed_ties)
    for _ in range(draws):
        kept = random.random(len(source)) >= false_ties
        base = replace(layer, matrix=make_matrix(layer, source[kept], target[kept], strength[kept]))
        count = random.binomial(empty, min(1.0, added / empty)) if empty else 0
        row, column = draw_empty_cells(layer, count, random)
        given = random.choice(strength if len(strength) else np.ones(1), size=len(row))
        yield replace(base, matrix=_add_ties(base, row, column, given))


def draw_empty_cells(layer: Layer, count: int, random: np.random.Generator) -> Cells:
    """Draw that many different cells that an answer covers and that hold no tie."""
    row, column, _ = list_pairs(layer)
    taken = row.astype(np.int64) * layer.n + column
    found = np.zeros(0, np.int64)
    while len(found) < count:
        source, target = draw_covered_cells(layer, 2 * count + 8, random)
        fresh = source * layer.n + target
        fresh = fresh[~np.isin(fresh, taken)]
        joined = np.concatenate([found, fresh])
        found = joined[np.sort(np.unique(joined, return_index=True)[1])]
    return found[:count] // max(layer.n, 1), found[:count] % max(layer.n, 1)


def draw_covered_cells(layer: Layer, count: int, random: np.random.Generator) -> Cells:
    """Draw about that many cells, evenly and with repetition, among those an answer covers."""
    here = np.flatnonzero(~layer.ids.isin(layer.without))
    source, target = here[random.integers(len(here), size=(2, count))]
    if not layer.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    keep = (source != target) & _is_covered(layer, source, target)
    return source[keep].astype(np.int64), target[keep].astype(np.int64)


def _add_ties(
    layer: Layer, source: npt.NDArray, target: npt.NDArray, strength: FloatArray
) -> sparse.csr_array:
    return _sorted(layer.matrix + make_matrix(layer, source, target, strength))


def make_matrix(
    layer: Layer, source: npt.NDArray, target: npt.NDArray, strength: FloatArray
) -> sparse.csr_array:
    """The matrix of some ties, both ways unless directed."""
    row, column = source.astype(np.int32), target.astype(np.int32)
    if not layer.directed:
        row, column = np.concatenate([row, column]), np.concatenate([column, row])
        strength = np.concatenate([strength, strength])
    return _sorted(sparse.csr_array((strength, (row, column)), shape=layer.matrix.shape))


def _sorted(matrix: sparse.csr_array) -> sparse.csr_array:
    ordered = sparse.csr_array(matrix)
    ordered.sort_indices()
    return ordered
