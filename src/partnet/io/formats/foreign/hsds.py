"""Service directories in the Human Services Data Specification (HSDS 3.0): JSON, or tables.

Persons, telephones, e-mail addresses and schedules are never read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....core.schema import TABLES
from ....core.vocabulary import default_vocabulary, fold_word
from ....core.wording.text import count_noun
from ...values.areas import A_PLACE, read_places
from ..containers.sheets import list_cells
from ..containers.tables import read_table, sniff_header
from ..containers.values import text_of_json
from ..model import Foreign, Records
from ..source import Source

Cells = dict[str, str]
Tables = dict[str, dict[str, tuple[int, Cells]]]

CLOSED = frozenset({"inactive", "defunct", "temporarily closed"})
KIND = "community_based_organization"
# Names of tables, singular as in the specification; files and JSON use the plural too.
NAMES = {
    "organization": "organization", "service": "service", "location": "location",
    "service_at_location": "service_at_location", "address": "address",
    "physical_address": "address", "organization_identifier": "organization_identifier",
    "service_area": "service_area", "funding": "funding", "attribute": "attribute",
    "taxonomy_term": "taxonomy_term", "taxonomie": "taxonomy",
}  # fmt: skip
PLURALS = {
    "services_at_location": "service_at_location", "addresses": "address",
    "physical_addresses": "address",
}  # fmt: skip
PARENTS = {  # what a row within another one belongs to
    "organization": "organization_id", "service": "service_id", "location": "location_id",
    "service_at_location": "service_at_location_id",
}  # fmt: skip
IDENTIFIERS = {"ein": "ein", "tax": "ein", "npi": "npi", "uei": "uei", "ccn": "ccn"}
MOST_DEPTH = 12
TIES = frozenset(map(fold_word, TABLES["ties"].words))
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _table_name(word: str) -> str:
    low = word.strip().lower()
    return NAMES.get(PLURALS.get(low, low)) or NAMES.get(low.removesuffix("s"), "")


def sniff(source: Source) -> bool:
    """Tell whether a folder has organizations and services of HSDS, or a JSON file lists them."""
    if source.path.is_dir():
        files = _list_files(source.path)
        if not {"organization", "service"} <= set(files):
            return False
        return {"id", "name", "organization_id"} <= set(sniff_header(Source(files["service"])))
    return source.is_json and not _lists_ties(source.data) and bool(_list_roots(source.data))


def _lists_ties(data: Any) -> bool:
    """Whether a list of ties stands beside the organizations: of such HSDS knows nothing."""
    return isinstance(data, Mapping) and any(
        fold_word(str(key)) in TIES and isinstance(part, list) for key, part in data.items()
    )


def _list_files(folder: Path) -> dict[str, Path]:
    named = {_table_name(path.stem): path for path in sorted(folder.glob("*.csv"))}
    return {name: path for name, path in named.items() if name}


def _list_roots(data: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Organizations or services of a JSON file: one, a list, a page of an API, or by table."""
    data = _spell_keys(data)
    if isinstance(data, Mapping) and isinstance(data.get("contents"), list):
        data = data["contents"]
    if isinstance(data, Mapping) and "id" not in data:
        named = ((_table_name(str(key)), value) for key, value in data.items())
        found = [(n, item) for n, items in named if n and isinstance(items, list) for item in items]
        roots = [(n, item) for n, item in found if isinstance(item, Mapping)]
        return roots if any(n == "organization" and _is_row(item) for n, item in roots) else []
    items = data if isinstance(data, list) else [data]
    rows = [item for item in items if isinstance(item, Mapping) and _is_row(item)]
    kinds = [_kind_of(item) for item in rows]
    if "organization" in kinds and "service" not in kinds:  # one without a service is one as well
        kinds = ["organization"] * len(rows)
    return [(kind, item) for kind, item in zip(kinds, rows, strict=True) if kind]


def _spell_keys(data: Any, depth: int = 0) -> Any:
    """Keys as the specification spells them, where a program writes organizationId."""
    if depth > MOST_DEPTH:
        return data
    if isinstance(data, list):
        return [_spell_keys(item, depth) for item in data]
    if not isinstance(data, Mapping):
        return data
    return {CAMEL.sub("_", str(k)).lower(): _spell_keys(v, depth + 1) for k, v in data.items()}


def _is_row(item: Mapping[str, Any]) -> bool:
    return "id" in item and "name" in item


