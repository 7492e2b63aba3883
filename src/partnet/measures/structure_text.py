"""Sentences about the shape of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ..network import Network
from ..weights import Layer
from ..wording import count_noun, join_words, say_share
from .centrality_text import say_unknown

FEW = 0.05  # p below which a line between groups is put in words


def say_structure(
    net: Network,
    layer: Layer,
    values: pd.Series,
    tables: Mapping[str, pd.DataFrame],
    grouping: str,
) -> Iterator[str]:
    """Say in the words of a hospital director what shape the network has."""
    if layer.kind == "affinity":
        yield layer.describe()
    if not layer.n:
        yield "The network is empty: the organizations table has no usable row."
        return
    if not layer.matrix.nnz:
        yield f"No tie is on file between the {count_noun(layer.n, 'organization')}."
        yield from say_unknown(layer)
        return
    yield from _say_density(layer, values)
    yield from _say_parts(values)
    yield from _say_distance(values)
    yield from _say_core(values, tables["organizations"])
    if layer.kind == "collaboration":
        yield from _say_mixing(net, values, tables["mixing"], grouping)
    yield from say_unknown(layer)


def _say_density(layer: Layer, values: pd.Series) -> Iterator[str]:
    cells = layer.n * (layer.n - 1) // (1 if layer.directed else 2)
    unknown = cells - layer.observed_cells
    if layer.kind == "affinity":
        share = 100 * values["density"]
        yield f"Of every 100 pairs of organizations, {share:.1f} have something strong in common."
        return
    yield (
        f"Of every 100 pairs of organizations about which an answer is known, "
        f"{100 * values['density']:.1f} have a tie on file."
    )
    if unknown:
        yield (
            f"For {say_share(unknown / cells)} of all pairs nobody who could tell has answered; "
            "they are not counted as missing."
        )


def _say_parts(values: pd.Series) -> Iterator[str]:
    parts, alone = int(values["components"]), int(values["isolates"])
    if parts == 1:
        yield "All organizations are linked with each other, directly or through others."
        return
    yield (
        f"{count_noun(values['largest_component'], 'organization')} are linked with each other; "
        f"{count_noun(alone, 'organization')} {'has' if alone == 1 else 'have'} no tie, and "
        f"{count_noun(parts - alone - 1, 'smaller part')} "
        f"{'stands' if parts - alone == 2 else 'stand'} apart."
    )


def _say_distance(values: pd.Series) -> Iterator[str]:
    yield (
        f"Between two that are linked it takes {values['mean_distance']:.1f} steps on average and "
        f"{values['diameter']:.0f} at most."
    )


def _say_core(values: pd.Series, organizations: pd.DataFrame) -> Iterator[str]:
    core = organizations.loc[organizations["core_core"], "name"]
    correlation = values["core_core_correlation"]
    if np.isnan(correlation):
        return
    shape = "a clear core" if correlation >= 0.5 else "no clear core"
    named = join_words([str(name) for name in core], most=5)
    yield (
        f"The network has {shape}: the best split puts {count_noun(len(core), 'organization')} in "
        f"it ({named}) and agrees with the ideal at {correlation:.2f} of 1."
    )


def _say_mixing(
    net: Network, values: pd.Series, mixing: pd.DataFrame, grouping: str
) -> Iterator[str]:
    labels = dict(net.vocabulary.sectors) if grouping == "sector" else {}
    if np.isnan(values["e_i_index"]):
        return
    if values["e_i_p"] <= FEW:
        way = "within" if values["e_i_index"] < values["e_i_expected"] else "between"
        yield (
            f"Ties run {way} groups ({grouping}) more than chance would have it "
            f"(E-I index {values['e_i_index']:.2f}; {values['e_i_expected']:.2f} by chance)."
        )
    between = mixing[(mixing["from_group"] != mixing["to_group"]) & (mixing["p"] <= FEW)]
    few = between[between["ties"] < between["expected"]]
    few = few.assign(lacking=few["expected"] - few["ties"])
    few = few.sort_values("lacking", ascending=False, kind="stable").head(3)
    for row in few.itertuples():
        first = labels.get(row.from_group, row.from_group)
        second = labels.get(row.to_group, row.to_group)
        yield (
            f"Between {first} and {second} {_count_ties(row.ties)} on file; "
            f"by chance there would be about {row.expected:.0f}."
        )


def _count_ties(ties: int) -> str:
    if not ties:
        return "no tie is"
    return f"{count_noun(ties, 'tie')} {'is' if ties == 1 else 'are'}"
