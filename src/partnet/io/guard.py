"""Before a workbook is opened: is it small enough when unpacked?

A file of 5 kB can claim a sheet of 17 billion cells, or unpack to gigabytes; the library that reads
workbooks would take the whole process down. So the packed XML is streamed and counted first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from ..core.errors import InputError

# Room for 200,000 rows of 40 columns of ordinary text, with a margin; far below what hurts.
MOST_MEMBERS = 2_000
MOST_BYTES = 1_500_000_000  # inflated, over all members
MOST_CELLS = 20_000_000  # cells written, over all sheets
MOST_AREA = 60_000_000  # cells of the bounding box of one sheet: what the reader allocates
MOST_CHARACTERS = 400_000_000  # characters after every repeated string is written out
CHUNK = 1 << 20

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def check_workbook(path: Path) -> None:
    """Refuse a workbook that would not fit into memory, in a sentence.

    Raises
    ------
    InputError
        It is no workbook, is encrypted or damaged, or goes beyond a limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path.name, archive)
            if "content.xml" in archive.namelist():
                _check_ods(path.name, archive)
            else:
                _check_xlsx(path.name, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise InputError(
            f"{path.name}: found a damaged workbook ({error}). Open it in Excel and save it anew."
        ) from error
    except (expat.ExpatError, ValueError, RuntimeError, OSError) as error:
        raise InputError(
            f"{path.name}: found a workbook that cannot be read ({error}). Open it in Excel and "
            "save it anew, without a password."
        ) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise InputError(
                f"{path.name}: found a damaged workbook ({error}). Save it anew in Excel."
            ) from error
        raise


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        _refuse(name, f"{len(members):,} parts inside", f"{MOST_MEMBERS:,}")
    claimed = sum(member.file_size for member in members)
    if claimed > MOST_BYTES:
        _refuse(name, f"{claimed / 1e9:,.1f} GB when unpacked", f"{MOST_BYTES / 1e9:,.1f} GB")


def _refuse(name: str, found: str, allowed: str) -> None:
    raise InputError(
        f"{name}: found {found}. A workbook may have at most {allowed}. Clear what lies far "
        "outside the tables (Ctrl+End shows it), or save each sheet as a CSV file."
    )


@dataclass
class _Tally:
    """What was counted so far."""

    name: str
    bytes: int = 0
    cells: int = 0
    characters: int = 0

    def check(self) -> None:
        if self.bytes > MOST_BYTES:
            _refuse(self.name, "more than 1.5 GB when unpacked", "1.5 GB")
        if self.cells > MOST_CELLS:
            _refuse(self.name, f"more than {MOST_CELLS:,} cells", f"{MOST_CELLS:,}")
        if self.characters > MOST_CHARACTERS:
            _refuse(self.name, f"more than {MOST_CHARACTERS:,} characters", f"{MOST_CHARACTERS:,}")


def _check_xlsx(name: str, archive: zipfile.ZipFile) -> None:
    """Count strings, then the cells, the bounding box and the repeated strings of every sheet."""
    tally = _Tally(name)
    parts = [part for part in archive.namelist() if part.endswith((".xml", ".xml.rels", ".rels"))]
    strings = _Strings(tally)
    for part in parts:
        if part.lower().endswith("sharedstrings.xml"):
            _stream(archive, part, tally, strings)
    for part in parts:
        if part.lower().endswith("sharedstrings.xml"):
            continue
        handler = _Sheet(tally, strings.lengths) if "worksheets/" in part.lower() else _Nothing()
        _stream(archive, part, tally, handler)


def _check_ods(name: str, archive: zipfile.ZipFile) -> None:
    tally = _Tally(name)
    _stream(archive, "content.xml", tally, _OdsContent(tally))


class _Nothing:
    """Counts only the bytes."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take no notice of an element."""

    def end(self, tag: str) -> None:
        """Take no notice of its end."""

    def text(self, data: str) -> None:
        """Take no notice of text."""


class _Strings(_Nothing):
    """Keeps the length of every shared string."""

    def __init__(self, tally: _Tally) -> None:
        self.tally, self.lengths, self.length = tally, list[int](), 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "si":
            self.length = 0

    def text(self, data: str) -> None:
        self.length += len(data)

    def end(self, tag: str) -> None:
        if _local(tag) == "si":
            self.lengths.append(self.length)


class _Sheet(_Nothing):
    """Counts the cells of one sheet, its bounding box, and its strings written out."""

    def __init__(self, tally: _Tally, lengths: list[int]) -> None:
        self.tally, self.lengths = tally, lengths
        self.left = self.top = 1 << 30
        self.right = self.bottom = 0
        self.row = self.column = 0
        self.shared = self.inside = False
        self.digits = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "t"):
            self.inside, self.digits = True, ""

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.shared = attributes.get("t") == "s"
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            self.column, self.row = _column_number(match[1]), int(match[2])
        else:
            self.column += 1
        self.left, self.right = min(self.left, self.column), max(self.right, self.column)
        self.top, self.bottom = min(self.top, self.row), max(self.bottom, self.row)
        self.tally.cells += 1
        area = (self.right - self.left + 1) * (self.bottom - self.top + 1)
        if area > MOST_AREA:
            _refuse(
                self.tally.name, f"a sheet of {area:,} cells, most of them empty", f"{MOST_AREA:,}"
            )

    def text(self, data: str) -> None:
        if self.inside and self.shared:
            self.digits += data[:12]
        elif self.inside:
            self.tally.characters += len(data)

    def end(self, tag: str) -> None:
        if _local(tag) in ("v", "t") and self.inside:
            self.inside = False
            if self.shared and self.digits.strip().isdigit():
                index = int(self.digits)
                self.tally.characters += self.lengths[index] if index < len(self.lengths) else 0


class _OdsContent(_Nothing):
    """Counts the cells of an OpenDocument sheet, where one element can stand for many."""

    def __init__(self, tally: _Tally) -> None:
        self.tally, self.repeat_row, self.repeat_cell = tally, 1, 1
        self.width = self.height = 0
        self.row_width, self.row_filled = 0, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "table":
            self.width = self.height = self.row_width = 0
        elif tag == "table-row":
            self.repeat_row = int(_attribute(attributes, "number-rows-repeated"))
            self.height += self.repeat_row
            self.row_width = self.row_filled = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self.repeat_cell = int(_attribute(attributes, "number-columns-repeated"))
            self.row_width += self.repeat_cell

    def text(self, data: str) -> None:
        if not data.strip():
            return
        times = self.repeat_row * self.repeat_cell
        self.tally.cells += times if self.row_filled < self.row_width else 0
        self.row_filled = self.row_width
        self.width = max(self.width, self.row_width)
        self.tally.characters += times * len(data)
        if self.width * self.height > MOST_AREA:
            _refuse(
                self.tally.name, f"a sheet of {self.width * self.height:,} cells", f"{MOST_AREA:,}"
            )


def _attribute(attributes: dict[str, str], local: str) -> str:
    return next((value for key, value in attributes.items() if _local(key) == local), "1")


def _stream(archive: zipfile.ZipFile, part: str, tally: _Tally, handler: _Nothing) -> None:
    """Feed one part to the parser piece by piece, counting as it inflates."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = _refuse_entities
    with archive.open(part) as packed:
        for piece in _pieces(packed):
            tally.bytes += len(piece)
            parser.Parse(piece, False)
            tally.check()
        parser.Parse(b"", True)


def _refuse_entities(*_: object) -> None:
    raise ValueError("it declares XML entities, which no workbook needs")


def _pieces(packed: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: packed.read(CHUNK), b"")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
