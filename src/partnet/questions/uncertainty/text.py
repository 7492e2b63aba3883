"""Sentences about how sure the numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.text import count_noun, join_words, say_share
from ...facts.layers import Layer
from ...measures.ranking import find_top, say_rank

SAID = {
    "degree": "by partners",
    "betweenness": "by ways between others",
    "harmonic": "by nearness to all",
    "closeness": "by closeness",
    "eigenvector": "by well-tied partners (eigenvector)",
    "pagerank": "by PageRank",
    "coreness": "by coreness",
    "effective_size": "by effective size",
}


def say_uncertainty(
    net: Network,
    layer: Layer,
    ranges: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
) -> Iterator[str]:
    """Say in the words of a hospital director what is unknown and what hangs on it."""
    if layer.kind == "affinity":
        yield layer.describe()
    if not layer.n:
        yield "The network is empty: the organizations table has no usable row."
        return
    if layer.kind == "collaboration":
        yield from say_cells(layer, tables["cells"]["value"])
    if not layer.matrix.nnz:
        yield "No tie is on file, so there are no ranks to be sure or unsure of."
        return
    yield from say_first(net, ranges, settings)
    yield from _say_widest(ranges["fillings"], settings)
    yield from _say_density(tables["network"])


def say_cells(layer: Layer, cells: pd.Series) -> Iterator[str]:
    """Say who did not answer, and how many cells are unknown for it."""
    if layer.survey is None:
        yield (
            "No survey answers are on file, so what is unknown cannot be told: a tie that is not "
            "on file is counted as absent."
        )
        return
    silent = int((layer.survey.asked & ~layer.survey.answered).sum())
    if silent or cells["unknown"]:
        yield (
            f"{count_noun(silent, 'organization')} of {layer.survey.asked.sum():,} asked did not "
            f"answer; for {count_noun(cells['unknown'], 'pair')} "
            f"({say_share(cells['unknown'] / cells['cells'])}) nobody who could tell has answered, "
            f"and about {count_noun(cells['expected_ties'], 'tie')} may be hidden there."
        )
    else:
        yield "Everybody asked has answered, so no pair is unknown."
    if not np.isnan(layer.one_sided):
        yield (
            f"Of the pairs on file whose two sides both answered, {say_share(layer.one_sided)} "
            "are named by one side only."
        )


def say_first(
    net: Network, ranges: Mapping[str, pd.DataFrame], settings: Mapping[str, Any]
) -> Iterator[str]:
    """Say who is rank 1 in how many fillings, and that this is a statement about a model."""
    leave_out = [int(p) for p in net.positions([net.convener] if net.convener else [])]
    table = ranges["fillings"]
    leaders: dict[int, list[str]] = {}
    for measure in [name for name in SAID if name in table and settings["draws"]]:
        for top in find_top(table[measure], 1, leave_out=leave_out):
            leaders.setdefault(int(top), []).append(measure)
    for position, measures in leaders.items():
        yield from _say_leader(
            str(table["name"].iloc[position]), position, measures, ranges, settings
        )
    if leaders:
        yield (
            "These shares are statements about a model, in which those who did not answer say what "
            "others like them say; they are not the chance that it is so."
        )


def _say_leader(
    name: str,
    position: int,
    measures: list[str],
    ranges: Mapping[str, pd.DataFrame],
    settings: Mapping[str, Any],
) -> Iterator[str]:
    """In how many networks of each model one organization is rank 1, measure by measure."""

    def list_shares(model: str) -> str:
        shares = [say_share(ranges[model][f"{m}_first"].iloc[position]) for m in measures]
        return join_words(shares) if len(set(shares)) > 1 else shares[0]

    said = [
        f"{SAID[m]} in {say_share(ranges['fillings'][f'{m}_first'].iloc[position])}"
        for m in measures
    ]
    yield f"{name} is rank 1 {join_words(said)} of fillings."
    if "tie_error" in ranges:
        yield (
            f"With hidden ties half as frequent it is so in {list_shares('half_rate')}; if "
            f"{say_share(settings['false_ties'])} of ties on file were wrong and "
            f"{say_share(settings['missed_ties'])} of all ties missed, in "
            f"{list_shares('tie_error')}."
        )


def _say_widest(table: pd.DataFrame, settings: Mapping[str, Any]) -> Iterator[str]:
    """Name the organization whose rank is least sure, by the first measure asked for."""
    measures = [name for name in SAID if name in table]
    if not measures or not settings["draws"]:
        return
    low, high = table[f"{measures[0]}_rank_low"], table[f"{measures[0]}_rank_high"]
    width = (high - low).to_numpy()
    widest = int(np.argmax(width))
    if not width[widest]:
        yield "All ranks are the same in nearly all fillings."
        return
    yield (
        f"Least sure {SAID[measures[0]]} is the rank of {table['name'].iloc[widest]}: between "
        f"{say_rank(int(low.iloc[widest]))} and {say_rank(int(high.iloc[widest]))} in nine of ten "
        "fillings."
    )


def _say_density(network: pd.DataFrame) -> Iterator[str]:
    row = network.loc["density"]
    if np.isnan(row["value"]):
        return
    text = f"Of every 100 pairs whose answer is known, {100 * row['value']:.1f} have a tie on file"
    if not np.isnan(row["standard_error"]):
        low, high = 100 * max(row["low"], 0.0), 100 * row["high"]
        text += f"; among networks like this one, between {low:.1f} and {high:.1f}"
    yield text + "."
