from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms import bipartite
from scipy import sparse

from partnet.measures.groups.two_mode_groups import measure_two_mode_groups


def random_incidence(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    shape = 2 + seed % 7, 1 + seed % 5
    return (random.random(shape) < 0.15 + 0.1 * (seed % 7)).astype(float)


def test_two_groups_that_share_two_members_by_hand() -> None:
    # a, b in both groups, c in the first only
    found = measure_two_mode_groups(sparse.csr_array([[1.0, 1], [1, 1], [1, 0]]))
    assert found.members["coreness"].tolist() == [2, 2, 1]
    assert found.features["coreness"].tolist() == [2, 2]
    assert found.members["clustering"].tolist() == pytest.approx([0.75, 0.75, 0.5])
    # one cycle of four; paths of three: 4 within it, and c with each of the 2 ways on
    assert found.four_cycles == pytest.approx(4 / 6)


def test_random_incidences_equal_networkx() -> None:
    for seed in range(100):
        matrix = random_incidence(seed)
        n, m = matrix.shape
        graph = nx.Graph()
        graph.add_nodes_from(range(n + m))
        graph.add_edges_from((i, n + k) for i, k in zip(*np.nonzero(matrix), strict=True))
        found = measure_two_mode_groups(sparse.csr_array(matrix))
        core = nx.core_number(graph)
        depth = [*found.members["coreness"], *found.features["coreness"]]
        assert depth == [core[v] for v in range(n + m)]
        dot = bipartite.latapy_clustering(graph)
        near = [*found.members["clustering"], *found.features["clustering"]]
        for v, value in enumerate(near):
            assert np.nan_to_num(value) == pytest.approx(dot[v], abs=1e-12)
        closure = bipartite.robins_alexander_clustering(graph)
        assert np.nan_to_num(found.four_cycles) == pytest.approx(closure, abs=1e-12)


def test_nothing_on_file() -> None:
    found = measure_two_mode_groups(sparse.csr_array((3, 0)))
    assert found.members["coreness"].tolist() == [0, 0, 0] and np.isnan(found.four_cycles)
    assert found.members["clustering"].isna().all() and found.features.empty
