"""Nearest others: against plain loops, by hand, and the same with any layout and any threads."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from partnet.core.errors import UsageError
from partnet.facts.graph.collaboration import build_layer
from partnet.measures.groups.neighbors import Nearest, find_common_features, find_shared_neighbors

from ...builders import bridge_of_two_cliques, make_network, networks

MATRICES = hnp.arrays(
    np.int8, st.tuples(st.integers(1, 9), st.integers(1, 7)), elements=st.integers(0, 2)
)


def rank_plainly(scores: np.ndarray, k: int) -> list[list[tuple[int, float]]]:
    """For each row the k largest positive scores, ties to the lower position."""
    ranked = []
    for row in np.round(scores, 9):
        order = sorted(range(len(row)), key=lambda b, row=row: (-row[b], b))
        ranked.append([(b, float(row[b])) for b in order if row[b] > 0][:k])
    return ranked


def listed(found: Nearest) -> list[list[tuple[int, float]]]:
    pairs = zip(found.who.tolist(), found.score.tolist(), strict=True)
    return [[(b, s) for b, s in zip(w, scores, strict=True) if b >= 0] for w, scores in pairs]


def check_equal(found: Nearest, expected: list[list[tuple[int, float]]]) -> None:
    assert [[b for b, _ in row] for row in listed(found)] == [[b for b, _ in r] for r in expected]
    for mine, theirs in zip(listed(found), expected, strict=True):
        assert [s for _, s in mine] == pytest.approx([s for _, s in theirs], abs=2e-9)


@pytest.mark.slow
@given(networks(), st.integers(1, 4), st.sampled_from(["count", "resource_allocation"]))
def test_shared_neighbors_equal_plain_loops(net, k: int, score: str) -> None:  # type: ignore[no-untyped-def]
    layer = build_layer(net)
    tied = layer.binary.toarray() > 0
    degree = tied.sum(axis=1)
    scores = np.zeros((layer.n, layer.n))
    for a in range(layer.n):
        for b in range(layer.n):
            if a != b and not tied[a, b]:
                shared = np.flatnonzero(tied[a] & tied[b])
                worth = {"count": 1.0, "resource_allocation": 1 / np.maximum(degree[shared], 1)}
                scores[a, b] = (np.ones(len(shared)) * worth[score]).sum()
    check_equal(find_shared_neighbors(layer, k, score=score), rank_plainly(scores, k))  # type: ignore[arg-type]


def test_shared_neighbors_equal_networkx() -> None:
    graph = nx.karate_club_graph()
    net = make_network([str(v) for v in graph], [(str(a), str(b)) for a, b in graph.edges])
    layer = build_layer(net)
    found = find_shared_neighbors(layer, 40, score="adamic_adar")
    expected = {(a, b): s for a, b, s in nx.adamic_adar_index(graph) if s > 0}
    named = {(a, b): s for a, row in enumerate(listed(found)) for b, s in row if a < b}
    assert set(named) == set(expected)
    assert all(named[pair] == pytest.approx(s, abs=2e-9) for pair, s in expected.items())


def test_two_cliques_and_a_bridge() -> None:
    layer = build_layer(bridge_of_two_cliques())
    found = find_shared_neighbors(layer, 2)
    assert found.who.tolist()[:4] == [[3, -1], [3, -1], [4, -1], [0, 1]]  # a and d share c
    assert found.score[:4, 0].tolist() == [1.0] * 4
    partners = find_shared_neighbors(layer, 2, with_partners=True)
    assert partners.who[0].tolist() == [1, 2]
    table = found.tabulate(layer.ids)
    assert table.iloc[0].tolist() == ["a", "d", 1, 1.0]


@given(MATRICES, st.integers(1, 4), st.sampled_from([0.0, 0.5]), st.randoms())
def test_common_features_equal_plain_loops(  # type: ignore[no-untyped-def]
    matrix: np.ndarray, k: int, shrink: float, random
) -> None:
    n = len(matrix)
    incidence = sparse.csr_array(matrix.astype(float))
    holders = (matrix > 0).sum(axis=0)
    weights = np.array([math.log(n / h) if h else 0.0 for h in holders])
    rows = matrix * weights
    scores = np.zeros((n, n))
    for a in range(n):
        for b in range(n):
            dot = float(rows[a] @ rows[b])
            if a != b and dot:
                lengths = math.sqrt(rows[a] @ rows[a]) * math.sqrt(rows[b] @ rows[b])
                scores[a, b] = dot / (lengths + shrink)
    layout = random.sample(range(n), n)
    for order in (None, layout):
        found = find_common_features(incidence, k, shrink=shrink, order=order)
        check_equal(found, rank_plainly(scores, k))


def test_features_that_too_many_have_are_cut_and_named() -> None:
    matrix = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1]])
    found = find_common_features(sparse.csr_array(matrix.astype(float)), 2, most_holders=3)
    assert found.cut.tolist() == [0]
    assert found.who.tolist() == [[1, -1], [0, -1], [3, -1], [2, -1]]
    assert found.score[:, 0].tolist() == pytest.approx([1.0] * 4)


def test_any_number_of_workers_gives_the_same_bits() -> None:
    random = np.random.default_rng(3)
    incidence = sparse.random_array((400, 60), density=0.1, rng=random, format="csr")
    one, two, four = (find_common_features(incidence, 5, workers=w) for w in (1, 2, 4))
    for other in (two, four):
        np.testing.assert_array_equal(one.who, other.who)
        np.testing.assert_array_equal(one.score, other.score)


def test_nobody_and_nothing_in_common() -> None:
    empty = find_common_features(sparse.csr_array((3, 2)), 2)
    assert (empty.who == -1).all() and (empty.score == 0).all()
    assert find_shared_neighbors(build_layer(make_network([])), 3).who.shape == (0, 3)
    with pytest.raises(UsageError, match="resource_allocation"):
        find_shared_neighbors(build_layer(make_network("ab")), score="jaccard")  # type: ignore[arg-type]
