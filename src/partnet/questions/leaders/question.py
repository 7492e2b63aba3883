"""Who leads each organization, who can decide for it, and whom to ask."""

from __future__ import annotations

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...facts.contacts import read_limits
from ...facts.leaders import PEOPLE, Leader, find_leaders
from .shown import LEADERS, SHOWN
from .text import DECIDES, LEADS, MET, NOT_KNOWN, describe_method, say_leaders

FIRST = (NOT_KNOWN, MET, DECIDES, LEADS)  # whom to ask comes first


@checked
def list_leaders(net: Network, *, as_of: str | pd.Timestamp | None = None) -> Result:
    """Say who leads each organization, who can decide for it, and of whom that is not on file.

    From the people table (roles and levels, on the day), else from the last contact at executive
    level. What a session has to decide, and whether those who come can, is in
    :func:`prepare_session`.

    Parameters
    ----------
    net : Network
        The network, best with a table ``people``.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an organization (without neighbors and the convener): who leads it, who
        else can decide, and when an executive was last met. Those first of whom nothing is on
        file, of these the kinds that are to be visited routinely.

    See Also
    --------
    prepare_session : The level at which each one is needed at a session.
    describe_convenings : Meetings at which nobody could decide.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> net = pn.read_network({
    ...     "organizations": pd.DataFrame({"name": ["A", "B"], "kind": "hospital"}),
    ...     "people": pd.DataFrame({"person": ["Pat Sample"], "organization": "A", "role": "CEO"}),
    ... })
    >>> pn.list_leaders(net).table[["name", "person", "status"]].values.tolist()
    [['B', '', 'not on file'], ['A', 'Pat Sample', 'leader on file']]
    """
    here = net.at(as_of)
    routine = frozenset(read_limits(here))
    table = _tabulate(here, routine)
    return Result(
        verb="list_leaders",
        title="Who leads, and who can decide",
        table=table,
        sentences=tuple(say_leaders(here, table, routine)),
        method=describe_method(here),
        shown=SHOWN,
        as_of=here.day,
        paper="Leaders",
        network=net.title,
    )


def _tabulate(here: Network, routine: frozenset[str]) -> pd.DataFrame:
    leaders, kinds = find_leaders(here), here.organizations["kind"]
    own = [
        str(id_)
        for id_, context in here.is_context.items()
        if not context and id_ != here.convener and here.audience != "public"
    ]
    rows = [_make_row(here, id_, str(kinds[id_]), leaders[id_]) for id_ in own]
    table = pd.DataFrame(rows, columns=LEADERS.names)
    for column in ("since", "met_on"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    rank = table["status"].map({status: k for k, status in enumerate(FIRST)}).astype("float64")
    order = table.assign(rank=rank, other=~table["kind"].isin(routine))
    order = order.sort_values(["rank", "other"], kind="stable")
    return order[LEADERS.names].reset_index(drop=True)


def _make_row(here: Network, id_: str, kind: str, leader: Leader) -> tuple[object, ...]:
    return (
        id_, here.name(id_), kind, judge_leader(leader), leader.person, leader.role, leader.since,
        ", ".join(leader.others), leader.known_from, leader.met_on,
    )  # fmt: skip


def judge_leader(leader: Leader) -> str:
    """Say in a word how much is on file of who decides."""
    if leader.known_from == PEOPLE:
        return LEADS if leader.person else DECIDES
    return MET if leader.known_from else NOT_KNOWN
