"""Files about counties: rural-urban codes, urban-rural classes, neighbors."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import build_network, read_network
from partnet.places.gazetteer import county_neighbors
from tests.shared_data import (
    ADJACENCY,
    CMS,
    NCHS,
    RUCC_2013,
    RUCC_2023,
    needs_shared_data,
    read_raw,
)

from ..readers.files import list_aside, read_file, write_csv, write_hospitals

LONG = ["FIPS", "State", "County_Name", "Attribute", "Value"]
WIDE = ["FIPS", "State", "County_Name", "Population_2010", "RUCC_2013", "Description"]


def table_of(path: Path) -> dict[tuple[str, str], str]:
    """Values by county and column."""
    rows = read_file(path).tables["counties"].itertuples()
    return {(row.county_fips, row.column): row.value for row in rows}


def test_long_and_wide_releases_become_columns(tmp_path: Path) -> None:
    long = [
        ["1001", "AL", "Autauga County", "Population_2020", "58,805"],
        ["1001", "AL", "Autauga County", "RUCC_2023", "2"],
        ["1001", "AL", "Autauga County", "Description", "Metro - 250,000 to 1 million"],
        ["99999", "AL", "Nowhere", "RUCC_2023", "2"],
    ]
    path = write_csv(tmp_path / "rucc.csv", LONG, long)
    assert table_of(path) == {
        ("01001", "rucc_2023"): "2",
        ("01001", "rucc_2023_meaning"): "Metro - 250,000 to 1 million",
        ("01001", "county_population_2020"): "58805",
    }
    assert list_aside(read_file(path)) == [5]
    for header in ([text.upper() for text in LONG], [text.lower() for text in LONG]):
        assert table_of(write_csv(tmp_path / "c.csv", header, long)) == table_of(path)
    wide = [["01001", "AL", "Autauga County", "54,571", "2", "Metro"], ["", "", "", "", "", ""]]
    assert table_of(write_csv(tmp_path / "w.csv", WIDE, wide))["01001", "rucc_2013"] == "2"


def test_classes_and_neighbors(tmp_path: Path) -> None:
    header = ["STFIPS", "CTYFIPS", "ST_ABBREV", "CTYNAME", "CODE2023", "CODE2013"]
    nchs = write_csv(tmp_path / "n.csv", header, [["1", "1", "AL", "Autauga County", "3", "4"]])
    found = table_of(nchs)
    assert found["01001", "nchs_2023_meaning"] == "medium metro"
    assert found["01001", "nchs_2013"] == "4"
    for text in (
        '"Autauga County, AL"\t01001\t"Autauga County, AL"\t01001\n'
        '\t\t"Dallas County, AL"\t01047\n',
        "County Name|County GEOID|Neighbor Name|Neighbor GEOID|Length\n"
        "Autauga County, AL|01001|Autauga County, AL|01001|0\n"
        "Autauga County, AL|01001|Dallas County, AL|01047|5\n",
    ):
        path = tmp_path / "adjacency.txt"
        path.write_text(text, encoding="utf-8")
        assert table_of(path) == {("01001", "county_neighbors"): "01047"}
        assert read_file(path).rows_read == 2


def test_organizations_carry_what_is_said_of_their_county(tmp_path: Path) -> None:
    rows = [
        ["31083", "NE", "Harlan County", "RUCC_2023", "9"],
        ["31001", "NE", "A", "RUCC_2023", "5"],
    ]
    rucc = write_csv(tmp_path / "rucc.csv", LONG, rows)
    result = build_network(tmp_path / "net", [rucc, write_hospitals(tmp_path)], state="NE").log
    organizations = read_network(tmp_path / "net").organizations
    assert organizations.loc["ccn-281301", "rucc_2023"] == "9"
    assert organizations["rucc_2023"].tolist().count("9") == 1
    row = result.table.set_index("file").loc["rucc.csv"]
    assert (row["used"], row["elsewhere"]) == (1, 1)


@needs_shared_data
def test_published_codes_agree_with_the_raw_files() -> None:
    codes = {row["FIPS"]: row["Value"] for row in read_raw(RUCC_2023, "cp1252")
             if row["Attribute"] == "RUCC_2023"}  # fmt: skip
    found = table_of(RUCC_2023)
    assert len(codes) > 3_200
    unknown = [fips for fips, code in codes.items() if found.get((fips, "rucc_2023")) != code]
    assert len(unknown) <= len(list_aside(read_file(RUCC_2023)))
    older = {row["FIPS"]: row["RUCC_2013"] for row in read_raw(RUCC_2013) if row["RUCC_2013"]}
    found = table_of(RUCC_2013)
    assert all(found.get((fips, "rucc_2013"), code) == code for fips, code in older.items())
    assert sum((fips, "rucc_2013") in found for fips in older) > 3_200
    classes = {
        row["STFIPS"].zfill(2) + row["CTYFIPS"].zfill(3): row["CODE2013"]
        for row in read_raw(NCHS, "cp1252")
    }
    found = table_of(NCHS)
    assert all(found.get((fips, "nchs_2013"), code) == code for fips, code in classes.items())


@needs_shared_data
@pytest.mark.parametrize("fips", ["31027", "35013", "51760"])
def test_published_neighbors_agree_with_the_gazetteer(fips: str) -> None:
    neighbors = table_of(ADJACENCY)[fips, "county_neighbors"].split()
    assert sorted(neighbors) == sorted(county_neighbors(fips))


@needs_shared_data
def test_every_hospital_of_nebraska_has_its_code(tmp_path: Path) -> None:
    build_network(tmp_path / "net", [CMS, RUCC_2023, NCHS, ADJACENCY], state="NE")
    organizations = read_network(tmp_path / "net").organizations
    codes = {row["FIPS"]: row["Value"] for row in read_raw(RUCC_2023, "cp1252")
             if row["Attribute"] == "RUCC_2023"}  # fmt: skip
    assert (organizations["rucc_2023"] == organizations["county_fips"].map(codes)).all()
    assert (organizations[["nchs_2023", "county_neighbors"]] != "").all(axis=None)
