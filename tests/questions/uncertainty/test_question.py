from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.facts.graph.layers import Layer
from partnet.facts.graph.survey import Survey
from partnet.measures.chance.bootstrap import (
    STATISTICS,
    bootstrap_network,
    draw_statistics,
    resample_layer,
)
from partnet.measures.chance.ranges import rank_among
from partnet.measures.missing.imputation import (
    draw_empty_cells,
    draw_imputations,
    draw_tie_errors,
    estimate_probabilities,
    find_unknown,
    list_unknown_cells,
)
from partnet.measures.whole.shape import measure_density
from partnet.questions.bridges.question import find_bridges
from partnet.questions.centrality.question import measure_centrality
from partnet.questions.structure.question import measure_structure
from partnet.questions.uncertainty.question import measure_uncertainty

from ...builders import FEW, make_network, networks
from ...measures.graphs import graphs, layer_of

WAYS = ("maximum", "confirmed", "none")


def survey_network(share: float, n: int = 20) -> Network:
    """A ring with chords of n organizations of which the first share answered from a roster."""
    ids = [f"o{k:02d}" for k in range(n)]
    steps = (1, 2, 5)
    ties = [(ids[k], ids[(k + s) % n], "information_sharing") for k in range(n) for s in steps]
    ties += [(ids[0], ids[k], "information_sharing") for k in range(6, n - 5)]
    told = int(share * n)
    responses = [
        {"respondent": o, "answered": "yes" if k < told else "no", "design": "roster"}
        for k, o in enumerate(ids)
    ]
    kept = [tie for tie in ties if {tie[0], tie[1]} & {*ids[:told]}]
    return make_network(ids, kept, responses=responses)


def answered(layer: Layer, roster: list[bool], way: str) -> Layer:
    """The layer as if those had answered from a roster."""
    flags = np.array(roster, dtype=bool)
    survey = Survey(np.ones(layer.n, dtype=bool), flags, flags)
    return replace(layer, survey=survey, symmetrization=way, directed=way == "none")


def is_known(layer: Layer, i: int, j: int) -> bool:
    """The rule in words: a tie on file, or an answer that covers the cell."""
    roster = layer.survey.roster
    tie = bool(layer.matrix[i, j])
    if layer.directed:
        return tie or bool(roster[i])
    told = int(roster[i]) + int(roster[j])
    return tie or told >= (2 if layer.symmetrization == "confirmed" else 1)


@given(graphs(directed=True), st.data(), st.sampled_from(WAYS))
def test_unknown_cells_are_those_no_answer_covers(
    graph: nx.DiGraph, data: st.DataObject, way: str
) -> None:
    layer = layer_of(graph if way == "none" else graph.to_undirected())
    roster = data.draw(st.lists(st.booleans(), min_size=layer.n, max_size=layer.n))
    layer = answered(layer, roster, way)
    pairs = permutations(range(layer.n), 2) if layer.directed else combinations(range(layer.n), 2)
    expected = sorted(pair for pair in pairs if not is_known(layer, *pair))
    assert sorted(zip(*map(np.ndarray.tolist, list_unknown_cells(layer)), strict=True)) == expected
    cells = layer.n * (layer.n - 1) // (1 if layer.directed else 2)
    assert layer.observed_cells == cells - len(expected)


def test_nothing_is_listed_without_a_responses_table() -> None:
    assert list_unknown_cells(layer_of(nx.path_graph(4)))[0].size == 0


def test_chances_shrink_from_kinds_to_sectors_to_the_whole() -> None:
    # 0 and 1 answered: covered are 0-1, 0-2, 0-3, 1-2, 1-3 (not 2-3); ties 0-1 and 0-2
    graph = nx.empty_graph(4)
    graph.add_edges_from([(0, 1), (0, 2)])
    layer = answered(layer_of(graph), [True, True, False, False], "maximum")
    sectors = pd.Series(["care", "care", "care", "food"])
    cell = np.array([2]), np.array([3])
    whole = 2 / 5
    by_sector = (0 + 10 * whole) / (2 + 10)  # care with food: 0-3 and 1-3 are covered, no tie
    assert estimate_probabilities(layer, [], *cell) == pytest.approx(whole)
    assert estimate_probabilities(layer, [sectors], *cell) == pytest.approx(by_sector)
    blank = pd.Series("", index=range(4))
    assert estimate_probabilities(layer, [sectors, blank], *cell) == pytest.approx(by_sector)


def test_ties_in_cells_nobody_covers_do_not_raise_the_chance() -> None:
    layer = answered(layer_of(nx.Graph([(0, 1), (2, 3), (2, 4)])), [True] + [False] * 4, "maximum")
    unknown = find_unknown(layer, [])
    assert unknown.probability == pytest.approx(1 / 4)  # of 0-1, 0-2, 0-3, 0-4 one is tied


