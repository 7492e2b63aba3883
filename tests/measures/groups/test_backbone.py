from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from partnet.measures.groups.backbone import estimate_cell_chances, list_backbone, measure_disparity

from ..graphs import TENTHS, graphs, layer_of


def test_even_margins_have_even_chances() -> None:
    # three organizations with one of three services each: every cell 1/3
    chance = estimate_cell_chances(sparse.csr_array(np.eye(3)))
    assert chance == pytest.approx(np.full((3, 3), 1 / 3))


@given(st.integers(0, 10_000), st.integers(1, 7), st.integers(1, 6))
def test_chances_keep_both_margins(seed: int, n: int, m: int) -> None:
    random = np.random.default_rng(seed)
    matrix = (random.random((n, m)) < random.uniform(0.1, 0.9)).astype(float)
    chance = estimate_cell_chances(sparse.csr_array(matrix))
    assert chance.min() >= 0 and chance.max() <= 1
    # margins that only one matrix has are reached in the limit: there the sums converge slowly
    assert chance.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=2e-3)
    assert chance.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=2e-3)
    assert chance[matrix.sum(axis=1) == 0].sum() == 0
    full = matrix.sum(axis=1) == m
    assert (chance[full] == 1).all()


def test_p_is_that_of_all_outcomes() -> None:
    for seed in range(30):
        random = np.random.default_rng(seed)
        matrix = (random.random((6, 5)) < 0.5).astype(float)
        chance = estimate_cell_chances(sparse.csr_array(matrix))
        found = list_backbone(sparse.csr_array(matrix))
        for row in found.itertuples():
            both = chance[row.source] * chance[row.target]
            expected = sum(
                np.prod(np.where(hits, both, 1 - both))
                for hits in product([0, 1], repeat=5)
                if sum(hits) >= row.shared
            )
            assert row.p == pytest.approx(expected, abs=1e-9)
            assert row.shared == (matrix[row.source] * matrix[row.target]).sum()
            assert row.expected == pytest.approx(both.sum())


def test_four_services_that_two_alone_share_are_kept_and_common_ones_are_not() -> None:
    # thirty organizations with four of forty services each; the first two have the same
    matrix = np.zeros((30, 41))
    matrix[:2, :4] = 1.0
    for row in range(2, 30):
        matrix[row, 4 + (7 * row + np.arange(4) * (1 + row % 5)) % 36] = 1.0
    matrix[:, 40] = 1.0  # and everybody has this one
    found = list_backbone(sparse.csr_array(matrix)).set_index(["source", "target"])
    assert found.loc[(0, 1), "kept"] and found.loc[(0, 1), "p"] < 0.001
    assert found.loc[(0, 1), "shared"] == 5
    assert not found.loc[(0, 5), "kept"] and found.loc[(0, 5), "shared"] == 1
    assert found.loc[(0, 5), "p"] == pytest.approx(1.0)


@given(graphs(strengths=TENTHS, most=7))
def test_disparity_is_the_formula_at_the_better_end(graph: nx.Graph) -> None:
    layer = layer_of(graph)
    position = {v: k for k, v in enumerate(graph)}
    pairs = sorted(tuple(sorted((position[u], position[v]))) for u, v in graph.edges)
    names = list(graph)
    expected = []
    for i, j in pairs:
        w, alphas = graph[names[i]][names[j]]["weight"], [1.0]
        for v in (names[i], names[j]):
            k, s = graph.degree(v), graph.degree(v, weight="weight")
            alphas += [max(1 - w / s, 0.0) ** (k - 1)] if k > 1 else []
        expected.append(min(alphas))
    assert measure_disparity(layer) == pytest.approx(expected, abs=1e-9)


def test_nothing_on_file() -> None:
    assert list_backbone(sparse.csr_array((3, 2))).empty
    assert len(measure_disparity(layer_of(nx.empty_graph(3)))) == 0
