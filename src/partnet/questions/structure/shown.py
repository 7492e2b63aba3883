"""How people see what shape the network has."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ..columns import ID, KIND, NAME

GROUP_SIZE = Column("organizations", "Organizations", "count", meaning="Organizations in it.")
FIRST = Column("first", "Who, the first five", meaning="Names, in the order of the network.")


def list_several(table: pd.DataFrame) -> pd.DataFrame:
    """Groups of more than one organization."""
    return table[table["organizations"] > 1]


def list_defined(table: pd.DataFrame) -> pd.DataFrame:
    """Measures that are defined, with their names as words."""
    known = table[table["value"].notna()]
    return known.assign(measure=known["measure"].str.replace("_", " "))


def list_scarce(table: pd.DataFrame) -> pd.DataFrame:
    """Pairs of groups, those with the surest difference from chance first."""
    return table.sort_values("p", kind="stable")


SHOWN = (
    Shown(
        MAIN,
        "The network in numbers",
        (
            Column("measure", "Measure", meaning="What is measured."),
            Column("value", "Value", "score", meaning="Blank where it is not defined."),
            Column("meaning", "Meaning", meaning="Unit or range, in a few words."),
        ),
        "Structure",
        rows=40,
        pick=list_defined,
    ),
    Shown(
        "communities",
        "Communities: organizations tied more with each other than with the rest",
        (Column("community", "Number", "count", meaning="1 the largest."), GROUP_SIZE, FIRST),
        "Communities",
        pick=list_several,
    ),
    Shown(
        "components",
        "Components: organizations linked with each other by some path",
        (Column("component", "Number", "count", meaning="1 the largest."), GROUP_SIZE, FIRST),
        "Components",
        pick=list_several,
    ),
    Shown(
        "cores",
        "k-cores: organizations with at least k partners among themselves",
        (Column("coreness", "k", "count", meaning="Largest k."), GROUP_SIZE, FIRST),
        "k-cores",
    ),
    Shown(
        "mixing",
        "Ties between groups, and by chance if the group labels were permuted",
        (
            Column("from_group", "Group", meaning="Value of the grouping."),
            Column("to_group", "Group", meaning="The other group, or the same."),
            Column("ties", "Ties on file", "count", meaning="Pairs, or arcs if directed."),
            Column("expected", "By chance", "score", meaning="Mean over the permutations."),
            Column("ratio", "Ratio", "score", meaning="Ties / expected."),
            Column("p", "p", "score", meaning="Two-sided, not corrected for the number of pairs."),
        ),
        "Mixing",
        pick=list_scarce,
    ),
    Shown(
        "multiplexity",
        "Relations that go together",
        (
            Column("first", "Relation", meaning="Id of the relation."),
            Column("second", "Relation", meaning="Id of the other relation."),
            Column("ties_first", "Ties of the first", "count", meaning="Pairs tied by the first."),
            Column("ties_second", "Of the second", "count", meaning="Pairs tied by the second."),
            Column("ties_both", "Of both", "count", meaning="Pairs tied by both."),
            Column("correlation", "Correlation", "score", meaning="Pearson's, over all cells."),
            Column("expected", meaning="Mean correlation under relabeling (QAP)."),
            Column("p", "p", "score", meaning="Two-sided, by relabeling (QAP)."),
        ),
        "Relations",
    ),
    Shown(
        "organizations",
        "To which component, community and core each organization belongs",
        (
            NAME,
            Column("component", "Component", "count", meaning="1 the largest."),
            Column("community", "Community", "count", meaning="1 the largest."),
            Column("coreness", "k-core", "count", meaning="Largest k of a k-core."),
            Column("core_all", meaning="In the core if it is tied to all."),
            Column("core_core", meaning="In the core if only ties within it are judged."),
            ID,
            KIND,
        ),
        "Organizations",
        rows=0,
    ),
)
