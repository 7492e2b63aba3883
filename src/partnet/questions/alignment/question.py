"""Two organizations side by side: what they could align, settle and plan together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words
from ..gaps.voice import VOICES
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
    say_facilitators,
)
from .settling import brief_leaders, list_commitments, list_steps
from .stocktaking import Stock, take_stock

# Who speaks for the people served (community voice), among the voices of voice gaps.
COMMUNITY = ("residents", "tenants", "faith", "Tribes", "older adults' services")


def align_organizations(
    net: Network, a: str, b: str, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Lay two organizations side by side: what they share, what each brings, what is to be settled.

    Parameters
    ----------
    net : Network
        The network.
    a, b : str
        Ids or unique names of two different organizations.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: what both share (``what``, ``entry``, ``a_says``, ``b_says``). ``.tables``:
        ``profiles`` (the stock-taking profiles side by side), ``brings`` (what each cannot do
        alone), ``cycles`` (assessments, funding, agreements that meet), ``duties``, ``measures``
        (of success), ``trends`` (indicators of the shared counties, with the value before),
        ``commitments`` (roles and costs to settle), ``plan`` (year by year), ``facilitators``,
        ``managers``, ``missing`` (services that need another partner), ``leaders`` (what it
        means for the leaders of each), ``voices`` (who speaks for
        the people served, and with whom they have a tie).

    Raises
    ------
    UsageError
        One of them is not in the network, or both are the same.
    """
    ids = net.find(a), net.find(b)
    if ids[0] == ids[1]:
        raise UsageError(
            f"a, b: found {net.name(ids[0])} twice. Two different organizations can be aligned. "
            "Name another one."
        )
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    pair = _Pair(held, Stock(held, ids[0]), Stock(held, ids[1]), day)
    return Result(
        verb="align_organizations",
        title=f"{net.name(ids[0])} and {net.name(ids[1])}",
        table=pair.shared,
        sentences=tuple(pair.say()),
        method=_method(net, pair),
        tables=pair.tables(),
    )


