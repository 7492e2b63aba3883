"""The seating plan: against all plans on small rooms, and within a stated share of its bound."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet.core.errors import UsageError
from partnet.questions.session.seating import NEW_CONTACTS, bound_seating, plan_seating

SHARE = 0.65  # of the bound, on rooms of 12 to 120 people with few or many productive pairs
WELL_TIED = 0.85  # where at least half of the pairs could gain

Matrix = npt.NDArray[np.float64]


def make_room(n: int, gain: float, ties: float, seed: int) -> tuple[Matrix, npt.NDArray, list[str]]:
    """Random values and ties of n people of about six sectors."""
    rng = np.random.default_rng(seed)
    value = np.triu(rng.random((n, n)) * (rng.random((n, n)) < gain), 1)
    tied = np.triu(rng.random((n, n)) < ties, 1)
    return value + value.T, tied | tied.T, [str(s) for s in rng.integers(0, 6, n)]


def judge(value: Matrix, tied: npt.NDArray, tables: list[tuple[int, ...]]) -> tuple[int, float]:
    """Bad tables and value of a plan, counted plainly."""
    bad, total = 0, 0.0
    for table in tables:
        pairs = [bool(tied[a, b]) for a, b in itertools.combinations(table, 2)]
        bad += bool(pairs) and (all(pairs) or not any(pairs))
        for a in table:
            gains = sorted((value[a, b] for b in table if b != a and not tied[a, b]), reverse=True)
            total += sum(gains[:NEW_CONTACTS])
    return bad, total


def list_plans(n: int) -> list[list[tuple[int, ...]]]:
    """Every way to seat n people at two tables of equal size."""
    rest = range(1, n)
    halves = [(0, *others) for others in itertools.combinations(rest, n // 2 - 1)]
    return [[half, tuple(k for k in range(n) if k not in half)] for half in halves]


def read_tables(plan: npt.NDArray) -> list[tuple[int, ...]]:
    return [tuple(np.flatnonzero(plan == t)) for t in range(1, int(plan.max()) + 1)]


@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.6, 1.0]), st.sampled_from([0.1, 0.4, 0.9]))
@settings(max_examples=40)
def test_small_rooms_have_the_best_plan_there_is(seed: int, gain: float, ties: float) -> None:
    value, tied, _ = make_room(8, gain, ties, seed)
    plan = plan_seating(value, tied, ["one sector"] * 8, seats=4)
    found = judge(value, tied, read_tables(plan.table))
    every = [judge(value, tied, tables) for tables in list_plans(8)]
    best = min(every, key=lambda judged: (judged[0], -judged[1]))
    assert found[0] == best[0]  # no bad table that could be avoided
    assert found[0] == len(plan.untied_tables) + len(plan.tied_tables)
    assert found[1] == pytest.approx(plan.value) and found[1] == pytest.approx(best[1])
    assert max(total for _, total in every) <= plan.bound + 1e-6


@pytest.mark.parametrize("n", [12, 25, 40, 60, 120])
@pytest.mark.parametrize("gain", [0.1, 0.5, 1.0])
def test_plans_come_within_a_stated_share_of_the_bound(n: int, gain: float) -> None:
    value, tied, sectors = make_room(n, gain, 0.1, n)
    plan = plan_seating(value, tied, sectors, rounds=40)
    assert plan.share >= (SHARE if gain < 0.5 or n < 20 else WELL_TIED)
    assert plan.value <= plan.bound + 1e-6
    assert not plan.untied_tables and not plan.tied_tables
    assert judge(value, tied, read_tables(plan.table))[1] == pytest.approx(plan.value)


@pytest.mark.parametrize("n", [12, 31, 64])
def test_tables_are_even_and_mixed(n: int) -> None:
    value, tied, sectors = make_room(n, 0.5, 0.2, n)
    plan = plan_seating(value, tied, sectors)
    sizes = [len(table) for table in read_tables(plan.table)]
    assert max(sizes) <= 8 and max(sizes) - min(sizes) <= 1
    for sector in set(sectors):
        held = [sum(sectors[k] == sector for k in table) for table in read_tables(plan.table)]
        assert max(held) <= -(-sectors.count(sector) // len(sizes))


def test_planted_strangers_sit_together_with_somebody_they_know() -> None:
    """Two pairs could gain, two pairs know each other: each table has one of both."""
    value, tied = np.zeros((8, 8)), np.zeros((8, 8), dtype=bool)
    for a, b in ((0, 1), (2, 3)):
        value[a, b] = value[b, a] = 1.0
    for a, b in ((4, 5), (6, 7)):
        tied[a, b] = tied[b, a] = True
    plan = plan_seating(value, tied, list("abcdefgh"), seats=4)
    for a, b in ((0, 1), (2, 3), (4, 5), (6, 7)):
        assert plan.table[a] == plan.table[b]
    assert plan.table[4] != plan.table[6]
    assert (plan.value, plan.bound) == (4.0, pytest.approx(4.0))


@pytest.mark.parametrize("everybody", [False, True])
def test_what_cannot_be_avoided_is_said(everybody: bool) -> None:
    tied = np.full((8, 8), everybody)
    plan = plan_seating(np.ones((8, 8)), tied, ["x"] * 8, seats=4)
    assert plan.tied_tables == ((1, 2) if everybody else ())
    assert plan.untied_tables == (() if everybody else (1, 2))


def test_the_same_room_gives_the_same_plan() -> None:
    room = make_room(40, 0.5, 0.1, 3)
    one, other = plan_seating(*room, rounds=20), plan_seating(*room, rounds=20)
    assert one.table.tolist() == other.table.tolist()


def test_rooms_with_next_to_nobody() -> None:
    assert len(plan_seating(np.zeros((0, 0)), np.zeros((0, 0)), []).table) == 0
    assert plan_seating(np.zeros((1, 1)), np.zeros((1, 1)), ["x"]).table.tolist() == [1]
    assert plan_seating(np.ones((2, 2)), np.zeros((2, 2)), ["x", "y"]).table.tolist() == [1, 1]
    assert bound_seating(np.zeros((5, 5)), 8) == 0
    with pytest.raises(UsageError, match="2 seats or more"):
        plan_seating(np.zeros((4, 4)), np.zeros((4, 4)), list("abcd"), seats=1)
