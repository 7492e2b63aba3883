"""Every verb gives the same rows on every engine and in memory: those of plain Python."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from itertools import combinations
from math import log, sqrt
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from benchmarks.store import hash_rows
from benchmarks.store_nation import fill_nation
from partnet.store.store import Store, open_store

from .tables import File, draw_files, fill_tables

PLACES = ("nation.duckdb", "nation")
WIDEST = 3
VERBS: dict[str, dict[str, Any]] = {
    "affinity": {"k": 3, "widest": WIDEST},
    "shared_partners": {"k": 3, "widest": WIDEST},
    "components": {},
    "pagerank": {},
}  # those that are worked out in two ways
SUMS = ("recipient", "program", "fiscal_year")
Pair = tuple[str, str]


def list_known(files: list[File]) -> dict[str, str]:
    """Organizations and their counties; the first file that states one counts."""
    found: dict[str, str] = {}
    for file in files:
        for row in file["organizations"]:
            found[row["id"]] = found.get(row["id"], "") or row["county_fips"]
    return dict(sorted(found.items()))


def list_ties(files: list[File]) -> nx.Graph:
    """Money, membership and ownership between organizations that are known."""
    graph = nx.empty_graph(list_known(files))
    ends = {"funding": ("funder", "recipient"), "memberships": ("organization", "group"),
            "affiliations": ("organization", "parent")}  # fmt: skip
    for file in files:
        for table, (a, b) in ends.items():
            pairs = [(row[a], row[b]) for row in file[table]]
            graph.add_edges_from((a, b) for a, b in pairs if a != b and a in graph and b in graph)
    return graph


def list_features(files: list[File]) -> dict[str, dict[str, set[tuple[bool, str]]]]:
    """By family and organization: what it has, and whether that is plain or nested."""
    known = list_known(files)
    found: dict[str, dict[str, set[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(set))

    def note(family: str, who: str, what: str, plain: bool = True) -> None:
        if who in known and what:
            found[family][who].add((plain, what.lower()))

    for who, county in known.items():
        note("places", who, county)
    for file in files:
        for row in file["services"]:
            who, service = row["organization"], row["service"]
            note("services", who, service)
            note("places", who, row["county_fips"])
            note("populations", who, row["population"])
            for more in (row["county_fips"], row["population"]):
                note("services", who, more and f"{service} with {more}", plain=False)
        for row in file["funding"]:
            note("funding", row["recipient"], row["program"])
            note("funding", row["recipient"], row["funder"], plain=False)
        for row in file["memberships"]:
            note("groups", row["organization"], row["group"])
    return found


def rank_plainly(files: list[File]) -> dict[Pair, tuple[float, int]]:
    """Affinity and number of shared features of every pair that has any."""
    total: Counter[Pair] = Counter()
    shared: Counter[Pair] = Counter()
    families = list_features(files)
    for owners in families.values():
        held = Counter(feature for features in owners.values() for feature in features)
        n = len(owners)
        weights = {
            feature: log(n / k) ** 2
            for feature, k in held.items()
            if k < n and k <= WIDEST and not (k >= 0.8 * n and n >= 5)
        }
        norms = {o: sum(weights.get(f, 0) for f in features) for o, features in owners.items()}
        middle = median([norm for norm in norms.values() if norm] or [1.0])
        for a, b in combinations(sorted(owners), 2):
            common = [f for f in owners[a] & owners[b] if f in weights]
            if common:
                dot = sum(weights[f] for f in common)
                total[a, b] += dot / (sqrt(norms[a]) * sqrt(norms[b]) + middle)
                shared[a, b] += sum(plain for plain, _ in common)
    both = {pair: sum({*pair} <= {*owners} for owners in families.values()) for pair in total}
    return {pair: (total[pair] / both[pair], shared[pair]) for pair in total}


def check_affinity(store: Store, files: list[File]) -> None:
    """Hold affinity against plain Python, and candidates against affinity."""
    table = store.affinity(k=100, widest=WIDEST).table
    known = rank_plainly(files)
    assert len(table) == 2 * len(known)
    for row in table.itertuples():
        value, shared = known[
            min(row.organization, row.partner), max(row.organization, row.partner)
        ]
        assert row.affinity == pytest.approx(value, abs=1e-8) and row.n_shared == shared
    for _, own in table.groupby("organization"):
        order = list(zip(-own["affinity"], own["partner"], strict=True))
        assert order == sorted(order) and own["rank"].tolist() == [*range(1, len(own) + 1)]
    for organization in table["organization"].head(1):
        own = table[table["organization"] == organization]
        tied = list(list_ties(files)[organization])
        free = own[~own["partner"].isin(tied)].head(2)
        found = store.candidates(organization, 2, widest=WIDEST).table
        columns = ["partner", "affinity", "n_shared"]
        assert found[columns].values.tolist() == free[columns].values.tolist()


def check_graph(store: Store, files: list[File]) -> None:
    """Hold the measures of the graph against networkx."""
    graph = list_ties(files)
    degree, parts = store.degree().table["degree"], store.components().table["component"]
    assert degree.to_dict() == dict(graph.degree())
    lowest = {node: min(part) for part in nx.connected_components(graph) for node in part}
    assert parts.to_dict() == lowest
    ranks = store.pagerank().table["pagerank"].to_dict()
    assert ranks == pytest.approx(nx.pagerank(graph, tol=1e-12, max_iter=2000), abs=1e-6)
    found = store.shared_partners(k=100, widest=WIDEST).table
    wanted = {
        (a, b): sum(graph.degree(c) <= WIDEST for c in nx.common_neighbors(graph, a, b))
        for a in graph for b in graph if a != b
    }  # fmt: skip
    pairs = zip(found["organization"], found["partner"], found["n_shared"], strict=True)
    assert {(a, b): n for a, b, n in pairs} == {pair: n for pair, n in wanted.items() if n}


def check_sums(store: Store, files: list[File]) -> None:
    """Hold money and services against a walk over the rows."""
    known = list_known(files)
    cents: Counter[tuple[str, ...]] = Counter()
    offered = defaultdict(set)
    for file in files:
        for row in file["funding"]:
            if row["recipient"] in known:
                cents[tuple(row[c] for c in SUMS)] += round(float(row["amount"]) * 100)
        for row in file["services"]:
            county = row["county_fips"] or known.get(row["organization"], "")
            if row["organization"] in known and county:
                offered[county, row["service"].lower()].add(row["organization"])
    money = store.investment(by=SUMS).table
    found = {tuple(row[:3]): round(row[3] * 100) for row in money.values.tolist()}
    assert found == dict(cents)
    table = store.coverage().table
    counted = zip(table["county_fips"], table["service"], table["organizations"], strict=True)
    assert {(c, s): n for c, s, n in counted} == {key: len(who) for key, who in offered.items()}


def ask_all(store: Store) -> dict[str, pd.DataFrame]:
    """Every answer that an engine gives."""
    asked = {name: getattr(store, name)(way="engine", **more) for name, more in VERBS.items()}
    asked |= {"degree": store.degree(), "coverage": store.coverage()}
    asked["investment"] = store.investment(by=SUMS)
    return {name: answer.table for name, answer in asked.items()}


def check_store(place: Path, files: list[File]) -> dict[str, pd.DataFrame]:
    """Hold every verb of a store against loops in memory and plain Python."""
    with open_store(place) as store:
        fill_tables(store, *files)
        answers = ask_all(store)
        for name, more in VERBS.items():
            memory = getattr(store, name)(way="memory", **more).table
            pd.testing.assert_frame_equal(answers[name], memory, check_dtype=True)
        check_affinity(store, files)
        check_graph(store, files)
        check_sums(store, files)
    return answers


@pytest.mark.slow
@settings(max_examples=8, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_every_verb_gives_the_same_rows(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = draw_files(random.Random(seed))
    folder = tmp_path_factory.mktemp("nation")
    duck, parquet = (check_store(folder / place, files) for place in PLACES)
    for name, table in duck.items():
        pd.testing.assert_frame_equal(table, parquet[name], check_dtype=True)


@pytest.mark.slow
def test_a_larger_nation_has_the_same_rows_within_little_memory() -> None:
    """The nation that is measured, with less memory than it takes, and a State out of it."""
    with open_store(":memory:", memory_limit="300MB") as store:
        fill_nation(store, 5_000)
        for name, more in VERBS.items():
            settings = more | {"widest": 60} if "widest" in more else more
            engine, memory = (
                getattr(store, name)(way=way, **settings).table for way in ("engine", "memory")
            )
            assert len(engine) > 1_000 and hash_rows(engine) == hash_rows(memory), name
        assert len(store.network(state="TX").ids) > 100
