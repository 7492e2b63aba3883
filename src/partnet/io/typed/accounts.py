"""Nothing disappears: rows read = used + elsewhere + set aside, for every table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...core.errors import InputProblem
from .draft import Draft

GONE = "a row that is neither used nor set aside"


class Account(NamedTuple):
    """What became of the rows of one table.

    Attributes
    ----------
    read : int
        Rows of the file.
    used : int
        Rows that stand in the network, or of which a part does.
    elsewhere : int
        Rows that another row or table speaks for: copies, answers without content, persons.
    set_aside : int
        Rows that were not used; a problem says why.
    """

    read: int
    used: int
    elsewhere: int
    set_aside: int


def balance_rows(draft: Draft, notes: Iterable[InputProblem] = ()) -> Account:
    """Count what became of the rows of a table; `notes` are of rows set aside before it was typed.

    A row that is gone without a word is a defect of partnet: it is said as an error of its own.
    """
    raw = draft.raw
    origins = raw.origins or range(len(raw.rows))
    used = {origins[row] for row in draft.frame.index}
    moved = {origins[row] for row in draft.elsewhere} - used
    lost = set(origins) - used - moved
    early = sum(p.set_aside == "row" and p.table == draft.table.name for p in notes)
    _check_lost(draft, {row for row, origin in enumerate(origins) if origin in lost})
    aside = len(lost) + early
    read = len(set(origins)) + raw.spent + early
    return Account(read, len(used), len(moved) + raw.spent, aside)


def _check_lost(draft: Draft, rows: set[int]) -> None:
    """Every row that is gone is named by a problem, or its whole table is."""
    header = draft.raw.header_row
    if any(p.set_aside == "row" and p.where.row in (header, None) for p in draft.problems):
        return
    said = {
        (p.where.file, p.where.sheet, p.where.row) for p in draft.problems if p.set_aside == "row"
    }
    raw = draft.raw
    gone = sorted(row for row in rows if (*raw.place_of(row), raw.row_numbers[row]) not in said)
    for row in gone if not draft.raw.origins else ():
        draft.report(
            row,
            "",
            GONE,
            "Rows read = used + elsewhere + set aside.",
            "This is a defect of partnet: please report it with the row.",
            set_aside="row",
        )
