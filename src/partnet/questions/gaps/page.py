"""The page of gaps in the documentation, written from what each kind declares."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from ...core.results.shown import Column, Shown
from ...core.wording.text import join_words
from .kind import GapKind
from .kinds import ALL_GAPS, list_kinds
from .shown import SHOWN_GAPS, SHOWN_KINDS, SHOWN_TOP

HEAD = """# Gaps

What ought to be there and is not on file: `find_gaps(net)`, `partnet gaps INPUT`. No tie on file is
not no tie: a gap is a question to ask, with a name and a next step. Severity runs from 0 to 1.

`python scripts/make_gaps_page.py` writes this page from the kinds of gaps as the code declares them
(`src/partnet/questions/gaps/kinds.py`)."""


def write_page() -> str:
    """Give the page as Markdown."""
    kinds = list_kinds().values()
    overview = [f"| `{kind.name}` | {kind.label} | `{kind.threshold}` |" for kind in kinds]
    parts = [
        HEAD,
        "\n".join(["| Kind | About | Limit in `partnet run` |", "|---|---|---|", *overview]),
        f"`{ALL_GAPS}` limits all kinds together. A limit is the most gaps that may be open; above "
        "it, `partnet run` exits with 3.",
        *(part for kind in kinds for part in _describe(kind)),
        "## Tables of the result",
        *(_describe_table(shown, 3) for shown in (SHOWN_GAPS, SHOWN_TOP, SHOWN_KINDS)),
    ]
    return "\n\n".join(parts) + "\n"


def _describe(kind: GapKind) -> Iterator[str]:
    """What one kind looks for, needs, weighs and shows."""
    yield f"## {kind.title} (`{kind.name}`)"
    found = inspect.getdoc(kind.find)
    if found:
        yield found
    tables = join_words([f"`{name}`" for name in kind.needs], final="or")
    yield f"Needs the {'table' if len(kind.needs) == 1 else 'tables'} {tables}."
    yield f"Severity: {kind.formula}"
    yield from kind.notes
    if kind.sources:
        yield f"Sources: {'; '.join(kind.sources)}."
    columns = [column.label for column in kind.shown.columns if column.seen != "data"]
    yield f"Shown: {join_words([label.lower() for label in columns])}."
    yield from (_describe_table(beside.shown, 3) for beside in kind.beside)


def _describe_table(shown: Shown, level: int) -> str:
    """A table with the meaning of its columns."""
    lines = [f"{'#' * level} {shown.title} (`{shown.table}`)", "", *_list_columns(shown.columns)]
    return "\n".join(lines)


def _list_columns(columns: Iterable[Column]) -> Iterator[str]:
    yield "| Column | Label | Meaning |"
    yield "|---|---|---|"
    for column in columns:
        yield f"| `{column.name}` | {column.label} | {column.meaning} |"
