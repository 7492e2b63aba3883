"""To and from the graphs and tables of other libraries, on plain tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import UsageError
from .schema import PROVENANCE

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(organizations: pd.DataFrame, ties: pd.DataFrame) -> nx.MultiDiGraph:
    """Give organizations and ties as a ``MultiDiGraph``; blank cells become no attribute."""
    import networkx as nx

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for row in organizations.drop(columns=PROVENANCE).to_dict("records"):
        graph.add_node(row.pop("id"), **_filled(row))
    for row in ties.to_dict("records"):
        ends = row.pop("source"), row.pop("target")
        graph.add_edge(*ends, **_filled(row))
    return graph


def to_pandas(organizations: pd.DataFrame, ties: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give organizations and ties without what only partnet needs."""
    nodes = organizations.drop(columns=PROVENANCE).set_index("id")
    return nodes, ties.drop(columns=PROVENANCE).reset_index(drop=True)


def to_igraph(organizations: pd.DataFrame, ties: pd.DataFrame, directed: list[bool]) -> Any:
    """Give organizations and ties as an igraph ``Graph`` with one edge a tie.

    Raises
    ------
    UsageError
        igraph is not installed.
    """
    igraph = _import("igraph", "python-igraph")
    nodes = organizations.drop(columns=PROVENANCE).to_dict("records")
    position = {row["id"]: k for k, row in enumerate(nodes)}
    ends = zip(ties["source"].map(position), ties["target"].map(position), strict=True)
    graph = igraph.Graph(len(nodes), [*ends], directed=any(directed))
    for name in organizations.columns.drop([PROVENANCE, "id", "name"]):
        graph.vs[name] = [_filled(row).get(name) for row in nodes]
    graph.vs["name"] = [row["id"] for row in nodes]  # igraph finds vertices by their name
    graph.vs["label"] = [row["name"] for row in nodes]
    rows = [_filled(row) for row in ties.drop(columns=PROVENANCE).to_dict("records")]
    for name in ties.columns.drop([PROVENANCE, "source", "target", "strength", "directed"]):
        graph.es[name] = [row.get(name) for row in rows]
    graph.es["weight"] = ties["strength"].fillna(1.0).tolist()
    graph.es["directed"] = directed
    return graph


def to_geopandas(organizations: pd.DataFrame) -> Any:
    """Give organizations as points; those without coordinates have no geometry.

    Raises
    ------
    UsageError
        geopandas is not installed.
    """
    geopandas = _import("geopandas", "geopandas")
    nodes = organizations.drop(columns=PROVENANCE).set_index("id")
    points = geopandas.points_from_xy(nodes["longitude"], nodes["latitude"], crs="EPSG:4326")
    known = (nodes["longitude"].notna() & nodes["latitude"].notna()).tolist()
    placed = [point if is_known else None for point, is_known in zip(points, known, strict=True)]
    return geopandas.GeoDataFrame(nodes, geometry=placed, crs="EPSG:4326")


def _import(module: str, package: str) -> Any:
    """Import a library that partnet does without."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(
            f"{module}: it is not installed. partnet does without it; this view needs it. "
            f"Install it: pip install {package}"
        ) from error


def from_networkx(graph: nx.Graph, **options: Any) -> Any:
    """Give a networkx graph as a network; see :meth:`partnet.Network.from_networkx`."""
    return import_module("partnet.io.tables.graphs").read_graph(graph, **options)  # a door of `io`


def _filled(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Drop blank cells; dates become ISO text so that graph file writers accept them."""
    texts = {k: v.isoformat()[:10] if isinstance(v, pd.Timestamp) else v for k, v in row.items()}
    return {str(k): v for k, v in texts.items() if v != "" and not pd.isna(v)}
