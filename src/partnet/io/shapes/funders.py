"""Grants whose list names the funder and the money, and no program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...core.rows.awards import UNSTATED
from ...core.schema import TABLES
from ...core.vocabulary import fold_word
from ..cells import RawTable
from ..headers import match_headers
from ..values.words import fold_cell, is_nothing
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


def name_currencies(raw: RawTable) -> RawTable:
    """Write another currency than dollars behind its amounts, which are refused then."""
    at = match_headers(raw, TABLES["funding"])
    money = at.columns.get("amount", -1)
    currency = next((k for k, t in at.extras.items() if fold_word(t) in CURRENCY), -1)
    if min(money, currency) < 0:
        return raw
    other = {row[currency] for row in raw.rows} - {""}
    other = {text for text in other if fold_cell(text) not in DOLLARS and not is_nothing(text)}
    rows = [
        [f"{t} {row[currency]}" if k == money and t else t for k, t in enumerate(row)]
        if row[currency] in other
        else row
        for row in raw.rows
    ]
    return replace(raw, rows=rows) if other else raw


CURRENCY = frozenset(map(fold_word, ("currency", "currency code", "currency type")))
DOLLARS = frozenset(
    {"usd", "us$", "$", "us dollar", "us dollars", "dollar", "dollars", "u.s. dollars"}
)


def _name_program(row: Sequence[str], funder: int, recipient: int) -> str:
    if is_nothing(row[recipient], "label"):
        return ""
    source = "" if funder < 0 or is_nothing(row[funder]) else f"{row[funder]} "
    return f"{source}to {row[recipient]}{UNSTATED}"
