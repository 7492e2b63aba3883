"""FCC Rural Health Care Pilot Program: sites in federally funded broadband consortia, 2012.

Source: Federal Communications Commission, Wireline Competition Bureau, list of health care
provider sites of the Rural Health Care Pilot Program as of November 2012 (34 States and
territories). License: US Government work, public domain.

Columns used: site number, name, type, city, State, county, ZIP, consortium, rural or not, whether
money was paid out by then, longitude, latitude. Speeds and services bought are not used.

The list is history: what became of a site or a consortium since is not in it. Each row becomes

* an organization with the id ``fcc-`` and its site number, kind by site type;
* a membership in its consortium. It has no end, because none is known, and no start; instead the
  name of the group ends in "(2012, historical)", so that every text that names it says so, and
  ``observed_on`` tells when it was so. The kind of group is the pilot's own: the file does not
  say whether a consortium is a rural health network in the sense of 42 CFR 485;
* a funding row of the pilot, with no amount (the file has none for a site) and with
  the end of what the file knows as its end, so that it does not count as money of today.

Data centers are equipment, not organizations, and are set aside.
"""

from __future__ import annotations

import re

from ..reading.codes import read_county, read_point, read_state, read_zip
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.recognized import find_by_name
from ..reading.source import Source

FAMILY = Family(
    name="FCC Rural Health Care Pilot Program, sites",
    publisher="Federal Communications Commission",
    license="US Government work, public domain",
    columns={
        "number": ("hcpnum",),
        "name": ("hcpname",),
        "type": ("hcptype2", "hcptype"),
        "address": ("hcpaddr__1",),
        "city": ("hcpaddr_ci",),
        "state": ("hcpaddr_st",),
        "county": ("hcpaddr_co",),
        "zip": ("hcpaddr_zi",),
        "consortium": ("applicatio", "application"),
        "rural": ("rural2", "rural"),
        "paid": ("disbursement",),
        "longitude": ("longitude",),
        "latitude": ("latitude",),
    },
    required=("number", "name", "type", "state", "consortium"),
    becomes="a site (hospital, Rural Health Clinic, health center, local health department, "
    "behavioral health provider or other), its membership in a consortium, and a funding row "
    "without an amount",
    caution=(
        "Sites and consortia of the FCC Rural Health Care Pilot Program are data of November 2012: "
        "historical, and what became of them since is not known."
    ),
)

RELEASE = "November 2012, historical"
OBSERVED_ON = "2012-11"
LAST_DAY = "2012-11-30"
HISTORICAL = "(2012, historical)"
PROGRAM = f"FCC Rural Health Care Pilot Program {HISTORICAL}"
FUNDER = "Federal Communications Commission"
NETWORK = "rural_health_network"
GROUP_KIND = "FCC pilot consortium"

KINDS = (  # the site type starts with
    ("Not-For-Profit Hospital", "hospital"),
    ("Rural Health Clinic", "rural_health_clinic"),
    ("Community / Migrant Health Center", "health_center"),
    ("Community Mental Health Center", "behavioral_health"),
    ("Local Health Department", "local_health_department"),
    ("Consortium", NETWORK),
)
DATA_CENTER = "Data Center"


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the list into organizations, memberships and funding.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    return gather_rows(FAMILY, source, scope, _read_row).finish(FAMILY, source, RELEASE)


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    if not cells["number"] or not cells["name"] or not state or not cells["consortium"]:
        found = ", ".join(f'{key} "{cells[key]}"' for key in ("number", "name", "state"))
        allowed = "A site has a number, a name, a State and a consortium."
        collector.set_aside(row, "", found, allowed)
        return
    if cells["type"] == DATA_CENTER:
        found = f'"{cells["name"]}", a data center'
        collector.set_aside(row, "hcptype2", found, "Sites are organizations, not equipment.")
        return
    site = _make_site(row, cells, state, collector)
    if site["id"] in collector.organizations:
        found = f'"{cells["number"]}", which stands above already'
        collector.set_aside(row, "hcpnum", found, "A site has one row.")
        return
    collector.use(row, collector.add_organization(row, site))
    collector.add_row("memberships", row, _make_membership(site["id"], cells))
    collector.add_row("funding", row, _make_funding(site["id"], cells))


def _make_site(
    row: int, cells: dict[str, str], state: str, collector: RowCollector
) -> dict[str, str]:
    latitude, longitude = read_point(cells["latitude"], cells["longitude"])
    return {
        "id": f"fcc-{cells['number'].lower()}",
        "name": _clean_name(cells["name"]),
        "kind": _kind_of(cells["type"], cells["name"]),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, collector),
        "zip": read_zip(cells["zip"], state, row, collector),
        "latitude": latitude,
        "longitude": longitude,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "fcc_site": cells["number"],
        "fcc_site_type": cells["type"],
        "rural_2012": {"rural": "yes", "non-rural": "no"}.get(cells["rural"].lower(), ""),
    }


def _kind_of(site_type: str, name: str) -> str:
    """The kind of a site type; ineligible, part-time and blank ones are other organizations.

    A consortium may be an association or a health system, which its name says.
    """
    kind = next((kind for start, kind in KINDS if site_type.startswith(start)), "other")
    if kind != NETWORK:
        return kind
    named = find_by_name(name)
    if named is None and "HEALTH SYSTEM" in name.upper():
        return "health_system"
    return named.kind if named is not None else kind


def _clean_name(name: str) -> str:
    """Leave out a number that one consortium put after its sites, as in "(H003)"."""
    return re.sub(r" *\([A-Z]\d{3}\)$", "", write_name(name))


def _make_membership(site: str, cells: dict[str, str]) -> dict[str, str]:
    return {
        "organization": site,
        "group": f"{cells['consortium']} {HISTORICAL}",
        "group_kind": GROUP_KIND,
        "observed_on": OBSERVED_ON,
    }


def _make_funding(site: str, cells: dict[str, str]) -> dict[str, str]:
    return {
        "funder": FUNDER,
        "recipient": site,
        "program": PROGRAM,
        "period_end": LAST_DAY,
        "fiscal_year": LAST_DAY[:4],
        "consortium": cells["consortium"],
        "paid_out": {"yes": "yes", "no": "no"}.get(cells["paid"].lower(), ""),
    }
