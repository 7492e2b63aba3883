"""Gephi's tables: nodes.csv and edges.csv, together in a folder or one alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ....core.vocabulary import default_vocabulary
from ....core.wording.safety import escape_cell
from ..containers.sheets import list_cells
from ..containers.tables import SUFFIXES, is_plain, read_table, sniff_header
from ..containers.values import BRACKETED, open_list
from ..model import Files, Foreign, Outgoing, Records
from ..source import Row, Source

NAMES = {"source": "source", "target": "target", "id": "id", "weight": "weight", "kind": "relation"}
TIMES = ("interval", "timestamp", "timeset")  # when a node or edge was there
OWN = frozenset({"id", "label", "type", "kind", "weight", *TIMES})
NAMED = frozenset({"id", "label", "source", "target", *TIMES})
DYNAMIC = re.compile(r"<[\[(].*[\])]>")
MOMENT = re.compile(r"[\[(]([^\[\]()]*)[\])]")
TYPES = {"directed": "yes", "undirected": "no", "mutual": "no"}
DIRECTIONS = ("type", "edge type", "edge_type", "direction", "directed")


def sniff(source: Source) -> bool:
    """Tell whether a file has Source, Target and a header of Gephi's, or Id and Label."""
    if source.path.is_dir():
        return bool(_find_tables(source.path, "edge"))
    header = sniff_header(source)
    return (_is_edges(header) and not is_plain(header, OWN)) or header[:2] == ["id", "label"]


def _is_edges(header: Sequence[str]) -> bool:
    return {"source", "target"} <= set(header)


def _find_tables(folder: Path, word: str) -> list[Path]:
    """The tables of a folder whose names say what they hold: nodes.csv, map_edges.csv."""
    if (folder / "organizations.csv").exists():
        return []
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES)
    return [p for p in files if word in p.stem.lower() and _has_header(p, edges=word == "edge")]


def _has_header(path: Path, *, edges: bool) -> bool:
    header = sniff_header(Source(path))
    return _is_edges(header) if edges else "id" in header


def read(source: Source) -> Foreign:
    """Read nodes and edges; a table of edges alone names all its nodes.

    Raises
    ------
    InputError
        A cell does not end.
    """
    foreign = Foreign(source.name, "Gephi tables", unsaid="1")
    if source.path.is_dir():
        _read_folder(foreign, source)
    elif _is_edges(sniff_header(source)):
        _add_edges(foreign, read_table(source))
        _tell_nodes(foreign, source.path)
    else:
        _add_nodes(foreign, read_table(source))
    return foreign


def _tell_nodes(foreign: Foreign, path: Path) -> None:
    """Say that a table of nodes lies beside edges that were given alone."""
    beside = [found.name for found in _find_tables(path.parent, "node")]
    ends = (tie[end] for tie in foreign.ties.rows for end in ("source", "target") if end in tie)
    if beside and all(text.isdecimal() for text in ends):
        foreign.note(
            f"{beside[0]} beside the edges, which name their nodes by numbers",
            "The names of organizations stand in the table of nodes.",
            "Give the folder in place of the file, and both are read.",
        )


def _read_folder(foreign: Foreign, source: Source) -> None:
    """Read all tables of nodes and of edges; of several the name says the relation.

    A node that stands in several tables is one.
    """
    nodes, edges = (_find_tables(source.path, word) for word in ("node", "edge"))
    foreign.organizations.sheet = ", ".join(path.name for path in nodes)
    foreign.ties.sheet = ", ".join(path.name for path in edges)
    for path in nodes:
        _add_nodes(foreign, read_table(source, path))
    if len(nodes) > 1:
        _drop_repeated(foreign.organizations)
    for path in edges:
        before = len(foreign.ties)
        _add_edges(foreign, read_table(source, path))
        for tie in foreign.ties.rows[before:] if len(edges) > 1 else ():
            tie.setdefault("relation", _name_relation(path))
    if len(edges) > 1:
        foreign.apart = True
        foreign.note(
            f"{len(edges)} tables of edges ({foreign.ties.sheet})",
            "A network has all of its ties in one table.",
            "All are read; where a row names no relation, the name of its file does.",
        )


def _drop_repeated(nodes: Records) -> None:
    """Leave out a node that an earlier table had, with all that both say."""
    kept, places = Records(sheet=nodes.sheet), dict[str, int]()
    for cells, line, key in zip(nodes.rows, nodes.lines, nodes.keys, strict=True):
        at = places.setdefault(cells.get("id", ""), len(kept))
        if at == len(kept) or not cells.get("id"):
            kept.add(line, cells, key)
        else:
            kept.rows[at] = {**cells, **kept.rows[at]}
    nodes.rows, nodes.lines, nodes.keys = kept.rows, kept.lines, kept.keys


