"""A foreign file, opened once: its bytes, text, JSON or sheets as a reader wants them."""

from __future__ import annotations

import html
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ...core.errors import InputError, InputProblem
from ..cells import clean_cell
from ..opened.csv_file import decode_csv
from ..opened.sheets import open_sheets
from .containers.columns import list_rows

HEAD = 65_536  # bytes that tell what a file is
MOST_TEXT = 400_000_000  # bytes of a text file: five million ties
MOST_JSON = 150_000_000  # bytes; what is parsed takes some ten times as much memory

MOST_TITLES = 1_000_000  # bytes of the list of sheets
TITLE = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"')

Row = tuple[int, list[str]]


def _join(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its keys and values; a list is not lost behind another of its key."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, value in pairs if isinstance(value, list)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise ValueError(f'the key "{twice}" twice, each time with a list of its own')
    return found


@dataclass
class Source:
    """One file or folder that may be of a sister tool."""

    path: Path
    notes: list[InputProblem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name, as messages print it."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """The end of its name, small."""
        return self.path.suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first bytes; none of a folder."""
        if not self.path.is_file():
            return b""
        with self.path.open("rb") as file:
            return file.read(HEAD)

    @cached_property
    def start(self) -> str:
        """The first bytes as text, as far as they are any."""
        if self.head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self.head.decode("utf-16", errors="replace").lstrip()
        return self.head.decode("utf-8-sig", errors="replace").lstrip("\ufeff \t\r\n")

    @property
    def is_zip(self) -> bool:
        """Whether it is packed, as workbooks are."""
        return self.head.startswith(b"PK\x03\x04")

    @property
    def is_xml(self) -> bool:
        """Whether it begins as XML does."""
        return self.start.startswith("<")

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as JSON does and can be parsed."""
        return self.start[:1] in ("{", "[") and self.path.stat().st_size <= MOST_JSON

    @cached_property
    def is_text(self) -> bool:
        """Whether it is text: nothing in its beginning is binary."""
        return bool(self.head) and not self.is_zip and (b"\x00" not in self.head or self.is_utf16)

    @property
    def is_utf16(self) -> bool:
        """Whether it begins with the mark of UTF-16."""
        return self.head.startswith((b"\xff\xfe", b"\xfe\xff"))

    @cached_property
    def content(self) -> bytes:
        """All bytes.

        Raises
        ------
        InputError
            It is beyond what a text file of a network needs.
        """
        return read_limited(self.path, MOST_TEXT)

    @cached_property
    def text(self) -> str:
        """All of it as text; UTF-8, UTF-16, else Windows-1252 with a note."""
        text, notes = decode_csv(self.name, self.content)
        self.notes.extend(notes)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def data(self) -> Any:
        """What a JSON file says; ``None`` where it is not valid."""
        try:
            return self.parse_json()
        except InputError:
            return None

    def parse_json(self) -> Any:
        """Parse a JSON file.

        Raises
        ------
        InputError
            It is too large, or is not valid JSON.
        """
        content = read_limited(self.path, MOST_JSON)
        text, _ = decode_csv(self.name, content)
        try:
            found = json.loads(text, parse_constant=lambda word: None, object_pairs_hook=_join)
            return list_rows(found)
        except (ValueError, RecursionError) as error:
            if text.count("\n{") and text.lstrip().startswith("{"):
                raise InputError(
                    f"{self.name}: found one JSON object a line, as databases write them. A "
                    "network is one JSON document. Export it anew as GraphML (Neo4j: "
                    "apoc.export.graphml), or as CSV with a row for each relationship."
                ) from error
            raise InputError(
                f"{self.name}: found JSON that cannot be read ({error}). Export it anew."
            ) from error

    @cached_property
    def sheets(self) -> list[tuple[str, list[Row]]]:
        """Sheets of a workbook with their rows, numbered as Excel does; blank rows are left out.

        Raises
        ------
        InputError
            It is damaged, or too large when unpacked.
        """
        opened = (sheet for sheet in open_sheets(self.path) if not sheet.hidden)
        return [(sheet.name, _keep_filled(sheet.rows)) for sheet in opened]

    @cached_property
    def titles(self) -> list[str]:
        """Names of the sheets of a workbook, without reading it; none where they cannot be told."""
        try:
            with zipfile.ZipFile(self.path) as book, book.open("xl/workbook.xml") as part:
                found = TITLE.findall(part.read(MOST_TITLES).decode("utf-8", errors="replace"))
        except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, OSError, EOFError):
            return []
        except (NotImplementedError, ValueError):
            return []
        return [html.unescape(name) for name in found]

    def find_sibling(self, suffix: str) -> Path | None:
        """The file of the same name with another end, whatever its case."""
        wanted = (self.path.stem + suffix).casefold()
        folder = self.path.parent
        return next((p for p in sorted(folder.iterdir()) if p.name.casefold() == wanted), None)


def read_limited(path: Path, most: int) -> bytes:
    """Read a file that is not beyond a limit.

    Raises
    ------
    InputError
        It is larger.
    """
    size = path.stat().st_size
    if size > most:
        raise InputError(
            f"{path.name}: found {size / 1e6:,.0f} MB. A file of this kind has at most "
            f"{most / 1e6:,.0f} MB. Export fewer organizations or attributes."
        )
    return path.read_bytes()


def _keep_filled(rows: Iterable[Row]) -> list[Row]:
    texts = ((k, [clean_cell(text) for text in row]) for k, row in rows)
    return [(k, row) for k, row in texts if any(row)]
