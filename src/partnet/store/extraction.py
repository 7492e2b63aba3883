"""A State out of a store: what its readers would have read of the files, and no more than that."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..places.gazetteer import county_center, zips_of
from ..public.attach import COUNTERPARTS
from ..public.readers.catalog import DIRECTORY, NAMES, READERS, directory_families
from ..public.reading.family import Family, PublicFile
from ..public.region import Region
from .layout import CELLS, OWNERS, cover, split_said
from .loading import read_ledger
from .recording import problem_of
from .shelves.shelf import Shelf

if TYPE_CHECKING:
    import ibis.expr.types as ir

BOX_MARGIN = 2.0  # degrees around the middles of counties; no county reaches farther
COUNTY_LENGTH = 5  # owners of rows that are about a county are its code


def extract_files(shelf: Shelf, region: Region, *, everybody: bool = False) -> list[PublicFile]:
    """Give the files of a store as their readers would read them for a region, in order of trust.

    Organizations that cannot be in the region or near it are left out at once, unless `everybody`
    of its States is asked for; whoever is left is placed and chosen as in any build.
    """
    ledger = read_ledger(shelf)
    states = {state for text in ledger["row_states"] for state in json.loads(text)}
    covered = cover(states, region.nearby_states)
    parts = _read_parts(shelf, Region() if everybody else region, covered)
    order = {reader: k for k, reader in enumerate(NAMES)}
    entries = sorted(ledger.to_dict("records"), key=lambda e: (order[e["reader"]], e["file_no"]))
    return [_make_file(entry, parts, region.home) for entry in entries]


@dataclass(frozen=True)
class _Parts:
    """Rows of each table that concern a region, by file."""

    tables: Mapping[str, Mapping[int, pd.DataFrame]]
    shapes: Mapping[tuple[int, int], list[str]]

    def of(self, table: str, file_no: int) -> pd.DataFrame:
        """The rows of one file, in the order in which the file gave them."""
        return self.tables[table].get(file_no, self.tables[table][-1])


def _read_parts(shelf: Shelf, region: Region, covered: list[str]) -> _Parts:
    """Ask the engine for everything that can concern a region."""
    there = shelf.names()
    counted = shelf.table("files").select("file_no")

    def rows_of(name: str) -> ir.Table | None:
        if name not in there:
            return None
        rows = shelf.table(name)
        rows = rows if shelf.whole else rows.semi_join(counted, "file_no")
        if "row_state" not in rows.columns:
            return rows
        read = rows.row_state.isin(covered)
        return rows.filter(read | ~rows.scoped if name == "problems" else read)

    found: dict[str, pd.DataFrame] = {}
    organizations, unplaced = rows_of("organizations"), rows_of("unplaced")
    chosen = set() if organizations is None else _choose_ids(organizations, region)
    homeless = set() if unplaced is None else set(unplaced.id.to_pandas())
    owners = list_texts("id", chosen | homeless)
    for name, column in OWNERS.items():
        rows = rows_of(name)
        if rows is not None:
            found[name] = _fetch(rows.semi_join(owners, [(column, "id")]))
    meant = {
        text for name, column in COUNTERPARTS.items() if name in found
        for text in found[name][column].unique()
    }  # fmt: skip
    if organizations is not None:
        wanted = list_texts("id", chosen | meant)
        found["organizations"] = _fetch(organizations.semi_join(wanted, "id"))
    for name in ("unplaced", "counties"):
        rows = rows_of(name)
        if rows is not None:
            found[name] = _fetch(rows)
    named = list_texts("id", chosen | homeless | meant) if region.states else None
    found |= _read_journal(rows_of, owners, named)
    shapes = rows_of("shapes")
    listed = [] if shapes is None else shapes.to_pyarrow().to_pylist()
    return _Parts(
        {name: _by_file(name, found) for name in (*CELLS, "names", "rows", "problems")},
        {(s["file_no"], s["shape"]): json.loads(s["columns"]) for s in listed},
    )


def _read_journal(
    rows_of: Any, owners: ir.Table, named: ir.Table | None
) -> dict[str, pd.DataFrame]:
    """What became of rows, as far as a log tells of it."""
    found = {}
    rows, names, problems = rows_of("rows"), rows_of("names"), rows_of("problems")
    if rows is not None:
        about = rows.filter((rows.owner == "") | (rows.owner.length() == COUNTY_LENGTH))
        parts = about.union(rows.semi_join(owners, [("owner", "id")]))
        if problems is not None:
            keys = ["file_no", "row"]
            parts = parts.union(rows.semi_join(problems.select(keys), keys))
        found["rows"] = parts.distinct().order_by(["file_no", "row"]).to_pandas()
    if names is not None:
        known = names if named is None else names.semi_join(named, "id")
        found["names"] = known.order_by(["file_no", "row"]).to_pandas()
    if problems is not None:
        found["problems"] = _fetch(problems)
    return found


def _fetch(rows: ir.Table) -> pd.DataFrame:
    return rows.order_by(["file_no", "seq"]).to_pandas()


def list_texts(column: str, texts: Collection[str]) -> ir.Table:
    """Give texts as a table of one column, to join with."""
    import ibis
    import pyarrow as pa

    return ibis.memtable(pa.table({column: pa.array(sorted(texts), pa.string())}))


def _choose_ids(organizations: ir.Table, region: Region) -> set[str]:
    """Ids of organizations that may be in the region or near it, by any row about them."""
    if not region.states:
        return set(organizations.id.to_pandas())
    counties = list_texts("county_fips", region.near_counties)
    zips = list_texts("zip", zips_of(region.near_counties))
    parts = [
        organizations.semi_join(counties, "county_fips"),
        organizations.semi_join(zips, organizations.zip.substr(0, 5) == zips.zip),
    ]
    box = _find_box(region)
    if box is not None:
        parts.append(organizations.filter(_is_inside(organizations, *box)))
    if not region.counties:
        parts.append(organizations.filter(organizations.state.isin(list(region.states))))
    return {id_ for part in parts for id_ in part.id.to_pandas()}


def _find_box(region: Region) -> tuple[float, float, float, float] | None:
    """South, west, north and east of a box around the counties of a region and near it."""
    centers = [center for fips in region.near_counties if (center := county_center(fips))]
    if not centers:
        return None
    (south, west), (north, east) = np.min(centers, axis=0), np.max(centers, axis=0)
    return (
        float(south) - BOX_MARGIN,
        float(west) - BOX_MARGIN,
        float(north) + BOX_MARGIN,
        float(east) + BOX_MARGIN,
    )


def _is_inside(rows: ir.Table, south: float, west: float, north: float, east: float) -> Any:
    latitude, longitude = (
        rows[name].nullif("").try_cast("float64") for name in ("latitude", "longitude")
    )
    return latitude.between(south, north) & longitude.between(west, east)


def _by_file(name: str, found: Mapping[str, pd.DataFrame]) -> dict[int, pd.DataFrame]:
    """The rows of each file; -1: none."""
    rows = found.get(name)
    if rows is None:
        return {-1: pd.DataFrame()}
    parts = dict(iter(rows.groupby("file_no", sort=False)))
    return {-1: rows.iloc[:0], **{int(number): part for number, part in parts.items()}}


# -- one file, as its reader gives it ------------------------------------------------------------


def _make_file(entry: Mapping[str, Any], parts: _Parts, home: str) -> PublicFile:
    number, file = int(entry["file_no"]), str(entry["file"])
    organizations, names = _merge_contributions(parts, number, file)
    tables = {"organizations": organizations}
    for table in CELLS:
        rows = parts.of(table, number)
        if table != "organizations" and len(rows):
            tables[table] = _make_table(rows, parts, table, file)
    names |= _list_names(parts, number, tables)
    journal = parts.of("rows", number)
    owned = journal[journal["owner"].notna()] if len(journal) else journal
    problems = parts.of("problems", number)
    return PublicFile(
        family=_family_of(entry),
        file=file,
        release=str(entry["release"]),
        tables=tables,
        rows_read=int(entry["rows_read"]),
        problems=tuple(problem_of(file, told) for told in problems.to_dict("records")),
        row_states=_read_states(journal),
        owners=dict(zip(owned["row"], owned["owner"], strict=True)) if len(owned) else {},
        names=names,
        states=frozenset(json.loads(entry["states"])),
        reader=str(entry["reader"]),
        wide=bool(entry["wide"]),
    )


def _family_of(entry: Mapping[str, Any]) -> Family:
    if entry["reader"] == DIRECTORY:
        return directory_families()[entry["family"]]
    return READERS[entry["reader"]].family


def _read_states(journal: pd.DataFrame) -> dict[int, str]:
    """The State of each row; "" for rows about an area, as their reader has it."""
    if journal.empty:
        return {}
    said = {text: split_said(text)[0] for text in journal["row_state"].unique()}
    return dict(zip(journal["row"], journal["row_state"].map(said), strict=True))


def _list_names(parts: _Parts, number: int, tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Names that the file gives beside those of organizations; the first of an id counts."""
    names: dict[str, str] = {}
    beside = parts.of("names", number)
    for id_, name in zip(beside.get("id", ()), beside.get("name", ()), strict=True):
        names.setdefault(id_, name)
    unplaced = tables.get("unplaced")
    if unplaced is not None:
        for id_, name in zip(unplaced["id"], unplaced["name"], strict=True):
            names.setdefault(id_, name)
    return names


