"""Lists of ties that say less than others: without headers, or with the numbers of rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from ....core.schema import TABLES
from ....core.wording.names import fold_name
from ...cells import RawTable
from ...headers.columns import match_headers
from ...headers.row import score_table
from ...values.numbers import read_number
from ...values.parse import NO
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, name_headers, note_shape

MOLTEN = frozenset({"variable", "name", "key", "column", "question", "attribute"})
WIDEST = 3  # columns of a list without headers: two organizations, and a strength


def is_headless(raw: RawTable, known: Collection[str] = ()) -> bool:
    """Tell whether what stands in the row of headers is a first tie.

    So it is where both cells name organizations that stand below too, or that are known.
    """
    if not 2 <= len(raw.header) <= WIDEST or not raw.rows or not all(raw.header):
        return False
    if score_table(tuple(map(fold_cell, raw.header)), "ties")[1]:
        return False
    ends = [fold_name(text) for text in raw.header[:2]]
    below = {fold_name(text) for row in raw.rows for text in row[:2] if text}
    third = [*raw.header[2:], *(row[2] for row in raw.rows if len(row) > 2)]
    if any(text and read_number(text) is None for text in third) or ends[0] == ends[1]:
        return False
    if any(read_number(text) is not None for text in raw.header[:2]):
        return len(raw.header) > 1 and all(end in below for end in ends)
    return all(end in known for end in ends) or (not known and any(end in below for end in ends))


def give_headers(raw: RawTable) -> RawTable:
    """Read the row of headers as a first tie."""
    header = ("source", "target", "strength")[: len(raw.header)]
    found = ", ".join(raw.header)
    note = note_shape(
        raw, f"no headers above the ties, but {found}", "It is read as the first tie.",
        allowed="Columns are called source and target (or from and to).",
    )  # fmt: skip
    return replace(
        raw,
        header=header,
        header_row=0,
        rows=[list(raw.header), *raw.rows],
        row_numbers=[raw.header_row, *raw.row_numbers],
        notes=(*raw.notes, note),
    )


def is_molten(raw: RawTable) -> bool:
    """Tell whether R or pandas made three columns of a matrix: name, variable, value.

    Some of the variables have to stand among the names.
    """
    words = [fold_cell(text) for text in raw.header]
    if len(words) != WIDEST or words[2] != "value" or words[1] not in MOLTEN:
        return False
    names = {fold_name(row[0]) for row in raw.rows}
    return any(fold_name(row[1]) in names for row in raw.rows)


def head_molten(raw: RawTable) -> RawTable:
    """Head a molten matrix as the ties that it lists."""
    note = note_shape(
        raw,
        f"the headers {', '.join(raw.header)} over the cells of a matrix",
        "They are read as source, target and strength.",
        allowed="Columns are called source and target (or from and to).",
    )
    return replace(raw, header=("source", "target", "strength"), notes=(*raw.notes, note))


def lacks_ends(raw: RawTable) -> bool:
    """Tell whether somebody says that a table holds ties, whose headers name no ends."""
    found = match_headers(raw, TABLES["ties"]).columns
    return raw.table == "ties" and not {"source", "target"} & set(found)


def name_ends(raw: RawTable) -> RawTable:
    """Take the first two columns of names for the ends of the ties."""
    named = [k for k, text in enumerate(raw.header) if text and _holds_names(raw, k)][:2]
    if len(named) < 2:
        return raw
    ends = dict(zip(named, ("source", "target"), strict=True))
    found = name_headers(raw, named)
    note = note_shape(
        raw, f"the headers {found}", "These two columns are read as source and target.",
        allowed="The ends of a tie stand under source and target (or from and to).",
    )  # fmt: skip
    header = tuple(ends.get(k, text) for k, text in enumerate(raw.header))
    return replace(raw, header=header, notes=(*raw.notes, note))


def _holds_names(raw: RawTable, position: int) -> bool:
    """Whether a column is filled, and not with numbers."""
    filled = [row[position] for row in raw.rows if row[position]]
    numbers = sum(read_number(text) is not None for text in filled)
    return 2 * len(filled) > len(raw.rows) and 2 * numbers < len(filled)


def drop_diagonal(raw: RawTable) -> RawTable:
    """Leave out that an organization has no tie with itself, as a matrix in long form says."""
    at = match_headers(raw, TABLES["ties"]).columns
    if not {"source", "target", "strength"} <= set(at):
        return raw
    zeros = {t for t in {row[at["strength"]] for row in raw.rows} if fold_cell(t) in NO}
    own = {
        k for k, row in enumerate(raw.rows)
        if row[at["strength"]] in zeros
        and fold_name(row[at["source"]]) == fold_name(row[at["target"]])
    }  # fmt: skip
    if not own:
        return raw
    kept = Entries(raw, raw.header)
    for position, row in enumerate(raw.rows):
        if position not in own:
            kept.add(position, list(row))
    return kept.make()


def name_numbers(ties: RawTable, organizations: RawTable) -> RawTable:
    """Name organizations by the numbers of their rows, as R writes the ends of ties."""
    columns = match_headers(organizations, TABLES["organizations"]).columns
    ends = match_headers(ties, TABLES["ties"]).columns
    if "id" in columns or "name" not in columns or not {"source", "target"} <= set(ends):
        return ties
    at = [ends["source"], ends["target"]]
    cells = {row[k] for row in ties.rows for k in at}
    names = [row[columns["name"]] for row in organizations.rows]
    if not cells or not all(re.fullmatch(r"\d+", text) for text in cells) or cells & set(names):
        return ties
    first, last = min(map(int, cells)), max(map(int, cells))
    start = 0 if first == 0 else 1
    if last - start >= len(names) or any(is_nothing(name, "label") for name in names):
        return ties
    rows = [
        [names[int(text) - start] if k in at else text for k, text in enumerate(row)]
        for row in ties.rows
    ]
    note = note_shape(
        ties,
        f"numbers from {first} to {last} as the ends of ties, and no ids",
        f"They are read as the rows of the organizations, counted from {start}: {start} is "
        f'"{names[0]}".',
        allowed="The ends of a tie are ids or names of organizations.",
    )
    return replace(ties, rows=rows, notes=(*ties.notes, note))
