"""Kumu: workbooks and CSV, blueprints (what a live map reads), exported projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.naming import guess_table
from ..containers.sheets import Value, fold_headers, list_cells, value_of, write_sheets
from ..containers.tables import is_plain, read_table, sniff_header
from ..containers.values import (
    cells_of_object,
    list_objects,
    object_of_cells,
    text_of_json,
    write_json,
)
from ..model import Files, Foreign, Outgoing, Records
from ..source import Row, Source

FIELDS = {"label": "name", "type": "kind", "element type": "kind"}
LINK_FIELDS = {"type": "relation", "connection type": "relation", "from": "source", "to": "target"}
DIRECTIONS = {"directed": "yes", "undirected": "no", "mutual": "no"}
IGNORED, LOOPS = "(ignore)", "loops"
OWN = frozenset({"id", "label", "type", "tags", "direction"})
BOTH = ("source", "target")


# -- workbooks and CSV ---------------------------------------------------------------------------


def sniff_workbook(source: Source) -> bool:
    """Tell whether a section begins with From and To, beside a header or elements of Kumu's own."""
    if not source.is_zip or source.suffix not in (".xlsx", ".xlsm"):
        return False
    heads = [rows[0][1] for _, rows in _list_sections(source.sheets)]
    others = [row for row in heads if not (_is_links(row) or _is_elements(row))]
    told = any(_is_links(row) and not is_plain(row, OWN) for row in heads)
    told = told or (any(map(_is_links, heads)) and any(map(_is_elements, heads)))
    return told and not any(map(_lists_organizations, others))


def _lists_organizations(row: Sequence[str]) -> bool:
    """Whether a section beside the connections is a list of organizations of another kind."""
    return guess_table(RawTable("", "", tuple(row), 1, [], [])) == "organizations"


def sniff_csv(source: Source) -> bool:
    """Tell whether a CSV file has From, To and a header of Kumu's own, or begins with Label."""
    header = sniff_header(source)
    links = _is_links(header) and not is_plain(header, OWN)
    return links or (header[:1] == ["label"] and "source" not in header)


def _is_links(row: Sequence[str]) -> bool:
    return [text for text in fold_headers(row) if text != "id"][:2] == ["from", "to"]


def _is_elements(row: Sequence[str]) -> bool:
    return [text for text in fold_headers(row) if text != "id"][:1] == ["label"]


def read_workbook(source: Source) -> Foreign:
    """Read elements and connections from every sheet and section; sheets "(ignore)" are not.

    Raises
    ------
    InputError
        It is damaged, or too large when unpacked.
    """
    foreign = Foreign(source.name, "Kumu", lists=True)
    for sheet, rows in _list_sections(source.sheets):
        _read_section(foreign, sheet, rows)
    _make_missing(foreign)
    return foreign


def read_csv(source: Source) -> Foreign:
    """Read one CSV file of elements or of connections.

    Raises
    ------
    InputError
        A cell does not end.
    """
    foreign = Foreign(source.name, "Kumu", lists=True)
    _read_section(foreign, "", read_table(source))
    _make_missing(foreign)
    return foreign


def _list_sections(sheets: Sequence[tuple[str, list[Row]]]) -> Iterator[tuple[str, list[Row]]]:
    """Give the sections of all sheets: two blank rows begin a new one."""
    for name, rows in sheets:
        if name.strip().casefold().endswith(IGNORED):
            continue
        section: list[Row] = []
        for row in rows:
            if section and row[0] - section[-1][0] > 2:
                yield name, section
                section = []
            section.append(row)
        if section:
            yield name, section


def _read_section(foreign: Foreign, sheet: str, rows: list[Row]) -> None:
    if sheet.strip().casefold() == LOOPS:
        foreign.note(
            f'{len(rows) - 1:,} rows in "{sheet}"',
            "A tie links two organizations; a loop of Kumu is a story about several ties.",
            "They are not read.",
        )
    elif _is_links(rows[0][1]):
        foreign.ties.sheet = foreign.ties.sheet or sheet
        for number, cells in list_cells(rows):
            _add_links(foreign.ties, number, cells)
    elif _is_elements(rows[0][1]):
        foreign.organizations.sheet = foreign.organizations.sheet or sheet
        for number, cells in list_cells(rows):
            foreign.organizations.add(number, _rename(cells, FIELDS))
    else:
        foreign.note(
            f'a section in "{sheet}" that begins with "{rows[0][1][0]}"',
            "Elements begin with Label (or ID and Label), connections with From and To.",
            "It is not read, as Kumu would not.",
        )


