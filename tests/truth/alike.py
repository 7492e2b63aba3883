"""What organizations have in common, worked out from the raw files with plain dictionaries.

The graph of files that hold no ties: DESIGN's affinity, family by family. Nothing of partnet is
imported here.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import asin, cos, inf, log, radians, sin, sqrt
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from .raw import Raw, Row

COUNTIES = Path(__file__).parents[2] / "src" / "partnet" / "data" / "counties.csv"
VOCABULARY = tomllib.loads(COUNTIES.with_name("vocabulary.toml").read_text(encoding="utf-8"))
EARTH_KM = 6371.0088
STRONGEST = 10  # a pair stays if it is among the strongest of either end
NEARLY_ALL, LEAST_JUDGED = 0.8, 5  # what so many have tells nothing; fewer are not judged
FAMILIES = ("services", "funding", "populations", "places", "groups")

Entry = tuple[str, str, str, bool]  # family, organization, feature, whether it is a finer one


def list_entries(raw: Raw) -> Iterator[Entry]:
    """Every feature of every organization on the day."""
    for id_, row in raw.organizations.items():
        if row["county_fips"]:
            yield "places", id_, row["county_fips"], False
    for row in raw.rows("services"):
        id_, service = row["organization"], row["service"]
        county, people = row.get("county_fips", ""), row.get("population", "")
        yield "services", id_, service, False
        if county:
            yield "services", id_, f"{service} in {county}", True
            yield "places", id_, county, False
        if people:
            yield "services", id_, f"{service} for {people}", True
            yield "populations", id_, people, False
    for row in raw.rows("service_areas"):
        holds = raw.holds(row.get("since", ""), row.get("until", ""))
        if row["place_kind"] == "county" and row["place"] and holds:
            yield "places", row["organization"], row["place"], False
    for row in raw.rows("memberships"):
        if raw.holds(row.get("since", ""), row.get("until", "")):
            yield "groups", row["organization"], row["group"], False
    for row in raw.rows("funding"):
        if raw.holds(row.get("period_start", ""), row.get("period_end", "")):
            yield "funding", row["recipient"], row["program"], False
            if row["funder"]:
                yield "funding", row["recipient"], f"from {row['funder']}", True


def list_families(raw: Raw) -> list[str]:
    """Families in which anybody has an entry."""
    found = {family for family, _, _, finer in list_entries(raw) if not finer}
    return [family for family in FAMILIES if family in found]


def measure_family(entries: Mapping[str, set[tuple[str, bool]]]) -> dict[frozenset[str], float]:
    """a.b / (|a| |b| + s) of all pairs of one family, features weighed by log(N / holders)."""
    holders: dict[tuple[str, bool], int] = defaultdict(int)
    for features in entries.values():
        for feature in features:
            holders[feature] += 1
    known = len(entries)
    weights = {
        feature: 0.0 if known >= LEAST_JUDGED and n >= NEARLY_ALL * known else log(known / n)
        for feature, n in holders.items()
    }
    squares = {id_: sum(weights[f] ** 2 for f in own) for id_, own in entries.items()}
    positive = [value for value in squares.values() if value > 0]
    middle = median(positive) if positive else 1.0
    alike = {}
    for a, b in combinations(entries, 2):
        dot = sum(weights[f] ** 2 for f in entries[a] & entries[b])
        value = round(dot / (sqrt(squares[a]) * sqrt(squares[b]) + middle), 9)
        if value > 0:
            alike[frozenset((a, b))] = value
    return alike


def measure_alike(raw: Raw) -> dict[frozenset[str], float]:
    """Mean similarity over the families in which both ends have entries."""
    families: dict[str, dict[str, set[tuple[str, bool]]]] = defaultdict(lambda: defaultdict(set))
    for family, id_, feature, finer in list_entries(raw):
        families[family][id_].add((feature.casefold(), finer))
    sums: dict[frozenset[str], float] = defaultdict(float)
    for entries in families.values():
        for pair, value in measure_family(entries).items():
            sums[pair] += value
    return {
        pair: round(total / sum(pair <= entries.keys() for entries in families.values()), 9)
        for pair, total in sums.items()
    }


def find_points(raw: Raw) -> dict[str, tuple[float, float] | None]:
    """Where each organization is: its coordinates, else its town's, else its county's middle."""
    with COUNTIES.open(encoding="utf-8", newline="") as file:
        middles = {row["fips"]: row for row in csv.DictReader(file)}
    towns: dict[tuple[str, ...], list[tuple[float, float]]] = defaultdict(list)
    for row in raw.organizations.values():
        if row["latitude"] and row["longitude"]:
            for key in name_towns(row):
                towns[key].append((float(row["latitude"]), float(row["longitude"])))
    found: dict[str, tuple[float, float] | None] = {}
    for id_, row in raw.organizations.items():
        own = row["latitude"] and row["longitude"]
        others = [] if own else next((towns[key] for key in name_towns(row) if key in towns), [])
        place = row if own else middles.get(row["county_fips"])
        middle = place and (float(place["latitude"]), float(place["longitude"]))
        found[id_] = (
            (fmean(p[0] for p in others), fmean(p[1] for p in others)) if others else middle
        )
    return found


def name_towns(row: Row) -> Iterator[tuple[str, ...]]:
    """What others in the town share: the ZIP code, else the town and its county."""
    if row.get("zip"):
        yield ("zip", row["zip"])
    if row.get("city", "").strip() and row["county_fips"]:
        yield ("town", row["city"].strip().casefold(), row["county_fips"])


def measure_km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    """Great-circle distance to the meter; infinite where a place is not known."""
    if not one or not other:
        return inf
    (phi, lam), (to_phi, to_lam) = ((radians(x), radians(y)) for x, y in (one, other))
    chord = sin((to_phi - phi) / 2) ** 2 + cos(phi) * cos(to_phi) * sin((to_lam - lam) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(min(chord, 1.0))), 3)


def keep_strongest(raw: Raw, alike: Mapping[frozenset[str], float]) -> nx.Graph:
    """The graph of the pairs that are among the strongest of either end; of equals the nearest."""
    ids, points = list(raw.organizations), find_points(raw)
    place = {id_: k for k, id_ in enumerate(ids)}
    near: dict[str, list[tuple[float, float, int, str]]] = defaultdict(list)
    for pair, value in alike.items():
        for a, b in (tuple(pair), tuple(pair)[::-1]):
            near[a].append((-value, measure_km(points[a], points[b]), place[b], b))
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    for id_, others in near.items():
        graph.add_edges_from((id_, other) for *_, other in sorted(others)[:STRONGEST])
    return graph
