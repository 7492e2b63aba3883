"""Working ties as a person would weigh them: how strong, how recent, at what level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from ....core.arrays import BoolArray, FloatArray, IntArray, ObjectArray, Points
from ....core.network import Network
from ....facts.geography.locations import distances_from, locate_organizations
from ....facts.geography.reach import load_reach
from ....facts.graph.layers import Layer
from ....facts.identity.approachable import is_tribal
from ....facts.neutrality import OFFICES
from ..ranking.scores import look_at_ties

HALF_LIFE_MONTHS = 24.0  # a contact two years old counts half
DAYS_A_MONTH = 30.4375
LEVELS = ("staff", "manager", "executive")


@dataclass(frozen=True, slots=True)
class Link:
    """One pair that works together.

    Attributes
    ----------
    strength : float
        Strength of the strongest relation; 1 where none was given.
    told : bool
        Whether a strength was given at all.
    combined : float
        Combined strength over all relations asked, as in the layer.
    last_contact : Timestamp or None
        The newest contact on file.
    recency : float
        2^(-age / 24 months); one half where no date is on file.
    level : str
        The highest level at which the two meet: executive, manager, staff, or "".
    relations : tuple of str
    """

    strength: float
    told: bool
    combined: float
    last_contact: pd.Timestamp | None
    recency: float
    level: str
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Links:
    """All working ties of a layer, by pair of positions."""

    here: Network
    layer: Layer

    def between(self, a: int, b: int) -> Link | None:
        """Give the link of two positions, or ``None``."""
        low, high = min(a, b), max(a, b)
        at = _find(self._pairs.key, low * self.layer.n + high)
        return None if at < 0 or self.strength(low, high) == 0 else self._make(at)

    def tabulate(self) -> pd.DataFrame:
        """Give every link: ``a, b`` (positions, the lower first), ``strength``, ``recency``, and
        ``last_contact`` (NaT where no date is on file)."""
        working = self._combined > 0
        a, b = np.divmod(self._pairs.key, self.layer.n)
        links = {"a": a, "b": b, "strength": self._pairs.strength, "recency": self._recency}
        return pd.DataFrame({**links, "last_contact": self._pairs.newest})[working]

    def silent(
        self, months: float, of: IntArray | None = None
    ) -> Iterator[tuple[int, int, Link, float]]:
        """Give every link (of some organizations) without a contact for so long, and how long.

        Links without a date are left out: how old they are is not known.
        """
        day = self.layer.as_of
        if day is None:
            return
        days = (day.to_datetime64() - self._pairs.newest) / np.timedelta64(1, "D")
        age = days / DAYS_A_MONTH
        old = age >= months
        if of is not None:
            old[old] = np.isin(np.divmod(self._pairs.key[old], self.layer.n), of).any(axis=0)
        for at in np.flatnonzero(old):
            a, b = divmod(int(self._pairs.key[at]), self.layer.n)
            if self.strength(a, b) > 0:
                yield a, b, self._make(int(at)), float(age[at])

    def join(self, a: int, b: int) -> tuple[IntArray, IntArray, IntArray]:
        """Give whom both work with, and the numbers of their links with a and with b."""
        ours, theirs = self._edges_of(a), self._edges_of(b)
        shared, one, other = np.intersect1d(
            self.layer.symmetric.indices[ours],
            self.layer.symmetric.indices[theirs],
            assume_unique=True,
            return_indices=True,
        )
        first, second = self._pair_of_edge[ours][one], self._pair_of_edge[theirs][other]
        known = (first >= 0) & (second >= 0)
        return shared[known].astype(np.int64), first[known], second[known]

    def weigh(self, first: IntArray, second: IntArray) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Give the weaker of two links, by recent strength and by combined strength.

        Last: whether one of the two is at staff level.
        """
        pairs = self._pairs
        strength = np.minimum(pairs.strength[first], pairs.strength[second])
        recent = strength * np.minimum(self._recency[first], self._recency[second])
        combined = np.minimum(self._combined[first], self._combined[second])
        staff = (pairs.rank[first] == 0) | (pairs.rank[second] == 0)
        return recent, combined, staff

    def count_meetings(self, a: int, b: int, others: IntArray) -> FloatArray:
        """Meetings that others had with the one of the two whom they met less, times all they had.

        Who goes to many meetings, some of them with both, is at the next one most often. Without
        meetings on file 1 for everybody.
        """
        if self._events is None:
            return np.ones(len(others))
        theirs = sparse.csr_array(self._events[others])
        joint = [(theirs @ self._events[[end]].T).toarray()[:, 0] for end in (a, b)]
        return np.asarray(np.minimum(*joint) * np.diff(theirs.indptr))

    def are_told(self, first: IntArray, second: IntArray) -> BoolArray:
        """Whether anything on file tells links from others: a strength, a date or a meeting."""
        if self._events is not None:
            return np.ones(len(first), dtype=bool)
        told = self._pairs.told | ~np.isnat(self._pairs.newest)
        return np.asarray(told[first] | told[second])

    @cached_property
    def _events(self) -> sparse.csr_array | None:
        """Who was at which meeting, where most ties come from meetings."""
        return look_at_ties(self.here, self.layer).events

    def count_partners(self, others: IntArray) -> IntArray:
        """How many organizations each of them works with."""
        starts = self.layer.symmetric.indptr
        return (starts[others + 1] - starts[others]).astype(np.int64)

    @cached_property
    def offices(self) -> BoolArray:
        """Whose office it is to bring others together."""
        here = self.here
        own = here.organizations["kind"].isin(OFFICES).to_numpy() | (here.ids == here.convener)
        return np.asarray(own, dtype=bool)

    def measure_way(self, a: int, b: int, others: IntArray) -> FloatArray:
        """Kilometers from a to b by way of each of the others; infinite where not known."""
        points = self._points
        far = [
            distances_from((float(points[end, 0]), float(points[end, 1])), points[others])
            for end in (a, b)
        ]
        return np.nan_to_num(np.round(far[0] + far[1]), nan=np.inf)

    @cached_property
    def _points(self) -> Points:
        return locate_organizations(self.here)

    def take(self, number: int) -> Link:
        """Give the link of that number."""
        return self._make(int(number))

    @cached_property
    def rivals(self) -> IntArray:
        """One number for all that may compete with each other; -1: with nobody."""
        return number_rivals(self.here)

    def _edges_of(self, a: int) -> slice:
        return slice(*self.layer.symmetric.indptr[a : a + 2])

    @cached_property
    def _pair_of_edge(self) -> IntArray:
        """Number of the link of every tie, in the order of the symmetric matrix; -1: none."""
        row = np.repeat(np.arange(self.layer.n), np.diff(self.layer.symmetric.indptr))
        column = self.layer.symmetric.indices.astype(np.int64)
        codes = np.minimum(row, column) * self.layer.n + np.maximum(row, column)
        at = np.searchsorted(self._pairs.key, codes)
        here = at < len(self._pairs.key)
        here[here] = self._pairs.key[at[here]] == codes[here]
        return np.where(here, at, -1)

    @cached_property
    def _combined(self) -> FloatArray:
        """Combined strength of every link, 0 where the layer has no tie."""
        combined = np.zeros(len(self._pairs.key))
        known = self._pair_of_edge >= 0
        combined[self._pair_of_edge[known]] = self.layer.symmetric.data[known]
        return combined

    @cached_property
    def _recency(self) -> FloatArray:
        """2^(-age / 24 months) of every link; one half where no date is on file."""
        recency = np.full(len(self._pairs.key), 0.5)
        if self.layer.as_of is None:
            return recency
        known = ~np.isnat(self._pairs.newest)
        silence = self.layer.as_of.to_datetime64() - self._pairs.newest[known]
        months = np.maximum(silence // np.timedelta64(1, "D"), 0) / DAYS_A_MONTH
        recency[known] = 2.0 ** (-months / HALF_LIFE_MONTHS)
        return recency

    def partners(self, a: int) -> IntArray:
        """Positions that work with a."""
        csr = self.layer.symmetric
        return csr.indices[csr.indptr[a] : csr.indptr[a + 1]]

    def strength(self, a: int, b: int) -> float:
        """Strength of the tie of a and b, 0 if there is none."""
        start, stop = self.layer.symmetric.indptr[a], self.layer.symmetric.indptr[a + 1]
        at = start + self.layer.symmetric.indices[start:stop].searchsorted(b)
        found = at < stop and self.layer.symmetric.indices[at] == b
        return float(self.layer.symmetric.data[at]) if found else 0.0

    def _make(self, at: int) -> Link:
        if at not in self._made:
            pairs = self._pairs
            newest = pairs.newest[at]
            known = None if np.isnat(newest) else pd.Timestamp(newest)
            rank = int(pairs.rank[at])
            self._made[at] = Link(
                strength=float(pairs.strength[at]),
                told=bool(pairs.told[at]),
                combined=float(self._combined[at]),
                last_contact=known,
                recency=float(self._recency[at]),
                level=LEVELS[rank] if rank >= 0 else "",
                relations=tuple(sorted(set(pairs.relation[pairs.start[at] : pairs.start[at + 1]]))),
            )
        return self._made[at]

    @cached_property
    def _made(self) -> dict[int, Link]:
        return {}

    @cached_property
    def _pairs(self) -> _Pairs:
        """Rows of the relations of the layer that hold on its day, gathered by pair."""
        ties, day = self.here.whole.ties, self.layer.as_of
        chosen = ties["relation"].isin(self.layer.relations)
        if day is not None:
            chosen &= ~(ties["since"] > day) & ~(ties["until"] < day)
        rows = ties[chosen]
        order, key, start = _gather(self._number(rows))
        ranks = (
            rows["level"]
            .map({level: k for k, level in enumerate(LEVELS)})
            .astype("float64")
            .fillna(-1)
        )
        return _Pairs(
            key=key,
            start=np.append(start, len(rows)),
            strength=_largest(rows["strength"].fillna(1.0).to_numpy()[order], start),
            told=_largest(rows["strength"].notna().to_numpy()[order], start),
            rank=_largest(ranks.to_numpy(dtype=np.int64)[order], start),
            relation=rows["relation"].to_numpy(dtype=object)[order],
            newest=self._find_newest(key),
        )

    def _find_newest(self, key: IntArray) -> npt.NDArray[np.datetime64]:
        """Newest contact of each pair up to the day, whatever relation it is noted with."""
        ties, day = self.here.whole.ties, self.layer.as_of
        rows = ties[ties["last_contact"].notna()]
        if day is not None:
            rows = rows[rows["last_contact"] <= day]
        order, known, start = _gather(self._number(rows))
        dates = rows["last_contact"].to_numpy(dtype="datetime64[ns]")[order]
        newest = _largest(dates.astype(np.int64), start).astype("datetime64[ns]")
        found = np.full(len(key), np.datetime64("NaT", "ns"), dtype="datetime64[ns]")
        at = np.searchsorted(known, key)
        here = at < len(known)
        here[here] = known[at[here]] == key[here]
        found[here] = newest[at[here]]
        return found

    def _number(self, rows: pd.DataFrame) -> IntArray:
        """One number a pair: lower position x n + higher position."""
        ends = [self.here.positions(rows[side]) for side in ("source", "target")]
        return np.minimum(*ends).astype(np.int64) * self.layer.n + np.maximum(*ends)


@dataclass(frozen=True)
class _Pairs:
    """Pairs in order: where their rows start, and the largest of each column."""

    key: IntArray
    start: IntArray
    strength: FloatArray
    told: BoolArray
    rank: IntArray
    relation: ObjectArray
    newest: npt.NDArray[np.datetime64]


def number_rivals(here: Network) -> IntArray:
    """Number those who may compete: of one kind that competes, in one county; -1: with nobody.

    Two ambulance services or two food pantries of a county help each other out, and who serves the
    people of a tribe competes with nobody; a kind of the user's own is taken to compete.
    """
    kind, county = here.organizations["kind"], here.organizations["county_fips"]
    codes = pd.factorize(kind + "|" + county)[0].astype(np.int64)
    apart = {own for own, reach in load_reach()[0].items() if not reach.competes} | {"other"}
    none = kind.isin(sorted(apart)) | (county == "") | is_tribal(here)
    return np.where(none, -1, codes)


def _gather(numbers: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Order rows by number; give the order, each number once, and where its rows start."""
    order = np.argsort(numbers, kind="stable")
    key, start = np.unique(numbers[order], return_index=True)
    return order, key, start


def _largest(values: npt.NDArray[Any], start: IntArray) -> npt.NDArray[Any]:
    return np.maximum.reduceat(values, start) if len(start) else values[:0]


def _find(key: IntArray, number: int) -> int:
    at = int(key.searchsorted(number))
    return at if at < len(key) and key[at] == number else -1
