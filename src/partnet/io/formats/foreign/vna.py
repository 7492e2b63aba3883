"""VNA, NetDraw's text format: node data, tie data with a column a relation."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace

from ....core.errors import InputError
from ..containers.matrices import label_nodes, list_arcs
from ..model import Files, Foreign, Outgoing
from ..settle import shorten_number
from ..source import Source

SECTION = re.compile(r"\s*\*\s*(node|tie)\s+(data|properties)\s*$", re.I)
LOOKS = ("color", "shape", "size", "active", "labelcolor", "labelsize", "headsize", "headcolor")
WEIGHT = ("strength", "weight")
# Whatever their order in the file, node data say first who is there, and on which line.
ORDER = ("node data", "node properties", "tie properties", "tie data")
MOST_LINE = 1_000_000  # characters

Line = tuple[int, list[str]]


def sniff(source: Source) -> bool:
    """Tell whether a text begins with a section of VNA."""
    first = source.start.split("\n", 1)[0]
    return source.is_text and bool(SECTION.match(first))


def read(source: Source) -> Foreign:
    """Read node data, short labels of node properties, and every relation of tie data.

    Raises
    ------
    InputError
        A section has no header, or a row has more cells than its header.
    """
    foreign = Foreign(source.name, "VNA")
    by_id: dict[str, dict[str, str]] = {}
    sections = sorted(_list_sections(source), key=lambda section: ORDER.index(section[0]))
    for title, header, rows in sections:
        if title.startswith("node"):
            for line, cells in _list_rows(source.name, header, rows):
                _add_node(foreign, by_id, line, cells, looks=title == "node properties")
        elif title == "tie data":
            _add_ties(foreign, by_id, header, list(_list_rows(source.name, header, rows)))
    return foreign


def _list_sections(source: Source) -> Iterator[tuple[str, list[str], list[Line]]]:
    """Give each section with its header and rows."""
    title, rows = "", list[Line]()
    for number, text in enumerate(source.text.split("\n"), start=1):
        found = SECTION.match(text)
        if found or text.lstrip().startswith("*"):
            if title and rows:
                yield title, rows[0][1], rows[1:]
            title, rows = f"{found[1]} {found[2]}".lower() if found else "", []
        elif title and text.strip():
            rows.append((number, _split(source.name, number, text)))
    if title and rows:
        yield title, rows[0][1], rows[1:]


def _split(name: str, number: int, text: str) -> list[str]:
    """Cut a line at commas if it has any outside quotation marks, else at blanks and tabs."""
    if len(text) > MOST_LINE:
        raise InputError(
            f"{name}, line {number}: found more than a million characters. Export it anew."
        )
    bare = re.sub(r'"[^"]*"', "", text)
    mark = "," if "," in bare else "\t" if "\t" in bare and " " not in bare.strip() else " "
    line = " ".join(_keep_quoted(text)) if mark == " " else text.strip()
    cells = next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])
    return [cell.strip() for cell in cells]


def _keep_quoted(text: str) -> list[str]:
    """Words between blanks; what stands in quotation marks is one."""
    return re.findall(r'"(?:[^"]|"")*"|[^\s"]+', text)


def _list_rows(
    name: str, header: list[str], rows: list[Line]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in rows:
        if len(cells) > len(header):
            raise InputError(
                f"{name}, line {line}: found {len(cells):,} cells under {len(header):,} headers. A "
                "row has at most as many cells as the header; texts with blanks stand in quotation "
                "marks. Correct the line."
            )
        yield line, dict(zip(header, cells, strict=False))


def _add_node(
    foreign: Foreign,
    by_id: dict[str, dict[str, str]],
    line: int,
    cells: dict[str, str],
    *,
    looks: bool,
) -> None:
    """Add a node, or what its properties add: where it lies and its color say nothing."""
    named = {key.lower(): key for key in cells}
    id_ = cells.pop(named.get("id", ""), "")
    if looks:
        label = cells.get(named.get("shortlabel", ""), "")
        cells = {"label": label} if len(label) > len(id_) else {}  # else it shortens the id
    if id_ in by_id:
        known = by_id[id_]
        known.update({key: text for key, text in cells.items() if key not in known})
        return
    by_id[id_] = {"id": id_, **cells}
    foreign.organizations.add(line, by_id[id_])


def _add_ties(
    foreign: Foreign,
    by_id: dict[str, dict[str, str]],
    header: list[str],
    rows: list[tuple[int, dict[str, str]]],
) -> None:
    """Every column of numbers is a relation; a column of words describes the tie."""
    ends = header[:2]
    columns = [name for name in header[2:] if name.lower() not in LOOKS]
    numeric = [name for name in columns if _is_numeric(cells.get(name, "") for _, cells in rows)]
    weight = [name for name in numeric if name.lower() in WEIGHT]  # then the others describe ties
    relations = weight[:1] or numeric
    for line, cells in rows:
        for end in ends:
            if cells.get(end, "") and cells[end] not in by_id:
                _add_node(foreign, by_id, line, {"id": cells[end]}, looks=False)
    foreign.apart = len(relations) > 1
    for name in relations or [""]:
        _add_relation(foreign, ends, name, rows, [c for c in columns if c not in relations])


def _is_numeric(cells: Iterator[str]) -> bool:
    filled = [cell for cell in cells if cell]
    try:
        return bool(filled) and all(float(cell) == float(cell) for cell in filled)
    except ValueError:
        return False


def _add_relation(
    foreign: Foreign,
    ends: list[str],
    name: str,
    rows: list[tuple[int, dict[str, str]]],
    rest: list[str],
) -> None:
    """Add the ties of one relation; those that stand in both directions alike have none."""
    weights: dict[tuple[str, str], str] = {}
    for _, cells in rows:
        weight = cells.get(name, "") if name else "1"
        if weight and float(weight) != 0:
            weights[cells.get(ends[0], ""), cells.get(ends[-1], "")] = weight
    symmetric = all(weights.get((b, a)) == weight for (a, b), weight in weights.items())
    plain = all(float(weight) == 1 for weight in weights.values())
    done: set[tuple[str, str]] = set()
    for line, cells in rows:
        pair = (cells.get(ends[0], ""), cells.get(ends[-1], ""))
        if pair not in weights or pair in done:
            continue
        done |= {pair, pair[::-1]} if symmetric else {pair}
        tie = {"source": pair[0], "target": pair[1], "directed": "no" if symmetric else "yes"}
        tie |= {"relation": name} if name and name.lower() not in WEIGHT else {}
        tie |= {} if plain else {"weight": weights[pair]}
        foreign.ties.add(line, tie | {c: cells[c] for c in rest if cells.get(c)})


def write(out: Outgoing) -> Files:
    """Write node data with every column, and tie data with one column a relation."""
    ids = label_nodes(_with_ids(out), _fits)
    columns = [c for c in out.node_columns if c != "id"]
    lines = ["*Node data", _line(["ID", *map(_word, columns)])]
    for id_, node in zip(ids, out.nodes, strict=True):
        lines.append(_line([id_, *(_flat(node.get(column, "")) for column in columns)]))
    arcs = list_arcs(out)
    pairs = sorted({pair for found in arcs.values() for pair in found})
    lines += ["*Tie data", _line(["from", "to", *arcs])]
    for i, j in pairs:
        weights = [shorten_number(found.get((i, j), 0.0)) for found in arcs.values()]
        lines.append(_line([ids[i], ids[j], *weights]))
    return {"": ("\n".join(lines) + "\n").encode("utf-8")}


def _with_ids(out: Outgoing) -> Outgoing:
    """NetDraw shows the id; names stand beside it as an attribute."""
    return replace(out, nodes=[{**node, "name": node["id"]} for node in out.nodes])


def _fits(text: str) -> bool:
    return text.isprintable() and not set('"\t') & set(text) and text == text.strip() and text != ""


def _word(text: str) -> str:
    """A header is one word for NetDraw."""
    return "_".join(re.findall(r"[^\s\",*]+", text)) or "column"


def _flat(text: str) -> str:
    """A cell stands on one line, without quotation marks."""
    return " ".join(text.replace('"', "'").split())


def _line(cells: list[str]) -> str:
    return " ".join(f'"{cell}"' if not re.fullmatch(r"[\w.+-]+", cell) else cell for cell in cells)
