"""The same operations in partnet and its peers, each from a graph that is already built.

Every operation gives an array by position, so that values can be compared; a library that does
not have an operation does not have the function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from partnet.facts.graph.layers import Layer
from partnet.measures.centrality import paths, sampling
from partnet.measures.centrality import spectral as spectrum
from partnet.measures.chance import bootstrap
from partnet.measures.groups import cohesion, neighbors
from partnet.measures.positions import brokerage
from partnet.measures.positions import structural_holes as holes
from partnet.measures.whole import shape

from . import two_mode

Values = npt.NDArray[np.float64]
Operation = Callable[[Any], Any]
DRAWS = 100  # bootstrap samples: a tenth of the usual number, because of the slowest library


def list_pairs(layer: Layer) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray]:
    """Give the two ends and the length of every tie."""
    source, target, strength = shape.list_pairs(layer)
    return source, target, 1.0 / strength


def _flags(n: int, positions: Iterable[int]) -> Values:
    flags = np.zeros(n)
    flags[list(positions)] = 1.0
    return flags


def _count_ends(n: int, pairs: Iterable[Any]) -> Values:
    ends = np.array([list(pair)[:2] for pair in pairs], dtype=np.int64).reshape(-1)
    return np.bincount(ends, minlength=n).astype(float)


def _resample(layer: Layer, measure: Callable[[Layer], Values]) -> Values:
    drawn = (bootstrap.resample_layer(layer, (1, k)) for k in range(DRAWS))
    return np.mean([measure(one) for one in drawn], axis=0)


def choose_step(layer: Layer) -> float:
    """Give Katz's alpha for all libraries: half of what is allowed for certain."""
    return 0.5 / max(int(np.diff(layer.matrix.indptr).max()), 1)


def _sum_best(shared: Values, k: int = 10) -> Values:
    """Sum of the k largest numbers of every row, without the row's own."""
    np.fill_diagonal(shared, 0.0)
    return np.sort(shared, axis=1)[:, ::-1][:, :k].sum(axis=1)


# --- partnet


def _partnet_groups(layer: Layer) -> npt.NDArray[np.int32]:
    return (np.arange(layer.n) % 7).astype(np.int32)


def _partnet_bridges(layer: Layer) -> Values:
    cuts = cohesion.find_cuts(layer)
    child = cuts.bridges()[0]
    ends = np.concatenate([child, cuts.parent[child]])
    return np.bincount(ends, minlength=layer.n).astype(float)


THREE: dict[str, Callable[[Layer], float]] = {
    "betweenness": lambda layer: paths.measure_betweenness(layer).max(),
    "pagerank": lambda layer: spectrum.measure_pagerank(layer).max(),
    "constraint": lambda layer: holes.measure_structural_holes(layer)["constraint"].mean(),
}


def _partnet_bootstrap(layer: Layer) -> Values:
    return bootstrap.draw_statistics(layer, THREE, draws=DRAWS, seed=1).mean().to_numpy()


PARTNET: dict[str, Operation] = {
    "betweenness": paths.measure_betweenness,
    "betweenness, weighted": lambda g: paths.measure_weighted_paths(g)[0],
    "closeness": lambda g: paths.measure_closeness(g).closeness,
    "harmonic closeness": lambda g: paths.measure_closeness(g).harmonic,
    "PageRank": spectrum.measure_pagerank,
    "eigenvector": spectrum.measure_eigenvector,
    "Katz": lambda g: spectrum.measure_katz(g, alpha=choose_step(g)),
    "coreness": cohesion.measure_coreness,
    "articulation points": lambda g: (cohesion.find_cuts(g).n_cut_off > 0).astype(float),
    "bridges": _partnet_bridges,
    "transitivity": lambda g: np.array([shape.measure_transitivity(g)]),
    "constraint": lambda g: holes.measure_structural_holes(g)["constraint"].to_numpy(),
    "constraint and effective size": lambda g: holes.measure_structural_holes(g)[
        "effective_size"
    ].to_numpy(),
    "Gould-Fernandez roles": lambda g: brokerage.count_brokerage(g, _partnet_groups(g))[
        "liaison"
    ].to_numpy(),
    "shared neighbors, top 10": lambda g: neighbors.find_shared_neighbors(
        g, with_partners=True
    ).score.sum(axis=1),
    two_mode.OPERATION: two_mode.sum_partnet,
    "betweenness, sampled": lambda g: sampling.find_betweenness(g, most_steps=0).values,
    "bootstrap": _partnet_bootstrap,
}

