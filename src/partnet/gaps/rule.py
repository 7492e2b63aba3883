"""Rule gaps: what a regulation or a program expects and is not on file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..network import Network
from ..vocabulary import fold_word
from ..weights.survey import read_surveys
from ..wording import join_words
from .geography import Points, distances_from, locate_organizations
from .model import Gap
from .rulebook import (
    Alternative,
    Rule,
    group_kind_of,
    parse_condition,
    program_of,
    read_rules,
    same_kind_of_group,
)

ANY = "any"  # any kind of organization; any working relation

# Severity by status: an obligation with nothing on file weighs most; what nobody asked weighs less.
SEVERITY = {
    "missing on file": 0.9,
    "one-sided": 0.5,
    "unknown": 0.2,
    "met": 0.0,
    "does not apply": 0.0,
}


@dataclass(frozen=True)
class Evidence:
    """What the tables say that rules ask about, made ready once."""

    net: Network
    day: pd.Timestamp | None
    ties: pd.DataFrame
    groups: pd.DataFrame
    points: Points
    kinds: pd.Series
    answered: dict[str, Any]


def find_rule_gaps(net: Network, day: pd.Timestamp | None) -> list[Gap]:
    """Judge every rule for every organization of its kind; met and unknown ones are listed too."""
    held = net if day is None else net.at(day)
    evidence = Evidence(
        net=held,
        day=day,
        ties=held.ties.query("strength != 0"),
        groups=held.table("memberships"),
        points=locate_organizations(held),
        kinds=held.organizations["kind"],
        answered=read_surveys(held, tuple(held.vocabulary.relations)),
    )
    gaps = []
    for rule in read_rules(net):
        for organization in _list_addressed(rule, evidence):
            gaps.append(_judge(rule, organization, evidence))
    return gaps


def _list_addressed(rule: Rule, evidence: Evidence) -> list[str]:
    """Organizations that a rule speaks to: those of its kind, or the grantees of its program."""
    ids = evidence.net.ids
    if rule.from_kind == ANY:
        return [str(id_) for id_ in ids[ids.isin(_find_grantees(rule, evidence))]]
    return [str(id_) for id_ in ids[evidence.kinds == rule.from_kind]]


def _find_grantees(rule: Rule, evidence: Evidence) -> set[str]:
    """Recipients of the program that the condition of a rule names."""
    wanted = program_of(rule.applies_if)
    awards = evidence.net.table("funding")
    named = awards["program"].map(fold_word).str.startswith(wanted) if wanted else awards.empty
    return set(awards.loc[named, "recipient"]) if len(awards) else set()


def _label_of(rule: Rule, net: Network) -> str:
    """The label of the relation that a rule asks for."""
    return "working" if rule.relation == ANY else net.vocabulary.relations[rule.relation].label


def _judge(rule: Rule, organization: str, evidence: Evidence) -> Gap:
    applies, groups, why = _find_condition(rule, organization, evidence)
    if applies is None:
        return _make_gap(rule, organization, "unknown", why, evidence, ())
    if not applies:
        return _make_gap(rule, organization, "does not apply", why, evidence, ())
    partners = _find_partners(rule, organization, groups, evidence)
    status, found = _find_status(rule, organization, partners, evidence)
    return _make_gap(rule, organization, status, found, evidence, partners)


def _find_condition(
    rule: Rule, organization: str, evidence: Evidence
) -> tuple[bool | None, frozenset[str], str]:
    """Tell whether the condition holds (None: not known), through which groups, and why."""
    if not rule.applies_if:
        return True, frozenset(), ""
    program = program_of(rule.applies_if)
    if program:
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


def _find_grant(
    rule: Rule, organization: str, evidence: Evidence
) -> tuple[bool | None, frozenset[str], str]:
    if evidence.net.table("funding").empty:
        return None, frozenset(), "no funding is on file, so grants are not known"
    if organization in _find_grantees(rule, evidence):
        return True, frozenset(), rule.applies_if
    return False, frozenset(), f"not on file as {rule.applies_if}"


def _find_membership(
    wanted: str, organization: str, evidence: Evidence
) -> tuple[bool | None, frozenset[str], str]:
    groups = evidence.groups
    vocabulary = evidence.net.vocabulary
    kinds = {k: same_kind_of_group(k, wanted, vocabulary) for k in groups["group_kind"].unique()}
    of_kind = groups[groups["group_kind"].map(kinds).astype(bool)] if len(groups) else groups
    if of_kind.empty:
        return None, frozenset(), f"no {wanted} is on file, so membership is not known"
    own = of_kind.loc[of_kind["organization"] == organization, "group"]
    if own.empty:
        return False, frozenset(), f"on file as member of no {wanted}"
    return True, frozenset(own), f"member of {join_words(sorted(set(own)))}"


def _find_partners(
    rule: Rule, organization: str, groups: frozenset[str], evidence: Evidence
) -> tuple[str, ...]:
    """Ids of the organizations that would satisfy the rule, in the network's order."""
    allowed = np.zeros(evidence.net.n, dtype=bool)
    for alternative in rule.alternatives:
        allowed |= _match_alternative(alternative, groups, evidence)
    if not rule.alternatives:
        allowed[:] = True
    here = evidence.net.positions([organization])[0]
    if np.isfinite(rule.within_km):
        far = distances_from(evidence.points[here], evidence.points)
        allowed &= far <= rule.within_km
    allowed[here] = False
    return tuple(evidence.net.ids[allowed])


