"""Facts on file about a pair, for the sentence that a person repeats on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from ....core.network import Network
from ....core.results.result import Sentence
from ....core.vocabulary import Kind
from ....facts.graph.features import FAMILIES, Incidence, build_incidence
from ....facts.graph.layers import Layer
from ....facts.identity.brands import list_hospital_brands
from ....places.gazetteer import county_name, county_neighbors
from ..features.features import MOST_ALIKE, PairFeatures
from ..features.fields import Field, build_fields
from ..features.graph import VisibleGraph
from ..features.pairwise import count_circle
from ..introducers.working_ties import number_rivals

UNKNOWN_KIND = "other"
FAR_KM = 150.0  # two hours by road: worth a word of warning


@dataclass(frozen=True, slots=True)
class Reason:
    """One named reason.

    Attributes
    ----------
    name : str
        For example "shared partners".
    contribution : float
        What it adds to the score; the contributions of a pair add up to it.
    odds : float
        e^(calibration slope x contribution): by how much it multiplies the odds.
    evidence : Sentence
        What is on file, as half a sentence; "" if nothing can be named.
    """

    name: str
    contribution: float
    odds: float
    evidence: Sentence


@dataclass(frozen=True)
class Evidence:
    """What two organizations share, and whom they know, looked up in the tables.

    Attributes
    ----------
    here : Network
        The network on its day.
    layer : Layer
        The ties that may be seen.
    features : PairFeatures
        The columns of the ranker, on the same ties as a symmetric graph.
    outside : frozenset of str
        Ids of candidates from a list: "2 of 6 clinics here" does not count them.
    """

    here: Network
    layer: Layer
    features: PairFeatures
    outside: frozenset[str] = frozenset()

    @property
    def graph(self) -> VisibleGraph:
        """The ties that may be seen, as a symmetric graph."""
        return self.features.graph

    def name(self, a: int) -> str:
        """The name of a."""
        return self._names[a]

    @cached_property
    def _names(self) -> list[str]:
        return self.here.names.tolist()

    # -- ties -------------------------------------------------------------------------------------

    def partners(self, a: int) -> IntArray:
        """Positions that a has a tie with."""
        csr = self.graph.adjacency
        return csr.indices[csr.indptr[a] : csr.indptr[a + 1]].astype(np.int64)

    def shared_partners(self, a: int, b: int) -> IntArray:
        """Positions that both have a tie with, those with the fewest ties first."""
        pair = min(a, b), max(a, b)
        if pair not in self._found_shared:
            both = np.intersect1d(self.partners(a), self.partners(b), assume_unique=True)
            fewest_first = both[np.argsort(self.graph.degree[both], kind="stable")]
            self._found_shared[pair] = fewest_first
        return self._found_shared[pair]

    @cached_property
    def _found_shared(self) -> dict[tuple[int, int], IntArray]:
        return {}

    def circle(self, a: int, b: int) -> tuple[int, int]:
        """How many of b's partners work with a partner of a, of how many."""
        return int(count_circle(*self.graph.rows[:2], a, b)), int(self.graph.degree[b])

    # -- kinds ------------------------------------------------------------------------------------

    def kinds_that_work_together(self, a: int, b: int) -> tuple[int, int]:
        """How many organizations of a's kind have a tie with one of b's kind, of how many."""
        first, second = self.kind[a], self.kind[b]
        return int(self._tied_by_kind[first, second]), int(self._size_of_kind[first])

    def kind_works_with(self, a: int, b: int) -> tuple[int, int]:
        """How many organizations of a's kind (a left out) have a tie with b, of how many."""
        own = self.kind[a]
        tied = self.graph.adjacency.indices[slice(*self.graph.adjacency.indptr[b : b + 2])]
        working = int(self._ties_by_kind[b, own]) - int((tied == a).any())
        return working, int(self._size_of_kind[own]) - int(self._counted[a])

    @cached_property
    def kind(self) -> IntArray:
        """Number of the kind of each organization."""
        return pd.factorize(self.here.organizations["kind"], sort=True)[0].astype(np.int64)

    @cached_property
    def _counted(self) -> BoolArray:
        return ~np.asarray(self.here.ids.isin(sorted(self.outside)))

    @cached_property
    def _size_of_kind(self) -> IntArray:
        return np.bincount(self.kind, weights=self._counted, minlength=1).astype(np.int64)

    @cached_property
    def _one_hot(self) -> sparse.csr_array:
        """Organizations x kinds."""
        rows, width = np.arange(self.graph.n), int(self.kind.max(initial=0)) + 1
        return sparse.csr_array(
            (np.ones(self.graph.n), (rows, self.kind)), shape=(self.graph.n, width)
        )

    @cached_property
    def _ties_by_kind(self) -> FloatArray:
        """Organizations x kinds: how many of that kind each has a tie with."""
        return (self.graph.adjacency @ self._one_hot).toarray()

    @cached_property
    def _tied_by_kind(self) -> FloatArray:
        """Kinds x kinds: how many of the first have a tie with any of the second."""
        return self._one_hot.T @ (self._ties_by_kind > 0)

    def alike_work_with(self, a: int, b: int) -> tuple[int, int]:
        """How many of the organizations most like a have a tie with b, of how many."""
        alike, partners = self._alike(a).tolist(), set(self.partners(b).tolist())
        return sum(one in partners for one in alike), len(alike)

    def _alike(self, a: int) -> IntArray:
        """The ten organizations most like a by everything known of them, the most alike first."""
        if a not in self._found_alike:
            others = np.delete(np.arange(self.graph.n), a)
            alike = np.round(self.features.similarity(np.full(len(others), a), others), 9)
            nearest = np.argsort(-alike, kind="stable")[:MOST_ALIKE]
            self._found_alike[a] = others[nearest[alike[nearest] > 0]]
        return self._found_alike[a]

    @cached_property
    def _found_alike(self) -> dict[int, IntArray]:
        return {}

    def has_kind(self, a: int) -> bool:
        """Whether what kind it is, is on file: all others have only that in common."""
        return bool(self.kind_ids[a] != UNKNOWN_KIND)

    def plural(self, a: int) -> str:
        """The kind of a, in the plural."""
        return self._kind(a).plural or f"{self._kind(a).label}s"

    def singular(self, a: int) -> str:
        """The kind of a."""
        return self._kind(a).label

    def _kind(self, a: int) -> Kind:
        return self.here.vocabulary.kinds[self.kind_ids[a]]

    @cached_property
    def kind_ids(self) -> ObjectArray:
        """The id of the kind of each organization."""
        return self.here.organizations["kind"].to_numpy(dtype=object)

    # -- what they share --------------------------------------------------------------------------

    @cached_property
    def incidences(self) -> dict[str, Incidence]:
        """Organizations x features of every family."""
        return {family: build_incidence(self.here, family) for family in FAMILIES}

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
    def counties(self) -> ObjectArray:
        """County code of each organization, or ""."""
        return self.here.organizations["county_fips"].to_numpy(dtype=object)

    def are_neighbors(self, a: int, b: int) -> bool:
        """Whether the two are in counties that touch."""
        return bool(self.counties[a]) and self.counties[b] in county_neighbors(self.counties[a])

    @cached_property
    def _points(self) -> Field | None:
        points = [f for f in build_fields(self.here) if f.kind == "point"]
        return points[0] if points else None

    def distance_km(self, a: int, b: int) -> float:
        """Kilometers between the two as the crow flies; NaN where not known."""
        pair = min(a, b), max(a, b)
        if pair not in self._found_km:
            self._found_km[pair] = float(self.distances_km(a, np.array([b]))[0])
        return self._found_km[pair]

    @cached_property
    def _found_km(self) -> dict[tuple[int, int], float]:
        return {}

    def distances_km(self, a: int, others: IntArray) -> FloatArray:
        """Kilometers from one to others as the crow flies; NaN where not known."""
        if self._points is None:
            return np.full(len(others), np.nan)
        return self._points.distance_km(np.full(len(others), a), others)

    def compete(self, a: int, b: int) -> bool:
        """Whether two may compete: of one kind (not "other"), in one county."""
        return bool(self._rivals[a] == self._rivals[b] >= 0)

    def competitors(self, a: int, others: IntArray) -> BoolArray:
        """Which of the others may compete with a."""
        return np.asarray((self._rivals[others] == self._rivals[a]) & (self._rivals[a] >= 0))

    @cached_property
    def _rivals(self) -> IntArray:
        return number_rivals(self.here)

    def brand(self, a: int, b: int) -> str:
        """What the names of two hospitals begin with that may be of one system; "" of others."""
        brands, ids = list_hospital_brands(self.here), self.here.ids
        first = brands.get(str(ids[a]), "")
        return first if first == brands.get(str(ids[b]), "") else ""

    def begins(self, a: int, b: int) -> pd.Timestamp | None:
        """From when a tie of the two is on file that does not hold yet; ``None`` without one."""
        return self._beginning.get((min(a, b), max(a, b)))

    @cached_property
    def _beginning(self) -> dict[tuple[int, int], pd.Timestamp]:
        ties, day = self.here.whole.ties, self.here.day
        if day is None:
            return {}
        ties = ties[ties["since"] > day].sort_values("since", ascending=False, kind="stable")
        ends = [self.here.positions(ties[side]) for side in ("source", "target")]
        rows = zip(*ends, ties["since"], strict=True)
        return {(min(a, b), max(a, b)): since for a, b, since in rows}  # the first stays

    def denied(self, a: int, b: int) -> bool:
        """Whether somebody answered that there is no tie."""
        return (min(a, b), max(a, b)) in self._denied

    @cached_property
    def _denied(self) -> frozenset[tuple[int, int]]:
        none = self.here.denials
        ends = zip(
            self.here.positions(none["source"]), self.here.positions(none["target"]), strict=True
        )
        return frozenset((min(a, b), max(a, b)) for a, b in ends)
