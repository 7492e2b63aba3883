"""What the gaps say: on one page, in sentences kind by kind, and how they are weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ...core.audience.hiding import OWN_ROWS
from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date
from .kind import OWN_KINDS, GapKind
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


def say_act(gap: Any, alike: Sequence[Any] = ()) -> str:
    """Say what to do about a gap in a few words, whatever its kind; or about all that are alike."""
    kind = list_kinds()[gap.kind]
    if kind.act_on_all is not None and len(alike) > 1:
        return kind.act_on_all(alike)
    return kind.act(gap) if kind.act is not None else gap.next_step.split("; ")[0].removesuffix(".")


def list_in_words(gaps: pd.DataFrame) -> pd.DataFrame:
    """Give all open gaps as one list, each in words, with the label of its kind."""
    labels = {name: kind.label for name, kind in list_kinds().items()}
    said = [say_gap(gap) for gap in gaps.itertuples()]
    return gaps.assign(what=said, label=gaps["kind"].map(labels).astype("str"))


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


def say_kinds(
    here: Network,
    gaps: pd.DataFrame,
    judged: pd.DataFrame,
    chosen: tuple[str, ...],
    *,
    of_places: bool = False,
) -> list[Sentence]:
    """Say one sentence or two a kind, also where there is nothing, or where it is not judged."""
    said = []
    for kind in (list_kinds()[name] for name in chosen):
        if of_places and not kind.of_places:
            said.append(_say_whole_only(kind))
            continue
        own, all_judged = (table[table["kind"] == kind.name] for table in (gaps, judged))
        if all_judged.empty and here.audience != "internal" and kind.name in OWN_KINDS:
            said.append(_say_nothing(here, kind))
            continue
        said.append(kind.text(here, own, all_judged) or _say_nothing(here, kind))
    return said


def _say_whole_only(kind: GapKind) -> Sentence:
    text = (
        f"Gaps of the kind “{kind.label}” are judged for the whole network, not for a part of it."
    )
    return Sentence(kind.name, text, {"judged": False})


def _say_nothing(here: Network, kind: GapKind) -> Sentence:
    special = kind.absent(here) if kind.absent is not None else None
    if special is not None and (here.audience == "internal" or kind.name not in OWN_KINDS):
        return special
    own = kind.name in OWN_KINDS or set(kind.needs) <= set(OWN_ROWS)
    if here.audience != "internal" and own:
        text = f"Gaps of the kind “{kind.label}” of others are not shown to this reader."
    elif all(_is_empty(here.whole, table) for table in kind.needs):
        what = "table" if len(kind.needs) == 1 else "tables"
        text = (
            f"Not looked at: gaps of the kind “{kind.label}” need the {what} "
            f"{join_words(kind.needs, final='or')}, and nothing is on file there."
        )
    else:
        text = f"No gap of the kind “{kind.label}” is found."
    return Sentence(kind.name, text, {"gaps": 0, "needs": list(kind.needs)})


def _is_empty(net: Network, table: str) -> bool:
    return not net.has_reported_ties if table == "ties" else net.rows(table).empty


def describe_method(day: pd.Timestamp | None) -> Method:
    """Say how gaps are found and weighed, as each kind declares it."""
    kinds = list_kinds().values()
    weighed = " ".join(f"{kind.name.capitalize()}: {kind.formula}" for kind in kinds)
    return Method(
        name="Comparison of what is on file with what is expected.",
        formula=f"Severity from 0 to 1. {weighed}",
        settings={"as of": "no dates" if day is None else say_date(day)},
        sources=tuple(source for kind in kinds for source in kind.sources),
        notes=(
            *(note for kind in kinds for note in kind.notes),
            "Nothing here says that an agreement does not exist; only that none is on file.",
        ),
    )
