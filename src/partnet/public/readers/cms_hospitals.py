"""CMS Hospital General Information: every hospital that takes part in Medicare.

Source: Centers for Medicare & Medicaid Services, Provider Data Catalog, "Hospital General
Information" (data.cms.gov/provider-data, dataset xubh-q36u), released quarterly; the file does not
say of which quarter it is. License: US Government work, public domain.

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

from ..reading.codes import read_ccn, read_county, read_state, read_zip, weigh_place
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="CMS Hospital General Information",
    publisher="Centers for Medicare & Medicaid Services",
    license="US Government work, public domain",
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
    becomes="a hospital (Critical Access, Rural Emergency, psychiatric or other), and the services "
    "that the file tells of: emergency care, labor and delivery, inpatient psychiatric care",
)

KINDS = {
    "critical access hospitals": "critical_access_hospital",
    "rural emergency hospital": "rural_emergency_hospital",
    "psychiatric": "behavioral_health",
}  # every other type is a hospital


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into organizations and the services that it tells of.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row)
    return collector.finish(FAMILY, source, _release_of(source))


def _release_of(source: Source) -> str:
    """The file carries no date; its headers tell about when it was made."""
    newer = "City/Town" in source.header or "birthing" in " ".join(source.header).lower()
    if newer:
        return "headers in use since about 2023"
    return "headers of 2018" if "Provider ID" in source.header else "headers of before 2023"


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    ccn = read_ccn(cells["ccn"], row, collector)
    if not ccn or not cells["name"] or not state:
        found = f'CCN "{cells["ccn"]}", name "{cells["name"]}", State "{cells["state"]}"'
        allowed = "A hospital has a CCN of 6 places, a name and a State."
        collector.set_aside(row, "", found, allowed)
        return
    hospital = weigh_place(_make_hospital(row, cells, ccn, state, collector), row, collector)
    if hospital["id"] in collector.organizations:
        found = f'"{ccn}", which stands above already'
        collector.set_aside(row, "CCN", found, "A hospital has one row.")
        return
    collector.use(row, collector.add_organization(row, hospital))
    for service in _list_services(hospital):
        collector.add_row("services", row, service)


def _make_hospital(
    row: int, cells: dict[str, str], ccn: str, state: str, collector: RowCollector
) -> dict[str, str]:
    return {
        "id": f"ccn-{ccn.lower()}",
        "name": write_name(cells["name"]),
        "kind": KINDS.get(cells["type"].lower(), "hospital"),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, collector),
        "zip": read_zip(cells["zip"], state, row, collector),
        "ccn": ccn,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "hospital_type": cells["type"],
        "ownership": cells["ownership"],
        "emergency_services": _yes_or_no(cells["emergency"]),
        "birthing_friendly": "yes" if _yes_or_no(cells["birthing"]) == "yes" else "",
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
        }
        for service, offered in told.items()
        if offered
    ]
