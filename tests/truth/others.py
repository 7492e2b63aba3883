"""Claims about where a network stands among others, worked out from the raw files of each."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import networkx as nx

from .raw import NOT_WORKING, Raw
from .recompute import Claims, goal_states

PARTNERS, DENSITY, TRIADS, ALONE = (
    *("mean number of partners", "density", "transitivity"),
    "share without a tie",
)
SERVICES, GOALS = "services for each organization", "share of goals reached or on track"
SCORES = ("mean value", "mean trust")
STATISTICS = (PARTNERS, DENSITY, TRIADS, ALONE, SERVICES, *SCORES, GOALS)
LIKE = 1.5  # times as many organizations
LEAST_RATE, LEAST_RATERS, MOST_DAYS = 0.6, 5, 732


def relations_of(raw: Raw) -> set[str]:
    return {relation for *_, relation, _ in raw.ties()} - NOT_WORKING


def shared_relations(raws: list[Raw]) -> set[str]:
    """Working relations that all networks with any have on file."""
    known = [found for raw in raws if (found := relations_of(raw))]
    return set.intersection(*known)


def graph_of(raw: Raw, relations: set[str]) -> nx.Graph:
    """Ties of these relations among those who answered; without a survey among all."""
    graph = nx.Graph()
    graph.add_nodes_from(raw.answered() or raw.organizations)
    graph.add_edges_from(
        (a, b)
        for a, b, relation, _ in raw.ties()
        if relation in relations and a != b and a in graph and b in graph
    )
    return graph


def measure(raw: Raw, raws: list[Raw]) -> dict[str, float]:
    graph = graph_of(raw, shared_relations(raws))
    n, degrees = len(graph), dict(graph.degree())
    services: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows("services"):
        services[row["organization"]].add(row["service"].casefold())
    states = goal_states(raw)
    known = {state: len(goals) for state, goals in states.items() if state != "no data"}
    raters = {row["rater"] for row in raw.rows("ratings")}
    assert len(raters) < LEAST_RATERS, "then nothing is said of value and trust"
    return {
        PARTNERS: sum(degrees.values()) / n,
        DENSITY: graph.number_of_edges() / math.comb(n, 2),
        TRIADS: nx.transitivity(graph),
        ALONE: sum(not degree for degree in degrees.values()) / n,
        SERVICES: sum(map(len, services.values())) / len(services),
        **dict.fromkeys(SCORES, math.nan),
        GOALS: 1 - known.get("off track", 0) / sum(known.values()) if known else math.nan,
    }


def response_rate(raw: Raw) -> float:
    asked = {row["respondent"] for row in raw.rows("responses") if row["answered"] != "not asked"}
    return len(raw.answered()) / len(asked) if asked else math.nan


def judge(statistic: str, ours: Raw, other: Raw, raws: list[Raw]) -> str:
    """What of another network may be compared: "yes", "with care", "no", or "not known here"."""
    here, there = (measure(raw, raws)[statistic] for raw in (ours, other))
    if math.isnan(here):
        return "not known here"
    sizes = sorted(len(graph_of(raw, shared_relations(raws))) for raw in (ours, other))
    of_ties = statistic in (PARTNERS, DENSITY, TRIADS, ALONE)
    asked = [bool(raw.rows("responses")) for raw in (ours, other)]
    apart = statistic == DENSITY and sizes[1] > LIKE * sizes[0]
    if math.isnan(there) or (of_ties and (asked[0] != asked[1] or apart)):
        return "no"
    few = of_ties and any(response_rate(raw) < LEAST_RATE for raw in (ours, other))
    far = abs((ours.day - other.day).days) > MOST_DAYS
    return "with care" if few or far or statistic in (SERVICES, GOALS) else "yes"


def judge_all(ours: Raw, others: list[Raw], verdict: str) -> int:
    raws = [ours, *others]
    return sum(judge(s, ours, other, raws) == verdict for s in STATISTICS for other in others)


def stand(ours: Raw, others: list[Raw], said: Claims) -> dict[str, Any]:
    raws, statistic = [ours, *others], said["statistic"]
    kept = [raw for raw in others if judge(statistic, ours, raw, raws) in ("yes", "with care")]
    value = measure(ours, raws)[statistic]
    above = sum(round(measure(raw, raws)[statistic], 9) > round(value, 9) for raw in kept)
    drawn = {name: said[name] for name in ("clearly_above", "clearly_below") if name in said}
    assert all(0 < count <= len(kept) for count in drawn.values())  # errors are resampled
    return {"statistic": statistic, "ours": value, "rank": 1 + above, "of": 1 + len(kept), **drawn}


def name_networks(ours: Raw, others: list[Raw], said: Claims) -> dict[str, Any]:
    titles = [
        next(row["value"] for row in raw.rows("about") if row["setting"] == "title")
        for raw in others
    ]
    return {"networks": len(others), "names": titles}


def list_unknown(ours: Raw, others: list[Raw], said: Claims) -> dict[str, Any]:
    values = measure(ours, [ours, *others])
    return {"statistics": [name for name in STATISTICS if math.isnan(values[name])]}


def count_refused(ours: Raw, others: list[Raw], said: Claims) -> dict[str, Any]:
    return {"values": judge_all(ours, others, "no")}


def count_careful(ours: Raw, others: list[Raw], said: Claims) -> dict[str, Any]:
    return {"values": judge_all(ours, others, "with care")}


AMONG_OTHERS = {
    "networks": name_networks,
    "unknown": list_unknown,
    "not_compared": count_refused,
    "care": count_careful,
    **{f"standing_{name.replace(' ', '_')}": stand for name in STATISTICS},
}
