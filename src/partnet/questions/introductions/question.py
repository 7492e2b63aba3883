"""Introductions: the warmest way to close each gap, ties to renew, groups one never talks to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_date
from ...facts.locations import HOSPITALS
from ...io.read import Source
from ..gaps.found import tabulate_open
from ..recommendation.introducers.introducers import list_dormant
from .directory import DIRECTORY_COLUMNS, compare_directory, list_fellow_members
from .introduction_paths import NONE, ONE, SEVERAL, TOGETHER, Door, Doors
from .outside_groups import IRREGULAR, NOBODY, UNTIED, list_distant_groups

COLUMNS = ["gap_id", "kind", "rule", "severity", "organization", "organization_name", "other",
           "other_name", "status", "through", "warmth", "chain", "against", "sentence"]  # fmt: skip
NAMED = 4


def find_introductions(
    net: Network,
    organization: str | None = None,
    *,
    directory: Network | Source | pd.DataFrame | None = None,
    as_of: str | pd.Timestamp | None = None,
    gaps: Result | None = None,
) -> Result:
    """Say through whom each gap could be closed, and with whom to start before help is needed.

    Every open gap between two organizations has a warmest way: an organization that works with
    both, else a chain of such. Where a gap has one party, the way leads there from the hospital of
    its county, else from the convener.

    Parameters
    ----------
    net : Network
        The network.
    organization : str, optional
        Only gaps of this organization, and the ways, ties and groups as seen from it; default:
        all gaps, the rest as seen from the convener.
    directory : Network, path, tables or DataFrame, optional
        Members of a local chapter or directory in the form of an organizations table with ``name``
        and ``kind`` (a CSV file, a workbook, a folder or a DataFrame; a column ``services`` may
        list what they offer, separated by semicolons): who of them is on file, and what the others
        would bring.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.
    gaps : Result, optional
        Of ``find_gaps``, where it is at hand.

    Returns
    -------
    Result
        ``.table``: one row an open gap that somebody could open a door for, the most severe first:
        ``organization``, ``other``, ``status`` (they work together, through one, through several,
        no way on file), ``through``, ``warmth`` (0 to 1), ``chain``, ``against``, ``sentence``.
        ``.tables``: ``dormant`` (ties to renew), ``groups`` (with whom one does not regularly
        interact), ``members`` (of the same groups and of the directory, without a tie).

    Raises
    ------
    UsageError
        `organization` is not in the network.
    InputError
        `directory` cannot be read.
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    found = gaps.table if gaps is not None else tabulate_open(net.at(day))
    own = net.find(organization) if organization is not None else ""
    me = own or net.convener
    doors = Doors.of(net, day)
    dormant = list_dormant(doors.links) if doors.known else list_dormant(doors.links).iloc[:0]
    members = list_fellow_members(doors, me)
    if directory is not None:
        members = pd.concat(
            [compare_directory(doors, me, directory, found), members], ignore_index=True
        )
    tables = {
        "dormant": _select(dormant, own, "organization", "partner"),
        "groups": list_distant_groups(doors, me),
        "members": members.reindex(columns=DIRECTORY_COLUMNS),
    }
    table = _tabulate(doors, found, own)
    return Result(
        verb="find_introductions",
        title="Who can open the door",
        table=table,
        sentences=tuple(_say(doors, me, table, tables, directory is not None)),
        method=_method(doors),
        tables=tables,
    )


def _select(table: pd.DataFrame, own: str, first: str, second: str) -> pd.DataFrame:
    if not own:
        return table
    return table[(table[first] == own) | (table[second] == own)].reset_index(drop=True)


def _tabulate(doors: Doors, gaps: pd.DataFrame, own: str) -> pd.DataFrame:
    """One row a gap with two ends, or with one that the convener could go to."""
    chosen = _select(gaps, own, "organization", "other")
    rows = [row for gap in chosen.itertuples() if (row := _open(doors, gap)) is not None]
    return pd.DataFrame(rows, columns=COLUMNS)


def _open(doors: Doors, gap: Any) -> tuple[object, ...] | None:
    """The way that leads to closing a gap; ``None`` where it has no end, or both are the same."""
    net = doors.net
    start, end = _choose_ends(net, gap)
    if not start or not end or start == end:
        return None
    door = doors.find(*(int(k) for k in net.positions([start, end])))
    through = doors.say_through(door)
    names = net.name(start), net.name(end)
    return (
        gap.gap_id, gap.kind, gap.rule, gap.severity, start, names[0], end, names[1],
        door.status, through, round(door.warmth, 9), door.chain, door.against,
        _say_door(*names, door, through),
    )  # fmt: skip


