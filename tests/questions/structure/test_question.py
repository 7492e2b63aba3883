from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.measures.chance.permutation import compare_with_chance
from partnet.measures.groups import communities
from partnet.measures.groups.communities import find_communities
from partnet.measures.groups.mixing import measure_mixing, two_sided
from partnet.measures.whole import shape
from partnet.questions.structure import question as structure
from partnet.questions.structure.question import measure_structure

from ...builders import FEW, bridge_of_two_cliques, make_network, networks
from ...measures.graphs import graphs, layer_of, two_cliques


def test_two_cliques_and_a_bridge() -> None:
    found = measure_structure(bridge_of_two_cliques(), permutations=49)
    values = found.table["value"]
    assert values["density"] == pytest.approx(8 / 21)
    assert values["transitivity"] == pytest.approx(3 * 2 / 11)
    assert values[["components", "isolates", "diameter", "blocks"]].tolist() == [1, 0, 4, 4]
    assert values["krackhardt_efficiency"] == pytest.approx(1 - 2 / 15)
    assert values["largest_core"] == 2
    assert found.tables["communities"]["organizations"].sum() == 7


@given(graphs())
def test_whole_network_measures_equal_networkx(graph: nx.Graph) -> None:
    layer = layer_of(graph)
    assert shape.measure_transitivity(layer) == pytest.approx(nx.transitivity(graph))
    lengths = [d for _, to in nx.all_pairs_shortest_path_length(graph) for d in to.values() if d]
    found = shape.measure_distances(layer)
    if lengths:
        assert (found.mean, found.diameter) == (pytest.approx(np.mean(lengths)), max(lengths))
    else:
        assert np.isnan([found.mean, found.diameter]).all()


