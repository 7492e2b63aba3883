from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.brokerage import ROLES, code_groups, count_brokerage

from .graphs import graphs, layer_of

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
