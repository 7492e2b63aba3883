"""Whether a rule speaks to an organization: its kind, a grant, a group, or a column."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ....core.arrays import Points
from ....core.network import Network
from ....core.text import join_words
from ....core.vocabulary import fold_word
from ....facts.agreements import Papers, read_papers
from ....facts.locations import locate_organizations
from ....facts.survey import Survey, read_surveys
from .rulebook import (
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
    net : Network
        As it stood on the day.
    ties, groups : DataFrame
        Ties that held, and memberships.
    papers : Papers
        Agreements, also those that are not in force.
    owners : dict
        The owner of each organization, itself where none is on file.
    answered : dict
        Survey by relation.
    """

    net: Network
    day: pd.Timestamp | None
    ties: pd.DataFrame
    groups: pd.DataFrame
    papers: Papers
    owners: dict[str, str]
    points: Points
    kinds: pd.Series
    answered: dict[str, Survey]


def gather_evidence(net: Network, day: pd.Timestamp | None) -> Evidence:
    """Make ready what rules ask about, as it stood on a day."""
    held = net if day is None else net.at(day)
    ties = held.ties
    return Evidence(
        net=held,
        day=day,
        ties=ties,
        groups=held.table("memberships"),
        papers=read_papers(net, day),
        owners=find_owners(held),
        points=locate_organizations(held),
        kinds=held.organizations["kind"],
        answered=read_surveys(held, tuple(held.vocabulary.relations)),
    )


def find_owners(net: Network) -> dict[str, str]:
    """Give who owns each organization in the end: up the affiliations, then by the same EIN.

    Owned, leased and "site of" make two organizations one owner's; managed and affiliated do not.
    """
    table = net.table("affiliations")
    table = table[table["type"].isin(["owned", "leased", "site of"])]
    resolved = net.resolve(table["parent"])
    named = resolved.where(resolved != "", table["parent"].map(fold_word))
    above = dict(zip(table["organization"], named, strict=True))
    numbers = net.organizations["ein"].str.replace(r"\D", "", regex=True)
    first = {ein: str(id_) for id_, ein in numbers[::-1].items() if ein}
    owners = {}
    for id_ in map(str, net.ids):
        seen, top = {id_}, id_
        while above.get(top, top) not in seen:
            top = above[top]
            seen.add(top)
        owners[id_] = first.get(numbers.get(top, ""), top)
    return owners


def list_addressed(rule: Rule, evidence: Evidence) -> list[str]:
    """Organizations that a rule speaks to: those of its kind, or the grantees of its program."""
    ids = evidence.net.ids
    if rule.from_kind == ANY:
        return [str(id_) for id_ in ids[ids.isin(_find_grantees(rule, evidence))]]
    return [str(id_) for id_ in ids[evidence.kinds == rule.from_kind]]


def _find_grantees(rule: Rule, evidence: Evidence) -> set[str]:
    """Recipients of the program that the condition of a rule names, not of its planning grants."""
    wanted = program_of(rule.applies_if)
    awards = evidence.net.table("funding")
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
    table = evidence.net.organizations
    own = str(table.at[organization, column]) if column in table else ""
    if not own:
        return None, frozenset(), f"{column or rule.applies_if} is not known"
    return own.casefold() == value.casefold(), frozenset(), f"{column} is {own}"


def _find_grant(rule: Rule, organization: str, evidence: Evidence) -> Condition:
    if evidence.net.table("funding").empty:
        return None, frozenset(), "no funding is on file, so grants are not known"
    if organization in _find_grantees(rule, evidence):
        return True, frozenset(), rule.applies_if
    return False, frozenset(), f"not on file as {rule.applies_if}"


def groups_of_kind(wanted: str, evidence: Evidence) -> pd.DataFrame:
    """Give the memberships in groups of one kind."""
    groups, vocabulary = evidence.groups, evidence.net.vocabulary
    kinds = {k: same_kind_of_group(k, wanted, vocabulary) for k in groups["group_kind"].unique()}
    return groups[groups["group_kind"].map(kinds).astype(bool)] if len(groups) else groups


def _find_membership(wanted: str, organization: str, evidence: Evidence) -> Condition:
    of_kind = groups_of_kind(wanted, evidence)
    if of_kind.empty:
        return None, frozenset(), f"no {wanted} is on file, so membership is not known"
    own = of_kind.loc[of_kind["organization"] == organization, "group"]
    if own.empty:
        return False, frozenset(), f"on file as member of no {wanted}"
    return True, frozenset(own), f"member of {join_words(sorted(set(own)))}"
