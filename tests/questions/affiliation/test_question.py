"""Two-mode measures: by hand, on the Southern women, and against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from networkx.algorithms import bipartite
from scipy import sparse

import partnet as pn
from partnet.core.errors import UsageError
from partnet.measures.centrality.two_modes import measure_two_modes
from partnet.questions.affiliation.question import measure_affiliation

from ...builders import make_network

MATRICES = hnp.arrays(
    np.int8, st.tuples(st.integers(1, 7), st.integers(1, 6)), elements=st.integers(0, 1)
)


def as_graph(matrix: np.ndarray) -> tuple[nx.Graph, list[int], list[int]]:
    n, m = matrix.shape
    graph = nx.Graph()
    graph.add_nodes_from(range(n + m))
    graph.add_edges_from((i, n + j) for i, j in zip(*np.nonzero(matrix), strict=True))
    return graph, list(range(n)), list(range(n, n + m))


def nearest(graph: nx.Graph, node: int, mode: list[int]) -> float:
    """Nearest sum of distances in the part of a node over that of the whole, as networkx has it."""
    part = nx.node_connected_component(graph, node)
    own = len(part & {*mode})
    whole = len(graph) - len(mode) + 2 * (len(mode) - 1)
    return (len(part) - own + 2 * (own - 1)) / whole


def check_against_networkx(matrix: np.ndarray) -> None:
    graph, members, features = as_graph(matrix)
    found = measure_two_modes(sparse.csr_array(matrix.astype(float)))
    degree = bipartite.degree_centrality(graph, members)
    closeness = bipartite.closeness_centrality(graph, members)
    between = nx.betweenness_centrality(graph, normalized=False)
    expected_between = bipartite.betweenness_centrality(graph, members)
    for table, nodes in zip(found, (members, features), strict=True):
        np.testing.assert_allclose(table["degree_share"], [degree[k] for k in nodes], atol=1e-12)
        own = [closeness[k] * nearest(graph, k, nodes) for k in nodes]
        np.testing.assert_allclose(table["closeness"], own, atol=1e-12)
        assert (table["closeness"] <= 1 + 1e-12).all()
        if any(between[k] for k in nodes):  # networkx divides 0 by 0 elsewhere
            wanted = [expected_between[k] for k in nodes]
            np.testing.assert_allclose(table["betweenness"], wanted, atol=1e-12)
        else:
            assert (table["betweenness"] == 0).all()


@given(MATRICES.filter(lambda a: a.shape[0] > 1 and a.shape[1] > 1))
def test_agrees_with_networkx(matrix: np.ndarray) -> None:
    check_against_networkx(matrix)


def test_the_southern_women() -> None:
    graph = nx.davis_southern_women_graph()
    women = sorted(graph.graph["top"])
    events = sorted(graph.graph["bottom"])
    matrix = bipartite.biadjacency_matrix(graph, women, events).toarray()
    check_against_networkx(matrix)
    table, _ = measure_two_modes(sparse.csr_array(matrix.astype(float)))
    left = np.abs(np.linalg.svd(matrix)[0][:, 0])
    np.testing.assert_allclose(table["eigenvector"], left, atol=1e-9)
    named = dict(zip(women, table["degree_share"], strict=True))
    assert named["Evelyn Jefferson"] == pytest.approx(8 / 14)


def test_one_table_that_everybody_sits_at() -> None:
    members, tables = measure_two_modes(sparse.csr_array(np.ones((4, 1))))
    assert members["closeness"].tolist() == [1.0] * 4
    assert members["betweenness"].tolist() == [0.0] * 4
    assert tables["betweenness"].tolist() == [1.0]
    assert tables["degree_share"].tolist() == [1.0]


def test_two_tables_joined_by_one_member() -> None:
    matrix = np.array([[1, 0], [1, 1], [0, 1]])
    members, tables = measure_two_modes(sparse.csr_array(matrix.astype(float)))
    assert members["betweenness"].tolist() == [0.0, 1.0, 0.0]  # all 4 pairs of either side
    assert tables["betweenness"].tolist() == pytest.approx([0.6, 0.6])  # 3 of at most 5 pairs
    assert members["eigenvector"].idxmax() == 1


def memberships(*pairs: str) -> list[dict[str, str]]:
    return [{"organization": p[0], "group": p[1]} for p in pairs]


def test_who_has_no_membership_on_file_is_not_known() -> None:
    net = make_network("abcd", memberships=memberships("aX", "bX", "bY", "cY"))
    found = measure_affiliation(net)
    assert found.table.loc["d", "degree":].isna().all()
    assert found.table["degree"].tolist()[:3] == [1, 2, 1]
    assert found.tables["features"]["degree"].to_dict() == {"X": 2, "Y": 2}
    assert "B, A and C are members of the most" in found.text
    assert "The groups of 1 organization are not known." in found.text


def test_nothing_on_file_is_said() -> None:
    assert "No groups are on file" in measure_affiliation(make_network("ab")).text
    assert "No services are on file" in measure_affiliation(make_network([]), "services").text
    with pytest.raises(UsageError, match="groups"):
        measure_affiliation(make_network("ab"), "meetings")


def test_the_old_name_of_the_argument_is_understood() -> None:
    with pytest.warns(DeprecationWarning, match="family is now called feature"):
        found = measure_affiliation(make_network("ab"), family="services")
    assert found.method.settings["feature"] == "services"


def test_the_sample_names_who_sits_at_many_tables() -> None:
    net = pn.load_sample("prairie")
    found = measure_affiliation(net)
    counted = net.at(net.newest_date).table("memberships").groupby("organization")["group"]
    expected = counted.nunique().reindex(found.table.index)
    np.testing.assert_array_equal(found.table["degree"], expected)
