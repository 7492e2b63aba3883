"""visNetwork and vis.js: nodes with labels, edges from and to."""

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

LOOKS = ("color", "shape", "size", "font", "shadow", "hidden", "physics", "title", "x", "y")


def sniff(source: Source) -> bool:
    """Tell whether a file has nodes, and edges with from and to."""
    data = source.data if source.is_json else None
    if not isinstance(data, Mapping) or not isinstance(data.get("nodes"), list):
        return False
    edges, nodes = list_objects(_list_edges(data)), list_objects(data["nodes"])
    if not edges:  # nodes alone: they have labels, and no name as in node-link files
        return data.get("edges") == [] and bool(nodes) and {"id", "label"} <= set(nodes[0])
    return {"from", "to"} <= set(edges[0])


def _list_edges(data: Mapping[str, Any]) -> Any:
    return data.get("edges", data.get("links"))


def read(source: Source) -> Foreign:
    """Read nodes and edges; how they look, and titles (which are HTML), are not.

    Raises
    ------
    InputError
        It is not valid JSON.
    """
    data = source.parse_json()
    foreign = Foreign(source.name, "visNetwork JSON")
    foreign.organizations.sheet, foreign.ties.sheet = "nodes", "edges"
    for k, node in enumerate(list_objects(data["nodes"]), start=1):
        cells = cells_of_object(node, without=LOOKS)
        if "kind" not in cells and "group" in cells:
            cells["kind"] = cells.pop("group")
        foreign.organizations.add(k, cells)
    for k, edge in enumerate(list_objects(_list_edges(data)), start=1):
        foreign.ties.add(k, _read_edge(edge), text_of_json(edge.get("id", "")))
    return foreign


def _list_arrows(said: Any) -> str:
    """The ends that have an arrow: "to, from", or what is enabled of each."""
    if not isinstance(said, Mapping):
        return str(said or "")
    drawn = {
        end: v.get("enabled", True) if isinstance(v, Mapping) else v for end, v in said.items()
    }
    return " ".join(end for end, is_drawn in drawn.items() if is_drawn)


def _read_edge(edge: Mapping[str, Any]) -> dict[str, str]:
    cells = cells_of_object(edge, without=(*LOOKS, "id", "from", "to", "arrows", "label"))
    cells["source"], cells["target"] = (text_of_json(edge.get(end)) for end in ("from", "to"))
    if "label" in edge:
        cells.setdefault("relation", text_of_json(edge["label"]))
    if "value" in cells:
        cells.setdefault("weight", cells.pop("value"))
    if "arrows" in edge:
        words = _list_arrows(edge["arrows"])
        both = "to" in words and "from" in words
        cells.setdefault("directed", "yes" if words.strip() and not both else "no")
        if "from" in words and not both:
            cells["source"], cells["target"] = cells["target"], cells["source"]
    return cells


def write(out: Outgoing) -> Files:
    """Write what vis.js and R's visNetwork read: label, group, value, arrows."""
    nodes = []
    for node in out.nodes:
        rest = object_of_cells(node, out.node_numbers, without=("id", "name", "kind"))
        named = {"id": node["id"], "label": node["name"], "group": node.get("kind", "other")}
        nodes.append(named | {key: value for key, value in rest.items() if key not in named})
    edges = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        rest = object_of_cells(
            edge, out.edge_numbers, without=("source", "target", "weight", "relation")
        )
        ends: dict[str, Any] = {"id": f"t{k}", "from": edge["source"], "to": edge["target"]}
        ends |= {"label": edge["relation"], "arrows": "to" if directed else ""}
        if "weight" in edge:
            ends["value"] = float(edge["weight"])
        edges.append(ends | {key: value for key, value in rest.items() if key not in ends})
    return {"": write_json({"nodes": nodes, "edges": edges})}
