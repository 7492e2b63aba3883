"""Polinode: JSON in and out, and the workbook of a survey's results."""

from __future__ import annotations

from collections.abc import Mapping

from ..containers.sheets import list_cells
from ..containers.values import (
    cells_of_object,
    list_objects,
    object_of_cells,
    text_of_json,
    write_json,
)
from ..model import Files, Foreign, Outgoing
from ..source import Row, Source

NODES, EDGES = ("node attributes", "nodes"), ("relationship question", "edges", "relationships")


def sniff(source: Source) -> bool:
    """Tell whether a file has nodes and edges, each with attributes, as Polinode writes them."""
    data = source.data if source.is_json else None
    if not isinstance(data, Mapping):
        return False
    nodes, edges = list_objects(data.get("nodes"))[:1], list_objects(data.get("edges"))
    named = nodes and not {"key", "label"} & set(nodes[0])  # so do graphology and sigma
    if not named or not isinstance(nodes[0].get("attributes"), Mapping):
        return False
    return "isDirected" in data or "Name" in nodes[0]["attributes"] or bool(edges)


def read(source: Source) -> Foreign:
    """Read nodes and edges with their attributes.

    Raises
    ------
    InputError
        It is not valid JSON.
    """
    data = source.parse_json()
    foreign = Foreign(source.name, "Polinode")
    foreign.organizations.sheet, foreign.ties.sheet = "nodes", "edges"
    for k, node in enumerate(list_objects(data.get("nodes")), start=1):
        cells = cells_of_object(node.get("attributes"))
        if "Name" in cells:
            cells["name"] = cells.pop("Name")
        foreign.organizations.add(k, {**cells, "id": text_of_json(node.get("id"))})
    said = data.get("isDirected")
    for k, edge in enumerate(list_objects(data.get("edges")), start=1):
        cells = cells_of_object(edge.get("attributes"))
        if isinstance(said, bool):
            cells.setdefault("directed", "yes" if said else "no")
        cells |= {end: text_of_json(edge.get(end)) for end in ("source", "target")}
        foreign.ties.add(k, cells, text_of_json(edge.get("id")))
    return foreign


def sniff_workbook(source: Source) -> bool:
    """Tell whether a workbook has the sheets that Polinode's survey download has."""
    if not source.is_zip or source.suffix not in (".xlsx", ".xlsm"):
        return False
    nodes, edges = _find_sheets(source)
    return bool(nodes and edges)


def _find_sheets(source: Source) -> tuple[list[Row], list[tuple[str, list[Row]]]]:
    nodes: list[Row] = []
    edges = []
    for name, rows in source.sheets:
        title = name.strip().casefold()
        header = {text.strip().casefold() for text in rows[0][1]} if rows else set()
        if title in NODES and "name" in header:
            nodes = rows
        elif title.startswith(EDGES) and {"source", "target"} <= header:
            edges.append((name, rows))
    return nodes, edges


def read_workbook(source: Source) -> Foreign:
    """Read the nodes, and a relation from every sheet of a question.

    Raises
    ------
    InputError
        It is damaged, or too large when unpacked.
    """
    foreign = Foreign(source.name, "Polinode")
    nodes, edges = _find_sheets(source)
    foreign.organizations.sheet = "nodes"
    for number, cells in list_cells(nodes):
        named = {("name" if c.casefold() == "name" else c): text for c, text in cells.items()}
        foreign.organizations.add(number, named)
    for name, rows in edges:
        for number, cells in list_cells(rows):
            low = ("source", "target", "weight")
            tie = {(c.casefold() if c.casefold() in low else c): t for c, t in cells.items()}
            tie.setdefault("directed", "yes")
            if len(edges) > 1:
                tie.setdefault("relation", name)
            foreign.ties.add(number, tie)
    return foreign


def write(out: Outgoing) -> Files:
    """Write the JSON that Polinode's upload takes."""
    nodes = []
    for node in out.nodes:
        rest = object_of_cells(node, out.node_numbers, without=("id", "name"))
        nodes.append({"id": node["id"], "attributes": {"Name": node["name"], **rest}})
    edges = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        rest = object_of_cells(edge, out.edge_numbers, without=("source", "target", "directed"))
        rest["directed"] = "yes" if directed else "no"
        ends = {"source": edge["source"], "target": edge["target"]}
        edges.append({"id": f"t{k}", **ends, "attributes": rest})
    data = {"name": out.title, "isDirected": any(out.directed), "nodes": nodes, "edges": edges}
    return {"": write_json(data)}
