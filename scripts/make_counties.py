"""Make src/partnet/data/counties.csv and zip_counties.csv: facts about US counties and ZIP codes.

    python scripts/make_counties.py ../shared/data

Names and neighbors come from the Census county adjacency file (2010); centers and the neighbors
of counties that it does not know from Census boundaries of 2019; Connecticut's planning regions
(2022) from the USDA rural-urban codes of 2023, with no center. The codes themselves and the
population of 2020 stand in the same file. A ZIP code belongs to the county that holds the largest
share of its ZIP code tabulation area (Census); those of Puerto Rico, Guam, the Northern Marianas
and the Virgin Islands, which that file lacks, stand in `territory_zips.csv` by the municipality of
their post office.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

COLUMNS = ["fips", "name", "state", "latitude", "longitude", "rucc", "population", "neighbors"]
DATA = Path(__file__).parents[1] / "src/partnet/data"


def main(folder: Path) -> None:
    """Read the files and write the gazetteer."""
    names, neighbors = read_adjacency(folder / "public/census_county_adjacency_2010.txt")
    states = {fips[:2]: name[-2:] for fips, name in names.items()}
    centers, more_names, more_neighbors = read_centers(
        folder / "geography/county_centroids_contiguity_graveja0.csv", states
    )
    newest, facts = read_rucc(folder / "public/usda_rucc_2023.csv")
    names = more_names | names | newest
    neighbors = more_neighbors | neighbors
    write_zips(folder / "geography/zcta_to_county_fips_graveja0.csv")
    with (DATA / "counties.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for fips, name in sorted(names.items()):
            place, state = name.rsplit(", ", 1)
            latitude, longitude = centers.get(fips, ("", ""))
            near = " ".join(sorted(neighbors.get(fips, set()) - {fips}))
            known = facts.get(fips, {})
            numbers = known.get("RUCC_2023", ""), known.get("Population_2020", "")
            writer.writerow([fips, place, state, latitude, longitude, *numbers, near])


def read_adjacency(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Read the fill-down file: name, code, neighbor, neighbor's code."""
    names: dict[str, str] = {}
    neighbors: dict[str, set[str]] = {}
    own = ""
    for line in path.read_text(encoding="latin-1").splitlines():
        _, code, name, near = (part.strip().strip('"') for part in line.split("\t")[:4])
        own = code or own
        names[near] = _with_state(name)
        neighbors.setdefault(own, set()).add(near)
    return names, neighbors


def _with_state(name: str) -> str:
    """The file names one place without its State."""
    return f"{name}, DC" if name == "District of Columbia" else name


def read_centers(
    path: Path, states: dict[str, str]
) -> tuple[dict[str, tuple[str, str]], dict[str, str], dict[str, set[str]]]:
    """Read centers, rounded to about 10 meters, names and neighbors."""
    centers, names, neighbors = {}, {}, {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            fips = row["geoid"]
            center = float(row["centroid_y"]), float(row["centroid_x"])
            centers[fips] = (f"{center[0]:.4f}", f"{center[1]:.4f}")
            names[fips] = f"{row['name']}, {states.get(fips[:2], '')}"
            near = {value for key, value in row.items() if re.match("contig_", key) and value}
            neighbors[fips] = near
    return centers, {k: v for k, v in names.items() if not v.endswith(", ")}, neighbors


def read_rucc(path: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read names of 2023, Connecticut's planning regions among them; code and population."""
    names: dict[str, str] = {}
    facts: dict[str, dict[str, str]] = {}
    with path.open(encoding="cp1252", newline="") as file:
        for row in csv.DictReader(file):
            names[row["FIPS"]] = f"{row['County_Name']}, {row['State']}"
            facts.setdefault(row["FIPS"], {})[row["Attribute"]] = row["Value"]
    return names, facts


def write_zips(path: Path) -> None:
    """Write the ZIP codes of every county, each once: where its largest share lies.

    The file gives shares within each State; for a ZIP code that reaches into a second State, the
    State counts in which most ZIP codes with the same three first digits lie.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["zip_code"], row["fips_code"], row) for row in csv.DictReader(file)]
    home: dict[str, Counter[str]] = {}
    for code, fips, _ in rows:
        home.setdefault(code[:3], Counter())[fips[:2]] += 1
    main: dict[str, tuple[int, float, str]] = {}
    for code, fips, row in rows:
        rank = -home[code[:3]][fips[:2]], -float(row["pct_of_zip_in_fips"]), fips
        main[code] = min(rank, main.get(code, rank))
    zips: dict[str, list[str]] = {}
    for code, (_, _, fips) in sorted(main.items()):
        zips.setdefault(fips, []).append(code)
    with Path(__file__).with_name("territory_zips.csv").open(encoding="utf-8") as file:
        zips |= {row["fips"]: row["zips"].split() for row in csv.DictReader(file)}
    with (DATA / "zip_counties.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["fips", "zips"])
        writer.writerows((fips, " ".join(codes)) for fips, codes in sorted(zips.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
