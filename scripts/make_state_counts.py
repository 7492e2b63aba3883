"""Make src/partnet/data/state_counts.csv: a few facts about each State from three public files.

    python scripts/make_state_counts.py ../shared/data

Hospitals come from CMS Hospital General Information (a recent release; Critical Access Hospitals
with the birthing-friendly designation and with published patient experience counted among them),
people and rural counties from the USDA Rural-Urban Continuum Codes of 2023 (population of 2020;
codes 4 to 9 are nonmetropolitan, 8 and 9 remote or nearly so), health center sites from an older
list of HRSA's. That list has no rows at all for ten States: their cells stay blank, for not known.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

COLUMNS = [
    "state", "population", "nonmetro_population", "counties", "nonmetro_counties",
    "remote_counties", "hospitals", "critical_access_hospitals", "birthing_friendly",
    "patient_experience", "health_center_sites",
]  # fmt: skip
OUTPUT = Path(__file__).parents[1] / "src/partnet/data/state_counts.csv"
NONMETRO, REMOTE = 4, 8  # lowest codes that count as such
CAH = "Critical Access Hospitals"
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}


def main(folder: Path) -> None:
    """Read the three files and write one row a State."""
    counts = count_people(folder / "public/usda_rucc_2023.csv")
    for column, found in (
        *count_hospitals(folder / "public/cms_hospital_general_information_rmansi.csv"),
        ("health_center_sites", count_sites(folder / "public/oeps_hrsa_sites.csv")),
    ):
        for state, row in counts.items():
            row[column] = found.get(state, "" if column == "health_center_sites" else 0)
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(counts[state] for state in sorted(counts))


def count_people(path: Path) -> dict[str, dict[str, object]]:
    """People and counties by State and rurality; territories are left out."""
    counties: dict[str, dict[str, str]] = {}
    for row in _read(path, "cp1252"):
        counties.setdefault(row["FIPS"], {"state": row["State"]})[row["Attribute"]] = row["Value"]
    counted: dict[str, Counter[str]] = {}
    for county in counties.values():
        if county["state"] not in TERRITORIES:
            here = counted.setdefault(county["state"], Counter())
            people = int(county.get("Population_2020") or 0)
            code = int(county.get("RUCC_2023") or 0)
            here.update(population=people, counties=1)
            if code >= NONMETRO:
                here.update(nonmetro_population=people, nonmetro_counties=1)
            if code >= REMOTE:
                here.update(remote_counties=1)
    names = COLUMNS[1:6]
    return {s: {"state": s, **{name: n[name] for name in names}} for s, n in counted.items()}


def count_hospitals(path: Path) -> Iterator[tuple[str, Counter[str]]]:
    """Hospitals of every type, Critical Access Hospitals, and two things some of them do."""
    rows = list(_read(path, "utf-8-sig"))
    critical = [row for row in rows if row["Hospital Type"] == CAH]
    births = "Meets criteria for birthing friendly designation"
    yield "hospitals", _by_state(rows, "State")
    yield "critical_access_hospitals", _by_state(critical, "State")
    yield "birthing_friendly", _by_state((r for r in critical if r[births] == "Y"), "State")
    published = (r for r in critical if r["Count of Facility Pt Exp Measures"].isdigit())
    yield "patient_experience", _by_state(published, "State")


def count_sites(path: Path) -> Counter[str]:
    """Health center sites by State."""
    return _by_state(_read(path, "utf-8-sig"), "st_abbr")


def _by_state(rows: Iterable[dict[str, str]], column: str) -> Counter[str]:
    return Counter(row[column] for row in rows)


def _read(path: Path, encoding: str) -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
