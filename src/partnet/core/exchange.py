"""To and from the graphs and tables of other libraries, on plain tables."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import UsageError
from .schema import PROVENANCE, TABLES, dtype_of, empty_table

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


def from_networkx(graph: nx.Graph, *, kind: str, relation: str) -> dict[str, pd.DataFrame]:
    """Give a networkx graph as tables; see :meth:`partnet.Network.from_networkx`."""
    nodes = [
        {"name": str(v), "kind": kind, **data, "id": str(v)} for v, data in graph.nodes(data=True)
    ]
    directed = "yes" if graph.is_directed() else "no"
    edges = [
        {
            "relation": relation,
            "directed": directed,
            "strength": _strength(u, v, data),
            **{key: value for key, value in data.items() if key not in ("strength", "weight")},
            "source": str(u),
            "target": str(v),
        }
        for u, v, data in graph.edges(data=True)
    ]
    return {"organizations": _as_table("organizations", nodes), "ties": _as_table("ties", edges)}


def _strength(source: Any, target: Any, data: Mapping[str, Any]) -> float:
    value = data.get("strength", data.get("weight"))
    if value is None:
        return float("nan")
    if not 0 < value <= 1:
        raise UsageError(
            f"graph, edge {source!r} - {target!r}: found the strength {value!r}. A strength lies "
            "above 0 and at most at 1. Divide the weights by their top level first."
        )
    return float(value)


def _as_table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Bring records to the columns of a table; other keys become text columns."""
    if not rows:
        return empty_table(name)
    frame = pd.DataFrame(rows)
    columns: dict[str, pd.Series] = {}
    for column in TABLES[name].columns:
        values = frame[column.name] if column.name in frame else pd.Series("", index=frame.index)
        columns[column.name] = _cast(values, dtype_of(column))
    extra = [c for c in frame if c not in columns and c != PROVENANCE and c != "key"]
    columns |= {str(c): _cast(frame[c], "str") for c in extra}
    return pd.DataFrame({**columns, PROVENANCE: pd.Series("", index=frame.index, dtype="str")})


def _cast(values: pd.Series, dtype: str) -> pd.Series:
    if dtype == "str":
        return values.astype("object").where(values.notna(), "").astype("str")
    if dtype == "float64":
        return pd.to_numeric(values, errors="coerce").astype("float64")
    return pd.to_datetime(values, errors="coerce").astype("datetime64[s]")


def _filled(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Drop blank cells; dates become ISO text so that graph file writers accept them."""
    texts = {k: v.isoformat()[:10] if isinstance(v, pd.Timestamp) else v for k, v in row.items()}
    return {str(k): v for k, v in texts.items() if v != "" and not pd.isna(v)}
