"""What a back-test says in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from ....core.results.result import Sentence
from ....core.wording.text import count_noun
from .shown import METHODS

if TYPE_CHECKING:
    from .backtest import Backtest

FEWEST_JUDGED = 20  # below this no statement is made
MANY_JUDGED = 100  # below this only large differences are stated
LARGE = 0.10  # a difference in hits that is worth a word on 20 to 99 organizations
GIVEAWAY = 0.98  # attributes that alone are this good were made from the ties
LABELS = {
    "ranker": "the ranker",
    "resource_allocation": "shared partners (resource allocation)",
    "pagerank": "personalized PageRank",
    "popularity": "popularity",
}


def say_backtest(test: Backtest) -> Iterator[Sentence]:
    """Say how good the recommendations were, as far as the figures allow."""
    yield say_verdict(test)
    if test.judged >= FEWEST_JUDGED:
        yield _say_hits(test)
    if test.giveaway > GIVEAWAY:
        text = (
            "Warning: what is known of the organizations gives nearly every held-out tie away "
            f"(AUC {test.giveaway:.3f} without looking at any tie). A column may have been made "
            "from the ties; take it out before you trust these figures."
        )
        yield Sentence("giveaway", text, {"auc": test.giveaway})
    if test.judged and not test.later:
        text = "Held-out ties are easier to find than future ties, so expect less of the future."
        yield Sentence("future", text)


def _say_hits(test: Backtest) -> Sentence:
    first, chance = test.table.loc["ranker"], test.table.loc["chance"]
    what = "new partner" if test.later else "held-out partner"
    text = (
        f"For {count_noun(test.judged, 'organization')} judged, the five suggestions held a {what} "
        f"in {first['hit_5']:.0%} of cases (between {first['hit_5_low']:.0%} and "
        f"{first['hit_5_high']:.0%}), the first one in {first['hit_1']:.0%}; random choice "
        f"would reach {chance['hit_5']:.0%} and {chance['hit_1']:.0%}."
    )
    names = ("hit_5", "hit_5_low", "hit_5_high", "hit_1")
    claims = {
        "judged": test.judged,
        **{name: float(first[name]) for name in names},
        "chance_hit_5": float(chance["hit_5"]),
        "chance_hit_1": float(chance["hit_1"]),
    }
    return Sentence("hits", text, claims)


def say_verdict(test: Backtest) -> Sentence:
    """Say in words what the figures allow to say, by the number of organizations judged."""
    claims = {"judged": test.judged}
    if test.layer.kind == "affinity":
        text = (
            "No organization could be judged: no working tie is on file, so there is nothing to "
            "hold out, and recommendations rest on affinity alone."
        )
    elif not test.judged:
        why = "no new tie is on file" if test.later else "too few ties are on file to hold any out"
        text = f"No organization could be judged: {why}."
    elif test.judged < FEWEST_JUDGED:
        judged = count_noun(test.judged, "organization")
        text = (
            f"Only {judged} could be judged, fewer than {FEWEST_JUDGED}: no statement on how good "
            "the recommendations are on this network."
        )
    else:
        return _compare(test)
    return Sentence("verdict", text, claims)


def _compare(test: Backtest) -> Sentence:
    rows = test.differences[test.differences["measure"] == "hit_5"].set_index("less")
    least = 0.0 if test.judged >= MANY_JUDGED else LARGE
    chance = rows.loc["chance"]
    better = bool(chance["low"] > 0 and chance["difference"] >= least)
    start = (
        "The recommendations find partners clearly better than random choice"
        if better
        else "No clear difference between the recommendations and random choice"
    )
    best = max(METHODS[1:], key=lambda name: round(float(test.table.loc[name, "hit_5"]), 9))
    text = f"{start}; {_compare_best(test, rows.loc[best], LABELS[best], least)}."
    claims = {
        "judged": test.judged,
        "better_than_chance": better,
        "best_single": LABELS[best],
        "difference": float(rows.loc[best, "difference"]),
    }
    return Sentence("verdict", text, claims)


def _compare_best(test: Backtest, row: pd.Series, best: str, least: float) -> str:
    small = "" if test.judged >= MANY_JUDGED else " that so few organizations could show"
    if row["low"] > 0 and row["difference"] >= least:
        return f"they beat the best single measure here, {best}"
    if row["high"] < 0 and -row["difference"] >= least:
        return f"the best single measure here, {best}, beats them"
    return f"against the best single measure here, {best}, there is no difference{small}"
