"""Ratings against chance: every deal counted, and the numbers worked out on paper."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from partnet.measures.chance.ratings import compare_groups, compare_sides, match_sides

SCORES = np.array([4.0, 3.0, 4.0, 1.0, 2.0])
GROUPS = np.array([0, 0, 0, 1, 1])


def test_the_share_between_groups_by_hand() -> None:
    """Mean 2.8; groups 11/3 and 3/2: 3 (.8667)^2 + 2 (1.3)^2 = 5.6333 of 6.8."""
    found = compare_groups(SCORES, GROUPS, permutations=0)
    assert found["share"] == pytest.approx((3 * (11 / 3 - 2.8) ** 2 + 2 * 1.3**2) / 6.8)
    assert np.isnan(found["p"])


def test_groups_against_every_deal() -> None:
    def measure(x: np.ndarray) -> float:
        parts = [x[g == GROUPS] for g in (0, 1)]
        between = sum(len(p) * (p.mean() - x.mean()) ** 2 for p in parts)
        return float(between / ((x - x.mean()) ** 2).sum())

    every = np.array([measure(np.array(deal)) for deal in permutations(SCORES)])
    exact = (every >= measure(SCORES) - 1e-12).mean()
    found = compare_groups(SCORES, GROUPS, permutations=4000)
    assert found["p"] == pytest.approx(exact, abs=0.03)
    assert found["expected"] == pytest.approx(every.mean(), abs=0.03)


@pytest.mark.parametrize(
    ("scores", "groups"), [([], []), ([3.0], [0]), ([3.0, 3.0], [0, 1]), ([1.0, 4.0], [0, 0])]
)
def test_where_nothing_differs_nothing_is_told(scores: list[float], groups: list[int]) -> None:
    found = compare_groups(np.array(scores), np.array(groups, dtype=np.int64), permutations=9)
    assert all(np.isnan(value) for value in found.values())


RATER = np.array([0, 0, 1, 1, 2, 2, 3])
RATED = np.array([1, 2, 0, 2, 0, 1, 0])
GIVEN = np.array([4.0, 1.0, 4.0, 2.0, 1.0, 2.0, 3.0])


def test_two_sides_are_matched() -> None:
    one, other = match_sides(RATER, RATED)
    pairs = zip(RATER[one], RATED[one], RATER[other], RATED[other], strict=True)
    assert [tuple(map(int, pair)) for pair in pairs] == [(0, 1, 1, 0), (0, 2, 2, 0), (1, 2, 2, 1)]


def test_two_sides_against_every_deal() -> None:
    """The three pairs agree wholly; each of three raters can deal its two scores in two ways."""
    one, other = match_sides(RATER, RATED)
    every = []
    for swaps in product([False, True], repeat=3):
        dealt = GIVEN.copy()
        for rater, swap in enumerate(swaps):
            own = rater == RATER
            dealt[own] = dealt[own][::-1] if swap else dealt[own]
        every.append(np.abs(dealt[one] - dealt[other]).mean())
    found = compare_sides(RATER, RATED, GIVEN, permutations=4000)
    assert found["difference"] == 0 and found["pairs"] == 3
    assert found["expected"] == pytest.approx(np.mean(every), abs=0.05)
    assert found["p"] == pytest.approx(np.mean(np.array(every) <= 1e-12), abs=0.03)


def test_raters_who_give_one_score_only_are_not_tested() -> None:
    found = compare_sides(np.array([0, 1]), np.array([1, 0]), np.array([4.0, 1.0]))
    assert found["difference"] == 3 and np.isnan(found["p"])
    none = compare_sides(*(np.array([], dtype=np.int64),) * 2, np.array([]))
    assert none["pairs"] == 0 and np.isnan(none["difference"])