@given(graphs(directed=True))
def test_reciprocity_and_dyads_equal_networkx(graph: nx.DiGraph) -> None:
    layer = layer_of(graph)
    if graph.edges:
        assert shape.measure_reciprocity(layer) == pytest.approx(nx.reciprocity(graph))
    else:
        assert np.isnan(shape.measure_reciprocity(layer))
    mutual = sum(graph.has_edge(v, u) for u, v in graph.edges) // 2
    n = len(graph)
    one_way = len(graph.edges) - 2 * mutual
    assert shape.count_dyads(layer) == (mutual, one_way, n * (n - 1) // 2 - mutual - one_way)


def test_density_counts_observed_cells_only() -> None:
    answers = [
        {"respondent": "a", "answered": "yes", "relation": "referral", "design": "roster"},
        *({"respondent": o, "answered": "no", "relation": "referral"} for o in "bcd"),
    ]
    net = make_network("abcd", [("a", "b", "referral")], responses=answers)
    found = measure_structure(net, permutations=9)
    assert found.table.loc["observed_cells", "value"] == 3  # a-b, a-c, a-d
    assert found.table.loc["density", "value"] == pytest.approx(1 / 3)
    assert "For 50% of all pairs nobody who could tell has answered" in found.text


def test_krackhardt_connectedness() -> None:
    layer = layer_of(nx.disjoint_union(nx.path_graph(3), nx.path_graph(2)))
    assert shape.measure_connectedness(layer) == pytest.approx(8 / 20)
    assert shape.measure_efficiency(layer_of(nx.star_graph(4))) == 1
    assert shape.measure_efficiency(layer_of(nx.complete_graph(4))) == 0


def test_krackhardt_hierarchy_by_hand() -> None:
    # 0 <-> 1 -> 2: of three linked pairs one has ways both ways
    layer = layer_of(nx.DiGraph([(0, 1), (1, 0), (1, 2)]))
    assert shape.measure_hierarchy(layer) == pytest.approx(2 / 3)
    assert shape.measure_hierarchy(layer_of(nx.DiGraph([(0, 1), (1, 2)]))) == 1
    assert shape.measure_hierarchy(layer_of(nx.cycle_graph(4, create_using=nx.DiGraph))) == 0
    assert np.isnan(shape.measure_hierarchy(layer_of(nx.path_graph(3))))
    assert np.isnan(shape.measure_hierarchy(layer_of(nx.empty_graph(3, create_using=nx.DiGraph))))


@given(graphs(directed=True))
def test_krackhardt_hierarchy_equals_counting_pairs(graph: nx.DiGraph) -> None:
    reached = {(u, v) for u in graph for v in nx.descendants(graph, u)}
    pairs = {frozenset(pair) for pair in reached}
    both = {frozenset((u, v)) for u, v in reached if (v, u) in reached}
    found = shape.measure_hierarchy(layer_of(graph))
    if pairs:
        assert found == pytest.approx(1 - len(both) / len(pairs))
    else:
        assert np.isnan(found)


def test_whoever_is_left_out_is_no_part_of_any_share() -> None:
    net = make_network("abcd", ["ab", "ac", "ad", "bc"])
    layer = build_layer(net, without=["a"])
    values = measure_structure(net, layer=layer, permutations=9).table["value"]
    assert values[["organizations", "ties", "isolates"]].tolist() == [3, 1, 1]
    assert values["density"] == pytest.approx(1 / 3)


def test_arrows_are_held_against_chance() -> None:
    ties = [(u, v, "referral") for u, v in ["ab", "ba", "cd", "dc", "ef", "fe"]]
    values = measure_structure(make_network("abcdef", ties), directed=True, permutations=99).table
    assert values.loc["reciprocity", "value"] == 1
    assert values.loc["reciprocity_expected", "value"] < 0.6
    assert values.loc["reciprocity_p", "value"] <= 0.04


def test_a_silent_organization_is_no_refusal() -> None:
    # a <-> b and a -> c; c did not answer: of two arcs whose return is known, two are answered
    answers = [
        {"respondent": o, "answered": a} for o, a in zip("abc", ["yes", "yes", "no"], strict=True)
    ]
    ties = [("a", "b", "referral"), ("b", "a", "referral"), ("a", "c", "referral")]
    net = make_network("abc", ties, responses=answers)
    assert shape.measure_reciprocity(build_layer(net, directed=True)) == 1
    assert shape.measure_reciprocity(build_layer(make_network("abc", ties), directed=True)) == 2 / 3
    silent = [{**answer, "answered": "no"} for answer in answers]
    nobody = build_layer(make_network("abc", ties, responses=silent), directed=True)
    assert np.isnan(shape.measure_reciprocity(nobody))


def test_reciprocity_against_chance_counts_those_who_answered() -> None:
    answers = [{"respondent": o, "answered": "yes" if o in "abcd" else "no"} for o in "abcdefgh"]
    told = [(u, v, "referral") for u, v in ["ab", "ba", "cd", "dc"]]
    unanswered = [(u, v, "referral") for u in "abcd" for v in "efgh"]
    net = make_network("abcdefgh", [*told, *unanswered], responses=answers)
    found = compare_with_chance(build_layer(net, directed=True), "reciprocity", draws=99)
    alone = compare_with_chance(
        build_layer(make_network("abcd", told), directed=True), "reciprocity", draws=99
    )
    assert found == alone and found["observed"] == 1


def test_e_i_and_assortativity() -> None:
    groups = pd.Series(list("aaabbbb"))
    found = measure_mixing(layer_of(two_cliques()), groups, permutations=99)
    assert found.e_i == pytest.approx((1 - 7) / 8)
    graph = two_cliques()
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    expected = nx.attribute_assortativity_coefficient(graph, "group")
    assert found.assortativity == pytest.approx(expected)
    assert found.pairs["ties"].tolist() == [3, 1, 4]
    assert found.e_i < found.e_i_expected


def test_mixing_expects_what_dealing_groups_anew_gives() -> None:
    # complete bipartite between the groups; 3 of 6 in each: a pair crosses with chance 9 / 15
    found = measure_mixing(
        layer_of(nx.complete_bipartite_graph(3, 3)), pd.Series(list("aaabbb")), permutations=4000
    )
    across = found.pairs.set_index(["from_group", "to_group"]).loc[("a", "b")]
    assert across["ties"] == 9
    assert across["expected"] == pytest.approx(9 * 9 / 15, abs=0.1)
    assert across["p"] < 0.25


def test_two_sided_p_counts_the_observed_value() -> None:
    assert two_sided(5.0, np.zeros(99)) == pytest.approx(0.02)
    assert two_sided(0.0, np.zeros(99)) == 1.0


def test_unknown_groups_are_left_out() -> None:
    found = measure_mixing(layer_of(nx.path_graph(3)), pd.Series(["a", "", "a"]), permutations=9)
    assert found.pairs["ties"].tolist() == [0]
    assert np.isnan(found.e_i)


def test_communities_do_not_depend_on_the_order_of_rows() -> None:
    graph = nx.relaxed_caveman_graph(5, 6, 0.1, seed=2)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges)))
    one, other = find_communities(layer_of(graph)), find_communities(layer_of(turned))
    assert one.labels.tolist() == other.labels[::-1].tolist()
    assert one.modularity == pytest.approx(other.modularity)


