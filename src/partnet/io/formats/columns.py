"""JSON that keeps its tables by columns or by names, as R and JSON Graph Format do, as rows."""

from __future__ import annotations

from collections.abc import Mapping
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
    if not isinstance(data, Mapping):
        return data
    inner = data.get("x")
    if isinstance(inner, Mapping) and "nodes" in inner and "nodes" not in data:
        return list_rows(inner)
    made = {name: _list_table(data[name]) for name in TABLES if isinstance(data.get(name), Mapping)}
    graph = data.get("graph")
    if isinstance(graph, Mapping):
        made["graph"] = list_rows(graph)
    return {**data, **made} if made else data


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
