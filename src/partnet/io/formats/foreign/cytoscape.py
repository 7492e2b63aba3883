"""Cytoscape.js and Cytoscape's .cyjs: elements with data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..containers.values import (
    cells_of_object,
    list_objects,
    object_of_cells,
    text_of_json,
    write_json,
)
from ..model import Files, Foreign, Outgoing
from ..source import Source

# Cytoscape keeps these beside the user's own columns.
OWN = ("SUID", "shared_name", "shared_interaction", "selected", "shared name", "shared interaction")


def sniff(source: Source) -> bool:
    """Tell whether a file has elements, each with data."""
    return source.is_json and bool(_list_elements(source.data))


def _list_elements(data: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Nodes and edges, from an object of two lists or from one flat list."""
    found = data.get("elements") if isinstance(data, Mapping) else data
    if isinstance(found, Mapping):
        named = [("node", found.get("nodes")), ("edge", found.get("edges"))]
        return [(of, item) for of, items in named for item in _with_data(items)]
    return [
        ("edge" if item.get("group") == "edges" or "source" in item["data"] else "node", item)
        for item in _with_data(found)
    ]


def _with_data(items: Any) -> list[Mapping[str, Any]]:
    return [item for item in list_objects(items) if isinstance(item.get("data"), Mapping)]


def read(source: Source) -> Foreign:
    """Read nodes and edges with their data; positions and styles are not.

    Raises
    ------
    InputError
        It is not valid JSON.
    """
    foreign = Foreign(source.name, "Cytoscape JSON")
    foreign.organizations.sheet, foreign.ties.sheet = "nodes", "edges"
    for of, item in _list_elements(source.parse_json()):
        cells = cells_of_object(item["data"], without=OWN)
        if of == "node":
            foreign.organizations.add(len(foreign.organizations) + 1, cells)
        else:
            key = cells.pop("id", "")
            if "interaction" in cells:
                cells.setdefault("relation", cells.pop("interaction"))
            foreign.ties.add(len(foreign.ties) + 1, cells, key)
    return foreign


def write(out: Outgoing) -> Files:
    """Write what Cytoscape (File, Import, Network) and cytoscape.js read."""
    nodes = [{"data": object_of_cells(node, out.node_numbers)} for node in out.nodes]
    edges = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        cells = object_of_cells(edge, out.edge_numbers)
        arrow = "yes" if directed else "no"
        own = {"id": f"t{k}", "directed": arrow, "interaction": text_of_json(edge["relation"])}
        edges.append({"data": {**cells, **own}})
    data = {"data": {"name": out.title}, "elements": {"nodes": nodes, "edges": edges}}
    return {"": write_json(data)}
