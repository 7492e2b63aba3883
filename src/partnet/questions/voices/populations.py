"""Populations in counties: who speaks for them with which seats, and who serves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.wording.text import count_noun, join_words, say_number
from ...facts.graph.collaboration import build_layer
from ...facts.populations import (
    RESIDENTS,
    Group,
    Size,
    find_servers,
    find_speakers,
    key_of,
    list_voices_on_file,
    name_populations,
    read_residents,
)
from ...places.gazetteer import county_name
from ..gaps.voice import VOICES as SECTORS
from .disparities import WORSE, Disparity, judge_disparities
from .shown import DISPARITIES, POPULATIONS, VOICES

NOBODY, NO_SEAT, SEATED, NOT_KNOWN = (
    "nobody on file",
    "speaks, no seat on file",
    "speaks, with a seat",
    "not known",
)
STATUSES = (NOBODY, NO_SEAT, SEATED, NOT_KNOWN)
HOW = {
    "led by them": "who lead it",
    "board": "through its board",
    "advisory council": "through an advisory council",
    "consultation": "through consultation",
}
SITS = ("led by them", "board", "advisory council")  # forms of voice that come with a seat
TIED, UNTIED = "working tie on file", "no working tie on file"
NAMED = 3


@dataclass(frozen=True)
class Community:
    """The populations of a network on its day, in some counties.

    Attributes
    ----------
    here : Network
        The network.
    counties : frozenset of str or None
        Codes of the counties it is about; ``None``: all.
    """

    here: Network
    counties: frozenset[str] | None = None

    @cached_property
    def voices(self) -> pd.DataFrame:
        """Who speaks for whom, one row a county."""
        voices = list_voices_on_file(self.here)
        counted = set(self.here.ids[~self.here.is_context.to_numpy()])
        voices = voices[voices["organization"].isin(counted)]
        return voices if self.counties is None else voices[voices["county"].isin(self.counties)]

    @cached_property
    def is_known(self) -> bool:
        """Whether anybody's voice is on file at all."""
        return not self.here.rows("voices").empty

    @cached_property
    def disparities(self) -> tuple[Disparity, ...]:
        """The largest gap first."""
        found = judge_disparities(self.here)
        return tuple(one for one in found if self._is_inside(one.county))

    @cached_property
    def groups(self) -> list[Group]:
        """Populations by county, on file in any table; residents where any voice is."""
        found = {*read_residents(self.here), *((one.county, one.key) for one in self.disparities)}
        found |= set(zip(self.voices["county"], self.voices["key"], strict=True))
        if self.is_known:
            homes = self.here.organizations["county_fips"][~self.here.is_context]
            found |= {(county, RESIDENTS) for county in set(homes) - {""}}
        return sorted(group for group in found if self._is_inside(group[0]))

    def _is_inside(self, county: str) -> bool:
        return self.counties is None or county in self.counties

    @cached_property
    def tied(self) -> frozenset[str]:
        """Who has a working tie on file, without the convener; nobody where none is reported."""
        without = (self.here.convener,) if self.here.convener else ()
        layer = build_layer(self.here, without=without)
        degree = np.diff(layer.symmetric.indptr)
        return frozenset(layer.ids[degree > 0])

    def judge_tie(self, ids: Iterable[str]) -> str:
        """Say whether any of these has a working tie on file; "" of nobody."""
        listed = [*ids]
        if not listed:
            return ""
        if not self.here.whole.has_reported_ties:
            return NOT_KNOWN
        return TIED if self.tied & {*listed} else UNTIED

    def tabulate(self) -> pd.DataFrame:
        """Give one row a population and county, those without a voice first."""
        worst: dict[Group, Disparity] = {}
        for one in self.disparities:
            if one.finding in WORSE:
                worst.setdefault((one.county, one.key), one)
        sizes = read_residents(self.here)
        heard = {
            (str(county), str(key)): rows
            for (county, key), rows in self.voices.groupby(["county", "key"], sort=True)
        }
        rows = [self._make_row(g, sizes, heard.get(g), worst.get(g)) for g in self.groups]
        table = pd.DataFrame(rows, columns=POPULATIONS.names)
        table = table.astype({c: "float64" for c in ("people", "share", "seats", "gap")})
        rank = table["status"].map({status: k for k, status in enumerate(STATUSES)})
        order = table.assign(
            rank=rank.astype("float64"),
            worst=-table["gap"].fillna(-1.0).round(9),
            size=-table["share"].where(table["population"] != RESIDENTS).fillna(-1.0).round(9),
            key=table["population"].map(key_of),  # however it is spelled
        ).sort_values(["rank", "worst", "size", "key", "county_fips"], kind="stable")
        return order[POPULATIONS.names].reset_index(drop=True)

    def _make_row(
        self,
        group: Group,
        sizes: Mapping[Group, Size],
        heard: pd.DataFrame | None,
        worst: Disparity | None,
    ) -> tuple[object, ...]:
        county, key = group
        size = sizes.get(group, Size(share=1.0) if key == RESIDENTS else Size())
        speakers, servers = self.find_speakers(group), self.find_servers(group)
        status = self._judge(heard)
        return (
            name_populations(self.here).get(key, key), county, county_name(county), size.type,
            size.people, size.share, status, self.name(speakers), len(speakers),
            np.nan if heard is None else heard["seats"].sum(min_count=1),
            self.judge_tie(speakers), self.name(servers), len(servers),
            "" if worst is None else say_disparity(worst),
            np.nan if worst is None else worst.gap,
            self._find_asked(group, servers) if status == NOBODY else "",
        )  # fmt: skip

    def find_speakers(self, group: Group) -> tuple[str, ...]:
        """Ids of who speaks for a population in a county."""
        return find_speakers(self.here).get(group, ())

    def find_servers(self, group: Group) -> tuple[str, ...]:
        """Ids of who serves a population in a county."""
        return find_servers(self.here).get(group, ())

    def name(self, ids: Iterable[str]) -> str:
        """Names of some, the first few."""
        return join_words([self.here.name(id_) for id_ in ids], most=NAMED)

    def _judge(self, heard: pd.DataFrame | None) -> str:
        if not self.is_known:
            return NOT_KNOWN
        if heard is None:
            return NOBODY
        seated = (heard["seats"] > 0) | (heard["through"].isin(SITS) & ~(heard["seats"] == 0))
        return SEATED if seated.any() else NO_SEAT

    def _find_asked(self, group: Group, servers: tuple[str, ...]) -> str:
        """Whom to ask who could speak: who serves them; of residents, who is close by its kind."""
        kinds = self.here.organizations["kind"]
        near = [id_ for id_ in servers if kinds[id_] in SECTORS["residents"]]
        chosen = near if group[1] == RESIDENTS else near or [*servers]
        best = sorted(chosen, key=lambda id_: id_ not in self.tied)  # who works with us, first
        return self.here.name(best[0]) if best else ""

    def list_voices(self) -> pd.DataFrame:
        """Give one row an organization and population that it speaks for."""
        rows = []
        names = name_populations(self.here)
        for _, own in self.voices.groupby("row", sort=False):
            id_, key, _, through, seats, since = own.iloc[0].tolist()[1:]
            places = [county_name(code) for code in own["county"] if code]
            rows.append(
                (id_, self.here.name(id_), names[key], join_words(places, most=NAMED),
                 through, seats, since, self.judge_tie([id_]))
            )  # fmt: skip
        table = pd.DataFrame(rows, columns=VOICES.names)
        return table.astype({"seats": "float64", "since": "datetime64[s]"})

    def list_disparities(self) -> pd.DataFrame:
        """Give one row a county, population and indicator, the largest gap first."""
        names = name_populations(self.here)
        rows = []
        for one in self.disparities:
            group = (one.county, one.key)
            rows.append(
                {
                    **one._asdict(),
                    "population": names[one.key],
                    "county_fips": one.county,
                    "county": county_name(one.county),
                    "serves": self.name(self.find_servers(group)),
                    "speaks": self.name(self.find_speakers(group)),
                }
            )
        return pd.DataFrame(rows, columns=DISPARITIES.names)


