"""Sentences about the shape of the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.text import count_noun, join_words, say_share
from ...facts.layers import Layer
from ..centrality.text import say_unknown

CLEAR = 0.5  # correlation from which a core is called one
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
    yield from _say_triangles(values)
    yield from _say_communities(values, tables["communities"])
    yield from _say_core(values, tables["organizations"])
    yield from _say_multiplexity(layer, values, tables["multiplexity"])
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
        f"Of every 100 pairs of organizations whose answer is known, "
        f"{100 * values['density']:.1f} have a tie on file (density {values['density']:.3f})."
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


def _say_triangles(values: pd.Series) -> Iterator[str]:
    """How often partners of one are partners of each other, against chance."""
    expected = values["transitivity_expected"]
    if np.isnan(expected) or values["transitivity_p"] > FEW:
        return
    more = values["transitivity"] > expected
    yield (
        f"Partners of one organization are {'often' if more else 'seldom'} partners of each other: "
        f"in {say_share(values['transitivity'])} of cases, against {say_share(expected)} in random "
        "networks with as many ties."
    )


def _say_communities(values: pd.Series, communities: pd.DataFrame) -> Iterator[str]:
    several = communities[communities["organizations"] > 1]
    if len(several) < 2 or np.isnan(values["modularity"]):
        return
    largest = int(several["organizations"].iloc[0])
    equal = int((several["organizations"] == largest).sum())
    has = "the largest has" if equal == 1 else f"the {equal} largest have"
    yield (
        f"The ties draw {len(several)} communities, within which organizations are tied more than "
        f"between them (modularity {values['modularity']:.2f}); {has} "
        f"{count_noun(largest, 'organization')}{'' if equal == 1 else ' each'}. "
        "Read them as a map: another method may draw some borders differently."
    )


def _say_core(values: pd.Series, organizations: pd.DataFrame) -> Iterator[str]:
    core = organizations.loc[organizations["core_core"], "name"]
    fit = values["core_core_correlation"]
    if np.isnan(fit):
        return
    if fit < CLEAR:
        yield (
            "There is no clear core that everything hangs on: even the best split into a core and "
            f"a periphery fits at {fit:.2f} only, where 1 is a perfect fit."
        )
        return
    yield (
        f"{count_noun(len(core), 'organization')} form a core of closely tied partners around "
        f"which the others stand: {join_words([str(name) for name in core], most=5)} (fit "
        f"{fit:.2f} of 1)."
    )


def _say_multiplexity(layer: Layer, values: pd.Series, together: pd.DataFrame) -> Iterator[str]:
    """How many pairs work together in several ways, and which ways go together most."""
    share = values["multiplex_pairs"]
    if np.isnan(share) or len(layer.relations) < 2:
        return
    text = f"{say_share(share)} of tied pairs are tied in more than one way"
    sure = together[(together["p"] <= FEW) & (together["correlation"] > 0)]
    if len(sure):
        best = sure.loc[sure["correlation"].idxmax()]
        first, second = (layer.labels.get(best[side], best[side]) for side in ("first", "second"))
        text += (
            f"; {first.lower()} and {second.lower()} go together most (of {best['ties_first']:,} "
            f"and {best['ties_second']:,} pairs, {best['ties_both']:,} have both)"
        )
    yield text + "."


def _say_mixing(
    net: Network, values: pd.Series, mixing: pd.DataFrame, grouping: str
) -> Iterator[str]:
    labels = dict(net.vocabulary.sectors) if grouping == "sector" else {}
    if np.isnan(values["e_i_index"]):
        return
    if values["e_i_p"] <= FEW:
        yield _say_lines(values["e_i_index"], values["e_i_expected"], grouping)
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


def _say_lines(e_i: float, expected: float, grouping: str) -> str:
    """Whether ties cross the borders of groups, and more or less than by chance."""
    across = (1 + e_i) / 2
    text = f"{say_share(across)} of ties run between organizations of another {grouping}; "
    less = "fewer" if e_i < expected else "more"
    return text + (
        f"that is {less} than the {say_share((1 + expected) / 2)} that chance would give (E-I "
        f"index {e_i:.2f} against {expected:.2f})."
    )


def _count_ties(ties: int) -> str:
    if not ties:
        return "no tie is"
    return f"{count_noun(ties, 'tie')} {'is' if ties == 1 else 'are'}"
