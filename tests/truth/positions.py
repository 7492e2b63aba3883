"""Claims about positions and groups, worked out from the raw files by brute force in numpy.

Cores by trying them, brokers by walking every pair, what chance would give by its formula: nothing
of partnet is imported here. Importing it adds its functions to ``RECOMPUTED``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

import networkx as nx
import numpy as np

from .raw import Raw
from .recompute import Claims, kind_of, of, without_convener

SECTORS = {  # the kinds of the files of these tests, by sector
    "hospital_care": "critical_access_hospital hospital rural_emergency_hospital health_system",
    "primary_care": "rural_health_clinic health_center health_center_look_alike free_clinic",
    "public_health": "local_health_department state_health_agency state_office_of_rural_health",
    "emergency_services": "state_ems_office ems_association ems_agency health_care_coalition",
    "network_and_association": "hospital_association rural_health_association "
    "primary_care_association rural_health_network",
    "quality_and_data": "qio hccn hie",
    "payer": "aco payer",
    "education": "ahec school higher_education",
    "behavioral_health": "behavioral_health substance_use_treatment",
    "long_term_care": "nursing_facility home_health hospice",
    "pharmacy_and_oral_health": "pharmacy oral_health",
    "social_services": "social_services area_agency_on_aging community_action legal_aid",
    "housing": "housing tenants_association",
    "food": "food",
    "transport": "transport",
    "community": "faith civic community_based_organization",
    "business": "employer bank",
    "government": "public_safety local_government tribal",
    "funder": "funder",
}
SECTOR_OF = {kind: sector for sector, kinds in SECTORS.items() for kind in kinds.split()}
ALL_AT_ONCE = 1 << 16  # cores tried in one go


def sector_of(raw: Raw, id_: str) -> str:
    """The sector of an organization by its kind."""
    return SECTOR_OF.get(kind_of(raw.organizations[id_]), "")


def list_groups(raw: Raw, *, smallest: int = 1) -> dict[str, str]:
    """Sector of each organization; those of sectors with fewer members are left out."""
    own = {id_: sector_of(raw, id_) for id_ in raw.organizations}
    sizes = Counter(own.values())
    return {id_: s for id_, s in own.items() if s and s != "other" and sizes[s] >= smallest}


# -- cores and communities -------------------------------------------------------------------------


def correlate_cores(matrix: np.ndarray, cores: np.ndarray) -> np.ndarray:
    """Correlation of ties with 'tied within the core, not within the periphery', by core."""
    n, core = len(matrix), cores.astype(float)
    rest = 1.0 - core
    within = np.einsum("ki,ij,kj->k", core, matrix, core) / 2
    outside = np.einsum("ki,ij,kj->k", rest, matrix, rest) / 2
    size = core.sum(axis=1)
    inner, outer = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    cells, ties = inner + outer, within + outside
    with np.errstate(invalid="ignore", divide="ignore"):
        cover = within / cells - inner / cells * ties / cells
        spread = inner / cells * (1 - inner / cells) * ties / cells * (1 - ties / cells)
        return np.where(spread > 1e-12, cover / np.sqrt(spread), -1.0)


def find_best_core(graph: nx.Graph) -> float:
    """The best correlation of any core of those with a tie; of many, the k best tied alone."""
    ids = sorted(graph)
    matrix = nx.to_numpy_array(graph, nodelist=ids, weight=None)
    tied = np.flatnonzero(matrix.sum(axis=1))
    if len(tied) > 18:  # Lip (2011): the best core is one of the k best tied
        order = np.argsort(-matrix.sum(axis=1), kind="stable")
        cores = np.zeros((len(ids), len(ids)), dtype=bool)
        for k in range(len(ids)):
            cores[k, order[: k + 1]] = True
        return float(correlate_cores(matrix, cores).max())
    best = -1.0
    for first in range(0, 1 << len(tied), ALL_AT_ONCE):
        numbers = np.arange(first, min(first + ALL_AT_ONCE, 1 << len(tied)))
        cores = np.zeros((len(numbers), len(ids)), dtype=bool)
        cores[:, tied] = (numbers[:, None] >> np.arange(len(tied))) & 1
        best = max(best, float(correlate_cores(matrix, cores).max()))
    return best


@of(("measure_structure", "core"))
def try_cores(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = raw.graph()
    if len([id_ for id_ in graph if graph.degree(id_)]) > 18:
        assert said["fit"] >= find_best_core(graph) - 1e-6  # none found by hand is better
        return dict(said)
    right = {"fit": find_best_core(graph)}
    if "core" in said:
        ids = sorted(graph)
        inside = np.array([[raw.name(id_) in said["core"] for id_ in ids]])
        matrix = nx.to_numpy_array(graph, nodelist=ids, weight=None)
        assert math.isclose(correlate_cores(matrix, inside)[0], right["fit"], abs_tol=1e-6)
        right["core"] = said["core"]
    return right


@of(("measure_structure", "communities"))
def bound_modularity(raw: Raw, said: Claims) -> dict[str, Any]:
    """It lies near the best of ten searches with every tie alike; strengths move it a little."""
    graph = raw.graph()
    searched = [nx.community.louvain_communities(graph, seed=seed) for seed in range(10)]
    best = max(nx.community.modularity(graph, parts) for parts in searched)
    assert abs(best - said["modularity"]) < 0.15
    assert 2 <= said["communities"] <= len(graph) and said["largest"] <= len(graph)
    sizes = {len(part) for parts in searched for part in parts}
    assert min(sizes) <= said["largest"] <= 2 * max(sizes)
    return dict(said)


# -- groups ----------------------------------------------------------------------------------------


def list_known_ties(raw: Raw) -> list[tuple[str, str]]:
    """Sectors of both ends of every tie, where both are known."""
    groups = list_groups(raw)
    ties = raw.graph().edges
    return [(groups[a], groups[b]) for a, b in ties if a in groups and b in groups]


def share_across(raw: Raw) -> float:
    """Share of pairs of organizations of two sectors: what chance gives ties."""
    sizes = Counter(list_groups(raw).values())
    n = sum(sizes.values())
    return 1 - sum(k * (k - 1) for k in sizes.values()) / (n * (n - 1))


@of(("measure_structure", "lines"))
def count_across(raw: Raw, said: Claims) -> dict[str, Any]:
    ties = list_known_ties(raw)
    across = sum(a != b for a, b in ties) / len(ties)
    assert abs(said["by_chance"] - share_across(raw)) < 0.02
    assert math.isclose(said["e_i_expected"], 2 * said["by_chance"] - 1, abs_tol=1e-9)
    return {**said, "across": across, "e_i": 2 * across - 1}


@of(("measure_structure", "mixing"))
def count_mixing(raw: Raw, said: Claims) -> dict[str, Any]:
    ties, sizes = list_known_ties(raw), Counter(list_groups(raw).values())
    pair, n = {said["from_group"], said["to_group"]}, sum(sizes.values())
    a, b = sorted(pair)
    by_chance = len(ties) * 2 * sizes[a] * sizes[b] / (n * (n - 1))
    assert abs(said["expected"] - by_chance) < 0.15 * by_chance + 0.2
    return {**said, "ties": sum({*ends} == pair for ends in ties)}


def list_brokered(graph: nx.Graph, groups: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Broker, role and both ends of every ordered pair without a tie that one links."""
    for v in graph:
        for u, w in permutations(graph[v], 2):
            if graph.has_edge(u, w) or not {u, v, w} <= groups.keys():
                continue
            a, b, c = groups[u], groups[v], groups[w]
            if a == b == c:
                role = "coordinator"
            elif a == c:
                role = "itinerant"
            elif b == c:
                role = "gatekeeper"
            else:
                role = "representative" if a == b else "liaison"
            yield v, role, u, w


