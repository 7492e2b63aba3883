"""Small files in the shape of the public ones, written for these tests."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from partnet.public.readers.catalog import read_public_file
from partnet.public.reading.family import PublicFile

NEW_HEADER = [
    "Facility ID",
    "Facility Name",
    "Address",
    "City/Town",
    "State",
    "ZIP Code",
    "County/Parish",
    "Telephone Number",
    "Hospital Type",
    "Hospital Ownership",
    "Emergency Services",
    "Meets criteria for birthing friendly designation",
    "Hospital overall rating",
]
OLD_NAMES = {
    "Facility ID": "Provider ID",
    "Facility Name": "Hospital Name",
    "City/Town": "City",
    "County/Parish": "County Name",
    "Telephone Number": "Phone Number",
}
CAH, ACUTE = "Critical Access Hospitals", "Acute Care Hospitals"
LOCAL = "Government - Local"

HOSPITALS: Sequence[Sequence[str]] = (
    ("281301", "MEMORIAL HOSPITAL", "1 ELM ST", "ALMA", "NE", "68920", "HARLAN", "308", CAH, LOCAL,
     "Yes", "Y", "Not Available"),
    ("281302", "MEMORIAL HOSPITAL", "2 OAK ST", "AURORA", "NE", "68818", "HAMILTON", "402", CAH,
     LOCAL, "No", "", "3"),
    ("280061", "ST MARYS MED CTR, INC", "3 ASH ST", "SCOTTSBLUFF", "NE", "69361", "SCOTT BLUFF",
     "308", ACUTE, "Proprietary", "Yes", "", "4"),
    ("284003", "LINCOLN CENTER", "4 FIR ST", "LINCOLN", "NE", "68522", "LANCASTER", "402",
     "Psychiatric", "Government - State", "No", "", "Not Available"),
    ("161301", "RIVER HOSPITAL", "5 BAY ST", "HAMBURG", "IA", "51640", "FREMONT", "712",
     "Rural Emergency Hospital", LOCAL, "Yes", "", "Not Available"),
    ("010001", "SOUTHEAST HEALTH", "6 GUM ST", "DOTHAN", "AL", "36301", "HOUSTON", "334", ACUTE,
     LOCAL, "Yes", "", "4"),
    ("221300", "ISLAND HOSPITAL", "7 SEA ST", "NANTUCKET", "MA", "02554", "NANTUCKET", "508", CAH,
     LOCAL, "Yes", "Y", "5"),
)  # fmt: skip

PILOT_HEADER = [
    "hcpnum",
    "hcpname",
    "hcptype2",
    "hcpaddr__1",
    "hcpaddr_ci",
    "hcpaddr_st",
    "hcpaddr_co",
    "hcpaddr_zi",
    "applicatio",
    "rural2",
    "disbursement",
    "mbps",
    "longitude",
    "latitude",
]
HOSPITAL = "Not-For-Profit Hospital / Dedicated ER of Rural, For-Profit Hospital"
CLINIC = "Rural Health Clinic or Urban Equivalent"
NETWORK = "Plains Health Network"

SITES: Sequence[Sequence[str]] = (
    ("101", "Saint Mary's Medical Center", HOSPITAL, "", "Scottsbluff", "NE", "Scotts Bluff",
     "69361-0012", NETWORK, "Rural", "Yes", "100", "-103.665", "41.8867"),
    ("102", "Memorial Hospital", HOSPITAL, "", "Alliance", "NE", "Box Butte", "69301", NETWORK,
     "Rural", "No", "N/A", "-102.87", "42.11"),
    ("103", "Lincoln Center Clinic", CLINIC, "", "Lincoln", "Ne", "Lancaster", "68522", NETWORK,
     "Non-Rural", "No", "10", "-96.7", "40.8"),
    ("104", "Prairie Data", "Data Center", "", "Omaha", "NE", "Douglas", "68102", NETWORK,
     "Non-Rural", "No", "10", "-95.9", "41.2"),
    ("105", "River Community Hospital", HOSPITAL, "", "\nHamburg\n", "IA", "Fremont",
     "\n51640\n\n", "Iowa Network", "Rural", "Yes", "30", "-95.65", "40.62"),
    ("106", "Harbor Health Department", "Local Health Department or Agency", "", "Dothan", "AL",
     "Houston", "36301", "Gulf Network", "Rural", "Yes", "1", "-85.4", "31.2"),
)  # fmt: skip


def read_file(path: Path, expected: str = "") -> PublicFile:
    """Read a file that holds one table, with the reader that fits it."""
    return read_public_file(path, expected=expected)


def list_aside(found: PublicFile) -> list[int | None]:
    """Rows that a reader set aside."""
    return [problem.where.row for problem in found.problems if problem.set_aside == "row"]


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    encoding: str = "utf-8",
) -> Path:
    """Write a CSV file as a spreadsheet would."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_hospitals(folder: Path, name: str = "cms.csv") -> Path:
    """Write the hospitals under the headers of today."""
    return write_csv(folder / name, NEW_HEADER, HOSPITALS)


def write_pilot(folder: Path, name: str = "fcc.csv") -> Path:
    """Write the pilot sites."""
    return write_csv(folder / name, PILOT_HEADER, SITES)
