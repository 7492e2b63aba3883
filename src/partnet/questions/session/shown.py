"""How people see the papers of a session: tables, lists, and the parts of its brief."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from ...core.results.result import Sentence
from ...core.results.shown import ALL_ROWS, Column, Part, Shown
from ...core.wording.text import join_words
from ..outcomes.shown import FEEDBACK as ALL_FEEDBACK
from ..outcomes.shown import OUTCOMES as ALL_OUTCOMES

PAIRS = 5  # pairs to seat together named on the first page

ORGANIZATION = Column("organization", meaning="Id of one of the two, the lower one.")
PARTNER = Column("partner", meaning="Id of the other.")
GAIN = "What a new contact would be worth: affinity, less where it rests on few things; 0 to 1."
ASK = "The question to put to both; blank where no programs of theirs meet."

ATTENDANCE = Shown(
    "table",
    "Everybody who attends",
    (
        Column("organization", meaning="Id of who comes."),
        Column("name", "Organization", meaning="Who comes."),
        Column("kind", "Kind", meaning="Its kind, in words."),
        Column("role", "Comes as", meaning="Grantee, partner of the place, or guest."),
        Column("n_ties", "Ties with others here", "count", meaning="Ties with other attendees."),
        Column("table_number", "Table", "count", meaning="Number of its table, from 1."),
        Column("sector", "Sector", seen="annex", meaning="Its sector, in words."),
        Column(
            "dollars", "Dollars that count here", "dollars", "annex",
            "Running awards that count in the place, net of money passed on.",
        ),
    ),
    "Seats",
    rows=60,
    part="seats",
)  # fmt: skip
SEATING = Shown(
    "seating",
    "Who sits where",
    (
        Column("table_number", "Table", meaning="Number of the table, from 1."),
        Column("who", "Who", meaning="Everybody at it."),
        Column("people", "Seats", "count", meaning="How many sit at it."),
        Column("sectors", "Sectors", "count", meaning="How many sectors sit at it."),
    ),
    "Tables",
    rows=ALL_ROWS,
    part="seats",
)
TOGETHER_SEATED = Shown(
    "together",
    "Pairs with no tie on file, seated together",
    (
        ORGANIZATION,
        Column("organization_name", "Organization", meaning="One of the two."),
        PARTNER,
        Column("partner_name", "Organization", meaning="The other."),
        Column("gain", format="score", meaning=GAIN),
        Column("common", "In common", meaning="What both have on file, counted by family."),
        Column("ask", "What to ask", meaning=ASK),
        Column("table_number", "Table", "count", meaning="The table at which both sit."),
        Column(
            "sat_together", "Last at one table",
            meaning="The last session at which both sat at one table; blank if none is on file.",
        ),
    ),
    "Seated together",
    part="seats",
)  # fmt: skip


def say_pair(row: Any) -> str:
    """Say whom to seat together, and what to ask."""
    ask = row.ask or (
        f"what could you do with {row.common} in common?"
        if row.common
        else "what could you do together that neither can do alone?"
    )
    return f"{row.organization_name} and {row.partner_name}, table {row.table_number}: {ask}"


def leave_out_anybody(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of those who are needed at a level."""
    return table[table["why"] != ""]


