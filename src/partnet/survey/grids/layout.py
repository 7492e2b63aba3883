"""The export of a survey tool: one heading a column, whatever rows of headers it has."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import InputError
from ...io.cells import clean_cell
from ...io.headers.row import count_second_headers
from ...io.opened.csv_file import decode_csv, read_bytes, read_csv_records
from ...io.opened.sheets import open_sheets
from .parts import Row, join_instruments, join_sheets

WORKBOOKS, TEXTS = (".xlsx", ".xlsm", ".ods", ".xls"), (".csv", ".tsv", ".txt")
LEAST_CODE = 3  # letters of what stands close behind a question: Q5_1 names nobody
PARTED = " | "  # between the two header rows of a column
QUALTRICS = frozenset({"responseid", "response id", "recordeddate", "startdate"})
MOST_TITLES = 10  # lines above the headers
OTHER = re.compile(r" [|-] Other\b", re.IGNORECASE)
SURVEYMONKEY = frozenset({"respondent id", "collector id"})
# A heading that names its question and the row of the grid within it.
NAMED = (
    re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]+)\]"),
    re.compile(r"(?P<question>.*?)\s*\(choice=(?P<row>.+)\)"),
    re.compile(r"(?P<question>.+?)_{3}(?P<row>.+)"),
)


@dataclass(frozen=True)
class Grid:
    """The export of a survey tool.

    Attributes
    ----------
    file, sheet : str
        Where it stands.
    headings : tuple of str
        One for every column; "" where there is none. Two rows of headers are joined.
    rows : tuple of (int, list of str)
        One row a respondent, numbered as Excel shows it.
    codes : tuple of str
        The first row of headers, where there are several: what the tool calls its columns.
    records : tuple of str
        Of each row the record that it is a part of, where a tool repeats parts; else none.
    above : str
        What stands above the headers: a title, what the numbers mean.
    """

    file: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    codes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    above: str = ""

    def column(self, position: int) -> list[str]:
        """Give the cells of one column that are filled."""
        cells = (row[position] for _, row in self.rows if position < len(row))
        return [text for text in cells if text]


def open_grid(path: Path) -> Grid:
    """Read the export of a survey tool (.csv, .xlsx).

    Qualtrics (two or three rows of headers), SurveyMonkey (two), REDCap, KoBo, Google Forms and
    Microsoft Forms (one) are told apart by their headers.

    Raises
    ------
    InputError
        It cannot be opened, or holds no rows.
    """
    sheet, rows, records = _open_rows(path)
    above, rows = _part_titles(rows) if not records else ("", rows)
    if len(rows) < 2:
        raise InputError(
            f"{path.name}: found {len(rows):,} rows. The export of a survey has headers and a row "
            "for each that answered. Export it anew."
        )
    count = _count_headers(rows)
    headers = [row for _, row in rows[:count]]
    codes = tuple(headers[0]) if count > 1 else ()
    headings = number_repeats(_name_blank(_join_headers(headers), rows[count:]))
    body = _take_others(headings, rows[count:])
    if not records:
        body, records = join_instruments(headings, body)
    return Grid(path.name, sheet, headings, tuple(body), codes, tuple(records), above)


def _name_blank(headings: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Call columns without a heading by their number, where they hold something."""
    width = max(len(row) for _, row in rows) if rows else 0
    wide = [*headings, *[""] * (width - len(headings))]
    filled = {k for _, row in rows for k, text in enumerate(row) if text}
    return [text or (f"column {k + 1}" if k in filled else "") for k, text in enumerate(wide)]


def _part_titles(rows: list[Row]) -> tuple[str, list[Row]]:
    """Part the lines above the headers from the table: lines of one cell above wider ones."""
    filled = [sum(map(bool, row)) for _, row in rows[: MOST_TITLES + 1]]
    start = next((k for k, count in enumerate(filled) if count > 2), 0)
    if max(filled[:start], default=0) > 1:
        start = 0
    return "\n".join(text for _, row in rows[:start] for text in row if text), rows[start:]


def _take_others(headings: Sequence[str], rows: list[Row]) -> list[Row]:
    """Put what is written behind "Other (please specify)" into the choice that it belongs to."""
    places = {heading: k for k, heading in reversed([*enumerate(headings)])}
    pairs = []
    for k, heading in enumerate(headings):
        match = OTHER.search(heading)
        asked = heading[: match.start()] if match and PARTED not in heading[match.end() :] else ""
        names = (asked, f"{asked} - Selected Choice") if asked else ()
        pairs += [(k, at) for name in names if (at := places.get(name)) is not None]
    for choice, (_, row) in ((pair, each) for pair in pairs for each in rows):
        k, at = choice
        if k < len(row) and row[k] and (not row[at] or row[at].casefold().startswith("other")):
            row[at], row[k] = row[k], ""
    return rows


def number_repeats(headings: Sequence[str]) -> tuple[str, ...]:
    """Number headings that stand there several times, as Excel does.

    Examples
    --------
    >>> number_repeats(["Elk EMS", "Pine Pantry", "Elk EMS", "", ""])
    ('Elk EMS', 'Pine Pantry', 'Elk EMS2', '', '')
    """
    taken, found = set(headings), []
    seen: set[str] = set()
    for text in headings:
        number, name = 2, text
        while name in seen or (name != text and name in taken):
            name, number = f"{text}{number}", number + 1
        if text:
            seen.add(name)
        found.append(name)
    return tuple(found)


