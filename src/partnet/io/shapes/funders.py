"""Grants whose list names the funder and the money, and no program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.rows.awards import UNSTATED
from ...core.schema import TABLES
from ..cells import RawTable
from ..headers import match_headers
from ..values.words import is_nothing
from .entries import note_shape


def name_programs(raw: RawTable) -> RawTable:
    """Give each grant a program of its own where no column names one: none is shared then."""
    at = match_headers(raw, TABLES["funding"]).columns
    if "program" in at or "recipient" not in at or not {"funder", "amount"} & set(at):
        return raw
    rows = [[*row, _name_program(row, at.get("funder", -1), at["recipient"])] for row in raw.rows]
    note = note_shape(
        raw,
        "no column program",
        "Each grant counts as a program of its own; which program it is from is not known.",
        allowed="A grant is from a program.",
    )
    return replace(raw, header=(*raw.header, "program"), rows=rows, notes=(*raw.notes, note))


def _name_program(row: Sequence[str], funder: int, recipient: int) -> str:
    if is_nothing(row[recipient], "label"):
        return ""
    source = "" if funder < 0 or is_nothing(row[funder]) else f"{row[funder]} "
    return f"{source}to {row[recipient]}{UNSTATED}"
