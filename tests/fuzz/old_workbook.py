"""A small .xls made by hand: a file system of sectors with one stream of records."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_xls(sheets: Sequence[tuple[str, Sequence[bytes]]]) -> bytes:
    """Make an .xls of sheets, each with the records of its cells."""
    return pack(make_stream(sheets))


def make_stream(sheets: Sequence[tuple[str, Sequence[bytes]]]) -> bytes:
    """Make the stream of records: a list of the sheets, then each sheet."""
    begin, end = record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), record(0x000A, b"")
    bodies = [
        record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + end
        for _, cells in sheets
    ]
    listed = sum(12 + len(name) for name, _ in sheets)
    at = len(begin) + listed + len(end)
    entries = []
    for (name, _), body in zip(sheets, bodies, strict=True):
        entry = struct.pack("<IHBB", at, 0, len(name), 0) + name.encode("latin-1")
        entries.append(record(0x0085, entry))
        at += len(body)
    return b"".join([begin, *entries, end, *bodies])


def record(kind: int, data: bytes) -> bytes:
    """Make one record."""
    return struct.pack("<HH", kind, len(data)) + data


def text_cell(row: int, column: int, text: str) -> bytes:
    """Make a cell of text."""
    held = struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")
    return record(0x0204, held)


def number_cell(row: int, column: int, number: float) -> bytes:
    """Make a cell of a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, number))


def error_cell(row: int, column: int, code: int) -> bytes:
    """Make a cell that holds an error."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula_cell(row: int, column: int, result: bytes, tokens: bytes) -> bytes:
    """Make a cell of a formula with the eight bytes of its result."""
    held = struct.pack("<HHH", row, column, 0) + result
    return record(0x0006, held + struct.pack("<HIH", 0, 0, len(tokens)) + tokens)


def pack(stream: bytes) -> bytes:
    """Put the stream into a file system: header, table of sectors, directory, stream."""
    stream = stream.ljust(4096, b"\x00")  # shorter ones lie elsewhere
    count = -(-len(stream) // SECTOR)
    chain = [TABLE, END, *range(3, count + 2), END]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header = header.ljust(SECTOR, b"\xff")
    table = b"".join(struct.pack("<I", k) for k in chain).ljust(SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    return header + table + directory.ljust(SECTOR, b"\x00") + stream.ljust(count * SECTOR, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    held = text.ljust(64, b"\x00") + struct.pack(
        "<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child
    )
    return held + bytes(36) + struct.pack("<IQ", start, size)