def _name_relation(path: Path) -> str:
    """What is left of the name of a table of edges: edges_referral.csv, Contract [Edges].csv."""
    words = re.split(r"[^\w]+|_+", path.stem)
    return " ".join(word for word in words if word and "edge" not in word.lower()) or path.stem


def _list_static(foreign: Foreign, rows: list[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the cells of each row; of values over time the latest."""
    replaced = 0
    listed = list(list_cells(rows))
    _open_lists([cells for _, cells in listed])
    for number, cells in listed:
        for name, text in cells.items():
            if DYNAMIC.fullmatch(text) and name.casefold() not in TIMES:
                cells[name], count = _take_latest(text)
                replaced += count > 1
        yield number, cells
    if replaced:
        foreign.note(
            f"attributes with values for several times, {replaced} of them earlier ones",
            "A cell holds one value.",
            "The latest one is read. For another day, export a slice of the time line.",
        )


def _open_lists(rows: list[dict[str, str]]) -> None:
    """Open the lists of a column in which every cell is one: [Dental, Transportation]."""
    columns = dict.fromkeys(name for cells in rows for name in cells)
    for column in (name for name in columns if name.casefold() not in NAMED):
        texts = [cells[column] for cells in rows if column in cells]
        if all(map(BRACKETED.fullmatch, texts)) and any("," in text for text in texts):
            for cells in rows:
                cells.update({column: open_list(cells[column])} if column in cells else {})


def _take_latest(text: str) -> tuple[str, int]:
    """The last value of ``<[2015.0, 2016.0, 1.0); [2016.0, 2018.0, 3.0]>``, and of how many."""
    moments = [[part.strip() for part in found.split(",")] for found in MOMENT.findall(text)]
    valued = [moment for moment in moments if len(moment) > 1]
    return (valued[-1][-1].strip('"'), len(valued)) if valued else (text, 0)


def _add_nodes(foreign: Foreign, rows: list[Row]) -> None:
    for number, cells in _list_static(foreign, rows):
        named = {("id" if name.casefold() == "id" else name): text for name, text in cells.items()}
        foreign.organizations.add(number, named)


def _add_edges(foreign: Foreign, rows: list[Row]) -> None:
    before = len(foreign.ties)
    for number, cells in _list_static(foreign, rows):
        tie: dict[str, str] = {}
        for name, text in cells.items():
            low = name.casefold()
            if low in DIRECTIONS and text.casefold() in TYPES:
                tie.setdefault("directed", TYPES[text.casefold()])
            else:
                tie[NAMES.get(low, name)] = text
        foreign.ties.add(number, tie, tie.pop("id", ""))
    _take_labels(foreign.ties.rows[before:])


def _take_labels(ties: list[dict[str, str]]) -> None:
    """Read the labels of edges as their relations, where all name one, and no column does."""
    find = default_vocabulary().find_relation
    labels = {text for tie in ties for name, text in tie.items() if name.casefold() == "label"}
    if any("relation" in tie for tie in ties) or not labels - {""}:
        return
    if all(find(text) for text in labels - {""}):
        for tie in ties:
            name = next((name for name in tie if name.casefold() == "label"), "")
            tie["relation"] = tie.pop(name, "")


def write(out: Outgoing) -> Files:
    """Write a folder of nodes.csv and edges.csv as Gephi's import of spreadsheets wants them."""
    columns = [c for c in out.node_columns if c not in ("id", "name")]
    nodes = [["Id", "Label", *columns]]
    for node in out.nodes:
        nodes.append([escape_cell(node["id"]), escape_cell(node["name"])])
        nodes[-1] += [_safe(c, node.get(c, ""), out.node_numbers) for c in columns]
    skipped = ("source", "target", "relation", "weight", "directed")
    rest = [c for c in out.edge_columns if c not in skipped]
    edges = [["Id", "Source", "Target", "Type", "Kind", "Weight", *rest]]
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        word = "Directed" if directed else "Undirected"
        ends = [escape_cell(edge[end]) for end in ("source", "target")]
        row = [f"t{k}", *ends, word, edge["relation"], edge.get("weight", "")]
        edges.append([*row, *(_safe(c, edge.get(c, ""), out.edge_numbers) for c in rest)])
    return {"nodes.csv": _write_rows(nodes), "edges.csv": _write_rows(edges)}


def _safe(column: str, text: str, numbers: frozenset[str]) -> str:
    """A text that a spreadsheet would take for a formula made harmless; numbers stay numbers."""
    return text if column in numbers else escape_cell(text)


def _write_rows(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")
