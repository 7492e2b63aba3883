"""Further tables of a service directory (Open Referral): identifiers, areas, funding."""

from __future__ import annotations

from ...io.values.areas import A_PLACE, read_places
from ...io.values.codes import Code, read_ccn, read_ein, read_npi
from ..reading.codes import read_uei
from ..reading.family import RowCollector
from .directory import Cells, Directory

READ = {
    "ein": read_ein,
    "npi": read_npi,
    "ccn": read_ccn,
    "uei": lambda text: Code(read_uei(text)),
}
WORDS = {"ein": "ein", "tax": "ein", "npi": "npi", "ccn": "ccn", "uei": "uei"}
NOT_STATED = "program not stated"


def read_identifier(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    """An identifier fills what its organization lacks."""
    organization = directory.organizations.get(cells["organization"])
    said = f"{cells['type']} {cells['scheme']}".casefold()
    column = next((column for word, column in WORDS.items() if word in said), "")
    code = READ[column](cells["identifier"]) if column else Code("")
    found = f'{said.strip() or "no type"} "{cells["identifier"]}" of "{cells["organization"]}"'
    if organization is None:
        allowed = "An identifier is of an organization above."
    elif not code.value:
        allowed = "EIN, NPI, UEI and CCN are read, each with its own number of places."
    elif organization.get(column, code.value) not in ("", code.value):
        allowed = f"An organization has one {column.upper()}; {organization[column]} stands above."
    else:
        organization[column] = code.value
        collector.use(row, organization["id"])
        if code.note:
            note = code.note[0].upper() + code.note[1:] + "."
            collector.assume(row, column.upper(), cells["identifier"], "Codes keep zeros.", note)
        return
    collector.set_aside(row, "identifier", found, allowed)


def read_area(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    """A county, ZIP code or State that a service is for becomes an area of its organization."""
    owner = directory.owner_of(cells)
    text = cells["place"] or cells["extent"]
    places = read_places(text, directory.scope.home)
    if not owner or not places:
        allowed = A_PLACE if owner else "An area is of a service above that is in use."
        collector.set_aside(row, "name", f'"{text}", of service "{cells["service"]}"', allowed)
        return
    id_ = directory.organizations[owner]["id"]
    collector.use(row, id_)
    for kind, place in places:
        area = {"organization": id_, "place_kind": kind, "place": place}
        collector.add_row("service_areas", row, area)


def read_funding(row: int, cells: Cells, collector: RowCollector, directory: Directory) -> None:
    """A source of funding pays an organization, for a service where it says so."""
    owner = directory.owner_of(cells)
    if not owner or not cells["source"]:
        found = f'source "{cells["source"]}", organization "{cells["organization"]}"'
        allowed = "Funding has a source, and is of an organization or service above."
        collector.set_aside(row, "", found, allowed)
        return
    id_ = directory.organizations[owner]["id"]
    _, name = directory.service_names.get(cells["service"], (0, ""))
    collector.use(row, id_)
    award = {"funder": cells["source"], "recipient": id_, "program": name or NOT_STATED}
    collector.add_row("funding", row, award)
