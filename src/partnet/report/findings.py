"""Everything a report is made of: each verb once, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..core.network import Network
from ..core.results import Result
from ..facts.collaboration import choose_layer
from ..facts.layers import Layer
from ..linkage.match import find_possible_duplicates
from ..questions.bridges.question import find_bridges
from ..questions.centrality.question import measure_centrality
from ..questions.expected_partners.question import list_expected_partners
from ..questions.gaps.question import find_gaps
from ..questions.introductions.question import find_introductions
from ..questions.inventory.question import describe_network
from ..questions.meetings.question import describe_convenings
from ..questions.outcomes.question import check_outcomes
from ..questions.partnerships.question import profile_partnerships
from ..questions.peers.question import find_peer_states
from ..questions.recommendation.partners import recommend_partners
from ..questions.session.question import prepare_session
from ..questions.visits.question import plan_visits

PARTNERS = 5  # suggestions for each organization in the Excel file


@dataclass(frozen=True)
class Findings:
    """The results behind a report; each is computed when a section first asks for it.

    Attributes
    ----------
    net : Network
        The network.
    day : Timestamp or None
        The day to judge on; ``None`` where nothing has a date.
    """

    net: Network
    day: pd.Timestamp | None

    @cached_property
    def layer(self) -> Layer:
        """The graph of the report, with everybody in it."""
        return choose_layer(self.net, as_of=self.day)

    @cached_property
    def inventory(self) -> Result:
        """Who is here."""
        return describe_network(self.net, as_of=self.day)

    @cached_property
    def centrality(self) -> Result:
        """Who is central."""
        return measure_centrality(self.net, as_of=self.day)

    @cached_property
    def bridges(self) -> Result:
        """Who bridges, and what breaks."""
        return find_bridges(self.net, as_of=self.day)

    @cached_property
    def gaps(self) -> Result:
        """What is expected and not on file."""
        return find_gaps(self.net, as_of=self.day)

    @cached_property
    def recommendations(self) -> Result:
        """Whom to approach next."""
        return recommend_partners(self.net, n=PARTNERS, as_of=self.day)

    @cached_property
    def partnerships(self) -> Result:
        """How community-based organizations partner with health care."""
        return profile_partnerships(self.net, as_of=self.day)

    @cached_property
    def session(self) -> Result:
        """What a partnership session of the whole network would need."""
        return prepare_session(self.net, as_of=self.day)

    @cached_property
    def outcomes(self) -> Result:
        """What became of what earlier sessions agreed on."""
        return check_outcomes(self.net, as_of=self.day)

    @cached_property
    def visits(self) -> Result:
        """Whom to visit next."""
        return plan_visits(self.net, as_of=self.day)

    @cached_property
    def roster(self) -> Result:
        """Which partners are expected."""
        return list_expected_partners(self.net, as_of=self.day)

    @cached_property
    def convenings(self) -> Result:
        """Who comes to which meeting."""
        return describe_convenings(self.net, as_of=self.day)

    @cached_property
    def introductions(self) -> Result:
        """Who can open the door."""
        return find_introductions(self.net, as_of=self.day)

    @cached_property
    def peers(self) -> Result:
        """The States most like ours, by public counts."""
        return find_peer_states(self.net, as_of=self.day)

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """Organizations that may have been entered twice."""
        return find_possible_duplicates(self.net)
