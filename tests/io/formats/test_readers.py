"""Small files by hand, one trap each, whose answer can be counted on paper."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

import partnet as pn
from partnet import InputError, Network, read_network
from partnet.io.formats.containers.sheets import write_sheets

from ...fuzz import seeds


def read(folder: Path, name: str, content: bytes | str) -> Network:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_network(path)


def list_ties(net: Network) -> list[tuple[str, ...]]:
    columns = ["source", "target", "relation", "directed"]
    return [tuple(row) for row in net.table("ties")[columns].values.tolist()]


def list_notes(net: Network) -> str:
    return "\n".join(map(str, net.problems))


def test_graphml_of_yed_and_defaults(tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", seeds.GRAPHML)
    assert net.names.to_dict() == {"n0": "n0", "n1": "Shape"}
    assert net.organizations["color"].tolist() == ["green", "red"]
    assert net.organizations["good"].tolist() == ["true", ""]
    assert list_ties(net) == [("n0", "n1", "collaboration", "yes")]
    assert "1 hyperedge" in list_notes(net) and 'data "d9"' in list_notes(net)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
    with pytest.raises(InputError, match="document type declaration"):
        read(tmp_path, "n.graphml", bomb)


def test_xml_nested_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="within each other"):
        read(tmp_path, "n.gexf", "<gexf>" + "<nodes>" * 200)


def test_gexf_takes_the_latest_value_and_inner_nodes(tmp_path: Path) -> None:
    net = read(tmp_path, "n.gexf", seeds.GEXF)
    assert net.names.to_dict() == {"0": "A", "2": "C", "1": "1"}
    ties = net.table("ties")
    assert list_ties(net) == [("0", "1", "collaboration", "no"), ("1", "2", "friend", "no")]
    assert ties["weight of the file"].tolist() == ["2", "1"]  # the default of the file
    assert "1 node within others" in list_notes(net)
    assert ties["since"].dt.year.tolist()[0] == 2020


@pytest.mark.parametrize(
    "space", ["http://gexf.net/1.3", "http://www.gexf.net/1.3", "http://www.gexf.net/1.1draft"]
)
def test_gexf_of_every_spelling(space: str, tmp_path: Path) -> None:
    nodes = '<nodes><node id="1" label="A"/></nodes>'
    assert read(tmp_path, "n.gexf", f'<gexf xmlns="{space}"><graph>{nodes}</graph></gexf>').n == 1


def test_gml_with_entities_and_remarks(tmp_path: Path) -> None:
    net = read(tmp_path, "n.gml", seeds.GML)
    assert net.names.to_dict() == {"1": "A & B", "2": "2"}
    assert net.table("ties")["strength"].tolist() == [0.5]
    with pytest.raises(InputError, match="that no ] closes"):
        read(tmp_path, "cut.gml", seeds.GML[:-4])


def test_pajek_with_everything(tmp_path: Path) -> None:
    """Relations by name and by number, two modes, lists, codes; a tie below zero is set aside."""
    net = read(tmp_path, "n.net", seeds.NET_FILE)
    assert net.names.to_dict() == {"a": "A", "b": "B"}
    assert list_ties(net) == [("a", "b", "like", "yes")]
    members = net.table("memberships")
    assert sorted(zip(members["organization"], members["group"], strict=True)) == [
        *(("a", "4"), ("a", "C"), ("a", "C"), ("b", "4"))
    ]
    assert net.organizations["p"].tolist() == ["1", "2"]
    assert sum(p.set_aside == "row" for p in net.problems) == 1


def test_pajek_takes_the_partition_beside_it(tmp_path: Path) -> None:
    (tmp_path / "n.clu").write_text("*Vertices 2\n7\n9\n")
    net = read(tmp_path, "n.net", '*Vertices 2\n1 "A"\n2 "B"\n*Arcs\n1 2\n')
    assert net.organizations["class"].tolist() == ["7", "9"]
    with pytest.raises(InputError, match=r"a Pajek partition.*give the \.net file"):
        read_network(tmp_path / "n.clu")


def test_pajek_promises_more_than_fits_in_memory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="may go without a line"):
        read(tmp_path, "n.net", "*Vertices 99999999\n")


def test_dl_two_modes_and_missing_values(tmp_path: Path) -> None:
    """Two matrices of 2 x 3: 1 0 . / 0 1 0 and 1 2 3 / 4 5 6; the first C-y is said again."""
    net = read(tmp_path, "n.dl", seeds.DL)
    assert net.names.tolist() == ["A b", "C"]
    members = net.table("memberships")
    assert members["group"].tolist() == ["x", "y", *"xyz", *"xyz"]
    assert members["weight of the file"].tolist() == ["", "", *"123456"]
    assert "1 missing value" in list_notes(net)


def test_dl_lists_and_halves(tmp_path: Path) -> None:
    net = read(tmp_path, "list.dl", seeds.LIST)
    assert net.n == 4 and len(net.ties) == 3
    half = read(tmp_path, "half.dl", seeds.HALF)
    assert list_ties(half) == [
        ("a", "b", "collaboration", "no"),
        ("b", "c", "collaboration", "no"),
    ]


def test_dl_on_one_line(tmp_path: Path) -> None:
    text = "DL, N=2, FORMAT = FULLMATRIX, LABELS: A,B DATA: 0 1 0 0"
    assert list_ties(read(tmp_path, "n.dl", text)) == [("a", "b", "collaboration", "yes")]


@pytest.mark.parametrize(
    ("values", "words"),
    [("0 1 0", "1 value fewer"), ("0 1 0 0 7", "1 value more"), ("0 1 0 x", 'found "x"')],
)
def test_dl_that_breaks_its_promise_is_refused(values: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path, "n.dl", f"dl n=2\ndata:\n{values}\n")


def test_dl_of_impossible_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cells are read"):
        read(tmp_path, "n.dl", "dl n=99999999\ndata:\n1\n")


def test_vna_with_commas_and_blanks(tmp_path: Path) -> None:
    net = read(tmp_path, "n.vna", seeds.VNA)
    assert net.names.to_dict() == {"1": "One", "2": "2"}
    assert net.organizations["kind"].tolist() == ["hospital", "food"]
    assert net.organizations["home town"].tolist() == ["X, Y", "Z"]
    assert list_ties(net) == [("1", "2", "like", "no")]


def test_vna_of_personal_networks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E-Net"):
        read(tmp_path, "n.vna", "*ego data\nID\n1\n")


def test_ucinet_needs_both_files_of_one_size(tmp_path: Path) -> None:
    old = seeds.OLD_HEADER
    (tmp_path / "n.##h").write_bytes(old)
    with pytest.raises(InputError, match=r"found no n\.##d beside it"):
        read_network(tmp_path / "n.##h")
    (tmp_path / "n.##d").write_bytes(struct.pack("<4f", 0, 1, 1e38, 0))
    net = read_network(tmp_path / "N.##H".lower())
    assert net.names.tolist() == ["A", "B"]
    assert list_ties(net) == [("a", "b", "collaboration", "yes")]
    assert "1 missing value" in list_notes(net)
    (tmp_path / "n.##d").write_bytes(b"\0" * 12)
    with pytest.raises(InputError, match="12 bytes, where the header promises 16"):
        read_network(tmp_path / "n.##h")


def test_uci_with_attributes(tmp_path: Path) -> None:
    net = read(tmp_path, "n.uci", seeds.UCI)
    assert net.organizations["size"].tolist() == ["1", ""]
    assert len(net.table("memberships")) == 3
    assert "1 missing value" in list_notes(net)


def test_kumu_project_leaves_its_trash(tmp_path: Path) -> None:
    net = read(tmp_path, "k.json", seeds.KUMU)
    assert net.names.tolist() == ["A", "B"]
    assert net.organizations["kind"].tolist() == ["food", "other"]
    assert net.organizations["tags"].tolist() == ["x; y", ""]
    assert list_ties(net) == [("e1", "e2", "collaboration", "no")]
    assert "in no map" in list_notes(net)


def test_kumu_workbook_with_sections_lists_and_unlisted_ends(tmp_path: Path) -> None:
    rows = [
        ["Label", "Type", "Tags"],
        ["A", "food", "x|y"],
        [""],
        [""],
        ["From", "To", "Type", "Direction"],
        ["A", "B | C", "Funds", "directed"],
    ]
    sheets = {"Map": rows, "Old (ignore)": [["Label"], ["Gone"]]}
    net = read(tmp_path, "k.xlsx", write_sheets(sheets))
    assert net.names.tolist() == ["A", "B", "C"]
    assert [tie[:2] for tie in list_ties(net)] == [("a", "b"), ("a", "c")]
    assert net.table("ties")["relation"].tolist() == ["funding", "funding"]


def test_nodexl_with_captions_above_the_headers(tmp_path: Path) -> None:
    edges = [
        ["", "", "Visual Properties", "", "Other"],
        ["Vertex 1", "Vertex 2", "Color", "Width", "Relationship"],
        ["a", "b", "red", 3.0, "referral"],
        ["b", "c", "", "", "follows"],
    ]
    vertices = [["", "Visual"], ["Vertex", "Color", "Sector of work"], ["a", "blue", "health"]]
    misc = [["", ""], ["Setting", "Value"], ["Graph Directedness", "Directed"]]
    content = write_sheets({"Edges": edges, "Vertices": vertices, "Misc": misc})
    net = read(tmp_path, "n.xlsx", content)
    assert net.ids.tolist() == ["a", "b", "c"]
    assert net.organizations["Sector of work"].tolist() == ["health", "", ""]
    assert [tie[2:] for tie in list_ties(net)] == [("referral", "yes"), ("follow", "yes")]
    assert "Color" not in net.organizations


def test_polinode_workbook_has_a_relation_a_question(tmp_path: Path) -> None:
    nodes = [["Name", "Role"], ["Ann", "x"], ["Ben", ""]]
    first = [["Source", "Target", "Weight"], ["Ann", "Ben", 2.0]]
    second = [["Source", "Target"], ["Ben", "Ann"]]
    sheets = {"Node Attributes": nodes, "Relationship Question 1": first}
    net = read(tmp_path, "p.xlsx", write_sheets({**sheets, "Relationship Question 2": second}))
    assert net.names.tolist() == ["Ann", "Ben"]
    assert [tie[:2] for tie in list_ties(net)] == [("ann", "ben"), ("ben", "ann")]
    assert net.ties["relation"].nunique() == 2


def test_node_link_by_place_and_graphology(tmp_path: Path) -> None:
    net = read(tmp_path, "d3.json", seeds.D3)
    assert [tie[:2] for tie in list_ties(net)] == [("a", "b")]
    assert net.table("ties")["weight of the file"].tolist() == ["3"]
    lite = read(tmp_path, "lite.json", seeds.LITE)
    assert lite.names.to_dict() == {"a": "A", "b": "b"}
    assert list_ties(lite) == [("a", "b", "collaboration", "no")]


def test_cx2_resolves_aliases_and_counts(tmp_path: Path) -> None:
    net = read(tmp_path, "n.cx2", seeds.CX)
    assert net.names.tolist() == ["A", "B"] and net.organizations["k"].tolist() == ["food"] * 2
    with pytest.raises(InputError, match="found 2 nodes, where its metadata promise 5"):
        read(tmp_path, "cut.cx2", seeds.CX.replace(b'Count":2', b'Count":5'))


def test_hsds_json_with_its_inner_rows(tmp_path: Path) -> None:
    net = read(tmp_path, "h.json", seeds.HSDS)
    row = net.organizations.iloc[0]
    assert (row["ein"], row["zip"], row["state"]) == ("123456789", "68739", "NE")
    assert (row["latitude"], row["longitude"]) == (41, -99)
    assert net.table("services")["service"].tolist() == ["Pantry"]
    assert net.table("service_areas")[["place_kind", "place"]].values.tolist() == [["ZIP", "68739"]]
    assert net.table("funding")["funder"].tolist() == ["HRSA"]
    assert net.table("affiliations")["parent"].str.contains("o2").all()


def test_a_matrix_needs_the_same_names(tmp_path: Path) -> None:
    net = read(tmp_path, "m.csv", "x,A,B,C\nA,0,1,\nB,1,0,2\nC,,2,0\n")
    assert list_ties(net) == [
        ("a", "b", "collaboration", "no"),
        ("b", "c", "collaboration", "no"),
    ]
    assert "2 missing values" in list_notes(net)
    net = read(tmp_path, "m.csv", "x,A,B\nA,0,maybe\nB,1,0\n")
    assert 'found "maybe"' in "\n".join(map(str, net.problems))
    assert list_ties(net) == [("b", "a", "collaboration", "yes")]  # what is not read is no tie


def test_a_workbook_of_matrices_has_a_relation_a_sheet(tmp_path: Path) -> None:
    one = [["", "A", "B"], ["A", 0.0, 1.0], ["B", 1.0, 0.0]]
    two = [["", "A", "B"], ["A", 0.0, 1.0], ["B", 0.0, 0.0]]
    net = read(tmp_path, "m.xlsx", write_sheets({"referral": one, "advice": two}))
    assert list_ties(net) == [("a", "b", "referral", "no"), ("a", "b", "advice", "yes")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "Elm Oak {'weight': 2}\nOak Fir {}", "an edge list of networkx"),
        ("a.gdf", "nodedef>name VARCHAR\na", "GDF"),
        ("a.dot", "digraph x { a -> b }", "Graphviz"),
        ("a.txt", "graph { a -- b }", "Graphviz"),
        ("a.tgf", "1 A\n#\n1 1", "Trivial"),
        ("a.xml", "<DynamicNetwork/>", "DyNetML"),
        ("a.xgmml", '<?xml version="1.0"?><graph label="x"/>', "XGMML"),
        ("a.xml", '<graph xmlns="http://www.cs.rpi.edu/XGMML"/>', "XGMML"),
        ("a.xml", "<graph/>", "XML of the kind <graph>"),
        ("a.xml", "<DynamicMetaNetwork/>", "DyNetML"),
        ("a.drawio", "<mxfile/>", "draw.io"),
        ("a.txt", "/* made\nby x */ strict graph g { a -- b }", "Graphviz"),
        ("a.gv", "// x\n# y\ndigraph { a -> b }", "Graphviz"),
        ("a.mmd", "graph TD\n A --> B", "Mermaid"),
        ("a.txt", "%% x\nflowchart LR\n A --> B", "Mermaid"),
        ("a.md", "```mermaid\ngraph TD\n A --> B\n```", "Mermaid"),
        ("a.tlp", '(tlp "2.3"\n(nb_nodes 1))', "Tulip"),
        ("a.txt", ">>graph6<<Bw", "graph6"),
        ("a.txt", "LEDA.GRAPH\nstring\nint", "LEDA"),
        ("a.tim", "*Vertices 2\n*Events\nTI 1", "events in time"),
        ("a.net", "*Vertices 2\n*Events\nTI 1", "happens in time"),
        ("a.zip", b"PK\x03\x04", "Unpack it"),
        ("a.graphml.gz", b"\x1f\x8b", "Unpack it"),
        ("a.npy", b"x", "as a matrix with names"),
        ("a.csv", b"\x93NUMPY\x01\x00", "as a matrix with names"),
        ("a.csv", b"\x80\x04\x95\x10", "can run code"),
        ("a.gpickle", "x", "can run code"),
        ("a.dat", b"RDX3\nX\n", "an R object"),
        ("a.parquet", b"PAR1", "CSV or Excel"),
        ("a.svg", "<svg/>", "a picture"),
        ("a.cx", '[{"numberVerification":[]}]', "CX of version 1"),
        ("a.json", '{"type":"FeatureCollection","features":[]}', "GeoJSON"),
        ("a.json", '{"x":1}', "no network of a known kind"),
        ("a.json", "{", "cannot be read"),
        ("a.rds", "x", "an R object"),
        ("a.vec", "*Vertices 1\n0.5", "vector"),
    ],
)
def test_others_are_refused_with_what_to_export(
    name: str, content: str | bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path, name, content)
    assert str(caught.value).startswith((f"{name}: found ", f"{name}, line 2: found "))


def test_ties_below_zero_are_set_aside_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("Source,Target,Weight\nA,B,-2\nB,C,4\nA,C,0\n", "utf-8")
    result = pn.check_tables(path)
    assert result.tables["rows"].loc["ties", ["read", "used"]].tolist() == [3, 2]
    net = read_network(path)
    assert net.ties["strength"].tolist() == [1.0] and len(net.table("ties")) == 2  # 0: no tie
    assert "-2" in list_notes(net)


def test_relations_of_other_scripts_stay_apart(tmp_path: Path) -> None:
    text = "Source,Target,Kind\nA,B,друг\nB,C,враг\n"
    net = read(tmp_path, "e.csv", text)
    labels = [net.vocabulary.relations[r].label for r in net.ties["relation"]]
    assert labels == ["друг", "враг"]


def test_many_different_words_are_remarks_not_relations(tmp_path: Path) -> None:
    rows = "".join(f"A,B{k},remark number {k}\n" for k in range(150))
    net = read(tmp_path, "e.csv", "Source,Target,Kind\n" + rows)
    assert set(net.ties["relation"]) == {"collaboration"}
    assert net.table("ties")["evidence"].tolist()[7] == "remark number 7"


def test_codes_of_missing_answers_make_no_tie(tmp_path: Path) -> None:
    """As in partnet's own tables; -1 stays what network tools mean by it, a conflict."""
    rows = "1 2 4\n2 3 99\n1 3 1\n3 4 -9\n1 4 -1\n"
    net = read(tmp_path, "c.dl", f"dl n=4 format=edgelist1\nlabels:\na,b,c,d\ndata:\n{rows}")
    assert net.ties["strength"].tolist() == [1.0, 0.25]
    responses = net.table("responses")
    assert responses["answered"].tolist() == ["skipped", "skipped"]
    asked = responses[["respondent", "organization"]]
    assert asked.values.tolist() == [["b", "c"], ["c", "d"]]
    assert [p.found for p in net.problems if p.set_aside == "row"] == ['"-1" between "a" and "d"']


