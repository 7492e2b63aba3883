from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.positions.brokerage import (
    ROLES,
    code_groups,
    compare_brokerage,
    count_brokerage,
    measure_participation,
)

from ..graphs import graphs, layer_of

EITHER = st.booleans().flatmap(lambda directed: graphs(directed=directed))


def test_each_role_once() -> None:
    ends = {
        "coordinator": ("A", "A", "A"),
        "itinerant": ("A", "B", "A"),
        "gatekeeper": ("A", "B", "B"),
        "representative": ("A", "A", "B"),
        "liaison": ("A", "B", "C"),
    }
    for role, path in ends.items():
        layer = layer_of(nx.DiGraph([(0, 1), (1, 2)]))
        codes = np.array(["ABC".index(group) for group in path], dtype=np.int32)
        counted = count_brokerage(layer, codes).loc["1"]
        assert counted[role] == counted["brokerage"] == 1
        assert counted[list(ROLES)].sum() == 1


def test_ties_without_direction_count_both_orders() -> None:
    counted = count_brokerage(layer_of(nx.path_graph(3)), np.array([0, 0, 1], dtype=np.int32))
    assert counted.loc["1"].tolist() == [0, 0, 1, 1, 0, 2]


@given(EITHER, st.data())
def test_census_equals_plain_loops(graph: nx.Graph, data: st.DataObject) -> None:
    codes = [data.draw(st.integers(-1, 2)) for _ in graph]
    found = count_brokerage(layer_of(graph), np.array(codes, dtype=np.int32)).to_numpy()
    assert found.tolist() == _census(nx.to_numpy_array(graph, weight=None), codes)


def test_hubs_are_looked_up() -> None:
    graph = nx.star_graph(120)
    graph.add_edges_from([(1, 2), (2, 3), (5, 9)])
    codes = [v % 3 for v in graph]
    found = count_brokerage(layer_of(graph, weight=None), np.array(codes, dtype=np.int32))
    assert found.to_numpy().tolist() == _census(nx.to_numpy_array(graph), codes)


def test_small_and_unknown_groups_have_no_number() -> None:
    groups = pd.Series(["b", "a", "b", "", "b", "a"])
    codes, labels = code_groups(groups)
    assert codes.tolist() == [0, -1, 0, -1, 0, -1]
    assert labels == ["b"]
    assert code_groups(groups, smallest=1)[1] == ["a", "b"]


def test_nobody_and_no_ties() -> None:
    assert count_brokerage(layer_of(nx.empty_graph(0)), np.zeros(0, np.int32)).shape == (0, 6)
    counted = count_brokerage(layer_of(nx.empty_graph(3)), np.zeros(3, np.int32))
    assert counted.to_numpy().sum() == 0


def test_any_number_of_workers_gives_the_same_census() -> None:
    graph = nx.gnm_random_graph(200, 900, seed=4, directed=True)
    codes = np.array([v % 4 for v in graph], dtype=np.int32)
    found = [count_brokerage(layer_of(graph), codes, workers=w) for w in (1, 2, 4)]
    assert found[0].equals(found[1]) and found[0].equals(found[2])


@given(EITHER, st.data())
def test_expected_roles_equal_the_mean_over_every_way_of_dealing_groups(
    graph: nx.Graph, data: st.DataObject
) -> None:
    small = graph.subgraph(list(graph)[:5])
    codes = [data.draw(st.integers(-1, 1)) for _ in small]
    layer = layer_of(small)
    found = compare_brokerage(layer, np.array(codes, dtype=np.int32), permutations=0)
    assert found["z"].isna().all()  # no draws, no spread
    known = [v for v, code in enumerate(codes) if code >= 0]
    tie, counts = nx.to_numpy_array(small, weight=None), []
    for dealt in permutations([codes[v] for v in known]):
        anew = list(codes)
        for v, code in zip(known, dealt, strict=True):
            anew[v] = code
        counts.append(_census(tie, anew))
    mean = np.mean(np.array(counts, dtype=float).reshape(len(counts), len(codes), 6), axis=0)
    np.testing.assert_allclose(found["expected"], mean[:, :5].ravel(), atol=1e-9)


