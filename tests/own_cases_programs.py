"""Further cases of our own: what programs write beside nodes and edges; short forms of names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import partnet as pn

from .own_cases import ALDER, BIRCH, CEDAR, NAMES, case, ends, errors, read, told, words
from .own_cases_doors import groups
from .own_cases_formats import CHAIN, by_relation, read_text


def offered(net: pn.Network) -> list[tuple[str, str]]:
    """Services with the names of their organizations."""
    names = dict(zip(net.ids, net.names, strict=True))
    rows = net.table("services")
    return sorted((names[o], s) for o, s in zip(rows["organization"], rows["service"], strict=True))


TWO = [(ALDER, "Dental"), (ALDER, "Rides"), (BIRCH, "Dental")]


@case("lists-in-brackets", "Lists in brackets, as Gephi writes them, and lists of GEXF 1.2 and 1.3")
def _brackets(path: Path) -> None:
    nodes = f'Id,Label,services\n1,{ALDER},"[Dental, Rides]"\n2,{BIRCH},[Dental]\n'
    assert offered(read_text(path, "nodes.csv", nodes)) == TWO
    for version, both in (("1.2draft", "Dental|Rides"), ("1.3", "[Dental, Rides]")):
        said = [f'<node id="{k}" label="{name}"><attvalues><attvalue for="0" value="{value}"/>'
                "</attvalues></node>" for k, (name, value) in
                enumerate([(ALDER, both), (BIRCH, "Dental")])]  # fmt: skip
        text = (f'<gexf xmlns="http://www.gexf.net/{version}"><graph><attributes class="node">'
                '<attribute id="0" title="services" type="liststring"/></attributes><nodes>'
                f"{''.join(said)}</nodes></graph></gexf>")  # fmt: skip
        assert offered(read_text(path, "x.gexf", text)) == TWO, version


@case("brackets-in-words", "Cells in brackets that are no lists stay as they are")
def _sic(path: Path) -> None:
    text = f'Id,Label,remark\n1,{ALDER},[sic]\n2,{BIRCH},"see [a], [b]"\n'
    net = read_text(path, "nodes.csv", text)
    assert net.table("organizations")["remark"].tolist() == ["[sic]", "see [a], [b]"]


@case("gml-lists", "GML of networkx, which repeats a key for each value of a list")
def _gml(path: Path) -> None:
    start = 'services "_networkx_list_start"'
    text = (f'graph [ node [ id 0 label "{ALDER}" services "Dental" services "Rides" ]\n'
            f'node [ id 1 label "{BIRCH}" {start} services "Dental" ]\n'
            "edge [ source 0 target 1 ] ]\n")  # fmt: skip
    assert offered(read_text(path, "x.gml", text)) == TWO


@case("relation-na", "GraphML of R, whose NA is a blank: the tie is there")
def _not_available(path: Path) -> None:
    nodes = "".join(f'<node id="n{k}"><data key="n">{name}</data></node>'
                    for k, name in enumerate(NAMES))  # fmt: skip
    edges = "".join(f'<edge source="n{k}" target="n{k + 1}"><data key="r">{said}</data></edge>'
                    for k, said in enumerate(["referral", "NA"]))  # fmt: skip
    text = ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
            '<key id="n" for="node" attr.name="name" attr.type="string"/>'
            '<key id="r" for="edge" attr.name="relation" attr.type="string"/>'
            f'<graph edgedefault="undirected">{nodes}{edges}</graph></graphml>')  # fmt: skip
    net = read_text(path, "r.graphml", text)
    assert by_relation(net) == {"referral": CHAIN[0], "collaboration": CHAIN[1]}
    assert not errors(net) and "1 tie without a relation" in words(net)


@case("network-canvas", "GraphML of Network Canvas, whose type of an edge is its relation")
def _canvas(path: Path) -> None:
    keys = "".join(f'<key id="{name}" for="all" attr.name="{name}" attr.type="string"/>'
                   for name in ("name", "networkCanvasType"))  # fmt: skip
    nodes = "".join(f'<node id="{k}"><data key="name">{name}</data></node>'
                    for k, name in enumerate(NAMES))  # fmt: skip
    edge = '<edge source="0" target="1"><data key="networkCanvasType">refers to</data></edge>'
    text = ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
            f'{keys}<graph edgedefault="directed">{nodes}{edge}</graph></graphml>')  # fmt: skip
    assert by_relation(read_text(path, "nc.graphml", text)) == {"referral": CHAIN[0]}


@case("pajek-labels", "Pajek whose relations have numbers without names, and labels on their lines")
def _labels(path: Path) -> None:
    listed = "".join(f'{k} "{name}"\n' for k, name in enumerate(NAMES, start=1))
    text = f'*Vertices 3\n{listed}*Arcs\n1: 1 2 1 l "referral"\n2: 2 3 1 l "zig zag"\n'
    assert by_relation(read_text(path, "x.net", text)) == {
        "referral": CHAIN[0], "relation_2": CHAIN[1]}  # fmt: skip


@case("missing-values", "Missing values of matrices: the diagonal and the empty half are none")
def _missing(path: Path) -> None:
    text = f"dl n=3 format=fullmatrix\nlabels:\n{','.join(NAMES)}\ndata:\n- 1 .\n1 - 0\n. 0 -\n"
    net = read_text(path, "x.dl", text)
    assert ends(net) == [CHAIN[0]] and "2 missing values" in words(net)
    half = "\n".join([f",{','.join(NAMES)}", f"{ALDER},,,", f"{BIRCH},3,,", f"{CEDAR},,1,"])
    net = read_text(path, "half.csv", half + "\n")
    assert ends(net) == CHAIN and "1 missing value." in words(net)


@case("edges-beside-nodes", "edges.csv alone, whose numbers nodes.csv beside it names")
def _beside(path: Path) -> None:
    (path / "nodes.csv").write_text(f"Id,Label\n1,{ALDER}\n2,{BIRCH}\n", "utf-8")
    net = read_text(path, "edges.csv", "Source,Target,Type\n1,2,Directed\n")
    assert "nodes.csv beside the edges" in words(net)
    assert ends(pn.read_network(path)) == [CHAIN[0]]


@case("measures-as-modes", "A UCINET file of attributes: said that columns may be none of groups")
def _attributes(path: Path) -> None:
    rows = {"rowlabels": NAMES, "collabels": ["Type", "Beds"], "nrows": 3, "ncols": 2, "mode": 2}
    for last, said in ((25, True), (1, False)):
        relation = {"name": "x", "layout": "matrix", "values": [[1, last], [0, 1], [1, 0]]}
        text = json.dumps({"uci": "1.0", **rows, "directed": True, "relations": [relation]})
        net = read_text(path, "x.uci", text)
        assert ("If the columns are attributes" in words(net)) is said


@case("other-scripts", "Names in letters of other scripts are not one organization")
def _scripts(path: Path) -> None:
    names = ["Андреј", "焹焓燝", "مستشفى الأرز", "Πεύκο"]
    listed = "".join(f'{k} "{name}"\n' for k, name in enumerate(names, start=1))
    net = read_text(path, "x.net", f"*Vertices 4\n{listed}*Edges\n1 2\n3 4\n")
    assert net.n == 4 and "the same name" not in words(net)


@case("three-columns", "Three columns with headers whose words are all relations are no SIF")
def _three(path: Path) -> None:
    rows = f"{ALDER},referral,{BIRCH}\n{BIRCH},contract,{CEDAR}\n"
    for head in ("source,relationship,target", "Org,Relationship,Partner", "From,Type,To"):
        net = read_text(path, "net.csv", f"{head}\n{rows}")
        assert net.names.tolist() == NAMES, head
        assert by_relation(net) == {"referral": CHAIN[0], "contract": CHAIN[1]}
    assert read_text(path, "net.csv", rows).n == 3  # without a header it is


@case("verbs-of-a-database", "Relations of Neo4j: REFERS_TO, HAS_MOU_WITH")
def _verbs(path: Path) -> None:
    text = f"From,Type,To\n{ALDER},REFERS_TO,{BIRCH}\n{BIRCH},HAS_MOU_WITH,{CEDAR}\n"
    assert by_relation(read_text(path, "net.csv", text)) == {
        "referral": CHAIN[0], "agreement": CHAIN[1]}  # fmt: skip
    text = f"From,To,How\n{ALDER},{BIRCH},Provides funding to\n"
    assert by_relation(read_text(path, "net.csv", text)) == {"funding": CHAIN[0]}
    edges = "SUID,interaction,shared interaction,shared name\n7,to,to,Alder (to) Birch\n"
    with pytest.raises(pn.InputError, match="Cytoscape's table of edges"):
        read_text(path, "default edge.csv", edges)
    with pytest.raises(pn.InputError, match="one JSON object a line"):
        read_text(path, "n.json", '{"type":"node","id":"0"}\n{"type":"node","id":"1"}\n')


@case("other-order", "DL whose columns have the labels of the rows in another order")
def _order(path: Path) -> None:
    text = ("dl n=3 format=fullmatrix labels embedded\ndata:\n"
            "Birch Alder Cedar\nAlder 1 0 0\nBirch 0 0 1\nCedar 0 0 0\n")  # fmt: skip
    assert ends(read_text(path, "x.dl", text)) == [("Alder", "Birch"), ("Birch", "Cedar")]
    relation = {"name": "x", "layout": "matrix", "values": [[1, 0], [0, 0]]}
    labels = {"rowlabels": ["Alder", "Birch"], "collabels": ["Birch", "Alder"]}
    data = {"uci": "1.0", **labels, "nrows": 2, "ncols": 2, "relations": [relation]}
    assert ends(read_text(path, "x.uci", json.dumps(data))) == [("Alder", "Birch")]


@case("hsds-terms", "HSDS with areas of a service at a place, kinds as terms, and a box for mail")
def _hsds(path: Path) -> None:
    tables = {
        "organizations": f"id,name,description\no1,{ALDER},x\no2,{BIRCH},x\n",
        "services": "id,organization_id,name,status\ns1,o1,Rides,active\ns2,o2,WIC,defunct\n",
        "locations": "id,location_type,organization_id\nl1,physical,o1\n",
        "addresses": "id,location_id,city,state_province,postal_code,address_type\n"
        "a1,l1,Yankton,SD,57078,postal\na2,l1,Hartington,NE,68739,physical\n",
        "service_at_locations": "id,service_id,location_id\nsl1,s1,l1\n",
        "service_areas": 'id,service_id,service_at_location_id,name\nz1,,sl1,"Cedar County, NE"\n',
        "attributes": "id,link_id,taxonomy_term_id,link_entity\nt1,o2,k1,organization\n",
        "taxonomy_terms": "id,name\nk1,Public Health Department\n",
    }
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text, "utf-8")
    net = pn.read_network(path)
    found = net.table("organizations")
    assert found["zip"].tolist()[0] == "68739" and found["kind"][1] == "local_health_department"
    areas = net.table("service_areas")
    assert areas[["organization", "place"]].values.tolist() == [["o1", "31027"]]
    assert not errors(net) and "1 service that is inactive" in words(net)


@case("kinds-of-nodes", "Nodes whose sector or category holds their kind")
def _node_kinds(path: Path) -> None:
    nodes = [{"id": ALDER, "sector": "hospital"}, {"id": BIRCH, "sector": "FQHC"}]
    data: dict[str, Any] = {"nodes": nodes, "links": [{"source": ALDER, "target": BIRCH}]}
    kinds = ["hospital", "health_center"]
    for _ in range(2):
        net = read_text(path, "x.json", json.dumps(data))
        assert net.table("organizations")["kind"].tolist() == kinds and not errors(net)
        data["nodes"] = [{"name": ALDER, "category": 0}, {"name": BIRCH, "category": 1}]
        data["categories"] = [{"name": "hospital"}, {"name": "FQHC"}]  # as ECharts writes them


@case("pajek-times", "Pajek whose named relations say when they were there")
def _times(path: Path) -> None:
    listed = "".join(f'{k} "{name}" [1-*]\n' for k, name in enumerate(NAMES, start=1))
    text = f'*Vertices 3\n{listed}*Arcs :1 "Refers" [1]\n1 2 1 [1-3]\n*Edges :2 "MOU"\n2 3 1\n'
    assert by_relation(read_text(path, "x.net", text)) == {
        "referral": CHAIN[0], "agreement": CHAIN[1]}  # fmt: skip


# -- short forms ----------------------------------------------------------------------------------


@case("names-cut-short", "Names with Hosp., Med Ctr, Co. and Dept in one sheet, in full in another")
def _short(path: Path) -> None:
    full = ["Alder Regional Medical Center", "Birch Memorial Hospital", "Cedar Co. Health Dept."]
    rows = ["Name,Type", *(f"{name},hospital" for name in full)]
    ties = ["From,To", "Alder Reg. Med Ctr,Birch Mem. Hosp", "Birch Memorial Hosp.,Cedar County "
            "Health Department"]  # fmt: skip
    net = read(path, organizations=rows, ties=ties)
    assert ends(net) == [(full[0], full[1]), (full[1], full[2])]
    assert not errors(net) and "read as Birch Memorial Hospital" in words(net)


@case("names-that-differ", "A short form that two organizations share names neither")
def _ambiguous(path: Path) -> None:
    rows = ["Name", "Cedar County Hospital", "Cedar Co Hospital", ALDER]
    net = read(path, organizations=rows, ties=["From,To", f"Cedar Cnty Hosp,{ALDER}"])
    assert not len(net.ties) and len(errors(net)) == 1


@case("kinds-cut-short", "Kinds written short, and a column Sector that holds kinds and sectors")
def _kinds(path: Path) -> None:
    rows = ["Name,Type", f"{ALDER},Community Hosp", f"{BIRCH},Mental Hlth Ctr",
            f"{CEDAR},Local Health Dept."]  # fmt: skip
    net = read(path, organizations=rows, ties=["From,To", f"{ALDER},{BIRCH}"])
    kinds = ["hospital", "behavioral_health", "local_health_department"]
    assert net.table("organizations")["kind"].tolist() == kinds and not errors(net)
    rows = ["org_id,org_name,sector", f"1,{ALDER},hospital", f"2,{BIRCH},behavioral health",
            f"3,{CEDAR},public health"]  # fmt: skip
    net = read(path, organizations=rows, ties=["From,To", f"{ALDER},{BIRCH}"])
    assert net.table("organizations")["kind"].tolist() == kinds and not errors(net)


@case("agreements-of-hospitals", "Agreements headed Hospital and Partner, that end or are ongoing")
def _agreements(path: Path) -> None:
    ties = ["Hospital,Partner,Effective Date,Expiration Date",
            f"{ALDER},{BIRCH},3/15/2024,12/31/2026", f"{ALDER},{CEDAR},'22,Ongoing"]  # fmt: skip
    rows = ["Name", *NAMES]
    net = read(path, Facilities=rows, **{"Network Agreements FY25": ties})
    assert ends(net) == [(ALDER, BIRCH), (ALDER, CEDAR)] and not errors(net)
    assert told(net)["since"].astype(str).tolist() == ["2024-03-15", "2022-01-01"]
    assert np.array_equal(told(net)["until"].isna(), [False, True])


@case("with-whom-and-who-gets-it", "Meetings headed Who and With, grants headed Who gets it")
def _who(path: Path) -> None:
    met = ["Date,Who,With,Type", f"5/14/23,Jan,{ALDER},phone"]
    paid = ["Grant,Funder,Who gets it,Amount", f'Flex,Birch Foundation,{ALDER},"$13,819"']
    net = read(path, Orgs=["Organization", *NAMES], Meetings=met, Grants=paid)
    assert net.table("contacts")["organization"].tolist() == ["alder-hospital"]
    assert net.table("funding")["amount"].tolist() == [13819] and not errors(net)


@case("sheets-with-years", "Sheets called Attendance 2025 and Responses, and a list of actors")
def _years(path: Path) -> None:
    came = ["Member Organization,Jan 15,Feb 19", f"{ALDER},x,", f"{BIRCH},x,x"]
    net = read(path, Orgs=["Organization", *NAMES], **{"Attendance 2025": came})
    assert groups(net) == [(ALDER, "Jan 15"), (BIRCH, "Feb 19"), (BIRCH, "Jan 15")]
    (path / "Attendance 2025.csv").unlink()
    ties = ["Respondent Organization,Partner Organization,How often?", f"{ALDER},{BIRCH},monthly"]
    (path / "Orgs.csv").unlink()
    assert ends(read(path, "Responses", Responses=ties)) == [CHAIN[0]]
    (path / "Responses.csv").unlink()
    actors = ["Actor ID,Actor Name,Actor Type", f"1,{ALDER},Hospital", f"2,{BIRCH},RHC"]
    net = read(path, Actors=actors, Ties=["Ego,Alter", "1,2"])
    assert ends(net) == [CHAIN[0]] and not errors(net)
    assert net.table("organizations")["kind"].tolist() == ["hospital", "rural_health_clinic"]


@case("log-of-agreements", "A log of MOUs with their purpose that do not expire, visits by type")
def _log(path: Path) -> None:
    mous = ["MOU No.,Party 1,Party 2,Purpose,Signed,Expires",
            f"24-01,{ALDER},{BIRCH},Transfers,3/15/24,none"]  # fmt: skip
    seen = ["Visit Date,Facility,Type of Visit", f"5/16/24,{ALDER},On-site"]
    net = read(path, Orgs=["Organization", *NAMES], MOUs=mous, **{"Site Visits": seen})
    found = net.table("agreements")
    assert found["agreement"].tolist() == ["24-01"] * 2 and found["expires"].isna().all()
    assert found["topic"].tolist() == ["Transfers"] * 2 and not errors(net)
    assert net.table("contacts")["mode"].tolist() == ["visit"]
