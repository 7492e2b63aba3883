"""FCC Rural Health Care Pilot Program: sites in federally funded broadband consortia, 2012.

Source: Federal Communications Commission, Wireline Competition Bureau, list of health care
provider sites of the Rural Health Care Pilot Program as of November 2012 (34 States and
territories). Licence: US Government work, public domain.

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
from collections.abc import Sequence
from pathlib import Path

from ..csvfile import read_csv_cells
from .codes import read_county, read_state, read_zip
from .family import Family, Journal, PublicFile, finish_file, make_table
from .names import write_name

FAMILY = Family(
    name="FCC Rural Health Care Pilot Program, sites",
    publisher="Federal Communications Commission",
    licence="US Government work, public domain",
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
    caution=(
        "Sites and consortia of the FCC Rural Health Care Pilot Program are data of November 2012: "
        "historical, and what became of them since is not known."
    ),
)

RELEASE = "November 2012 (historical)"
OBSERVED_ON = "2012-11"
LAST_DAY = "2012-11-30"
HISTORICAL = "(2012, historical)"
PROGRAM = f"FCC Rural Health Care Pilot Program {HISTORICAL}"
FUNDER = "Federal Communications Commission"
GROUP_KIND = "FCC pilot consortium"

KINDS = (  # the site type starts with
    ("Not-For-Profit Hospital", "hospital"),
    ("Rural Health Clinic", "rural_health_clinic"),
    ("Community / Migrant Health Center", "health_center"),
    ("Community Mental Health Center", "behavioral_health"),
    ("Local Health Department", "local_health_department"),
    ("Consortium", "rural_health_network"),
)
DATA_CENTER = "Data Center"

ORGANIZATION_COLUMNS = (
    "id",
    "name",
    "kind",
    "state",
    "county_fips",
    "zip",
    "latitude",
    "longitude",
    "city",
    "address",
    "fcc_site",
    "fcc_site_type",
    "rural_2012",
    "origin",
)
MEMBERSHIP_COLUMNS = ("organization", "group", "group_kind", "observed_on", "origin")
FUNDING_COLUMNS = (
    "funder",
    "recipient",
    "program",
    "period_end",
    "fiscal_year",
    "consortium",
    "paid_out",
    "origin",
)


def recognize(header: Sequence[str]) -> bool:
    """Tell from its header whether a file is of this family."""
    return FAMILY.fits(header)


def read(path: str | Path) -> PublicFile:
    """Read the list into organizations, memberships and funding.

    Raises
    ------
    InputError
        The file cannot be opened, or a needed column is missing.
    """
    raw = read_csv_cells(path)
    journal = Journal(raw.file)
    sites: dict[str, dict[str, str]] = {}
    for row, cells in FAMILY.read_records(raw):
        site = _read_site(row, cells, journal)
        if site is None:
            continue
        if site["id"] in sites:
            found = f'"{site["fcc_site"]}", which stands above already'
            journal.set_aside(row, "hcpnum", found, "A site has one row.")
            continue
        sites[site["id"]] = site
    rows = list(sites.values())
    tables = {
        "organizations": make_table(rows, ORGANIZATION_COLUMNS),
        "memberships": make_table([_make_membership(s) for s in rows], MEMBERSHIP_COLUMNS),
        "funding": make_table([_make_funding(s) for s in rows], FUNDING_COLUMNS),
    }
    return finish_file(FAMILY, raw, RELEASE, tables, journal)


def _read_site(row: int, cells: dict[str, str], journal: Journal) -> dict[str, str] | None:
    """One site, or nothing where the row is none."""
    state = read_state(cells["state"])
    journal.row_states[row] = state
    if not cells["number"] or not cells["name"] or not state or not cells["consortium"]:
        found = ", ".join(f'{key} "{cells[key]}"' for key in ("number", "name", "state"))
        allowed = "A site has a number, a name, a State and a consortium."
        journal.set_aside(row, "", found, allowed)
        return None
    if cells["type"] == DATA_CENTER:
        found = f'"{cells["name"]}", a data center'
        journal.set_aside(row, "hcptype2", found, "Sites are organizations, not equipment.")
        return None
    latitude, longitude = _read_point(cells)
    return {
        "id": f"fcc-{cells['number'].lower()}",
        "name": _clean_name(cells["name"]),
        "kind": _kind_of(cells["type"]),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, journal),
        "zip": read_zip(cells["zip"], state, row, journal),
        "latitude": latitude,
        "longitude": longitude,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "fcc_site": cells["number"],
        "fcc_site_type": cells["type"],
        "rural_2012": {"rural": "yes", "non-rural": "no"}.get(cells["rural"].lower(), ""),
        "origin": f"{journal.file}, row {row}",
        "consortium": cells["consortium"],
        "paid_out": {"yes": "yes", "no": "no"}.get(cells["paid"].lower(), ""),
    }


def _kind_of(site_type: str) -> str:
    """The kind of a site type; ineligible, part-time and blank ones are other organizations."""
    return next((kind for start, kind in KINDS if site_type.startswith(start)), "other")


def _clean_name(name: str) -> str:
    """Leave out a number that one consortium put after its sites, as in "(H003)"."""
    return re.sub(r" *\([A-Z]\d{3}\)$", "", write_name(name))


def _read_point(cells: dict[str, str]) -> tuple[str, str]:
    """Latitude and longitude to about 10 metres; blank unless both are numbers on the globe."""
    try:
        latitude, longitude = float(cells["latitude"]), float(cells["longitude"])
    except ValueError:
        return "", ""
    on_globe = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return (f"{latitude:.4f}", f"{longitude:.4f}") if on_globe else ("", "")


def _make_membership(site: dict[str, str]) -> dict[str, str]:
    return {
        "organization": site["id"],
        "group": f"{site['consortium']} {HISTORICAL}",
        "group_kind": GROUP_KIND,
        "observed_on": OBSERVED_ON,
        "origin": site["origin"],
    }


def _make_funding(site: dict[str, str]) -> dict[str, str]:
    return {
        "funder": FUNDER,
        "recipient": site["id"],
        "program": PROGRAM,
        "period_end": LAST_DAY,
        "fiscal_year": LAST_DAY[:4],
        "consortium": site["consortium"],
        "paid_out": site["paid_out"],
        "origin": site["origin"],
    }
