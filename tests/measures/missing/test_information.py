"""What an answer tells of ranks: cases whose share of variance is known."""

from __future__ import annotations

import numpy as np
import pytest

from partnet.measures.missing.information import (
    RankDraws,
    choose_first,
    expect_at_random,
    expect_width,
    explain_share,
)

DRAWS, N = 2000, 4


def make_draws() -> RankDraws:
    """The first answer settles the rank of 2, and half of that of 3; the second only its own."""
    random = np.random.default_rng(1)
    rows = (random.random((2, DRAWS, N)) < 0.5).astype(float)
    rows[0, :, 0] = rows[1, :, 1] = 0.0
    noise = random.random(DRAWS) < 0.5
    ranks = np.zeros((DRAWS, 1, N))
    ranks[:, 0, 1] = random.random(DRAWS) < 0.5
    ranks[:, 0, 2] = 1 + rows[0, :, 2]
    ranks[:, 0, 3] = rows[0, :, 3] + noise
    return RankDraws(ranks, rows, np.array([0, 1]), np.array([[0.0, 1.0, 1.0, 2.0]]))


def test_shares_are_those_of_the_variance() -> None:
    drawn = make_draws()
    left = drawn.ranks - drawn.ranks.mean(axis=0)
    assert explain_share(drawn, left, 0)[0] == pytest.approx([1, 0, 1, 0.5], abs=0.03)
    assert explain_share(drawn, left, 1)[0] == pytest.approx([0, 1, 0, 0], abs=0.03)


def test_who_tells_most_goes_first_and_ranges_shrink_as_expected() -> None:
    drawn = make_draws()
    chosen, widths = choose_first(drawn, 2)
    assert chosen == [0, 1]
    assert widths[0] == pytest.approx((1 + 0 + 2 * np.sqrt(0.5)) / 4, abs=0.05)
    assert widths[1] == pytest.approx(2 * np.sqrt(0.5) / 4, abs=0.05)
    assert expect_width(drawn, chosen) == pytest.approx(widths[1])
    assert expect_width(drawn, []) == drawn.width.mean()
    assert widths[0] < expect_at_random(drawn, 1, 0) < drawn.width.mean()


def test_what_one_answer_told_another_does_not_tell_again() -> None:
    drawn = make_draws()
    twice = RankDraws(drawn.ranks, drawn.rows[[0, 0]], np.array([0, 0]), drawn.width)
    _, widths = choose_first(twice, 2)
    assert widths[1] == pytest.approx(widths[0], abs=0.02)
