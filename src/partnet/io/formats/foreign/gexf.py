"""GEXF 1.1 to 1.3: Gephi, Gephi Lite, Polinode."""

from __future__ import annotations

from collections.abc import Mapping

from ..containers.values import open_list
from ..containers.xml import Handler, escape_attribute, read_xml, root_tag
from ..model import Files, Foreign, Outgoing, keep_apart
from ..source import Source

NAMESPACE = "http://gexf.net/1.3"  # the specification's and Gephi's own writer's
ENDS = ("start", "end", "startopen", "endopen", "timestamp")


def sniff(source: Source) -> bool:
    """Tell whether a file is GEXF, of whatever version and spelling of its namespace."""
    return source.is_xml and root_tag(source.start) == "gexf"


def read(source: Source) -> Foreign:
    """Read nodes (of all levels) and edges with all attributes; of dynamic values the latest.

    Raises
    ------
    InputError
        It is not well-formed XML, or has a document type declaration.
    """
    return read_xml(source, "GEXF", _Reader)


class _Reader(Handler):
    """Collects nodes and edges as they come."""

    def __init__(self, foreign: Foreign) -> None:
        self.foreign = foreign
        foreign.unsaid = "1"
        self.arrow = "undirected"
        self.of = ""
        self.attribute = ""
        self.titles: dict[tuple[str, str], str] = {}
        self.lists: set[tuple[str, str]] = set()
        self.defaults: dict[tuple[str, str], str] = {}
        self.open: list[tuple[str, dict[str, str], int]] = []
        self.times: dict[str, float] = {}
        self.spell: tuple[float, Mapping[str, str]] | None = None
        self.replaced = self.inner = self.earlier = 0

    def start(self, tag: str, attributes: Mapping[str, str], line: int) -> None:
        if tag == "node" and ("pid" in attributes or self.open):
            self.inner += 1
        if tag == "graph":
            self.arrow = attributes.get("defaultedgetype", self.arrow)
        elif tag == "attributes":
            self.of = attributes.get("class", "")
        elif tag == "attribute":
            self.attribute = attributes.get("id", "")
            self.titles[self.of, self.attribute] = attributes.get("title", self.attribute)
            if attributes.get("type", "").lower().startswith("list"):
                self.lists.add((self.of, self.attribute))
        elif tag == "node":
            self._open("node", {"id": attributes.get("id", "")}, attributes, line)
        elif tag == "edge":
            self._open("edge", self._start_edge(attributes), attributes, line)
        elif tag == "spell" and self.open and self.open[-1][0] == "edge":
            self._take_spell(attributes)
        elif tag == "attvalue" and self.open:
            self._take_value(attributes)

    def _open(
        self, of: str, cells: dict[str, str], attributes: Mapping[str, str], line: int
    ) -> None:
        if "label" in attributes:
            cells["label"] = attributes["label"]
        self.open.append((of, cells, line))
        self.spell = None
        self.times.clear()

    def _start_edge(self, attributes: Mapping[str, str]) -> dict[str, str]:
        said = attributes.get("type", self.arrow).strip().lower()
        cells = {end: attributes.get(end, "") for end in ("source", "target")}
        cells["directed"] = "yes" if said in ("directed", "dir") else "no"
        named = {"kind": "relation", "weight": "weight", "start": "since", "end": "until"}
        cells |= {ours: attributes[name] for name, ours in named.items() if name in attributes}
        if "id" in attributes:
            cells["#key"] = attributes["id"]
        return cells

    def _take_value(self, attributes: Mapping[str, str]) -> None:
        """Take a value; of several for different times the latest."""
        of, cells, _ = self.open[-1]
        key = attributes.get("for", attributes.get("id", ""))
        name = keep_apart(of, self.titles.get((of, key), key))
        if of == "edge" and name.casefold() == "weight":
            name = "weight"
        when = max((_time(attributes[e]) for e in ENDS if e in attributes), default=float("-inf"))
        if name in self.times:
            self.replaced += 1
            if when < self.times[name]:
                return
        self.times[name] = when
        value = attributes.get("value", "")
        cells[name] = open_list(value) if (of, key) in self.lists else value

    def _take_spell(self, attributes: Mapping[str, str]) -> None:
        """Take a time in which a tie was there: the latest of several."""
        cells = self.open[-1][1]
        begun = _time(attributes.get("start", attributes.get("startopen", "")))
        if self.spell is not None:
            self.earlier += 1
            if begun < self.spell[0]:
                return
        self.spell = begun, attributes
        for column, names in (("since", ("start", "startopen")), ("until", ("end", "endopen"))):
            cells.pop(column, None)
            said = next((attributes[name] for name in names if name in attributes), "")
            cells |= {column: said} if said else {}

    def end(self, tag: str, text: str) -> None:
        if tag == "default" and text.strip():
            self.defaults[self.of, self.attribute] = text.strip()
        elif tag in ("node", "edge") and self.open and self.open[-1][0] == tag:
            self._close()

    def _close(self) -> None:
        of, cells, line = self.open.pop()
        for (class_, id_), text in self.defaults.items():
            if class_ == of:
                cells.setdefault(self.titles[class_, id_], text)
        key = cells.pop("#key", "")
        if of == "node":
            self.foreign.organizations.add(line, cells)
        else:
            self.foreign.ties.add(line, cells, key)

    def finish(self) -> None:
        """Say that values over time were reduced to one, and that levels were not read."""
        self.foreign.note_levels(self.inner)
        if self.earlier:
            self.foreign.note(
                f"ties that were there at several times, {self.earlier:,} of them earlier ones",
                "A tie has one time, from since to until.",
                "The latest time of each is read.",
            )
        if self.replaced:
            self.foreign.note(
                f"attributes with values for several times, {self.replaced:,} of them earlier ones",
                "A cell holds one value.",
                "The latest one is read. For another day, export a slice of the time line.",
            )


