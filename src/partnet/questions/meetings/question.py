"""Meetings and who comes: organizations and meetings as two modes, levels, program areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import symmetrize
from ...core.errors import UsageError
from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_date
from ...facts.collaboration import choose_layer
from ...facts.layers import Layer
from ...measures.two_modes import measure_two_modes
from ...places.gazetteer import county_name

# The areas of the State Flex Program in which every State is expected to bring hospitals together.
FLEX_AREAS = ("quality", "finance and operations", "population health", "EMS")
DECIDES = "executive"
LEVELS = ("", "staff", "manager", "executive")  # from not known to the highest
PRESENT, MISSING, UNKNOWN = "decision level present", "decision level missing", "level not known"
NAMED = 4

MEETING_COLUMNS = ["meeting", "held", "date", "program_area", "organizations", "sectors",
                   "counties", "executives", "level", "betweenness", "who"]  # fmt: skip
CANDIDATE_COLUMNS = ["name", "kind", "county", "brings", "new_sector", "new_county", "sentence"]


def describe_convenings(
    net: Network, n: int = 5, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Say who meets at which table, who never comes, who would add most, and who could decide.

    Meetings are those of the contacts table (mode *meeting*: rows of one day and topic are one
    meeting, if at least two organizations came) and the standing ones of the memberships table
    (group kind *meeting*). The table of organizations by meetings is kept as it is, and not turned
    into ties.

    Who would add most is chosen greedily: the organization that, with its working partners, brings
    in the most organizations that neither come nor work with anybody who comes; then the most new
    sectors, then new counties.

    Parameters
    ----------
    net : Network
        The network.
    n : int, default 5
        How many to name that would add most.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: one row a meeting: ``meeting``, ``held`` (standing, once), ``date``,
        ``program_area``, ``organizations``, ``sectors``, ``counties``, ``executives``, ``level``
        (decision level present, missing on file, or not known), ``betweenness`` (two-mode: how much
        it brings together who meet nowhere else), ``who``. ``.tables``: ``attendance`` (by
        organization: ``meetings``, ``last_meeting``, ``highest_level``, ``peers_met``: others of
        its kind at the same tables), ``candidates`` (who would add most), ``absent`` (sectors of
        which nobody comes), ``areas`` (Flex program areas).

    Raises
    ------
    UsageError
        `n` is not positive.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2 (two-mode betweenness).
    Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971 (greedy coverage: at least 1 - 1/e).
    """
    if n < 1:
        raise UsageError(f"n: found {n}. Name at least 1 organization.")
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    seats = list_seats(held)
    meetings = _tabulate_meetings(held, seats)
    attendance = _tabulate_attendance(held, seats)
    candidates = _find_candidates(held, attendance, choose_layer(net, as_of=day), n)
    tables = {
        "attendance": attendance,
        "candidates": candidates,
        "absent": _list_absent_sectors(held, attendance),
        "areas": _tabulate_areas(meetings),
    }
    return Result(
        verb="describe_convenings",
        title="Meetings, and who comes",
        table=meetings,
        sentences=tuple(_say(meetings, tables)),
        method=_method(day),
        tables=tables,
    )


def list_seats(net: Network) -> pd.DataFrame:
    """List who sat, or sits, at which meeting: one row an organization and meeting.

    Returns
    -------
    DataFrame
        ``meeting``, ``held`` (standing, once), ``date``, ``program_area``, ``organization``,
        ``level`` (the highest on file; blank for standing meetings, where nobody notes it).
    """
    columns = ["meeting", "held", "date", "program_area", "organization", "level"]
    contacts = net.table("contacts")
    once = contacts[contacts["mode"] == "meeting"]
    topics = once["topic"].where(once["topic"] != "", once["program_area"])
    topics = topics.where(topics != "", "meeting")
    once = once.assign(
        meeting=[f"{topic}, {say_date(d)}" for topic, d in zip(topics, once["date"], strict=True)],
        held="once",
    )
    standing = net.table("memberships").query("group_kind == 'meeting'")
    standing = standing.assign(meeting=standing["group"], held="standing", date=pd.NaT, level="")
    came = once.groupby("meeting")["organization"].transform("nunique")
    once = once[came > 1]  # with one alone it is a talk
    parts = [part[columns] for part in (standing, once) if len(part)]
    if not parts:
        return pd.DataFrame(columns=columns)
    seats = pd.concat(parts, ignore_index=True)
    rank = seats["level"].map({level: k for k, level in enumerate(LEVELS)}).astype("float64")
    order = seats.assign(rank=-rank).sort_values("rank", kind="stable").drop(columns="rank")
    return order.drop_duplicates(["meeting", "organization"]).sort_index(ignore_index=True)


