"""Organizations x features, family by family: the incidence behind affinity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.memory import fact
from ...core.network import Network
from ..money.awards import list_awards

FAMILIES = {  # family: what is counted in it
    "services": "services",
    "funding": "programs",
    "populations": "populations",
    "places": "places",
    "groups": "groups",
}


@dataclass(frozen=True)
class Incidence:
    """Which organization has which feature of one family.

    Attributes
    ----------
    plain : csr_array, shape (n, features)
        Features that people count: a service, a program, a population, a county, a group.
    nested : csr_array, shape (n, nested features)
        Finer features that add to similarity: a service in a county or for a population.
    labels : tuple of str
        Names of the plain features, then of the nested ones.
    """

    plain: sparse.csr_array
    nested: sparse.csr_array
    labels: tuple[str, ...]

    @cached_property
    def plain_and_nested(self) -> sparse.csr_array:
        """Both side by side."""
        return sparse.csr_array(sparse.hstack([self.plain, self.nested]))

    @cached_property
    def known(self) -> BoolArray:
        """Whether an organization has any entry; no entry means not known, not nothing."""
        return np.diff(self.plain.indptr) > 0

    @cached_property
    def holders(self) -> IntArray:
        """How many organizations have each feature."""
        return np.bincount(
            self.plain_and_nested.indices, minlength=self.plain_and_nested.shape[1]
        ).astype(np.int64)

    def shared(self, i: int, j: int) -> list[str]:
        """Name the plain features that two positions share."""
        return [self.labels[f] for f in sorted(self._features_of(i) & self._features_of(j))]

    def shares(self, i: int, others: IntArray) -> BoolArray:
        """Tell which of the others share a plain feature with one."""
        own = np.zeros(self.plain.shape[1])
        own[self.plain.indices[self.plain.indptr[i] : self.plain.indptr[i + 1]]] = 1.0
        return np.asarray(self.plain[others] @ own > 0)

    def _features_of(self, i: int) -> set[int]:
        return set(self.plain.indices[self.plain.indptr[i] : self.plain.indptr[i + 1]].tolist())


@fact
def build_incidence(here: Network, feature: str) -> Incidence:
    """Build the incidence of one kind of feature from the tables."""
    plain, nested = _ENTRIES[feature](here)
    left, labels = _count_matrix(here, plain)
    right, fine = _count_matrix(here, nested)
    return Incidence(left, right, labels + fine)


@fact
def program_dollars(net: Network) -> sparse.csr_array:
    """Give dollars of running awards by organization and program, each dollar once."""
    paid = list_awards(net)
    paid = paid[paid["dollars"] > 0]
    rows = net.positions(paid["recipient"])
    columns, programs = pd.factorize(paid["program"])
    shape = (net.n, max(len(programs), 1))
    return sparse.csr_array((paid["dollars"].to_numpy(), (rows, columns)), shape=shape)


# How much two organizations share: rare features count more, few entries less.


def weigh_by_rarity(holders: IntArray, known: int) -> FloatArray:
    """log(N / n_f) of every feature: how rare it is among those of whom any is known."""
    weights: FloatArray = np.log(known / np.maximum(holders, 1))
    return weights


def find_middle(squares: FloatArray) -> float:
    """Median of the squared norms above 0, by which cosines are shrunk; 1 without any."""
    positive = squares[squares > 0]
    return float(np.median(positive)) if len(positive) else 1.0


def shrink_cosine(
    dot: FloatArray, first: FloatArray, second: FloatArray, middle: float
) -> FloatArray:
    """a.b / (|a| |b| + s): two organizations with one common entry do not count as identical."""
    return dot / (first * second + middle)


# Each builder below gives two tables with the columns organization and feature: plain, then nested.


def _services(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = net.rows("services")
    service = table["service"]
    in_county = table[table["county_fips"] != ""]
    for_whom = table[table["population"] != ""]
    nested = [
        _entries(in_county, in_county["service"] + " in county " + in_county["county_fips"]),
        _entries(for_whom, for_whom["service"] + " for " + for_whom["population"]),
    ]
    return _entries(table, service), pd.concat(nested)


def _funding(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = net.rows("funding").rename(columns={"recipient": "organization"})
    funded = table[table["funder"] != ""]
    programs = _entries(table, table["program"])
    return programs, _entries(funded, "money from " + funded["funder"])


def _populations(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = net.rows("services")
    table = table[table["population"] != ""]
    return _entries(table, table["population"]), _no_entries()


def _places(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    home = net.rows("organizations").rename(columns={"id": "organization"})
    services, areas = net.rows("services"), net.rows("service_areas")
    areas = areas[areas["place_kind"] == "county"]
    parts = [
        _entries(home, home["county_fips"]),
        _entries(services, services["county_fips"]),
        _entries(areas, areas["place"]),
    ]
    places = pd.concat(parts)
    return places[places["feature"] != ""], _no_entries()


def _groups(net: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = net.rows("memberships")
    return _entries(table, table["group"]), _no_entries()


_ENTRIES = {
    "services": _services,
    "funding": _funding,
    "populations": _populations,
    "places": _places,
    "groups": _groups,
}


def _entries(table: pd.DataFrame, feature: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"organization": table["organization"], "feature": feature})


def _no_entries() -> pd.DataFrame:
    return pd.DataFrame({"organization": [], "feature": []}, dtype="str")


def _count_matrix(net: Network, entries: pd.DataFrame) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """Give a 0/1 matrix; spelling in another case is the same feature, the first one labels it."""
    codes, folded = pd.factorize(entries["feature"].str.casefold(), sort=True)
    labels: list[str] = entries["feature"].groupby(codes).first().tolist()
    cells = net.positions(entries["organization"]), codes
    matrix = sparse.csr_array((np.ones(len(codes)), cells), shape=(net.n, len(folded)))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix, tuple(labels)
