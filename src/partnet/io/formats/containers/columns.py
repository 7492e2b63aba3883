"""JSON that keeps its tables by columns or by names, as R and JSON Graph Format do, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

TABLES = ("nodes", "edges", "links")


def list_rows(data: Any) -> Any:
    """Give the same data with a list of objects for each table of nodes and edges.

    A widget of R (visNetwork, networkD3) keeps them in "x".

    Examples
    --------
    >>> list_rows({"x": {"nodes": {"id": [1, 2]}, "edges": {"from": [1], "to": [2]}}})
    {'nodes': [{'id': 1}, {'id': 2}], 'edges': [{'from': 1, 'to': 2}]}
    """
    if _is_list_of_ties(data):
        return {"nodes": [], "edges": data}
    if not isinstance(data, Mapping):
        return data
    if isinstance(data.get("adjacency"), list) and isinstance(data.get("nodes"), list):
        return _list_adjacency(data)
    workspace = data.get("graphDataset")
    if isinstance(workspace, Mapping) and isinstance(workspace.get("fullGraph"), Mapping):
        return {**data, "graphDataset": _join_data(workspace)}
    graphs = data.get("graphs")
    if isinstance(graphs, list) and graphs and isinstance(graphs[0], Mapping):
        return {**data, "graph": list_rows(graphs[0])}
    inner = data.get("x")
    if isinstance(inner, Mapping) and "nodes" in inner and "nodes" not in data:
        return list_rows(inner)
    made = {name: _list_table(data[name]) for name in TABLES if isinstance(data.get(name), Mapping)}
    graph = data.get("graph")
    if isinstance(graph, Mapping):
        made["graph"] = list_rows(graph)
    return {**data, **made} if made else data


def _is_list_of_ties(data: Any) -> bool:
    """Whether each entry of a list has two ends, as tables of ties have that became JSON."""
    if not isinstance(data, list) or not data:
        return False
    return any(
        all(isinstance(item, Mapping) and ends <= set(item) for item in data)
        for ends in ({"source", "target"}, {"from", "to"})
    )


def _list_adjacency(data: Mapping[str, Any]) -> Any:
    """networkx's lists of neighbors as edges; without directions each stands there twice."""
    rows = [row if isinstance(row, list) else [] for row in data["adjacency"]]
    nodes = [node for node in data["nodes"] if isinstance(node, Mapping)]
    place = {str(node.get("id")): k for k, node in enumerate(nodes)}
    directed = data.get("directed") is True
    edges = [
        {**neighbor, "source": node.get("id"), "target": neighbor.get("id"), "id": ""}
        for k, (node, row) in enumerate(zip(nodes, rows, strict=False))
        for neighbor in row
        if isinstance(neighbor, Mapping)
        if directed or place.get(str(neighbor.get("id")), k) >= k
    ]
    return {**data, "directed": directed, "edges": edges}


def _join_data(workspace: Mapping[str, Any]) -> Mapping[str, Any]:
    """The graph of a workspace of Gephi Lite, which keeps apart what it says of its nodes."""
    graph = workspace["fullGraph"]
    found = {}
    for name, of in (("nodes", "node"), ("edges", "edge")):
        tables = [workspace.get(f"{of}{part}Data") for part in ("Rendering", "")]
        said = [table for table in tables if isinstance(table, Mapping)]
        items = graph.get(name)
        found[name] = [
            {**item, "attributes": _merge(table.get(item.get("key")) for table in said)}
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, Mapping)
        ]
    return {**graph, **found}


def _merge(parts: Iterable[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for part in parts:
        merged |= part if isinstance(part, Mapping) else {}
    return merged


def _list_table(table: Mapping[str, Any]) -> Any:
    """Columns of equal length as rows; objects by name as a list of them with their names."""
    columns = [*table.values()]
    if columns and all(isinstance(column, list) for column in columns):
        if len({len(column) for column in columns}) > 1:
            return table
        return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]
    if columns and all(isinstance(column, Mapping) for column in columns):
        return [{"id": name, **node} for name, node in table.items()]
    return table
