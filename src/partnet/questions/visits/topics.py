"""What to bring up with an organization: what is open on file, in the words of its next step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ...core.network import Network
from ...core.wording.text import say_date
from ..outcomes.question import judge_outcomes
from ..practices.register import list_learners
from .shown import TOPICS

OUTCOME, AGREEMENT, GAP, INTRODUCTION = "outcome", "agreement", "gap", "introduction"
PRACTICE = "practice"
GAPS_NAMED = 3  # gaps of one organization on the agenda; the gaps section has all
ALONE = "one provider only"  # the status of a service that depends on one
HANDLED = ("never seen", "never visited", "gone cold")  # contact gaps that the visit itself closes


def list_topics(
    here: Network,
    organizations: Iterable[str],
    gaps: pd.DataFrame,
    suggestions: pd.DataFrame,
) -> pd.DataFrame:
    """List what to bring up with each organization.

    First what was agreed and is open, then agreements that end, lapsed or are drafts, then its most
    severe gaps (those of its county included), then whom it could be introduced to, then a
    promising practice of somebody else for a service that its county lacks.

    Parameters
    ----------
    here : Network
        The network on the day.
    organizations : iterable of str
        Ids, in the order wanted.
    gaps, suggestions : DataFrame
        Tables of ``find_gaps`` and ``recommend_partners``.

    Returns
    -------
    DataFrame
        ``organization``, ``organization_name``, ``topic`` (outcome, agreement, gap, introduction,
        practice),
        ``text``, ``due`` (a date or blank), ``weight`` (severity of the gap, else NaN).
    """
    rows, counties = [], here.organizations["county_fips"].to_dict()
    open_gaps = [*gaps[~gaps["status"].isin(HANDLED)].itertuples()]
    for organization in organizations:
        topics = [
            *_list_outcomes(here, organization),
            *_list_gaps(organization, counties[organization], open_gaps),
            *_list_introductions(organization, suggestions),
            *_list_practices(here, organization),
        ]
        rows += [(organization, here.name(organization), *topic) for topic in topics]
    table = pd.DataFrame(rows, columns=TOPICS.names)
    return table.astype({"due": "datetime64[ns]", "weight": "float64"})


Topic = tuple[str, str, object, float]


def _list_outcomes(here: Network, organization: str) -> list[Topic]:
    """What was agreed with it and is overdue or open, as the register judges it."""
    rows = judge_outcomes(here)
    own = (rows["owner"] == organization) | (rows["other"] == organization)
    rows = rows[own & rows["state"].isin(["overdue", "open"])].sort_values("due", kind="stable")
    return [
        (
            OUTCOME,
            f"{row.outcome.rstrip('.')} ({_say_due(row.due, here.day)}).",
            row.due,
            float("nan"),
        )
        for row in rows.itertuples()
    ]


def _say_due(due: pd.Timestamp, day: pd.Timestamp | None) -> str:
    if pd.isna(due):
        return "agreed, no date on file"
    late = day is not None and due < day
    return f"agreed, {'was due' if late else 'due'} {say_date(due)}"


def _list_gaps(organization: str, county: str, gaps: Iterable[Any]) -> list[Topic]:
    rows = [
        gap
        for gap in gaps
        if organization in (gap.organization, gap.other)
        or (gap.kind == "coverage" and county and gap.place == county)
    ]
    agreements = [gap for gap in rows if gap.kind == "agreement"]
    # Several services that one county lacks are one topic: the first stands for them.
    others: dict[tuple[str, str | int], Any] = {}
    for at, gap in enumerate(rows):
        if gap.kind != "agreement":
            others.setdefault((gap.kind, gap.place or at), gap)
    return [
        *((AGREEMENT, gap.next_step, pd.NaT, gap.severity) for gap in agreements),
        *((GAP, _say_gap(gap), pd.NaT, gap.severity) for gap in [*others.values()][:GAPS_NAMED]),
    ]


def _say_gap(gap: Any) -> str:
    """The next step; that of a rule or of a service says little without what it is about."""
    if gap.kind == "coverage" and gap.status == ALONE:
        other = gap.other_name or "somebody else"
        return (
            f"{gap.place_name} has one provider only of {gap.rule}, {gap.organization_name}: could "
            f"{other} stand in, if it had to stop?"
        )
    rule = f" The rule is: “{gap.rule}”." if gap.kind == "rule" else ""
    return f"{gap.next_step}{rule}"


def _list_introductions(organization: str, suggestions: pd.DataFrame) -> list[Topic]:
    """The first partner suggested to it, as it is said everywhere."""
    rows = suggestions[suggestions["organization"] == organization]
    if rows.empty:
        return []
    return [(INTRODUCTION, str(rows["sentence"].iloc[0]), pd.NaT, float("nan"))]


def _list_practices(here: Network, organization: str) -> list[Topic]:
    """The practice of others that it needs most, where its county lacks the service."""
    rows = list_learners(here)
    rows = rows[(rows["organization"] == organization) & (rows["need"] != "")]
    if rows.empty:
        return []
    best = rows.iloc[0]
    text = f"Tell of “{best.practice}” at {best.ask_name}: {best.need}."
    return [(PRACTICE, text, pd.NaT, float(best.severity))]


def join_topics(topics: pd.DataFrame, most: int) -> pd.Series:
    """Give the first topics of each organization as one text, by organization."""
    first = topics.groupby("organization", sort=False).head(most)
    return first.groupby("organization", sort=False)["text"].agg(" ".join)
