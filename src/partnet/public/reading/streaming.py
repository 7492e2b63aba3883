"""Public files read from disk as they are used, so that a file of any size takes little memory."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ...core.errors import InputError, InputProblem
from ...core.storage.system import name_other
from ...io.opened.csv_file import (
    find_delimiter,
    guessed_encoding,
    left_out_nuls,
    refuse_workbook,
)
from ...io.opened.csv_records import read_csv_stream
from ...io.opened.packed import list_files
from .source import (
    CHUNK,
    TABLE_SUFFIXES,
    UNREADABLE,
    Bundle,
    Record,
    Source,
    bundle_tables,
    check_unpacked,
    clean_header,
    damaged_file,
    open_sources,
    skip_blank,
)

MOST_LINE = 10_000_000  # characters of one line; a longer one is no row of a table
MOST_STREAMED = 50_000_000_000  # bytes; a compressed file that grows beyond this is no table
Opener = Callable[[], IO[bytes] | gzip.GzipFile]


@dataclass(frozen=True)
class StreamedSource(Source):
    """One table that is read from its file each time that its rows are asked for."""

    _open: Opener = field(default=io.BytesIO, repr=False)
    _encoding: str = "utf-8-sig"
    _delimiter: str = ","

    def read_rows(self, *, with_header: bool = False) -> Iterator[Record]:
        """Give every row that is not blank, with its line number; the header is not one of them.

        Raises
        ------
        InputError
            A quoted cell does not end, or a compressed file is damaged.
        """
        with self._open() as raw:
            lines = read_lines(self.file, raw, self._encoding)
            filled = skip_blank(read_csv_stream(self.file, lines, self._delimiter))
            if not with_header:
                next(filled, None)
            yield from filled


def read_lines(name: str, raw: IO[bytes] | gzip.GzipFile, encoding: str) -> Iterator[str]:
    """Give the lines of a file as text, without NULs.

    Raises
    ------
    InputError
        A line has no end, or the file is damaged.
    """
    try:
        with io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
            while line := text.readline(MOST_LINE):
                if len(line) == MOST_LINE:
                    raise InputError(
                        f"{name}: found a line of more than {MOST_LINE:,} characters. A row of a "
                        "table is shorter. Download it again."
                    )
                yield line.replace("\x00", "") if "\x00" in line else line
    except UNREADABLE as error:
        raise damaged_file(name, error) from error


def stream_sources(path: str | Path) -> list[Source | Bundle]:
    """Open a file as it was downloaded, as :func:`open_sources` does, but leave it on disk.

    Raises
    ------
    InputError
        There is nothing, or it cannot be unpacked, or it is a workbook under another name.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx" and path.is_file():
        return open_sources(path)
    if path.is_dir():
        files = [item for item in sorted(path.iterdir()) if item.suffix.lower() in TABLE_SUFFIXES]
        return bundle_tables(path.name, [part for file in files for part in stream_sources(file)])
    start = _read_start(path)
    if start[:4] == b"PK\x03\x04" or path.suffix.lower() == ".zip":
        return bundle_tables(path.name, list(_stream_members(path)))
    packed = path.stat().st_size
    if start[:2] == b"\x1f\x8b" or path.suffix.lower() == ".gz":
        return [_stream_table(path.name, lambda: gzip.open(path), packed)]
    refuse_workbook(path.name, start)
    return [_stream_table(path.name, lambda: path.open("rb"), packed)]


def _read_start(path: Path) -> bytes:
    if not path.is_file():
        raise InputError(
            f"{path.name}: found {name_other(path)}. A CSV file is expected. Check the path."
        )
    with path.open("rb") as file:
        return file.read(8)


def _stream_members(path: Path) -> Iterator[Source | Bundle]:
    """Open every table of a zip file."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = list_files(archive)
    except UNREADABLE as error:
        raise damaged_file(path.name, error) from error
    if any(info.filename == "[Content_Types].xml" for info in members):
        refuse_workbook(path.name.removesuffix(".zip"), b"PK\x03\x04")
    for info in members:
        member = PurePosixPath(info.filename)
        hidden = member.name.startswith(".") or "__MACOSX" in member.parts
        if member.suffix.lower() in (".csv", ".txt", ".tsv") and not hidden:
            opener = _open_member(path, info.filename)
            yield _stream_table(f"{path.name}/{member.name}", opener, info.compress_size)


def _open_member(path: Path, name: str) -> Opener:
    return lambda: zipfile.ZipFile(path).open(name)


def _stream_table(name: str, open_: Opener, packed: int) -> StreamedSource:
    """Make a source of a file: one pass finds its encoding, whether it has NULs, and its header."""
    encoding, notes = _find_encoding(name, open_, packed)
    with open_() as raw:
        first = next((line for line in read_lines(name, raw, encoding) if line.strip()), "")
    delimiter = find_delimiter(first)
    with open_() as raw:
        records = read_csv_stream(name, read_lines(name, raw, encoding), delimiter)
        _, header = next(skip_blank(records), (1, []))
    folded = tuple(clean_header(cell) for cell in header)
    return StreamedSource(
        name, folded, tuple(notes), _open=open_, _encoding=encoding, _delimiter=delimiter
    )


def _find_encoding(name: str, open_: Opener, packed: int) -> tuple[str, list[InputProblem]]:
    """UTF-8 or UTF-16 with a mark, else Windows-1252, with notes of what was assumed."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, nuls, first = "utf-8-sig", False, True
    for chunk in _read_chunks(name, open_, packed):
        if first and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", [left_out_nuls(name)] if _has_wide_nuls(open_) else []
        first = False
        nuls |= b"\x00" in chunk
        encoding = encoding if encoding == "cp1252" or _decodes(decoder, chunk) else "cp1252"
    if encoding != "cp1252" and not _decodes(decoder, b"", final=True):
        encoding = "cp1252"
    notes = [guessed_encoding(name)] if encoding == "cp1252" else []
    return encoding, [*notes, left_out_nuls(name)] if nuls else notes


def _has_wide_nuls(open_: Opener) -> bool:
    with open_() as raw, io.TextIOWrapper(raw, "utf-16", errors="replace", newline="") as text:
        return any("\x00" in line for line in text)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _read_chunks(name: str, open_: Opener, packed: int) -> Iterator[bytes]:
    """Give a file piece by piece.

    Raises
    ------
    InputError
        It is damaged, or holds more than any table does.
    """
    size = 0
    try:
        with open_() as raw:
            while chunk := raw.read(CHUNK):
                size += len(chunk)
                check_unpacked(name, size, packed)
                if size > MOST_STREAMED:
                    raise InputError(f"{name}: found more than 50 GB inside. That is no table.")
                yield chunk
    except UNREADABLE as error:
        raise damaged_file(name, error) from error


def fingerprint(path: str | Path) -> str:
    """Give the SHA-256 of a file's bytes; of a folder, of the names and bytes of its files.

    Raises
    ------
    InputError
        There is nothing at the path.
    """
    path = Path(path)
    digest = hashlib.sha256()
    files = sorted(item for item in path.iterdir() if item.is_file()) if path.is_dir() else [path]
    for file in files:
        _read_start(file)
        digest.update(file.name.encode() if path.is_dir() else b"")
        with file.open("rb") as raw:
            while chunk := raw.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
