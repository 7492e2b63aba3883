"""What is said of a pair comes from a test on the very network, or nothing is said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from partnet import recommend_partners
from partnet.core.network import Network
from partnet.facts.graph.collaboration import choose_layer
from partnet.questions.recommendation.evaluation.holdout_runs import split_together
from partnet.questions.recommendation.evaluation.own_network import (
    NEAREST,
    Found,
    OwnTest,
    find_range,
    try_own_network,
)
from partnet.questions.recommendation.text import say_probability

from ....builders import bridge_of_two_cliques, make_network


def test_the_pairs_scored_most_alike_are_counted() -> None:
    said = np.arange(1000) / 1000
    test = OwnTest(said, said >= 0.8, judged=20)
    low, middle, high = (test.find(probability) for probability in (0.1, 0.8, 0.99))
    assert low is not None and middle is not None and high is not None
    assert (low.share, middle.share, high.share) == (0.0, 0.5, 1.0)
    assert middle.low < 0.5 < middle.high and middle.pairs == NEAREST


def test_pairs_scored_exactly_alike_are_counted_together() -> None:
    """100 pairs at .1, of which 20 were held out, and 100 at .5, of which 50 were."""
    said = np.repeat([0.1, 0.5], 100)
    truth = np.concatenate([np.arange(100) >= 80, np.arange(100) >= 50])
    test = OwnTest(said, truth, judged=20)
    found = [test.find(probability) for probability in (0.1, 0.3, 0.5)]
    counted = [(one.share, one.pairs) for one in found if one is not None]
    assert counted == [(0.2, 100), (0.35, 200), (0.5, 100)]


def test_of_meetings_more_pairs_are_counted_and_no_surer_range_is_claimed() -> None:
    """Of the 500 around .5, 250 were held out; 60 pairs with 30 of them are as sure."""
    said = np.arange(1000) / 1000
    found = OwnTest(said, said >= 0.5, judged=20, nearest=500).find(0.5)
    assert found is not None and (found.share, found.pairs, found.topmost) == (0.5, 500, False)
    assert (found.low, found.high) == find_range(30, 60)
    assert OwnTest(said[:499], said[:499] > 0.2, judged=20, nearest=500).find(0.3) is None


def test_it_is_told_when_too_few_were_scored_as_high() -> None:
    said = np.arange(100) / 100
    test = OwnTest(said, said >= 0.7, judged=20)
    within, above = test.find(0.70), test.find(0.71)
    assert within is not None and above is not None
    assert (within.topmost, above.topmost) == (False, True)
    assert within.share == above.share == 0.5  # both count 0.40 to 0.99


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Found(18 / 60, 0.21, 0.41, 60, 25), "about 3 of 10 pairs scored like the first were real "
         "ties that we had hidden (2 to 4, allowing for chance);"),
        (Found(2 / 60, 0.011, 0.10, 60, 25), "about 3 of 100 pairs scored like the first were real "
         "ties that we had hidden (1 to 10, allowing for chance);"),
        (Found(0.0, 0.0, 0.04, 60, 25), "fewer than 1 of 100 pairs scored like the first were real "
         "ties that we had hidden;"),
        (Found(30 / 60, 0.396, 0.604, 60, 25, topmost=True), "about 5 of 10 pairs scored highest, "
         "as the first is, were real ties that we had hidden (4 to 6, allowing for chance);"),
    ],
)  # fmt: skip
def test_the_sentence_is_one_that_a_director_understands(found: Found, said: str) -> None:
    on_file = cast(Any, SimpleNamespace(try_out=lambda one: found))
    (sentence,) = say_probability(on_file, cast(Any, None), "the first")
    end = "this is not the chance that an approach succeeds."
    assert sentence == f"In a test on your own network, {said} {end}"
    assert sentence.claims["share"] == found.share and sentence.claims["pairs"] == 60


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
    assert found.table["share_in_test"].isna().all()


@pytest.fixture(scope="module")
def ring() -> Network:
    """A ring of eight groups of three, each tied to the next: 24 organizations, 32 ties."""
    ids = [f"o{k:02}" for k in range(24)]
    inside = [
        (ids[3 * g + a], ids[3 * g + b]) for g in range(8) for a, b in ((0, 1), (0, 2), (1, 2))
    ]
    between = [(ids[3 * g], ids[(3 * g + 4) % 24]) for g in range(8)]
    return make_network(ids, [*inside, *between])


def test_sentence_and_table_say_what_the_test_counted(ring: Network) -> None:
    found = recommend_partners(ring, "o00", runs=0)
    (said,) = (one for one in found.sentences if one.name == "probability")
    here = ring.at(found.as_of)
    test = try_own_network(here, choose_layer(here), "readable")
    counted = test.find(float(found.table["probability"].iloc[0]))
    assert counted is not None and said.claims["share"] == counted.share
    assert found.table["share_in_test"].iloc[0] == pytest.approx(counted.share, abs=1e-9)
    hits = round(counted.share * counted.pairs)
    assert counted.share == hits / counted.pairs and counted.pairs >= NEAREST
    assert (counted.low, counted.high) == find_range(hits, counted.pairs)


def test_another_draw_hides_every_tie_once_too(ring: Network) -> None:
    here = ring.at()
    draws = [split_together(here, choose_layer(here), 5, seed=seed) for seed in (1, 2)]
    hidden = [[np.triu(one.ties.toarray()) for one in parts] for parts in draws]
    assert sum(hidden[0]).sum() == 32 and (sum(hidden[0]) == sum(hidden[1])).all()
    assert any((a != b).any() for a, b in zip(*hidden, strict=True))


def test_the_range_holds_its_share_and_shrinks() -> None:
    assert find_range(0, 200)[0] == 0.0 and find_range(200, 200)[1] == 1.0
    wide, narrow = find_range(3, 10), find_range(300, 1000)
    assert wide[0] < narrow[0] < 0.3 < narrow[1] < wide[1]
