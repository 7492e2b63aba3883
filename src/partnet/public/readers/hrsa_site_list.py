"""An older list of health center sites with coordinates, made from HRSA data.

Source: list of federally qualified health centers in the Opioid Environment Policy Scan and the
US COVID Atlas (Center for Spatial Data Science, University of Chicago), taken from the HRSA data
warehouse about 2020; the file carries no date. License: the HRSA data are a US Government work;
see the publisher for the terms of the list.

Columns used: name, State, city, address, longitude, latitude. The telephone number and whether
the site tested for COVID-19 are not read.

A row becomes an organization of kind health center with an id made of its name, city and State,
and a service, ``health center services``. The list has no ZIP code, no county and no identifier:
rows of it are matched by name and town only, mostly after review. Rows with the same name,
address and town are one site.
"""

from __future__ import annotations

from ..reading.codes import make_id, read_point, read_state
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source
from .hrsa_sites import SERVICE

FAMILY = Family(
    name="Health center sites, older list",
    publisher="University of Chicago, from HRSA data",
    license="made from a US Government work; see the publisher for the terms of the list",
    columns={
        "name": ("name",),
        "state": ("st_abbr",),
        "city": ("city",),
        "address": ("address",),
        "longitude": ("lon", "longitude"),
        "latitude": ("lat", "latitude"),
        "testing": ("testing_status",),
    },
    required=("name", "state", "city", "address", "longitude", "latitude", "testing"),
    becomes="a health center site and the service 'health center services'",
    caution=(
        "The older list of health center sites is of about 2020: some have moved or closed since."
    ),
)
RELEASE = "about 2020, no date in the file"


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the list into organizations and services.

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
    if not cells["name"] or not state:
        found = f'name "{cells["name"]}", State "{cells["state"]}"'
        collector.set_aside(row, "", found, "A site has a name and a State.")
        return
    id_ = _find_id(cells, state, collector)
    if not id_:
        found = f'"{cells["name"]}" at "{cells["address"]}", which stands above already'
        collector.set_aside(row, "name", found, "A site has one row.")
        return
    latitude, longitude = read_point(cells["latitude"], cells["longitude"])
    site = {
        "id": id_,
        "name": write_name(cells["name"]),
        "kind": "health_center",
        "state": state,
        "latitude": latitude,
        "longitude": longitude,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
    }
    collector.use(row, collector.add_organization(row, site))
    collector.add_row("services", row, {"organization": id_, "service": SERVICE})


def _find_id(cells: dict[str, str], state: str, collector: RowCollector) -> str:
    """An id of name, town and State, and the address where that is taken; "" for a repeated row."""
    first = make_id("site", cells["name"], cells["city"], state)
    if first not in collector.organizations:
        return first
    longer = make_id(first, cells["address"])
    known = collector.organizations[first].get("address", "") == write_name(cells["address"])
    return "" if known or longer in collector.organizations else longer
