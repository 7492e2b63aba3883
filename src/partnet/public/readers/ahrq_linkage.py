"""AHRQ Compendium of U.S. Health Systems, hospital linkage: which hospital is in which system.

Source: Agency for Healthcare Research and Quality, Comparative Health System Performance
Initiative, "Compendium of U.S. Health Systems", hospital linkage file, yearly; the year stands in
the file's name. License: US Government work, public domain.

Columns used: compendium id, CCN, name, street, city, State and ZIP of the hospital; id, name, city
and State of the health system. Beds, discharges and revenues are not read.

A row becomes the hospital (id ``ccn-`` and its number, else ``ahrq-`` and the compendium's; kind
by what the CCN is reserved for) and, where it is in a system, the system (an organization with the
id ``system-`` and its number), a membership in it of the kind *health system*, and an affiliation
of the type *affiliated*: common ownership or joint management, the file does not say which.
"""

from __future__ import annotations

import re

from ..reading.codes import kind_of_ccn, make_id, read_ccn, read_state, read_zip
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="AHRQ Compendium of U.S. Health Systems, hospital linkage",
    publisher="Agency for Healthcare Research and Quality",
    license="US Government work, public domain",
    columns={
        "id": ("compendium_hospital_id",),
        "ccn": ("ccn",),
        "name": ("hospital_name",),
        "address": ("hospital_street",),
        "city": ("hospital_city",),
        "state": ("hospital_state",),
        "zip": ("hospital_zip",),
        "system": ("health_sys_id",),
        "system_name": ("health_sys_name",),
        "system_city": ("health_sys_city",),
        "system_state": ("health_sys_state",),
    },
    required=("id", "ccn", "name", "state", "system", "system_name"),
    becomes="a hospital, its health system, a membership in it and an affiliation",
)
GROUP_KIND = "health system"


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into hospitals, systems, memberships and affiliations.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    year = re.search(r"(20\d\d)", source.file)
    collector = gather_rows(FAMILY, source, scope, _read_row)
    return collector.finish(FAMILY, source, year[1] if year else "year not stated")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    ccn = read_ccn(cells["ccn"], row, collector)
    if not cells["name"] or not state or not (ccn or cells["id"]):
        found = f'name "{cells["name"]}", State "{cells["state"]}"'
        collector.set_aside(row, "", found, "A hospital has a number, a name and a State.")
        return
    id_ = make_id("ccn", ccn) if ccn else make_id("ahrq", cells["id"])
    if id_ in collector.organizations:
        found = f'"{cells["ccn"] or cells["id"]}", which stands above already'
        collector.set_aside(row, "ccn", found, "A hospital has one row.")
        return
    hospital = {
        "id": id_,
        "name": write_name(cells["name"]),
        "kind": kind_of_ccn(ccn) if ccn else "hospital",
        "state": state,
        "zip": read_zip(cells["zip"], state, row, collector),
        "ccn": ccn,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
    }
    collector.use(row, collector.add_organization(row, hospital))
    if cells["system"]:
        _join_system(row, id_, cells, collector)


def _join_system(row: int, hospital: str, cells: dict[str, str], collector: RowCollector) -> None:
    name = write_name(cells["system_name"]) or cells["system"]
    system = {
        "id": make_id("system", cells["system"]),
        "name": name,
        "kind": "health_system",
        "state": read_state(cells["system_state"]),
        "city": write_name(cells["system_city"]),
    }
    collector.add_organization(row, system)
    membership = {"organization": hospital, "group": system["id"], "group_kind": GROUP_KIND}
    collector.add_row("memberships", row, membership)
    link = {"organization": hospital, "parent": system["id"], "type": "affiliated"}
    collector.add_row("affiliations", row, link)
