"""CMS Hospital Enrollments and Rural Health Clinic Enrollments: who is enrolled in Medicare.

Source: Centers for Medicare & Medicaid Services, data.cms.gov, "Hospital Enrollments" and "Rural
Health Clinic Enrollments", quarterly; the day stands in the file's name. License: US Government
work, public domain.

Columns used: enrollment id, provider type, NPI, CCN, legal name, name in use, address, city,
State, ZIP, non-profit or proprietary.

A row becomes an organization with the id ``ccn-`` and its number: name in use, else legal name
(which stays as ``legal_name``), NPI, and the enrollment id, by which the files of owners are
linked. The file names no persons.
"""

from __future__ import annotations

import re

from ..reading.codes import (
    kind_of_ccn,
    make_id,
    read_ccn,
    read_npi,
    read_state,
    read_zip,
)
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="CMS Hospital and Rural Health Clinic Enrollments",
    publisher="Centers for Medicare & Medicaid Services",
    license="US Government work, public domain",
    columns={
        "enrollment": ("ENROLLMENT ID",),
        "type": ("PROVIDER TYPE TEXT",),
        "npi": ("NPI",),
        "ccn": ("CCN",),
        "legal_name": ("ORGANIZATION NAME",),
        "name": ("DOING BUSINESS AS NAME",),
        "address": ("ADDRESS LINE 1",),
        "city": ("CITY",),
        "state": ("STATE",),
        "zip": ("ZIP CODE",),
        "profit": ("PROPRIETARY NONPROFIT", "PROPRIETARY_NONPROFIT"),
    },
    required=("enrollment", "ccn", "npi", "legal_name", "name", "state", "zip"),
    becomes="a hospital or Rural Health Clinic with CCN, NPI and the enrollment id of owners",
)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into organizations.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    day = re.search(r"(20\d\d)\D?(\d\d)\D?(\d\d)", source.file)
    collector = gather_rows(FAMILY, source, scope, _read_row)
    return collector.finish(FAMILY, source, "-".join(day.groups()) if day else "day not stated")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    ccn = read_ccn(cells["ccn"], row, collector)
    name = cells["name"] or cells["legal_name"]
    if not ccn or not name or not state:
        found = f'CCN "{cells["ccn"]}", name "{name}", State "{cells["state"]}"'
        collector.set_aside(row, "", found, "A provider has a CCN of 6 places, a name and a State.")
        return
    if make_id("ccn", ccn) in collector.organizations:
        found = f'"{ccn}", which stands above already'
        collector.set_aside(row, "CCN", found, "A provider has one row.")
        return
    clinic = "rural health clinic" in cells["type"].casefold()
    provider = {
        "id": make_id("ccn", ccn),
        "name": write_name(name),
        "kind": "rural_health_clinic" if clinic else kind_of_ccn(ccn),
        "state": state,
        "zip": read_zip(cells["zip"], state, row, collector),
        "ccn": ccn,
        "npi": read_npi(cells["npi"], row, collector),
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "legal_name": write_name(cells["legal_name"]),
        "enrollment": cells["enrollment"].upper(),
        "profit_status": {"P": "proprietary", "N": "non-profit"}.get(cells["profit"][:1], ""),
    }
    collector.use(row, collector.add_organization(row, provider))
