from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from partnet.core.network import Network
from partnet.core.results.result import Result
from partnet.facts.graph.collaboration import build_layer
from partnet.facts.graph.layers import Layer
from partnet.io.samples import load_sample
from partnet.measures.centrality.paths import measure_betweenness, measure_closeness
from partnet.measures.ranking import find_top, rank_of
from partnet.measures.whole.centralization import measure_centralization
from partnet.questions.bridges.question import find_bridges
from partnet.questions.centrality.question import measure_centrality

from ...builders import bridge_of_two_cliques, make_network, networks
from ...measures.graphs import layer_of

SIMPLE = [
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "harmonic",
    "eigenvector",
    "katz",
    "pagerank",
    "coreness",
]

EVEN = ["katz", "katz_weighted", "pagerank", "pagerank_weighted"]  # the same for all without ties


def test_table_is_indexed_by_organization_in_the_order_of_the_network() -> None:
    net = bridge_of_two_cliques()
    table = measure_centrality(net).table
    assert list(table.index) == list(net.ids)
    assert list(table.columns[:11]) == ["name", "kind", *SIMPLE]
    assert table["degree"].tolist() == [2, 2, 3, 2, 3, 2, 2]
    np.testing.assert_allclose(table["betweenness"] * 15, [0, 0, 8, 9, 8, 0, 0])


def test_directed_counts_ties_in_and_out() -> None:
    net = make_network("abc", [("a", "b", "referral"), ("c", "b", "referral")])
    table = measure_centrality(net, directed=True).table
    assert table["in_degree"].tolist() == [0, 2, 0]
    assert table["out_degree"].tolist() == [1, 0, 1]
    assert table["harmonic"].tolist() == [0, 1, 0]
    assert "degree" not in table


def test_unweighted_columns_do_not_depend_on_strength() -> None:
    ties = [("a", "b", "referral", 1.0), ("b", "c", "referral", 0.25), ("a", "c", "referral", 0.5)]
    equal = [(*tie[:3], 1.0) for tie in ties]
    uneven = measure_centrality(make_network("abc", ties)).table
    even = measure_centrality(make_network("abc", equal)).table
    simple = [column for column in SIMPLE if column != "strength"]
    assert uneven[simple].equals(even[simple])
    assert not uneven["harmonic_weighted"].equals(even["harmonic_weighted"])
    assert measure_centrality(make_network("abc", ties), weighted=False).table.shape[1] == 11


@pytest.mark.slow
@given(networks())
def test_equals_networkx_on_any_network(net: Network) -> None:
    found = measure_centrality(net, layer="collaboration")
    graph = nx.from_scipy_sparse_array(build_layer(net).matrix)
    table = found.table
    oracles = {
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "coreness": nx.core_number(graph),
    }
    for column, oracle in oracles.items():
        np.testing.assert_allclose(table[column], list(oracle.values()), atol=1e-9)
    assert found.sentences and all(sentence.endswith(".") for sentence in found.sentences)
    assert np.isfinite(table.drop(columns=["name", "kind"]).to_numpy(dtype=float)).all()


@pytest.mark.parametrize(
    ("organizations", "said"),
    [
        ("", "empty"),
        ("a", "There is one organization on file"),
        ("ab", "No tie is on file among the 2 organizations"),
    ],
)
@pytest.mark.parametrize("layer", [None, "collaboration"])
def test_degenerate_networks(organizations: str, said: str, layer: str | None) -> None:
    found = measure_centrality(make_network(organizations), layer=layer)
    assert said in found.text or "Nothing in common" in found.text
    numbers = found.table.drop(columns=["name", "kind", *EVEN])
    assert not numbers.to_numpy(dtype=float).any()
    assert found.table["pagerank"].sum() == pytest.approx(1.0 if organizations else 0.0)


def test_partners_are_counted_by_relation() -> None:
    ties = [("a", "b", "referral"), ("a", "b", "contract"), ("a", "c", "contract")]
    net = make_network("abc", ties)
    table = measure_centrality(net).tables["by_relation"]
    assert table["referral"].tolist() == [1, 1, 0]
    assert table["contract"].tolist() == [2, 1, 1]
    arrows = measure_centrality(net, directed=True).tables["by_relation"]
    assert arrows["referral_out"].tolist() == [1, 0, 0]
    assert arrows["referral_in"].tolist() == [0, 1, 0]
    only = measure_centrality(net, relations=["contract"])
    assert only.table["degree"].tolist() == table["contract"].tolist()
    assert list(only.tables["by_relation"]) == ["contract"]


