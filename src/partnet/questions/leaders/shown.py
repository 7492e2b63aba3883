"""How people see who leads each organization."""

from __future__ import annotations

from ...core.results.shown import Column, Shown

LEADERS = Shown(
    "table",
    "Who leads each organization, and who can decide",
    (
        Column("organization", meaning="Id of the organization."),
        Column("name", "Organization", meaning="Which organization."),
        Column("kind", meaning="Its kind."),
        Column(
            "status", "Status",
            meaning="Leader on file; somebody who can decide on file; executive met; not on file.",
        ),
        Column("person", "Who leads it", meaning="By name; blank where no role on file tells."),
        Column("role", "Role", meaning="As it is written on file."),
        Column("since", "Since", "date", "annex", "Since when; blank if not known."),
        Column("others", "Can decide too", meaning="Who else is on file at executive level."),
        Column("known_from", meaning="The table that tells: people or contact; blank: none."),
        Column(
            "met_on", "Executive last met", "date",
            meaning="The last contact on file at executive level; blank if none is.",
        ),
    ),
    "Leaders",
)  # fmt: skip
SHOWN = (LEADERS,)