def test_a_code_within_its_scale_is_a_number(tmp_path: Path) -> None:
    rows = "1 2 99\n2 3 60\n1 3 20\n"
    net = read(tmp_path, "c.dl", f"dl n=3 format=edgelist1\nlabels:\na,b,c\ndata:\n{rows}")
    assert len(net.ties) == 3


WEIGHED: dict[str, str | bytes] = {
    "w.gexf": '<gexf><graph><nodes><node id="a" label="A"/><node id="b" label="B"/><node id="c" '
    'label="C"/></nodes><edges><edge source="a" target="b" weight="4"/><edge source="b" '
    'target="c"/></edges></graph></gexf>',
    "w.net": '*Vertices 3\n1 "A"\n2 "B"\n3 "C"\n*Edges\n1 2 4\n2 3\n',
    "w.csv": "Source,Target,Weight\nA,B,4\nB,C,\n",
    "w.json": '{"nodes":[{"id":"A"},{"id":"B"},{"id":"C"}],"links":[{"source":"A","target":"B",'
    '"weight":4},{"source":"B","target":"C"}]}',
    "w.gml": "graph [ node [ id 1 label A ] node [ id 2 label B ] node [ id 3 label C ] "
    "edge [ source 1 target 2 value 4 ] edge [ source 2 target 3 ] ]",
    "w.xlsx": write_sheets(
        {
            "Edges": [["x"], ["Vertex 1", "Vertex 2", "Edge Weight"], ["A", "B", 4.0], ["B", "C"]],
            "Vertices": [["x"], ["Vertex"], ["A"], ["B"], ["C"]],
        }
    ),
    "w.graphml": '<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph>'
    '<node id="A"/><node id="B"/><node id="C"/><edge source="A" target="B"><data key="w">4</data>'
    '</edge><edge source="B" target="C"/></graph></graphml>',
}


