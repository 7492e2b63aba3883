"""Real public files that tests compare with, where they are at hand; not part of the project."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "data"
PUBLIC = FOLDER / "public"
CMS = PUBLIC / "cms_hospital_general_information_rmansi.csv"
CMS_2018 = PUBLIC / "cms_hospital_general_information_2018_tomasonjo.csv"
FCC = PUBLIC / "fcc_rhcpp_nov12_34_states.csv"
OEPS = PUBLIC / "oeps_hrsa_sites.csv"
HRSA_SAMPLE = PUBLIC / "hrsa_health_center_sites_sample.csv"
BMF_NE = PUBLIC / "irs_eo_bmf_ne_2026.csv"
SCHEDULE_I = PUBLIC / "irs_990_schedule_i_sample.csv"
SPONSORS = PUBLIC / "irs_990_schedule_i_sponsors_sample.csv"
RUCC_2013 = PUBLIC / "usda_rucc_2013.csv"
RUCC_2023 = PUBLIC / "usda_rucc_2023.csv"
NCHS = PUBLIC / "nchs_urban_rural_codes.csv"
ADJACENCY = PUBLIC / "census_county_adjacency_2010.txt"
CLOSURES = PUBLIC / "unc_rural_hospital_closures_2025.csv"
HEADERS = PUBLIC / "cms_ahrq_header_only_dictionaries.csv"
CHARMCARE = PUBLIC / "charmcare"

needs_shared_data = pytest.mark.skipif(
    not PUBLIC.is_dir(), reason="the public files are not beside the project (../shared/data)"
)


def read_raw(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """Read a file with the csv module alone, for counts that owe nothing to partnet."""
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))
