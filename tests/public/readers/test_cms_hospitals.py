"""CMS hospitals: both dialects, damage as Excel does it, and counts against the raw file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from partnet.core.errors import InputError, UsageError
from partnet.public.readers import cms_hospitals
from partnet.public.readers.catalog import read_public_files
from tests.shared_data import CMS, CMS_2018, needs_shared_data, read_raw

from .files import (
    HOSPITALS,
    NEW_HEADER,
    OLD_NAMES,
    read_file,
    write_csv,
    write_hospitals,
    write_pilot,
)


def test_a_row_becomes_an_organization(tmp_path: Path) -> None:
    found = read_file(write_hospitals(tmp_path)).tables["organizations"].set_index("id")
    mary = found.loc["ccn-280061"]
    assert mary["name"] == "St. Marys Med Ctr, Inc"
    assert (mary["kind"], mary["state"], mary["county_fips"]) == ("hospital", "NE", "31157")
    assert (mary["zip"], mary["ccn"], mary["ownership"]) == ("69361", "280061", "Proprietary")
    assert mary["origin"] == "cms.csv, row 4"
    assert found["kind"].tolist() == [
        "critical_access_hospital",
        "critical_access_hospital",
        "hospital",
        "behavioral_health",
        "rural_emergency_hospital",
        "hospital",
        "critical_access_hospital",
    ]


def test_a_county_that_name_and_zip_code_contradict_is_said_and_mended(tmp_path: Path) -> None:
    """Rock County Hospital of Bassett, filed under Holt County."""
    place = {1: "ROCK COUNTY HOSPITAL", 3: "BASSETT", 4: "NE", 5: "68714", 6: "HOLT"}
    row = [place.get(k, cell) for k, cell in enumerate(HOSPITALS[0])]
    found = read_file(write_csv(tmp_path / "cms.csv", NEW_HEADER, [row]))
    assert found.tables["organizations"]["county_fips"].tolist() == ["31149"]
    assert set(found.tables["services"]["county_fips"]) == {"31149"}
    (said,) = found.problems
    assert (said.where.column, said.set_aside) == ("county", "")
    assert (said.allowed, said.fix) == (
        "ZIP code 68714 lies in Rock County.", "Read as Rock County.",
    )  # fmt: skip


def test_only_services_that_the_file_tells_of(tmp_path: Path) -> None:
    services = read_file(write_hospitals(tmp_path)).tables["services"]
    told = set(zip(services["organization"], services["service"], strict=True))
    assert ("ccn-281301", "emergency care") in told
    assert ("ccn-281301", "labor and delivery") in told
    assert ("ccn-284003", "inpatient psychiatric care") in told
    assert not any(id_ == "ccn-281302" for id_, _ in told)  # No, and no designation: not known


def test_older_headers_in_another_order_and_encoding_read_the_same(tmp_path: Path) -> None:
    new = read_file(write_hospitals(tmp_path))
    order = list(reversed(range(len(NEW_HEADER))))
    header = [OLD_NAMES.get(NEW_HEADER[k], NEW_HEADER[k]) for k in order]
    rows = [[row[k] for k in order] for row in HOSPITALS]
    rows[0][order.index(1)] = "PEÑA HOSPITAL"
    old = read_file(write_csv(tmp_path / "old.csv", header, rows, encoding="cp1252"))
    same = [column for column in new.tables["organizations"] if column not in ("origin", "name")]
    assert old.tables["organizations"][same].equals(new.tables["organizations"][same])
    assert old.tables["organizations"].at[0, "name"] == "Peña Hospital"
    assert any("Windows-1252" in problem.fix for problem in old.problems)


def test_lost_leading_zeros_are_restored_and_said(tmp_path: Path) -> None:
    rows = [[cell.lstrip("0") if k in (0, 5) else cell for k, cell in enumerate(row)]
            for row in HOSPITALS]  # fmt: skip
    found = read_file(write_csv(tmp_path / "cms.csv", NEW_HEADER, rows))
    organizations = found.tables["organizations"].set_index("id")
    assert organizations.loc["ccn-010001", "ccn"] == "010001"
    assert organizations.loc["ccn-221300", "zip"] == "02554"
    said = [str(problem) for problem in found.problems]
    assert any("row 7" in text and "Read as 010001" in text for text in said)
    assert any("row 8" in text and "Read as 02554" in text for text in said)


def test_rows_that_name_no_hospital_and_repeated_ones_are_set_aside(tmp_path: Path) -> None:
    wrong = ["", "NOBODY", *HOSPITALS[0][2:]]
    lost_state = [*HOSPITALS[0][:4], "XX", *HOSPITALS[0][5:]]
    rows = [*HOSPITALS, wrong, lost_state, HOSPITALS[0]]
    found = read_file(write_csv(tmp_path / "cms.csv", NEW_HEADER, rows))
    aside = [problem.where.row for problem in found.problems if problem.set_aside == "row"]
    assert aside == [9, 10, 11]
    assert len(found.tables["organizations"]) == len(HOSPITALS)
    assert found.rows_read == len(HOSPITALS) + 3


def test_not_available_is_blank(tmp_path: Path) -> None:
    row = [*HOSPITALS[0][:6], "N/A", "", *HOSPITALS[0][8:10], "Not Available", "NULL", ""]
    found = read_file(write_csv(tmp_path / "cms.csv", NEW_HEADER, [row]))
    hospital = found.tables["organizations"].iloc[0]
    assert hospital[["county_fips", "emergency_services", "birthing_friendly"]].tolist() == [""] * 3
    assert "services" not in found.tables


def test_a_file_of_another_kind_is_refused_with_the_right_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no columns Facility ID.*give it as fcc_pilot=FILE"):
        read_public_files(write_pilot(tmp_path), expected="cms_hospitals")
    lost = write_csv(tmp_path / "lost.csv", NEW_HEADER[1:], [row[1:] for row in HOSPITALS])
    with pytest.raises(InputError, match=r"Found no column Facility ID\."):
        read_public_files(lost, expected="cms_hospitals")
    with pytest.raises(InputError, match=r"most like CMS Hospital.*Found no column Facility ID\."):
        read_public_files(lost)
    with pytest.raises(InputError, match="no public file that partnet knows"):
        read_public_files(write_csv(tmp_path / "other.csv", ["a", "b"], [["1", "2"]]))
    with pytest.raises(UsageError, match="Allowed are cms_hospitals"):
        read_public_files(lost, expected="cms")


def test_readers_are_found_by_header(tmp_path: Path) -> None:
    assert read_file(write_hospitals(tmp_path)).family is cms_hospitals.FAMILY
    assert "FCC" in read_file(write_pilot(tmp_path)).family.name


@needs_shared_data
@pytest.mark.parametrize("state", ["NE", "IA", "MN"])
def test_counts_agree_with_the_raw_file(state: str) -> None:
    raw = [row for row in read_raw(CMS) if row["State"] == state]
    found = read_file(CMS).tables["organizations"].query("state == @state")
    assert found["ccn"].is_unique
    assert sorted(found["ccn"]) == sorted(row["Facility ID"] for row in raw)
    kinds = Counter(found["kind"])
    types = Counter(row["Hospital Type"] for row in raw)
    assert kinds["critical_access_hospital"] == types["Critical Access Hospitals"] > 60
    assert kinds["behavioral_health"] == types["Psychiatric"]
    assert (found["county_fips"].str[:2].nunique(), (found["county_fips"] == "").sum()) == (1, 0)


@needs_shared_data
def test_both_releases_read_whole() -> None:
    releases = ((CMS, "utf-8", "Facility ID"), (CMS_2018, "cp1252", "Provider ID"))
    for path, encoding, number in releases:
        raw = read_raw(path, encoding)
        found = read_file(path)
        assert found.rows_read == len(raw)
        assert set(found.tables["organizations"]["ccn"]) == {row[number] for row in raw}
        emergency = found.tables["services"]["service"].eq("emergency care").sum()
        assert emergency == sum(row["Emergency Services"] == "Yes" for row in raw)
