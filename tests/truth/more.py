"""Claims about money that ends, answers that are missing and changes supposed, from the raw files.

Importing it adds its functions to ``RECOMPUTED``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

from .raw import NONE, NOT_WORKING, Raw, Row, name_award, relation_of
from .recompute import ROUTINE, Claims, cut_off, kind_of, of, without_convener

PUBLIC_FUNDERS = re.compile(
    "hrsa|samhsa|ihs|cdc|usda|department|administration|state office|state of|flex"
    "|rural health office|tribal"
)
PRIVATE_FUNDERS = re.compile("united way|foundation|fund|trust|bank|health system|plains system")


# -- money -----------------------------------------------------------------------------------------


def running(raw: Raw) -> list[tuple[Row, float]]:
    """Rows of awards that run on the day, with the dollars that their recipients keep."""
    return [(row, dollars) for row, _, dollars in raw.held() if raw.holds(row["start"], row["end"])]


def award_of(row: Row) -> tuple[str, ...]:
    """What makes rows one award."""
    return name_award(row)


def first_payer(raw: Raw, row: Row) -> str:
    """Who gave the money at first: the funder of the award at the top of those passed on."""
    above = {one["award"].casefold(): one for one in raw.rows("funding") if one["award"]}
    passed = {row["award"].casefold()}
    while (parent := row["parent_award"].casefold()) in above and parent not in passed:
        passed.add(parent)
        row = above[parent]
    payer = raw.find(row["funder"])
    return (raw.name(payer) if payer else row["funder"]).casefold()


@of(("trace_money", "funders"))
def sum_funders(raw: Raw, said: Claims) -> dict[str, Any]:
    paid: dict[str, float] = defaultdict(float)
    for row, dollars in running(raw):
        payer = raw.find(row["funder"])
        paid[raw.name(payer).casefold() if payer else row["funder"].casefold()] += dollars
    total = sum(paid.values())
    if not total:
        return {"dollars": 0.0}
    named = {name: dollars for name, dollars in paid.items() if name}  # the rest: nobody knows
    assert named.get(said["first"].casefold(), 0.0) == max(named.values(), default=0.0)
    few = len(raw.organizations) < 30  # whose funders the words above know
    given: dict[str, float] = defaultdict(float)
    for row, dollars in running(raw):
        given[first_payer(raw, row)] += dollars
    private = sum(d for name, d in given.items() if PRIVATE_FUNDERS.search(name))
    public = sum(
        d
        for name, d in given.items()
        if PUBLIC_FUNDERS.search(name) and not PRIVATE_FUNDERS.search(name)
    )
    return {
        "dollars": total,
        "funders": len([d for d in named.values() if d > 0]),
        "first": said["first"],
        "public": public / total if few else said["public"],
        "private": private / total if few else said["private"],
    }


@of(("trace_money", "ending"))
def sum_ending(raw: Raw, said: Claims) -> dict[str, Any]:
    """Awards whose last day comes within a year, each once."""
    dollars: dict[tuple[str, ...], float] = defaultdict(float)
    ends: dict[tuple[str, ...], str] = defaultdict(str)
    for row, kept in running(raw):
        dollars[award_of(row)] += kept
        ends[award_of(row)] = max(ends[award_of(row)], row["end"])
    last = raw.day.replace(year=raw.day.year + 1).isoformat()
    soon = {award for award, day in ends.items() if day and day <= last}
    lasting = {award[0] for award in dollars if award not in soon}
    return {
        "awards": len(soon),
        "dollars": sum(dollars[award] for award in soon),
        "alone": len({award[0] for award in soon} - lasting),
    }


@of(("simulate", "money"))
def sum_lost(raw: Raw, said: Claims) -> dict[str, Any]:
    """The awards of those who leave (``removed`` of the files), and what is paid on under them."""
    gone = {row["award"].casefold() for row, _ in running(raw) if row["recipient"] in raw.removed}
    while True:
        under = {
            row["award"].casefold()
            for row, _ in running(raw)
            if row["parent_award"].casefold() in gone - {""}
        }
        if under <= gone:
            break
        gone |= under
    lost = [
        (row, dollars)
        for row, dollars in running(raw)
        if row["recipient"] in raw.removed or row["award"].casefold() in gone - {""}
    ]
    return {
        "awards": len({award_of(row) for row, _ in lost}),
        "dollars": sum(d for _, d in lost),
        "dependent": said["dependent"],
    }


@of(("simulate", "cut_off"))
def count_cut_off(raw: Raw, said: Claims) -> dict[str, Any]:
    (gone,) = raw.removed
    return {"cut_off": len(cut_off(without_convener(raw), gone))}


# -- what is not known -----------------------------------------------------------------------------


@of(("measure_uncertainty", "unanswered"))
def count_unanswered(raw: Raw, said: Claims) -> dict[str, Any]:
    asked = {row["respondent"] for row in raw.rows("responses") if row["answered"] != "not asked"}
    graph, answered = raw.graph(), raw.answered()
    pairs = list(combinations(raw.organizations, 2))
    unknown = [p for p in pairs if not {*p} & answered and not graph.has_edge(*p)]
    low, high = sorted((told_by_votes(raw, unknown), told_as_others(raw, unknown)))
    assert 0.75 * low - 0.5 <= said["expected_ties"] <= 1.25 * high + 0.5  # few draws are made
    return {
        "silent": len(asked - answered),
        "asked": len(asked),
        "unknown": len(unknown),
        "share": len(unknown) / len(pairs),
        "expected_ties": said["expected_ties"],
    }


def told_by_votes(raw: Raw, unknown: list[tuple[str, str]]) -> float:
    """Ties in unknown pairs if the silent are as well tied among themselves as to others.

    r = a^2 / b with a the share of pairs of a silent one and one who answered that are tied, and b
    that of pairs who both answered; of a, those are missing that only the silent would name.
    """
    graph, answered = raw.graph(), raw.answered()
    silent = [id_ for id_ in graph if id_ not in answered]
    inner = graph.subgraph(answered).number_of_edges() / math.comb(len(answered), 2)
    outer = sum(len(answered & {*graph[id_]}) for id_ in silent) / (len(silent) * len(answered))
    full = outer / (1 - share_one_sided(raw) / 2)
    return float(len(unknown) * full**2 / inner)


def told_as_others(raw: Raw, unknown: list[tuple[str, str]]) -> float:
    """Ties in unknown pairs if they are as frequent as among those who answered."""
    graph, answered = raw.graph(), raw.answered()
    inner = graph.subgraph(answered).number_of_edges() / math.comb(len(answered), 2)
    return len(unknown) * inner


@of(("measure_uncertainty", "one_sided"))
def count_one_sided(raw: Raw, said: Claims) -> dict[str, Any]:
    return {"share": share_one_sided(raw)}


def share_one_sided(raw: Raw) -> float:
    """Ties both of whose sides answered, that one of them does not name; signatures are words."""
    answered = raw.answered()
    names: dict[tuple[frozenset[str], str], set[str]] = defaultdict(set)
    for row in raw.rows("ties"):
        denied = row["strength"].lower() in NONE
        works = relation_of(row["relation"]) not in NOT_WORKING
        if not denied and works and raw.holds(row["since"], row["until"]):
            tie = frozenset((row["source"], row["target"])), relation_of(row["relation"])
            names[tie].add(row["reported_by"])
    for parties, first, state in raw.agreements().values():
        for pair in combinations(parties, 2) if not state else ():
            names[frozenset(pair), relation_of(first["type"], "agreement")] |= {*pair}
    both = [(pair, by) for (pair, _), by in names.items() if pair <= answered]
    return sum(not pair <= by for pair, by in both) / len(both)


@of(("measure_uncertainty", "density"))
def hold_density(raw: Raw, said: Claims) -> dict[str, Any]:
    graph, answered = raw.graph(), raw.answered()
    known = [p for p in combinations(raw.organizations, 2)
             if {*p} & answered or graph.has_edge(*p)]  # fmt: skip
    density = graph.number_of_edges() / len(known)
    assert said["low"] <= density <= said["high"]
    return {**said, "density": density}


@of(("find_nonrespondents", "answered"))
def count_answers(raw: Raw, said: Claims) -> dict[str, Any]:
    return {"asked": len(list_asked(raw)), "answered": len(list_asked(raw) & raw.answered())}


def list_asked(raw: Raw) -> set[str]:
    """Who was asked at all."""
    return {row["respondent"] for row in raw.rows("responses") if row["answered"] != "not asked"}


@of(("find_nonrespondents", "least"))
def find_least(raw: Raw, said: Claims) -> dict[str, Any]:
    """The kind of which fewest answered, of those asked of three or more; of equals the largest."""
    asked, answered = Counter[str](), Counter[str]()
    for id_ in list_asked(raw):
        asked[kind_of(raw.organizations[id_])] += 1
        answered[kind_of(raw.organizations[id_])] += id_ in raw.answered()
    known = {kind: answered[kind] / asked[kind] for kind in asked if asked[kind] >= 3}
    assert min(known.values()) < max(known.values())
    worst = {kind for kind in known if known[kind] == min(known.values())}
    most = max(asked[kind] for kind in worst)
    word = said["kind"].casefold().replace(" ", "_")  # a label begins with its kind
    kind = next(k for k in worst if asked[k] == most and word.startswith(k[:7]))
    assert len(said["equal"]) == len(worst) - 1
    numbers = {"asked": asked[kind], "answered": answered[kind]}
    return {"kind": said["kind"], "equal": said["equal"], **numbers}


@of(("find_nonrespondents", "first"))
def hold_first(raw: Raw, said: Claims) -> dict[str, Any]:
    """Whom to ask first is silent, each once; the widths are draws, and can only narrow."""
    first = said["organizations"]
    assert {*first} <= list_asked(raw) - raw.answered() and len({*first}) == len(first)
    assert 0 <= said["after"] < said["now"] < len(raw.organizations)
    assert said["after"] <= said.get("random", said["now"]) <= said["now"]
    return dict(said)


def count_votes(raw: Raw) -> dict[str, int]:
    """How many who answered name each that is silent, whatever the relation."""
    votes: dict[str, set[str]] = {id_: set() for id_ in list_asked(raw) - raw.answered()}
    for by, of_whom in list_words(raw):
        if of_whom in votes and by in raw.answered():
            votes[of_whom].add(by)
    return {id_: len(those) for id_, those in votes.items()}


def list_words(raw: Raw) -> Iterator[tuple[str, str]]:
    """Who says that it works with whom: a reporter, else the source; whoever signed a document."""
    for row in raw.rows("ties"):
        denied = row["strength"].lower() in NONE
        works = relation_of(row["relation"]) not in NOT_WORKING
        if denied or not works or not raw.holds(row["since"], row["until"]):
            continue
        ends = [row["source"], row["target"]]
        by = row["reported_by"] or row["source"]
        if by in ends:
            yield by, ends[ends[0] == by]
    for parties, _, state in raw.agreements().values():
        if not state:
            yield from permutations(parties, 2)


# -- gaps ------------------------------------------------------------------------------------------


@of(("find_gaps", "top"))
def add_up(raw: Raw, said: Claims) -> dict[str, Any]:
    """The kinds add up to all."""
    kinds = ("rule", "coverage", "overlap", "funding", "contact", "sector", "agreement", "voice")
    return {**said, "gaps": sum(said.get(kind, 0) for kind in kinds)}


@of(("find_gaps", "rule"))
def add_up_judgments(raw: Raw, said: Claims) -> dict[str, Any]:
    """The states of the judgments add up to all; laws are judged by hand in test_law.py."""
    states = ("met", "missing on file", "one-sided", "unknown", "does not apply")
    right = {**said, "judged": sum(said.get(state, 0) for state in states)}
    return right | {"missing": said.get("missing on file", 0)} if "missing" in said else right


# -- what a session starts from --------------------------------------------------------------------


@of(("prepare_session", "plans"))
def count_plans(raw: Raw, said: Claims) -> dict[str, Any]:
    """Plans in the profiles; whoever is due is an organization of the file."""
    assert all(raw.find(name) for name in said.get("due", ()))
    return {**said, "plans": sum(bool(row["plan"]) for row in raw.rows("profiles"))}


# -- leaders and practices -------------------------------------------------------------------------

CHIEF = re.compile(r"ceo|chief executive|administrator|^president$|executive director")


def judge_leaders(raw: Raw) -> dict[str, str]:
    """How much is on file of who decides in each organization."""
    found = {id_: "unknown" for id_ in raw.organizations if id_ != raw.convener}
    left = {
        (row["organization"], row["person"].casefold())
        for row in raw.rows("people")
        if row["until"] and row["until"] < str(raw.day)
    }
    for row in raw.rows("contacts"):
        told = row["level"] == "executive" and row["person"] and row["date"] <= str(raw.day)
        told = told and (row["organization"], row["person"].casefold()) not in left
        if told and row["organization"] in found:
            found[row["organization"]] = "executive met"
    held = [row for row in raw.rows("people") if raw.holds(row["since"], row["until"])]
    for row in held:
        if row["level"] == "executive" and row["organization"] in found:
            found[row["organization"]] = "somebody who can decide on file"
    for row in held:
        if CHIEF.search(row["role"].casefold()) and row["organization"] in found:
            found[row["organization"]] = "leader on file"
    return found


@of(("list_leaders", "leaders"))
def count_leaders(raw: Raw, said: Claims) -> dict[str, Any]:
    states = list(judge_leaders(raw).values())
    names = ("leader on file", "somebody who can decide on file", "executive met", "unknown")
    return {"organizations": len(states), **{name: states.count(name) for name in names}}


@of(("list_leaders", "ask"))
def name_unknown(raw: Raw, said: Claims) -> dict[str, Any]:
    states = judge_leaders(raw)
    ids = [
        id_
        for id_, row in raw.organizations.items()
        if states.get(id_) == "unknown" and kind_of(row) in ROUTINE
    ]
    assert sorted(said["organizations"]) == sorted(raw.names(ids))
    return dict(said)


@of(("list_leaders", "not_met"))
def name_not_met(raw: Raw, said: Claims) -> dict[str, Any]:
    met = {row["organization"] for row in raw.rows("contacts") if row["level"] == "executive"}
    known = ("leader on file", "somebody who can decide on file")
    ids = {id_ for id_, state in judge_leaders(raw).items() if state in known and id_ not in met}
    assert {*said["organizations"]} == {*raw.names(ids)}
    return dict(said)


def practices_of(raw: Raw) -> dict[str, list[Row]]:
    """Rows of each practice that holds on the day."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in raw.rows("promising_practices"):
        if raw.holds(row["since"], row["until"]):
            found[row["practice"].casefold()].append(row)
    return found


