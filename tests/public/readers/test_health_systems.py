"""Who is in which system, owns whom, is in which ACO: files that link organizations."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from partnet import build_network, read_network
from partnet.public.readers import ahrq_linkage, cms_owners
from partnet.public.reading.codes import kind_of_ccn
from tests.shared_data import CMS, HEADERS, needs_shared_data, read_raw

from .files import list_aside, read_file, write_csv, write_hospitals

LINKAGE_HEADER = [
    *("compendium_hospital_id", "ccn", "hospital_name", "hospital_street", "hospital_city"),
    *("hospital_state", "hospital_zip", "health_sys_id", "health_sys_name", "health_sys_city"),
    "health_sys_state",
]
ENROLLMENT_HEADER = [
    *("ENROLLMENT ID", "ENROLLMENT STATE", "PROVIDER TYPE TEXT", "NPI", "CCN", "ASSOCIATE ID"),
    *("ORGANIZATION NAME", "DOING BUSINESS AS NAME", "PROPRIETARY NONPROFIT", "ADDRESS LINE 1"),
    *("CITY", "STATE", "ZIP CODE"),
]
OWNER_HEADER = [
    *("ENROLLMENT ID", "ASSOCIATE ID", "ORGANIZATION NAME", "TYPE - OWNER", "ROLE TEXT - OWNER"),
    *("ASSOCIATION DATE - OWNER", "FIRST NAME - OWNER", "LAST NAME - OWNER"),
    *("ORGANIZATION NAME - OWNER", "PERCENTAGE OWNERSHIP"),
]
PARTICIPANT_HEADER = [
    *("aco_id", "par_lbn", "aco_name", "aco_service_area", "current_start_date", "aco_address"),
    *("aco_exec_name", "aco_exec_email"),
]


def make_owner(
    enrollment: str, name: str, role: str, owner: str, *, kind: str = "O", person: str = ""
) -> list[str]:
    """An owner of a provider."""
    return [enrollment, "A1", name, kind, role, "01/02/2020", person, person, owner, "100"]


OWNERSHIP = "5% OR GREATER DIRECT OWNERSHIP INTEREST"
OWNERS = [
    make_owner("O1", "SAINT MARYS MEDICAL CENTER INC", OWNERSHIP, "MERCY HEALTH SYSTEM"),
    make_owner("O1", "SAINT MARYS MEDICAL CENTER INC", OWNERSHIP, "", kind="I", person="ROE"),
    make_owner("O1", "SAINT MARYS MEDICAL CENTER INC", OWNERSHIP, "ROE FAMILY TRUST"),
    make_owner("O1", "SAINT MARYS MEDICAL CENTER INC", "5% OR GREATER MORTGAGE INTEREST", "A BANK"),
    make_owner("O1", "SAINT MARYS MEDICAL CENTER INC", "OPERATIONAL/MANAGERIAL CONTROL", "OPS LLC"),
    make_owner("O9", "MEMORIAL HOSPITAL", OWNERSHIP, "SOMEBODY ELSE LLC"),
]


def write_linkage(folder: Path) -> Path:
    rows = [
        ["CHSP1", "280061", "ST MARYS", "3 ASH ST", "SCOTTSBLUFF", "NE", "69361", "HSI01",
         "MERCY HEALTH SYSTEM", "DENVER", "CO"],
        ["CHSP2", "", "FIELD HOSPITAL", "1 A ST", "ALMA", "NE", "68920", "", "", "", ""],
        ["CHSP1", "280061", "ST MARYS", "3 ASH ST", "SCOTTSBLUFF", "NE", "69361", "", "", "", ""],
    ]  # fmt: skip
    return write_csv(folder / "chsp-hospital-linkage-2023.csv", LINKAGE_HEADER, rows)


def test_a_hospital_is_linked_to_its_system(tmp_path: Path) -> None:
    found = read_file(write_linkage(tmp_path))
    assert found.release == "2023" and list_aside(found) == [4]
    organizations = found.tables["organizations"].set_index("id")
    assert organizations["kind"].to_dict() == {
        "ccn-280061": "hospital",
        "system-hsi01": "health_system",
        "ahrq-chsp2": "hospital",
    }
    assert found.tables["affiliations"]["type"].tolist() == ["affiliated"]


def test_a_system_elsewhere_stays_as_a_name(tmp_path: Path) -> None:
    files = [write_linkage(tmp_path), write_hospitals(tmp_path)]
    build_network(tmp_path / "net", files, state="NE")
    net = read_network(tmp_path / "net")
    row = net.table("memberships").set_index("organization").loc["ccn-280061"]
    assert (row["group"], row["group_kind"]) == ("Mercy Health System", "health system")
    assert net.organizations.loc["ccn-280061", "name"] == "St. Marys Med Ctr, Inc"
    build_network(tmp_path / "wide", files, state=["NE", "CO"])
    ties = read_network(tmp_path / "wide").ties
    assert ("ccn-280061", "system-hsi01") in set(zip(ties["source"], ties["target"], strict=True))


def write_enrollments(folder: Path) -> Path:
    rows = [
        ["O1", "NE", "PART A PROVIDER - HOSPITAL", "1234567893", "280061", "A1",
         "SAINT MARYS MEDICAL CENTER INC", "ST MARYS", "N", "3 ASH ST", "SCOTTSBLUFF", "NE",
         "693610012"],
        ["O2", "NE", "PART A PROVIDER - RURAL HEALTH CLINIC (RHC)", "", "283456", "A2",
         "ALMA CLINIC LLC", "", "P", "1 ELM ST", "ALMA", "NE", "68920"],
    ]  # fmt: skip
    return write_csv(folder / "Hospital_Enrollments_2025.07.01.csv", ENROLLMENT_HEADER, rows)


def test_enrollments_give_names_numbers_and_rural_health_clinics(tmp_path: Path) -> None:
    found = read_file(write_enrollments(tmp_path))
    organizations = found.tables["organizations"].set_index("id")
    assert found.release == "2025-07-01"
    mary, clinic = organizations.loc["ccn-280061"], organizations.loc["ccn-283456"]
    assert (mary["name"], mary["legal_name"]) == ("St. Marys", "Saint Marys Medical Center Inc")
    assert (mary["npi"], mary["zip"]) == ("1234567893", "69361")
    assert (clinic["name"], clinic["kind"]) == ("Alma Clinic LLC", "rural_health_clinic")


def test_owners_are_organizations_and_persons_leave_no_trace(tmp_path: Path) -> None:
    found = read_file(
        write_csv(tmp_path / "Hospital_All_Owners_2025.07.01.csv", OWNER_HEADER, OWNERS)
    )
    links = found.tables["affiliations"][["parent", "type"]].values.tolist()
    assert links == [
        ["Mercy Health System", "owned"],
        ["Ops LLC", "managed"],
        ["Somebody Else LLC", "owned"],
    ]
    assert list_aside(found) == [3, 4, 5]
    text = " ".join(map(str, found.problems)) + str([t.values for t in found.tables.values()])
    assert "roe" not in text.casefold()


def test_owners_are_attached_by_enrollment_else_by_a_name_that_is_clear(tmp_path: Path) -> None:
    owners = write_csv(tmp_path / "owners.csv", OWNER_HEADER, OWNERS)
    files = [owners, write_hospitals(tmp_path), write_enrollments(tmp_path)]
    result = build_network(tmp_path / "net", files, state="NE").log
    assert result.tables["attached"][["organization", "by"]].values.tolist() == [
        ["ccn-280061", "enrollment id"],
    ]
    affiliations = read_network(tmp_path / "net").table("affiliations")
    assert affiliations["parent"].tolist() == ["Mercy Health System", "Ops LLC"]
    row = result.table.set_index("file").loc["owners.csv"]
    # "Memorial Hospital" is nobody's: two have the name here.
    assert (row["used"], row["elsewhere"], row["set_aside"]) == (2, 1, 3)
    without = build_network(tmp_path / "net", files[:2], state="NE").log
    assert without.tables["attached"][["organization", "by"]].values.tolist() == [
        ["ccn-280061", "name"],  # St. Marys Med Ctr, Inc
    ]


def test_participants_are_attached_in_the_states_of_the_aco(tmp_path: Path) -> None:
    place = "1 Main St, Omaha, NE 68102"
    people = ("JANE DOE", "jane@example.org")
    rows = [
        ["A1001", "LINCOLN CENTER", "Plains ACO", "IA, NE", "1/1/2024", place, *people],
        ["A1001", "NOBODY CLINIC PC", "Plains ACO", "IA, NE", "1/1/2024", place, *people],
        ["A2002", "LINCOLN CENTER", "Gulf ACO", "TX", "1/1/2024", "", *people],
    ]
    path = write_csv(tmp_path / "aco.csv", PARTICIPANT_HEADER, rows)
    result = build_network(tmp_path / "net", [write_hospitals(tmp_path), path], state="NE").log
    net = read_network(tmp_path / "net")
    assert net.organizations.loc["aco-a1001", ["kind", "zip"]].tolist() == ["aco", "68102"]
    ties = net.ties[net.ties["relation"] == "membership"]
    assert ties[["source", "target"]].values.tolist() == [["ccn-284003", "aco-a1001"]]
    row = result.table.set_index("file").loc["aco.csv"]
    assert (row["used"], row["elsewhere"], row["set_aside"]) == (1, 2, 0)
    written = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "net").iterdir())
    assert "JANE" not in written and "jane@" not in written


@needs_shared_data
def test_published_headers_are_recognized() -> None:
    headers = defaultdict(list)
    for row in read_raw(HEADERS):
        headers[row["filename"]].append(row["column"])
    assert ahrq_linkage.FAMILY.fits(headers["chsp-hospital-linkage-2023.csv"])
    for name in ("Hospital_All_Owners_2025.07.01.csv", "RHC_All_Owners_2025.07.01.csv"):
        assert cms_owners.FAMILY.fits(headers[name])
        assert set(cms_owners.FAMILY.find_columns(headers[name])) == set(cms_owners.FAMILY.columns)


@needs_shared_data
def test_numbers_tell_the_kinds_that_cms_states() -> None:
    with CMS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Hospital Type"] != "Childrens"]
    wrong = [
        row["Facility ID"]
        for row in rows
        if (kind_of_ccn(row["Facility ID"]) == "critical_access_hospital")
        != (row["Hospital Type"] == "Critical Access Hospitals")
    ]
    assert not wrong


@pytest.mark.parametrize("ccn", ["28130", "281301"])
def test_lost_zero_of_a_linkage_row_is_restored(tmp_path: Path, ccn: str) -> None:
    rows = [["C1", ccn, "A HOSPITAL", "", "", "NE", "", "", "", "", ""]]
    found = read_file(write_csv(tmp_path / "l.csv", LINKAGE_HEADER, rows))
    assert found.tables["organizations"].at[0, "ccn"] == ccn.zfill(6)
