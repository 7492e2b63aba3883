"""Who could work with whom at all: districts, States, distance by kind, owners, duplicates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray, FloatArray, IntArray, ObjectArray, Points
from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import HOSPITALS
from ...places.gazetteer import state_of
from ..identity.approachable import (
    from_public_files,
    is_tribal,
    may_be_owned,
    may_be_tribal,
    stands_alone,
    takes_referrals,
)
from ..identity.brands import list_brands
from ..identity.owners import find_owners
from ..identity.twins import MOST_COMPARED, list_namesakes, list_neighbors, list_twins
from .districts import list_areas, list_counties_named
from .locations import center_of, counties_served, distances_from, locate_organizations


@dataclass(frozen=True, slots=True)
class KindReach:
    """How far a kind of organizations works with others.

    Attributes
    ----------
    local : float
        Kilometers within which it works with anybody; infinite where nothing is known.
    referral : float
        Kilometers from which others send patients to it; 0 where they do not.
    nearest_anyhow : bool
        Whether the nearest of the kind takes patients where none is so near.
    refers : bool
        Whether it sends patients on.
    bounded : bool
        Whether its district ends at a border.
    named : bool
        Whether the counties in its name are its district where no service area is on file.
    statewide : bool
        Whether it works within its State.
    competes : bool
        Whether two of this kind in one county compete.
    """

    local: float = np.inf
    referral: float = 0.0
    nearest_anyhow: bool = False
    refers: bool = False
    bounded: bool = False
    named: bool = False
    statewide: bool = False
    competes: bool = False


@cache
def load_reach() -> tuple[Mapping[str, KindReach], int]:
    """Give the reach of every kind that has one, and how many places of referral are near."""
    text = files("partnet").joinpath("data/reach.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    kinds = {kind: KindReach(**row) for kind, row in rows["kinds"].items()}
    return MappingProxyType(kinds), int(rows["nearest"])


@cache
def load_tribal_referral() -> float:
    """Give within how many kilometers tribal providers send patients to one another."""
    text = files("partnet").joinpath("data/reach.toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["tribal_referral"])


@cache
def load_specialty_local() -> float:
    """Give within how many kilometers a hospital of one specialty works with others."""
    text = files("partnet").joinpath("data/reach.toml").read_text(encoding="utf-8")
    return float(tomllib.loads(text)["specialty_local"])


@dataclass(frozen=True, eq=False)
class Reach:
    """Who could work with whom, whatever is on file between them.

    Attributes
    ----------
    here : Network
        The network on its day.
    """

    here: Network
    _rows: dict[int, BoolArray] = field(default_factory=dict, repr=False)

    def allow(self, a: int, others: IntArray) -> BoolArray:
        """Tell with which of the others a could work; never with itself."""
        if self.here.n > MOST_COMPARED:
            return self._judge(a, others)
        if a not in self._rows:
            self._rows[a] = self._judge(a, np.arange(self.here.n))
        return self._rows[a][others]

    def allows(self, a: int, b: int) -> bool:
        """Tell whether two could work together."""
        return bool(self.allow(a, np.array([b]))[0])

    def _judge(self, a: int, others: IntArray) -> BoolArray:
        fine = (others != a) & ~self.is_one_with(a, others) & ~self.is_in_doubt(a, others)
        rows = np.flatnonzero(fine)  # the dearer questions only of those who are left
        rows = rows[self.is_inside(a, others[rows])]
        rows = rows[self.is_near(a, others[rows])]
        fine[:] = False
        fine[rows] = True
        return fine

    def find_obstacle(self, a: int, b: int) -> str:
        """Say why two could not work together, or ""."""
        other = np.array([b])
        if self.is_one_with(a, other)[0]:
            return "They are of one owner, or may be one and the same."
        if self.is_in_doubt(a, other)[0]:
            return "One of them may be a part of another organization, or another name of it."
        if not self.is_inside(a, other)[0]:
            return "The district of one does not reach the counties of the other."
        if not self.is_near(a, other)[0]:
            return "They are farther apart than their kinds usually work together."
        return ""

    # -- one and the same -------------------------------------------------------------------------

    def is_one_with(self, a: int, others: IntArray) -> BoolArray:
        """Tell who is of one owner with a, or looks like the same organization or a part of it."""
        same = (self._owner[others] == self._owner[a]) & (self._owner[a] >= 0)
        same |= (self._center[others] == self._center[a]) & (self._center[a] >= 0)
        return np.asarray(same | np.isin(others, self._twins.get(a, ())))

    def may_be_one(self, a: int, b: int) -> bool:
        """Tell whether two look like one organization entered twice, or a part of the other."""
        return b in self._twins.get(a, ())

    def is_in_doubt(self, a: int, others: IntArray) -> BoolArray:
        """Tell of whom public files do not tell whether it is an organization of its own."""
        doubtful = ~stands_alone(self.here)
        found = doubtful[others] | doubtful[a]
        clinic, hospital = may_be_owned(self.here), self._is_hospital
        return np.asarray(
            found | (clinic[others] & hospital[a]) | (hospital[others] & clinic[a]), dtype=bool
        )

    @cached_property
    def _is_hospital(self) -> BoolArray:
        return self.here.organizations["kind"].isin(HOSPITALS).to_numpy(dtype=bool)

    @cached_property
    def _owner(self) -> IntArray:
        """Number of the owner; -1 where it stands alone."""
        owners = pd.Series(dict(find_owners(self.here)), dtype=object).reindex(self.here.ids)
        codes = pd.factorize(owners)[0].astype(np.int64)
        shared = np.bincount(codes[codes >= 0], minlength=1) > 1
        return np.where((codes >= 0) & shared[codes], codes, -1)

    @cached_property
    def _center(self) -> IntArray:
        """Number of the center of which public files list several sites; -1 of all others."""
        codes = pd.factorize(np.array(list_brands(self.here), dtype=object))[0].astype(np.int64)
        listed = from_public_files(self.here)
        shared = np.bincount(codes[listed], minlength=len(codes) + 1) > 1
        return np.where(listed & shared[codes], codes, -1)

    @cached_property
    def _twins(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        here = self.here
        for a, b in (*list_twins(here), *list_namesakes(here), *list_neighbors(here)):
            found.setdefault(a, []).append(b)
            found.setdefault(b, []).append(a)
        return found

    # -- districts and States ---------------------------------------------------------------------

    def is_inside(self, a: int, others: IntArray) -> BoolArray:
        """Tell whose counties a district of either does not shut out, and who is of the State."""
        fine = np.ones(len(others), dtype=bool)
        if self._bounded[a]:
            fine &= _meet(self._areas, a, self._served, others)
        bounded = np.flatnonzero(self._bounded[others])
        fine[bounded] &= _meet(self._served, a, self._areas, others[bounded])
        states, own = self._state[others], self._state[a]
        apart = (states != own) & (states != "") & (own != "")
        return np.asarray(fine & ~(apart & (self._statewide[others] | self._statewide[a])))

    def has_unknown_district(self, position: int) -> bool:
        """Tell whether somebody's district ends at a border that is not on file."""
        return self._kinds[position].bounded and not bool(self._bounded[position])

    @cached_property
    def _bounded(self) -> BoolArray:
        """Whose kind has a district, and whose counties are on file."""
        bounded = np.array([kind.bounded for kind in self._kinds], dtype=bool)
        return bounded & (np.diff(self._areas.indptr) > 0)

    @cached_property
    def _counties(self) -> pd.Index:
        served = counties_served(self.here)["county"]
        home = self.here.organizations["county_fips"]
        return pd.Index(sorted({*served, *home, *list_areas(self.here)["county"]} - {""}))

    @cached_property
    def _areas(self) -> sparse.csr_array:
        """Organizations x counties of their districts."""
        return self._incidence(list_districts(self.here))

    @cached_property
    def _served(self) -> sparse.csr_array:
        """Organizations x counties that they serve or are in."""
        home = self.here.organizations["county_fips"]
        homes = pd.DataFrame({"organization": self.here.ids, "county": home.to_numpy()})
        return self._incidence(pd.concat([counties_served(self.here), homes], ignore_index=True))

    def serves(self, county: str) -> BoolArray:
        """Tell whose district or service area holds a county."""
        at = self._counties.get_indexer([county])[0]
        if at < 0:
            return np.zeros(self.here.n, dtype=bool)
        column = self._by_county
        who = column.indices[column.indptr[at] : column.indptr[at + 1]]
        return np.isin(np.arange(self.here.n), who)

    def cover(self, counties: Sequence[str]) -> FloatArray:
        """Give the share of some counties in which each works, as far as is known.

        By its district, where it has one on file; else in its own county and those that it serves,
        and in those whose middle is as near as its kind works. A kind that works within its State
        does in every county of it. Of whom no place is known, all counties count.
        """
        share = np.zeros(self.here.n)
        for county in dict.fromkeys(counties):
            own = np.where(
                self._bounded,
                self._column(self._areas, county),
                self._column(self._served, county) | self._column(self._listed, county),
            )
            apart = (self._state != state_of(county)) & (self._state != "")
            near = ~(distances_from(center_of(county), self._points) > self._local)
            share += own | (near & ~self._bounded & ~(self._statewide & apart))
        return np.asarray(share / max(len(set(counties)), 1))

    def _column(self, rows: sparse.csr_array, county: str) -> BoolArray:
        """Tell for whom a county stands in one of the tables of counties."""
        at = self._counties.get_indexer([county])[0]
        if at < 0:
            return np.zeros(self.here.n, dtype=bool)
        return np.asarray(rows[:, [at]].toarray()[:, 0] > 0)

    def _incidence(self, rows: pd.DataFrame) -> sparse.csr_array:
        i = self.here.positions(rows["organization"])
        j = self._counties.get_indexer(rows["county"])
        known = (i >= 0) & (j >= 0)
        shape = (self.here.n, len(self._counties))
        matrix = sparse.csr_array((np.ones(known.sum()), (i[known], j[known])), shape=shape)
        matrix.sum_duplicates()
        return matrix

    @cached_property
    def _state(self) -> ObjectArray:
        return self.here.organizations["state"].to_numpy(dtype=object)

    @cached_property
    def _statewide(self) -> BoolArray:
        return np.array([kind.statewide for kind in self._kinds], dtype=bool)

    # -- distance ---------------------------------------------------------------------------------

    def is_near(self, a: int, others: IntArray) -> BoolArray:
        """Tell who is within the distance that both kinds cover, or serves a county of the other.

        An unknown distance does not shut out.
        """
        km = self._distances(a, others)
        with np.errstate(invalid="ignore"):
            fine = ~(km > np.minimum(self._local[others], self._local[a]))
            fine |= np.isinf(self._local[others]) | np.isinf(self._local[a])
            if self._referral[a] > 0:
                fine |= self._refers[others] & (km <= self._referral[a])
        fine |= self._shares_area(a, others)
        fine |= self._is_of_tribes(a, others) & (km <= load_tribal_referral())
        if self._refers[a]:
            sent = (km <= self._referral[others]) | (self._anyhow[others] & (km > 0))
            far = np.flatnonzero(~fine & sent)
            for code in np.unique(self._kind_codes[others[far]]):
                fine |= np.isin(others, self._nearest_of(a, int(code)))
        return np.asarray(fine)

    def _is_of_tribes(self, a: int, others: IntArray) -> BoolArray:
        """Tell who is of the Indian Health Service or a tribe, as a is, one of both for sure."""
        sure, may = is_tribal(self.here), may_be_tribal(self.here)
        return np.asarray((sure[a] & may[others]) | (may[a] & sure[others]), dtype=bool)

    def _distances(self, a: int, others: IntArray) -> FloatArray:
        """Kilometers from a to others as the crow flies; NaN where not known."""
        points = self._points
        return distances_from((float(points[a, 0]), float(points[a, 1])), points[others])

    @cached_property
    def _points(self) -> Points:
        return locate_organizations(self.here)

    def _nearest_of(self, a: int, code: int) -> IntArray:
        """The nearest of a kind to which a sends patients."""
        members = self._members[code]
        km = np.round(self._distances(a, members), 6)
        order = np.argsort(np.where(members == a, np.inf, km), kind="stable")
        near = members[order[: load_reach()[1]]]
        fine = self._distances(a, near) <= self._referral[near]
        if len(near) and not fine.any() and self._anyhow[near[0]]:
            return near[:1]  # of a frontier hospital, however far
        return near[fine]

    @cached_property
    def _members(self) -> dict[int, IntArray]:
        """Positions by number of the kind; of hospitals those that take all kinds of patients."""
        codes, fine = self._kind_codes, takes_referrals(self.here) & stands_alone(self.here)
        return {int(code): np.flatnonzero((codes == code) & fine) for code in np.unique(codes)}

    def _shares_area(self, a: int, others: IntArray) -> BoolArray:
        """Tell whose service area holds the county of a, or who is in the service area of a."""
        listed, home = self._listed, self._home
        own = listed.indices[listed.indptr[a] : listed.indptr[a + 1]]
        fine = np.isin(home[others], own)
        if home[a] >= 0:
            column = self._by_county
            who = column.indices[column.indptr[home[a]] : column.indptr[home[a] + 1]]
            fine |= np.isin(others, who)
        return np.asarray(fine)

    @cached_property
    def _by_county(self) -> sparse.csc_array:
        return self._listed.tocsc()

    @cached_property
    def _listed(self) -> sparse.csr_array:
        """Organizations x counties that they serve by their service areas."""
        areas = list_areas(self.here)
        return self._incidence(areas)

    @cached_property
    def _home(self) -> IntArray:
        home = self.here.organizations["county_fips"]
        return self._counties.get_indexer(home).astype(np.int64)

    @cached_property
    def _kinds(self) -> list[KindReach]:
        known, plain = load_reach()[0], KindReach()
        return [known.get(kind, plain) for kind in self.here.organizations["kind"]]

    @cached_property
    def _kind_codes(self) -> IntArray:
        return pd.factorize(self.here.organizations["kind"], sort=True)[0].astype(np.int64)

    @cached_property
    def _local(self) -> FloatArray:
        local = np.array([kind.local for kind in self._kinds], dtype=float)
        most = np.where(takes_referrals(self.here), np.inf, load_specialty_local())
        return np.minimum(local, most)

    @cached_property
    def _referral(self) -> FloatArray:
        return np.array([kind.referral for kind in self._kinds], dtype=float)

    @cached_property
    def _anyhow(self) -> BoolArray:
        return np.array([kind.nearest_anyhow for kind in self._kinds], dtype=bool)

    @cached_property
    def _refers(self) -> BoolArray:
        refers = np.array([kind.refers for kind in self._kinds], dtype=bool)
        return np.asarray(refers & takes_referrals(self.here))


