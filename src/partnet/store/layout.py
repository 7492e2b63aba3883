"""The tables of a store: what is kept of every row of a public file, and in which columns.

Files are kept as they were read, row by row and State by State, and linked when a network is asked
for: a State out of a store is then the same network as the State built from the files. Every row of
every table names its file by a number; it counts once that number stands in ``files``, which is
written last. So a load that was killed leaves nothing that counts, on every engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..public.reading.family import ORGANIZATION_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

# Where a row comes from: its file, its line, its place among what the file gave to the table, the
# State of its line ("": not known; see `cover`), the columns that it had.
ORIGIN = ("file_no", "row", "seq", "row_state", "shape")
CELLS = {
    "organizations": ORGANIZATION_COLUMNS,
    "services": ("organization", "service", "county_fips", "population"),
    "funding": (
        *("funder", "recipient", "program", "award", "parent_award"),
        *("period_start", "period_end", "fiscal_year", "amount", "amount_kind"),
    ),
    "memberships": ("organization", "group", "group_kind", "since", "until"),
    "affiliations": ("organization", "parent", "type", "since", "until"),
    "service_areas": ("organization", "place_kind", "place"),
    "unplaced": ("id", "name", "states", "enrollment", "shared_name"),
    "counties": ("county_fips", "column", "value"),
}  # other cells of a row stand together in ``extra``
OWNERS = {"services": "organization", "funding": "recipient", "memberships": "organization",
          "affiliations": "organization", "service_areas": "organization"}  # fmt: skip
JOURNAL = {
    "names": ("file_no", "row", "id", "name"),
    "rows": ("file_no", "row", "row_state", "owner"),
    "problems": (
        *("file_no", "row", "seq", "row_state", "scoped", "column", "found", "allowed", "fix"),
        *("level", "set_aside"),
    ),
    "shapes": ("file_no", "table", "shape", "columns"),
    "files": (
        *("file_no", "load", "path", "sha256", "file", "reader", "family", "release"),
        *("rows_read", "used", "set_aside", "row_states", "states", "wide", "home"),
    ),
}
COLUMNS = {
    **{name: (*ORIGIN, *cells, "extra") for name, cells in CELLS.items()},
    **JOURNAL,
}
NUMBERS = ("file_no", "row", "seq", "shape", "load", "rows_read", "used", "set_aside_rows")
AREA = "area: "
WITH, WITHOUT = " with ", " without "


def schema_of(table: str) -> pa.Schema:
    """Give the columns of a table with their types: whole numbers, yes or no, else text."""
    import pyarrow as pa

    def type_of(column: str) -> pa.DataType:
        counted = column in NUMBERS or (table == "files" and column == "set_aside")
        flag = column in ("scoped", "wide")
        return pa.int64() if counted else pa.bool_() if flag else pa.string()

    return pa.schema([(column, type_of(column)) for column in COLUMNS[table]])


def cover(row_states: set[str], states: frozenset[str]) -> list[str]:
    """Name what rows say of their States, as far as a choice of States covers it; none: all.

    A row says its State; that it is about several (``area: KS NE``); or how it is read where a row
    above, of another State, has the same number: ``NE with TX`` where both are read, ``NE without
    TX`` where only this one is.

    Examples
    --------
    >>> said = {"", "NE", "TX", "area: KS NE", "area: TX", "NE with TX", "NE without TX"}
    >>> cover(said, frozenset({"NE", "KS"}))
    ['', 'NE', 'NE without TX', 'area: KS NE']
    >>> cover(said, frozenset())
    ['', 'NE', 'NE with TX', 'TX', 'area: KS NE', 'area: TX']
    """
    return sorted(said for said in row_states if _covers(said, states))


def _covers(said: str, states: frozenset[str]) -> bool:
    if said.startswith(AREA):
        return not states or bool(states & set(said.removeprefix(AREA).split()))
    state, mark, others = split_said(said)
    if states and state and state not in states:
        return False
    if not mark:
        return True
    beside = not states or bool(states & set(others.split()))
    return beside == (mark == WITH)


def split_said(said: str) -> tuple[str, str, str]:
    """Take apart what a row says of its State: the State, how it is read, beside which States."""
    for mark in (WITH, WITHOUT):
        state, found, others = said.partition(mark)
        if found:
            return state, mark, others
    return ("" if said.startswith(AREA) else said), "", ""
