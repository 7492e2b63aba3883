"""The tables for analysts hold what the measures give, and every name of them is documented."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import partnet as pn
from partnet.core.network import Network
from partnet.measures.ranking import find_leaders

from ..builders import FEW, bridge_of_two_cliques, make_network, networks

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "measures.md").read_text("utf-8")


def test_two_cliques_and_a_bridge_by_hand() -> None:
    net = bridge_of_two_cliques()
    found = pn.measure_structure(net, detail=True, permutations=9)
    assert found.tables["triads"].loc["300", "count"] == 2
    assert found.tables["cliques"]["organizations"].tolist() == [3, 3]
    assert found.tables["more"].loc["mutual_dyads", "value"] == 8
    assert found.tables["positions"].loc["d", "cliques"] == 0
    central = pn.measure_centrality(net, detail=True)
    assert central.tables["more"].loc["d", "eccentricity"] == 2
    ties = central.tables["ties"].set_index(["source", "target"])["betweenness"]
    assert ties["c", "d"] == pytest.approx(12 / 21)
    bridges = pn.find_bridges(net, detail=True)
    pairs = bridges.tables["dyadic_constraint"]
    total = pairs.groupby("organization")["constraint"].sum()
    assert total["d"] == pytest.approx(bridges.table.loc["d", "constraint"]) == pytest.approx(0.5)
    shared = bridges.tables["shared_roles"]
    assert shared.loc["d", "brokerage"] == 2


def test_constraint_within_ego_networks_is_an_option_of_the_verb() -> None:
    net = make_network("abcd", ["ab", "ac", "bc", "cd"])
    whole, ego = pn.find_bridges(net), pn.find_bridges(net, holes="ego")
    assert ego.table.loc["a", "constraint"] == pytest.approx(1.125)
    assert whole.table.loc["a", "constraint"] == pytest.approx((2 / 3) ** 2 + 0.75**2)


def test_two_modes_and_their_backbone() -> None:
    rows = [{"organization": o, "service": s} for o, s in ["ax", "ay", "bx", "by", "cx"]]
    found = pn.measure_affiliation(make_network("abcd", services=rows), "services", detail=True)
    assert found.tables["cores"]["coreness"].to_dict() == {"a": 2, "b": 2, "c": 1}
    assert found.tables["closure"].loc["four_cycles", "value"] == pytest.approx(4 / 6)
    assert found.tables["backbone"]["source"].tolist() == ["a", "a", "b"]


def test_numbers_of_tied_organizations_are_compared() -> None:
    rows = [
        {"id": o, "name": o, "kind": "hospital", "beds": b}
        for o, b in zip("abcd", [1, 1, 9, 9], strict=True)
    ]
    found = pn.measure_structure(make_network(rows, ["ab", "cd"]), detail=True, permutations=9)
    assert found.tables["autocorrelation"].loc["beds", "moran"] == 1.0


@pytest.mark.slow
@FEW
@given(networks())
def test_any_network_gives_all_tables(net: Network) -> None:
    for directed in (False, True):
        options = {"directed": directed, "detail": True}
        results = [
            pn.measure_structure(net, permutations=2, **options),
            pn.measure_centrality(net, **options),
            pn.find_bridges(net, permutations=2, **options),
        ]
        for found in results:
            assert all(isinstance(table, pd.DataFrame) for table in found.tables.values())
            found.to_json()


def test_every_name_stands_on_the_page_of_measures() -> None:
    net = make_network("abc", ["ab"], services=[{"organization": "a", "service": "x"}])
    results = [
        *(
            pn.measure_structure(net, detail=True, directed=d, permutations=2)
            for d in (False, True)
        ),
        pn.measure_centrality(net, detail=True),
        pn.find_bridges(net, detail=True, permutations=2),
        pn.measure_affiliation(net, "services", detail=True),
    ]
    for found in results:
        for name, table in found.tables.items():
            assert name in PAGE, name
            if name == "more":
                words = {*table.columns, *table.index} - {"value", "meaning", *net.ids}
                assert not [word for word in words if f"`{word}`" not in PAGE]


def test_equals_of_the_largest_are_all_named() -> None:
    rows = [{"organization": o, "group": g} for o in "abcd" for g in ("x", "y")]
    rows += [{"organization": "e", "group": "x"}]
    said = pn.measure_affiliation(make_network("abcde", memberships=rows)).text
    assert "A, B, C and D are members of the most (2 each)" in said
    many = [{"organization": o, "group": g} for o in "abcdefgh" for g in ("x", "y")]
    many += [{"organization": "i", "group": "x"}]
    said = pn.measure_affiliation(make_network("abcdefghi", memberships=many)).text
    assert "are among those who are members of the most" in said
    positions, among = find_leaders([np.nan, 0.0], 3)
    assert len(positions) == 0 and not among
