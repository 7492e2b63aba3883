"""Meetings and who comes: organizations and meetings as two modes, levels, program areas."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arguments import checked
from ...core.arrays import symmetrize
from ...core.checks import check_count
from ...core.network import Network
from ...core.results.result import Result
from ...core.wording.text import count_noun, join_words, say_date
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from ...measures.centrality.two_modes import measure_two_modes
from ...places.gazetteer import county_name
from .shown import ABSENT, AREAS, ATTENDANCE, CANDIDATES, MEETINGS, NO_MEETING, SHOWN
from .text import MISSING, NAMED, PRESENT, UNKNOWN, describe_method, say_meetings

# The areas of the State Flex Program in which every State is expected to bring hospitals together.
FLEX_AREAS = ("quality", "finance and operations", "population health", "EMS")
DECIDES = "executive"
LEVELS = ("", "staff", "manager", "executive")  # from not known to the highest


@checked
def describe_convenings(
    net: Network, n: int = 5, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Say who meets at which table, who never comes, who would add most, and who could decide.

    Meetings are those of the contacts table (mode *meeting*: rows of one day and topic are one
    meeting, if at least two organizations came), the standing ones of the memberships table (group
    kind *meeting*) and the sessions of the attendance table that were held. Who holds a meeting
    (``by``) was there as well; at which level is judged by those who came to it. The table of
    organizations by meetings is kept as it is, and not turned into ties.

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
        ``.table``: one row a meeting, standing ones first, then the newest. ``.tables``:
        ``attendance`` (by organization), ``candidates`` (who would add most), ``absent`` (sectors
        of which nobody comes), ``areas`` (Flex program areas).

    Raises
    ------
    UsageError
        `n` is not positive.

    See Also
    --------
    list_expected_partners : Partners that a program is expected to have.
    prepare_session : The papers for one meeting.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2 (two-mode betweenness).
    Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971 (greedy coverage: at least 1 - 1/e).

    Examples
    --------
    >>> import partnet as pn
    >>> found = pn.describe_convenings(pn.load_sample("prairie"))
    >>> found.claims["meetings"]["meetings"]
    7
    """
    check_count("n", n, least=1)
    here = net.at(as_of)
    seats = list_seats(here)
    meetings = _tabulate_meetings(here, seats)
    attendance = _tabulate_attendance(here, seats)
    tables = {
        "attendance": attendance,
        "candidates": _find_candidates(here, attendance, choose_layer(here), n),
        "absent": _list_absent_sectors(here, attendance),
        "areas": _tabulate_areas(meetings),
    }
    return Result(
        verb="describe_convenings",
        title="Meetings, and who comes",
        table=meetings,
        sentences=tuple(
            say_meetings(meetings, tables, _count_guests(seats), hidden=here.hides("contacts"))
        ),
        method=describe_method(here),
        tables=tables,
        shown=SHOWN if len(meetings) else NO_MEETING,
        as_of=here.day,
        network=net.title,
    )


def list_seats(here: Network) -> pd.DataFrame:
    """List who sat, or sits, at which meeting: one row an organization and meeting.

    Returns
    -------
    DataFrame
        ``meeting``, ``held`` (standing, once), ``date``, ``program_area``, ``organization``,
        ``level`` (the highest on file; blank for standing meetings, where nobody notes it),
        ``host`` (whether it is there only because it held the meeting: no level is noted of it).
    """
    columns = [*MEETINGS.names[:4], "organization", "level", "host"]
    contacts = here.rows("contacts")
    once = contacts[contacts["mode"] == "meeting"]
    topics = once["topic"].where(once["topic"] != "", once["program_area"])
    topics = topics.where(topics != "", "meeting")
    is_area = once["topic"].str.casefold().isin([area.casefold() for area in FLEX_AREAS])
    said = once["topic"].where(is_area & (once["program_area"] == ""), once["program_area"])
    once = once.assign(
        program_area=said,
        meeting=[f"{topic}, {say_date(d)}" for topic, d in zip(topics, once["date"], strict=True)],
        held="once",
        host=False,
    )
    standing = here.rows("memberships").query("group_kind == 'meeting'")
    standing = standing.assign(
        meeting=standing["group"], held="standing", date=pd.NaT, level="", host=False
    )
    once = pd.concat([once, _list_sessions(here)], ignore_index=True)
    came = once.groupby("meeting")["organization"].transform("nunique")
    once = once[came > 1]  # with one alone it is a talk
    hosts = once.assign(organization=here.resolve(once["by"]), level="", host=True)
    hosts = hosts[~hosts["organization"].isin(["", here.convener])]
    parts = [part[columns] for part in (standing, once, hosts) if len(part)]
    if not parts:
        return pd.DataFrame(columns=columns)
    seats = pd.concat(parts, ignore_index=True)
    rank = seats["level"].map({level: k for k, level in enumerate(LEVELS)}).astype("float64")
    order = seats.assign(rank=-rank).sort_values(["host", "rank"], kind="stable")
    order = order.drop(columns="rank")
    return order.drop_duplicates(["meeting", "organization"]).sort_index(ignore_index=True)