def _match_alternative(alternative: Alternative, groups: frozenset[str], evidence: Evidence) -> Any:
    ids, table = evidence.net.ids, evidence.net.organizations
    if alternative.kind:
        allowed = (evidence.kinds == alternative.kind).to_numpy()
    else:
        allowed = np.asarray(ids == alternative.organization)
    if alternative.column:
        known = alternative.column in table
        texts = table[alternative.column].astype("str").str.casefold() if known else None
        allowed = allowed & (texts == alternative.value.casefold()) if known else allowed & False
    if alternative.same_group:
        members = evidence.groups.loc[evidence.groups["group"].isin(groups), "organization"]
        allowed = allowed & ids.isin(members)
    return np.asarray(allowed)


def _find_status(
    rule: Rule, organization: str, partners: tuple[str, ...], evidence: Evidence
) -> tuple[str, str]:
    """Give the status and what is on file."""
    label = _label_of(rule, evidence.net)
    rows = _rows_with(rule, organization, evidence)
    good = rows[rows["partner"].isin(partners)]
    met = sorted(set(good["partner"]))
    if len(met) >= rule.minimum:
        names = join_words([evidence.net.name(id_) for id_ in met], most=3)
        if not rule.signed and _is_one_sided(good, organization, rule.relation, evidence):
            return "one-sided", f"only one of the two sides reports it: {names}"
        return "met", f"on file with {names}"
    if not _was_asked(rule, organization, evidence):
        if rule.signed:
            return "unknown", "none of its agreements are on file"
        return "unknown", f"it was not asked about {label}, or has not answered"
    what = "agreement" if rule.signed else "tie"
    others = sorted(set(rows["partner"]) - set(met))
    if others:
        names = join_words([evidence.net.name(id_) for id_ in others], most=3)
        return "missing on file", f"on file only with {names}, which the rule does not count"
    return "missing on file", f"no {label} {what} on file"


def _rows_with(rule: Rule, organization: str, evidence: Evidence) -> pd.DataFrame:
    """Ties of the relation that the organization has, with the other side as ``partner``."""
    ties = evidence.ties
    ties = ties[ties["relation"].isin(_relations_of(rule, evidence.net))]
    if rule.signed:
        ties = ties[ties["table"] == "agreements"]
    if np.isfinite(rule.within_days) and evidence.day is not None:
        seen = ties["last_contact"].fillna(ties["since"])
        ties = ties[(evidence.day - seen).dt.days <= rule.within_days]
    out = ties[ties["source"] == organization].assign(partner=lambda rows: rows["target"])
    back = ties[ties["target"] == organization].assign(partner=lambda rows: rows["source"])
    return pd.concat([out, back])


def _relations_of(rule: Rule, net: Network) -> list[str]:
    """The relation that a rule asks for; every working one for "any"."""
    if rule.relation != ANY:
        return [rule.relation]
    return [id_ for id_, relation in net.vocabulary.relations.items() if relation.working]


def _is_one_sided(rows: pd.DataFrame, organization: str, relation: str, evidence: Evidence) -> bool:
    """Whether a survey tie is named by one side only although both answered."""
    survey = evidence.answered.get(relation)
    if survey is None or (rows["reported_by"] == "").any() or rows["partner"].nunique() != 1:
        return False
    ends = evidence.net.positions([organization, rows["partner"].iloc[0]])
    return bool(survey.answered[ends].all() and rows["reported_by"].nunique() == 1)


def _was_asked(rule: Rule, organization: str, evidence: Evidence) -> bool:
    """Whether an absence says anything: its agreements are listed, or it answered the survey."""
    if rule.signed:
        return organization in set(evidence.net.table("agreements")["organization"])
    if not set(_relations_of(rule, evidence.net)) & set(evidence.net.scale):
        return False
    survey = evidence.answered.get(rule.relation)
    return survey is None or bool(survey.answered[evidence.net.positions([organization])[0]])


def _make_gap(
    rule: Rule,
    organization: str,
    status: str,
    found: str,
    evidence: Evidence,
    partners: tuple[str, ...],
) -> Gap:
    candidate = _nearest(organization, partners, evidence)
    open_gap = status in ("missing on file", "one-sided")
    return Gap(
        family="rule",
        rule=rule.rule,
        organization=organization,
        other=candidate if open_gap else "",
        relation=rule.relation,
        status=status,
        severity=SEVERITY[status],
        evidence=found,
        owner=evidence.net.name(organization),
        next_step=_say_next_step(rule, organization, status, candidate, evidence),
        citation=rule.citation,
    )


def _nearest(organization: str, partners: tuple[str, ...], evidence: Evidence) -> str:
    """The nearest organization that would satisfy the rule; the first where places are unknown."""
    if not partners:
        return ""
    here = evidence.net.positions([organization])[0]
    places = evidence.net.positions(partners)
    far = np.nan_to_num(distances_from(evidence.points[here], evidence.points[places]), nan=1e9)
    return partners[int(np.argmin(np.round(far, 9)))]


def _say_next_step(
    rule: Rule, organization: str, status: str, candidate: str, evidence: Evidence
) -> str:
    name = evidence.net.name(organization)
    label = _label_of(rule, evidence.net)
    if status == "unknown":
        return f"Ask {name} ({label}) and enter the answer."
    if status not in ("missing on file", "one-sided"):
        return ""
    if not candidate:
        return f"No organization on file would satisfy it: ask {name} with whom it is arranged."
    other = evidence.net.name(candidate)
    if status == "one-sided":
        return f"Ask {name} and {other} to confirm it."
    what = "an agreement is in force but not on file" if rule.signed else "it is arranged"
    return f"Ask {name} whether {what}; if not, {other} is the nearest that would satisfy it."