def _choose_ends(net: Network, gap: Any) -> tuple[str, str]:
    """Its two parties; else from the hospital of its county, or the convener, to the one it has."""
    if gap.other:
        return gap.organization, gap.other
    here = net.organizations
    there = here["kind"].isin(HOSPITALS) & (here["county_fips"] == gap.place) & (gap.place != "")
    hospitals = [str(id_) for id_ in here.index[there] if id_ != gap.organization]
    return (hospitals[0] if hospitals else net.convener), gap.organization


def _say_door(start: str, end: str, door: Door, through: str) -> str:
    if door.status == TOGETHER:
        return f"{start} already works with {end}: ask directly."
    if door.status == ONE:
        if door.against:
            return f"{through} works with both {start} and {end}, but {door.against}."
        return f"{through} works with both {start} and {end} and could introduce them."
    if door.status == SEVERAL:
        return f"{start} reaches {end} through {through}."
    return f"No way from {start} to {end} is on file: a first call is needed."


# -- sentences -------------------------------------------------------------------------------------


def _say(
    doors: Doors,
    me: str,
    table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    asked: bool,
) -> Iterator[str]:
    if not doors.known:
        yield (
            "No working tie is on file, so nobody can be named who could introduce others: enter "
            "ties to switch this on."
        )
    else:
        yield _say_doors(table)
        yield from tables["dormant"]["sentence"].head(2)
    yield from _say_groups(tables["groups"])
    yield from _say_members(doors, me, tables["members"], asked)


def _say_doors(table: pd.DataFrame) -> str:
    if table.empty:
        return "No open gap is on file that an introduction would help to close."
    count = table["status"].value_counts()
    parts = [
        f"for {count[status]} {words}"
        for status, words in (
            (TOGETHER, "the two work together already"),
            (ONE, "somebody works with both"),
            (SEVERAL, "the way leads through several"),
            (NONE, "no way is on file"),
        )
        if status in count
    ]
    opened = table[table["status"] == ONE]
    first = f" First: {opened['sentence'].iloc[0]}" if len(opened) else ""
    n = count_noun(len(table), "gap has", "gaps have")
    return f"{n} an organization to go to: {join_words(parts)}.{first}"


def _say_groups(groups: pd.DataFrame) -> Iterator[str]:
    """Groups one does not talk to, with whom to start, and groups that nobody speaks for."""
    distant = groups[groups["status"].isin([UNTIED, IRREGULAR])]
    if len(distant):
        names = join_words(distant["group"].tolist())
        yield f"Health care on file does not regularly interact with {names}."
        first = distant["sentence"].iloc[0]
        yield f"Reach out before help is needed: {first[:1].lower()}{first[1:]}"
    nobody = groups.loc[groups["status"] == NOBODY, "group"].tolist()
    if nobody:
        yield f"Nobody is on file for {join_words(nobody)}: look in directories, and enter them."


def _say_members(doors: Doors, me: str, members: pd.DataFrame, asked: bool) -> Iterator[str]:
    if members.empty:
        if asked:
            yield "The directory names nobody."
        return
    given = members[members["source"] == "directory"]
    if len(given):
        new = given[given["on_file"] == "no"]
        count = given["on_file"].value_counts()
        maybe = f", {count['perhaps']} may be" if "perhaps" in count else ""
        yield (
            f"Of {count_noun(len(given), 'member')} of the directory, {count.get('yes', 0)} are on "
            f"file{maybe} and {len(new)} are new."
        )
        yield from new["sentence"].head(2)
    own = members[members["source"] != "directory"]
    if len(own) and me:
        names = join_words(own["name"].tolist(), most=NAMED)
        yield (
            f"{doors.net.name(me)} sits in a group with {count_noun(len(own), 'organization')} "
            f"with which no tie is on file: {names}."
        )


def _method(doors: Doors) -> Method:
    day = doors.layer.as_of
    return Method(
        name="Warmest way over working ties.",
        formula=(
            "Through one: max over z of min(s(i,z), s(z,j)) x 2^(-age/24 months), a competitor or "
            "a link at staff level last. Through several: the largest product of s x recency over "
            "the links, halved for everybody asked after the first. Dormant: last contact 24 "
            "months ago or more. Regular: a working tie with health care, contact within a year, "
            "or undated and of strength 0.5 or more."
        ),
        settings={"as of": "no dates" if day is None else say_date(day), **doors.layer.settings()},
        notes=(
            "A heuristic: it names whom to ask for an introduction, not who will give it. A link "
            "without a date counts half.",
        ),
    )
