"""Public files as they were downloaded: plain, compressed, or a folder of them.

A table is read row by row from its text, and only the columns that a reader uses are cleaned, so
that a file of a million rows takes little more memory than its text.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ...core.errors import InputError, InputProblem
from ...io.cells import RawTable, clean_cell
from ...io.opened.csv_file import decode_csv, read_bytes, read_csv_records, refuse_workbook
from ...io.opened.packed import list_files
from ...io.opened.workbook import read_workbook_cells

MOST_UNPACKED = 300_000_000  # bytes held in memory; what is larger is streamed, or is no table
MOST_TIMES = 500  # how many times its size a compressed table may have; text has ten times
LEAST_TOLD = 10_000_000  # bytes below which nobody asks how many times it is
CHUNK = 1 << 20
MOST_TITLES = 10  # rows of one cell above a header
TABLE_SUFFIXES = (".csv", ".txt", ".tsv", ".gz", ".zip", ".xlsx")
Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Source:
    """One table as text.

    Attributes
    ----------
    file : str
        Its name as it stands in messages; a member of a zip file stands behind the zip's name.
    header : tuple of str
        Header cells, on one line each.
    notes : tuple of InputProblem
        What was assumed about the file as a whole.
    is_sheet : bool
        It is a sheet of a workbook, which may have others that say something else.
    """

    file: str
    header: tuple[str, ...]
    notes: tuple[InputProblem, ...] = ()
    is_sheet: bool = False
    _text: str = field(default="", repr=False)
    _cells: RawTable | None = field(default=None, repr=False)

    def read_rows(self, *, with_header: bool = False) -> Iterator[Record]:
        """Give every row that is not blank, with its line number; the header is not one of them.

        Raises
        ------
        InputError
            A quoted cell does not end.
        """
        if self._cells is not None:
            return iter(zip(self._cells.row_numbers, map(list, self._cells.rows), strict=True))
        filled = skip_blank(read_csv_records(self.file, self._text))
        if not with_header:
            next(filled, None)
        return filled


@dataclass(frozen=True)
class Bundle:
    """Several tables that belong together, such as a service directory."""

    file: str
    members: tuple[Source, ...]

    def find(self, *names: str) -> Source | None:
        """Give the member of one of these names, without folder and suffix; ``None``: none."""
        by_name = {_stem(member.file): member for member in self.members}
        return next((by_name[name] for name in names if name in by_name), None)


def _stem(file: str) -> str:
    return PurePosixPath(file).name.split(".")[0].strip().casefold()


def open_sources(path: str | Path) -> list[Source | Bundle]:
    """Open a file as it was downloaded: CSV, gzip, zip or workbook; or a folder of such files.

    A folder or zip file that holds both organizations and services is one service directory; in
    any other each table stands for itself.

    Raises
    ------
    InputError
        There is nothing, or it cannot be unpacked, or it is a workbook.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx" and path.is_file():
        return [_open_sheet(raw) for raw in read_workbook_cells(path)]
    if path.is_dir():
        files = [item for item in sorted(path.iterdir()) if item.suffix.lower() in TABLE_SUFFIXES]
        opened = [source for file in files for source in open_sources(file)]
        return bundle_tables(path.name, opened)
    content = read_bytes(path)
    if content[:4] == b"PK\x03\x04" or path.suffix.lower() == ".zip":
        return bundle_tables(path.name, list(_open_members(path.name, content)))
    if content[:2] == b"\x1f\x8b" or path.suffix.lower() == ".gz":
        content = _unpack_gzip(path.name, content)
    return [open_table(path.name, content)]


def _open_sheet(raw: RawTable) -> Source:
    """Make a source of a sheet of a workbook."""
    header = tuple(clean_header(cell) for cell in raw.header)
    return Source(f"{raw.file}/{raw.sheet}", header, raw.notes, True, _cells=raw)


