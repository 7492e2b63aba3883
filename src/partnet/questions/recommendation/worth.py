"""Which suggestions are worth a call: a fact speaks for each, and none is there twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...facts.geography.reach import find_reach
from ...facts.identity.approachable import from_public_files, takes_everybody
from ...facts.identity.brands import list_centers, list_centers_by_position
from .adviser import Adviser
from .candidates.filters import Filters
from .reasons.evidence import Reason
from .scored_pair import LIKELIHOOD
from .suggestions import Suggestion, make_suggestions

# What is true of many pairs: that somebody works with many, is near, or is of the same kind.
NO_FACT = ("hub", "same kind")
COMMON = ("geography", "shared services")  # what any two of a county or of a kind have in common
MOST_LOOKED = 40  # of one organization, beyond those asked for


@dataclass(frozen=True)
class Choice:
    """The suggestions of one organization that are told, and whether others were left out."""

    rows: list[Suggestion]
    left_out: bool


def choose_suggestions(adviser: Adviser, asked: Sequence[int], n: int) -> dict[int, Choice]:
    """Give for each who asks the n best that are worth a call; fewer where no more are.

    Who asks for a kind, a place or a list, for anybody or for the likeliest, is told all of it.
    """
    first = _explain(adviser, asked, n)
    chosen = adviser.outside is not None or adviser.filters != Filters()
    if chosen or adviser.by == LIKELIHOOD or not adviser.feasible:
        return {a: Choice(rows, False) for a, rows in first.items()}
    kept = {a: _keep(adviser, rows) for a, rows in first.items()}
    short = [a for a, rows in first.items() if len(kept[a]) < len(rows)]
    kept |= {
        a: _keep(adviser, rows)[:n] for a, rows in _explain(adviser, short, n + MOST_LOOKED).items()
    }
    return {a: Choice(rows, a in short and len(rows) < n) for a, rows in kept.items()}


def _explain(adviser: Adviser, asked: Sequence[int], n: int) -> dict[int, list[Suggestion]]:
    scored = {a: adviser.suggest(a, n) for a in asked}
    rows = iter(
        make_suggestions(adviser.on_file, [one for each in scored.values() for one in each])
    )
    return {a: [next(rows) for _ in each] for a, each in scored.items()}


def _keep(adviser: Adviser, rows: Sequence[Suggestion]) -> list[Suggestion]:
    """Those for which a fact speaks; of two who may be one and the same, the first."""
    kept: list[Suggestion] = []
    for row in rows:
        if not _is_told(adviser, row) or _works_with_its_center(adviser, row):
            continue
        if not any(_may_be_one(adviser, row, one) for one in kept):
            kept.append(row)
    return kept


def _works_with_its_center(adviser: Adviser, row: Suggestion) -> bool:
    """Tell whether one of the two is a site, and the other works with its center already."""
    ids, centers = adviser.here.ids, list_centers(adviser.here)
    if row.needs:
        return False
    for a, b in ((row.one.organization, row.one.partner), (row.one.partner, row.one.organization)):
        center = centers[ids[b]]
        if center != ids[b] and frozenset((ids[a], center)) in adviser.here.tied_pairs:
            return True
    return False


def _is_told(adviser: Adviser, row: Suggestion) -> bool:
    """Tell whether a need or a fact about just these two speaks for it.

    Unknown is not absent: where it is not on file where the two are, none could be told. Who stands
    apart with some others has need of anybody outside.
    """
    homes = adviser.evidence.counties[[row.one.organization, row.one.partner]]
    if row.needs or not all(homes) or _joins_groups(adviser, row):
        return True
    facts = {reason.name for reason in row.reasons if _is_fact(reason)}
    if adviser.affinity and _are_no_partners(adviser, row):
        facts -= set(COMMON)
    return bool(facts)


def _joins_groups(adviser: Adviser, row: Suggestion) -> bool:
    """Tell whether a tie would join two groups that no path joins; one alone is no group."""
    ends = (row.one.organization, row.one.partner)
    return row.structure[0] and all(len(adviser.evidence.partners(end)) for end in ends)


def _is_fact(reason: Reason) -> bool:
    if reason.contribution < 0 or not reason.evidence or reason.name in NO_FACT:
        return False
    return reason.name != "geography" or "counties" in reason.evidence.claims


def _are_no_partners(adviser: Adviser, row: Suggestion) -> bool:
    """Tell whether public files alone know both, and they are rather rivals, or of two worlds.

    Two of one sector live on the same patients; a hospital of one specialty has its own ways.
    """
    here, ends = adviser.here, [row.one.organization, row.one.partner]
    alike = here.organizations["sector"].iloc[ends].nunique() == 1
    apart = not takes_everybody(here)[ends].all()
    return bool(from_public_files(here)[ends].all() and (alike or apart))


def _may_be_one(adviser: Adviser, row: Suggestion, other: Suggestion) -> bool:
    """Tell whether two partners may be one and the same, or sites of one center."""
    here, a, b = adviser.here, row.one.partner, other.one.partner
    centers = list_centers_by_position(here)
    return find_reach(here).may_be_one(a, b) or centers[a] == centers[b]
