"""Why: the exact contributions of a score, grouped into named reasons, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np

from ....core.arrays import FloatArray, IntArray
from ..features.features import PairFeatures
from ..ranking.pair_sets import PairSet
from .evidence import Evidence, Reason
from .text import say_evidence

PATTERN = "pattern"  # what the trees of the ranker "best" add beyond the other reasons
ALWAYS_NAMED = "shared partners"  # a shared partner is always worth naming

# Columns that go whole to one reason; another of ties alone goes to the same circle.
REASON_OF_COLUMN = {
    "resource_allocation": "shared partners",
    "pagerank": "same circle",
    "collaborative": "same circle",
    "spectral_blocks": "same circle",
    "louvain_blocks": "same circle",
    "positions": "same circle",
    "strong_partners": "shared partners",
    "popularity": "hub",
    "pattern": PATTERN,
    "mixing": "complementary kind",
    "like_you": "organizations like you",
    "mixing_hub": "organizations like you",
    "services": "shared services",  # the columns of affinity are its families
    "funding": "shared funding",
    "populations": "shared populations",
    "places": "geography",
    "groups": "shared groups",
}
REASON_OF_FIELD = {
    "kind": "same kind",
    "sector": "same kind",
    "county_fips": "geography",
    "places": "geography",
    "distance": "geography",
    "services": "shared services",
    "funding": "shared funding",
    "populations": "shared populations",
    "groups": "shared groups",
}
DIVIDED = ("similarity", "rare_match")
OTHER_FIELD = "profile"
NOTHING_SHARED = "little in common"
SOMETHING_SHARED = "much in common"


def explain_scores(
    pairs: PairSet,
    rows: IntArray,
    evidence: Evidence,
    ends: Sequence[tuple[int, int]],
) -> list[list[Reason]]:
    """Take scores apart into named reasons, the strongest in favor first.

    The contributions of a pair add up to its score exactly: columns go whole to one reason, but
    for similarity and rare matches, which are divided among the fields they come from.

    Parameters
    ----------
    pairs : PairSet
        The pairs and their columns.
    rows : int array
        Which of them.
    evidence : Evidence
        Facts on file, and where the columns come from.
    ends : sequence of pairs of positions
        Who asks, and who is named, for each row.
    """
    if not len(rows):
        return []
    added = _divide_columns(pairs, rows, evidence.features)
    found: list[list[Reason]] = []
    for k, (a, b) in enumerate(ends):
        own = [
            Reason(
                name,
                float(value[k]),
                _odds(pairs.slope * float(value[k])),
                say_evidence(name, evidence, a, b),
            )
            for name, value in added.items()
            if value[k] or name == ALWAYS_NAMED
        ]
        found.append(sorted(own, key=lambda one: (-round(one.contribution, 9), one.name)))
    return found


def _odds(log_odds: float) -> float:
    return exp(max(min(log_odds, 50.0), -50.0))


def _divide_columns(
    pairs: PairSet, rows: IntArray, features: PairFeatures
) -> dict[str, FloatArray]:
    """Add up contributions by reason: one value a row."""
    contributions = (pairs.scaled[rows] - pairs.center) * pairs.weights
    i, j = pairs.i[rows], pairs.j[rows]
    added: dict[str, FloatArray] = {}
    for column, value in zip(pairs.columns, contributions.T, strict=True):
        for name, part in _divide(column, value, features, i, j).items():
            added[name] = added.get(name, 0.0) + part
    return added


def _divide(
    column: str, value: FloatArray, features: PairFeatures, i: IntArray, j: IntArray
) -> dict[str, FloatArray]:
    """Divide the contributions of a column among reasons; each part has the sign of the whole."""
    if column not in DIVIDED:
        return {REASON_OF_COLUMN.get(column, "same circle"): value}
    parts = _parts_by_reason(column, features, i, j) if value.any() else {}
    agreeing = {name: np.where(part * value > 0, np.abs(part), 0.0) for name, part in parts.items()}
    total = np.zeros(len(value))
    for part in agreeing.values():  # one by one: the same bits for one pair and for many
        total = total + part
    some = total >= 1e-12
    share = np.divide(value, total, out=np.zeros(len(value)), where=some)
    divided = {name: part * share for name, part in agreeing.items()}
    divided[SOMETHING_SHARED] = np.where(~some & (value > 0), value, 0.0)
    divided[NOTHING_SHARED] = np.where(~some & (value <= 0), value, 0.0)
    return divided


def _parts_by_reason(
    column: str, features: PairFeatures, i: IntArray, j: IntArray
) -> dict[str, FloatArray]:
    parts: dict[str, FloatArray] = {}
    for part in features.fields:
        value = part.rarity(i, j) if column == "rare_match" else part.exceed(i, j)
        name = REASON_OF_FIELD.get(part.name, OTHER_FIELD)
        parts[name] = parts.get(name, 0.0) + value
    return parts
