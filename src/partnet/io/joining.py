"""One table over several sheets or files: a list that goes on, a sheet for each county."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..core.errors import InputProblem, Where
from ..core.schema import TABLES
from ..core.vocabulary import default_vocabulary, fold_word
from .cells import RawTable
from .headers import match_headers
from .shapes.matrix import is_matrix, melt_matrix

CONTINUED = re.compile(r"\b(continued|cont|contd|page|part|sheet|no|number)\b|[\d()_.#-]+")
SET_ASIDE = re.compile(
    r"\b(old|older|archive|archived|backup|copy|copies|draft|drafts|previous|prior|former|last|"
    r"original|template|example|sample|test|ignore|deleted|unused|do not use)\b"
)
YEAR = re.compile(r"\b(19|20)\d{2}\b")


def title_of(raw: RawTable) -> str:
    """The name of its sheet, else of its file."""
    return raw.sheet or Path(raw.file).stem


def may_join(first: RawTable, second: RawTable, name: str) -> bool:
    """Tell whether a second sheet of a kind goes on with the first.

    It has the same headers, or its name says so (Ties, Ties 2). Sheets that somebody put by (Ties
    old, Copy of Ties) or that stand for different years do not.
    """
    titles = [fold_word(title_of(raw)) for raw in (first, second)]
    if any(map(SET_ASIDE.search, titles)) or any(map(YEAR.search, titles)):
        return False
    if name == "ties" and all(map(_is_square, (first, second))):
        return True
    known = [set(match_headers(raw, TABLES[name]).columns) for raw in (first, second)]
    needed = {c.name for c in TABLES[name].columns if c.required and not c.default}
    if not needed <= known[0] & known[1] or list(first.rows) == list(second.rows):
        return False
    goes_on = _strip_count(titles[0]) == _strip_count(titles[1]) != ""
    same = [sorted(fold_word(text) for text in raw.header if text) for raw in (first, second)]
    return goes_on or (same[0] == same[1] and len(same[0]) > 1)


def _is_square(raw: RawTable) -> bool:
    return is_matrix(raw) or (bool(raw.parts) and raw.header[:2] == ("source", "target"))


def _strip_count(title: str) -> str:
    return " ".join(CONTINUED.sub(" ", title).split())


def join_tables(first: RawTable, second: RawTable, name: str) -> RawTable:
    """Put the rows of a second sheet below those of the first, each cell under its own header.

    Matrices become ties, with the name of the sheet as their relation where it is one.
    """
    parts = (*(first.parts or (first,)), second)
    if name == "ties" and is_matrix(second):
        first = first if first.parts else _melt_sheet(first)
        second = _melt_sheet(second)
    header, positions = _match(first, second, name)
    width = len(header)
    rows = [[*row, *[""] * (width - len(row))] for row in first.rows]
    for row in second.rows:
        cells = [""] * width
        for k, text in zip(positions, row, strict=True):
            cells[k] = cells[k] or text
        rows.append(cells)
    return replace(
        first,
        header=tuple(header),
        rows=rows,
        row_numbers=[*first.row_numbers, *second.row_numbers],
        places=[*first.list_places(), *second.list_places()],
        origins=_join_origins(first, second),
        spent=first.spent + second.spent,
        notes=(*first.notes, *second.notes, _tell_joined(first, second, name)),
        semicolons=first.semicolons or second.semicolons,
        parts=parts,
    )


def _melt_sheet(raw: RawTable) -> RawTable:
    return melt_matrix(raw, default_vocabulary().find_relation(title_of(raw)) or "")


def _match(first: RawTable, second: RawTable, name: str) -> tuple[list[str], list[int]]:
    """The headers of both, and where each column of the second goes."""
    own, other = (match_headers(raw, TABLES[name]).columns for raw in (first, second))
    meaning = {k: column for column, k in other.items()}
    header = list(first.header)
    words = {fold_word(text): k for k, text in reversed([*enumerate(header)]) if text}
    positions: list[int] = []
    for k, text in enumerate(second.header):
        at = own.get(meaning.get(k, ""), -1)
        at = words.get(fold_word(text), -1) if at < 0 and text else at
        if at < 0 or at in positions:
            at = len(header)
            header.append(text)
        positions.append(at)
    return header, positions


def _join_origins(first: RawTable, second: RawTable) -> Sequence[int]:
    if not first.origins and not second.origins:
        return ()
    before = first.origins or range(len(first.rows))
    shift = max(before, default=-1) + 1
    return [*before, *(k + shift for k in second.origins or range(len(second.rows)))]


def _tell_joined(first: RawTable, second: RawTable, name: str) -> InputProblem:
    return InputProblem(
        Where(second.file, second.sheet),
        f'"{title_of(second)}", which goes on with "{title_of(first)}"',
        f"A table {name} may go over several sheets or files.",
        f"Both are read as one. If it is another list, give it a name of its own "
        f'("{title_of(second)} old" is not read).',
        level="note",
    )
