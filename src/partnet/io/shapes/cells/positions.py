"""Latitude and longitude in one cell, as maps keep them, or each in the column of the other."""

from __future__ import annotations

import re
from dataclasses import replace

from ....core.schema import TABLES
from ....core.wording.text import count_noun
from ...cells import RawTable
from ...headers.columns import match_headers
from ...values.degrees import are_swapped, read_degrees
from ...values.numbers import read_number
from ..entries import note_shape

PAIR = re.compile(r"\(?\s*(-?\d{1,2}\.\d+)\s*[,;/ ]\s*(-?\d{1,3}\.\d+)\s*\)?")
POINT = re.compile(r"point ?\(\s*(-?\d{1,3}\.\d+) +(-?\d{1,2}\.\d+)\s*\)", re.IGNORECASE)


def swap_positions(raw: RawTable) -> RawTable:
    """Put latitude and longitude into their columns, where they stand in those of each other."""
    at = match_headers(raw, TABLES["organizations"]).columns
    if not {"latitude", "longitude"} <= set(at):
        return raw
    north, east = at["latitude"], at["longitude"]
    raw = _drop_zeros(raw, north, east)
    swapped = [k for k, row in enumerate(raw.rows) if _is_swapped(row[north], row[east])]
    if not swapped:
        return raw
    rows = [list(row) for row in raw.rows]
    for k in swapped:
        rows[k][north], rows[k][east] = rows[k][east], rows[k][north]
    first = raw.rows[swapped[0]]
    note = note_shape(
        replace(raw, header_row=raw.row_numbers[swapped[0]]),
        f"latitude {first[north]} and longitude {first[east]}, and so in "
        f"{count_noun(len(swapped), 'row')}",
        "Each stands in the column of the other: they are read the other way round.",
        allowed="A latitude lies between -90 and 90 degrees; the United States, between 13 and 72.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _drop_zeros(raw: RawTable, north: int, east: int) -> RawTable:
    """Leave out positions of 0 and 0, which programs write where none is known."""
    none = [k for k, row in enumerate(raw.rows) if row[north] and row[east]
            and read_number(row[north]) == 0 == read_number(row[east])]  # fmt: skip
    if not none:
        return raw
    rows = [list(row) for row in raw.rows]
    for k in none:
        rows[k][north] = rows[k][east] = ""
    note = note_shape(
        replace(raw, header_row=raw.row_numbers[none[0]]),
        f"latitude 0 and longitude 0 in {count_noun(len(none), 'row')}",
        "There is nothing but the sea: they count as blank.",
        allowed="A position is where an organization is.",
    )
    return replace(raw, rows=rows, notes=(*raw.notes, note))


def _is_swapped(north: str, east: str) -> bool:
    """Whether a latitude lies where nobody lives, and the longitude is a latitude of the States."""
    lat, lon = (
        read_number(text, "comma" if "," in text else "point") for text in (north, east)
    )  # fmt: skip
    return lat is not None and lon is not None and are_swapped(lat, lon)


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
    if match := POINT.fullmatch(text):
        return match[2], match[1]
    north, comma, east = text.partition(",")
    found = (north.strip(), east.strip()) if comma else ("", "")
    known = [read_degrees(part, latitude=not k) for k, part in enumerate(found)]
    return found if None not in known else None
