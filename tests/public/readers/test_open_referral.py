"""Service directories: the standard layout, one without categories, and one without addresses."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet import build_network, read_network
from partnet.core.errors import InputError
from partnet.public.readers.catalog import read_public_files
from partnet.public.reading.family import PublicFile, Scope

from .files import list_aside, write_csv

TABLES = {
    "organization": (
        ["id", "name", "email", "tax_identifier", "tax_id", "parent_organization_id"],
        [
            ["o1", "Alma Pantry", "jane@example.org", "", "47-0000001", "o2"],
            ["o2", "Alma Legal Aid", "", "", "", "o8"],
            ["o2", "Alma Legal Aid again", "", "", "", ""],
        ],
    ),
    "location": (
        ["id", "organization_id", "name", "latitude", "longitude"],
        [["l1", "o1", "Pantry", "40.1", "-99.36"], ["l9", "o9", "Nobody's", "", ""]],
    ),
    "address": (
        ["location_id", "address_1", "city", "state_province", "postal_code"],
        [["l1", "1 Elm St", "Alma", "NE", "68920"]],
    ),
    "service_at_location": (
        ["id", "service_id", "location_id"],
        [["p1", "s1", "l1"], ["p2", "s1", "l7"]],
    ),
    "service": (
        ["id", "organization_id", "name", "status"],
        [
            ["s1", "", "Food on Mondays", "active"],
            ["s2", "o2", "Advice", "active"],
            ["s3", "o2", "Old service", "inactive"],
            ["s4", "o7", "Somebody's", "active"],
        ],
    ),
    "taxonomy_term": (
        ["id", "code", "term", "parent_id"],
        [["t1", "", "Food", ""], ["t2", "", "Food Pantry", "t1"], ["t3", "", "Legal", ""]],
    ),
    "attribute": (
        ["link_id", "taxonomy_term_id"],
        [["s1", "t1"], ["s1", "t2"], ["s2", "t3"], ["s3", "t3"]],
    ),
    "organization_identifier": (
        ["id", "organization_id", "identifier_scheme", "identifier_type", "identifier"],
        [
            ["i1", "o1", "US-NPI", "NPI", "1234567893"],
            ["i2", "o1", "", "EIN", "47-0000009"],
            ["i3", "o2", "US-EIN", "Tax id", "1234567"],
            ["i4", "o9", "", "NPI", "1234567893"],
            ["i5", "o2", "", "Charity number", "77"],
            ["i6", "o2", "", "UEI", "ABC"],
        ],
    ),
    "service_area": (
        ["id", "service_id", "service_at_location_id", "name", "extent"],
        [
            ["a1", "s1", "", "Harlan County, NE; 68939", ""],
            ["a2", "s2", "", "Franklin", ""],
            ["a3", "", "p1", "", "Nebraska"],
            ["a4", "s2", "", "the moon", ""],
            ["a5", "s3", "", "Nebraska", ""],
        ],
    ),
    "funding": (
        ["id", "organization_id", "service_id", "source"],
        [
            ["f1", "o1", "", "County of Harlan"],
            ["f2", "", "s2", "Legal Services Corporation"],
            ["f3", "o7", "", "Nobody"],
            ["f4", "o1", "", ""],
        ],
    ),
    "contact": (["id", "name"], [["c1", "JANE DOE"]]),
}


def write_directory(folder: Path, *without: str) -> Path:
    path = folder / "listing"
    path.mkdir()
    for name, (header, rows) in TABLES.items():
        if name not in without:
            write_csv(path / f"{name}.csv", header, rows)
    return path


def read(path: Path) -> dict[str, PublicFile]:
    files = read_public_files(path, scope=Scope(frozenset({"NE"}), "NE"))
    return {file.file.rpartition("/")[2].removesuffix(".csv"): file for file in files}


def test_the_standard_layout_becomes_organizations_and_services(tmp_path: Path) -> None:
    files = read(write_directory(tmp_path))
    organizations = files["organization"].tables["organizations"].set_index("id")
    assert organizations["kind"].to_dict() == {"listed-o1": "food", "listed-o2": "legal_aid"}
    pantry = organizations.loc["listed-o1"]
    assert (pantry["zip"], pantry["city"], pantry["ein"]) == ("68920", "Alma", "470000001")
    assert pantry["latitude"] == "40.1000"
    services = files["service"].tables["services"][["organization", "service"]].values.tolist()
    assert services == [["listed-o1", "Food Pantry"], ["listed-o2", "Legal"]]


def test_every_row_of_every_table_is_used_or_explained(tmp_path: Path) -> None:
    files = read(write_directory(tmp_path))
    aside = {name: list_aside(file) for name, file in files.items()}
    assert aside == {
        "organization": [4],
        "location": [3],
        "address": [],
        "service_at_location": [3],
        "service": [4, 5],
        "taxonomy_term": [],
        "attribute": [5],
        "organization_identifier": [3, 5, 6, 7],
        "service_area": [5, 6],
        "funding": [4, 5],
    }
    for name, file in files.items():
        assert len(file.owners) + len(aside[name]) == file.rows_read, name
    assert "contact.csv beside it" in " ".join(map(str, files["organization"].problems))


def test_areas_funding_identifiers_and_parents_become_tables(tmp_path: Path) -> None:
    result = build_network(tmp_path / "net", [write_directory(tmp_path)], state="NE").log
    table = result.table
    assert (table["used"] + table["elsewhere"] + table["set_aside"] == table["rows_read"]).all()
    net = read_network(tmp_path / "net")
    pantry = net.organizations.loc["listed-o1"]
    assert (pantry["npi"], pantry["ein"]) == ("1234567893", "470000001")
    assert net.organizations.loc["listed-o2", "ein"] == "001234567"  # two zeros were lost
    columns = ["organization", "place_kind", "place"]
    assert net.table("service_areas")[columns].values.tolist() == [
        ["listed-o1", "county", "31083"],
        ["listed-o1", "ZIP", "68939"],
        ["listed-o1", "State", "NE"],
        ["listed-o2", "county", "31061"],
    ]
    assert net.table("funding")[["funder", "recipient", "program"]].values.tolist() == [
        ["County of Harlan", "listed-o1", "program not stated"],
        ["Legal Services Corporation", "listed-o2", "Advice"],
    ]
    assert net.table("affiliations")[["organization", "parent"]].values.tolist() == [
        ["listed-o1", "Alma Legal Aid"],
        ["listed-o2", "organization o8 (not in this directory)"],
    ]
    assert not [problem for problem in net.problems if problem.level == "error"]


def test_an_update_keeps_a_list_of_areas_that_a_person_added(tmp_path: Path) -> None:
    folder = write_directory(tmp_path, "service_area")
    build_network(tmp_path / "net", [folder], state="NE")
    own = tmp_path / "net" / "service_areas.csv"
    own.write_text("organization,county\nlisted-o1,31083\n", encoding="utf-8")
    build_network(tmp_path / "net", [folder], state="NE", update=True)
    assert own.read_text(encoding="utf-8").startswith("organization,county")


def test_a_directory_without_categories_gives_the_services_own_names(tmp_path: Path) -> None:
    files = read(write_directory(tmp_path, "taxonomy_term", "attribute"))
    assert files["service"].tables["services"]["service"].tolist() == ["Food on Mondays", "Advice"]


def test_a_zipped_directory_builds_and_holds_no_person(tmp_path: Path) -> None:
    folder = write_directory(tmp_path)
    with zipfile.ZipFile(tmp_path / "listing.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    result = build_network(tmp_path / "net", [tmp_path / "listing.zip"], state="NE").log
    net = read_network(tmp_path / "net")
    assert net.organizations.loc["listed-o1", "county_fips"] == "31083"
    table = result.table
    assert (table["used"] + table["elsewhere"] + table["set_aside"] == table["rows_read"]).all()
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "net").iterdir())
    assert "JANE" not in written and "jane@" not in written


cells = st.sampled_from(["", "o1", "o2", "l1", "s1", "s2", "t1", "t2", "NE", "N/A", "\x00", '"'])


@settings(max_examples=40)
@given(st.data())
def test_hostile_directories_never_end_in_a_traceback(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, (header, _) in TABLES.items():
            row = st.lists(cells, min_size=len(header), max_size=len(header))
            rows = data.draw(st.lists(row, max_size=4))
            write_csv(Path(folder) / f"{name}.csv", header, rows)
        for name, file in read(Path(folder)).items():
            aside = list_aside(file)
            assert len(file.owners) + len(aside) == file.rows_read, name
            assert file.tables["organizations"]["id"].is_unique


def test_a_directory_with_a_wrong_table_is_refused(tmp_path: Path) -> None:
    folder = write_directory(tmp_path)
    write_csv(folder / "organization.csv", ["key", "label"], [["1", "A"]])
    with pytest.raises(InputError, match="no columns id and name in its organizations"):
        read_public_files(folder)
