"""How people see promising practices, and who could learn of them."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

PRACTICES = Shown(
    "table",
    "Promising practices",
    (
        Column("practice", "Practice", meaning="What it is."),
        Column("service", "Service", meaning="The service that it brings or betters, or blank."),
        Column("who", "Who does it", meaning="By name, the best proven first."),
        Column("where", "Where", meaning="Their counties; blank where none is known."),
        Column("organizations", "How many", "count", meaning="How many do it on file."),
        Column(
            "evidence", "How well proven",
            meaning="Evaluated by others, measured by itself, or reported only; blank: not said.",
        ),
        Column("result", "What it brought", meaning="Of the best proven; blank: not on file."),
        Column("kinds", "Meant for", meaning="Kinds that it is for, in words."),
        Column("since", "Since", "date", "annex", "The first of them; blank if not known."),
        Column(
            "could_learn", "Could learn", "count",
            meaning="Organizations of these kinds with nothing such on file.",
        ),
        Column(
            "in_need", "Of these in need", "count",
            meaning="Of these, how many serve a county with no provider of the service on file.",
        ),
        Column("source", "Where it is written", "text", "annex", "Blank: not on file."),
    ),
    "Practices",
)  # fmt: skip
LEARNERS = Shown(
    "learners",
    "Who could learn, and whom to ask",
    (
        Column("organization", meaning="Id of who could learn."),
        Column("name", "Organization", meaning="Who has nothing such on file."),
        Column("practice", "Practice", meaning="What it could learn."),
        Column("service", meaning="The service that it brings or betters, or blank."),
        Column(
            "need", "Why now",
            meaning="The county it serves with no provider of the service on file; blank: none.",
        ),
        Column("severity", "Severity", "severity", "annex", "Of that gap, 0 to 1; blank: none."),
        Column("ask", meaning="Id of whom to ask."),
        Column("ask_name", "Whom to ask", meaning="A partner who does it, else the nearest."),
        Column("person", "Ask for", meaning="Who leads it or can decide, on file; or blank."),
        Column("tie", "Tie", meaning="Whether the two have a working tie on file."),
        Column("km", "Miles", "miles", meaning="How far away; blank if not known."),
    ),
    "Who could learn",
)  # fmt: skip
SHOWN = (PRACTICES, LEARNERS)
