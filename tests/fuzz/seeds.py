"""A small valid file of every format, written by hand or by partnet, as a seed of fuzzing."""

from __future__ import annotations

import io
import json
import zipfile

from partnet.io.formats.outgoing import make_outgoing
from partnet.io.formats.registry import list_writers

from ..builders import make_network
from .packing import unzip_parts, zip_parts

NET = make_network(
    [
        {"id": "a", "name": "Anna's", "kind": "hospital", "zip": "68739", "latitude": "41.5"},
        {"id": "b", "name": "Bow Creek", "kind": "food"},
        {"id": "c", "name": "Cedar", "kind": "housing"},
    ],
    [
        {"source": "a", "target": "b", "relation": "referral", "strength": "0.5"},
        {"source": "b", "target": "c", "relation": "collaboration", "since": "2020-01-31"},
        {"source": "a", "target": "c", "relation": "collaboration", "directed": "yes"},
    ],
)

GRAPHML = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="color" attr.type="string"><default>red</default></key>
<key id="d1" for="all" attr.name="good" attr.type="boolean"/>
<graph edgedefault="undirected">
<node id="n0"><data key="d0">green</data><data key="d1"> 1 </data></node>
<node id="n1"><data key="x"><ShapeNode><NodeLabel>Shape</NodeLabel></ShapeNode></data></node>
<edge id="e" source="n0" target="n1" directed="true"><data key="d9">7</data></edge>
<hyperedge/></graph></graphml>
"""
GEXF = b"""<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph mode="dynamic">
<attributes class="edge" mode="dynamic"><attribute id="w" title="Weight" type="double">
<default>1</default></attribute></attributes>
<nodes><node id="0" label="A"><nodes><node id="2" label="C"/></nodes></node><node id="1"/></nodes>
<edges><edge source="0" target="1" type="mutual" weight="3" start="2020-01-01"><attvalues>
<attvalue for="w" value="1" timestamp="2004"/><attvalue for="w" value="2" start="2005"/></attvalues>
</edge><edge source="1" target="2" kind="friend"/></edges></graph></gexf>
"""
GML = b"""Creator "me" graph [ directed 1 # remark
node [ id 1 label "A &amp; B" graphics [ x 0 ] ] node [ id 2 ]
edge [ source 1 target 2 weight 0.5 value 3 ] ]
"""
NET_FILE = b"""*Network odd
% remark
*Vertices 4 2
1 "A" 0.1 0.2 box ic Red
2 "B"
3 C
*Arcs :1 "likes"
1 2 0.5 l "x"
2: 2 1 -1
*Edgeslist
1 3 4
*Matrix :3 "m"
1 0
0 2
*Partition p
*Vertices 4
1
2
1
2
"""
DL = b"""DL NR=2, NC=3 NM=2
FORMAT = FULLMATRIX DIAGONAL PRESENT
ROW LABELS:
"A b",C
COLUMN LABELS: x y z
MATRIX LABELS:
one two
DATA:
1 0 . 0 1 0
1 2 3
4 5 6
"""
LIST = b"dl n=4 format=nodelist1 labels embedded data:\na b c\nb d\n"
HALF = b"dl n=3, format = lowerhalf diagonal absent\nlabels: a b c\ndata:\n1\n0 1\n"
VNA = b"""*Node data
ID kind "home town"
1 hospital "X, Y"
2,food,Z
*Node properties
ID x y shortlabel
1 0 0 One
*Tie data
from to likes word
1 2 1 a
2 1 1 ""
"""
KUMU = b"""{"name":"p","elements":[{"_id":"e1","attributes":{"label":"A","element type":"food",
"tags":["x","y"]}},{"_id":"e2","attributes":{"label":"B"}},{"_id":"e3","attributes":{}}],
"connections":[{"_id":"c","from":"e1","to":"e2","direction":"mutual","attributes":{}}],
"maps":[{"elements":[{"element":"e1","position":{"x":1,"y":2}},{"element":"e2"}]}]}
"""
D3 = b'{"nodes":[{"name":"a","group":1},{"name":"b"}],"links":[{"source":0,"target":1,"value":3}]}'
LITE = (
    b'{"graphDataset":{"nodes":[{"key":"a","attributes":{"label":"A"}},{"key":"b"}],"edges":'
    b'[{"key":"e","source":"a","target":"b","undirected":true,"attributes":{"weight":2}}]}}'
)
CX = b"""[{"CXVersion":"2.0"},{"metaData":[{"name":"nodes","elementCount":2}]},
{"attributeDeclarations":[{"nodes":{"name":{"a":"n","d":"string"},"k":{"d":"string","v":"food"}}}]},
{"nodes":[{"id":0,"v":{"n":"A"}},{"id":1,"v":{"n":"B"}}]},
{"edges":[{"id":0,"s":0,"t":1,"v":{"interaction":"binds"}}]},{"status":[{"success":true}]}]
"""
UCI = b"""{"uci":"1.0","title":"t","mode":"2-mode","nrows":2,"ncols":2,"rowlabels":["a","b"],
"relations":[{"name":"r","layout":"matrix","values":[[0,1],[null,2]]},
{"name":"s","layout":"edgelist","i":[1],"j":[2],"values":[3]}],
"attributes":{"rows":["a","b"],"variables":[{"name":"size","values":[1,null]}]}}
"""
HSDS = b"""[{"id":"o1","name":"A","description":"d","tax_id":"12-3456789",
"parent_organization_id":"o2",
"services":[{"id":"s1","name":"Food","status":"active","service_areas":[{"id":"x","name":"68739"}],
"attributes":[{"id":"t","taxonomy_term":{"id":"tt","name":"Pantry"}}]}],
"locations":[{"id":"l","latitude":41.0,"longitude":-99,"addresses":[{"id":"ad","city":"X",
"state_province":"NE","postal_code":"68739"}]}],"funding":[{"id":"f","source":"HRSA"}]}]
"""
CYTOSCAPE = b'[{"data":{"id":"a"}},{"group":"edges","data":{"id":"e","source":"a","target":"b"}}]'
POLINODE = b"""{"isDirected":true,"nodes":[{"id":"1","attributes":{"Name":"A"}}],
"edges":[{"id":"e","source":"1","target":"2","attributes":{"w":null}}]}"""
OLD_HEADER = b"\x07\x02\x00\x02\x00\x02\x00\x01t\x01\x01" + b"\x01A        \x01B        " * 2


def _write_all() -> dict[str, dict[str, bytes]]:
    """What partnet itself writes, one seed a format."""
    out = make_outgoing(NET)
    seeds: dict[str, dict[str, bytes]] = {}
    for format_ in list_writers():
        assert format_.write is not None
        files = dict(format_.write(out))
        if format_.folder:
            seeds["edges.csv"] = {"": files["edges.csv"]}
            seeds["nodes.csv"] = {"": files["nodes.csv"]}
        else:
            seeds[f"w{format_.suffixes[0]}"] = files
    return seeds


def _unpack(workbook: bytes) -> bytes:
    """The same workbook without compression: damage then reaches the XML."""
    return zip_parts(unzip_parts(workbook), zipfile.ZIP_STORED)


def _pack_tables() -> bytes:
    """Gephi's tables in a folder, packed without compression: damage then reaches the rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in (("nodes", "Id,Label\na,A\n"), ("edges", "Source,Target\na,b\n")):
            archive.writestr(zipfile.ZipInfo(f"map/{name}.csv"), text)
    return out.getvalue()


