"""What to do first: at most five cards, each of which can be read alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...core.wording.formats import name_severity
from ...core.wording.text import say_date, start_small
from ...questions.gaps.question import find_gaps
from ...questions.gaps.text import say_act
from ...questions.recommendation.partners import recommend_partners
from ...questions.visits.question import plan_visits
from ..answers import Answers
from ..model import Card

MOST = 5  # cards; more is no plan
WHY = 132  # characters: two lines of a card
BY_WHEN = {"high": "this month", "medium": "this quarter", "low": "this year"}
# A public paper names no organization beside a rule, an agreement or a visit.
NOT_PUBLIC = ("rule", "agreement", "contact")


def list_cards(answers: Answers) -> tuple[Card, ...]:
    """Give the most severe gap of each kind, then the best introduction and a tie to renew."""
    others = [*_list_introductions(answers), *_list_renewals(answers)]
    gaps = answers.of(find_gaps).table
    if answers.here.audience == "public":
        gaps = gaps[~gaps["kind"].isin(NOT_PUBLIC)]
    first = gaps.drop_duplicates("kind").head(MOST - len(others))
    return (*(_make_card(answers, gap, gaps) for gap in first.itertuples()), *others)


def _make_card(answers: Answers, gap: Any, gaps: pd.DataFrame) -> Card:
    same = (gaps[["kind", "status", "severity"]] == [gap.kind, gap.status, gap.severity]).all(
        axis=1
    )
    todo = say_act(gap, list(gaps[same].itertuples()))
    why = _shorten(gap.evidence, gap.citation)
    when = BY_WHEN[name_severity(gap.severity)]
    if gap.kind == "contact":
        when = _find_tour(answers, gap.organization) or when
    return Card(todo, why, _say_party(answers, gap, todo), when, gap.place or gap.organization)


def _say_party(answers: Answers, gap: Any, todo: str) -> str:
    """With whom it could be settled, or whose task it is; blank where the card names them.

    Beside a rule a partner's paper names nobody else.
    """
    named = gap.other_name and answers.here.audience == "internal"
    if gap.kind == "rule" and named and gap.other_name not in todo:
        return f"nearest partner: {gap.other_name}"
    parties = (gap.organization_name, gap.other_name)
    return (
        "" if not gap.owner or gap.owner in (*parties, " and ".join(parties)) else f"by {gap.owner}"
    )


def _find_tour(answers: Answers, organization: str) -> str:
    """The day of a tour that goes there."""
    if answers.here.whole.rows("contacts").empty:
        return ""
    stops = answers.of(plan_visits).tables["stops"]
    found = stops.loc[stops["organization"] == organization, "when"]
    return start_small(found.iloc[0]) if len(found) else ""


def _list_introductions(answers: Answers) -> Iterator[Card]:
    result = answers.of(recommend_partners)
    network = result.tables.get("network", result.table)
    for row in network.head(1).itertuples():
        yield Card(
            f"Introduce {row.organization_name} to {row.partner_name}",
            _shorten(row.reason),
            f"through {row.introducer}" if row.introducer else "nobody on file works with both",
            BY_WHEN["medium"],
            row.organization,
        )


def _list_renewals(answers: Answers) -> Iterator[Card]:
    for row in answers.of(recommend_partners).tables["dormant"].head(1).itertuples():
        last = (
            "" if pd.isna(row.last_contact) else f"last in contact on {say_date(row.last_contact)}"
        )
        todo = f"Renew the tie of {row.organization_name} and {row.partner_name}"
        yield Card(todo, last, "", BY_WHEN["medium"], row.organization)


def _shorten(text: str, source: str = "") -> str:
    """Give the first clause of what is on file, and where a rule is written."""
    first = text.split("; ")[0].removesuffix(".")
    for end in (" (", ", and "):
        first = first.split(end)[0] if len(first) > WHY else first
    short = textwrap.shorten(first, WHY, placeholder=" …")
    short = re.sub(r" and( \d+)? …$", " and others", short)  # "and 2 more" that was cut
    return f"{short} · {source}" if source else short
