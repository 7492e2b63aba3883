"""Census County Adjacency File: which counties lie next to which.

Source: US Census Bureau, "County Adjacency File", 2010 (tab-separated, without a header, a county
named only on the first of its rows) and since 2023 (separated by bars, with a header). License: US
Government work, public domain.

Columns used: code of the county, code of its neighbor; their names only in messages.

The rows of a county become one attribute of its organizations, ``county_neighbors``: the codes of
the counties next to it, its own left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..reading.codes import read_fips
from ..reading.counties import keep_county
from ..reading.family import (
    EVERYWHERE,
    Family,
    PublicFile,
    RowCollector,
    Scope,
    clean_text,
    open_collector,
)
from ..reading.source import Source

FAMILY = Family(
    name="Census County Adjacency File",
    publisher="US Census Bureau",
    license="US Government work, public domain",
    columns={
        "name": ("County Name",),
        "fips": ("County GEOID",),
        "neighbor_name": ("Neighbor Name",),
        "neighbor": ("Neighbor GEOID",),
    },
    required=("fips", "neighbor"),
    becomes="an attribute of a county's organizations: the counties next to it",
)
_POSITIONS = {"name": 0, "fips": 1, "neighbor_name": 2, "neighbor": 3}  # without a header


def recognize(header: Sequence[str]) -> bool:
    """Tell from its first row whether a file is of this family; that of 2010 has no header."""
    return FAMILY.fits(header) or _has_no_header(header)


def _has_no_header(header: Sequence[str]) -> bool:
    return len(header) == 4 and all(re.fullmatch(r"\d{4,5}", header[k]) for k in (1, 3))


def read(source: Source, scope: Scope = EVERYWHERE) -> PublicFile:
    """Read the file into an attribute of counties.

    Raises
    ------
    InputError
        A needed column is missing, or a cell does not end.
    """
    collector = open_collector(source.file, scope)
    neighbors: dict[str, list[str]] = {}
    first_rows: dict[str, int] = {}
    for row, fips, found, other in _read_pairs(source, collector):
        collector.read_row(row, {"fips": fips, "found": found}, _keep_county)
        if row in collector.owners:
            first_rows.setdefault(fips, row)
            neighbors.setdefault(fips, []).extend([other] if other not in ("", fips) else [])
    for fips, codes in neighbors.items():
        cells = {"county_fips": fips, "column": "county_neighbors", "value": " ".join(codes)}
        collector.add_row("counties", first_rows[fips], cells)
    return collector.finish(
        FAMILY, source, "2010" if _has_no_header(source.header) else "2023 or later"
    )


def _keep_county(row: int, cells: dict[str, str], collector: RowCollector) -> None:
    keep_county(row, cells["fips"], cells["found"], {}, collector)


def _read_pairs(source: Source, collector: RowCollector) -> Iterator[tuple[int, str, str, str]]:
    """Give each row as its number, the county filled down (code, text found) and its neighbor."""
    bare = _has_no_header(source.header)
    found = _POSITIONS if bare else FAMILY.find_columns(source.header)
    fips = text = ""
    for row, cells in source.read_rows(with_header=bare):
        padded = [*map(clean_text, cells), "", "", "", ""]
        if padded[found["fips"]]:
            text = padded[found["fips"]]
            fips = read_fips(text, row, collector)
        yield row, fips, text, read_fips(padded[found["neighbor"]], row, collector)
