"""Sentences about who is central."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_rank, say_share
from ...facts.graph.layers import Layer
from ...measures.centrality.paths import Closeness
from ...measures.centrality.sampling import Betweenness
from ...measures.ranking import find_first, find_leaders, rank_of
from ..layer_text import NOTHING, say_layer, say_no_tie, say_unknown

MANY = 0.1  # share of pairs that pass through one, from which a delay there is felt by many


def say_centrality(
    here: Network, layer: Layer, table: pd.DataFrame, centralization: pd.DataFrame
) -> Iterator[Sentence]:
    """Say who is central in the words of a hospital director."""
    if layer.kind == "affinity":
        yield say_layer(layer)
    if not layer.matrix.nnz:
        yield _say_nothing(layer)
        return
    yield from _say_most_partners(here, layer, table)
    yield from _say_between(here, layer, table)
    yield from _say_close(here, layer, table)
    yield from _say_convener(here, layer, table)
    yield from _say_concentration(layer, centralization)
    yield from _say_isolates(layer)
    yield from say_unknown(here, layer)


def note_sampling(between: Betweenness) -> tuple[str, ...]:
    """Say that betweenness is an estimate, and how good; nothing if it is exact."""
    if between.error is None or between.sources is None:
        return ()
    n = len(between.values)
    top = int(np.argmax(between.values)) if n else 0
    return (
        f"Betweenness was counted from {count_noun(len(between.sources), 'organization')} of "
        f"{n:,}, drawn at random, as all of them would take too long: the highest share, "
        f"{between.values[top]:.4f}, has a standard error of {between.error[top]:.4f}.",
    )


def note_near(near: Closeness) -> tuple[str, ...]:
    """Say that closeness is an estimate, and how good; nothing if it is exact."""
    if near.error is None or near.sources is None:
        return ()
    top = int(np.argmax(near.harmonic))
    return (
        "Closeness, harmonic closeness and distances were counted from "
        f"{count_noun(len(near.sources), 'organization')} of {len(near.harmonic):,}, drawn at "
        f"random, as all of them would take too long: the highest harmonic closeness, "
        f"{near.harmonic[top]:.4f}, has a standard error of {near.error[top]:.4f}.",
    )


def say_sampling(
    between: Betweenness,
    near: Closeness | None = None,
    lengths: tuple[Betweenness, Closeness] | None = None,
) -> Iterator[Sentence]:
    """Say what was sampled: betweenness, closeness, and both along lengths."""
    for note in note_sampling(between):
        yield Sentence("sampling", note, _count_sources(between))
    for note in note_near(near) if near else ():
        yield Sentence("sampling_closeness", note, _count_sources(near))
    passing = lengths[0] if lengths else None
    if passing is None or passing.error is None or passing.sources is None:
        return
    top = int(np.argmax(passing.values))
    exact = between.sources is None and (near is None or near.sources is None)
    rest = "; the measures without strengths are exact" if exact else ""
    yield Sentence(
        "sampling_weighted",
        "Weighted betweenness and closeness were counted from "
        f"{count_noun(len(passing.sources), 'organization')} of {len(passing.values):,}, drawn at "
        f"random, as all of them would take too long: the highest weighted betweenness, "
        f"{passing.values[top]:.4f}, has a standard error of {passing.error[top]:.4f}{rest}.",
        _count_sources(passing),
    )


def _count_sources(found: Betweenness | Closeness | None) -> dict[str, int]:
    return {} if found is None or found.sources is None else {"sources": len(found.sources)}


def _say_nothing(layer: Layer) -> Sentence:
    if not layer.n:
        return Sentence("empty", NOTHING)
    if layer.n == 1:
        text = "There is one organization on file, so there is nobody it could be tied to."
        return Sentence("no_ties", text, {"organizations": 1})
    nothing = (
        "No tie is on file" if layer.kind == "collaboration" else "Nothing in common is on file"
    )
    return Sentence(
        "no_ties",
        f"{nothing} among the {count_noun(layer.n, 'organization')}, so nobody is more central "
        "than anybody else.",
        {"organizations": layer.n},
    )


def _unnamed(here: Network) -> list[int]:
    """Who is not named first: the convener, whose own ties are known best, and mere context."""
    return [*_convener(here), *np.flatnonzero(here.is_context).tolist()]


def _convener(here: Network) -> list[int]:
    return [int(p) for p in here.positions([here.convener] if here.convener else [])]


def _degree_column(table: pd.DataFrame) -> str:
    return "degree" if "degree" in table else "in_degree"


def _say_most_partners(here: Network, layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    column = _degree_column(table)
    top, among = find_first(table[column], 3, leave_out=_unnamed(here))
    if not len(top):
        return
    numbers = [int(table[column].iloc[k]) for k in top]
    names = [str(table["name"].iloc[k]) for k in top]
    have = "has" if len(top) == 1 else "have"
    if layer.kind == "affinity":
        what = f"{have} something strong in common with the most others"
    elif column == "in_degree":
        what = f"{'is' if len(top) == 1 else 'are'} named by the most others"
    else:
        what = f"{have} the most partners on file"
    what = f"are among those who {what}" if among else what
    counted = f"({join_words([f'{number:,}' for number in numbers])} of {layer.n - 1:,})"
    claims = {"names": names, "partners": numbers, "others": layer.n - 1}
    yield Sentence("partners", f"{join_words(names)} {what} {counted}.", claims)


def _say_between(here: Network, layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    top, among = find_first(table["betweenness"], 3, leave_out=_unnamed(here))
    if not len(top):
        return
    names = [str(table["name"].iloc[k]) for k in top]
    share = float(table["betweenness"].iloc[top[0]])
    share_text = say_share(share)
    claims = {"names": names, "share": share}
    if layer.kind == "affinity":
        text = (
            f"{join_words(names)} {'has' if len(names) == 1 else 'have'} the highest betweenness: "
            "most often between organizations that have nothing strong in common; "
            f"{names[0]} for {share_text} of all pairs."
        )
    else:
        text = (
            f"News and referrals between others pass {'' if among else 'most '}often through "
            f"{join_words(names)}: "
            f"for {share_text} of all pairs of others the shortest path leads through {names[0]} "
            f"(betweenness){', so a delay there is felt by many' if share >= MANY else ''}."
        )
    yield Sentence("betweenness", text, claims)


def _say_close(here: Network, layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    top, among = find_leaders(table["harmonic"], 1, leave_out=_unnamed(here))
    if not len(top) or layer.kind == "affinity":
        return
    names = [str(table["name"].iloc[k]) for k in top]
    one = len(names) == 1
    reached = "can be reached by" if layer.directed else "reaches" if one else "reach"
    few = "few steps, as others do" if among else "the fewest steps"
    yield Sentence(
        "closeness",
        f"{join_words(names)} {reached} the others in {few} (harmonic closeness), and "
        f"{'is a good place' if one else 'are good places'} to start a message.",
        {"name": names[0], "names": names},
    )


def _say_convener(here: Network, layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    position = _convener(here)
    column = _degree_column(table)
    if not position or layer.kind == "affinity" or not table[column].iloc[position[0]]:
        return
    by_ties = rank_of(table[column], position[0])
    between = rank_of(table["betweenness"], position[0])
    name = here.name(here.convener)
    yield Sentence(
        "convener",
        f"{name} keeps this file, so its own ties are known best and it is not named above; it "
        f"ranks {say_rank(by_ties)} by partners and {say_rank(between)} by betweenness.",
        {"name": name, "rank_by_partners": by_ties, "rank_by_betweenness": between},
    )


def _say_concentration(layer: Layer, centralization: pd.DataFrame) -> Iterator[Sentence]:
    value = float(centralization["centralization"].get("betweenness", np.nan))
    if np.isnan(value) or layer.kind == "affinity":
        return
    leaning = (
        "The network leans heavily on one organization"
        if value >= 0.5
        else "The network leans on a few organizations"
        if value >= 0.2
        else "No single organization carries the network"
    )
    yield Sentence(
        "concentration",
        f"{leaning}: where 0% means that paths between others run through all alike and 100% that "
        f"all run through one hub, it stands at {say_share(value)} (betweenness centralization).",
        {"centralization": value},
    )


def _say_isolates(layer: Layer) -> Iterator[Sentence]:
    tied = np.diff(layer.matrix.indptr) > 0
    tied[layer.matrix.indices] = True
    left_out = layer.ids.isin(layer.without)
    alone = int((~tied & ~left_out).sum())
    if not alone:
        return
    has = "has" if alone == 1 else "have"
    text = f"{count_noun(alone, 'organization')} {has} {say_no_tie(layer)}."
    yield Sentence("isolates", text, {"organizations": alone})
