"""What a nation is asked: the engine and the loops in memory give the same rows."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from partnet.core.errors import PartnetError, UsageError
from partnet.facts.graph.affinity import build_affinity
from partnet.linkage.match import match_organizations
from partnet.places.location import place_organizations
from partnet.public.region import make_region
from partnet.store.affinity import PAIR_BYTES, cut_spans
from partnet.store.extraction import extract_files
from partnet.store.graph import read_graph
from partnet.store.store import Store, open_store
from tests.public.readers.files import write_hospitals, write_pilot
from tests.shared_data import CMS, FCC, OEPS, needs_shared_data

from .test_extraction import write_rows

TOWNS = {"NE": ("68739", "Hartington"), "KS": ("66044", "Lawrence"), "TX": ("79901", "El Paso")}
ENGINES = ("nation.duckdb", "nation")


def make_subawards(seed: int, rows: int = 60) -> list[dict[str, str]]:
    """Subawards among few parties, some without an identifier, some dated, some not."""
    draw = random.Random(seed)
    made = []
    for k in range(rows):
        state, to = draw.choice([*TOWNS]), draw.choice([*TOWNS])
        prime, sub = draw.randrange(6), draw.randrange(14)
        made.append(
            {
                "prime_award_unique_key": f"K{prime}",
                "prime_award_fain": f"A{prime}",
                "prime_award_cfda_numbers_and_titles": f"Program {draw.randrange(5)}",
                "prime_awardee_name": f"Prime {prime}",
                "prime_awardee_uei": f"PRIME00000{prime:02d}",
                "prime_awardee_state_code": state,
                "subaward_number": str(k),
                "subaward_amount": f"{draw.randrange(1, 10_000)}.{draw.randrange(100):02d}",
                "subaward_action_date": draw.choice(["2024-03-01", "2024-11-15", ""]),
                "subawardee_uei": f"SUBAWARD00{sub:02d}" if sub % 3 else "",
                "subawardee_name": f"Clinic {sub}",
                "subawardee_city_name": TOWNS[to][1],
                "subawardee_state_code": to,
                "subawardee_zip_code": TOWNS[to][0],
            }
        )
    return made


def fill(folder: Path, place: str = "nation.duckdb", seed: int = 1) -> Store:
    """A store of three small files."""
    store = open_store(folder / place)
    awards = write_rows(folder / "subawards.csv", make_subawards(seed))
    store.add([write_hospitals(folder), write_pilot(folder), awards])
    return store


@pytest.mark.slow
@pytest.mark.parametrize("place", ENGINES)
def test_the_engine_and_the_loops_give_the_same_rows(tmp_path: Path, place: str) -> None:
    with fill(tmp_path, place) as store:
        for name, settings in (
            ("affinity", {"k": 50, "widest": 12}),
            ("shared_partners", {"k": 4}),
            ("components", {}),
            ("pagerank", {}),
        ):
            verb = getattr(store, name)
            engine, memory = verb(way="engine", **settings), verb(way="memory", **settings)
            assert len(engine.table) > 3
            pd.testing.assert_frame_equal(engine.table, memory.table, check_dtype=True)


@pytest.mark.slow
def test_affinity_is_that_of_the_network(tmp_path: Path) -> None:
    """Organizations with identifiers only, so that nothing is linked by name."""
    rows = [row for row in make_subawards(4) if row["subawardee_uei"]]
    with open_store(":memory:") as store:
        store.add([write_rows(tmp_path / "subawards.csv", rows)])
        store.link()
        found = store.affinity(k=1000).table
        net = store.network(nation=True)
    pairs = build_affinity(net, families=["funding", "places"], k=1000).pairs
    known = {(row.a, row.b): row.affinity for row in pairs.itertuples()}
    mine = {(row.organization, row.partner): row.affinity for row in found.itertuples()}
    assert len(known) > 10
    for (a, b), value in known.items():
        assert mine[a, b] == mine[b, a] == pytest.approx(value, abs=1e-8)


def test_less_memory_makes_more_parts_of_a_join() -> None:
    """Four organizations with 400 rows each: two million bytes hold them all, 160,000 hold two."""
    import ibis

    rows = ibis.memtable({"organization": [4, 1, 7, 2], "rows": [400] * 4})
    assert list(cut_spans(rows, 2_000_000)) == [(1, 7)]
    assert list(cut_spans(rows, 2 * 400 * PAIR_BYTES + PAIR_BYTES)) == [(1, 2), (4, 7)]
    assert list(cut_spans(rows, 0)) == [(k, k) for k in (1, 2, 4, 7)]
    assert list(cut_spans(rows.filter(rows.rows > 400), 0)) == []


def test_too_little_memory_is_said_and_what_to_do_about_it(tmp_path: Path) -> None:
    fill(tmp_path).close()
    with (
        open_store(tmp_path / "nation.duckdb", memory_limit="4MB", read_only=True) as store,
        pytest.raises(PartnetError, match=r"nation\.duckdb: found that this needs more memory"),
    ):
        store.affinity(way="engine")
    with open_store(tmp_path / "nation.duckdb", memory_limit="300MB", read_only=True) as store:
        assert len(store.affinity(way="engine", k=50, widest=12).table) > 3


def test_affinity_of_two_that_share_a_rare_program() -> None:
    with open_store(":memory:") as store:
        store._shelf.append("files", _ledger(1))
        _fill_tables(store, {"a": "p", "b": "p", "c": "q", "d": "r", "e": "s", "f": "t"})
        table = store.affinity(k=2).table
        assert table[["organization", "partner", "rank"]].values.tolist() == [
            ["a", "b", 1],
            ["b", "a", 1],
        ]
        # one shared program of weight w = log(6/2)^2; every norm is log(6)^2 or w
        w, lone = np.log(3) ** 2, np.log(6) ** 2
        assert table["affinity"].iloc[0] == pytest.approx(w / (w + lone), abs=2e-9)


def _ledger(number: int) -> object:
    from partnet.store.loading import make_rows

    entry = {"file_no": number, "load": 1, "path": "x", "sha256": "x", "file": "x", "wide": False}
    told = {"reader": "usaspending_subawards", "family": "x", "release": "x", "home": ""}
    counts = {"rows_read": 1, "used": 1, "set_aside": 0}
    return make_rows("files", [{**entry, **told, **counts, "row_states": '[""]', "states": "[]"}])


def _fill_tables(store: Store, programs: dict[str, str]) -> None:
    from partnet.store.layout import COLUMNS, NUMBERS
    from partnet.store.loading import make_rows

    def blank(table: str) -> dict[str, object]:
        return {column: 1 if column in NUMBERS else "" for column in COLUMNS[table]}

    organizations = [
        blank("organizations") | {"id": id_, "name": id_, "kind": "other", "seq": k}
        for k, id_ in enumerate(programs)
    ]
    money = [
        blank("funding") | {"recipient": id_, "program": program, "amount": "5", "seq": k}
        for k, (id_, program) in enumerate(programs.items())
    ]
    store._shelf.append("organizations", make_rows("organizations", organizations))
    store._shelf.append("funding", make_rows("funding", money))


def test_measures_of_the_graph_against_networkx(tmp_path: Path) -> None:
    with fill(tmp_path) as store:
        matrix = read_graph(store._nation)
        degree, parts = store.degree().table, store.components().table
        ranks, shared = store.pagerank().table, store.shared_partners(k=100).table
    graph = nx.from_scipy_sparse_array(matrix)
    ids = degree.index
    assert (
        degree["degree"].tolist() == [d for _, d in graph.degree()] and degree["degree"].max() > 3
    )
    for component in nx.connected_components(graph):
        assert set(parts["component"].iloc[list(component)]) == {ids[min(component)]}
    known = nx.pagerank(graph, tol=1e-12, max_iter=2000)
    np.testing.assert_allclose(ranks["pagerank"], [known[k] for k in range(len(ids))], atol=1e-6)
    counts: Counter[tuple[str, str]] = Counter()
    for middle in graph:
        ends = sorted(graph[middle])
        counts.update((ids[a], ids[b]) for a in ends for b in ends if a != b)
    found = zip(shared["organization"], shared["partner"], shared["n_shared"], strict=True)
    assert {(a, b): n for a, b, n in found} == dict(counts)


def test_money_counts_each_dollar_once(tmp_path: Path) -> None:
    rows = make_subawards(3, 2)
    rows[0] |= {"subaward_amount": "100.10", "subaward_action_date": "2024-03-01"}
    rows[1] |= {"subaward_amount": "50", "subaward_action_date": "2024-11-01"}
    with open_store(":memory:") as store:
        store.add([write_rows(tmp_path / "subawards.csv", rows)])
        table = store.investment(by=["fiscal_year"]).table
        assert table[["fiscal_year", "dollars"]].values.tolist() == [
            ["2024", 100.1],
            ["2025", 50.0],
        ]
        with pytest.raises(UsageError, match="by: found 'color'"):
            store.investment(by=["color"])


def test_money_by_state_and_program_adds_up(tmp_path: Path) -> None:
    with fill(tmp_path) as store:
        table = store.investment(by=["state", "program"]).table
        whole = store.investment(by=["fiscal_year"]).table
    rows = make_subawards(1)
    total = sum(round(float(row["subaward_amount"]) * 100) for row in rows)
    assert round(table["dollars"].sum() * 100) == round(whole["dollars"].sum() * 100) == total
    by_program: dict[str, int] = defaultdict(int)
    for row in rows:
        cents = round(float(row["subaward_amount"]) * 100)
        by_program[row["prime_award_cfda_numbers_and_titles"]] += cents
    found = table.groupby("program")["dollars"].sum()
    assert {k: round(v * 100) for k, v in found.items() if k in by_program} == by_program


def test_coverage_counts_organizations_by_county(tmp_path: Path) -> None:
    with fill(tmp_path) as store:
        table = store.coverage().table
        services = store._shelf.table("services").to_pandas()
    counted = services.groupby(["county_fips", "service"])["organization"].nunique()
    assert not table.empty
    for row in table.itertuples():
        assert counted[row.county_fips, row.service] == row.organizations


def test_candidates_have_no_tie_on_file(tmp_path: Path) -> None:
    with fill(tmp_path) as store:
        table = store.affinity(k=1000).table
        organization = table["organization"].value_counts().idxmax()
        found = store.candidates(organization, 5).table
        ids = store.degree().table.index
        tied = set(ids[read_graph(store._nation)[[ids.get_loc(organization)]].indices])
        with pytest.raises(UsageError, match="organization: found 'nobody'"):
            store.candidates("nobody")
    own = table[table["organization"] == organization]
    wanted = own[~own["partner"].isin(tied)].head(5)
    assert found["partner"].tolist() == wanted["partner"].tolist()
    assert found["affinity"].tolist() == wanted["affinity"].tolist()


def test_an_empty_store_says_so() -> None:
    with open_store(":memory:") as store:
        for verb in (store.affinity, store.degree, store.coverage, store.link, store.components):
            with pytest.raises(UsageError, match="found no organizations"):
                verb()
        with pytest.raises(UsageError, match="way: found 'cluster'"):
            store.affinity(way="cluster")
        with pytest.raises(UsageError, match="k: found 0"):
            store.affinity(k=0)


def merges_of(table: pd.DataFrame) -> set[frozenset[str]]:
    """Pairs that are the same organization."""
    return {frozenset(p) for p in table.loc[table["decision"] == "same", ["a", "b"]].to_numpy()}


@pytest.mark.slow
@needs_shared_data
def test_linking_finds_what_the_matcher_finds(tmp_path: Path) -> None:
    with open_store(tmp_path / "nation.duckdb") as store:
        store.add([CMS, FCC, OEPS])
        assert "have not been linked" in json.dumps(dict(store.degree().method.settings))
        linked = store.link().table
        assert len(store.degree().table) < len(store._nation.sources().to_pandas())
        assert store._nation.is_linked
        files = extract_files(store._shelf, make_region(nation=True))
    parts = [place_organizations(file.tables["organizations"]) for file in files]
    matched = match_organizations(*parts).table
    assert len(merges_of(matched)) > 300
    assert merges_of(matched) - merges_of(linked) == set()
    assert len(merges_of(linked) - merges_of(matched)) <= 2  # one town, two ZIP codes


@pytest.mark.slow
def test_a_judgment_is_obeyed(tmp_path: Path) -> None:
    with fill(tmp_path) as store:
        (pair,) = merges_of(store.link().table)
        a, b = sorted(pair)
        apart = pd.DataFrame({"a": [a], "b": [b], "judgment": ["not the same"]})
        assert merges_of(store.link(apart).table) == set()
        both = {a, b} <= set(store.degree().table.index)
        assert both
        others = sorted(set(store.degree().table.index) - pair)[:2]
        same = pd.DataFrame({"a": [others[0]], "b": [others[1]], "judgment": ["same"]})
        assert frozenset(others) in merges_of(store.link(same).table)
        assert len({*others} & set(store.degree().table.index)) == 1
