from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.core.errors import UsageError
from partnet.facts.graph.layers import Layer
from partnet.measures.chance.permutation import (
    _deal_products,
    _draw_layer,
    _permute_rest,
    compare_with_chance,
    correlate_layers,
    regress_layers,
)
from partnet.measures.whole.shape import count_dyads

from ..graphs import TENTHS, layer_of


def _random_layer(seed: int, *, directed: bool = False) -> Layer:
    graph = nx.gnp_random_graph(20, 0.25, seed=seed, directed=directed)
    for k, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = TENTHS[(7 * k) % 10]
    return layer_of(graph)


def test_qap_correlation_is_pearsons_off_the_diagonal() -> None:
    first, second = _random_layer(1), _random_layer(2)
    off = ~np.eye(20, dtype=bool)
    pair = [layer.matrix.toarray()[off] for layer in (first, second)]
    found = correlate_layers(first, second, permutations=99)
    assert found["correlation"] == pytest.approx(np.corrcoef(pair)[0, 1])
    assert abs(found["expected"]) < 0.05
    assert found["p"] > 0.05


def test_a_layer_goes_with_itself() -> None:
    found = correlate_layers(_random_layer(1), _random_layer(1), permutations=99)
    assert found["correlation"] == pytest.approx(1)
    assert found["p"] == pytest.approx(0.02)


def test_a_layer_without_ties_has_no_correlation() -> None:
    empty = layer_of(nx.empty_graph(20))
    assert np.isnan(correlate_layers(_random_layer(1), empty, permutations=9)["correlation"])


def test_other_organizations_are_refused() -> None:
    with pytest.raises(UsageError, match="found 5 and 20 organizations"):
        correlate_layers(_random_layer(1), layer_of(nx.path_graph(5)))


def test_mrqap_coefficients_are_least_squares() -> None:
    outcome, first, second = (_random_layer(seed, directed=True) for seed in (1, 2, 3))
    found = regress_layers(outcome, {"first": first, "second": second}, permutations=49)
    off = ~np.eye(20, dtype=bool)
    design = np.column_stack(
        [np.ones(380), first.matrix.toarray()[off], second.matrix.toarray()[off]]
    )
    expected = np.linalg.lstsq(design, outcome.matrix.toarray()[off], rcond=None)[0]
    np.testing.assert_allclose(found["coefficient"], expected)
    assert found["p"].iloc[1:].between(0, 1).all()


def test_without_arrows_every_pair_is_one_cell() -> None:
    outcome, first, second = (_random_layer(seed) for seed in (1, 2, 3))
    found = regress_layers(outcome, {"first": first, "second": second}, permutations=9)
    upper = np.triu_indices(20, 1)
    y, *columns = (layer.matrix.toarray()[upper] for layer in (outcome, first, second))
    design = np.column_stack([np.ones(190), *columns])
    coefficients = np.linalg.lstsq(design, y, rcond=None)[0]
    left = y - design @ coefficients
    variance = left @ left / 187 * np.diag(np.linalg.inv(design.T @ design))
    np.testing.assert_allclose(found["coefficient"], coefficients)
    np.testing.assert_allclose(found["t"], coefficients / np.sqrt(variance))


def test_mrqap_finds_what_the_outcome_was_made_of() -> None:
    first, noise = _random_layer(1), _random_layer(2)
    found = regress_layers(first, {"same": first, "noise": noise}, permutations=49)
    assert found.loc["same", "coefficient"] == pytest.approx(1)
    assert found.loc["same", "p"] == pytest.approx(0.04)


def test_qap_relabels_one_layer_whole() -> None:
    first, second = _random_layer(1, directed=True), _random_layer(2, directed=True)
    deal = _deal_products(first.matrix, second.matrix)
    off, random = ~np.eye(20, dtype=bool), np.random.default_rng(6)
    for _ in range(5):
        order = random.permutation(20)
        moved = np.zeros((20, 20))
        moved[np.ix_(order, order)] = second.matrix.toarray()
        expected = np.corrcoef(first.matrix.toarray()[off], moved[off])[0, 1]
        assert deal(order) == pytest.approx(expected)