_WRITTEN = _write_all()
_SIDE = json.dumps(
    {
        "partnet side file": 1,
        "format": "node-link",
        "files": {"side.json": ""},
        "held in part": {
            "organizations": {"columns": ["id", "name"], "rows": [["a", {}, ""]], "without": []},
            "ties": {"columns": ["source"], "rows": [["", {"source": "a"}, ""]], "without": ["#"]},
        },
        "tables": {"services": {"columns": ["organization", "service"], "rows": [["a", "food"]]}},
        "words": {"relations": {"likes": {"label": "likes"}}},
    }
).encode()

# Files by name; of several that belong together, by the ends of their names ("": the file itself).
SEEDS: dict[str, dict[str, bytes]] = {
    **_WRITTEN,
    "unpacked.xlsx": {"": _unpack(_WRITTEN["w.kumu.xlsx"][""])},
    "hand.graphml": {"": GRAPHML},
    "hand.gexf": {"": GEXF},
    "hand.gml": {"": GML},
    "hand.net": {"": NET_FILE},
    "hand.dl": {"": DL},
    "list.dl": {"": LIST},
    "half.dl": {"": HALF},
    "hand.vna": {"": VNA},
    "kumu.json": {"": KUMU},
    "d3.json": {"": D3},
    "lite.json": {"": LITE},
    "hand.cx2": {"": CX},
    "hand.uci": {"": UCI},
    "hsds.json": {"": HSDS},
    "flat.cyjs": {"": CYTOSCAPE},
    "polinode.json": {"": POLINODE},
    "old.##h": {".##h": OLD_HEADER, ".##d": b"\x00\x00\x00\x00" * 4},
    "links.csv": {"": b"From,To,Type,Direction\nA,B | C,Funds,directed\n"},
    "matrix.csv": {"": b",A,B,C\nA,0,1,\nB,1,0,2\nC,.,2,0\n"},
    "words.sif": {"": b"A\treferral\tB\tC\nB pp C\nD\n"},
    "neighbors.csv": {"": b"Alder;Birch;Cedar\nBirch;Dogwood\nElm\n"},
    "tables.zip": {"": _pack_tables()},
    "side.json": {"": D3, ".json.partnet.json": _SIDE},
}
