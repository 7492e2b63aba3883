"""What speaks for a tie between two organizations: ten columns, the same for any network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse, special

from ....core.arrays import FloatArray, Int32Array, IntArray
from .fields import KM_BANDS, MOST_NESTED, Field, sample_pairs
from .graph import VisibleGraph
from .mixing_rates import HubRates, measure_hub_rates, shrink_rates
from .pairwise import ask_alike, find_largest_of_rows, sum_crossed

TOPOLOGY = (
    "resource_allocation", "pagerank", "collaborative", "spectral_blocks", "louvain_blocks",
    "positions", "strong_partners", "popularity",
)  # fmt: skip
ATTRIBUTES = ("similarity", "rare_match", "mixing", "like_you", "mixing_hub")
WARM = (*TOPOLOGY, *ATTRIBUTES)
NEWCOMER = ("popularity", *ATTRIBUTES)

CLIP_IN_USE = 6.0
CLIP_IN_TRAINING = 4.0
LEAST_TELLING = 0.02  # weight of a field that says nothing about ties
MOST_ALIKE = 10  # organizations like you: so many
MOST_COMPARED = 500  # organizations that those of a large network are compared with
BLOCK = 500  # rows at a time where all pairs are looked at


@dataclass(frozen=True)
class PairFeatures:
    """Raw columns of pairs, from a visible graph and fields; nothing else is looked at.

    Attributes
    ----------
    graph : VisibleGraph
        The ties that may be seen.
    fields : tuple of Field
        What is known of organizations beside ties.
    """

    graph: VisibleGraph
    fields: tuple[Field, ...]

    def measure(self, names: Sequence[str], i: IntArray, j: IntArray) -> FloatArray:
        """Give raw values, shape (pairs, names); a column without any field is all zero."""
        if not len(i) or not names:
            return np.zeros((len(i), len(names)))
        return np.column_stack([self._column(name, i, j) for name in names])

    def _column(self, name: str, i: IntArray, j: IntArray) -> FloatArray:
        if name in ATTRIBUTES and not self.fields:
            return np.zeros(len(i))
        measures: dict[str, Callable[[IntArray, IntArray], FloatArray]] = {
            "resource_allocation": self.graph.allocate,
            "pagerank": self.graph.walk_between,
            "collaborative": self.graph.vote,
            "spectral_blocks": self._spectral,
            "louvain_blocks": self._louvain,
            "positions": self.graph.latent_score,
            "strong_partners": self.graph.allocate_strength,
            "popularity": self._attended,
            "similarity": self.similarity,
            "rare_match": self.rare_match,
            "mixing": self.mixing,
            "like_you": self.like_you,
            "mixing_hub": self.mixing_hub,
        }
        return np.round(measures[name](i, j), 9)

    # -- topology ---------------------------------------------------------------------------------

    def _spectral(self, i: IntArray, j: IntArray) -> FloatArray:
        return self._hubs(i, j) + self.graph.spectral_rates(i, j)

    def _louvain(self, i: IntArray, j: IntArray) -> FloatArray:
        return self._hubs(i, j) + self.graph.louvain_rates(i, j)

    def _hubs(self, i: IntArray, j: IntArray) -> FloatArray:
        return self.graph.hubs[i] + self.graph.hubs[j]

    def _attended(self, i: IntArray, j: IntArray) -> FloatArray:
        return self.graph.attended[i] + self.graph.attended[j]

    # -- attributes -------------------------------------------------------------------------------

    def similarity(self, i: IntArray, j: IntArray) -> FloatArray:
        """Mean over fields of how alike two are, less the mean of the field; not known is 0."""
        if not self.fields:
            return np.zeros(len(i))
        return np.mean([f.exceed(i, j) for f in self.fields], axis=0)

    def rare_match(self, i: IntArray, j: IntArray) -> FloatArray:
        """Sum over fields of -log frequency of what both have."""
        return np.sum([f.rarity(i, j) for f in self.fields], axis=0)

    def mixing(self, i: IntArray, j: IntArray) -> FloatArray:
        """Sum over fields of log (ties / ties expected) between the two categories, shrunken."""
        return np.sum([self._mix(k, i, j) for k, _ in self._numbered], axis=0)

    def mixing_hub(self, i: IntArray, j: IntArray) -> FloatArray:
        """How much more the category of i works with j than all do, and that of j with i."""
        parts = [self._hub(k, i, j) for k, f in self._numbered if k in self._hub_rates]
        hubs = np.log(self._usual)
        return hubs[i] + hubs[j] + np.sum(parts, axis=0) if parts else np.zeros(len(i))

    @cached_property
    def _numbered(self) -> tuple[tuple[int, Field], ...]:
        return tuple(enumerate(self.fields))

    @cached_property
    def _mixing_tables(self) -> dict[int, FloatArray]:
        """Log (ties / ties expected) between categories, by field; shrunken as the field asks for.

        Of a diagonal cell both counts hold every pair twice, which halving mends.
        """
        tables = {}
        for k, f in self._numbered:
            if f.kind == "point" or f.members.shape[1] > MOST_NESTED:
                continue
            member = f.members
            once = 1.0 - 0.5 * np.eye(member.shape[1])
            found = (member.T @ self.graph.adjacency @ member).toarray() * once
            upper = np.triu(np.ones_like(once)) > 0
            tables[k] = shrink_rates(found, f.pairs_between * self.graph.density, 1.0, upper)
        return tables

    def _mix(self, k: int, i: IntArray, j: IntArray) -> FloatArray:
        part = self.fields[k]
        if part.kind == "point":
            return self._mix_distance(k, i, j)
        if k not in self._mixing_tables:
            return np.zeros(len(i))
        table = self._mixing_tables[k]
        if part.kind == "set":
            crossed: FloatArray = sum_crossed(*part.member_rows, table, i, j)
            return crossed
        known = part.known[i] & part.known[j]
        return np.where(known, table[part.codes[i], part.codes[j]], 0.0)

    def _mix_distance(self, k: int, i: IntArray, j: IntArray) -> FloatArray:
        rates = self._distance_rates[k]
        distance = self.fields[k].distance_km(i, j)
        band = np.searchsorted(KM_BANDS, np.nan_to_num(distance))
        return np.where(np.isnan(distance), 0.0, rates[band])

    @cached_property
    def _distance_rates(self) -> dict[int, FloatArray]:
        """Log (ties / ties expected) by band of distance."""
        rates = {}
        ties = [part.astype(np.int64) for part in sparse.triu(self.graph.adjacency, k=1).nonzero()]
        for k, f in self._numbered:
            if f.kind == "point":
                counts = [
                    _count_bands(f.distance_km(*pairs)) for pairs in (ties, sample_pairs(f.n))
                ]
                expected = counts[1] * (counts[0].sum() / max(counts[1].sum(), 1.0))
                rates[k] = shrink_rates(counts[0], expected, 1.0)
        return rates

    @cached_property
    def _hub_rates(self) -> dict[int, HubRates]:
        """Log rate at which a category works with one organization, by field."""
        rates = {}
        for k, f in self._numbered:
            if f.kind not in ("point", "set"):
                found = sparse.csr_array(f.members.T @ self.graph.adjacency)
                size = np.asarray(f.members.sum(axis=0)).ravel()
                rates[k] = measure_hub_rates(found, size, self._usual)
        return rates

    @cached_property
    def _usual(self) -> FloatArray:
        """Share of all others that an organization works with, one tie's share added."""
        return (self.graph.degree + self.graph.density) / max(self.graph.n - 1, 1)

    def _hub(self, k: int, i: IntArray, j: IntArray) -> FloatArray:
        rate, codes = self._hub_rates[k], self.fields[k].codes
        both = rate(np.concatenate([codes[i], codes[j]]), np.concatenate([j, i]))
        return both[: len(i)] + both[len(i) :]

    @cached_property
    def _telling(self) -> FloatArray:
        """How much each field says about ties: mean log rate of visible ties, and a little."""
        i, j = (part.astype(np.int64) for part in self.graph.adjacency.nonzero())
        if not len(i):
            return np.ones(len(self.fields))
        gains = [float(self._mix(k, i, j).mean()) for k, _ in self._numbered]
        return np.maximum(gains, 0.0) + LEAST_TELLING

    def _weighted_similarity(self, i: IntArray, j: IntArray) -> FloatArray:
        """Similarity in which fields count as much as they say about ties."""
        total = np.zeros(len(i))
        for k, f in self._numbered:
            total += self._telling[k] * f.exceed(i, j)
        return total / self._telling.sum()

    def like_you(self, i: IntArray, j: IntArray) -> FloatArray:
        """Share of the ten organizations most like i that work with j, and the other way round."""
        ties = self.graph.rows
        voted: FloatArray = ask_alike(ties[0], ties[1], *self._most_alike, i, j)
        return voted

    @cached_property
    def _most_alike(self) -> tuple[Int32Array, FloatArray]:
        """The ten most like each organization, and how much each counts (by likeness squared).

        In a large network they are looked for among five hundred, spread evenly.
        """
        n = self.graph.n
        others = np.arange(0, n, max(n // MOST_COMPARED, 1) if self.graph.large else 1)
        width = min(MOST_ALIKE, len(others))
        who, weight = np.zeros((n, width), np.int32), np.zeros((n, width))
        for first in range(0, n, BLOCK):
            rows = np.arange(first, min(first + BLOCK, n))
            who[rows], weight[rows] = self._find_alike(rows, others, width)
        return who, weight

    def _find_alike(
        self, rows: IntArray, others: IntArray, width: int
    ) -> tuple[IntArray, FloatArray]:
        pairs = np.repeat(rows, len(others)), np.tile(others, len(rows))
        alike = np.round(self._weighted_similarity(*pairs), 9).reshape(len(rows), len(others))
        alike[rows[:, None] == others[None, :]] = -np.inf
        nearest = find_largest_of_rows(alike, width)
        weight = np.maximum(np.take_along_axis(alike, nearest, axis=1), 0.0) ** 2
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
        return others[nearest], weight


def _count_bands(distance: FloatArray) -> FloatArray:
    known = distance[~np.isnan(distance)]
    return np.bincount(np.searchsorted(KM_BANDS, known), minlength=len(KM_BANDS) + 1).astype(float)


def normal_quantiles(values: FloatArray, clip: float = CLIP_IN_USE) -> FloatArray:
    """Turn values into the normal quantile of their rank, mid-ranks for ties.

    A column without differences is 0 everywhere.

    Parameters
    ----------
    values : float array, shape (pairs, columns)
        Raw values.
    clip : float, default 6
        Largest size of a quantile (4 in training).
    """
    if not len(values):
        return values.copy()
    quantiles = np.empty_like(values)
    for column in range(values.shape[1]):
        _, inverse, counts = np.unique(values[:, column], return_inverse=True, return_counts=True)
        middle = np.cumsum(counts) - counts / 2.0
        quantiles[:, column] = special.ndtri(middle / len(values))[inverse]
    return np.clip(quantiles, -clip, clip)


@dataclass(frozen=True)
class Quantiles:
    """The normal quantiles that values have among all pairs, by pairs that stand for them.

    Attributes
    ----------
    raw : float array, shape (pairs drawn, columns)
        Raw values.
    mass : float array, shape (pairs drawn,)
        How many pairs each of those drawn stands for.
    """

    raw: FloatArray
    mass: FloatArray

    @cached_property
    def _ordered(self) -> list[tuple[FloatArray, FloatArray]]:
        """Different values of each column, and how many pairs stand below each."""
        return [self._order(column) for column in self.raw.T]

    def _order(self, column: FloatArray) -> tuple[FloatArray, FloatArray]:
        values, at = np.unique(column, return_inverse=True)
        upto = np.concatenate([[0.0], np.cumsum(np.bincount(at, self.mass, len(values)))])
        return values, upto

    def place(self, values: FloatArray, clip: float = CLIP_IN_USE) -> FloatArray:
        """Put values, shape (pairs, columns), on the scale of all pairs."""
        scaled = np.empty_like(values)
        least, total = 0.5, max(float(self.mass.sum()), 1.0)
        for column, (known, upto) in enumerate(self._ordered):
            order = np.argsort(values[:, column])
            wanted = values[order, column]  # in order, they are found fast
            below, above = (np.searchsorted(known, wanted, side) for side in ("left", "right"))
            middle = np.clip((upto[below] + upto[above]) / 2, least, total - least)
            scaled[order, column] = special.ndtri(middle / total)
        return np.clip(scaled, -clip, clip)
