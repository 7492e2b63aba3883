"""Further cases of our own: files of other programs, and graphs."""

from __future__ import annotations

import json
from pathlib import Path

import partnet as pn

from .own_cases import ALDER, BIRCH, CEDAR, NAMES, case, ends, near, told
from .own_cases_doors import groups

CHAIN = [(ALDER, BIRCH), (BIRCH, CEDAR)]
IN_GROUPS = [(ALDER, "Coalition"), (BIRCH, "Coalition"), (CEDAR, "Council")]


def read_text(path: Path, name: str, text: str) -> pn.Network:
    """Write one file and read it."""
    (path / name).write_text(text, "utf-8")
    return pn.read_network(path / name)


def by_relation(net: pn.Network) -> dict[str, tuple[str, str]]:
    """The ends of the only tie of each relation."""
    return dict(zip(told(net)["relation"], ends(net), strict=True))


@case("pajek-two-modes", "Pajek with two modes: *Vertices 5 3")
def _pajek_modes(path: Path) -> None:
    text = (f'*Vertices 5 3\n1 "{ALDER}"\n2 "{BIRCH}"\n3 "{CEDAR}"\n4 "Coalition"\n5 "Council"\n'
            "*Edges\n1 4 1\n2 4 1\n3 5 1\n")  # fmt: skip
    net = read_text(path, "x.net", text)
    assert net.names.tolist() == NAMES and groups(net) == IN_GROUPS and len(net.ties) == 0


@case("pajek-lists", "Pajek with *Arcslist and *Edgeslist, and remarks")
def _pajek_lists(path: Path) -> None:
    text = (f'% from Pajek\n*Vertices 4\n1 "{ALDER}" 0.1 0.2\n2 "{BIRCH}"\n3 "{CEDAR}"\n'
            '4 "Dogwood"\n*Arcslist\n1 2 3\n*Edgeslist\n4 1\n')  # fmt: skip
    net = read_text(path, "x.net", text)
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR), ("Dogwood", ALDER)]
    assert told(net)["directed"].tolist() == ["yes", "yes", "no"]


@case("pajek-matrix", "Pajek with *Matrix of weights")
def _pajek_matrix(path: Path) -> None:
    text = f'*Vertices 3\n1 "{ALDER}"\n2 "{BIRCH}"\n3 "{CEDAR}"\n*Matrix\n0 2 0\n2 0 1\n0 1 0\n'
    net = read_text(path, "x.net", text)
    assert pn.build_layer(net).n_ties == 2 and sorted(set(told(net)["strength"])) == [0.5, 1]


@case("dl-nodelist", "UCINET's DL as a list of partners for each organization")
def _dl_nodelist(path: Path) -> None:
    text = (f'dl n=3 format=nodelist1\nlabels embedded\ndata:\n"{ALDER}" "{BIRCH}" "{CEDAR}"\n'
            f'"{BIRCH}" "{CEDAR}"\n')  # fmt: skip
    net = read_text(path, "x.dl", text)
    assert sorted(ends(net)) == [(ALDER, BIRCH), (ALDER, CEDAR), (BIRCH, CEDAR)]


@case("dl-edgelist2", "UCINET's DL of two modes as a list: edgelist2, labels embedded")
def _dl_edgelist2(path: Path) -> None:
    text = ("dl nr=3 nc=2 format=edgelist2\nrow labels embedded\ncol labels embedded\ndata:\n"
            f'"{ALDER}" Coalition\n"{BIRCH}" Coalition\n"{CEDAR}" Council\n')  # fmt: skip
    net = read_text(path, "x.txt", text)
    assert groups(net) == IN_GROUPS and len(net.ties) == 0


@case("dl-two-modes", "UCINET's DL of two modes as a matrix, rows and columns labeled")
def _dl_full(path: Path) -> None:
    rows = "\n".join(f'"{name}"' for name in NAMES)
    text = (f"DL NR=3, NC=2\nFORMAT = FULLMATRIX\nROW LABELS:\n{rows}\n"
            "COLUMN LABELS:\nCoalition\nCouncil\nDATA:\n1 0\n1 0\n0 1\n")  # fmt: skip
    assert groups(read_text(path, "x.dl", text)) == IN_GROUPS


