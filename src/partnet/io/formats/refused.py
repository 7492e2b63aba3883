"""Formats that partnet does not read: known, and refused with what to export instead."""

from __future__ import annotations

import re

from ...core.errors import InputError
from .containers.xml import root_tag
from .source import Source

INSTEAD = "Export it as GraphML, GEXF, Gephi tables (CSV) or a Kumu workbook."
AS_TABLE = "Write its ties as a table with the columns source, target and relation (CSV or Excel)."
UNPACK = "Unpack it, and give the folder or file that is inside."
DIAGRAM = ("a diagram in Mermaid", AS_TABLE)
PICKLE = ("a Python pickle, which can run code", "In Python: networkx.write_graphml(graph, path).")
ARRAY = ("an array of numpy", "Write it as a matrix with names in its first row and column (CSV).")
R_OBJECT = ("an R object", "In R: igraph::write_graph(g, 'network.graphml', 'graphml').")
COLUMNS = ("a table of columns in binary", "Write it as CSV or Excel.")
GRAPH6 = ("graph6 or sparse6", "Read it in networkx and write it with networkx.write_graphml.")
LEDA = ("a LEDA graph", "Read it in networkx and write it with networkx.write_graphml.")
TULIP = ("a Tulip graph", "In Tulip: export it as GML.")
# By the end of the name: what it is, and what to do.
BY_SUFFIX = {
    ".cys": ("a Cytoscape session", "In Cytoscape: File, Export, Network to File, as CX2."),
    ".nnf": ("Cytoscape's NNF", "In Cytoscape: File, Export, Network to File, as CX2 or GraphML."),
    ".gephi": ("a Gephi project", "In Gephi: File, Export, Graph file, as GEXF or GraphML."),
    ".gdf": ("GUESS's GDF", "Open it in Gephi and export it as GEXF or GraphML."),
    ".tgf": ("Trivial Graph Format", "Open it in yEd and save it as GraphML."),
    ".dot": ("Graphviz DOT", "Open it in Gephi and export it as GEXF or GraphML."),
    ".gv": ("Graphviz DOT", "Open it in Gephi and export it as GEXF or GraphML."),
    ".lgl": ("LGL", "Read it in igraph and write it as GraphML."),
    ".ncol": ("NCOL", "Read it in igraph and write it as GraphML."),
    ".clu": ("a Pajek partition", "Save the project (.paj) in Pajek, or give the .net file."),
    ".vec": ("a Pajek vector", "Save the project (.paj) in Pajek, or give the .net file."),
    ".per": ("a Pajek permutation", "Save the project (.paj) in Pajek, or give the .net file."),
    ".edgelist": ("an edge list of networkx", "In Python: networkx.write_graphml(graph, path)."),
    ".adjlist": (
        "an adjacency list of networkx",
        "In Python: networkx.write_graphml(graph, path).",
    ),
    ".rds": R_OBJECT,
    ".rdata": ("an R workspace", "In R: igraph::write_graph(g, 'network.graphml', 'graphml')."),
    ".pickle": PICKLE,
    ".gpickle": PICKLE,
    ".pkl": PICKLE,
    ".npy": ARRAY,
    ".npz": ARRAY,
    ".parquet": COLUMNS,
    ".feather": COLUMNS,
    ".mmd": DIAGRAM,
    ".mermaid": DIAGRAM,
    ".tlp": TULIP,
    ".tlpb": TULIP,
    ".g6": GRAPH6,
    ".s6": GRAPH6,
    ".lgr": LEDA,
    ".gw": LEDA,
    ".tim": ("Pajek's list of events in time", "In Pajek: save one network of it as .net."),
    ".graphmlz": ("a packed file (gzip)", UNPACK),
    ".gz": ("a packed file (gzip)", UNPACK),
    ".mtx": ("a Matrix Market file", "Write it as GraphML, or as a matrix with names in CSV."),
    ".mat": ("a MATLAB file", "Write it as GraphML, or as a matrix with names in CSV."),
    ".sav": ("an SPSS file", "In SPSS: save it as Excel or CSV."),
    ".dta": ("a Stata file", "In Stata: export it as Excel or CSV."),
}
BY_ROOT = {
    "xgmml": ("XGMML", "In Cytoscape: File, Export, Network to File, as CX2 or GraphML."),
    "dynamicnetwork": ("DyNetML", "In ORA: export it as GraphML or UCINET."),
    "metanetwork": ("DyNetML", "In ORA: export it as GraphML or UCINET."),
    "dynamicmetanetwork": ("DyNetML", "In ORA: export it as GraphML or UCINET."),
    "mxfile": ("a drawing of draw.io", AS_TABLE),
    "svg": ("a picture (SVG)", "Give the file that the picture was made of."),
    "html": ("a web page", "Give the file that the page was made of."),
    "kml": ("a map (KML)", "Give the table that the map was made of."),
    "gxl": ("GXL", INSTEAD),
}
XGMML = re.compile(r"<\w*:?graph\b[^>]*XGMML", re.I)
REMARKS = re.compile(r"\A(?:\s+|/\*.*?\*/|//[^\n]*|#[^\n]*|%%[^\n]*\n|---\n.*?\n---)*", re.S)
BY_START = (
    (re.compile(r"nodedef\s*>", re.I), BY_SUFFIX[".gdf"]),
    (re.compile(r"(strict\s+)?(di)?graph\b[^\[\n]*\{", re.I), BY_SUFFIX[".dot"]),
    (re.compile(r"```\s*mermaid\b", re.I), DIAGRAM),
    (re.compile(r"(graph|flowchart)\s+(TB|TD|BT|RL|LR)\b|(sequence|class)Diagram\b"), DIAGRAM),
    (re.compile(r"\S+ \S+ \{(?:'[^'\n]{1,80}': |\})"), BY_SUFFIX[".edgelist"]),
    (re.compile(r'\(tlp\s+"'), TULIP),
    (re.compile(r">>(graph|sparse)6<<"), GRAPH6),
    (re.compile(r"LEDA\.GRAPH"), LEDA),
    (
        re.compile(r"\*\s*(ego|alter)\s+data", re.I),
        ("E-Net's form of VNA (personal networks)", "Give the whole network, as VNA or UCINET."),
    ),
    (
        re.compile(r"%%MatrixMarket", re.I),
        BY_SUFFIX[".mtx"],
    ),
)


