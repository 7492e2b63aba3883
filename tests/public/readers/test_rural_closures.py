"""Closures of rural hospitals: from the list to a network in which they do not count."""

from __future__ import annotations

from pathlib import Path

import partnet as pn
from tests.shared_data import CLOSURES, CMS, needs_shared_data

from .files import CAH, HOSPITALS, LOCAL, NEW_HEADER, read_file, write_csv

HEADER = [
    "Count", "Hospital", "Address", "City", "State", "Zip", "County/district", "RUCA", "CBSA",
    "Medicare Payment", "# of Beds", "Closure Month", "Closure Year",
    "Complete Closure (0);\nConverted Closure (1)", "updated 10/1/2025",
]  # fmt: skip
RIVER = ("160001", "PRAIRIE HOSPITAL", "7 ELM ST", "ALMA", "NE", "68920", "HARLAN", "308", CAH,
         LOCAL, "Yes", "", "3")  # fmt: skip
ROWS = [
    ["3", "Prairie Hospital", "7 Elm St", "Alma", "NE", "68920", "Harlan", "10", "Neither", "CAH",
     "25", "September", "2024", "0", ""],
    ["2", "River Hospital", "5 Bay St", "Hamburg", "IA", "51640", "Fremont", "10", "Neither", "CAH",
     "25", "May", "2023", "1", ""],
    ["1", "Old Hospital", "1 Oak St", "Aurora", "NE", "68818", "Hamilton", "7", "Neither", "PPS",
     "40", "", "2007", "0", ""],
    ["", "110 complete closures", "", "", "", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def write(folder: Path) -> Path:
    return write_csv(folder / "closures.csv", HEADER, ROWS)


def test_a_row_becomes_a_hospital_that_has_closed(tmp_path: Path) -> None:
    found = read_file(write(tmp_path))
    rows = found.tables["organizations"].set_index("name")
    first = rows.loc["Prairie Hospital"]
    assert (first["kind"], first["county_fips"], first["zip"]) == (
        "critical_access_hospital", "31083", "68920",
    )  # fmt: skip
    assert rows["closed_on"].tolist() == ["2024-09-30", "2023-05-31", "2007-12-31"]
    assert rows["closure"].tolist() == ["complete", "converted", "complete"]
    assert [p.set_aside for p in found.problems if p.set_aside] == ["row"]
    assert found.release == "closures to 2024-09"


def test_it_counts_in_no_network_after_its_day(tmp_path: Path) -> None:
    hospitals = write_csv(tmp_path / "cms.csv", NEW_HEADER, [*HOSPITALS, RIVER])
    files = [hospitals, write(tmp_path)]
    net = pn.build_network(tmp_path / "out", files, state=["NE", "IA"])
    assert "ccn-160001" in net.at("2024-09-30").ids
    here = net.at("2024-10-01")
    assert "ccn-160001" not in here.ids and "Old Hospital" in set(here.closed["name"])
    assert "ccn-161301" in here.ids  # Medicare knows it as a Rural Emergency Hospital
    assert here.rows("services")["organization"].isin(here.ids).all()


@needs_shared_data
def test_iowa_loses_primghar(tmp_path: Path) -> None:
    net = pn.build_network(tmp_path / "ia", [CMS, CLOSURES], state="IA")
    assert "MercyOne Primghar Medical Center" in set(net.at("2024-09-30").names)
    assert "MercyOne Primghar Medical Center" not in set(net.at("2024-10-01").names)
