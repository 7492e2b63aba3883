"""What is on file about a network beside its scores: evidence, links, goals, who is not named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import IntArray
from ...core.network import Network
from ...facts.layers import Layer
from .candidates.eligible import answered_before, partners_on_file
from .features.features import PairFeatures
from .goals import Goals, list_goals
from .introducers.working_ties import Links
from .reasons.evidence import Evidence


@dataclass(frozen=True)
class Facts:
    """What is on file beside the scores, looked up once for all questions about a network.

    Attributes
    ----------
    net : Network
        The network.
    layer : Layer
        The ties that may be seen.
    features : PairFeatures
        The columns of the ranker.
    day : Timestamp or None
        The day to judge on.
    listed : frozenset of str
        Ids of candidates from a directory who were not on file before.
    """

    net: Network
    layer: Layer
    features: PairFeatures
    day: pd.Timestamp | None
    listed: frozenset[str]

    @cached_property
    def evidence(self) -> Evidence:
        """Facts as of the day; on affinity no tie is looked at."""
        held = self.net if self.day is None else self.net.at(self.day)
        return Evidence(held, self.layer, self.features, self.listed)

    @cached_property
    def links(self) -> Links:
        """Working ties with strength and age."""
        return Links(self.net, self.layer)

    @cached_property
    def goals(self) -> Goals:
        """What a tie of two organizations would achieve for the network."""
        return list_goals(self.net, self.features.graph, self.day)

    @cached_property
    def forbidden(self) -> IntArray:
        """Codes of the pairs that are not named: partners, and those answered before."""
        return np.union1d(partners_on_file(self.net, self.day), answered_before(self.net, self.day))
