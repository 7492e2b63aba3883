"""What maps take from the gazetteer and the outlines of counties, named in one place."""

from __future__ import annotations

from ...places.gazetteer import (
    STATES,
    counties_of,
    county_center,
    county_name,
    county_of_zip,
    distance_km,
    find_county,
    state_of,
)
from ...places.outlines import county_at, county_shape

__all__ = [
    "STATES",
    "counties_of",
    "county_at",
    "county_center",
    "county_name",
    "county_of_zip",
    "county_shape",
    "distance_km",
    "find_county",
    "state_of",
]
