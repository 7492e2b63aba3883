"""Several values in one cell: services, groups, populations, partners."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import product

from ....core.schema import TABLES, Column
from ....core.vocabulary import default_vocabulary
from ....core.wording.names import fold_name
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.words import fold_cell, is_nothing
from ..entries import Entries, note_shape

MARKS = re.compile(r"[;|\n\r]+|\u2022")
COMMA = re.compile(r",(?!\d{3}\b)|\s/\s")
COMMA_OUTSIDE = re.compile(r",(?![^()]{0,80}\))")  # no comma within brackets
SLASH = re.compile(r"\s/\s")
AND = re.compile(r",?\s+(?:and|&|\+)\s+|,\s+", re.IGNORECASE)
NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+")
LETTERED = re.compile(r"^\(?([a-z])[.)]\s+(?=\S)")
FIRST = re.compile(r"\(?1[.)]\s")
NEXT = re.compile(r"\s(?=\(?(?:[2-9]|[12]\d)[.)]\s)")  # 1) Transport 2) Food
BETWEEN = re.compile(r",? (?:and|&|\+) |, ?| / |,?\n", re.IGNORECASE)  # names of a sentence
MOST_JOINED = 5  # marks within a name, and behind it
MOST_LISTED = 20_000  # characters of a cell that lists names in a sentence
MOST_PARTS = 200  # values of one cell, and rows that one row may become

Split = Callable[[str], list[str]]


def split_several(
    raw: RawTable, name: str, known: Collection[str], *, alone: bool = False
) -> RawTable:
    """Give each value of a cell a row of its own, in columns where a cell may hold several.

    Semicolons, bars and line breaks part values; commas only where the parts stand alone elsewhere.
    A cell that is as a whole the name of an organization stays whole.

    Parameters
    ----------
    raw : RawTable
        The table.
    name : str
        Which table it is.
    known : collection of str
        Folded ids and names of organizations.
    alone : bool, default False
        Whether there is no list of organizations: then semicolons and line breaks always part.
    """
    headers = match_headers(raw, TABLES[name])
    splits: dict[int, Split] = {}
    for column in TABLES[name].columns:
        at = headers.columns.get(column.name)
        relation = name == "ties" and column.type == "relation"
        if at is None or not (column.several or relation or _names_partner(column, name)):
            continue
        texts = [row[at] for row in raw.rows]
        many = bool(PLURAL.search(raw.header[at]))
        if column.name == "service":
            many = bool(SERVICES.search(raw.header[at]))
        split = _make_split(column, texts, known, alone=alone, many=many)
        if split is not None:
            splits[at] = split
    if not splits:
        return raw
    joint = headers.columns.get("amount", -1) if name == "funding" else -1
    beside = headers.columns.get("strength", -1) if name == "ties" else -1
    raw = raw if joint < 0 else _blank_joint(raw, splits, joint)
    return _split_rows(raw, splits, beside)


def _blank_joint(raw: RawTable, splits: Mapping[int, Split], at: int) -> RawTable:
    """Leave amounts out that several organizations share: whose part is which is not known."""
    shared = [
        k for k, row in enumerate(raw.rows)
        if row[at] and any(len(split(row[i])) > 1 for i, split in splits.items())
    ]  # fmt: skip
    if not shared:
        return raw
    rows = [list(row) for row in raw.rows]
    said = ", ".join(rows[k][at] for k in shared[:3]) + (", ..." if len(shared) > 3 else "")
    for k in shared:
        rows[k][at] = ""
    note = note_shape(
        replace(raw, header_row=raw.row_numbers[shared[0]]),
        f"an amount for several organizations in {count_noun(len(shared), 'row')} ({said})",
        "Each of them has the award; which part of the amount is whose is not known, and blank. "
        "Give each a row with its amount if you know it.",
        allowed="An amount is that of one organization.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _names_partner(column: Column, table: str) -> bool:
    """Columns of organizations that may list several: the ends of ties, whom an award went to."""
    return column.type == "organization" and table != "organizations"


def _make_split(
    column: Column, texts: list[str], known: Collection[str], *, alone: bool, many: bool = False
) -> Split | None:
    """The way in which cells of a column are parted; ``None`` where none holds several values."""
    cells = [text for text in dict.fromkeys(texts) if text and fold_name(text) not in known]
    if column.type == "relation":
        parts = {text: _split_relations(text) for text in cells if _may_hold(text)}
    elif column.type == "organization":
        parts = {text: _split_names(text, known, alone=alone) for text in cells if _may_hold(text)}
        parts = {t: _split_listed(t, known, many) if p == [t] else p for t, p in parts.items()}
    else:
        single, commas = _count_values(cells)
        parts = {text: _split_values(text, single, commas) for text in cells if _may_hold(text)}
        parts = {t: _split_short(t) if many and p == [t] else p for t, p in parts.items()}
    several = {text: found for text, found in parts.items() if found != [text]}
    if not several:
        return None
    return lambda text: several.get(text, [text])


def _may_hold(text: str) -> bool:
    marked = MARKS.search(text) or COMMA.search(text) or AND.search(text)
    return bool(marked or (FIRST.match(text) and NEXT.search(text)))


def _split_relations(text: str) -> list[str]:
    """Part a cell of relations, where every part is one and the whole is none."""
    find = default_vocabulary().find_relation
    for mark in (MARKS, COMMA, AND) if find(text) is None else ():
        pieces = list_parts(mark, text)
        known = [find(piece) is not None or bool(OTHER.match(piece)) for piece in pieces]
        if len(pieces) > 1 and all(known) and any(map(find, pieces)):
            return pieces
    return [text]


OTHER = re.compile(r"other\b", re.IGNORECASE)  # Referrals, Other: shared van


def _split_names(text: str, known: Collection[str], *, alone: bool = False) -> list[str]:
    """Part a cell of organizations; a part that is a whole name is not parted further."""
    if fold_name(text) in known:
        return [text]
    quoted = _list_quoted(text) if '"' in text else []
    if quoted and all(fold_name(name) in known for name in quoted):
        return quoted
    parts = list_parts(MARKS, text)
    whole = alone and all(part[:1].isalnum() for part in parts)
    if len(parts) > 1 and (whole or any(fold_name(part) in known for part in parts)):
        return [piece for part in parts for piece in _split_names(part, known)]
    if len(parts) == 1 and parts != [text]:  # a semicolon behind the last, as of Microsoft Forms
        return _split_names(parts[0], known)
    return _part_known(text, known) or (list_joined(text, known) if alone else [text])


def _part_known(text: str, known: Collection[str]) -> list[str]:
    """Part a cell between known names: Alder Hospital, Inc., Smith & Jones Clinic and Birch Clinic.

    [] where some part is nobody. The longest name counts, so that marks within one do not part it.
    """
    if len(text) > MOST_LISTED:
        return []
    found, start = [], 0
    marks = [match.span() for match in BETWEEN.finditer(text)]
    while start < len(text):
        ends = [span for span in marks if span[0] > start][:MOST_JOINED]
        last = [(len(text), len(text))] if len(ends) < MOST_JOINED else []
        longest = [*last, *reversed(ends)]
        span = next((s for s in longest if fold_name(text[start : s[0]]) in known), None)
        if span is None:
            return []
        found.append(text[start : span[0]].strip())
        start = span[1]
    return found if len(found) > 1 else []


def list_joined(text: str, known: Collection[str]) -> list[str]:
    """Part two names with "and" between them, of which one stands alone elsewhere.

    Examples
    --------
    >>> list_joined("Alder Hospital & Birch Clinic", {"birch clinic"})
    ['Alder Hospital', 'Birch Clinic']
    >>> list_joined("Knox Health & Wellness", {"birch clinic"})
    ['Knox Health & Wellness']
    """
    pieces = list_parts(AND, text) if "," not in text else []
    names = [fold_name(piece) in known for piece in pieces]
    listed = all(ok or " " in piece for ok, piece in zip(names, pieces, strict=True))
    return pieces if len(pieces) > 1 and any(names) and listed else [text]


PLURAL = re.compile(r"(partners|members|organi[sz]ations|agencies|collaborators|entities|parties|"
                    r"grantees|recipients|names)\W*$", re.IGNORECASE)  # fmt: skip
TAIL = re.compile(  # what stands behind a comma within one name
    r"(inc|llc|ltd|lp|pc|pllc|co|corp|incorporated|llp|md|the|dba .*|d/b/a .*|.* county|"
    r"[a-z]{2}( \d{5})?)\.?", re.IGNORECASE)  # fmt: skip

ACRONYM = re.compile(r"[A-Z]{3,8}")


def _split_listed(text: str, known: Collection[str], many: bool) -> list[str]:
    """Part a cell of names by commas, where each is known, of two words at least, or an acronym.

    Under a header in the singular (not `many`) one of them is known.
    """
    if len(text) > MOST_LISTED:
        return [text]
    pieces = list_parts(COMMA, text)
    if len(pieces) > 1 and " and " in pieces[-1] and fold_name(pieces[-1]) not in known:
        last = [part for part in AND.split(pieces[-1]) if part.strip()]
        pieces = [*pieces[:-1], *last]
    pieces = [re.sub(r"^and\s+", "", piece) for piece in pieces]
    here = [fold_name(piece) in known for piece in pieces]
    named = [(" " in p or ACRONYM.fullmatch(p)) and not TAIL.fullmatch(p) for p in pieces]
    listed = all(one or other for one, other in zip(here, named, strict=True))
    return pieces if len(pieces) > 1 and listed and (many or any(here)) else [text]


SERVICES = re.compile(r"\bservices\b", re.IGNORECASE)  # a header that announces several
GOES_ON = re.compile(r"(and|or|including|incl|such as|e\.?g|with|for|etc)\b", re.IGNORECASE)
MOST_SHORT = 40  # characters of a service among several


def _split_short(text: str) -> list[str]:
    """Part Emergency, inpatient, swing bed (10 beds): short services, none of which goes on."""
    pieces = list_parts(COMMA_OUTSIDE, text)
    short = all(len(p) <= MOST_SHORT and not GOES_ON.match(p) for p in pieces)
    return pieces if len(pieces) > 2 and short else [text]


def _list_quoted(text: str) -> list[str]:
    """Names of which some stand in quotes, as Airtable lists them: "Alder, Inc.",Birch Clinic."""
    try:
        return [name.strip() for name in next(csv.reader([text], skipinitialspace=True))]
    except csv.Error:
        return []


def _count_values(cells: list[str]) -> tuple[set[str], Counter[str]]:
    """Values that stand alone, and in how many cells each stands between commas."""
    values = [part for text in cells for part in list_parts(MARKS, text)]
    alone = {fold_cell(part) for part in values if not COMMA.search(part)}
    listed = Counter(
        piece for part in values if COMMA.search(part)
        for piece in {fold_cell(p) for p in list_parts(COMMA, part)}
    )  # fmt: skip
    return alone, listed


def _split_values(text: str, alone: set[str], commas: Counter[str]) -> list[str]:
    return [
        piece for part in list_parts(MARKS, text) for piece in _split_commas(part, alone, commas)
    ]


def _split_commas(text: str, alone: set[str], commas: Counter[str]) -> list[str]:
    """Part at commas where one part stands alone elsewhere, and every other one somewhere else."""
    pieces = list_parts(COMMA, text)
    folded = [fold_cell(piece) for piece in pieces]
    stands = [piece in alone for piece in folded]
    seen = all(own or commas[piece] > 1 for own, piece in zip(stands, folded, strict=True))
    if len(pieces) > 1 and any(stands) and seen:
        return pieces
    parts = list_parts(SLASH, text)  # of two with a slash between them one alone is enough
    return parts if any(fold_cell(part) in alone for part in parts) else [text]


def list_parts(mark: re.Pattern[str], text: str) -> list[str]:
    """Part a cell; without the marks and numbers of lists, and the numbers that SharePoint adds."""
    if mark is MARKS and ";#" in text:  # 12;#Birch Clinic;#15;#Cedar Food Bank
        parts = [part.strip("# ") for part in text.split(";")]
        return [part for part in parts if part and not part.isdigit()][:MOST_PARTS] or [text]
    if mark is MARKS and FIRST.match(text):
        text = NEXT.sub("\n", text)
    parts = [_strip_bullet(part) if mark is MARKS else part.strip() for part in mark.split(text)]
    return _strip_letters([part for part in parts if part][:MOST_PARTS]) or [text]


def _strip_letters(parts: list[str]) -> list[str]:
    """Parts that are counted by letters without these: a. Food; b. Transport."""
    found = [LETTERED.match(part) for part in parts]
    counted = "".join(match[1] for match in found if match)
    if len(parts) < 2 or counted != "abcdefghijklmnopqrstuvwxyz"[: len(parts)]:
        return parts
    return [LETTERED.sub("", part) for part in parts]


def _strip_bullet(text: str) -> str:
    """A part without the mark or number that begins a line of a list."""
    return NUMBERED.sub("", text.strip(" \t-•*▪◦‣"))


NUMBERS = re.compile(r"\d{1,2}(, ?\d{1,2})+")  # 3, 1 beside two partners


def _pair_up(row: Sequence[str], splits: Mapping[int, Split], beside: int) -> list[str]:
    """Strengths listed beside as many partners (Birch; Cedar, and 3; 1): one for each of these."""
    lists = [k for k, split in splits.items() if len(split(row[k])) > 1]
    alone = beside >= 0 and len(lists) == 1
    parts = list_parts(MARKS, row[beside]) if alone else []
    if len(parts) == 1 and NUMBERS.fullmatch(parts[0]):
        parts = list_parts(COMMA, parts[0])
    several = len(parts) > 1 and len(parts) == len(splits[lists[0]](row[lists[0]]))
    return parts if several else []


def _split_rows(raw: RawTable, splits: dict[int, Split], beside: int = -1) -> RawTable:
    entries = Entries(raw, raw.header)
    cells = 0
    for position, row in enumerate(raw.rows):
        options = [splits[k](text) if k in splits else [text] for k, text in enumerate(row)]
        made = [list(one) for _, one in zip(range(MOST_PARTS), product(*options), strict=False)]
        for one, part in zip(made, _pair_up(row, splits, beside), strict=False):
            one[beside] = part
        cells += len(made) > 1
        kept = [one for one in made if len(made) == 1 or not _says_nothing(one, splits)]
        for one in kept or made[:1]:
            entries.add(position, one)
    named = ", ".join(raw.header[k] for k in splits)
    return entries.make(
        note_shape(
            raw,
            f"several values in one cell of {named}, in {count_noun(cells, 'row')}",
            f"Each value is read as a row of its own: {len(entries.rows):,} rows are read.",
            allowed="A cell holds one value.",
        )
    )


def _says_nothing(row: list[str], splits: dict[int, Split]) -> bool:
    return any(is_nothing(row[k]) for k in splits)
