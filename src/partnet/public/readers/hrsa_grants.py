"""HRSA awarded grants: who received which grant, for what, how much, from when to when.

Source: Health Resources and Services Administration, data.hrsa.gov, "Awarded Grants", refreshed
daily. License: US Government work, public domain. Every row ends in an extra comma.

Columns used: award year, dollars, grantee's name, address, city, State, ZIP code and type, grant
activity code, grant number, program, project period, county, Unique Entity Identifier. The
abstract and the column CCN are not read: the file does not say whose number CCN is.

A row becomes

* the grantee: an organization with the id ``uei-`` and its identifier, else one made of its name
  and State; kind by grant activity (H80: health center) and grantee type;
* a funding row of that award year, ``obligated``, from HRSA, under the grant number.

Rows without a grantee's name, a program or a State are set aside, and so are repeated rows.
"""

from __future__ import annotations

from ..reading.codes import (
    make_id,
    read_amount,
    read_county,
    read_day,
    read_fips,
    read_state,
    read_uei,
    read_zip,
)
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="HRSA Awarded Grants",
    publisher="Health Resources and Services Administration",
    license="US Government work, public domain",
    columns={
        "year": ("Award Year",),
        "dollars": ("Financial Assistance", "Total Financial Assistance"),
        "name": ("Grantee Name",),
        "address": ("Grantee Address",),
        "city": ("Grantee City",),
        "state": ("Grantee State Abbreviation", "Grantee State"),
        "zip": ("Grantee ZIP Code",),
        "type": ("Grantee Type Description",),
        "activity": ("Grant Activity Code",),
        "grant": ("Grant Number",),
        "program": ("Grant Program Name", "HRSA Program Area Name"),
        "start": ("Project Period Start Date", "Project Period Start Date Text String"),
        "end": ("Grant Project Period End Date", "Grant Project Period End Date Text"),
        "county": ("Complete County Name",),
        "fips": ("State and County Federal Information Processing Standard Code",),
        "uei": ("Unique Entity Identifier",),
    },
    required=("year", "dollars", "name", "state", "grant", "program"),
    becomes="the grantee, and a funding row from HRSA: program, grant number, dollars of the year",
)

FUNDER = "Health Resources and Services Administration"
HEALTH_CENTER_PROGRAM = "H80"  # the activity code of operating grants to health centers
KINDS = (  # words in the type of grantee
    ("tribal", "tribal"),
    ("indian", "tribal"),
    ("university", "higher_education"),
    ("college", "higher_education"),
    ("education", "higher_education"),
    ("county", "local_government"),
    ("city", "local_government"),
    ("municipal", "local_government"),
    ("hospital", "hospital"),
)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into grantees and funding.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row, note=lambda cells: cells["year"])
    release = f"award years to {collector.newest}" if collector.noted else "award years not stated"
    return collector.finish(FAMILY, source, release)


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    amount = read_amount(cells["dollars"])
    if not cells["name"] or not cells["program"] or not state or not amount:
        found = ", ".join(
            f'{key} "{cells[key]}"' for key in ("name", "program", "state", "dollars")
        )
        allowed = "A grant has a grantee, a program, a State and an amount of dollars."
        collector.set_aside(row, "", found, allowed)
        return
    key = (cells["grant"], cells["year"], cells["program"], amount, cells["name"])
    if collector.is_repeated(*key):
        found = f'"{cells["grant"]}" for {cells["year"]}, which stands above already'
        collector.set_aside(row, "Grant Number", found, "A grant has one row a year and program.")
        return
    grantee = collector.add_organization(row, _make_grantee(row, cells, state, collector))
    collector.use(row, grantee)
    collector.add_row("funding", row, _make_funding(grantee, cells, amount))


def _make_grantee(
    row: int, cells: dict[str, str], state: str, collector: RowCollector
) -> dict[str, str]:
    uei = read_uei(cells["uei"])
    county = read_fips(cells["fips"], row, collector) or read_county(
        cells["county"], state, row, collector
    )
    is_center = cells["activity"].upper() == HEALTH_CENTER_PROGRAM
    return {
        "id": make_id("uei", uei) if uei else make_id("grantee", cells["name"], state),
        "name": write_name(cells["name"]),
        "kind": "health_center" if is_center else _kind_of(cells["type"]),
        "state": state,
        "county_fips": county,
        "zip": read_zip(cells["zip"], state, row, collector),
        "uei": uei,
        "hrsa_grant": cells["grant"].upper() if is_center else "",
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
        "grantee_type": cells["type"],
    }


def _kind_of(grantee_type: str) -> str:
    """The kind that a type of grantee tells of; most tell of none."""
    folded = grantee_type.casefold()
    return next((kind for word, kind in KINDS if word in folded), "other")


def _make_funding(grantee: str, cells: dict[str, str], amount: str) -> dict[str, str]:
    return {
        "funder": FUNDER,
        "recipient": grantee,
        "program": cells["program"],
        "award": cells["grant"].upper(),
        "period_start": read_day(cells["start"]),
        "period_end": read_day(cells["end"]),
        "fiscal_year": cells["year"] if cells["year"].isdigit() else "",
        "amount": amount,
        "amount_kind": "obligated",
    }
