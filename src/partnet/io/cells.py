"""Raw cells: one sheet or one CSV file as text, before anything is typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from ..core.errors import InputError, InputProblem, Where
from ..core.schema import TABLES
from ..core.wording.safety import strip_controls
from .headers.row import (
    EXPLAINS,
    Numbered,
    count_footers,
    count_second_headers,
    find_header,
    holds_questions,
    is_header,
    join_band,
    join_questions,
    join_units,
    say_legend,
    take_labels,
    take_questions,
)

MOST_CELL = 1_000_000  # characters in one cell, whatever it stands in
TOGETHER = 500  # rows that are looked at together
MARK = "`"  # between their cells, where hardly any has one of its own
EXAMPLE = "EXAMPLE"  # so the template's own example row starts, which is not read


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet or one CSV file, all cells as text.

    Attributes
    ----------
    file, sheet : str
        As they are printed in messages; no sheet for CSV.
    header : tuple of str
        Header cells on one line each; "" where there is none.
    header_row : int
        Row number as Excel shows it; leading empty rows count.
    rows : sequence of sequences of str
        Cells, every row as long as the header; blank rows are gone.
    row_numbers : list of int
        Row numbers as Excel or a text editor shows them.
    notes : tuple of InputProblem
        What was assumed while reading.
    table : str
        The table that it is known to be, whatever the name of its sheet or file.
    semicolons : bool
        Whether semicolons part the columns of a CSV file, as where commas stand before decimals.
    origins : sequence of int
        For a table that was turned into entries: which row of the file each entry stems from.
    spent : int
        Rows of the file that hold no entry, or that went into another table.
    places : sequence of (str, str)
        File and sheet of each row, where a table goes over several; else empty.
    parts : tuple of RawTable
        The sheets or files, as they were opened, of a table that goes over several.
    asked : bool
        Whether every cell answers a question (a matrix, a grid): one that is not understood is no
        answer, and no tie.
    above : str
        What stands above the header: a title, what the numbers mean; and the legend below.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[Sequence[str]]
    row_numbers: list[int]
    notes: tuple[InputProblem, ...] = ()
    table: str = ""
    semicolons: bool = False
    origins: Sequence[int] = ()
    spent: int = 0
    places: Sequence[tuple[str, str]] = ()
    parts: tuple[RawTable, ...] = ()
    asked: bool = False
    above: str = ""

    def list_places(self) -> Sequence[tuple[str, str]]:
        """File and sheet of every row."""
        return self.places or [(self.file, self.sheet)] * len(self.rows)

    def place_of(self, position: int) -> tuple[str, str]:
        """File and sheet of a row."""
        return self.places[position] if self.places else (self.file, self.sheet)


def make_raw_table(
    file: str,
    sheet: str,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Iterable[InputProblem] = (),
) -> RawTable:
    """Make a raw table of numbered rows of text; the header may stand below title lines."""
    return make_of_cleaned(file, sheet, clean_rows(file, sheet, records), notes)


def clean_rows(
    file: str, sheet: str, records: Iterable[tuple[int, Sequence[str]]]
) -> list[Numbered]:
    """Clean the cells of numbered rows; those without any text are gone.

    Raises
    ------
    InputError
        A cell is longer than any that is written could be read again.
    """
    filled: list[Numbered] = []
    waiting = iter(records)
    while chunk := list(islice(waiting, TOGETHER)):
        cleaned = chunk if _is_clean(chunk) else _clean_chunk(chunk, file, sheet)
        filled += [
            (number, row if isinstance(row, list) else [*row])
            for number, row in cleaned if any(row)
        ]  # fmt: skip
    return filled


def _is_clean(chunk: Iterable[tuple[int, Sequence[str]]]) -> bool:
    """Whether no cell of some rows can need cleaning: told of all of them joined, as most tell."""
    whole = MARK.join(chain.from_iterable(row for _, row in chunk))
    plain = len(whole) <= MOST_CELL and whole.isascii() and whole.isprintable()
    if not plain or '="' in whole or "=H" in whole:
        return False
    return f" {MARK}" not in whole and f"{MARK} " not in whole and whole == whole.strip()


def _clean_chunk(
    chunk: Iterable[tuple[int, Sequence[str]]], file: str, sheet: str
) -> list[Numbered]:
    return [(number, _clean_row(row, (file, sheet, number))) for number, row in chunk]


def _clean_row(row: Sequence[str], place: tuple[str, str, int]) -> list[str]:
    """Clean the cells of a row; most hold nothing but letters, and are only stripped."""
    whole = "".join(row)
    if len(whole) > MOST_CELL:
        _refuse_long(row, place)
    if whole.isascii() and whole.isprintable() and '="' not in whole and "=H" not in whole:
        return [text.strip() for text in row]
    return [clean_cell(text) for text in row]


def _refuse_long(row: Sequence[str], place: tuple[str, str, int]) -> None:
    longest = max(map(len, row))
    if longest > MOST_CELL:
        raise InputError(
            f"{Where(*place)}: found a cell of {longest:,} characters. A cell has at most "
            f"{MOST_CELL:,}. Shorten it."
        )


def make_of_cleaned(
    file: str, sheet: str, filled: Sequence[Numbered], notes: Iterable[InputProblem] = ()
) -> RawTable:
    """Make a raw table of rows that `clean_rows` made."""
    problems = list(notes)
    if not filled:
        return RawTable(file, sheet, (), 1, [], [], tuple(problems))
    at = find_header(filled)
    header_row, header = filled[at]
    header = [" ".join(text.split()) for text in header]
    width = _find_width(header)
    first = at + 1 + count_second_headers(filled[at + 1 :])
    asked = filled[at + 1][1] if at + 1 < len(filled) else []
    if first > at + 2 or holds_questions(header, asked):
        header, first = take_questions(header, asked), max(first, at + 2)
    below = filled[first][1] if first < len(filled) else []
    joined = join_questions(header, below) or take_labels(header[:width], below)
    joined = joined or join_units(header[:width], below)
    joined = joined or (below and join_band(header[:width], below))
    if joined:
        header, width, first = joined, _find_width(joined), first + 1
    last = len(filled) - count_footers(filled[first:], width)
    _tell_left_out(problems, (file, sheet), filled[:at], filled[at + 1 : first], filled[last:])
    examples = _list_examples()
    body = [
        numbered for numbered in filled[first:last]
        if not (numbered[1][0] in examples and is_example(numbered[1]))
    ]  # fmt: skip
    body = _drop_page_numbers(problems, (file, sheet), body)
    body = _drop_repeated_headers(problems, (file, sheet), header, body)
    if _lacks_corner(header[:width], body):
        header, width = ["", *header[:width]], width + 1
    rows = [row if len(row) == width else _fit(row, width) for _, row in body]
    for number, row in body:
        if row[0] in examples:
            problems.append(_tell_begun_example(Where(file, sheet, number), row[0]))
        if len(row) > width and any(row[width:]):
            problems.append(_tell_overlong(Where(file, sheet, number), row[width:]))
    numbers = [number for number, _ in body]
    fitted = tuple(_fit(header, width))
    if _counts_rows(fitted, rows):
        rows = [["", *row[1:]] for row in rows]
        fitted = ("", *fitted[1:])
    above = "\n".join(text for _, row in filled[:at] for text in row if text)
    remarks = "\n".join(say_legend(row) for _, row in filled[last:])
    above = f"{above}\n{remarks}" if EXPLAINS.search(remarks) else above
    return RawTable(file, sheet, fitted, header_row, rows, numbers, tuple(problems), above=above)


def _drop_page_numbers(
    problems: list[InputProblem], place: tuple[str, str], body: list[Numbered]
) -> list[Numbered]:
    """Leave out rows that hold nothing but the number of a page: Page 1 of 2."""
    # Most rows begin with a cell that is no such number.
    pages = {k for k, (_, row) in enumerate(body) if row[0][:1] in "pP" and _is_page(row)}
    if not pages:
        return body
    number, row = body[min(pages)]
    more = f" and {len(pages) - 1:,} more" if len(pages) > 1 else ""
    found = f'"{next(filter(None, row))}"{more} alone in a row'
    allowed = "Every row of a table says something of its own."
    fix = "It is the number of a page, and no row of the table."
    problems.append(InputProblem(Where(*place, number), found, allowed, fix, level="note"))
    return [numbered for k, numbered in enumerate(body) if k not in pages]


def _is_page(row: Sequence[str]) -> bool:
    first = next(filter(None, row), "")
    return bool(first[:1] in "pP" and PAGE.fullmatch(first)) and sum(map(bool, row)) == 1


PAGE = re.compile(r"page:? \d{1,4}( ?(of|/) ?\d{1,4})?", re.IGNORECASE)


def _drop_repeated_headers(
    problems: list[InputProblem],
    place: tuple[str, str],
    header: Sequence[str],
    body: list[tuple[int, list[str]]],
) -> list[tuple[int, list[str]]]:
    """Leave out rows that say the headers once more, as where a list goes over several pages."""
    said = [text.casefold() for text in header]
    if sum(map(bool, said)) < 2:
        return body
    same = {text for text in {row[0] for _, row in body} if text.casefold() == said[0]}
    if not same:
        return body
    again = {k for k, (_, row) in enumerate(body) if row[0] in same and _says_again(row, said)}
    if not again:
        return body
    for k in sorted(again)[:1]:
        more = f" and {len(again) - 1:,} more" if len(again) > 1 else ""
        where = Where(*place, body[k][0])
        found, allowed = f"the headers once more{more}", "A table has one row of headers."
        problems.append(InputProblem(where, found, allowed, "It is no row of it.", level="note"))
    captions = {k - 1 for k in again if k and sum(map(bool, body[k - 1][1])) == 1}
    return [numbered for k, numbered in enumerate(body) if k not in again | captions]


def _says_again(row: Sequence[str], said: Sequence[str]) -> bool:
    return [text.casefold() for text in row[: _find_width(row)]] == said[: _find_width(said)]


def _lacks_corner(header: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether every row has one cell more than the header, whose first names the rows, as of R."""
    if not body or not all(len(row) == len(header) + 1 and row[0] for _, row in body):
        return False
    first = [row[0] for _, row in body]
    if _count_up(first):
        return True
    return len(header) > 1 and {t.casefold() for t in header} == {t.casefold() for t in first}