def test_imputations_add_the_expected_number_of_ties_and_keep_those_on_file() -> None:
    layer = build_layer(survey_network(0.5))
    unknown = find_unknown(layer, [])
    drawn = list(draw_imputations(layer, unknown, draws=400))
    added = np.array([network.n_ties - layer.n_ties for network in drawn])
    assert added.mean() == pytest.approx(unknown.probability.sum(), rel=0.1)
    half = [network.n_ties for network in draw_imputations(layer, unknown, rate=0.5, draws=400)]
    assert np.mean(half) - layer.n_ties == pytest.approx(added.mean() / 2, rel=0.15)
    for network in drawn[:20]:
        assert (network.binary.multiply(layer.binary) != layer.binary).nnz == 0
        assert (network.matrix != network.matrix.T).nnz == 0
        assert network.matrix.data.max() <= 1


def test_tie_errors_drop_and_add_at_the_stated_rates() -> None:
    layer = build_layer(survey_network(1.0))
    drawn = list(draw_tie_errors(layer, false_ties=0.2, missed_ties=0.1, draws=300))
    kept = np.mean([network.binary.multiply(layer.binary).nnz / 2 for network in drawn])
    assert kept == pytest.approx(0.8 * layer.n_ties, rel=0.02)
    added = np.mean([network.n_ties for network in drawn]) - kept
    assert added == pytest.approx(layer.n_ties * 0.8 * 0.1 / 0.9, rel=0.1)
    same = next(draw_tie_errors(layer, false_ties=0.0, missed_ties=0.0, draws=1))
    assert (same.matrix != layer.matrix).nnz == 0


def test_empty_cells_are_drawn_once_each() -> None:
    layer = layer_of(nx.path_graph(5))
    row, column = draw_empty_cells(layer, 6, np.random.default_rng(1))
    assert {*zip(row.tolist(), column.tolist(), strict=True)} == {
        pair for pair in combinations(range(5), 2) if pair[1] - pair[0] > 1
    }


@pytest.mark.parametrize("rate", [-0.1, 1.0])
def test_a_rate_that_is_no_share_is_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="missed_ties: found"):
        next(draw_tie_errors(layer_of(nx.path_graph(3)), missed_ties=rate))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.data())
def test_ranks_count_the_rivals_that_are_larger(values: list[int], data: st.DataObject) -> None:
    flags = st.lists(st.booleans(), min_size=len(values), max_size=len(values))
    rivals = data.draw(flags)
    found = rank_among(np.array(values, dtype=float), np.array(rivals))
    expected = [
        1 + sum(other > value for other, rival in zip(values, rivals, strict=True) if rival)
        for value in values
    ]
    assert found.tolist() == expected


def test_bootstrap_of_density_is_near_the_formula_for_independent_ties() -> None:
    layer = layer_of(nx.gnp_random_graph(60, 0.3, seed=3))
    found = bootstrap_network(layer, {"density": measure_density}, draws=400).loc["density"]
    assert found["value"] == measure_density(layer)
    degree = np.diff(layer.matrix.indptr)
    # the bootstrap of a mean over pairs: twice the spread of the vertex means, plus pair noise
    expected = 2 * np.std(degree / 59) / np.sqrt(60)
    assert found["standard_error"] == pytest.approx(expected, rel=0.2)
    assert found["high"] - found["value"] == pytest.approx(1.96 * found["standard_error"], rel=1e-3)


def test_samples_of_a_complete_network_are_complete() -> None:
    layer = layer_of(nx.complete_graph(9))
    for k in range(20):
        assert resample_layer(layer, k).n_ties == 36
    assert bootstrap_network(layer, draws=20).loc["density", "standard_error"] == 0


def test_draws_do_not_depend_on_the_number_of_threads() -> None:
    layer = layer_of(nx.gnp_random_graph(40, 0.2, seed=3))
    one, two, four = (
        draw_statistics(layer, STATISTICS, draws=40, seed=7, workers=k) for k in (1, 2, 4)
    )
    assert one.equals(two) and one.equals(four)
    assert one["density"].nunique() > 20


@pytest.mark.parametrize("directed", [False, True])
def test_samples_hold_the_ties_of_those_drawn(directed: bool) -> None:
    graph = nx.gnp_random_graph(8, 0.4, seed=4, directed=directed)
    layer = layer_of(graph)
    chosen = np.sort(np.random.default_rng(5).integers(8, size=8))
    found = resample_layer(layer, 5).matrix.toarray()
    tie = nx.to_numpy_array(graph)
    for k, first in enumerate(chosen):
        for m, second in enumerate(chosen):
            if first != second:
                assert found[k, m] == tie[first, second]
    assert not found.diagonal().any()
    if not directed:
        assert (found == found.T).all()


