"""One pair taken apart, and every candidate pair with its score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..errors import UsageError
from ..network import Network
from ..results import Result
from ..weights import Layer
from .candidates import partners_on_file
from .introducers import say_chain
from .partners import Adviser, Suggestion, describe_method, make_adviser, say_probability
from .reasons import say_against, say_reason

REASON_COLUMNS = ["reason", "contribution", "odds", "evidence"]


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
        and ``evidence``. ``.tables["introducers"]``: who could open the door.

    Raises
    ------
    UsageError
        An organization is unknown, or both are the same.
    """
    first, second = net.find(a), net.find(b)
    if first == second:
        raise UsageError(f"b: found {b!r}, which is the same organization. Name two of them.")
    adviser = make_adviser(net, layer, relations=relations, as_of=as_of, ranker=ranker)
    i, j = (int(k) for k in net.positions([first, second]))
    found = _find_pair(adviser, i, j)
    names = f"{net.name(first)} and {net.name(second)}"
    on_file = (min(i, j), max(i, j)) in partners_on_file(net, adviser.layer.as_of)
    sentences = [f"{names} have a tie on file already."] if on_file else []
    if found is None:
        table = pd.DataFrame([], columns=REASON_COLUMNS)
        return _result(adviser, names, table, sentences or [_say_unscored(adviser, names)], [])
    reasons = adviser.reasons(found)
    rows = [(r.name, r.contribution, r.odds, r.evidence) for r in reasons]
    chains = [say_chain(net, i, j, one) for one in adviser.introducers(found)]
    sentences.append(say_reason(reasons, affinity=adviser.affinity))
    sentences += say_against(adviser.evidence, i, j, basis=found.basis)
    if not np.isnan(found.probability):
        sentences.append(say_probability(found.probability, "this pair"))
    return _result(adviser, names, pd.DataFrame(rows, columns=REASON_COLUMNS), sentences, chains)


def _find_pair(adviser: Adviser, i: int, j: int) -> Suggestion | None:
    for pairs in adviser.scoring.sets:
        rows = np.flatnonzero((pairs.i == min(i, j)) & (pairs.j == max(i, j)))
        if len(rows):
            return Suggestion(i, j, pairs, int(rows[0]))
    return None


def _say_unscored(adviser: Adviser, names: str) -> str:
    if adviser.affinity:
        return f"{names} have too little in common on file to say anything."
    return f"{names} were not scored."


def _result(
    adviser: Adviser, names: str, table: pd.DataFrame, sentences: list[str], chains: list[str]
) -> Result:
    return Result(
        verb="explain_pair",
        title=f"What speaks for and against {names}",
        table=table,
        sentences=tuple(sentences),
        method=describe_method(adviser),
        tables={"introducers": pd.DataFrame({"chain": pd.Series(chains, dtype="str")})},
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
    taken = partners_on_file(net, adviser.layer.as_of)
    parts = []
    for pairs in adviser.scoring.sets:
        free = [
            (a, b) not in taken for a, b in zip(pairs.i.tolist(), pairs.j.tolist(), strict=True)
        ]
        parts.append(pairs.tabulate(net.ids)[np.array(free, dtype=bool)])
    filled = [part for part in parts if len(part)] or parts[:1]
    table = pd.concat(filled, ignore_index=True)
    key = table["probability"].fillna(table["score"]).round(9)
    order = pd.DataFrame(
        {"key": -key, "a": net.positions(table["a"]), "b": net.positions(table["b"])}
    )
    return table.loc[order.sort_values(["key", "a", "b"]).index].reset_index(drop=True)
