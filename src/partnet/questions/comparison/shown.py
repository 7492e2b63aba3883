"""How people see what changed between two waves."""

from __future__ import annotations

from ...core.shown import MAIN, Column, Shown

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
SHOWN = (SHOWN_STATISTICS, SHOWN_ORGANIZATIONS, SHOWN_TIES)
RANGE = (
    Column("low", "Low", "score", meaning="Lower end, 95 %; paired vertex bootstrap."),
    Column("high", "High", "score", meaning="Upper end, 95 %."),
)
SHOWN_WAVES = (
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
