"""How people see a plan of visits."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

FEW_ROWS = 8
STOPS_SHOWN = 40  # the page shows every stop of a fortnight

TOURS = Shown(
    "tours",
    "The tours",
    (
        Column("tour", meaning="Number of the tour; the one with most priority a day is 1."),
        Column("label", "Tour", meaning="The same in words."),
        Column("days", "Days", "count", meaning="From leaving the base to being back."),
        Column("km", "Miles", "miles", meaning="Estimated kilometers by road."),
        Column("stops", meaning="How many organizations it reaches."),
        Column("counties", "Counties", meaning="Where its stops are."),
        Column("route", "Route", seen="annex", meaning="Its stops, in order."),
        Column("by_day", "Miles by day", meaning="The same for each day, in the units shown."),
        Column("priority", format="score", meaning="Sum of the priorities of its stops."),
        Column(
            "least_km", "No order is shorter than (miles)", "miles", "annex",
            "Lower bound in kilometers of the length of any order of its stops.",
        ),
        Column("nearest_days", meaning="Days, if one always went to the nearest stop next."),
        Column(
            "nearest_km", "Always to the nearest (miles)", "miles", "annex",
            "Kilometers, if one always went to the nearest stop next.",
        ),
    ),
    "Tours",
)  # fmt: skip
STOPS = Shown(
    "stops",
    "Stop by stop",
    (
        Column("tour", meaning="Number of the tour."),
        Column("day", meaning="Day of the tour, from 1."),
        Column("place", meaning="Place in the order of the tour, from 1."),
        Column("organization", meaning="Id of the stop."),
        Column("name", "Stop", meaning="Whom to visit."),
        Column("county", "County", meaning="Where it is."),
        Column("when", "When", meaning="Tour and day."),
        Column(
            "km", "Miles there", "miles", meaning="Kilometers from the stop before or the base."
        ),
        Column("status", meaning="Never visited, overdue or due soon."),
        Column("last_visit", format="date", meaning="Blank where none is on file."),
        Column("seen", "Last visit", meaning="The last visit in words."),
        Column("priority", format="score", meaning="0 to 1: see the method."),
        Column("bring_up", "Bring up", meaning="The first two topics."),
    ),
    "Stops",
    rows=STOPS_SHOWN,
)
WAITING = Shown(
    "table",
    "Who waits",
    (
        Column("organization", meaning="Id of the organization."),
        Column("name", "Organization", meaning="Who is to be visited routinely."),
        Column("kind", meaning="Its kind."),
        Column("county_fips", meaning="Code of its county."),
        Column("county", "County", meaning="Where it is."),
        Column(
            "status", "Status",
            meaning="Never visited, overdue, due soon, visited lately; not known without contacts.",
        ),
        Column("last_visit", format="date", meaning="Blank where none is on file."),
        Column("seen", "Last visit", meaning="The last visit in words."),
        Column("last_contact", "Last contact", "date", "annex", "Calls and meetings too."),
        Column("days", format="count", meaning="Since the last visit; blank without one."),
        Column("limit", format="count", meaning="Days within which it is to be visited."),
        Column("waiting", format="score", meaning="Days by twice the limit, at most 1; never 1."),
        Column("gap", format="score", meaning="Severity of its worst open gap, 0 to 1."),
        Column("need", format="score", meaning="Mean percentile of its county, 0 to 1."),
        Column("priority", "Priority", "score", meaning="0.5 waiting + 0.3 gap + 0.2 need."),
        Column("why_not", meaning="Why no tour goes there; blank where one does."),
        Column("tour", meaning="Number of its tour; blank without one."),
        Column("in_tour", "Tour", meaning="Its tour, or why there is none."),
    ),
    rows=FEW_ROWS,
)  # fmt: skip
TOPICS = Shown(
    "topics",
    "What to bring up",
    (
        Column("organization", meaning="Id of the stop."),
        Column("organization_name", "Organization", meaning="With whom."),
        Column("topic", "What it is", meaning="Outcome, agreement, gap or introduction."),
        Column("text", "What to bring up", meaning="In words."),
        Column("due", "Due", "date", meaning="By when it was agreed; blank for others."),
        Column("weight", format="score", meaning="Severity of the gap; blank for others."),
    ),
    "Topics",
    rows=0,
)
SHOWN = (TOURS, STOPS, WAITING, TOPICS)
