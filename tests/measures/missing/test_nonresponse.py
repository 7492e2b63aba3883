from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from partnet.facts.collaboration import build_layer
from partnet.facts.layers import Layer
from partnet.facts.survey import Survey
from partnet.measures.chance.ranges import WIDENED, find_ends, list_factors, widen
from partnet.measures.missing.nonresponse import draw_answers, has_answer_model

from ...builders import make_network
from ..graphs import layer_of


def ask(graph: nx.DiGraph, silent: list[int]) -> Layer:
    """The layer of what is left of a survey in which some did not answer."""
    told = np.array([v not in silent for v in graph])
    kept = nx.DiGraph()
    kept.add_nodes_from(graph)
    kept.add_edges_from((u, v) for u, v in graph.edges if u not in silent)
    return replace(layer_of(kept), survey=Survey(np.ones_like(told), told, told))


def mirrored(n: int, seed: int) -> nx.DiGraph:
    """A survey in which every naming is answered."""
    return nx.gnp_random_graph(n, 0.2, seed=seed).to_directed()


def test_answers_on_file_stay_and_only_the_silent_say_more() -> None:
    layer = ask(mirrored(20, 3), silent=[0, 5, 7])
    for drawn in draw_answers(layer, draws=20):
        added = (drawn.matrix - layer.matrix).tocoo()
        assert (added.data >= 0).all() and drawn.survey is None
        assert set(added.coords[0][added.data > 0].tolist()) <= {0, 5, 7}


def test_whoever_is_named_names_in_return_where_all_others_do() -> None:
    graph = mirrored(30, 1)
    silent = list(range(6))
    layer = ask(graph, silent)
    returned, others = [], []
    for drawn in draw_answers(layer, draws=60):
        tie = drawn.matrix.toarray() > 0
        for i in silent:
            for j in range(6, 30):
                (returned if graph.has_edge(j, i) else others).append(tie[i, j])
    assert np.mean(returned) > 0.7 > 0.1 > np.mean(others)


def test_the_number_of_ties_varies_as_the_respondents_do() -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(24))
    graph.add_edges_from((v, (v + k) % 24) for v in range(12) for k in range(1, 11))
    graph.add_edges_from((v, (v + 1) % 24) for v in range(12, 24))  # half name ten, half one
    layer = ask(graph, silent=[0, 1, 12, 13])
    missing = graph.number_of_edges() - layer.n_ties
    drawn = [net.n_ties - layer.n_ties for net in draw_answers(layer, draws=200)]
    assert missing == 22 and abs(np.mean(drawn) - missing) < 3
    assert np.std(drawn) > 5  # four independent draws of 1 or 10: 9


def test_half_the_rate_names_half_as_many() -> None:
    layer = ask(mirrored(30, 2), silent=[1, 2, 3, 4])
    whole = np.mean([net.n_ties for net in draw_answers(layer, draws=80)]) - layer.n_ties
    half = np.mean([n.n_ties for n in draw_answers(layer, draws=80, rate=0.5)]) - layer.n_ties
    assert half == pytest.approx(whole / 2, rel=0.25)


def test_same_seed_same_networks() -> None:
    layer = ask(mirrored(15, 4), silent=[3, 4])
    one, other = ([n.matrix.toarray() for n in draw_answers(layer, draws=3)] for _ in range(2))
    assert np.array_equal(one, other)


def survey_of(answered: str, silent: str) -> list[dict[str, str]]:
    told = [{"respondent": o, "answered": "yes"} for o in answered]
    return told + [{"respondent": o, "answered": "no"} for o in silent]


def test_without_arrows_a_pair_may_be_tied_that_only_the_silent_would_name() -> None:
    ties = [
        {"source": a, "target": b, "relation": "contract", "reported_by": a}
        for a, b in [*("ab", "bc", "cd", "de", "ef", "fa", "ac", "bd")]
    ]
    net = make_network("abcdefgh", ties, responses=survey_of("abcdef", "gh"))
    layer = build_layer(net)
    assert layer.said is not None and has_answer_model(layer)
    named = np.zeros((8, 8))
    for drawn in draw_answers(layer, draws=100):
        named += drawn.matrix.toarray() > 0
        assert (drawn.matrix != drawn.matrix.T).nnz == 0
    assert named[6, :6].min() > 0 and named[0, 3] == 0  # a and d answered


def test_too_few_answers_teach_nothing_and_show_no_range() -> None:
    few = build_layer(make_network("abcdef", ["ab"], responses=survey_of("abc", "def")))
    assert not has_answer_model(few)
    assert np.isnan(list_factors(few, ["density"])).all()
    everybody = build_layer(make_network("abc", ["ab"], responses=survey_of("abc", "")))
    assert list_factors(everybody, ["density", "reciprocity"]).tolist() == [1, 1]
    graph = nx.empty_graph(9, create_using=nx.DiGraph)
    assert not has_answer_model(ask(graph, silent=[0]))  # nobody names anybody


def test_factors_follow_the_arrows() -> None:
    layer = ask(mirrored(12, 1), silent=[0])
    found = list_factors(layer, ["density", "mean_partners", "transitivity", "unheard_of"])
    assert found[0] == found[1] == WIDENED["density (arrows)"]
    assert found[2] == WIDENED["transitivity"] and np.isnan(found[3])
    assert np.isnan(list_factors(layer, ["betweenness_centralization", "mean_constraint"])).all()


def test_ends_hold_nine_in_ten() -> None:
    counts = np.array([[0.0]] * 5 + [[1.0]] * 90 + [[7.0]] * 5)
    assert [end.tolist() for end in find_ends(counts)] == [[1.0], [1.0]]
    scores = np.linspace(0, 1, 101)[:, None]
    assert np.concatenate(find_ends(scores)) == pytest.approx([0.05, 0.95])
    assert np.isnan(find_ends(np.zeros((0, 2)))).all()
    assert [e.tolist() for e in widen(*(np.array([v]) for v in (1.0, 2.0, 3.0, 2.0)))] == [[0], [4]]