@of(("find_bridges", "brokers"))
def count_brokers(raw: Raw, said: Claims) -> dict[str, Any]:
    """Pairs of organizations of two other sectors without a tie, each once."""
    rows = list_brokered(without_convener(raw), list_groups(raw, smallest=3))
    pairs = Counter(v for v, role, u, w in rows if role == "liaison" and u < w)
    top = sorted(pairs.values(), reverse=True)[: len(said["names"])]
    assert [pairs[raw.find(name)] for name in said["names"]] == top
    return {"names": said["names"], "pairs": top[0]}


@of(("find_bridges", "role"))
def count_role(raw: Raw, said: Claims) -> dict[str, Any]:
    graph, groups = without_convener(raw), list_groups(raw, smallest=3)
    rows = list_brokered(graph, groups)
    own = [role for v, role, *_ in rows if raw.name(v) == said["name"]]
    sizes = Counter(groups.values())
    n = sum(sizes.values())
    fits = {
        "coordinator": sum(k * (k - 1) * (k - 2) for k in sizes.values()),
        "itinerant": sum(k * (k - 1) * (n - k) for k in sizes.values()),
    }
    chance = fits.get(said["role"], fits["itinerant"]) / (n * (n - 1) * (n - 2))
    once = 1 if said["role"] in ("gatekeeper", "representative") else 2  # each pair counts once
    count = own.count(said["role"]) / once
    return {**said, "count": count, "expected": len(own) * chance / once}


