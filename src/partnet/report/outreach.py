"""Sections on going out: visits, expected partners, meetings, introductions, peer States."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..core.shown import Column
from ..places.gazetteer import county_name
from .findings import Findings
from .model import Section, TableBlock

ROWS = 8
STOPS = 40  # the page shows every stop of a fortnight

STOP_COLUMNS = (
    Column("name", "Stop"),
    Column("county", "County"),
    Column("when", "When"),
    Column("km", "Km there", "count"),
    Column("seen", "Last visit"),
    Column("bring_up", "Bring up"),
)
WAITING_COLUMNS = (
    Column("name", "Organization"),
    Column("county", "County"),
    Column("status", "Status"),
    Column("seen", "Last visit"),
    Column("last_contact", "Last contact", "date", seen="annex"),
    Column("priority", "Priority", "score"),
    Column("in_tour", "Tour"),
)
TOUR_COLUMNS = (
    Column("label", "Tour"),
    Column("days", "Days", "count"),
    Column("km", "Km", "count"),
    Column("counties", "Counties"),
    Column("route", "Route", seen="annex"),
    Column("km_by_day", "Km by day"),
    Column("least_km", "No order is shorter than (km)", "count", seen="annex"),
    Column("nearest_km", "Always to the nearest (km)", "count", seen="annex"),
)
TOPIC_COLUMNS = (
    Column("organization_name", "Organization"),
    Column("topic", "What it is"),
    Column("text", "What to bring up"),
    Column("due", "Due", "date"),
)
HOLE_COLUMNS = (
    Column("kind", "Expected partner"),
    Column("on_file", "On file", "count"),
    Column("tied", "With a tie", "count"),
    Column("holes", "Holes"),
)
PARTNER_COLUMNS = (
    Column("kind", "Expected partner"),
    Column("name", "Organization"),
    Column("status", "Status"),
    Column("relations", "Ties"),
    Column("last_contact", "Last contact", "date"),
    Column("next_step", "Next step"),
    Column("citation", "Where it is expected"),
)
MEETING_COLUMNS = (
    Column("meeting", "Meeting"),
    Column("program_area", "Area"),
    Column("organizations", "Organizations", "count"),
    Column("sectors", "Sectors", "count", seen="annex"),
    Column("executives", "Executives", "count", seen="annex"),
    Column("level", "Level"),
    Column("who", "Who"),
    Column("betweenness", "Brings together", "score", seen="annex"),
)
CANDIDATE_COLUMNS = (
    Column("name", "Organization"),
    Column("county", "County"),
    Column("brings", "Brings in", "count"),
    Column("sentence", "What it would add"),
)
DOOR_COLUMNS = (
    Column("organization_name", "From"),
    Column("other_name", "To"),
    Column("rule", "To close"),
    Column("sentence", "What to do"),
    Column("through", "Through", seen="annex"),
    Column("chain", "Strength and age of the ties", seen="annex"),
    Column("severity", "Severity", "severity"),
)
GROUP_COLUMNS = (
    Column("group", "Group"),
    Column("status", "Status"),
    Column("on_file", "On file", "count"),
    Column("regular", "With regular contact", "count"),
    Column("last_contact", "Last contact", "date"),
    Column("sentence", "What to do"),
)
MEMBER_COLUMNS = (
    Column("name", "Organization"),
    Column("county", "County"),
    Column("source", "Member of"),
    Column("sentence", "What is on file"),
    Column("through", "Through"),
)


def write_visits(findings: Findings) -> Section:
    """Whom to visit, tour by tour, and what to bring up; off without contacts."""
    if findings.net.table("contacts").empty:
        lead = "Visits are not planned: enter the contacts table, one row a visit, call or meeting."
        return Section("visits", "Whom to visit next", (lead,))
    result = findings.visits
    tables = result.tables
    tours = tables["tours"].assign(label=[f"Tour {k}" for k in tables["tours"]["tour"]])
    stops = _say_seen(tables["stops"])
    when = zip(stops["tour"], stops["day"], strict=True)
    stops = stops.assign(when=[f"Tour {tour:g}, day {day:g}" for tour, day in when])
    blocks = (
        TableBlock("The tours", tours, TOUR_COLUMNS, "Tours"),
        TableBlock("Stop by stop", stops, STOP_COLUMNS, "Stops", rows=STOPS),
        TableBlock("Who waits", _say_seen(result.table), WAITING_COLUMNS, "Who waits", ROWS),
        TableBlock("What to bring up", tables["topics"], TOPIC_COLUMNS, "Topics", rows=0),
    )
    return Section("visits", "Whom to visit next", result.sentences, _keep_filled(blocks))


def _say_seen(table: pd.DataFrame) -> pd.DataFrame:
    """Write the last visit, and the tour or why there is none, as words."""
    seen = ["none on file" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in table["last_visit"]]
    table = table.assign(seen=pd.Series(seen, index=table.index, dtype="str"))
    if "why_not" in table:
        pairs = zip(table["tour"], table["why_not"], strict=True)
        tours = [why if pd.isna(tour) else f"Tour {tour:g}" for tour, why in pairs]
        table = table.assign(in_tour=pd.Series(tours, index=table.index, dtype="str"))
    return table


def write_partners_and_meetings(findings: Findings) -> Section:
    """Expected partners with their holes, and who comes to which meeting."""
    roster, convenings = findings.roster, findings.convenings
    tables = convenings.tables
    attendance = tables["attendance"].reset_index()
    attendance["county"] = [county_name(fips) for fips in attendance["county_fips"]]
    comes = (
        Column("name", "Organization"),
        Column("county", "County"),
        Column("meetings", "Meetings", "count"),
        Column("last_meeting", "Last meeting", "date"),
        Column("highest_level", "Highest level sent"),
        Column("peers_met", "Others of its kind met", "count"),
    )
    areas = (
        Column("area", "Flex program area"),
        Column("meetings", "Meetings", "count"),
        Column("last", "Last", "date"),
        Column("which", "Which"),
    )
    met = len(convenings.table) > 0
    blocks = (
        TableBlock("Expected partners: the holes", roster.tables["holes"], HOLE_COLUMNS, "Holes"),
        TableBlock("Expected partners", roster.table, PARTNER_COLUMNS, "Expected partners", rows=0),
        TableBlock("Meetings, and who comes", convenings.table, MEETING_COLUMNS, "Meetings", ROWS),
        TableBlock("Who would add most", tables["candidates"], CANDIDATE_COLUMNS, "Would add most"),
        *(
            (TableBlock("Meetings by program area", tables["areas"], areas, "Areas"),)
            if met
            else ()
        ),
        *((TableBlock("Attendance", attendance, comes, "Attendance", rows=0),) if met else ()),
    )
    lead = (*roster.sentences, *convenings.sentences)
    title = "Expected partners and meetings"
    return Section("convenings", title, lead, _keep_filled(blocks))


def write_introductions(findings: Findings) -> Section:
    """Who can open the door for each gap, and with whom one does not talk."""
    result = findings.introductions
    tables = result.tables
    closed = result.table[result.table["through"] != ""].reset_index(drop=True)
    distant = tables["groups"]
    blocks = (
        TableBlock("The warmest way to close each gap", closed, DOOR_COLUMNS, "Doors", ROWS),
        TableBlock("Groups outside health care", distant, GROUP_COLUMNS, "Groups outside"),
        TableBlock(
            "In the same group, and no tie on file", tables["members"], MEMBER_COLUMNS,
            "Fellow members", ROWS,
        ),
    )  # fmt: skip
    title = "Who can open the door"
    return Section("introductions", title, result.sentences, _keep_filled(blocks))


def write_peers(findings: Findings) -> Section:
    """The States most like ours, by public counts."""
    result = findings.peers
    columns = (
        Column("name", "State"),
        Column("distance", "Distance", "score"),
        Column("critical_access_hospitals", "Critical Access Hospitals", "count"),
        Column("hospitals", "Hospitals", "count"),
        Column("nonmetro_counties", "Nonmetropolitan counties", "count"),
        Column("share_nonmetro_people", "People in them", "share"),
        Column("health_center_sites", "Health center sites", "count"),
        Column("birthing_friendly", "Birthing-friendly", "count", seen="annex"),
        Column("patient_experience", "Patient experience published", "count", seen="annex"),
    )
    blocks = (TableBlock("The nearest", _number(result.table), columns, "Peer States"),)
    return Section("peers", "Peer States", result.sentences, _keep_filled(blocks))


def _number(table: pd.DataFrame) -> pd.DataFrame:
    return table.reset_index(drop=True)


def _keep_filled(blocks: Iterable[TableBlock]) -> tuple[TableBlock, ...]:
    return tuple(block for block in blocks if len(block.frame))
