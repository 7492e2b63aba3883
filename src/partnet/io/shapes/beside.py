"""Columns beside the organizations that belong to other tables: services, groups, partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers import match_headers
from ..values.numbers import read_number
from ..values.parse import NO, YES
from ..values.words import fold_cell, is_nothing
from .entries import Entries, note_shape

# table: the column of the organizations, its own column, and headers that mean only this
BESIDE: Mapping[str, tuple[str, str, frozenset[str]]] = {
    "services": ("organization", "service", frozenset(map(fold_word, (
        "services", "services offered", "services provided", "service", "programs and services",
        "what services do you offer", "services you offer")))),
    "memberships": ("organization", "group", frozenset(map(fold_word, (
        "coalitions", "coalition", "groups", "memberships", "member of", "group memberships",
        "coalition memberships", "networks and coalitions", "coalition membership", "task force",
        "workgroup", "work group", "working group", "committee", "subcommittee", "council",
        "action team", "consortium", "alliance")))),
    "ties": ("source", "target", frozenset(map(fold_word, (
        "partners", "partner organizations", "works with", "collaborates with", "connected to",
        "current partners", "works closely with", "partner agencies", "key partners",
        "main partners", "who do you work with", "organizations you work with")))),
}  # fmt: skip


def take_beside(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Make tables of services, groups and ties from columns beside the organizations.

    A table that is there already is not touched; then the column is kept as text.
    """
    raw = tables["organizations"]
    at = match_headers(raw, TABLES["organizations"])
    made: dict[str, RawTable] = {}
    if "name" not in at.columns or raw.origins:
        return made
    for table, (owner, column, words) in BESIDE.items():
        found = next((k for k, text in at.extras.items() if fold_word(text) in words), -1)
        if table in tables or found < 0 or not _names_something(raw, found):
            continue
        entries = Entries(raw, (owner, column))
        for position, row in enumerate(raw.rows):
            name = row[at.columns["name"]]
            if not is_nothing(row[found]) and not is_nothing(name, "label"):
                entries.add(position, [name, row[found]])
        note = note_shape(
            raw,
            f'"{raw.header[found]}" beside the organizations',
            f"It is read as a table {table}: {len(entries.rows)} rows.",
            allowed=f"The table {table} has one entry a row.",
        )
        made[table] = replace(entries.make(), table=table, notes=(note,), spent=0)
    return made


def _names_something(raw: RawTable, position: int) -> bool:
    """Whether a column holds names: neither counts nor yes and no."""
    cells = {fold_cell(row[position]) for row in raw.rows if not is_nothing(row[position])}
    return bool(cells - YES - NO) and not all(read_number(text) is not None for text in cells)