def _list_sessions(here: Network) -> pd.DataFrame:
    """Who came to sessions that were held, by the attendance table; their levels are not noted."""
    rows = here.rows("attendance")
    held = rows["held_on"].notna() & (rows["came"] == "yes")
    if here.day is not None:
        held &= rows["held_on"] <= here.day
    rows = rows[held]
    called = zip(rows["session"].replace("", "session"), rows["held_on"], strict=True)
    return pd.DataFrame({
        **{"meeting": [f"{name}, {say_date(day)}" for name, day in called], "held": "once"},
        **{"date": rows["held_on"].to_numpy(), "organization": rows["organization"].to_numpy()},
        **{"program_area": "", "level": "", "by": "", "host": False},
    })  # fmt: skip


def _tabulate_meetings(here: Network, seats: pd.DataFrame) -> pd.DataFrame:
    """One row a meeting: standing ones first, then the newest."""
    rows = []
    between = _measure_betweenness(here, seats)
    organizations = here.organizations
    for meeting, group in seats.groupby("meeting", sort=True):
        there = organizations.loc[group["organization"]]
        first = group.iloc[0]
        rows.append(
            (meeting, first["held"], first["date"], first["program_area"], len(group),
             there["sector"].nunique(), there["county_fips"].replace("", np.nan).nunique(),
             int((group["level"] == DECIDES).sum()),
             _judge_level(group.loc[~group["host"], "level"]),
             join_words(here.names[there.index].tolist()), between[meeting])
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=MEETINGS.names)
    table["date"] = pd.to_datetime(table["date"])
    once = table["held"] == "once"
    order = table.assign(once=once, age=-table["date"].astype("int64").where(once, 0))
    return table.loc[order.sort_values(["once", "age", "meeting"]).index].reset_index(drop=True)


def _count_guests(seats: pd.DataFrame) -> dict[str, int]:
    """How many came to each meeting, without whoever only held it."""
    guests = seats[~seats["host"].astype(bool)]
    return {
        str(meeting): int(number) for meeting, number in guests["meeting"].value_counts().items()
    }


def _judge_level(levels: pd.Series) -> str:
    if (levels == DECIDES).any():
        return PRESENT
    return MISSING if (levels != "").all() else UNKNOWN


def _measure_betweenness(here: Network, seats: pd.DataFrame) -> dict[str, float]:
    """Two-mode betweenness of every meeting, among the organizations that come to any."""
    names = sorted(set(seats["meeting"]))
    rows = here.positions(seats["organization"])
    columns = pd.Index(names).get_indexer(pd.Index(seats["meeting"]))
    incidence = sparse.csr_array(
        (np.ones(len(seats)), (rows, columns)), shape=(here.n, len(names))
    )  # an organization sits once at a meeting
    comes = np.diff(incidence.indptr) > 0
    if not comes.any():
        return {}
    _, features = measure_two_modes(sparse.csr_array(incidence[comes]))
    return dict(zip(names, features["betweenness"].round(9), strict=True))


def _tabulate_attendance(here: Network, seats: pd.DataFrame) -> pd.DataFrame:
    """By organization: how many meetings, the last one, the highest level that came."""
    grouped = seats.groupby("organization")
    ranks = seats["level"].map({level: k for k, level in enumerate(LEVELS)}).astype("float64")
    highest = ranks.groupby(seats["organization"]).max().reindex(here.ids).fillna(0).astype(int)
    organizations = here.organizations
    table = organizations[["name", "kind", "sector", "county_fips"]].assign(
        name=here.names,
        county=[county_name(fips) for fips in organizations["county_fips"]],
        meetings=grouped["meeting"].nunique().reindex(here.ids).fillna(0).astype(int),
        last_meeting=grouped["date"].max().reindex(here.ids).astype("datetime64[ns]"),
        highest_level=[LEVELS[k] for k in highest],
        peers_met=_count_peers_met(here, pd.concat([seats, _list_left(here)])),
    )
    own = ~here.is_context & (here.ids != here.convener)  # the convener is at all of them
    return table.loc[own.to_numpy(), ATTENDANCE.names[1:]]


