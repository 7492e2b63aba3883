from __future__ import annotations

from itertools import permutations
from math import comb

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from partnet.facts.graph.collaboration import build_layer
from partnet.measures.whole import shape
from partnet.measures.whole.census import (
    TRIADS,
    measure_directed_transitivity,
    take_dyad_census,
    take_triad_census,
)

from ...builders import make_network
from ..graphs import graphs, layer_of, random_networks


def test_a_network_of_four_by_hand() -> None:
    # 0 <-> 1 -> 2, and 3 alone
    layer = layer_of(nx.DiGraph([(0, 1), (1, 0), (1, 2)]))
    assert take_dyad_census(layer).tolist() == [1, 1, 1]
    assert take_triad_census(layer)["111U"] == 1  # the one who is tied both ways sends on
    graph = nx.DiGraph([(0, 1), (1, 0), (1, 2)])
    graph.add_node(3)
    counts = take_triad_census(layer_of(graph))
    assert counts[counts > 0].to_dict() == {"012": 1, "102": 1, "003": 1, "111U": 1}


@pytest.mark.parametrize("directed", [False, True])
def test_triads_equal_networkx_on_random_networks(directed: bool) -> None:
    for graph in random_networks(directed=directed):
        oracle = nx.triadic_census(graph if directed else graph.to_directed())
        assert take_triad_census(layer_of(graph)).to_dict() == oracle


@given(graphs(directed=True, most=7))
def test_threes_are_all_counted_and_transitivity_is_that_of_plain_loops(graph: nx.DiGraph) -> None:
    layer = layer_of(graph)
    n = len(graph)
    assert take_triad_census(layer).sum() == comb(n, 3)
    assert take_dyad_census(layer).sum() == comb(n, 2)
    paths = [
        (i, k)
        for i, j, k in permutations(graph, 3)
        if graph.has_edge(i, j) and graph.has_edge(j, k)
    ]
    closed = sum(graph.has_edge(i, k) for i, k in paths)
    expected = closed / len(paths) if paths else np.nan
    assert measure_directed_transitivity(layer) == pytest.approx(expected, abs=1e-12, nan_ok=True)


@given(graphs(most=8))
def test_without_arrows_it_is_the_usual_transitivity(graph: nx.Graph) -> None:
    found = measure_directed_transitivity(layer_of(graph))
    assert np.nan_to_num(found) == pytest.approx(shape.measure_transitivity(layer_of(graph)))
    counts = take_triad_census(layer_of(graph))
    assert set(counts[counts > 0].index) <= {"003", "102", "201", "300"}


def test_a_path_that_a_silent_one_might_close_is_left_out() -> None:
    ties = [(u, v, "referral") for u, v in ["ab", "bc", "ac", "ca"]]
    answers = [{"respondent": o, "answered": "yes" if o in "ab" else "no"} for o in "abc"]
    layer = build_layer(make_network("abc", ties, responses=answers), directed=True)
    # a -> b -> c closed; b -> c -> a open; c -> a -> b: c did not answer
    assert measure_directed_transitivity(layer) == 1 / 2


def test_sixteen_types_have_their_names() -> None:
    assert len(TRIADS) == 16 and take_triad_census(layer_of(nx.empty_graph(0))).sum() == 0
