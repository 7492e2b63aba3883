"""Two organizations on one day: every table about both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ...core.network import Network
from ...core.wording.text import join_words
from ..gaps.voice import VOICES
from ..goals.question import judge_goals
from ..session.indicators import list_indicators
from ..session.place import Place
from .common_ground import (
    list_common_duties,
    list_cycles,
    list_measures,
    list_missing,
    list_shared,
    list_strengths,
)
from .facilitators import (
    Search,
    propose_facilitators,
    propose_managers,
)
from .settling import brief_leaders, list_commitments, list_steps
from .shown import PROFILES, SIDES, TRENDS
from .shown import VOICES as VOICES_SHOWN
from .stocktaking import Stock, take_stock

# Who speaks for the people served (community voice), among the voices of voice gaps.
COMMUNITY = ("residents", "tenants", "faith", "Tribes", "older adults' services")


@dataclass(frozen=True)
class Pair:
    """Two organizations on one day, what they have in common worked out once.

    Attributes
    ----------
    here : Network
        The network on the day.
    a, b : Stock
        The two.
    """

    here: Network
    a: Stock
    b: Stock

    @cached_property
    def names(self) -> tuple[str, str]:
        """Their names."""
        return self.a.name, self.b.name

    @cached_property
    def tied(self) -> bool:
        """Whether they have a tie on file."""
        return frozenset((self.a.id, self.b.id)) in self.here.tied_pairs

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """Counties that both serve."""
        return tuple(sorted(set(self.a.counties) & set(self.b.counties)))

    @cached_property
    def shared(self) -> pd.DataFrame:
        """What both have."""
        return list_shared(self.a, self.b)

    @cached_property
    def brings(self) -> pd.DataFrame:
        """What each brings."""
        return list_strengths(self.here, self.a, self.b)

    @cached_property
    def cycles(self) -> pd.DataFrame:
        """Cycles that could be coordinated."""
        return list_cycles(self.a, self.b)

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Duties in common."""
        return list_common_duties(self.a, self.b)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Measures of success."""
        return list_measures(self.a, self.b)

    @cached_property
    def search(self) -> Search:
        """Who is between them."""
        return Search(self.here, self.a, self.b)

    @cached_property
    def facilitators(self) -> pd.DataFrame:
        """Who could facilitate."""
        return propose_facilitators(self.search)

    @cached_property
    def managers(self) -> pd.DataFrame:
        """Who could manage the project."""
        return propose_managers(self.search)

    @cached_property
    def missing(self) -> pd.DataFrame:
        """Services that need another partner."""
        return list_missing(self.here, self.a, self.b)

    @cached_property
    def trends(self) -> pd.DataFrame:
        """Indicators of the shared counties over time."""
        place = Place("the shared counties", self.counties, whole=False)
        return list_indicators(self.here, place)[TRENDS.names]

    @cached_property
    def voices(self) -> pd.DataFrame:
        """Who speaks for the people served in the shared counties, and with whom of the two."""
        kinds = {kind: voice for voice in COMMUNITY for kind in VOICES[voice]}
        pairs = self.here.tied_pairs
        rows = []
        for id_, row in self.here.organizations.iterrows():
            near = set(Stock(self.here, str(id_)).counties) & set(self.counties)
            if row["kind"] in kinds and near and id_ not in (self.a.id, self.b.id):
                ties = [
                    name
                    for stock, name in zip((self.a, self.b), self.names, strict=True)
                    if frozenset((id_, stock.id)) in pairs
                ]
                status = f"tie on file with {join_words(ties)}" if ties else "no tie on file"
                rows.append((id_, self.here.name(str(id_)), kinds[row["kind"]], status))
        return pd.DataFrame(rows, columns=VOICES_SHOWN.names)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        stocks = [take_stock(self.here, stock.id) for stock in (self.a, self.b)]
        said = {f"{side}_says": stock["on_file"] for side, stock in zip(SIDES, stocks, strict=True)}
        profiles = stocks[0][["section", "topic"]].assign(**said)[PROFILES.names]
        return {
            "profiles": profiles,
            "brings": self.brings,
            "cycles": self.cycles,
            "duties": self.duties,
            "measures": self.measures,
            "trends": self.trends,
            "commitments": list_commitments(self.a, self.b, self.shared, self.brings),
            "plan": list_steps(self.a, self.b, self.cycles, self.missing),
            "facilitators": self.facilitators,
            "managers": self.managers,
            "missing": self.missing,
            "leaders": brief_leaders(
                self.a, self.b, self.brings, self.duties, self.measures, judge_goals(self.here)
            ),
            "voices": self.voices,
        }
