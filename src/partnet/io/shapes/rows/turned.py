"""A list of organizations with one column for each, and one row for each of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ...cells import RawTable
from ...headers.words import list_spellings, spellings
from ..entries import note_shape

# Which columns have to stand below each other: the first one heads the table.
LYING: Mapping[str, tuple[str, ...]] = {"organizations": ("name",), "ties": ("source", "target")}
FEWEST = {"organizations": 2, "ties": 1}  # rows that are known as columns
MOST_ROWS = 100  # columns of a table


def turn_over(raw: RawTable, name: str) -> RawTable:
    """Turn a list that lies on its side, where its first column holds headers and its head none.

    Lists of organizations and of ties do; of ties both ends stand in the first column.
    """
    if name not in LYING or len(raw.rows) > MOST_ROWS:
        return raw
    table, first = TABLES[name], LYING[name]
    known = list_spellings(name)
    down = [fold_word(row[0]) for row in raw.rows]
    across = [fold_word(text) for text in raw.header[1:]]
    named = len(raw.header) > 1 and fold_word(raw.header[0]) in spellings(table.column(first[0]))
    if not named or not set(down) <= known or set(across) & known:
        return raw
    lacking = [column for column in first[1:] if not spellings(table.column(column)) & set(down)]
    if len(down) < FEWEST[name] or lacking:
        return raw
    rows = [[raw.header[k], *(row[k] for row in raw.rows)] for k in range(1, len(raw.header))]
    note = note_shape(
        raw,
        f"{len(rows):,} {table.label.lower()} side by side",
        "Each column is read as a row of its own.",
    )
    return replace(
        raw,
        header=(raw.header[0], *(row[0] for row in raw.rows)),
        rows=[row for row in rows if row[0]],
        row_numbers=[raw.header_row for row in rows if row[0]],
        notes=(*raw.notes, note),
    )
