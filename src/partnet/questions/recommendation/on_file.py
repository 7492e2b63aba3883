"""A network scored once, and what is on file about it beside the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ...core.memory import fact
from ...core.network import Network
from ...facts.graph.layers import Layer
from .evaluation.own_network import (
    MOST,
    Found,
    OwnTest,
    try_network,
    try_own_network,
)
from .features.features import PairFeatures
from .introducers.introducers import Introducer, find_introducers
from .introducers.working_ties import Links
from .needs import Need, list_needs
from .planning.goals import Goal, Goals, list_goals
from .ranking.affinity_scores import score_affinity
from .ranking.ranker import load_ranker
from .ranking.reference_pairs import NEW, ReferenceScorer
from .ranking.scores import Scoring, build_features, score_pairs_of
from .reasons.evidence import Evidence, Reason
from .reasons.reasons import explain_scores
from .scored_pair import ScoredPair

if TYPE_CHECKING:
    from .suggestions import Suggestion


@dataclass(frozen=True, eq=False)
class OnFile:
    """What does not depend on who asks: worked out once for a network, its day and a layer.

    Attributes
    ----------
    here : Network
        The network on its day.
    layer : Layer
        The ties that may be seen.
    basis : Scoring or ReferenceScorer
        Every candidate pair with its score; of a large network what pairs are scored with.
    listed : frozenset of str
        Ids of candidates from a list who were not on file before.
    kept : bool
        Whether the network remembers it.
    ranker : str
        Name of the weights.
    made : dict
        Suggestions by both positions, made for whoever asked first.
    """

    here: Network
    layer: Layer
    basis: Scoring | ReferenceScorer
    listed: frozenset[str]
    kept: bool
    ranker: str = "readable"
    made: dict[tuple[int, int], Suggestion] = field(default_factory=dict, repr=False)

    @property
    def features(self) -> PairFeatures:
        """The columns of the ranker."""
        return self.basis.features

    @property
    def affinity(self) -> bool:
        """Whether the scores rest on what organizations share, and on no tie."""
        return self.layer.kind == "affinity"

    @cached_property
    def evidence(self) -> Evidence:
        """Facts as of the day; on affinity no tie is looked at."""
        return Evidence(self.here, self.layer, self.features, self.listed)

    @cached_property
    def links(self) -> Links:
        """Working ties with strength and age."""
        return Links(self.here, self.layer)

    @cached_property
    def goals(self) -> Goals:
        """What a tie of two organizations would achieve for the network."""
        return list_goals(self.here, self.features.graph)

    @property
    def by_pair(self) -> Mapping[tuple[int, int], tuple[Need, ...]]:
        """What a tie of two is needed for, by both positions, the lower first."""
        return list_needs(self.here)

    @cached_property
    def needs(self) -> Mapping[int, Mapping[int, tuple[Need, ...]]]:
        """What a tie of one organization with another is needed for, by both positions."""
        found: dict[int, dict[int, tuple[Need, ...]]] = {}
        for (a, b), needs in self.by_pair.items():
            found.setdefault(a, {})[b] = needs
            found.setdefault(b, {})[a] = needs
        return found

    def needs_of(self, a: int, b: int) -> tuple[Need, ...]:
        """What a tie of the two is needed for, the worst first; of equals that of a."""
        found = self.needs.get(a, {}).get(b, ())
        return tuple(sorted(found, key=lambda n: (-round(n.severity, 9), n.organization != a)))

    def goals_of(self, one: ScoredPair) -> list[Goal]:
        """What a tie would achieve; where no tie is on file, only the gaps it would close."""
        if self.affinity:
            return list(self.goals.gaps.get(one.pair, ()))
        return self.goals.of(one.organization, one.partner)

    def introducers(self, one: ScoredPair) -> list[Introducer]:
        """Who could introduce the two; nobody on affinity."""
        if self.affinity:
            return []
        return find_introducers(self.links, one.organization, one.partner)

    @cached_property
    def own_test(self) -> OwnTest | None:
        """The test on this network; of large ones, and on affinity, none is run."""
        if self.affinity or self.here.n > MOST:
            return None
        if self.kept:
            return try_own_network(self.here, self.layer, self.ranker)
        return try_network(self.here, self.layer, load_ranker(self.ranker))

    def try_out(self, one: ScoredPair) -> Found | None:
        """What pairs with its score were in that test; ``None`` where it says nothing.

        Newcomers were not tested.
        """
        if one.basis == NEW or self.own_test is None:
            return None
        return self.own_test.find(one.probability)

    def explain(self, scored: Sequence[ScoredPair]) -> list[list[Reason]]:
        """Take scores apart, all of one set of pairs together."""
        found: list[list[Reason]] = [[] for _ in scored]
        for pairs in {id(one.pairs): one.pairs for one in scored}.values():
            own = [k for k, one in enumerate(scored) if one.pairs is pairs]
            ends = [(scored[k].organization, scored[k].partner) for k in own]
            rows = np.array([scored[k].row for k in own], dtype=np.int64)
            reasons = explain_scores(pairs, rows, self.evidence, ends)
            for k, reason in zip(own, reasons, strict=True):
                found[k] = reason
        return found


@fact
def look_up(here: Network, layer: Layer, ranker: str, listed: frozenset[str]) -> OnFile:
    """Score a network by its layer, and collect what is on file about it; once."""
    return OnFile(here, layer, _score(here, layer, ranker), listed, kept=True, ranker=ranker)


def look_up_once(here: Network, layer: Layer, ranker: str, listed: frozenset[str]) -> OnFile:
    """Do the same for a layer of the user's own, of which nothing is kept."""
    return OnFile(here, layer, _score(here, layer, ranker), listed, kept=False, ranker=ranker)


def _score(here: Network, layer: Layer, ranker: str) -> Scoring | ReferenceScorer:
    loaded = load_ranker(ranker)
    if layer.kind == "affinity":
        return score_affinity(here, layer, loaded)
    features = build_features(here, layer)
    if features.graph.large:
        return ReferenceScorer(features, loaded)
    return score_pairs_of(here, layer, loaded, features)
