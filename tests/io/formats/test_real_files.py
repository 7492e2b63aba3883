"""Files of other programs' own test suites: the right numbers of organizations and ties."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import InputError, read_network

from ...shared_data import FOLDER

FORMATS = FOLDER / "formats"

pytestmark = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="the files are not beside the project (../shared/data/formats)"
)

# file: organizations, ties, rows set aside. Counted by igraph where it reads the file; loops are
# set aside, ties below zero too, and a symmetric matrix has each tie once.
COUNTS = {
    "cx/glypican2.cx2": (2, 1, 0),
    "gephi_csv/edges_table_repeated_without_ids.csv": (4, 5, 0),
    "gephi_csv/edges_table_types_test.csv": (2, 2, 0),
    "gephi_csv/matrix.xlsx": (5, 4, 0),
    "gephi_csv/nodes_table_types_test.csv": (5, 0, 0),
    "gephi_csv/test_utf8_chars_with_bom.csv": (2, 0, 1),
    "gexf/data.gexf": (1, 0, 1),
    "gexf/dynamicedgeweight.gexf": (2, 1, 0),
    "gexf/slice.gexf": (2, 1, 0),
    "gml/emojis.gml": (1, 0, 0),
    "gml/igraph_graph1.gml": (3, 1, 1),
    "graphml/cdata.graphml": (2, 1, 0),
    "graphml/igraph_test.graphml": (6, 7, 0),
    "pajek/pajek4.net": (10, 9, 0),
    "pajek/pajek_arcslist.net": (18, 55, 0),
    "pajek/pajek_signed.net": (10, 35, 10),
    "pajek/utf8_with_bom.net": (10, 6, 0),
    "ucinet_dl/edgelist5.dl": (5, 5, 0),
    "ucinet_dl/fullmatrix4.dl": (5, 6, 0),
    "ucinet_dl/igraph_input.dl": (66, 100, 0),
    "ucinet_dl/nodelist2.dl": (5, 5, 0),
    "ucinet_native/campnet-6404.##h": (18, 54, 0),
    "ucinet_native/Camp92_6404.##d": (18, 612, 0),
    "vna/emptyattribute.vna": (3, 3, 0),
}
# two modes: organizations, groups, memberships
TWO_MODES = {"pajek/SouthernWomen.paj": (18, 14, 89), "pajek/pajek_bip2.net": (10, 5, 25)}


@pytest.mark.parametrize("name", COUNTS)
def test_one_mode(name: str) -> None:
    net = read_network(FORMATS / name)
    aside = sum(problem.set_aside == "row" for problem in net.problems)
    assert (net.n, len(net.table("ties")), aside) == COUNTS[name]


@pytest.mark.parametrize("name", TWO_MODES)
def test_two_modes(name: str) -> None:
    net = read_network(FORMATS / name)
    members = net.table("memberships")
    assert (net.n, members["group"].nunique(), len(members)) == TWO_MODES[name]


def test_a_vertex_beyond_those_promised_is_refused() -> None:
    with pytest.raises(InputError, match=r'line 3: found the vertex "0".*numbered from 1 to 4'):
        read_network(FORMATS / "pajek" / "invalid_pajek2.net")


def test_a_directory_of_the_specification() -> None:
    net = read_network(FORMATS / "hsds")
    assert net.names.tolist() == ["Example Organization Inc."]
    assert net.table("services")["service"].tolist() == ["Community Counselling"]
    assert any("not in the file" in problem.found for problem in net.problems)  # as it is


def test_names_are_whole() -> None:
    net = read_network(FORMATS / "pajek" / "utf8_with_bom.net")
    assert net.table("organizations")["name"].tolist()[:3] == ["Vlado", "Андреј", "Žnidaršič"]
    women = read_network(FORMATS / "pajek" / "SouthernWomen.paj")
    assert women.table("organizations")["name"].tolist()[-1] == "Flora"
    camp = read_network(FORMATS / "ucinet_native" / "Camp92_6404.##h")
    assert sorted(camp.ties["relation"].unique()) == ["week_2", "week_3"]
    assert camp.ties["strength"].max() == 1.0 and camp.ties["strength"].min() == 1 / 17


def test_every_file_is_looked_at() -> None:
    folders = ("hsds", "survey")
    files = {p for p in FORMATS.rglob("*") if p.is_file() and p.parent.name not in folders}
    named = {FORMATS / name for name in (*COUNTS, *TWO_MODES)}
    pair = ("campnet-6404.##d", "Camp92_6404.##h")
    twins = {FORMATS / "ucinet_native" / name for name in pair}
    rest = files - named - twins
    assert {p.name for p in rest} == {"README.md", "invalid_pajek2.net"}
    assert isinstance(FORMATS, Path)
