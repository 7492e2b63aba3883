"""Tables without a list of organizations: those that they name are all there are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.schema import TABLES
from ...core.wording.names import fold_loosely, fold_name
from ..cells import RawTable
from ..headers.columns import match_headers
from ..values.words import is_nothing
from .entries import note_shape

NAMED = ("ties", "services", "memberships", "funding", "agreements", "affiliations",
         "contacts", "service_areas")  # fmt: skip


def list_lost(before: Mapping[str, RawTable], after: Mapping[str, RawTable]) -> dict[str, int]:
    """List the organizations, with their rows, of whose rows none became an entry.

    One that no longer takes part, or offers nothing, is an organization all the same. Cells with
    several names or a remark are not taken.
    """
    found: dict[str, int] = {}
    for table in set(NAMED) & set(before) & set(after):
        raw, kept = before[table], set(after[table].row_numbers)
        at = match_headers(raw, TABLES[table]).columns
        owners = [at[c] for c in ("source", "target", "organization") if c in at]
        for row, number in zip(raw.rows, raw.row_numbers, strict=True):
            if number in kept or sum(map(bool, row)) < FEWEST:
                continue
            names = (row[k] for k in owners if not SEVERAL.search(row[k]))
            found |= {n: number for n in names if not is_nothing(n, "label") and n not in found}
    return found


def list_ends(raw: RawTable) -> dict[str, int]:
    """List the ends of ties, with their rows."""
    at = match_headers(raw, TABLES["ties"]).columns
    ends = [at[end] for end in ("source", "target") if end in at]
    pairs = zip(raw.rows, raw.row_numbers, strict=True)
    return {row[k]: n for row, n in pairs for k in ends if not is_nothing(row[k], "label")}


EMAIL = re.compile(r"[^\s@]+@[^\s@.]+\.[^\s@]+")  # of a person, who is no organization
FEWEST = 2  # filled cells of a row that is no remark
SEVERAL = re.compile(r"[;|\n,()=]")


def _fold(name: str) -> str:
    """Fold a name as far as one list alone may have spelled it twice: accents, stars, quotes."""
    return fold_loosely(f"{name} x") or fold_name(name)  # an Inc. stays before another word


def _strip(name: str) -> str:
    """A name without the stars and daggers of a remark behind it."""
    return name.rstrip(" *\u2020\u2021\u00a7") or name


def make_organizations(
    tables: Mapping[str, RawTable], among: Mapping[str, int] | None = None
) -> RawTable | None:
    """List the organizations that ties and other tables name; ``None`` where they name none.

    `among` holds those that a matrix names, with their rows: some of them may have no tie.
    """
    listed = {n: k for n, k in (among or {}).items() if not is_nothing(n, "label")}
    found: dict[str, tuple[str, int]] = {}
    for name, number in listed.items():
        found.setdefault(_fold(name), (_strip(name), number))
    first = next((tables[name] for name in NAMED if name in tables), None) if found else None
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
                if not is_nothing(row[k], "label") and not EMAIL.fullmatch(row[k]):
                    found.setdefault(_fold(row[k]), (_strip(row[k]), number))
                    first = first or raw
    if first is None:
        return None
    names, numbers = zip(*found.values(), strict=True)
    note = note_shape(
        first,
        f"no list of organizations; {len(names):,} {'are' if len(names) > 1 else 'is'} named in "
        "the other tables",
        "They are taken as they are named. Their kinds, counties and services are not known: a "
        "table organizations with name, kind, county and state tells them.",
        allowed="A network has a table organizations.",
    )
    rows = [[name] for name in names]
    place = first.file, first.sheet
    return RawTable(
        *place, ("name",), first.header_row, rows, list(numbers), (note,), "organizations"
    )
