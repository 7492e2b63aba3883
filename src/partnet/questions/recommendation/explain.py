"""One pair taken apart, and every candidate pair with its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ...core.arguments import checked
from ...core.deprecation import renamed
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result, Sentence
from ...facts.graph.layers import Layer
from .adviser import make_adviser
from .candidates.eligible import are_among, code_pairs, partners_on_file
from .method import describe_method
from .on_file import OnFile
from .shown import PAIR_GOALS, PAIR_INTRODUCERS, PAIR_REASONS
from .suggestions import make_suggestions, tabulate_introducers, tabulate_reasons
from .text import say_answer, say_for_and_against, say_tie_on_file, say_unscored


@renamed(a="organization", b="partner")
@checked
def explain_pair(
    net: Network,
    organization: str,
    partner: str,
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
    organization, partner : str
        Ids or unique names.
    layer : Layer or str, optional
        Which graph; see :func:`recommend_partners`.
    relations : sequence of str, optional
        Relations that count as ties; default: those that mean working together.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest day on file.
    ranker : {"readable", "best"}, default "readable"
        Which weights.

    Returns
    -------
    Result
        One row a reason, with what it adds to the score; empty where the two have a working tie
        on file, which is not scored. ``.tables``: ``introducers`` (who could introduce the two),
        ``goals`` (what a tie would achieve for the network).

    Raises
    ------
    UsageError
        An organization is unknown, or both are the same.

    See Also
    --------
    recommend_partners : Whom to approach next.

    Examples
    --------
    >>> import partnet as pn
    >>> ends = "Cedar County Hospital", "Bow Creek Home Health and Hospice"
    >>> pn.explain_pair(pn.load_sample("prairie"), *ends).table["reason"].iloc[0]
    'same circle'
    """
    first, second = net.find(organization), net.find(partner, argument="partner")
    if first == second:
        raise UsageError(
            f"partner: found {partner!r}, which is the same organization. Name two of them."
        )
    i, j = (int(k) for k in net.positions([first, second]))
    adviser = make_adviser(
        net, layer, relations=relations, as_of=as_of, ranker=ranker, asked=(i, j)
    )
    on_file, found = adviser.on_file, adviser.find_pair(i, j)
    names = f"{net.name(first)} and {net.name(second)}"
    rows = [] if found is None else make_suggestions(on_file, [found])
    said = [*_say_on_file(on_file, names, i, j), *_say_answers(on_file.here, first, second)]
    for row in rows:
        said += say_for_and_against(on_file, row)
    goals = [(goal.text, goal.worth) for row in rows for goal in row.goals]
    return Result(
        verb="explain_pair",
        title=f"What speaks for and against {names}",
        table=tabulate_reasons(rows).drop(columns=["organization", "partner"]),
        sentences=tuple(said or [say_unscored(on_file, names)]),
        method=describe_method(adviser),
        tables={
            "introducers": tabulate_introducers(rows),
            "goals": pd.DataFrame(goals, columns=PAIR_GOALS.names),
        },
        shown=(PAIR_REASONS, PAIR_INTRODUCERS, PAIR_GOALS),
        as_of=on_file.here.day,
    )


def _say_on_file(on_file: OnFile, names: str, i: int, j: int) -> Iterator[Sentence]:
    """Say that they have a tie on file, where they have one."""
    pair = code_pairs(np.array([i]), np.array([j]), on_file.here.n)
    if are_among(pair, partners_on_file(on_file.here))[0]:
        yield say_tie_on_file(on_file, names, i, j)


def _say_answers(here: Network, first: str, second: str) -> Iterator[Sentence]:
    """Say what was answered to this suggestion before."""
    rows = here.rows("feedback")
    if here.day is not None:
        rows = rows[~(rows["given_on"] > here.day)]
    for row in rows.itertuples():
        if {row.organization, row.partner} == {first, second}:
            yield say_answer(row)


@checked
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
    layer : Layer or str, optional
        Which graph; see :func:`recommend_partners`.
    relations : sequence of str, optional
        Relations that count as ties; default: those that mean working together.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest day on file.

    Returns
    -------
    DataFrame
        One row a pair without a tie on file, the most probable first: ``a``, ``b`` (ids),
        ``situation``, ``score``, ``probability`` and the scaled columns ``x_…`` (NaN where a
        situation does not use one).

    Raises
    ------
    UsageError
        An argument is unknown.

    See Also
    --------
    recommend_partners : The best of them, with reasons.

    Examples
    --------
    >>> import partnet as pn
    >>> pairs = pn.score_pairs(pn.load_sample("prairie"))
    >>> pairs.columns[:5].tolist()
    ['a', 'b', 'situation', 'score', 'probability']
    """
    adviser = make_adviser(net, layer, relations=relations, as_of=as_of, ranker=ranker)
    here = adviser.here
    taken = partners_on_file(here)
    parts = []
    for pairs in adviser.scoring.sets:
        free = ~are_among(code_pairs(pairs.i, pairs.j, here.n), taken)
        parts.append(pairs.tabulate(here.ids)[free])
    filled = [part for part in parts if len(part)] or parts[:1]
    table = pd.concat(filled, ignore_index=True)
    key = table["probability"].fillna(table["score"]).round(9)
    order = pd.DataFrame(
        {"key": -key, "a": here.positions(table["a"]), "b": here.positions(table["b"])}
    )
    return table.loc[order.sort_values(["key", "a", "b"]).index].reset_index(drop=True)
