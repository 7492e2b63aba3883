"""CSV files as people have them: any encoding, any delimiter, line breaks in cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median_low

from ...core.errors import InputError, InputProblem, Where
from ...core.storage.system import name_other
from ..cells import RawTable
from ..headers.row import is_header
from ..tables.sections import make_raw_tables
from .csv_records import Record, read_csv_stream

DELIMITERS = (",", ";", "\t", "|")
SEPARATOR = re.compile(r'"?sep=([,;|\t]|\\t)"?[,;|\s]*', re.IGNORECASE)
NUMBER = re.compile(r"-?\d+(\.\d+)?|NA")
WHOLE_LINE = re.compile(r'"(?:[^"]|"")*"')
MOST_TITLES, FEWEST_LINES = 12, 3  # lines that are looked at; below so few the first one decides
MOST_BYTES = 2_000_000_000  # a file beyond this is no table of organizations


def read_csv_cells(path: str | Path) -> RawTable:
    """Read a CSV file as text cells: its first table, if it holds several.

    Raises
    ------
    InputError
        As `read_csv_tables` does.
    """
    return read_csv_tables(path)[0]


def read_csv_tables(path: str | Path) -> list[RawTable]:
    """Read a CSV file as text cells; one table, or as many as stand in it below each other.

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
    raws = make_raw_tables(path.name, "", read_csv_records(path.name, text, notes))
    semicolons = find_delimiter(text) == ";"
    raws = [replace(raw, semicolons=semicolons) for raw in raws]
    return [replace(raws[0], notes=(*notes, *raws[0].notes)), *raws[1:]]


def read_bytes(path: Path) -> bytes:
    """Read a file that may hold a table.

    Raises
    ------
    InputError
        There is no file, it is beyond 2 GB, or it is a workbook under the name of a CSV file.
    """
    if not path.is_file():
        raise InputError(
            f"{path.name}: found {name_other(path)}. A CSV file is expected. Check the path."
        )
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


def read_csv_records(
    name: str, text: str, problems: list[InputProblem] | None = None
) -> Iterator[Record]:
    """Give each record of a decoded file with its row as Excel counts it: blank lines count.

    Raises
    ------
    InputError
        A quoted cell does not end.
    """
    text = part_at_blanks(unwrap_lines(text))
    lines = io.StringIO(text, newline="")
    return read_csv_stream(name, lines, find_delimiter(text), problems)


def unwrap_lines(text: str) -> str:
    """Take the marks off lines that are quoted as a whole, as some programs save a table.

    Examples
    --------
    >>> unwrap_lines('"name;kind"\\n"Alder ""A"";hospital"\\n')
    'name;kind\\nAlder "A";hospital\\n'
    """
    first = [line.strip() for line in islice(io.StringIO(text), MOST_TITLES) if line.strip()]
    if len(first) < 2 or not all(map(WHOLE_LINE.fullmatch, first)):
        return text
    lines = text.splitlines()
    if not all(WHOLE_LINE.fullmatch(line.strip()) for line in lines if line.strip()):
        return text
    inner = [line.strip()[1:-1].replace('""', '"') for line in lines]
    mark = max(DELIMITERS, key=inner[0].count)
    if not is_header(next(csv.reader(inner[:1], delimiter=mark), [])):
        return text
    return "\n".join(inner) + "\n"


def part_at_blanks(text: str) -> str:
    """Put tabs between columns that only blanks part, as R and UCINET write a table of text.

    So it is where no other mark parts columns, all lines have as many parts (the first perhaps one
    fewer), and there are headers of ties or numbers to prove it.

    Examples
    --------
    >>> part_at_blanks('source target\\nAlder Birch\\n')
    'source\\ttarget\\nAlder\\tBirch\\n'
    >>> part_at_blanks('Alder Hospital\\nBirch Clinic\\n') == 'Alder Hospital\\nBirch Clinic\\n'
    True
    """
    first = [line.strip() for line in islice(io.StringIO(text), 200) if line.strip()]
    marked = any(mark in line for line in first for mark in DELIMITERS)
    if len(first) < 2 or marked or not all(" " in line for line in first):
        return text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parts = [next(csv.reader([line], delimiter=" ", skipinitialspace=True)) for line in lines]
    width = len(parts[-1])
    if width < 2 or {len(part) for part in parts[1:]} != {width} or len(parts[0]) < width - 1:
        return text
    numbers = all(any(map(NUMBER.fullmatch, part)) for part in parts[1:])
    if len(parts[0]) > width or not (numbers or is_header(parts[0])):
        return text
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(parts)
    return out.getvalue()
