from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet.errors import UsageError
from partnet.measures.chance import (
    _draw_layer,
    compare_with_chance,
    correlate_layers,
    regress_layers,
)
from partnet.measures.shape import count_dyads
from partnet.weights import Layer

from .graphs import TENTHS, layer_of


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


def test_mrqap_finds_what_the_outcome_was_made_of() -> None:
    first, noise = _random_layer(1), _random_layer(2)
    found = regress_layers(first, {"same": first, "noise": noise}, permutations=49)
    assert found.loc["same", "coefficient"] == pytest.approx(1)
    assert found.loc["same", "p"] == pytest.approx(0.04)


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
