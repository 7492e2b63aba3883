"""How people see ties to renew."""

from __future__ import annotations

from ....core.results.shown import Column, Shown

DORMANT = Shown(
    "dormant",
    "Ties to renew",
    (
        Column("organization", meaning="Id of one end, the first in the network's order."),
        Column("organization_name", "Organization", meaning="Its name."),
        Column("partner", meaning="Id of the other end."),
        Column("partner_name", "Organization", meaning="Its name."),
        Column("relations", meaning="Relations on file between the two."),
        Column("strength", format="score", meaning="Strength of the strongest, 0 to 1."),
        Column("last_contact", "Last contact", "date", meaning="The newest contact on file."),
        Column("months", format="score", meaning="Months since then."),
        Column("sentence", "What to do", meaning="The same in words."),
    ),
    "Ties to renew",
    rows=8,
)
