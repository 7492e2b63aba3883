"""What is known of organizations beside their ties, field by field, in one shape for any schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray, Rows
from ....core.memory import fact
from ....core.network import Network
from ....core.schema import PROVENANCE, TABLES
from ....facts.geography.locations import locate_organizations
from ....facts.graph.features import (
    FAMILIES,
    build_incidence,
    find_middle,
    shrink_cosine,
    weigh_by_rarity,
)
from .pairwise import as_rows, sum_shared

KM_BANDS = (15.0, 40.0, 80.0, 160.0, 320.0)  # about a quarter of an hour to four hours by road
MOST_NESTED = 300  # more features of a family than this are not crossed with each other
NUMBER_BANDS = 4
MOST_CODES = 8  # different numbers: so few are categories
MOST_PAIRED = 700  # organizations up to which all pairs are looked at, and held; of more, a sample
SAMPLED = 250_000  # pairs

# Columns that somebody computed from the ties would give the answer away.
FROM_THE_NETWORK = (
    "degree", "betweenness", "closeness", "centrality", "pagerank", "eigenvector", "coreness",
    "community", "cluster", "component", "constraint", "modularity", "core", "block",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One thing that is known of organizations: a category, a number, a place, or a set.

    Attributes
    ----------
    name : str
        For example "kind", "services".
    kind : {"category", "number", "point", "set"}
        How two organizations are compared.
    codes : int array
        Category by position (bands of a number); -1 where not known.
    numbers : float array, shape (n,) or (n, 2)
        The number, or latitude and longitude; NaN where not known.
    incidence : csr_array or None
        Organizations x features of a set, 0/1.
    """

    name: str
    kind: Literal["category", "number", "point", "set"]
    codes: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    numbers: FloatArray = field(default_factory=lambda: np.zeros(0))
    incidence: sparse.csr_array | None = None

    @cached_property
    def known(self) -> BoolArray:
        """Whether the field is known of each organization."""
        if self.kind == "set":
            return np.diff(self._sets.indptr) > 0
        if self.kind == "point":
            return ~np.isnan(self.numbers[:, 0])
        return self.codes >= 0

    @property
    def n(self) -> int:
        """Number of organizations."""
        return self._sets.shape[0] if self.kind == "set" else len(self.known)

    @property
    def _sets(self) -> sparse.csr_array:
        assert self.incidence is not None
        return self.incidence

    @cached_property
    def weights(self) -> FloatArray:
        """log(N / n_f) of every category or feature: how rare it is among those known."""
        known = max(int(self.known.sum()), 1)
        if self.kind == "set":
            holders = np.bincount(self._sets.indices, minlength=self._sets.shape[1])
        else:
            holders = np.bincount(self.codes[self.codes >= 0], minlength=1)
        return weigh_by_rarity(holders, known)

    @cached_property
    def members(self) -> sparse.csr_array:
        """Organizations x categories or features; each row sums to 1 (0 where not known)."""
        if self.kind == "set":
            count = np.maximum(np.diff(self._sets.indptr), 1)
            return sparse.csr_array(self._sets * (1.0 / count)[:, None])
        rows = np.flatnonzero(self.codes >= 0)
        cells = rows, self.codes[rows]
        width = int(self.codes.max(initial=-1)) + 1
        return sparse.csr_array((np.ones(len(rows)), cells), shape=(len(self.codes), width))

    @cached_property
    def pairs_between(self) -> FloatArray:
        """Pairs of organizations between two categories; on the diagonal every pair once."""
        size = np.asarray(self.members.sum(axis=0)).ravel()
        own = (self.members.T @ self.members).toarray()
        once = 1.0 - 0.5 * np.eye(len(size))
        return np.maximum(np.outer(size, size) - own, 0.0) * once

    @cached_property
    def member_rows(self) -> Rows:
        """`members` as compiled code takes it."""
        return as_rows(self.members)

    @cached_property
    def _set_rows(self) -> Rows:
        return as_rows(self._sets)

    @cached_property
    def _norms(self) -> tuple[FloatArray, float]:
        """Length of every weighted row, and the median square of those above 0."""
        squares = np.asarray(self._sets @ self.weights)
        return np.sqrt(squares), find_middle(squares)

    def _share(self, i: IntArray, j: IntArray) -> FloatArray:
        """Sum of the weights of what two organizations both have."""
        shared: FloatArray = sum_shared(*self._set_rows, self.weights, i, j)
        return shared

    def match(self, i: IntArray, j: IntArray) -> FloatArray:
        """How alike two organizations are, 0 to 1; NaN where not known of both."""
        return self._compare(i, j) if self._matches is None else self._matches[i, j]

    @cached_property
    def _matches(self) -> FloatArray | None:
        """How alike all are, asked again for every graph of the same few; None for many."""
        n = self.n
        if n > MOST_PAIRED:
            return None
        return self._compare(*np.divmod(np.arange(n * n), n)).reshape(n, n)

    def exceed(self, i: IntArray, j: IntArray) -> FloatArray:
        """How much more alike two are than two are on average; 0 where not known of both."""
        if self._excess is not None:
            return self._excess[i, j]
        return np.nan_to_num(self.match(i, j) - self.mean_match)

    @cached_property
    def _excess(self) -> FloatArray | None:
        matches = self._matches
        return None if matches is None else np.nan_to_num(matches - self.mean_match)

    @cached_property
    def mean_match(self) -> float:
        """Mean over pairs of how alike two are; 0 where it is known of none."""
        found = self.match(*sample_pairs(self.n))
        return float(np.nanmean(found)) if np.isfinite(found).any() else 0.0

    def _compare(self, i: IntArray, j: IntArray) -> FloatArray:
        if self.kind == "category":
            found = (self.codes[i] == self.codes[j]).astype(np.float64)
        elif self.kind == "set":
            norms, middle = self._norms
            found = shrink_cosine(self._share(i, j), norms[i], norms[j], middle)
        elif self.kind == "number":
            found = 1.0 - np.abs(self.numbers[i] - self.numbers[j])
        else:
            found = 1.0 / (1.0 + self.distance_km(i, j) / KM_BANDS[1])
        return np.where(self.known[i] & self.known[j], found, np.nan)

    def rarity(self, i: IntArray, j: IntArray) -> FloatArray:
        """Sum of log(N / n_f) over what two organizations share; 0 where nothing is."""
        if self.kind == "set":
            return self._share(i, j)
        if self.kind != "category":
            return np.zeros(len(i))
        both = (self.codes[i] == self.codes[j]) & self.known[i]
        return np.where(both, self.weights[np.maximum(self.codes[i], 0)], 0.0)

    def distance_km(self, i: IntArray, j: IntArray) -> FloatArray:
        """Great-circle distance; NaN where a place is not known."""
        a, b = np.radians(self.numbers[i]), np.radians(self.numbers[j])
        half = np.sin((b - a) / 2) ** 2
        part = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
        return 2 * 6371.0088 * np.arcsin(np.sqrt(np.clip(part, 0, 1)))


