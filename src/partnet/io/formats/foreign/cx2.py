"""CX2: Cytoscape 3.10 and later, NDEx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ....core.errors import InputError
from ..containers.values import list_objects, object_of_cells, text_of_json, write_json
from ..model import Files, Foreign, Outgoing
from ..source import Source

Declared = dict[str, dict[str, tuple[str, Any]]]  # class: alias: (name, default)


def sniff(source: Source) -> bool:
    """Tell whether a file is CX2."""
    return source.is_json and '"CXVersion"' in source.start


def read(source: Source) -> Foreign:
    """Read nodes and edges, aliases and defaults of attributes resolved; styles are not.

    Raises
    ------
    InputError
        It is not valid JSON, or has fewer nodes or edges than it promises.
    """
    data = source.parse_json()
    foreign = Foreign(source.name, "CX2")
    foreign.organizations.sheet, foreign.ties.sheet = "nodes", "edges"
    declared = _read_declarations(_list_aspect(data, "attributeDeclarations"))
    for k, node in enumerate(_list_aspect(data, "nodes"), start=1):
        cells = _resolve(node.get("v"), declared.get("nodes", {}))
        number = text_of_json(node.get("id"))
        cells["#"] = number
        cells.setdefault("id", cells.get("partnet id", number))
        foreign.organizations.add(k, cells)
    ids = {row.pop("#"): row["id"] for row in foreign.organizations.rows}
    for k, edge in enumerate(_list_aspect(data, "edges"), start=1):
        cells = _resolve(edge.get("v"), declared.get("edges", {}))
        if "interaction" in cells:
            cells.setdefault("relation", cells.pop("interaction"))
        for end, short in (("source", "s"), ("target", "t")):
            number = text_of_json(edge.get(short))
            cells[end] = ids.get(number, number)
        foreign.ties.add(k, cells, text_of_json(edge.get("id", "")))
    _check_counts(source.name, data)
    return foreign


def _list_aspect(data: Any, name: str) -> list[Mapping[str, Any]]:
    """The entries of one aspect, which may come in several fragments."""
    return [item for part in list_objects(data) for item in list_objects(part.get(name))]


def _read_declarations(found: list[Mapping[str, Any]]) -> Declared:
    declared: Declared = {}
    for entry in found:
        for class_, attributes in entry.items():
            for name, said in attributes.items() if isinstance(attributes, Mapping) else ():
                said = said if isinstance(said, Mapping) else {}
                alias = said.get("a", name)
                declared.setdefault(class_, {})[str(alias)] = str(name), said.get("v")
    return declared


def _resolve(values: Any, declared: Mapping[str, tuple[str, Any]]) -> dict[str, str]:
    given = values if isinstance(values, Mapping) else {}
    cells = {
        name: text_of_json(default) for name, default in declared.values() if default is not None
    }
    named = ((declared.get(str(key), (str(key), None))[0], value) for key, value in given.items())
    return cells | {name: text_of_json(value) for name, value in named}


def _check_counts(file: str, data: Any) -> None:
    """Refuse a file that is shorter than its own metadata promise."""
    for entry in _list_aspect(data, "metaData"):
        name, promised = entry.get("name"), entry.get("elementCount")
        if name in ("nodes", "edges") and isinstance(promised, int):
            found = len(_list_aspect(data, name))
            if found < promised:
                raise InputError(
                    f"{file}: found {found:,} {name}, where its metadata promise {promised:,}. A "
                    "file has as many as it promises. It was cut short: download it anew."
                )


def write(out: Outgoing) -> Files:
    """Write CX2: attributes declared with their types, nodes numbered from 0."""
    position = out.position_of()
    nodes = [
        {"id": k, "v": object_of_cells(node, out.node_numbers)} for k, node in enumerate(out.nodes)
    ]
    edges = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True)):
        cells = object_of_cells(edge, out.edge_numbers, without=("source", "target", "relation"))
        own = {"interaction": edge["relation"], "directed": "yes" if directed else "no"}
        ends = {"s": position[edge["source"]], "t": position[edge["target"]]}
        edges.append({"id": k, **ends, "v": {**cells, **own}})
    edge_columns = [c for c in out.edge_columns if c not in ("source", "target", "relation")]
    declared = {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": _declare(out.node_columns, out.node_numbers),
        "edges": _declare([*edge_columns, "interaction", "directed"], out.edge_numbers),
    }
    aspects: dict[str, list[Any]] = {"attributeDeclarations": [declared]}
    aspects["networkAttributes"] = [{"name": out.title}]
    aspects |= {"nodes": nodes, "edges": edges}
    metadata = [{"name": name, "elementCount": len(found)} for name, found in aspects.items()]
    data = [{"CXVersion": "2.0", "hasFragments": False}, {"metaData": metadata}]
    data += [{name: found} for name, found in aspects.items()]
    return {"": write_json([*data, {"status": [{"success": True}]}])}


def _declare(columns: Iterable[str], numbers: frozenset[str]) -> dict[str, dict[str, str]]:
    return {c: {"d": "double" if c in numbers else "string"} for c in columns}