def _counts_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first column only counts the rows, as pandas and R write it without a header."""
    unnamed = not header[:1] or not header[0] or header[0].startswith("Unnamed: ")
    return unnamed and is_header(header[1:]) and _count_up([row[0] for row in rows])


def _count_up(cells: Sequence[str]) -> bool:
    """Whether cells are 0, 1, 2 ... or 1, 2, 3 ..."""
    start = 0 if cells[:1] == ["0"] else 1
    return bool(cells) and all(text == str(k) for k, text in enumerate(cells, start=start))


def is_example(row: Sequence[str]) -> bool:
    """Whether a row is the example of a template, as partnet wrote it or in part.

    An organization may be called EXAMPLE something; and who typed over the example's other cells
    meant a row of their own.
    """
    own = _list_examples().get(row[0])
    return own is not None and all(not cell or cell in own for cell in row[1:])


@cache
def _list_examples() -> dict[str, frozenset[str]]:
    """The first cell of every example row of a template, and what else stands in it."""
    found: dict[str, frozenset[str]] = {}
    for table in TABLES.values():
        first = f"{EXAMPLE}: {table.columns[0].example}".strip()
        rest = {column.example for column in table.columns[1:]}
        found[first] = found.get(first, frozenset()) | rest
    return found


def _tell_begun_example(where: Where, text: str) -> InputProblem:
    return InputProblem(
        where,
        f'"{text}" before cells that are not the example\'s',
        "A row of the template that was typed over is read as a row of yours.",
        "Write the right name into its first cell, or delete the row.",
        level="note",
    )


def _tell_left_out(
    problems: list[InputProblem],
    place: tuple[str, str],
    above: Sequence[tuple[int, list[str]]],
    second: Sequence[tuple[int, list[str]]],
    below: Sequence[tuple[int, list[str]]],
) -> None:
    """Say which rows are titles, questions or remarks, and no rows of the table."""
    parts = (
        (above, "above the header", "The header was found below it."),
        (second, "below the header, in a row of headers too", "The rows begin below it."),
        (below, "below the table", "It is a remark, and no row of the table."),
    )
    for rows, where, fix in parts:
        for number, row in rows[:1]:
            text = next(cell for cell in row if cell)[:80]
            more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
            found = f'"{text}"{more} {where}'
            place_ = Where(*place, number)
            allowed = "A table has one row of headers above its rows."
            problems.append(InputProblem(place_, found, allowed, fix, level="note"))


def clean_cell(text: str) -> str:
    """Strip a cell: no control characters and invisible marks, accents composed, plain blanks.

    A text that a CSV file hides from Excel in a formula is that text; a link is what it shows.

    Examples
    --------
    >>> clean_cell(" Cedar "), clean_cell('="06059"')
    ('Cedar', '06059')
    """
    if text[:2] == '="' and text[-1:] == '"' and '"' not in text[2:-1]:
        text = text[2:-1]
    elif text.startswith("=H") and (link := _LINK.fullmatch(text)):
        text = link[1].replace('""', '"')
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return strip_controls(_BLANKS.sub(" ", _INVISIBLE.sub("", composed))).strip()


_LINK = re.compile(r'=HYPERLINK\("[^"]*"[,;]\s*"((?:[^"]|"")*)"\)')  # shows its second text
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero widths, byte order
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def _find_width(header: Sequence[str]) -> int:
    """Columns up to the last header; a cell beyond it has no column."""
    return max((k + 1 for k, text in enumerate(header) if text), default=0)


def _fit(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _tell_overlong(where: Where, cells: Sequence[str]) -> InputProblem:
    text = next(cell for cell in cells if cell)
    return InputProblem(
        where,
        f'"{text}" to the right of the last header',
        "Every cell stands under a header.",
        "Give the column a header, or clear the cell. It is not read.",
        level="note",
    )
