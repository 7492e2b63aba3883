"""How people see a back-test."""

from __future__ import annotations

from collections.abc import Iterator

from ....core.results.shown import Column, Shown

METHODS = ("ranker", "resource_allocation", "pagerank", "popularity")
MEASURES = {  # column: label and meaning
    "hit_1": ("Hit with the first", "Share of organizations whose first suggestion was held out."),
    "hit_5": ("Hit among five", "Share of organizations with a held-out tie among the first five."),
    "reciprocal_rank": ("Reciprocal rank", "Mean of 1 / rank of the first held-out tie."),
}


def _list_measures() -> Iterator[Column]:
    for name, (label, meaning) in MEASURES.items():
        share = name != "reciprocal_rank"
        yield Column(name, label, "share" if share else "score", meaning=meaning)
        yield Column(f"{name}_low", format="score", meaning="Lower end of the 95% interval.")
        yield Column(f"{name}_high", format="score", meaning="Upper end of the 95% interval.")


BY_METHOD = Shown(
    "table",
    "How often each method finds held-out partners",
    (
        Column("method", "Method", meaning="The ranker, single measures, and random choice."),
        *_list_measures(),
        Column("auc", "AUC", "score", meaning="Chance that a held-out tie is above another pair."),
        Column("lift_1", format="score", meaning="Hits with the first, times random choice."),
        Column("lift_5", "Times random choice", "score", meaning="Hits among the first five."),
    ),
    "Back-test",
)
DIFFERENCES = Shown(
    "differences",
    "The ranker less each other method",
    (
        Column("less", "Method", meaning="What it is compared with."),
        Column("measure", "Measure", meaning="hit_1, hit_5 or reciprocal_rank."),
        Column("difference", "Difference", "score", meaning="Mean over organizations."),
        Column("low", "From", "score", meaning="Lower end of the 95% interval."),
        Column("high", "To", "score", meaning="Upper end of the 95% interval."),
    ),
    "Differences",
    rows=0,
)
ORGANIZATIONS = Shown(
    "organizations",
    "Organizations that were judged",
    (
        Column("organization", "Organization", meaning="Its id."),
        *(
            Column(
                f"{method}_{measure}",
                "The ranker: " + label.lower() if (method, measure) == ("ranker", "hit_5") else "",
                "score",
                meaning=f"{meaning} By {method}; mean over its runs.",
            )
            for method in (*METHODS, "chance")
            for measure, (label, meaning) in MEASURES.items()
        ),
    ),
    rows=0,
    people=False,
)
CALIBRATION = Shown(
    "calibration",
    "What was said, and what was found",
    (
        Column("pairs", "Pairs", "count", meaning="Pairs with about the same probability."),
        Column("said", "Probability said", "share", meaning="Its mean."),
        Column("found", "Found", "share", meaning="Share of them that were held out."),
    ),
    "Calibration",
)
SHOWN = (BY_METHOD, DIFFERENCES, ORGANIZATIONS, CALIBRATION)
