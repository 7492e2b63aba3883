"""The papers for a strategic partnership session of a community or a State."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.deprecation import dropped, renamed
from ...core.network import Network
from ...core.results import Result
from .focus import read_focus
from .place import resolve_place
from .preparation import Preparation
from .seating import SEATS
from .shown import SHOWN, list_parts
from .text import describe_method, list_facts, say_session


@dropped("gaps")
@renamed(place="where")
def prepare_session(
    net: Network,
    where: str | Sequence[str] | None = None,
    *,
    focus: str | Sequence[str] | None = None,
    seats: int = SEATS,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Prepare a partnership session: grantees and their money, ties, synergies, seats, agenda.

    After HRSA's Strategic Partnership Sessions: every grantee of a place with programs, dates and
    dollars, and the collective investment; health indicators and plans as the starting point; who
    works with whom and who has no tie on file; programs that serve the same people, and how their
    requirements interconnect; external partners within reach to invite; a seating plan in which
    pairs with an open gap or an outcome that is due sit at one table; the agenda of kick-off,
    session and follow-up; and the register of outcomes, held against what is on file now.

    Parameters
    ----------
    net : Network
        The network.
    where : str or sequence of str, optional
        A county by code or name, several of them, or the State; default: the whole network.
    focus : str or sequence of str, optional
        What it is about: a service, a program, a sector or a kind on file, or part of its name, for
        example ``"behavioral health"``. Then those come whom it concerns, with the hospitals and
        the health department of the place; default: everything.
    seats : int, default 8
        Most people at one table.
    as_of : str or Timestamp, optional
        The day of the session; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an organization that comes: in which role, and to which table.
        ``.tables``: ``grantees``, ``investment``, ``programs``, ``indicators``, ``plans``,
        ``ties`` (who works with whom), ``untied_pairs`` (grantees with no tie on file),
        ``synergies``, ``requirements``, ``guests``, ``together`` (untied pairs seated together),
        ``seating`` (who sits at which table), ``agenda``, ``outcomes``, ``feedback``,
        ``proposed``.

    Raises
    ------
    UsageError
        The place or the focus is not known, or a table has fewer than two seats.

    See Also
    --------
    check_outcomes : What became of what earlier sessions agreed on.
    plan_visits : Whom to visit before.

    References
    ----------
    Lourenço, Martin & Stützle (2019), doi:10.1007/978-3-319-91086-4_5 (the seating plan).

    Examples
    --------
    >>> import partnet as pn
    >>> session = pn.prepare_session(pn.load_sample("prairie"), "Knox")
    >>> session.claims["seating"]["tables"]
    3
    """
    here = net.at(as_of)
    session = Preparation(here, resolve_place(net, where), seats, read_focus(here, focus))
    tables = session.tables()
    return Result(
        verb="prepare_session",
        title=session.title,
        table=session.attendance,
        sentences=tuple(say_session(session)),
        method=describe_method(session),
        tables=tables,
        shown=SHOWN,
        parts=list_parts(tables["agenda"]),
        facts=list_facts(session),
        as_of=here.day,
        paper="Brief for a partnership session",
        network=net.title,
    )
