"""CMS Hospital and Rural Health Clinic All Owners: which organization owns or manages which.

Source: Centers for Medicare & Medicaid Services, data.cms.gov, "Hospital All Owners" and "Rural
Health Clinic All Owners", quarterly; the day stands in the file's name. License: US Government
work, public domain.

Columns used: enrollment id, associate id and name of the provider; type, role, date, name and
percentage of the owner. Names of persons are never kept: rows whose owner is an individual, and
family and living trusts, are set aside without their names.

A row becomes an affiliation of the provider with its owner: *owned* for ownership interests and
partnerships, *managed* for operational or managerial control, else *affiliated*. Mortgages and
security interests are no affiliation and are set aside. The file gives no place of the provider:
it is attached to an organization of another file by the enrollment id (Hospital or Rural Health
Clinic Enrollments), else by its name, where one organization only has it in the network and one
owner's file number only has it in the nation.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ...linkage.similarity import normalize_name
from ..reading.codes import make_id, read_day
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="CMS Hospital and Rural Health Clinic All Owners",
    publisher="Centers for Medicare & Medicaid Services",
    license="US Government work, public domain",
    columns={
        "enrollment": ("ENROLLMENT ID",),
        "associate": ("ASSOCIATE ID",),
        "name": ("ORGANIZATION NAME",),
        "owner_type": ("TYPE - OWNER",),
        "role": ("ROLE TEXT - OWNER",),
        "since": ("ASSOCIATION DATE - OWNER",),
        "owner": ("ORGANIZATION NAME - OWNER",),
        "percentage": ("PERCENTAGE OWNERSHIP",),
    },
    required=("enrollment", "associate", "name", "owner_type", "role", "owner"),
    becomes="an affiliation: owned, managed or affiliated; persons are dropped",
)

TYPES = (  # words in the role; the first that fits
    ("MORTGAGE", ""),
    ("SECURITY INTEREST", ""),
    ("OWNERSHIP", "owned"),
    ("PARTNERSHIP", "owned"),
    ("MANAGERIAL", "managed"),
    ("MANAGING", "managed"),
    ("OPERATIONAL", "managed"),
)
_PERSONAL = re.compile(
    r"\b(FAMILY|LIVING|REVOCABLE|IRREVOCABLE|PERSONAL|GRANTOR)\b.*\bTRUST\b", re.IGNORECASE
)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into affiliations of providers without a place.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    day = re.search(r"(20\d\d)\D?(\d\d)\D?(\d\d)", source.file)
    associates: dict[str, set[str]] = defaultdict(set)

    def read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
        associates[normalize_name(cells["name"])].add(cells["associate"])
        _read_row(row, cells, collector)

    collector = gather_rows(FAMILY, source, scope, read_row)
    for provider in collector.tables.get("unplaced", ()):
        if len(associates[normalize_name(provider["name"])]) > 1:
            provider["shared_name"] = "yes"
    return collector.finish(FAMILY, source, "-".join(day.groups()) if day else "day not stated")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    collector.row_states[row] = ""
    if not cells["enrollment"] or not cells["name"]:
        found = f'enrollment "{cells["enrollment"]}", name "{cells["name"]}"'
        collector.set_aside(row, "", found, "A provider has an enrollment id and a name.")
        return
    provider = make_id("enrollment", cells["enrollment"])
    collector.use(row, provider)
    personal = cells["owner_type"].upper() != "O" or _PERSONAL.search(cells["owner"])
    if personal or not cells["owner"]:
        found = "a person, or an owner without a name"
        collector.set_aside(
            row, "TYPE - OWNER", found, "Owners are organizations; persons are dropped."
        )
        return
    kind = _type_of(cells["role"])
    if not kind:
        found = f'"{cells["role"]}"'
        collector.set_aside(
            row, "ROLE TEXT - OWNER", found, "Owners own or manage; a lien is neither."
        )
        return
    names = {"id": provider, "name": write_name(cells["name"]), "shared_name": ""}
    collector.add_unplaced(row, {**names, "states": "", "enrollment": cells["enrollment"].upper()})
    collector.add_row("affiliations", row, _make_link(provider, cells, kind))


def _type_of(role: str) -> str:
    folded = role.upper()
    return next((kind for word, kind in TYPES if word in folded), "affiliated")


def _make_link(provider: str, cells: dict[str, str], kind: str) -> dict[str, str]:
    return {
        "organization": provider,
        "parent": write_name(cells["owner"]),
        "type": kind,
        "since": read_day(cells["since"]),
        "role": cells["role"].capitalize(),
        "percentage": cells["percentage"],
    }
