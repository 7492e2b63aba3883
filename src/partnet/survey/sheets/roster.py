"""Whom a questionnaire lists, and what is on file about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.arrays import Points
from ...core.errors import UsageError
from ...core.network import Network
from ...core.rows.ties import keep_distinct
from ...facts.geography.locations import distances_from, locate_organizations
from ...places.gazetteer import county_name
from ..form import BOTH, GIVES, TAKES, WORKS

MOST_RELATIONS = 5  # beside "Do you work together?"; more columns than that nobody fills
USUAL = ("referral", "information_sharing", "contract", "data_sharing", "joint_program")


@dataclass(frozen=True, slots=True)
class Filed:
    """A tie on file, as the organization asked sees it: what, and which way."""

    relation: str
    way: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One organization on the list: who it is, and the ties with it on file."""

    id: str
    name: str
    place: str
    filed: tuple[Filed, ...]


def choose_relations(net: Network, relations: Sequence[str] | None) -> tuple[str, ...]:
    """Give the relations to ask about: those named, else the working ones most on file.

    Raises
    ------
    UsageError
        One of them is not known, or says nothing about working together.
    """
    words = net.vocabulary
    if relations is None:
        reported = net.ties[net.ties["table"] == "ties"]  # a signature needs no answer
        counts = Counter(keep_distinct(reported)["relation"])
        filed = [r for r in words.working_relations if counts[r] and r != WORKS]
        chosen = sorted(filed, key=lambda r: -counts[r])[:MOST_RELATIONS] or [*USUAL]
        return tuple(r for r in words.working_relations if r in chosen)
    found = {relation: words.find_relation(relation) for relation in relations}
    allowed = [words.relations[r].label for r in words.working_relations]
    for relation, id_ in found.items():
        if id_ not in words.working_relations:
            raise UsageError(
                f"relations: found {relation!r}. Allowed are {', '.join(allowed)}. Choose among "
                "them."
            )
    return tuple(dict.fromkeys(id_ for id_ in found.values() if id_ and id_ != WORKS))


class Roster:
    """Who is on whose list.

    Parameters
    ----------
    net : Network
        The network on its day, as partners may see it: without reporters and answers of others.
    partners : int
        How many organizations a list holds at most, beside those with a tie on file.
    """

    def __init__(self, net: Network, partners: int) -> None:
        self.net, self.partners = net, partners
        self.filed = self._list_filed()
        self.places = self._describe_places()
        self.points = locate_organizations(net)
        counts = np.array([len(self.filed.get(id_, ())) for id_ in net.ids])
        self.named = [int(k) for k in np.argsort(-counts, kind="stable")]  # most partners first

    def list_for(self, organization: str) -> list[Listed]:
        """Give the list of one organization, by name."""
        filed = self.filed.get(organization, {})
        own = int(self.net.positions([organization])[0])
        chosen = {int(k) for k in self.net.positions(filed)}
        for k in self._take_turns(own):
            if len(chosen) >= self.partners:
                break
            chosen.add(k)
        listed = [self._describe(self.net.ids[k], filed) for k in sorted(chosen)]
        return sorted(listed, key=lambda each: (each.name.casefold(), each.id))

    def list_shared(self) -> list[Listed]:
        """Give one list for everybody: all, or those with most ties on file."""
        chosen = self.named[: self.partners + 1]  # nobody is asked about itself
        listed = [self._describe(self.net.ids[k], {}) for k in sorted(chosen)]
        return sorted(listed, key=lambda each: (each.name.casefold(), each.id))

    def _take_turns(self, own: int) -> Iterator[int]:
        """Positions of others: the nearest and those with most ties, one of each in turn."""
        far = _fill(distances_from(self.points[own], self.points))
        nearest = [int(k) for k in np.argsort(far, kind="stable") if k != own]
        known = [k for k in self.named if k != own]
        for pair in zip(nearest, known, strict=True):
            yield from pair

    def _list_filed(self) -> dict[str, dict[str, tuple[Filed, ...]]]:
        """The ties on file of each organization by partner, every relation once."""
        ties = self.net.ties
        working = ties[ties["relation"].isin(self.net.vocabulary.working_relations)]
        found: dict[str, dict[str, dict[str, set[str]]]] = {}
        for row in working.to_dict("records"):
            ends = (row["source"], row["target"])
            for one, other, way in zip(ends, ends[::-1], self._find_ways(row), strict=True):
                partners = found.setdefault(one, {})
                partners.setdefault(other, {}).setdefault(row["relation"], set()).add(way)
        return {
            one: {other: _join_ways(ways) for other, ways in partners.items()}
            for one, partners in found.items()
        }

    def _find_ways(self, row: Mapping[Hashable, Any]) -> tuple[str, str]:
        """Which way a tie goes, as its source and as its target see it."""
        if not self.net.vocabulary.relations[row["relation"]].directed:
            return "", ""
        return (BOTH, BOTH) if row["directed"] == "no" else (GIVES, TAKES)

    def _describe_places(self) -> dict[str, str]:
        """Say of each organization what and where it is."""
        table = self.net.organizations
        columns = (table[name] for name in ("kind", "county_fips", "state"))
        return {
            id_: self._describe_place(*row)
            for id_, *row in zip(self.net.ids, *columns, strict=True)
        }

    def _describe_place(self, kind: str, county: str, state: str) -> str:
        known = self.net.vocabulary.kinds.get(kind)
        place = ", ".join(filter(None, (county_name(county), state)))
        label = known.label if known and known.id != "other" else ""
        return " – ".join(filter(None, (label, place)))

    def _describe(self, id_: str, filed: Mapping[str, tuple[Filed, ...]]) -> Listed:
        return Listed(id_, self.net.name(id_), self.places[id_], filed.get(id_, ()))


def _fill(distances: Points) -> Points:
    return np.where(np.isnan(distances), np.inf, distances)


def _join_ways(ways: Mapping[str, set[str]]) -> tuple[Filed, ...]:
    """One entry a relation: there and back is both ways."""
    return tuple(Filed(r, min(w) if len(w) == 1 else BOTH) for r, w in ways.items())


def find_asked(net: Network, organizations: Sequence[str] | None) -> list[str]:
    """Give the ids of those who are asked: those named, else all but neighbors kept as context.

    They stand as in the file: who is added at its end moves nobody's number.

    Raises
    ------
    UsageError
        One of them is not in the network.
    """
    if organizations is None:
        table = net.table("organizations")
        return [str(id_) for id_ in table["id"][table["context"] != "yes"]]
    return list(dict.fromkeys(net.find(o, argument="organizations") for o in organizations))


def list_services(net: Network, organization: str) -> pd.DataFrame:
    """Give the services on file of one organization: ``service``, ``county_fips``, ``population``.

    One row each.
    """
    services = net.rows("services")
    own = services[services["organization"] == organization]
    return own[["service", "county_fips", "population"]].drop_duplicates().reset_index(drop=True)
