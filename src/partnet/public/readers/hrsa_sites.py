"""HRSA Health Center Service Delivery and Look-Alike Sites: health centers and their sites.

Source: Health Resources and Services Administration, data.hrsa.gov, "Health Center Service
Delivery and Look-Alike Sites", refreshed daily; the column Data Warehouse Record Create Date tells
the day. License: US Government work, public domain.

Columns used: type of health center, health center number (a grant number), BPHC assigned number,
names, addresses, cities, States and ZIP codes of site and health center, NPI, status, type of
site, longitude (X) and latitude (Y), county code. Names of members of Congress are not read.

Each row becomes

* the health center that runs the site: an organization with the id ``hrsa-`` and its number, the
  number also as ``hrsa_grant``; kind health center, or look-alike;
* the site: an organization of the same kind with the id ``bphc-`` and its number, and an
  affiliation *site of* the health center. A row that only repeats the health center's own name at
  its own ZIP code, or that is an administrative office, is the health center itself and adds no
  organization;
* a service, ``health center services``, for a service delivery site. What the site offers in
  particular the file does not say.

Sites that are not active are set aside. A health center whose office is in another State stands
in the network of that State; here its name remains as the parent of its sites.
"""

from __future__ import annotations

from ...linkage.similarity import normalize_name
from ..reading.codes import (
    make_id,
    read_day,
    read_fips,
    read_npi,
    read_point,
    read_state,
    read_zip,
)
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="HRSA Health Center Service Delivery and Look-Alike Sites",
    publisher="Health Resources and Services Administration",
    license="US Government work, public domain",
    columns={
        "type": ("Health Center Type",),
        "number": ("Health Center Number",),
        "site": ("BPHC Assigned Number",),
        "site_name": ("Site Name",),
        "site_address": ("Site Address",),
        "site_city": ("Site City",),
        "site_state": ("Site State Abbreviation",),
        "site_zip": ("Site Postal Code",),
        "npi": ("FQHC Site NPI Number",),
        "status": ("Site Status Description",),
        "use": ("Health Center Type Description",),
        "location": ("Health Center Location Type Description",),
        "center_name": ("Health Center Name",),
        "center_address": (
            "Health Center Organization Street Address",
            "Health Center Organization Address",
        ),
        "center_city": ("Health Center Organization City",),
        "center_state": ("Health Center Organization State",),
        "center_zip": ("Health Center Organization ZIP Code",),
        "longitude": (
            "Geocoding Artifact Address Primary X Coordinate",
            "Geocoding Artifact Address X",
        ),
        "latitude": (
            "Geocoding Artifact Address Primary Y Coordinate",
            "Geocoding Artifact Address Y",
        ),
        "fips": ("State and County Federal Information Processing Standard Code",),
        "made_on": ("Data Warehouse Record Create Date",),
    },
    required=("type", "number", "site", "site_name", "site_state", "center_name"),
    becomes="a health center or look-alike, its site, their affiliation, and the service "
    "'health center services'",
)

SERVICE = "health center services"
ADMINISTRATIVE = "administrative"  # the whole description; "Administrative/Service Delivery" is not


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into organizations, affiliations and services.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(
        FAMILY, source, scope, _read_row, note=lambda cells: read_day(cells["made_on"])
    )
    release = f"made on {collector.newest}" if collector.noted else "day not stated"
    return collector.finish(FAMILY, source, release)


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["site_state"])
    if collector.is_elsewhere(row, state):
        return
    if not all((cells["number"], cells["site"], cells["site_name"], cells["center_name"], state)):
        found = (
            f'number "{cells["number"]}", site "{cells["site_name"]}" in "{cells["site_state"]}"'
        )
        allowed = "A site has a health center number, a number of its own, a name and a State."
        collector.set_aside(row, "", found, allowed)
    elif cells["status"] and cells["status"].casefold() != "active":
        found = f'"{cells["status"]}" for "{cells["site_name"]}"'
        collector.set_aside(row, "Site Status Description", found, "Sites in use are active.")
    elif make_id("bphc", cells["site"]) in collector.organizations:
        found = f'"{cells["site"]}", which stands above already'
        collector.set_aside(row, "BPHC Assigned Number", found, "A site has one row.")
    else:
        _keep_site(row, cells, state, collector)


def _keep_site(row: int, cells: dict[str, str], state: str, collector: RowCollector) -> None:
    """Keep the health center and its site; where the two are one place, only the center."""
    center = collector.add_organization(row, _make_center(row, cells, collector))
    place = _make_place(row, cells, state, collector)
    only_office = cells["use"].casefold() == ADMINISTRATIVE
    if only_office or _is_center_itself(cells):
        if collector.organizations[center].get("state") == state:
            collector.fill_organization(row, center, place)
        owner = center
    else:
        owner = collector.add_organization(row, _make_site(cells, place))
        link = {"organization": owner, "parent": center, "type": "site of"}
        collector.add_row("affiliations", row, link)
    collector.use(row, owner)
    if not only_office:
        service = {"organization": owner, "service": SERVICE, "county_fips": place["county_fips"]}
        collector.add_row("services", row, service)


def _is_center_itself(cells: dict[str, str]) -> bool:
    site, center = (normalize_name(cells[key]) for key in ("site_name", "center_name"))
    same_name = site.replace(" ", "") == center.replace(" ", "")  # E. A. and E.A.
    return same_name and cells["site_zip"][:5] == cells["center_zip"][:5]


def _kind_of(cells: dict[str, str]) -> str:
    look_alike = "look" in cells["type"].casefold()
    return "health_center_look_alike" if look_alike else "health_center"


def _make_center(row: int, cells: dict[str, str], collector: RowCollector) -> dict[str, str]:
    state = read_state(cells["center_state"])
    return {
        "id": make_id("hrsa", cells["number"]),
        "name": write_name(cells["center_name"]),
        "kind": _kind_of(cells),
        "state": state,
        "zip": read_zip(cells["center_zip"], state, row, collector),
        "hrsa_grant": cells["number"].upper(),
        "city": write_name(cells["center_city"]),
        "address": write_name(cells["center_address"]),
    }


def _make_place(
    row: int, cells: dict[str, str], state: str, collector: RowCollector
) -> dict[str, str]:
    latitude, longitude = read_point(cells["latitude"], cells["longitude"])
    return {
        "county_fips": read_fips(cells["fips"], row, collector),
        "latitude": latitude,
        "longitude": longitude,
        "npi": read_npi(cells["npi"], row, collector),
        "zip": read_zip(cells["site_zip"], state, row, collector),
    }


def _make_site(cells: dict[str, str], place: dict[str, str]) -> dict[str, str]:
    return {
        "id": make_id("bphc", cells["site"]),
        "name": write_name(cells["site_name"]),
        "kind": _kind_of(cells),
        "state": read_state(cells["site_state"]),
        **place,
        "city": write_name(cells["site_city"]),
        "address": write_name(cells["site_address"]),
        "site_type": cells["use"],
        "site_location": cells["location"],
    }
