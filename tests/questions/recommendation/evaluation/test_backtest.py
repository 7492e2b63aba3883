"""The back-test: what was hidden stays hidden, and few organizations allow no statement."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from partnet import UsageError, backtest_recommendations, load_sample, read_network
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.questions.recommendation.evaluation.holdout_runs import (
    split_by_group,
    split_by_organization,
    split_together,
)
from partnet.questions.recommendation.evaluation.text import say_verdict
from partnet.questions.recommendation.features.features import (
    NEWCOMER,
    WARM,
    PairFeatures,
)
from partnet.questions.recommendation.features.fields import build_fields
from partnet.questions.recommendation.ranking.documents import (
    group_by_document,
    link_documents,
    list_ties,
)
from partnet.questions.recommendation.ranking.ranker import PATTERN, load_ranker
from partnet.questions.recommendation.ranking.scores import (
    build_features,
    score_pairs_of,
    symmetric_graph,
)

from ....builders import bridge_of_two_cliques, make_network

SINGLE = ("resource_allocation", "pagerank", "popularity")


@pytest.fixture(scope="module")
def prairie() -> Network:
    return load_sample("prairie")


def test_what_is_left_is_scored_as_a_file_that_never_held_the_hidden_ties(prairie: Network) -> None:
    """Every column, weight and probability, with rows of the file taken out in place of ties."""
    here, ranker = prairie.at(), load_ranker("best")
    layer = build_layer(here)
    hidden = split_together(here, layer, 5)[0]
    left = _take_out(here, hidden.ties, layer.relations).at(here.day)
    filed = build_features(left, build_layer(left))
    assert (filed.graph.adjacency != hidden.graph.adjacency).nnz == 0 < hidden.ties.nnz
    seen = PairFeatures(hidden.graph, build_fields(here, layer.relations))
    one = score_pairs_of(here, layer, ranker, seen)
    two = score_pairs_of(left, build_layer(left), ranker, filed)
    assert {*one.warm.columns, *one.newcomer.columns} == {*WARM, *NEWCOMER, PATTERN}
    for name in ("i", "j", "raw", "weights", "score", "probability"):
        for mine, theirs in zip(one.sets, two.sets, strict=True):
            assert (getattr(mine, name) == getattr(theirs, name)).all(), name


def _take_out(here: Network, hidden: sparse.csr_array, relations: tuple[str, ...]) -> Network:
    """The network without the rows that make some ties: ties of a relation, agreements."""
    gone = {frozenset(here.ids[[a, b]]) for a, b in zip(*hidden.nonzero(), strict=True)}
    tables = {name: here.table(name).drop(columns="provenance") for name in here.tables}
    ties, agreements = tables["ties"], tables["agreements"]
    ends = zip(ties["source"], ties["target"], strict=True)
    named = np.array([frozenset(pair) in gone for pair in ends])
    tables["ties"] = ties[~(named & ties["relation"].isin(relations).to_numpy())]
    parties = agreements.groupby("agreement")["organization"].agg(list)
    lost = [k for k, who in parties.items() if gone & {*map(frozenset, combinations(who, 2))}]
    assert len(tables["ties"]) < len(ties) and lost
    tables["agreements"] = agreements[~agreements["agreement"].isin(lost)]
    return read_network({name: table.reset_index(drop=True) for name, table in tables.items()})


def test_every_tie_is_hidden_once_and_none_stays_visible(prairie: Network) -> None:
    graph = symmetric_graph(build_layer(prairie))
    ties = list_ties(graph)
    splits = split_by_group(graph, ties, np.arange(len(ties)), 5)
    assert sum(one.ties.nnz for one in splits) == graph.adjacency.nnz
    for one in splits:
        assert one.graph.adjacency.multiply(one.ties).nnz == 0
        assert one.graph.adjacency.nnz + one.ties.nnz == graph.adjacency.nnz


def test_a_hidden_organization_keeps_no_tie(prairie: Network) -> None:
    graph = symmetric_graph(build_layer(prairie))
    for one in split_by_organization(graph, 5):
        newcomer = (graph.degree > 0) & (one.graph.degree == 0)
        assert newcomer.any()
        assert one.graph.adjacency.nnz + one.ties.nnz == graph.adjacency.nnz


def test_ties_of_one_agreement_are_hidden_together() -> None:
    rows = [
        {"source": a, "target": b, "relation": "collaboration", "evidence": paper}
        for a, b, paper in [("a", "b", "X"), ("b", "c", "X"), ("a", "c", "X"), ("c", "d", "Y")]
        + [(f"{k}1", f"{k}2", "") for k in "efghijklmnop"]
    ]
    ids = sorted({row[end] for row in rows for end in ("source", "target")})
    net = make_network(ids, rows)
    layer = build_layer(net)
    ties = list_ties(symmetric_graph(layer))
    group = group_by_document(net.at(), layer, ties)
    together = [group[k] for k, (i, j) in enumerate(ties) if net.ids[j] in "abc"]
    assert len(together) == 3
    assert len(set(together)) == 1
    assert len(np.unique(group)) == len(ties) - 2
    documents = link_documents(net.at(), layer, ties)
    assert documents.shape == (len(ties), len(ties) - 2)
    assert sorted(documents.sum(axis=0)) == [1.0] * (len(ties) - 3) + [3.0]


def _verdict(judged: int, difference: float, low: float) -> str:
    """The verdict for figures of one's own."""
    rows = [(m, "hit_5", difference, low, 2 * difference - low) for m in ("chance", *SINGLE)]
    columns = ["less", "measure", "difference", "low", "high"]
    test = SimpleNamespace(
        judged=judged,
        layer=SimpleNamespace(kind="collaboration"),
        later=False,
        differences=pd.DataFrame(rows, columns=columns),
        table=pd.DataFrame({"hit_5": 0.1}, index=list(SINGLE)),
    )
    return say_verdict(test)  # type: ignore[arg-type]


