"""Claims worked out from the raw files: one function a sentence, which gives all its claims.

A function gets the raw files and the claims that were said (to know of whom), and gives what they
should be. :data:`MODELS` names the sentences that no count can check, with the reason.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx

from .alike import list_families
from .raw import NOT_WORKING, Raw, name_award, relation_of

Claims = Mapping[str, Any]
Check = Callable[[Raw, Claims], dict[str, Any]]
RECOMPUTED: dict[tuple[str, str], Check] = {}


def of(*names: tuple[str, str]) -> Callable[[Check], Check]:
    """Register what recomputes the sentences of these verbs and names."""

    def register(check: Check) -> Check:
        RECOMPUTED.update(dict.fromkeys(names, check))
        return check

    return register


# -- who is here -----------------------------------------------------------------------------------

KIND_OF = {  # kinds as the files of these tests write them, where it is not their id
    "ems agency": "ems_agency",
    "library": "civic",
    **dict.fromkeys(("", "coalition", "drone delivery", "birthing center", "wic"), "other"),
    **dict.fromkeys(("traditional healing", "mobile unit", "urban indian health program"), "other"),
    **dict.fromkeys(("ihs", "ihs clinic"), "tribal"),
}


def kind_of(row: Mapping[str, str]) -> str:
    text = row["kind"].strip().casefold()
    return KIND_OF.get(text, text.replace(" ", "_").replace("-", "_"))


@of(("describe_network", "who"))
def count_organizations(raw: Raw, said: Claims) -> dict[str, Any]:
    kinds = Counter(kind_of(row) for row in raw.organizations.values())
    kinds.pop("other", None)
    counties = {row["county_fips"] for row in raw.organizations.values()} - {""}
    largest = said["largest_kinds"]
    three = sorted(kinds.values(), reverse=True)[:3]
    assert list(largest.values()) == three
    return {
        "organizations": len(raw.organizations),
        "kinds": len(kinds),
        "counties": len(counties),
        "largest_kinds": {kind: kinds[kind] for kind in largest},
        "context": 0,
    }


@of(("describe_network", "groups"))
def count_groups(raw: Raw, said: Claims) -> dict[str, Any]:
    members = members_of(raw)
    sizes = {group: len(ids) for group, ids in members.items()}
    assert sorted(said["largest"].values(), reverse=True) == sorted(sizes.values())[::-1][:3]
    return {
        "groups": len(members),
        "largest": {name: sizes[name.casefold()] for name in said["largest"]},
    }


def members_of(raw: Raw) -> dict[str, set[str]]:
    """Members on the day by the folded name of the group."""
    members: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows("memberships"):
        if raw.holds(row.get("since", ""), row.get("until", "")):
            named = raw.find(row["group"])
            group = raw.name(named) if named else row["group"]
            members[group.casefold()].add(row["organization"])
    return members


@of(("describe_network", "services"))
def count_services(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = raw.rows("services")
    known = {row["organization"] for row in rows}
    return {
        "known": len(known),
        "services": len({row["service"].casefold() for row in rows}),
        "unknown": len(raw.organizations) - len(known),
    }


@of(("describe_network", "money"))
def sum_money(raw: Raw, said: Claims) -> dict[str, Any]:
    held = raw.held_of_all_years()
    year = raw.year_of_day(of for _, of, _ in held)
    if not year:
        awards = {name_award(row) for row in raw.rows("funding")} if not held else set()
        return {"dollars": 0.0, **({"awards": len(awards)} if awards else {})}
    own = [(row, dollars) for row, of, dollars in held if of == year]
    by_recipient: dict[str, float] = defaultdict(float)
    for row, dollars in own:
        by_recipient[row["recipient"]] += dollars
    return {
        "fiscal_year": year,
        "dollars": sum(dollars for _, dollars in own),
        "programs": len({row["program"].casefold() for row, dollars in own if dollars}),
        "recipients": sum(dollars > 0.005 for dollars in by_recipient.values()),
        **({"taken_back": raw.taken_back()} if raw.taken_back() > 0 else {}),
    }


# -- one organization ------------------------------------------------------------------------------


@of(("describe_organization", "who"))
def describe_one(raw: Raw, said: Claims) -> dict[str, Any]:
    id_ = raw.find(said["name"])
    rows = [row for row in raw.awards() if raw.holds(row["start"], row["end"])]
    running = {id(row) for row in rows}
    held = [
        dollars
        for row, _, dollars in raw.held()
        if row["recipient"] == id_ and raw.holds(row["start"], row["end"])
    ]
    assert running or not held
    kind = said["kind"].casefold().replace(" ", "_")
    assert kind == kind_of(raw.organizations[id_])
    return {**said, "running_dollars": sum(held)}


@of(("describe_organization", "partners"))
def count_partners(raw: Raw, said: Claims) -> dict[str, Any]:
    if not said["partners"]:
        assert nx.number_of_isolates(raw.graph())
        return {"partners": 0}
    matching = [
        id_
        for id_ in raw.organizations
        if len(raw.graph()[id_]) == said["partners"]
        and {raw.find(name) for name in said["closest"]} <= set(raw.graph()[id_])
    ]
    assert matching  # some organization has so many partners, these among them
    contacts = [
        row["last_contact"]
        for id_ in matching
        for row in raw.rows("ties")
        if id_ in (row["source"], row["target"])
        and row["last_contact"]
        and raw.holds(row.get("since", ""), row.get("until", ""))
        and row["strength"] not in ("none", "0")
    ]
    assert f"{said['last_contact']:%Y-%m-%d}" in contacts
    return dict(said)


@of(("describe_organization", "peers"))
def count_peers(raw: Raw, said: Claims) -> dict[str, Any]:
    id_ = raw.find(said["organization"])
    kinds = {a: kind_of(row) for a, row in raw.organizations.items()}
    alike = [a for a in kinds if kinds[a] == kinds[id_] and not raw.organizations[a]["context"]]
    graph = raw.graph(without={raw.convener})
    done = {a: {kinds[b] for b in graph[a]} for a in alike}
    if said["practice"] == "offers":
        rows = raw.rows("services")
        done = {a: {r["service"].casefold() for r in rows if r["organization"] == a} for a in alike}
    what = said["what"].casefold()
    assert what not in done[id_] and done[id_]
    known = [a for a in alike if a != id_ and done[a]]
    return {**said, "known": len(known), "do_it": sum(what in done[a] for a in known)}


# -- the graph -------------------------------------------------------------------------------------


@of(("measure_structure", "density"), ("measure_structure", "unknown_pairs"))
def count_pairs(raw: Raw, said: Claims) -> dict[str, Any]:
    graph, answered = raw.graph(), raw.answered()
    pairs = list(combinations(raw.organizations, 2))
    asked = any(raw.ties())  # what two have in common is asked of nobody
    unknown = sum(asked and not graph.has_edge(a, b) and not {a, b} & answered for a, b in pairs)
    found = {
        "density": graph.number_of_edges() / (len(pairs) - unknown),
        "share": unknown / len(pairs),
    }
    return {key: found[key] for key in said}


@of(("measure_structure", "layer"), ("measure_centrality", "layer"), ("find_bridges", "layer"))
def name_layer(raw: Raw, said: Claims) -> dict[str, Any]:
    assert not any(raw.ties())
    return {"layer": "affinity", "relations": tuple(list_families(raw))}


@of(("measure_structure", "components"))
def count_components(raw: Raw, said: Claims) -> dict[str, Any]:
    parts = list(nx.connected_components(raw.graph()))
    return {
        "components": len(parts),
        "isolates": sum(len(part) == 1 for part in parts),
        "largest": max(map(len, parts)),
    }


@of(("measure_structure", "distance"))
def measure_steps(raw: Raw, said: Claims) -> dict[str, Any]:
    steps = [
        far
        for a, lengths in nx.all_pairs_shortest_path_length(raw.graph())
        for b, far in lengths.items()
        if a != b
    ]
    return {"mean": sum(steps) / len(steps), "diameter": max(steps)}


@of(("measure_structure", "triangles"))
def count_triangles(raw: Raw, said: Claims) -> dict[str, Any]:
    return {**said, "transitivity": nx.transitivity(raw.graph())}  # expected: a model


@of(("measure_structure", "unanswered"), ("measure_centrality", "unanswered"),
    ("find_bridges", "unanswered"))  # fmt: skip
def count_silent(raw: Raw, said: Claims) -> dict[str, Any]:
    asked = {row["respondent"] for row in raw.rows("responses") if row["answered"] != "not asked"}
    return {"share": len(asked - raw.answered()) / len(asked)}


@of(("measure_structure", "multiplexity"))
def count_relations(raw: Raw, said: Claims) -> dict[str, Any]:
    pairs: dict[frozenset[str], set[str]] = defaultdict(set)
    for a, b, relation, _ in raw.ties():
        if relation not in NOT_WORKING:
            pairs[frozenset((a, b))].add(relation)
    several = sum(len(relations) > 1 for relations in pairs.values())
    found: dict[str, Any] = {"share": several / len(pairs)}
    if "first" in said:
        first, second = said["first"], said["second"]
        found |= {
            "first": first,
            "second": second,
            "ties_first": sum(first in relations for relations in pairs.values()),
            "ties_second": sum(second in relations for relations in pairs.values()),
            "ties_both": sum({first, second} <= relations for relations in pairs.values()),
        }
    return found


def without_convener(raw: Raw) -> nx.Graph:
    return raw.graph(without=[raw.convener] if raw.convener else [])


@of(("measure_centrality", "partners"))
def count_degree(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = raw.graph()
    degree = {id_: graph.degree(id_) for id_ in graph if id_ != raw.convener}
    largest = sorted(degree.values(), reverse=True)[: len(said["names"])]
    assert said["partners"] == largest
    return {
        "names": said["names"],
        "partners": [degree[raw.find(name)] for name in said["names"]],
        "others": len(graph) - 1,
    }


@of(("measure_centrality", "betweenness"))
def find_between(raw: Raw, said: Claims) -> dict[str, Any]:
    found = nx.betweenness_centrality(raw.graph())
    found.pop(raw.convener, None)
    top = sorted(found.values(), reverse=True)[: len(said["names"])]
    assert [round(found[raw.find(name)], 9) for name in said["names"]] == [round(v, 9) for v in top]
    return {"names": said["names"], "share": max(found.values())}


@of(("measure_centrality", "closeness"))
def find_closest(raw: Raw, said: Claims) -> dict[str, Any]:
    found = nx.harmonic_centrality(raw.graph())
    found.pop(raw.convener, None)
    top = {id_ for id_, value in found.items() if value >= max(found.values()) - 1e-9}
    assert {raw.find(name) for name in said["names"]} == top
    return {**said, "name": said["names"][0]}


@of(("measure_centrality", "convener"))
def rank_convener(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = raw.graph()
    ranks = {}
    for name, values in (
        ("partners", dict(graph.degree())), ("betweenness", nx.betweenness_centrality(graph)),
    ):  # fmt: skip
        own = round(values[raw.convener], 9)
        ranks[f"rank_by_{name}"] = 1 + sum(round(value, 9) > own for value in values.values())
    return {"name": raw.name(raw.convener), **ranks}


@of(("measure_centrality", "concentration"))
def centralize(raw: Raw, said: Claims) -> dict[str, Any]:
    found = nx.betweenness_centrality(raw.graph()).values()
    return {"centralization": sum(max(found) - value for value in found) / (len(found) - 1)}


@of(("measure_centrality", "isolates"))
def count_alone(raw: Raw, said: Claims) -> dict[str, Any]:
    return {"organizations": nx.number_of_isolates(raw.graph())}


def cut_off(graph: nx.Graph, id_: str) -> set[str]:
    """Who is left without a path to the largest part of its component if one leaves."""
    part = nx.node_connected_component(graph, id_) - {id_}
    parts = list(nx.connected_components(graph.subgraph(part)))
    if len(parts) < 2:
        return set()
    stays = min(parts, key=lambda one: (-len(one), min(one)))
    return part - stays


@of(("find_bridges", "what_breaks"))
def lose_one(raw: Raw, said: Claims) -> dict[str, Any]:
    if not said:
        return {}
    graph = without_convener(raw)
    lost = cut_off(graph, raw.find(said["name"]))
    counties = {raw.organizations[id_]["county_fips"] for id_ in lost} - {""}
    named = {raw.find(name) for name in said["names"]}
    assert named <= lost and len(named) == min(len(lost), 6)
    right = {**said, "cut_off": len(lost), "counties": len(counties)}
    if "otherwise" in said:  # the convener is left out, and counted there
        within = cut_off(raw.graph(), raw.find(said["name"]))
        right |= {"convener": raw.name(raw.convener), "left_out": True, "otherwise": len(within)}
    return right


@of(("find_bridges", "bridge_ties"))
def count_bridges(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = without_convener(raw)
    ties = list(nx.bridges(graph))
    inner = 0
    for a, b in ties:
        cut = graph.copy()
        cut.remove_edge(a, b)
        inner += min(len(nx.node_connected_component(cut, end)) for end in (a, b)) > 1
    return {"ties": len(ties), "inner": inner}


@of(("find_bridges", "convener"))
def compare_convener(raw: Raw, said: Claims) -> dict[str, Any]:
    without, within = without_convener(raw), raw.graph()
    return {
        "name": raw.name(raw.convener),
        "now": sum(bool(cut_off(without, id_)) for id_ in without),
        "otherwise": sum(bool(cut_off(within, id_)) for id_ in within),
    }


@of(("find_bridges", "betweenness"))
def find_go_between(raw: Raw, said: Claims) -> dict[str, Any]:
    right = find_between(raw, said)
    return {"names": right["names"]}


@of(("find_bridges", "removal"))
def remove_best_tied(raw: Raw, said: Claims) -> dict[str, Any]:
    """The best tied leave first, equals in the order of the file; leaving by chance is a model."""
    graph = without_convener(raw)
    graph.remove_nodes_from([raw.convener] if raw.convener else [])
    n, degree = len(graph), dict(graph.degree())
    gone = int(n * 0.1)
    graph.remove_nodes_from(sorted(degree, key=lambda id_: -degree[id_])[:gone])
    largest = max(map(len, nx.connected_components(graph)))
    assert 0 < said["by_chance"] <= 1
    return {**said, "removed": gone, "by_degree": largest / n}


@of(("find_bridges", "breakers"))
def lose_several(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = without_convener(raw)
    graph.remove_nodes_from([raw.convener] if raw.convener else [])
    gone = {raw.find(name) for name in said["names"]}
    value = fragment(graph.subgraph(set(graph) - gone))
    others = [
        fragment(graph.subgraph(set(graph) - (gone - {one}) - {other}))
        for one in gone
        for other in set(graph) - gone
        if graph.degree(other)
    ]
    equal = max(others) > value - 1e-9
    return {"names": said["names"], "value": value, "before": fragment(graph), "equal": equal}


def fragment(graph: nx.Graph) -> float:
    """Share of pairs without a path."""
    n = len(graph)
    linked = sum(len(part) * (len(part) - 1) for part in nx.connected_components(graph))
    return 1 - linked / (n * (n - 1))


@of(("find_bridges", "reachers"))
def reach_in_two(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = without_convener(raw)
    graph.remove_nodes_from([raw.convener] if raw.convener else [])
    start = {raw.find(name) for name in said["names"]}
    share = share_near(graph, start)
    equal = any(
        share_near(graph, (start - {one}) | {other}) > share - 1e-9
        for one in start
        for other in set(graph) - start
    )
    return {"names": said["names"], "share": share, "equal": equal}


def share_near(graph: nx.Graph, start: set[str]) -> float:
    """Share of everybody who is at most two steps from one of some."""
    near = [set(nx.single_source_shortest_path_length(graph, a, cutoff=2)) for a in start]
    return len(set().union(*near)) / len(graph)


# -- groups ----------------------------------------------------------------------------------------


@of(("measure_affiliation", "most"))
def count_memberships(raw: Raw, said: Claims) -> dict[str, Any]:
    members = members_of(raw)
    own = Counter(id_ for ids in members.values() for id_ in ids)
    assert said["counts"] == sorted(own.values(), reverse=True)[: len(said["counts"])]
    return {
        "organizations": len(own),
        "features": len(members),
        "names": said["names"],
        "counts": [own[raw.find(name)] for name in said["names"]],
    }


@of(("measure_affiliation", "unknown"))
def count_without_group(raw: Raw, said: Claims) -> dict[str, Any]:
    known = {id_ for ids in members_of(raw).values() for id_ in ids}
    return {"organizations": len(raw.organizations) - len(known)}


# -- value and trust -------------------------------------------------------------------------------

DIMENSIONS = {  # as the files of these tests write them: part of, name
    "power/influence": ("value", "influence"),
    "level of involvement": ("value", "involvement"),
    "resource contribution": ("value", "resources"),
    "reliability": ("trust", "reliability"),
    "mission congruence": ("trust", "mission"),
    "open to discussion": ("trust", "openness"),
}


def ratings_of(raw: Raw) -> list[tuple[str, str, str, float]]:
    """Rater, rated, dimension and score from 1 to 4, without what is left out."""
    found = []
    for row in raw.rows("ratings"):
        top = 5 if row["ladder"] == "1-5" else 4
        score = 1 + 3 * (float(row["value"]) - 1) / (top - 1)
        if row["rater"] != row["rated"] and 1 <= score <= 4:
            found.append((row["rater"], row["rated"], row["dimension"], score))
    return found


def mean_by_dimension(raw: Raw) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for _, _, dimension, score in ratings_of(raw):
        scores[dimension].append(score)
    return {dimension: sum(own) / len(own) for dimension, own in scores.items()}


@of(("measure_trust", "network"))
def count_ratings(raw: Raw, said: Claims) -> dict[str, Any]:
    ratings, means = ratings_of(raw), mean_by_dimension(raw)
    parts: dict[str, list[float]] = defaultdict(list)
    for dimension, mean in means.items():
        parts[DIMENSIONS[dimension][0]].append(mean)
    raters, rated = {rating[0] for rating in ratings}, {rating[1] for rating in ratings}
    return {
        "raters": len(raters),
        "rated": len(rated),
        **{family: sum(own) / len(own) for family, own in parts.items()},
    }


@of(("measure_trust", "dimensions"))
def order_dimensions(raw: Raw, said: Claims) -> dict[str, Any]:
    means = {DIMENSIONS[name][1]: mean for name, mean in mean_by_dimension(raw).items()}
    low, high = min(means.values()), max(means.values())
    assert math.isclose(means[said["lowest"]], low) and math.isclose(means[said["highest"]], high)
    return {"highest": said["highest"], "lowest": said["lowest"], "high": high, "low": low}


def overall_of(raw: Raw) -> dict[tuple[str, str], float]:
    """What one gives another: the mean over dimensions."""
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    for rater, rated, _, score in ratings_of(raw):
        scores[rater, rated].append(score)
    return {pair: sum(own) / len(own) for pair, own in scores.items()}


@of(("measure_trust", "sides"))
def compare_two_sides(raw: Raw, said: Claims) -> dict[str, Any]:
    given = overall_of(raw)
    far = [abs(score - given[b, a]) for (a, b), score in given.items() if a < b and (b, a) in given]
    return {"pairs": len(far), **({"difference": sum(far) / len(far)} if far else {})}


@of(("measure_trust", "few"))
def count_few(raw: Raw, said: Claims) -> dict[str, Any]:
    raters = Counter(rated for _, rated in overall_of(raw))
    return {"organizations": sum(number < 5 for number in raters.values())}


@of(("measure_trust", "left"))
def count_left(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = raw.rows("ratings")
    own = sum(row["rater"] == row["rated"] for row in rows)
    return {"self_rated": own, "off_scale": len(rows) - own - len(ratings_of(raw))}


# -- goals -----------------------------------------------------------------------------------------


def goal_states(raw: Raw) -> dict[str, list[tuple[str, str]]]:
    """Goals and their owners, by state: as in the files of these tests, each with a target."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in raw.rows("goals"):
        owner = raw.name(row["organization"]) if row["organization"] else "the network"
        found[goal_state(raw, row)].append((row["goal"], owner))
    return found