@of(("list_practices", "practices"))
def count_practices(raw: Raw, said: Claims) -> dict[str, Any]:
    found = practices_of(raw)
    if not found:
        return {"practices": 0}
    proven = [
        name
        for name, rows in found.items()
        if {row["evidence"] for row in rows} & {"measured", "evaluated"}
    ]
    assert len(said["first"]) == min(3, len(found))
    assert {name.casefold() for name in said["first"]} <= {*found}
    return {"practices": len(found), "proven": len(proven), "first": said["first"]}


@of(("list_practices", "learn"))
def find_teacher(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = practices_of(raw)[said["practice"].casefold()]
    one, other = raw.find(said["organization"]), raw.find(said["ask"])
    doers = {row["organization"] for row in rows}
    kinds = {
        row["kind"].replace(" ", "_") or kind_of(raw.organizations[row["organization"]])
        for row in rows
    }
    assert other in doers and one not in doers
    assert "any" in kinds or kind_of(raw.organizations[one]) in kinds
    partners = set(raw.graph().neighbors(one)) & doers
    assert other in (partners or doers)
    if said["need"]:
        service = next(row["service"] for row in rows if row["service"]).casefold()
        offered = {
            county
            for row in raw.rows("services")
            if row["service"].casefold() == service
            for county in (
                [row["county_fips"]] if row["county_fips"] else raw.served(row["organization"])
            )
        }
        assert raw.served(one) - offered
    return {**said, "tie": "tie on file" if partners else "no tie on file"}