@pytest.mark.parametrize("name", WEIGHED)
def test_a_weight_left_out_is_one_and_not_the_strongest(name: str, tmp_path: Path) -> None:
    net = read(tmp_path, name, WEIGHED[name])
    assert net.ties["strength"].tolist() == [1.0, 0.25]
    assert "1 tie without a weight" in list_notes(net)


def test_weights_up_to_one_leave_a_missing_one_open(tmp_path: Path) -> None:
    net = read(tmp_path, "w.csv", "Source,Target,Weight\nA,B,0.5\nB,C,\n")
    assert net.ties["strength"].isna().tolist() == [False, True]


def test_yed_groups_are_groups_of_members(tmp_path: Path) -> None:
    """A group at which a tie ends is an organization, too."""
    label = '<data key="d"><ShapeNode><NodeLabel>{}</NodeLabel></ShapeNode></data>'
    inner = f'<graph><node id="a">{label.format("A")}</node><node id="b">{label.format("B")}'
    inner += "</node></graph></node>"
    group = f'<node id="g" yfiles.foldertype="group">{label.format("West")}{inner}'
    tie = '<edge source="a" target="{}"/>'
    start, end = '<graphml><key id="d" for="node"/><graph edgedefault="undirected">', "</graph>"
    net = read(tmp_path, "y.graphml", f"{start}{group}{tie.format('b')}{end}</graphml>")
    assert net.names.tolist() == ["A", "B"] and len(net.ties) == 1
    assert net.table("memberships")[["organization", "group"]].values.tolist() == [
        ["a", "West"],
        ["b", "West"],
    ]
    assert "1 group with nodes inside" in list_notes(net)
    net = read(tmp_path, "z.graphml", f"{start}{group}{tie.format('g')}{end}</graphml>")
    assert net.names.tolist() == ["A", "B", "West"]


