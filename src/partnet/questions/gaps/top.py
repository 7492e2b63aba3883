"""All gaps on one page: the most urgent of every family, said so that a director can act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from ...core.text import count_noun, join_words

LINES = 12  # what fits on a page, and into a meeting
OF_ONE_FAMILY = 3  # else one family with many gaps fills the page
TOP_COLUMNS = ("rank", "family", "what", "why", "who", "next_step", "urgency", "more", "gap_id")

# What makes two gaps one line: a county that lacks three services is one matter to talk about.
SUBJECT = {
    "rule": ("organization_name",),
    "coverage": ("place", "status"),
    "overlap": ("organization", "other"),
    "funding": ("organization", "other", "place"),
    "contact": ("organization",),
    "sector": ("rule",),
    "agreement": ("organization", "other"),
    "voice": ("rule",),
}
FAMILY_NAMES = {
    "rule": "rules",
    "coverage": "services",
    "overlap": "much in common, no tie",
    "funding": "money",
    "contact": "contacts",
    "sector": "kinds and counties",
    "agreement": "agreements",
    "voice": "voices",
}


def summarize_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Give the page: at most 12 lines, at most 3 of a family, the most severe first.

    Gaps about the same matter (several services that one county lacks, several rules of one
    hospital) make one line, said by the most severe of them; ``more`` counts the others.

    Parameters
    ----------
    gaps : DataFrame
        Open gaps, the most severe first.
    """
    rows: list[tuple[object, ...]] = []
    lines = gaps.assign(subject=_subjects_of(gaps))
    counted = lines.groupby("subject", sort=False)["gap_id"].transform("size")
    first = lines.assign(more=counted - 1).drop_duplicates("subject")
    kept = first[first.groupby("family", sort=False).cumcount() < OF_ONE_FAMILY].head(LINES)
    for rank, gap in enumerate(kept.itertuples(), start=1):
        what, why = say_gap(gap), str(gap.evidence)
        said = (rank, gap.family, what, why, gap.owner, gap.next_step, gap.severity, gap.more)
        rows.append((*said, gap.gap_id))
    return pd.DataFrame(rows, columns=list(TOP_COLUMNS))


def _subjects_of(gaps: pd.DataFrame) -> list[str]:
    columns = gaps.columns
    return [
        "|".join([row[0], *(str(row[columns.get_loc(c) + 1]) for c in SUBJECT[row[0]])])
        for row in zip(gaps["family"], *(gaps[c] for c in columns), strict=True)
    ]


def say_gap(gap: object) -> str:
    """Say one gap in words, whatever its family; `gap` is a row of the table of gaps."""
    family, status, rule = str(gap.family), str(gap.status), str(gap.rule)  # type: ignore[attr-defined]
    first, other = str(gap.organization_name), str(gap.other_name)  # type: ignore[attr-defined]
    place, citation = str(gap.place_name), str(gap.citation)  # type: ignore[attr-defined]
    low = f"{rule[:1].lower()}{rule[1:]}"
    source = f" ({citation})" if citation else ""
    both = f"{first} and {other} have no tie on file"
    sayings = {
        "rule": _say_rule(first, low, status, source),
        "coverage": f"{place} has no provider of {rule} on file",
        "overlap": f"{both}, though they have much in common",
        "funding": both if other else f"{first or place}: {status}",
        "contact": f"{first} was not {low}",
        "sector": f"{rule[:1].upper()}{rule[1:]} are fewer than by chance",
        "agreement": f"{first} and {other}: {rule} {_say_status(status)}",
        "voice": f"The voice of {low.rsplit(' (', 1)[0]} is missing ({status})",
    }
    if status in ("contact person left", "one person on file"):
        return f"{first}: {status}"
    if status == "one provider only":
        return f"{place} has one provider only of {rule}: {first}"
    return sayings[family]


def _say_rule(name: str, rule: str, status: str, source: str) -> str:
    if status == "missing on file":
        return f"{name} has nothing on file for the {rule}{source}"
    return f"{name}, {rule}: {_say_status(status)}{source}"


def _say_status(status: str) -> str:
    return {
        "one-sided": "reported by one side only",
        "no agreement on file": "is not on file",
        "lapsed": "has lapsed",
        "draft": "is a draft",
    }.get(status, status)


def count_families(gaps: pd.DataFrame, chosen: Sequence[str]) -> pd.DataFrame:
    """Count the open gaps of each family: ``family``, ``name``, ``gaps``, ``most_urgent``."""
    rows = [
        (name, FAMILY_NAMES[name], len(own), float(own["severity"].max()) if len(own) else 0.0)
        for name in chosen
        for own in [gaps[gaps["family"] == name]]
    ]
    return pd.DataFrame(rows, columns=["family", "name", "gaps", "most_urgent"])


def say_top(gaps: pd.DataFrame, chosen: Sequence[str]) -> Iterator[str]:
    """Say how many gaps are open and in which families, where more than one was looked at."""
    if len(chosen) < 2 or gaps.empty:
        return
    counts = count_families(gaps, chosen)
    counts = counts[counts["gaps"] > 0].sort_values("gaps", ascending=False, kind="stable")
    named = [f"{row.name} ({row.gaps})" for row in counts.itertuples(index=False)]
    yield (
        f"{count_noun(len(gaps), 'gap is', 'gaps are')} open: {join_words(named)}. Most urgent: "
        f"{say_gap(next(gaps.head(1).itertuples()))}."
    )
