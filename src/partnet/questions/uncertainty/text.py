"""Sentences about how sure the numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results import Sentence
from ...core.text import count_noun, join_words, say_rank, say_share
from ...facts.layers import Layer
from ...measures.ranking import find_top
from ..layer_text import NOTHING, say_layer

SAID = {
    "degree": "by partners",
    "betweenness": "by betweenness",
    "harmonic": "by harmonic closeness",
    "closeness": "by closeness",
    "eigenvector": "by well-tied partners (eigenvector)",
    "pagerank": "by PageRank",
    "coreness": "by coreness",
    "effective_size": "by effective size",
}
WAYS = "likely ways to fill in what was not answered"


def say_uncertainty(
    here: Network,
    layer: Layer,
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
) -> Iterator[Sentence]:
    """Say in the words of a hospital director what is unknown and what depends on it."""
    if layer.kind == "affinity":
        yield say_layer(layer)
    if not layer.n:
        yield Sentence("empty", NOTHING)
        return
    if layer.kind == "collaboration":
        yield from say_cells(layer, tables["cells"]["value"])
    if not layer.matrix.nnz:
        yield Sentence("no_ties", "No tie is on file, so no rank can be sure or unsure.")
        return
    yield from say_first(here, tables, settings)
    yield from _say_widest(tables["imputations"], settings)
    yield from _say_density(tables["network"])


def say_cells(layer: Layer, cells: pd.Series) -> Iterator[Sentence]:
    """Say who did not answer, and how many cells are unknown for it."""
    if layer.survey is None:
        yield Sentence(
            "unanswered",
            "No survey answers are on file, so what is unknown cannot be told: a tie that is not "
            "on file is counted as absent.",
        )
        return
    asked = int(layer.survey.asked.sum())
    silent = int((layer.survey.asked & ~layer.survey.answered).sum())
    claims = {"silent": silent, "asked": asked, "unknown": int(cells["unknown"])}
    if silent or cells["unknown"]:
        share = float(cells["unknown"] / cells["cells"]) if cells["cells"] else 0.0
        yield Sentence(
            "unanswered",
            f"{count_noun(silent, 'organization')} of {asked:,} asked did not answer; for "
            f"{count_noun(cells['unknown'], 'pair')} ({say_share(share)}) nobody who could tell "
            f"has answered, and there may be about {count_noun(cells['expected_ties'], 'tie')} "
            "more among them.",
            claims | {"share": share, "expected_ties": float(cells["expected_ties"])},
        )
    else:
        yield Sentence("unanswered", "Everybody asked has answered, so no pair is unknown.", claims)
    if not np.isnan(layer.one_sided):
        yield Sentence(
            "one_sided",
            f"Of the ties on file whose two sides both answered, {say_share(layer.one_sided)} "
            "are named by one side only.",
            {"share": layer.one_sided},
        )


def say_first(
    here: Network, tables: Mapping[str, pd.DataFrame], settings: Mapping[str, Any]
) -> Iterator[Sentence]:
    """Say who is rank 1 in how many imputations, and that this is a statement about a model."""
    leave_out = [int(p) for p in here.positions([here.convener] if here.convener else [])]
    table = tables["imputations"]
    leaders: dict[int, list[str]] = {}
    for measure in [name for name in SAID if name in table and settings["draws"]]:
        for top in find_top(table[measure], 1, leave_out=leave_out):
            leaders.setdefault(int(top), []).append(measure)
    for position, measures in leaders.items():
        yield _say_leader(position, measures, table)
        if "tie_error" in tables:
            yield _say_other_models(position, measures, tables, settings)
    if leaders:
        yield Sentence(
            "model",
            "These shares are statements about a model, in which those who did not answer say what "
            "others like them say; they are not the chance that it is so.",
        )


def _say_leader(position: int, measures: list[str], table: pd.DataFrame) -> Sentence:
    """In how many imputations one organization is rank 1, measure by measure."""
    shares = {m: float(table[f"{m}_first"].iloc[position]) for m in measures}
    said = [f"{SAID[m]} in {say_share(share)}" for m, share in shares.items()]
    name = str(table["name"].iloc[position])
    text = f"{name} is first {join_words(said)} of the {WAYS} (imputations)."
    return Sentence("first", text, {"name": name, "shares": shares})


def _say_other_models(
    position: int,
    measures: list[str],
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
) -> Sentence:
    """The same under the two other models."""
    shares = {
        model: [float(tables[model][f"{m}_first"].iloc[position]) for m in measures]
        for model in ("half_rate", "tie_error")
    }
    said = {model: _join_shares(found) for model, found in shares.items()}
    false, missed = settings["false_ties"], settings["missed_ties"]
    return Sentence(
        "first_otherwise",
        f"With unknown ties half as frequent it is so in {said['half_rate']}; if "
        f"{say_share(false)} of ties on file were wrong and {say_share(missed)} of all ties "
        f"missed, in {said['tie_error']}.",
        {**shares, "false_ties": false, "missed_ties": missed},
    )


def _join_shares(shares: list[float]) -> str:
    said = [say_share(share) for share in shares]
    return join_words(said) if len(set(said)) > 1 else said[0]


def _say_widest(table: pd.DataFrame, settings: Mapping[str, Any]) -> Iterator[Sentence]:
    """Name the organization whose rank is least sure, by the first measure asked for."""
    measures = [name for name in SAID if name in table]
    if not measures or not settings["draws"]:
        return
    low, high = table[f"{measures[0]}_rank_low"], table[f"{measures[0]}_rank_high"]
    width = (high - low).to_numpy()
    widest = int(np.argmax(width))
    if not width[widest]:
        yield Sentence("least_sure", f"All ranks are the same in nearly all {WAYS}.")
        return
    best, worst = int(low.iloc[widest]), int(high.iloc[widest])
    name = str(table["name"].iloc[widest])
    yield Sentence(
        "least_sure",
        f"Least sure {SAID[measures[0]]} is the rank of {name}: between {say_rank(best)} and "
        f"{say_rank(worst)} in nine of ten of the {WAYS}.",
        {"name": name, "rank_low": best, "rank_high": worst},
    )


def _say_density(network: pd.DataFrame) -> Iterator[Sentence]:
    row = network.loc["density"]
    if np.isnan(row["value"]):
        return
    text = f"Of every 100 pairs whose answer is known, {100 * row['value']:.1f} have a tie on file"
    claims = {"density": float(row["value"])}
    if not np.isnan(row["standard_error"]):
        low, high = max(float(row["low"]), 0.0), float(row["high"])
        text += f"; among networks like this one, between {100 * low:.1f} and {100 * high:.1f}"
        claims |= {"low": low, "high": high}
    yield Sentence("density", f"{text}.", claims)
