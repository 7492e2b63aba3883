"""How people see expected partners."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

PARTNERS = Shown(
    "table",
    "Expected partners",
    (
        Column("expected", meaning="The rule that expects them."),
        Column("kind", "Expected partner", meaning="The kind, in words."),
        Column("organization", meaning="Id; blank where nobody is on file."),
        Column("name", "Organization", meaning="Who it is; blank where nobody is on file."),
        Column("county_fips", meaning="Code of its county."),
        Column(
            "status", "Status",
            meaning="Tie on file; quiet for two years, where the last contact on file is older; no "
            "tie on file; nobody on file; not known, where nobody's partners are asked for.",
        ),
        Column("relations", "Ties", meaning="Relations on file, in words."),
        Column("last_contact", "Last contact", "date", meaning="Blank where none is dated."),
        Column("next_step", "Next step", meaning="What to do; blank where nothing."),
        Column("citation", "Where it is expected", meaning="Law, rule or grant terms."),
    ),
    rows=0,
)  # fmt: skip
HOLES = Shown(
    "holes",
    "Expected partners: the holes",
    (
        Column("expected", meaning="The rule that expects them."),
        Column("kind", "Expected partner", meaning="The kind, in words."),
        Column("on_file", "On file", "count", meaning="How many are on file."),
        Column("tied", "With a tie", "count", meaning="How many have a tie that is not quiet."),
        Column("holes", "Holes", meaning="Who has none, by name; or nobody on file."),
    ),
    "Holes",
)