def _tabulate_meetings(net: Network, seats: pd.DataFrame) -> pd.DataFrame:
    """One row a meeting: standing ones first, then the newest."""
    rows = []
    between = _measure_betweenness(net, seats)
    organizations = net.organizations
    for meeting, group in seats.groupby("meeting", sort=True):
        there = organizations.loc[group["organization"]]
        first = group.iloc[0]
        rows.append(
            (meeting, first["held"], first["date"], first["program_area"], len(group),
             there["sector"].nunique(), there["county_fips"].replace("", np.nan).nunique(),
             int((group["level"] == DECIDES).sum()), _judge_level(group["level"]),
             between[meeting], join_words(there["name"].tolist()))
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=MEETING_COLUMNS)
    table["date"] = pd.to_datetime(table["date"])
    once = table["held"] == "once"
    order = table.assign(once=once, age=-table["date"].astype("int64").where(once, 0))
    return table.loc[order.sort_values(["once", "age", "meeting"]).index].reset_index(drop=True)


def _judge_level(levels: pd.Series) -> str:
    if (levels == DECIDES).any():
        return PRESENT
    return MISSING if (levels != "").all() else UNKNOWN


def _measure_betweenness(net: Network, seats: pd.DataFrame) -> dict[str, float]:
    """Two-mode betweenness of every meeting, among the organizations that come to any."""
    names = sorted(set(seats["meeting"]))
    rows = net.positions(seats["organization"])
    columns = pd.Index(names).get_indexer(pd.Index(seats["meeting"]))
    incidence = sparse.csr_array(
        (np.ones(len(seats)), (rows, columns)), shape=(net.n, len(names))
    )  # an organization sits once at a meeting
    comes = np.diff(incidence.indptr) > 0
    if not comes.any():
        return {}
    _, features = measure_two_modes(sparse.csr_array(incidence[comes]))
    return dict(zip(names, features["betweenness"].round(9), strict=True))


def _tabulate_attendance(net: Network, seats: pd.DataFrame) -> pd.DataFrame:
    """By organization: how many meetings, the last one, the highest level that came."""
    grouped = seats.groupby("organization")
    ranks = seats["level"].map({level: k for k, level in enumerate(LEVELS)}).astype("float64")
    highest = ranks.groupby(seats["organization"]).max().reindex(net.ids).fillna(0).astype(int)
    table = net.organizations[["name", "kind", "sector", "county_fips"]].assign(
        meetings=grouped["meeting"].nunique().reindex(net.ids).fillna(0).astype(int),
        last_meeting=grouped["date"].max().reindex(net.ids).astype("datetime64[ns]"),
        highest_level=[LEVELS[k] for k in highest],
        peers_met=_count_peers_met(net, seats),
    )
    own = ~net.is_context & (net.ids != net.convener)  # the convener is at all of them
    return table[own.to_numpy()]


def _count_peers_met(net: Network, seats: pd.DataFrame) -> np.ndarray:
    """How many others of its own kind each organization has sat with."""
    kinds = net.organizations["kind"]
    seated = seats[["meeting", "organization"]].assign(kind=seats["organization"].map(kinds))
    pairs = seated.merge(seated, on=["meeting", "kind"])
    pairs = pairs[pairs["organization_x"] != pairs["organization_y"]]
    met = pairs.groupby("organization_x")["organization_y"].nunique()
    return met.reindex(net.ids).fillna(0).to_numpy(dtype=int)


# -- who would add most ----------------------------------------------------------------------------


def _find_candidates(net: Network, attendance: pd.DataFrame, layer: Layer, n: int) -> pd.DataFrame:
    """Greedily, the organizations at no meeting that would bring in the most others."""
    at = net.positions(attendance.index)
    here = (attendance["meetings"] > 0).to_numpy().copy()
    reach = _reach_of(layer)[at]
    missing = np.ones(net.n)  # 1 for who neither comes nor works with anybody who comes
    missing[reach[here].indices] = 0
    rows: list[tuple[object, ...]] = []
    while here.any() and len(rows) < n:
        brings = np.where(here, -1.0, reach @ missing)
        new = [~attendance[c].isin(attendance[c][here]) for c in ("sector", "county_fips")]
        best = int(np.lexsort((-np.arange(len(at)), new[1], new[0], brings))[-1])
        if brings[best] <= 0:
            break
        first_of = (bool(column.iloc[best]) for column in new)
        rows.append(_make_candidate(attendance.iloc[best], brings[best], *first_of))
        here[best] = True
        missing[reach[[best]].indices] = 0
    return pd.DataFrame(rows, columns=["organization", *CANDIDATE_COLUMNS])


def _reach_of(layer: Layer) -> sparse.csr_array:
    """1 where an organization is, or works with, another; direction is ignored."""
    either = symmetrize(layer.binary)
    return sparse.csr_array(either.maximum(sparse.eye_array(layer.n)))


def _make_candidate(
    one: pd.Series, brings: float, sector: bool, county: bool
) -> tuple[object, ...]:
    place = county_name(one["county_fips"])
    firsts = [
        *(["the first of its sector"] if sector else []),
        *([f"the first of {place}"] if county and place else []),
    ]
    also = f"; it would be {join_words(firsts)}" if firsts else ""
    sentence = (
        f"{one['name']}: it and its partners are {count_noun(brings, 'organization')} that neither "
        f"come nor work with anybody who comes{also}."
    )
    return one.name, one["name"], one["kind"], place, int(brings), sector, county, sentence


