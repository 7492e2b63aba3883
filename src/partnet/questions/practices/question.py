"""Promising practices: what others do well, how well proven, and who could learn from whom."""

from __future__ import annotations

import pandas as pd

from ...core.arguments import checked
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import in_units
from .register import list_learners, tabulate_practices
from .shown import SHOWN
from .text import describe_method, say_practices


@checked
def list_practices(
    net: Network, organization: str | None = None, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Show promising practices on file, and who could learn which one, from whom.

    The table ``promising_practices`` is a register: what is done, by whom, for which kind, for
    which service, what it brought and how well that is proven. Everybody of these kinds with
    nothing such on file could learn; first those who serve a county in which nobody on file offers
    the service.

    Parameters
    ----------
    net : Network
        A network with a table ``promising_practices``.
    organization : str, optional
        Id or unique name: only what this one could learn; default: everybody.
    as_of : str or Timestamp, optional
        The day on which practices must hold; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a practice, those first that somebody in need could learn, then the
        best proven. ``.tables["learners"]``: who could learn it, why now, and whom to ask: a
        partner who does it, else the nearest.

    Raises
    ------
    UsageError
        The organization is not in the network.

    See Also
    --------
    describe_organization : What most organizations like one do, and it does not on file.
    find_peer_states : What other States do; of their networks also the practices.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnet as pn
    >>> net = pn.read_network({
    ...     "organizations": pd.DataFrame({"name": ["A", "B"], "kind": "hospital"}),
    ...     "promising_practices": pd.DataFrame({"practice": ["Nurse line"], "organization": "A"}),
    ... })
    >>> pn.list_practices(net).claims["learn"]["organization"]
    'B'
    """
    here = net.at(as_of)
    learners = list_learners(here)
    table = tabulate_practices(here, learners)
    if organization is not None:
        learners = learners[learners["organization"] == net.find(organization)]
        learners = learners.reset_index(drop=True)
        table = table[table["practice"].isin(learners["practice"])].reset_index(drop=True)
    return Result(
        verb="list_practices",
        title="Promising practices",
        table=table,
        sentences=tuple(say_practices(table, learners, here.units)),
        method=describe_method(here),
        tables={"learners": learners},
        shown=in_units(SHOWN, here.units),
        as_of=here.day,
        paper="Promising practices",
        network=net.title,
    )
