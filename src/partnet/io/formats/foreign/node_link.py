"""Nodes and links in JSON: networkx, d3, force graphs, graphology (Gephi Lite, sigma)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ....core.vocabulary import default_vocabulary
from ....core.wording.text import count_noun
from ..containers.values import (
    cells_of_object,
    list_objects,
    object_of_cells,
    text_of_json,
    write_json,
)
from ..model import Files, Foreign, Outgoing, keep_apart
from ..source import Source

SAID = frozenset({"relation", "type", "label"})
OWN_NAMES = ("id", "key", "name", "attributes")


def sniff(source: Source) -> bool:
    """Tell whether a file has nodes, and edges or links from source to target."""
    if not source.is_json or not isinstance(source.data, Mapping):
        return False
    data = _inner(source.data)
    edges = data.get("edges", data.get("links"))
    if not isinstance(data.get("nodes"), list) or not isinstance(edges, list):
        return False
    first = list_objects(edges)[:1]
    return not first or {"source", "target"} <= set(first[0])


def _inner(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gephi Lite wraps its graph in a workspace."""
    inner = data.get("graphDataset", data.get("graph"))
    return inner if isinstance(inner, Mapping) and "nodes" in inner else data


def read(source: Source) -> Foreign:
    """Read nodes and links with all attributes; links name nodes by id, key, or place in the list.

    Raises
    ------
    InputError
        It is not valid JSON.
    """
    whole = source.parse_json()
    data = _inner(whole)
    foreign = Foreign(source.name, "node-link JSON", unsaid="1")
    nodes = data.get("nodes", [])
    names = [_name_node(node, k) for k, node in enumerate(nodes)]
    foreign.organizations.sheet, foreign.ties.sheet = "nodes", "edges"
    categories = [text_of_json(one.get("name")) for one in list_objects(data.get("categories"))]
    for k, node in enumerate(nodes):
        cells = _read_node(node, names[k])
        at = cells.get("category", "")
        if at.isdecimal() and len(at) < 9 and int(at) < len(categories):  # ECharts counts from 0
            cells["category"] = categories[int(at)]
        foreign.organizations.add(k + 1, cells)
    edges = list_objects(data.get("edges", data.get("links")))
    by_place = dict(enumerate(names)) if _count_places(names, edges) else {}
    arrow = _default_arrow(data)
    _note_left(foreign, whole, data)
    for k, edge in enumerate(edges):
        cells = _read_edge(edge, by_place, arrow)
        foreign.ties.add(k + 1, cells, text_of_json(edge.get("id", "")))
    return foreign


def _count_places(names: Sequence[str], edges: Sequence[Mapping[str, Any]]) -> bool:
    """Whether numbers at the ends of edges count the nodes from 0, as d3 does, and are no ids.

    So where no id is such a number, or some end is none of the ids and all are places.
    """
    ids = set(names)
    if not set(map(str, range(len(names)))) & ids:
        return True
    ends = {edge.get(end) for edge in edges for end in ("source", "target")
            if type(edge.get(end)) in (int, float, str)}  # fmt: skip
    places = all(type(end) is int and 0 <= end < len(names) for end in ends)
    return places and any(str(end) not in ids for end in ends)


def _note_left(foreign: Foreign, whole: Any, data: Mapping[str, Any]) -> None:
    """Say what JSON Graph Format may hold beside one graph of pairs."""
    graphs, hyperedges = list_objects(whole.get("graphs")), data.get("hyperedges")
    if len(graphs) > 1:
        foreign.note(
            f"{len(graphs):,} graphs",
            "A file is read as one network.",
            "The first one is read. Save the others as files of their own.",
        )
    if isinstance(hyperedges, list | Mapping) and hyperedges:
        foreign.note(
            count_noun(len(hyperedges), "hyperedge"),
            "A tie links two organizations.",
            "They are not read: export them as edges or as a table of groups.",
        )


def _default_arrow(data: Mapping[str, Any]) -> str:
    options = data.get("options")
    kind = options.get("type") if isinstance(options, Mapping) else None
    if kind in ("directed", "undirected", "mixed"):  # of mixed ones each says if it has none
        return "no" if kind == "undirected" else "yes"
    said = data.get("directed", data.get("isDirected"))
    return "" if said is None else "yes" if said in (True, "true", 1) else "no"


def _name_node(node: Any, place: int) -> str:
    """The id by which links name a node; d3 counts from 0 where there is none."""
    if not isinstance(node, Mapping):
        return text_of_json(node) or str(place)
    return next((text_of_json(node[k]) for k in OWN_NAMES[:3] if k in node), str(place))


def _read_node(node: Any, name: str) -> dict[str, str]:
    cells = cells_of_object(node, without=("id", "key", "attributes", "metadata"))
    if isinstance(node, Mapping):
        cells |= cells_of_object(node.get("attributes"))
        cells |= cells_of_object(node.get("metadata"))
    return {**cells, "id": name}


def _read_edge(edge: Mapping[str, Any], by_place: Mapping[int, str], arrow: str) -> dict[str, str]:
    cells = cells_of_object(edge, without=("id", "key", "attributes", "metadata", "undirected"))
    for more in ("attributes", "metadata"):
        said = cells_of_object(edge.get(more))
        cells |= {keep_apart("edge", name): text for name, text in said.items()}
    for end in ("source", "target"):
        value = edge.get(end)
        if isinstance(value, Mapping):  # d3 replaces the id by the node once it has drawn it
            cells[end] = _name_node(value, -1)
        elif isinstance(value, int) and not isinstance(value, bool) and value in by_place:
            cells[end] = by_place[value]
    key = edge.get("key")  # networkx tells parallel edges apart by it
    if isinstance(key, str) and default_vocabulary().find_relation(key) and not SAID & set(cells):
        cells["relation"] = key
    if "weight" not in cells and "value" in cells:
        cells["weight"] = cells.pop("value")
    if isinstance(edge.get("undirected"), bool):
        cells["directed"] = "no" if edge["undirected"] else "yes"
    elif arrow:
        cells.setdefault("directed", arrow)
    return cells


def write(out: Outgoing) -> Files:
    """Write what networkx's ``node_link_graph`` and d3 read; ``edges`` is the newer name."""
    nodes = [object_of_cells(node, out.node_numbers) for node in out.nodes]
    edges = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        arrow = {"directed": "yes" if directed else "no"}
        edges.append({**object_of_cells(edge, out.edge_numbers), **arrow, "id": f"t{k}", "key": k})
    data = {
        "directed": True,
        "multigraph": True,
        "graph": {"title": out.title},
        "nodes": nodes,
        "edges": edges,
    }
    return {"": write_json(data)}
