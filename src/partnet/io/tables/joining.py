"""One table over several sheets or files: a list that goes on, a sheet for each county."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...core.errors import InputProblem, Where
from ...core.schema import TABLES
from ...core.vocabulary import default_vocabulary, fold_word
from ..cells import RawTable
from ..headers.columns import match_headers
from ..shapes.ties.matrix import is_matrix, melt_matrix

CONTINUED = re.compile(r"\b(continued|cont|contd|page|part|sheet|no|number)\b|[\d()_.#-]+")
SET_ASIDE = re.compile(
    r"\b(old|older|archive|archived|backup|copy|copies|draft|drafts|previous|prior|former|last|"
    r"original|template|example|sample|test|ignore|deleted|unused|do not use)\b"
)
YEAR = re.compile(r"\b(?:s?fy ?)?((?:19|20)\d{2})\b|\bs?fy ?(\d{2})\b")
ADDED_UP = frozenset({"funding", "contacts", "outcomes"})  # a sheet for each year makes one log
KIND_OF_LIST = re.compile(r"\s+(ties?|edges?|edge list|edgelist|network|links?|list|matrix)$")


def title_of(raw: RawTable) -> str:
    """The name of its sheet, else of its file."""
    return raw.sheet or Path(raw.file).stem


def may_join(first: RawTable, second: RawTable, name: str) -> bool:
    """Tell whether a second sheet of a kind goes on with the first.

    It has the same headers, or its name says so (Ties, Ties 2). Sheets that somebody put by (Ties
    old, Copy of Ties) or that stand for different years do not.
    """
    titles = [fold_word(title_of(raw)) for raw in (first, second)]
    if any(map(SET_ASIDE.search, titles)):
        return False
    if any(map(YEAR.search, titles)) and not (name in ADDED_UP and _shares_no_row(first, second)):
        return False
    if name == "ties" and all(map(_is_square, (first, second))):
        return True
    known = [set(match_headers(raw, TABLES[name]).columns) for raw in (first, second)]
    needed = {c.name for c in TABLES[name].columns if c.required and not c.default}
    needed -= {"program"}  # a list of grants may do without
    if not needed <= known[0] & known[1] or list(first.rows) == list(second.rows):
        return False
    goes_on = _strip_count(titles[0]) == _strip_count(titles[1]) != ""
    heads = [{fold_word(text) for text in raw.header if text} for raw in (first, second)]
    same = [sorted(words - {"relation"}) for words in heads]
    return goes_on or (same[0] == same[1] and len(same[0]) > 1)


def _shares_no_row(first: RawTable, second: RawTable) -> bool:
    """Whether sheets go on with each other: lists that were made anew each year would add up."""
    return {tuple(row) for row in first.rows}.isdisjoint(map(tuple, second.rows))


def year_of(raw: RawTable) -> str:
    """The year that a sheet or a file is called by; "" where it is by none."""
    found = YEAR.search(fold_word(title_of(raw)))
    return (found[1] or f"20{found[2]}") if found else ""


def put_newest_first(raws: list[RawTable]) -> list[RawTable]:
    """Sheets that stand for years in falling order, in the places of their kind."""
    dated = [k for k, raw in enumerate(raws) if year_of(raw)]
    falling = iter(sorted((raws[k] for k in dated), key=year_of, reverse=True))
    return [next(falling) if k in dated else raw for k, raw in enumerate(raws)]


def take_title(raw: RawTable, name: str) -> RawTable:
    """Take from the name of a sheet what its rows do not say: their relation, their fiscal year."""
    columns = match_headers(raw, TABLES[name]).columns if name else {}
    if name == "funding" and not {"fiscal_year", "period_start", "period_end"} & set(columns):
        return _write_title(raw, "fiscal_year", year_of(raw))
    if name == "ties" and {"source", "target"} <= set(columns) and "relation" not in columns:
        return _write_title(raw, "relation", relation_of(raw))
    return raw


def relation_of(raw: RawTable) -> str:
    """The name of a sheet without what kind of list it is, where it is that of a relation.

    Examples
    --------
    >>> relation_of(RawTable("x.csv", "Referral ties", ("From", "To"), 1, [], []))
    'referral'
    """
    find = default_vocabulary().find_relation
    corner = raw.header[0] if raw.header and find(raw.header[0]) and is_matrix(raw) else ""
    title = KIND_OF_LIST.sub("", YEAR.sub("", fold_word(corner or title_of(raw))).strip())
    extras = match_headers(raw, TABLES["ties"]).extras.values()
    if find(title) is None or any(find(text) for text in extras if text and text != corner):
        return ""
    general = find(title) == find("ties") and title in map(fold_word, TABLES["ties"].words)
    return "" if general else title


def _write_title(raw: RawTable, column: str, text: str) -> RawTable:
    if not text:
        return raw
    note = InputProblem(
        Where(raw.file, raw.sheet),
        f'the name "{title_of(raw)}", and no column {column}',
        "A sheet may be called by what all of its rows have in common.",
        f'All rows have the {column.replace("_", " ")} "{text}".',
        level="note",
    )
    rows = [[*row, text] for row in raw.rows]
    return replace(raw, header=(*raw.header, column), rows=rows, notes=(*raw.notes, note))


def _is_square(raw: RawTable) -> bool:
    return is_matrix(raw) or (bool(raw.parts) and raw.header[:2] == ("source", "target"))


def _strip_count(title: str) -> str:
    return " ".join(CONTINUED.sub(" ", title).split())


def join_tables(first: RawTable, second: RawTable, name: str) -> RawTable:
    """Put the rows of a second sheet below those of the first, each cell under its own header.

    Matrices become ties, with the name of the sheet as their relation where it is one.
    """
    parts = (*(first.parts or (first,)), second)
    if name == "ties" and is_matrix(second):
        first = first if first.parts else _melt_sheet(first)
        second = _melt_sheet(second)
    header, positions = _match(first, second, name)
    width = len(header)
    rows = [[*row, *[""] * (width - len(row))] for row in first.rows]
    for row in second.rows:
        cells = [""] * width
        for k, text in zip(positions, row, strict=True):
            cells[k] = cells[k] or text
        rows.append(cells)
    return replace(
        first,
        header=tuple(header),
        rows=rows,
        row_numbers=[*first.row_numbers, *second.row_numbers],
        places=[*first.list_places(), *second.list_places()],
        origins=_join_origins(first, second),
        spent=first.spent + second.spent,
        notes=(*first.notes, *second.notes, _tell_joined(first, second, name)),
        semicolons=first.semicolons or second.semicolons,
        parts=parts,
    )


def _melt_sheet(raw: RawTable) -> RawTable:
    return melt_matrix(raw, relation_of(raw))


def _match(first: RawTable, second: RawTable, name: str) -> tuple[list[str], list[int]]:
    """The headers of both, and where each column of the second goes."""
    own, other = (match_headers(raw, TABLES[name]).columns for raw in (first, second))
    meaning = {k: column for column, k in other.items()}
    header = list(first.header)
    words = {fold_word(text): k for k, text in reversed([*enumerate(header)]) if text}
    positions: list[int] = []
    for k, text in enumerate(second.header):
        at = own.get(meaning.get(k, ""), -1)
        at = words.get(fold_word(text), -1) if at < 0 and text else at
        if at < 0 or at in positions:
            at = len(header)
            header.append(text)
        positions.append(at)
    return header, positions


def _join_origins(first: RawTable, second: RawTable) -> Sequence[int]:
    if not first.origins and not second.origins:
        return ()
    before = first.origins or range(len(first.rows))
    shift = max(before, default=-1) + 1
    return [*before, *(k + shift for k in second.origins or range(len(second.rows)))]


def _tell_joined(first: RawTable, second: RawTable, name: str) -> InputProblem:
    return InputProblem(
        Where(second.file, second.sheet),
        f'"{title_of(second)}", which goes on with "{title_of(first)}"',
        f"A table {name} may go over several sheets or files.",
        f"Both are read as one. If it is another list, give it a name of its own "
        f'("{title_of(second)} old" is not read).',
        level="note",
    )
