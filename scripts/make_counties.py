"""Make src/partnet/data/counties.csv: facts about US counties from three public files.

    python scripts/make_counties.py ../shared/data

Names and neighbours come from the Census county adjacency file (2010); centers and the neighbours
of counties that it does not know from Census boundaries of 2019; Connecticut's planning regions
(2022) from the USDA rural-urban codes of 2023, with no center.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

COLUMNS = ["fips", "name", "state", "latitude", "longitude", "neighbours"]
OUTPUT = Path(__file__).parents[1] / "src/partnet/data/counties.csv"


def main(folder: Path) -> None:
    """Read the three files and write the gazetteer."""
    names, neighbours = read_adjacency(folder / "public/census_county_adjacency_2010.txt")
    states = {fips[:2]: name[-2:] for fips, name in names.items()}
    centers, more_names, more_neighbours = read_centers(
        folder / "geography/county_centroids_contiguity_graveja0.csv", states
    )
    names = more_names | names | read_rucc(folder / "public/usda_rucc_2023.csv")
    neighbours = more_neighbours | neighbours
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for fips, name in sorted(names.items()):
            place, state = name.rsplit(", ", 1)
            latitude, longitude = centers.get(fips, ("", ""))
            near = " ".join(sorted(neighbours.get(fips, set()) - {fips}))
            writer.writerow([fips, place, state, latitude, longitude, near])


def read_adjacency(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Read the fill-down file: name, code, neighbour, neighbour's code."""
    names: dict[str, str] = {}
    neighbours: dict[str, set[str]] = {}
    own = ""
    for line in path.read_text(encoding="latin-1").splitlines():
        _, code, name, near = (part.strip().strip('"') for part in line.split("\t")[:4])
        own = code or own
        names[near] = _with_state(name)
        neighbours.setdefault(own, set()).add(near)
    return names, neighbours


def _with_state(name: str) -> str:
    """The file names one place without its State."""
    return f"{name}, DC" if name == "District of Columbia" else name


def read_centers(
    path: Path, states: dict[str, str]
) -> tuple[dict[str, tuple[str, str]], dict[str, str], dict[str, set[str]]]:
    """Read centers, rounded to about 10 metres, names and neighbours."""
    centers, names, neighbours = {}, {}, {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            fips = row["geoid"]
            center = float(row["centroid_y"]), float(row["centroid_x"])
            centers[fips] = (f"{center[0]:.4f}", f"{center[1]:.4f}")
            names[fips] = f"{row['name']}, {states.get(fips[:2], '')}"
            near = {value for key, value in row.items() if re.match("contig_", key) and value}
            neighbours[fips] = near
    return centers, {k: v for k, v in names.items() if not v.endswith(", ")}, neighbours


def read_rucc(path: Path) -> dict[str, str]:
    """Read the names of counties of 2023, Connecticut's planning regions among them."""
    with path.open(encoding="cp1252", newline="") as file:
        return {
            row["FIPS"]: f"{row['County_Name']}, {row['State']}" for row in csv.DictReader(file)
        }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
