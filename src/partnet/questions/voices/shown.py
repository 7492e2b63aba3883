"""How people see who speaks for whom, and disparities."""

from __future__ import annotations

from ...core.results.shown import MAIN, Column, Shown

POPULATIONS = Shown(
    MAIN,
    "Populations, who speaks for them and who serves them",
    (
        Column("population", "Population", meaning="Whom it is about; residents: everybody."),
        Column("county_fips", meaning="Code of the county; blank: not known."),
        Column("county", "County", meaning="Where; blank where no county is known."),
        Column("type", "Type", "text", "annex", "What tells it from others, as entered."),
        Column("people", "People", "count", "annex", "How many; blank: not on file."),
        Column("share", "Of residents", "share", meaning="Share of all; blank: not known."),
        Column(
            "status", "Voice",
            meaning="Whether anybody on file speaks for them, with a seat or without; not known: "
            "no voice is on file.",
        ),
        Column("speaks", "Who speaks for them", meaning="By name; blank: nobody on file."),
        Column("speakers", meaning="How many speak for them on file."),
        Column(
            "seats", "Advisory seats", "count",
            meaning="Seats on boards and councils that their people hold; blank: not known.",
        ),
        Column(
            "tie", "Ties of these",
            meaning="Whether anybody who speaks for them has a working tie on file.",
        ),
        Column("serves", "Who serves them", meaning="By name; blank: nobody on file."),
        Column("serving", meaning="How many serve them on file."),
        Column("worse", "Where they fare worse", meaning="The largest disparity on file."),
        Column("gap", meaning="That disparity, as a share of the value of everybody."),
        Column(
            "ask", "Whom to ask",
            meaning="Where nobody speaks for them: somebody who serves them, or is close to "
            "residents by its kind.",
        ),
    ),
    "Community voice",
    chips="status",
)  # fmt: skip
VOICES = Shown(
    "voices",
    "Who speaks for whom",
    (
        Column("organization", meaning="Id of who speaks."),
        Column("name", "Organization", meaning="Who speaks."),
        Column("population", "For whom", meaning="The population."),
        Column("places", "Where", meaning="Counties; blank: not known."),
        Column("through", "How they are heard", meaning="As entered; blank: not said."),
        Column("seats", "Advisory seats", "count", meaning="Blank: not known."),
        Column("since", "Since", "date", "annex", "Blank: not known."),
        Column("tie", "Ties", meaning="Whether it has a working tie on file."),
    ),
    "Voices",
)
DISPARITIES = Shown(
    "disparities",
    "Disparities, beside who serves and who speaks",
    (
        Column("population", "Population", meaning="Whom it is about."),
        Column("county_fips", meaning="Code of the county."),
        Column("county", "County", meaning="Where."),
        Column("indicator", "Indicator", meaning="What is measured."),
        Column("value", "Of them", "score", meaning="Newest on file."),
        Column("low", "Low", "score", "annex", "Lower end as published; blank: not on file."),
        Column("high", "High", "score", "annex", "Upper end as published."),
        Column("everybody", "Of everybody", "score", meaning="In the county; blank: not known."),
        Column("ratio", "Ratio", "score", meaning="Of them by of everybody; blank: not known."),
        Column(
            "finding", "Finding",
            meaning="Worse beyond chance (everybody lies outside the published interval); worse, "
            "but within chance; worse, no interval on file; not worse; not known.",
        ),
        Column("gap", meaning="How much worse, as a share of the value of everybody."),
        Column("year", "Year", "year", "annex", "Of the value; blank: not on file."),
        Column("everybody_year", "Compared with", "year", "annex", "Year of that of everybody."),
        Column("serves", "Who serves them", meaning="By name; blank: nobody on file."),
        Column("speaks", "Who speaks for them", meaning="By name; blank: nobody on file."),
    ),
    "Disparities",
    chips="finding",
)  # fmt: skip
SHOWN = (POPULATIONS, DISPARITIES, VOICES)
