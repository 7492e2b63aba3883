"""What Python runs on whole rows instead of a loop gives the bits of the loop."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from partnet.core.arrays import get_rows
from partnet.measures.kernels import (
    brokerage,
    communities,
    in_order,
    key_players,
    mixing,
    paths,
    seating,
    weighted_paths,
)
from partnet.measures.kernels.compiling import Kernel, kernel
from partnet.questions.recommendation.features import latent_space, mixing_rates, pairwise

Rows = tuple[Any, Any, Any]
Graphs = dict[str, Rows]


def draw_graph(n: int, density: float, *, directed: bool = False, equal: bool = False) -> Rows:
    """A graph whose first two vertices have no ties; strengths that make paths equally long."""
    random = np.random.default_rng(n)
    tied = random.random((n, n)) < density
    tied[:2], tied[:, :2] = False, False
    strength = random.choice([1.0, 2.0, 0.5, 1 / 3, 0.3], size=(n, n)) if not equal else tied * 1.0
    both = np.where(tied, strength, 0.0)
    if not directed:
        both = np.triu(both, 1) + np.triu(both, 1).T
    np.fill_diagonal(both, 0.0)
    return get_rows(sparse.csr_array(both))


GRAPHS: Graphs = {
    "some ties": draw_graph(20, 0.2),
    "equal strengths": draw_graph(24, 0.15, equal=True),
    "few ties": draw_graph(40, 0.04),
    "arrows": draw_graph(18, 0.15, directed=True),
    "more than a word": draw_graph(70, 0.05),
    "no ties": draw_graph(5, 0.0),
    "one": draw_graph(1, 0.0),
}

Case = tuple[Kernel, tuple[Any, ...]]


def turn(rows: Rows) -> Rows:
    n = len(rows[0]) - 1
    return get_rows(sparse.csr_array(sparse.csr_array(rows[::-1], shape=(n, n)).T))


def draw_pairs(n: int) -> tuple[Any, Any]:
    random = np.random.default_rng(n + 1)
    return random.integers(0, n, 3 * n), random.integers(0, n, 3 * n)


def make_weighted_paths(rows: Rows) -> list[Case]:
    n = len(rows[0]) - 1
    lengths, nearest = 1.0 / rows[2], np.full(n, np.inf)
    np.minimum.at(nearest, rows[1], lengths)
    batches = -(-n // paths.LANES)
    sources = np.random.default_rng(n).permutation(n).astype(np.int32)
    weights = np.zeros(batches * paths.LANES)
    weights[:n] = np.random.default_rng(n).integers(0, 3, n)
    begun = np.random.default_rng(n).random((5, n))
    unsigned = rows[0].astype(np.uint32), rows[1].astype(np.uint32)
    given = (*unsigned, lengths, nearest, sources)
    it = weighted_paths.add_weighted_paths
    return [(it, (*given, counted, 0, batches, begun)) for counted in (weights, 0 * weights)]


def make_key_players(rows: Rows) -> list[Case]:
    indptr, indices, _ = rows
    n = len(indptr) - 1
    random = np.random.default_rng(n)
    gone = random.random(n) < 0.2
    left = np.flatnonzero(~gone).astype(np.int32)
    worth = np.where(random.random((n, n)) < 0.5, 0.0, 1 / random.integers(1, 5, (n, n)))
    cases: list[Case] = [
        (key_players.sum_closeness, (indptr, indices, gone)),
        (
            key_players.score_losses,
            (indptr, indices, gone, left, 0, left.size, np.zeros(left.size)),
        ),
        (key_players.measure_gains, (worth, worth[0], 0, n, np.zeros(n))),
    ]
    for size in range(1, min(n, 3) + 1):
        start = worth[:size].max(axis=0).sum()
        for most in (1e6, 20.0 * n):
            cases.append((key_players.search_reach, (worth, size, 0.9 * start, most)))
            cases.append((key_players.search_reach, (worth, size, start, most)))
    return cases


def make_groups(rows: Rows) -> list[Case]:
    n = len(rows[0]) - 1
    random = np.random.default_rng(n)
    back = turn(rows)
    cases: list[Case] = []
    for groups in (random.integers(-1, 3, n), np.zeros(n, int), np.full(n, -1)):
        arguments = (rows[0], rows[1], back[0], back[1], groups.astype(np.int32))
        cases.append((brokerage.count_roles, (*arguments, 0, n, np.zeros((n, 6)))))
        cases.append((brokerage.count_roles, (*arguments, n // 3, n // 2, np.ones((n, 6)))))
    labels = random.integers(0, n, n)
    cases.append((communities.number_from_zero, (labels, np.full(n, -1))))
    dealt = random.integers(0, 3, (4, n)).astype(np.int16)
    ends = np.repeat(np.arange(n), np.diff(rows[0])).astype(np.uint32), rows[1].astype(np.uint32)
    cases.append((mixing.count_mixing, (dealt, *ends, 1, 4, np.ones((4, 3, 3), np.int64))))
    merged = np.unique(labels, return_inverse=True)[1]
    room = np.zeros(merged.max() + 2, np.int32), np.zeros(len(rows[1]), np.int32)
    cases.append((communities.merge_nodes, (*rows, merged, *room, np.zeros(len(rows[1])))))
    return cases


def make_pairs(rows: Rows) -> list[Case]:
    indptr, indices, _ = rows
    n = len(indptr) - 1
    random = np.random.default_rng(n)
    one, other = draw_pairs(n)
    order = np.argsort(one, kind="stable")
    who = random.permuted(np.tile(np.arange(n, dtype=np.int32), (n, 1)), axis=1)[:, :6]
    weight = np.where(random.random(who.shape) < 0.3, 0.0, random.random(who.shape))
    kinds = get_rows(sparse.csr_array(random.random((n, 4)) * (random.random((n, 4)) < 0.5)))
    return [
        (pairwise.sum_shared, (*rows, random.random(n), one, other)),
        (pairwise.sum_shared, (*kinds, random.random(4), one, other)),
        (pairwise.sum_crossed, (*kinds, random.random((4, 4)), one, other)),
        (pairwise.add_votes, (indptr, indices, order, one, other, np.zeros(len(one)))),
        (pairwise.ask_alike, (indptr, indices, who, weight, one, other)),
        (latent_space.step_uphill, _draw_step(random, n)),
    ]


def _draw_step(random: np.random.Generator, n: int) -> tuple[Any, ...]:
    mean, square = random.normal(size=n), random.random(n)
    return (*random.normal(size=(2, n)), 2.0, 0.3, mean, square, 0.1, 0.01)


def make_models(rows: Rows) -> list[Case]:
    """Of kernels that take exponentials and logarithms."""
    n = len(rows[0]) - 1
    random = np.random.default_rng(n)
    i, j = np.triu_indices(n, 1)
    tied, weight = (random.random(len(i)) < 0.3) * 1.0, random.random(len(i))
    position, sign = random.normal(size=(n, 5)), np.sign(random.normal(size=5))
    found = get_rows(sparse.csr_array(np.round(random.random((4, n)) * 3.0)))
    table = (*found, np.arange(1.0, 5.0), random.random(n) + 0.01, np.arange(1.0, 4.0))
    cases: list[Case] = []
    for activity in (random.normal(size=n), np.full(n, -500.0)):
        slopes = np.zeros((n, 5)), np.zeros(n)
        given = (i, j, tied, weight, position, activity, sign)
        cases.append((latent_space.add_slopes, (*given, *slopes)))
    for count in (2, 9 * n):  # fewer and more than there are cells
        cells = random.integers(-1, 4, count), random.integers(0, n, count)
        cases.append((mixing_rates.average_rates, (*table, random.random(3), *cells)))
    return cases


MAKERS = [make_weighted_paths, make_key_players, make_groups, make_pairs]


def run(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[bytes]:
    """The bits of what a function gives, and of what it does to its arguments."""
    arguments = copy.deepcopy(arguments)
    with np.errstate(all="ignore"):
        found = function(*arguments)
    assert found is not NotImplemented
    parts = found if isinstance(found, tuple) else (found,)
    every = [part for part in (*parts, *arguments) if part is not None]
    return [np.asarray(part).tobytes() for part in every]


def differing(cases: list[Case], other: Callable[[Kernel], Callable[..., Any]]) -> set[str]:
    return {
        it.__name__ for it, given in cases if run(it.interpreted, given) != run(other(it), given)
    }


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("maker", MAKERS)
def test_whole_rows_give_the_bits_of_the_loop(maker: Any, name: str) -> None:
    cases = maker(GRAPHS[name])
    assert all(it.plain is not it.py_func for it, _ in cases)
    assert not differing(cases, lambda it: kernel(it.py_func).interpreted)


@pytest.mark.slow
@pytest.mark.parametrize("maker", [*MAKERS, make_models])
def test_whole_rows_give_the_bits_of_compiled_code(maker: Any) -> None:
    cases = [case for rows in GRAPHS.values() for case in maker(rows)]
    assert not differing(cases, lambda it: it.compiled)


@pytest.mark.slow
@pytest.mark.parametrize("people", [2, 9, 14])
def test_seats_are_swapped_alike(people: int) -> None:
    random = np.random.default_rng(people)
    value, tied = np.round(random.random((people, people)), 1), random.random((people,) * 2) < 0.3
    group, seat = random.integers(0, 3, people), np.arange(people) % -(-people // 5)
    cap = np.full(3, 3)
    known = *seating.set_tables(seat), seating.count_groups(group, cap, seat)
    given = (value, tied, group, cap, seat, *known, np.zeros(len(known[1])), np.zeros(3))
    assert not differing([(seating.swap_seats, given)], lambda it: it.compiled)


def test_paths_that_cannot_be_counted_exactly_are_left_to_the_loop() -> None:
    """54 squares in a row have 2^54 shortest paths: more than a float tells apart."""
    ends: list[tuple[int, int]] = []
    for first in range(0, 54 * 3, 3):
        ends += [(first, first + 1), (first, first + 2), (first + 1, first + 3)]
        ends.append((first + 2, first + 3))
    i, j = np.array(ends).T
    n = 54 * 3 + 1
    rows = get_rows(sparse.coo_array((np.ones(len(i)), (i, j)), shape=(n, n)).tocsr())
    it, given = make_weighted_paths(rows)[0]
    before = given[-1].copy()
    assert it.interpreted(*given) is NotImplemented
    assert (given[-1] == before).all()


def test_what_is_left_to_compiled_code_changes_nothing() -> None:
    n = max(pairwise.MOST_AT_ONCE, brokerage.MOST_AT_ONCE) + 1
    rows = draw_graph(n, 2 / n)
    cases = [case for case in make_pairs(rows) if case[0] is not latent_space.step_uphill]
    cases += [make_groups(rows)[0]]
    left = set()
    for it, given in cases:
        before = copy.deepcopy(given)
        if it.interpreted(*given) is NotImplemented:
            left.add(it.__name__)
            assert all(np.array_equal(a, b) for a, b in zip(before, given, strict=True))
    assert left == {"sum_shared", "add_votes", "ask_alike", "count_roles"}


def test_a_kernel_that_python_gives_back_is_compiled() -> None:
    @kernel(small=10)
    def double(numbers: Any) -> Any:
        return 2.0 * numbers[0]

    double.in_python(lambda numbers: NotImplemented)
    assert double(np.ones(2)) == 2.0


def test_exponentials_are_those_of_the_c_library() -> None:
    numbers = np.array([-800.0, -0.1, 0.0, 1.0, 709.7, 800.0, np.inf])
    expected = [math.exp(x) for x in numbers[:5]] + [math.inf, math.inf]
    assert in_order.take_exp(numbers).tolist() == expected


def test_cells_of_rows_are_listed_row_after_row() -> None:
    indptr = np.array([0, 2, 2, 5], np.int32)
    cells, which = in_order.list_cells(indptr, np.array([2, 1, 0, 2]))
    assert cells.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert which.tolist() == [0, 0, 0, 2, 2, 3, 3, 3]


def test_sums_are_added_one_after_the_other() -> None:
    row = np.array([1e16, 1.0, 1.0, 1.0, -1e16, 1.0, 1.0, 1.0, 1.0, 1.0])
    total = 0.0
    for number in row:
        total += number
    assert in_order.add_in_order(row[None, :]).tolist() == [total]
    assert in_order.add_in_order(np.empty((3, 0))).tolist() == [0.0, 0.0, 0.0]
