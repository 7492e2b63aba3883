"""CMS Shared Savings Program, ACO participants: who is in which accountable care organization.

Source: Centers for Medicare & Medicaid Services, data.cms.gov, "Accountable Care Organization
Participants" of the Medicare Shared Savings Program, yearly; the newest start of an agreement
tells about when. License: US Government work, public domain.

Columns used: ACO id and name, ACO address and service area, legal name of the participant, start
of the agreement. Executives, contacts, medical directors and their telephones are never read.

A row becomes the ACO (an organization with the id ``aco-`` and its number) and a membership of the
participant in it. The file gives no place of a participant: it is attached to the one organization
of another file that has its name in a State that the ACO serves; others are not in the network.
"""

from __future__ import annotations

import re

from ..reading.codes import make_id, read_day, read_state
from ..reading.family import EVERYWHERE, Family, PublicFile, RowCollector, Scope, gather_rows
from ..reading.names import write_name
from ..reading.source import Source

FAMILY = Family(
    name="CMS Shared Savings Program, ACO participants",
    publisher="Centers for Medicare & Medicaid Services",
    license="US Government work, public domain",
    columns={
        "aco": ("aco_id", "ACO_NUM"),
        "aco_name": ("aco_name", "Accountable Care Organization (ACO) Name"),
        "participant": ("par_lbn", "Participant Legal Business Name"),
        "area": ("aco_service_area", "ACO_State", "Service Area"),
        "address": ("aco_address",),
        "start": ("current_start_date", "initial_start_date"),
    },
    required=("aco", "aco_name", "participant", "area"),
    becomes="an accountable care organization, and the membership of a participant in it",
)
GROUP_KIND = "ACO"


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into accountable care organizations and memberships.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = gather_rows(
        FAMILY, source, scope, _read_row, note=lambda cells: read_day(cells["start"])
    )
    release = f"agreements to {collector.newest}" if collector.noted else "day not stated"
    return collector.finish(FAMILY, source, release)


def _read_row(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    area = [code for word in re.split(r"[,;/ ]+", cells["area"]) if (code := read_state(word))]
    if collector.is_beyond(row, area):
        return
    if not cells["aco"] or not cells["aco_name"] or not cells["participant"]:
        found = f'ACO "{cells["aco"]}", participant "{cells["participant"]}"'
        collector.set_aside(row, "", found, "A row has an ACO, its name and a participant.")
        return
    name = write_name(cells["aco_name"])
    aco = collector.add_organization(row, _make_aco(cells, name, area))
    participant = {
        "id": make_id("participant", cells["participant"], " ".join(area)),
        "name": write_name(cells["participant"]),
        "shared_name": "",
        "states": " ".join(area),
        "enrollment": "",
    }
    collector.use(row, collector.add_unplaced(row, participant))
    membership = {"organization": participant["id"], "group": aco, "group_kind": GROUP_KIND}
    collector.add_row("memberships", row, membership)


def _make_aco(cells: dict[str, str], name: str, area: list[str]) -> dict[str, str]:
    """The ACO, in the State of its address; without one, in the only State that it serves."""
    place = re.search(r"\b([A-Z]{2})\b[ ,]+(\d{5})(?:-?\d{4})?\s*$", cells["address"])
    state = read_state(place[1]) if place else ""
    return {
        "id": make_id("aco", cells["aco"]),
        "name": name,
        "kind": "aco",
        "state": state or (area[0] if len(area) == 1 else ""),
        "zip": place[2] if place and state else "",
        "service_area": " ".join(area),
    }