@pytest.mark.slow
def test_ranges_widen_where_four_in_ten_did_not_answer() -> None:
    found = measure_uncertainty(survey_network(0.6), imputations=60, bootstrap=30)
    full = measure_uncertainty(survey_network(1.0), imputations=60, bootstrap=30)
    for measure in ("degree", "betweenness", "harmonic"):
        width = found.table[f"{measure}_high"] - found.table[f"{measure}_low"]
        assert (width >= 0).all() and width.max() > 0
        closed = full.table[f"{measure}_high"] - full.table[f"{measure}_low"]
        assert closed.max() == 0  # everybody answered: the ranges are the points
        assert (full.table[f"{measure}_low"] == full.table[measure]).all()
    assert found.tables["cells"].loc["response_rate", "value"] == pytest.approx(0.6)
    ties, known = found.tables["cells"].loc[["ties", "known"], "value"]
    assert known < 190
    assert found.tables["network"].loc["density", "value"] == pytest.approx(ties / known)
    assert "8 organizations of 20 asked did not answer" in found.text
    assert "statements about a model" in found.text and "(imputations)" in found.text
    assert "Everybody asked has answered" in full.text


def test_who_did_not_answer_is_less_sure_than_who_did() -> None:
    found = measure_uncertainty(survey_network(0.6), imputations=60, bootstrap=0).table
    width = found["degree_high"] - found["degree_low"]
    told, silent = width[found["answered"] == "yes"], width[found["answered"] == "no"]
    # who answered may still be named by the silent, and a pair is tied where either side says so
    assert silent.min() > 0 and 0 < told.mean() < 0.75 * silent.mean()


def test_half_the_rate_hides_fewer_ties() -> None:
    found = measure_uncertainty(survey_network(0.6), imputations=60, bootstrap=0)
    whole = found.tables["network"].loc["mean_partners"]
    assert whole["value"] < whole["half_rate_high"] < whole["imputations_high"]


def test_without_answers_the_text_says_that_nothing_can_be_told() -> None:
    net = make_network("abcd", [("a", "b"), ("a", "c"), ("a", "d")])
    found = measure_uncertainty(net, imputations=10, bootstrap=10)
    assert "No survey answers are on file" in found.text
    assert found.table.loc["a", "degree_first"] == 1
    assert (found.table["degree_rank_low"] == found.table["degree_rank"]).all()


def test_method_names_response_rate_and_one_sided_pairs() -> None:
    settings = measure_uncertainty(survey_network(0.6), imputations=2, bootstrap=2).method.settings
    assert settings["response rate"] == "60%"
    assert "one-sided ties" in settings


def test_the_same_call_gives_the_same_numbers() -> None:
    one, other = (
        measure_uncertainty(survey_network(0.6), imputations=9, bootstrap=9) for _ in "ab"
    )
    assert one.to_json() == other.to_json()


def test_centrality_carries_ranges_on_request() -> None:
    plain = measure_centrality(survey_network(0.6))
    found = measure_centrality(survey_network(0.6), imputations=30)
    assert list(found.table.columns[: plain.table.shape[1]]) == list(plain.table.columns)
    assert (found.table["degree_rank_low"] <= found.table["degree_rank_high"]).all()
    assert "(imputations)" in found.text and "(imputations)" not in plain.text


def test_an_unknown_measure_is_explained() -> None:
    with pytest.raises(UsageError, match="measures: found 'beauty'"):
        measure_uncertainty(survey_network(1.0), measures=["beauty"])


@pytest.mark.parametrize("organizations", ["", "a", "ab", "abc"])
def test_degenerate_networks(organizations: str) -> None:
    found = measure_uncertainty(
        make_network(organizations), layer="collaboration", imputations=3, bootstrap=3
    )
    assert "empty" in found.text or "No tie is on file" in found.text
    found.to_json()


@FEW
@given(networks())
def test_any_network_gives_a_result(net: Network) -> None:
    for directed in (False, True):
        found = measure_uncertainty(net, directed=directed, imputations=3, bootstrap=3)
        assert found.sentences and all(sentence.endswith(".") for sentence in found.sentences)
        assert list(found.table.index) == list(net.ids)
        found.to_json()


def test_every_verb_says_what_four_in_ten_left_unanswered() -> None:
    net = survey_network(0.6)
    known = build_layer(net).observed_cells
    assert known == 190 - 8 * 7 // 2  # pairs of two who did not answer are unknown
    structure = measure_structure(net, permutations=9)
    assert structure.table.loc["density", "value"] == pytest.approx(build_layer(net).n_ties / known)
    assert "For 15% of all pairs nobody who could tell has answered" in structure.text
    for found in (structure, measure_centrality(net), find_bridges(net, permutations=9)):
        assert "40% of those asked did not answer" in found.text
        assert found.method.settings["response rate"] == "60%"
        assert "one-sided ties" in found.method.settings
    full = measure_structure(survey_network(1.0), permutations=9)
    assert full.table.loc["observed_cells", "value"] == 190
    assert "did not answer" not in full.text and "nobody who could tell" not in full.text
