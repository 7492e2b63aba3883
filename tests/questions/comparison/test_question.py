"""Two waves: ledgers, statistics on the same organizations, bootstrap."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from partnet import load_sample
from partnet.io.samples import sample_path
from partnet.questions.comparison.question import compare_networks

from ...builders import make_network


def test_joiners_leavers_and_ties_are_listed_apart() -> None:
    before = make_network("abcx", [("a", "b"), ("b", "c"), ("a", "x")])
    after = make_network("abcy", [("a", "b"), ("a", "c"), ("b", "y")])
    result = compare_networks(before, after)
    found = {(row.organization, row.change) for row in result.tables["organizations"].itertuples()}
    assert found == {("y", "joined"), ("x", "left")}
    ties = result.tables["ties"][["organization", "partner", "change"]].values.tolist()
    assert ties == [["a", "c", "new"], ["b", "c", "gone"]]
    assert result.table.loc["density", ["before", "after"]].tolist() == [2 / 3, 2 / 3]


def test_those_who_did_not_answer_twice_are_not_compared() -> None:
    answers = [{"respondent": o, "answered": "yes" if o != "d" else "no"} for o in "abcd"]
    ties = [("a", "b"), ("c", "d")]
    net = make_network("abcd", ties, responses=answers)
    table = compare_networks(net, net).table
    assert table.loc["organizations compared", "after"] == 3
    assert table.loc["ties", "after"] == 1


def test_nothing_changes_between_equal_waves() -> None:
    net = load_sample("prairie")
    result = compare_networks(net, net)
    assert (result.table["change"] == 0).all() and result.tables["ties"].empty
    assert result.table.loc["density", "standard_error"] == 0


def test_standard_error_follows_the_theory_of_independent_pairs() -> None:
    """With k new ties out of N pairs at random, the error is near sqrt(4 p (1-p) / N) or less."""
    random = np.random.default_rng(3)
    ids = [f"o{k}" for k in range(40)]
    ties = [(a, b) for k, a in enumerate(ids) for b in ids[:k] if random.random() < 0.3]
    after = compare_networks(make_network(ids, [("o0", "o1")]), make_network(ids, ties)).table
    p = after.loc["density", "change"]
    simple = np.sqrt(p * (1 - p) / (40 * 39 / 2))
    assert simple < after.loc["density", "standard_error"] < 3 * simple


@pytest.mark.parametrize("organizations", ["", "a", "ab"])
def test_tiny_waves(organizations: str) -> None:
    net = make_network(organizations)
    assert compare_networks(net, net).text


def test_the_samples_changes_are_told() -> None:
    path = sample_path("prairie").parent / "stories.toml"
    story = tomllib.loads(path.read_text(encoding="utf-8"))["changes"]
    result = compare_networks(load_sample("prairie_2024"), load_sample("prairie"))
    organizations = result.tables["organizations"]
    for change in ("joined", "left"):
        rows = organizations[organizations["change"] == change]
        assert sorted(rows["organization"]) == sorted(story[change])
        assert all(name in result.text for name in rows["name"])
    assert "Switchgrass Emergency Hospital (was Critical Access Hospital" in result.text
