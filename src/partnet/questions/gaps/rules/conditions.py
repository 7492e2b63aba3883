"""Whether a rule speaks to an organization: its kind, a grant, a group, or a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from ....core.arrays import Points
from ....core.memory import fact
from ....core.network import Network
from ....core.vocabulary import fold_word
from ....core.wording.text import join_words
from ....facts.agreements import Agreements, read_agreements
from ....facts.geography.locations import locate_organizations
from ....facts.graph.survey import Survey, read_surveys
from ....facts.identity.owners import find_owners
from ....facts.rulebook import (
    Rule,
    group_kind_of,
    parse_condition,
    program_of,
    same_kind_of_group,
)

ANY = "any"  # any kind of organization; any working relation


@dataclass(frozen=True)
class Evidence:
    """What the tables say that rules ask about, made ready once.

    Attributes
    ----------
    here : Network
        As it stood on the day.
    agreements : Agreements
        Also those that are not in force.
    owners : mapping of str to str
        The owner of each organization, itself where none is on file.
    points : ndarray
        Latitude and longitude by position.
    kinds : Series
        Kinds by id.
    answered : mapping of str to Survey
        Survey by relation.
    """

    here: Network
    agreements: Agreements
    owners: Mapping[str, str]
    points: Points
    kinds: pd.Series
    answered: Mapping[str, Survey]


def gather_evidence(here: Network) -> Evidence:
    """Make ready what rules ask about."""
    return Evidence(
        here=here,
        agreements=read_agreements(here),
        owners=find_owners(here),
        points=locate_organizations(here),
        kinds=here.organizations["kind"],
        answered=read_surveys(here, tuple(here.vocabulary.relations)),
    )


def list_addressed(rule: Rule, evidence: Evidence) -> list[str]:
    """Organizations that a rule speaks to: those of its kind, or the grantees of its program."""
    ids = evidence.here.ids
    if rule.from_kind == ANY:
        return [str(id_) for id_ in ids[ids.isin(_find_grantees(rule, evidence))]]
    return [str(id_) for id_ in ids[evidence.kinds == rule.from_kind]]


def _find_grantees(rule: Rule, evidence: Evidence) -> set[str]:
    """Recipients of the program that the condition of a rule names.

    Not of its planning grants, and not those to whom it was passed on: duties fall on the grantee.
    """
    wanted = program_of(rule.applies_if)
    awards = evidence.here.rows("funding")
    awards = awards[awards["parent_award"] == ""]
    if not wanted or awards.empty:
        return set()
    programs = awards["program"].map(fold_word)
    planning = programs.str.contains("planning") & ("planning" not in wanted)
    return set(awards.loc[programs.str.startswith(wanted) & ~planning, "recipient"])


Condition = tuple[bool | None, frozenset[str], str]


def find_condition(rule: Rule, organization: str, evidence: Evidence) -> Condition:
    """Tell whether the condition holds (None: not known), through which groups, and why."""
    if not rule.applies_if:
        return True, frozenset(), ""
    if program_of(rule.applies_if):
        return _find_grant(rule, organization, evidence)
    wanted = group_kind_of(rule.applies_if)
    if wanted:
        return _find_membership(wanted, organization, evidence)
    column, value = parse_condition(rule.applies_if)
    table = evidence.here.organizations
    own = str(table.at[organization, column]) if column in table else ""
    if not own:
        return None, frozenset(), f"{column or rule.applies_if} is not known"
    return own.casefold() == value.casefold(), frozenset(), f"{column} is {own}"


def _find_grant(rule: Rule, organization: str, evidence: Evidence) -> Condition:
    if evidence.here.rows("funding").empty:
        return None, frozenset(), "no funding is on file, so grants are not known"
    if organization in _find_grantees(rule, evidence):
        return True, frozenset(), rule.applies_if
    return False, frozenset(), f"not on file as {rule.applies_if}"


@fact
def groups_of_kind(here: Network, wanted: str) -> pd.DataFrame:
    """Give the memberships in groups of one kind."""
    groups, vocabulary = here.rows("memberships"), here.vocabulary
    kinds = {k: same_kind_of_group(k, wanted, vocabulary) for k in groups["group_kind"].unique()}
    return groups[groups["group_kind"].map(kinds).astype(bool)] if len(groups) else groups


def _find_membership(wanted: str, organization: str, evidence: Evidence) -> Condition:
    of_kind = groups_of_kind(evidence.here, wanted)
    if of_kind.empty:
        return None, frozenset(), f"no {wanted} is on file, so membership is not known"
    own = _list_members(evidence.here, wanted).get(organization)
    if own is None:
        return False, frozenset(), f"on file as member of no {wanted}"
    return True, own, f"member of {join_words(sorted(own))}"


@fact
def _list_members(here: Network, wanted: str) -> Mapping[str, frozenset[str]]:
    """The groups of one kind by member."""
    rows, found = groups_of_kind(here, wanted), dict[str, frozenset[str]]()
    for organization, group in zip(rows["organization"], rows["group"], strict=True):
        found[organization] = found.get(organization, frozenset()) | {group}
    return MappingProxyType(found)
