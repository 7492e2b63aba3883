"""Several tables on one sheet: below each other with blank rows between, or side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ...core.errors import InputProblem, Where
from ..cells import RawTable, clean_rows, make_of_cleaned
from ..headers.row import MOST_ABOVE, Numbered, is_header
from .joining import title_of

MOST_GAPS = 200  # blank rows after which a header is looked for
MOST_TITLES = 2  # lines of a title above a header within a sheet


def make_raw_tables(
    file: str,
    sheet: str,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Iterable[InputProblem] = (),
) -> list[RawTable]:
    """Make raw tables of the rows of one sheet or file: one, or as many as stand on it."""
    filled = clean_rows(file, sheet, records)
    starts = _join_titles(filled, [0, *_find_starts(filled)])
    ends = [*starts[1:], len(filled)]
    parts = [filled[a:b] for a, b in zip(starts, ends, strict=True)]
    raws = [make_of_cleaned(file, sheet, part, () if k else notes) for k, part in enumerate(parts)]
    if len(raws) > 1:
        raws = [_head_corner(raw, part) for raw, part in zip(raws, parts, strict=True)]
    found = [part for raw in raws for part in _part_columns(raw)]
    if len(found) == 1:
        return found
    return [replace(found[0], notes=(*found[0].notes, _tell(found))), *found[1:]]


def _find_starts(rows: Sequence[Numbered]) -> list[int]:
    """Where a further table begins: below a blank row, with headers of its own."""
    gaps = [k for k in range(1, len(rows)) if rows[k][0] - rows[k - 1][0] > 1][:MOST_GAPS]
    if not gaps:
        return []
    starts: list[int] = []
    begin, header = 0, _first_header(rows[:MOST_ABOVE])
    for k in gaps:
        if _begins_matrix(rows, k):
            starts.append(k)
            begin = k
            continue
        own = _first_header(rows[k : k + MOST_TITLES + 1])
        if not own or k <= begin:
            continue
        if header and own != header:
            starts.append(k)
            begin = k
        header = header or own
    return starts


def _join_titles(rows: Sequence[Numbered], starts: Sequence[int]) -> list[int]:
    """Leave out starts below lines of one cell alone: these stand above a table, and are none."""
    kept = [starts[0]]
    for before, start in pairwise(starts):
        titles = start - before <= MOST_ABOVE and all(
            sum(map(bool, cells)) < 2 for _, cells in rows[before:start]
        )
        if not titles:
            kept.append(start)
    return kept


def _begins_matrix(rows: Sequence[Numbered], at: int) -> bool:
    """Whether the names of a matrix stand here, below a title at most, and down its side."""
    for k in range(at, min(at + 2, len(rows))):
        names = [text.casefold() for text in rows[k][1][1:] if text]
        below = [row[0].casefold() for _, row in rows[k + 1 : k + 1 + len(names)]]
        if len(names) > 1 and set(names) == set(below):
            return True
        if sum(map(bool, rows[k][1])) > 1:
            return False
    return False


def _head_corner(raw: RawTable, part: Sequence[Numbered]) -> RawTable:
    """Write the title of a matrix into its corner: it may be the relation."""
    title = [text for text in part[0][1] if text] if part else []
    if len(title) != 1 or not raw.header or raw.header[0]:
        return raw
    return replace(raw, header=(title[0], *raw.header[1:]))


def _first_header(rows: Sequence[Numbered]) -> tuple[str, ...]:
    """The headers that begin a section, below a title at most; () where there are none."""
    for _, cells in rows:
        if is_header(cells):
            return tuple(text.casefold() for text in cells if text)
        if sum(map(bool, cells)) > 1:
            return ()
    return ()


def _part_columns(raw: RawTable) -> list[RawTable]:
    """Part two tables that stand side by side with a blank column between them."""
    blank = [k for k, text in enumerate(raw.header) if not text and 0 < k < len(raw.header) - 1]
    for k in blank:
        left, right = raw.header[:k], raw.header[k + 1 :]
        if is_header(left) and is_header(right) and not any(row[k] for row in raw.rows):
            return [_keep(raw, range(k)), _keep(raw, range(k + 1, len(raw.header)), notes=False)]
    return [raw]


def _keep(raw: RawTable, columns: range, *, notes: bool = True) -> RawTable:
    """Some columns of a table, each in its place; rows that are blank there are gone."""
    cells = [["" if k not in columns else text for k, text in enumerate(row)] for row in raw.rows]
    kept = [k for k, row in enumerate(cells) if any(row)]
    return replace(
        raw,
        header=tuple("" if k not in columns else text for k, text in enumerate(raw.header)),
        rows=[cells[k] for k in kept],
        row_numbers=[raw.row_numbers[k] for k in kept],
        notes=raw.notes if notes else (),
    )


def _tell(raws: Sequence[RawTable]) -> InputProblem:
    first = raws[0]
    rows = ", ".join(str(raw.header_row) for raw in raws)
    return InputProblem(
        Where(first.file, first.sheet),
        f'{len(raws):,} tables on "{title_of(first)}", with their headers in the rows {rows}',
        "A sheet holds one table.",
        "Each is read as a table of its own.",
        level="note",
    )