@case("vna-complete", "VNA with attributes, properties of drawing, and two relations")
def _vna(path: Path) -> None:
    text = (f'*Node data\nID, type\n"{ALDER}", Hospital\n"{BIRCH}", Clinic\n"{CEDAR}", Food\n'
            f'*Node properties\nID x y color shape size shortlabel\n"{ALDER}" 10 20 255 1 10 Ald\n'
            f'*Tie data\nfrom to referral data_sharing\n"{ALDER}" "{BIRCH}" 1 0\n'
            f'"{BIRCH}" "{CEDAR}" 0 1\n')  # fmt: skip
    net = read_text(path, "x.vna", text)
    assert by_relation(net) == {"referral": CHAIN[0], "data_sharing": CHAIN[1]}
    assert net.names.tolist() == NAMES
    text = ('*Node properties\nID x y shortlabel\n1 10 20 "Alder Hospital"\n2 10 20 Birch\n'
            "*Tie data\nfrom to ties\n1 2 1\n")  # fmt: skip
    assert read_text(path, "y.vna", text).names.tolist() == [ALDER, "Birch"]  # ids are numbers


NODE = '<node id="n{}"><data key="d6"><y:ShapeNode><y:NodeLabel>{}</y:NodeLabel></y:ShapeNode>' \
       "</data></node>"  # fmt: skip
EDGE = '<edge source="n{}" target="n{}"><data key="d10"><y:PolyLineEdge>' \
       '<y:Arrows source="{}" target="{}"/>{}</y:PolyLineEdge></data></edge>'  # fmt: skip
YED = ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
       'xmlns:y="http://www.yworks.com/xml/graphml"><key for="node" id="d6" '
       'yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>'
       '<graph edgedefault="directed" id="G">{}</graph></graphml>')  # fmt: skip


@case("yed", "GraphML of yEd: names and relations as labels, arrows that are drawn")
def _yed(path: Path) -> None:
    nodes = [NODE.format(k, name.replace(" ", "\n", 1)) for k, name in enumerate(NAMES)]
    label = "<y:EdgeLabel>referral</y:EdgeLabel>"
    drawn = [(0, 1, "none", "standard", label), (1, 2, "none", "none", ""),
             (0, 2, "delta", "none", label)]  # fmt: skip
    edges = [EDGE.format(*edge) for edge in drawn]
    net = read_text(path, "x.graphml", YED.format("".join([*nodes, *edges])))
    assert net.names.tolist() == NAMES and ends(net) == [*CHAIN, (CEDAR, ALDER)]
    assert told(net)["relation"].tolist() == ["referral", "collaboration", "referral"]
    assert told(net)["directed"].tolist() == ["yes", "no", "yes"]


@case("gexf-mutual", "GEXF with mutual edges, weights, and a relation as an attribute")
def _gexf(path: Path) -> None:
    nodes = "".join(f'<node id="{k}" label="{name}"/>' for k, name in enumerate(NAMES))
    said = '<attvalues><attvalue for="0" value="{}"/></attvalues></edge>'
    text = ('<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
            '<graph defaultedgetype="directed"><attributes class="edge">'
            '<attribute id="0" title="relation" type="string"/></attributes>'
            f'<nodes>{nodes}</nodes><edges><edge id="0" source="0" target="1" type="mutual" '
            f'weight="2.0">{said.format("MOU")}<edge id="1" source="1" target="2" weight="1.0">'
            f'{said.format("referral")}</edges></graph></gexf>')  # fmt: skip
    net = read_text(path, "x.gexf", text)
    assert by_relation(net) == {"agreement": CHAIN[0], "referral": CHAIN[1]}
    assert told(net)["directed"].tolist() == ["no", "yes"]
    near(told(net)["strength"], [1, 0.5])  # one column of weights has one scale


@case("cytoscape", "Cytoscape JSON whose interactions are called interacts with")
def _cyjs(path: Path) -> None:
    nodes = [{"data": {"id": str(k), "shared_name": name, "name": name, "selected": False}}
             for k, name in enumerate(NAMES)]  # fmt: skip
    edge = {"source": "0", "target": "1", "interaction": "interacts with",
            "name": f"{ALDER} (interacts with) {BIRCH}"}  # fmt: skip
    elements = {"nodes": nodes, "edges": [{"data": edge}]}
    text = json.dumps({"format_version": "1.0", "elements": elements})
    net = read_text(path, "x.cyjs", text)
    assert net.n == 3 and by_relation(net) == {"collaboration": (ALDER, BIRCH)}


