"""Introductions: the strongest path to close each gap, ties to renew, groups one never talks to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...core.arguments import checked
from ...core.deprecation import dropped
from ...core.network import Network
from ...core.results.result import Result
from ...facts.geography.access import hospitals_in
from ...io.read import Source
from ..gaps.found import tabulate_open
from ..recommendation.introducers.introducers import list_dormant
from .directory import compare_directory, list_fellow_members
from .introduction_paths import ONE, SEVERAL, TOGETHER, IntroductionPaths, Path
from .outside_groups import list_outside_groups
from .shown import GAPS, MEMBERS, SHOWN
from .text import describe_method, say_introductions


@dropped("gaps")
@checked
def find_introductions(
    net: Network,
    organization: str | None = None,
    *,
    directory: Network | Source | pd.DataFrame | None = None,
    as_of: str | pd.Timestamp | None = None,
) -> Result:
    """Say through whom each gap could be closed, and with whom to start before help is needed.

    Every open gap between two organizations has a strongest introduction path: an organization
    that works with both, else a chain of such. Where a gap has one party, the path leads there from
    the hospital of its county, else from the convener.

    Parameters
    ----------
    net : Network
        The network.
    organization : str, optional
        Only gaps of this organization, and the paths, ties and groups as seen from it; default:
        all gaps, the rest as seen from the convener.
    directory : Network, path, tables or DataFrame, optional
        Members of a local chapter or directory in the form of an organizations table with ``name``
        and ``kind`` (a CSV file, a workbook, a folder or a DataFrame; a column ``services`` may
        list what they offer, separated by semicolons): who of them is on file, and what the others
        would bring.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row an open gap with the path that leads to closing it, the most severe
        first. ``.tables``: ``dormant`` (ties to renew), ``groups`` (with whom one does not
        regularly interact), ``members`` (of the same groups and of the directory, without a tie).

    Raises
    ------
    UsageError
        `organization` is not in the network.
    InputError
        `directory` cannot be read.

    See Also
    --------
    find_gaps : What is to be closed.
    recommend_partners : Whom to approach next, gap or not.

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.find_introductions(pn.load_sample("prairie"))
    >>> found.claims["paths"]["gaps"] == len(found.table)
    True
    """
    here = net.at(as_of)
    own = net.find(organization) if organization is not None else ""
    me, paths = own or net.convener, IntroductionPaths.of(here)
    gaps = tabulate_open(here)
    dormant = list_dormant(paths.links)
    members = list_fellow_members(paths, me)
    if directory is not None:
        given = compare_directory(paths, me, directory, gaps)
        members = pd.concat([given, members], ignore_index=True)
    tables = {
        "dormant": _select(dormant if paths.known else dormant.iloc[:0], own, "partner"),
        "groups": list_outside_groups(paths, me),
        "members": members.reindex(columns=MEMBERS.names),
    }
    table = _tabulate(paths, _select(gaps, own, "other"))
    return Result(
        verb="find_introductions",
        title="Who could introduce whom",
        table=table,
        sentences=tuple(say_introductions(paths, me, table, tables, directory is not None)),
        method=describe_method(paths),
        tables=tables,
        shown=SHOWN,
        as_of=here.day,
        network=net.title,
    )


def _select(table: pd.DataFrame, own: str, second: str) -> pd.DataFrame:
    """Rows of one organization, on either side; all rows where none is named."""
    if not own:
        return table
    return table[(table["organization"] == own) | (table[second] == own)].reset_index(drop=True)


def _tabulate(paths: IntroductionPaths, gaps: pd.DataFrame) -> pd.DataFrame:
    """One row a gap with two ends, or with one that the convener could go to."""
    rows = [row for gap in gaps.itertuples() if (row := _open(paths, gap)) is not None]
    return pd.DataFrame(rows, columns=GAPS.names)


def _open(paths: IntroductionPaths, gap: Any) -> tuple[object, ...] | None:
    """The path to closing a gap; ``None`` where it has no end, or both are the same."""
    here = paths.here
    start, end = _choose_ends(here, gap)
    if not start or not end or start == end:
        return None
    path = paths.find(*(int(k) for k in here.positions([start, end])))
    through = paths.say_through(path)
    names = here.name(start), here.name(end)
    return (
        gap.gap_id, gap.kind, start, names[0], end, names[1], gap.rule, path.status,
        _say_path(*names, path, through), through, path.chain, round(path.strength, 9),
        path.against, gap.severity,
    )  # fmt: skip


def _choose_ends(here: Network, gap: Any) -> tuple[str, str]:
    """Its two parties; else from the hospital of its county, or the convener, to the one it has."""
    if gap.other:
        return gap.organization, gap.other
    hospitals = [id_ for id_ in hospitals_in(here, gap.place) if id_ != gap.organization]
    return (hospitals[0] if hospitals else here.convener), gap.organization


def _say_path(start: str, end: str, path: Path, through: str) -> str:
    if path.status == TOGETHER:
        return f"{start} already works with {end}: ask directly."
    if path.status == ONE:
        if path.against:
            return f"{through} works with both {start} and {end}, but {path.against}."
        return f"{through} works with both {start} and {end} and could introduce them."
    if path.status == SEVERAL:
        return f"{start} reaches {end} through {through}."
    return f"No path from {start} to {end} is on file: a first call is needed."
