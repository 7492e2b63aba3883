"""HRSA files: sites and their health centers, the older list, awarded grants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared_data import HRSA_SAMPLE, OEPS, needs_shared_data, read_raw

from .files import list_aside, read_file, write_csv

SITE_HEADER = [
    *("Health Center Type", "Health Center Number", "BPHC Assigned Number", "Site Name"),
    *("Site Address", "Site City", "Site State Abbreviation", "Site Postal Code"),
    *("FQHC Site NPI Number", "Site Status Description", "Health Center Type Description"),
    *("Health Center Location Type Description", "Health Center Name"),
    *("Health Center Organization Street Address", "Health Center Organization City"),
    *("Health Center Organization State", "Health Center Organization ZIP Code"),
    "Geocoding Artifact Address Primary X Coordinate",
    "Geocoding Artifact Address Primary Y Coordinate",
    "State and County Federal Information Processing Standard Code",
    *("U.S. Congressional Representative Name", "Data Warehouse Record Create Date"),
]
FQHC, LOOK = (
    "Federally Qualified Health Center (FQHC)",
    "Federally Qualified Health Center Look-Alike",
)
DELIVERY, OFFICE = "Service Delivery Site", "Administrative"


def make_site(
    number: str, name: str, *, kind: str = FQHC, use: str = DELIVERY, status: str = "Active"
) -> list[str]:
    """A site of Prairie Health Center, in Alma; every row ends in an extra comma."""
    center = "Prairie Health Center, Inc."
    return [
        *(kind, "H80CS00001", number, name, "1 Elm St", "Alma", "NE", "68920-0001"),
        *("1234567893", status, use, "Permanent", center, "9 Oak St", "Alma", "NE", "68920"),
        *("-99.3617", "40.1000", "31083", "SOMEBODY", "09/30/2026", ""),
    ]


SITES = [
    make_site("BPS-1", "PRAIRIE HEALTH CENTER INC"),
    make_site("BPS-2", "Orleans Clinic  "),
    make_site("BPS-3", "Prairie Office", use=OFFICE),
    make_site("BPS-4", "Old Clinic", status="Inactive"),
    make_site("BPS-2", "Orleans Clinic"),
    make_site("", "Nameless"),
]


def test_a_site_and_its_health_center_are_two_organizations(tmp_path: Path) -> None:
    found = read_file(write_csv(tmp_path / "sites.csv", SITE_HEADER, SITES))
    organizations = found.tables["organizations"].set_index("id")
    assert set(organizations.index) == {"hrsa-h80cs00001", "bphc-bps-2"}
    center, site = organizations.loc["hrsa-h80cs00001"], organizations.loc["bphc-bps-2"]
    assert (center["hrsa_grant"], center["zip"], center["kind"]) == (
        *("H80CS00001", "68920", "health_center"),
    )
    assert (site["name"], site["county_fips"], site["npi"]) == (
        *("Orleans Clinic", "31083", "1234567893"),
    )
    assert (site["latitude"], site["longitude"]) == ("40.1000", "-99.3617")
    link = found.tables["affiliations"].iloc[0]
    assert tuple(link[["organization", "parent", "type"]]) == (
        *("bphc-bps-2", "hrsa-h80cs00001", "site of"),
    )


def test_main_site_and_office_are_the_health_center_itself(tmp_path: Path) -> None:
    found = read_file(write_csv(tmp_path / "sites.csv", SITE_HEADER, SITES))
    assert found.owners[2] == found.owners[4] == "hrsa-h80cs00001"
    center = found.tables["organizations"].set_index("id").loc["hrsa-h80cs00001"]
    assert center["latitude"] == "40.1000"  # the main site places it
    assert set(found.tables["services"]["organization"]) == {"hrsa-h80cs00001", "bphc-bps-2"}


def test_every_row_is_used_or_explained(tmp_path: Path) -> None:
    found = read_file(write_csv(tmp_path / "sites.csv", SITE_HEADER, SITES))
    assert list_aside(found) == [5, 6, 7]
    assert sorted([*found.owners, *list_aside(found)]) == list(range(2, 8))  # type: ignore[type-var]
    assert found.release == "made on 2026-09-30"


def test_look_alikes_are_told_apart_and_politicians_are_not_read(tmp_path: Path) -> None:
    rows = [make_site("BPS-1", "Orleans Clinic", kind=LOOK)]
    found = read_file(write_csv(tmp_path / "sites.csv", SITE_HEADER, rows))
    assert set(found.tables["organizations"]["kind"]) == {"health_center_look_alike"}
    assert not any("SOMEBODY" in str(table.values) for table in found.tables.values())


@needs_shared_data
def test_the_published_sample_reads_whole() -> None:
    raw = read_raw(HRSA_SAMPLE)
    found = read_file(HRSA_SAMPLE)
    assert found.rows_read == len(raw) == 12 and not list_aside(found)
    ids = set(found.tables["organizations"]["id"])
    assert {f"hrsa-{row['Health Center Number'].lower()}" for row in raw} <= ids
    counties = found.tables["organizations"].set_index("id")["county_fips"]
    for row in raw:  # each lies at another ZIP code than its office, or has another name
        fips = row["State and County Federal Information Processing Standard Code"]
        assert counties[f"bphc-{row['BPHC Assigned Number'].lower()}"] == fips


LIST_HEADER = ["name", "st_abbr", "city", "address", "phone", "testing_status", "lon", "lat"]


def test_the_older_list_makes_ids_of_name_and_town(tmp_path: Path) -> None:
    row = ["ORLEANS CLINIC", "NE", "Orleans", "1 Elm St", "308", "Yes", "-99.45", "40.13"]
    other = [*row[:3], "9 Oak St", *row[4:]]
    nameless = ["", *row[1:]]
    found = read_file(write_csv(tmp_path / "l.csv", LIST_HEADER, [row, other, row, nameless]))
    ids = found.tables["organizations"]["id"].tolist()
    assert ids == ["site-orleans-clinic-orleans-ne", "site-orleans-clinic-orleans-ne-9-oak-st"]
    assert list_aside(found) == [4, 5]


@needs_shared_data
def test_the_older_list_has_as_many_sites_as_the_raw_file() -> None:
    raw = read_raw(OEPS)
    found = read_file(OEPS)
    assert found.rows_read == len(raw)
    assert len(found.tables["organizations"]) + len(list_aside(found)) == len(raw)
    for state in ("NE", "IA", "MN"):
        sites = {
            (row["name"].casefold(), row["city"].casefold(), row["address"].casefold())
            for row in raw
            if row["st_abbr"] == state
        }
        assert (found.tables["organizations"]["state"] == state).sum() == len(sites)


GRANT_HEADER = [
    *("Award Year", "Financial Assistance", "Grantee Name", "Grantee Address", "Grantee City"),
    *("Grantee State Abbreviation", "Grantee ZIP Code", "Grantee Type Description"),
    *("Grant Activity Code", "Grant Number", "Grant Program Name", "Grant Serial Number"),
    *("Project Period Start Date", "Grant Project Period End Date", "HRSA Program Area Code"),
    *("Complete County Name", "Unique Entity Identifier", "CCN", "Abstract"),
]


def make_grant(year: str, dollars: str, *, activity: str = "D06", uei: str = "") -> list[str]:
    """A grant to Cedar County Hospital."""
    return [
        *(year, dollars, "CEDAR COUNTY HOSPITAL", "1 Elm St", "Hartington", "NE", "68739"),
        *("County government", activity, "D06RH00001", "Network Development", "1"),
        *("07/01/2025", "06/30/2028", "RH", "Cedar County", uei, "281307", "About JANE DOE", ""),
    ]


def test_a_grant_becomes_a_grantee_and_funding_of_the_year(tmp_path: Path) -> None:
    rows = [
        make_grant("2025", "$300,000.00", uei="JK3MT5TV5SS1"),
        make_grant("2026", "250000", uei="JK3MT5TV5SS1"),
        make_grant("2026", "250000", uei="JK3MT5TV5SS1"),
        make_grant("2026", "unknown"),
    ]
    found = read_file(write_csv(tmp_path / "grants.csv", GRANT_HEADER, rows))
    grantee = found.tables["organizations"].iloc[0]
    assert (grantee["id"], grantee["uei"]) == ("uei-jk3mt5tv5ss1", "JK3MT5TV5SS1")
    assert (grantee["kind"], grantee["county_fips"]) == ("local_government", "31027")
    assert grantee["ccn"] == ""  # the file does not say whose number its CCN is
    funding = found.tables["funding"]
    assert funding[["fiscal_year", "amount"]].values.tolist() == [
        *(["2025", "300000"], ["2026", "250000"]),
    ]
    assert funding.at[0, "period_start"] == "2025-07-01" and funding.at[0, "award"] == "D06RH00001"
    assert list_aside(found) == [4, 5]
    assert not any("JANE DOE" in str(table.values) for table in found.tables.values())


@pytest.mark.parametrize(
    ("activity", "kind", "grant"),
    [("H80", "health_center", "D06RH00001"), ("D06", "local_government", "")],
)
def test_operating_grants_tell_health_centers(
    tmp_path: Path, activity: str, kind: str, grant: str
) -> None:
    rows = [make_grant("2026", "1", activity=activity)]
    found = read_file(write_csv(tmp_path / "grants.csv", GRANT_HEADER, rows))
    grantee = found.tables["organizations"].iloc[0]
    assert (grantee["id"], grantee["kind"]) == ("grantee-cedar-county-hospital-ne", kind)
    assert grantee["hrsa_grant"] == grant
