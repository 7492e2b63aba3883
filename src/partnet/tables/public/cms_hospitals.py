"""CMS Hospital General Information: every hospital that takes part in Medicare.

Source: Centers for Medicare & Medicaid Services, Provider Data Catalog, "Hospital General
Information" (data.cms.gov/provider-data, dataset xubh-q36u), released quarterly; the file does not
say of which quarter it is. Licence: US Government work, public domain.

Columns used: CCN, name, address, city, State, ZIP, county, hospital type, ownership, emergency
services, birthing-friendly designation. Quality ratings are not used. Both the headers of 2018
(Provider ID, Hospital Name ...) and those of today (Facility ID, Facility Name ...) are known.

A row becomes an organization with the id ``ccn-`` and its CCN. Kind: Critical Access Hospital,
Rural Emergency Hospital, psychiatric hospital (behavioral health provider), else hospital; who
owns it stays in ``ownership``. It becomes a service only where the file says so: ``emergency
care`` where Emergency Services is Yes, ``inpatient psychiatric care`` for psychiatric hospitals,
``labor and delivery`` where CMS calls the hospital birthing-friendly (a designation for hospitals
that deliver babies; without it nothing is known).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..cells import RawTable
from ..csvfile import read_csv_cells
from .codes import read_ccn, read_county, read_state, read_zip
from .family import Family, Journal, PublicFile, finish_file, make_table
from .names import write_name

FAMILY = Family(
    name="CMS Hospital General Information",
    publisher="Centers for Medicare & Medicaid Services",
    licence="US Government work, public domain",
    columns={
        "ccn": ("Facility ID", "Provider ID", "Provider Number", "CCN"),
        "name": ("Facility Name", "Hospital Name"),
        "address": ("Address", "Address 1"),
        "city": ("City/Town", "City"),
        "state": ("State",),
        "zip": ("ZIP Code",),
        "county": ("County/Parish", "County Name", "County"),
        "type": ("Hospital Type",),
        "ownership": ("Hospital Ownership", "Hospital Owner"),
        "emergency": ("Emergency Services", "Emergency Service"),
        "birthing": ("Meets criteria for birthing friendly designation",),
    },
    required=("ccn", "name", "state", "type", "ownership"),
)

KINDS = {
    "critical access hospitals": "critical_access_hospital",
    "rural emergency hospital": "rural_emergency_hospital",
    "psychiatric": "behavioral_health",
}  # every other type is a hospital

ORGANIZATION_COLUMNS = (
    "id",
    "name",
    "kind",
    "state",
    "county_fips",
    "zip",
    "ccn",
    "city",
    "address",
    "hospital_type",
    "ownership",
    "emergency_services",
    "birthing_friendly",
    "origin",
)
SERVICE_COLUMNS = ("organization", "service", "county_fips", "origin")


def recognize(header: Sequence[str]) -> bool:
    """Tell from its header whether a file is of this family."""
    return FAMILY.fits(header)


def read(path: str | Path) -> PublicFile:
    """Read the file into organizations and the services that it tells of.

    Raises
    ------
    InputError
        The file cannot be opened, or a needed column is missing.
    """
    raw = read_csv_cells(path)
    journal = Journal(raw.file)
    hospitals: dict[str, dict[str, str]] = {}
    for row, cells in FAMILY.read_records(raw):
        hospital = _read_hospital(row, cells, journal)
        if hospital is None:
            continue
        if hospital["id"] in hospitals:
            found = f'"{hospital["ccn"]}", which stands above already'
            journal.set_aside(row, "CCN", found, "A hospital has one row.")
            continue
        hospitals[hospital["id"]] = hospital
    rows = list(hospitals.values())
    services = [service for hospital in rows for service in _list_services(hospital)]
    tables = {
        "organizations": make_table(rows, ORGANIZATION_COLUMNS),
        "services": make_table(services, SERVICE_COLUMNS),
    }
    return finish_file(FAMILY, raw, _release_of(raw), tables, journal)


def _release_of(raw: RawTable) -> str:
    """The file carries no date; its headers tell about when it was made."""
    newer = "City/Town" in raw.header or "birthing" in " ".join(raw.header).lower()
    if newer:
        return "headers in use since about 2023"
    return "headers of 2018" if "Provider ID" in raw.header else "headers of before 2023"


def _read_hospital(row: int, cells: dict[str, str], journal: Journal) -> dict[str, str] | None:
    """One hospital, or nothing where the row names none."""
    ccn = read_ccn(cells["ccn"], row, journal)
    state = read_state(cells["state"])
    journal.row_states[row] = state
    if not ccn or not cells["name"] or not state:
        found = f'CCN "{cells["ccn"]}", name "{cells["name"]}", State "{cells["state"]}"'
        allowed = "A hospital has a CCN of 6 places, a name and a State."
        journal.set_aside(row, "", found, allowed)
        return None
    return {
        "id": f"ccn-{ccn.lower()}",
        "name": write_name(cells["name"]),
        "kind": KINDS.get(cells["type"].lower(), "hospital"),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, journal),
        "zip": read_zip(cells["zip"], state, row, journal),
        "ccn": ccn,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "hospital_type": cells["type"],
        "ownership": cells["ownership"],
        "emergency_services": _yes_or_no(cells["emergency"]),
        "birthing_friendly": "yes" if _yes_or_no(cells["birthing"]) == "yes" else "",
        "origin": f"{journal.file}, row {row}",
    }


def _yes_or_no(text: str) -> str:
    return {"y": "yes", "n": "no", "t": "yes", "f": "no"}.get(text[:1].lower(), "")


def _list_services(hospital: dict[str, str]) -> list[dict[str, str]]:
    """The services that the file tells of; that it does not speak of one means not known."""
    told = {
        "emergency care": hospital["emergency_services"] == "yes",
        "inpatient psychiatric care": hospital["kind"] == "behavioral_health",
        "labor and delivery": hospital["birthing_friendly"] == "yes",
    }
    return [
        {
            "organization": hospital["id"],
            "service": service,
            "county_fips": hospital["county_fips"],
            "origin": hospital["origin"],
        }
        for service, offered in told.items()
        if offered
    ]
