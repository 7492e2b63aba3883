"""What organizations have in common: shared services, funding, populations, places, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ..core.arguments import checked
from ..core.arrays import BoolArray, FloatArray, keep_strongest
from ..core.checks import check_choice, check_count, list_texts
from ..core.memory import fact
from ..core.network import Network
from .features import (
    FAMILIES,
    Incidence,
    build_incidence,
    find_middle,
    program_dollars,
    shrink_cosine,
    weigh_by_rarity,
)
from .locations import measure_apart

NEARLY_ALL = 0.8  # a feature that this share of a family has tells nothing and is cut, by name
STRONGEST = 10  # a pair stays if it is among the strongest of either end; of equals the nearest


@dataclass(frozen=True)
class Affinity:
    """How much organizations have in common, family by family, with natural units beside it.

    Attributes
    ----------
    matrix : csr_array, shape (n, n)
        Combined affinity in (0, 1]: the mean of the similarities over the families that both
        organizations have entries in.
    by_family : mapping of str to csr_array
        Similarity within one family.
    incidences : mapping of str to Incidence
        Organizations x features behind them.
    cut : DataFrame
        ``family, feature, organizations``: features left out because nearly everybody has them.
    """

    net: Network
    matrix: sparse.csr_array
    by_family: Mapping[str, sparse.csr_array]
    incidences: Mapping[str, Incidence]
    cut: pd.DataFrame
    dollars: sparse.csr_array

    @property
    def families(self) -> tuple[str, ...]:
        """Families that have entries."""
        return tuple(self.by_family)

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
        if family not in self.by_family or not len(a):
            return np.full(len(a), np.nan)
        known = self.incidences[family].known
        values = np.asarray(self.by_family[family][a, b]).ravel()
        return np.where(known[a] & known[b], values, np.nan)

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
    similar = {family: _measure_similarity(found) for family, found in incidences.items()}
    combined = _combine(similar, incidences, here.n)
    combined = keep_strongest(combined, k, apart=partial(measure_apart, here))
    cut = _list_cut(incidences)
    return Affinity(here, combined, similar, incidences, cut, program_dollars(here))


def _measure_similarity(incidence: Incidence) -> sparse.csr_array:
    """a.b / (|a| |b| + s), rounded to 1e-9; no diagonal."""
    weighted = incidence.plain_and_nested * _feature_weights(incidence)[np.newaxis, :]
    weighted = sparse.csr_array(weighted)
    squared = np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()
    norms = np.sqrt(squared)
    dot = sparse.coo_array(weighted @ weighted.T)
    row, column = dot.coords
    alike = shrink_cosine(dot.data, norms[row], norms[column], find_middle(squared))
    values = np.round(alike, 9)
    keep = (row != column) & (values > 0)
    return sparse.csr_array((values[keep], (row[keep], column[keep])), shape=dot.shape)


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


def _combine(
    similar: Mapping[str, sparse.csr_array], incidences: Mapping[str, Incidence], n: int
) -> sparse.csr_array:
    """Mean over the families that both organizations have entries in."""
    total = sparse.csr_array((n, n), dtype=np.float64)
    for matrix in similar.values():
        total = total + matrix
    pairs = sparse.csr_array(total).tocoo()
    row, column = pairs.coords
    both = np.zeros(len(row))
    for incidence in incidences.values():
        both += incidence.known[row] & incidence.known[column]
    return sparse.csr_array((np.round(pairs.data / both, 9), (row, column)), shape=(n, n))
