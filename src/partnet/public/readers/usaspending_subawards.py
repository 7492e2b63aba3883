"""USAspending subawards: who passes federal money on to whom.

Source: US Department of the Treasury, USAspending.gov, award data archive or custom download,
"Subawards" of assistance or contracts; reported by prime recipients. License: US Government work,
public domain (data by others under the terms of the site).

Columns used: prime award key and number, awarding agency, assistance listing, prime's identifier,
name, city, State and ZIP; subaward number, amount, date; the same of the subrecipient. Names and
pay of officers are never read.

A row becomes the prime and the subrecipient (organizations with the id ``uei-`` and their
identifier, else made of name and State) and a funding row between them, ``obligated``, with the
prime award as ``parent_award``, so that a dollar passed on counts once. Prime recipients often
report the same subaward again: rows that agree in prime award, number, date, amount and
subrecipient are set aside as repeated. Amounts of 0 are set aside.
"""

from __future__ import annotations

from ...core.wording.text import keep_answers
from ..reading.codes import (
    fiscal_year_of,
    make_id,
    read_amount,
    read_day,
    read_state,
    read_uei,
    read_zip,
)
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="USAspending subawards",
    publisher="US Department of the Treasury",
    license="US Government work, public domain",
    columns={
        "prime_key": ("prime_award_unique_key",),
        "prime_number": ("prime_award_fain", "prime_award_piid"),
        "agency": ("prime_award_awarding_agency_name", "prime_award_awarding_sub_agency_name"),
        "program": (
            "prime_award_assistance_listing_numbers_and_titles",
            "prime_award_cfda_numbers_and_titles",
            "prime_award_cfda_number_and_title",
            "prime_award_base_transaction_description",
        ),
        "prime_uei": ("prime_awardee_uei",),
        "prime_name": ("prime_awardee_name",),
        "prime_city": ("prime_awardee_city_name",),
        "prime_state": ("prime_awardee_state_code",),
        "prime_zip": ("prime_awardee_zip_code",),
        "number": ("subaward_number",),
        "amount": ("subaward_amount",),
        "date": ("subaward_action_date",),
        "uei": ("subawardee_uei",),
        "name": ("subawardee_name",),
        "city": ("subawardee_city_name",),
        "state": ("subawardee_state_code",),
        "zip": ("subawardee_zip_code",),
        "purpose": ("subaward_description",),
    },
    required=("prime_key", "prime_name", "number", "amount", "name", "state"),
    becomes="the prime and the subrecipient, and a funding row between them under the prime award",
)


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into organizations and funding.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(
        FAMILY, source, scope, _read_row, note=lambda cells: read_day(cells["date"])
    )
    release = f"subawards to {collector.newest}" if collector.noted else "day not stated"
    return collector.finish(FAMILY, source, release)


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    state = read_state(cells["state"])
    if collector.is_elsewhere(row, state):
        return
    amount = read_amount(cells["amount"])
    if not cells["name"] or not cells["prime_name"] or not state:
        found = f'prime "{cells["prime_name"]}", subrecipient "{cells["name"]}", "{cells["state"]}"'
        allowed = "A subaward has a prime recipient, a subrecipient and its State."
        collector.set_aside(row, "", found, allowed)
        return
    if not amount or float(amount) == 0:
        found = f'"{cells["amount"]}"'
        collector.set_aside(row, "subaward_amount", found, "A subaward has an amount other than 0.")
        return
    key = (cells["prime_key"], cells["number"], cells["date"], amount, cells["uei"], cells["name"])
    if collector.is_repeated(*key):
        found = f'"{cells["number"]}", reported above already'
        collector.set_aside(row, "subaward_number", found, "A subaward counts once.")
        return
    prime = collector.add_organization(row, _make_party(row, cells, "prime_", collector))
    sub = collector.add_organization(row, _make_party(row, cells, "", collector))
    collector.use(row, sub)
    collector.add_row("funding", row, _make_funding(prime, sub, cells, amount))


def _make_party(
    row: int, cells: dict[str, str], role: str, collector: RowCollector
) -> dict[str, str]:
    uei, name, state, city = (cells[role + part] for part in ("uei", "name", "state", "city"))
    id_, name, state, uei, city = _name_party(uei, name, state, city)
    return {
        "id": id_,
        "name": name,
        "kind": "other",
        "state": state,
        "zip": read_zip(cells[f"{role}zip"], state, row, collector),
        "uei": uei,
        "city": city,
    }


@keep_answers
def _name_party(uei: str, name: str, state: str, city: str) -> tuple[str, str, str, str, str]:
    """Id, name, State, identifier and city of an organization, which files repeat row by row."""
    uei, state = read_uei(uei), read_state(state)
    id_ = make_id("uei", uei) if uei else make_id("recipient", name, state)
    return id_, write_name(name), state, uei, write_name(city)


def _make_funding(prime: str, sub: str, cells: dict[str, str], amount: str) -> dict[str, str]:
    day = read_day(cells["date"])
    return {
        "funder": prime,
        "recipient": sub,
        "program": cells["program"] or cells["purpose"].capitalize() or "program not stated",
        "award": cells["number"],
        "parent_award": cells["prime_number"] or cells["prime_key"],
        "period_start": day,
        "fiscal_year": fiscal_year_of(day),
        "amount": amount,
        "amount_kind": "obligated",
        "awarding_agency": cells["agency"],
    }
