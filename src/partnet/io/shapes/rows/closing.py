"""Organizations that say that they have closed: under a status, or behind the name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.text import count_noun, join_words
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.dates import read_day
from ...values.parse import NO, YES
from ...values.words import fold_cell, is_nothing
from ..entries import tell_shape
from .status import HEADS, bare_status

# Columns that say whether an organization is still there; a membership's status says of that only.
STATES = frozenset(map(fold_word, (
    "status", "current status", "activity status", "operating status", "operational status",
    "facility status", "hospital status", "organization status", "agency status",
    "provider status", "site status", "open or closed", "open/closed", "open closed")))  # fmt: skip
OPEN = frozenset(map(fold_word, (
    "open", "is open", "still open", "currently open", "operating", "in operation",
    "still operating", "is operating")))  # fmt: skip
ENDS = frozenset(map(fold_word, ("end", "end date", "ended", "until", "date ended", "through")))
REMARKS = frozenset(map(fold_word, ("note", "notes", "comment", "comments", "remark", "remarks")))
CLOSED = frozenset({
    "closed", "permanently closed", "closed permanently", "closed for good", "closed its doors",
    "dissolved", "defunct", "out of business", "no longer operating", "no longer in operation",
    "no longer open", "not operating", "ceased operations", "ceased operation", "ceased to exist",
    "shut down", "shuttered", "now closed", "has closed", "hospital closed", "clinic closed",
    "facility closed", "closure",
})  # fmt: skip
CLOSING = frozenset({"closing", "will close", "to close", "closes", "scheduled to close"})
DOUBTFUL = frozenset({
    "inactive", "merged", "former", "terminated", "decertified", "converted",
    "temporarily closed", "suspended",
})  # fmt: skip
DAY_BEFORE = re.compile(r"^[\s,;:(\u2013-]*(?:(?:in|since|as of|on|effective|by)\b)?[\s:]*", re.I)
BEHIND = re.compile(r"(?<!\s)\s*+(?:\((?P<in>[^()]{5,40})\)|[,\u2013-]\s+(?P<out>[^,()]{5,40}))$")
BEFORE = re.compile(r"^\W{0,3}closed\W{0,2}\s*[:\u2013-]\s+(?=\S)", re.I)
MOST_NAMED = 3


@dataclass
class _Found:
    """Closings by row: the day, or "" where it is not told; and what was in doubt."""

    days: dict[int, str] = field(default_factory=dict)
    said: str = ""
    doubtful: list[tuple[str, str]] = field(default_factory=list)  # status and header


def take_closings(raw: RawTable) -> RawTable:
    """Write which organizations have closed, and on which day, into columns of their own."""
    headers = match_headers(raw, TABLES["organizations"])
    found = _Found()
    for at, text in headers.extras.items():
        head = fold_word(text)
        if head in STATES | OPEN | REMARKS | HEADS | ENDS:
            _read_column(raw, at, head, found)
    for column in ("closed", "closed_on"):
        if column in headers.columns:
            _read_own(raw, headers.columns[column], found)
    raw = _take_names(raw, headers.columns.get("name", -1), found)
    raw = _tell_doubtful(raw, found)
    return _write(raw, headers.columns, found) if found.days else raw


def _read_column(raw: RawTable, at: int, head: str, found: _Found) -> None:
    """Find closings under a status, a yes or no, or a remark that says nothing else."""
    for k, row in enumerate(raw.rows):
        day = read_closing(row[at])
        told = day is not None and head in STATES | OPEN | REMARKS
        if head in OPEN and fold_cell(row[at]) in NO:
            told, day = True, ""
        if told and day is not None:
            _add(found, k, day, row[at], raw.header[at])
        elif _may_be_over(row[at], head):
            found.doubtful.append((row[at], raw.header[at]))


def _may_be_over(text: str, head: str) -> bool:
    """Whether a cell may mean that an organization is no more: a word for it, or some end."""
    if head in ENDS:
        return read_day(text).value is not None
    return head in HEADS | STATES and bare_status(fold_cell(text)) in DOUBTFUL | CLOSED


def _read_own(raw: RawTable, at: int, found: _Found) -> None:
    """Part what stands under Closed: yes and no, a day, or both."""
    dated = fold_word(raw.header[at]) != "closed"  # a day there is what the column is for
    for k, row in enumerate(raw.rows):
        word, day = fold_cell(row[at]), read_day(row[at]).value
        if is_nothing(row[at], "value") or word in YES | NO or (dated and day):
            continue
        told = row[at] if day else read_closing(row[at])
        if told is not None:
            _add(found, k, told, row[at], raw.header[at])


def _add(found: _Found, k: int, day: str, cell: str, header: str) -> None:
    found.days[k] = found.days.get(k) or day
    found.said = found.said or f'"{cell[:40]}" under "{header}"'


def read_closing(text: str) -> str | None:
    """Give the day of a closing, "" where none is told; ``None`` where a text says of no closing.

    Examples
    --------
    >>> read_closing("Closed 2023-05"), read_closing("CLOSED"), read_closing("closed on Mondays")
    ('2023-05', '', None)
    """
    if len(text) > MOST_LETTERS:
        return None
    folded = fold_cell(text)
    if folded in CLOSED:
        return ""
    for word in sorted(CLOSED | CLOSING, key=len, reverse=True):
        if folded.startswith(word):
            rest = DAY_BEFORE.sub("", " ".join(text.split())[len(word) :]).strip(" ().")
            return rest if read_day(rest).value else None
    return None


MOST_LETTERS = 80


def _take_names(raw: RawTable, at: int, found: _Found) -> RawTable:
    """Take closings off the names: Cedar Hospital (closed 2023), CLOSED - Cedar Hospital."""
    names: dict[int, str] = {}
    for k, row in enumerate(raw.rows):
        text = row[at].strip() if at >= 0 else ""
        if front := BEFORE.match(text):
            names[k] = text[len(front[0]) :]
            _add(found, k, "", text, raw.header[at])
            continue
        match = BEHIND.search(text[-MOST_LETTERS:])
        day = read_closing(match["in"] or match["out"]) if match else None
        if match and day is not None:
            names[k] = text[: len(text) - len(match[0])]
            _add(found, k, day, text, raw.header[at])
    if not names:
        return raw
    rows = [
        [*row[:at], names[k], *row[at + 1 :]] if k in names else row
        for k, row in enumerate(raw.rows)
    ]
    return replace(raw, rows=rows)


def _write(raw: RawTable, columns: Mapping[str, int], found: _Found) -> RawTable:
    """Put closings into the columns ``closed`` and ``closed_on``, which are added if missing."""
    header = list(raw.header)
    places = dict(columns)
    for column in ("closed", "closed_on"):
        if column not in places:
            places[column] = len(header)
            header.append(column)
    rows = []
    for k, row in enumerate(raw.rows):
        cells = [*row, *[""] * (len(header) - len(row))]
        if k in found.days:
            cells[places["closed"]] = "yes"
            cells[places["closed_on"]] = found.days[k]
        rows.append(cells)
    at = columns.get("name", -1)
    names = [raw.rows[k][at] for k in sorted(found.days) if at >= 0]
    who = f" ({join_words(names, most=MOST_NAMED)})" if names else ""
    return tell_shape(
        replace(raw, header=tuple(header), rows=rows),
        f"{found.said}; {count_noun(len(found.days), 'organization')}{who}",
        "It is kept as closed: after that day (without a day, on any) neither it nor its ties and "
        "services count. The columns Closed and Closed on hold it.",
        allowed="An organization is there, or has closed.",
    )


def _tell_doubtful(raw: RawTable, found: _Found) -> RawTable:
    """Say which words may mean that an organization is no more: it stays on the list."""
    if not found.doubtful:
        return raw
    text, header = found.doubtful[0]
    return tell_shape(
        raw,
        f'"{text[:40]}" under "{header}" in {count_noun(len(found.doubtful), "row")}',
        "They stay on the list. Write yes under Closed, or the day under Closed on, for an "
        "organization that is no more.",
        allowed="A row of Organizations is somebody who is here, or has closed.",
    )
