"""Sentences about bridges and what breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.text import count_noun, join_words, say_share
from ...facts.layers import Layer
from ...measures.cohesion import Cuts
from ...measures.key_players import BREAKS_MOST
from ...measures.ranking import find_top
from ..centrality.text import say_unknown
from .conveners import say_conveners

SAID = 3  # organizations whose loss is put in a sentence
NAMED = 6  # names in a sentence
TENTH = 0.1  # share of organizations whose leaving is put in a sentence
CLEAR_Z = 3.0  # spreads above chance from which a role is put in a sentence
LEAST_PAIRS = 10
ROLE_WORDS = {
    "coordinator": "links organizations of its own group",
    "itinerant": "links organizations of one group to which it does not belong",
    "gatekeeper": "links its own group with others",
    "representative": "links its own group with others",
    "liaison": "links organizations of two other groups",
}


def say_bridges(
    net: Network,
    layer: Layer,
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    other: Cuts | None,
) -> Iterator[str]:
    """Say what breaks, who links groups, and what the convener changes.

    What breaks is not for the public: who knows it knows where to strike.
    """
    public = net.audience == "public"
    if not layer.matrix.nnz:
        yield _say_no_ties(net, layer)
    else:
        yield from () if public else _say_what_breaks(layer, tables)
        yield from () if public else _say_removal(tables["removal"])
        yield from _say_brokers(net, table)
        yield from _say_role(layer, tables["roles"])
        yield from _say_players(tables["key_players"], public=public)
        yield from say_conveners(tables["convener_candidates"])
    yield from () if public else _say_convener(net, layer, table, other)
    yield from say_unknown(layer)


def say_affinity(layer: Layer, table: pd.DataFrame) -> Iterator[str]:
    """Say who has a central position where nothing but common services and money is on file."""
    yield layer.describe()
    yield (
        "Who would be missed cannot be said from that: no tie on file can break. Only the "
        "position between organizations that have little in common is given."
    )
    top = find_top(table["betweenness"], 3)
    if len(top):
        names = [str(table["name"].iloc[k]) for k in top]
        stand = "stands" if len(names) == 1 else "stand"
        yield f"{join_words(names)} {stand} most often between others who have little in common."


def _say_no_ties(net: Network, layer: Layer) -> str:
    if not net.n:
        return "The network is empty: the organizations table has no usable row."
    left_out = " once the convener is left out" if layer.without else ""
    return (
        f"No working tie is on file between the {count_noun(net.n, 'organization')}{left_out}, "
        "so there are no bridges."
    )


def _say_what_breaks(layer: Layer, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    breaks = tables["what_breaks"]
    if breaks.empty:
        yield (
            "Nobody cuts others off by leaving: every two organizations that are linked stay "
            "linked if any single other one leaves."
        )
        return
    for row in breaks.head(SAID).itertuples():
        lost = tables["cut_off"].loc[tables["cut_off"]["organization"] == row.organization, "name"]
        where = f" in {count_noun(row.n_counties, 'county', 'counties')}"
        lose = "loses its way" if row.n_cut_off == 1 else "lose their way"
        yield (
            f"If {row.name} leaves, {count_noun(row.n_cut_off, 'organization')}"
            f"{where if row.n_counties else ''} {lose} to the rest: "
            f"{join_words([str(name) for name in lost], most=NAMED)}."
        )
    ties = tables["bridge_ties"]
    yield _say_ties(len(ties), int((ties["n_smaller_side"] > 1).sum()))


def _say_ties(n: int, inner: int) -> str:
    if not n:
        return "No single tie is the only way between two parts of the network."
    counted = f"{count_noun(n, 'tie')} {'is' if n == 1 else 'are'} the only way"
    if not inner:
        return f"{counted} to a single organization."
    whose = "more than one organization on either side"
    return f"{counted} between two parts of the network; {inner} with {whose}."


def _say_brokers(net: Network, table: pd.DataFrame) -> Iterator[str]:
    top = find_top(table["liaison"], 3)
    if len(top):
        names = [str(table["name"].iloc[k]) for k in top]
        stand = "stands" if len(names) == 1 else "stand"
        yield (
            f"{join_words(names)} {stand} most often between organizations of two groups other "
            f"than {'its' if len(names) == 1 else 'their'} own that have no tie on file with each "
            f"other ({names[0]} {int(table['liaison'].iloc[top[0]]):,} times)."
        )
    free = table["constraint"].where(table["effective_size"] > 2)
    if free.notna().any():
        k = int(np.argmin(np.round(free.fillna(np.inf).to_numpy(), 9)))
        yield (
            f"{table['name'].iloc[k]} is the least bound by partners who all know each other "
            f"(constraint {free.iloc[k]:.2f}), so it hears most from different sides."
        )


def _say_role(layer: Layer, roles: pd.DataFrame) -> Iterator[str]:
    """Name the role that is most above what groups dealt at random would give."""
    sure = roles[(roles["z"] >= CLEAR_Z) & (roles["count"] >= LEAST_PAIRS)]
    if sure.empty:
        return
    best = sure.loc[(sure["count"] - sure["expected"]).round(9).idxmax()]
    yield (
        f"{layer.names[best['organization']]} {ROLE_WORDS[best['role']]} more than its ties alone "
        f"explain: {best['count']:,} times, where groups dealt at random would give about "
        f"{best['expected']:.0f}."
    )


def _say_removal(removal: pd.DataFrame) -> Iterator[str]:
    """What is left if one in ten leaves, by chance or the best tied first."""
    left = {}
    for order in ("chance", "degree"):
        curve = removal[(removal["order"] == order) & (removal["share"] <= TENTH)]
        if len(curve) < 2:  # fewer than ten organizations
            return
        left[order] = curve.iloc[-1]
    gone = int(left["degree"]["removed"])
    yield (
        f"If {count_noun(gone, 'organization')} left by chance, about "
        f"{say_share(left['chance']['largest'])} of all would still be linked with each other; if "
        f"the {gone} with most partners left, {say_share(left['degree']['largest'])}."
    )


def _say_players(players: pd.DataFrame, *, public: bool) -> Iterator[str]:
    breakers = players[players["set"] == BREAKS_MOST]
    if len(breakers) > 1 and not public:
        last = breakers.iloc[-1]
        yield (
            f"If {join_words(list(breakers['name']))} left together, "
            f"{say_share(last['value'])} of the pairs that remain would have no way to each other; "
            f"today it is {say_share(last['before'])}."
        )
    reachers = players[players["measure"] == "m_reach"]
    if len(reachers) > 1:
        yield (
            f"To get a message around quickly, start with {join_words(list(reachers['name']))}: "
            f"{say_share(reachers['value'].iloc[-1])} of all are at most two steps from one of "
            "them."
        )


def _say_convener(
    net: Network, layer: Layer, table: pd.DataFrame, other: Cuts | None
) -> Iterator[str]:
    if other is None:
        return
    here = table["n_cut_off"].to_numpy()
    name = net.name(net.convener)
    left_out = net.convener in layer.without
    counts = f"{int((other.n_cut_off > 0).sum())} instead of {int((here > 0).sum())} organizations"
    place, it = ("left out here", "with it") if left_out else ("counted here", "without it")
    yield (
        f"{name}, the convener, is {place}; {it}, {counts} would cut others off by leaving"
        f"{_say_largest_change(net, here, other.n_cut_off)}."
    )


def _say_largest_change(net: Network, here: np.ndarray, there: np.ndarray) -> str:
    """Name the organization that the convener's ties make matter most more, or less."""
    change = np.abs(there - here)
    change[net.positions([net.convener])] = 0
    if not change.max(initial=0):
        return ""
    k = int(np.argmax(change))
    then, now = there[k] or "none", here[k] or "none"
    return f", and {net.names.iloc[k]} would cut off {then} instead of {now}"
