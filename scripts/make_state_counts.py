"""Make src/partnet/data/state_counts.csv: providers of each State, counted from two public files.

    python scripts/make_state_counts.py ../shared/data

Hospitals come from CMS Hospital General Information (a recent release; Critical Access Hospitals
with the birthing-friendly designation and with published patient experience counted among them),
health center sites from an older list of HRSA's. That list has no rows at all for ten States: their
cells stay blank, for not known. People and rural counties are counted from the gazetteer of
counties when they are asked for.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

COLUMNS = [
    "state", "hospitals", "critical_access_hospitals", "birthing_friendly", "patient_experience",
    "health_center_sites",
]  # fmt: skip
OUTPUT = Path(__file__).parents[1] / "src/partnet/data/state_counts.csv"
CAH = "Critical Access Hospitals"
ELSEWHERE = {"AS", "GU", "MP", "PR", "VI"}  # territories


def main(folder: Path) -> None:
    """Read the two files and write one row a State."""
    counted = dict(count_hospitals(folder / "public/cms_hospital_general_information_rmansi.csv"))
    sites = count_sites(folder / "public/oeps_hrsa_sites.csv")
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for state in sorted({*counted["hospitals"]} - ELSEWHERE):
            hospitals = [counted[column][state] for column in COLUMNS[1:-1]]
            writer.writerow([state, *hospitals, sites.get(state, "")])


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
