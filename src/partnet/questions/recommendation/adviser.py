"""A network scored once, from which anybody's suggestions can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray, IntArray
from ...core.network import Network
from ...facts.collaboration import choose_layer
from ...facts.layers import Layer
from .candidates.eligible import Wishes, are_among, code_pairs, meet_wishes
from .features.features import PairFeatures
from .goals import Goal, Goals
from .introducers.introducers import Introducer, find_introducers
from .introducers.working_ties import Links
from .known import Facts
from .ranking.affinity_scores import score_common
from .ranking.pair_sets import PairSet
from .ranking.ranker import Ranker, load_ranker
from .ranking.reference_pairs import Yardstick
from .ranking.scores import Scoring, build_features, score_for, score_pairs_of
from .reasons.evidence import Evidence, Reason
from .reasons.reasons import explain_scores

CAP = 2  # times one organization may stand among the best pairs of the whole network


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One pair that may be recommended: where its score stands."""

    organization: int
    partner: int
    pairs: PairSet
    row: int

    @property
    def basis(self) -> str:
        """What the score rests on."""
        return self.pairs.situation

    @property
    def score(self) -> float:
        """The score of the pair."""
        return float(self.pairs.score[self.row])

    @property
    def probability(self) -> float:
        """The calibrated share; NaN on affinity."""
        return float(self.pairs.probability[self.row])

    @property
    def pair(self) -> tuple[int, int]:
        """Both positions, the lower first."""
        return min(self.organization, self.partner), max(self.organization, self.partner)


@dataclass(frozen=True)
class Adviser:
    """Everything needed to answer for any organization of one network: scored once.

    Attributes
    ----------
    basis : Scoring or Yardstick
        Every candidate pair with its score; of a large network what pairs are scored with.
    facts : Facts
        What is on file beside the scores.
    wishes : Wishes
        What the user asks of partners.
    asked : tuple of int, or None
        Positions of those who are answered; ``None``: everybody. All others may be asked about,
        too, unless the network is large.
    outside : frozenset of str, or None
        Ids of the candidates of a directory, who alone are named; ``None``: all may be.
    """

    basis: Scoring | Yardstick
    facts: Facts
    wishes: Wishes
    asked: tuple[int, ...] | None = None
    outside: frozenset[str] | None = None

    @cached_property
    def scoring(self) -> Scoring:
        """Every candidate pair with its score; of a large network those of the ones who ask."""
        if isinstance(self.basis, Scoring):
            return self.basis
        everybody = range(self.net.n) if self.asked is None else self.asked
        asked = np.array(everybody, dtype=np.int64)
        gaps = np.array(sorted(self.goals.gaps), dtype=np.int64).reshape(-1, 2)
        return score_for(self.basis, asked, gaps)

    @property
    def net(self) -> Network:
        """The network."""
        return self.facts.net

    @property
    def layer(self) -> Layer:
        """The ties that may be seen."""
        return self.facts.layer

    @property
    def day(self) -> pd.Timestamp | None:
        """The day to judge on."""
        return self.facts.day

    @property
    def features(self) -> PairFeatures:
        """The columns of the ranker."""
        return self.basis.features

    @property
    def affinity(self) -> bool:
        """Whether the scores rest on what organizations share, and on no tie."""
        return self.layer.kind == "affinity"

    @property
    def evidence(self) -> Evidence:
        """Facts on file, as of the day; on affinity no tie is looked at."""
        return self.facts.evidence

    @property
    def links(self) -> Links:
        """Working ties with strength and age."""
        return self.facts.links

    @property
    def goals(self) -> Goals:
        """What a tie of two organizations would achieve for the network."""
        return self.facts.goals

    @cached_property
    def convener(self) -> int:
        """Position of the convener, or -1."""
        return int(self.net.positions([self.net.convener])[0]) if self.net.convener else -1

    def _allow(self, i: IntArray, j: IntArray) -> BoolArray:
        return ~are_among(code_pairs(i, j, self.net.n), self.facts.forbidden)

    @cached_property
    def _sets(self) -> list[tuple[PairSet, BoolArray, FloatArray]]:
        """Every set of pairs, which of them nothing on file forbids, and keys to sort them by."""
        return [
            (pairs, self._allow(pairs.i, pairs.j), sort_keys(pairs)) for pairs in self.scoring.sets
        ]

    @cached_property
    def _nameable(self) -> BoolArray:
        """Who may be named at all: everybody, or only candidates from the directory."""
        if self.outside is None:
            return np.ones(self.net.n, dtype=bool)
        return np.asarray(self.net.ids.isin(sorted(self.outside)))

    # -- for one organization ---------------------------------------------------------------------

    def suggest(self, a: int, n: int) -> list[Suggestion]:
        """Give the n best partners of one organization that the wishes allow."""
        found = [self._list_own(*each, a) for each in self._sets]
        which = np.repeat(np.arange(len(found)), [len(rows) for rows, _, _ in found])
        row, other, key = (np.concatenate(part) for part in zip(*found, strict=True))
        fine = np.flatnonzero(self._may_name(a, other))
        if len(fine) > n:  # sort only those that can be among the first n
            least = np.partition(key[fine], len(fine) - n)[len(fine) - n]
            fine = fine[key[fine] >= least]
        best = fine[np.lexsort((other[fine], -key[fine]))][:n]
        return [Suggestion(a, int(other[k]), self._sets[which[k]][0], int(row[k])) for k in best]

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
        return self._nameable[others] & meet_wishes(self.evidence, self.wishes, a, others)

    def find_pair(self, a: int, b: int) -> Suggestion | None:
        """Give one pair, whatever the wishes; ``None`` where it was not scored."""
        for pairs in self.scoring.sets:
            rows = pairs.rows_of(a)
            at = rows[(pairs.i[rows] == b) | (pairs.j[rows] == b)]
            if len(at):
                return Suggestion(a, b, pairs, int(at[0]))
        alone = None if self.features.graph.are_tied(a, b) else self.scoring.score_pair(a, b)
        return None if alone is None else Suggestion(a, b, alone, 0)

    def may_suggest(self, a: int, b: int) -> bool:
        """Whether nothing on file and no wish stands against naming b to a."""
        one, other = np.array([a]), np.array([b])
        if not self._allow(one, other)[0] or self.convener in (a, b):
            return False
        return bool(self._may_name(a, other)[0])

    def count_candidates(self) -> IntArray:
        """How many partners nothing on file forbids each organization, whatever the wishes."""
        counts = np.zeros(self.net.n, dtype=np.int64)
        for pairs, allowed, _ in self._sets:
            for ends in (pairs.i, pairs.j):
                counts += np.bincount(ends[allowed], minlength=self.net.n)
        return counts

    # -- for all together -------------------------------------------------------------------------

    def best_pairs(self, n: int, cap: int = CAP) -> list[Suggestion]:
        """Give the n best pairs of the network, none of the organizations more than `cap` times."""
        named = np.zeros(self.net.n, dtype=int)
        best: list[Suggestion] = []
        for one in self._best_first():
            if len(best) == n:
                break
            a, b = one.organization, one.partner
            if max(named[a], named[b]) < cap and self._may_name(a, np.array([b]))[0]:
                named[[a, b]] += 1
                best.append(one)
        return best

    def _best_first(self) -> Iterator[Suggestion]:
        """All pairs that may be named, the best first; none between neighbours kept as context."""
        context = self.net.is_context.to_numpy()
        parts = []
        for pairs, allowed, keys in self._sets:
            own = allowed & ~(context[pairs.i] & context[pairs.j])
            own &= (pairs.i != self.convener) & (pairs.j != self.convener)
            rows = np.flatnonzero(own)
            parts.append((rows, pairs.i[rows], pairs.j[rows], keys[rows]))
        which = np.repeat(np.arange(len(parts)), [len(rows) for rows, *_ in parts])
        row, i, j, key = (np.concatenate(part) for part in zip(*parts, strict=True))
        for k in np.lexsort((j, i, -key)):
            a, b = int(i[k]), int(j[k])
            if context[a]:
                a, b = b, a  # a neighbour is named to an organization of the network
            yield Suggestion(a, b, self._sets[which[k]][0], int(row[k]))

    # -- why, and through whom --------------------------------------------------------------------

    def explain(self, suggestions: Sequence[Suggestion]) -> list[list[Reason]]:
        """Take the scores of suggestions apart, all of one set together."""
        found: list[list[Reason]] = [[] for _ in suggestions]
        for pairs in {id(one.pairs): one.pairs for one in suggestions}.values():
            own = [k for k, one in enumerate(suggestions) if one.pairs is pairs]
            ends = [(suggestions[k].organization, suggestions[k].partner) for k in own]
            rows = np.array([suggestions[k].row for k in own], dtype=np.int64)
            reasons = explain_scores(pairs, rows, self.evidence, ends)
            for k, reason in zip(own, reasons, strict=True):
                found[k] = reason
        return found

    def goals_of(self, one: Suggestion) -> list[Goal]:
        """What a tie would achieve; where no tie is on file, only the gaps it would close."""
        if self.affinity:
            return list(self.goals.gaps.get(one.pair, ()))
        return self.goals.of(one.organization, one.partner)

    def introducers(self, one: Suggestion) -> list[Introducer]:
        """Who could open the door; nobody on affinity."""
        if self.affinity:
            return []
        return find_introducers(self.links, one.organization, one.partner)


