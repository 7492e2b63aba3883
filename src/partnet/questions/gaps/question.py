"""All gaps together, ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ...core.arguments import checked
from ...core.deprecation import renamed
from ...core.network import Network
from ...core.results.result import Result
from ...core.results.shown import Shown, in_units
from ...facts.geography.locations import resolve_places
from .found import tabulate_judged
from .kind import SETTLED, Beside
from .kinds import choose_kinds, list_kinds
from .shown import SHOWN_GAPS, SHOWN_KINDS, SHOWN_LIST, SHOWN_TOP
from .text import (
    count_kinds,
    describe_method,
    list_in_words,
    say_kinds,
    say_top,
    summarize_gaps,
)


@renamed(family="kinds", families="kinds")
@checked
def find_gaps(
    net: Network,
    kinds: str | Sequence[str] | None = None,
    *,
    where: str | Sequence[str] | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Find what ought to be there and is not on file: rules, services, ties, contacts, voices.

    Parameters
    ----------
    net : Network
        The network.
    kinds : str or sequence of str, optional
        Kinds of gaps, among rule, coverage, overlap, funding, contact, sector, agreement, voice;
        default: all.
    where : str or sequence of str, optional
        Counties, by code or name, or a State by its abbreviation: only gaps of these places or of
        organizations in them.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an open gap, the most severe first. ``.tables``: ``top`` (the page for
        a director: at most 12 lines over all kinds), ``kinds`` (how many gaps each has), ``rules``
        (every rule judged, also where it is met, unknown or does not apply), ``access`` (county x
        service: providers, the nearest two), ``cut`` (features left out of affinity because nearly
        everybody has them), ``investment`` (dollars by county, per person, beside need).

    Raises
    ------
    UsageError
        One of `kinds` is not among these, or `where` is no county or State.

    See Also
    --------
    recommend_partners : Whom to approach next, with the gaps that a tie would close.
    find_introductions : Through whom a gap could be closed.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_gaps(pn.load_sample("prairie"), ["coverage", "agreement"])
    >>> found.table[["kind", "status", "severity"]].head(2).round(2)
            kind               status  severity
    0   coverage  no provider on file      0.82
    1  agreement               lapsed      0.60
    """
    chosen, here = choose_kinds(kinds), net.at(as_of)
    places = None if where is None else resolve_places(here, where)
    judged = tabulate_judged(here, chosen)
    if places is not None:
        judged = _select_places(here, judged, places)
    gaps = judged[~judged["status"].isin(SETTLED)].reset_index(drop=True)
    tables = {"top": summarize_gaps(gaps), "kinds": count_kinds(gaps, chosen)}
    in_words = replace(SHOWN_LIST, pick=list_in_words)
    shown = [
        SHOWN_GAPS,
        SHOWN_TOP,
        in_words,
        *(list_kinds()[name].shown for name in chosen),
        SHOWN_KINDS,
    ]
    for name, kind in list_kinds().items():
        for beside in kind.beside:
            table = _tabulate_beside(here, beside, judged, places) if name in chosen else None
            tables[beside.shown.table], seen = _show_beside(beside, table)
            shown.append(seen)
    return Result(
        verb="find_gaps",
        title="Where the gaps are",
        table=gaps,
        sentences=(
            *say_top(gaps, chosen),
            *say_kinds(here, gaps, judged, chosen, of_places=places is not None),
        ),
        method=describe_method(here.day),
        tables=tables,
        shown=in_units(tuple(shown), here.units),
        as_of=here.day,
        network=net.title,
    )


def _tabulate_beside(
    here: Network, beside: Beside, judged: pd.DataFrame, places: frozenset[str] | None
) -> pd.DataFrame:
    """Make a table beside the gaps; one by county only of the places asked for."""
    table = beside.make(here, judged)
    if places is None or "county_fips" not in table:
        return table
    return table[table["county_fips"].isin(places)].reset_index(drop=True)


def _show_beside(beside: Beside, table: pd.DataFrame | None) -> tuple[pd.DataFrame, Shown]:
    """Give a table and how people see it; one of a kind that was not asked for is empty."""
    if table is None:
        return pd.DataFrame(columns=beside.shown.names), beside.shown
    if beside.entitle is None:
        return table, beside.shown
    return table, replace(beside.shown, title=beside.entitle(table))


def _select_places(net: Network, gaps: pd.DataFrame, places: frozenset[str]) -> pd.DataFrame:
    homes = net.organizations["county_fips"]
    sides = [gaps[side].map(homes).isin(places) for side in ("organization", "other")]
    return gaps[gaps["place"].isin(places) | sides[0] | sides[1]].reset_index(drop=True)
