"""How people see introductions."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import Column, Shown

ROWS = 8


def choose_opened(table: pd.DataFrame) -> pd.DataFrame:
    """Gaps to which somebody could lead."""
    return table[table["through"] != ""].reset_index(drop=True)


GAPS = Shown(
    "table",
    "The strongest introduction path to close each gap",
    (
        Column("gap_id", meaning="As in find_gaps."),
        Column("kind", meaning="Kind of the gap."),
        Column("organization", meaning="Id of where the path begins."),
        Column("organization_name", "From", meaning="Where the path begins."),
        Column("partner", meaning="Id of where it leads."),
        Column("partner_name", "To", meaning="Where it leads."),
        Column("rule", "To close", meaning="What is missing."),
        Column(
            "status",
            meaning="They work together, through one, through several, no path on file, or no "
            "working tie on file at all.",
        ),
        Column("sentence", "What to do", meaning="Whom to ask, in words."),
        Column("through", "Through", seen="annex", meaning="Who introduces, in order."),
        Column(
            "chain", "Strength and age of the ties", seen="annex", meaning="The path in words."
        ),
        Column("path_strength", format="score", meaning="0 to 1, a heuristic; blank without one."),
        Column("against", meaning="What speaks against asking the introducer; blank if nothing."),
        Column(
            "severity", "Severity", "severity", meaning="How much the gap matters, from 0 to 1."
        ),
    ),
    "Introduction paths",
    rows=ROWS,
    pick=choose_opened,
)  # fmt: skip
GROUPS = Shown(
    "groups",
    "Groups outside health care",
    (
        Column("group", "Group", meaning="Housing, tenants, banks and others."),
        Column("status", "Status", meaning="How regularly health care interacts with it."),
        Column("on_file", "On file", "count", meaning="Organizations of the group."),
        Column(
            "tied", format="count",
            meaning="Those with a working tie with health care; blank: not known.",
        ),
        Column(
            "regular", "With regular contact", "count",
            meaning="Those with a contact within a year, or an undated tie of one half or more; "
            "blank: not known.",
        ),
        Column("last_contact", "Last contact", "date", meaning="Of any of them; blank if unknown."),
        Column("who", meaning="By name, the first three."),
        Column("start_with", meaning="Id of the member to start with; blank where none."),
        Column("start_with_name", meaning="The member in the county of highest need."),
        Column("need", format="score", meaning="Need of its county, 0 to 1."),
        Column("through", meaning="Who could introduce you; blank where nobody is needed."),
        Column("sentence", "What to do", meaning="With whom to start, in words."),
    ),
    "Groups outside",
)  # fmt: skip
MEMBERS = Shown(
    "members",
    "In the same group, and no tie on file",
    (
        Column("organization", meaning="Its id here; blank where it is not on file."),
        Column("name", "Organization", meaning="The member."),
        Column("kind", meaning="Its kind."),
        Column("county", "County", meaning="Where it is."),
        Column("source", "Member of", meaning="The group, or the directory."),
        Column("on_file", meaning="Yes, perhaps, or no."),
        Column("tie", meaning="Whether a tie is on file."),
        Column("sentence", "What is on file", meaning="The same in words."),
        Column("through", "Through", meaning="Who could introduce you."),
        Column("brings", meaning="What a new one would bring, in words."),
        Column("worth", format="score", meaning="Sum of the weights of what it brings."),
    ),
    "Fellow members",
    rows=ROWS,
)
DORMANT = Shown(
    "dormant",
    "Ties to renew",
    (
        Column("organization", meaning="Id of one end."),
        Column("organization_name", "Organization", meaning="One end of the tie."),
        Column("partner", meaning="Id of the other end."),
        Column("partner_name", "Organization", meaning="The other end."),
        Column("relations", meaning="Relations on file."),
        Column("strength", format="score", meaning="Combined strength, 0 to 1."),
        Column("last_contact", "Last contact", "date", meaning="The newest on file."),
        Column("months", format="score", meaning="Months since then."),
        Column("sentence", "What to do", meaning="The same in words."),
    ),
    people=False,  # recommendations show them
)
SHOWN = (GAPS, GROUPS, MEMBERS, DORMANT)
