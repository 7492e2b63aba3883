"""Pairs of rows worth a look: who stands near whom, and is called alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ..core import vocabulary
from ..core.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from ..places.gazetteer import county_name
from .similarity import (
    compare_names,
    core_of,
    find_like_names,
    marks_of,
    normalize_name,
    normalize_street,
)

DECIDING = ("ccn", "npi")  # one organization, one number
SHARED = ("ein", "uei", "hrsa_grant")  # one number for all sites of a legal entity
PROPOSED = 0.85  # names less alike than this are not looked at
BLOCK_ROWS = 500  # names compared at once: bounds memory in a county of thousands
HOSPITALS = frozenset(vocabulary.HOSPITALS)

COLUMNS = (
    "id", "name", "kind", "state", "zip", "county_fips", "city", "address", "origin",
    *DECIDING, *SHARED,
)  # fmt: skip


@dataclass(frozen=True)
class Records:
    """Rows of one or more tables, one after the other, with what is compared made ready.

    Attributes
    ----------
    frame : DataFrame
        The columns of ``COLUMNS``, then ``county`` (name), ``town``, ``street``, ``names``
        (normalized), ``cores`` (the words in them that tell one organization from another) and
        ``alone`` (the ZIP code of a hospital that is the only one there in its files); "" where
        not known.
    codes : DataFrame
        The same as whole numbers, equal where the texts are; -1 where not known.
    source : int array
        Which set of files, or else which table, each row comes from.
    shares : bool array, shape (sources, sources)
        Whether two of these sets have a file in common.
    """

    frame: pd.DataFrame
    codes: pd.DataFrame
    source: IntArray
    shares: BoolArray

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def marks(self) -> IntArray:
        """Whole numbers, equal where the same sides and numbers stand in the names, or none."""
        marks = [" ".join(sorted(marks_of(name))) for name in self.frame["names"]]
        return np.asarray(pd.factorize(np.array(marks, dtype=object))[0], dtype=np.int64)

    def texts(self, column: str) -> ObjectArray:
        """One column as an array of text."""
        return self.frame[column].to_numpy(dtype=object)

    def agree(self, column: str, i: IntArray, j: IntArray) -> BoolArray:
        """Both are known and the same."""
        codes = self.codes[column].to_numpy()
        return (codes[i] == codes[j]) & (codes[i] >= 0)

    def differ(self, column: str, i: IntArray, j: IntArray) -> BoolArray:
        """Both are known and not the same."""
        codes = self.codes[column].to_numpy()
        return (codes[i] != codes[j]) & (codes[i] >= 0) & (codes[j] >= 0)

    def across(self, i: IntArray, j: IntArray) -> BoolArray:
        """The two rows come from different files."""
        return ~self.shares[self.source[i], self.source[j]]


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows (i < j), each once, with the likeness of their names (0 to 1)."""

    i: IntArray
    j: IntArray
    likeness: FloatArray

    def keep(self, chosen: BoolArray) -> Pairs:
        """Keep some of them."""
        return Pairs(self.i[chosen], self.j[chosen], self.likeness[chosen])


def make_records(tables: Iterable[pd.DataFrame]) -> Records:
    """Put tables of organizations together."""
    parts = [_take_texts(table) for table in tables]
    files = [_files_of(origin, k) for k, part in enumerate(parts) for origin in part["origin"]]
    empty = pd.DataFrame(columns=list(COLUMNS), dtype="str")
    frame = pd.concat([empty, *parts], ignore_index=True)
    distinct = list(dict.fromkeys(files))
    numbers = {names: k for k, names in enumerate(distinct)}
    source = np.array([numbers[names] for names in files], dtype=np.int64)
    shares = np.array([[bool(a & b) for b in distinct] for a in distinct], dtype=bool)
    frame["county"] = [county_name(code) for code in frame["county_fips"]]
    frame["town"] = [" ".join(city.casefold().split()) for city in frame["city"]]
    frame["street"] = [normalize_street(address) for address in frame["address"]]
    frame["names"] = [normalize_name(name) for name in frame["name"]]
    frame["cores"] = [core_of(name) for name in frame["names"]]
    frame["alone"] = _find_alone(frame, distinct, source)
    codes = {name: pd.factorize(frame[name].where(frame[name] != "", None))[0] for name in frame}
    shape = (len(distinct), len(distinct))
    return Records(frame, pd.DataFrame(codes), source, shares.reshape(shape))


