from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from partnet.facts.graph.collaboration import build_layer
from partnet.facts.graph.layers import Layer
from partnet.facts.graph.survey import Survey
from partnet.measures.chance.ranges import WIDENED, find_ends, list_factors, widen
from partnet.measures.missing.nonresponse import (
    RIDGE,
    _find_slope,
    _learn,
    draw_answers,
    has_answer_model,
)

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


def test_the_regression_of_answers_stands_on_its_top() -> None:
    """Nearly every naming of a sparse network is answered: whole steps of Newton leap past."""
    graph = nx.gnp_random_graph(80, 0.05, seed=7).to_directed()
    graph.remove_edges_from(list(graph.edges)[::15])
    graph.add_edges_from((k, 63) for k in range(30))  # and one that many name
    answers = _learn(ask(graph, silent=list(range(64, 80))))
    for fit in (answers.alone, answers.given):
        assert np.abs(fit.mean).max() < 20
    said, told = answers.said, answers.told
    row, column = np.nonzero(told[:, None] & told[None, :] & ~np.eye(80, dtype=bool))
    size = np.log((answers.out + 0.5) / (80 - answers.out - 0.5))
    table = np.column_stack([answers.features[row, column], size[row], said[column, row]])
    standardized = (table - answers.given.center) / answers.given.scale
    design = np.column_stack([np.ones(len(row)), standardized])
    away = said[row, column] - 1 / (1 + np.exp(-design @ answers.given.mean))
    penalty = np.array([0.01] + [RIDGE] * 4)
    assert np.abs(design.T @ away - penalty * answers.given.mean).max() < 1e-5


def test_who_is_seldom_named_names_seldom() -> None:
    """Thirty name each other; twenty are named by one of them each, and ten of these are silent.

    Of those who answered, who is named once names one: so do the silent, and that one is known.
    """
    graph = nx.gnp_random_graph(30, 0.3, seed=5)
    graph.add_edges_from((30 + k, k) for k in range(20))
    layer = ask(graph.to_directed(), silent=list(range(40, 50)))
    drawn = [net.matrix.toarray()[40:] > 0 for net in draw_answers(layer, draws=60)]
    assert np.mean([d.sum() for d in drawn]) / 10 < 2.5  # a respondent names 6.4 on average
    assert np.mean([d[:, 40:].sum() for d in drawn]) < 3


def test_the_line_is_that_of_least_squares_and_chance_has_none() -> None:
    """Votes 0, 1, 2, 3 and odds 1, 3, 5, 7: slope 2. Without a relation, or without spread: 0."""
    even = np.full(4, 0.25)
    assert _find_slope(np.arange(4.0), 2 * np.arange(4.0) + 1, even) == pytest.approx(2.0)
    assert _find_slope(np.arange(4.0), np.array([1.0, -1.0, -1.0, 1.0]), even) == 0.0
    assert _find_slope(np.ones(4), np.arange(4.0), even) == 0.0
    # r^2 = .5, (1 - r^2) / (4 - 2) = .25: half of the slope is left
    assert _find_slope(np.array([-1.0, -1, 1, 1]), np.array([0.0, -2, 2, 0]), even) == 0.5


def test_words_of_the_silent_on_file_count() -> None:
    """What others report of the silent is part of what they name, not beside it."""
    graph = nx.circulant_graph(20, [1, 2]).to_directed()
    told = np.arange(20) >= 3
    layer = replace(layer_of(graph), survey=Survey(np.ones_like(told), told, told))
    for drawn in draw_answers(layer, draws=20):
        assert drawn.n_ties == layer.n_ties  # everybody names four, and so did the silent


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