def sort_keys(pairs: PairSet) -> FloatArray:
    """By what pairs are ordered: probability, or affinity where there is none."""
    values = pairs.score if pairs.situation == "affinity" else pairs.probability
    return np.round(values, 9)


def make_adviser(
    net: Network,
    layer: Layer | str | None = None,
    *,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
    wishes: Wishes | None = None,
    asked: Sequence[int] | None = None,
    outside: frozenset[str] | None = None,
    listed: frozenset[str] = frozenset(),
) -> Adviser:
    """Choose the layer and score the network once; of a large one those who ask."""
    chosen = choose_layer(net, layer, relations=relations, as_of=as_of)
    loaded = load_ranker(ranker)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    if chosen.as_of is not None:
        day = chosen.as_of

    def read() -> tuple[Scoring | Yardstick, Facts]:
        basis = _score(net, chosen, loaded, day)
        return basis, Facts(net, chosen, basis.features, day, listed)

    if isinstance(layer, Layer):
        basis, facts = read()
    else:  # the next question is about the same network
        key = ("adviser", chosen.kind, chosen.relations, day, ranker, listed)
        if key not in net._facts:
            net._facts[key] = read()
        basis, facts = net._facts[key]
    who = None if asked is None else tuple(asked)
    return Adviser(basis, facts, wishes or Wishes(), who, outside)


def _score(
    net: Network, layer: Layer, ranker: Ranker, day: pd.Timestamp | None
) -> Scoring | Yardstick:
    if layer.kind == "affinity":
        return score_common(net, layer, ranker, day)
    features = build_features(net, layer)
    if features.graph.large:
        return Yardstick(features, ranker)
    return score_pairs_of(net, layer, ranker, features)
