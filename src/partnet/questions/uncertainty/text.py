"""Sentences about how sure the numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_rank, say_share
from ...facts.graph.layers import Layer
from ...measures.ranking import find_leaders
from ..layer_text import NOTHING, WHO_ANSWERED, say_layer

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
        yield from say_cells(here, layer, tables["cells"]["value"])
    if not layer.matrix.nnz:
        tie = "working tie" if layer.kind == "affinity" else "tie"
        yield Sentence("no_ties", f"No {tie} is on file, so no rank can be sure or unsure.")
        return
    unknown = bool(tables["cells"].loc["unknown", "value"])
    yield from say_first(here, tables, settings, unknown=unknown)
    yield from _say_widest(tables["imputations"], settings) if unknown else ()
    yield from _say_density(layer, tables["network"])


def say_cells(here: Network, layer: Layer, cells: pd.Series) -> Iterator[Sentence]:
    """Say who did not answer, and how many cells are unknown for it."""
    if here.hides("responses"):
        text = f"{WHO_ANSWERED}, so what is unknown cannot be told: a tie that is not on file is "
        yield Sentence("unanswered", f"{text}counted as absent.")
        return
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
    here: Network,
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
    *,
    unknown: bool = True,
) -> Iterator[Sentence]:
    """Say who is rank 1 in how many imputations, and that this is a statement about a model.

    Where nothing is `unknown` there is nothing to fill in: only errors of what is on file are left.
    """
    leave_out = [int(p) for p in here.positions([here.convener] if here.convener else [])]
    table = tables["imputations"]
    leaders: dict[int, list[str]] = {}
    shared: set[str] = set()
    for measure in [name for name in SAID if name in table and settings["draws"]]:
        top, among = find_leaders(table[measure], 1, leave_out=leave_out)
        shared |= {measure} if len(top) > 1 or among else set()
        for position in top.tolist():
            leaders.setdefault(position, []).append(measure)
    for position, measures in leaders.items():
        first = not shared.isdisjoint(measures)
        yield _say_leader(position, measures, table, shared=first, unknown=unknown)
        if "tie_error" in tables:
            yield _say_other_models(position, measures, tables, settings, unknown=unknown)
    if leaders and (unknown or "tie_error" in tables):
        text = (
            "in which those who did not answer say what others like them say; they are"
            if unknown
            else "in which errors of what is on file are drawn by chance;"
        )
        closing = "" if unknown else " they are"
        yield Sentence(
            "model",
            f"These shares are statements about a model, {text}{closing} not the chance that it is "
            "so.",
        )


def _say_leader(
    position: int, measures: list[str], table: pd.DataFrame, *, shared: bool, unknown: bool
) -> Sentence:
    """In how many imputations one organization is rank 1, measure by measure."""
    shares = {m: float(table[f"{m}_first"].iloc[position]) for m in measures}
    name = str(table["name"].iloc[position])
    is_first = "is first, or as high as the first," if shared else "is first"
    said = [f"{SAID[m]}{f' in {say_share(s)}' if unknown else ''}" for m, s in shares.items()]
    where = f" of the {WAYS} (imputations)" if unknown else " in what is on file"
    text = f"{name} {is_first} {join_words(said)}{where}."
    return Sentence("first", text, {"name": name, "shares": shares})


def _say_other_models(
    position: int,
    measures: list[str],
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
    *,
    unknown: bool,
) -> Sentence:
    """The same under the two other models; where nothing is unknown, under that of errors."""
    shares = {
        model: [float(tables[model][f"{m}_first"].iloc[position]) for m in measures]
        for model in ("half_rate", "tie_error")
    }
    said = {model: _join_shares(found) for model, found in shares.items()}
    false, missed = settings["false_ties"], settings["missed_ties"]
    half = f"With unknown ties half as frequent it is so in {said['half_rate']}; if"
    so = "" if unknown else "it would be so "
    return Sentence(
        "first_otherwise",
        f"{half if unknown else 'If'} {say_share(false)} of ties on file were wrong and "
        f"{say_share(missed)} of all ties missed, {so}in {said['tie_error']}"
        f"{'' if unknown else ' of all draws'}.",
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


def _say_density(layer: Layer, network: pd.DataFrame) -> Iterator[Sentence]:
    row = network.loc["density"]
    if np.isnan(row["value"]):
        return
    have = "have something strong in common"
    if layer.kind == "collaboration":
        have = "have a tie on file"
    known = " whose answer is known" if layer.kind == "collaboration" and layer.survey else ""
    text = f"Of every 100 pairs{known}, {100 * row['value']:.1f} {have}"
    claims = {"density": float(row["value"])}
    if not np.isnan(row["standard_error"]):
        low, high = max(float(row["low"]), 0.0), float(row["high"])
        text += f"; among networks like this one, between {100 * low:.1f} and {100 * high:.1f}"
        claims |= {"low": low, "high": high}
    yield Sentence("density", f"{text}.", claims)
