"""Where a county loses the only connected provider of a service, and what would bridge it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.vocabulary import HOSPITALS
from ...core.wording.text import join_words, start_small
from ...facts.geography.access import build_coverage
from ...facts.geography.locations import center_of, distances_from, locate_organizations
from ...facts.geography.need import rank_need
from ...facts.geography.reach import find_reach
from ...facts.graph.collaboration import build_layer
from ...places.gazetteer import county_name
from ..introductions.introduction_paths import TOGETHER, IntroductionPaths
from .shown import CLIFFS, DESERTED

NOBODY_LEFT = "no provider left"
NOT_CONNECTED = "provider left, without a tie there"
# Who speaks for a county, where several are there.
ORDER = ("local_health_department", "health_center", "rural_health_clinic", "ems_agency")
MOST = 3
Closed = Set[tuple[int, str]]


@dataclass(frozen=True, eq=False)
class Services:
    """Who offers what where, and who works with whom there.

    A provider of a service in a county is *connected* where a working tie is on file between it
    and another organization that is located in the county. The convener counts for nobody. Where no
    working tie is on file, nobody can be told from others by it: every provider counts.

    Attributes
    ----------
    here : Network
        The network on its day.
    """

    here: Network

    @cached_property
    def offers(self) -> pd.DataFrame:
        """``county``, ``service`` (folded) and ``at`` (position of the provider); one row each."""
        offers = build_coverage(self.here).offers.drop(columns="population")
        offers = offers.assign(at=self.here.positions(offers["organization"]))
        return offers[["county", "service", "at"]].drop_duplicates(ignore_index=True)

    @cached_property
    def by_cell(self) -> dict[tuple[str, str], list[int]]:
        """Providers by county and service."""
        return self.offers.groupby(["county", "service"])["at"].agg(sorted).to_dict()

    @cached_property
    def by_service(self) -> dict[str, list[int]]:
        """Who offers a service anywhere."""
        found: dict[str, dict[int, None]] = {}
        for service, at in zip(self.offers["service"], self.offers["at"].tolist(), strict=True):
            found.setdefault(service, {})[at] = None
        return {service: list(offering) for service, offering in found.items()}

    @cached_property
    def by_provider(self) -> dict[int, list[str]]:
        """What each offers anywhere."""
        found: dict[int, list[str]] = {}
        for service, offering in self.by_service.items():
            for at in offering:
                found.setdefault(at, []).append(service)
        return found

    @cached_property
    def homes(self) -> list[str]:
        """County of each organization."""
        return self.here.organizations["county_fips"].tolist()

    @cached_property
    def names(self) -> list[str]:
        """Name of each organization."""
        return self.here.names.tolist()

    @cached_property
    def partners(self) -> list[set[int]]:
        """Positions that each has a working tie with; the convener left out."""
        without = (self.here.convener,) if self.here.convener else ()
        matrix = build_layer(self.here, without=without).symmetric
        rows = np.split(matrix.indices, matrix.indptr[1:-1]) if self.here.n else []
        return [set(row.tolist()) for row in rows]

    @cached_property
    def tied(self) -> bool:
        """Whether any working tie is on file to tell who is connected."""
        return any(self.partners)

    @cached_property
    def held(self) -> dict[tuple[str, str], dict[int, frozenset[int]]]:
        """Connected providers by county and service, each with whom it works there."""
        if not self.tied:
            return {c: {at: frozenset({at}) for at in own} for c, own in self.by_cell.items()}
        near = [self._by_county(at) for at in range(self.here.n)]
        found: dict[tuple[str, str], dict[int, frozenset[int]]] = {}
        for cell, providers in self.by_cell.items():
            there = {at: near[at][cell[0]] for at in providers if cell[0] in near[at]}
            if there:
                found[cell] = there
        return found

    def _by_county(self, at: int) -> dict[str, frozenset[int]]:
        """Partners of an organization by the county they are located in."""
        found: dict[str, set[int]] = {}
        for k in self.partners[at]:
            found.setdefault(self.homes[k], set()).add(k)
        return {county: frozenset(partners) for county, partners in found.items()}

    @cached_property
    def depending(self) -> dict[int, list[tuple[str, str]]]:
        """Counties and services of which each organization is, or ties, a connected provider."""
        found: dict[int, list[tuple[str, str]]] = {}
        for cell, providers in self.held.items():
            for k in frozenset(providers).union(*providers.values()):
                found.setdefault(k, []).append(cell)
        return found

    def list_connected(
        self, cell: tuple[str, str], gone: Set[int] = frozenset(), closed: Closed = frozenset()
    ) -> list[int]:
        """Connected providers of a service in a county, without some and what others closed."""
        return [
            at
            for at, near in self.held.get(cell, {}).items()
            if at not in gone and (at, cell[1]) not in closed and not near <= gone
        ]

    def close_all(self, positions: Iterable[int]) -> set[tuple[int, str]]:
        """Give all services of some organizations."""
        return {(at, service) for at in positions for service in self.by_provider.get(at, ())}

    def find_cliffs(self, gone: Set[int], closed: Closed) -> list[tuple[str, str]]:
        """Counties and services with a connected provider now, and none without these."""
        touched = gone | {at for at, _ in closed}
        cells = {cell: None for at in touched for cell in self.depending.get(at, ())}
        return sorted(cell for cell in cells if not self.list_connected(cell, gone, closed))

    def find_deserted(self, gone: Set[int], closed: Closed) -> list[tuple[str, str]]:
        """Counties and services of which nobody was connected, and nobody at all is left."""
        lost = gone | {at for at, _ in closed}
        return sorted(
            cell
            for cell, own in self.by_cell.items()
            if cell not in self.held
            and lost & set(own)
            and all(at in gone or (at, cell[1]) in closed for at in own)
        )


@fact
def read_services(here: Network) -> Services:
    """Work out once who offers what where, and who works with whom."""
    return Services(here)


@fact
def read_paths(here: Network) -> IntroductionPaths:
    """Find paths of introduction once for all cliffs."""
    return IntroductionPaths.of(here)


def tabulate_cliffs(here: Network, gone: Set[int], closed: Closed) -> pd.DataFrame:
    """Give the counties and services on the cliff, and the introduction that would bridge each.

    `gone` are positions of those who leave, `closed` the services (folded) that stop though their
    organization stays, with its position.
    """
    cells = read_services(here).find_cliffs(gone, closed)
    if not cells:
        return pd.DataFrame(columns=CLIFFS.names)
    found = [_describe(here, cell, gone, closed) for cell in cells]
    table = pd.DataFrame(found, columns=CLIFFS.names)
    # Cells come by county and folded service, so that spelling decides no order.
    return table.sort_values("need", ascending=False, ignore_index=True, kind="stable")


def tabulate_deserted(here: Network, gone: Set[int], closed: Closed) -> pd.DataFrame:
    """Give the counties and services whose only providers go, none of whom is connected there."""
    services, labels = read_services(here), build_coverage(here).labels
    cells = services.find_deserted(gone, closed)
    if not cells:
        return pd.DataFrame(columns=DESERTED.names)
    need = rank_need(here, build_coverage(here).counties).mean
    rows = [
        (
            "", "", county, county_name(county) or county, labels[service],
            join_words([services.names[at] for at in services.by_cell[county, service]], most=MOST),
            round(float(need.get(county, 0.5)), 9),
        )
        for county, service in cells
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=DESERTED.names)
    return table.sort_values("need", ascending=False, ignore_index=True, kind="stable")


def _describe(
    here: Network, cell: tuple[str, str], gone: Set[int], closed: Closed
) -> tuple[object, ...]:
    services, (county, service) = read_services(here), cell
    lost = services.list_connected(cell)
    left = [at for at in services.by_cell[cell] if at not in gone and (at, service) not in closed]
    label, place = build_coverage(here).labels[service], county_name(county) or county
    local, to = _find_bridge(here, cell, gone, closed, left)
    through, sentence = (
        "",
        f"For {start_small(label)} in {place} no introduction on file would bridge it.",
    )
    if local >= 0:
        through, sentence = _say_bridge(here, cell, local, to, bool(left))
    names = services.names
    pair = [(here.ids[k], names[k]) if k >= 0 else ("", "") for k in (local, to)]
    need = rank_need(here, build_coverage(here).counties).mean.get(county, 0.5)
    return (
        "", "", county, place, label, join_words([names[k] for k in lost], most=MOST),
        NOT_CONNECTED if left else NOBODY_LEFT,
        join_words([names[k] for k in left], most=MOST),
        round(float(need), 9), *pair[0], *pair[1], through, sentence,
    )  # fmt: skip


def _find_bridge(
    here: Network, cell: tuple[str, str], gone: Set[int], closed: Closed, left: list[int]
) -> tuple[int, int]:
    """Whom in the county to introduce to which provider; -1 where nobody is on file."""
    services, reach = read_services(here), find_reach(here)
    offering = services.by_service[cell[1]]
    others = [at for at in offering if at not in gone and (at, cell[1]) not in closed]
    points = locate_organizations(here)
    for local in _list_local(here, cell[0]):
        if local in gone:
            continue
        able = [at for at in left or others if at != local and reach.allows(local, at)]
        if able:
            km = distances_from(center_of(cell[0]), points[able])
            far = np.where(np.isnan(km), np.inf, np.round(km, 6))
            return local, able[int(np.lexsort((np.array(able), far))[0])]
    return -1, -1


@fact
def _list_local(here: Network, county: str) -> tuple[int, ...]:
    """Who could speak for a county: its hospitals, then health department, clinics, ambulance."""
    kinds, homes = here.organizations["kind"].tolist(), read_services(here).homes
    ranks = {kind: k for k, kind in enumerate((*HOSPITALS, *ORDER))}
    inside = [k for k, home in enumerate(homes) if home == county and kinds[k] in ranks]
    inside.sort(key=lambda k: (ranks[kinds[k]], k))
    serving = [
        int(k)
        for k in np.flatnonzero(find_reach(here).serves(county))
        if kinds[k] == "local_health_department" and homes[k] != county
    ]
    return *inside, *serving


def _say_bridge(
    here: Network, cell: tuple[str, str], local: int, to: int, there: bool
) -> tuple[str, str]:
    """Say through whom the two could meet, and the introduction in a sentence."""
    paths = read_paths(here)
    path = paths.find(local, to)
    through = paths.say_through(path)
    names, place = read_services(here).names, county_name(cell[0]) or cell[0]
    label = build_coverage(here).labels[cell[1]]
    offers = (
        f"offers {start_small(label)} there"
        if there
        else f"is the nearest left that offers {start_small(label)}"
    )
    said = f"ask {names[to]}, which {offers} and works with {names[local]} already"
    if path.status != TOGETHER:
        by = f" through {through}" if through else ""
        said = f"introduce {names[local]} now to {names[to]}, which {offers}{by and ','}{by}"
    return through, f"For {start_small(label)} in {place}: {said}."
