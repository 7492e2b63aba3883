"""What each organization could do next in its partnerships with health care, by its category.

From exploring to a collective, from a collective to a contract, from one contract to a second:
whom on file to ask, and for what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import Points
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...facts.geography.locations import counties_of_each, distances_from, locate_organizations
from ...facts.identity.owners import find_owners
from .categories import (
    CATEGORIES,
    COLLABORATOR,
    COMMUNITY_BASED,
    EXCLUSIVE_PROVIDER,
    NETWORK_PROVIDER,
    PLANNER,
    UNCLASSIFIED,
    Evidence,
)
from .shown import STEPS

SECOND = "a second contractor"
NEXT = {  # what comes after each category; nobody has to become a sole provider
    UNCLASSIFIED: PLANNER,
    PLANNER: COLLABORATOR,
    COLLABORATOR: NETWORK_PROVIDER,
    NETWORK_PROVIDER: SECOND,
    EXCLUSIVE_PROVIDER: SECOND,
}
SAID = {  # how each step is called for all who could take it
    UNCLASSIFIED: "find out how they work with health care",
    PLANNER: "join a collective in which health care sits",
    COLLABORATOR: "put a service under contract",
    NETWORK_PROVIDER: "win a second contractor for the service",
    EXCLUSIVE_PROVIDER: "win a second contractor, so that not all depends on one",
}
SERVICES = 3  # named
# Of health care, who contracts and convenes most; of equal ones the nearest.
ORDER = (
    "hospital_care", "payer", "primary_care", "behavioral_health", "long_term_care",
    "pharmacy_and_oral_health", "emergency_services",
)  # fmt: skip
Step = tuple[str, str, str]  # id of whom to ask, what to do, why


@dataclass(frozen=True)
class Steps:
    """Next steps in partnerships with health care.

    Attributes
    ----------
    evidence : Evidence
        What tables say of partnerships with health care.
    """

    evidence: Evidence

    @property
    def here(self) -> Network:
        """The network on its day."""
        return self.evidence.here

    @cached_property
    def services(self) -> Mapping[str, list[str]]:
        """Services on file by organization, each once, in the first spelling."""
        found: dict[str, dict[str, str]] = {}
        for row in self.here.rows("services").itertuples():
            found.setdefault(str(row.organization), {}).setdefault(
                str(row.service).casefold(), str(row.service)
            )
        return {id_: sorted(names.values(), key=str.casefold) for id_, names in found.items()}

    @cached_property
    def buyers(self) -> Mapping[str, dict[str, list[str]]]:
        """Contractors and their providers, by folded service."""
        found: dict[str, dict[str, list[str]]] = {}
        for (contractor, service), providers in sorted(self.evidence.providers.items()):
            if service:
                found.setdefault(service, {})[contractor] = providers
        return found

    @cached_property
    def sectors(self) -> Mapping[str, str]:
        """Sector by organization."""
        return {str(id_): str(text) for id_, text in self.here.organizations["sector"].items()}

    @cached_property
    def points(self) -> Points:
        """Where organizations are."""
        return locate_organizations(self.here)

    @cached_property
    def local(self) -> Mapping[str, list[str]]:
        """Health care by county served."""
        found: dict[str, list[str]] = {}
        for id_ in self.evidence.health_care:
            for county in counties_of_each(self.here).get(id_, ()):
                found.setdefault(county, []).append(id_)
        return found

    def rank_near(self, organization: str, others: Iterable[str]) -> list[str]:
        """Health care in the order to ask: whom it works with, then by sector, then the nearest."""
        working = self.evidence.working.get(organization, {})
        able = sorted({*others} & self.evidence.health_care - {organization})
        at = self.here.positions([organization, *able])
        km = np.round(distances_from(self.points[at[0]], self.points[at[1:]]), 6)
        far = dict(zip(able, np.nan_to_num(km, nan=np.inf).tolist(), strict=True))
        return sorted(
            able,
            key=lambda id_: (id_ not in working, ORDER.index(self.sectors[id_]), far[id_], id_),
        )

    def find(self, organization: str, category: str) -> Step | None:
        """Give the next step of an organization; ``None`` where the file names nobody to ask."""
        steps = {
            UNCLASSIFIED: self._ask,
            PLANNER: self._join,
            COLLABORATOR: self._contract,
            NETWORK_PROVIDER: self._second,
            EXCLUSIVE_PROVIDER: self._second,
        }
        return steps[category](organization)

    def _ask(self, organization: str) -> Step | None:
        """Ask a health-care organization it works with, else the nearest of its counties."""
        working = self.evidence.working.get(organization, {})
        near = self.rank_near(organization, working or self._find_local(organization))
        if not near:
            return None
        why = "a working tie on file" if working else "health care of the same county"
        return near[0], f"Ask {self._name(near[0])} what the two could plan together.", why

    def _find_local(self, organization: str) -> list[str]:
        own = counties_of_each(self.here).get(organization, ())
        return sorted({id_ for county in own for id_ in self.local.get(county, ())})

    def _join(self, organization: str) -> Step | None:
        """Use the collective it sits in; else join one where others like it sit; else start one."""
        own = [(g, ids) for g, ids in self.evidence.groups.items() if organization in ids]
        for group, ids in own:
            for member in self.rank_near(organization, ids)[:1]:
                what = f"Take what it explores to {group}, where {self._name(member)} sits too."
                return member, what, f"both are members of {group}"
        best = min(self._rank_groups(organization), default=None)
        if best:
            _, group, member = best
            what = f"Ask {self._name(member)} to bring it into {group}."
            return member, what, f"{self._name(member)} is a member, and others like it are"
        step = self._ask(organization)
        if step is None:
            return None
        what = f"Start a table with {self._name(step[0])}: no collective near has others like it."
        return step[0], what, step[2]

    def _rank_groups(self, organization: str) -> Iterator[tuple[tuple[bool, int, str], str, str]]:
        """Collectives with health care and others like it: of a partner first, then of its places.

        A table without anybody community-based, such as that of hospitals on quality, is no place
        to begin.
        """
        working = self.evidence.working.get(organization, {})
        local = {*self._find_local(organization)}
        for group, members in self.evidence.groups.items():
            inside = {*members} & self.evidence.health_care
            alike = sum(self.sectors[id_] in COMMUNITY_BASED for id_ in members)
            able = inside & {*working} or inside & local
            if organization not in members and able and alike:
                first = self.rank_near(organization, able)[0]
                yield (first not in working, -alike, group), group, first

    def _contract(self, organization: str) -> Step | None:
        """Offer a service under contract: to who buys it of others, else to a partner."""
        services = self.services.get(organization, [])
        partners = self.rank_near(organization, self._find_partners(organization))
        for service in services:
            buyers = self.buyers.get(service.casefold(), {})
            for buyer in [id_ for id_ in partners if id_ in buyers]:
                others = join_words([self._name(p) for p in buyers[buyer]], most=2)
                what = f"Offer {service} to {self._name(buyer)} under the contract others have."
                return buyer, what, f"{others} {'has' if len(buyers[buyer]) == 1 else 'have'} one"
        if not partners:
            return None
        named = join_words(services, most=SERVICES, final="or")
        what = (
            f"Propose a contract to {self._name(partners[0])}, for {named}."
            if services
            else f"Enter its services, then ask {self._name(partners[0])} which to contract."
        )
        return partners[0], what, self._say_partner(organization, partners[0])

    def _find_partners(self, organization: str) -> set[str]:
        """Health care with which it works, or sits in a collective."""
        groups = [ids for ids in self.evidence.groups.values() if organization in ids]
        return {*self.evidence.working.get(organization, {})}.union(*groups)

    def _say_partner(self, organization: str, partner: str) -> str:
        if partner in self.evidence.working.get(organization, {}):
            return "a working tie on file"
        groups = self.evidence.groups.items()
        shared = [group for group, ids in groups if organization in ids and partner in ids]
        return f"both are members of {join_words(shared, most=2)}"

    def _second(self, organization: str) -> Step | None:
        """Offer a service under contract to somebody else of health care as well."""
        own = self.evidence.contracts
        own = own[own["provider"] == organization].sort_values(["service", "contractor"])
        owners = find_owners(self.here)
        buying = {owners.get(id_, id_) for id_ in own["contractor"]}
        buyers = {id_ for id_ in self.evidence.health_care if owners.get(id_, id_) in buying}
        others = self._find_partners(organization) or {*self._find_local(organization)}
        able = self.rank_near(organization, others - buyers)
        able = able or self.rank_near(organization, {*self._find_local(organization)} - buyers)
        if not able:
            return None
        row = own[own["service"] != ""].head(1)
        first = f"for {row['service'].iloc[0]} " if len(row) else ""
        name = self._name(row["contractor"].iloc[0]) if len(row) else ""
        terms = f", on the terms of the one with {name}" if name else ""
        what = f"Offer {self._name(able[0])} a contract {first}too{terms}."
        why = "no contract of the two on file"
        return able[0], what, f"{why}; one with {name} is" if name else why

    def _name(self, id_: str) -> str:
        return self.here.name(id_)


def list_steps(evidence: Evidence, table: pd.DataFrame) -> pd.DataFrame:
    """List what each organization profiled could do next, with whom, in the order of categories."""
    steps, rows = Steps(evidence), []
    for id_, row in table.iterrows():
        step = steps.find(str(id_), str(row["category"]))
        if step is not None:
            partner, what, why = step
            rows.append(
                (str(id_), row["name"], row["category"], NEXT[row["category"]], partner,
                 evidence.here.name(partner), what, why, evidence.answers.at[id_, "challenges"])
            )  # fmt: skip
    found = pd.DataFrame(rows, columns=STEPS.names)
    rank = {name: k for k, name in enumerate((*CATEGORIES, UNCLASSIFIED))}
    order = found.assign(rank=found["category"].map(rank).astype("float64"))
    return order.sort_values(["rank", "organization"], ignore_index=True)[STEPS.names]


def say_steps(steps: pd.DataFrame) -> Iterator[Sentence]:
    """Say for each category what its organizations could do next, and the first of them."""
    for category in CATEGORIES:
        rows = steps[steps["category"] == category]
        if rows.empty:
            continue
        first = rows.iloc[0]
        text = (
            f"{count_noun(len(rows), category)} could {SAID[category]}, first {first['name']}: "
            f"{first['step']}"
        )
        claims = {
            "organizations": len(rows),
            "first": first["name"],
            "partner": first["partner_name"],
        }
        yield Sentence(f"next_{category.casefold().replace(' ', '_')}", text, claims)
