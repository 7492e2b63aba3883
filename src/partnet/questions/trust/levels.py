"""Scores of value and trust: of a rating, an organization, a group and the network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ...core.audience.small_counts import LEAST_CELL
from ...core.rows.ratings import TRUST, VALUE, list_dimensions
from .shown import DIMENSIONS, GROUPS

FAMILIES = (VALUE, TRUST)
KNOWN: tuple[str, ...] = tuple(list_dimensions())
OF_FAMILY = {f: [d.id for d in list_dimensions().values() if d.family == f] for f in FAMILIES}


def _spread(rows: pd.DataFrame, index: Sequence[str]) -> pd.DataFrame:
    """Mean score by `index` and dimension, one column each of the six dimensions."""
    wide = rows.pivot_table(index=[*index], columns="dimension", values="score", aggfunc="mean")
    return wide.reindex(columns=list(KNOWN)).astype("float64")


def average_families(by_dimension: pd.DataFrame) -> pd.DataFrame:
    """Value and trust as the means of their dimensions, overall as the mean of all six.

    A dimension without a rating is left out of the mean; NaN where there is none.
    """
    found = {family: by_dimension[own].mean(axis=1) for family, own in OF_FAMILY.items()}
    return pd.DataFrame({**found, "overall": by_dimension[list(KNOWN)].mean(axis=1)})


def measure_scores(rows: pd.DataFrame) -> pd.DataFrame:
    """Give one row a rater and rated: value, trust and overall of what the one gives the other."""
    known = rows[rows["family"] != ""]
    return average_families(_spread(known, ("rater", "rated"))).reset_index()


def measure_received(rows: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Give what each organization received and gave, by id."""
    by_dimension = _spread(rows[rows["family"] != ""], ("rated",))
    received = average_families(by_dimension)
    overall = scores.groupby("rated")["overall"]
    given = scores.groupby("rater")
    return pd.concat(
        [
            overall.size().rename("raters"),
            received,
            overall.min().rename("lowest"),
            overall.max().rename("highest"),
            by_dimension,
            given.size().rename("rated"),
            given[VALUE].mean().rename("value_given"),
            given[TRUST].mean().rename("trust_given"),
        ],
        axis=1,
    )


def measure_dimensions(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the network by dimension: how many rated, mean, spread and range."""
    known = list_dimensions()
    others = sorted(set(rows["dimension"]) - set(known))
    found = []
    for dimension in (*known, *others):
        own = rows[rows["dimension"] == dimension]
        if len(own):
            score = own["score"]
            label = known[dimension].label if dimension in known else dimension
            family = known[dimension].family if dimension in known else ""
            spread = float(score.std(ddof=0))
            numbers = (len(own), own["rater"].nunique(), own["rated"].nunique())
            found.append(
                (
                    dimension,
                    label,
                    family,
                    *numbers,
                    float(score.mean()),
                    spread,
                    float(score.min()),
                    float(score.max()),
                )
            )
    return pd.DataFrame(found, columns=DIMENSIONS.names)


def describe_groups(rated: pd.DataFrame, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give what the organizations of each sector or county received, on average.

    A group with fewer than five raters has no score: it would be that of a few persons.
    """
    group_of = rated[column]
    found = []
    for group, members in rated[group_of != ""].groupby(column, sort=True):
        about = rows[rows["rated"].isin(members.index) & (rows["family"] != "")]
        raters = about["rater"].nunique()
        means = [float(members[f].mean()) if raters >= LEAST_CELL else np.nan for f in FAMILIES]
        found.append((group, len(members), raters, *means))
    table = pd.DataFrame(found, columns=GROUPS)
    return table.sort_values(["organizations", "group"], ascending=[False, True], ignore_index=True)
