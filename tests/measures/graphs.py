"""Small graphs for the tests of measures: layers from networkx, strategies, plain oracles."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import strategies as st
from scipy import sparse

from partnet.facts.graph.layers import Layer

HALVES = (1.0, 0.5, 0.25, 0.125)  # lengths 1/strength are then exact, in networkx too
TENTHS = tuple(k / 10 for k in range(1, 11))


def layer_of(graph: nx.Graph, weight: str | None = "weight") -> Layer:
    """Give a networkx graph as a layer; vertices in the order of the graph, no self-ties."""
    plain = graph.copy()
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    n = len(plain)
    ids = pd.Index([str(v) for v in plain], dtype="str", name="id")
    coo = nx.to_scipy_sparse_array(plain, weight=weight, dtype=float, format="coo") if n else None
    cells = (coo.row.astype(np.int32), coo.col.astype(np.int32)) if n else ([], [])
    matrix = sparse.csr_array((coo.data if n else [], cells), shape=(n, n), dtype=float)
    matrix.sort_indices()
    return Layer(ids, pd.Series(ids, index=ids), matrix, directed=graph.is_directed())


@st.composite
def graphs(
    draw: st.DrawFn,
    *,
    directed: bool = False,
    strengths: tuple[float, ...] = (1.0,),
    most: int = 10,
    twins: bool = True,
) -> Any:
    """Draw graphs in parts, with pendants, twins and isolates."""
    n = draw(st.integers(0, most))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    if n < 2:
        return graph
    vertex = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(vertex, vertex, st.sampled_from(strengths)), max_size=3 * n))
    graph.add_weighted_edges_from((u, v, s) for u, v, s in pairs if u != v)
    if twins and draw(st.booleans()):
        copied, name = draw(vertex), len(graph)
        ties = [(name, v, data["weight"]) for _, v, data in graph.edges(copied, data=True)]
        graph.add_node(name)
        graph.add_weighted_edges_from(ties)
        graph.add_edge(len(graph), name, weight=1.0)  # and a pendant
    return graph


def by_position(values: dict[Any, float]) -> np.ndarray:
    """Values of networkx in the order of its vertices."""
    return np.array(list(values.values()), dtype=float)


def two_cliques() -> nx.Graph:
    """0-1-2 and 4-5-6 are cliques; 3 joins them through 2 and 4."""
    return nx.Graph([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (4, 6), (5, 6)])


def random_networks(*, directed: bool, count: int = 100) -> list[nx.Graph]:
    """Random networks of 3 to 14 organizations, sparse to dense, one in two with isolates."""
    networks = []
    for seed in range(count):
        graph = nx.gnp_random_graph(3 + seed % 11, 0.1 + 0.08 * (seed % 7), seed, directed=directed)
        graph.add_nodes_from(range(100, 100 + (seed % 2) * (1 + seed % 3)))
        networks.append(graph)
    return networks
