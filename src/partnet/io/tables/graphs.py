"""A networkx graph as raw tables, so that its words, codes and numbers pass the same parsers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...core.errors import InputProblem, Where
from ...core.network import Network
from ...core.schema import TABLES
from ...core.vocabulary import default_vocabulary, fold_word
from ..cells import RawTable, clean_cell
from ..headers.words import list_spellings, spellings
from ..read import type_raw_tables
from .frames import text_of_object

if TYPE_CHECKING:
    import networkx as nx

ENDS = frozenset({"source", "target"})
PLACE = "graph"
MODE = "bipartite"  # the attribute by which networkx marks two modes


def read_graph(
    graph: nx.Graph,
    *,
    kind: str = "other",
    relation: str = "collaboration",
    scale: float | None = None,
) -> Network:
    """Make a network from a networkx graph; see :meth:`partnet.Network.from_networkx`."""
    nodes = [
        {**_list_cells(data, {"id"}), "id": _name_node(v)} for v, data in graph.nodes(data=True)
    ]
    if _has_two_modes(graph):
        return _read_two_modes(graph, kind=kind)
    arrow = "yes" if graph.is_directed() else "no"
    edges = [
        {**_list_cells(data, ENDS), "source": _name_node(u), "target": _name_node(v)}
        for u, v, data in _list_edges(graph)
    ]
    edges = _name_relations(edges)
    _fill(nodes, "organizations", "name", [node["id"] for node in nodes])
    _fill(nodes, "organizations", "kind", [kind] * len(nodes))
    _fill(edges, "ties", "relation", [relation] * len(edges))
    _fill(edges, "ties", "directed", [arrow] * len(edges))
    raws = [_make_raw("organizations", nodes), _make_raw("ties", edges)]
    words = default_vocabulary()
    reading = type_raw_tables(raws if edges else raws[:1], words, scale=scale)
    return Network(reading.tables, reading.vocabulary, reading.problems)


def _list_edges(graph: nx.Graph) -> Iterable[tuple[Any, Any, Mapping[Any, Any]]]:
    """Edges with their attributes; the key of a parallel one is its relation, if it names one."""
    if not graph.is_multigraph():
        return graph.edges(data=True)
    named = spellings(TABLES["ties"].column("relation"))
    find = default_vocabulary().find_relation
    return [
        (
            u,
            v,
            data
            if _says_one(data, named) or not _is_relation(key, find)
            else {**data, "relation": key},
        )
        for u, v, key, data in graph.edges(keys=True, data=True)
    ]


def _name_relations(edges: list[dict[str, str]]) -> list[dict[str, str]]:
    """Call the one attribute relation whose values all name relations, whatever its name."""
    find = default_vocabulary().find_relation
    known = list_spellings("ties")
    names = dict.fromkeys(name for edge in edges for name in edge)
    if any(fold_word(name) in spellings(TABLES["ties"].column("relation")) for name in names):
        return edges
    found = [
        name
        for name in names
        if fold_word(name) not in known
        and all(not edge.get(name) or find(edge[name]) is not None for edge in edges)
    ]
    if len(found) != 1:
        return edges
    return [
        {"relation" if name in found else name: text for name, text in edge.items()}
        for edge in edges
    ]


def _says_one(data: Mapping[Any, Any], headers: Collection[str]) -> bool:
    return any(fold_word(str(name)) in headers for name in data)


def _is_relation(key: Any, find: Callable[[str], str | None]) -> bool:
    return isinstance(key, str) and find(key) is not None


def _has_two_modes(graph: nx.Graph) -> bool:
    """Whether the attribute bipartite parts the nodes in two, and every tie goes across."""
    modes = {v: data.get(MODE) for v, data in graph.nodes(data=True)}
    return set(modes.values()) == {0, 1} and all(modes[u] != modes[v] for u, v in graph.edges())


def _read_two_modes(graph: nx.Graph, *, kind: str) -> Network:
    """Nodes of the first mode are organizations, those of the second the groups they are in."""
    modes = dict(graph.nodes(data=MODE))
    nodes = [
        {**_list_cells(data, {"id", MODE}), "id": _name_node(v)}
        for v, data in graph.nodes(data=True)
        if modes[v] == 0
    ]
    pairs = [(u, v) if modes[u] == 0 else (v, u) for u, v in graph.edges()]
    groups = [{"organization": _name_node(u), "group": _name_group(graph, v)} for u, v in pairs]
    _fill(nodes, "organizations", "name", [node["id"] for node in nodes])
    _fill(nodes, "organizations", "kind", [kind] * len(nodes))
    raws = [_make_raw("organizations", nodes), _make_raw("memberships", groups)]
    note = InputProblem(
        Where(PLACE),
        f"two modes: {len(nodes):,} nodes with bipartite = 0, {len(modes) - len(nodes):,} with 1",
        "A tie links two organizations.",
        "The first are the organizations, the second the groups that they are members of.",
        level="note",
    )
    raws[0] = replace(raws[0], notes=(note,))
    reading = type_raw_tables(raws if pairs else raws[:1], default_vocabulary())
    return Network(reading.tables, reading.vocabulary, reading.problems)


def _name_group(graph: nx.Graph, node: Any) -> str:
    data = graph.nodes[node]
    return _name_node(data.get("label") or data.get("name") or node)


def _name_node(node: Any) -> str:
    """A node as text, cleaned as every cell is."""
    return clean_cell(text_of_object(node) if type(node) is int else str(node))


def _list_cells(data: Mapping[Any, Any], own: set[str] | frozenset[str]) -> dict[str, str]:
    """Attributes as text; what is no value (a place in a picture) is left out."""
    return {
        clean_cell(str(name)): clean_cell(text_of_object(value))
        for name, value in data.items()
        if not isinstance(value, Mapping) and str(name).casefold() not in own and str(name) != "key"
    }


def _fill(rows: list[dict[str, str]], table: str, column: str, values: list[str]) -> None:
    """Fill in what rows leave blank, in the column under whatever name they have it."""
    named = spellings(TABLES[table].column(column))
    headers = dict.fromkeys(name for row in rows for name in row)
    at = column if column in headers else None
    at = at or next((name for name in headers if fold_word(name) in named), column)
    for row, value in zip(rows, values, strict=True):
        if not row.get(at):
            row[at] = value


def _make_raw(table: str, rows: list[dict[str, str]]) -> RawTable:
    header = list(dict.fromkeys(name for row in rows for name in row))
    header = list(dict.fromkeys([*(n for n in TABLES[table].names if n in header), *header]))
    header = header or list(TABLES[table].required)
    cells = [[row.get(name, "") for name in header] for row in rows]
    raw = RawTable(PLACE, table, tuple(header), 0, cells, list(range(1, len(rows) + 1)))
    return replace(raw, table=table)
