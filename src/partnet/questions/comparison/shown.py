"""How people see what changed between two waves."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ...core.wording.text import join_words, say_date, say_number


def draw_course(table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Give trends and programs as they are drawn, and in words for those who cannot see."""
    said = []
    for label, rows in table[table["what"] == "statistic"].groupby("label", sort=False):
        values = [say_number(float(value)) or "not known" for value in rows["value"]]
        said.append(f"{label}, wave by wave: {', '.join(values)}")
    for row in table[table["what"] == "program"].itertuples():
        ends = [("from", row.at), ("until", row.until)]
        period = " ".join(f"{word} {say_date(day)}" for word, day in ends if not pd.isna(day))
        said.append(f"program {row.label} {period}")
    return table, f"{join_words(said)}."


SHOWN_STATISTICS = Shown(
    MAIN,
    "The network before and after, among those that can be compared",
    (
        Column("statistic", "Statistic", meaning="What is compared."),
        Column("before", "Before", "score", meaning="In the earlier wave."),
        Column("after", "After", "score", meaning="In the later wave."),
        Column("change", "Change", "score", meaning="After less before."),
        Column(
            "standard_error",
            "Standard error",
            "score",
            meaning="Of the change, paired vertex bootstrap; blank where none is given.",
        ),
    ),
    "Change",
)
SHOWN_ORGANIZATIONS = Shown(
    "organizations",
    "Organizations that joined, left, were renamed or changed in kind",
    (
        Column("organization", meaning="Id of the organization."),
        Column("name", "Organization", meaning="Name, of the later wave where it is in it."),
        Column("change", "Change", meaning="joined, left, renamed or changed kind."),
        Column("detail", "Detail", meaning="What it was, where it is still here."),
    ),
    "Organizations",
    rows=20,
)
SHOWN_TIES = Shown(
    "ties",
    "Ties that are new on file, and ties that are not on file any more",
    (
        Column("organization", meaning="Id of one end."),
        Column("partner", meaning="Id of the other end."),
        Column("organization_name", "Organization", meaning="Name of one end."),
        Column("partner_name", "Organization", meaning="Name of the other end."),
        Column("change", "Tie", meaning="new or gone."),
    ),
    "Ties",
    rows=20,
)
SHOWN_SERVICES = Shown(
    "services",
    "Services that are new on file, and services that are not on file any more",
    (
        Column("organization", meaning="Id of who offers it."),
        Column("name", "Organization", meaning="Who offers it."),
        Column("service", "Service", meaning="As on file."),
        Column("change", "Service on file", meaning="new or gone."),
        Column("waves", "On file in waves", meaning="Which; 1 the first."),
    ),
    "Services",
    rows=10,
)
SHOWN_NEEDS = Shown(
    "needs",
    "What counties need, before and after",
    (
        Column("county_fips", meaning="Code of the county."),
        Column("county", "County", meaning="Its name."),
        Column("indicator", "Indicator", meaning="As on file."),
        Column("before", "Before", "score", meaning="The newest value of the earlier wave."),
        Column("after", "After", "score", meaning="The newest value of the later wave."),
        Column("change", "Change", "score", meaning="After less before."),
        Column("year_before", "Year", "year", "annex", "Of the value before; blank: not said."),
        Column("year_after", "Year after", "year", "annex", "Of the value after."),
        Column(
            "moved",
            "Is",
            meaning="better, worse, same, or changed where no direction is on file.",
        ),
    ),
    "Needs",
    rows=10,
    chips="moved",
)
SHOWN = (SHOWN_STATISTICS, SHOWN_ORGANIZATIONS, SHOWN_TIES, SHOWN_SERVICES, SHOWN_NEEDS)
RANGE = (
    Column("low", "Low", "score", meaning="Lower end, 95 %; paired vertex bootstrap."),
    Column("high", "High", "score", meaning="Upper end, 95 %."),
)
SHOWN_COURSE = Shown(
    "course",
    "The network over all waves, and the programs that ran: bars mark each program's period, "
    "lines at the marks the 95 % interval",
    (
        Column("what", "What", meaning="statistic, or program."),
        Column("label", "Which", meaning="Its name."),
        Column("at", "At", meaning="Day of the wave (its number where no days are on file), or "
               "first day of the program; blank: not known."),
        Column("until", "Until", meaning="Last day of the program; blank: not known."),
        Column("value", "Value", "score", meaning="Of the statistic in that wave."),
        *RANGE,
    ),
    "Course",
    chart=draw_course,
    drawing="course",
)  # fmt: skip
SHOWN_WAVES = (
    SHOWN_COURSE,
    Shown(
        "trends",
        "The network in every wave, among those in all of them",
        (
            Column("statistic", "Statistic", meaning="What is measured."),
            Column("wave", "Wave", "count", meaning="1 the first."),
            Column("day", "As of", "date", meaning="Its day; blank where none is on file."),
            Column("value", "Value", "score", meaning="In that wave."),
            *RANGE,
        ),
        "Trends",
        rows=20,
    ),
    Shown(
        "slopes",
        "Trends",
        (
            Column("statistic", "Statistic", meaning="What is measured."),
            Column("slope", "Change", "score", meaning="Slope of the least-squares line."),
            Column("per", "Per", meaning="Per year, or per wave where days are not on file."),
            *RANGE,
            Column("organizations", "Organizations", "count", meaning="In all waves, answered."),
        ),
        "Slopes",
    ),
    Shown(
        "moves",
        "Moves between categories of partnership",
        (
            Column("wave", "From wave", "count", meaning="1 the first."),
            Column("next_wave", "To wave", "count", meaning="The next."),
            Column("was", "Was", meaning="Category in the earlier one."),
            Column("is", "Is", meaning="Category in the later one."),
            Column("organizations", "Organizations", "count", meaning="How many."),
        ),
        "Moves",
        rows=20,
    ),
    Shown(
        "grants",
        "Programs, and the waves in which they ran",
        (
            Column("program", "Program", meaning="As on file."),
            Column("recipients", "Recipients", "count", meaning="Organizations with an award."),
            Column("start", "From", "date", meaning="First day on file; blank: not known."),
            Column("end", "Until", "date", meaning="Last day on file; blank: not known."),
            Column("waves", "Ran in waves", meaning="Which; blank: none."),
        ),
        "Programs",
        rows=20,
    ),
)
