"""How people see what would happen."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

EFFECTS = Shown(
    "table",
    "Before and after",
    (
        Column("measure", "What", meaning="What is counted."),
        Column("before", "Before", "count", meaning="On the day, as it is on file."),
        Column("after", "After", "count", meaning="As it would be."),
        Column("change", "Change", "count", meaning="After less before."),
    ),
    "Before and after",
    rows=40,
)
CLIFFS = Shown(
    "cliffs",
    "Services that lose their only connected provider in a county",
    (
        Column("what", "If", meaning="The hospital closes, or the award ends; blank: all at once."),
        Column("subject", meaning="Whose loss: id of a hospital or number of an award; or blank."),
        Column("county_fips", meaning="County code."),
        Column("county", "County", meaning="Its name."),
        Column("service", "Service", meaning="As it is on file."),
        Column("lost", "Lost", meaning="Providers that are connected there today."),
        Column("status", "Then", meaning="Whether another provider is left there."),
        Column("left", "Left there", meaning="Others that offer it there, without a tie there."),
        Column("need", "Need", "score", "annex", "Mean percentile of the county's indicators."),
        Column("organization", meaning="Id of the one in the county to be introduced."),
        Column("organization_name", "Introduce", meaning="Who speaks for the county."),
        Column("partner", meaning="Id of the provider to be introduced."),
        Column("partner_name", "to", meaning="The nearest able provider that could work there."),
        Column("introducer", "through", meaning="Who could introduce them; blank: nobody on file."),
        Column("sentence", meaning="The whole in words."),
    ),
    "Cliffs",
    rows=20,
)
DESERTED = Shown(
    "deserted",
    "Services whose only provider is not connected in the county, and would go",
    (
        Column("what", "If", meaning="The hospital closes, or the award ends."),
        Column("subject", meaning="Id of the hospital, or number (else program) of the award."),
        Column("county_fips", meaning="County code."),
        Column("county", "County", meaning="Its name."),
        Column("service", "Service", meaning="As it is on file."),
        Column("lost", "Lost", meaning="Who alone offers it there, without a working tie there."),
        Column("need", "Need", "score", "annex", "Mean percentile of the county's indicators."),
    ),
    "Not connected",
    rows=20,
)
LEAVING = Shown(
    "leaving",
    "Services that leave",
    (
        Column("organization", meaning="Id of the hospital that converts."),
        Column("organization_name", "Hospital", meaning="The hospital that converts."),
        Column("service", "Service", meaning="What it would no longer offer."),
        Column("county", "County", meaning="Where it offers it now; blank: where it is."),
        Column("citation", "Where it is written", meaning="Law on the kind that it becomes."),
    ),
    "Leaving",
)
CUT_OFF = Shown(
    "cut_off",
    "Who would be cut off from the main component",
    (
        Column("organization", meaning="Its id."),
        Column("organization_name", "Organization", meaning="Its name."),
        Column("kind", "Kind", meaning="Its kind."),
        Column("county", "County", meaning="Where it is; blank if not known."),
    ),
    "Cut off",
)
MONEY = Shown(
    "money",
    "Money that would end or leave",
    (
        Column("funder", "Funder", meaning="Who pays; blank if not known."),
        Column("organization", meaning="Id of the recipient."),
        Column("organization_name", "Recipient", meaning="Who is paid."),
        Column("program", "Program", meaning="From which program."),
        Column("award", "Award", meaning="Its number; blank if not known."),
        Column("amount", "Dollars", "dollars", meaning="Of the award, less what was passed on."),
        Column("ends", "Runs until", "date", meaning="By the file; blank if not known."),
        Column("depends", "Other awards", meaning="Whether the recipient has others that run."),
    ),
    "Money",
)
CLIFF_MAP = Shown(
    "table",
    "What depends on one hospital or one award",
    (
        Column("what", "If", meaning="The hospital closes, or the award ends."),
        Column("kind", meaning="hospital or award."),
        Column("subject", meaning="Id of the hospital, or number (else program) of the award."),
        Column("day", "On", "date", meaning="The day on which the award ends; blank: a hospital."),
        Column("cells", "Services lost", "count", meaning="Counties x services on the cliff."),
        Column("counties", "Counties", "count", meaning="In so many counties."),
        Column("nobody_left", "Nobody left", "count", meaning="Of them, without any provider."),
        Column("first", "First of them", meaning="In the county of highest need."),
        Column("bridge", "What would bridge most", meaning="The introduction that bridges most."),
        Column("bridged", "Bridged by it", "count", meaning="So many of the services lost."),
    ),
    "Cliff map",
    rows=20,
)
