"""Formulas whose results are not stored: Excel shows them, a file reader sees nothing."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

MOST_BYTES = 400_000_000  # of one sheet; beyond it formulas are not looked for
_CELL = re.compile(
    rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET = re.compile(r"<Relationship\b[^>]*>")

Places = set[tuple[int, int]]


def find_unsaved(path: Path) -> dict[str, Places]:
    """Find the cells of a workbook that are formulas without a result, by sheet.

    Returns
    -------
    dict
        Row and column, counted from 0, by the name of the sheet.
    """
    try:
        with zipfile.ZipFile(path) as book:
            found = {name: set(_list_cells(book, part)) for name, part in _list_sheets(book)}
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError, ValueError):
        return {}
    return {name: places for name, places in found.items() if places}


def _list_sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of sheets, and the part of each."""
    names = set(book.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return
    text = book.read("xl/workbook.xml").decode("utf-8", errors="replace")
    links = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    targets = {}
    for link in _TARGET.findall(links):
        parts = dict(re.findall(r'\b(Id|Target)="([^"]*)"', link))
        targets[parts.get("Id", "")] = parts.get("Target", "")
    for name, link in _SHEET.findall(text):
        target = targets.get(link, "").removeprefix("/xl/").removeprefix("xl/")
        if f"xl/{target}" in names:
            yield html.unescape(name), f"xl/{target}"


def _list_cells(book: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    if book.getinfo(part).file_size > MOST_BYTES:
        return
    content = book.read(part)
    if b"<f" not in content:
        return
    for match in _CELL.finditer(content):
        place = _PLACE.search(match[1])
        if place and b't="str"' not in match[1]:  # a text of no length is a result
            yield int(place[2]) - 1, _number_column(place[1])


def _number_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