def _meet(first: sparse.csr_array, a: int, second: sparse.csr_array, others: IntArray) -> BoolArray:
    """Tell who has a county in common with a; everybody where the counties are not known."""
    own = np.zeros(first.shape[1])
    own[first.indices[first.indptr[a] : first.indptr[a + 1]]] = 1.0
    if not len(others) or not own.any():
        return np.ones(len(others), dtype=bool)
    known = np.diff(second.indptr)[others] > 0
    return np.asarray((second[others] @ own > 0) | ~known)


@fact
def find_reach(here: Network) -> Reach:
    """Work out once who could work with whom."""
    return Reach(here)


@fact
def list_districts(here: Network) -> pd.DataFrame:
    """Give the counties of organizations whose district ends at a border, where on file."""
    known = load_reach()[0]
    bounded = [kind for kind, reach in known.items() if reach.bounded]
    own = here.ids[here.organizations["kind"].isin(bounded)]
    areas = list_areas(here)
    rows = areas[areas["organization"].isin(own)]
    told = here.organizations["kind"].isin([kind for kind, reach in known.items() if reach.named])
    told &= ~here.ids.isin(rows["organization"])
    table = here.organizations[told]
    named = [
        (id_, county)
        for id_, name, state, home in zip(
            table.index, table["name"], table["state"], table["county_fips"], strict=True
        )
        for county in list_counties_named(name, state)
        if home in ("", *list_counties_named(name, state))
    ]
    added = pd.DataFrame(named, columns=["organization", "county"], dtype="str")
    return pd.concat([rows, added], ignore_index=True)
