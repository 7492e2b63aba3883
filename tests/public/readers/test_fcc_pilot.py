"""FCC pilot sites: kinds, groups that are called historical, and counts against the raw file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.shared_data import FCC, needs_shared_data, read_raw

from .files import PILOT_HEADER, SITES, read_file, write_csv, write_pilot


def test_a_row_becomes_a_site_a_membership_and_a_funding_row(tmp_path: Path) -> None:
    tables = read_file(write_pilot(tmp_path)).tables
    site = tables["organizations"].set_index("id").loc["fcc-101"]
    assert (site["kind"], site["county_fips"], site["zip"]) == ("hospital", "31157", "69361")
    assert (site["latitude"], site["longitude"]) == ("41.8867", "-103.6650")
    membership = tables["memberships"].iloc[0]
    assert membership["group"] == "Plains Health Network (2012, historical)"
    assert membership["observed_on"] == "2012-11"
    award = tables["funding"].iloc[0]
    assert award["program"] == "FCC Rural Health Care Pilot Program (2012, historical)"
    assert (award["recipient"], award["period_end"]) == ("fcc-101", "2012-11-30")
    assert "amount" not in tables["funding"]


def test_data_centers_are_set_aside_and_said(tmp_path: Path) -> None:
    found = read_file(write_pilot(tmp_path))
    assert "fcc-104" not in set(found.tables["organizations"]["id"])
    aside = [problem for problem in found.problems if problem.set_aside == "row"]
    assert len(aside) == 1 and "Prairie Data" in aside[0].found
    assert found.rows_read == len(SITES)


def test_line_breaks_and_mixed_case_do_not_matter(tmp_path: Path) -> None:
    sites = read_file(write_pilot(tmp_path)).tables["organizations"].set_index("id")
    assert sites.loc["fcc-105", ["city", "zip"]].tolist() == ["Hamburg", "51640"]
    assert sites.loc["fcc-103", "state"] == "NE"


def test_cells_that_cannot_be_read_count_as_blank_and_are_said(tmp_path: Path) -> None:
    row = [*SITES[0]]
    row[6], row[7], row[12], row[13] = "Elsewhere", "2994-4735", "N/A", "95"
    row[1] = "Angel Medical Center (H003)"
    found = read_file(write_csv(tmp_path / "fcc.csv", PILOT_HEADER, [row]))
    site = found.tables["organizations"].iloc[0]
    assert site[["county_fips", "zip", "latitude", "longitude"]].tolist() == [""] * 4
    assert site["name"] == "Angel Medical Center"
    assert {problem.where.column for problem in found.problems} == {"county", "ZIP"}


@pytest.mark.parametrize(("written", "name", "owner"), [
    ("Elm Hospital: Elm Hospital", "Elm Hospital", ""),
    ("Elm Care, Inc.: Elm Care", "Elm Care, Inc.", ""),
    ("Elm Hospital: Elm Hospital   (Main s", "Elm Hospital", ""),
    ("Elm Services Association, Inc.: Elm Services Asso", "Elm Services Association, Inc.", ""),
    ("Tri-County Clinic, Inc.: Care of Oak", "Care of Oak", "Tri-County Clinic, Inc."),
    ("Elm Systems: Elm - Wayne", "Elm - Wayne", "Elm Systems"),
    ("Elm Health: A Partner in Health", "Elm Health: A Partner in Health", ""),
    ("Elm Hospital: Pediatric Clinic", "Elm Hospital: Pediatric Clinic", ""),
    ("Northern Counseling:  Sheridan", "Northern Counseling: Sheridan", ""),
])  # fmt: skip
def test_a_site_behind_its_owner_has_its_own_name(
    tmp_path: Path, written: str, name: str, owner: str
) -> None:
    row = [*SITES[0]]
    row[1] = written
    site = read_file(write_csv(tmp_path / "fcc.csv", PILOT_HEADER, [row])).tables["organizations"]
    assert (site["name"][0], site["fcc_owner"][0]) == (name, owner)


def test_a_site_is_tied_to_its_owner_where_one_site_bears_that_name(tmp_path: Path) -> None:
    names = ["Elm Care, Inc.: Elm Care", "Elm Care, Inc.: Oak Clinic", "Ash: Fir Clinic"]
    rows = [[str(900 + k), name, *SITES[0][2:]] for k, name in enumerate(names)]
    tables = read_file(write_csv(tmp_path / "fcc.csv", PILOT_HEADER, rows)).tables
    links = tables["affiliations"][["organization", "parent", "type"]].to_numpy().tolist()
    assert links == [["fcc-901", "fcc-900", "site of"]]


@needs_shared_data
def test_counts_agree_with_the_raw_file() -> None:
    raw = read_raw(FCC)
    found = read_file(FCC)
    sites = found.tables["organizations"]
    types = Counter(row["hcptype2"] for row in raw)
    kinds = Counter(sites["kind"])
    assert found.rows_read == len(raw)
    assert len(sites) == len(raw) - types["Data Center"]
    rural = Counter(row["hcptype2"] for row in raw if row["rural2"].lower() != "non-rural")
    assert kinds["rural_health_clinic"] == rural["Rural Health Clinic or Urban Equivalent"]
    assert (
        rural["Rural Health Clinic or Urban Equivalent"]
        < types["Rural Health Clinic or Urban Equivalent"]
    )
    assert kinds["local_health_department"] == types["Local Health Department or Agency"]
    assert kinds["behavioral_health"] == types["Community Mental Health Center"]
    assert set(found.tables["memberships"]["group"].str.removesuffix(" (2012, historical)")) == {
        row["applicatio"] for row in raw
    }
    assert (sites["latitude"] != "").all()


@needs_shared_data
def test_the_rural_nebraska_healthcare_network_has_its_sites() -> None:
    name = "Rural Nebraska Healthcare Network"
    raw = [
        row["hcpnum"]
        for row in read_raw(FCC)
        if row["applicatio"] == name and row["hcptype2"] != "Data Center"
    ]
    memberships = read_file(FCC).tables["memberships"]
    members = memberships.loc[memberships["group"] == f"{name} (2012, historical)", "organization"]
    assert sorted(members) == sorted(f"fcc-{number}" for number in raw)
    assert len(members) > 40
