"""Merged cells of a workbook: said, and amounts in them counted once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ...core.errors import InputProblem, Where
from ...core.schema import TABLES
from ...core.wording.names import fold_name
from ...core.wording.text import count_noun
from ..cells import RawTable
from ..headers.columns import match_headers
from ..values.numbers import read_number

Filled = Collection[tuple[int, int]]  # row as Excel counts, and position of the column


def tell_merged(raw: RawTable, filled: Filled) -> RawTable:
    """Say that merged cells were filled; an amount over several rows is not one of each of them."""
    if not filled:
        return raw
    note = InputProblem(
        Where(raw.file, raw.sheet),
        f"merged cells over {count_noun(len({row for row, _ in filled}), 'row')}",
        "Every row of a table says all of itself.",
        "Each row of a merged cell has its value; check amounts, which may have been meant once.",
        level="note",
    )
    return _share_amounts(replace(raw, notes=(*raw.notes, note)), frozenset(filled))


def _share_amounts(raw: RawTable, filled: frozenset[tuple[int, int]]) -> RawTable:
    """Count an amount of merged cells once for one recipient; of several it is nobody's."""
    at = match_headers(raw, TABLES["funding"]).columns
    if not {"amount", "recipient"} <= set(at):
        return raw
    rows = [list(row) for row in raw.rows]
    joint: list[int] = []
    for first, last in _list_spans(raw, at["amount"], filled):
        if read_number(rows[first][at["amount"]]) is None:
            continue
        shared = len({fold_name(row[at["recipient"]]) for row in rows[first : last + 1]}) > 1
        joint += [first] if shared else []
        for row in rows[first if shared else first + 1 : last + 1]:
            row[at["amount"]] = ""
    if not joint:
        return replace(raw, rows=rows)
    said = ", ".join(raw.rows[k][at["amount"]] for k in joint[:3])
    note = InputProblem(
        Where(raw.file, raw.sheet, raw.row_numbers[joint[0]]),
        f"{count_noun(len(joint), 'amount')} in merged cells for several organizations ({said})",
        "An amount is that of one organization.",
        "Each of them has the award; which part of the amount is whose is not known, and blank. "
        "Give each a row with its amount if you know it.",
        level="note",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _list_spans(
    raw: RawTable, column: int, filled: frozenset[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The first and the last position of each run of rows that one merged cell spans."""
    first = -1
    for k, number in enumerate(raw.row_numbers):
        if (number, column) in filled:
            continue
        if k - first > 1 and first >= 0:
            yield first, k - 1
        first = k
    if 0 <= first < len(raw.row_numbers) - 1:
        yield first, len(raw.row_numbers) - 1