@of(("find_bridges", "least_bound"))
def find_constraint(raw: Raw, said: Claims) -> dict[str, Any]:
    """Burt's constraint with every tie alike, of those whose partners are not all one circle."""
    graph = without_convener(raw)
    found = nx.constraint(graph)
    sizes = nx.effective_size(graph)
    free = {id_: value for id_, value in found.items() if sizes[id_] > 2}
    least = min(free.values())
    assert math.isclose(free[raw.find(said["name"])], least, abs_tol=1e-9)
    return {"name": said["name"], "constraint": least}


# -- who has no stake ------------------------------------------------------------------------------


def list_stakes(raw: Raw, a: str, b: str) -> set[str]:
    """Why one of two is no neutral judge of the other, by what is on file on the day."""
    pair = {a, b}
    found = {
        relation
        for x, y, relation, _ in raw.ties()
        if {x, y} == pair and relation in ("funding", "contract", "transfer", "affiliation")
    }
    paid = [row for row in raw.rows("funding") if raw.holds(row["period_start"], row["period_end"])]
    programs = [
        {r["program"].casefold() for r in paid if r["recipient"] == one and positive(r["amount"])}
        for one in (a, b)
    ]
    offers = [
        {r["service"].casefold() for r in raw.rows("services") if r["organization"] == one}
        for one in (a, b)
    ]
    found |= {"program"} if programs[0] & programs[1] else set()
    found |= {"service"} if offers[0] & offers[1] else set()
    return found | ({"affiliation"} if owner_of(raw, a) == owner_of(raw, b) else set())


def positive(amount: str) -> bool:
    return bool(amount) and float(amount) > 0


def owner_of(raw: Raw, id_: str) -> str:
    """Who owns it in the end."""
    for row in raw.rows("affiliations"):
        owned = row["type"] in ("owned", "leased", "site of")
        if row["organization"] == id_ and owned and raw.holds(row["since"], row["until"]):
            return owner_of(raw, raw.find(row["parent"]) or row["parent"])
    return id_


@of(("find_bridges", "conveners"))
def propose_conveners(raw: Raw, said: Claims) -> dict[str, Any]:
    """Reach times evenness, without those who pay, are paid, or have stakes in most partners."""
    graph, groups = without_convener(raw), list_groups(raw, smallest=3)
    kinds = len(set(groups.values()))
    scores = {}
    for id_ in graph:
        reached = Counter(groups[p] for p in graph[id_] if p in groups)
        money = any(id_ in (a, b) for a, b, relation, _ in raw.ties() if relation == "funding")
        stakes = Counter(s for p in graph[id_] for s in list_stakes(raw, id_, p))
        most = any(n * 2 > graph.degree(id_) for s, n in stakes.items() if s != "funding")
        if len(reached) >= 3 and not money and not most:
            even = 1 - max(reached.values()) / sum(reached.values())
            scores[id_] = round(len(reached) / kinds * even, 9)
    top = sorted(scores.values(), reverse=True)[: len(said["names"])]
    assert [scores[raw.find(name)] for name in said["names"]] == top
    assert len(said["names"]) == min(3, len(scores))
    return dict(said)