# --- networkx


def build_networkx(layer: Layer) -> Any:
    """Give the layer as a networkx graph."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(layer.n))
    columns = (column.tolist() for column in list_pairs(layer))
    graph.add_weighted_edges_from(zip(*columns, strict=True), weight="length")
    return graph


def _by_position(values: dict[int, float]) -> Values:
    return np.array([values[k] for k in range(len(values))], dtype=float)


def _networkx_three(layer: Layer) -> Values:
    import networkx as nx

    graph = build_networkx(layer)
    between = max(nx.betweenness_centrality(graph).values())
    constraint = np.nanmean(_by_position(nx.constraint(graph)))
    return np.array(
        [between, max(nx.pagerank(graph, tol=1e-10, max_iter=1000).values()), constraint]
    )


def networkx_operations(layer: Layer) -> dict[str, Operation]:
    """Give the operations of networkx."""
    import networkx as nx

    n = layer.n
    return {
        "betweenness": lambda g: _by_position(nx.betweenness_centrality(g)),
        "betweenness, weighted": lambda g: _by_position(
            nx.betweenness_centrality(g, weight="length")
        ),
        "closeness": lambda g: _by_position(nx.closeness_centrality(g)),
        "harmonic closeness": lambda g: _by_position(nx.harmonic_centrality(g)),
        "PageRank": lambda g: _by_position(nx.pagerank(g, tol=1e-13, max_iter=1000, weight=None)),
        "eigenvector": lambda g: _by_position(
            nx.eigenvector_centrality(g, max_iter=10_000, tol=1e-10)
        ),
        "Katz": lambda g: _by_position(
            nx.katz_centrality(g, alpha=choose_step(layer), tol=1e-12, max_iter=1000)
        ),
        "coreness": lambda g: _by_position(nx.core_number(g)),
        "articulation points": lambda g: _flags(n, nx.articulation_points(g)),
        "bridges": lambda g: _count_ends(n, nx.bridges(g)),
        "transitivity": lambda g: np.array([nx.transitivity(g)]),
        "constraint": lambda g: _by_position(nx.constraint(g)),
        "constraint and effective size": lambda g: (
            nx.constraint(g),
            _by_position(nx.effective_size(g)),
        )[1],
        "shared neighbors, top 10": lambda g: networkx_sampled()["shared neighbors, top 10"](
            g, [*g]
        ),
        two_mode.OPERATION: lambda g: two_mode.sum_networkx(
            g, [*range(two_mode.count_organizations(layer))]
        ),
        "bootstrap": lambda g: _resample(layer, _networkx_three),
    }


def networkx_sampled() -> dict[str, Callable[[Any, list[int]], Any]]:
    """Give operations of networkx from some sources, where all of them take many minutes.

    Each gives the values of the sources; betweenness, which is of everybody else, gives nothing
    that could be compared.
    """
    import networkx as nx

    return {
        two_mode.OPERATION: two_mode.sum_networkx,
        "betweenness": lambda g, some: (nx.betweenness_centrality_subset(g, some, [*g]), [])[1],
        "betweenness, weighted": lambda g, some: (
            nx.betweenness_centrality_subset(g, some, [*g], weight="length"),
            [],
        )[1],
        "closeness": lambda g, some: [nx.closeness_centrality(g, v) for v in some],
        "harmonic closeness": lambda g, some: [
            *map(nx.harmonic_centrality(g, some).__getitem__, some)
        ],
        "shared neighbors, top 10": lambda g, some: np.array(
            [
                sum(sorted(len(nx.common_neighbors(g, v, w)) for w in g if w != v)[-10:])
                for v in some
            ],
            dtype=float,
        ),
    }


# --- igraph


def build_igraph(layer: Layer) -> Any:
    """Give the layer as an igraph graph."""
    import igraph

    source, target, length = list_pairs(layer)
    graph = igraph.Graph(n=layer.n, edges=np.column_stack([source, target]))
    graph.es["length"] = length.tolist()
    return graph


def _igraph_three(layer: Layer) -> Values:
    graph = build_igraph(layer)
    n = layer.n
    between = max(graph.betweenness()) / ((n - 1) * (n - 2) / 2)
    return np.array([between, max(graph.pagerank()), np.nanmean(graph.constraint())])


def igraph_operations(layer: Layer) -> dict[str, Operation]:
    """Give the operations of igraph."""
    n = layer.n
    return {
        "betweenness": lambda g: g.betweenness(),
        "betweenness, weighted": lambda g: g.betweenness(weights="length"),
        "closeness": lambda g: np.nan_to_num(g.closeness()),
        "harmonic closeness": lambda g: g.harmonic_centrality(),
        "PageRank": lambda g: g.pagerank(),
        "eigenvector": lambda g: g.eigenvector_centrality(),
        "coreness": lambda g: g.coreness(),
        "articulation points": lambda g: _flags(n, g.articulation_points()),
        "bridges": lambda g: _count_ends(n, (g.es[k].tuple for k in g.bridges())),
        "transitivity": lambda g: np.array([g.transitivity_undirected()]),
        "constraint": lambda g: g.constraint(),
        "shared neighbors, top 10": lambda g: _sum_best(np.array(g.cocitation(), dtype=float)),
        two_mode.OPERATION: two_mode.sum_igraph(layer),
        "bootstrap": lambda g: _resample(layer, _igraph_three),
    }


# --- networkit


def build_networkit(layer: Layer) -> Any:
    """Give the layer as two networkit graphs, without and with lengths."""
    import networkit

    source, target, length = list_pairs(layer)
    ends = source.astype(np.uint64), target.astype(np.uint64)
    plain = networkit.GraphFromCoo((np.ones(len(source)), ends), n=layer.n)
    return plain, networkit.GraphFromCoo((length, ends), n=layer.n, weighted=True)


def networkit_operations(layer: Layer) -> dict[str, Operation]:
    """Give the operations of networkit."""
    from networkit import centrality as c
    from networkit import globals as whole

    general = c.ClosenessVariant.GENERALIZED
    return {
        "betweenness": lambda g: c.Betweenness(g[0]).run().scores(),
        "betweenness, weighted": lambda g: c.Betweenness(g[1]).run().scores(),
        "closeness": lambda g: c.Closeness(g[0], False, general).run().scores(),
        "harmonic closeness": lambda g: c.HarmonicCloseness(g[0], False).run().scores(),
        "PageRank": lambda g: c.PageRank(g[0], damp=0.85, tol=1e-12).run().scores(),
        "eigenvector": lambda g: (
            c.EigenvectorCentrality(g[0], tol=1e-14).run().scores()
        ),  # to 1e-11
        "coreness": lambda g: c.CoreDecomposition(g[0]).run().scores(),
        "transitivity": lambda g: np.array([whole.ClusteringCoefficient.exactGlobal(g[0])]),
    }


# --- rustworkx


def build_rustworkx(layer: Layer) -> Any:
    """Give the layer as a rustworkx graph."""
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(layer.n))
    graph.add_edges_from(list(zip(*(c.tolist() for c in list_pairs(layer)), strict=True)))
    return graph


def rustworkx_operations(layer: Layer) -> dict[str, Operation]:
    """Give the operations of rustworkx."""
    import rustworkx as rx

    n = layer.n
    return {
        "betweenness": lambda g: _by_position(dict(rx.betweenness_centrality(g))),
        "closeness": lambda g: _by_position(dict(rx.closeness_centrality(g))),
        "eigenvector": lambda g: _by_position(
            dict(rx.eigenvector_centrality(g, max_iter=10_000, tol=1e-10))
        ),
        "coreness": lambda g: _by_position(dict(rx.core_number(g))),
        "articulation points": lambda g: _flags(n, rx.articulation_points(g)),
        "bridges": lambda g: _count_ends(n, rx.bridges(g)),
        "transitivity": lambda g: np.array([rx.transitivity(g)]),
    }


BUILDERS: dict[str, Callable[[Layer], Any]] = {
    "partnet": lambda layer: layer,
    "networkx": build_networkx,
    "igraph": build_igraph,
    "networkit": build_networkit,
    "rustworkx": build_rustworkx,
}
OPERATIONS: dict[str, Callable[[Layer], dict[str, Operation]]] = {
    "partnet": lambda _: PARTNET,
    "networkx": networkx_operations,
    "igraph": igraph_operations,
    "networkit": networkit_operations,
    "rustworkx": rustworkx_operations,
}
