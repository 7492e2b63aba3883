"""Cells that stand for the one above them: ditto marks, and a name that is written only once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from ....core.schema import TABLES
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import fold_cell, is_nothing
from ..entries import note_shape

DITTO = re.compile(r"-?(\"|''|“|”|„|″|〃|〞|``){1,3}-?")
DITTO_WORDS = frozenset({"ditto", "same as above", "as above", "idem"})
LONGEST = 20  # characters of a ditto mark or word
FEWEST_BLANK = 2  # a single blank cell may have been forgotten, and few among many names
LEAST_BLANK = 0.5  # blank cells for each name
# The column by which a list is grouped, and one that every row of the group fills.
OUTLINED: Mapping[str, tuple[str, str]] = {
    "ties": ("source", "target"),
    "services": ("organization", "service"),
    "memberships": ("organization", "group"),
    "service_areas": ("organization", "place"),
    "agreements": ("agreement", "organization"),
}


def fill_from_above(raw: RawTable, name: str) -> RawTable:
    """Read ditto marks, and the blanks of a list that names each of its groups once."""
    return _fill_outline(_fill_dittos(raw), name)


def is_ditto(text: str) -> bool:
    """Tell whether a cell stands for the one above it.

    Examples
    --------
    >>> is_ditto('"'), is_ditto("Ditto"), is_ditto("same")
    (True, True, False)
    """
    if not text or len(text) > LONGEST:
        return False
    if text.isascii() and text.isalnum():  # no mark
        return text.lower() in DITTO_WORDS
    return bool(DITTO.fullmatch("".join(text.split()))) or fold_cell(text) in DITTO_WORDS


def _fill_dittos(raw: RawTable) -> RawTable:
    dittos = frozenset(filter(is_ditto, set(chain.from_iterable(raw.rows))))
    if not dittos:
        return raw
    rows, first, count = list[list[str]](), -1, 0
    for k, row in enumerate(raw.rows):
        cells = list(row)
        for i, text in enumerate(row):
            if rows and text in dittos and rows[-1][i]:
                cells[i], count = rows[-1][i], count + 1
                first = k if first < 0 else first
        rows.append(cells)
    if first < 0:
        return raw
    note = note_shape(
        replace(raw, header_row=raw.row_numbers[first]),
        count_noun(count, "ditto mark"),
        "Each is read as the cell above it.",
        allowed="Every cell says what it means.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _fill_outline(raw: RawTable, name: str) -> RawTable:
    """Fill the blanks below a name where no name is repeated: then each heads a group of rows."""
    columns = match_headers(raw, TABLES[name]).columns if name in OUTLINED else {}
    at, filled = (columns.get(column, -1) for column in OUTLINED.get(name, ("", "")))
    if min(at, filled) < 0:
        return raw
    blank = [k for k, row in enumerate(raw.rows) if not row[at] and not is_nothing(row[filled])]
    if len(blank) < FEWEST_BLANK or blank[0] == 0:
        return raw
    named = [fold_cell(row[at]) for row in raw.rows if row[at]]
    if len(blank) < LEAST_BLANK * len(named) or len(set(named)) < len(named):
        return raw
    gaps = frozenset(blank)
    if any(not row[at] and k not in gaps for k, row in enumerate(raw.rows)):
        return raw
    rows, last = list[list[str]](), ""
    for row in raw.rows:
        last = row[at] or last
        rows.append([last if k == at else text for k, text in enumerate(row)])
    note = note_shape(
        replace(raw, header_row=raw.row_numbers[blank[0]]),
        f'{count_noun(len(blank), "blank cell")} of "{raw.header[at]}" below a name',
        "Each is read as the name above it.",
        allowed="Every row says whom it is about.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))
