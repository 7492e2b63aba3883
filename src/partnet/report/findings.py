"""Everything a report is made of: each verb once, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..gaps import find_gaps
from ..measures.bridges import find_bridges
from ..measures.centrality import measure_centrality
from ..measures.inventory import describe_network
from ..network import Network
from ..practice import (
    check_outcomes,
    describe_convenings,
    find_introductions,
    find_peer_states,
    list_expected_partners,
    plan_visits,
    prepare_session,
    profile_partnerships,
)
from ..recommend import recommend_partners
from ..results import Result
from ..tables.match import find_possible_duplicates
from ..weights import Layer, choose_layer

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
        return prepare_session(self.net, as_of=self.day, gaps=self.gaps)

    @cached_property
    def outcomes(self) -> Result:
        """What became of what earlier sessions agreed on."""
        return check_outcomes(self.net, as_of=self.day)

    @cached_property
    def visits(self) -> Result:
        """Whom to visit next."""
        suggested = self.recommendations
        return plan_visits(self.net, as_of=self.day, gaps=self.gaps, recommendations=suggested)

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
        return find_introductions(self.net, as_of=self.day, gaps=self.gaps)

    @cached_property
    def peers(self) -> Result:
        """The States most like ours, by public counts."""
        return find_peer_states(self.net, as_of=self.day)

    @cached_property
    def duplicates(self) -> pd.DataFrame:
        """Organizations that may have been entered twice."""
        return find_possible_duplicates(self.net)
