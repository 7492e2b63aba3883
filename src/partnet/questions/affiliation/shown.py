"""How people see who shares what."""

from __future__ import annotations

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ..columns import ID, KIND, NAME
from .text import NOUNS

TOP = 12
MEASURED = (
    Column("degree", "Number", "count", meaning="Features of an organization, or the reverse."),
    Column("degree_share", "Share", "share", meaning="Of all features, or of all organizations."),
    Column(
        "betweenness",
        "Betweenness",
        "score",
        meaning="How often on the shortest path between two others; 1 the most two modes allow.",
    ),
    Column("closeness", "Closeness", "score", "annex", "1: as close as two modes allow."),
    Column("eigenvector", "Eigenvector", "score", "annex", "First singular vector, length 1."),
)
MEASURES = ["degree", "degree_share", "closeness", "betweenness", "eigenvector"]


def rank_by_degree(table: pd.DataFrame) -> pd.DataFrame:
    """Those on file, the largest number first."""
    known = table[table["degree"].notna()]
    return known.sort_values(["degree", "betweenness"], ascending=False, kind="stable")


def show_affiliation(feature: str) -> tuple[Shown, ...]:
    """Declare both tables for one kind of feature."""
    one, many, *_ = NOUNS[feature]
    return (
        Shown(
            MAIN,
            f"Organizations by the {many} that they share",
            (NAME, *MEASURED, ID, KIND),
            "Organizations",
            rows=TOP,
            pick=rank_by_degree,
        ),
        Shown(
            "features",
            f"{many[:1].upper()}{many[1:]} by the organizations that they bring together",
            (Column("feature", f"{one[:1].upper()}{one[1:]}", meaning="Label."), *MEASURED),
            "Features",
            rows=TOP,
            pick=rank_by_degree,
        ),
    )
