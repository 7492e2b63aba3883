"""Sentences about who is central."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.text import count_noun, join_words, say_share
from ...facts.layers import Layer
from ...measures.ranking import find_top, rank_of, say_rank


def say_centrality(
    net: Network, layer: Layer, table: pd.DataFrame, centralization: pd.DataFrame
) -> Iterator[str]:
    """Say who is central in the words of a hospital director."""
    if layer.kind == "affinity":
        yield layer.describe()
    if not layer.matrix.nnz:
        yield _say_nothing(layer)
        return
    yield from _say_most_partners(net, layer, table)
    yield from _say_between(net, layer, table)
    yield from _say_near(net, layer, table)
    yield from _say_convener(net, layer, table)
    yield from _say_concentration(layer, centralization)
    yield from _say_isolates(layer, table)
    yield from say_unknown(layer)


def say_unknown(layer: Layer) -> Iterator[str]:
    """Say what the ties on file do not tell."""
    if layer.kind == "affinity":
        return
    if layer.survey is None:
        yield "No survey answers are on file, so a tie that is not on file is counted as absent."
    elif layer.response_rate < 1:
        yield (
            f"{say_share(1 - layer.response_rate)} of those asked did not answer; they may have "
            "more ties than are on file."
        )


def _say_nothing(layer: Layer) -> str:
    if not layer.n:
        return "The network is empty: the organizations table has no usable row."
    if layer.n == 1:
        return "There is one organization on file, so there is nobody it could be tied to."
    nothing = (
        "No tie is on file" if layer.kind == "collaboration" else "Nothing in common is on file"
    )
    return (
        f"{nothing} among the {count_noun(layer.n, 'organization')}, so nobody is more central "
        "than anybody else."
    )


def _unnamed(net: Network) -> list[int]:
    """Who is not named first: the convener, whose own ties are known best, and mere context."""
    return [*_convener(net), *np.flatnonzero(net.is_context).tolist()]


def _convener(net: Network) -> list[int]:
    return [int(p) for p in net.positions([net.convener] if net.convener else [])]


def _degree_column(table: pd.DataFrame) -> str:
    return "degree" if "degree" in table else "in_degree"


def _say_most_partners(net: Network, layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    column = _degree_column(table)
    top = find_top(table[column], 3, leave_out=_unnamed(net))
    if not len(top):
        return
    counts = join_words([str(int(table[column].iloc[k])) for k in top])
    names = join_words([str(table["name"].iloc[k]) for k in top])
    have = "has" if len(top) == 1 else "have"
    if layer.kind == "affinity":
        what = f"{have} something strong in common with the most others"
    elif column == "in_degree":
        what = f"{'is' if len(top) == 1 else 'are'} named by the most others"
    else:
        what = f"{have} the most partners on file"
    yield f"{names} {what} ({counts} of {layer.n - 1})."


def _say_between(net: Network, layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    top = find_top(table["betweenness"], 3, leave_out=_unnamed(net))
    if not len(top):
        return
    names = [str(table["name"].iloc[k]) for k in top]
    share = table["betweenness"].iloc[top[0]]
    share_text = say_share(share) if share >= 0.005 else "under 1%"
    if layer.kind == "affinity":
        yield (
            f"{join_words(names)} {_lie(names)} most often between organizations that have nothing "
            f"strong in common; {names[0]} does so for {share_text} of all pairs."
        )
        return
    yield (
        f"News and referrals between others pass most often through {join_words(names)}: "
        f"{share_text} of the shortest ways between others lead through {names[0]}, so a delay "
        "there is felt by many."
    )


def _lie(names: list[str]) -> str:
    return "lies" if len(names) == 1 else "lie"


def _say_near(net: Network, layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    top = find_top(table["harmonic"], 1, leave_out=_unnamed(net))
    if not len(top) or layer.kind == "affinity":
        return
    name = table["name"].iloc[top[0]]
    reached = "can be reached by the others" if layer.directed else "reaches the others"
    yield f"{name} {reached} in the fewest steps, and is a good place to start a message."


def _say_convener(net: Network, layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    position = _convener(net)
    column = _degree_column(table)
    if not position or layer.kind == "affinity" or not table[column].iloc[position[0]]:
        return
    by_ties = say_rank(rank_of(table[column], position[0]))
    between = say_rank(rank_of(table["betweenness"], position[0]))
    yield (
        f"{net.name(net.convener)} keeps this file, so its own ties are known best and it is not "
        f"named above; it ranks {by_ties} by partners and {between} by ways between others."
    )


def _say_concentration(layer: Layer, centralization: pd.DataFrame) -> Iterator[str]:
    value = centralization["centralization"].get("betweenness", np.nan)
    if np.isnan(value) or layer.kind == "affinity":
        return
    leaning = (
        "The network leans heavily on one organization"
        if value >= 0.5
        else "The network leans on a few organizations"
        if value >= 0.2
        else "No single organization carries the network"
    )
    yield (
        f"{leaning}: the ways between others are concentrated at {say_share(value)} of what they "
        "would be in a star around one hub."
    )


def _say_isolates(layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    tied = np.diff(layer.matrix.indptr) > 0
    tied[layer.matrix.indices] = True
    left_out = layer.ids.isin(layer.without)
    alone = int((~tied & ~left_out).sum())
    if not alone:
        return
    has = "has" if alone == 1 else "have"
    what = "no tie on file" if layer.kind == "collaboration" else "nothing strong in common on file"
    yield f"{count_noun(alone, 'organization')} {has} {what}."
