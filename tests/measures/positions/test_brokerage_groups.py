from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from partnet.measures.groups.group_borders import list_group_e_i, measure_e_i
from partnet.measures.positions.brokerage import ROLES
from partnet.measures.positions.brokerage_groups import list_group_brokerage, weigh_brokerage

from ..graphs import layer_of, random_networks, two_cliques


def name_role(a: int, b: int, c: int) -> int:
    if -1 in (a, b, c):
        return -1
    if a == b == c:
        return 0
    if a == c:
        return 1
    return 2 if b == c else 3 if a == b else 4


def count_plainly(graph: nx.Graph, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Roles of every broker: plain counts, and each pair shared by its brokers."""
    tie = nx.to_numpy_array(graph, weight=None)
    counts, shared = np.zeros((2, len(tie), 6))
    for u, w in permutations(range(len(tie)), 2):
        brokers = np.flatnonzero((tie[u] > 0) & (tie[:, w] > 0))
        for v in brokers if not tie[u, w] else ():
            role = name_role(groups[u], groups[v], groups[w])
            for column in {5, role} - {-1}:
                counts[v, column] += 1
                shared[v, column] += 1 / len(brokers)
    return counts, shared


def deal_groups(n: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-1 if seed % 2 else 0, 3, size=n).astype(np.int32)


@pytest.mark.parametrize("directed", [False, True])
def test_roles_by_group_equal_plain_loops_on_random_networks(directed: bool) -> None:
    for seed, graph in enumerate(random_networks(directed=directed)):
        layer, groups = layer_of(graph), deal_groups(len(graph), seed)
        counts, shared = count_plainly(graph, groups)
        assert weigh_brokerage(layer, groups).to_numpy() == pytest.approx(shared, abs=1e-9)
        found = list_group_brokerage(layer, groups, list("abc"), permutations=0)
        for g, label in enumerate("abc"):
            rows = found[found["group"] == label]
            here = groups == g
            assert rows["count"].to_numpy() == pytest.approx(counts[here][:, :5].sum(axis=0))
            assert rows["weighted"].to_numpy() == pytest.approx(
                shared[here][:, :5].sum(axis=0), abs=1e-9
            )


def test_two_cliques_and_a_bridge_by_hand() -> None:
    groups = np.array([0, 0, 0, 1, 2, 2, 2], dtype=np.int32)
    found = list_group_brokerage(layer_of(two_cliques()), groups, list("abc"), permutations=0)
    table = found.set_index(["group", "role"])["count"]
    assert table["b", "liaison"] == 2  # 2 and 4, in both orders
    assert table["a", "gatekeeper"] == table["a", "representative"] == 2  # 0 and 1 to 3
    assert table["a", "coordinator"] == 0


def test_expected_is_the_mean_over_all_ways_to_permute_the_labels() -> None:
    graph = nx.gnp_random_graph(6, 0.5, seed=5, directed=True)
    labels = [0, 0, 1, 1, 2, 2]
    ways = sorted(set(permutations(labels)))
    mean = np.zeros((3, 5))
    for way in ways:
        groups = np.array(way)
        counts, _ = count_plainly(graph, groups)
        for g in range(3):
            mean[g] += counts[groups == g][:, :5].sum(axis=0) / len(ways)
    found = list_group_brokerage(
        layer_of(graph), np.array(labels, dtype=np.int32), list("abc"), permutations=400
    )
    assert found["expected"].to_numpy() == pytest.approx(mean.ravel(), abs=1e-9)
    assert found["z"].notna().any()


def test_expected_by_density_counts_the_triples_that_fit() -> None:
    graph = nx.gnp_random_graph(7, 0.4, seed=1, directed=True)
    groups = np.array([0, 0, 0, 1, 1, 2, 2], dtype=np.int32)
    d = graph.number_of_edges() / 42
    fits = np.zeros((3, 5))
    for u, v, w in permutations(range(7), 3):
        fits[groups[v], name_role(groups[u], groups[v], groups[w])] += 1
    found = list_group_brokerage(layer_of(graph), groups, list("abc"), permutations=0)
    assert found["expected_density"].to_numpy() == pytest.approx(fits.ravel() * d * d * (1 - d))
    assert found["role"].tolist() == list(ROLES) * 3 and found["z"].isna().all()


def test_no_groups_and_nobody() -> None:
    nobody = layer_of(nx.empty_graph(0))
    assert list_group_brokerage(nobody, np.zeros(0, np.int32), []).empty
    unknown = list_group_brokerage(layer_of(two_cliques()), np.full(7, -1, np.int32), [])
    assert unknown.empty


def test_e_i_of_groups_and_organizations_by_hand() -> None:
    groups = np.array([0, 0, 0, 1, 1, 1, -1], dtype=np.int32)
    layer = layer_of(two_cliques())
    own = measure_e_i(layer, groups)
    assert own["e_i"].tolist()[:4] == pytest.approx([-1, -1, -1 / 3, 0])
    assert np.isnan(own["e_i"].iloc[6])
    table = list_group_e_i(layer, groups, ["x", "y"])
    assert table.loc["x"].tolist() == [3, 6, 1, pytest.approx(-5 / 7)]
    assert table.loc["y"].tolist() == [3, 4, 1, pytest.approx(-3 / 5)]


@pytest.mark.parametrize("directed", [False, True])
def test_e_i_equals_plain_loops_on_random_networks(directed: bool) -> None:
    for seed, graph in enumerate(random_networks(directed=directed)):
        groups = pd.Series(deal_groups(len(graph), seed), index=list(graph))
        flat = graph.to_undirected() if directed else graph
        found = measure_e_i(layer_of(graph), groups.to_numpy())["e_i"]
        for v in graph:
            near = [groups[w] == groups[v] for w in flat[v] if groups[w] >= 0 and groups[v] >= 0]
            expected = 1 - 2 * np.mean(near) if near else np.nan
            assert found[str(v)] == pytest.approx(expected, abs=1e-12, nan_ok=True)
