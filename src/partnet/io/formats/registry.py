"""All formats in one table: docs/formats.md, the command line and reading derive from it."""

from __future__ import annotations

from pathlib import Path

from ...core.errors import UsageError
from .foreign import (
    cx2,
    cytoscape,
    dl,
    gephi,
    gexf,
    gml,
    graphml,
    hsds,
    kumu,
    matrix,
    neighbors,
    node_link,
    nodexl,
    pajek,
    polinode,
    uci,
    ucinet,
    vis_network,
    vna,
)
from .model import Format, Holds

# What formats of one matrix a relation hold of a tie.
MATRIX = ("source", "target", "relation", "strength")
NO_ATTRIBUTES = Holds(("name",), MATRIX, parallel=False, arrows=False)

# The order matters: a format that is told by more stands before one that is told by less.
FORMATS: tuple[Format, ...] = (
    Format(
        "kumu", "Kumu workbook", (".kumu.xlsx",),
        kumu.sniff_workbook, kumu.read_workbook, kumu.write_workbook, Holds(),
        "Kumu, SumApp",
        "To Kumu: in a project, the green + , Import, choose the workbook. From Kumu: the menu of "
        "the map, Export, as XLSX.",
    ),
    Format(
        "kumu-json", "Kumu blueprint", (".kumu.json",),
        kumu.sniff_json, kumu.read_json, kumu.write_blueprint, Holds(),
        "Kumu, SumApp",
        "To Kumu: put the file where Kumu can reach it and give its address as a remote link; a "
        "scheduled run keeps the map up to date. From Kumu: Export, as JSON (whole projects and "
        "blueprints are read).",
    ),
    Format(
        "kumu-csv", "Kumu CSV", (),
        kumu.sniff_csv, kumu.read_csv, None, Holds(),
        "Kumu, SumApp", "From Kumu: Export, as CSV; better the workbook, which holds both tables.",
    ),
    Format(
        "nodexl", "NodeXL workbook", (".nodexl.xlsx",),
        nodexl.sniff, nodexl.read, nodexl.write, Holds(),
        "NodeXL",
        "To NodeXL: copy the two sheets into a new NodeXL template, or open it there. From NodeXL: "
        "give the workbook as it is.",
    ),
    Format(
        "polinode-xlsx", "Polinode workbook", (),
        polinode.sniff_workbook, polinode.read_workbook, None, Holds(),
        "Polinode", "From Polinode: Survey, Download Results, as Excel.",
    ),
    Format(
        "polinode", "Polinode JSON", (".polinode.json",),
        polinode.sniff, polinode.read, polinode.write, Holds(),
        "Polinode", "To Polinode: Networks, Upload, JSON. From Polinode: Download, as JSON.",
    ),
    Format(
        "gephi", "Gephi tables", (".gephi",),
        gephi.sniff, gephi.read, gephi.write, Holds(),
        "Gephi, Gephi Lite, Cosmograph, Cytoscape",
        "To Gephi: File, Import spreadsheet, nodes.csv first and edges.csv second (append to the "
        "existing workspace). From Gephi: Data laboratory, Export table, nodes and edges into "
        "one folder.",
        folder=True,
    ),
    Format(
        "graphml", "GraphML", (".graphml",), graphml.sniff, graphml.read, graphml.write, Holds(),
        "igraph, yEd, Cytoscape, Gephi, NodeXL, networkx, visone",
        "Every one of these programs opens and saves it; in Gephi: File, Export, Graph file.",
    ),
    Format(
        "gexf", "GEXF", (".gexf",), gexf.sniff, gexf.read, gexf.write, Holds(),
        "Gephi, Gephi Lite, Polinode",
        "To Gephi: File, Open. From Gephi: File, Export, Graph file, GEXF.",
    ),
    Format(
        "ucinet", "UCINET (##h, ##d)", (".##h", ".##d"),
        ucinet.sniff, ucinet.read, ucinet.write, NO_ATTRIBUTES,
        "UCINET, NetDraw",
        "To UCINET: put both files into its folder. From UCINET: give either of the two files.",
    ),
    Format(
        "uci", "UCINET (.uci)", (".uci",), uci.sniff, uci.read, uci.write,
        Holds(ties=MATRIX, parallel=False, arrows=False),
        "UCINET from 2026 on, xucinet in R",
        "To R: xucinet::xread(file). From R: xsave(net, file).",
    ),
    Format(
        "dl", "DL", (".dl",), dl.sniff, dl.read, dl.write, NO_ATTRIBUTES,
        "UCINET, NetDraw, Gephi, R",
        "To UCINET: Data, Import text file, DL. From UCINET: Data, Export, DL.",
    ),
    Format(
        "vna", "VNA", (".vna",), vna.sniff, vna.read, vna.write,
        Holds(ties=MATRIX, parallel=False, arrows=False),
        "NetDraw, Gephi",
        "To NetDraw: File, Open, VNA text file, Complete. From NetDraw: File, Save data as, VNA.",
    ),
    Format(
        "pajek", "Pajek network", (".net",), pajek.sniff, pajek.read, pajek.write_net,
        Holds(("name",), MATRIX),
        "Pajek, igraph, visone", "To Pajek: File, Network, Read. From Pajek: File, Network, Save.",
    ),
    Format(
        "pajek-project", "Pajek project", (".paj",), pajek.sniff, pajek.read, pajek.write_paj,
        Holds(("name",), MATRIX),
        "Pajek",
        "To Pajek: File, Pajek Project File, Read. From Pajek: File, Pajek Project File, Save.",
    ),
    Format(
        "cx2", "CX2", (".cx2",), cx2.sniff, cx2.read, cx2.write, Holds(),
        "Cytoscape 3.10 and later, NDEx",
        "To Cytoscape: File, Import, Network from File. From Cytoscape: File, Export, Network to "
        "File, CX2.",
    ),
    Format(
        "cytoscape", "Cytoscape JSON", (".cyjs",),
        cytoscape.sniff, cytoscape.read, cytoscape.write, Holds(),
        "Cytoscape, cytoscape.js",
        "To Cytoscape: File, Import, Network from File. From Cytoscape: File, Export, Network to "
        "File, .cyjs.",
    ),
    Format(
        "vis-network", "visNetwork JSON", (".vis.json",),
        vis_network.sniff, vis_network.read, vis_network.write, Holds(),
        "vis.js, visNetwork in R",
        "To R: d <- jsonlite::fromJSON(file); visNetwork(d$nodes, d$edges).",
    ),
    Format(
        "node-link", "node-link JSON", (".node-link.json",),
        node_link.sniff, node_link.read, node_link.write, Holds(),
        "networkx, d3, graphology, Gephi Lite",
        "To networkx: node_link_graph(json.load(file), edges='edges'). From networkx: "
        "node_link_data(graph).",
    ),
    Format(
        "gml", "GML", (), gml.sniff, gml.read, None, Holds(),
        "old data sets, yEd, networkx, Gephi", "It is read; write GraphML instead.",
    ),
    Format(
        "hsds", "HSDS", (), hsds.sniff, hsds.read, None, Holds(),
        "service directories (211, Open Referral)",
        "Give a JSON file of an API of version 3, or the folder of CSV files.",
    ),
    Format(
        "sif", "SIF", (), neighbors.sniff_sif, neighbors.read_sif, None, Holds(),
        "Cytoscape",
        "From Cytoscape: File, Export, Network to File, SIF; better CX2, which holds attributes. "
        "A line is a name, a relation, and one or more names, parted by tabs.",
    ),
    Format(
        "neighbors", "a list of neighbors", (),
        neighbors.sniff_neighbors, neighbors.read_neighbors, None, Holds(),
        "Gephi (adjacency list), Excel",
        "Each line of a CSV file is an organization and then those that it has ties with, "
        "without headers.",
    ),
    Format(
        "matrix", "a matrix", (), matrix.sniff, matrix.read, None, Holds(),
        "Excel, R, UCINET's spreadsheet",
        "The first row and the first column name the same organizations in the same order; in a "
        "workbook, each sheet is a relation.",
    ),
)  # fmt: skip

