"""Partners with how often or how in brackets behind them: Birch Clinic (weekly)."""

from __future__ import annotations

import re

from ....core.schema import TABLES
from ....core.vocabulary import Vocabulary, default_vocabulary
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import is_nothing
from ..cells.several import MARKS, list_parts
from ..entries import Entries, note_shape
from ..rows.status import is_status

MOST_LOOKED_AT = 2_000  # rows that tell whether anything stands behind names
BEHIND = re.compile(
    r"(.+?)(?<!\s)(?:\s*+(?:\(([^()]+)\)|:\s+([^:]+))|\s++[-\u2013\u2014]\s([^-\u2013\u2014]+))"
)


def part_answers(raw: RawTable) -> RawTable:
    """Take answers that stand behind the names of partners as strengths, relations or status.

    So where every such remark of the column is a known level, every one a known relation, or every
    one says that it is planned or ended.
    """
    headers = match_headers(raw, TABLES["ties"]).columns
    at = headers.get("target", -1)
    if at < 0 or "source" not in headers:
        return raw
    first = (part for row in raw.rows[:MOST_LOOKED_AT] for part in list_parts(MARKS, row[at]))
    if not any(map(BEHIND.fullmatch, first)):
        return raw
    cells = {row[at]: [_part(text) for text in list_parts(MARKS, row[at])] for row in raw.rows}
    remarks = {remark for parts in cells.values() for _, remark in parts if remark}
    column = _find_column(remarks, default_vocabulary())
    if not column or column in headers:
        return raw
    entries = Entries(raw, (*raw.header, column))
    for position, row in enumerate(raw.rows):
        for name, remark in cells[row[at]]:
            if len(cells[row[at]]) == 1 or not is_nothing(name, "label"):
                whole = [name if k == at else text for k, text in enumerate(row)]
                entries.add(position, [*whole, remark])
    shown = next(text for text, parts in cells.items() if any(remark for _, remark in parts))
    note = note_shape(
        raw,
        f'"{raw.header[at]}" with a {column} behind names ("{" ".join(shown.split())[:80]}")',
        f"They are read as the {column} of each tie.",
        allowed=f"The {column} of a tie has a column of its own.",
    )
    return entries.make(note)


def _part(text: str) -> tuple[str, str]:
    match = None if is_nothing(text, "label") else BEHIND.fullmatch(text)
    return (match[1], next(filter(None, match.groups()[1:]))) if match else (text, "")


def _find_column(remarks: set[str], words: Vocabulary) -> str:
    """The column that all remarks belong to; "" where they are neither levels nor relations."""
    if remarks and all(words.find_answer(text) is not None for text in remarks):
        return "strength"
    if remarks and all(words.find_relation(text) for text in remarks):
        return "relation"
    if remarks and all(map(is_status, remarks)):
        return "status"
    return ""