def _list_left(here: Network) -> pd.DataFrame:
    """Who sat at a standing meeting until it left: it has met who sits there."""
    rows = here.whole.rows("memberships").query("group_kind == 'meeting'")
    left = rows["until"] < (pd.Timestamp.min if here.day is None else here.day)
    return rows.loc[left, ["group", "organization"]].rename(columns={"group": "meeting"})


def _count_peers_met(here: Network, seats: pd.DataFrame) -> np.ndarray:
    """How many others of its own kind each organization has met at a meeting."""
    kinds = here.organizations["kind"]
    seated = seats[["meeting", "organization"]].assign(kind=seats["organization"].map(kinds))
    pairs = seated.merge(seated, on=["meeting", "kind"])
    pairs = pairs[pairs["organization_x"] != pairs["organization_y"]]
    met = pairs.groupby("organization_x")["organization_y"].nunique()
    return met.reindex(here.ids).fillna(0).to_numpy(dtype=int)


# -- who would add most ----------------------------------------------------------------------------


def _find_candidates(here: Network, attendance: pd.DataFrame, layer: Layer, n: int) -> pd.DataFrame:
    """Greedily, the organizations at no meeting that would bring in the most others."""
    at = here.positions(attendance.index)
    comes = (attendance["meetings"] > 0).to_numpy().copy()
    reach = _reach_of(layer)[at]
    missing = np.ones(here.n)  # 1 for who neither comes nor works with anybody who comes
    missing[reach[comes].indices] = 0
    rows: list[tuple[object, ...]] = []
    while comes.any() and len(rows) < n:
        brings = np.where(comes, -1.0, reach @ missing)
        new = [~attendance[c].isin(attendance[c][comes]) for c in ("sector", "county_fips")]
        best = int(np.lexsort((-np.arange(len(at)), new[1], new[0], brings))[-1])
        if brings[best] <= 0:
            break
        first_of = (bool(column.iloc[best]) for column in new)
        rows.append(_make_candidate(attendance.iloc[best], brings[best], *first_of))
        comes[best] = True
        missing[reach[[best]].indices] = 0
    return pd.DataFrame(rows, columns=CANDIDATES.names)


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
    whom = (
        f"it and its partners are {count_noun(brings, 'organization')} that neither come nor work"
    )
    if round(brings) == 1:
        whom = "it neither comes nor works"
    sentence = f"{one['name']}: {whom} with anybody who comes{also}."
    return one.name, one["name"], one["kind"], place, int(brings), sector, county, sentence


def _list_absent_sectors(here: Network, attendance: pd.DataFrame) -> pd.DataFrame:
    """Sectors with organizations on file of which none is on file at any meeting."""
    grouped = attendance.groupby("sector")
    table = pd.DataFrame(
        {
            "organizations": grouped.size(),
            "coming": grouped["meetings"].agg(lambda meetings: int((meetings > 0).sum())),
            "who": grouped["name"].agg(lambda names: join_words(names.tolist(), most=NAMED)),
        }
    ).reset_index()
    table.insert(1, "label", table["sector"].map(here.vocabulary.sectors).astype("str"))
    absent = table[(table["coming"] == 0) & ~table["sector"].isin(["", "other"])]
    order = ["organizations", "sector"]
    return absent.sort_values(order, ascending=[False, True], ignore_index=True)[ABSENT.names]


def _tabulate_areas(meetings: pd.DataFrame) -> pd.DataFrame:
    """The Flex program areas, each with its meetings, also where there is none."""
    folded = meetings["program_area"].str.casefold()
    rows = []
    for area in FLEX_AREAS:
        own = meetings[folded == area.casefold()]
        rows.append((area, len(own), own["date"].max(), join_words(own["meeting"].tolist())))
    table = pd.DataFrame(rows, columns=AREAS.names)
    return table.astype({"last": "datetime64[ns]"})
