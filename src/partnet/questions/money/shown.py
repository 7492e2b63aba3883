"""How people see money by funder, awards that end, and programs that others hold."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

FUNDERS = Shown(
    "table",
    "Who pays",
    (
        Column("funder", "Funder", meaning="Its name; not known where the file names nobody."),
        Column("source", "Whose money", meaning="Public, private, or not known."),
        Column("dollars", "Dollars", "dollars", meaning="Running awards, each dollar once."),
        Column("share", "Share", "share", meaning="Of all running awards, each dollar once."),
        Column("awards", "Awards", "count", meaning="Running awards."),
        Column("recipients", "Recipients", "count", meaning="Organizations that it pays."),
        Column("programs", "Programs", meaning="Up to three of its programs."),
    ),
    "Funders",
)
ENDING = Shown(
    "ending",
    "Awards that end soon, and what depends on them",
    (
        Column("ends", "Ends", "date", meaning="The last day of the award."),
        Column("program", "Program", meaning="From which program."),
        Column("award", "Award", seen="annex", meaning="Its number; blank if not known."),
        Column("organization", meaning="Id of the recipient."),
        Column("organization_name", "Recipient", meaning="Who is paid."),
        Column("dollars", "Dollars", "dollars", meaning="Of the award, less what was passed on."),
        Column("others", "Other awards", "count", meaning="That it has on the day, and that last."),
        Column("services", "Services", meaning="What it offers, where no other award lasts."),
        Column("counties", "Counties", "count", meaning="Where it offers them, in that case."),
        Column("passed_on", "Passed on to", "count", meaning="Recipients of money under it."),
    ),
    "Ending",
)
OPEN_PROGRAMS = Shown(
    "open_programs",
    "Programs that others of the same kind hold",
    (
        Column("program", "Program", meaning="Its name."),
        Column("kind", "Kind", meaning="Of those who hold it."),
        Column("held", "Hold it", "count", meaning="So many of the kind."),
        Column("of", "Of", "count", meaning="All of the kind on file."),
        Column("funder", "Funder", meaning="Who pays it; blank if not known."),
        Column("could_ask", "Could ask", meaning="Of the kind, with no award of it on file."),
        Column("whom", "Whom to ask", meaning="One of the kind that holds it."),
    ),
    "Open programs",
    rows=10,
)
