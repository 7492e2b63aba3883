"""What a row must have: cells and columns that are missing, filled in by a default or said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ...core.errors import InputProblem, Where
from ...core.schema import Column
from ...core.wording.text import count_noun
from .draft import Draft


def set_incomplete_aside(draft: Draft, headers: Mapping[str, int]) -> None:
    """Set rows aside that lack a required cell, and say so where nothing was said yet."""
    aside: set[int] = set()
    for column in draft.table.columns:
        if column.narrows and column.name in headers:
            aside |= _find_unread(draft, column.name, headers[column.name])
        if not column.required:
            continue
        if column.name not in headers:
            aside |= _miss_column(draft, column)
        else:
            aside |= _miss_cells(draft, column, headers[column.name])
    draft.set_rows_aside(aside)


def loses_row(column: Column) -> bool:
    """Whether a wrong cell costs the row: required ones do, but an unknown kind counts as other."""
    return (column.required and column.name != "kind") or column.narrows


def _find_unread(draft: Draft, name: str, at: int) -> set[int]:
    """Rows whose cell holds text that was not understood, where a blank would mean everything."""
    blank = draft.frame.index[draft.frame[name] == ""]
    rows = {int(k) for k in blank if draft.raw.rows[k][at].strip()}
    blamed = {p.where for p in draft.problems if p.set_aside == "row"}
    for row in sorted(rows):
        if draft.where(row, name) not in blamed:
            _report_blank(draft, row, draft.table.column(name), draft.raw.rows[row][at].strip())
    return rows


def _miss_column(draft: Draft, column: Column) -> set[int]:
    """A required column is not there: its default holds, else all rows are set aside."""
    if not len(draft.frame):
        return set()
    if column.default:
        draft.frame[column.name] = pd.Series(column.default, index=draft.frame.index, dtype="str")
        _say_default(draft, column, f"no column {column.name}")
        return set()
    _report_missing_column(draft, column.name)
    return set(draft.frame.index)


def _miss_cells(draft: Draft, column: Column, at: int) -> set[int]:
    """Rows whose required cell is blank: its default holds, or they are set aside and said."""
    values = draft.frame[column.name]
    blank = draft.frame.index[values.isna() | (values == "")]
    if not len(blank):
        return set()
    own = (p.where for p in draft.problems if p.set_aside and p.where.column == column.name)
    blamed = set(own)
    aside: set[int] = set()
    unsaid, filled = 0, dict[int, str]()
    for row in blank:
        if draft.where(row, column.name) in blamed:
            if loses_row(column):
                aside.add(row)
            elif column.default:
                filled[row] = column.default
            continue
        text = draft.raw.rows[row][at].strip()
        if column.default and (not text or column.name == "kind"):
            filled[row] = column.default
            unsaid += 1
            continue
        aside.add(row)
        _report_blank(draft, row, column, text)
    draft.fill(column.name, filled)
    if unsaid:
        _say_default(draft, column, f"{count_noun(unsaid, 'blank cell')}")
    return aside


def _say_default(draft: Draft, column: Column, found: str) -> None:
    label = column.default.replace("_", " ")
    draft.report(
        None,
        column.name,
        found,
        column.allowed,
        f'It counts as "{label}". Fill it in where you know it.',
        level="note",
    )


def _report_blank(draft: Draft, row: int, column: Column, text: str) -> None:
    needed = f"Every row of {draft.table.label} needs it. {column.allowed}"
    if text:
        draft.report(
            row,
            column.name,
            f'"{text}", which says that there is nothing',
            needed,
            "The row is set aside; fill it in if there is something.",
            level="note",
            set_aside="row",
        )
        return
    draft.report(
        row,
        column.name,
        "an empty cell",
        needed,
        "Fill it in, or delete the row. The row is set aside.",
        set_aside="row",
    )


def _report_missing_column(draft: Draft, name: str) -> None:
    column = draft.table.column(name)
    also = f" (or {', '.join(column.aliases[:6])})" if column.aliases else ""
    header = ", ".join(filter(None, draft.raw.header)) or "nothing"
    rows = len(draft.raw.rows)
    draft.problems.append(
        InputProblem(
            Where(draft.raw.file, draft.raw.sheet, draft.raw.header_row, name),
            f"the headers {header}",
            f"The table {draft.table.label} needs a column {name}{also}.",
            f"Add or rename it. All {rows:,} rows of the table are set aside.",
            "error",
            draft.table.name,
            "row",
            rows,
        )
    )
