"""What speaks against the neutrality of an organization between others: one rule for every verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..core.memory import fact
from ..core.network import Network
from ..core.wording.text import join_words
from .identity.owners import find_owners

# Relations that give one a stake in the other, with what is said of two that have one.
RELATIONS = {
    "funding": "money flows between it and {}",
    "contract": "it has a contract with {}",
    "transfer": "patients are transferred between it and {}",
    "affiliation": "it is tied to {} by ownership or affiliation",
}
# Kinds whose office it is to bring others together.
OFFICES = (
    "state_office_of_rural_health",
    "rural_health_network",
    "ahec",
    "health_care_coalition",
    "hospital_association",
    "rural_health_association",
    "primary_care_association",
    "local_health_department",
)
# Those of them whose office is the whole State.
STATE_OFFICES = (
    "state_office_of_rural_health",
    "hospital_association",
    "rural_health_association",
    "primary_care_association",
)
MONEY, OWNER, PROGRAM, SERVICE = "funding", "affiliation", "program", "service"


@dataclass(frozen=True, eq=False)
class Stakes:
    """Stakes of one organization in another, as far as they are on file on the day.

    Money that flows between the two, a contract, patients transferred, one owner or affiliation,
    grants of the same program, and services that both offer. Whether somebody is neutral is for the
    partners to say; nothing here measures it.

    Attributes
    ----------
    here : Network
        The network on its day.
    """

    here: Network

    def find(self, candidate: str, other: str) -> dict[str, str]:
        """Give every stake by its sort, each in words about the other."""
        name = self.here.name(other)
        found = {
            sort: RELATIONS[sort].format(name)
            for sort in RELATIONS
            if sort in self._related.get(frozenset((candidate, other)), ())
        }
        if self._owner[candidate] == self._owner[other]:
            found.setdefault(OWNER, RELATIONS[OWNER].format(name))
        for sort, table, words in (
            (PROGRAM, self._programs, "both it and {} are paid from {}"),
            (SERVICE, self._offers, ""),
        ):
            same = sorted(table.get(candidate, frozenset()) & table.get(other, frozenset()))
            if same and sort == PROGRAM:
                found[sort] = words.format(name, join_words(same, most=2))
            elif same:
                found[sort] = f"it offers {join_words(same, most=2)}, as {name} does"
        return found

    @cached_property
    def _related(self) -> Mapping[frozenset[str], set[str]]:
        """Relations that make a stake, by pair."""
        ties = self.here.ties
        rows = ties.loc[ties["relation"].isin(RELATIONS), ["source", "target", "relation"]]
        found: dict[frozenset[str], set[str]] = {}
        for source, target, relation in rows.itertuples(index=False, name=None):
            found.setdefault(frozenset((source, target)), set()).add(relation)
        return found

    @cached_property
    def _owner(self) -> Mapping[str, str]:
        return find_owners(self.here)

    @cached_property
    def _programs(self) -> Mapping[str, Set[str]]:
        rows = self.here.rows("funding")
        rows = rows[(rows["amount"] > 0) & (rows["program"] != "")]
        return _gather(rows["recipient"], rows["program"])

    @cached_property
    def _offers(self) -> Mapping[str, Set[str]]:
        rows = self.here.rows("services")
        return _gather(rows["organization"], rows["service"])

    def list_with(self, candidate: str, *others: str) -> Iterator[str]:
        """Say every stake of a candidate in any of the others."""
        for other in others:
            if other != candidate:
                yield from self.find(candidate, other).values()


def _gather(organizations: pd.Series, what: pd.Series) -> Mapping[str, Set[str]]:
    """What is on file of each organization."""
    found: dict[str, set[str]] = {}
    for id_, each in zip(organizations.tolist(), what.tolist(), strict=True):
        found.setdefault(id_, set()).add(each)
    return found


@fact
def find_stakes(here: Network) -> Stakes:
    """Give the stakes of the organizations of a network in each other."""
    return Stakes(here)