def test_graphml_takes_the_words_of_cytoscape_and_gephi_for_relations(tmp_path: Path) -> None:
    keys = ("interaction", "Edge Label")
    declared = "".join(f'<key id="{k}" for="edge" attr.name="{k}"/>' for k in keys)
    nodes = '<node id="a"/><node id="b"/>'
    for key in keys:
        edge = f'<edge source="a" target="b"><data key="{key}">referral</data></edge>'
        text = f"<graphml>{declared}<graph>{nodes}{edge}</graph></graphml>"
        assert list_ties(read(tmp_path, "n.graphml", text)) == [("a", "b", "referral", "yes")]


def test_kumu_lists_relations_and_keeps_loops_out(tmp_path: Path) -> None:
    elements = [["Label", "Type"], ["A", "Hospital"], ["B", "Clinic"]]
    links = [["From", "To", "Type", "Direction"], ["A", "B", "Referral|Friendship", "mutual"]]
    loops = [["Label", "Type"], ["Vicious circle", "reinforcing"]]
    sheets = {"Elements": elements, "Connections": links, "Loops": loops}
    net = read(tmp_path, "k.xlsx", write_sheets(sheets))
    assert net.names.tolist() == ["A", "B"] and '1 rows in "Loops"' in list_notes(net)
    assert list_ties(net) == [("a", "b", "referral", "no"), ("a", "b", "friendship", "no")]


