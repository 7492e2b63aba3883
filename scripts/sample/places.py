"""Real counties of Nebraska: FIPS, ZIP and place of the seat, people in 2020, and who serves where.

County names, FIPS codes, populations (2020 census), ZIP codes and coordinates are facts. Madison
County is placed at Norfolk, its largest town. The regions are the sample's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from sample import read_rows

STATE = "NE"
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class County:
    """A county with its seat."""

    name: str
    fips: str
    seat: str
    zip: str
    latitude: float
    longitude: float
    population: int
    region: str


def _read_county(row: dict[str, str]) -> County:
    """One county from its row."""
    return County(
        row["name"],
        row["fips"],
        row["seat"],
        row["zip"],
        float(row["latitude"]),
        float(row["longitude"]),
        int(row["population"]),
        row["region"],
    )


COUNTIES: dict[str, County] = {
    county.name: county for county in map(_read_county, read_rows("counties"))
}
SERVICE_AREAS: dict[str, tuple[str, ...]] = {
    row["organization"]: tuple(row["counties"].split("; ")) for row in read_rows("areas")
}


def measure_km(a: County, b: County) -> float:
    """Great-circle distance between two seats."""
    y1, x1, y2, x2 = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    h = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))
