"""How people see value and trust."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ...core.results.shown import Column, Shown
from ...core.rows.ratings import list_dimensions
from ..columns import ID, KIND, NAME

SCALE = "1 (not at all) to 4 (a great deal)"

MEAN = "mean over its raters and the dimensions"
RECEIVED = (
    Column("raters", "Raters", "count", meaning="How many organizations rated it."),
    Column("value", "Value", "score", meaning=f"Value received: {MEAN}, {SCALE}."),
    Column("trust", "Trust", "score", meaning=f"Trust received: {MEAN}, {SCALE}."),
    Column("overall", "Overall", "score", meaning="Mean of all six dimensions."),
    Column("lowest", "Lowest", "score", meaning="Least that one rater gives, overall."),
    Column("highest", "Highest", "score", meaning="Most that one rater gives, overall."),
)
BY_DIMENSION = tuple(
    Column(
        each.id,
        each.label.capitalize(),
        "score",
        "annex",
        f"{each.label.capitalize()} received, a part of {each.family}.",
    )
    for each in list_dimensions().values()
)
GIVEN = (
    Column("rated", "Rated", "count", "annex", "How many organizations it rated."),
    Column("value_given", "Value given", "score", "annex", "Mean of the value it gives."),
    Column("trust_given", "Trust given", "score", "annex", "Mean of the trust it gives."),
    Column("few", meaning="Whether fewer than five rated it: its score says little."),
    Column("partners", "Partners", "count", meaning="Organizations with a tie on file."),
    Column(
        "valued_beyond_ties",
        "Valued beyond its ties",
        "score",
        meaning="How much higher it ranks by value than by partners, -1 to 1; blank with fewer "
        "than five raters.",
    ),
)


def _pick_rated(table: pd.DataFrame) -> pd.DataFrame:
    """Those that somebody rated, best first; those with few raters after them."""
    rated = table[table["raters"] > 0]
    keys = rated.assign(order=-rated["overall"].round(9))
    return rated.loc[keys.sort_values(["few", "order", "id"], kind="stable").index]


TABLE = Shown(
    "table",
    "What partners received",
    (ID, NAME, KIND, Column("sector", meaning="Its sector."), *RECEIVED, *BY_DIMENSION, *GIVEN),
    "Value and trust",
    pick=_pick_rated,
)
DIMENSIONS = Shown(
    "dimensions",
    "Value and trust by dimension",
    (
        Column("dimension", meaning="Its id; one of your own in the words of the file."),
        Column("label", "Dimension", meaning="What was rated."),
        Column("family", "Part of", meaning="Value or trust; blank for one of your own."),
        Column("ratings", "Ratings", "count", meaning="How many ratings are on file."),
        Column("raters", "Raters", "count", meaning="How many organizations gave them."),
        Column("rated", "Rated", "count", meaning="How many organizations received them."),
        Column("mean", "Mean", "score", meaning=f"Mean of the ratings, {SCALE}."),
        Column("spread", "Spread", "score", meaning="Standard deviation of the ratings."),
        Column("lowest", "Lowest", "score", meaning="The lowest rating."),
        Column("highest", "Highest", "score", meaning="The highest rating."),
    ),
    "Dimensions",
)
PAIRS = Shown(
    "pairs",
    "Pairs that rate each other most differently",
    (
        Column("organization", meaning="Id of the first of the two."),
        Column("other", meaning="Id of the second."),
        Column("name", "Organization", meaning="The first of the two."),
        Column("other_name", "Other", meaning="The second."),
        Column("gives", "Gives", "score", meaning="What the first gives the second, overall."),
        Column("receives", "Receives", "score", meaning="What the second gives the first."),
        Column("difference", "Difference", "score", meaning="How far apart, 0 to 3."),
    ),
    "Two sides",
    people=False,  # no page says who rated whom
)
GROUPS = ["group", "organizations", "raters", "value", "trust"]


def _show_groups(table: str, label: str, sheet: str) -> Shown:
    score = "Mean of what its organizations received; blank with fewer than five raters."
    columns = (
        Column("group", label, meaning=f"The {label.lower()}."),
        Column("organizations", "Organizations rated", "count", meaning="Rated by somebody."),
        Column("raters", "Raters", "count", meaning="How many organizations rated them."),
        Column("value", "Value", "score", meaning=score),
        Column("trust", "Trust", "score", meaning=score),
    )
    return Shown(table, f"Value and trust by {label.lower()}", columns, sheet)


SECTORS = _show_groups("sectors", "Sector", "By sector")
COUNTIES = replace(_show_groups("counties", "County", "By county"), rows=0)
TESTS = Shown(
    "tests",
    "Differences against chance",
    (
        Column("what", "Between", meaning="Sectors, counties, or the two sides of a pair."),
        Column("score", "Of", meaning="Value, trust or overall."),
        Column("n", "Compared", "count", meaning="Organizations, or pairs, that are compared."),
        Column(
            "found",
            "Found",
            "score",
            meaning="Groups: part of the differences that lies between them, 0 to 1. Two sides: "
            "mean difference, 0 to 3. Blank where nothing differs.",
        ),
        Column("expected", "By chance", "score", meaning="Its mean where scores are permuted."),
        Column("p", "p", "score", meaning="Part of the permutations as far from chance as this."),
    ),
    "Against chance",
    rows=0,
)
SHOWN = (TABLE, DIMENSIONS, PAIRS, SECTORS, COUNTIES, TESTS)

SHARED = Shown(
    "table",
    "Value and trust, as partners may see them",
    (
        Column("organization", meaning="Id of the one that received it; blank: all partners."),
        Column("name", "Who received it", meaning="All partners together, or you."),
        Column("dimension", meaning="Id of the dimension."),
        Column("label", "Dimension", meaning="What was rated."),
        Column("family", "Part of", meaning="Value or trust."),
        Column("raters", "Raters counted", "count", meaning="Five or more, in whole groups."),
        Column("score", format="score", meaning="Middle of the part in which the mean lies."),
        Column("said", "Score", meaning=f"The fifth of the scale in which the mean lies; {SCALE}."),
    ),
    "Value and trust",
    rows=12,
)
SHARED_SHOWN = (SHARED,)
