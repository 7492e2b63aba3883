"""Tables without a list of organizations: those that they name are all there are."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.names import fold_name
from ...core.schema import TABLES
from ..cells import RawTable
from ..headers import match_headers
from ..values.words import is_nothing
from .entries import note_shape

NAMED = ("ties", "services", "memberships", "funding", "agreements", "affiliations",
         "contacts", "service_areas")  # fmt: skip


def make_organizations(
    tables: Mapping[str, RawTable], among: Mapping[str, int] | None = None
) -> RawTable | None:
    """List the organizations that ties and other tables name; ``None`` where they name none.

    `among` holds those that a matrix names, with their rows: some of them may have no tie.
    """
    listed = {n: k for n, k in (among or {}).items() if not is_nothing(n, "label")}
    found = {fold_name(name): (name, number) for name, number in listed.items()}
    first = tables.get("ties") if found else None
    for table in NAMED:
        raw = tables.get(table)
        if raw is None:
            continue
        headers = match_headers(raw, TABLES[table])
        ends = [
            headers.columns[c.name]
            for c in TABLES[table].columns
            if c.type == "organization" and c.required and c.name in headers.columns
        ]
        for row, number in zip(raw.rows, raw.row_numbers, strict=True):
            for k in ends:
                if not is_nothing(row[k], "label"):
                    found.setdefault(fold_name(row[k]), (row[k], number))
                    first = first or raw
    if first is None:
        return None
    names, numbers = zip(*found.values(), strict=True)
    note = note_shape(
        first,
        f"no list of organizations; {len(names):,} are named in the other tables",
        "They are taken as they are named. Their kinds, counties and services are not known: a "
        "table organizations with name, kind, county and state tells them.",
        allowed="A network has a table organizations.",
    )
    rows = [[name] for name in names]
    place = first.file, first.sheet
    return RawTable(
        *place, ("name",), first.header_row, rows, list(numbers), (note,), "organizations"
    )
