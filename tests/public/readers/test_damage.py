"""Copies of the newest CMS file, damaged as people and spreadsheets do it: read the same, or
refused with the sentence that says why."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from partnet.core.errors import InputError
from partnet.public.readers.catalog import read_public_files
from tests.shared_data import CMS, CMS_2018, needs_shared_data, read_raw

from .files import OLD_NAMES, list_aside, read_file, write_csv

pytestmark = needs_shared_data
Rows = list[list[str]]


@pytest.fixture(scope="module")
def raw() -> Rows:
    with CMS.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    return strip(read_file(CMS).tables["organizations"])


def strip(organizations: pd.DataFrame) -> pd.DataFrame:
    """What does not hang on where a row stood."""
    return organizations.drop(columns="origin").sort_values("id", ignore_index=True)


def lose_zeros(rows: Rows) -> Rows:
    """What Excel does to numbers that begin with 0."""
    return [rows[0], *([cell.lstrip("0") if cell.isdigit() else cell for cell in row]
                       for row in rows[1:])]  # fmt: skip


def shuffle_and_rename(rows: Rows) -> Rows:
    """Columns backwards, under the names of 2018, in capitals, with extra commas."""
    header = [OLD_NAMES.get(name, name).upper() for name in rows[0]]
    return [[*reversed(row), ""] for row in (header, *rows[1:])]


def break_lines(rows: Rows) -> Rows:
    """Line breaks in headers and cells, blanks around them."""
    return [[cell.replace(" ", "\n", 1) + "  " for cell in row] for row in rows]


def blank_out(rows: Rows) -> Rows:
    """Columns that are not needed, written as not known in three ways."""
    words = ("Not Available", "N/A", "-999")
    unused = [
        k
        for k, name in enumerate(rows[0])
        if name.startswith(("Count of", "MORT", "Hospital overall"))
    ]
    copy = [list(row) for row in rows]
    for number, row in enumerate(copy[1:]):
        for k in unused:
            row[k] = words[number % 3]
    return copy


DAMAGES: Sequence[Callable[[Rows], Rows]] = (lose_zeros, shuffle_and_rename, break_lines, blank_out)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_copies_read_the_same(
    tmp_path: Path, raw: Rows, expected: pd.DataFrame, damage: Callable[[Rows], Rows]
) -> None:
    header, *rows = damage(raw)
    found = read_file(write_csv(tmp_path / "cms.csv", header, rows))
    assert not list_aside(found)
    pd.testing.assert_frame_equal(strip(found.tables["organizations"]), expected)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_read_the_same(
    tmp_path: Path, raw: Rows, expected: pd.DataFrame, encoding: str
) -> None:
    rows = [list(row) for row in raw]
    name = rows[0].index("Facility Name")
    rows[1][name] = "Peña Hospital"
    found = read_file(write_csv(tmp_path / "cms.csv", rows[0], rows[1:], encoding=encoding))
    organizations = strip(found.tables["organizations"])
    assert organizations.at[0, "name"] == "Peña Hospital"
    pd.testing.assert_frame_equal(organizations.drop(index=0), expected.drop(index=0))


def test_tripled_quotes_read_the_same(tmp_path: Path, raw: Rows, expected: pd.DataFrame) -> None:
    path = tmp_path / "cms.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([f'"{cell}"' if cell else cell for cell in row] for row in raw)
    assert path.read_text(encoding="utf-8").startswith('"""Facility ID"""')
    pd.testing.assert_frame_equal(strip(read_file(path).tables["organizations"]), expected)


def test_numbers_that_a_spreadsheet_made_dates_are_set_aside_and_said(
    tmp_path: Path, raw: Rows, expected: pd.DataFrame
) -> None:
    rows = [list(row) for row in raw]
    number = rows[0].index("Facility ID")
    rows[1][number], rows[2][number] = "10/1/2001", "1.0001E+04"
    found = read_file(write_csv(tmp_path / "cms.csv", rows[0], rows[1:]))
    assert list_aside(found) == [2, 3]
    assert 'CCN "10/1/2001"' in str(found.problems[0])
    lost = {f"ccn-{row[number]}" for row in raw[1:3]}
    same = expected[~expected["id"].isin(lost)].reset_index(drop=True)
    pd.testing.assert_frame_equal(strip(found.tables["organizations"]), same)


def test_a_copy_without_its_number_is_refused(tmp_path: Path, raw: Rows) -> None:
    rows = [row[1:] for row in raw]
    path = write_csv(tmp_path / "cms.csv", rows[0], rows[1:])
    with pytest.raises(InputError, match=r"Found no column Facility ID\. CMS Hospital General"):
        read_public_files(path, expected="cms_hospitals")


def test_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    text = CMS.read_text(encoding="utf-8").replace("SOUTHEAST HEALTH", '"SOUTHEAST HEALTH', 1)
    path = tmp_path / "cms.csv"
    path.write_text(text.replace(",DOTHAN", ',"DOTHAN', 1), encoding="utf-8")
    try:
        found = read_file(path)
    except InputError as error:
        assert "does not end" in str(error) or "no column" in str(error)
    else:
        assert found.rows_read < 5_381 or list_aside(found)


def test_both_releases_agree_on_the_hospitals_they_share() -> None:
    new = read_file(CMS).tables["organizations"].set_index("ccn")
    old = read_file(CMS_2018).tables["organizations"].set_index("ccn")
    raw_new = {row["Facility ID"]: row for row in read_raw(CMS)}
    raw_old = {row["Provider ID"]: row for row in read_raw(CMS_2018, "cp1252")}
    shared = sorted(raw_new.keys() & raw_old.keys())
    assert len(shared) > 4_000 and set(shared) == set(new.index) & set(old.index)
    assert (new.loc[shared, "id"] == old.loc[shared, "id"]).all()
    assert (new.loc[shared, "state"] == old.loc[shared, "state"]).all()
    same_type = [k for k in shared if raw_new[k]["Hospital Type"] == raw_old[k]["Hospital Type"]]
    assert (new.loc[same_type, "kind"] == old.loc[same_type, "kind"]).all()
    same_place = [
        k for k in shared
        if raw_new[k]["County/Parish"].casefold() == raw_old[k]["County Name"].casefold()
        and raw_new[k]["ZIP Code"] == raw_old[k]["ZIP Code"]
    ]  # fmt: skip
    columns = ["county_fips", "zip"]
    assert (new.loc[same_place, columns] == old.loc[same_place, columns]).all(axis=None)
