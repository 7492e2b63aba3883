"""Compiled measures of pairs against the same sums written with dense matrices and plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from partnet.questions.recommendation.features.features import Quantiles, normal_quantiles
from partnet.questions.recommendation.features.graph import VisibleGraph
from partnet.questions.recommendation.features.mixing_rates import measure_hub_rates, shrink_rates
from partnet.questions.recommendation.features.pairwise import (
    as_rows,
    ask_alike,
    constrain,
    count_circle,
    count_votes,
    find_largest,
    sum_crossed,
    sum_shared,
    take_cells,
)
from partnet.questions.recommendation.features.random_walks import (
    find_nearest_by_walks,
    push_between,
    solve_walks,
)


@st.composite
def graphs(draw: st.DrawFn) -> np.ndarray:
    """Symmetric 0/1 matrices without a diagonal: dense and sparse, with isolates."""
    n = draw(st.integers(2, 12))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    upper = np.triu(random.random((n, n)) < draw(st.sampled_from([0.1, 0.3, 0.7])), k=1)
    return (upper | upper.T).astype(float)


def _everybody(n: int) -> tuple[np.ndarray, np.ndarray]:
    i, j = np.divmod(np.arange(n * n), n)
    return i, j


@given(graphs(), st.integers(0, 99))
def test_sums_over_what_two_share(ties: np.ndarray, seed: int) -> None:
    random = np.random.default_rng(seed)
    values, worth = ties * random.random(ties.shape), random.random(len(ties))
    i, j = _everybody(len(ties))
    rows = as_rows(sparse.csr_array(values))
    assert sum_shared(*rows, worth, i, j) == pytest.approx(((values * worth) @ values.T)[i, j])
    table = random.random((len(ties), len(ties)))
    crossed = values @ table @ values.T
    assert sum_crossed(*rows, table, i, j) == pytest.approx(crossed[i, j])
    assert (take_cells(*rows, i, j) == values[i, j]).all()


@given(graphs())
def test_votes_of_those_with_the_same_partners(ties: np.ndarray) -> None:
    n, degree = len(ties), ties.sum(axis=1)
    wanted = np.zeros((n, n))
    for i in range(n):
        votes = np.zeros(n)
        for k in range(n):
            if k != i and degree[i] and degree[k]:
                votes[k] = (ties[i] @ ties[k]) ** 2 / (degree[i] * degree[k])
        if votes.sum():
            wanted[i] = votes @ ties / votes.sum()
    i, j = _everybody(n)
    found = count_votes(as_rows(sparse.csr_array(ties)), i, j)
    assert found == pytest.approx((wanted + wanted.T)[i, j])


@given(graphs(), st.integers(0, 99))
def test_those_most_alike_are_asked_both_ways(ties: np.ndarray, seed: int) -> None:
    n, random = len(ties), np.random.default_rng(seed)
    who, weight = random.integers(0, n, (n, 3)).astype(np.int32), random.random((n, 3))
    i, j = _everybody(n)
    asked = np.array(
        [
            (weight[a] * ties[who[a], b]).sum() + (weight[b] * ties[who[b], a]).sum()
            for a, b in zip(i, j, strict=True)
        ]
    )  # fmt: skip
    rows = as_rows(sparse.csr_array(ties))
    assert ask_alike(*rows[:2], who, weight, i, j) == pytest.approx(asked)


@given(graphs())
def test_the_circle_is_counted_by_sets(ties: np.ndarray) -> None:
    rows = as_rows(sparse.csr_array(ties))
    partners = [set(np.flatnonzero(row).tolist()) for row in ties]
    for a in range(len(ties)):
        near = set().union(*(partners[z] for z in partners[a]))
        for b in range(len(ties)):
            assert count_circle(*rows[:2], a, b) == len(near & partners[b])


@given(graphs())
def test_constraint_with_one_tie_more_is_that_of_the_graph_with_it(ties: np.ndarray) -> None:
    rows = as_rows(sparse.csr_array(ties))
    for a, b in ((0, 1), (1, 0), (0, len(ties) - 1)):
        more = ties.copy()
        more[a, b] = more[b, a] = 1.0
        with_it = as_rows(sparse.csr_array(more))
        assert constrain(*rows[:2], a, b) == pytest.approx(constrain(*with_it[:2], a, -1))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.integers(1, 8))
def test_the_largest_come_first_and_equal_ones_in_order(values: list[int], k: int) -> None:
    wanted = sorted(range(len(values)), key=lambda p: (-values[p], p))[:k]
    assert find_largest(np.array(values, dtype=float), k).tolist() == wanted


@given(graphs(), st.integers(0, 99))
def test_rates_of_hubs_are_those_of_the_whole_table(ties: np.ndarray, seed: int) -> None:
    n, random = len(ties), np.random.default_rng(seed)
    codes = random.integers(0, 3, n)
    member = np.eye(3)[codes]
    found, size = member.T @ ties, member.sum(axis=0)
    usual = (ties.sum(axis=1) + 0.3) / max(n - 1, 1)
    whole = shrink_rates(found, size[:, None] * usual, usual)
    rates = measure_hub_rates(sparse.csr_array(found), size, usual)
    category, organization = np.divmod(np.arange(3 * n), n)
    assert rates(category, organization) == pytest.approx(whole.ravel(), abs=1e-9)
    assert (rates(np.full(n, -1), np.arange(n)) == 0.0).all()


@given(graphs())
def test_pushed_walks_end_where_solved_ones_do(ties: np.ndarray) -> None:
    adjacency = sparse.csr_array(ties)
    exact = solve_walks(adjacency)
    i, j = _everybody(len(ties))
    apart = i != j
    i, j = i[apart], j[apart]
    found = push_between(*as_rows(adjacency)[:2], np.argsort(i, kind="stable"), i, j)
    assert found == pytest.approx((exact + exact.T)[i, j], abs=0.02)


@given(graphs(), st.integers(1, 4))
def test_the_nearest_by_walks_have_no_tie_yet(ties: np.ndarray, k: int) -> None:
    exact = solve_walks(sparse.csr_array(ties))
    sources = np.arange(len(ties))
    named = find_nearest_by_walks(*as_rows(sparse.csr_array(ties))[:2], sources, k)
    for v in sources:
        others = [b for b in named[v].tolist() if b >= 0]
        reached = (exact[v] > 1e-3) & (ties[v] == 0) & (sources != v)
        assert len(set(others)) == len(others) >= min(k, int(reached.sum()))
        assert all(ties[v, b] == 0 and b != v for b in others)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30))
def test_values_placed_among_themselves_are_normal_quantiles(values: list[int]) -> None:
    column = np.array(values, dtype=float)[:, None]
    placed = Quantiles(column, np.ones(len(values))).place(column)
    if len(set(values)) > 1:
        assert placed == pytest.approx(normal_quantiles(column), abs=1e-12)


def test_a_pair_that_stands_for_many_counts_as_many() -> None:
    few = Quantiles(np.array([[0.0], [1.0], [2.0]]), np.array([7.0, 2.0, 1.0]))
    all_of_them = np.repeat([0.0, 1.0, 2.0], [7, 2, 1])[:, None]
    values = np.array([[0.0], [1.0], [1.5], [2.0]])
    many = Quantiles(all_of_them, np.ones(10))
    assert few.place(values) == pytest.approx(many.place(values), abs=1e-12)


def test_resource_allocation_of_a_kite() -> None:
    """Two ends of a square with a pendant: shared partners have 2 and 3 ties, so 1/2 + 1/3."""
    ties = np.zeros((5, 5))
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0), (3, 4)):
        ties[a, b] = ties[b, a] = 1.0
    graph = VisibleGraph(sparse.csr_array(ties))
    assert graph.allocate(np.array([0]), np.array([2]))[0] == pytest.approx(1 / 2 + 1 / 3)
    assert graph.are_tied(3, 4) and not graph.are_tied(0, 2)
