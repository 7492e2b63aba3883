"""Suggestions for anybody, taken from a network that was scored once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.network import Network
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from .candidates.eligible import are_among, code_pairs, forbid_pairs
from .candidates.filters import Filters, pass_filters
from .features.features import PairFeatures
from .introducers.working_ties import Links
from .learned import learn_factors
from .on_file import OnFile, look_up, look_up_once
from .planning.goals import Goals
from .ranking.pair_sets import PairSet
from .ranking.ranker import load_ranker
from .ranking.scores import Scoring, score_for
from .reasons.evidence import Evidence
from .scored_pair import BOTH, LIKELIHOOD, NEED, ScoredPair, combine, sort_keys

CARE = (  # sectors with which a hospital shares patients or rules
    "hospital_care",
    "primary_care",
    "public_health",
    "emergency_services",
    "behavioral_health",
    "long_term_care",
    "pharmacy_and_oral_health",
    "network_and_association",
    "quality_and_data",
)
BESIDE_SERVICES = ("funding", "populations", "places", "groups")
NEAR_KM = 60.0  # an hour by car
CAP = 2  # times one organization may be among the best pairs of the whole network


@dataclass(frozen=True)
class Adviser:
    """Answers for any organization of one network.

    Attributes
    ----------
    on_file : OnFile
        What does not depend on who asks: scores, evidence, goals.
    filters : Filters
        What the user asks of partners.
    asked : tuple of int, or None
        Positions of those who are answered; ``None``: everybody. All others may be asked about,
        too, unless the network is large.
    outside : frozenset of str, or None
        Ids of the candidates of a list, who alone are named; ``None``: all may be.
    by : str
        What orders the partners: need, likelihood, or both.
    feasible : bool
        Whether only those are named who could work together at all.
    """

    on_file: OnFile
    filters: Filters
    asked: tuple[int, ...] | None = None
    outside: frozenset[str] | None = None
    by: str = BOTH
    feasible: bool = True

    @cached_property
    def scoring(self) -> Scoring:
        """Every candidate pair with its score; of a large network those of the ones who ask."""
        basis = self.on_file.basis
        if isinstance(basis, Scoring):
            return basis
        everybody = range(self.here.n) if self.asked is None else self.asked
        asked = np.array(everybody, dtype=np.int64)
        gaps = np.array(sorted(self.goals.gaps), dtype=np.int64).reshape(-1, 2)
        return score_for(basis, asked, gaps)

    @property
    def here(self) -> Network:
        """The network on its day."""
        return self.on_file.here

    @property
    def layer(self) -> Layer:
        """The ties that may be seen."""
        return self.on_file.layer

    @property
    def features(self) -> PairFeatures:
        """The columns of the ranker."""
        return self.on_file.features

    @property
    def affinity(self) -> bool:
        """Whether the scores rest on what organizations share, and on no tie."""
        return self.on_file.affinity

    @property
    def evidence(self) -> Evidence:
        """Facts on file, as of the day; on affinity no tie is looked at."""
        return self.on_file.evidence

    @property
    def links(self) -> Links:
        """Working ties with strength and age."""
        return self.on_file.links

    @property
    def goals(self) -> Goals:
        """What a tie of two organizations would achieve for the network."""
        return self.on_file.goals

    @cached_property
    def convener(self) -> int:
        """Position of the convener, or -1."""
        return int(self.here.positions([self.here.convener])[0]) if self.here.convener else -1

    def _allow(self, i: IntArray, j: IntArray) -> BoolArray:
        return ~are_among(code_pairs(i, j, self.here.n), forbid_pairs(self.here))

    @cached_property
    def _sets(self) -> list[tuple[PairSet, BoolArray, FloatArray]]:
        """Every set of pairs, which of them nothing on file forbids, and keys to sort them by."""
        return [
            (pairs, self._allow(pairs.i, pairs.j), sort_keys(pairs)) for pairs in self.scoring.sets
        ]

    @cached_property
    def _nameable(self) -> BoolArray:
        """Who may be named at all: everybody, or only candidates from the list."""
        if self.outside is None:
            return np.ones(self.here.n, dtype=bool)
        return np.asarray(self.here.ids.isin(sorted(self.outside)))

    # -- for one organization ---------------------------------------------------------------------

    def suggest(self, a: int, n: int) -> list[ScoredPair]:
        """Give the n best partners of one organization that the filters allow."""
        found = [self._list_own(*each, a) for each in self._sets]
        which = np.repeat(np.arange(len(found)), [len(rows) for rows, _, _ in found])
        row, other, key = (np.concatenate(part) for part in zip(*found, strict=True))
        fine = np.flatnonzero(self._may_name(a, other) & self._is_worth_a_call(a, other))
        unscored = self._list_unscored(a, other)
        value = self.rate(a, other[fine], key[fine])
        if len(fine) > n:  # sort only those that can be among the first n
            least = np.partition(value, len(fine) - n)[len(fine) - n]
            fine, value = fine[value >= least], value[value >= least]
        best = [
            ScoredPair(a, int(other[k]), self._sets[which[k]][0], int(row[k]), float(v))
            for k, v in zip(fine, value, strict=True)
        ]
        return self._order(a, [*unscored, *best])[:n]

    def leaves_out(self, a: int) -> bool:
        """Whether somebody is not named to one organization because too little speaks for it."""
        other = np.concatenate([self._list_own(*each, a)[1] for each in self._sets])
        other = other[self._may_name(a, other)]
        return not self._is_worth_a_call(a, other).all()

    def _is_worth_a_call(self, a: int, others: IntArray) -> BoolArray:
        """Tell whom more than a service speaks for, or who is near.

        Where only affinity is known, every hospital of a State shares a service with every other:
        no reason to call one far away of whom nothing is needed.
        """
        if not self.affinity or self.by == LIKELIHOOD:
            return np.ones(len(others), dtype=bool)
        fine = (self._weigh(a, others) > 0) | ~(self.evidence.distances_km(a, others) > NEAR_KM)
        for family in BESIDE_SERVICES:
            fine = fine | self.evidence.incidences[family].shares(a, others)
        return np.asarray(fine, dtype=bool)

    def _order(self, a: int, found: list[ScoredPair]) -> list[ScoredPair]:
        """The best first; where only affinity is known, equals by care and distance.

        All that many of a county have in common on file is the county.
        """
        if not self.affinity:
            return sorted(found, key=lambda one: (-one.value, one.partner))
        others = np.array([one.partner for one in found], dtype=np.int64)
        km = np.nan_to_num(np.round(self.evidence.distances_km(a, others), 3), nan=np.inf)
        keys = [
            (-one.value, not self._cares[one.partner], float(far), one.partner)
            for one, far in zip(found, km, strict=True)
        ]
        return [found[k] for k in sorted(range(len(found)), key=keys.__getitem__)]

    @cached_property
    def _cares(self) -> BoolArray:
        """Who is of a sector with which a hospital shares patients or rules."""
        return self.here.organizations["sector"].isin(CARE).to_numpy(dtype=bool)

    def rate(self, a: int, others: IntArray, keys: FloatArray) -> FloatArray:
        """By what the partners of one organization are ordered."""
        learned = self._learned
        moved = keys if learned is None else np.minimum(keys * learned[others], 1.0)
        return combine(self._by, self._weigh(a, others), moved)

    @property
    def _by(self) -> str:
        """What orders: where only affinity is known, need before it, as a like is no likelihood."""
        return NEED if self.affinity and self.by == BOTH else self.by

    @cached_property
    def _learned(self) -> FloatArray | None:
        """By how much what became of earlier suggestions moves the likelihood of each partner."""
        factors = learn_factors(self.here)
        if not factors or self.by == LIKELIHOOD:
            return None
        return np.array([factors.get(kind, 1.0) for kind in self.evidence.kind_ids], dtype=float)

    def _weigh(self, a: int, others: IntArray) -> FloatArray:
        """The worst need that a tie with each would meet, from 0 to 1."""
        needs = self.on_file.needs.get(a)
        if not needs:
            return np.zeros(len(others))
        worst = np.zeros(self.here.n)
        for b, found in needs.items():
            worst[b] = found[0].severity
        return worst[others]

    def _list_unscored(self, a: int, scored: IntArray) -> list[ScoredPair]:
        """Partners that are needed though nothing on file tells how likely they are."""
        if self.by == LIKELIHOOD:
            return []
        wanted = sorted(set(self.on_file.needs.get(a, ())) - set(scored.tolist()))
        found = [self.find_pair(a, b) for b in wanted if self.may_suggest(a, b)]
        weights = self._weigh(a, np.array(wanted, dtype=np.int64))
        weight = dict(zip(wanted, weights, strict=True))
        return [
            replace(one, value=float(combine(self._by, weight[one.partner], 0.0)))
            for one in found
            if one is not None
        ]

    def _list_own(
        self, pairs: PairSet, allowed: BoolArray, keys: FloatArray, a: int
    ) -> tuple[IntArray, IntArray, FloatArray]:
        """Rows of one organization's pairs that may be named, their other ends and sort keys."""
        rows = pairs.rows_of(a)
        rows = rows[allowed[rows]]
        other = np.where(pairs.i[rows] == a, pairs.j[rows], pairs.i[rows])
        if a != self.convener:
            rows, other = rows[other != self.convener], other[other != self.convener]
        return rows, other, keys[rows]

    def _may_name(self, a: int, others: IntArray) -> BoolArray:
        fine = self._nameable[others] & pass_filters(self.evidence, self.filters, a, others)
        if not self.feasible:
            return fine
        return fine & (find_reach(self.here).allow(a, others) | self._have_agreed(a, others))

    def _have_agreed(self, a: int, others: IntArray) -> BoolArray:
        """Tell with whom a session agreed something: they know better how far they can work."""
        needs = self.on_file.needs.get(a, {})
        agreed = [b for b, found in needs.items() if any(need.is_outcome for need in found)]
        return np.isin(others, agreed)

    def find_pair(self, a: int, b: int) -> ScoredPair | None:
        """Give one pair, whatever the filters; ``None`` where it was not scored."""
        for pairs in self.scoring.sets:
            rows = pairs.rows_of(a)
            at = rows[(pairs.i[rows] == b) | (pairs.j[rows] == b)]
            if len(at):
                return ScoredPair(a, b, pairs, int(at[0]))
        alone = None if self.features.graph.are_tied(a, b) else self.scoring.score_pair(a, b)
        return None if alone is None else ScoredPair(a, b, alone, 0)

    def may_suggest(self, a: int, b: int) -> bool:
        """Whether nothing on file and no filter speaks against naming b to a."""
        one, other = np.array([a]), np.array([b])
        if not self._allow(one, other)[0] or self.convener in (a, b):
            return False
        return bool(self._may_name(a, other)[0])

    def count_candidates(self) -> IntArray:
        """How many partners nothing on file forbids each organization, whatever the filters."""
        counts = np.zeros(self.here.n, dtype=np.int64)
        for pairs, allowed, _ in self._sets:
            for ends in (pairs.i, pairs.j):
                counts += np.bincount(ends[allowed], minlength=self.here.n)
        return counts

    # -- for all together -------------------------------------------------------------------------

    def best_pairs(self, n: int, cap: int = CAP) -> list[ScoredPair]:
        """Give the n best pairs of the network, none of the organizations more than `cap` times."""
        named = np.zeros(self.here.n, dtype=int)
        best: list[ScoredPair] = []
        for one in self._best_first():
            if len(best) == n:
                break
            a, b = one.organization, one.partner
            if max(named[a], named[b]) < cap and self._may_name(a, np.array([b]))[0]:
                named[[a, b]] += 1
                best.append(one)
        return best

    def _best_first(self) -> Iterator[ScoredPair]:
        """All pairs that may be named, the best first; none between neighbors kept as context."""
        context = self.here.is_context.to_numpy()
        parts = []
        for pairs, allowed, keys in self._sets:
            own = allowed & ~(context[pairs.i] & context[pairs.j])
            own &= (pairs.i != self.convener) & (pairs.j != self.convener)
            rows = np.flatnonzero(own)
            parts.append((rows, pairs.i[rows], pairs.j[rows], keys[rows]))
        which = np.repeat(np.arange(len(parts)), [len(rows) for rows, *_ in parts])
        row, i, j, key = (np.concatenate(part) for part in zip(*parts, strict=True))
        value = combine(self._by, self._weigh_pairs(i, j), key, step=0.0)
        for k in np.lexsort((j, i, -value)):
            a, b = self._turn(int(i[k]), int(j[k]))
            yield ScoredPair(a, b, self._sets[which[k]][0], int(row[k]), float(value[k]))

    def _weigh_pairs(self, i: IntArray, j: IntArray) -> FloatArray:
        """The worst need that each pair would meet."""
        needed = self.goals.gaps
        severity = {a * self.here.n + b: self.on_file.needs_of(a, b)[0].severity for a, b in needed}
        known = np.array(sorted(severity), dtype=np.int64)
        codes = code_pairs(i, j, self.here.n)
        found = np.zeros(len(codes))
        at = are_among(codes, known)
        found[at] = [severity[code] for code in codes[at].tolist()]
        return found

    def _turn(self, a: int, b: int) -> tuple[int, int]:
        """Who is told of whom: a neighbor to one of the network; else who has need of it."""
        if self.here.is_context.iloc[a]:
            return b, a
        needs = self.on_file.needs_of(a, b)
        if self.by != LIKELIHOOD and needs and not self.here.is_context.iloc[b]:
            return needs[0].organization, needs[0].partner
        return a, b


def make_adviser(
    net: Network,
    layer: Layer | str | None = None,
    *,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    filters: Filters | None = None,
    asked: Sequence[int] | None = None,
    outside: frozenset[str] | None = None,
    listed: frozenset[str] = frozenset(),
    by: str = BOTH,
    feasible: bool = True,
) -> Adviser:
    """Choose the layer and score the network once; of a large one those who ask."""
    load_ranker(ranker)  # an unknown one is said at once
    here = net.at(as_of)
    chosen = choose_layer(here, layer, relations=relations)
    if chosen.as_of is not None:
        here = here.at(chosen.as_of)
    look = look_up_once if isinstance(layer, Layer) else look_up
    who = None if asked is None else tuple(asked)
    return Adviser(
        look(here, chosen, ranker, listed), filters or Filters(), who, outside, by, feasible
    )
