"""What is said of a pair comes from a test on the very network, or nothing is said."""

from __future__ import annotations

import numpy as np
import pytest

from partnet import recommend_partners
from partnet.questions.recommendation.evaluation.own_network import (
    NEAREST,
    OwnTest,
    find_range,
)

from ....builders import bridge_of_two_cliques


def test_the_pairs_scored_most_alike_are_counted() -> None:
    said = np.arange(1000) / 1000
    test = OwnTest(said, said >= 0.8, judged=20)
    low, middle, high = (test.find(probability) for probability in (0.1, 0.8, 0.99))
    assert low is not None and middle is not None and high is not None
    assert (low.share, middle.share, high.share) == (0.0, 0.5, 1.0)
    assert middle.low < 0.5 < middle.high and middle.pairs == NEAREST


@pytest.mark.parametrize(
    ("pairs", "judged", "probability"),
    [(1000, 19, 0.5), (NEAREST - 1, 50, 0.5), (1000, 50, np.nan)],
)
def test_below_20_judged_or_with_few_pairs_nothing_is_said(
    pairs: int, judged: int, probability: float
) -> None:
    said = np.linspace(0, 1, pairs)
    assert OwnTest(said, said > 0.5, judged).find(probability) is None


def test_a_small_network_says_nothing() -> None:
    found = recommend_partners(bridge_of_two_cliques(), "a", runs=0)
    assert not found.say("probability") and "hidden" not in found.text


def test_the_range_holds_its_share_and_shrinks() -> None:
    assert find_range(0, 200)[0] == 0.0 and find_range(200, 200)[1] == 1.0
    wide, narrow = find_range(3, 10), find_range(300, 1000)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]
