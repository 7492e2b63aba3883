"""Reads the workbook of a report back: its tables by the names that its contents give them."""

from __future__ import annotations

import io
from typing import Any

import openpyxl


def read_tables(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Header and rows of every table, found by the links of the contents."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for name, _, rows, title, _ in book["Contents"].iter_rows(min_row=4):
        link = name.hyperlink.location
        assert link.rsplit("!", 1)[0].strip("'").replace("''", "'") == title.value
        row = int(link.rsplit("!A", 1)[1])
        sheet = book[title.value]
        refs = [t.ref for t in sheet.tables.values() if t.ref.startswith(f"A{row + 2}:")]
        found = list(sheet[refs[0]]) if refs else []
        tables[name.value] = [tuple(cell.value for cell in cells) for cells in found]
        assert len(found) == (rows.value + 1 if rows.value else 0)
    return tables
