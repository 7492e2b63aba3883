"""The Alliance's four partnership categories, read off ties of an organization to health care.

Alliance for Strong Families and Communities, request for information on partnerships of
community-based organizations with health care.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.wording.text import join_words
from ...facts.answers import get_answers
from ...facts.graph.survey import read_surveys

PLANNER, COLLABORATOR = "Planner", "Collaborator"
NETWORK_PROVIDER, EXCLUSIVE_PROVIDER = "Network Provider", "Exclusive Provider"
UNCLASSIFIED = "unclassified"
# From exploring to the deepest commitment: where several hold, the last one is the main one.
CATEGORIES = (PLANNER, COLLABORATOR, NETWORK_PROVIDER, EXCLUSIVE_PROVIDER)

HEALTH_CARE = (
    "hospital_care", "primary_care", "behavioral_health", "emergency_services", "long_term_care",
    "pharmacy_and_oral_health", "payer",
)  # fmt: skip
COMMUNITY_BASED = ("social_services", "housing", "food", "transport", "community")
COLLECTIVES = ("coalition", "network", "meeting", "aco", "collaborative", "consortium", "table",
               "partnership", "alliance", "work group")  # fmt: skip
EXPLORING = ("planning", "information_sharing")  # relations of an exploratory stage
EXPLORATORY_STAGES = ("exploratory", "planning")
CONTRACTORS = ("contractor", "purchaser", "payer", "buyer", "funder", "lead")  # roles in a contract


@dataclass(frozen=True, slots=True)
class Finding:
    """One category that holds for an organization, and why."""

    category: str
    evidence: str


@dataclass(frozen=True)
class Evidence:
    """What tables say of partnerships with health care, made ready once."""

    here: Network

    @cached_property
    def answers(self) -> pd.DataFrame:
        """What organizations say of themselves."""
        return get_answers(self.here)

    @cached_property
    def stages(self) -> dict[str, str]:
        """Stage of every organization as on file, by its id."""
        stages = self.here.organizations["stage"]
        return dict(zip(stages.index, stages, strict=True))

    @cached_property
    def health_care(self) -> set[str]:
        """Ids of health-care organizations and payers."""
        sectors = self.here.organizations["sector"]
        return set(sectors.index[sectors.isin(HEALTH_CARE)])

    @cached_property
    def contracts(self) -> pd.DataFrame:
        """Contracts of health care with others: ``contractor, provider, service, paper``.

        From agreements whose type is a contract (one party is health care; the topic is the
        service) and from reported ties of the relation contract, whose service is not named.
        """
        rows = [*self._from_agreements(), *self._from_ties()]
        named = {(buyer, provider) for buyer, provider, service, _ in rows if service}
        kept = [row for row in rows if row[2] or (row[0], row[1]) not in named]
        columns = ["contractor", "provider", "service", "paper"]
        return pd.DataFrame(kept, columns=columns).drop_duplicates(ignore_index=True)

    @cached_property
    def contracts_of(self) -> dict[str, pd.DataFrame]:
        """The same by provider; whoever provides nothing is not in it."""
        return {str(id_): rows for id_, rows in self.contracts.groupby("provider", sort=True)}

    def _from_agreements(self) -> Iterator[tuple[str, str, str, str]]:
        agreements = self.here.rows("agreements")
        find = self.here.vocabulary.find_relation
        contracts = [text for text in agreements["type"].unique() if find(text) == "contract"]
        holds = ~agreements["status"].isin(["draft", "expired"])
        signed = agreements[agreements["type"].isin(contracts) & holds]
        for paper, rows in signed.groupby("agreement", sort=True):
            buyers, providers = self._split_parties(rows)
            for buyer in buyers:
                for provider, topic in providers:
                    yield buyer, provider, topic.casefold(), str(paper)

    def _split_parties(self, rows: pd.DataFrame) -> tuple[list[str], list[tuple[str, str]]]:
        """Tell contractors (by role, else health care) from those who provide."""
        by_role = rows["role"].str.casefold().isin(CONTRACTORS)
        inside = rows["organization"].isin(self.health_care)
        buyer = by_role & inside if (by_role & inside).any() else inside
        others = rows[~buyer]
        providers = list(zip(others["organization"], others["topic"], strict=True))
        return sorted(rows.loc[buyer, "organization"]), providers

    def _from_ties(self) -> Iterator[tuple[str, str, str, str]]:
        ties = self.here.ties
        rows = ties[ties["relation"] == "contract"]
        for row in rows[rows["table"] == "ties"].itertuples():
            ends = (str(row.source), str(row.target))
            for buyer, provider in (ends, ends[::-1]):
                if buyer in self.health_care and provider not in self.health_care:
                    yield buyer, provider, "", ""

    @cached_property
    def providers(self) -> dict[tuple[str, str], list[str]]:
        """Providers by contractor and service; the service "" holds those not named."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.contracts.itertuples():
            found[(str(row.contractor), str(row.service))].append(str(row.provider))
        return {key: sorted(set(ids)) for key, ids in found.items()}

    def has_provider_list(self, contractor: str) -> bool:
        """Whether all contracted providers of a contractor are on file.

        Its profile says so, or it answered a roster survey on contracts.
        """
        said = self.answers.at[contractor, "provider_list"]
        if said:
            return bool(said == "complete")
        survey = self._survey
        return survey is not None and bool(survey.roster[self.here.positions([contractor])[0]])

    @cached_property
    def _survey(self) -> Any:
        return read_surveys(self.here, ("contract",)).get("contract")

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Members of every coalition, network, meeting or other collective, by its name."""
        rows = self.here.rows("memberships")
        kind = rows["group_kind"].str.casefold()
        matches = [any(word in text for word in COLLECTIVES) for text in kind]
        rows = rows[pd.Series(matches, index=rows.index, dtype=bool)]
        members = rows.groupby("group", sort=True)["organization"]
        return {str(group): sorted(set(ids)) for group, ids in members}

    @cached_property
    def collectives(self) -> dict[str, list[str]]:
        """Collectives with a health-care member, by organization that is a member too."""
        found: dict[str, list[str]] = defaultdict(list)
        for group, ids in self.groups.items():
            for id_ in ids:
                others = [m for m in ids if m in self.health_care and m != id_]
                if others:
                    found[id_].append(f"{group} (with {self.here.name(others[0])})")
        return dict(found)

    @cached_property
    def working(self) -> dict[str, dict[str, set[str]]]:
        """Relations with each health-care organization, by organization."""
        ties = self.here.ties
        ties = ties[ties["relation"].map(self._is_working).astype(bool)]
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in ties.itertuples():
            for own, other in ((row.source, row.target), (row.target, row.source)):
                if other in self.health_care and own not in self.health_care:
                    found[str(own)][str(other)].add(str(row.relation))
        return found

    def _is_working(self, relation: str) -> bool:
        return self.here.vocabulary.relations[relation].working


def find_categories(evidence: Evidence, organization: str) -> list[Finding]:
    """Give the categories that hold for an organization by what is on file, the deepest first.

    * **Exclusive Provider**: a contract with a health-care organization for a named service that
      nobody else has with it, where the contractor's provider list is on file and no other of its
      contracts leaves the service open.
    * **Network Provider**: a contract for a service that at least one other provider has with the
      same contractor (uniform services).
    * **Collaborator**: member of a coalition, network, meeting or other collective that includes a
      health-care organization.
    * **Planner**: its own stage is exploratory or planning, or all its working ties with health
      care are joint planning or information sharing.
    """
    found = [
        *_find_contracts(evidence, organization),
        *_find_collective(evidence, organization),
        *_find_planning(evidence, organization),
    ]
    order = {category: -k for k, category in enumerate(CATEGORIES)}
    return sorted(found, key=lambda one: order[one.category])


def _find_contracts(evidence: Evidence, organization: str) -> Iterator[Finding]:
    own = evidence.contracts_of.get(organization)
    if own is None:
        return
    words: dict[str, list[str]] = defaultdict(list)
    for row in own.sort_values(["contractor", "service"]).itertuples():
        category, why = _judge_contract(
            evidence, organization, str(row.contractor), str(row.service)
        )
        if category:
            words[category].append(why)
    for category, reasons in words.items():
        yield Finding(category, join_words(list(dict.fromkeys(reasons))))


def _judge_contract(
    evidence: Evidence, organization: str, contractor: str, service: str
) -> tuple[str, str]:
    """Judge one contract: uniform, sole, or "" where the file does not tell."""
    if not service:
        return "", ""
    name = evidence.here.name(contractor)
    others = [p for p in evidence.providers[(contractor, service)] if p != organization]
    if others:
        named = join_words([evidence.here.name(p) for p in others], most=2)
        return NETWORK_PROVIDER, f"{service} for {name}, as {named} too"
    unnamed = [p for p in evidence.providers.get((contractor, ""), ()) if p != organization]
    if evidence.has_provider_list(contractor) and not unnamed:
        return (
            EXCLUSIVE_PROVIDER,
            f"sole provider of {service} for {name}, whose providers are on file",
        )
    return "", ""


def list_open_contracts(evidence: Evidence, organization: str) -> list[str]:
    """Name contracts that tell no category, and what is missing on file."""
    own = evidence.contracts_of.get(organization)
    said: list[str] = []
    for row in () if own is None else own.itertuples():
        contractor, service = str(row.contractor), str(row.service)
        name = evidence.here.name(contractor)
        if not service:
            said.append(f"contract with {name}: for which service is not on file")
        elif not _judge_contract(evidence, organization, contractor, service)[0]:
            said.append(
                f"{service} for {name}: whether others provide it too is not known (provider list "
                "not on file, or a contract without its service)"
            )
    return said


def _find_collective(evidence: Evidence, organization: str) -> Iterator[Finding]:
    groups = evidence.collectives.get(organization)
    if groups:
        yield Finding(COLLABORATOR, f"member of {join_words(groups, most=3)}")


def _find_planning(evidence: Evidence, organization: str) -> Iterator[Finding]:
    stage = evidence.stages[organization]
    if stage in EXPLORATORY_STAGES:
        yield Finding(PLANNER, f"its stage is {stage}")
        return
    partners = evidence.working.get(organization, {})
    relations = set().union(*partners.values()) if partners else set()
    if relations and relations <= set(EXPLORING):
        labels = [evidence.here.vocabulary.relations[r].label for r in sorted(relations)]
        names = join_words([evidence.here.name(p) for p in sorted(partners)], most=2)
        yield Finding(PLANNER, f"only {join_words(labels)} with health care ({names})")