def test_gephi_values_over_time_are_the_latest(tmp_path: Path) -> None:
    cells = '"<[2015.0, 2016.0, 1.0); [2016.0, 2018.0, 3.0]>","<[2015.0, 2018.0]>"'
    net = read(tmp_path, "e.csv", f"Source,Target,Weight,Interval\nA,B,{cells}\nB,C,2,\n")
    assert net.table("ties")["weight of the file"].tolist() == ["3.0", "2"]
    assert net.table("ties")["Interval"].tolist() == ["<[2015.0, 2018.0]>", ""]
    assert "attributes with values for several times" in list_notes(net)


def test_dl_labels_may_be_lines_with_blanks(tmp_path: Path) -> None:
    net = read(tmp_path, "n.dl", "dl n=2\nlabels:\nElm Clinic\nOak Home\ndata:\n0 1\n0 0\n")
    assert net.names.tolist() == ["Elm Clinic", "Oak Home"]
    with pytest.raises(InputError, match="3 labels for 2"):
        read(tmp_path, "n.dl", "dl n=2\nlabels:\na\nb\nc\ndata:\n0 1\n0 0\n")


NODES = '"nodes":[{"id":"A"},{"id":"B"},{"id":"C"}]'
NEIGHBORS = '"adjacency":[[{"id":"B","weight":2}],[{"id":"A","weight":2},{"id":"C"}],[{"id":"B"}]]'
JSONS = {
    "lists of neighbors": (
        f'{{"directed":false,"multigraph":false,{NODES},{NEIGHBORS}}}',
        [("A", "B", "no"), ("B", "C", "no")],
    ),
    "lists of neighbors with directions": (
        '{"directed":true,"nodes":[{"id":"A"},{"id":"B"}],"adjacency":[[{"id":"B"}],[{"id":"A"}]]}',
        [("A", "B", "yes"), ("B", "A", "yes")],
    ),
    "a workspace of Gephi Lite": (
        '{"type":"gephi-lite","graphDataset":{"nodeData":{"A":{"label":"Elm"},"B":{}},"edgeData":'
        '{"e":{"label":"referral"}},"fullGraph":{"options":{"type":"mixed"},"nodes":[{"key":"A"},'
        '{"key":"B"}],"edges":[{"key":"e","source":"A","target":"B","undirected":true}]}}}',
        [("A", "B", "no")],
    ),
    "graphology with both": (
        '{"options":{"type":"mixed"},"nodes":[{"key":"A"},{"key":"B"}],"edges":[{"key":"e",'
        '"source":"A","target":"B"},{"key":"f","source":"B","target":"A","undirected":true}]}',
        [("A", "B", "yes"), ("B", "A", "no")],
    ),
    "JSON Graph Format, several": (
        '{"graphs":[{"directed":true,"nodes":{"A":{},"B":{}},"edges":[{"source":"A","target":"B",'
        '"relation":"referral","metadata":{"weight":2}}]},{"nodes":{},"edges":[]}]}',
        [("A", "B", "yes")],
    ),
    "sigma": (
        '{"nodes":[{"id":"A","label":"Elm","attributes":{}},{"id":"B","label":"Oak","attributes":'
        '{}}],"edges":[{"id":"e","source":"A","target":"B","attributes":{}}]}',
        [("A", "B", "")],
    ),
}


@pytest.mark.parametrize("form", JSONS)
def test_json_of_graphs_in_every_form(form: str, tmp_path: Path) -> None:
    text, ties = JSONS[form]
    net = read(tmp_path, "n.json", text)
    assert [(s, t, d) for s, t, _, d in list_ties(net)] == ties
    if form == "sigma":
        assert net.names.tolist() == ["Elm", "Oak"]
    if form.startswith("JSON Graph"):
        assert "2 graphs" in list_notes(net)
        assert net.table("ties")["weight of the file"].tolist() == ["2"]
    if "Lite" in form:
        assert net.names.tolist() == ["Elm", "B"] and net.ties["relation"].tolist() == ["referral"]