def _time(text: str) -> float:
    """A time as a number, whether it is one or a date; unreadable ones come first."""
    digits = text.strip().replace("-", "").replace(":", "").replace("T", "").replace("Z", "")
    try:
        return float(text) if text.strip()[:1] == "-" else float(digits)
    except ValueError:
        return float("-inf")


def write(out: Outgoing) -> Files:
    """Write GEXF 1.3: every attribute declared, relations as kinds of parallel edges."""
    nodes = _number([c for c in out.node_columns if c not in ("id", "name")])
    taken = ("source", "target", "relation", "weight", "since", "until")
    edges = _number([c for c in out.edge_columns if c not in taken])
    default = "directed" if any(out.directed) else "undirected"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{NAMESPACE}" version="1.3">',
        f"<meta><description>{_text(out.title)}</description></meta>",
        f'<graph defaultedgetype="{default}" mode="static" idtype="string">',
        *_declare("node", nodes, out),
        *_declare("edge", edges, out),
        "<nodes>",
    ]
    for node in out.nodes:
        head = f'<node id="{_text(node["id"])}" label="{_text(node["name"])}"'
        lines.append(f"{head}>{_values(nodes, node)}</node>")
    lines += ["</nodes>", "<edges>"]
    lines += [
        _write_edge(k, edge, directed, edges)
        for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1)
    ]
    lines += ["</edges>", "</graph>", "</gexf>", ""]
    return {"": "\n".join(lines).encode("utf-8")}


def _write_edge(k: int, edge: dict[str, str], directed: bool, ids: dict[str, str]) -> str:
    named = {"kind": "relation", "weight": "weight", "start": "since", "end": "until"}
    said = "".join(f' {name}="{_text(edge[ours])}"' for name, ours in named.items() if ours in edge)
    ends = f'source="{_text(edge["source"])}" target="{_text(edge["target"])}"'
    arrow = "directed" if directed else "undirected"
    head = f'<edge id="t{k}" {ends} type="{arrow}"{said}'
    return f"{head}>{_values(ids, edge)}</edge>"


def _number(columns: list[str]) -> dict[str, str]:
    return {column: f"a{k}" for k, column in enumerate(columns)}


def _declare(of: str, ids: dict[str, str], out: Outgoing) -> list[str]:
    rows = [
        f'<attribute id="{id_}" title="{_text(column)}" '
        f'type="{"double" if column in out.numbers_of(of) else "string"}"/>'
        for column, id_ in ids.items()
    ]
    return [f'<attributes class="{of}">', *rows, "</attributes>"] if rows else []


def _values(ids: dict[str, str], cells: dict[str, str]) -> str:
    values = "".join(
        f'<attvalue for="{ids[column]}" value="{_text(text)}"/>'
        for column, text in cells.items()
        if column in ids
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _text(text: str) -> str:
    return escape_attribute(text)