@case("kumu-odd-fields", "A Kumu blueprint with capitals, lists of tags, a mutual tie")
def _kumu(path: Path) -> None:
    elements = [{"Label": ALDER, "Type": "Hospital", "Tags": ["rural", "CAH"]},
                {"Label": BIRCH, "Type": "Clinic"}, {"Label": CEDAR, "Type": "Food"}]  # fmt: skip
    links = [{"From": ALDER, "To": BIRCH, "Direction": "Mutual", "Type": "Referral"},
             {"From": BIRCH, "To": CEDAR, "Direction": "directed", "Type": "Referral"}]  # fmt: skip
    net = read_text(path, "map.json", json.dumps({"elements": elements, "connections": links}))
    assert ends(net) == CHAIN and told(net)["directed"].tolist() == ["no", "yes"]


@case("d3-by-index", "JSON of d3 whose links count the nodes from 0")
def _d3(path: Path) -> None:
    nodes = [{"name": name, "group": 1} for name in NAMES]
    links = [{"source": 0, "target": 1, "value": 4}, {"source": 1, "target": 2, "value": 2}]
    net = read_text(path, "x.json", json.dumps({"nodes": nodes, "links": links}))
    assert net.names.tolist() == NAMES and ends(net) == CHAIN
    near(told(net)["strength"], [1, 0.5])


@case("widgets-of-r", "Widgets of R (visNetwork, networkD3), and JSON Graph Format")
def _widgets(path: Path) -> None:
    nodes = {"id": [1, 2, 3], "label": NAMES}
    vis = {"x": {"nodes": nodes, "edges": {"from": [1, 2], "to": [2, 3]}}, "evals": []}
    d3 = {"x": {"links": {"source": [0, 1], "target": [1, 2], "value": [1, 1]},
                "nodes": {"name": NAMES, "group": ["a", "b", "c"]}, "options": {}}}  # fmt: skip
    jgf = {"graph": {"nodes": {name: {"label": name} for name in NAMES},
                     "edges": [{"source": a, "target": b} for a, b in CHAIN]}}  # fmt: skip
    for data in (vis, d3, jgf):
        net = read_text(path, "x.json", json.dumps(data))
        assert net.names.tolist() == NAMES and ends(net) == CHAIN, data


@case("hsds-nested", "Answers of an HSDS 3 API: services with their organization inside")
def _hsds(path: Path) -> None:
    address = {"id": "ad1", "address_1": "1 Main", "city": "Hartington", "state_province": "NE",
               "postal_code": "68739", "country": "US", "address_type": "physical"}  # fmt: skip
    place = {"id": "l1", "location_type": "physical", "addresses": [address]}
    term = {"id": "t1", "name": "Transportation"}
    service = {
        "id": "s1", "name": "Rides", "status": "active",
        "organization": {"id": "o1", "name": ALDER, "description": "x"},
        "attributes": [{"id": "a1", "link_id": "s1", "link_entity": "service",
                        "taxonomy_term": term}],
        "service_at_locations": [{"id": "sl1", "location": place}],
    }  # fmt: skip
    data = {"total_items": 1, "total_pages": 1, "page_number": 1, "contents": [service]}
    net = read_text(path, "services.json", json.dumps(data))
    assert net.names.tolist() == [ALDER]
    assert net.table("services")["service"].str.lower().tolist() == ["transportation"]
    assert net.table("organizations")["zip"].tolist() == ["68739"]


@case("graph-of-numbers", "A graph with numbers for nodes, names beside, relations as keys")
def _graph(path: Path) -> None:
    import networkx as nx

    graph = nx.MultiDiGraph()
    for k, name in enumerate(NAMES):
        graph.add_node(k, name=name, kind="hospital")
    graph.add_edge(0, 1, key="contract", weight=5)
    graph.add_edge(0, 1, key="data sharing", weight=float("nan"))
    graph.add_edge(1, 2, key="referral", weight=1)
    right = {"contract": CHAIN[0], "data_sharing": CHAIN[0], "referral": CHAIN[1]}
    assert by_relation(pn.Network.from_networkx(graph)) == right
    graph.edges[0, 1, "data sharing"].pop("weight")
    text = json.dumps(nx.node_link_data(graph, edges="links"))
    assert by_relation(read_text(path, "x.json", text)) == right
