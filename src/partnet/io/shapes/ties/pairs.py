"""Ties whose two ends stand in one cell (Alder -> Birch), or as a lead with its partners."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from ....core.schema import TABLES
from ....core.vocabulary import fold_word
from ....core.wording.names import fold_name
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import is_nothing
from ..cells.several import MARKS, list_parts
from ..entries import Entries, note_shape

HEADS = frozenset(map(fold_word, (
    "pair", "pairs", "link", "links", "tie", "ties", "connection", "connections", "partnership",
    "partnerships", "dyad", "edge", "edges", "between", "relationship", "who with whom",
    "organizations", "partners")))  # fmt: skip
ARROW = re.compile(r"(<[-=]++>?|(?<![-=<])[-=]++>|[↔⇄⟷→⟶←])")
DASH = re.compile(r"(?<!\s)\s++([-\u2013\u2014])\s+")
BOTH, BACK = frozenset("<↔⇄⟷"), frozenset("←")
FEWEST = 2  # rows
LEADS = frozenset(map(fold_word, ("lead", "lead partner", "lead org", 
                                  "project lead", "lead entity", "convener")))  # fmt: skip
ABOUT = frozenset(map(fold_word, ("project", "project name", "project title", "initiative",
                                  "activity", "program", "collaboration")))  # fmt: skip


def find_pairs(raw: RawTable, known: Collection[str] = ()) -> int:
    """Give the position of the column that holds both ends of every tie; -1 where there is none.

    Arrows tell it. Dashes only where a name stands on both sides of some, or all are known: they
    stand in names too (Avera - Creighton).
    """
    heads = [k for k, text in enumerate(raw.header) if text]
    asked = [k for k in heads if fold_word(raw.header[k]) in HEADS] or heads[: len(heads) == 1]
    for k in asked if len(raw.rows) >= FEWEST else ():
        mark = next((m for m in (ARROW, DASH) if m.search(raw.rows[0][k])), None)
        if mark is None:
            continue
        parts = [_split(mark, row[k]) for row in raw.rows if row[k]]
        if any(len(part) != 3 or not (part[0] and part[2]) for part in parts):
            continue
        if mark is ARROW:
            return k
        left, right = ({fold_name(part[i]) for part in parts} for i in (0, 2))
        if left & right or left | right <= set(known):
            return k
    return -1


def melt_pairs(raw: RawTable, at: int) -> RawTable:
    """Part cells of two ends; an arrow is the direction. One in the row of headers is a tie too."""
    raw = _lower_header(raw, at)
    kept = [k for k in range(len(raw.header)) if k != at]
    entries = Entries(raw, ("source", "target", "directed", *(raw.header[k] for k in kept)))
    for position, row in enumerate(raw.rows):
        ends = _split(ARROW if ARROW.search(row[at]) else DASH, row[at])
        if len(ends) == 3:
            entries.add(position, [*_direct(*ends), *(row[k] for k in kept)])
    note = note_shape(
        raw,
        f'"{raw.header[at]}" with both ends of a tie in a cell ("{raw.rows[0][at]}")',
        f"They are read as {len(entries.rows):,} ties; an arrow is their direction.",
        allowed="The ends of a tie stand in two columns.",
    )
    return entries.make(note)


def _lower_header(raw: RawTable, at: int) -> RawTable:
    """Read the row of headers as the first row, where it holds two ends with an arrow as well."""
    ends = _split(ARROW, raw.header[at])
    if len(ends) != 3 or not (ends[0] and ends[2]):
        return raw
    header = tuple("pair" if k == at else "" for k in range(len(raw.header)))
    numbers = [raw.header_row, *raw.row_numbers]
    rows = [list(raw.header), *raw.rows]
    return replace(raw, header=header, header_row=0, rows=rows, row_numbers=numbers)


def _split(mark: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in mark.split(text)]


def _direct(one: str, mark: str, other: str) -> tuple[str, str, str]:
    """Source, target and direction of a pair."""
    if mark[0] in BACK or (mark[0] == "<" and mark[-1] != ">"):
        return other, one, "yes"
    both = mark[0] in BOTH
    return one, other, "no" if both else "yes" if ARROW.fullmatch(mark) else ""


def find_leads(raw: RawTable, known: Collection[str] = ()) -> int:
    """Give the position of the leads of projects beside their partners; -1 where there are none.

    A lead may be a person: one of them has to stand among the partners, or all are known.
    """
    headers = match_headers(raw, TABLES["ties"])
    target = headers.columns.get("target", -1)
    words = {k: fold_word(text) for k, text in headers.extras.items()}
    at = next((k for k, word in words.items() if word in LEADS), -1)
    if min(at, target) < 0 or "source" in headers.columns or not ABOUT & {*words.values()}:
        return -1
    leads = {fold_name(row[at]) for row in raw.rows if not is_nothing(row[at], "label")}
    texts = {part for row in raw.rows for part in list_parts(MARKS, row[target])}
    among = leads & set(map(fold_name, texts))
    return at if leads and (among or leads <= set(known)) else -1


def name_leads(raw: RawTable, at: int) -> RawTable:
    """Read each project as ties of its lead with its partners; the project tells why."""
    words = list(map(fold_word, raw.header))
    why = next((k for k, word in enumerate(words) if word in ABOUT), -1)
    names = {at: "source", why: "evidence"}
    note = note_shape(
        raw,
        f'"{raw.header[at]}" and partners of each "{raw.header[why]}"',
        "The lead is tied to each partner; partners of one project are not tied to each other.",
        allowed="A row of Ties links two organizations.",
    )
    header = tuple(names.get(k, text) for k, text in enumerate(raw.header))
    return replace(raw, header=header, notes=(*raw.notes, note))
