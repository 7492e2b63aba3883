"""The tables of a store: what is kept of every row of a public file, and in which columns.

Files are kept as they were read, row by row and State by State, and linked when a network is asked
for: a State out of a store is then the same network as the State built from the files. Every row of
every table names its file by a number; it counts once that number stands in ``files``, which is
written last. So a load that was killed leaves nothing that counts, on every engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..public.readers.family import ORGANIZATION_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

# Where a row comes from: its file, its line, its place among what the file gave to the table, the
# State of its line ("": not known; "area: KS NE": about these), the columns that it had.
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
    "unplaced": ("id", "name", "states", "enrollment", "shared_name"),
    "counties": ("county_fips", "column", "value"),
}  # other cells of a row stand together in ``extra``
OWNERS = {"services": "organization", "funding": "recipient", "memberships": "organization",
          "affiliations": "organization"}  # fmt: skip
COUNTERPARTS = {"funding": "funder", "memberships": "group", "affiliations": "parent"}
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


def schema_of(table: str) -> pa.Schema:
    """Give the columns of a table with their types: whole numbers, yes or no, else text."""
    import pyarrow as pa

    def type_of(column: str) -> pa.DataType:
        counted = column in NUMBERS or (table == "files" and column == "set_aside")
        flag = column in ("scoped", "wide")
        return pa.int64() if counted else pa.bool_() if flag else pa.string()

    return pa.schema([(column, type_of(column)) for column in COLUMNS[table]])


def cover(row_states: set[str], states: frozenset[str]) -> list[str]:
    """Name the States and areas, as rows carry them, that a choice of States covers; none: all.

    Examples
    --------
    >>> cover({"", "NE", "TX", "area: KS NE", "area: TX"}, frozenset({"NE", "KS"}))
    ['', 'NE', 'area: KS NE']
    """
    if not states:
        return sorted(row_states)
    known = {state: set(state.removeprefix(AREA).split()) for state in row_states}
    return sorted(state for state, named in known.items() if not named or named & states)