def goal_state(raw: Raw, row: Mapping[str, str]) -> str:
    values = {
        date.fromisoformat(each["date"]): float(each["value"])
        for each in raw.rows("measurements")
        if each["goal"].casefold() == row["goal"].casefold()
        and date.fromisoformat(each["date"]) <= raw.day
    }
    if not values:
        return "no data"
    on, due = max(values), date.fromisoformat(row["due"])
    target, baseline = float(row["target"]), float(row["baseline"])
    sign = 1 if target > baseline else -1
    if sign * values[on] >= sign * target:
        return "reached"
    start = date.fromisoformat(row["baseline_on"])
    way = baseline + (target - baseline) * (on - start).days / (due - start).days
    return "off track" if due < raw.day or sign * values[on] < sign * way else "on track"


@of(("track_goals", "goals"))
def count_goals(raw: Raw, said: Claims) -> dict[str, Any]:
    return {"goals": len(raw.rows("goals")), **{s: len(g) for s, g in goal_states(raw).items()}}


def name_goals(raw: Raw, state: str) -> dict[str, Any]:
    due = {row["goal"]: row["due"] for row in raw.rows("goals")}
    first = sorted(goal_states(raw)[state], key=lambda goal: due[goal[0]])[:3]
    return {"goals": [goal for goal, _ in first], "owners": [owner for _, owner in first]}


