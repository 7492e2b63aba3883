"""Goals with a target and a day, held against what was measured."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...core.arguments import checked
from ...core.memory import fact
from ...core.network import Network
from ...core.results.result import Result
from ...core.rows.spelling import fold_label
from .judging import STATES, Goal, judge_goal
from .shown import GOALS, MEASURED, SHOWN
from .text import describe_method, say_goals

TITLE = "Goals, and where they stand"


@checked
def track_goals(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say which goals are reached, on track or off track, and for which there is no data.

    From the tables ``goals`` and ``measurements``. Rules, with b the baseline (or the first
    measurement) on day t0, T the target due on day t1, and v the newest measurement, on day t:

    * *reached*: v is at T or beyond it.
    * *off track*: not reached, and the day it was due has passed; or v is behind the straight line
      from baseline to target, b + (T - b) (t - t0) / (t1 - t0).
    * *on track*: not reached, not past due, and v is on that line or ahead of it.
    * *no data*: no measurement, or a target, a day or a baseline is missing; the evidence says
      which.

    With three or more days measured, the least-squares line through them is drawn on to the day
    it is due, with the interval in which 95 of 100 such measurements would lie.

    Parameters
    ----------
    net : Network
        A network with tables ``goals`` and ``measurements``.
    as_of : str or Timestamp, optional
        The day to judge on; later measurements are left out. Default: the newest date in the
        tables.

    Returns
    -------
    Result
        ``.table``: one row a goal with its state and the evidence, off track first, then by the
        day it is due. ``.tables["measured"]``: the measurements of each goal by day.

    See Also
    --------
    check_outcomes : What became of what sessions agreed on.

    References
    ----------
    Draper & Smith (1998), Applied Regression Analysis, doi:10.1002/9781118625590 (interval of a
    prediction).

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> net = pn.read_network({
    ...     "organizations": pd.DataFrame({"name": ["A", "B"], "kind": "food"}),
    ...     "goals": pd.DataFrame({
    ...         "goal": ["Fewer falls"], "baseline": [40], "baseline_on": ["2026-01-01"],
    ...         "target": [20], "due": ["2027-12-31"],
    ...     }),
    ...     "measurements": pd.DataFrame({
    ...         "goal": ["Fewer falls"], "date": ["2026-12-31"], "value": [35],
    ...     }),
    ... })
    >>> pn.track_goals(net).table["state"].tolist()
    ['off track']
    """
    here = net.at(as_of)
    table = judge_goals(here)
    return Result(
        verb="track_goals",
        title=TITLE,
        table=table,
        sentences=tuple(say_goals(table, hidden=here.hides("goals"))),
        method=describe_method(here),
        tables={"measured": _list_measured(here)},
        shown=SHOWN,
        as_of=here.day,
        paper="Goals",
        network=net.title,
    )


@fact
def judge_goals(here: Network) -> pd.DataFrame:
    """Give every goal with its state, off track first, then by the day it is due."""
    measured = _group_measured(here)
    rows = [_judge_row(here, row, measured) for row in here.rows("goals").itertuples()]
    table = pd.DataFrame(rows, columns=GOALS.names)
    for column in ("due", "measured_on"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    for column in ("baseline", "target", "value", "expected", "projected", "low", "high"):
        table[column] = table[column].astype("float64")
    rank = table["state"].map({state: k for k, state in enumerate(STATES)})
    ordered = table.assign(rank=rank).sort_values(["rank", "due", "goal"], kind="stable")
    return ordered[GOALS.names].reset_index(drop=True)


def _group_measured(here: Network) -> dict[str, pd.Series]:
    """Mean value by day, by folded goal: two numbers of one day count as their mean."""
    rows = here.rows("measurements")
    folded = rows["goal"].map(fold_label)
    return {
        str(goal): part.groupby("date")["value"].mean().sort_index()
        for goal, part in rows.groupby(folded)
    }


def _judge_row(here: Network, row: Any, measured: dict[str, pd.Series]) -> tuple[Any, ...]:
    values = measured.get(fold_label(row.goal), pd.Series(dtype="float64"))
    goal = Goal(row.direction, row.baseline, row.baseline_on, row.target, row.due, row.unit)
    found = judge_goal(goal, values, here.day)
    names = [here.name(id_) if id_ else "" for id_ in (row.organization, row.other)]
    who = (row.organization, names[0] or "the network", row.other, names[1])
    newest = (values.iloc[-1], values.index[-1]) if len(values) else (None, pd.NaT)
    return (
        row.goal, found.state, *who, row.measure, row.unit, row.baseline, row.target, row.due,
        *newest, len(values), found.expected, found.projected, found.low, found.high,
        found.evidence,
    )  # fmt: skip


def _list_measured(here: Network) -> pd.DataFrame:
    known = set(here.rows("goals")["goal"].map(fold_label))
    rows = here.rows("measurements")
    rows = rows.assign(known=[fold_label(goal) in known for goal in rows["goal"]])
    ordered = rows.sort_values(["goal", "date"], kind="stable")
    return ordered[MEASURED.names].reset_index(drop=True)