OWN = ("", ".xlsx")  # ends of names by which partnet's own folder and workbook are written


def list_writers() -> list[Format]:
    """The formats that can be written."""
    return [format_ for format_ in FORMATS if format_.write is not None]


def find_writer(path: Path, name: str | None = None) -> Format | None:
    """The format in which to write: as named, else by the longest end of the file's name.

    ``None`` stands for partnet's own folder or workbook.

    Raises
    ------
    UsageError
        There is no such format, or none with that end of the name.
    """
    writers = list_writers()
    if name is not None:
        found = next((format_ for format_ in writers if format_.name == name), None)
        if found is None:
            allowed = ", ".join(format_.name for format_ in writers)
            raise UsageError(
                f"format: found {name!r}. Allowed are {allowed}. Choose one of them, or leave it "
                "out and give a file name with the usual end."
            )
        return found
    ends = [(end, format_) for format_ in writers for end in format_.suffixes]
    named = path.name.lower()
    fitting = [(len(end), format_) for end, format_ in ends if named.endswith(end)]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    if path.suffix.lower() in OWN:
        return None
    raise UsageError(
        f"path: found {path.name}. A network is written as a folder, a workbook (.xlsx), or for "
        f"another program: {', '.join(dict.fromkeys(end for end, _ in ends))}. Choose one of them."
    )
