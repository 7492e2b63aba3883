"""Groups with which health care does not regularly interact, and with whom of them to start."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.text import join_words
from ...facts.need import rank_need
from ...places.gazetteer import county_name
from ..gaps.voice import VOICES
from .introduction_paths import NONE, SEVERAL, TOGETHER, UNKNOWN, Door, Doors

# Outside health care, and named by State health officials as those one meets too late.
GROUPS = ("housing", "tenants", "banks", "employers", "legal aid", "transport", "food",
          "public safety")  # fmt: skip
HEALTH = ("hospital_care", "primary_care", "public_health", "behavioral_health")  # sectors
YEAR = 365
ENOUGH = 0.5  # strength from which an undated tie counts as regular
REGULAR, IRREGULAR, UNTIED, NOBODY, ASKED = (
    "regular",
    "ties, but no regular contact",
    "no working tie with health care on file",
    "nobody on file",
    "not known",
)
COLUMNS = ["group", "status", "on_file", "tied", "regular", "last_contact", "who", "start_with",
           "start_with_name", "need", "through", "sentence"]  # fmt: skip
ORDER = {UNTIED: 0, IRREGULAR: 1, ASKED: 2, NOBODY: 3, REGULAR: 4}


def list_distant_groups(doors: Doors, me: str) -> pd.DataFrame:
    """Say with which groups outside health care there is regular contact, and with which not.

    A working tie of a member with a hospital, clinic, health department or behavioral health
    provider is regular where the last contact is at most a year ago, or where it has no date and a
    strength of one half or more. To start with: the member in the county of highest need that has
    no regular tie.

    Returns
    -------
    DataFrame
        One row a group: ``group``, ``status`` (regular; ties, but no regular contact; no working
        tie with health care on file; nobody on file; not known, where no working tie of anybody is
        on file), ``on_file``, ``tied``, ``regular``
        (organizations), ``last_contact``, ``who``, ``start_with``, ``start_with_name``, ``need``
        (percentile of its county), ``through`` (from `me`), ``sentence``.
    """
    net = doors.net
    if not net.n:
        return pd.DataFrame(columns=COLUMNS)
    state = _measure_members(doors)
    counties = tuple(sorted(set(net.organizations["county_fips"]) - {""}))
    need = rank_need(net, counties).mean
    rows = [_describe(doors, me, group, state, need) for group in GROUPS]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table.assign(rank=table["status"].map(ORDER), k=range(len(table)))
    order = order.sort_values(["rank", "need", "k"], ascending=[True, False, True])
    return order[COLUMNS].reset_index(drop=True)


def _measure_members(doors: Doors) -> pd.DataFrame:
    """By position: whether it has a tie, and a regular one, with health care; the last contact."""
    net, links, day = doors.net, doors.links, doors.layer.as_of
    health = net.organizations["sector"].isin(HEALTH).to_numpy()
    tied, regular = np.zeros(net.n, dtype=bool), np.zeros(net.n, dtype=bool)
    last = np.full(net.n, np.datetime64("NaT"), dtype="datetime64[ns]")
    for a, b, link in links.each() if doors.known else ():
        date = link.last_contact
        fresh = link.strength >= ENOUGH if date is None else (day - date).days <= YEAR
        for own, other in ((a, b), (b, a)):
            if health[other]:
                tied[own] = True
                regular[own] |= fresh
                if date is not None:
                    last[own] = np.fmax(last[own], date.to_datetime64())
    return pd.DataFrame({"tied": tied, "regular": regular, "last": last}, index=net.ids)


def _describe(
    doors: Doors, me: str, group: str, state: pd.DataFrame, need: Mapping[str, float]
) -> tuple[object, ...]:
    net = doors.net
    own = net.organizations["kind"].isin(VOICES[group]) & ~net.is_context
    members = state[own.to_numpy()]
    status = _judge(members) if doors.known or members.empty else ASKED
    names = net.names[members.index].tolist()
    who = join_words(names, most=3)
    counts = len(members), int(members["tied"].sum()), int(members["regular"].sum())
    start = _choose_start(net, members, need) if status in (UNTIED, IRREGULAR) else ""
    worst = need.get(net.organizations.at[start, "county_fips"], 0.5) if start else 0.0
    door, through = _find_door(doors, me, start)
    sentence = _say(net, group, status, start, door, through)
    name = net.name(start) if start else ""
    return (group, status, *counts, members["last"].max(), who, start, name, worst, through,
            sentence)  # fmt: skip


def _judge(members: pd.DataFrame) -> str:
    if members.empty:
        return NOBODY
    if members["regular"].any():
        return REGULAR
    return IRREGULAR if members["tied"].any() else UNTIED


def _choose_start(net: Network, members: pd.DataFrame, need: Mapping[str, float]) -> str:
    """The member in the county of highest need; ties go to the first."""
    counties = net.organizations.loc[members.index, "county_fips"]
    worst = counties.map(need).astype("float64").fillna(0.5).round(9)
    return str(worst.idxmax())


def _find_door(doors: Doors, me: str, start: str) -> tuple[Door, str]:
    if not me or not start or me == start:
        return Door(UNKNOWN), ""
    a, b = (int(k) for k in doors.net.positions([me, start]))
    door = doors.find(a, b)
    return door, doors.say_through(door)


def _say(net: Network, group: str, status: str, start: str, door: Door, through: str) -> str:
    if status == NOBODY:
        return f"Nobody is on file for {group}: look for one in a directory, and enter it."
    if status == REGULAR:
        return f"Contact with {group} is regular."
    if status == ASKED:
        return f"Whether there is contact with {group} is not known: no working tie is on file."
    county = county_name(net.organizations.at[start, "county_fips"])
    where = f" ({county})" if county else ""
    ways = {
        TOGETHER: "; you work with it already",
        NONE: "; no way there is on file, so a first call is needed",
        SEVERAL: f"; the way leads through {through}",
        UNKNOWN: "",
    }
    way = ways.get(door.status, f"; {through} could introduce you")
    return f"For {group}, start with {net.name(start)}{where}{way}."
