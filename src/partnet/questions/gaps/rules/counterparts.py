"""With whom a rule can be satisfied: organizations that count, and those that may count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ....core.arrays import BoolArray
from ....core.memory import fact
from ....core.network import Network
from ....facts.geography.locations import distances_from
from ....facts.rulebook import Alternative, Rule
from .conditions import Evidence


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Organizations by how they relate to a rule, in the network's order.

    Attributes
    ----------
    certain : tuple of str
        Those that satisfy it.
    possible : frozenset of str
        Those that would if what is not on file about them (a column, their place) were so, or if
        the text of the rule were read so.
    """

    certain: tuple[str, ...]
    possible: frozenset[str]


def find_counterparts(
    rule: Rule, organization: str, groups: frozenset[str], evidence: Evidence
) -> Counterparts:
    """Find with whom one organization can satisfy a rule."""
    ids = evidence.here.ids
    anybody = not rule.alternatives and not rule.unresolved
    certain, possible = (np.full(len(ids), anybody) for _ in range(2))
    for alternative in rule.alternatives:
        sure, maybe = _match_alternative(evidence.here, alternative, groups)
        certain, possible = certain | sure, possible | maybe
    for alternative in rule.ask:
        possible = possible | _match_alternative(evidence.here, alternative, groups)[1]
    here = evidence.here.positions([organization])[0]
    if np.isfinite(rule.within_km):
        far = distances_from(evidence.points[here], evidence.points)
        possible &= ~(far > rule.within_km)
        certain &= far <= rule.within_km
    certain[here] = possible[here] = False
    return Counterparts(tuple(ids[certain]), frozenset(ids[possible & ~certain]))


@fact
def _match_alternative(
    here: Network, alternative: Alternative, groups: frozenset[str]
) -> tuple[BoolArray, BoolArray]:
    """Flag those that match, and those that match or may match."""
    ids, table = here.ids, here.organizations
    allowed = np.asarray(
        table["kind"] == alternative.kind if alternative.kind else ids == alternative.organization
    )
    if alternative.same_group:
        memberships = here.rows("memberships")
        members = memberships.loc[memberships["group"].isin(groups), "organization"]
        allowed = allowed & ids.isin(members)
    if not alternative.column:
        return allowed, allowed
    if alternative.column not in table:
        return np.zeros(len(ids), dtype=bool), allowed
    texts = table[alternative.column].astype("str").str.casefold().str.strip()
    matches = (texts == alternative.value.casefold()).to_numpy()
    return allowed & matches, allowed & (matches | (texts == "").to_numpy())


def find_nearest(organization: str, others: tuple[str, ...], evidence: Evidence) -> str:
    """Give the nearest of some organizations, of equals that of the lower id; "" if none."""
    if not others:
        return ""
    others = tuple(sorted(others))
    here = evidence.here.positions([organization])[0]
    places = evidence.here.positions(others)
    far = np.nan_to_num(distances_from(evidence.points[here], evidence.points[places]), nan=1e9)
    return others[int(np.argmin(np.round(far, 9)))]


def find_next(rule: Rule, organization: str, partners: Counterparts, evidence: Evidence) -> str:
    """Give whom to turn to for a rule: the nearest that counts; "" where none can be told.

    Where anybody counts it is the nearest of another owner of those it sits in a network, coalition
    or association with, else of those with a working tie: not whoever happens to be next door.
    """
    if rule.alternatives:
        return find_nearest(organization, partners.certain, evidence)
    owner = evidence.owners[organization]
    apart = {id_ for id_ in partners.certain if evidence.owners[id_] != owner}
    for known in (_list_fellows(evidence.here), _list_tied(evidence.here)):
        near = apart & known.get(organization, frozenset())
        if near:
            return find_nearest(organization, tuple(near), evidence)
    return ""


@fact
def _list_fellows(here: Network) -> Mapping[str, frozenset[str]]:
    """Give for each member who sits in a group of its with it."""
    found: dict[str, set[str]] = {}
    for _, members in here.rows("memberships").groupby("group")["organization"]:
        for member in set(members):
            found.setdefault(member, set()).update(members)
    return MappingProxyType({member: frozenset(ids - {member}) for member, ids in found.items()})


@fact
def _list_tied(here: Network) -> Mapping[str, frozenset[str]]:
    """Give for each with whom it has a working tie."""
    working = [id_ for id_, relation in here.vocabulary.relations.items() if relation.working]
    ties = here.ties[here.ties["relation"].isin(working)]
    found: dict[str, set[str]] = {}
    for one, other in zip(ties["source"], ties["target"], strict=True):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return MappingProxyType({end: frozenset(ids) for end, ids in found.items()})


def count_owners(organization: str, partners: Iterable[str], evidence: Evidence) -> int:
    """Count the partners that belong neither to one another's owner nor to one's own."""
    owners = {evidence.owners[partner] for partner in partners}
    return len(owners - {evidence.owners[organization]})
