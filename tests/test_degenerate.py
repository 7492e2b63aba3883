"""Every verb and the report on networks with next to nothing in them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import partnet as pn
from partnet.core.network import Network

from .builders import make_network

VERBS: dict[str, Callable[[Network], Any]] = {
    "describe": pn.describe_network,
    "centrality": pn.measure_centrality,
    "affiliation": pn.measure_affiliation,
    "structure": lambda net: pn.measure_structure(net, permutations=19),
    "explain": lambda net: pn.explain_ties(net, permutations=9),
    "uncertainty": lambda net: pn.measure_uncertainty(net, imputations=5, bootstrap=5),
    "nonrespondents": lambda net: pn.find_nonrespondents(net, imputations=5),
    "bridges": pn.find_bridges,
    "gaps": pn.find_gaps,
    "recommend": pn.recommend_partners,
    "backtest": pn.backtest_recommendations,
    "plan": pn.plan_introductions,
    "compare": lambda net: pn.compare_networks(net, net),
    "benchmark": lambda net: pn.benchmark_networks(net, [net], draws=5),
    "session": pn.prepare_session,
    "outcomes": pn.check_outcomes,
    "goals": pn.track_goals,
    "trust": lambda net: pn.measure_trust(net, permutations=9),
    "profile": pn.profile_partnerships,
    "visits": pn.plan_visits,
    "partners expected": pn.list_expected_partners,
    "convenings": pn.describe_convenings,
    "leaders": pn.list_leaders,
    "practices": pn.list_practices,
    "voices": pn.list_voices,
    "introductions": pn.find_introductions,
    "peers": pn.find_peer_states,
    "peers among networks": lambda net: pn.find_peer_states(net, [net, make_network("ab", ["ab"])]),
}

NETWORKS: dict[str, Callable[[], Network]] = {
    "none": lambda: make_network([]),
    "one": lambda: make_network(["a"]),
    "two": lambda: make_network(["a", "b"]),
    "two tied": lambda: make_network(["a", "b"], [("a", "b")]),
    "all isolated": lambda: make_network("abcdef"),
    "self-ties only": lambda: make_network("abc", [("a", "a"), ("b", "b")]),
    "the same tie three times": lambda: make_network("abc", [("a", "b")] * 3),
    "one name twice": lambda: make_network(
        [{"id": i, "name": "Mercy Hospital", "kind": "hospital"} for i in "ab"], [("a", "b")]
    ),
    "complete": lambda: make_network("abcd", ["ab", "ac", "ad", "bc", "bd", "cd"]),
    "ties said to be none": lambda: make_network(
        "abc", [{"source": "a", "target": "b", "relation": "referral", "strength": "none"}]
    ),
    "a star of one kind": lambda: make_network("abcde", ["ab", "ac", "ad", "ae"]),
    "all newcomers but two": lambda: make_network("abcde", [("a", "b")]),
    "services without ties": lambda: make_network(
        "abc", services=[{"organization": o, "service": "dental"} for o in "abc"]
    ),
}

QUICK = {"none", "one", "ties said to be none", "complete"}  # a report of each is always written
MOST = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in NETWORKS]
each_network = pytest.mark.parametrize("net", [make() for make in NETWORKS.values()], ids=NETWORKS)


@each_network
@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_answers_in_words(net: Network, verb: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", EncodingWarning)  # of libraries that are loaded first here
        found = VERBS[verb](net)
    assert found.sentences
    text = f" {found.text} ".lower()
    assert not any(word in text for word in (" nan", " none of 0", "inf ", " nat", "{", "0 of 0"))
    assert all(sentence.strip()[-1] in ".?:" for sentence in found.sentences)
    found.to_json()


@each_network
def test_every_pair_is_described_and_aligned(net: Network) -> None:
    for organization in net.ids[:2]:
        assert pn.describe_organization(net, organization).sentences
    if net.n > 1:
        assert pn.align_organizations(net, *net.ids[:2]).sentences


@pytest.mark.parametrize("net", MOST, ids=str)
def test_the_report_is_written_in_every_format(net: str, tmp_path: Path) -> None:
    for ending in ("html", "xlsx", "json"):
        path = tmp_path / f"report.{ending}"
        pn.write_report(NETWORKS[net](), path, as_of="2026-01-01")
        assert path.stat().st_size > 1000


def test_without_organizations_nothing_is_central() -> None:
    net = make_network([])
    assert len(pn.measure_centrality(net).table) == 0
    assert "network is empty" in pn.measure_centrality(net).text.lower()


def test_isolated_organizations_score_nothing_and_break_nothing() -> None:
    net = make_network("abcdef")
    table = pn.measure_centrality(net).table
    assert (table[["degree", "betweenness", "harmonic", "coreness"]] == 0).all(axis=None)
    assert len(pn.find_bridges(net).tables["what_breaks"]) == 0


def test_self_ties_count_for_nothing() -> None:
    assert pn.build_layer(make_network("abc", [("a", "a")])).n_ties == 0


def test_the_same_tie_three_times_is_one_pair() -> None:
    assert pn.build_layer(make_network("abc", [("a", "b")] * 3)).n_ties == 1


def test_one_name_twice_is_said_and_asked_back() -> None:
    net = NETWORKS["one name twice"]()
    quality = pn.build_report(net).section("quality")
    assert "1 pair of rows may be one organization entered twice" in " ".join(quality.lead)
    with pytest.raises(pn.UsageError, match="a, b"):
        net.find("Mercy Hospital")


def test_in_a_complete_network_nobody_is_left_to_recommend() -> None:
    found = pn.recommend_partners(NETWORKS["complete"]())
    assert len(found.table) == 0
    assert "tie" in found.text


def test_without_reported_ties_every_text_says_affinity() -> None:
    net = NETWORKS["services without ties"]()
    for verb in (pn.measure_centrality, pn.find_bridges, pn.recommend_partners):
        assert "affinity" in verb(net).text.lower()
