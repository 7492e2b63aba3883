"""IRS Form 990 Schedule D: organizations that hold donor-advised funds and make grants.

Source: Internal Revenue Service, Form 990 series e-file data (XML), Schedule D, as one row a filer
with the XML field names as headers. License: US Government work, public domain.

Columns used: EIN, name, tax year, address, city, State, ZIP. Values of the funds are not read.

A row becomes an organization of kind funder with the id ``ein-`` and its number. It gives the
sponsors of Schedule I grants their names.
"""

from __future__ import annotations

import re

from ..reading.codes import make_id, read_ein, read_state, read_zip
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="IRS Form 990, sponsors of grants",
    publisher="Internal Revenue Service",
    license="US Government work, public domain",
    columns={
        "ein": ("EIN", "FilerEIN"),
        "name": ("NAME", "BusinessNameLine1Txt"),
        "year": ("TAXYEAR", "TaxYr"),
        "address": ("AddressLine1Txt", "AddressLine1"),
        "city": ("CityNm", "City"),
        "state": ("StateAbbreviationCd", "State"),
        "zip": ("ZIPCd", "ZIPCode"),
        "funds": ("DonorAdvisedFundsHeldCnt", "DonorAdvisedFundsGrantsAmt"),
    },
    required=("ein", "name", "year", "state", "funds"),
    becomes="a funder, which gives sponsors of Schedule I grants their names",
)
_CARE_OF = re.compile(r"\s*\bC/O\b.*", re.IGNORECASE)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into funders; those of other States lend their names only.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    return gather_rows(FAMILY, source, scope, _read_row).finish(FAMILY, source, "see tax year")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    ein = read_ein(cells["ein"], row, collector)
    name = write_name(_CARE_OF.sub("", cells["name"]))
    if ein and name:
        collector.names.setdefault(make_id("ein", ein), name)
    if collector.is_elsewhere(row, state):
        return
    if not ein or not name or not state:
        found = f'EIN "{cells["ein"]}", State "{cells["state"]}"'
        collector.set_aside(row, "", found, "A sponsor has an EIN of 9 digits, a name and a State.")
    elif make_id("ein", ein) in collector.organizations:
        found = f'"{ein}", which stands above already'
        collector.set_aside(row, "EIN", found, "A sponsor has one row.")
    else:
        funder = {
            "id": make_id("ein", ein),
            "name": name,
            "kind": "funder",
            "state": state,
            "zip": read_zip(cells["zip"], state, row, collector),
            "ein": ein,
            "city": write_name(cells["city"]),
            "address": write_name(cells["address"]),
        }
        collector.use(row, collector.add_organization(row, funder))
