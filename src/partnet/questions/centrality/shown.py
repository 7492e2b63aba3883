"""How people see who is central."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from ...core.results.shown import MAIN, Column, Shown
from ..columns import BETWEENNESS_ERROR, ID, KIND, NAME, WEIGHTED_ERROR

TOP = 10  # organizations shown on the page in a ranking

COLUMNS = (
    NAME,
    Column("degree", "Partners", "count", meaning="Partners: organizations with a tie."),
    Column("strength", "Strength of ties", "score", meaning="Sum of the strengths of its ties."),
    Column(
        "betweenness",
        "Betweenness",
        "score",
        meaning="Share of the shortest paths between two others that lead through it, 0 to 1.",
    ),
    Column(
        "harmonic",
        "Harmonic closeness",
        "score",
        meaning="Mean of 1 / steps to every other, 0 where there is no path; 0 to 1.",
    ),
    Column("coreness", "Core", "count", meaning="Largest k of a k-core that it belongs to."),
    Column(
        "pagerank",
        "PageRank",
        "score",
        seen="annex",
        meaning="Standing among the well tied; sums to 1 over all.",
    ),
    Column(
        "eigenvector",
        "Eigenvector",
        "score",
        seen="annex",
        meaning="Partners of well-tied partners; length 1 as a vector.",
    ),
    Column(
        "betweenness_weighted",
        "Betweenness (weighted)",
        "score",
        seen="annex",
        meaning="Betweenness where the length of a tie is 1 / strength.",
    ),
    Column(
        "harmonic_weighted",
        "Harmonic closeness (weighted)",
        "score",
        seen="annex",
        meaning="Harmonic closeness where the length of a tie is 1 / strength.",
    ),
    ID,
    KIND,
    Column("in_degree", meaning="Organizations that name it; only where arrows count."),
    Column("out_degree", meaning="Organizations that it names; only where arrows count."),
    Column("in_strength", meaning="Sum of the strengths received; only where arrows count."),
    Column("out_strength", meaning="Sum of the strengths sent; only where arrows count."),
    BETWEENNESS_ERROR,
    WEIGHTED_ERROR,
    Column("closeness", meaning="Reached / mean distance to them, 0 to 1 (Wasserman and Faust)."),
    Column("katz", meaning="Katz's status, alpha half of the most possible; length 1."),
    Column("closeness_weighted", meaning="Closeness where length is 1 / strength."),
    Column("eigenvector_weighted", meaning="Eigenvector of the strengths."),
    Column("katz_weighted", meaning="Katz's status with strengths."),
    Column("pagerank_weighted", meaning="PageRank with strengths."),
)
RANK_ENDINGS = {
    "low": "Lower end of the value: nine in ten imputations are between low and high.",
    "high": "Upper end of the value.",
    "rank": "Rank on file, among all but the convener.",
    "rank_low": "Best rank of nine in ten imputations.",
    "rank_high": "Worst rank of nine in ten imputations.",
    "first": "Share of imputations in which it is rank 1.",
}
AFFINITY_LABELS = {"degree": "Shares with", "strength": "Affinity"}

SHOWN_CENTRAL = Shown(
    MAIN,
    "The most central organizations, by betweenness (how often they are on the shortest path "
    "between two others)",
    COLUMNS,
    "Central organizations",
    rows=TOP,
)
SHOWN_CENTRALIZATION = Shown(
    "centralization",
    "How far the network leans on one organization",
    (
        Column("measure", meaning="The measure of centrality."),
        Column("centralization", meaning="0 all alike, 1 a star around one hub (Freeman)."),
        Column("normalization", meaning="What the sum of differences was divided by."),
        Column("note", meaning="Why it is not defined; blank if it is."),
    ),
    people=False,
)


def rank_central(table: pd.DataFrame, *, convener: str) -> pd.DataFrame:
    """The highest betweenness first; the convener is marked, as its ties are known best."""
    partners = "degree" if "degree" in table else "in_degree"
    ranked = table.sort_values(["betweenness", partners], ascending=False, kind="stable")
    if convener:
        is_convener = ranked["id"] == convener
        ranked["name"] = ranked["name"].mask(is_convener, ranked["name"] + " (convener)")
    return ranked.reset_index(drop=True)


def show_centrality(
    table: pd.DataFrame, by_relation: pd.DataFrame, *, kind: str, convener: str
) -> tuple[Shown, ...]:
    """Declare the tables of one answer: labels by layer, a column for each relation."""
    labels = AFFINITY_LABELS if kind == "affinity" else {}
    columns = tuple(replace(c, label=labels.get(c.name, c.label)) for c in COLUMNS)
    known = {column.name for column in columns}
    ranges = [str(name) for name in table if str(name) not in known]
    columns += tuple(Column(name, meaning=_explain_range(name)) for name in ranges)
    partners = [Column(str(name), meaning="Partners in this relation.") for name in by_relation]
    return (
        replace(SHOWN_CENTRAL, columns=columns, pick=partial(rank_central, convener=convener)),
        SHOWN_CENTRALIZATION,
        Shown("by_relation", "Partners by relation", (ID, *partners), people=False),
    )


def _explain_range(name: str) -> str:
    return RANK_ENDINGS.get(name.partition("_")[2], "")
