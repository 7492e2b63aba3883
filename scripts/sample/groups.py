"""Memberships: rural health networks, coalitions, associations and meetings."""

from __future__ import annotations

from sample import Row, read_rows
from sample.draws import draw, draw_date
from sample.organizations import BY_NAME, CAH, ORGANIZATIONS, WAVES, slug, take_part

FORMAL_NETWORK = "Sideoats Rural Health Network"
# A formal network with an office and two that are no more than a list of members; hub first.
NETWORKS = {
    FORMAL_NETWORK: (
        "Sideoats Regional Medical Center",
        "Cedar County Hospital",
        "Chalkstone Memorial Hospital",
        "Prairie Clover Hospital",
        "Willow Fork Community Hospital",
        "Lone Elm Hospital",
        "Burr Oak Community Hospital",
        "Sumac Ridge Hospital",
    ),
    "Meadowlark Hospital Network": (
        "Meadowlark Regional Hospital",
        "Wild Rye Community Hospital",
        "Longspur Memorial Hospital",
        "Plum Thicket Hospital",
        "Sandhill Crane Memorial Hospital",
    ),
    "Heron Valley Hospital Network": (
        "Great Heron Medical Center",
        "Kestrel Memorial Hospital",
        "Purple Martin Hospital",
        "Buffalo Grass Hospital",
        "Golden Plover Hospital",
    ),
}
# association | kinds that belong to it | share that does
ASSOCIATIONS = (
    ("Prairie States Hospital Association", (CAH, "hospital", "rural_emergency_hospital"), 1.0),
    ("Prairie States Primary Care Association", ("health_center", "health_center_look_alike"), 1.0),
    ("Prairie States EMS Association", ("ems_agency",), 0.7),
    ("Prairie States Rural Health Association", ("rural_health_clinic", "ahec"), 0.6),
)
NEW_GROUP = "Tall Sky Accountable Care"


def list_memberships(wave: int) -> list[Row]:
    """The rows of the memberships table."""
    rows = [
        {**row, "organization": slug(member)}
        for member, row in [*_join_networks(), *_join_groups(), *_join_associations()]
        if wave in BY_NAME[member].waves and str(row["since"]) <= f"{wave}-06-30"
    ]
    present = {each.name for each in take_part(wave)}
    rows = [row for row in rows if row["group"] not in BY_NAME or row["group"] in present]
    return sorted(rows, key=lambda row: (str(row["group"]), str(row["organization"])))


Member = tuple[str, Row]


def _join_networks() -> list[Member]:
    """Members of the rural health networks; the hub is one of them."""
    return [
        _join(member, group, "rural health network", "quality", "hub" if place == 0 else "member")
        for group, members in NETWORKS.items()
        for place, member in enumerate(members)
    ]


def _join_groups() -> list[Member]:
    """Members of coalitions, systems, exchanges and meetings."""
    return [
        _join(member, row["group"], row["group_kind"], row["program_area"], "member")
        for row in read_rows("groups")
        for member in row["members"].split("; ")
    ]


def _join_associations() -> list[Member]:
    """Members of the State's associations."""
    return [
        _join(each.name, association, "association", "", "member")
        for association, kinds, share in ASSOCIATIONS
        for each in ORGANIZATIONS
        if each.kind in kinds and draw(each.id, association) < share
    ]


def _join(member: str, group: str, kind: str, area: str, role: str) -> Member:
    """One row of the memberships table; joiners joined after the first survey."""
    new = WAVES[0] not in BY_NAME[member].waves or group == NEW_GROUP
    first, last = ("2024-09-01", "2025-12-01") if new else ("2009-01-01", "2023-06-01")
    return member, {
        "organization": "",
        "group": group,
        "group_kind": kind,
        "program_area": area,
        "role": role,
        "since": draw_date(first, last, member, group, "member since"),
        "until": "",
    }