def test_z_is_the_distance_in_spreads_of_the_draws() -> None:
    # 0 joins three teams that are cliques: always liaison or gatekeeper, more than chance gives
    graph = nx.disjoint_union_all([nx.complete_graph(4)] * 3)
    graph.add_edges_from([(0, 4), (0, 8), (4, 8)])
    codes = np.array([v // 4 for v in graph], dtype=np.int32)
    found = compare_brokerage(layer_of(graph), codes, permutations=400)
    own = found[found["organization"] == "0"].set_index("role")
    assert list(own.index) == list(ROLES)
    assert own.loc["gatekeeper", "count"] == 6  # two outside partners x three inside
    assert own.loc["gatekeeper", "z"] > 2 > own.loc["coordinator", "z"]
    share = {"coordinator": 3 * 4 * 3 * 2, "gatekeeper": 3 * 4 * 3 * 8}
    total = 12 * 11 * 10
    for role, ways in share.items():
        assert own.loc[role, "expected"] == pytest.approx(own["count"].sum() * ways / total)


def test_comparison_is_repeatable_and_bounded() -> None:
    layer = layer_of(nx.gnm_random_graph(40, 120, seed=1))
    codes = np.array([v % 3 for v in range(40)], dtype=np.int32)
    one = compare_brokerage(layer, codes, permutations=50)
    assert one.equals(compare_brokerage(layer, codes, permutations=50, workers=2))
    assert one["z"].abs().max() < 10
    sums = one.groupby("organization")[["count", "expected"]].sum()
    np.testing.assert_allclose(sums["count"], sums["expected"])  # every open pair has one role


def test_where_draws_would_take_minutes_there_is_no_z(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet.measures.positions.brokerage.MOST_STEPS", 10.0)
    found = compare_brokerage(layer_of(nx.star_graph(5)), np.zeros(6, np.int32))
    assert found["z"].isna().all() and found["expected"].iloc[0] == 20


def test_participation_by_hand() -> None:
    # 0 has two partners in team 0, one in 1, one in 2, and one of no known team
    graph = nx.star_graph(5)
    codes = np.array([0, 0, 0, 1, 2, -1], dtype=np.int32)
    found = measure_participation(layer_of(graph), codes)
    assert found[0] == pytest.approx(1 - (0.5**2 + 0.25**2 + 0.25**2))
    assert found[1:].tolist() == [0.0] * 5  # one partner is one group
    assert np.isnan(measure_participation(layer_of(graph), np.full(6, -1, np.int32))).all()
    assert measure_participation(layer_of(nx.empty_graph(0)), np.zeros(0, np.int32)).shape == (0,)


@given(EITHER, st.data())
def test_participation_equals_plain_loops(graph: nx.Graph, data: st.DataObject) -> None:
    codes = [data.draw(st.integers(-1, 2)) for _ in graph]
    found = measure_participation(layer_of(graph), np.array(codes, dtype=np.int32))
    plain = graph.to_undirected()
    for v, value in enumerate(found):
        teams = [codes[w] for w in plain[v] if codes[w] >= 0]
        if not teams:
            assert np.isnan(value)
            continue
        shares = [teams.count(team) / len(teams) for team in set(teams)]
        assert value == pytest.approx(1 - sum(share**2 for share in shares))


def _census(tie: np.ndarray, groups: list[int]) -> list[list[int]]:
    """Gould and Fernandez by three loops."""
    n = len(tie)
    census = [[0] * 6 for _ in range(n)]
    for v in range(n):
        for u in range(n):
            for w in range(n):
                if len({u, v, w}) < 3 or not (tie[u, v] and tie[v, w]) or tie[u, w]:
                    continue
                census[v][5] += 1
                a, b, c = groups[u], groups[v], groups[w]
                if min(a, b, c) < 0:
                    continue
                same = (a == b, b == c, a == c)
                role = {
                    (True, True, True): 0,
                    (False, False, True): 1,
                    (False, True, False): 2,
                    (True, False, False): 3,
                    (False, False, False): 4,
                }[same]
                census[v][role] += 1
    return census
