"""Damage: bytes cut, repeated, swapped and overwritten; cells, names and settings made odd."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from html import escape

# Pieces that have broken readers of files before.
PIECES = (
    b"", b"0", b"-1", b"1e309", b"999999999", b"NaN", b'"', b"'", b"[", b"]", b"{", b"}", b"<",
    b">", b"&", b"&#0;", b"&lol;", b"<!DOCTYPE x>", b"<![CDATA[", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\n", b"\r\n", b"\t", b",", b";", b"|", b"*", b"*Vertices 99999999", b"*Matrix", b"!", b"%",
    b"null", b"true", b"1" * 400, b"\xe2\x80\x8f", b"\xed\xa0\x80", b'""', b"#", b"N=99999999",
    b"NM=0", b"data:", b"labels:", b"A" * 5000, b"[" * 200, b'{"a":' * 200,
)  # fmt: skip

# Cells that have broken columns of every type.
CELLS = (
    "", " ", "0", "-1", "1e308", "1e999", "-0.0", "9" * 400, "NaN", "inf", "-inf", "TRUE", "no",
    "n/a", "#N/A", "#REF!", "=1+1", "+1", "-2", "@x", "'=1", "'", '"', "a,b", "a;b", "a\nb", "a\rb",
    "\t", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\ufffe", "\u200b", "医院", "Ω" * 300,
    "x" * 40_000,
    "1900-01-01", "1899-12-31", "2100-12-31", "9999-12-31", "79999", "2", "60", "45000.5",
    "13/13/2020",
    "02/30/2020", "3/2/22", "May 2023", "31027", "60030", "9001", "00000", "NE", "Nebraska",
    "68739-1",
    "28Z300", "123456789", "monthly", "none", "5", "CAH", "hospital", "EXAMPLE: a", "id",
    "name", "all",
    "<script>alert(1)</script>", "../../x", "a" * 300, "$1.2M", "(5)", "1,5", "50%", "--", "?",
    "A", "B", "half \ud800", "\udfff",
)  # fmt: skip

HEADERS = (
    "", "name", "id", "kind", "amount", "organization", "organization_other", "earlier", "index",
    "level_0", "provenance", "column 1", "Name", "NAME ", "name\nname", "x" * 300, "until",
    "2020", "No",
    "source", "target", "partner 1", "partner 2", "weight", "\x00", "医院", "=1+1", "Unnamed: 0",
    "half \ud800",
)  # fmt: skip

VALUES = (
    "1", "-1", "0", "true", '""', '"x"', '"\\u0000"', "[]", "[1]", '["a", 1]', "{}", "{a = 1}",
    "1e999", "nan", "2026-06-30", "9999-12-31", "9" * 5000, "[" * 300 + "]" * 300,
    '"' + "x" * 9000 + '"',
    "[[['a']]]", '"../x"', '"weakest first"', "-9223372036854775809", '"public"',
    "0x7fffffffffffffffff",
)  # fmt: skip


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to six places: cut, repeat, swap, overwrite, insert."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        if not data:
            break
        a = chance.randrange(len(data))
        b = min(len(data), a + chance.choice((1, 1, 2, 4, 8, 40, 200)))
        kind = chance.randrange(7)
        if kind == 0:
            del data[a:b]
        elif kind == 1:
            data[a:a] = data[a:b] * chance.randint(1, 3)
        elif kind == 2:
            data[a] = chance.randrange(256)
        elif kind == 3:
            data[a:b] = chance.choice(PIECES)
        elif kind == 4:
            data[a:a] = chance.choice(PIECES)
        elif kind == 5:
            other = chance.randrange(len(data))
            data[a:b], data[other : other + b - a] = data[other : other + b - a], data[a:b]
        else:
            del data[a if chance.random() < 0.2 else len(data) :]
    return bytes(data)


def mutate_rows(rows: Sequence[Sequence[str]], chance: random.Random) -> list[list[str]]:
    """Make cells, headers, rows and columns of a table odd; the first row is its header."""
    table = [list(row) for row in rows]
    for _ in range(chance.randint(1, 5)):
        row = table[chance.randrange(len(table))]
        kind = chance.randrange(8)
        if kind <= 3 and row:
            row[chance.randrange(len(row))] = chance.choice(CELLS)
        elif kind == 4 and table[0]:
            table[0][chance.randrange(len(table[0]))] = chance.choice(HEADERS)
        elif kind == 5:
            added = chance.choice(HEADERS)
            table = [
                [*cells, chance.choice(CELLS) if k else added] for k, cells in enumerate(table)
            ]
        elif kind == 6:
            table.insert(chance.randrange(len(table) + 1), list(row))
        elif row:
            del row[chance.randrange(len(row))]
    return table


# What of a part of a workbook is changed so that it stays XML: values, texts, whole elements.
ATTRIBUTE = re.compile(rb'(?<==)"[^"<]*"(?=[^<>]*>)')
TEXT = re.compile(rb"(?<=>)[^<>]+(?=</)")
ELEMENT = re.compile(
    rb"<((?:[a-z]+:)?(?:c|row|si|is|v|f|sheet|mergeCell|col|xf|numFmt|definedName|Relationship"
    rb"|Override|table|table-row|table-cell|p))\b(?:[^<>]*/>|[^<>]*(?<!/)>.*?</\1>)",
    re.DOTALL,
)
ATTRIBUTES = (
    b"", b"0", b"1", b"-1", b"2", b"9", b"4294967296", b"A1", b"XFD1048576", b"ZZZZ9", b"A1:XFD9",
    b"s", b"str", b"n", b"b", b"e", b"d", b"inlineStr", b"float", b"date", b"string", b"boolean",
    b"percentage", b"1000000", b"PT26H", b"2020-02-30", b"true", b"hidden", b"veryHidden", b"rId1",
    b"rId99", b"worksheets/sheet2.xml", b"/xl/worksheets/sheet1.xml", b"../../x", b"ties", b"Ties ",
    b"organizations", b"shared", b"array", b"preserve",
)  # fmt: skip
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mutate_xml(content: bytes, chance: random.Random) -> bytes:
    """Change values, texts and elements of XML, so that its reader gets past its form."""
    for _ in range(chance.randint(1, 4)):
        kind = chance.randrange(6)
        found = list((ATTRIBUTE, TEXT, TEXT, ELEMENT, ELEMENT, ELEMENT)[kind].finditer(content))
        if not found:
            continue
        a, b = chance.choice(found).span()
        put = content[a:b]
        if kind == 0:
            put = b'"%b"' % chance.choice(ATTRIBUTES)
        elif kind <= 2:
            put = escape(NOT_XML.sub("", chance.choice(CELLS))).encode()
        elif kind == 3:
            put = b""
        elif kind == 4:
            put *= chance.randint(2, 4)
        else:
            other = chance.choice(found)
            content = content[:b] + other.group() + content[b:]
        content = content[:a] + put + content[b:]
    return content


def mutate_settings(text: str, chance: random.Random) -> str:
    """Give some settings of a TOML text other values, names or places."""
    lines = text.splitlines()
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(lines))
        name, equals, value = lines[at].partition(" = ")
        kind = chance.randrange(8)
        if kind <= 4 and equals:
            lines[at] = f"{name} = {chance.choice(VALUES)}"
        elif kind <= 6 and equals:
            lines[at] = f"{chance.choice(('x', 'a.b', 'files', 'kinds', 'label', '&'))} = {value}"
        else:
            lines.insert(at, lines[chance.randrange(len(lines))])
    return "\n".join(lines)