BY_MAGIC = (
    (re.compile(rb"\x80[\x02-\x05]"), PICKLE),
    (re.compile(rb"\x93NUMPY"), ARRAY),
    (re.compile(rb"RD[AX]\d\n"), R_OBJECT),
    (re.compile(rb"PAR1|ARROW1"), COLUMNS),
)


def refuse_foreign(source: Source) -> None:
    """Refuse a file of a format that partnet knows of and does not read.

    Raises
    ------
    InputError
        It is one; the message says what to export instead.
    """
    if not source.path.is_file():
        return
    found = _name_refused(source)
    if found is not None:
        what, instead = found
        raise InputError(
            f"{source.name}: found {what}, which partnet does not read. {instead} "
            "docs/formats.md lists what it reads."
        )


def _name_refused(source: Source) -> tuple[str, str] | None:
    by_magic = next((words for mark, words in BY_MAGIC if mark.match(source.head)), None)
    starts = (source.start, REMARKS.sub("", source.start, count=1))
    by_start = (words for mark, words in BY_START if any(map(mark.match, starts)))
    found = by_magic or next(by_start, None)
    if found is not None:
        return found
    if source.suffix == ".xgmml" or XGMML.search(source.start):
        return BY_ROOT["xgmml"]
    if source.is_xml and not source.is_zip and source.suffix not in (".xls", ".csv", ".xlsx"):
        root = root_tag(source.start)
        return BY_ROOT.get(root.lower(), (f"XML of the kind <{root[:40]}>", INSTEAD))
    if source.suffix in BY_SUFFIX:
        return BY_SUFFIX[source.suffix]
    if source.start[:1] in ("{", "[") and source.suffix in (".json", ".cx", ".js", ".geojson"):
        return _name_json(source)
    return None


def _name_json(source: Source) -> tuple[str, str]:
    data = source.parse_json()
    if isinstance(data, list) and any(
        isinstance(p, dict) and "numberVerification" in p for p in data
    ):
        return "CX of version 1", "In Cytoscape or NDEx: export it as CX2."
    if isinstance(data, dict) and data.get("type") in ("FeatureCollection", "Feature"):
        return "a map (GeoJSON)", "Give the table that the map was made of."
    return (
        "JSON that is no network of a known kind",
        "partnet reads Kumu, node-link (networkx, d3), visNetwork, Cytoscape, Polinode, CX2, "
        "UCINET (.uci), HSDS, and tables: lists of objects under names of tables.",
    )