def test_the_verdict_says_no_more_than_the_number_of_organizations_allows() -> None:
    assert "no statement" in _verdict(19, 0.5, 0.4)
    assert "clearly better than random choice; they beat" in _verdict(20, 0.3, 0.1)
    small = _verdict(99, 0.05, 0.01)
    assert "No clear difference" in small
    assert "no difference that so few organizations could show" in small
    assert "clearly better" in _verdict(100, 0.05, 0.01)
    assert "No clear difference" in _verdict(100, 0.05, -0.01)
    assert "beats them" in _verdict(100, -0.2, -0.3)


def test_few_organizations_allow_no_statement() -> None:
    result = backtest_recommendations(bridge_of_two_cliques())
    assert "no statement" in result.text
    assert "clearly better" not in result.text


@pytest.mark.parametrize("n", range(1, 6))
def test_tiny_and_complete_networks_get_an_answer_in_words(n: int) -> None:
    for graph in (nx.path_graph(n), nx.complete_graph(n)):
        text = backtest_recommendations(Network.from_networkx(graph)).text
        assert "No organization could be judged" in text or "no statement" in text


@pytest.mark.parametrize("n", [0, 1, 5])
def test_without_ties_there_is_nothing_to_hide_and_it_says_so(n: int) -> None:
    result = backtest_recommendations(Network.from_networkx(nx.empty_graph(n)))
    assert "nothing to hold out" in result.text
    assert result.table[["hit_1", "hit_5", "auc"]].drop(index="chance").isna().all(axis=None)
    assert result.tables["organizations"].empty


def test_blind_choice_is_exact_and_the_lift_is_over_it(prairie: Network) -> None:
    table = backtest_recommendations(prairie, hide="tie").table
    assert table.loc["chance", "lift_5"] == pytest.approx(1.0)
    ranker = table.loc["ranker"]
    assert ranker["lift_5"] == pytest.approx(
        ranker["hit_5"] / table.loc["chance", "hit_5"], rel=1e-4
    )
    assert ranker["hit_5_low"] <= ranker["hit_5"] <= ranker["hit_5_high"]


def test_resource_allocation_cannot_tell_newcomers_apart(prairie: Network) -> None:
    table = backtest_recommendations(prairie, hide="organization").table
    assert table.loc["resource_allocation", "hit_5"] == pytest.approx(table.loc["chance", "hit_5"])
    assert table.loc["resource_allocation", "auc"] == pytest.approx(0.5)


@pytest.mark.slow
def test_a_column_made_from_the_ties_raises_a_warning() -> None:
    graph = nx.planted_partition_graph(8, 8, 1.0, 0.0, seed=1)
    removed = [edge for k, edge in enumerate(sorted(graph.edges)) if k % 4 == 0]
    whole = [{"id": f"o{k}", "name": f"O{k}", "kind": "food", "team": f"t{k // 8}"} for k in graph]
    ties = [(f"o{a}", f"o{b}") for a, b in sorted(graph.edges) if (a, b) not in removed]
    text = backtest_recommendations(make_network(whole, ties)).text
    assert "Warning" in text
    assert "Warning" not in backtest_recommendations(load_sample("prairie")).text


def test_a_later_wave_is_the_truth_and_nothing_is_hidden() -> None:
    base = bridge_of_two_cliques()
    pairs = list(zip(base.ties["source"], base.ties["target"], strict=True))
    later = make_network("abcdefg", [*pairs, ("a", "d"), ("c", "e")])
    result = backtest_recommendations(base, later=later)
    assert sorted(result.tables["organizations"].index) == ["a", "c", "d", "e"]
    assert result.method.settings["truth"] == "ties new in the later wave"


@pytest.mark.slow
def test_the_same_network_gives_the_same_bytes(prairie: Network) -> None:
    first, second = (backtest_recommendations(prairie).to_json() for _ in range(2))
    assert first == second


def test_wrong_arguments_are_refused_in_words() -> None:
    with pytest.raises(UsageError, match="hide: found 'half'"):
        backtest_recommendations(bridge_of_two_cliques(), hide="half")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="splits: found 1"):
        backtest_recommendations(bridge_of_two_cliques(), splits=1)


def test_calibration_says_about_what_is_found(prairie: Network) -> None:
    bands = backtest_recommendations(prairie, hide="tie").tables["calibration"]
    assert isinstance(bands, pd.DataFrame)
    assert (bands["said"] * bands["pairs"]).sum() == pytest.approx(
        (bands["found"] * bands["pairs"]).sum(), rel=0.1
    )
