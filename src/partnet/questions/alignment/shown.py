"""How people see two organizations side by side: tables, lists, and the parts of the brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from ...core.results.shown import ALL_ROWS, Column, Part, Shown
from ..session.shown import INDICATORS


def choose_known(profile: pd.DataFrame) -> pd.DataFrame:
    """Topics of which something is on file."""
    return profile[profile["on_file"] != ""]


TOPIC = Column("topic", "Topic", meaning="One topic of the stock-taking guide.")
SECTION = Column(
    "section", "Part", seen="annex",
    meaning="Whom it serves, what it does, why, or how it measures success.",
)  # fmt: skip
PROFILE = Shown(
    "table",
    "Its profile, as far as it is on file",
    (
        TOPIC,
        Column("on_file", "On file", meaning="What the tables say; blank where nothing."),
        SECTION,
        Column("source", "Table", seen="annex", meaning="Where it comes from."),
        Column("question", "To ask", seen="annex", meaning="What to ask where nothing is on file."),
    ),
    "Profile",
    rows=ALL_ROWS,
    pick=choose_known,
)

# Columns that speak for one of the two carry its name: see name_columns.
SIDES = ("organization", "partner")
ORGANIZATION_SAYS = Column("organization_says", "Organization", meaning="On the first one's side.")
PARTNER_SAYS = Column("partner_says", "Partner", meaning="On the second one's side.")
NAME = Column("name", "Organization", meaning="Its name.")

SHARED = Shown(
    "table",
    "What both share",
    (
        Column("what", "What", meaning="Population, county, service, group, program or funder."),
        Column("entry", "Shared", meaning="What both have."),
        ORGANIZATION_SAYS,
        PARTNER_SAYS,
    ),
    "Shared",
    rows=20,
    part="common",
)
BRINGS = Shown(
    "brings",
    "What each brings that the other lacks",
    (
        Column("organization", meaning="Id of who brings it."),
        NAME,
        Column("brings", "Brings", meaning="A service that the other does not offer."),
        Column("for_whom", "For whom", meaning="Whom it is for; blank if not said."),
        Column("needed", "Nobody else on file in", meaning="Counties of both without another."),
    ),
    "Brings",
    part="common",
)
PROFILES = Shown(
    "profiles",
    "Profiles side by side; a blank is a question",
    (TOPIC, ORGANIZATION_SAYS, PARTNER_SAYS, SECTION),
    "Profiles",
    rows=20,
    part="common",
)
CYCLES = Shown(
    "cycles",
    "Cycles that could be coordinated",
    (
        Column("cycle", "Cycle", meaning="Needs assessment, funding, or an agreement of both."),
        ORGANIZATION_SAYS,
        PARTNER_SAYS,
        Column("meets", "Meet", meaning="Yes, no, or not known."),
        Column("note", "What to do", meaning="How to bring them together."),
    ),
    "Cycles",
    part="cycles",
)
DUTIES = Shown(
    "duties",
    "Duties in common",
    (
        Column("topic", "Duty", meaning="What it is about."),
        replace(ORGANIZATION_SAYS, name="organization_duty", meaning="Its duty; blank if none."),
        replace(PARTNER_SAYS, name="partner_duty", meaning="Its duty; blank if none."),
        Column(
            "every_years", "At least every (years)", "count",
            meaning="The shorter cycle; blank without one.",
        ),
        Column("note", "Whose", meaning="Whether both have it, or one needs the other's kind."),
        Column("citation", "Where it is written", seen="annex", meaning="Law or grant terms."),
    ),
    "Duties",
    part="cycles",
)  # fmt: skip
MEASURES = Shown(
    "measures",
    "How each measures success",
    (
        Column("measure", "Measure of success", meaning="In its own words."),
        Column("whose", "Whose", meaning="Both, or a name."),
    ),
    "Measures",
    part="cycles",
)
TRENDS = replace(
    INDICATORS,
    table="trends",
    title="Indicators of the shared counties over time",
    columns=(
        *(INDICATORS.column(name) for name in ("indicator", "county", "value", "year")),
        replace(INDICATORS.column("earlier"), seen="page"),
        replace(INDICATORS.column("earlier_year"), seen="page"),
        replace(INDICATORS.column("change"), label="Change"),
        INDICATORS.column("standing"),
        *(
            replace(INDICATORS.column(name), label="")
            for name in ("county_fips", "median", "rank", "counties", "direction")
        ),
    ),
    sheet="Trends",
    part="cycles",
)
COMMITMENTS = Shown(
    "commitments",
    "Commitments, roles and costs to settle",
    (
        Column("topic", "About", meaning="Commitment, role, cost, data or decision."),
        Column("question", "To settle", meaning="The question to both."),
        Column("on_file", "What is on file", meaning="What helps to answer it."),
    ),
    "To settle",
    rows=20,
    part="settle",
)
PLAN = Shown(
    "plan",
    "A plan of three years, drafted from dates on file",
    (
        Column("year", "When", meaning="Year of the plan, and of the calendar."),
        Column("step", "Step", meaning="What to do."),
        Column("who", "Who", meaning="Who does it."),
        Column("because", "Because", meaning="What on file asks for it; blank where nothing."),
    ),
    "Plan",
    rows=20,
    part="settle",
)


def choose_first_year(plan: pd.DataFrame) -> pd.DataFrame:
    """Steps of the first year."""
    return plan[plan["year"] == plan["year"].iloc[0]]


def say_step(row: Any) -> str:
    """Say a step and why."""
    return f"{row.step}{f' ({row.because})' if row.because else ''}."


FIRST_YEAR = replace(
    PLAN,
    title="In the first year",
    rows=ALL_ROWS,
    part="summary",
    pick=choose_first_year,
    line=say_step,
)
FACILITATORS = Shown(
    "facilitators",
    "Who could facilitate",
    (
        Column("organization", meaning="Id of who could."),
        NAME,
        Column("score", format="score", meaning="Position between the two: see the method."),
        Column("reasons", "Why", meaning="What on file speaks for it."),
        Column(
            "stakes", "What on file speaks against its neutrality",
            meaning="Money, ownership or the same services; blank if nothing on file.",
        ),
    ),
    "Facilitators",
    part="helpers",
)  # fmt: skip
MANAGERS = replace(
    FACILITATORS, table="managers", title="Who could manage the project", sheet="Managers"
)
MISSING = Shown(
    "missing",
    "Services that need another partner",
    (
        Column("service", "Service", meaning="A usual service that neither offers."),
        Column("county", "County", meaning="A county of both that lacks it."),
        Column("nearest", "Nearest on file", meaning="The nearest provider."),
        Column("nearest_km", "Miles", "miles", meaning="How far it is; blank if not known."),
        Column("need", format="score", meaning="Need of the county, 0 to 1."),
    ),
    "Missing",
    part="helpers",
)
VOICES = Shown(
    "voices",
    "Who speaks for the people served",
    (
        Column("organization", meaning="Id of who speaks."),
        NAME,
        Column("speaks_for", "Speaks for", meaning="Residents, tenants, faith and others."),
        Column("status", "Tie", meaning="With whom of the two a tie is on file."),
    ),
    "Voices",
    part="helpers",
)
LEADERS = Shown(
    "leaders",
    "For the leaders of each",
    (
        Column("organization", meaning="Id of whose leaders."),
        Column("point", "What", meaning="What you gain, give, serve, pay; how you would know."),
        Column("text", "In short", meaning="In words."),
        Column("name", "For", seen="annex", meaning="Whose leaders."),
    ),
)
SHOWN = (
    FIRST_YEAR,
    *(SHARED, BRINGS, PROFILES),
    *(CYCLES, DUTIES, MEASURES, TRENDS),
    *(COMMITMENTS, PLAN),
    *(FACILITATORS, MANAGERS, MISSING, VOICES),
)
PARTS = (
    Part("summary", "On one page", says=None),
    Part("common", "Common ground", says=()),
    Part("cycles", "Cycles, duties and measures", says=()),
    Part("settle", "What to settle, and a plan", says=()),
    Part(
        "helpers",
        "Who could help",
        says=(),
        lead=(
            "Position proposes and stakes disqualify; whether somebody is neutral is yours to say.",
        ),
    ),
)


def name_columns(names: tuple[str, str]) -> tuple[Shown, ...]:
    """Put the names of the two above the columns that speak for them."""
    return tuple(
        replace(
            shown,
            columns=tuple(
                replace(column, label=names[SIDES.index(side)])
                if (side := column.name.partition("_")[0]) in SIDES and column.label
                else column
                for column in shown.columns
            ),
        )
        for shown in SHOWN
    )


def choose_leaders(table: pd.DataFrame, organization: str) -> pd.DataFrame:
    """What is for the leaders of one organization."""
    return table[table["organization"] == organization]


def show_leaders(ids: tuple[str, str], names: tuple[str, str]) -> Iterator[tuple[Part, Shown]]:
    """Give a page for the leaders of each."""
    for k, (id_, name) in enumerate(zip(ids, names, strict=True), start=1):
        title, part = f"For the leaders of {name}", f"leaders-{k}"
        pick = partial(choose_leaders, organization=id_)
        shown = replace(LEADERS, title=title, sheet=f"Leaders {k}", part=part, pick=pick)
        yield Part(part, title, says=()), shown
