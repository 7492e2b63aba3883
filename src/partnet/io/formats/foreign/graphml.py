"""GraphML: igraph, yEd, Cytoscape, NodeXL, Gephi, networkx, Network Canvas."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from ....core.wording.text import count_noun
from ..containers.matrices import add_membership
from ..containers.xml import Handler, escape_attribute, escape_text, read_xml, root_tag
from ..model import Files, Foreign, Outgoing, keep_apart
from ..source import Source

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
CAPTIONS = ("NodeLabel", "EdgeLabel")  # yEd keeps what people see here
FOLDERS = ("group", "folder")  # what yEd calls a node that holds others, open or closed
NAMES, OWN_ID = frozenset({"name", "label"}), "id of the file"  # visone calls the name id
TRUE = ("true", "1")


def sniff(source: Source) -> bool:
    """Tell whether a file is GraphML."""
    return source.is_xml and root_tag(source.start) == "graphml"


def read(source: Source) -> Foreign:
    """Read nodes and edges with all attributes; ports, nested graphs' frames and pictures are not.

    Raises
    ------
    InputError
        It is not well-formed XML, or has a document type declaration.
    """
    return read_xml(source, "GraphML", _Reader)


class _Reader(Handler):
    """Collects nodes and edges as they come."""

    def __init__(self, foreign: Foreign) -> None:
        self.foreign = foreign
        foreign.unsaid = "1"
        self.keys: dict[tuple[str, str], tuple[str, str]] = {}  # (for, id): name, type
        self.defaults: dict[tuple[str, str], str] = {}
        self.key = ("", "")
        self.arrow = "yes"
        self.open: list[tuple[str, dict[str, str], int]] = []  # nodes and edges being read
        self.data = ""
        self.drawn: tuple[str, ...] = ()  # the arrows that yEd draws at both ends of an edge
        self.undeclared: dict[str, int] = {}
        self.hyperedges = self.inner = 0
        self.folders: dict[str, tuple[int, dict[str, str]]] = {}  # groups of yEd
        self.members: list[tuple[str, str, int]] = []  # who lies in which of them

    def start(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        if tag == "key":
            id_ = attributes.get("id", "")
            self.key = attributes.get("for", "all"), id_
            self.keys[self.key] = attributes.get("attr.name", id_), attributes.get("attr.type", "")
        elif tag == "graph":
            self.arrow = "no" if attributes.get("edgedefault") == "undirected" else "yes"
        elif tag == "node":
            self._start_node(attributes, line)
        elif tag == "edge":
            self.open.append(("edge", self._start_edge(attributes), line))
        elif tag == "hyperedge":
            self.hyperedges += 1
        elif tag == "Arrows" and self.open and self.open[-1][0] == "edge":
            self.drawn = tuple(attributes.get(end, "none") for end in ("source", "target"))
        elif tag == "data":
            self.data = attributes.get("key", "")

    def _start_node(self, attributes: Mapping[str, str], line: int) -> None:
        cells = {"id": attributes.get("id", "")}
        around = [found for of, found, _ in self.open if of == "node"]
        if around and "#folder" in around[-1]:
            self.members.append((cells["id"], around[-1]["id"], line))
        elif around:
            self.inner += 1
        if attributes.get("yfiles.foldertype") in FOLDERS:
            cells["#folder"] = "yes"
        self.open.append(("node", cells, line))

    def _start_edge(self, attributes: Mapping[str, str]) -> dict[str, str]:
        said = attributes.get("directed", "").strip().lower()
        cells = {end: attributes.get(end, "") for end in ("source", "target")}
        cells["directed"] = self.arrow if not said else "yes" if said in TRUE else "no"
        if "id" in attributes:
            cells["#key"] = attributes["id"]
        return cells

    def end(self, tag: str, text: str) -> None:
        if tag == "default" and self.key in self.keys:
            self.defaults[self.key] = text.strip()
        elif tag == "data" and self.open:
            self._keep(self.data, text)
        elif tag in CAPTIONS and self.open and text.strip():
            self.open[-1][1].setdefault("#caption", _read_caption(text))
        elif tag in ("node", "edge") and self.open and self.open[-1][0] == tag:
            self._close()

    def _keep(self, key: str, text: str) -> None:
        of, cells, _ = self.open[-1]
        found = self.keys.get((of, key)) or self.keys.get(("all", key))
        if found is None:
            self.undeclared[key] = self.undeclared.get(key, 0) + 1
        name, type_ = found or (key, "")
        name = keep_apart(of, name)
        word = text.strip()
        if type_ == "boolean":
            word = {"1": "true", "0": "false"}.get(word.lower(), word.lower())
        if word:
            cells[name] = word

    def _close(self) -> None:
        of, cells, line = self.open.pop()
        for (for_, id_), text in self.defaults.items():
            if for_ in (of, "all"):
                cells.setdefault(self.keys[for_, id_][0], text)
        caption, key = cells.pop("#caption", ""), cells.pop("#key", "")
        if caption:
            cells.setdefault("label", caption)
        if of == "node" and not NAMES & {name.casefold() for name in cells}:
            cells |= {"label": cells.pop(OWN_ID)} if OWN_ID in cells else {}
        if of == "node":
            folder = cells.pop("#folder", "")
            if folder:
                self.folders[cells["id"]] = line, cells
            else:
                self.foreign.organizations.add(line, cells)
        else:
            self._take_arrows(cells)
            if "interaction" in cells:  # what Cytoscape calls the relation
                cells.setdefault("relation", cells.pop("interaction"))
            self.foreign.ties.add(line, cells, key)

    def _take_arrows(self, cells: dict[str, str]) -> None:
        """What yEd draws says the direction: it calls every edge of a file directed."""
        drawn = [word != "none" for word in self.drawn]
        self.drawn = ()
        if drawn:
            cells["directed"] = "no" if drawn[0] == drawn[1] else "yes"
        if drawn == [True, False]:
            cells["source"], cells["target"] = cells["target"], cells["source"]

    def _settle_folders(self) -> None:
        """A group of yEd is what the organizations inside it are members of.

        One that a tie begins or ends at is an organization, too.
        """
        ends = {tie[end] for tie in self.foreign.ties.rows for end in ("source", "target")}
        for id_, (line, cells) in self.folders.items():
            if id_ in ends:
                self.foreign.organizations.add(line, cells)
        known = {cells["id"] for cells in self.foreign.organizations.rows}
        for id_, folder, line in self.members:
            if id_ in known:
                group = self.folders[folder][1].get("label", folder)
                add_membership(self.foreign, id_, group, line=line)
        if self.folders:
            self.foreign.note(
                f"{count_noun(len(self.folders), 'group')} with nodes inside",
                "yEd draws groups around what belongs together.",
                "What lies inside is read as a member of the group.",
            )

    def finish(self) -> None:
        """Say what was not declared or not read."""
        self._settle_folders()
        self.foreign.note_levels(self.inner)
        for key, times in self.undeclared.items():
            self.foreign.note(
                f'data "{key}" {count_noun(times, "time")}, which no key declares',
                "A key says what a datum is.",
                "It is kept under that name.",
            )
        if self.hyperedges:
            self.foreign.note(
                count_noun(self.hyperedges, "hyperedge"),
                "A tie links two organizations.",
                "They are not read: export them as edges or as a table of groups.",
            )


def _read_caption(text: str) -> str:
    """A caption on one line; of one that is a piece of a page, its words."""
    if text.lstrip()[:5].lower() == "<html":
        text = html.unescape(re.sub(r"<[^<>]*>", " ", text))
    return " ".join(text.split())


def write(out: Outgoing) -> Files:
    """Write GraphML that igraph, networkx, yEd and Gephi read: every attribute declared.

    networkx refuses a file in which some edges have a direction and others none. So the graph is
    directed if any tie is, and the attribute ``directed`` says of each tie whether it has one.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{NAMESPACE}">']
    nodes, keys = _declare("node", [c for c in out.node_columns if c != "id"], out)
    ends = ("source", "target")
    columns = [c for c in out.edge_columns if c not in (*ends, "directed")]
    edges, edge_keys = _declare("edge", [*columns, "directed"], out)
    default = "directed" if any(out.directed) else "undirected"
    lines += [*keys, *edge_keys, f'<graph id="network" edgedefault="{default}">']
    for node in out.nodes:
        data = _data(nodes, node)
        lines.append(f'<node id="{escape_attribute(node["id"])}">{data}</node>')
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True)):
        source, target = (escape_attribute(edge[end]) for end in ends)
        cells = {**edge, "directed": "yes" if directed else "no"}
        head = f'<edge id="t{k + 1}" source="{source}" target="{target}">'
        lines.append(f"{head}{_data(edges, cells)}</edge>")
    lines += ["</graph>", "</graphml>", ""]
    return {"": "\n".join(lines).encode("utf-8")}


def _declare(of: str, columns: list[str], out: Outgoing) -> tuple[dict[str, str], list[str]]:
    ids = {column: f"{of[0]}{k}" for k, column in enumerate(columns)}
    lines = [
        f'<key id="{id_}" for="{of}" attr.name="{escape_attribute(column)}" '
        f'attr.type="{"double" if column in out.numbers_of(of) else "string"}"/>'
        for column, id_ in ids.items()
    ]
    return ids, lines


def _data(ids: dict[str, str], cells: dict[str, str]) -> str:
    return "".join(
        f'<data key="{ids[column]}">{escape_text(text)}</data>'
        for column, text in cells.items()
        if column in ids
    )