@of(("track_goals", "off track"))
def name_off_track(raw: Raw, said: Claims) -> dict[str, Any]:
    return name_goals(raw, "off track")


@of(("track_goals", "reached"))
def name_reached(raw: Raw, said: Claims) -> dict[str, Any]:
    return name_goals(raw, "reached")


@of(("track_goals", "no data"))
def name_not_known(raw: Raw, said: Claims) -> dict[str, Any]:
    return name_goals(raw, "no data")


# -- outcomes, visits, sessions --------------------------------------------------------------------


def judge(raw: Raw, row: Mapping[str, str]) -> str:
    """State of an outcome on the day."""
    pair = {row["organization"], row["other"]}
    if row["status"] in ("done", "dropped"):
        return row["status"]
    if row["type"] == "new relationship" and row["other"]:
        tied = any({a, b} == pair for a, b, relation, _ in raw.ties() if relation != "contact")
        if tied:
            return "done"
    if row["type"] == "action step" and row["other"]:
        for parties, first, state in raw.agreements().values():
            signed = first["signed"]
            late = row["agreed_on"] and signed < row["agreed_on"]
            if set(parties) == pair and state != "draft" and signed and not late:
                return "done"
    due = row["due"]
    return "overdue" if due and date.fromisoformat(due) < raw.day else "open"


