"""Ranks under repeated hiding: bounded, the same in every run, and only where asked."""

from __future__ import annotations

import pytest

from partnet import load_sample, recommend_partners
from partnet.core.network import Network

from ....builders import bridge_of_two_cliques


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


@pytest.mark.slow
def test_ranks_stay_within_bounds_and_around_the_rank(prairie: Network) -> None:
    result = recommend_partners(prairie, "Lone Elm Hospital", 8, runs=6)
    table = result.table
    assert (table["rank_low"] >= 1).all()
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert table["share_top_five"].between(0, 1).all()
    assert table.loc[0, "share_top_five"] >= table.loc[7, "share_top_five"]
    assert "With one tie in five held out, 6 times over" in result.text
    assert result.method.settings["runs with one tie in five held out"] == 6
    again = recommend_partners(prairie, "Lone Elm Hospital", 8, runs=6)
    assert again.to_json() == result.to_json()


def test_runs_change_nothing_else(prairie: Network) -> None:
    without = recommend_partners(prairie, "Lone Elm Hospital", runs=0).table
    with_runs = recommend_partners(prairie, "Lone Elm Hospital", runs=2).table
    assert "rank_low" not in without
    assert with_runs[without.columns].equals(without)


def test_unasked_it_is_done_for_one_organization_only() -> None:
    net = bridge_of_two_cliques()
    assert "rank_low" in recommend_partners(net, "a").table
    assert "rank_low" not in recommend_partners(net).table


def test_ranks_count_only_partners_that_the_wishes_allow(prairie: Network) -> None:
    few = recommend_partners(prairie, "Lone Elm Hospital", 9, kinds="school", runs=3).table
    assert (few["rank_high"] <= len(few)).all() or len(few) == 9