def say_disparity(one: Disparity) -> str:
    """Say what is measured of them and of everybody.

    Examples
    --------
    >>> say_disparity(Disparity("31027", "a", "uninsured", 30, 0, 0, 12, 2.5, "", 1.5, 0, 0))
    '30 against 12 of everybody (uninsured; 2.5 times)'
    """
    text = f"{say_number(one.value)} against {say_number(one.everybody)} of everybody"
    times = "" if one.ratio != one.ratio else f"; {say_number(one.ratio)} times"
    return f"{text} ({one.indicator}{times})"


def describe_voices(here: Network) -> dict[str, list[str]]:
    """Say in a line each for whom an organization speaks: lines by id, of those who do.

    Examples
    --------
    >>> import partnet as pn
    >>> describe_voices(pn.load_sample("prairie").at())["casa-de-la-pradera"]
    ['people who speak Spanish at home in Hall County, who lead it']
    """
    lines: dict[str, list[str]] = {}
    for row in Community(here).list_voices().itertuples():
        where = f" in {row.places}" if row.places else ""
        how = f", {HOW[row.through]}" if row.through else ""
        seats = "" if row.seats != row.seats else f" ({count_noun(row.seats, 'advisory seat')})"
        lines.setdefault(row.organization, []).append(f"{row.population}{where}{how}{seats}")
    return lines