def strip_repeat(heading: str, headings: Collection[str]) -> str:
    """Give a heading without the number that tells it from another of the same words."""
    bare = heading.rstrip("0123456789")
    return bare if bare != heading and bare in headings else heading


def _open_rows(path: Path) -> tuple[str, list[Row], list[str]]:
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        text, notes = decode_csv(path.name, read_bytes(path))
        return "", _clean(read_csv_records(path.name, text, notes)), []
    if suffix not in WORKBOOKS:
        found = f"a file of type {suffix or 'unknown'}" if path.exists() else "nothing there"
        raise InputError(
            f"{path.name}: found {found}. Answers are a folder of questionnaires, or the export of "
            f"a survey tool ({', '.join((*TEXTS[:1], *WORKBOOKS[:1]))}). Check the path."
        )
    opened = ((sheet.name, _clean(sheet.rows)) for sheet in open_sheets(path))
    sheets = [(name, rows) for name, rows in opened if len(rows) > 1 and not name.startswith("_")]
    return join_sheets(sheets) if sheets else ("", [], [])


def _clean(rows: object) -> list[Row]:
    cleaned = [(n, [clean_cell(text) for text in row]) for n, row in rows]  # type: ignore[attr-defined]
    return [(number, row) for number, row in cleaned if any(row)]


def _count_headers(rows: Sequence[Row]) -> int:
    """How many rows stand above the first answers."""
    below = count_second_headers(rows[1:4])
    if below:
        return 1 + below
    first, second = {text.casefold() for text in rows[0][1]}, rows[1][1]
    known = [
        two for one, two in zip(rows[0][1], second, strict=False) if one.casefold() in QUALTRICS
    ]
    if known and not any(letter.isdigit() for text in known for letter in text):
        return 2  # questions; answers have dates and numbers there
    if {text.casefold() for text in second} & QUALTRICS and "v1" in first:
        return 2  # the older export: V1 above ResponseID
    if first & SURVEYMONKEY and not second[0] and any(second):
        return 2
    return 1 + _is_merged(rows[0][1], second)


def _is_merged(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether questions stand once over several columns, and whom they are about below."""
    pairs = [*zip(first, second, strict=False)]
    below = sum(not one and bool(two) for one, two in pairs[1:])
    return bool(pairs) and below > 1 and any(first[1:]) and bool(pairs[0][0]) != bool(pairs[0][1])


def _join_headers(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One heading a column: of Qualtrics the question, of SurveyMonkey question and answer."""
    width = max(len(row) for row in rows)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    first = [" ".join(text.split()) for text in filled[0]]
    if len(filled) == 1:
        return tuple(first)
    second = [" ".join(text.split()) for text in filled[1]]
    if {text.casefold() for text in first} & SURVEYMONKEY or _is_merged(first, second):
        return tuple(_join_pairs(first, second))
    return tuple(two or one for one, two in zip(first, second, strict=True))


def _join_pairs(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """A question stands once, over its first column."""
    question, joined = "", []
    for one, two in zip(first, second, strict=True):
        question = one or question
        plain = two.casefold() in ("", "response", "open-ended response")
        joined.append(question if plain else f"{question}{PARTED}{two}" if question else two)
    return joined


def split_heading(heading: str) -> list[tuple[str, str]]:
    """Give the ways in which a heading parts into question and row of the grid.

    Examples
    --------
    >>> split_heading("How often? [Elk EMS]")
    [('How often?', 'Elk EMS')]
    >>> split_heading("Works with - Elk EMS")
    [('Works with', 'Elk EMS'), ('', 'Works with - Elk EMS')]
    >>> split_heading("network/referral/elk_ems")[0]
    ('referral', 'elk_ems')
    """
    if PARTED in heading:
        question, _, row = heading.rpartition(PARTED)
        return [(question, row), *[(question, r) for _, r in _split_dashes(row)]]
    for pattern in NAMED:
        match = pattern.fullmatch(heading)
        if match:
            return [(match["question"], match["row"])]
    close = _split_close(heading)
    return [*_split_path(heading), *_split_dashes(heading), ("", heading), *close]


def _split_path(heading: str) -> list[tuple[str, str]]:
    """Group, question and choice as KoBo writes them."""
    *before, row = heading.split("/")
    return [(before[-1], row)] if before else []


def _split_dashes(heading: str) -> list[tuple[str, str]]:
    """Every place where a dash may part question and row, the first one first."""
    return [
        (heading[: m.start()], heading[m.end() :])
        for m in re.finditer(r"\s+[-–—]\s+|:\s+|\s*>>\s*", heading)
    ]


def _split_close(heading: str) -> list[tuple[str, str]]:
    """Marks without blanks around them, as older exports and names of fields have them."""
    parted = [
        (heading[: m.start()], heading[m.end() :])
        for m in re.finditer(r"(?<=\S)[-:_](?=\S)", heading)
    ]
    return [(question, row) for question, row in parted if len(row) >= LEAST_CODE]
