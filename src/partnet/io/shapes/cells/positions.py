"""A column that holds latitude and longitude in one cell, as maps keep them."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ...cells import RawTable
from ...headers import match_headers
from ..entries import note_shape

PAIR = re.compile(r"\(?\s*(-?\d{1,2}\.\d+)\s*[,;/ ]\s*(-?\d{1,3}\.\d+)\s*\)?")
POINT = re.compile(r"point ?\(\s*(-?\d{1,3}\.\d+) +(-?\d{1,2}\.\d+)\s*\)", re.IGNORECASE)


def part_positions(raw: RawTable) -> RawTable:
    """Give latitude and longitude a column each, where one column holds both of organizations."""
    at = match_headers(raw, TABLES["organizations"])
    if {"latitude", "longitude"} & set(at.columns):
        return raw
    for k in at.extras:
        pairs = {row[k]: _read_pair(row[k]) for row in raw.rows if row[k]}
        if pairs and all(pairs.values()):
            break
    else:
        return raw
    blank = ("", "")
    rows = [[*row, *(pairs.get(row[k]) or blank)] for row in raw.rows]
    note = note_shape(
        raw,
        f'"{raw.header[k]}" with latitude and longitude in one cell',
        "They are read as two columns, the latitude first.",
        allowed="Latitude and longitude have a column each.",
    )
    header = (*raw.header, "latitude", "longitude")
    return replace(raw, header=header, rows=rows, notes=(*raw.notes, note))


def _read_pair(text: str) -> tuple[str, str] | None:
    """Latitude and longitude of a cell; a point of a GIS has the longitude first."""
    if match := PAIR.fullmatch(text):
        return match[1], match[2]
    match = POINT.fullmatch(text)
    return (match[2], match[1]) if match else None