def _list_absent_sectors(net: Network, attendance: pd.DataFrame) -> pd.DataFrame:
    """Sectors with organizations on file of which none is on file at any meeting."""
    grouped = attendance.groupby("sector")
    table = pd.DataFrame(
        {
            "organizations": grouped.size(),
            "coming": grouped["meetings"].agg(lambda meetings: int((meetings > 0).sum())),
            "who": grouped["name"].agg(lambda names: join_words(names.tolist(), most=NAMED)),
        }
    ).reset_index()
    table.insert(1, "label", table["sector"].map(net.vocabulary.sectors).astype("str"))
    absent = table[(table["coming"] == 0) & (table["sector"] != "")]
    order = ["organizations", "sector"]
    return absent.sort_values(order, ascending=[False, True], ignore_index=True)


def _tabulate_areas(meetings: pd.DataFrame) -> pd.DataFrame:
    """The Flex program areas, each with its meetings, also where there is none."""
    folded = meetings["program_area"].str.casefold()
    rows = []
    for area in FLEX_AREAS:
        own = meetings[folded == area.casefold()]
        rows.append((area, len(own), own["date"].max(), join_words(own["meeting"].tolist())))
    table = pd.DataFrame(rows, columns=["area", "meetings", "last", "which"])
    return table.astype({"last": "datetime64[ns]"})


# -- sentences -------------------------------------------------------------------------------------


def _say(meetings: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    if meetings.empty:
        yield (
            "No meetings are on file: enter them in the contacts table (mode: meeting), or "
            "standing ones in the memberships table (group kind: meeting)."
        )
        return
    attendance = tables["attendance"]
    comes = attendance["meetings"] > 0
    standing = int((meetings["held"] == "standing").sum())
    most = attendance["meetings"].max()
    names = attendance.loc[attendance["meetings"] == most, "name"].tolist()
    yield (
        f"{count_noun(len(meetings), 'meeting is', 'meetings are')} on file ({standing} standing), "
        f"with {comes.sum()} of {count_noun(len(attendance), 'organization')}; "
        f"{join_words(names, most=NAMED)} {'comes' if len(names) == 1 else 'come'} to the most "
        f"({most})."
    )
    yield from _say_levels(meetings)
    yield from _say_areas(tables["areas"])
    yield from _say_peers(attendance)
    yield from _say_absent(tables["absent"], int((~comes).sum()))
    if len(tables["candidates"]):
        yield f"Who would add most: {tables['candidates']['sentence'].iloc[0]}"


def _say_levels(meetings: pd.DataFrame) -> Iterator[str]:
    missing = meetings[meetings["level"] == MISSING]
    for row in missing.head(NAMED).itertuples():
        yield (
            f"Nobody who could decide was at the meeting “{row.meeting}”, as far as is on file: "
            f"{row.organizations} organizations sent managers or staff."
        )
    unknown = meetings[meetings["level"] == UNKNOWN]
    if len(unknown):
        whom = count_noun(len(unknown), "meeting")
        yield f"At which level people sit is not known for {whom}."


def _say_areas(areas: pd.DataFrame) -> Iterator[str]:
    none = areas.loc[areas["meetings"] == 0, "area"].tolist()
    if none:
        yield f"No meeting is on file on {join_words(none, final='or')}, of the Flex program areas."


def _say_peers(attendance: pd.DataFrame) -> Iterator[str]:
    """Peer sharing: which Critical Access Hospitals have met others, and how many none."""
    hospitals = attendance[attendance["kind"] == "critical_access_hospital"]
    alone = hospitals[hospitals["peers_met"] == 0]
    if len(hospitals) > 1 and len(alone):
        names = join_words(alone["name"].tolist(), most=NAMED)
        yield (
            f"{len(alone)} of {len(hospitals)} Critical Access Hospitals have met none of their "
            f"peers at a meeting on file: {names}."
        )


def _say_absent(absent: pd.DataFrame, n_never: int) -> Iterator[str]:
    if not n_never:
        return
    head = f"{count_noun(n_never, 'organization is', 'organizations are')} on file at no meeting"
    if absent.empty:
        yield f"{head}."
    else:
        sectors = join_words(absent["label"].str.lower().tolist(), most=NAMED)
        yield f"{head}; at none at all is anybody from {sectors}."


def _method(day: pd.Timestamp | None) -> Method:
    return Method(
        name="Organizations and meetings as two modes; greedy coverage.",
        formula=(
            "Brings = organizations that are the candidate or work with it, and neither come nor "
            "work with anybody who comes; chosen one after the other. Level: missing where the "
            "level of all who came is on file and none is executive. Betweenness: pairs that a "
            "meeting lies between / the most that two modes allow."
        ),
        settings={"as of": "no dates" if day is None else say_date(day)},
        sources=(
            "Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2",
            "Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971",
        ),
        notes=(
            "The convener is taken to be at every meeting and is not counted. Who is on file at no "
            "meeting may have come all the same. The greedy choice reaches at least 63 % of what "
            "the best choice of as many would.",
        ),
    )