def open_table(name: str, content: bytes) -> Source:
    """Make a source of the bytes of one file."""
    refuse_workbook(name, content)
    text, notes = decode_csv(name, content)
    _, header = next(skip_blank(read_csv_records(name, text)), (1, []))
    folded = tuple(clean_header(cell) for cell in header)
    return Source(name, folded, tuple(notes), _text=text)


def clean_header(text: str) -> str:
    """Put a header cell on one line, without quotation marks that a spreadsheet left around it."""
    return " ".join(clean_cell(text).split()).strip('"')


def skip_blank(records: Iterator[Record]) -> Iterator[Record]:
    """Give the records with any text, without titles of one cell above the header."""
    filled = ((line, cells) for line, cells in records if any(cell.strip() for cell in cells))
    above: list[Record] = []
    for line, cells in filled:
        above.append((line, cells))
        wide = sum(bool(cell.strip()) for cell in cells) > 1
        if wide or len(above) > MOST_TITLES:
            yield from above[-1:] if wide else above
            break
    else:
        yield from above
    yield from filled


def bundle_tables(name: str, sources: Sequence[Source | Bundle]) -> list[Source | Bundle]:
    """One service directory, or every table for itself."""
    tables = tuple(source for source in sources if isinstance(source, Source))
    bundle = Bundle(name, tables)
    if bundle.find("organizations", "organization") and bundle.find("services", "service"):
        return [bundle]
    return list(sources)


def _unpack_gzip(name: str, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            return read_bounded(name, file, len(content))
    except (OSError, EOFError, zlib.error) as error:
        raise damaged_file(name, error) from error


def read_bounded(name: str, file: IO[bytes] | gzip.GzipFile, packed: int) -> bytes:
    """Unpack piece by piece, so that what is too large is refused before it is there."""
    pieces, size = [], 0
    while piece := file.read(CHUNK):
        size += len(piece)
        check_unpacked(name, size, packed)
        if size > MOST_UNPACKED:
            raise InputError(
                f"{name}: found more than {MOST_UNPACKED / 1e6:,.0f} MB inside. That is no table "
                "of organizations. Unpack it and give the part that is one."
            )
        pieces.append(piece)
    return b"".join(pieces)


def check_unpacked(name: str, size: int, packed: int) -> None:
    """Refuse what grows as no table does: a file made to fill the memory or the day.

    Raises
    ------
    InputError
        It is too many times as large as it was packed.
    """
    if size > max(LEAST_TOLD, MOST_TIMES * packed):
        raise InputError(
            f"{name}: found more than {MOST_TIMES} times its own size inside. No table packs so "
            "well. Download it again."
        )


def _open_members(name: str, content: bytes) -> Iterator[Source | Bundle]:
    """Open every table of a zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = list_files(archive)
            if any(info.filename == "[Content_Types].xml" for info in members):
                refuse_workbook(name.removesuffix(".zip"), content)
            for info in members:
                member = PurePosixPath(info.filename)
                hidden = member.name.startswith(".") or "__MACOSX" in member.parts
                if member.suffix.lower() in (".csv", ".txt", ".tsv") and not hidden:
                    yield open_table(f"{name}/{member.name}", _read_member(name, archive, info))
    except UNREADABLE as error:
        raise damaged_file(name, error) from error


def _read_member(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        return read_bounded(name, file, info.compress_size)


UNREADABLE = (
    *(zipfile.BadZipFile, EOFError, zlib.error, OSError),
    *(RuntimeError, NotImplementedError, ValueError),
)


def damaged_file(name: str, error: Exception) -> InputError:
    """Say that a packed file, or a member of one, cannot be read, and what to do."""
    if isinstance(error, RuntimeError | ValueError):  # a password, or a way of packing
        archive = name.partition("/")[0]
        return InputError(
            f"{archive}: found a zip file that cannot be opened here ({error}). Unpack it first."
        )
    return InputError(
        f"{name}: found a compressed file that is cut short or damaged ({error}). "
        "Download it again."
    )