def _take_texts(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that are compared, as text; "" where a table lacks one."""
    blank = pd.Series("", index=table.index, dtype="str")
    texts = {name: table.get(name, blank).astype("str") for name in COLUMNS}
    return pd.DataFrame(texts).fillna("")


def _files_of(origin: str, table: int) -> frozenset[str]:
    """The files named in "cms.csv, row 5; fcc.csv, row 9"; without them, the table."""
    files = {part.rpartition(", row ")[0] for part in origin.split("; ")} - {""}
    return frozenset(f"{table} {file}" for file in files or {""})


def _find_alone(
    frame: pd.DataFrame, distinct: Sequence[frozenset[str]], source: IntArray
) -> list[str]:
    """ZIP codes of hospitals that are the only one there in every file they come from."""
    hospital = (frame["kind"].isin(HOSPITALS) & (frame["zip"] != "")).to_numpy()
    rows = np.flatnonzero(hospital)
    zips = frame["zip"].to_numpy(dtype=object)
    keys = [(file, zips[k]) for k in rows for file in distinct[source[k]]]
    owners = [k for k in rows for _ in distinct[source[k]]]
    several = pd.Series(keys, dtype=object).duplicated(keep=False).to_numpy(dtype=bool)
    crowded = {k for k, more in zip(owners, several, strict=True) if more}
    alone = np.full(len(frame), "", dtype=object)
    chosen = [k for k in rows if k not in crowded]
    alone[chosen] = zips[chosen]
    return list(alone)


def find_candidates(records: Records) -> Pairs:
    """Give the pairs worth a look.

    Rows of one ZIP code, county or identifier, rows of no known place, and their namesakes are
    compared, as far as the same sides and numbers stand in their names. Worth a look are names
    alike by at least 0.85, names with one distinguishing part, equal identifiers, and hospitals
    that are each the only one of their file in a ZIP code.
    """
    n = len(records)
    found = [np.empty(0, np.int64)]
    names = records.texts("names")
    codes = records.codes.assign(marks=records.marks)
    for block in _make_blocks(codes):
        for i, j in find_like_names(names[block], least=PROPOSED, rows=BLOCK_ROWS):
            found.append(block[i] * n + block[j])
    alike = (["zip", "cores", "marks"], ["county_fips", "cores", "marks"], ["alone"])
    for columns in (*alike, *_identifiers()):
        for block in _group_rows(codes, columns):
            first, second = np.triu_indices(len(block), 1)
            found.append(block[first] * n + block[second])
    keys = np.unique(np.concatenate(found))
    i, j = (keys // n, keys % n) if n else (keys, keys)
    return Pairs(i, j, compare_names(names[i], names[j]))


def _identifiers() -> list[list[str]]:
    return [[name] for name in DECIDING] + [[name, "names"] for name in SHARED]


def _make_blocks(codes: pd.DataFrame) -> Iterator[IntArray]:
    """Rows of one ZIP code or county; of rows of no known place their town and namesakes.

    Names with other sides or numbers are never one: they are not compared.
    """
    yield from _group_rows(codes, ["zip", "marks"])
    yield from _group_rows(codes, ["county_fips", "marks"])
    unknown = ((codes[["zip", "county_fips"]] < 0).all(axis=1)).to_numpy()
    lost = np.flatnonzero(unknown)
    nowhere = unknown & (codes["town"] < 0).to_numpy()
    yield from _group_rows(codes[nowhere], ["marks"])
    for columns in (["state", "town", "marks"], ["names"]):
        keys = pd.MultiIndex.from_frame(codes[columns])
        yield from _group_rows(codes[keys.isin(keys[lost])], columns)


def _group_rows(codes: pd.DataFrame, columns: list[str]) -> Iterator[IntArray]:
    """Positions of rows that agree in some columns, all known; groups of two and more."""
    known = codes[(codes[columns] >= 0).all(axis=1)]
    shared = known[known.duplicated(columns, keep=False)]
    for rows in shared.groupby(columns, sort=True).indices.values():
        yield shared.index.to_numpy(dtype=np.int64)[np.sort(rows)]
