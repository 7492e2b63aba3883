"""Who speaks for whom in the network, and for whom things are worse."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...facts.geography.locations import resolve_places
from .populations import Community
from .shown import SHOWN
from .text import describe_method, say_voices


@checked
def list_voices(
    net: Network,
    where: str | Sequence[str] | None = None,
    *,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Say who speaks for residents and populations, with which seats, and who fares worse.

    From three tables: ``voices`` (which organization speaks for which population, how, and with how
    many seats), ``residents`` (how many people a population has in a county) and ``disparities``
    (an indicator of a population, beside that of everybody). What is on none of them is said to be
    not known. Populations are named as in the column ``population`` of services, so that who serves
    them stands beside.

    Parameters
    ----------
    net : Network
        The network, best with a table ``voices``.
    where : str or sequence of str, optional
        Counties, by name or code, or a State; default: all.
    as_of : str or Timestamp, optional
        The day on which voices must hold; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a population and county, those for whom nobody on file speaks first, of
        these the largest disparity, then the largest share of residents (0 to 1).
        ``.tables["disparities"]``: values beside everybody's, the worst first.
        ``.tables["voices"]``: who speaks for whom.

    Raises
    ------
    UsageError
        A place is neither a State of the network nor a county known.

    See Also
    --------
    find_gaps : Sectors and populations whose voice is missing (``kinds="voice"``).
    align_organizations : Who speaks for the people whom two organizations both serve.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> net = pn.read_network({
    ...     "organizations": pd.DataFrame(
    ...         {"name": ["Senior Center", "Clinic"], "kind": "other", "county_fips": "31027"}
    ...     ),
    ...     "voices": pd.DataFrame({
    ...         "organization": ["Senior Center"], "population": "older adults",
    ...         "advisory_seats": 3,
    ...     }),
    ... })
    >>> pn.list_voices(net).table[["population", "status"]].values.tolist()
    [['residents', 'nobody on file'], ['older adults', 'speaks, with a seat']]
    """
    here = net.at(as_of)
    community = Community(here, None if where is None else resolve_places(here, where))
    table, voices = community.tabulate(), community.list_voices()
    return Result(
        verb="list_voices",
        title="Who speaks for whom",
        table=table,
        sentences=tuple(say_voices(community, table, voices)),
        method=describe_method(here),
        tables={"disparities": community.list_disparities(), "voices": voices},
        shown=SHOWN,
        as_of=here.day,
        paper="Community voice",
        network=net.title,
    )
