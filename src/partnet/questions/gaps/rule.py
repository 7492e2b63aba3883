"""Rule gaps: what a regulation or a program expects and is not on file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.results.shown import Column, Shown
from ...core.vocabulary import fold_word
from ...core.wording.text import choose_article, count_noun, join_words, start_small
from ...facts.agreements import Agreement
from ...facts.graph.collaboration import find_reporters
from ...facts.rulebook import Rule, read_rules
from .kind import Beside, Gap, GapKind, say_status
from .rules.conditions import (
    ANY,
    Evidence,
    find_condition,
    gather_evidence,
    list_addressed,
)
from .rules.counterparts import Counterparts, count_owners, find_counterparts, find_next
from .rules.networks import judge_networks
from .shown import SHOWN_GAPS, show_columns

# Severity by status: an obligation with nothing on file weighs most; what nobody asked weighs less.
SEVERITY = {
    "missing on file": 0.9,
    "one-sided": 0.5,
    "unknown": 0.2,
    "met": 0.0,
    "does not apply": 0.0,
}
OUTCOMES = {  # of a judgment, as a sentence counts one of them, and several
    "met": ("is met", "are met"),
    "one-sided": ("is reported by one side only", "are reported by one side only"),
    "unknown": ("is not known", "are not known"),
    "does not apply": ("does not apply", "do not apply"),
}
NOBODY = Counterparts((), frozenset())


def find_rule_gaps(here: Network) -> list[Gap]:
    """Judge every rule for every organization of its kind; met and unknown ones are listed too.

    Severity: 0.9 missing on file, 0.5 one-sided, 0.2 unknown, times the weight of the rule (1 for
    law, 0.7 for what a program recommends).
    """
    evidence = gather_evidence(here)
    gaps = [
        _judge(rule, organization, evidence)
        for rule in read_rules(here)
        for organization in list_addressed(rule, evidence)
    ]
    return [*gaps, *judge_networks(evidence)]


def _judge(rule: Rule, organization: str, evidence: Evidence) -> Gap:
    applies, groups, why = find_condition(rule, organization, evidence)
    if applies is None:
        return _make_gap(rule, organization, ("unknown", why, ""), evidence, NOBODY)
    if not applies:
        return _make_gap(rule, organization, ("does not apply", why, ""), evidence, NOBODY)
    partners = find_counterparts(rule, organization, groups, evidence)
    find = _find_signed if rule.signed else _find_tied
    found = find(rule, organization, partners, evidence)
    if found[0] == "missing on file" and rule.unresolved:
        named = join_words([f'"{text}"' for text in rule.unresolved])
        found = "unknown", f"the rule names {named}: neither a kind nor an organization on file", ""
    return _make_gap(rule, organization, found, evidence, partners)


Found = tuple[str, str, str]  # status, what is on file in words, the other side where one-sided


# -- rules that a signed agreement satisfies -------------------------------------------------------


def _find_signed(
    rule: Rule, organization: str, partners: Counterparts, evidence: Evidence
) -> Found:
    label = label_of(rule, evidence.here)
    agreements = evidence.agreements.of(organization, _subjects_of(rule, evidence.here))
    good = [one for one in agreements if not one.state]
    parties = {party for one in good for party in one.parties} - {organization}
    met = sorted(parties & set(partners.certain))
    if _is_enough(rule, organization, met, evidence):
        return "met", _say_met(rule, met, good, evidence), ""
    alone = [one.name for one in good if len(one.parties) == 1]
    if alone:
        return "one-sided", f"agreement {alone[0]} is on file, but not with whom", ""
    if organization not in evidence.agreements.listed:
        return "unknown", "none of its agreements are on file", ""
    if _is_enough(rule, organization, {*met, *(parties & partners.possible)}, evidence):
        return "unknown", _say_possible(rule, sorted(parties & partners.possible), evidence), ""
    return "missing on file", _say_missing(rule, label, organization, met, agreements, evidence), ""


def _is_enough(
    rule: Rule, organization: str, met: list[str] | set[str], evidence: Evidence
) -> bool:
    """Whether there are as many counterparts as the rule asks for, of different owners if so."""
    owners = count_owners(organization, met, evidence) if rule.separately_owned else len(met)
    return owners >= rule.minimum


def _say_met(rule: Rule, met: list[str], agreements: list[Agreement], evidence: Evidence) -> str:
    names = join_words([evidence.here.name(id_) for id_ in met], most=3)
    numbers = [one.name for one in agreements if set(one.parties) & set(met)]
    said = f"on file with {names} ({join_words(numbers, most=3)})"
    blind = rule.separately_owned and evidence.here.rows("affiliations").empty
    return f"{said}; who owns whom is not on file" if blind else said


def _say_possible(rule: Rule, parties: list[str], evidence: Evidence) -> str:
    names = join_words([evidence.here.name(id_) for id_ in parties], most=3)
    if rule.reading:
        return f"on file with {names} only; {rule.reading}"
    columns = sorted({one.column for one in rule.alternatives if one.column})
    what = f"{join_words(columns)} of it" if columns else "where it is"
    return f"on file with {names}, but {what} is not on file"


def _say_missing(
    rule: Rule,
    label: str,
    organization: str,
    met: list[str],
    agreements: list[Agreement],
    evidence: Evidence,
) -> str:
    if met:
        names = join_words([evidence.here.name(id_) for id_ in met], most=3)
        wanted = f"{rule.minimum} {'separately owned ' if rule.separately_owned else ''}partners"
        return f"on file with {names} only, where {wanted} are expected"
    stale = [f"{one.name} {one.state}" for one in agreements if one.state]
    if stale:
        named = _name_agreement(label)
        return f"no {named} in force on file: {join_words(stale, most=2)}"
    others = sorted({party for one in agreements for party in one.parties} - {organization})
    if others:
        return _say_uncounted(others, evidence)
    return f"no {_name_agreement(label)} on file"


def _name_agreement(label: str) -> str:
    """Name an agreement by its relation: "patient transfer agreement", "signed agreement"."""
    return label if label.endswith("agreement") else f"{label} agreement"


def _say_uncounted(others: list[str], evidence: Evidence) -> str:
    names = join_words([evidence.here.name(id_) for id_ in others], most=3)
    return f"on file only with {names}, which the rule does not count"


# -- rules that a tie satisfies --------------------------------------------------------------------


def _find_tied(rule: Rule, organization: str, partners: Counterparts, evidence: Evidence) -> Found:
    rows = _rows_with(rule, organization, evidence)
    named = {partner for partner, _ in rows}
    good = [row for row in rows if row[0] in partners.certain]
    met = sorted({partner for partner, _ in good})
    names = join_words([evidence.here.name(id_) for id_ in met], most=3)
    label = label_of(rule, evidence.here)
    if _is_enough(rule, organization, met, evidence):
        if reporter := _find_only_reporter(good, organization, evidence):
            words = f"only {evidence.here.name(reporter)} reports it, of the two sides ({names})"
            return "one-sided", words, met[0]
        return "met", f"on file with {names}", ""
    if not _was_asked(rule, organization, evidence):
        return "unknown", f"it was not asked about {label}, or has not answered", ""
    maybe = sorted(named & partners.possible)
    if _is_enough(rule, organization, {*met, *maybe}, evidence):
        return "unknown", _say_possible(rule, maybe, evidence), ""
    if met:
        wanted = f"where {rule.minimum} are expected"
        return "missing on file", f"on file with {names} only, {wanted}", ""
    if named:
        return "missing on file", _say_uncounted(sorted(named), evidence), ""
    return "missing on file", f"no {label} tie on file", ""


Row = tuple[str, str]  # the other side, and the relation


def _rows_with(rule: Rule, organization: str, evidence: Evidence) -> tuple[Row, ...]:
    """Ties of the relation that the organization has."""
    here = evidence.here
    relations = tuple(_relations_of(rule, here))
    return _list_rows(here, relations, rule.within_days).get(organization, ())


@fact
def _list_rows(
    here: Network, relations: tuple[str, ...], within_days: float
) -> Mapping[str, tuple[Row, ...]]:
    """Ties of some relations, seen within so many days, by each end."""
    ties = here.ties
    ties = ties[ties["relation"].isin(relations)]
    if np.isfinite(within_days) and here.day is not None:
        seen = ties["last_contact"].fillna(ties["since"])
        ties = ties[(here.day - seen).dt.days <= within_days]
    found: dict[str, list[Row]] = {}
    for source, target, relation in zip(
        ties["source"], ties["target"], ties["relation"], strict=True
    ):
        found.setdefault(source, []).append((target, relation))
        found.setdefault(target, []).append((source, relation))
    return MappingProxyType({end: tuple(rows) for end, rows in found.items()})


def _find_only_reporter(rows: list[Row], organization: str, evidence: Evidence) -> str:
    """Name the one of two sides that reports a tie, where both answered; "" otherwise."""
    if len({partner for partner, _ in rows}) != 1:
        return ""
    relations = tuple(sorted({relation for _, relation in rows}))
    ends = evidence.here.positions([organization, rows[0][0]])
    surveys = [evidence.answered.get(relation) for relation in relations]
    if not all(survey is not None and survey.answered[ends].all() for survey in surveys):
        return ""
    said = find_reporters(evidence.here, relations)
    told = [bool(said[ends[0], ends[1]]), bool(said[ends[1], ends[0]])]
    return str(evidence.here.ids[ends[told.index(True)]]) if sum(told) == 1 else ""


def _was_asked(rule: Rule, organization: str, evidence: Evidence) -> bool:
    """Whether an absence says anything: it answered the survey, or there was none."""
    if evidence.here.audience != "internal":  # who answered is not shown
        return False
    relations = _relations_of(rule, evidence.here)
    if not set(relations) & set(evidence.here.scale):
        return False
    here = evidence.here.positions([organization])[0]
    surveys = [evidence.answered[r] for r in relations if r in evidence.answered]
    return not surveys or any(bool(survey.answered[here]) for survey in surveys)


# -- words -----------------------------------------------------------------------------------------


def _relations_of(rule: Rule, net: Network) -> list[str]:
    """The relation that a rule asks for; every working one for "any"."""
    if rule.relation != ANY:
        return [rule.relation]
    return [id_ for id_, relation in net.vocabulary.relations.items() if relation.working]


def _subjects_of(rule: Rule, net: Network) -> frozenset[str]:
    """What an agreement must be about: the relation or the topic; where one is named with the
    general relation *agreement*, the topic."""
    topic = frozenset({fold_word(rule.topic)} if rule.topic else ())
    if rule.relation == "agreement" and topic:
        return topic
    return topic | frozenset(_relations_of(rule, net))


def label_of(rule: Rule, net: Network) -> str:
    """The label of the relation that a rule asks for."""
    return "working" if rule.relation == ANY else net.vocabulary.relations[rule.relation].label


def _make_gap(
    rule: Rule, organization: str, found: Found, evidence: Evidence, partners: Counterparts
) -> Gap:
    status, words, other = found
    candidate = other or find_next(rule, organization, partners, evidence)
    return Gap(
        kind="rule",
        rule=rule.rule,
        organization=organization,
        other=candidate if status in ("missing on file", "one-sided") else "",
        relation=rule.relation,
        status=status,
        severity=SEVERITY[status] * rule.weight,
        evidence=words,
        owner=evidence.here.name(organization),
        next_step=_say_next_step(rule, organization, (status, words), candidate, evidence),
        citation=rule.citation,
        checked_on=rule.checked_on,
    )


def _say_next_step(
    rule: Rule, organization: str, found: tuple[str, str], candidate: str, evidence: Evidence
) -> str:
    status, words = found
    name = evidence.here.name(organization)
    label = label_of(rule, evidence.here)
    if status == "unknown":
        if rule.unresolved:
            return f"Correct the rule: {rule.rule}."
        if rule.reading and rule.reading in words:
            return f"Read {rule.citation} with {name}, and enter what was found."
        what = start_small(rule.rule) if rule.relation == ANY else label
        return f"Ask {name} ({what}) and enter the answer."
    if status not in ("missing on file", "one-sided"):
        return ""
    if status == "one-sided" and rule.signed:
        return f"Ask {name} with whom the agreement is, and enter the other party."
    anybody = not rule.alternatives
    if not candidate and anybody:
        return f"Ask {name} with whom it is arranged, and enter it."
    if not candidate:
        return f"No organization on file would satisfy it: ask {name} with whom it is arranged."
    other = evidence.here.name(candidate)
    if status == "one-sided":
        how = "" if rule.relation == ANY else f" ({label})"
        return f"Ask {name} and {other} to confirm that they work together{how}."
    what = f"this is arranged: {start_small(rule.rule)}"
    if rule.signed:
        agreement = "agreement" if rule.relation == ANY else _name_agreement(label)
        what = f"{choose_article(agreement)} {agreement} is in force but not on file"
    nearest = "of those it works or sits in a group with" if anybody else "that would satisfy it"
    return f"Ask {name} whether {what}; if not, {other} is the nearest {nearest}."


# -- how they are said and shown -------------------------------------------------------------------


def say_gap(gap: Any) -> str:
    """Say one gap in words."""
    rule = start_small(gap.rule)
    source = f" ({gap.citation})" if gap.citation else ""
    if gap.status == "missing on file":
        return f"{gap.organization_name}, {rule}: {gap.evidence}{source}"
    return f"{gap.organization_name}, {rule}: {say_status(gap.status)}{source}"


def say_act(gap: Any) -> str:
    """Say what to do about it in a few words."""
    rule = start_small(gap.rule)
    if gap.status == "one-sided":
        other = f" and {gap.other_name}" if gap.other_name else ""
        return f"Ask {gap.organization_name}{other} to confirm: {rule}"
    if rule.endswith("agreement"):
        return f"Ask {gap.organization_name} whether its {rule} is in force"
    return f"Ask {gap.organization_name} how it meets this: {rule}"


def say_rules(here: Network, gaps: pd.DataFrame, judged: pd.DataFrame) -> Sentence | None:
    """Say how many rules are met, and the first of those with nothing on file."""
    if judged.empty:
        return None
    missing = judged[judged["status"] == "missing on file"]
    count = {str(status): int(n) for status, n in judged["status"].value_counts().items()}
    claims = {"judged": len(judged), **count, "missing": len(missing)}
    tail = _say_rest(here, len(judged) - len(missing), count, bool(len(missing)))
    if missing.empty:
        return Sentence("rule", f"No expected agreement or tie is found missing.{tail}", claims)
    first = missing.iloc[0]
    what = count_noun(len(missing), "agreement or tie is", "agreements or ties are")
    rule = start_small(first.rule)
    text = (
        f"{what} expected and not on file, first: {first.organization_name}, {rule} "
        f"({first.citation}; {first.evidence}).{tail}"
    )
    named = {name: first[name] for name in ("organization_name", "rule", "citation", "evidence")}
    return Sentence("rule", text, claims | named)


def _say_rest(here: Network, others: int, count: Mapping[str, int], some_missing: bool) -> str:
    """Say what came of the other judgments, and which table would tell more."""
    rest = [
        f"{count[status]:,} {one if count[status] == 1 else several}"
        for status, (one, several) in OUTCOMES.items()
        if status in count
    ]
    if not others:
        return ""
    which = "Of the other" if some_missing else "Of the"
    which = f"{which} {count_noun(others, 'judgment')}"
    open_ = count.get("unknown", 0) == others
    tail = f" {which}, {join_words(rest)}."
    if open_:
        tail = f" {which}, none can be made from what is on file."
    if others == 1:
        said = "cannot be made from what is on file" if open_ else rest[0].removeprefix("1 ")
        tail = f" The {'other' if some_missing else 'one'} judgment {said}."
    empty = [name for name in ("memberships", "agreements") if here.whole.rows(name).empty]
    if empty and "unknown" in count:
        tables = "table" if len(empty) == 1 else "tables"
        tail += f" More would be known from the {tables} {join_words(empty)}."
    return tail


def list_rules(here: Network, judged: pd.DataFrame) -> pd.DataFrame:
    """Give every judgment of a rule, also where it is met, unknown or does not apply."""
    return judged[judged["kind"] == "rule"].reset_index(drop=True)


SHOWN_RULES = Shown(
    "rules",
    "Every rule that was judged, also where it is met, unknown or does not apply",
    show_columns(
        SHOWN_GAPS,
        {
            "organization_name": "Organization",
            "rule": "Rule",
            "citation": "Citation",
            "checked_on": "Checked on",
            "status": "Status",
            "evidence": "What is on file",
        },
    ),
    "All rules",
    rows=0,
)
KIND = GapKind(
    name="rule",
    title="Rules with nothing on file",
    label="rules",
    needs=("memberships", "agreements", "ties"),
    find=find_rule_gaps,
    subject=("organization_name",),
    columns=(
        Column("organization_name", "Organization"),
        Column("rule", "Expected"),
        Column("source", "Where it is written"),
        Column("status", "Status"),
    ),
    say=say_gap,
    act=say_act,
    text=say_rules,
    formula=(
        "0.9 missing on file, 0.5 one-sided, 0.2 unknown, times 1 for law and 0.7 for what a "
        "program recommends; what makes a network 0.6."
    ),
    sources=(
        "42 CFR 485.603, 485.616 and 485.538; 42 U.S.C. 254c(f) and 1395i-4(b)",
        "Rulebook checked on November 27, 2026",
    ),
    notes=("A rule speaks only where its condition is known to hold.",),
    beside=(Beside(SHOWN_RULES, list_rules),),
    between=True,
)