FIRST_PAIRS = replace(
    TOGETHER_SEATED,
    title="Seat together first, and what to ask",
    rows=PAIRS,
    part="summary",
    line=say_pair,
)
GUESTS = Shown(
    "guests",
    "Partners to invite beside those of the place",
    (
        Column("organization", meaning="Id of whom to invite."),
        Column("name", "Organization", meaning="Whom to invite."),
        Column("kind", "Kind", meaning="Its kind, in words."),
        Column("km", "Miles", "miles", meaning="From the middle of the place; blank for a State."),
        Column("reasons", "Why to invite it", meaning="What it would bring, in words."),
        Column("weight", format="score", meaning="Sum of the weights of its reasons; 0 or more."),
    ),
    "Guests",
    part="seats",
)
ANSWERS = Shown(
    "answers",
    "Who comes",
    (
        Column("organization", meaning="Id of who was asked, or is to be asked."),
        Column("name", "Organization", meaning="Who was asked, or is to be asked."),
        Column("answer", "Answer", meaning="Comes, may come, does not come, no answer on file."),
        Column("missed", "What waits for it", meaning="What cannot be dealt with without it."),
    ),
    "Answers",
    part="seats",
)
LEVELS = Shown(
    "levels",
    "At which level each one is needed",
    (
        Column("organization", meaning="Id of who comes."),
        Column("name", "Organization", meaning="Who comes."),
        Column(
            "level", "Needed", meaning="Executive, manager, or whoever knows the work.",
        ),
        Column("why", "What there is to decide", meaning="The strongest reason; blank: none."),
        Column("person", "Who that would be", meaning="Who leads it or can decide, on file."),
        Column("met_on", "Executive last met", "date", "annex", "Blank if no contact tells."),
        Column("ask", "To do", meaning="What to ask before the session; blank: nothing."),
    ),
    "Levels",
    part="seats",
    pick=leave_out_anybody,
)  # fmt: skip
FACILITATORS = Shown(
    "facilitators",
    "Who could facilitate",
    (
        Column("organization", meaning="Id of who could."),
        Column("name", "Organization", meaning="Whose office it is to bring others together."),
        Column(
            "works_with", "Works with, of those who come", "count",
            meaning="With how many of those who come it has a working tie on file.",
        ),
        Column(
            "stakes_in", "Has a stake in", "count",
            meaning="In how many of those who come it has a stake on file.",
        ),
        Column(
            "stakes", "What on file speaks against its neutrality",
            meaning="Money, contracts, owners, the same grants or services; the first two.",
        ),
        Column(
            "km", "Miles", "miles",
            meaning="To those of the place, on average; blank for a State.",
        ),
        Column(
            "standing",
            meaning="Place by distance and office; the same number: nothing tells them apart.",
        ),
    ),
    "Facilitators",
    part="agenda",
)  # fmt: skip
GRANTEES = Shown(
    "grantees",
    "Running awards that reach the place",
    (
        Column("organization", meaning="Id of the grantee."),
        Column("name", "Grantee", meaning="Who receives the award."),
        Column("program", "Program", meaning="The program that pays."),
        Column("funder", "Funder", meaning="Who pays; blank where it is not on file."),
        Column("award", "Award", seen="annex", meaning="Number of the award."),
        Column("period_start", "From", "date", meaning="When it begins; blank if not known."),
        Column("period_end", "To", "date", meaning="When it ends; blank if not known."),
        Column("dollars", "Dollars", "dollars", meaning="Net of what was passed on under it."),
        Column("passed_on", "Passed on", "dollars", "annex", "Dollars that went on to others."),
        Column("counted", "Counted", meaning="Where its dollars count: here, statewide, a county."),
        Column("what_it_does", "What the grantee does", meaning="Services of the grantee on file."),
    ),
    "Grantees",
    rows=40,
    part="money",
)
INVESTMENT = Shown(
    "investment",
    "Collective investment, each dollar once",
    (
        Column("fiscal_year", "Fiscal year", meaning="Federal fiscal year, or year not known."),
        Column("dollars", "Dollars here", "dollars", meaning="Dollars that count in the place."),
        Column("programs", "Programs", "count", meaning="How many programs pay them."),
        Column("organizations", "Organizations", "count", meaning="How many receive them."),
        Column(
            "statewide", "Statewide, apart", "dollars",
            meaning="Dollars of that year for the whole State, not counted here.",
        ),
    ),
    "Investment",
    part="money",
)  # fmt: skip
PROGRAMS = Shown(
    "programs",
    "Running awards by program",
    (
        Column("program", "Program", meaning="The program that pays."),
        Column("dollars", "Dollars here", "dollars", meaning="Its running awards that count here."),
        Column("organizations", "Grantees", "count", meaning="How many receive them."),
    ),
    "Programs",
    part="money",
)
INDICATORS = Shown(
    "indicators",
    "Health indicators",
    (
        Column("county_fips", meaning="Code of the county."),
        Column("indicator", "Indicator", meaning="What is measured."),
        Column("county", "County", meaning="Where."),
        Column("value", "Value", "score", meaning="The newest value on file, in its own unit."),
        Column("year", "Year", "year", meaning="Of the newest value."),
        Column("median", "Median county", "score", meaning="Median of all counties on file."),
        Column("rank", format="count", meaning="1 is the worst of all counties on file."),
        Column("counties", format="count", meaning="How many counties are ranked."),
        Column("standing", "Standing", meaning="The rank in words."),
        Column("direction", "Direction", meaning="Whether higher or lower is worse."),
        Column("earlier", "Before", "score", "annex", "The value before; blank without one."),
        Column("earlier_year", "Year before", "year", "annex", "Of the value before."),
        Column("change", "Since the year before", meaning="Better, worse, same; blank if unknown."),
    ),
    "Indicators",
    part="start",
)
PLANS = Shown(
    "plans",
    "Plans and next needs assessments",
    (
        Column("organization", meaning="Id of whose plan it is."),
        Column("name", "Organization", meaning="Whose plan it is."),
        Column("plan", "Plan", meaning="In its own words; blank without one."),
        Column(
            "assessment_year", "Next assessment", "year",
            meaning="Year of its next needs assessment; blank if not known.",
        ),
    ),
    "Plans",
    part="start",
)  # fmt: skip
SYNERGIES = Shown(
    "synergies",
    "Programs that serve the same people",
    (
        ORGANIZATION,
        Column("organization_name", "Grantee", meaning="One of the two."),
        PARTNER,
        Column("partner_name", "Grantee", meaning="The other."),
        Column("programs", "Programs", meaning="Programs that pay both, else one of each."),
        Column("shared", "Both offer", meaning="Services that both offer to the same people."),
        Column("n_shared", format="count", meaning="How many services and programs they share."),
        Column("places", "Where", meaning="Counties of the place that both serve."),
        Column("status", "Tie", meaning="Whether a tie of the two is on file."),
        Column("ask", "What to ask", meaning="The question to put to both."),
    ),
    "Synergies",
    part="connections",
)
REQUIREMENTS = Shown(
    "requirements",
    "Requirements that could be met together",
    (
        Column("topic", "Topic", meaning="What the duties are about."),
        Column("n", format="count", meaning="How many organizations have the duty."),
        Column("who", "Who has the duty", meaning="By name, the first four."),
        Column("what", "What is asked", meaning="The duties, in short."),
        Column("asks_for", "Who else is wanted at the table", meaning="Those whom a duty names."),
        Column(
            "no_tie", "Pairs with no tie on file", "count",
            meaning="Pairs of a duty and a partner that it wants, with no tie on file.",
        ),
        Column(
            "every_years", "At least every (years)", "count",
            meaning="The shortest cycle; blank without one.",
        ),
        Column("citation", "Where it is written", seen="annex", meaning="Law or grant terms."),
    ),
    "Requirements",
    part="connections",
)  # fmt: skip
UNTIED_PAIRS = Shown(
    "untied_pairs",
    "Grantees with no tie on file",
    (
        ORGANIZATION,
        Column("organization_name", "Grantee", meaning="One of the two."),
        PARTNER,
        Column("partner_name", "Grantee", meaning="The other."),
        Column("gain", "Worth of a new contact", "score", meaning=GAIN),
    ),
    "No tie",
    part="connections",
)
TIES = Shown(
    "ties",
    "Who works with whom among those who attend",
    (
        ORGANIZATION,
        Column("organization_name", "Organization", meaning="One of the two."),
        PARTNER,
        Column("partner_name", "Organization", meaning="The other."),
        Column("relation", "Ties on file", meaning="Relations on file of the two, in words."),
    ),
    "Ties",
    rows=20,
    part="connections",
)
AGENDA = Shown(
    "agenda",
    "Agenda",
    (
        Column("stage", "Part", meaning="Kick-off, session or follow-up."),
        Column("minutes", "Minutes", "count", meaning="How long."),
        Column("item", "Item", meaning="What it is about."),
        Column("with_what", "With what is on file", meaning="What the file gives for it."),
    ),
    rows=ALL_ROWS,
    part="agenda",
)
OUTCOMES = replace(
    ALL_OUTCOMES,
    table="outcomes",
    title="What became of earlier outcomes",
    rows=12,
    part="register",
)
FEEDBACK = replace(ALL_FEEDBACK, sheet="Feedback", rows=12, part="register")
PROPOSED = Shown(
    "proposed",
    "Drafts for the register: change them at the tables, then paste them into the sheet Outcomes",
    (
        Column("outcome", "Outcome", meaning="What could be agreed on."),
        Column("type", "Kind", meaning="New relationship or action step."),
        Column("organization", "Owner (id)", meaning="Who would own it; blank where open."),
        Column("other", "With (id)", meaning="The other organization; blank where open."),
        Column("place", "Place", meaning="County code, or the name of the place."),
        Column("agreed_on", "Agreed on", "date", "annex", "Blank: fill it in at the session."),
        Column("due", "Due", "date", meaning="90 days after the session; blank without a day."),
        Column("status", "Status", meaning="Always open."),
    ),
    "Proposed",
    part="register",
)
SHOWN = (
    *(FIRST_PAIRS, SEATING, TOGETHER_SEATED, GUESTS, ANSWERS, LEVELS, ATTENDANCE),
    *(GRANTEES, INVESTMENT, PROGRAMS, INDICATORS, PLANS),
    *(SYNERGIES, REQUIREMENTS, UNTIED_PAIRS, TIES),
    *(AGENDA, FACILITATORS, OUTCOMES, FEEDBACK, PROPOSED),
)


