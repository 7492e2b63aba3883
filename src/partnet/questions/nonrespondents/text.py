"""Sentences about who has not answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_share
from ...facts.graph.layers import Layer
from ...facts.graph.survey import Survey
from ..layer_text import WHO_ANSWERED

LEAST_ASKED = 3  # of a kind, before its rate is said
NO_SURVEY = (
    "No survey answers are on file (table responses), so who has not answered cannot be told."
)


def say_nonrespondents(
    here: Network,
    survey: Survey | None,
    table: pd.DataFrame,
    kinds: pd.DataFrame,
    widths: Mapping[str, float],
) -> Iterator[Sentence]:
    """Say who answered, whom to ask first and what that tells, and of which kind least is known."""
    if survey is None:
        yield Sentence("answered", f"{WHO_ANSWERED}." if here.hides("responses") else NO_SURVEY)
        return
    asked = int(survey.asked.sum())
    answered = int((survey.asked & survey.answered).sum())
    share = say_share(answered / asked) if asked else "none asked"
    yield Sentence(
        "answered",
        f"{answered:,} of {count_noun(asked, 'organization')} asked have answered ({share}).",
        {"asked": asked, "answered": answered},
    )
    if len(table):
        yield from _say_first(here, table, widths)
        yield from _say_least(kinds)


def _say_first(
    here: Network, table: pd.DataFrame, widths: Mapping[str, float]
) -> Iterator[Sentence]:
    first = [str(id_) for id_ in table.index[table["order"].notna()]]
    if not first or not widths:
        text = "Too little is on file to say whose answer would tell most."
        yield Sentence("first", text)
        return
    text = (
        f"Ask {join_words([here.name(id_) for id_ in first])} first: with "
        f"{'its answer' if len(first) == 1 else 'their answers'} the rank of an organization is "
        f"expected to be known to within {widths['after']:.1f} places on average; today it is "
        f"{widths['now']:.1f}"
    )
    if "random" in widths:
        others = "another" if len(first) == 1 else f"{len(first):,} at random"
        text += f" (with {others}, {widths['random']:.1f})"
    yield Sentence("first", f"{text}.", {"organizations": first, **widths})


def _say_least(kinds: pd.DataFrame) -> Iterator[Sentence]:
    """The kind with the lowest response rate, where some of it answered less than others."""
    known = kinds[kinds["asked"] >= LEAST_ASKED]
    if known.empty or known["rate"].min() == known["rate"].max():
        return
    known = known.sort_values(["rate", "asked"], ascending=[True, False], kind="stable")
    least = known.iloc[0]
    claims: dict[str, Any] = {name: int(least[name]) for name in ("asked", "answered")}
    equal = known.loc[known["rate"] == least["rate"], "group"].tolist()[1:]
    few = (kinds["asked"] < LEAST_ASKED) & (kinds["rate"] < least["rate"])
    among = f" with {LEAST_ASKED} or more asked" if few.any() else ""
    also = f" (as low: {join_words(equal, most=LEAST_ASKED)})" if equal else ""
    yield Sentence(
        "least",
        f"The lowest response by kind{among}: {least['group']}, {claims['answered']} of "
        f"{claims['asked']} answered{also}.",
        {"kind": str(least["group"]), "equal": equal, **claims},
    )


def describe_method(layer: Layer, settings: Mapping[str, Any]) -> Method:
    """Say how it is judged whom to ask first."""
    return Method(
        name="Whom to ask first: expected narrowing of the ranges of ranks.",
        formula=(
            "Networks are drawn as for measure_uncertainty. An answer settles the rank of "
            "the one that gives it; of any other rank the tie with it explains a share R2 of the "
            "variance over the draws, and its range narrows to sqrt(1 - R2) of its width. Who "
            "narrows the mean width most goes first; then who narrows most what is left."
        ),
        settings={**layer.settings(), **settings},
        sources=("Krause, Huisman, Steglich & Snijders (2020), doi:10.1016/j.socnet.2020.02.004",),
        notes=(
            layer.describe(),
            "An expectation under the model: an answer that surprises may also widen a range.",
        ),
    )
