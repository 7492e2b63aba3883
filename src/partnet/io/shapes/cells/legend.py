"""Letters that a legend explains (R = referral), beside a table, below it or on another sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ....core.errors import InputProblem
from ....core.vocabulary import default_vocabulary, fold_word
from ...cells import RawTable
from ...values.parse import NO
from ...values.words import fold_cell, is_nonanswer
from ..columns.codebook import CODES, LABELS
from ..entries import note_shape
from ..ties.grid import find_grid
from ..ties.matrix import BY_LEGEND, is_matrix

TITLES = frozenset(map(fold_word, (
    "legend", "key", "codes", "code list", "code key", "coding", "abbreviations", "symbols",
    "code", "lookup", "notes", "read me", "readme")))  # fmt: skip
LETTER = re.compile(
    r"\(?([A-Za-z]{1,3}\d?)\)?\s*(?:=|:|\s[-\u2013\u2014]\s)\s*([^=]*[A-Za-z][^=]*)"
)
BEFORE = re.compile(
    r"^\s*(legend|key|codes?|coding|abbreviations|scale)\s*[:\-]?\s*(?=\S+\s*=)", re.I
)
PIECES = re.compile(r"[\n;|]|,\s*(?=\(?[A-Za-z]{1,3}\d?\)?\s*=)|\s{2,}")
NUMBER = re.compile(r"(\d{1,2}) = ([^=]*[A-Za-z][^=]*)")
MOST_LETTERS = 200  # of a sheet
BETWEEN = re.compile(r"[,;/+&\s]+")
MOST_TEXT = 2_000  # characters of a legend that are looked at
FEWEST = 2  # letters that are explained
JOINED = "; "

Letters = Mapping[str, str]


def list_letters(text: str) -> dict[str, str]:
    """The words that a legend gives for letters.

    Examples
    --------
    >>> list_letters("Key: R = referral, S = shared staff, or a van; blank = nothing")
    {'R': 'referral', 'S': 'shared staff, or a van'}
    """
    bare = (BEFORE.sub("", line) for line in text[:MOST_TEXT].split("\n"))
    pieces = (part.strip() for line in bare for part in PIECES.split(line))
    found = filter(None, map(LETTER.fullmatch, pieces))
    return {match[1]: match[2].strip(" .,") for match in found}


def take_legends(raws: Iterable[RawTable]) -> list[RawTable]:
    """Write the words of a legend for the letters in matrices and grids.

    A sheet that holds nothing but the legend is none of the tables then; of tables of another
    shape it is heard later, below the headers that it fits.
    """
    listed = [_take_from_right(raw) for raw in raws]
    sheets = {k: letters for k, raw in enumerate(listed) if (letters := _read_sheet(raw))}
    told = [k for k in range(len(listed)) if k not in sheets]
    spent: set[int] = set()
    for k in told:
        raw = listed[k]
        for at, letters in sheets.items():
            if _holds_letters(raw, letters):
                said = "\n".join(f"{letter} = {words}" for letter, words in letters.items())
                raw = replace(raw, above=f"{raw.above}\n{said}")
                spent.add(at)
        listed[k] = _spell_cells(raw)
    return [raw for k, raw in enumerate(listed) if k not in spent]


def _take_from_right(raw: RawTable) -> RawTable:
    """Take a legend out of the columns at the right of a table: it may begin in the header."""
    last = range(max(len(raw.header) - FEWEST, 1), len(raw.header))
    legends = [k for k in last if _is_legend(_list_column(raw, k))]
    if raw.table or not legends:
        return raw
    end = legends[0]
    said = "\n".join(filter(None, _list_column(raw, end)))
    while end > 1 and not raw.header[end - 1] and not any(row[end - 1] for row in raw.rows):
        end -= 1
    rows = [row[:end] for row in raw.rows]
    return replace(raw, header=raw.header[:end], rows=rows, above=f"{raw.above}\n{said}")


def _list_column(raw: RawTable, k: int) -> Iterator[str]:
    return chain((raw.header[k],), (row[k] for row in raw.rows))


def _is_legend(column: Iterable[str]) -> bool:
    """Whether a column explains letters, and says nothing else; a long one is soon known."""
    filled = 0
    for text in column:
        if not text or fold_word(text) in TITLES:
            continue
        if "=" not in text or not LETTER.fullmatch(text[:MOST_TEXT]):
            return False
        filled += 1
    return filled >= FEWEST


def letters_of(raw: RawTable) -> dict[str, str]:
    """What is said about letters beside a table: above or below it, or in its corner."""
    corner = raw.header[0] if raw.header and "=" in raw.header[0] else ""
    found = list_letters(f"{raw.above}\n{corner}")
    return found if len(found) >= FEWEST else {}


def part_letters(text: str, letters: Letters) -> list[str]:
    """The letters of a cell: "R, S", "R/S" and "RS" have two; [] where there is anything else.

    Examples
    --------
    >>> part_letters("RS", {"R": "referral", "S": "staff"}), part_letters("Rx", {"R": "referral"})
    (['R', 'S'], [])
    """
    folded = {letter.casefold(): letter for letter in letters}
    parts = [part for part in BETWEEN.split(text.casefold()) if part]
    if not all(part in folded for part in parts) and not any(map(str.isdigit, parts)):
        parts = [*"".join(parts)]
    found = {folded[part] for part in parts if part in folded}
    whole = all(part in folded for part in parts)
    return [letter for letter in letters if letter in found] if whole else []


def _read_sheet(raw: RawTable) -> dict[str, str]:
    """The letters of a sheet that holds a legend and nothing else; {} where it is none."""
    if raw.table or len(raw.rows) > MOST_LETTERS:
        return {}
    words = [fold_word(text) for text in raw.header]
    pairs = [(row, [text for text in row if text]) for row in (raw.header, *raw.rows)]
    if any(len(filled) > FEWEST for _, filled in pairs):
        return {}
    titled = fold_word(raw.sheet or raw.file.rpartition(".")[0]) in TITLES
    if len(raw.header) >= FEWEST and words[0] in CODES | TITLES and words[1] in LABELS | TITLES:
        pairs = pairs[1:]
    elif not (titled or all("=" in text for _, filled in pairs for text in filled)):
        return {}
    lines = [
        f"{filled[0]} = {filled[1]}" if len(filled) == FEWEST else "\n".join(filled)
        for _, filled in pairs
    ]
    numbers = {match[1]: match[2] for match in map(NUMBER.fullmatch, lines) if match}
    return {**list_letters("\n".join(lines)), **numbers}


def _list_cells(raw: RawTable, columns: Collection[int], letters: Letters) -> list[str]:
    """Cells that say something: N may be no, where the legend says nothing else of it."""
    cells = dict.fromkeys(row[k].strip() for row in raw.rows for k in columns)
    plain = {text for text in cells if fold_cell(text) in NO or is_nonanswer(text)}
    return [text for text in cells if text and (text not in plain or text in letters)]


def _holds_letters(raw: RawTable, letters: Letters) -> bool:
    """Whether some column holds letters of a legend, and nothing else."""
    for k in range(len(raw.header)):
        cells = _list_cells(raw, [k], letters)
        if cells and all(part_letters(text, letters) for text in cells):
            return True
    return False


def _find_answers(raw: RawTable) -> list[int]:
    """The columns of a matrix or a grid; [] of another table."""
    if is_matrix(raw):
        return [k for k, text in enumerate(raw.header) if k and text]
    return sorted(find_grid(raw))


def _spell_cells(raw: RawTable) -> RawTable:
    """Write the words for the letters in the cells of a matrix or a grid."""
    letters = letters_of(raw)
    raw = _name_ends(raw, letters)
    columns = _find_answers(raw) if letters else []
    cells = _list_cells(raw, columns, letters)
    words = {text: part_letters(text, letters) for text in cells}
    if not cells or not all(words.values()):
        return raw
    said = {text: JOINED.join(letters[part] for part in parts) for text, parts in words.items()}
    rows = [
        [said.get(text.strip(), text) if k in columns else text for k, text in enumerate(row)]
        for row in raw.rows
    ]
    told = {part: letters[part] for parts in words.values() for part in parts}
    header = raw.header
    if is_matrix(raw) and not all(map(_is_level, told.values())):
        header = (BY_LEGEND, *raw.header[1:])
    note = _tell_spelled(raw, told)
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def _name_ends(raw: RawTable, letters: Letters) -> RawTable:
    """Name the organizations of a matrix by its legend: AH = Alder Hospital."""
    names = [text for text in raw.header[1:] if text]
    if not letters or not names or not is_matrix(raw) or not {*names} <= {*letters}:
        return raw
    rows = [[letters.get(row[0], row[0]), *row[1:]] for row in raw.rows]
    header = (raw.header[0], *(letters.get(text, text) for text in raw.header[1:]))
    note = _tell_spelled(raw, {name: letters[name] for name in names})
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def _is_level(text: str) -> bool:
    return default_vocabulary().find_answer(text) is not None


def spell_column(raw: RawTable, positions: Sequence[int]) -> RawTable:
    """Write the words for the letters in those columns that hold nothing else."""
    letters = letters_of(raw)
    told: dict[int, dict[str, str]] = {}
    for k in positions if letters else ():
        words = {text: part_letters(text, letters) for text in _list_cells(raw, [k], letters)}
        if words and all(words.values()):
            told[k] = {
                text: JOINED.join(letters[p] for p in parts) for text, parts in words.items()
            }
    if not told:
        return raw
    rows = [
        [told[k].get(text.strip(), text) if k in told else text for k, text in enumerate(row)]
        for row in raw.rows
    ]
    note = _tell_spelled(raw, letters)
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _tell_spelled(raw: RawTable, letters: Letters) -> InputProblem:
    named = ", ".join(f"{letter} = {words[:40]}" for letter, words in letters.items())
    return note_shape(
        raw,
        f"letters, and a legend ({named[:200]})",
        "Each is read as the word that the legend gives for it.",
        allowed="A cell says what it means.",
    )
