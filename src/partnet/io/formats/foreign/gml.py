"""GML: old data sets, yEd, networkx; read only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from ....core.errors import InputError
from ..model import Foreign
from ..settle import shorten_number
from ..source import Source

TOKEN = re.compile(
    r'\s*(?:#[^\n]*\n?|"(?P<text>[^"]*)"|(?P<open>\[)|(?P<close>\])|(?P<word>[^\s"\[\]]+))'
)
# Keys with their values, then the graph; nothing is given back, as it would be at every letter.
_START = re.compile(r'(?:\s*+(?!graph\b)\w++\s++(?:"[^"]*+"|[\w.]++))*+\s*+graph\s*+\[', re.I)
ONCE = frozenset({"id", "label", "name", "source", "target", "value", "weight", "key"})
LIST_START = "_networkx_list_start"  # what networkx writes before a list of one
MOST_DEPTH = 50
Block = list[tuple[str, Any, int]]  # key, value, line


def sniff(source: Source) -> bool:
    """Tell whether a text has a graph in square brackets."""
    if not source.is_text or source.is_xml or source.is_json:
        return False
    plain = re.sub(r"#[^\n]*", "", source.start)
    return _START.match(plain) is not None


def read(source: Source) -> Foreign:
    """Read nodes and edges of the first graph with their attributes; what is nested is not.

    Raises
    ------
    InputError
        Brackets do not match, or there is no graph.
    """
    blocks = _parse(source.name, source.text)
    graph = next((value for key, value, _ in blocks if key.lower() == "graph"), None)
    if not isinstance(graph, list):
        raise InputError(f"{source.name}: found no graph [ ... ]. Export it anew, as GraphML.")
    foreign = Foreign(source.name, "GML", unsaid="1")
    cells = _list_cells(graph)
    directed = "yes" if cells.get("directed") == "1" else "no"
    drawn = any(map(_list_arrows, _list_blocks(graph, "edge")))
    for key, value, line in graph:
        if key.lower() == "node" and isinstance(value, list):
            foreign.organizations.add(line, _list_cells(value))
        elif key.lower() == "edge" and isinstance(value, list):
            edge = {"directed": directed, **_list_cells(value)}
            if "value" in edge:
                edge.setdefault("weight", edge.pop("value"))
            if drawn:
                _take_arrows(edge, _list_arrows(value))
            foreign.ties.add(line, edge, edge.pop("id", ""))
    return foreign


def _list_blocks(block: Block, name: str) -> list[Block]:
    return [value for key, value, _ in block if key.lower() == name and isinstance(value, list)]


def _list_arrows(edge: Block) -> frozenset[str]:
    """The ends of an edge at which yEd draws an arrow."""
    said = {k: v for graphics in _list_blocks(edge, "graphics") for k, v, _ in graphics}
    ends = {"sourceArrow": "source", "targetArrow": "target"}
    return frozenset(end for key, end in ends.items() if said.get(key, "none") not in ("none", ""))


def _take_arrows(edge: dict[str, str], arrows: frozenset[str]) -> None:
    """What yEd draws says the direction: it calls every graph directed."""
    edge["directed"] = "yes" if len(arrows) == 1 else "no"
    if arrows == {"source"} and {"source", "target"} <= set(edge):
        edge["source"], edge["target"] = edge["target"], edge["source"]


def _parse(name: str, text: str) -> Block:
    """Parse keys and values, lists within lists, without recursion."""
    stack: list[Block] = [[]]
    key = ""
    line, at = 1, 0
    for match in _scan(name, text):
        line += text.count("\n", at, match.start("word" if match["word"] else 0))
        at = match.start("word" if match["word"] else 0)
        if match["close"]:
            if len(stack) < 2:
                raise InputError(f"{name}, line {line}: found a ] too many. Export it anew.")
            stack.pop()
        elif match["open"]:
            if len(stack) > MOST_DEPTH:
                raise InputError(f"{name}, line {line}: found too many [ within each other.")
            inner: Block = []
            stack[-1].append((key, inner, line))
            stack.append(inner)
            key = ""
        elif match["text"] is not None or (key and match["word"]):
            value = match["text"] if match["text"] is not None else match["word"]
            stack[-1].append((key, html.unescape(value), line))
            key = ""
        elif match["word"]:
            key = match["word"]
    if len(stack) > 1:
        raise InputError(
            f"{name}: found {len(stack) - 1} [ that no ] closes. The file was cut short: export it "
            "anew."
        )
    return stack[0]


def _scan(name: str, text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            if text[at:].strip():
                line = text.count("\n", 0, at) + 1
                raise InputError(
                    f"{name}, line {line}: found a text that does not end. It closes with "
                    'a ". Export it anew.'
                )
            return
        at = match.end()
        yield match


def _list_cells(block: Block) -> dict[str, str]:
    """Cells of a node or edge; a key that is repeated holds a list, as networkx writes it.

    Of what a node or an edge is known by the first counts.
    """
    cells: dict[str, str] = {}
    for key, value, _ in block:
        if isinstance(value, str) and key and value != LIST_START:
            more = key in cells and key.lower() not in ONCE
            cells[key] = f"{cells[key]}; {_tidy(value)}" if more else cells.get(key, _tidy(value))
    return cells


def _tidy(value: str) -> str:
    """Numbers without a plus and needless zeros; what is no number stays."""
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", value) or len(value) > 15:
        return value
    return shorten_number(float(value))
