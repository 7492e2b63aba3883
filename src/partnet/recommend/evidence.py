"""Facts on file about a pair, for the sentence that a person repeats on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..network import Network
from ..tables.places import county_name, county_neighbours
from ..vocabulary import Kind
from ..weights import Layer
from ..weights.features import FAMILIES, Incidence, build_incidence
from .fields import Field, build_fields
from .graph import VisibleGraph

IntArray = npt.NDArray[np.int64]

FAR_KM = 150.0  # two hours by road: worth a word of warning


@dataclass(frozen=True)
class Evidence:
    """What two organizations share, and whom they know, looked up in the tables.

    Attributes
    ----------
    net : Network
        The network on its day.
    layer : Layer
        The ties that may be seen.
    graph : VisibleGraph
        The same as a symmetric graph.
    """

    net: Network
    layer: Layer
    graph: VisibleGraph

    def name(self, a: int) -> str:
        """The name of a."""
        return self._names[a]

    @cached_property
    def _names(self) -> list[str]:
        return self.net.names.tolist()

    # -- ties -------------------------------------------------------------------------------------

    def partners(self, a: int) -> IntArray:
        """Positions that a has a tie with."""
        csr = self.graph.adjacency
        return csr.indices[csr.indptr[a] : csr.indptr[a + 1]].astype(np.int64)

    def shared_partners(self, a: int, b: int) -> IntArray:
        """Positions that both have a tie with, those with the fewest ties first."""
        both = np.intersect1d(self.partners(a), self.partners(b), assume_unique=True)
        return both[np.argsort(self.graph.degree[both], kind="stable")]

    def circle(self, a: int, b: int) -> tuple[int, int]:
        """How many of b's partners work with a partner of a, of how many."""
        near = np.zeros(self.graph.n, dtype=bool)
        for z in self.partners(a):
            near[self.partners(int(z))] = True
        theirs = self.partners(b)
        return int(near[theirs].sum()), len(theirs)

    # -- kinds ------------------------------------------------------------------------------------

    def kinds_that_work_together(self, a: int, b: int) -> tuple[int, int]:
        """How many organizations of a's kind have a tie with one of b's kind, of how many."""
        first, second = self.kind[a], self.kind[b]
        peers = np.flatnonzero(self.kind == first)
        return int((self._ties_by_kind[peers, second] > 0).sum()), len(peers)

    def kind_works_with(self, a: int, b: int) -> tuple[int, int]:
        """How many organizations of a's kind (a left out) have a tie with b, of how many."""
        peers = np.flatnonzero(self.kind == self.kind[a])
        peers = peers[peers != a]
        return int(np.isin(peers, self.partners(b)).sum()), len(peers)

    @cached_property
    def kind(self) -> IntArray:
        """Number of the kind of each organization."""
        return pd.factorize(self.net.organizations["kind"], sort=True)[0].astype(np.int64)

    @cached_property
    def _ties_by_kind(self) -> npt.NDArray[np.float64]:
        one_hot = np.zeros((self.graph.n, int(self.kind.max(initial=0)) + 1))
        one_hot[np.arange(self.graph.n), self.kind] = 1.0
        return self.graph.adjacency @ one_hot

    def plural(self, a: int) -> str:
        """The kind of a, in the plural."""
        return self._kind(a).plural or f"{self._kind(a).label}s"

    def singular(self, a: int) -> str:
        """The kind of a."""
        return self._kind(a).label

    def kind_id(self, a: int) -> str:
        """The id of the kind of a."""
        return self._kind_ids[a]

    def _kind(self, a: int) -> Kind:
        return self.net.vocabulary.kinds[self._kind_ids[a]]

    @cached_property
    def _kind_ids(self) -> list[str]:
        return self.net.organizations["kind"].tolist()

    # -- what they share --------------------------------------------------------------------------

    @cached_property
    def incidences(self) -> dict[str, Incidence]:
        """Organizations x features of every family."""
        return {family: build_incidence(self.net, family) for family in FAMILIES}

    def shared(self, family: str, a: int, b: int) -> list[str]:
        """Names of what both have in one family; counties by name."""
        found = self.incidences[family].shared(a, b)
        return [county_name(fips) or fips for fips in found] if family == "places" else found

    def known(self, family: str, a: int, b: int) -> bool:
        """Whether both have any entry in a family."""
        known = self.incidences[family].known
        return bool(known[a] and known[b])

    # -- where they are ---------------------------------------------------------------------------

    @cached_property
    def counties(self) -> list[str]:
        """County code of each organization, or ""."""
        return self.net.organizations["county_fips"].tolist()

    def home_county(self, a: int, b: int) -> str:
        """Name of the county both are in, or ""."""
        same = self.counties[a] and self.counties[a] == self.counties[b]
        return county_name(self.counties[a]) if same else ""

    def are_neighbours(self, a: int, b: int) -> bool:
        """Whether the two are in counties that touch."""
        return bool(self.counties[a]) and self.counties[b] in county_neighbours(self.counties[a])

    @cached_property
    def _points(self) -> Field | None:
        points = [f for f in build_fields(self.net) if f.kind == "point"]
        return points[0] if points else None

    def distance_km(self, a: int, b: int) -> float:
        """Kilometres between the two as the crow flies; NaN where not known."""
        if self._points is None:
            return float("nan")
        return float(self._points.distance_km(np.array([a]), np.array([b]))[0])

    def compete(self, a: int, b: int) -> bool:
        """Whether two may compete: of one kind (not "other"), in one county."""
        same = self._kind_ids[a] == self._kind_ids[b] != "other"
        return same and bool(self.home_county(a, b))

    def denied(self, a: int, b: int) -> bool:
        """Whether somebody answered that there is no tie."""
        return (min(a, b), max(a, b)) in self._denied

    @cached_property
    def _denied(self) -> frozenset[tuple[int, int]]:
        ties = self.net.ties
        none = ties[ties["strength"] == 0]
        ends = zip(
            self.net.positions(none["source"]), self.net.positions(none["target"]), strict=True
        )
        return frozenset((min(a, b), max(a, b)) for a, b in ends)