def _kind_of(item: Mapping[str, Any]) -> str:
    """What a row without a table is: a service has a status, an organization a description."""
    if "status" in item and ("organization" in item or "organization_id" in item):
        return "service"
    described = {"services", "legal_status", "parent_organization_id", "organization_identifiers"}
    holds = isinstance(item.get("services"), list) and any(map(_is_service, item["services"]))
    is_described = "description" in item and described & set(item)
    return "organization" if is_described or holds else ""


def _is_service(item: Any) -> bool:
    return isinstance(item, Mapping) and _is_row(item) and "status" in item


def read(source: Source) -> Foreign:
    """Read organizations, their services, identifiers, parents, places and funding.

    Raises
    ------
    InputError
        A file is no valid CSV or JSON.
    """
    foreign = Foreign(source.name, "HSDS")
    tables: Tables = defaultdict(dict)
    if source.path.is_dir():
        for name, path in _list_files(source.path).items():
            for line, cells in list_cells(read_table(source, path)):
                _keep(tables, name, line, cells)
    else:
        for line, (name, item) in enumerate(_list_roots(source.parse_json()), start=1):
            _flatten(tables, name, item, line, {})
    foreign.organizations.sheet = "organization"
    _add_organizations(foreign, tables)
    _add_services(foreign, tables)
    _add_areas(foreign, tables)
    _add_funding(foreign, tables)
    _add_parents(foreign, tables)
    return foreign


def _keep(tables: Tables, name: str, line: int, cells: Cells) -> None:
    """Keep a row under its id; of one without it, under its place."""
    rows = tables[name]
    rows.setdefault(cells.get("id") or f"row {len(rows) + 1} of {name}", (line, cells))


def _flatten(
    tables: Tables, name: str, item: Mapping[str, Any], line: int, above: Cells, depth: int = 0
) -> None:
    """Take rows within rows apart; each says to which row it belongs."""
    own = {str(k): text_of_json(v) for k, v in item.items() if not isinstance(v, Mapping | list)}
    cells = {**above, **{key: text for key, text in own.items() if text}}
    inside = {}
    if name in PARENTS and cells.get("id"):
        inside = {PARENTS[name]: cells["id"], "link_id": cells["id"]}
    for key, value in item.items() if depth < MOST_DEPTH else ():
        child = _table_name(str(key))
        for row in value if isinstance(value, list) else [value]:
            if child and isinstance(row, Mapping):
                belongs = {} if child == "taxonomy_term" else inside
                if isinstance(value, Mapping) and not row.get("id"):
                    row = {**row, "id": f"row {len(tables[child]) + 1} of {child}"}
                _flatten(tables, child, row, line, belongs, depth + 1)
                if isinstance(value, Mapping):
                    cells.setdefault(f"{child}_id", text_of_json(row["id"]))
    _keep(tables, name, line, cells)


def _add_organizations(foreign: Foreign, tables: Tables) -> None:
    places, terms = _list_places(tables), _list_terms(tables)
    find_kind = default_vocabulary().find_kind
    identifiers: dict[str, Cells] = defaultdict(dict)
    for _, cells in tables["organization_identifier"].values():
        words = f"{cells.get('identifier_type', '')} {cells.get('identifier_scheme', '')}".lower()
        column = next((c for word, c in IDENTIFIERS.items() if word in words), "")
        if column and cells.get("identifier"):
            identifiers[cells.get("organization_id", "")].setdefault(column, cells["identifier"])
    for id_, (line, cells) in tables["organization"].items():
        kind = next(filter(None, map(find_kind, terms.get(id_, []))), KIND)
        row = {"id": id_, "name": cells.get("name", ""), "kind": kind}
        row |= identifiers[id_]
        if re.fullmatch(r"\d{2}-?\d{7}", cells.get("tax_id", "")):
            row.setdefault("ein", cells["tax_id"])
        foreign.organizations.add(line, {**row, **places.get(id_, {})})
    _note_lost_places(foreign, places, tables)


def _list_places(tables: Tables) -> dict[str, Cells]:
    """Where each organization is: its first location, or the first of its services."""
    given: dict[str, list[str]] = defaultdict(list)
    for _, cells in tables["service_at_location"].values():
        service = tables["service"].get(cells.get("service_id", ""), (0, Cells()))[1]
        given[cells.get("location_id", "")].append(service.get("organization_id", ""))
    addresses: dict[str, Cells] = {}
    physical_first = sorted(tables["address"].values(), key=_is_postal)
    for _, cells in physical_first:
        addresses.setdefault(cells.get("location_id", ""), cells)
    places: dict[str, Cells] = {}
    own_first = sorted(
        tables["location"].items(), key=lambda row: not row[1][1].get("organization_id")
    )
    for id_, (_, cells) in own_first:
        owner = cells.get("organization_id")
        address = addresses.get(id_, {})
        found = {
            "latitude": cells.get("latitude", ""),
            "longitude": cells.get("longitude", ""),
            "state": address.get("state_province", ""),
            "zip": address.get("postal_code", ""),
            "city": address.get("city", ""),
            "address": address.get("address_1", ""),
        }
        for each in [owner] if owner else given.get(id_, [""]):
            places.setdefault(each, {key: text for key, text in found.items() if text})
    return places


