"""Pairs of rows worth a look: who stands near whom, and is called alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .likeness import core_of, measure_likeness, normalize_name
from .places import county_name

DECIDING = ("ccn", "npi")  # one organization, one number; EIN, UEI and grants cover many sites
PROPOSED = 0.85  # names less alike than this are not looked at
BLOCK_ROWS = 500  # names compared at once: bounds memory in a county of thousands
HOSPITALS = frozenset({"critical_access_hospital", "hospital", "rural_emergency_hospital"})

COLUMNS = ("id", "name", "kind", "zip", "county_fips", "city", "origin", *DECIDING)


@dataclass(frozen=True)
class Records:
    """Rows of one or more tables, one after the other, with what is compared made ready.

    Attributes
    ----------
    rows : list of dict
        Id, name, kind, places and identifiers of each row; "" where not known.
    sources : list of set of str
        The files, or else the table, that each row comes from.
    names, cores : list of str
        Normalized names, and the words in them that tell one organization from another.
    alone : list of str
        The ZIP code of a hospital that is the only one there in its files; else "".
    """

    rows: list[dict[str, str]]
    sources: list[frozenset[str]]
    names: list[str]
    cores: list[str]
    alone: list[str]

    def across(self, i: int, j: int) -> bool:
        """The two rows come from different files."""
        return not self.sources[i] & self.sources[j]

    def agree(self, column: str, i: int, j: int) -> bool:
        """Both are known and the same."""
        return self.rows[i][column] != "" and self.rows[i][column] == self.rows[j][column]

    def differ(self, column: str, i: int, j: int) -> bool:
        """Both are known and not the same."""
        known = self.rows[i][column] != "" and self.rows[j][column] != ""
        return known and self.rows[i][column] != self.rows[j][column]


def make_records(tables: Iterable[pd.DataFrame]) -> Records:
    """Put tables of organizations together."""
    rows: list[dict[str, str]] = []
    sources: list[frozenset[str]] = []
    for k, table in enumerate(tables):
        frame = table.reindex(columns=list(COLUMNS), fill_value="").fillna("")
        added = [dict(zip(COLUMNS, row, strict=True)) for row in frame.itertuples(index=False)]
        sources += [_files_of(row["origin"], k) for row in added]
        rows += added
    for row in rows:
        row["county"] = county_name(row["county_fips"])
        row["town"] = row["city"].casefold()
    names = [normalize_name(row["name"]) for row in rows]
    cores = [core_of(name) for name in names]
    return Records(rows, sources, names, cores, _find_alone(rows, sources))


def _files_of(origin: str, table: int) -> frozenset[str]:
    """The files named in "cms.csv, row 5; fcc.csv, row 9"; without them, the table."""
    files = {part.rpartition(", row ")[0] for part in origin.split("; ")} - {""}
    return frozenset(f"{table} {file}" for file in files or {""})


def _find_alone(rows: list[dict[str, str]], sources: list[frozenset[str]]) -> list[str]:
    """ZIP codes of hospitals that are the only one there in every file they come from."""
    keys = [
        {(file, row["zip"]) for file in files} if row["kind"] in HOSPITALS and row["zip"] else set()
        for files, row in zip(sources, rows, strict=True)
    ]
    counts = Counter(key for part in keys for key in part)
    return [
        row["zip"] if part and all(counts[key] == 1 for key in part) else ""
        for row, part in zip(rows, keys, strict=True)
    ]


def find_candidates(records: Records) -> list[tuple[int, int, float]]:
    """Give pairs (i < j) worth a look, each once, with the likeness of their names."""
    found: dict[tuple[int, int], float] = {}
    for block in _make_blocks(records):
        found.update(((i, j), like) for i, j, like in _compare_block(records, block))
    return [(i, j, like) for (i, j), like in sorted(found.items())]


def _make_blocks(records: Records) -> Iterator[list[int]]:
    """Rows of one ZIP code, county or identifier; rows of no known place, and their namesakes."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    lost = {
        name
        for row, name in zip(records.rows, records.names, strict=True)
        if not row["zip"] and not row["county_fips"]
    }
    for k, row in enumerate(records.rows):
        for column in ("zip", "county_fips", *DECIDING):
            if row[column]:
                blocks[column, row[column]].append(k)
        if records.names[k] in lost:
            blocks["name", records.names[k]].append(k)
        if not row["zip"] and not row["county_fips"]:
            blocks["place", ""].append(k)
    return (block for block in blocks.values() if len(block) > 1)


def _compare_block(records: Records, block: list[int]) -> Iterator[tuple[int, int, float]]:
    """Pairs of a block with like names, one core, one identifier, or alone in one ZIP code."""
    rows = np.array(block)
    names = [records.names[k] for k in block]
    labels = [
        np.array([records.cores[k] for k in block]),
        np.array([records.alone[k] for k in block]),
        *(np.array([records.rows[k][column] for k in block]) for column in DECIDING),
    ]
    for start in range(0, len(block), BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        likeness = measure_likeness(names[part], names)
        keep = likeness >= PROPOSED
        for label in labels:
            keep |= (label[part, None] == label[None, :]) & (label[part, None] != "")
        keep &= rows[part, None] < rows[None, :]
        for i, j in zip(*np.nonzero(keep), strict=True):
            yield int(rows[start + i]), int(rows[j]), float(likeness[i, j])
