"""At which level each one is needed at a session: who has something to decide, and who can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words
from ...facts.leaders import Leader, find_leaders
from ..gaps.found import tabulate_open
from ..recommendation.needs import Need
from .shown import LEVELS

EXECUTIVE, MANAGER, ANYBODY = "executive", "manager", "whoever knows the work"
RANK = {EXECUTIVE: 0, MANAGER: 1, ANYBODY: 2}
RULE, COVERAGE = "rule-", "coverage-"  # how ids of such gaps begin
SEVERE = 0.5  # from this severity on, a county without a service is a matter of executives
NONE_ON_FILE = "no agreement on file"  # the two share already: those who do can look for the paper
NAMED = 4
Reason = tuple[str, str]  # level, and why


def judge_need(need: Need) -> str:
    """Give the level at which an open need can be settled.

    An outcome that is overdue did not move where it was left; what a rule asks for is signed; a
    service comes to a county in need (severity 0.5 or more) by a decision. All else is for those
    who run programs.
    """
    late = need.is_outcome and need.claims.get("state") == "overdue"
    service = need.key.startswith(COVERAGE) and round(need.severity, 9) >= SEVERE
    return EXECUTIVE if late or service or need.key.startswith(RULE) else MANAGER


def tabulate_levels(
    here: Network,
    people: Sequence[str],
    needs: Sequence[tuple[tuple[str, str], Need]],
    synergies: pd.DataFrame,
) -> pd.DataFrame:
    """Say of everybody who comes at which level it is needed, why, and who that would be.

    Executive: an outcome of an earlier session that is overdue, an agreement that a rule asks for,
    that ended or waits as a draft, or a service for a county in need that has none. Manager: other
    open needs of two who come, and programs that serve the same people. A partner reads its own row
    only, the public none: what others have to decide, and who could, is their own business.
    """
    seen = [id_ for id_ in people if here.audience == "internal" or id_ == here.reader]
    reasons = _list_reasons(here, people, needs, synergies)
    leaders = find_leaders(here)
    rows = [
        _make_row(here, id_, reasons.get(id_, (ANYBODY, "")), leaders[id_])
        for id_ in seen
        if id_ != here.convener
    ]
    table = pd.DataFrame(rows, columns=LEVELS.names)
    table["met_on"] = pd.to_datetime(table["met_on"]).astype("datetime64[s]")
    order = table.assign(rank=table["level"].map(RANK).astype("float64"))
    return order.sort_values(["rank", "organization"], ignore_index=True)[LEVELS.names]


def _list_reasons(
    here: Network,
    people: Sequence[str],
    needs: Sequence[tuple[tuple[str, str], Need]],
    synergies: pd.DataFrame,
) -> Mapping[str, Reason]:
    """The strongest reason of each organization; of equal ones the first."""
    inside, found = set(people), dict[str, Reason]()
    told = [
        *((pair, judge_need(need), need.goal) for pair, need in needs),
        *_list_agreements(here, inside),
        *_list_synergies(synergies),
    ]
    for pair, level, why in told:
        if {*pair} <= inside:
            for end in pair:
                if RANK[level] < RANK[found.get(end, (ANYBODY, ""))[0]]:
                    other = next(iter({*pair} - {end}), "")
                    found[end] = (level, _say_with(why, here.name(other) if other else ""))
    return found


def _say_with(why: str, other: str) -> str:
    """Say with whom, unless that is said already."""
    return why if not other or other in why else f"{why}, with {other}"


def _list_agreements(here: Network, inside: set[str]) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Agreements of two who come that have ended, end soon or are drafts."""
    for gap in tabulate_open(here, ("agreement",)).itertuples():
        if gap.status != NONE_ON_FILE and {gap.organization, gap.other} <= inside:
            yield (gap.organization, gap.other), EXECUTIVE, f"{gap.rule} ({gap.status})"


def _list_synergies(synergies: pd.DataFrame) -> Iterator[tuple[tuple[str, str], str, str]]:
    for row in synergies.itertuples():
        what = row.shared or row.programs
        yield (row.organization, row.partner), MANAGER, f"programs that meet: {what}"


def _make_row(here: Network, id_: str, reason: Reason, leader: Leader) -> tuple[object, ...]:
    level, why = reason
    ask = "" if leader.is_known or level != EXECUTIVE else "Ask who can decide, and invite them."
    return id_, here.name(id_), level, why, leader.called, leader.met_on, ask


def say_levels(levels: pd.DataFrame) -> Iterator[Sentence]:
    """Say who has something to decide, and of whom nobody who could is on file."""
    decide = levels[levels["level"] == EXECUTIVE]
    if decide.empty:
        return
    names = decide["name"].tolist()
    unknown = decide.loc[decide["ask"] != "", "name"].tolist()
    text = (
        f"{count_noun(len(names), 'organization has', 'organizations have')} something to decide "
        f"at the tables and should send an executive: {join_words(names, most=NAMED)}."
    )
    if unknown:
        who = join_words(unknown, most=NAMED) if len(unknown) < len(names) else "any of them"
        text += f" Who can decide is not on file for {who}: ask before you invite."
    yield Sentence("levels", text, {"executive": names, "unknown": unknown})
