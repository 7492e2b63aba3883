"""IRS Form 990 Schedule I: cash grants from one organization to another, EIN to EIN.

Source: Internal Revenue Service, Form 990 series e-file data (XML), Schedule I Part II, as one row
a grant with the XML field names as headers; the tax year is a column. License: US Government work,
public domain.

Columns used: recipient's name, address, city, State, ZIP, EIN, section of the tax code, cash
amount, purpose, sponsor's EIN, tax year.

A row becomes the recipient (an organization with the id ``ein-`` and its number, else one made of
its name and State; of the kind that its name tells, local government where the section says so)
and a funding row from the sponsor. Whom neither its name nor another file tells of is left out when
a network is built, unless it is asked for (see :mod:`partnet.public.strangers`).
The sponsor is known by its EIN only: its name comes from the file of sponsors or the IRS master
file where they are read too. Grants in kind, grants to individuals (no recipient is named) and
rows without a recipient are set aside.
"""

from __future__ import annotations

from ..reading.codes import make_id, read_amount, read_ein, read_state, read_zip
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.recognized import find_by_name
from ..reading.source import Source

FAMILY = Family(
    name="IRS Form 990 Schedule I, grants",
    publisher="Internal Revenue Service",
    license="US Government work, public domain",
    columns={
        "name": ("BusinessNameLine1Txt", "BusinessNameLine1", "RecipientBusinessName"),
        "address": ("AddressLine1Txt", "AddressLine1"),
        "city": ("CityNm", "City"),
        "state": ("StateAbbreviationCd", "State"),
        "zip": ("ZIPCd", "ZIPCode"),
        "ein": ("RecipientEIN", "EINOfRecipient"),
        "section": ("IRSCectionDesc", "IRSSectionDesc", "IRCSectionDesc"),
        "amount": ("CashGrantAmt", "AmountOfCashGrant"),
        "purpose": ("PurposeOfGrantTxt", "PurposeOfGrant"),
        "sponsor": ("Sponsor", "FilerEIN"),
        "year": ("TAXYEAR", "TaxYr"),
    },
    required=("name", "state", "ein", "amount", "sponsor", "year"),
    becomes="the recipient, and a funding row from the sponsor (by EIN): purpose, cash, tax year",
)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into recipients and funding.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(FAMILY, source, scope, _read_row, note=lambda cells: cells["year"])
    years = f"tax years {min(collector.noted)} to {collector.newest}" if collector.noted else ""
    return collector.finish(FAMILY, source, years or "tax year not stated")


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    amount = read_amount(cells["amount"])
    sponsor = read_ein(cells["sponsor"], row, collector)
    if not cells["name"] or not state or not sponsor:
        found = (
            f'recipient "{cells["name"]}", State "{cells["state"]}", sponsor "{cells["sponsor"]}"'
        )
        collector.set_aside(row, "", found, "A grant has a recipient, a State and a sponsor's EIN.")
        return
    if not amount or float(amount) <= 0:
        found = f'"{cells["amount"]}"'
        collector.set_aside(row, "CashGrantAmt", found, "A cash grant is an amount above 0.")
        return
    recipient = collector.add_organization(row, _make_recipient(row, cells, state, collector))
    collector.use(row, recipient)
    grant = {
        "funder": make_id("ein", sponsor),
        "recipient": recipient,
        "program": cells["purpose"].capitalize() or "grant (purpose not stated)",
        "fiscal_year": cells["year"],
        "amount": amount,
        "amount_kind": "spent",
    }
    collector.add_row("funding", row, grant)


def _make_recipient(
    row: int, cells: dict[str, str], state: str, collector: RowCollector
) -> dict[str, str]:
    ein = read_ein(cells["ein"], row, collector)
    government = cells["section"].casefold().startswith(("gov", "municip", "170(c)(1)"))
    named = find_by_name(cells["name"])
    kind = named.kind if named else "local_government" if government else "other"
    return {
        "id": make_id("ein", ein) if ein else make_id("recipient", cells["name"], state),
        "name": write_name(cells["name"].removesuffix(" TOTAL")),
        "kind": kind,
        "state": state,
        "zip": read_zip(cells["zip"], state, row, collector),
        "ein": ein,
        "city": write_name(cells["city"]),
        "address": write_name(cells["address"]),
    }
