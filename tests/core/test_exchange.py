"""The views of a network in other libraries."""

from __future__ import annotations

import sys

import pytest

from partnet import UsageError, load_sample

from ..builders import make_network

NET = make_network(
    [
        {"id": "a", "name": "Clinic", "kind": "hospital", "latitude": "41.5", "longitude": "-99"},
        {"id": "b", "name": "Pantry", "kind": "food"},
        {"id": "c", "name": "Shelter", "kind": "housing"},
    ],
    [("a", "b", "referral", 0.5), ("b", "c", "collaboration", "none")],
)


def test_pandas_has_nodes_and_ties() -> None:
    nodes, ties = NET.to_pandas()
    assert nodes.index.tolist() == ["a", "b", "c"]
    assert ties[["source", "target", "strength"]].values.tolist() == [["a", "b", 0.5]]
    assert "provenance" not in nodes and "provenance" not in ties


def test_igraph_has_an_edge_a_tie() -> None:
    igraph = pytest.importorskip("igraph")
    graph = NET.to_igraph()
    assert isinstance(graph, igraph.Graph) and graph.is_directed()
    assert (graph.vcount(), graph.ecount()) == (3, 1)
    assert graph.vs.find("a")["label"] == "Clinic" and graph.vs.find("b")["latitude"] is None
    assert graph.es[0].attributes().items() >= {"relation": "referral", "weight": 0.5}.items()


def test_igraph_holds_the_sample() -> None:
    pytest.importorskip("igraph")
    net = load_sample("prairie")
    graph = net.to_igraph()
    assert (graph.vcount(), graph.ecount()) == (154, 841)
    said = net.ties["directed"]
    by_relation = net.ties["relation"].map(lambda r: net.vocabulary.relations[r].directed)
    assert graph.es["directed"] == ((said == "yes") | ((said == "") & by_relation)).tolist()


def test_geopandas_places_those_with_coordinates() -> None:
    pytest.importorskip("geopandas")
    places = NET.to_geopandas()
    assert places.crs.to_epsg() == 4326
    assert places.geometry.isna().tolist() == [False, True, True]
    assert (places.geometry["a"].x, places.geometry["a"].y) == (-99.0, 41.5)


@pytest.mark.parametrize("module", ["igraph", "geopandas"])
def test_what_is_not_installed_is_said(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=f"{module}: it is not installed.*pip install"):
        getattr(NET, f"to_{module}")()
