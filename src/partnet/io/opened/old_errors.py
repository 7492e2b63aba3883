"""Which cells of an .xls show an error: the reader gives them as blank, so its records are scanned.

An .xls is a small file system (MS-CFB) that holds one stream of records (MS-XLS, BIFF8).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ..values.words import UNSAVED
from .guard_parts import FailedCells

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FORMULA, _BOUNDSHEET, _BOOLERR, _BOF, _EOF = 0x0006, 0x0085, 0x0205, 0x0809, 0x000A
_END_OF_CHAIN = 0xFFFFFFFE
_DIRECTORY_ENTRY = 128
_BLANK_TEXT = b"\x17\x00"  # the text "" in a formula


def find_errors(content: bytes) -> dict[str, FailedCells]:
    """Give the cells that show an error, by sheet; none of a file that is built otherwise."""
    try:
        stream = _read_book_stream(content)
        return {name: cells for name, at in _list_sheets(stream) if (cells := _scan(stream, at))}
    except (struct.error, IndexError, KeyError, ValueError):
        return {}  # the reader of the cells will say what is wrong with it


def _read_book_stream(content: bytes) -> bytes:
    """Put together the sectors of the stream that holds the workbook."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if not 512 <= size <= 4096:
        raise ValueError("no such size of a sector")
    table = _read_table(content, size)
    directory = _read_chain(content, size, table, struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", errors="replace")
        if name.lower() in ("workbook", "book"):
            start, held = struct.unpack_from("<II", directory, at + 116)
            return _read_chain(content, size, table, start)[:held]
    raise ValueError("no workbook inside")


def _read_table(content: bytes, size: int) -> list[int]:
    """Read the table that says which sector follows which."""
    sectors = [k for k in struct.unpack_from("<109I", content, 76) if k < _END_OF_CHAIN - 2]
    following = struct.unpack_from("<I", content, 68)[0]
    per = size // 4
    seen = 0
    while following < _END_OF_CHAIN - 2 and seen <= len(content) // size:
        listed = struct.unpack_from(f"<{per}I", content, (following + 1) * size)
        sectors += [k for k in listed[:-1] if k < _END_OF_CHAIN - 2]
        following, seen = listed[-1], seen + 1
    most = len(content) // size + 1
    table: list[int] = []
    for sector in sectors[:most]:
        table += struct.unpack_from(f"<{per}I", content, (sector + 1) * size)
    return table


def _read_chain(content: bytes, size: int, table: list[int], start: int) -> bytes:
    pieces = []
    for _ in range(len(content) // size + 1):
        if start >= len(table):
            break
        pieces.append(content[(start + 1) * size : (start + 2) * size])
        start = table[start]
    return b"".join(pieces)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place to the end of their part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _list_sheets(stream: bytes) -> list[tuple[str, int]]:
    """Give the sheets with the place at which each one's records begin."""
    found = []
    for kind, data in _records(stream, 0):
        if kind == _BOUNDSHEET:
            (at,), wide = struct.unpack_from("<I", data), data[7] & 1
            coding = "utf-16-le" if wide else "latin-1"
            name = data[8 : 8 + data[6] * (2 if wide else 1)].decode(coding, errors="replace")
            found.append((name, at))
    return found


def _scan(stream: bytes, at: int) -> FailedCells:
    """Find the cells that hold an error, typed or as the result of a formula."""
    failed: FailedCells = {}
    for kind, data in _records(stream, at):
        text = ""
        if kind == _BOOLERR and data[7]:
            text = _ERRORS.get(data[6], "#N/A")
        elif kind == _FORMULA and data[12:14] == b"\xff\xff":
            text = _read_result(data)
        if text:
            row, column = struct.unpack_from("<HH", data)
            failed[row + 1, column + 1] = text
    return failed


def _read_result(formula: bytes) -> str:
    """Say what is wrong with the result of a formula; a blank one is right where "" is in it."""
    if formula[6] == 2:
        return _ERRORS.get(formula[8], "#N/A")
    blank = formula[6] == 3 and _BLANK_TEXT not in formula[22:]
    return UNSAVED if blank else ""
