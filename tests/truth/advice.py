"""Claims of advice, from the raw files: what two share, what a tie is needed for, who knows both.

Whom a model puts first, and how sure it is, no count can check: :data:`OF_TABLES` names these
claims, and the tests hold them against the tables that are shown. Nothing of partnet is imported
here. Importing it adds its functions to ``RECOMPUTED``.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from math import inf
from typing import Any

import networkx as nx

from .alike import (
    COUNTIES,
    VOCABULARY,
    find_points,
    list_entries,
    list_families,
    measure_km,
)
from .positions import sector_of
from .raw import NONE, NOT_WORKING, Raw, relation_of
from .recompute import Claims, kind_of, of
from .waves import HEALTH_CARE, categories

RULEBOOK = COUNTIES.with_name("rulebook.toml")
MONTH = 30.4375  # days
HALF_LIFE = DORMANT = 24.0  # months after which a contact counts half, and a tie is worth renewing
FAR_KM = 150.0
OF_TABLES = {
    ("recommend_partners", "probability"): "a test on hidden ties of the network",
    ("recommend_partners", "stability"): "ranks of the ranker with ties held out",
    ("recommend_partners", "due"): "gaps by law and by program: tests/questions/gaps",
    ("plan_introductions", "equal"): "what each is expected to reach",
    ("plan_introductions", "reach"): "expected goals, by the likelihood of the ranker",
    ("plan_introductions", "guarantee"): "a theorem",
    ("plan_introductions", "exposure"): "how often the ranker names each",
}


# -- two organizations -----------------------------------------------------------------------------


def named(raw: Raw, name: str) -> list[str]:
    """Ids of all who have a name: two may be called the same."""
    return [id_ for id_ in raw.organizations if raw.name(id_) == name]


def ever_tied(raw: Raw, a: str, b: str) -> bool:
    """Whether anything on file ties the two, on whatever day."""
    pair = {a, b}
    rows = raw.rows("ties")
    said = any(
        {row["source"], row["target"]} == pair and row["strength"].lower() not in NONE
        for row in rows
        if raw.holds(row["since"], "")
    )
    return said or any({x, y} == pair for x, y, _, _ in raw.ties())


def list_newest(raw: Raw) -> dict[frozenset[str], date]:
    """The newest contact of every pair, up to the day."""
    found: dict[frozenset[str], date] = {}
    told = [
        (row["source"], row["target"], row["last_contact"])
        for row in raw.rows("ties")
        if row["strength"].lower() not in NONE
    ]
    contacts = raw.rows("contacts")
    told += [(raw.find(row["by"]), row["organization"], row["date"]) for row in contacts]
    for a, b, day in told:
        if a and b and day and date.fromisoformat(day) <= raw.day:
            pair = frozenset((a, b))
            found[pair] = max(found.get(pair, date.min), date.fromisoformat(day))
    return found


def list_strengths(raw: Raw) -> dict[frozenset[str], float]:
    """The strongest working relation of every pair on the day; 1 where no strength was given."""
    found: dict[frozenset[str], float] = defaultdict(float)
    given = {
        (frozenset((row["source"], row["target"])), relation_of(row["relation"])): row["strength"]
        for row in raw.rows("ties")
        if raw.holds(row["since"], row["until"]) and row["strength"].lower() not in NONE
    }
    for a, b, relation, table in raw.ties():
        if relation not in NOT_WORKING:
            pair = frozenset((a, b))
            text = given.get((pair, relation), "") if table == "ties" else ""
            found[pair] = max(found[pair], read_strength(text))
    return found


def read_strength(text: str) -> float:
    """A number as it stands, a level by its place among those of its scale; 1 where blank."""
    for ladder in VOCABULARY["ladders"].values():
        if text.casefold() in ladder["levels"]:
            return (ladder["levels"].index(text.casefold()) + 1) / len(ladder["levels"])
    return float(text or 1)


# -- needs -----------------------------------------------------------------------------------------


def read_counties() -> dict[str, dict[str, str]]:
    """The counties of the country, by code."""
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        return {row["fips"]: row for row in csv.DictReader(file)}


def find_county(raw: Raw, name: str) -> str:
    """The code of a county of the State of the file."""
    states = {row["state"] for row in raw.organizations.values()}
    (code,) = (c for c, r in read_counties().items() if r["name"] == name and r["state"] in states)
    return code


def offering(raw: Raw, service: str) -> dict[str, set[str]]:
    """Who offers a service, with the counties where."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in raw.rows("services"):
        if row["service"].casefold() == service.casefold():
            at = {row["county_fips"]} if row["county_fips"] else raw.served(row["organization"])
            found[row["organization"]] |= at
    return found