def list_parts(agenda: pd.DataFrame) -> tuple[Part, ...]:
    """Give the parts of the brief: one page first, then seats, money, start, ties, agenda."""
    return (
        Part("summary", "On one page", says=None),
        Part(
            "seats",
            "Who sits where",
            says=(),
            lead=(
                "Every table mixes sectors, and has people who know somebody and people who do "
                "not: change it where you know better.",
            ),
        ),
        Part(
            "money",
            "Grantees and the collective investment",
            says=("nobody", "money"),
            otherwise="No awards are on file (table funding).",
        ),
        Part("start", "Where to start from", says=("indicators", "plans")),
        Part(
            "connections",
            "Who works with whom, and what programs share",
            says=(),
            lead=("No tie on file does not mean that two never worked together: ask.",),
        ),
        Part("agenda", "Kick-off, session and follow-up", says=(), lead=(_say_minutes(agenda),)),
        Part(
            "register",
            "Outcome register",
            says=(),
            lead=(
                "Write down who owns what by when; the next run holds it against the file and says "
                "done, open or overdue.",
            ),
        ),
    )


def _say_minutes(agenda: pd.DataFrame) -> Sentence:
    total = agenda.groupby("stage", sort=False)["minutes"].sum()
    said = join_words([f"{stage} {minutes} minutes" for stage, minutes in total.items()])
    claims = {str(stage): int(minutes) for stage, minutes in total.items()}
    return Sentence("minutes", f"In all: {said}.", claims)