def test_double_semi_partialling_equals_regressing_anew_every_time() -> None:
    outcome, first, second = (_random_layer(seed, directed=True) for seed in (1, 2, 3))
    off, n = ~np.eye(20, dtype=bool), 20
    y, x, other = (layer.matrix.toarray()[off] for layer in (outcome, first, second))
    design = np.column_stack([np.ones(len(y)), x, other])
    others = design[:, [0, 2]]
    rest = np.zeros((n, n))
    rest[off] = x - others @ np.linalg.lstsq(others, x, rcond=None)[0]
    random, expected = np.random.default_rng(8), []
    for _ in range(10):
        order = random.permutation(n)
        dealt = np.column_stack([design[:, 0], rest[np.ix_(order, order)][off], other])
        coefficients = np.linalg.lstsq(dealt, y, rcond=None)[0]
        left = y - dealt @ coefficients
        variance = left @ left / (len(y) - 3) * np.linalg.inv(dealt.T @ dealt)[1, 1]
        expected.append(coefficients[1] / np.sqrt(variance))
    known = np.ones(len(y), dtype=bool)
    found = _permute_rest(design.T, y, 1, (off, known), 10, np.random.default_rng(8))
    np.testing.assert_allclose(found, expected)


def test_mrqap_is_wrong_about_noise_as_often_as_it_says() -> None:
    """Predictors that go with each other, and an outcome that hangs on one: the other's p."""
    wrong = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        sender = random.random(15)
        cause = (random.random((15, 15)) < sender[:, None]) * 1.0
        noise = (random.random((15, 15)) < 0.3 * sender[:, None] + 0.3 * cause) * 1.0
        outcome = (random.random((15, 15)) < 0.2 + 0.5 * cause) * 1.0
        layers = [_layer_of_matrix(matrix) for matrix in (outcome, cause, noise)]
        predictors = {"cause": layers[1], "noise": layers[2]}
        found = regress_layers(layers[0], predictors, permutations=99, seed=seed)
        assert found.loc["cause", "p"] < 0.1
        wrong += found.loc["noise", "p"] <= 0.1
    assert wrong <= 12  # 6 of 60 expected; more than 12 has a chance of 1 %


def _layer_of_matrix(matrix: np.ndarray) -> Layer:
    np.fill_diagonal(matrix, 0)
    return layer_of(nx.from_numpy_array(matrix, create_using=nx.DiGraph))


@pytest.mark.parametrize("conditioning", ["ties", "size", "dyads"])
def test_cug_expects_little_transitivity_of_chance(conditioning: str) -> None:
    graph = nx.relaxed_caveman_graph(5, 5, 0.05, seed=2).to_directed()
    found = compare_with_chance(layer_of(graph), conditioning=conditioning, draws=99)
    assert found["observed"] == pytest.approx(nx.transitivity(graph.to_undirected()))
    if conditioning != "size":
        assert found["expected"] < found["observed"]
        assert found["p"] == pytest.approx(0.02)


def test_draws_keep_what_they_are_conditioned_on() -> None:
    layer = _random_layer(4, directed=True)
    random = np.random.default_rng(1)
    assert count_dyads(_draw_layer(layer, "dyads", random)) == count_dyads(layer)
    assert _draw_layer(layer, "ties", random).n_ties == layer.n_ties
    undirected = _draw_layer(_random_layer(4), "ties", random)
    assert undirected.n_ties == _random_layer(4).n_ties
    assert (undirected.matrix != undirected.matrix.T).nnz == 0


def test_wrong_words_are_explained() -> None:
    with pytest.raises(UsageError, match="found 'beauty'"):
        compare_with_chance(_random_layer(1), "beauty")
    with pytest.raises(UsageError, match="for ties without direction"):
        compare_with_chance(_random_layer(1), conditioning="dyads")


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_take_every_cell_equally_often(directed: bool) -> None:
    layer = layer_of(nx.gnm_random_graph(5, 3, seed=1, directed=directed))
    random = np.random.default_rng(3)
    drawn = sum(_draw_layer(layer, "ties", random).matrix.toarray() for _ in range(3000)) / 3000
    assert not drawn.diagonal().any()
    off = ~np.eye(5, dtype=bool)
    np.testing.assert_allclose(drawn[off], 3 / (20 if directed else 10), atol=0.035)