def check_coverage(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Nobody offers it in the county of one end; the other does elsewhere, and lies so far off."""
    county, offers = find_county(raw, said["county"]), offering(raw, said["service"])
    assert not any(county in where for where in offers.values())
    (provider,) = (id_ for id_ in (a, b) if id_ in offers and raw.name(id_) == said["nearest"])
    (local,) = {a, b} - {provider}
    hospital = {"hospital", "critical_access_hospital"}
    of_county = raw.organizations[local]["county_fips"] == county
    assert of_county or kind_of(raw.organizations[local]) == "local_health_department"
    assert not of_county or kind_of(raw.organizations[local]) in hospital
    middle, points = read_counties()[county], find_points(raw)
    center = float(middle["latitude"]), float(middle["longitude"])
    km = {id_: measure_km(center, points[id_]) for id_ in offers}
    kinds = {id_: kind_of(raw.organizations[id_]) for id_ in offers}
    alike = [id_ for id_ in offers if kinds[id_] == kinds[provider]]
    assert km[provider] == min(km[id_] for id_ in alike)
    assert abs(said["km"] - km[provider]) < 0.01
    return dict(said)


def check_rule(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """The rule is in the rulebook, or in the file; that the two have no tie is held already."""
    own = {row["rule"] for row in raw.rows("rules")}
    assert said["rule"] in own or said["rule"] in RULEBOOK.read_text(encoding="utf-8")
    assert said["status"] != "met"
    return dict(said)


def check_outcome(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """A row of the register that names both, with its days, and whether it is late."""
    (row,) = (r for r in raw.rows("outcomes") if r["outcome"] == said["outcome"])
    assert {raw.find(row["organization"]), raw.find(row["other"])} == {a, b}
    late = row["due"] and date.fromisoformat(row["due"]) < raw.day
    return {**said, "state": "overdue" if late else "open",
            "agreed_on": say_day(row["agreed_on"]), "due": say_day(row["due"])}  # fmt: skip


def say_day(text: str) -> str:
    """A day as sentences say it."""
    day = date.fromisoformat(text) if text else None
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def load_usual() -> dict[str, Any]:
    """The roles of usual partners, and the distances that hold for all."""
    return tomllib.loads(COUNTIES.with_name("usual_partners.toml").read_text(encoding="utf-8"))


def check_usual(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """A usual partner is of a kind that fills the role, lies so far off, and nobody is nearer.

    Nearer are only those whose kind, name, county or owner keeps them out, whom the first stands
    before, or who are said to be as near. Whether the district is asked for follows from its kind.
    """
    one, other = (a, b) if raw.name(b) == said["partner"] else (b, a)
    assert (raw.name(one), raw.name(other)) == (said["own"], said["partner"])
    usual = load_usual()
    (role,) = (role for role in usual["roles"] if role["what"] == said["role"])
    rows = raw.organizations
    assert kind_of(rows[one]) in role["asks"] and kind_of(rows[other]) in role["kinds"]
    points = find_points(raw)
    km = {id_: measure_km(points[one], points[id_]) for id_ in rows if id_ != one}
    assert abs((inf if said["km"] is None else said["km"]) - km[other]) < 0.01 or km[other] == inf
    assert km[other] <= role.get("within", inf)
    if said["after"]:
        assert any(km[id_] <= km[other] for id_ in named(raw, said["after"]) if id_ in km)
    if not role.get("statewide"):
        check_nearest(raw, role, other, km, said)
    bounded = kind_of(rows[other]) in BOUNDED
    assert not said["asks_area"] or (
        bounded and rows[one]["county_fips"] != rows[other]["county_fips"]
    )
    return dict(said)


BOUNDED = (
    *("local_health_department", "ems_agency", "area_agency_on_aging", "community_action"),
    *("school", "public_safety", "local_government"),
)


def check_nearest(
    raw: Raw, role: Mapping[str, Any], other: str, km: Mapping[str, float], said: Claims
) -> None:
    """Of those who clearly fill the role nobody is nearer; who may be as near lies so near."""
    able = {id_ for id_ in km if kind_of(raw.organizations[id_]) in role["kinds"]}
    for name in said["as_near"]:
        assert any(
            km[id_] <= km[other] + load_usual()["as_near_within"] for id_ in named(raw, name)
        )
    if not said["after"] and role["kinds"] == ["hospital"]:
        plain = [id_ for id_ in able if is_plain_hospital(raw.organizations[id_])]
        assert km[other] <= min((km[id_] for id_ in plain), default=inf)


def is_plain_hospital(row: Mapping[str, str]) -> bool:
    """Whether the file of Medicare knows a hospital with emergency care, for everybody."""
    words = (
        "veteran",
        "federal",
        "tribal",
        "defense",
        "children",
        "surg",
        "heart",
        "ortho",
        "spine",
    )
    text = f"{row['name']} {row['ownership']} {row['hospital_type']}".casefold()
    plain = row["hospital_type"] == "Acute Care Hospitals" and row["emergency_services"] == "yes"
    return plain and not any(word in text for word in words)


NEEDS = {"service": check_coverage, "rule": check_rule, "outcome": check_outcome,
         "role": check_usual}  # fmt: skip


def check_need(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Each need that is said, by what it is about; how severe it is follows from a formula."""
    told = {name: claims for name, claims in said.items() if name.startswith("need_")}
    assert 0 < said["severity"] <= 1
    right = {
        name: next(check for key, check in NEEDS.items() if key in claims)(raw, a, b, claims)
        for name, claims in told.items()
    }
    return {**said, "more": len(said["needs"]) - len(told), **right}


# -- what the two share ----------------------------------------------------------------------------


def check_shared_partners(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Whom both work with, those of the fewest ties first; of equals the lower id."""
    graph = raw.graph()
    both = sorted(set(graph[a]) & set(graph[b]), key=lambda id_: (graph.degree(id_), id_))
    assert both
    return {"shared_partners": raw.names(both)}


def share(family: str) -> Callable[[Raw, str, str, Claims], dict[str, Any]]:
    """What both have on file in one family, whatever the case."""

    def check(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
        own: dict[str, set[str]] = defaultdict(set)
        for of_family, id_, feature, finer in list_entries(raw):
            if of_family == family and not finer:
                own[id_].add(feature.casefold())
        (texts,) = said.values()
        assert {text.casefold() for text in texts} == own[a] & own[b] != set()
        return dict(said)

    return check


def check_geography(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Counties of both; else that theirs border, else how far apart they are."""
    at: dict[str, set[str]] = defaultdict(set)
    for family, id_, feature, _ in list_entries(raw):
        if family == "places":
            at[id_].add(feature)
    counties = read_counties()
    both = sorted(counties[code]["name"] for code in at[a] & at[b])
    if both:
        return {"counties": said["counties"] if sorted(said["counties"]) == both else both}
    homes = [raw.organizations[id_]["county_fips"] for id_ in (a, b)]
    if all(homes) and homes[1] in counties[homes[0]]["neighbors"].split():
        return {}
    return check_distance(raw, a, b, said)


def check_distance(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """How far apart they are."""
    points = find_points(raw)
    km = measure_km(points[a], points[b])
    assert km < FAR_KM / 2 or km >= FAR_KM
    return {"distance_km": said["distance_km"] if abs(km - said["distance_km"]) < 0.01 else km}


def check_same_kind(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """The two are of one kind; its plural begins as its id does."""
    kinds = {kind_of(raw.organizations[id_]) for id_ in (a, b)}
    assert len(kinds) == 1 and begins_alike(said["kind"], kinds.pop())
    return dict(said)


def begins_alike(label: str, kind: str) -> bool:
    """Whether a label, or a plural, is that of a kind."""
    return re.sub(r"[^a-z]", "", label.casefold())[:4] == kind.replace("_", "")[:4]


def check_circle(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """How many partners of the one named work with a partner of the one who asks."""
    graph = raw.graph()
    near = [p for p in graph[b] if set(graph[p]) & set(graph[a])]
    return {"near": len(near), "of": graph.degree(b), "organization": raw.name(a)}


def check_like_you(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Others of the kind of one that work with the other; who is most alike is a model's."""
    if "like" in said:
        assert {said["like"], said["partner"]} == {*raw.names((a, b))}
        assert 1 < said["working"] <= said["of"] <= 10
        return dict(said)
    graph = raw.graph()
    one, other = (a, b) if raw.name(b) == said["partner"] else (b, a)
    kinds = {id_: kind_of(row) for id_, row in raw.organizations.items()}
    alike = [id_ for id_ in kinds if kinds[id_] == kinds[one] and id_ != one]
    working = sum(graph.has_edge(id_, other) for id_ in alike)
    assert begins_alike(said["kind"], kinds[one])
    return {**said, "working": working, "of": len(alike), "partner": raw.name(other)}


def check_kinds(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """How many of the kind of one have a tie with any of the kind of the other."""
    for one, other in ((a, b), (b, a)):
        working, size = count_kinds(raw, one, other)
        if begins_alike(said["kind"], kind_of(raw.organizations[one])) and (working, size) == (
            said["working"],
            said["of"],
        ):
            return dict(said)
    raise AssertionError("no such count")


def count_kinds(raw: Raw, one: str, other: str) -> tuple[int, int]:
    graph = raw.graph()
    kinds = {id_: kind_of(row) for id_, row in raw.organizations.items()}
    alike = [id_ for id_ in kinds if kinds[id_] == kinds[one]]
    working = sum(any(kinds[p] == kinds[other] for p in graph[id_]) for id_ in alike)
    return working, len(alike)


def check_hub(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    return {"partner": raw.name(b), "ties": raw.graph().degree(b)}


# -- what speaks against ---------------------------------------------------------------------------


def check_newcomers(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    alone = [id_ for id_ in (a, b) if not raw.graph().degree(id_)]
    assert alone
    return {"newcomers": raw.names(alone)}


def check_denied(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    rows = raw.rows("ties")
    assert any({r["source"], r["target"]} == {a, b} and r["strength"] in NONE for r in rows)
    return {}


def check_rivals(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    rows = [raw.organizations[id_] for id_ in (a, b)]
    assert kind_of(rows[0]) == kind_of(rows[1])
    assert rows[0]["county_fips"] == rows[1]["county_fips"] != ""
    return {}


def check_no_shared(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    graph = raw.graph()
    assert not set(graph[a]) & set(graph[b])
    return {}


def find_begins(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """When the first tie of the two begins that does not hold yet."""
    ahead = [row["since"] for row in raw.rows("ties") if not raw.holds(row["since"], "")
             and {row["source"], row["target"]} == {a, b}]  # fmt: skip
    return {"begins": say_day(min(ahead))}


FACTS: Mapping[str, Callable[[Raw, str, str, Claims], dict[str, Any]]] = {
    "need": check_need,
    "shared partners": check_shared_partners,
    "shared services": share("services"),
    "shared funding": share("funding"),
    "shared populations": share("populations"),
    "shared groups": share("groups"),
    "geography": check_geography,
    "same kind": check_same_kind,
    "same circle": check_circle,
    "organizations like you": check_like_you,
    "complementary kind": check_kinds,
    "kinds_apart": check_kinds,
    "hub": check_hub,
    "newcomers": check_newcomers,
    "begins": find_begins,
    "denied": check_denied,
    "rivals": check_rivals,
    "distance": check_distance,
    "no_shared_partner": check_no_shared,
    "pattern": lambda raw, a, b, said: {},  # that the score rests on trees: the ranker's own word
}


# -- whom to approach ------------------------------------------------------------------------------


@of(
    ("recommend_partners", "suggestion"),
    ("recommend_partners", "further_suggestion"),
    ("plan_introductions", "suggestion"),
)
def check_suggestion(raw: Raw, said: Claims) -> dict[str, Any]:
    """The two have no tie on file, and all that is said of them holds; of namesakes, of one."""
    wrong: Exception | None = None
    for a, b in product(named(raw, said["organization"]), named(raw, said["partner"])):
        if a == b or ever_tied(raw, a, b):
            continue
        try:
            return {**dict(list_ends(raw, a, b, said)), **list_facts(raw, a, b, said)}
        except (AssertionError, KeyError, ValueError) as fault:
            wrong = fault
    raise AssertionError(f"no two of these names fit: {wrong!r}")


def list_ends(raw: Raw, a: str, b: str, said: Claims) -> Iterator[tuple[str, Any]]:
    """Who asks whom, and who could introduce them: one that both work with, where there is one."""
    yield "organization", raw.name(a)
    yield "partner", raw.name(b)
    graph = raw.graph()
    working = any(relation not in NOT_WORKING for _, _, relation, _ in raw.ties())
    both = set(graph[a]) & set(graph[b]) if working else set()
    if both:
        (chosen,) = (id_ for id_ in both if raw.name(id_) == said["introducer"])
        worth = {id_: weigh_link(raw, id_, a, b) for id_ in both}
        kinds = {kind_of(raw.organizations[id_]) for id_ in (a, b)}
        free = [id_ for id_ in both if kind_of(raw.organizations[id_]) not in kinds]
        assert all(worth[chosen] >= worth[id_] - 1e-9 for id_ in free)
        yield "introducer", raw.name(chosen)
        equal = [id_ for id_ in both if raw.name(id_) in said["equal"]]
        assert all(abs(worth[id_] - worth[chosen]) < 1e-9 for id_ in equal)
        assert all(graph.degree(id_) == graph.degree(chosen) for id_ in equal)
        yield "equal", said["equal"] if len(equal) >= len(said["equal"]) else raw.names(equal)


def weigh_link(raw: Raw, between: str, a: str, b: str) -> float:
    """The weaker of two ties, by its strength and how old its newest contact is."""
    pairs = [frozenset((between, end)) for end in (a, b)]
    strengths, newest = list_strengths(raw), list_newest(raw)
    recent = [
        2 ** (-((raw.day - newest[pair]).days / MONTH) / HALF_LIFE) if pair in newest else 0.5
        for pair in pairs
    ]
    return min(strengths[pair] for pair in pairs) * min(recent)


def list_facts(raw: Raw, a: str, b: str, said: Claims) -> dict[str, Any]:
    """Every reason and doubt, recomputed."""
    told = {key: claims for key, claims in said.items() if isinstance(claims, Mapping)}
    return {key: FACTS[key](raw, a, b, claims) for key, claims in told.items()}


@of(("recommend_partners", "goals"), ("plan_introductions", "goals"))
def check_goals(raw: Raw, said: Claims) -> dict[str, Any]:
    """Each goal by its words: what a county lacks, whom somebody has no partner among."""
    assert said["goals"]
    for text in said["goals"]:
        (check,) = (check for words, check in GOALS.items() if re.fullmatch(words, text))
        (words,) = (words for words in GOALS if re.fullmatch(words, text))
        match = re.fullmatch(words, text)
        assert match and check(raw, *match.groups()), text
    return dict(said)


def lacks(raw: Raw, service: str, county: str) -> bool:
    """Whether nobody offers a service in a county."""
    return not any(find_county(raw, county) in at for at in offering(raw, service).values())


def has_none(raw: Raw, name: str, sector: str) -> bool:
    """Whether somebody works with nobody of a sector, and is of another itself."""
    (key,) = (k for k, label in VOCABULARY["sectors"].items() if label.casefold() == sector)
    graph = raw.graph()
    return any(
        key not in {sector_of(raw, id_), *(sector_of(raw, p) for p in graph[id_])}
        for id_ in named(raw, name)
    )


def stands_apart(raw: Raw, name: str, others: str) -> bool:
    """Whether so many are tied to somebody, near or far, and more are elsewhere."""
    parts = [*nx.connected_components(raw.graph())]
    own = {len(part) for part in parts for id_ in named(raw, name) if id_ in part}
    return own == {int(others) + 1} and max(map(len, parts)) > max(own)


def finds(raw: Raw, name: str, what: str) -> bool:
    """Whether what somebody finds is a role of its kind."""
    roles = [role for role in load_usual()["roles"] if role["what"] == what]
    kinds = {kind_of(raw.organizations[id_]) for id_ in named(raw, name)}
    return any(kinds & {*role["asks"]} for role in roles)


GOALS: Mapping[str, Callable[..., bool]] = {
    "(.+) finds (.+)": finds,
    "brings (.+) towards (.+)": lacks,
    "first partner of (.+) in (.+)": has_none,
    "first working tie of (.+)": lambda raw, name: any(
        not raw.graph().degree(id_) for id_ in named(raw, name)
    ),
    r"joins (.+) and (\d+) organizations? tied to it with the rest": stands_apart,
    r"closes the gap “(.+)”": lambda raw, rule: rule in RULEBOOK.read_text(encoding="utf-8"),
    r"if signed, (.+) has the (\d+) separately owned providers that (.+) asks for": (
        lambda raw, name, number, program: bool(named(raw, name))  # by law: see eligibility
    ),
    r"does what was agreed: “(.+)”": lambda raw, text: any(
        row["outcome"] == text for row in raw.rows("outcomes")
    ),
}


@of(("recommend_partners", "dormant"))
def find_longest_silence(raw: Raw, said: Claims) -> dict[str, Any]:
    """Of pairs that work together, the one whose newest contact is the oldest."""
    newest, graph = list_newest(raw), raw.graph()
    days = {pair: day for pair, day in newest.items() if len(pair) == 2 and graph.has_edge(*pair)}
    oldest = min(days.values())
    assert (raw.day - oldest).days / MONTH >= DORMANT
    pair = frozenset((raw.find(said["organization"]), raw.find(said["partner"])))
    assert days[pair] == oldest == said["last_contact"].date()
    return dict(said)


@of(("recommend_partners", "affinity"))
def name_families(raw: Raw, said: Claims) -> dict[str, Any]:
    return {"families": tuple(list_families(raw))}


@of(("recommend_partners", "short_list"))
def find_left_out(raw: Raw, said: Claims) -> dict[str, Any]:
    """Somebody shares a service with the one who asks, and nothing else, and is so far away."""
    (id_,) = named(raw, said["organization"])
    points, own = find_points(raw), defaultdict[str, set[tuple[str, str]]](set)
    for family, who, feature, finer in list_entries(raw):
        if not finer:
            own[who].add((family, feature.casefold()))
    far = [o for o in raw.organizations if said["km"] < measure_km(points[id_], points[o]) < inf]
    shared = [own[id_] & own[other] for other in far if other != id_]
    assert any(both and {family for family, _ in both} == {"services"} for both in shared)
    assert said["named"] < said["asked"] and said["km"] == 60
    return dict(said)


@of(("recommend_partners", "no_more_facts"))
def find_nobody_known(raw: Raw, said: Claims) -> dict[str, Any]:
    """Somebody with a county on file has no tie, no partner, nothing else in common with it."""
    (id_,) = named(raw, said["organization"])
    graph, own = raw.graph(), defaultdict[str, set[tuple[str, str]]](set)
    for family, who, feature, finer in list_entries(raw):
        if not finer:
            own[who].add((family, feature.casefold()))
    near = {id_, *graph[id_], *(far for one in graph[id_] for far in graph[one])}
    strangers = [o for o, row in raw.organizations.items() if row["county_fips"] and o not in near]
    assert any(not own[id_] & own[other] for other in strangers)
    assert 0 < said["named"] < said["asked"]
    return dict(said)


# -- categories of partnership ---------------------------------------------------------------------

CATEGORIES = ("Planner", "Collaborator", "Network Provider", "Exclusive Provider")


def own_answers(raw: Raw) -> dict[str, str]:
    """What each says of itself."""
    rows = raw.rows("profiles")
    return {row["organization"]: row["partnership_category"] for row in rows}


def profiled(raw: Raw) -> dict[str, str]:
    """Category of everybody who is profiled; its own answer wins."""
    return {**categories(raw), **{id_: word for id_, word in own_answers(raw).items() if word}}


@of(("profile_partnerships", "categories"))
def count_categories(raw: Raw, said: Claims) -> dict[str, Any]:
    found = Counter(profiled(raw).values())
    return {"organizations": found.total(), **found}


@of(("profile_partnerships", "unclassified"))
def name_unclassified(raw: Raw, said: Claims) -> dict[str, Any]:
    ids = sorted(id_ for id_, word in profiled(raw).items() if word == "unclassified")
    return {"unclassified": raw.names(ids)}


@of(("profile_partnerships", "sole_providers"))
def name_sole(raw: Raw, said: Claims) -> dict[str, Any]:
    ids = sorted(id_ for id_, word in profiled(raw).items() if word == "Exclusive Provider")
    return {"organizations": raw.names(ids)}


@of(("profile_partnerships", "disagreements"))
def find_disagreements(raw: Raw, said: Claims) -> dict[str, Any]:
    """Own answers that the file contradicts; of whom it says nothing, it contradicts nobody."""
    found = categories(raw)
    told = {id_: word for id_, word in own_answers(raw).items() if word and id_ in found}
    other = sorted(i for i, word in told.items() if found[i] not in (word, "unclassified"))
    assert other
    first = other[0]
    return {"disagreements": len(other), "first": raw.name(first), "answer": told[first]}


@of(*(("profile_partnerships", f"next_{word.casefold().replace(' ', '_')}") for word in CATEGORIES))
def check_step(raw: Raw, said: Claims) -> dict[str, Any]:
    """The first of a category, and somebody of health care to ask; who that is follows a rank."""
    found = profiled(raw)
    (category,) = {found[id_] for id_ in named(raw, said["first"]) if id_ in found}
    kinds = {kind_of(raw.organizations[id_]) for id_ in named(raw, said["partner"])}
    of_category = sorted(id_ for id_, word in found.items() if word == category)
    assert kinds & HEALTH_CARE and 0 < said["organizations"] <= len(of_category)
    if said["organizations"] == len(of_category):
        assert raw.name(of_category[0]) == said["first"]
    return dict(said)


@of(("profile_partnerships", "no_answers"))
def find_no_answers(raw: Raw, said: Claims) -> dict[str, Any]:
    asked = ("strategic_priority", "competencies", "contract_intent", "contract_services")
    asked += ("contractor_type", "savings", "challenges")
    return {"answers": sum(bool(row[name]) for row in raw.rows("profiles") for name in asked)}


THEMES = {
    "strategic_prioritization": {"priority": "strategic_priority"},
    "benefits": {"competencies enhanced": "competencies"},
    "contract_acquisition": {
        "intent": "contract_intent",
        "services": "contract_services",
        "contractor type": "contractor_type",
    },
    "challenges": {"challenge": "challenges"},
}


@of(*(("profile_partnerships", theme) for theme in THEMES))
def count_answers(raw: Raw, said: Claims) -> dict[str, Any]:
    """How many give the answer that is given most of its theme; several stand in one cell."""
    counts: Counter[tuple[str, str]] = Counter()
    theme = next(columns for columns in THEMES.values() if said["about"] in columns)
    for (about, column), row in product(theme.items(), raw.rows("profiles")):
        texts = {part.strip().casefold() for part in row[column].split(";")} - {""}
        counts.update((about, text) for text in texts)
    assert counts[said["about"], said["answer"].casefold()] == max(counts.values())
    return {**said, "organizations": max(counts.values())}
