"""Before a workbook is opened: is it small enough when unpacked?

A file of 5 kB can claim a sheet of 17 billion cells, or unpack to gigabytes; the library that reads
workbooks would take the whole process down. So every part that it might open is streamed and
counted first, whatever the part is called and wherever it lies, by rules at least as strict as
those by which it is then read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from ...core.errors import InputError
from .guard_parts import MOST_BYTES, Book, FailedCells, OdsContent, Part, Sheet, Strings, Tally

MOST_MEMBERS = 2_000
CHUNK = 1 << 20

_END = b"PK\x05\x06"  # the record at the end of a zip file that says where its directory lies
_END_SIZE, _END_SEARCH = 22, 22 + 65_535
_SHEET_DATA = re.compile(rb"<(?:[^\s<>:]{1,40}:)?(?:sheetData|si)\b", re.IGNORECASE)
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def check_workbook(path: Path) -> Mapping[str, FailedCells]:
    """Refuse a workbook that would not fit into memory, in a sentence.

    Returns
    -------
    mapping of str to mapping
        By sheet, the cells whose formula failed (its error, such as ``#N/A``) or has no result
        yet (``UNSAVED``), by row and column as Excel counts them.

    Raises
    ------
    InputError
        It is no workbook, is encrypted or damaged, or goes beyond a limit.
    """
    try:
        _check_end(path)
        with zipfile.ZipFile(path) as archive:
            _check_members(path.name, archive)
            return _measure(path.name, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error) as error:
        raise InputError(
            f"{path.name}: found a damaged workbook ({error}). Open it in Excel and save it anew."
        ) from error
    except (expat.ExpatError, ValueError, RuntimeError, LookupError, OSError) as error:
        raise InputError(
            f"{path.name}: found a workbook that cannot be read ({error}). Open it in Excel and "
            "save it anew, without a password."
        ) from error


def _check_end(path: Path) -> None:
    """Refuse a file with two directories: two programs would read two different workbooks."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SEARCH))
        tail = file.read()
    if tail.count(_END) != 1 or tail.rfind(_END) != len(tail) - _END_SIZE:
        raise zipfile.BadZipFile("it does not end as a workbook does")


def _check_members(name: str, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    tally = Tally(name)
    if len(members) > MOST_MEMBERS:
        tally.refuse(f"{len(members):,} parts inside", f"{MOST_MEMBERS:,}")
    if len({_fold(member.filename) for member in members}) < len(members):
        raise zipfile.BadZipFile("it has two parts of the same name")
    claimed = sum(member.file_size for member in members)
    if claimed > MOST_BYTES:
        tally.refuse(f"{claimed / 1e9:,.1f} GB when unpacked", f"{MOST_BYTES / 1e9:,.1f} GB")


def _fold(part: str) -> str:
    return part.replace("\\", "/").lower()


def _measure(name: str, archive: zipfile.ZipFile) -> dict[str, FailedCells]:
    """Count every part as what it might be opened as; give the failed cells by sheet."""
    tally = Tally(name)
    book, relations, ods = Book(tally), Book(tally), OdsContent(tally)
    fixed: dict[str, Part] = {_BOOK: book, _RELATIONS: relations, "content.xml": ods}
    sheets: dict[str, Sheet] = {}
    strings: list[int] = []
    for member in archive.infolist():
        path = _fold(member.filename)
        with archive.open(member) as packed:
            start = packed.read(CHUNK)
            part = fixed.get(path) or (Strings(tally) if _is_strings(start) else Sheet(tally))
            _stream(start, packed, part)
        if isinstance(part, Strings) and part.lengths:
            tally.expect(not strings, "it has two lists of strings")
            strings = part.lengths
        elif isinstance(part, Sheet):
            sheets[path] = part
    for sheet in sheets.values():
        sheet.write_out(strings)
    paths = [_path_of(relations, id_) for _, id_ in book.sheets]
    # A part is counted once, and would be read as often as a sheet leads to it.
    tally.expect(len(set(paths)) == len(paths), "two of its sheets are the same part")
    return {**ods.failed, **_name_failed(book, relations, sheets)}


def _is_strings(start: bytes) -> bool:
    """Whether a part's outermost element is a list of shared strings."""
    found = re.search(rb"<(?:[^\s<>:?!]{1,40}:)?([A-Za-z]\w*)", start[:4096])
    return found is not None and found[1].lower() == b"sst"


def _name_failed(
    book: Book, relations: Book, sheets: Mapping[str, Sheet]
) -> dict[str, FailedCells]:
    """Give the failed cells by the name of their sheet."""
    named = {}
    for name, id_ in book.sheets:
        path = _path_of(relations, id_)
        if path in sheets and sheets[path].failed:
            named[name] = sheets[path].failed
    return named


def _path_of(relations: Book, id_: str) -> str:
    """Where the part of a sheet lies."""
    target = _fold(relations.targets.get(id_, "")).lstrip("/")
    return target if target.startswith("xl/") else f"xl/{target}"


def _stream(start: bytes, packed: IO[bytes], part: Part) -> None:
    """Count one part as it inflates: as XML where it is XML, else only its bytes."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))  # refused as no UTF-8
    if wide or start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        _stream_xml(start, packed, part)
    else:
        _stream_other(start, packed, part.tally)


def _stream_xml(start: bytes, packed: IO[bytes], part: Part) -> None:
    # Always UTF-8, as the part will be read: what a declaration says could hide cells from one of
    # the two. A document type has no place in a workbook, and can hide as much.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for piece in _pieces(start, packed):
        part.tally.bytes += len(piece)
        parser.Parse(piece, False)
        part.tally.check()
    parser.Parse(b"", True)


def _stream_other(start: bytes, packed: IO[bytes], tally: Tally) -> None:
    """Count a picture, a macro or the like; none of them may hold a sheet behind other bytes."""
    before = b""
    for piece in _pieces(start, packed):
        tally.bytes += len(piece)
        tally.check()
        tally.expect(not _SHEET_DATA.search(before + piece), "it has a sheet that is no XML")
        before = piece[-64:]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it declares a document type or XML entities, which no workbook needs")


def _pieces(start: bytes, packed: IO[bytes]) -> Iterator[bytes]:
    yield start
    yield from iter(lambda: packed.read(CHUNK), b"")
