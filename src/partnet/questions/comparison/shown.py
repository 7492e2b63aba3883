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
