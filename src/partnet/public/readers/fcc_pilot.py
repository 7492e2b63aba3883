"""FCC Rural Health Care Pilot Program: sites in federally funded broadband consortia, 2012.

Source: Federal Communications Commission, Wireline Competition Bureau, list of health care
provider sites of the Rural Health Care Pilot Program as of November 2012 (34 States and
territories). License: US Government work, public domain.

Columns used: site number, name, type, city, State, county, ZIP, consortium, rural or not, whether
money was paid out by then, longitude, latitude. Speeds and services bought are not used.

The list is history: what became of a site or a consortium since is not in it. Each row becomes

* an organization with the id ``fcc-`` and its site number, kind by site type (a clinic of a city,
  which the type calls the urban equivalent of a Rural Health Clinic, is an other organization);
* a membership in its consortium. It has no end, because none is known, and no start; instead the
  name of the group ends in "(2012, historical)", so that every text that names it says so, and
  ``observed_on`` tells when it was so. The kind of group is the pilot's own: the file does not
  say whether a consortium is a rural health network in the sense of 42 CFR 485;
* a funding row of the pilot, with no amount (the file has none for a site) and with
  the end of what the file knows as its end, so that it does not count as money of today.

A name of the form "Owner: Site" is that of the site where it tells the site from others; the owner
is then kept in a column of its own, and tied to the site where it is in the file itself.

Data centers are equipment, not organizations, and are set aside.
"""

from __future__ import annotations

import re

from ...linkage.similarity import is_general, normalize_name
from ..reading.codes import read_county, read_point, read_state, read_zip, weigh_place
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
_MAIN = re.compile(r"\s*\(main(?: s(?:i(?:te?)?)?)?\)?$", re.IGNORECASE)  # also cut off
# What many sites are: no name of one of them.
_WHAT = frozenset({"behavioral", "dental", "main", "pediatric", "primary", "site", "urgent"})
_PLACES = frozenset({"care", "center", "clinic", "health", "hospital", "medicine", "school"})


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the list into organizations, memberships and funding.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row)
    _link_owners(collector)
    return collector.finish(FAMILY, source, RELEASE)


def _link_owners(collector: RowCollector) -> None:
    """Tie sites to their owner, where one site of the State alone bears the owner's name."""
    sites = collector.organizations.values()
    bearers: dict[tuple[str, str], list[str]] = {}
    for site in sites:
        key = (site["state"], normalize_name(site["name"]))
        bearers.setdefault(key, []).append(site["id"])
    row_of = {id_: row for row, id_ in collector.owners.items()}
    for site in sites:
        owner = site.get("fcc_owner", "")
        known = bearers.get((site["state"], normalize_name(owner)), []) if owner else []
        if len(known) == 1:
            link = {"organization": site["id"], "parent": known[0], "type": "site of"}
            collector.add_row("affiliations", row_of[site["id"]], link)


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
    site = weigh_place(_make_site(row, cells, state, collector), row, collector)
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
    name, owner = split_owner(_clean_name(cells["name"]))
    return {
        "id": f"fcc-{cells['number'].lower()}",
        "name": name,
        "kind": _kind_of(cells["type"], cells["name"], rural=cells["rural"]),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, collector),
        "zip": read_zip(cells["zip"], state, row, collector),
        "latitude": latitude,
        "longitude": longitude,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "fcc_site": cells["number"],
        "fcc_site_type": cells["type"],
        "fcc_owner": owner,
        "rural_2012": {"rural": "yes", "non-rural": "no"}.get(cells["rural"].lower(), ""),
    }


def _kind_of(site_type: str, name: str, *, rural: str = "") -> str:
    """The kind of a site type; ineligible, part-time and blank ones are other organizations.

    So is the urban equivalent of a Rural Health Clinic: any clinic of a city.

    A consortium may be an association or a health system, which its name says.
    """
    kind = next((kind for start, kind in KINDS if site_type.startswith(start)), "other")
    if kind == "rural_health_clinic" and rural.lower() == "non-rural":
        return "other"
    if kind != NETWORK:
        return kind
    named = find_by_name(name)
    if named is None and "HEALTH SYSTEM" in name.upper():
        return "health_system"
    return named.kind if named is not None else kind


def _clean_name(name: str) -> str:
    """Leave out a number that one consortium put after its sites, as in "(H003)"."""
    return re.sub(r" *\([A-Z]\d{3}\)$", "", write_name(name))


def split_owner(name: str) -> tuple[str, str]:
    """Give a site its own name, and its owner, where one consortium wrote "Owner: Site".

    An owner that is its own only site is named once, also where the second name is cut off at the
    end of the cell. A site that only its owner tells from others ("Primary Care Clinic", a town)
    keeps both.

    Examples
    --------
    >>> split_owner("Roane General Hospital: Roane General Hospital (Main s")
    ('Roane General Hospital', '')
    >>> split_owner("Belington Services, Inc.: Brandon Wellness Center")
    ('Brandon Wellness Center', 'Belington Services, Inc.')
    >>> split_owner("Hui Malama: Primary Care Clinic")
    ('Hui Malama: Primary Care Clinic', '')
    """
    owner, mark, site = name.partition(": ")
    whole, part = (normalize_name(_MAIN.sub("", text)) for text in (owner, site))
    if not mark or not part or site.casefold().startswith("a "):  # "A Partner in Health"
        return name, ""
    if whole.startswith(part) or (part.startswith(f"{whole} ") and "(" in site):
        return owner.strip(), ""
    words = part.split()
    telling = [word for word in words if not is_general(word) and word not in _WHAT]
    if telling and (any(word in _PLACES for word in words) or words[0] == whole.split()[0]):
        return site.strip(), owner.strip()
    return name, ""


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
