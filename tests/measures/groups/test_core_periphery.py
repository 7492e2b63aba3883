from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.measures.groups import core_periphery
from partnet.measures.groups.core_periphery import (
    EXACT,
    HEURISTIC,
    IDEALS,
    correlate_core,
    split_core,
)

from ..graphs import graphs, layer_of

# Games played in the bank wiring room (Roethlisberger & Dickson 1939)
BANK = {
    "I1": "W1 W2 W3 W4",
    "W1": "W2 W3 W4 W5 S1",
    "W2": "W3 W4 S1",
    "W3": "W4 W5 S1",
    "W4": "W5 S1",
    "W5": "W7 S1",
    "W6": "W7 W8 W9",
    "W7": "W8 W9 S4",
    "W8": "W9 S4",
    "W9": "S4",
}


def bank_wiring() -> nx.Graph:
    graph = nx.Graph([(u, v) for u, others in BANK.items() for v in others.split()])
    graph.add_nodes_from(["I3", "S2"])
    return graph


def correlate_plainly(graph: nx.Graph, core: np.ndarray, ideal: str) -> float:
    """Pearson correlation of whole matrices; NaN where one of them does not vary."""
    tie = nx.to_numpy_array(graph, weight=None)
    pattern = (core[:, None] | core[None, :]).astype(float)
    judged = np.triu(np.ones_like(tie, dtype=bool), 1)
    if ideal == "core tied to core":
        judged &= core[:, None] == core[None, :]
    if len(set(tie[judged])) < 2 or len(set(pattern[judged])) < 2:
        return float("nan")
    return float(np.corrcoef(tie[judged], pattern[judged])[0, 1])


@pytest.mark.parametrize("ideal", IDEALS)
@pytest.mark.parametrize("graph", [nx.complete_graph(3), nx.complete_graph(5), nx.empty_graph(4)])
def test_where_no_correlation_is_defined_there_is_no_core(graph: nx.Graph, ideal: str) -> None:
    found = split_core(layer_of(graph), ideal=ideal)
    assert np.isnan(found.correlation) and not found.core.any()


def test_stars_and_a_path_of_three() -> None:
    path = layer_of(nx.path_graph(3))
    assert np.isnan(split_core(path, ideal="core tied to core").correlation)
    assert split_core(path).correlation == pytest.approx(1.0)
    star = split_core(layer_of(nx.star_graph(6)))
    assert star.correlation == pytest.approx(1.0) and np.flatnonzero(star.core).tolist() == [0]


def test_values_worked_out_by_hand() -> None:
    # every second one of a six-cycle touches all 6 of its ties, with 12 cells of 15 in the pattern
    found = split_core(layer_of(nx.cycle_graph(6)))
    assert found.correlation == pytest.approx((15 * 6 - 12 * 6) / np.sqrt(12 * 3 * 6 * 9))
    assert np.flatnonzero(found.core).tolist() == [0, 2, 4]
    assert split_core(layer_of(bank_wiring())).correlation == pytest.approx(0.309, abs=5e-4)


@pytest.mark.parametrize("ideal", IDEALS)
def test_a_perfect_core_is_found(ideal: str) -> None:
    graph = nx.complete_graph(4)
    if ideal == "core tied to all":
        graph.add_edges_from((core, leaf) for core in range(4) for leaf in range(4, 9))
    else:
        graph.add_edges_from((core, core + 4) for core in range(4))
    found = split_core(layer_of(graph), ideal=ideal)
    assert np.flatnonzero(found.core).tolist() == [0, 1, 2, 3]
    assert found.correlation == pytest.approx(1.0) and found.search == EXACT


@given(graphs(most=7), st.sampled_from(IDEALS))
def test_small_networks_have_the_best_of_all_cores(graph: nx.Graph, ideal: str) -> None:
    layer = layer_of(graph)
    found = split_core(layer, ideal=ideal)
    cores = [np.array(c, dtype=bool) for c in product([0, 1], repeat=len(graph))]
    values = [correlate_plainly(graph, core, ideal) for core in cores if len(graph) > 2]
    best = max((v for v in values if not np.isnan(v)), default=float("nan"))
    assert found.correlation == pytest.approx(best, abs=1e-9, nan_ok=True)
    if not np.isnan(best):
        assert correlate_core(layer, found.core, ideal=ideal) == pytest.approx(best, abs=1e-9)
        assert correlate_plainly(graph, found.core, ideal) == pytest.approx(best, abs=1e-9)


@given(graphs(most=9), st.sampled_from(IDEALS), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_does_not_matter(graph, ideal: str, random, exact: bool) -> None:  # type: ignore[no-untyped-def]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(core_periphery, "MOST_EXACT", 99 if exact else 0)
        found = split_core(layer_of(graph), ideal=ideal)
        order = list(graph)
        random.shuffle(order)
        turned = nx.Graph()
        turned.add_nodes_from(order)
        turned.add_edges_from(graph.edges)
        other = split_core(layer_of(turned), ideal=ideal)
    assert other.correlation == pytest.approx(found.correlation, abs=1e-9, nan_ok=True)
    assert other.core.tolist() == found.core[[list(graph).index(v) for v in order]].tolist()


@pytest.mark.parametrize("ideal", IDEALS)
def test_the_heuristic_is_as_good_as_all_cores_on_small_networks(
    ideal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(40):
        layer = layer_of(nx.gnp_random_graph(12, 0.1 + 0.02 * seed, seed=seed))
        best = split_core(layer, ideal=ideal)
        with monkeypatch.context() as patch:
            patch.setattr(core_periphery, "MOST_EXACT", 0)
            found = split_core(layer, ideal=ideal)
        assert found.correlation == pytest.approx(best.correlation, abs=1e-9, nan_ok=True)
        assert found.search == HEURISTIC


def test_large_networks_are_searched_by_moves() -> None:
    graph = nx.barabasi_albert_graph(1500, 3, seed=1)
    found = split_core(layer_of(graph))
    assert found.search == HEURISTIC and 0 < found.core.sum() < 750
    assert correlate_core(layer_of(graph), found.core) == pytest.approx(found.correlation)


def test_an_isolate_more_changes_no_core_of_a_star() -> None:
    graph = nx.star_graph(4)
    graph.add_node(9)
    assert np.flatnonzero(split_core(layer_of(graph)).core).tolist() == [0]