def _rename(cells: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Call fields as partnet does; lists of Kumu (a | b) become lists with semicolons."""
    renamed: dict[str, str] = {}
    for field, text in cells.items():
        low = field.strip().casefold()
        name = names.get(low, "id" if low in ("id", "_id") else field)
        listed = name not in ("name", "id", *BOTH) and "|" in text
        renamed[name] = "; ".join(p.strip() for p in text.split("|")) if listed else text
    return renamed


def _add_links(ties: Records, line: int, cells: Mapping[str, str]) -> None:
    """Add a connection as it stands."""
    tie = _rename({k: v for k, v in cells.items() if k.strip().casefold() != "to"}, LINK_FIELDS)
    key = tie.pop("id", "")
    said = next((k for k in tie if k.casefold() == "direction"), "")
    if said:
        word = tie.pop(said).strip()
        tie.setdefault("directed", DIRECTIONS.get(word.casefold(), word))
    if "strength" not in tie and "Strength" in tie:
        tie["weight"] = tie.pop("Strength")
    to = next((v for k, v in cells.items() if k.strip().casefold() == "to"), "")
    ties.add(line, {**tie, "target": to}, key)


def _split_targets(ties: Records, known: set[str]) -> Records:
    """To may list several elements (a | b), unless an element is called just so."""
    split = Records(sheet=ties.sheet)
    for tie, line, key in zip(ties.rows, ties.lines, ties.keys, strict=True):
        to = tie["target"]
        parts = [to] if to.casefold() in known else [p.strip() for p in to.split("|")]
        for k, target in enumerate(filter(None, parts)):
            split.add(line, {**tie, "target": target}, f"{key}.{k}" if key and k else key)
    return split


def _make_missing(foreign: Foreign) -> None:
    """Kumu makes an element of every end of a connection that is none yet, and one of repeats."""
    _join_repeated(foreign)
    rows = foreign.organizations.rows
    known = {row.get(name, "").casefold() for row in rows for name in ("id", "name")}
    foreign.ties = _split_targets(foreign.ties, known)
    for tie, line in zip(foreign.ties.rows, foreign.ties.lines, strict=True):
        for end in BOTH:
            text = tie.get(end, "")
            if text and text.casefold() not in known:
                known.add(text.casefold())
                foreign.organizations.add(line, {"name": text})


def _join_repeated(foreign: Foreign) -> None:
    """Elements without an ID that have one label and type are one; what the last says counts."""
    kept, places = Records(sheet=foreign.organizations.sheet), dict[tuple[str, str], int]()
    given = foreign.organizations
    for row, line, key in zip(given.rows, given.lines, given.keys, strict=True):
        name, kind = (row.get(column, "").casefold() for column in ("name", "kind"))
        at = len(kept) if row.get("id") or not name else places.setdefault((name, kind), len(kept))
        if at == len(kept):
            kept.add(line, row, key)
        else:
            kept.rows[at] = {**kept.rows[at], **row}
    repeated = len(given) - len(kept)
    if repeated:
        foreign.organizations = kept
        foreign.note(
            f"{count_noun(repeated, 'element')} once more under the same label and type",
            "Kumu makes one element of those.",
            "So it is read; where they differ, the last one counts.",
        )


def write_workbook(out: Outgoing) -> Files:
    """Write what Kumu imports: the sheets Elements and Connections, with IDs."""
    nodes = [c for c in out.node_columns if c not in ("id", "name", "kind")]
    links = [c for c in out.edge_columns if c not in (*BOTH, "relation", "directed", "weight")]
    elements: list[list[Value]] = [["ID", "Label", "Type", *nodes]]
    for node in out.nodes:
        kind = node.get("kind", "")
        row = [node["id"], node["name"], out.labels.get(kind, kind)]
        elements.append([*row, *(value_of(c, node.get(c, ""), out.node_numbers) for c in nodes)])
    connections: list[list[Value]] = [["ID", "From", "To", "Type", "Direction", "Strength", *links]]
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        word = "directed" if directed else "undirected"
        relation = out.labels.get(edge["relation"], edge["relation"])
        weight = value_of("weight", edge.get("weight", ""), out.edge_numbers)
        rest = (value_of(c, edge.get(c, ""), out.edge_numbers) for c in links)
        connections.append([f"t{k}", edge["source"], edge["target"], relation, word, weight, *rest])
    return {"": write_sheets({"Elements": elements, "Connections": connections})}


# -- JSON ----------------------------------------------------------------------------------------


def sniff_json(source: Source) -> bool:
    """Tell whether a file lists elements and connections."""
    data = source.data if source.is_json else None
    if not isinstance(data, Mapping):
        return False
    return isinstance(data.get("elements"), list) and isinstance(data.get("connections"), list)


def read_json(source: Source) -> Foreign:
    """Read a blueprint, or an exported project (of all its maps; what lies in no map is not read).

    Raises
    ------
    InputError
        It is not valid JSON.
    """
    data = source.parse_json()
    foreign = Foreign(source.name, "Kumu", lists=True)
    foreign.organizations.sheet, foreign.ties.sheet = "elements", "connections"
    shown, drawn = _list_shown(data, "element"), _list_shown(data, "connection")
    left = 0
    for k, element in enumerate(list_objects(data.get("elements")), start=1):
        if shown and text_of_json(element.get("_id")) not in shown:
            left += 1
        else:
            foreign.organizations.add(k, _rename(_list_fields(element), FIELDS))
    for k, link in enumerate(list_objects(data.get("connections")), start=1):
        ends = {text_of_json(link.get(end)) for end in ("from", "to")}
        if (shown and not ends <= shown) or (drawn and text_of_json(link.get("_id")) not in drawn):
            left += 1
        else:
            _add_links(foreign.ties, k, _list_fields(link))
    if left:
        foreign.note(
            count_noun(
                left,
                "element or connection that lies in no map",
                "elements and connections that lie in no map",
            ),
            "An exported project holds its trash too.",
            "They are not read. Put them on a map in Kumu if they count.",
        )
    _make_missing(foreign)
    return foreign


def _list_shown(data: Mapping[str, Any], what: str) -> set[str]:
    """Elements or connections that lie in any map, as far as the maps say so."""
    placed = [item for one in list_objects(data.get("maps")) for item in _list_placed(one, what)]
    found = {text_of_json(item.get(what, item.get("_id", item.get("id")))) for item in placed}
    return found & {text_of_json(item.get("_id")) for item in list_objects(data.get(f"{what}s"))}


def _list_placed(one: Mapping[str, Any], what: str) -> list[Mapping[str, Any]]:
    found = one.get(f"{what}s")
    return list_objects([*found.values()] if isinstance(found, Mapping) else found)


def _list_fields(item: Mapping[str, Any]) -> dict[str, str]:
    """Fields of an element or connection, which a project keeps under attributes."""
    skipped = ("attributes", "delayed", "reversed", "position")
    own = {k: v for k, v in item.items() if k not in skipped}
    inner = item.get("attributes")
    both = {**(inner if isinstance(inner, Mapping) else {}), **own}
    return cells_of_object(both)


def write_blueprint(out: Outgoing) -> Files:
    """Write a blueprint: a live map reads it from a link, again at every visit."""
    elements = []
    for node in out.nodes:
        kind = node.get("kind", "")
        named = {"id": node["id"], "label": node["name"], "type": out.labels.get(kind, kind)}
        rest = object_of_cells(node, out.node_numbers, without=("id", "name", "kind"))
        elements.append({**rest, **named})
    connections = []
    for k, (edge, directed) in enumerate(zip(out.edges, out.directed, strict=True), start=1):
        word = "directed" if directed else "undirected"
        named = {"id": f"t{k}", "from": edge["source"], "to": edge["target"], "direction": word}
        named["type"] = out.labels.get(edge["relation"], edge["relation"])
        rest = object_of_cells(edge, out.edge_numbers, without=(*BOTH, "relation", "directed"))
        connections.append({**rest, **named})
    return {"": write_json({"elements": elements, "connections": connections})}