OFFICES = (
    *("state_office_of_rural_health", "rural_health_network", "ahec", "health_care_coalition"),
    *("hospital_association", "rural_health_association", "primary_care_association"),
    "local_health_department",
)


@of(("prepare_session", "facilitators"))
def find_free(raw: Raw, said: Claims) -> dict[str, Any]:
    """Those whose office it is and who have no stake in anybody who comes."""
    for name in said["free"]:
        id_ = raw.find(name)
        assert kind_of(raw.organizations[id_]) in OFFICES
        if said["people"] >= len(raw.organizations) - bool(raw.convener):  # everybody comes
            others = [other for other in raw.organizations if other != id_]
            assert not any(list_stakes(raw, id_, other) for other in others)
            if name == said["first"]:
                partners = set(raw.graph()[id_]) - {raw.convener}
                assert said["works_with"] == len(partners)
    assert said["first"] not in said["equal"] and {*said["equal"]} <= {*said["free"]}
    kinds = {kind_of(raw.organizations[raw.find(n)]) for n in (said["first"], *said["equal"])}
    assert len(kinds) == 1  # of the whole State no distance counts, and the kind tells apart
    return {**said, "km": None}


@of(("prepare_session", "invited"))
def count_invited(raw: Raw, said: Claims) -> dict[str, Any]:
    """Everybody of the State but the convener; who speaks for others, where nothing is open."""
    everybody = [id_ for id_ in raw.organizations if id_ != raw.convener]
    offices = [id_ for id_ in everybody if kind_of(raw.organizations[id_]) in OFFICES]
    asked = len(offices) if said["speakers"] else said["asked"]
    assert asked < len(everybody) > 60
    return {**said, "organizations": len(everybody), "asked": asked}


@of(("prepare_session", "seating"))
def count_seats(raw: Raw, said: Claims) -> dict[str, Any]:
    """Everybody sits, eight at a table at most."""
    assert said["tables"] == math.ceil(said["organizations"] / 8)
    assert 0 <= said.get("share", 1.0) <= 1
    assert said["organizations"] <= len(raw.organizations) - bool(raw.convener)
    return dict(said)


@of(("explain_ties", "more"), ("explain_ties", "fewer"))
def count_tied(raw: Raw, said: Claims) -> dict[str, Any]:
    """Share of pairs with a tie among those that share it and those that do not."""
    if "tied_with" not in said:
        return dict(said)
    shared = {
        "same_sector": lambda a, b: sector_of(raw, a) == sector_of(raw, b) != "",
        "shared_places": lambda a, b: bool(raw.served(a) & raw.served(b)),
    }.get(said["reason"])
    if shared is None:
        return dict(said)
    graph = raw.graph()
    observed = [(a, b) for a, b in combinations(raw.organizations, 2) if is_observed(raw, a, b)]
    pairs = [(shared(a, b), graph.has_edge(a, b)) for a, b in observed]
    tied = {
        one: sum(t for s, t in pairs if s == one) / sum(s == one for s, _ in pairs)
        for one in (True, False)
    }
    return {**said, "tied_with": tied[True], "tied_without": tied[False]}


def is_observed(raw: Raw, a: str, b: str) -> bool:
    """Whether somebody who could tell has answered, or a tie is on file."""
    return bool({a, b} & raw.answered()) or raw.graph().has_edge(a, b)


@of(("measure_structure", "left_out"))
def count_ungrouped(raw: Raw, said: Claims) -> dict[str, Any]:
    """Ties of organizations whose sector is not told apart."""
    ties = list(raw.graph().edges)
    unknown = [pair for pair in ties if {"", "other"} & {sector_of(raw, id_) for id_ in pair}]
    return {"left_out": len(unknown), "ties": len(ties)}