def test_hsds_with_keys_in_camel_case(tmp_path: Path) -> None:
    text = (
        '[{"id":"1","name":"Elm","taxId":"123456789","services":[{"id":"2","name":"Dental care",'
        '"status":"active","organizationId":"1"}]}]'
    )
    net = read(tmp_path, "h.json", text)
    assert net.organizations["ein"].tolist() == ["123456789"]
    assert net.table("services")["organization"].tolist() == ["1"]


def write_graphml(edge: str, said: tuple[str, str], node: str = "name") -> str:
    keys = f'<key id="n" for="node" attr.name="{node}"/><key id="e" for="edge" attr.name="{edge}"/>'
    nodes = "".join(f'<node id="{k}"><data key="n">{k}{k}</data></node>' for k in "ABC")
    edges = "".join(
        f'<edge source="{a}" target="{b}"><data key="e">{text}</data></edge>'
        for (a, b), text in zip(("AB", "BC"), said, strict=True)
    )
    return f"<graphml>{keys}<graph>{nodes}{edges}</graph></graphml>"


@pytest.mark.parametrize(
    "column",
    ["relation", "Relation", "Relationship", "relationship type", "Tie Type", "type", "Kind"],
)
def test_relations_are_found_under_their_other_names(column: str, tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", write_graphml(column, ("Referral", "Friendship")))
    assert net.ties["relation"].tolist() == ["referral", "friendship"]


def test_a_type_that_knows_no_relation_is_none(tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", write_graphml("type", ("solid", "dashed")))
    assert net.ties["relation"].tolist() == ["collaboration"] * 2


@pytest.mark.parametrize("column", ["Weight", "WEIGHT", "edge weight"])
def test_weights_are_found_under_their_other_names(column: str, tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", write_graphml(column, ("4", "")))
    assert net.ties["strength"].tolist() == [1.0, 0.25]


@pytest.mark.parametrize("column", ["Name", "LABEL", "Organization", "id"])
def test_names_are_found_under_their_other_names(column: str, tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", write_graphml("x", ("1", "2"), column))
    assert net.names.to_dict() == {"A": "AA", "B": "BB", "C": "CC"} and len(net.ties) == 2


@pytest.mark.parametrize("column", ["source", "target"])
def test_an_attribute_called_like_an_end_is_kept_apart(column: str, tmp_path: Path) -> None:
    net = read(tmp_path, "n.graphml", write_graphml(column, ("minutes", "survey")))
    assert [tie[:2] for tie in list_ties(net)] == [("A", "B"), ("B", "C")]
    assert net.table("ties")[f"{column} of the file"].tolist() == ["minutes", "survey"]
    edge = f'{{"source":"A","target":"B","attributes":{{"{column}":"minutes"}}}}'
    text = f'{{"nodes":[{{"id":"A"}},{{"id":"B"}}],"edges":[{edge}]}}'
    assert [tie[:2] for tie in list_ties(read(tmp_path, "n.json", text))] == [("A", "B")]


def test_vna_with_tabs(tmp_path: Path) -> None:
    text = '*Node data\nID\tkind\n"Elm Clinic"\t"Food"\n*Tie data\nfrom\tto\treferral\tmou\n'
    net = read(tmp_path, "n.vna", f'{text}"Elm Clinic"\t"Oak"\t1\t0\n"Oak"\t"Elm Clinic"\t0\t2\n')
    assert net.names.tolist() == ["Elm Clinic", "Oak"]
    assert list_ties(net) == [
        ("Elm Clinic", "Oak", "referral", "yes"),
        ("Oak", "Elm Clinic", "agreement", "yes"),
    ]


def test_pajek_says_that_times_are_not_read(tmp_path: Path) -> None:
    text = '*Vertices 2\n1 "A" [1-3,7-*]\n2 "B"\n*Arcs\n1 2 1 [1-3]\n'
    net = read(tmp_path, "n.net", text)
    assert net.names.tolist() == ["A", "B"] and "2 lines that say when" in list_notes(net)


@pytest.mark.parametrize(
    "text",
    ['[{"source":"A","target":"B"},{"source":"B","target":"C"}]',
     '[{"from":"A","to":"B"},{"from":"B","to":"C"}]',
     '{"nodes":[{"name":"A"},{"name":"B"},{"name":"C"}],"links":[{"from":"A","to":"B"},'
     '{"from":"B","to":"C"}]}'],
)  # fmt: skip
def test_json_that_only_lists_ties(text: str, tmp_path: Path) -> None:
    net = read(tmp_path, "n.json", text)
    assert net.names.tolist() == ["A", "B", "C"] and len(net.ties) == 2


ARROWS = {
    '"to"': ("A", "B", "yes"),
    '"from"': ("B", "A", "yes"),
    '"to;from"': ("A", "B", "no"),
    '{"to":{"enabled":true},"from":{"enabled":false}}': ("A", "B", "yes"),
    '{"to":{"enabled":false},"from":{"enabled":true}}': ("B", "A", "yes"),
    '{"to":{"enabled":false}}': ("A", "B", "no"),
    '{"to":{"scaleFactor":2}}': ("A", "B", "yes"),
}


@pytest.mark.parametrize("arrows", ARROWS)
def test_arrows_of_vis_are_those_that_are_drawn(arrows: str, tmp_path: Path) -> None:
    edge = f'{{"from":"A","to":"B","arrows":{arrows}}}'
    net = read(tmp_path, "v.json", f'{{"nodes":[{{"id":"A"}},{{"id":"B"}}],"edges":[{edge}]}}')
    ((source, target, _, directed),) = list_ties(net)
    assert (source, target, directed) == ARROWS[arrows]


def test_captions_of_yed_may_be_pieces_of_a_page(tmp_path: Path) -> None:
    label = (
        "<NodeLabel>&lt;html&gt;&lt;b&gt;Elm&lt;/b&gt;&lt;br&gt;Clinic &amp;amp; Co&lt;/html&gt;"
    )
    node = f'<node id="a"><data key="d">{label}</NodeLabel></data></node>'
    text = f'<graphml><key id="d" for="node"/><graph>{node}</graph></graphml>'
    assert read(tmp_path, "y.graphml", text).names.tolist() == ["Elm Clinic & Co"]


def test_dl_parameters_may_follow_labels(tmp_path: Path) -> None:
    text = "dl\nn=3\nlabels:\na,b,c\nformat=edgelist1\ndata:\n1 2\n2 3\n"
    net = read(tmp_path, "n.dl", text)
    assert net.names.tolist() == ["a", "b", "c"] and len(net.ties) == 2


def pack(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".csv", text)
            archive.writestr(f"__MACOSX/._{name}.csv", "what a Mac adds")
    return out.getvalue()


def test_a_packed_folder_is_read_as_what_it_holds(tmp_path: Path) -> None:
    tables = {"map__nodes": "Id,Label\n1,Elm\n2,Oak\n", "map__edges": "Source,Target\n1,2\n"}
    net = read(tmp_path, "gephi.zip", pack(**tables))
    assert net.names.tolist() == ["Elm", "Oak"] and len(net.ties) == 1
    tables = {
        "organizations": "id,name,description\no1,Elm,x\no2,Oak,y\n",
        "services": "id,organization_id,name,status\ns1,o1,Food pantry,active\n",
        "locations": "id,organization_id\nl1,o1\n",
        "physical_addresses": "id,location_id,postal_code,state_province\na1,l1,68739,NE\n",
    }
    net = read(tmp_path, "hsds.zip", pack(**tables))
    assert net.organizations["zip"].tolist() == ["68739", ""] and len(net.table("services")) == 1
    one = pack(list="source,target,relation\nElm,Oak,referral\n")
    assert list_ties(read(tmp_path, "one.zip", one)) == [("elm", "oak", "referral", "")]
    assert pn.check_tables(tmp_path / "one.zip").tables["rows"].loc["ties", "used"] == 1


def test_a_packed_folder_beyond_its_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="two files of the same name"):
        read(tmp_path, "a.zip", pack(a__x="Source,Target\n", b__x="Source,Target\n"))
    with pytest.raises(InputError, match="it has 0 files"):
        read(tmp_path, "b.zip", pack())
    monkeypatch.setattr("partnet.io.opened.packed.MOST_BYTES", 1_000)
    with pytest.raises(InputError, match="when unpacked"):
        read(tmp_path, "c.zip", pack(x="0" * 5_000))


def test_all_tables_of_edges_in_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("Id,Label\n1,Elm\n2,Oak\n3,Fir\n")
    (tmp_path / "Referral [Edges].csv").write_text("Source,Target,Type,Weight\n1,2,Directed,4\n")
    (tmp_path / "edges_contract.csv").write_text("Source,Target,Type,Weight\n2,3,Undirected,2\n")
    net = read_network(tmp_path)
    assert list_ties(net) == [("1", "2", "referral", "yes"), ("2", "3", "contract", "no")]
    assert net.ties["strength"].tolist() == [1.0, 1.0]  # each table has a scale of its own
    assert "2 tables of edges" in list_notes(net)


COMMAS = {
    "two and a half": ("2,5", "5", [0.5, 1.0]),
    "thousands": ("1,000", "500", [1.0, 0.5]),
    "below one": ("0,125", "0,5", [0.125, 0.5]),
}


@pytest.mark.parametrize("case", COMMAS)
def test_weights_with_commas_have_one_scale(case: str, tmp_path: Path) -> None:
    first, second, strengths = COMMAS[case]
    text = f"Source;Target;Weight\nA;B;{first}\nB;C;{second}\n"
    assert read(tmp_path, "e.csv", text).ties["strength"].tolist() == strengths
    graph = write_graphml("weight", (first, second))
    assert read(tmp_path, "e.graphml", graph).ties["strength"].tolist() == strengths


MARKED = {
    "igraph": ("b.graphml", "type", ("false", "false", "true")),
    "networkx": ("b.graphml", "bipartite", ("0", "0", "1")),
}


@pytest.mark.parametrize("program", MARKED)
def test_nodes_marked_as_two_modes_are_organizations_and_groups(
    program: str, tmp_path: Path
) -> None:
    name, column, marks = MARKED[program]
    keys = f'<key id="n" for="node" attr.name="name"/><key id="m" for="node" attr.name="{column}"/>'
    nodes = "".join(
        f'<node id="n{k}"><data key="n">{word}</data><data key="m">{mark}</data></node>'
        for k, (word, mark) in enumerate(zip(("Elm", "Oak", "Task force"), marks, strict=True))
    )
    edges = '<edge source="n0" target="n2"/><edge source="n2" target="n1"/>'
    start, end = f'<graphml>{keys}<graph edgedefault="undirected">{nodes}{edges}', "</graph>"
    net = read(tmp_path, name, f"{start}{end}</graphml>")
    members = net.table("memberships")
    assert net.names.tolist() == ["Elm", "Oak"] and len(net.ties) == 0
    assert members[["organization", "group"]].values.tolist() == [
        ["n0", "Task force"],
        ["n1", "Task force"],
    ]
    tie = '<edge source="n0" target="n1"/>'  # within one mode: then they are ties
    net = read(tmp_path, name, f"{start}{tie}{end}</graphml>")
    assert net.n == 3 and len(net.ties) == 3


def test_sif_by_its_words_whatever_it_is_called(tmp_path: Path) -> None:
    words = "Elm\treferral\tOak\tFir\nOak\tpp\tFir\nAsh\n"
    for name in ("n.sif", "n.txt"):
        net = read(tmp_path, name, words)
        assert net.names.tolist() == ["Ash", "Elm", "Fir", "Oak"]
        ties = [(a, b, relation) for a, b, relation, _ in list_ties(net)]
        assert ties == [("Elm", "Oak", "referral"), ("Elm", "Fir", "referral"),
                        ("Oak", "Fir", "collaboration")]  # fmt: skip
    assert len(read(tmp_path, "b.sif", words.replace("\t", " ")).ties) == 3
    assert "1 line of two words" in list_notes(read(tmp_path, "t.sif", "A pp B\nC D\n"))


def test_neighbors_on_a_line_each(tmp_path: Path) -> None:
    net = read(tmp_path, "n.csv", "Elm;Oak;Fir\nOak;Ash\nYew\n")
    assert net.names.tolist() == ["Ash", "Elm", "Fir", "Oak", "Yew"]
    assert [tie[:2] + tie[3:] for tie in list_ties(net)] == [
        ("Elm", "Oak", ""), ("Elm", "Fir", ""), ("Oak", "Ash", "")
    ]  # fmt: skip
    both = read(tmp_path, "b.csv", "Elm,Oak,Fir\nOak,Elm\nFir,Elm\n")
    assert list_ties(both) == [
        ("Elm", "Oak", "collaboration", "no"), ("Elm", "Fir", "collaboration", "no")
    ]  # fmt: skip
    some = read(tmp_path, "s.csv", "Elm,Oak,Fir\nOak,Elm\n")
    assert [tie[3] for tie in list_ties(some)] == ["yes"] * 3
    with pytest.raises(InputError):  # a relation at the end of a tie is no neighbor
        read(tmp_path, "r.csv", "Elm,Oak,referral\nOak,Fir\n")
    answers = "Partner,Elm,Oak\nElm,,yes\nOak,no,\nFir,yes,no\nAsh,yes,\n"
    assert read(tmp_path, "a.csv", answers).names.tolist() == ["Ash", "Elm", "Fir", "Oak"]


def test_arrows_in_gml_of_yed_are_those_that_are_drawn(tmp_path: Path) -> None:
    edges = "".join(
        f"edge [ source 1 target 2 graphics [ {arrows} ] ] "
        for arrows in ('targetArrow "standard"', 'fill "#000"', 'sourceArrow "delta"')
    )
    text = f'graph [ directed 1 node [ id 1 label "A" ] node [ id 2 label "B" ] {edges}]'
    assert [tie[:2] + tie[3:] for tie in list_ties(read(tmp_path, "y.gml", text))] == [
        ("1", "2", "yes"), ("1", "2", "no"), ("2", "1", "yes")
    ]  # fmt: skip


def test_pajek_takes_the_vector_beside_it(tmp_path: Path) -> None:
    (tmp_path / "n.vec").write_text("*Vertices 2\n12.5\n3\n")
    net = read(tmp_path, "n.net", '*Vertices 2\n1 "A"\n2 "B"\n*Arcs\n1 2\n')
    assert net.organizations["value"].tolist() == ["12.5", "3"]


def test_numbers_at_the_ends_may_be_places_though_ids_are_numbers(tmp_path: Path) -> None:
    """d3 counts nodes from 0; as ids, 1 would be another node and 0 none."""
    nodes = '"nodes":[{"id":1,"name":"A"},{"id":2,"name":"B"},{"id":3,"name":"C"}]'
    for ends, ties in (
        (((0, 2), (1, 2)), [("1", "3"), ("2", "3")]),
        (((1, 2), (2, 3)), [("1", "2"), ("2", "3")]),
    ):
        links = ",".join(f'{{"source":{a},"target":{b}}}' for a, b in ends)
        net = read(tmp_path, "d.json", f'{{{nodes},"links":[{links}]}}')
        assert [tie[:2] for tie in list_ties(net)] == ties


def test_pajek_reads_values_with_a_comma(tmp_path: Path) -> None:
    net = read(tmp_path, "n.net", '*Vertices 2\n1 "A"\n2 "B"\n*Edges\n1 2 0,5\n')
    assert net.ties["strength"].tolist() == [0.5]


def test_kumu_elements_that_repeat_are_one(tmp_path: Path) -> None:
    elements = [["Label", "Type", "Beds"], ["A", "Hospital", ""], ["A", "Hospital", "25"], ["B"]]
    sheets = {"Elements": elements, "Connections": [["From", "To"], ["A", "B"]]}
    net = read(tmp_path, "k.xlsx", write_sheets(sheets))
    assert net.names.tolist() == ["A", "B"] and len(net.ties) == 1
    assert net.organizations["Beds"].tolist() == ["25", ""]
    assert "1 element once more" in list_notes(net)


def test_a_list_is_not_lost_behind_another_of_its_key(tmp_path: Path) -> None:
    nodes, links = (
        '"nodes": [{"id": "A"}, {"id": "B"}]',
        '"links": [{"source": "A", "target": "B"}]',
    )
    path = tmp_path / "twice.json"
    path.write_text(f'{{{nodes}, {links}, "links": [{{"source": "B", "target": "A"}}]}}', "utf-8")
    with pytest.raises(InputError, match='the key "links" twice'):
        read_network(path)
