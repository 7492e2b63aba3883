"""The papers for a strategic partnership session of a community or a State."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...core.arguments import checked
from ...core.deprecation import dropped, renamed
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import in_units
from ...core.rows.periods import read_day
from .focus import read_focus
from .place import resolve_place
from .preparation import Preparation
from .seating import SEATS
from .shown import SHOWN, list_parts
from .text import describe_method, list_facts, say_session


@dropped("gaps")
@renamed(place="where")
@checked
def prepare_session(
    net: Network,
    where: str | Sequence[str] | None = None,
    *,
    focus: str | Sequence[str] | None = None,
    seats: int = SEATS,
    held_on: str | pd.Timestamp | None = None,
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
        What it is about: a service, whom it is for, a program, a sector or a kind on file, or part
        of its name, for example ``"behavioral health"``. Then those come whom it concerns, with
        the hospitals and the health department of the place; default: everything.
    seats : int, default 8
        Most people at one table.
    held_on : str or Timestamp, optional
        The day of the session; default: `as_of`. Answers on file for that day (table
        ``attendance``) tell who comes: as soon as one has said yes, those are seated who said yes
        or maybe; before, everybody but who declined. Who sat at one table before sits with others
        now, except where something is open between the two.
    as_of : str or Timestamp, optional
        The day on which the tables are judged; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an organization that comes: in which role, and to which table.
        ``.tables``: ``grantees``, ``investment``, ``programs``, ``indicators``, ``plans``,
        ``ties`` (who works with whom), ``untied_pairs`` (grantees with no tie on file),
        ``synergies``, ``requirements``, ``guests``, ``together`` (untied pairs seated together),
        ``seating`` (who sits at which table), ``answers`` (who comes, and what waits for those who
        do not), ``levels`` (who has something to decide, and who could), ``facilitators`` (by
        :class:`Stakes`, fewest stakes first), ``agenda``,
        ``outcomes``, ``feedback``, ``proposed``.

    Raises
    ------
    UsageError
        The place or the focus is not known, a table has fewer than two seats, or the session is
        before the day on which the tables are judged.

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
    place, topic = resolve_place(net, where), read_focus(here, focus)
    session = Preparation(here, place, seats, topic, _read_date(held_on, here.day))
    tables = session.tables()
    return Result(
        verb="prepare_session",
        title=session.title,
        table=session.attendance,
        sentences=tuple(say_session(session)),
        method=describe_method(session),
        tables=tables,
        shown=in_units(SHOWN, here.units),
        parts=list_parts(tables["agenda"]),
        facts=list_facts(session),
        as_of=here.day,
        paper="Brief for a partnership session",
        network=net.title,
    )


def _read_date(held_on: str | pd.Timestamp | None, day: pd.Timestamp | None) -> pd.Timestamp | None:
    """Read the day of a session, which is not before the day on which its tables are judged."""
    if held_on is None:
        return None
    date = read_day(held_on, argument="held_on")
    if day is not None and date < day:
        raise UsageError(
            f"held_on: found {date.date()}, before the day on which the tables are judged "
            f"({day.date()}). A session is held on that day or later. Correct it, or give as_of."
        )
    return date
