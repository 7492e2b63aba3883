"""NodeXL workbooks: the sheets Edges and Vertices, captions above the headers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..containers.sheets import Value, fold_headers, list_cells, value_of, write_sheets
from ..model import Files, Foreign, Outgoing
from ..source import Row, Source

# How things look, and what NodeXL counts for itself.
LOOKS = frozenset(
    {
        *("color", "width", "style", "opacity", "visibility", "shape", "size", "image file"),
        *("tooltip", "layout order", "x", "y", "id", "locked?", "polar r", "polar angle"),
        *("degree", "in-degree", "out-degree", "betweenness centrality", "closeness centrality"),
        *("eigenvector centrality", "pagerank", "clustering coefficient", "reciprocated?"),
        *("reciprocated vertex pair ratio", "dynamic filter", "add your own columns here"),
        *("custom menu item text", "custom menu item action", "corrected edge weight"),
    }
)


def sniff(source: Source) -> bool:
    """Tell whether a sheet Edges has the headers Vertex 1 and Vertex 2 in its first rows."""
    if not source.is_zip or source.suffix not in (".xlsx", ".xlsm"):
        return False
    return any(_find_header(rows, ("vertex 1", "vertex 2")) for _, rows in source.sheets)


def _find_header(rows: list[Row], wanted: Sequence[str]) -> list[Row]:
    """The rows from the header on; nothing where there is none."""
    for k, (_, row) in enumerate(rows[:5]):
        if set(wanted) <= set(fold_headers(row)):
            return rows[k:]
    return []


def read(source: Source) -> Foreign:
    """Read edges and vertices with the user's own columns; looks and NodeXL's measures are not.

    Raises
    ------
    InputError
        It is damaged, or too large when unpacked.
    """
    foreign = Foreign(source.name, "NodeXL", unsaid="1")
    sheets = {name.strip().casefold(): rows for name, rows in source.sheets}
    directed = _read_directedness(sheets.get("misc", []))
    edges = next(filter(None, (_find_header(r, ("vertex 1", "vertex 2")) for r in sheets.values())))
    vertices = _find_header(sheets.get("vertices", []), ("vertex",))
    foreign.organizations.sheet, foreign.ties.sheet = "Vertices", "Edges"
    known = set()
    for number, cells in list_cells(vertices):
        row = _own_columns(cells, {"vertex": "id", "label": "label"})
        known.add(row.get("id", ""))
        foreign.organizations.add(number, row)
    names = {"vertex 1": "source", "vertex 2": "target", "edge weight": "weight"}
    names |= {"relationship": "relation", "label": "label"}
    for number, cells in list_cells(edges):
        tie = _own_columns(cells, names)
        key = next((text for name, text in cells.items() if name.casefold() == "id"), "")
        if directed:
            tie.setdefault("directed", directed)
        foreign.ties.add(number, tie, key)
        for end in ("source", "target"):
            if tie.get(end, "") and tie[end] not in known:
                known.add(tie[end])
                foreign.organizations.add(number, {"id": tie[end]})
    return foreign


def _own_columns(cells: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    kept = {}
    for name, text in cells.items():
        low = " ".join(name.casefold().split())
        if low in names:
            kept[names[low]] = text
        elif low not in LOOKS and not re.match(r"(label|group|graph) ", low):
            kept[name] = text
    return kept


def _read_directedness(rows: list[Row]) -> str:
    for _, row in rows:
        words = fold_headers(row)
        if "graph directedness" in words:
            at = words.index("graph directedness")
            said = words[at + 1] if at + 1 < len(words) else ""
            return {"directed": "yes", "undirected": "no"}.get(said, "")
    return ""


def write(out: Outgoing) -> Files:
    """Write the sheets Edges, Vertices and Misc as NodeXL's template has them."""
    columns = [c for c in out.node_columns if c not in ("id", "name")]
    vertices: list[list[Value]] = [["", "Labels"], ["Vertex", "Label", *columns]]
    for node in out.nodes:
        rest = (value_of(c, node.get(c, ""), out.node_numbers) for c in columns)
        vertices.append([node["id"], node["name"], *rest])
    skipped = ("source", "target", "relation", "weight", "directed")
    others = [c for c in out.edge_columns if c not in skipped]
    head = ["Vertex 1", "Vertex 2", "ID", "Relationship", "Edge Weight", "directed", *others]
    edges: list[list[Value]] = [["", "", "", "Other Columns"], list(head)]
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        relation = out.labels.get(edge["relation"], edge["relation"])
        weight = value_of("weight", edge.get("weight", ""), out.edge_numbers)
        own = [edge["source"], edge["target"], f"t{k}", relation, weight]
        arrow = "yes" if directed else "no"
        edges.append(
            [*own, arrow, *(value_of(c, edge.get(c, ""), out.edge_numbers) for c in others)]
        )
    word = "Directed" if any(out.directed) else "Undirected"
    misc: list[list[Value]] = [["", ""], ["Setting", "Value"], ["Graph Directedness", word]]
    return {"": write_sheets({"Edges": edges, "Vertices": vertices, "Misc": misc}, header=1)}
