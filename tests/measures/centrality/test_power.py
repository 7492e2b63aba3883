from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from partnet import UsageError
from partnet.measures.centrality.power import measure_power

from ..graphs import layer_of, random_networks


def measure_plainly(graph: nx.Graph, beta: float) -> np.ndarray:
    tie = nx.to_numpy_array(graph, weight=None)
    power = np.linalg.solve(np.eye(len(tie)) - beta * tie, tie.sum(axis=1))
    length = (power**2).sum()
    return power * np.sqrt(len(tie) / length) if length else power


def test_bargaining_on_a_path_of_five_by_hand() -> None:
    # Bonacich's example: with beta < 0 the second and fourth are stronger than the middle
    layer = layer_of(nx.path_graph(5))
    weak, strong = measure_power(layer, beta=0.3), measure_power(layer, beta=-0.3)
    assert weak[2] > weak[1] > weak[0] and strong[1] > strong[2] > 0
    plain = measure_power(layer, beta=0.0)
    assert plain == pytest.approx(np.array([1, 2, 2, 2, 1]) * np.sqrt(5 / 14))


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("share", [0.5, -0.9, 0.999])
def test_power_equals_a_solved_system_on_random_networks(directed: bool, share: float) -> None:
    for graph in random_networks(directed=directed):
        tie = nx.to_numpy_array(graph, weight=None)
        radius = float(np.abs(np.linalg.eigvals(tie)).max())
        beta = share / (radius if radius > 1e-6 else 1.0)
        found = measure_power(layer_of(graph), beta=beta)
        assert found == pytest.approx(measure_plainly(graph, beta), rel=1e-9, abs=1e-9)


def test_the_default_and_what_is_not_allowed() -> None:
    layer = layer_of(nx.complete_graph(4))
    assert measure_power(layer) == pytest.approx(np.ones(4))
    assert measure_power(layer_of(nx.empty_graph(3))).tolist() == [0, 0, 0]
    assert len(measure_power(layer_of(nx.empty_graph(0)))) == 0
    with pytest.raises(UsageError, match=r"beta: found 0\.4"):
        measure_power(layer, beta=0.4)
