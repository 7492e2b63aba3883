"""Sentences about bridges and what breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...core.arrays import label_components
from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_share
from ...facts.graph.layers import Layer
from ...measures.groups.cohesion import Cuts
from ...measures.positions.key_players import BREAKS_MOST
from ...measures.ranking import find_top
from ..layer_text import NOTHING, say_layer, say_unknown
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
    here: Network,
    layer: Layer,
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    other: Cuts | None,
) -> Iterator[Sentence]:
    """Say what breaks, who links groups, and what the convener changes.

    What breaks is not for the public: who knows it knows where to strike.
    """
    public = here.audience == "public"
    if not layer.matrix.nnz:
        yield _say_no_ties(here, layer)
    else:
        yield from () if public else _say_what_breaks(here, layer, tables, other)
        yield from () if public else _say_removal(tables["removal"])
        yield from _say_brokers(layer, table)
        yield from _say_role(layer, tables["roles"])
        alone = layer.ids[np.diff(layer.symmetric.indptr) == 0]
        yield from _say_players(tables["key_players"], alone, public=public)
        yield from say_conveners(tables["convener_candidates"])
    yield from () if public else _say_convener(here, layer, table, other)
    yield from say_unknown(here, layer)


def say_affinity(layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    """Say who has a central position where nothing but common services and money is on file."""
    yield say_layer(layer)
    yield Sentence(
        "no_loss",
        "Who would be missed cannot be said from that: no tie on file can break. Only the "
        "position between organizations that have little in common is given.",
    )
    top = find_top(table["betweenness"], 3)
    if len(top):
        names = [str(table["name"].iloc[k]) for k in top]
        is_ = "is" if len(names) == 1 else "are"
        text = f"{join_words(names)} {is_} most often between others who have little in common."
        yield Sentence("betweenness", text, {"names": names})


def _say_no_ties(here: Network, layer: Layer) -> Sentence:
    if not here.n:
        return Sentence("empty", NOTHING)
    left_out = " once the convener is left out" if layer.without else ""
    return Sentence(
        "no_ties",
        f"No working tie is on file between the {count_noun(here.n, 'organization')}{left_out}, "
        "so there are no bridges.",
        {"organizations": here.n},
    )


def _say_what_breaks(
    here: Network, layer: Layer, tables: Mapping[str, pd.DataFrame], other: Cuts | None
) -> Iterator[Sentence]:
    breaks = tables["what_breaks"]
    if breaks.empty:
        yield Sentence(
            "what_breaks",
            "Nobody cuts others off by leaving: every two organizations that are linked stay "
            "linked if any single other one leaves.",
        )
        return
    main = _find_main(layer)
    for row in breaks.head(SAID).itertuples():
        lost = tables["cut_off"].loc[tables["cut_off"]["organization"] == row.organization, "name"]
        yield _say_loss(
            str(row.name),
            int(row.n_cut_off),
            int(row.n_counties),
            list(lost),
            row.organization in main,
            _find_caveat(here, layer, str(row.organization), other),
        )
    ties = tables["bridge_ties"]
    yield _say_ties(len(ties), int((ties["n_smaller_side"] > 1).sum()))


def _find_main(layer: Layer) -> frozenset[str]:
    """Ids of the main component; nobody where two are equally large."""
    sizes = np.bincount(labels := label_components(layer.symmetric)[1])
    largest = np.flatnonzero(sizes == sizes.max())
    return frozenset(layer.ids[labels == largest[0]]) if len(largest) == 1 else frozenset()


def _find_caveat(here: Network, layer: Layer, id_: str, other: Cuts | None) -> dict[str, Any]:
    """How many it would cut off with the convener where it is left out, and the other way round."""
    if other is None or id_ == here.convener:
        return {}
    return {
        "convener": here.name(here.convener),
        "left_out": here.convener in layer.without,
        "otherwise": int(other.n_cut_off[here.positions([id_])[0]]),
    }


def _say_loss(
    name: str, number: int, counties: int, lost: list[str], main: bool, caveat: dict[str, Any]
) -> Sentence:
    where = f" in {count_noun(counties, 'county', 'counties')}" if counties else ""
    whole = "main component" if main else f"rest of {'its' if number == 1 else 'their'} component"
    return Sentence(
        "what_breaks",
        f"If {name} leaves, {count_noun(number, 'organization')}{where} "
        f"{'is' if number == 1 else 'are'} cut off from the {whole}: "
        f"{join_words(lost, most=NAMED)}.{_say_caveat(number, caveat)}",
        {"name": name, "cut_off": number, "counties": counties, "names": lost[:NAMED], **caveat},
    )


def _say_caveat(number: int, caveat: dict[str, Any]) -> str:
    """Say what holds only because the convener is left out, or only because it is there."""
    if not caveat or caveat["otherwise"] == number:
        return ""
    how = "With" if caveat["left_out"] else "Without"
    return f" {how} the ties of {caveat['convener']}, {caveat['otherwise'] or 'none'} would be."


def _say_ties(n: int, inner: int) -> Sentence:
    claims = {"ties": n, "inner": inner}
    if not n:
        text = "No single tie is the only path between two parts of the network."
        return Sentence("bridge_ties", text, claims)
    counted = f"{count_noun(n, 'tie')} {'is' if n == 1 else 'are'} the only path"
    if not inner:
        return Sentence("bridge_ties", f"{counted} to a single organization.", claims)
    whose = "more than one organization on either side"
    text = f"{counted} between two parts of the network; {inner} with {whose}."
    return Sentence("bridge_ties", text, claims)


def _say_brokers(layer: Layer, table: pd.DataFrame) -> Iterator[Sentence]:
    """Name who brokers; without directions the table counts every pair in each order."""
    top = find_top(table["liaison"], 3)
    if len(top):
        names = [str(table["name"].iloc[k]) for k in top]
        pairs = int(table["liaison"].iloc[top[0]]) // (1 if layer.directed else 2)
        one = len(names) == 1
        yield Sentence(
            "brokers",
            f"{join_words(names)} {'brokers' if one else 'broker'} most often between "
            f"organizations of two groups other than {'its' if one else 'their'} own that have no "
            f"tie on file with each other ({names[0]} {count_noun(pairs, 'pair')}).",
            {"names": names, "pairs": pairs},
        )
    free = table["constraint"].where(table["effective_size"] > 2)
    if free.notna().any():
        k = int(np.argmin(np.round(free.fillna(np.inf).to_numpy(), 9)))
        name, constraint = str(table["name"].iloc[k]), float(free.iloc[k])
        yield Sentence(
            "least_bound",
            f"{name} is the least bound by partners who all know each other (constraint "
            f"{constraint:.2f}), so it hears most from different sides.",
            {"name": name, "constraint": constraint},
        )


def _say_role(layer: Layer, roles: pd.DataFrame) -> Iterator[Sentence]:
    """Name the role that is most above what chance (permuted group labels) would give."""
    sure = roles[(roles["z"] >= CLEAR_Z) & (roles["count"] >= LEAST_PAIRS)]
    if sure.empty:
        return
    best = sure.loc[(sure["count"] - sure["expected"]).round(9).idxmax()]
    name = str(layer.names[best["organization"]])
    both_orders = not layer.directed and best["role"] not in ("gatekeeper", "representative")
    times = 2 if both_orders else 1
    count, expected = int(best["count"]) // times, float(best["expected"]) / times
    yield Sentence(
        "role",
        f"{name} {ROLE_WORDS[best['role']]} more than its ties alone explain: in "
        f"{count_noun(count, 'pair')} with no tie on file, where chance would give about "
        f"{expected:.0f}.",
        {"name": name, "role": best["role"], "count": count, "expected": expected},
    )


def _say_removal(removal: pd.DataFrame) -> Iterator[Sentence]:
    """What is left if one in ten leaves, by chance or the best tied first."""
    left = {}
    for order in ("chance", "degree"):
        curve = removal[(removal["order"] == order) & (removal["share"] <= TENTH)]
        if len(curve) < 2:  # fewer than ten organizations
            return
        left[order] = curve.iloc[-1]
    gone = int(left["degree"]["removed"])
    by_chance, by_degree = (float(left[order]["largest"]) for order in ("chance", "degree"))
    yield Sentence(
        "removal",
        f"If {count_noun(gone, 'organization')} left by chance, about {say_share(by_chance)} of "
        f"all would still be linked with each other; if the "
        f"{'one' if gone == 1 else f'{gone:,}'} with most partners left, {say_share(by_degree)}.",
        {"removed": gone, "by_chance": by_chance, "by_degree": by_degree},
    )


def _say_players(players: pd.DataFrame, alone: pd.Index, *, public: bool) -> Iterator[Sentence]:
    """Say who together breaks most, and who reaches most; who is alone reaches nobody else."""
    breakers = players[players["set"] == BREAKS_MOST]
    if len(breakers) > 1 and not public:
        last, names = breakers.iloc[-1], list(breakers["name"])
        yield Sentence(
            "breakers",
            f"If {join_words(names)} left together, {say_share(last['value'])} of the pairs that "
            f"remain would have no path to each other; today it is {say_share(last['before'])}"
            f"{_say_equal(last)}.",
            {
                "names": names,
                "value": float(last["value"]),
                "before": float(last["before"]),
                "equal": bool(last["equal"]),
            },
        )
    reachers = players[(players["measure"] == "m_reach") & ~players["organization"].isin(alone)]
    if len(reachers) > 1:
        names, share = list(reachers["name"]), float(reachers["value"].iloc[-1])
        yield Sentence(
            "reachers",
            f"To get a message around quickly, start with {join_words(names)}: "
            f"{say_share(share)} of all are at most two steps from one of them"
            f"{_say_equal(reachers.iloc[-1])}.",
            {"names": names, "share": share, "equal": bool(reachers["equal"].iloc[-1])},
        )


def _say_equal(last: pd.Series) -> str:
    """Say that these are not the only ones, where another could stand in the place of one."""
    return "; another in the place of one of them would do as much" if last["equal"] else ""


def _say_convener(
    here: Network, layer: Layer, table: pd.DataFrame, other: Cuts | None
) -> Iterator[Sentence]:
    if other is None:
        return
    now, then = table["n_cut_off"].to_numpy(), other.n_cut_off
    name = here.name(here.convener)
    left_out = here.convener in layer.without
    cut, other_cut = int((now > 0).sum()), int((then > 0).sum())
    claims = {"name": name, "now": cut, "otherwise": other_cut}
    counted = count_noun(cut, "organization")
    counts = (
        f"as many as now ({counted})"
        if cut == other_cut
        else f"{other_cut or 'none'} instead of {counted}"
    )
    place, it = ("left out here", "with it") if left_out else ("counted here", "without it")
    yield Sentence(
        "convener",
        f"{name}, the convener, is {place}; {it}, {counts} would cut others off by leaving"
        f"{_say_largest_change(here, now, then)}.",
        claims,
    )


def _say_largest_change(here: Network, now: np.ndarray, then: np.ndarray) -> str:
    """Name the organization that the convener's ties make matter most more, or less."""
    change = np.abs(then - now)
    change[here.positions([here.convener])] = 0
    if not change.max(initial=0):
        return ""
    k = int(np.argmax(change))
    otherwise, cut = then[k] or "none", now[k] or "none"
    return f", and {here.names.iloc[k]} would cut off {otherwise} instead of {cut}"
