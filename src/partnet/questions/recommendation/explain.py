"""One pair taken apart, and every candidate pair with its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Result
from ...core.text import say_date
from ...facts.layers import Layer
from .advice import Advice, make_advice, tabulate_introducers, tabulate_reasons
from .adviser import Adviser, make_adviser
from .candidates.eligible import are_among, code_pairs, partners_on_file
from .introducers.introducers import say_link
from .partners import describe_method, say_probability


def explain_pair(
    net: Network,
    a: str,
    b: str,
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
    ranker: str = "readable",
) -> Result:
    """Say what speaks for and against two organizations working together.

    Parameters
    ----------
    net : Network
        The network.
    a, b : str
        Ids or unique names.
    layer, relations, as_of, ranker
        As in :func:`recommend_partners`.

    Returns
    -------
    Result
        ``.table``: one row a reason, with ``contribution`` (they add up to the score), ``odds``
        and ``evidence``; empty where the two have a working tie on file, which is not scored.
        ``.tables``: ``introducers`` (who could open the door), ``goals`` (what a tie would
        achieve for the network).

    Raises
    ------
    UsageError
        An organization is unknown, or both are the same.
    """
    first, second = net.find(a), net.find(b)
    if first == second:
        raise UsageError(f"b: found {b!r}, which is the same organization. Name two of them.")
    i, j = (int(k) for k in net.positions([first, second]))
    adviser = make_adviser(
        net, layer, relations=relations, as_of=as_of, ranker=ranker, asked=(i, j)
    )
    found = adviser.find_pair(i, j)
    names = f"{net.name(first)} and {net.name(second)}"
    sentences = [*_say_on_file(adviser, names, i, j), *_say_answers(adviser, first, second)]
    if found is None:
        return _result(adviser, names, None, sentences or [_say_unscored(adviser, names)])
    row = make_advice(adviser, [found])[0]
    sentences += [row.reason, *row.against]
    if row.goals:
        meaning = "; ".join(goal.text for goal in row.goals)
        sentences.append(f"For the network a tie means: {meaning}.")
    if not np.isnan(found.probability):
        sentences.append(say_probability(found.probability, "this pair"))
    return _result(adviser, names, row, sentences)


def _say_on_file(adviser: Adviser, names: str, i: int, j: int) -> Iterator[str]:
    """Say that they have a tie on file, and how strong and recent it is."""
    pair = code_pairs(np.array([i]), np.array([j]), adviser.net.n)
    if not are_among(pair, partners_on_file(adviser.net, adviser.day))[0]:
        return
    link = None if adviser.affinity else adviser.links.between(i, j)
    if link is None:
        yield f"{names} have a tie on file already."
    else:
        labels = [adviser.net.vocabulary.relations[r].label for r in link.relations]
        yield f"{names} have a tie on file already ({', '.join(labels)}; {say_link(link)})."


def _say_answers(adviser: Adviser, first: str, second: str) -> Iterator[str]:
    """Say what was answered to this suggestion before."""
    rows = adviser.net.table("feedback")
    if adviser.day is not None:
        rows = rows[~(rows["given_on"] > adviser.day)]
    pair = {first, second}
    for row in rows.itertuples():
        if {row.organization, row.partner} == pair:
            until = "" if pd.isna(row.until) else f" until {say_date(row.until)}"
            when = "" if pd.isna(row.given_on) else f" on {say_date(row.given_on)}"
            yield f"It was suggested before; the answer{when} was “{row.answer}”{until}."


def _say_unscored(adviser: Adviser, names: str) -> str:
    if adviser.affinity:
        return f"{names} have too little in common on file to say anything."
    return f"{names} were not scored."


def _result(adviser: Adviser, names: str, row: Advice | None, sentences: list[str]) -> Result:
    rows = [] if row is None else [row]
    reasons = tabulate_reasons(rows).drop(columns=["organization", "partner"])
    goals = [] if row is None else [(goal.text, goal.worth) for goal in row.goals]
    return Result(
        verb="explain_pair",
        title=f"What speaks for and against {names}",
        table=reasons,
        sentences=tuple(sentences),
        method=describe_method(adviser),
        tables={
            "introducers": tabulate_introducers(rows),
            "goals": pd.DataFrame(goals, columns=["goal", "worth"]),
        },
    )


def score_pairs(
    net: Network,
    ranker: str = "readable",
    *,
    layer: Layer | str | None = None,
    relations: Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Give every candidate pair with its score and probability, for analysts.

    Parameters
    ----------
    net : Network
        The network.
    ranker : {"readable", "best"}, default "readable"
        Which weights.
    layer, relations, as_of
        As in :func:`recommend_partners`.

    Returns
    -------
    DataFrame
        One row a pair without a tie on file, the most probable first: ``a``, ``b`` (ids),
        ``situation``, ``score``, ``probability`` and the scaled columns ``x_…`` (NaN where a
        situation does not use one).
    """
    adviser = make_adviser(net, layer, relations=relations, as_of=as_of, ranker=ranker)
    taken = partners_on_file(net, adviser.day)
    parts = []
    for pairs in adviser.scoring.sets:
        free = ~are_among(code_pairs(pairs.i, pairs.j, net.n), taken)
        parts.append(pairs.tabulate(net.ids)[free])
    filled = [part for part in parts if len(part)] or parts[:1]
    table = pd.concat(filled, ignore_index=True)
    key = table["probability"].fillna(table["score"]).round(9)
    order = pd.DataFrame(
        {"key": -key, "a": net.positions(table["a"]), "b": net.positions(table["b"])}
    )
    return table.loc[order.sort_values(["key", "a", "b"]).index].reset_index(drop=True)
