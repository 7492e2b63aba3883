"""What partnet writes, read by the programs' own readers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from partnet import Network, export_network, load_sample

from ...builders import make_network

PRAIRIE = load_sample("prairie")
ODD = make_network(
    [
        {"id": "a b", "name": 'The "Good" & <Best>', "kind": "hospital"},
        {"id": "c", "name": "Line\nbreak \\ 漢語 😀", "kind": "food"},
        {"id": "d", "name": "Alone", "kind": "housing"},
    ],
    [
        {"source": "a b", "target": "c", "relation": "referral", "strength": "0.5"},
        {"source": "c", "target": "a b", "relation": "collaboration"},
    ],
)
both = pytest.mark.parametrize("net", [PRAIRIE, ODD], ids=["prairie", "odd"])


def export(net: Network, folder: Path, name: str, **options: Any) -> Path:
    export_network(net, folder / name, **options)
    return folder / name


@both
def test_networkx_reads_graphml(net: Network, tmp_path: Path) -> None:
    graph = nx.read_graphml(export(net, tmp_path, "n.graphml"), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (net.n, len(net.ties))
    assert {v: data["name"] for v, data in graph.nodes(data=True)} == dict(net.names)


@pytest.mark.parametrize("relation", ["referral", "collaboration"])
def test_networkx_reads_gexf(relation: str, tmp_path: Path) -> None:
    """Ties with and without direction in one file, as Gephi takes them, networkx refuses."""
    rows = [dict(row) for row in ODD.table("organizations").to_dict("records")]
    net = make_network(rows, [("a b", "c", relation, 0.5), ("c", "d", relation, 1.0)])
    graph = nx.read_gexf(export(net, tmp_path, "n.gexf"), version="1.3")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (3, 2)
    assert graph.is_directed() == (relation == "referral")
    assert {v: data["label"] for v, data in graph.nodes(data=True)} == dict(net.names)


@both
def test_networkx_reads_node_link(net: Network, tmp_path: Path) -> None:
    data = json.loads(export(net, tmp_path, "n.node-link.json").read_text("utf-8"))
    graph = nx.node_link_graph(data, edges="edges")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (net.n, len(net.ties))
    assert {v: row["name"] for v, row in graph.nodes(data=True)} == dict(net.names)


@both
def test_networkx_reads_cytoscape(net: Network, tmp_path: Path) -> None:
    data = json.loads(export(net, tmp_path, "n.cyjs").read_text("utf-8"))
    for node in data["elements"]["nodes"]:
        node["data"]["value"] = node["data"]["id"]  # networkx alone wants it, and keys
    for k, edge in enumerate(data["elements"]["edges"]):
        edge["data"]["key"] = k
    graph = nx.cytoscape_graph({"data": [], "directed": True, "multigraph": True, **data})
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (net.n, len(net.ties))


@both
def test_igraph_reads_graphml(net: Network, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_GraphML(str(export(net, tmp_path, "n.graphml")))
    assert (graph.vcount(), graph.ecount()) == (net.n, len(net.ties))
    assert graph.vs["name"] == net.names.tolist()


def test_igraph_and_networkx_read_pajek_of_one_relation(tmp_path: Path) -> None:
    """Neither knows several relations by name; one alone both read, with odd names."""
    ties = [("a b", "c", "referral", 0.5), ("c", "d", "referral", 1.0)]
    net = make_network([dict(row) for row in ODD.table("organizations").to_dict("records")], ties)
    path = export(net, tmp_path, "n.net")
    graph = nx.read_pajek(path)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (3, 2)
    igraph = pytest.importorskip("igraph")
    graph = igraph.Graph.Read_Pajek(str(path))
    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (3, 2, True)
    assert graph.es["weight"] == [0.5, 1.0]


def test_igraph_reads_dl(tmp_path: Path) -> None:
    """igraph reads one matrix with plain labels; partnet writes one for one relation."""
    igraph = pytest.importorskip("igraph")
    net = make_network("abc", [("a", "b"), ("b", "c")])
    path = export(net, tmp_path, "n.dl")
    text = path.read_text("utf-8").replace('"', "").replace(" NM=1", "")
    path.write_text(text.replace("MATRIX LABELS:\ncollaboration\n", ""), "utf-8")
    graph = igraph.Graph.Read_DL(str(path))
    assert (graph.vcount(), graph.ecount()) == (3, 4)
    assert graph.vs["name"] == ["A", "B", "C"]


@both
def test_ndex_reads_cx2(net: Network, tmp_path: Path) -> None:
    cx2 = pytest.importorskip("ndex2.cx2")
    path = export(net, tmp_path, "n.cx2")
    graph = cx2.RawCX2NetworkFactory().get_cx2network(str(path))
    assert (len(graph.get_nodes()), len(graph.get_edges())) == (net.n, len(net.ties))
    assert [node["v"]["name"] for node in graph.get_nodes().values()] == net.names.tolist()


@both
def test_openpyxl_reads_kumus_workbook(net: Network, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(export(net, tmp_path, "n.kumu.xlsx"), read_only=True)
    assert book.sheetnames == ["Elements", "Connections"]
    elements, connections = (list(sheet.values) for sheet in book)
    assert elements[0][:3] == ("ID", "Label", "Type") and len(elements) == net.n + 1
    assert connections[0][:5] == ("ID", "From", "To", "Type", "Direction")
    ids = {row[0] for row in elements[1:]}
    assert all(row[1] in ids and row[2] in ids for row in connections[1:])
    assert {row[4] for row in connections[1:]} <= {"directed", "undirected"}