def _is_postal(row: tuple[int, Cells]) -> bool:
    """Whether an address says where mail goes, and not where the place is."""
    return row[1].get("address_type", "").casefold() in ("postal", "mailing")


def _note_lost_places(foreign: Foreign, places: Mapping[str, Cells], tables: Tables) -> None:
    lost = sum(owner not in tables["organization"] for owner in places)
    if lost:
        foreign.note(
            f"locations of {count_noun(lost, 'organization')} that are not in the file",
            "A location is of an organization, or of one of its services.",
            "They are not read. Check organization_id and service_at_location.",
        )


def _list_terms(tables: Tables) -> dict[str, list[str]]:
    """The terms of each organization and service; those of a place are of its service."""
    terms: dict[str, list[str]] = defaultdict(list)
    for _, cells in tables["attribute"].values():
        term = tables["taxonomy_term"].get(cells.get("taxonomy_term_id", ""))
        if term is not None and term[1].get("name"):
            placed = tables["service_at_location"].get(cells.get("link_id", ""), (0, Cells()))[1]
            terms[placed.get("service_id") or cells.get("link_id", "")].append(term[1]["name"])
    return terms


def _add_services(foreign: Foreign, tables: Tables) -> None:
    terms = _list_terms(tables)
    closed = 0
    for id_, (line, cells) in tables["service"].items():
        if cells.get("status", "").casefold() in CLOSED:
            closed += 1
            continue
        for name in dict.fromkeys(terms[id_]) or [cells.get("name", "")]:
            row = {"organization": cells.get("organization_id", ""), "service": name}
            _others(foreign, "services", "service").add(line, row)
    if closed:
        foreign.note(
            count_noun(
                closed,
                "service that is inactive, defunct or closed",
                "services that are inactive, defunct or closed",
            ),
            "Services in use are active.",
            "They are not read.",
        )


def _others(foreign: Foreign, table: str, sheet: str) -> Records:
    return foreign.others.setdefault(table, Records(sheet=sheet))


def _owner(tables: Tables, cells: Cells) -> str:
    """The organization of a row that names it, or names one of its services."""
    placed = tables["service_at_location"].get(cells.get("service_at_location_id", ""), (0, {}))[1]
    asked = cells.get("service_id") or placed.get("service_id", "")
    service = tables["service"].get(asked, (0, {}))[1]
    return cells.get("organization_id") or service.get("organization_id", "")


def _add_areas(foreign: Foreign, tables: Tables) -> None:
    """Counties, ZIP codes and States become service areas; other extents are counted."""
    unread = 0
    for line, cells in tables["service_area"].values():
        places = read_places(cells.get("name", "") or cells.get("extent", ""))
        unread += not places
        for kind, place in places:
            row = {"organization": _owner(tables, cells), "place_kind": kind, "place": place}
            _others(foreign, "service_areas", "service_area").add(line, row)
    if unread:
        foreign.note(
            count_noun(
                unread,
                "service area that names no county, ZIP code or State",
                "service areas that name no county, ZIP code or State",
            ),
            A_PLACE,
            "They are not read.",
        )


def _add_funding(foreign: Foreign, tables: Tables) -> None:
    for line, cells in tables["funding"].values():
        service = tables["service"].get(cells.get("service_id", ""), (0, {}))[1]
        row = {
            "funder": cells.get("source", ""),
            "recipient": _owner(tables, cells),
            "program": service.get("name", "") or "program not stated",
        }
        _others(foreign, "funding", "funding").add(line, row)


def _add_parents(foreign: Foreign, tables: Tables) -> None:
    """A parent is named, or is at least an id that other directories may know."""
    names = {id_: cells.get("name", "") for id_, (_, cells) in tables["organization"].items()}
    for id_, (line, cells) in tables["organization"].items():
        parent = cells.get("parent_organization_id", "")
        if parent and parent != id_:
            named = parent if parent in names else f"organization {parent} (not in this directory)"
            row = {"organization": id_, "parent": named, "type": "affiliated"}
            _others(foreign, "affiliations", "organization").add(line, row)
