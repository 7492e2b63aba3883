"""What organizations have in common: shared services, funding, populations, places, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ...core.arguments import checked
from ...core.arrays import BoolArray, FloatArray, Int32Array, find_strongest, symmetrize
from ...core.checks import check_choice, check_count, list_texts
from ...core.memory import fact
from ...core.network import Network
from ..geography.locations import measure_apart
from .features import (
    FAMILIES,
    Incidence,
    build_incidence,
    find_middle,
    program_dollars,
    shrink_cosine,
    weigh_by_rarity,
)

NEARLY_ALL = 0.8  # a feature that this share of a family has tells nothing and is cut, by name
CELLS = 1_000_000  # of similarity that are held at a time
STRONGEST = 10  # a pair stays if it is among the strongest of either end; of equals the nearest


@dataclass(frozen=True)
class Affinity:
    """How much organizations have in common, family by family, with natural units beside it.

    Attributes
    ----------
    matrix : csr_array, shape (n, n)
        Combined affinity in (0, 1]: the mean of the similarities over the families that both
        organizations have entries in.
    similarities : mapping of str to Similarity
        How alike any two are within one family.
    incidences : mapping of str to Incidence
        Organizations x features behind them.
    cut : DataFrame
        ``family, feature, organizations``: features left out because nearly everybody has them.
    """

    net: Network
    matrix: sparse.csr_array
    similarities: Mapping[str, Similarity]
    incidences: Mapping[str, Incidence]
    cut: pd.DataFrame
    dollars: sparse.csr_array

    @property
    def families(self) -> tuple[str, ...]:
        """Families that have entries."""
        return tuple(self.similarities)

    @cached_property
    def by_family(self) -> dict[str, sparse.csr_array]:
        """Similarity of the pairs kept within one family."""
        rows, columns = self.matrix.tocoo().coords
        found = {}
        for family, similarity in self.similarities.items():
            cells = similarity.between(rows, columns), (rows, columns)
            found[family] = sparse.csr_array(cells, shape=self.matrix.shape)
            found[family].eliminate_zeros()
        return found

    def among(self, at: npt.NDArray) -> tuple[FloatArray, FloatArray]:
        """Affinity among some, kept or not, and in how many families any of it is.

        Parameters
        ----------
        at : int array, shape (m,)
            Positions.

        Returns
        -------
        tuple of float array, shape (m, m)
            Affinity, 0 where nothing is in common; families.
        """
        total, families, both = (np.zeros((len(at), len(at))) for _ in range(3))
        for family, similarity in self.similarities.items():
            alike = similarity.take(at).rows(0, len(at))
            known = self.incidences[family].known[at]
            total += alike
            families += alike > 0
            both += known[:, np.newaxis] & known
        return np.round(total / np.maximum(both, 1), 9), families

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """All pairs kept, the strongest first.

        Columns: ``a``, ``b`` (ids), ``affinity``, one column a family (similarity; NaN where not
        both have entries), ``n_shared_services`` and so on, and ``shared_dollars`` (sum over
        programs of the smaller of the two totals).
        """
        upper = sparse.triu(self.matrix, k=1).tocoo()
        a, b = upper.coords
        order = np.lexsort((b, a, -np.round(upper.data, 9)))
        a, b, values = a[order], b[order], upper.data[order]
        columns: dict[str, object] = {
            "a": self.net.ids[a],
            "b": self.net.ids[b],
            "affinity": values,
        }
        for family in FAMILIES:
            columns[family] = self._similarities(family, a, b)
        for family in FAMILIES:
            columns[f"n_shared_{FAMILIES[family]}"] = self._count_shared(family, a, b)
        dollars = self.dollars[a].minimum(self.dollars[b]).sum(axis=1) if len(a) else []
        return pd.DataFrame({**columns, "shared_dollars": np.asarray(dollars, dtype=float)})

    def measure(self, a: npt.NDArray, b: npt.NDArray) -> FloatArray:
        """Give the similarity of any pairs of positions by family; NaN where not both are known.

        Returns
        -------
        float array, shape (pairs, families)
        """
        found = [self._similarities(family, a, b) for family in self.families]
        return np.column_stack(found) if found else np.zeros((len(a), 0))

    def shared_features(self, a: str, b: str) -> dict[str, list[str]]:
        """Name what two organizations have in common, family by family."""
        i, j = self.net.positions([a, b])
        return {
            family: incidence.shared(i, j)
            for family, incidence in self.incidences.items()
            if incidence.shared(i, j)
        }

    def _similarities(self, family: str, a: npt.NDArray, b: npt.NDArray) -> npt.NDArray:
        if family not in self.similarities or not len(a):
            return np.full(len(a), np.nan)
        known = self.incidences[family].known
        return np.where(known[a] & known[b], self.similarities[family].between(a, b), np.nan)

    def _count_shared(self, family: str, a: npt.NDArray, b: npt.NDArray) -> npt.NDArray:
        if family not in self.incidences or not len(a):
            return np.zeros(len(a))
        plain = self.incidences[family].plain
        return np.asarray(plain[a].multiply(plain[b]).sum(axis=1), dtype=float)


@checked
def build_affinity(
    net: Network,
    *,
    families: Sequence[str] | None = None,
    k: int = STRONGEST,
    as_of: str | pd.Timestamp | None = None,
) -> Affinity:
    """Find out what organizations have in common.

    A feature that ``n_f`` of the ``N`` organizations with an entry in the family have weighs
    ``log(N / n_f)``. Similarity within a family is ``a.b / (|a| |b| + s)`` with ``s`` the median
    squared norm, so that two organizations with one common entry do not count as identical.
    Affinity is the mean over the families that both have.

    Parameters
    ----------
    net : Network
        The network.
    families : sequence of str, optional
        Among services, funding, populations, places, groups; default all that have entries.
    k : int, default 10
        A pair stays if it is among the k strongest of either end; of equally strong ones the
        nearest stay.
    as_of : str or Timestamp, optional
        The day on which memberships, awards and service areas must hold; default: the newest date.

    Returns
    -------
    Affinity
        The combined similarity, that of each family, and what was cut.

    Raises
    ------
    UsageError
        A family is unknown, or k is not positive.

    Examples
    --------
    >>> import partnet as pn
    >>> affinity = pn.build_affinity(pn.load_sample("prairie"), families=["services"])
    >>> affinity.matrix.shape
    (154, 154)
    """
    check_count("k", k, least=1)
    wished = FAMILIES if families is None else list_texts("families", families)
    for family in wished:
        check_choice("families", family, tuple(FAMILIES))
    chosen = tuple(family for family in FAMILIES if family in wished)
    return _measure_affinity(net.at(as_of), chosen, k)


@fact
def _measure_affinity(here: Network, chosen: tuple[str, ...], k: int) -> Affinity:
    incidences = {family: build_incidence(here, family) for family in chosen}
    incidences = {family: found for family, found in incidences.items() if found.known.any()}
    similar = {family: measure_similarity(found) for family, found in incidences.items()}
    together = max(CELLS // max(here.n, 1), 1)
    parts = [
        _find_strongest(here, similar, incidences, (first, min(first + together, here.n)), k)
        for first in range(0, max(here.n, 1), together)
    ]
    row, column, data = (np.concatenate(part) for part in zip(*parts, strict=True))
    kept = symmetrize(sparse.csr_array((data, (row, column)), shape=(here.n, here.n)))
    return Affinity(here, kept, similar, incidences, _list_cut(incidences), program_dollars(here))


def _find_strongest(
    here: Network,
    similar: Mapping[str, Similarity],
    incidences: Mapping[str, Incidence],
    ends: tuple[int, int],
    k: int,
) -> tuple[Int32Array, Int32Array, FloatArray]:
    """The strongest pairs of some organizations: of a nation no table of all is made."""
    first = ends[0]
    combined = _combine(similar, incidences, ends, here.n)
    if k < here.n:  # most pairs are out before anything is put in order
        combined[combined < np.partition(combined, -k, axis=1)[:, [-k]]] = 0.0
    row, column, data = find_strongest(
        sparse.csr_array(combined),
        k,
        apart=lambda rows, columns: measure_apart(here, rows + first, columns),
    )
    return row + np.int32(first), column, data


def _combine(
    similar: Mapping[str, Similarity],
    incidences: Mapping[str, Incidence],
    ends: tuple[int, int],
    n: int,
) -> FloatArray:
    """Mean over the families that both have entries in, of some with everybody."""
    first, last = ends
    total, both = np.zeros((last - first, n)), np.zeros((last - first, n), dtype=np.int8)
    for family, similarity in similar.items():
        known = incidences[family].known
        total += similarity.rows(first, last)
        both += known[first:last, np.newaxis] & known
    return np.round(np.divide(total, both, out=total, where=both > 0), 9, out=total)


@dataclass(frozen=True)
class Similarity:
    """How alike organizations are in one family: a.b / (|a| |b| + s), rounded to 1e-9.

    Attributes
    ----------
    weighted : csr_array, shape (n, features)
        What each has, by how rare it is.
    norms : float array, shape (n,)
        Lengths of the rows.
    middle : float
        s, the median squared length.
    """

    weighted: sparse.csr_array
    norms: FloatArray
    middle: float

    @cached_property
    def _turned(self) -> sparse.csr_array:
        return sparse.csr_array(self.weighted.T)

    def take(self, at: npt.NDArray) -> Similarity:
        """The same among some positions."""
        return Similarity(self.weighted[at], self.norms[at], self.middle)

    def rows(self, first: int, last: int) -> FloatArray:
        """Similarities of ``first:last`` with everybody, none with itself."""
        dot = (self.weighted[first:last] @ self._turned).toarray()
        found = shrink_cosine(dot, self.norms[first:last, np.newaxis], self.norms, self.middle)
        found[np.arange(last - first), np.arange(first, last)] = 0.0
        return np.round(found, 9, out=found)

    def between(self, a: npt.NDArray, b: npt.NDArray) -> FloatArray:
        """Similarities of pairs."""
        if not len(a):
            return np.zeros(0)
        shared = self.weighted[a].multiply(self.weighted[b])
        return self._shrink(np.asarray(shared.sum(axis=1)).ravel(), a, b)

    def _shrink(self, dot: FloatArray, a: npt.NDArray, b: npt.NDArray) -> FloatArray:
        return np.round(shrink_cosine(dot, self.norms[a], self.norms[b], self.middle), 9)


def measure_similarity(incidence: Incidence) -> Similarity:
    """Weigh what each has by how rare it is."""
    weighted = incidence.plain_and_nested * _feature_weights(incidence)[np.newaxis, :]
    weighted = sparse.csr_array(weighted)
    squared = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
    return Similarity(weighted, np.sqrt(squared), find_middle(squared))


def _feature_weights(incidence: Incidence) -> FloatArray:
    """log(N / n_f); 0 for a feature that is cut."""
    holders = incidence.holders
    weights = weigh_by_rarity(holders, int(incidence.known.sum()))
    return np.where(_nearly_universal(incidence), 0.0, weights)


def _nearly_universal(incidence: Incidence) -> BoolArray:
    """Features that nearly everybody in the family has; tiny families are not judged."""
    known = int(incidence.known.sum())
    return (incidence.holders >= NEARLY_ALL * known) & (known >= 5)


def _list_cut(incidences: Mapping[str, Incidence]) -> pd.DataFrame:
    rows = [
        (family, incidence.labels[f], int(incidence.holders[f]))
        for family, incidence in incidences.items()
        for f in np.flatnonzero(_nearly_universal(incidence))
    ]
    return pd.DataFrame(rows, columns=["family", "feature", "organizations"])
