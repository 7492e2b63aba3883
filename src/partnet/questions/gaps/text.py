"""What the gaps say in sentences, kind by kind, and how they are weighed."""

from __future__ import annotations

import pandas as pd

from ...core.audience import OWN_ROWS
from ...core.network import Network
from ...core.results import Method, Sentence
from ...core.text import join_words, say_date
from .kind import GapKind
from .kinds import list_kinds


def say_kinds(
    here: Network, gaps: pd.DataFrame, judged: pd.DataFrame, chosen: tuple[str, ...]
) -> list[Sentence]:
    """Say one sentence or two a kind, also where there is nothing."""
    said = []
    for kind in (list_kinds()[name] for name in chosen):
        own, all_judged = (table[table["kind"] == kind.name] for table in (gaps, judged))
        said.append(kind.text(here, own, all_judged) or _say_nothing(here, kind))
    return said


def _say_nothing(here: Network, kind: GapKind) -> Sentence:
    special = kind.absent(here) if kind.absent is not None else None
    if special is not None:
        return special
    if here.audience != "internal" and set(kind.needs) <= set(OWN_ROWS):
        text = f"{kind.name.capitalize()} gaps of others are not shown to this reader."
    elif all(_is_empty(here.whole, table) for table in kind.needs):
        what = "table" if len(kind.needs) == 1 else "tables"
        text = (
            f"Not looked at: {kind.name} gaps need the {what} "
            f"{join_words(kind.needs, final='or')}, and nothing is on file there."
        )
    else:
        text = f"No {kind.name} gap is found."
    return Sentence(kind.name, text, {"gaps": 0, "needs": list(kind.needs)})


def _is_empty(net: Network, table: str) -> bool:
    return not net.has_reported_ties if table == "ties" else net.table(table).empty


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
