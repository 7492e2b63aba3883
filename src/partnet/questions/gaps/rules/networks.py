"""What makes a rural health network: members of certain kinds, and agreements among members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....core.vocabulary import fold_word
from ....core.wording.text import count_noun, join_words
from ....facts.rulebook import shipped_entries
from ..kind import Gap, convener_of
from .conditions import Evidence, groups_of_kind

KIND = "rural_health_network"
SEVERITY = {"missing on file": 0.6, "unknown": 0.2, "met": 0.0}  # see find_rule_gaps


def judge_networks(evidence: Evidence) -> list[Gap]:
    """Judge every rural health network on file, with an office of its own or without one.

    Severity: 0.6 missing on file (the duty behind it is judged hospital by hospital, with 0.9),
    0.2 unknown. A network none of whose members is on file, or none of whose members' agreements
    are, is *unknown*.
    """
    net = evidence.here
    memberships = groups_of_kind(evidence.here, "rural health network")
    texts = net.resolve(memberships["group"])
    keys = texts.where(texts != "", memberships["group"])
    members = {str(k): sorted(set(rows)) for k, rows in memberships.groupby(keys)["organization"]}
    offices = [str(id_) for id_ in net.ids[evidence.kinds == KIND] if id_ not in members]
    found = {**members, **{office: [] for office in offices}}
    entries = shipped_entries("networks")
    return [_judge(entry, key, found[key], evidence) for entry in entries for key in sorted(found)]


def _judge(entry: Mapping[str, Any], key: str, members: list[str], evidence: Evidence) -> Gap:
    net = evidence.here
    office = key in net.ids
    name = net.name(key) if office else key
    find = _find_member if "includes" in entry else _find_agreement
    status, words = find(entry, members, evidence)
    steps = {
        "missing on file": f"Ask {name} whether it is so; if it is, enter it.",
        "unknown": f"Ask {name} for its members and their agreements, and enter them.",
        "met": "",
    }
    return Gap(
        kind="rule",
        rule=entry["rule"],
        organization=key if office else "",
        party="" if office else name,
        relation=entry.get("relation", "membership"),
        status=status,
        severity=SEVERITY[status],
        evidence=words,
        owner=name if office else f"{convener_of(net)} with {name}",
        next_step=steps[status],
        citation=entry["citation"],
        checked_on=entry["checked_on"],
    )


def _find_member(
    entry: Mapping[str, Any], members: list[str], evidence: Evidence
) -> tuple[str, str]:
    """Whether one of its members is of the kind asked for."""
    label = evidence.here.vocabulary.kinds[entry["includes"]].label
    if not members:
        return "unknown", "none of its members are on file"
    of_kind = [id_ for id_ in members if evidence.kinds[id_] == entry["includes"]]
    if of_kind:
        names = [evidence.here.name(id_) for id_ in of_kind]
        return "met", f"on file with {join_words(names, most=3)}"
    return "missing on file", f"no {label} among its {count_noun(len(members), 'member')} on file"


def _find_agreement(
    entry: Mapping[str, Any], members: list[str], evidence: Evidence
) -> tuple[str, str]:
    """Whether two of its members have an agreement in force on the topic."""
    wanted = frozenset({entry["relation"], fold_word(entry["topic"])})
    inside = set(members)
    shared = [
        one
        for one in evidence.agreements.all
        if len(inside & set(one.parties)) > 1 and one.is_about(wanted)
    ]
    good = [one.name for one in shared if not one.state]
    if good:
        return "met", f"on file: {join_words(good, most=3)}"
    if not inside & evidence.agreements.listed:
        return "unknown", "none of its members' agreements are on file"
    stale = [f"{one.name} {one.state}" for one in shared]
    more = f": {join_words(stale, most=2)}" if stale else ""
    return "missing on file", f"no agreement in force between two members on file{more}"
