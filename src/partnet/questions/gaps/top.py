"""All gaps on one page: the most severe of every kind, said so that a director can act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ...core.results import Sentence
from ...core.text import count_noun, join_words
from .kinds import list_kinds
from .shown import SHOWN_KINDS, SHOWN_TOP

LINES = 12  # what fits on a page, and into a meeting
OF_ONE_KIND = 3  # else one kind with many gaps fills the page


def summarize_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Give the page: at most 12 lines, at most 3 of a kind, the most severe first.

    Gaps about the same matter (several services that one county lacks, several rules of one
    hospital) make one line, said by the most severe of them; ``more`` counts the others.

    Parameters
    ----------
    gaps : DataFrame
        Open gaps, the most severe first.
    """
    lines = gaps.assign(subject=_subjects_of(gaps))
    counted = lines.groupby("subject", sort=False)["gap_id"].transform("size")
    first = lines.assign(more=counted - 1).drop_duplicates("subject")
    kept = first[first.groupby("kind", sort=False).cumcount() < OF_ONE_KIND].head(LINES)
    page = kept.assign(
        what=[say_gap(gap) for gap in kept.itertuples()],
        why=kept["evidence"],
        who=kept["owner"],
        rank=range(1, len(kept) + 1),
    )
    return page[SHOWN_TOP.names].reset_index(drop=True)


def _subjects_of(gaps: pd.DataFrame) -> list[str]:
    kinds = list_kinds()
    return [
        "|".join([gap.kind, *(str(getattr(gap, name)) for name in kinds[gap.kind].subject)])
        for gap in gaps.itertuples()
    ]


def say_gap(gap: Any) -> str:
    """Say one gap in words, whatever its kind; `gap` is a row of the table of gaps."""
    return list_kinds()[gap.kind].say(gap)


def count_kinds(gaps: pd.DataFrame, chosen: Sequence[str]) -> pd.DataFrame:
    """Count the open gaps of each kind."""
    kinds = list_kinds()
    rows = [
        (name, kinds[name].label, len(own), float(own["severity"].max()) if len(own) else 0.0)
        for name in chosen
        for own in [gaps[gaps["kind"] == name]]
    ]
    return pd.DataFrame(rows, columns=SHOWN_KINDS.names)


def say_top(gaps: pd.DataFrame, chosen: Sequence[str]) -> Iterator[Sentence]:
    """Say how many gaps are open and of which kinds, where more than one was looked at."""
    if len(chosen) < 2 or gaps.empty:
        return
    counts = count_kinds(gaps, chosen)
    counts = counts[counts["gaps"] > 0].sort_values("gaps", ascending=False, kind="stable")
    named = [f"{row.name} ({row.gaps})" for row in counts.itertuples(index=False)]
    first = say_gap(next(gaps.head(1).itertuples()))
    yield Sentence(
        "top",
        f"{count_noun(len(gaps), 'gap is', 'gaps are')} open: {join_words(named)}. Most severe: "
        f"{first}.",
        {
            "gaps": len(gaps),
            **dict(zip(counts["kind"], counts["gaps"].tolist(), strict=True)),
            "first": first,
        },
    )