def test_an_unknown_grouping_is_explained() -> None:
    with pytest.raises(UsageError, match="grouping: found 'team'"):
        measure_structure(bridge_of_two_cliques(), grouping="team")


@pytest.mark.parametrize("organizations", ["", "a", "ab", "abc"])
def test_degenerate_networks(organizations: str) -> None:
    found = measure_structure(make_network(organizations), layer="collaboration", permutations=9)
    assert found.table.loc["ties", "value"] == 0
    assert found.table.loc["isolates", "value"] == len(organizations)
    assert "empty" in found.text or "No tie is on file" in found.text


@FEW
@given(networks())
def test_any_network_gives_a_result(net: Network) -> None:
    for directed in (False, True):
        found = measure_structure(net, directed=directed, permutations=9)
        assert found.sentences and all(sentence.endswith(".") for sentence in found.sentences)
        assert list(found.tables["organizations"].index) == list(net.ids)
        found.to_json()


def test_pairs_of_several_relations_are_counted() -> None:
    ties = [("a", "b", "referral"), ("a", "b", "contract"), ("a", "c", "contract")]
    found = measure_structure(make_network("abcd", ties), permutations=9)
    assert found.table.loc["multiplex_pairs", "value"] == pytest.approx(1 / 2)
    row = found.tables["multiplexity"].iloc[0]
    assert {row["first"], row["second"]} == {"referral", "contract"}
    assert {row["ties_first"], row["ties_second"], row["ties_both"]} == {1, 2}
    # of six pairs one is tied by referral, two by contract, one by both
    assert row["correlation"] == pytest.approx(
        np.corrcoef([1, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0])[0, 1]
    )
    assert 0 < row["p"] <= 1 and abs(row["expected"]) < 1


def test_cliques_are_more_transitive_than_chance() -> None:
    ids = [f"o{k:02d}" for k in range(20)]
    ties = [(ids[i], ids[j]) for i in range(20) for j in range(i) if i // 5 == j // 5]
    values = measure_structure(make_network(ids, ties), permutations=99).table["value"]
    assert values["transitivity"] == 1 > values["transitivity_expected"]
    assert values["transitivity_p"] == pytest.approx(0.02)


def test_communities_of_many_ties_are_as_good_as_those_of_networkx(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = nx.relaxed_caveman_graph(40, 8, 0.2, seed=3)
    nx.set_edge_attributes(
        graph, {edge: (0.5, 1.0)[sum(edge) % 2] for edge in graph.edges}, "weight"
    )
    layer = layer_of(graph)
    theirs = find_communities(layer)
    monkeypatch.setattr(communities, "MOST_TIES", 0)
    ours = find_communities(layer)
    parts = [set(np.flatnonzero(ours.labels == k)) for k in range(ours.labels.max() + 1)]
    assert ours.modularity == pytest.approx(nx.community.modularity(graph, parts), abs=1e-12)
    assert ours.modularity >= theirs.modularity - 0.01
    sizes = np.bincount(ours.labels)
    assert (np.diff(sizes) <= 0).all() and len(sizes) < len(graph) / 3


def test_communities_of_many_ties_do_not_depend_on_the_order_of_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(communities, "MOST_TIES", 0)
    graph = nx.relaxed_caveman_graph(5, 6, 0.1, seed=2)
    graph.add_node("alone")
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges)))
    one, other = find_communities(layer_of(graph)), find_communities(layer_of(turned))
    assert one.labels.tolist() == other.labels[::-1].tolist()
    assert one.labels[-1] == one.labels.max() and (one.labels == one.labels[-1]).sum() == 1


def test_what_a_large_network_is_spared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communities, "MOST_TIES", 3)
    monkeypatch.setattr(structure, "MOST_RANDOM", 3)
    found = measure_structure(bridge_of_two_cliques(), permutations=9)
    assert np.isnan(found.table.loc["transitivity_p", "value"])
    notes = " ".join(found.method.notes)
    assert "not drawn" in notes and "searched by partnet itself" in notes
