"""CSV files as people have them: any encoding, any delimiter, line breaks in cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median_low

from ..core.errors import InputError, InputProblem, Where
from ..core.safety import unescape_cell
from .cells import RawTable, make_raw_table

DELIMITERS = (",", ";", "\t", "|")
SEPARATOR = re.compile(r'"?sep=([,;|\t]|\\t)"?[,;|\s]*', re.IGNORECASE)
MOST_TITLES, FEWEST_LINES = 12, 3  # lines that are looked at; below so few the first one decides
MOST_BYTES = 2_000_000_000  # a file beyond this is no table of organizations
MOST_CELL = 1_000_000  # characters in one cell; a quote that is never closed ends here


def read_csv_cells(path: str | Path) -> RawTable:
    """Read a CSV file as text cells.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252 (with a note);
    delimiter comma, semicolon, tab or bar, as the header has it.

    Raises
    ------
    InputError
        The file is not there, is a workbook or binary, or has a cell without an end.
    """
    path = Path(path)
    content = read_bytes(path)
    if content[:2] == b"\x1f\x8b":
        raise InputError(f"{path.name}: found a compressed file. Unpack it first.")
    text, notes = decode_csv(path.name, content)
    raw = make_raw_table(path.name, "", read_csv_records(path.name, text), notes)
    return replace(raw, semicolons=find_delimiter(text) == ";")


def read_bytes(path: Path) -> bytes:
    """Read a file that may hold a table.

    Raises
    ------
    InputError
        There is no file, it is beyond 2 GB, or it is a workbook under the name of a CSV file.
    """
    if not path.is_file():
        found = "a folder" if path.is_dir() else "nothing there"
        raise InputError(f"{path.name}: found {found}. A CSV file is expected. Check the path.")
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path.name}: found more than 2 GB. That is no table of organizations.")
    content = path.read_bytes()
    refuse_workbook(path.name, content)
    return content


def refuse_workbook(name: str, content: bytes) -> None:
    """Refuse a workbook where a CSV file is expected.

    Raises
    ------
    InputError
        The bytes begin as those of an Excel workbook do (zip files of CSV files do not).
    """
    zipped = content[:4] == b"PK\x03\x04" and not name.lower().endswith(".zip")
    if zipped or content[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(
            f"{name}: found an Excel workbook under the name of a CSV file. Rename it to "
            ".xlsx (or .xls), or save it as CSV in Excel."
        )


def decode_csv(name: str, content: bytes) -> tuple[str, list[InputProblem]]:
    """Decode the bytes of a file; say so where the encoding was guessed or NULs were left out."""
    text, notes = _decode(name, content)
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append(left_out_nuls(name))
    return text, notes


def _decode(name: str, content: bytes) -> tuple[str, list[InputProblem]]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        return text, [guessed_encoding(name)]


def guessed_encoding(name: str) -> InputProblem:
    """Say that a file is not in UTF-8, and how it was read."""
    found = "an encoding other than UTF-8"
    return _note(name, found, "It was read as Windows-1252; check accented letters.")


def left_out_nuls(name: str) -> InputProblem:
    """Say that a file has NUL characters."""
    return _note(name, "NUL characters", "They are left out.")


def _note(name: str, found: str, fix: str) -> InputProblem:
    return InputProblem(Where(name), found, "CSV files are best saved as UTF-8.", fix, "note")


def find_delimiter(text: str) -> str:
    """The mark that parts the columns: as ``sep=`` says, else that of most of the first lines.

    Examples
    --------
    >>> find_delimiter("Members, as of March\\nname;kind;zip\\nA;hospital;68739\\n")
    ';'
    """
    lines = [line for line in islice(io.StringIO(text), 200) if line.strip()][:MOST_TITLES]
    if not lines:
        return ","
    said = SEPARATOR.fullmatch(lines[0].strip())
    if said:
        return "\t" if said[1] == "\\t" else said[1]
    first = max(DELIMITERS, key=lambda mark: (lines[0].count(mark), mark == ","))
    if lines[0].count(first) > 1 or len(lines) < FEWEST_LINES:
        return first
    return max(
        DELIMITERS, key=lambda mark: (median_low([x.count(mark) for x in lines]), mark == first)
    )


def read_csv_records(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record of a decoded file with the line on which it starts.

    Raises
    ------
    InputError
        A quoted cell does not end.
    """
    return read_csv_stream(name, io.StringIO(text, newline=""), find_delimiter(text))


def read_csv_stream(
    name: str, lines: Iterable[str], delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Give each record of the lines of a file, as they come, with the line on which it starts.

    Raises
    ------
    InputError
        A quoted cell does not end.
    """
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            yield line, [unescape_cell(cell) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{name}, line {line}: found a cell that does not end ({error}). A quoted cell closes "
            'with ". Look for a missing quotation mark there.'
        ) from error
