"""How people see meetings and who comes."""

from __future__ import annotations

from dataclasses import replace

from ...core.results.shown import Column, Shown

ROWS = 8

MEETINGS = Shown(
    "table",
    "Meetings, and who comes",
    (
        Column("meeting", "Meeting", meaning="Its name, or its topic and day."),
        Column("held", meaning="Standing, or once."),
        Column("date", format="date", meaning="The day; blank for standing meetings."),
        Column("program_area", "Area", meaning="Program area; blank if not known."),
        Column("organizations", "Organizations", "count", meaning="How many come."),
        Column("sectors", "Sectors", "count", "annex", "How many sectors come."),
        Column("counties", format="count", meaning="From how many counties they come."),
        Column("executives", "Executives", "count", "annex", "How many sent an executive."),
        Column("level", "Level", meaning="Decision level present, missing on file, or not known."),
        Column("who", "Who", meaning="Everybody who comes."),
        Column(
            "betweenness", "Brings together", "score", "annex",
            "Two-mode betweenness: how much it brings together who meet nowhere else, 0 to 1.",
        ),
    ),
    "Meetings",
    rows=ROWS,
)  # fmt: skip
CANDIDATES = Shown(
    "candidates",
    "Who would add most",
    (
        Column("organization", meaning="Id of the organization."),
        Column("name", "Organization", meaning="Who comes to no meeting."),
        Column("kind", meaning="Its kind."),
        Column("county", "County", meaning="Where it is."),
        Column(
            "brings", "Brings in", "count",
            meaning="It and its partners that neither come nor work with anybody who comes.",
        ),
        Column("new_sector", meaning="Whether it would be the first of its sector."),
        Column("new_county", meaning="Whether it would be the first of its county."),
        Column("sentence", "What it would add", meaning="The same in words."),
    ),
    "Would add most",
)  # fmt: skip
AREAS = Shown(
    "areas",
    "Meetings by program area",
    (
        Column("area", "Flex program area", meaning="An area of the State Flex Program."),
        Column("meetings", "Meetings", "count", meaning="How many are on file."),
        Column("last", "Last", "date", meaning="The last one with a date; blank without one."),
        Column("which", "Which", meaning="All of them."),
    ),
    "Areas",
)
ATTENDANCE = Shown(
    "attendance",
    "Attendance",
    (
        Column("id", meaning="Id of the organization."),
        Column("name", "Organization", meaning="Who comes, or not."),
        Column("kind", meaning="Its kind."),
        Column("sector", meaning="Its sector."),
        Column("county_fips", meaning="Code of its county."),
        Column("county", "County", meaning="Where it is."),
        Column("meetings", "Meetings", "count", meaning="At how many it is on file."),
        Column("last_meeting", "Last meeting", "date", meaning="Blank without a dated one."),
        Column("highest_level", "Highest level sent", meaning="Blank where it is not on file."),
        Column(
            "peers_met", "Others of its kind met", "count",
            meaning="Others of its kind at the same meetings.",
        ),
    ),
    rows=0,
)  # fmt: skip
ABSENT = Shown(
    "absent",
    "Sectors of which nobody comes",
    (
        Column("sector", meaning="The sector."),
        Column("label", "Sector", meaning="The sector in words."),
        Column("organizations", "Organizations", "count", meaning="How many are on file."),
        Column("coming", format="count", meaning="Always 0."),
        Column("who", "Who", meaning="By name, the first four."),
    ),
    "Absent sectors",
    rows=0,
)
SHOWN = (MEETINGS, CANDIDATES, AREAS, ATTENDANCE, ABSENT)
# Without any meeting, tables about who comes would be full of zeros.
NO_MEETING = tuple(replace(shown, people=shown in (MEETINGS, CANDIDATES)) for shown in SHOWN)