def _merge_contributions(
    parts: _Parts, number: int, file: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row an organization: its first row's origin, and of each cell the first that says
    anything.
    """
    rows = parts.of("organizations", number)
    core = CELLS["organizations"]
    if rows.empty:
        return pd.DataFrame(columns=[*core, "origin"], dtype="str"), {}
    cells = _widen(rows, parts, "organizations")
    first = ~rows["id"].duplicated().to_numpy()
    names = dict(zip(rows["id"][first], rows["name"][first], strict=True))
    columns = [*core, *_order_extra(rows, parts, number)]
    if not first.all():
        filled = cells.mask(cells == "").groupby(rows["id"].to_numpy(), sort=False).first()
        cells = filled.fillna("").reindex(rows["id"][first]).set_axis(cells.index[first])
        cells["id"] = rows["id"][first]
    merged = cells.reindex(columns=columns).astype("str")
    merged["origin"] = _say_origins(rows[first], file)
    return merged.astype("str").reset_index(drop=True), names


def _order_extra(rows: pd.DataFrame, parts: _Parts, number: int) -> list[str]:
    """Further columns of organizations, as a reader orders them: by organization, then by row."""
    core = CELLS["organizations"]
    rank = pd.factorize(rows["id"])[0]
    shapes = rows["shape"].to_numpy()[np.argsort(rank, kind="stable")]
    named = dict.fromkeys(c for k in pd.unique(shapes) for c in parts.shapes[number, int(k)])
    return [column for column in named if column not in core]


def _widen(rows: pd.DataFrame, parts: _Parts, table: str) -> pd.DataFrame:
    """The cells of rows, those that stand together in ``extra`` as columns of their own."""
    own = [column for column in CELLS[table] if column in rows]
    cells = rows[own].astype("str")
    number = int(rows["file_no"].iloc[0])
    for shape, part in rows.groupby("shape", sort=False):
        extra = [c for c in parts.shapes[number, int(shape)] if c not in CELLS[table]]
        if extra:
            texts = pd.DataFrame(
                [json.loads(text) for text in part["extra"]], columns=extra, index=part.index
            )
            for column in extra:
                if column not in cells:
                    cells[column] = pd.Series("", index=cells.index, dtype="str")
                cells.loc[part.index, column] = texts[column]
    return cells


def _make_table(rows: pd.DataFrame, parts: _Parts, table: str, file: str) -> pd.DataFrame:
    """Rows of another table, with the columns that they had in the order in which they came."""
    number = int(rows["file_no"].iloc[0])
    named = dict.fromkeys(c for k in pd.unique(rows["shape"]) for c in parts.shapes[number, int(k)])
    cells = _widen(rows, parts, table)[list(named)]
    return cells.assign(origin=_say_origins(rows, file)).astype("str").reset_index(drop=True)


def _say_origins(rows: pd.DataFrame, file: str) -> pd.Series:
    return f"{file}, row " + rows["row"].astype("str")
