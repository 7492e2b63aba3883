"""The null models behind overlap and sector gaps: right on average, and able to find a deficit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import sparse, stats

from partnet.facts.graph.collaboration import build_layer
from partnet.facts.graph.layers import Layer
from partnet.measures.groups.mixing import _count, _draw, _fold
from partnet.questions.gaps.sector import _find_deficits
from partnet.questions.gaps.sharing import fit_expected_sharing, tail_of_sum

from ...builders import make_network

RUNS = 300


def draw_incidence(random: np.random.Generator, rows: int = 40, columns: int = 25) -> npt.NDArray:
    """Organizations and features of very different sizes, put together by chance."""
    x, y = random.lognormal(-0.6, 0.8, rows), random.lognormal(-0.6, 0.8, columns)
    product = np.outer(x, y)
    return (random.random((rows, columns)) < product / (1 + product)).astype(float)


def test_expected_sharing_keeps_every_total() -> None:
    random = np.random.default_rng(1)
    for _ in range(20):
        drawn = draw_incidence(random)
        expected = fit_expected_sharing(sparse.csr_array(drawn))
        np.testing.assert_allclose(expected.sum(axis=1), drawn.sum(axis=1), atol=1e-6)
        np.testing.assert_allclose(expected.sum(axis=0), drawn.sum(axis=0), atol=1e-6)


def test_the_tail_agrees_with_counting_all_outcomes() -> None:
    random = np.random.default_rng(2)
    for _ in range(20):
        chances = random.random(6)
        for least in range(8):
            total = 0.0
            for outcome in range(64):
                bits = np.array([outcome >> k & 1 for k in range(6)], dtype=bool)
                if bits.sum() >= least:
                    total += np.where(bits, chances, 1 - chances).prod()
            assert tail_of_sum(chances, least) == pytest.approx(total, abs=1e-12)


def sharing_p(random: np.random.Generator) -> float:
    """Randomized p of one pair of one network by chance: exactly uniform if the model is right."""
    drawn = draw_incidence(random)
    chances = fit_expected_sharing(sparse.csr_array(drawn), np.array([0, 1]))
    shared = int((drawn[0] * drawn[1]).sum())
    above, here = (tail_of_sum(chances[0] * chances[1], k) for k in (shared + 1, shared))
    return above + random.random() * (here - above)


@pytest.mark.slow
def test_p_of_sharing_is_uniform_by_chance() -> None:
    random = np.random.default_rng(20261127)
    values = [sharing_p(random) for _ in range(RUNS)]
    assert stats.kstest(values, "uniform").pvalue > 0.01
    assert np.mean(np.array(values) <= 0.05) < 0.09


def test_planted_overlap_is_found() -> None:
    """Two organizations with eight features each share six: found in 53 of 60 networks."""
    random = np.random.default_rng(3)
    found = 0
    for _ in range(60):
        drawn = draw_incidence(random)
        drawn[:2] = 0
        features = random.permutation(25)
        drawn[0, features[:8]] = drawn[1, features[2:10]] = 1
        chances = fit_expected_sharing(sparse.csr_array(drawn), np.array([0, 1]))
        found += tail_of_sum(chances[0] * chances[1], 6) <= 0.1
    assert found >= 0.8 * 60


def draw_layer(
    random: np.random.Generator, rates: npt.NDArray, size: int = 15
) -> tuple[Layer, pd.Series]:
    """Groups of one size with a chance of a tie for each pair of groups."""
    groups = np.repeat(np.arange(len(rates)), size)
    hit = np.triu(random.random((len(groups),) * 2) < rates[groups][:, groups], 1)
    ids = [f"o{k:03d}" for k in range(len(groups))]
    ties = [(ids[i], ids[j]) for i, j in zip(*np.nonzero(hit), strict=True)]
    return build_layer(make_network(ids, ties)), pd.Series([f"g{g}" for g in groups], dtype="str")


def mixing_p(random: np.random.Generator) -> float:
    """Randomized one-sided p of the ties between two groups dealt by chance."""
    layer, groups = draw_layer(random, np.full((4, 4), 0.08), size=10)
    codes = random.permutation(groups.str[1:].astype(int).to_numpy())
    pairs = sparse.triu(layer.matrix, 1).tocoo()
    ends = pairs.row.astype(np.uint32), pairs.col.astype(np.uint32)
    draws = _fold(_draw(codes, ends, 4, 199, int(random.integers(1 << 30))), False)[:, 0, 1]
    table = np.zeros((1, 4, 4), np.int64)
    _count(codes[None], ends, table)
    seen = _fold(table, False)[0, 0, 1]
    equal = (draws == seen).sum() + 1
    return float(((draws < seen).sum() + random.random() * equal) / 200)


@pytest.mark.slow
def test_p_of_few_ties_is_uniform_by_chance() -> None:
    random = np.random.default_rng(20261128)
    values = [mixing_p(random) for _ in range(RUNS)]
    assert stats.kstest(values, "uniform").pvalue > 0.01


@pytest.mark.slow
def test_few_deficits_are_listed_by_chance() -> None:
    """The method says about one pair in forty: two-sided 0.05, and deficits are one side of it."""
    random = np.random.default_rng(5)
    listed = pairs = 0
    for _ in range(40):
        layer, groups = draw_layer(random, np.full((4, 4), 0.08))
        listed += len(_find_deficits(layer, groups))
        pairs += 10
    assert listed / pairs <= 0.05


def power(share: float, runs: int) -> float:
    """Share of networks in which a deficit between two of four groups is found.

    15 organizations a group, ties at a rate of 0.08 (18 expected between two groups), between the
    two at `share` of it.
    """
    random = np.random.default_rng(7)
    rates = np.full((4, 4), 0.08)
    rates[0, 1] = rates[1, 0] = 0.08 * share
    hits = 0
    for _ in range(runs):
        layer, groups = draw_layer(random, rates)
        hits += any((d.first, d.second) == ("g0", "g1") for d in _find_deficits(layer, groups))
    return hits / runs


@pytest.mark.slow
def test_planted_deficits_are_found_with_stated_power() -> None:
    assert power(0.0, 30) >= 0.95  # no tie where 18 are expected
    assert power(0.5, 30) >= 0.4  # half of them: found in 12 of 30 networks


def test_a_planted_deficit_is_found_and_worded_as_a_question() -> None:
    random = np.random.default_rng(11)
    rates = np.full((3, 3), 0.15)
    rates[0, 1] = rates[1, 0] = 0.0
    layer, groups = draw_layer(random, rates)
    found = _find_deficits(layer, groups)
    assert [(d.first, d.second, d.ties) for d in found] == [("g0", "g1", 0)]
    assert 0.6 < found[0].severity <= 0.7
