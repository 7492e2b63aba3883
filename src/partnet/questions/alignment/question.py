"""Two organizations side by side: what they could align, settle and plan together."""

from __future__ import annotations

import pandas as pd

from ...core.arguments import checked
from ...core.deprecation import renamed
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import in_units
from .pair import Pair
from .shown import PARTS, name_columns, show_leaders
from .stocktaking import Stock
from .text import describe_method, list_facts, say_pair


@renamed(a="organization", b="partner")
@checked
def align_organizations(
    net: Network, organization: str, partner: str, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Lay two organizations side by side: what they share, what each brings, what is to be settled.

    Parameters
    ----------
    net : Network
        The network.
    organization, partner : str
        Ids or unique names of two different organizations.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: what both share. ``.tables``: ``profiles`` (the stock-taking profiles side by
        side), ``brings`` (what each cannot do alone), ``cycles`` (assessments, funding, agreements
        that meet), ``duties``, ``measures`` (of success), ``trends`` (indicators of the shared
        counties, with the value before), ``commitments`` (roles and costs to settle), ``plan``
        (year by year), ``facilitators``, ``managers``, ``missing`` (services that need another
        partner), ``leaders`` (what it means for the leaders of each), ``voices`` (who speaks for
        the people served, and with whom they have a tie).

    Raises
    ------
    UsageError
        One of them is not in the network, or both are the same.

    See Also
    --------
    describe_organization : One of them alone.
    explain_pair : Why the two are recommended to each other, or not.

    Examples
    --------
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie")
    >>> found = pn.align_organizations(net, "Cedar County Hospital", "Golden Plover Hospital")
    >>> found.claims["shared"]["tie_on_file"]
    False
    """
    ids = net.find(organization), net.find(partner, argument="partner")
    if ids[0] == ids[1]:
        raise UsageError(
            f"organization, partner: found {net.name(ids[0])} twice. Two different organizations "
            "can be aligned. Name another one."
        )
    here = net.at(as_of)
    pair = Pair(here, Stock(here, ids[0]), Stock(here, ids[1]))
    tables = pair.tables()
    pages, leaders = zip(*show_leaders(ids, pair.names), strict=True)
    return Result(
        verb="align_organizations",
        title=f"{pair.names[0]} and {pair.names[1]}",
        table=pair.shared,
        sentences=tuple(say_pair(pair)),
        method=describe_method(here),
        tables=tables,
        shown=in_units((*name_columns(pair.names), *leaders), here.units),
        parts=(*PARTS, *pages),
        facts=list_facts(pair.shared),
        as_of=here.day,
        paper="Brief for two partners",
        network=net.title,
    )
