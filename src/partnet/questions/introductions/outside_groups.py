"""Groups with which health care does not regularly interact, and with whom of them to start."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ...core.network import Network
from ...core.wording.text import join_words
from ...facts.geography.need import rank_need
from ...places.gazetteer import county_name
from ..gaps.voice import VOICES
from .introduction_paths import NONE, SEVERAL, TOGETHER, UNKNOWN, IntroductionPaths, Path
from .shown import GROUPS as GROUPS_SHOWN

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
ORDER = {UNTIED: 0, IRREGULAR: 1, ASKED: 2, NOBODY: 3, REGULAR: 4}


def list_outside_groups(paths: IntroductionPaths, me: str) -> pd.DataFrame:
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
    here = paths.here
    if not here.n:
        return pd.DataFrame(columns=GROUPS_SHOWN.names)
    state = _measure_members(paths)
    counties = tuple(sorted(set(here.organizations["county_fips"]) - {""}))
    need = rank_need(here, counties).mean
    rows = [_describe(paths, me, group, state, need) for group in GROUPS]
    table = pd.DataFrame(rows, columns=GROUPS_SHOWN.names)
    order = table.assign(rank=table["status"].map(ORDER), k=range(len(table)))
    order = order.sort_values(["rank", "need", "k"], ascending=[True, False, True])
    return order[GROUPS_SHOWN.names].reset_index(drop=True)


def _measure_members(paths: IntroductionPaths) -> pd.DataFrame:
    """By position: whether it has a tie, and a regular one, with health care; the last contact."""
    here, day = paths.here, paths.here.day or pd.NaT
    health = here.organizations["sector"].isin(HEALTH).to_numpy()
    tied, regular = np.zeros(here.n, dtype=bool), np.zeros(here.n, dtype=bool)
    last = np.full(here.n, np.datetime64("NaT", "ns"), dtype="datetime64[ns]")
    if paths.known:
        ties = paths.links.tabulate()
        age = (day - ties["last_contact"]).dt.days
        ties["fresh"] = (age <= YEAR).where(age.notna(), ties["strength"] >= ENOUGH).astype(bool)
        ties = pd.concat([ties, ties.rename(columns={"a": "b", "b": "a"})])
        ties = ties[health[ties["b"]]]
        tied[ties["a"]] = True
        regular[ties.loc[ties["fresh"], "a"]] = True
        np.fmax.at(last, ties["a"].to_numpy(), ties["last_contact"].to_numpy())
    return pd.DataFrame({"tied": tied, "regular": regular, "last": last}, index=here.ids)


def _describe(
    paths: IntroductionPaths, me: str, group: str, state: pd.DataFrame, need: Mapping[str, float]
) -> tuple[object, ...]:
    here = paths.here
    own = here.organizations["kind"].isin(VOICES[group]) & ~here.is_context
    members = state[own.to_numpy()]
    status = _judge(members) if paths.known or members.empty else ASKED
    names = here.names[members.index].tolist()
    who = join_words(names, most=3)
    counts = len(members), *_count(members, known=status != ASKED)
    start = _choose_start(here, members, need) if status in (UNTIED, IRREGULAR) else ""
    worst = need.get(here.organizations.at[start, "county_fips"], 0.5) if start else 0.0
    path, through = _find_path(paths, me, start)
    sentence = _say(here, group, status, start, path, through)
    name = here.name(start) if start else ""
    return (group, status, *counts, members["last"].max(), who, start, name, worst, through,
            sentence)  # fmt: skip


def _count(members: pd.DataFrame, *, known: bool) -> tuple[float, float]:
    """How many have a tie, and how many a regular one; not known where no tie is on file."""
    if not known:
        return np.nan, np.nan
    return int(members["tied"].sum()), int(members["regular"].sum())


def _judge(members: pd.DataFrame) -> str:
    if members.empty:
        return NOBODY
    if members["regular"].any():
        return REGULAR
    return IRREGULAR if members["tied"].any() else UNTIED


def _choose_start(here: Network, members: pd.DataFrame, need: Mapping[str, float]) -> str:
    """The member in the county of highest need; ties go to the first."""
    counties = here.organizations.loc[members.index, "county_fips"]
    worst = counties.map(need).astype("float64").fillna(0.5).round(9)
    return str(worst.idxmax())


def _find_path(paths: IntroductionPaths, me: str, start: str) -> tuple[Path, str]:
    if not me or not start or me == start:
        return Path(UNKNOWN), ""
    a, b = (int(k) for k in paths.here.positions([me, start]))
    path = paths.find(a, b)
    return path, paths.say_through(path)


def _say(here: Network, group: str, status: str, start: str, path: Path, through: str) -> str:
    if status == NOBODY:
        return f"Nobody is on file for {group}: look for one in a directory, and enter it."
    if status == REGULAR:
        return f"Contact with {group} is regular."
    if status == ASKED:
        return f"Whether there is contact with {group} is not known: no working tie is on file."
    county = county_name(here.organizations.at[start, "county_fips"])
    where = f" ({county})" if county else ""
    how = {
        TOGETHER: "; you work with it already",
        NONE: "; no path there is on file, so a first call is needed",
        SEVERAL: f"; the path leads through {through}",
        UNKNOWN: "",
    }
    rest = how.get(path.status, f"; {through} could introduce you")
    return f"For {group}, start with {here.name(start)}{where}{rest}."
