"""Rural hospitals that closed, or stopped inpatient care, since 2005.

Source: Cecil G. Sheps Center for Health Services Research, University of North Carolina, "Rural
Hospital Closures" (shepscenter.unc.edu), a list that is renewed as hospitals close. License: see
the publisher for the terms of the list.

Columns used: number, name, address, city, State, ZIP, county, Medicare payment, month and year of
the closure, whether it was complete or the building serves other health care since. Rows of
remarks and totals are set aside.

A row becomes a hospital that has closed: ``closed`` and ``closed_on`` (the last day of the month),
and ``closure``: complete, or converted. It is found in other files as any organization is, and is
counted nowhere after that day. Whatever a converted hospital offers now is not known; one that a
file knows as a Rural Emergency Hospital is still there.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping

from ...io.values.dates import MONTHS
from ..reading.codes import make_id, read_county, read_state, read_zip, weigh_place
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="Rural Hospital Closures",
    publisher="Sheps Center, University of North Carolina",
    license="see the publisher for the terms of the list",
    columns={
        "name": ("Hospital",),
        "address": ("Address",),
        "city": ("City",),
        "state": ("State",),
        "zip": ("Zip", "ZIP Code"),
        "county": ("County/district", "County"),
        "payment": ("Medicare Payment",),
        "month": ("Closure Month",),
        "year": ("Closure Year",),
        "converted": (
            "Complete Closure (0); Converted Closure (1)",
            "Complete Closure (0) Converted Closure (1)",
        ),
    },
    required=("name", "state", "payment", "month", "year"),
    becomes="a hospital that has closed: it is counted nowhere after that day",
    caution=(
        "The list of closures holds rural hospitals only, and closures since 2005: others may have "
        "closed, too."
    ),
)
KINDS = {"cah": "critical_access_hospital", "reh": "rural_emergency_hospital"}


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the list into hospitals that have closed.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row, note=_tell_month)
    newest = collector.newest
    return collector.finish(FAMILY, source, f"closures to {newest}" if newest else "no dates")


def _tell_month(cells: Mapping[str, str]) -> str:
    return _find_day(cells)[:7] if read_state(cells["state"]) else ""


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state, day = read_state(cells["state"]), _find_day(cells)
    if state and collector.is_elsewhere(row, state):
        return
    if not cells["name"] or not state or not day:
        found = f'name "{cells["name"]}", State "{cells["state"]}", year "{cells["year"]}"'
        collector.set_aside(row, "", found, "A closure has a hospital, a State and a year.")
        return
    hospital = {
        "id": make_id("closed", cells["name"], cells["city"], state),
        "name": write_name(cells["name"]),
        "kind": KINDS.get(cells["payment"].lower(), "hospital"),
        "state": state,
        "county_fips": read_county(cells["county"], state, row, collector),
        "zip": read_zip(cells["zip"], state, row, collector),
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "closed": "yes",
        "closed_on": day,
        "closure": "converted" if cells["converted"] == "1" else "complete",
    }
    if hospital["id"] in collector.organizations:
        found = f'"{cells["name"]}", which stands above already'
        collector.set_aside(row, "Hospital", found, "A closure has one row.")
        return
    weighed = weigh_place(hospital, row, collector)
    collector.use(row, collector.add_organization(row, weighed))


def _find_day(cells: Mapping[str, str]) -> str:
    """The last day of the month of the closure; of the year where no month is told."""
    month = MONTHS.get(cells["month"].strip(" .").casefold(), 12)
    year = cells["year"].removesuffix(".0")
    if not (year.isdecimal() and 1900 <= int(year) <= 2100):
        return ""
    return f"{year}-{month:02}-{monthrange(int(year), month)[1]:02}"