@dataclass(frozen=True)
class _Pair:
    """Two organizations on one day."""

    net: Network
    a: Stock
    b: Stock
    day: pd.Timestamp | None

    @cached_property
    def names(self) -> tuple[str, str]:
        """Their names."""
        return self.net.name(self.a.id), self.net.name(self.b.id)

    @cached_property
    def tied(self) -> bool:
        """Whether they have a tie on file."""
        return frozenset((self.a.id, self.b.id)) in self.net.tied_pairs

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
        return list_strengths(self.net, self.a, self.b)

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
        """Who stands between them."""
        return Search(self.net, self.a, self.b, self.day)

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
        return list_missing(self.net, self.a, self.b)

    @cached_property
    def trends(self) -> pd.DataFrame:
        """Indicators of the shared counties over time."""
        place = Place("the shared counties", self.counties, whole=False)
        return list_indicators(self.net, place)

    @cached_property
    def voices(self) -> pd.DataFrame:
        """Who speaks for the people served in the shared counties, and with whom of the two."""
        kinds = {kind: voice for voice in COMMUNITY for kind in VOICES[voice]}
        pairs = self.net.tied_pairs
        rows = []
        for id_, row in self.net.organizations.iterrows():
            near = set(Stock(self.net, str(id_)).counties) & set(self.counties)
            if row["kind"] in kinds and near and id_ not in (self.a.id, self.b.id):
                ties = [
                    name
                    for stock, name in zip((self.a, self.b), self.names, strict=True)
                    if frozenset((id_, stock.id)) in pairs
                ]
                status = f"tie on file with {join_words(ties)}" if ties else "no tie on file"
                rows.append((id_, row["name"], kinds[row["kind"]], status))
        return pd.DataFrame(rows, columns=["organization", "name", "speaks_for", "status"])

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        stocks = [take_stock(self.net, stock.id) for stock in (self.a, self.b)]
        profiles = stocks[0][["section", "topic"]].assign(
            a_says=stocks[0]["on_file"], b_says=stocks[1]["on_file"]
        )
        return {
            "profiles": profiles,
            "brings": self.brings,
            "cycles": self.cycles,
            "duties": self.duties,
            "measures": self.measures,
            "trends": self.trends,
            "commitments": list_commitments(self.a, self.b, self.shared, self.brings),
            "plan": list_steps(self.a, self.b, self.cycles, self.missing, self.day),
            "facilitators": self.facilitators,
            "managers": self.managers,
            "missing": self.missing,
            "leaders": brief_leaders(self.a, self.b, self.brings, self.duties, self.measures),
            "voices": self.voices,
        }

    def say(self) -> Iterator[str]:
        """Say what both need to know, the most important first."""
        yield self._say_shared()
        yield from self._say_brings()
        yield from self._say_cycles()
        if len(self.duties):
            topics = self.duties["topic"].tolist()
            yield f"Duties that both could meet together: {join_words(topics, most=4)}."
        yield self._say_measures()
        yield from say_facilitators(self.facilitators, self.managers)
        yield from self._say_missing()
        yield self._say_voices()

    def _say_shared(self) -> str:
        counts = self.shared["what"].value_counts()
        nouns = {
            "population": ("population", "populations"),
            "county": ("county", "counties"),
            "service": ("service", "services"),
            "group": ("group", "groups"),
            "program": ("program", "programs"),
            "funder": ("funder", "funders"),
        }
        parts = [count_noun(counts[what], *noun) for what, noun in nouns.items() if what in counts]
        tie = "have a tie on file" if self.tied else "have no tie on file"
        common = f"share {join_words(parts)}" if parts else "share nothing on file"
        return f"{self.names[0]} and {self.names[1]} {tie} and {common}."

    def _say_brings(self) -> Iterator[str]:
        if self.brings.empty:
            stocks = zip((self.a, self.b), self.names, strict=True)
            unknown = [name for stock, name in stocks if not stock.offers]
            if unknown:
                named = join_words(unknown)
                yield f"What each could bring is not known: no services of {named} are on file."
            return
        for name, rows in self.brings.groupby("name", sort=True):
            needed, alone = rows[rows["needed"] != ""], ""
            if len(needed):
                first = needed.iloc[0]
                alone = f"; nobody else on file offers {first['brings']} in {first['needed']}"
            offers = join_words(rows["brings"].tolist(), most=4)
            yield f"{name} brings what the other lacks: {offers}{alone}."

    def _say_cycles(self) -> Iterator[str]:
        first = self.cycles.iloc[0]
        yield f"Needs assessment: {first['note']}."
        meets = self.cycles[(self.cycles["cycle"] == "funding") & (self.cycles["meets"] == "yes")]
        if len(meets):
            row = meets.iloc[0]
            yield f"Funding cycles meet: {row['a_says']}, and {row['b_says']}."

    def _say_measures(self) -> str:
        both = self.measures.loc[self.measures["whose"] == "both", "measure"].tolist()
        if both:
            return f"Both measure success by {join_words(both)}: start with a goal in it."
        if self.measures.empty:
            return "How either measures success is not on file: ask both for one measure to share."
        return "No measure of success in common is on file: agree on one that both can count."

    def _say_missing(self) -> Iterator[str]:
        if len(self.missing):
            row = self.missing.iloc[0]
            more = len(self.missing) - 1
            rest = f" (and {more} more)" if more else ""
            yield (
                f"Additional partners are needed: neither offers {row['service']}, which "
                f"{row['county']} lacks{rest}; the nearest on file is {row['nearest']}."
            )

    def _say_voices(self) -> str:
        if self.voices.empty:
            return "Nobody on file speaks for the people whom both serve: ask who could."
        heard = self.voices[self.voices["status"] != "no tie on file"]
        row = (heard if len(heard) else self.voices).iloc[0]
        if len(heard):
            for_whom = f"{row['name']} speaks for {row['speaks_for']}"
            return f"Community voice: {for_whom} ({row['status']})."
        asked = f"{row['name']}, who speaks for {row['speaks_for']}"
        return f"Community voice is missing: ask {asked}, to join."


def _method(net: Network, pair: _Pair) -> Method:
    return Method(
        name="Two organizations side by side.",
        formula=(
            "Shared: the same population, county, service, group, program or funder on both sides. "
            "Cycles meet if assessments fall in one year, or awards end within three months. "
            "Facilitator: half for ties with the two, half for sectors reached x (1 - share of the "
            "largest); money, ownership or the same services as one of the two disqualify. Project "
            "manager: sum of the strengths of its ties with both."
        ),
        settings={
            "network": net.title,
            "as of": "no dates" if pair.day is None else str(pair.day.date()),
        },
        notes=(
            "Neutrality is for the partners to say; position only proposes.",
            "Duties are a summary for a meeting, not legal advice.",
        ),
    )