def sample_pairs(n: int) -> tuple[IntArray, IntArray]:
    """Give all pairs of a small network, a seeded sample of a large one."""
    if n <= MOST_PAIRED:
        a, b = np.triu_indices(n, k=1)
        return a.astype(np.int64), b.astype(np.int64)
    random = np.random.default_rng(n)
    a, b = random.integers(0, n, size=(2, SAMPLED))
    return a[a != b], b[a != b]


def category_field(name: str, values: Sequence[str] | pd.Series) -> Field:
    """Make a field of categories; blank is not known."""
    series = pd.Series(list(values), dtype="str")
    codes, _ = pd.factorize(series.where(series != ""), sort=True)
    return Field(name, "category", codes=codes.astype(np.int64))


def number_field(name: str, values: FloatArray) -> Field:
    """Make a field of numbers: compared by rank, in four bands for mixing."""
    ranks = pd.Series(values).rank(pct=True).to_numpy(dtype=float)
    bands = np.minimum(np.floor(np.nan_to_num(ranks) * NUMBER_BANDS), NUMBER_BANDS - 1)
    codes = np.where(np.isnan(ranks), -1, bands).astype(np.int64)
    return Field(name, "number", codes=codes, numbers=ranks)


def set_field(name: str, incidence: sparse.csr_array) -> Field:
    """Make a field of sets."""
    return Field(name, "set", incidence=sparse.csr_array(incidence))


@fact
def build_fields(net: Network, relations: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Give every field of a network that can tell two organizations apart.

    Parameters
    ----------
    net : Network
        The network, at the day in question.
    relations : tuple of str
        Relations of the layer: a family whose table also makes these ties is left out, because it
        would give the answer away (funding for funding, groups for membership).
    """
    left_out = {"funding": "funding", "membership": "groups"}
    dropped = {left_out[relation] for relation in relations if relation in left_out}
    sets = [
        set_field(family, build_incidence(net, family).plain)
        for family in FAMILIES
        if family not in dropped
    ]
    organizations = net.organizations
    categories = [
        category_field(column, organizations[column])
        for column in ("kind", "sector", "county_fips", "state", "stage")
    ]
    found = [
        *categories,
        Field("distance", "point", numbers=locate_organizations(net)),
        *_profile_fields(organizations),
        *sets,
    ]
    return tuple(part for part in found if _tells_apart(part))


def _tells_apart(part: Field) -> bool:
    if part.known.sum() < 2:
        return False
    return part.kind in ("set", "point") or len(np.unique(part.codes[part.codes >= 0])) > 1


def _profile_fields(organizations: pd.DataFrame) -> list[Field]:
    """The user's own columns, as numbers or as categories that at least some share."""
    known = {*TABLES["organizations"].names, PROVENANCE}
    own = [c for c in organizations if c not in known and not _from_the_network(c)]
    return [part for c in own for part in make_fields(str(c), organizations[c].astype("str"))]


def make_fields(name: str, texts: pd.Series) -> list[Field]:
    """Make fields of a text column: numbers, categories, or both where numbers may be codes.

    A column of which nearly every value is different (a name, a note) tells nothing.
    """
    filled = texts[texts != ""]
    distinct = filled.nunique()
    if distinct < 2:
        return []
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float)
    known = numbers[np.isfinite(numbers)]
    shared = distinct <= max(2.0, 0.6 * len(filled))
    found = [category_field(name, texts)] if shared else []
    if distinct <= MOST_CODES or len(known) < len(filled):
        return found
    codes = found if (known == np.round(known)).all() else []
    return [number_field(name, numbers), *codes]


def _from_the_network(column: str) -> bool:
    words = str(column).casefold().replace("_", " ").split()
    return any(word in FROM_THE_NETWORK for word in words)