def test_whoever_is_left_out_is_no_part_of_any_share() -> None:
    net = make_network("abcde", ["ab", "ac", "ad", "bc", "cd", "de"])
    layer = build_layer(net, without=["a"])
    table = measure_centrality(net, layer=layer).table
    graph = nx.Graph(["bc", "cd", "de"])
    assert table.loc["a"].drop(["name", "kind"]).isna().all()
    for column, oracle in {
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "pagerank": nx.pagerank(graph, tol=1e-12),
    }.items():
        assert table[column].drop("a").to_dict() == pytest.approx(oracle)
    left_out = find_bridges(net, layer=layer).table
    expected = [0, *nx.betweenness_centrality(graph).values()]
    assert left_out["betweenness"].tolist() == pytest.approx(expected)


def test_two_tied_organizations() -> None:
    found = measure_centrality(make_network("ab", [("a", "b")]))
    assert found.table["harmonic"].tolist() == [1, 1]
    assert found.tables["centralization"]["centralization"].isna().all()
    assert (found.tables["centralization"]["note"] == "needs at least three organizations").all()


def test_the_text_names_who_is_central_and_who_is_alone() -> None:
    net = make_network("abcde", [("a", "b"), ("a", "c"), ("a", "d")])
    text = measure_centrality(net).text
    assert "A has the most partners on file (3 of 4)." in text
    assert "1 organization has no working tie on file." in text
    assert "counted as absent" in text


def test_the_convener_is_spoken_of_apart() -> None:
    found = measure_centrality(load_sample("prairie"))
    said = [s for s in found.sentences if "State Office of Rural Health" in s]
    assert len(said) == 1
    assert "keeps this file" in said[0]


def test_affinity_is_called_affinity() -> None:
    services = [{"organization": o, "service": s} for o, s in ("ax", "bx", "by", "cy", "dz")]
    found = measure_centrality(make_network("abcd", services=services))
    assert found.sentences[0].startswith("The graph is affinity")
    assert "partner" not in found.text and "tie on file" not in found.text
    assert "affinity" in found.method.notes[0]


def test_result_turns_into_json() -> None:
    assert '"verb": "measure_centrality"' in measure_centrality(bridge_of_two_cliques()).to_json()


def test_a_star_is_fully_centralized() -> None:
    layer = layer_of(nx.star_graph(6))
    found = measure_centralization(layer, _scores(layer))
    np.testing.assert_allclose(found["centralization"], 1.0)


def test_closeness_centralization_of_the_kite_is_that_of_undirected_ties() -> None:
    # sna::centralization(g, closeness) gives half of this unless mode = "graph" is asked for.
    layer = layer_of(nx.krackhardt_kite_graph())
    found = measure_centralization(layer, _scores(layer))["centralization"]
    assert found["closeness"] == pytest.approx(0.270374, abs=1e-5)
    assert found["betweenness"] == pytest.approx(96 / 324)  # Heather 14, all 44
    assert found["degree"] == pytest.approx(24 / 72)


def test_closeness_centralization_needs_one_part() -> None:
    layer = layer_of(nx.disjoint_union(nx.star_graph(3), nx.path_graph(2)))
    found = measure_centralization(layer, _scores(layer)).loc["closeness"]
    assert np.isnan(found["centralization"])
    assert found["note"] == "the network has several components; see harmonic"


def test_ranks_do_not_hang_on_the_last_bits() -> None:
    values = [0.1 + 0.2, 0.3, 0.5]
    assert find_top(values, 3).tolist() == [2, 0, 1]
    assert rank_of(values, 1) == rank_of(values, 0) == 2


def _scores(layer: Layer) -> dict[str, np.ndarray]:
    near = measure_closeness(layer)
    return {
        "degree": np.diff(layer.matrix.indptr),
        "betweenness": measure_betweenness(layer),
        "closeness": near.closeness,
        "harmonic": near.harmonic,
    }


def test_returns_the_one_result_type() -> None:
    assert isinstance(measure_centrality(bridge_of_two_cliques()), Result)