@of(("check_outcomes", "outcomes"))
def count_outcomes(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = raw.rows("outcomes")
    states = Counter(judge(raw, row) for row in rows)
    return {"outcomes": len(rows), **states}


@of(("check_outcomes", "overdue"), ("prepare_session", "overdue"))
def list_overdue(raw: Raw, said: Claims) -> dict[str, Any]:
    late = [row for row in raw.rows("outcomes") if judge(raw, row) == "overdue"]
    late.sort(key=lambda row: (row["due"], row["outcome"]))
    named = [row for row in late if row["outcome"] in said["first"]]
    return {
        "first": [row["outcome"] for row in named][:3],
        "owners": [raw.name(row["organization"]) for row in named][:3],
    }


@of(("check_outcomes", "unseen"), ("prepare_session", "unseen"))
def count_unseen(raw: Raw, said: Claims) -> dict[str, Any]:
    tied = {frozenset((a, b)) for a, b, relation, _ in raw.ties() if relation != "contact"}
    done = [
        row
        for row in raw.rows("outcomes")
        if row["status"] == "done" and row["type"] == "new relationship" and row["other"]
    ]
    pairs = [frozenset((row["organization"], row["other"])) for row in done]
    return {"relationships": sum(pair not in tied for pair in pairs)}


@of(("check_outcomes", "feedback"), ("prepare_session", "feedback"))
def count_feedback(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = [
        row
        for row in raw.rows("outcomes")
        if row["type"] == "policy feedback" and judge(raw, row) in ("open", "overdue")
    ]
    assert said["first"] in [row["outcome"] for row in rows]
    return {**said, "waiting": len(rows)}


ROUTINE = ("critical_access_hospital", "rural_emergency_hospital", "rural_health_clinic")


@of(("plan_visits", "waiting"))
def count_waiting(raw: Raw, said: Claims) -> dict[str, Any]:
    own = [id_ for id_, row in raw.organizations.items() if kind_of(row) in ROUTINE]
    last: dict[str, date] = {}
    for row in raw.rows("contacts"):
        by = raw.find(row["by"])
        ours = not raw.convener or by in ("", raw.convener)
        day = date.fromisoformat(row["date"])
        if ours and row["mode"] in ("visit", "") and day <= raw.day:
            last[row["organization"]] = max(day, last.get(row["organization"], day))
    waits = [(raw.day - last[id_]).days for id_ in own if id_ in last]
    found = {
        "organizations": len(own),
        "never": len(own) - len(waits),
        "overdue": sum(days > 365 for days in waits),
        "due": sum(183 <= days <= 365 for days in waits),
    }
    return {key: found[key] for key in said}


@of(("prepare_session", "money"))
def sum_session(raw: Raw, said: Claims) -> dict[str, Any]:
    running = [row for row in raw.awards() if raw.holds(row["start"], row["end"])]
    grantees = {row["recipient"] for row in running} - {raw.convener}
    money = sum_money(raw, said)
    money.pop("taken_back", None)
    if not money["dollars"]:
        return {"grantees": len(grantees)}
    return {
        "grantees": len(grantees),
        "fiscal_year": money["fiscal_year"],
        "dollars": money["dollars"],
        "programs": money["programs"],
        "elsewhere": 0.0,
    }


@of(("prepare_session", "indicators"))
def find_worst(raw: Raw, said: Claims) -> dict[str, Any]:
    """The newest value by indicator and county; the worst county of each, at most a third bad."""
    newest: dict[str, dict[str, tuple[float, float, str]]] = defaultdict(dict)
    for row in raw.rows("needs"):
        if row["direction"]:
            sign = 1.0 if row["direction"] == "higher is worse" else -1.0
            told = (float(row["year"]), sign * float(row["value"]), row["value"])
            held = newest[row["indicator"]].setdefault(row["county_fips"], told)
            if told[0] > held[0]:
                newest[row["indicator"]][row["county_fips"]] = told
    years = {
        (indicator, county): int(told[0])
        for indicator, by_county in newest.items()
        for county, told in by_county.items()
    }
    worst = []
    for indicator, by_county in newest.items():
        most = max(bad for _, bad, _ in by_county.values())
        for county, (_, bad, value) in by_county.items():
            if bad == most and len(by_county) >= 3:
                worst.append((1 / len(by_county), county, indicator, float(value)))
    top = sorted(worst)[:3]
    assert len(said["counties"]) == len(top)
    return {
        "first": [indicator for _, _, indicator, _ in top],
        "values": [value for *_, value in top],
        "counties": said["counties"],
        "years": [years[indicator, county] for _, county, indicator, _ in top],
    }


@of(("prepare_session", "outcomes"))
def count_session_outcomes(raw: Raw, said: Claims) -> dict[str, Any]:
    return count_outcomes(raw, said)


@of(("prepare_session", "untied_pairs"))
def count_untied(raw: Raw, said: Claims) -> dict[str, Any]:
    running = [row for row in raw.awards() if raw.holds(row["start"], row["end"])]
    grantees = sorted({row["recipient"] for row in running} - {raw.convener})
    tied = {frozenset((a, b)) for a, b, _, _ in ever_tied(raw)}
    pairs = [frozenset(pair) for pair in combinations(grantees, 2)]
    alone = [a for a in grantees if not any(a in pair and pair in tied for pair in pairs)]
    assert sorted(said["alone"]) == sorted(raw.names(alone))
    return {**said, "untied": sum(pair not in tied for pair in pairs), "pairs": len(pairs)}


def ever_tied(raw: Raw) -> list[tuple[str, str, str, str]]:
    """Ties of whatever date."""
    always = Raw(raw.folder, raw.day)
    always.holds = lambda start, end: True  # type: ignore[method-assign]
    ended = [
        (a, b, "agreement", "agreements")
        for parties, _, state in always.agreements().values()
        if state == "ended"
        for a, b in combinations(parties, 2)
    ]
    return [*always.ties(), *ended]


@of(("describe_network", "closed"))
def name_closed(raw: Raw, said: Claims) -> dict[str, Any]:
    """Who had closed by the day: the last to close first."""
    whole = Raw(raw.folder, raw.day)
    whole.closed = set()  # all rows, theirs too
    rows = [row for row in whole.rows("organizations") if raw.is_closed(row)]
    names = [row["name"] for row in sorted(rows, key=lambda r: r["closed_on"], reverse=True)]
    closed = {row["id"] for row in rows}
    past = sum(d for row, _, d in raw.held_of_all_years() if row["recipient"] in closed)
    return {"closed": len(names), "names": names, **({"past_dollars": past} if past > 0 else {})}


# -- gaps ------------------------------------------------------------------------------------------


@of(("find_gaps", "agreement"))
def count_agreement_gaps(raw: Raw, said: Claims) -> dict[str, Any]:
    agreements = raw.agreements()
    found: Counter[str] = Counter()
    for parties, first, state in agreements.values():
        newer = any(
            set(parties) <= set(others)
            and (other["type"], other["topic"]) == (first["type"], first["topic"])
            and other["agreement"] != first["agreement"]
            and other["status"] in ("executed", "")
            and (not other["expires"] or other["expires"] > (first["expires"] or "0"))
            for others, other, _ in agreements.values()
        )
        if newer:
            continue
        days = (date.fromisoformat(first["expires"]) - raw.day).days if first["expires"] else 999
        found["draft"] += state == "draft"
        found["lapsed"] += state == "ended"
        found["ends soon"] += not state and 0 <= days <= 180 and first["renews"] != "yes"
    told = {name: number for name, number in found.items() if number}
    assert {name: said[name] for name in told} == told
    return {**said, **told}


@of(("measure_affiliation", "joining"))
def find_joining(raw: Raw, said: Claims) -> dict[str, Any]:
    """The groups that lie between most pairs of their members, as two-mode betweenness."""
    graph = nx.Graph()
    for group, ids in members_of(raw).items():
        graph.add_edges_from((("group", group), ("organization", id_)) for id_ in ids)
    found = nx.betweenness_centrality(graph, normalized=False)
    groups = {name: round(value, 9) for (mode, name), value in found.items() if mode == "group"}
    top = sorted((value for value in groups.values() if value > 0), reverse=True)[:3]
    assert [groups[name.casefold()] for name in said["features"]] == top
    return dict(said)


# -- being in touch --------------------------------------------------------------------------------

LIMIT, OTHER_LIMIT, MEMORY = 365, 730, 3 * 365  # days


@of(("find_gaps", "contact"))
def judge_contacts(raw: Raw, said: Claims) -> dict[str, Any]:
    """Who was not seen in time, never visited, seen at staff level or through one person only."""
    if not raw.rows("contacts"):
        return {"gaps": 0, "needs": ["contacts"]}
    seen: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in raw.rows("contacts"):
        if date.fromisoformat(row["date"]) <= raw.day:
            seen[row["organization"]].append(row)
    found: Counter[str] = Counter()
    for id_, organization in raw.organizations.items():
        own = kind_of(organization) in ROUTINE
        rows = sorted(seen.get(id_, ()), key=lambda row: row["date"])
        if not rows:
            found["never seen"] += own
            continue
        days = [(raw.day - date.fromisoformat(row["date"])).days for row in rows]
        found["gone cold"] += days[-1] > (LIMIT if own else OTHER_LIMIT)
        modes = {row["mode"] for row in rows}
        found["never visited"] += own and not modes & {"", "visit"}
        late = [row for row, ago in zip(rows, days, strict=True) if ago <= MEMORY]
        found["only at staff level"] += len(late) > 1 and {r["level"] for r in late} == {"staff"}
        for status in list_held(raw, id_, late, own=own):
            found[status] += 1
    told = {status: number for status, number in found.items() if number}
    unseen = told.get("gone cold", 0) + told.get("never seen", 0)
    if unseen:
        told |= {"unseen": unseen, "organization": said["organization"]}
        told["evidence"] = said["evidence"]
    return told


def list_held(raw: Raw, id_: str, late: list[dict[str, str]], *, own: bool) -> list[str]:
    """How a relation depends on one person: one who left, one there, one here, one on file."""
    people = [
        row
        for row in raw.rows("people")
        if row["organization"] == id_ and not (row["since"] and row["since"] > str(raw.day))
    ]
    still: dict[str, bool] = {}
    for row in people:
        there = not (row["until"] and row["until"] < str(raw.day))
        key = row["person"].partition(",")[0].casefold()
        still[key] = still.get(key, False) or there
    met = {row["person"].partition(",")[0].casefold() for row in late if row["person"]}
    if met and all(still.get(key) is False for key in met):
        return ["contact person left"]
    if len(late) >= 3:
        persons = {row["person"].partition(",")[0].casefold() for row in late}
        if len(persons) == 1 and persons != {""}:
            return ["one person holds it"]
        ours, all_of_us = {row["by"] for row in late}, {row["by"] for row in raw.rows("contacts")}
        if len(all_of_us) > 1 and len(ours) == 1 and not ours & {"", *raw.organizations}:
            return ["one person holds it"]
    return ["one person on file"] if own and sum(still.values()) == 1 else []


# -- what no count can check -----------------------------------------------------------------------

MODELS = {
    ("plan_visits", "no_base"): "what is asked for: tests/questions/visits",
    ("trace_money", "open_programs"): "by hand: tests/questions/money",
    ("measure_uncertainty", "first"): "draws: tests/questions/uncertainty",
    ("measure_uncertainty", "first_otherwise"): "draws: tests/questions/uncertainty",
    ("measure_uncertainty", "least_sure"): "draws: tests/questions/uncertainty",
    ("explain_ties", "unsure"): "p by permutation: tests/questions/explanation",
    ("measure_trust", "groups"): "against permutation: tests/measures/chance/test_ratings.py",
    ("describe_organization", "gaps"): "the gaps of find_gaps that concern it",
    ("describe_organization", "next"): "the ranker: tests/questions/recommendation",
    ("describe_organization", "ask"): "blank answers: tests/questions",
    ("plan_visits", "tours"): "a heuristic with a bound: tests/questions/visits",
    ("plan_visits", "tour"): "a heuristic with a bound: tests/questions/visits",
    ("plan_visits", "first_stop"): "a heuristic with a bound: tests/questions/visits",
    ("plan_visits", "not_reached"): "a heuristic with a bound: tests/questions/visits",
    ("find_gaps", "coverage"): "by hand: tests/questions/gaps/test_unknown_services.py",
    ("find_gaps", "overlap"): "tail of a model",
    ("find_gaps", "funding"): "by hand: tests/facts/money/test_awards.py",
    ("find_gaps", "sector"): "expectation by permutation",
    ("find_gaps", "voice"): "core by k-cores: tests/questions/gaps",
    ("prepare_session", "synergies"): "tests/questions/session",
    ("prepare_session", "requirements"): "duties by law: tests/questions/session",
    ("prepare_session", "guests"): "weights of reasons: tests/questions/session",
    ("prepare_session", "voices"): "tests/questions/session",
    ("prepare_session", "answers"): "by hand: tests/questions/session/test_room.py",
    ("prepare_session", "missed"): "by hand: tests/questions/session/test_room.py",
    ("prepare_session", "levels"): "by hand: tests/questions/session/test_levels.py",
    ("describe_organization", "learn"): "by hand: tests/questions/practices",
    ("describe_organization", "voice"): "by hand: tests/questions/voices",
    ("describe_organization", "leader"): "by hand: tests/questions/leaders",
    ("prepare_session", "history"): "by hand: tests/questions/session/test_room.py",
    ("prepare_session", "stayed_away"): "by hand: tests/questions/session/test_room.py",
}
assert not MODELS.keys() & RECOMPUTED.keys()
assert relation_of("data sharing") == "data_sharing"
