"""Coordinates beside the county on file: signs that were lost, and points that lie elsewhere."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.arrays import BoolArray, FloatArray
from ...places.gazetteer import (
    county_center,
    county_name,
    county_neighbors,
    county_of_zip,
    distance_km,
    state_of,
)
from ...places.outlines import county_at, county_shape
from .draft import Draft

ALLOWED = "The coordinates of an organization lie in its county."
MARGIN = 0.02  # degrees, about 2 km: outlines are simplified, and addresses stand on county lines
FAR_KM = 400.0  # from the middle of its county no organization on land or water lies farther
EAST = 60.0  # degrees: no place of the United States lies east of 0 and west of this


def check_points(draft: Draft) -> None:
    """Give longitudes back the sign that was lost, and name points outside the county on file."""
    frame = draft.frame
    known = frame.index[frame["latitude"].notna() & frame["longitude"].notna()]
    if not len(known):
        return
    _restore_signs(draft, known)
    lat, lon = (frame.loc[known, name].to_numpy() for name in ("latitude", "longitude"))
    there = county_at(lat, lon)
    stated = frame.loc[known, "county_fips"].tolist()
    pairs = zip(there, stated, strict=True)
    asked = np.array([bool(c) and a != c and bool(county_shape(c)) for a, c in pairs])
    doubted = [stated[k] for k in np.flatnonzero(asked)]
    outside = asked.copy()
    outside[asked] = _lie_outside(lat[asked], lon[asked], doubted)
    for k in np.flatnonzero(outside):
        _tell(draft, int(known[k]), there[k], stated[k])


def _restore_signs(draft: Draft, known: pd.Index) -> None:
    """West of Greenwich a longitude is below 0: without its sign it lies in no county."""
    frame = draft.frame
    east = known[(frame.loc[known, "longitude"] >= EAST).to_numpy()]
    if not len(east):
        return
    lat, lon = (frame.loc[east, name].to_numpy() for name in ("latitude", "longitude"))
    here, west = county_at(lat, lon), county_at(lat, -lon)
    lost = {int(row): -x for row, x, a, b in zip(east, lon, here, west, strict=True) if b and not a}
    for row, value in lost.items():
        draft.report(
            row,
            "longitude",
            f"{-value:g}, read as {value:g}",
            "West of Greenwich a longitude is below 0.",
            "Check that only the sign was lost.",
            level="note",
        )
    draft.fill("longitude", lost)


def _lie_outside(lat: FloatArray, lon: FloatArray, stated: list[str]) -> BoolArray:
    """Whether points lie farther from their county than outlines can be wrong."""
    outside = np.ones(len(lat), dtype=bool)
    for north, east in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        moved = county_at(lat + north * MARGIN, lon + east * MARGIN)
        outside &= np.array([a != c for a, c in zip(moved, stated, strict=True)], dtype=bool)
    return outside


def _tell(draft: Draft, row: int, there: str, stated: str) -> None:
    frame = draft.frame
    lat, lon = frame.at[row, "latitude"], frame.at[row, "longitude"]
    center = county_center(stated)
    away = float(distance_km(lat, lon, *center)) if center else 0.0
    if not there and away < FAR_KM:
        return  # on the water, or where no outline is
    where = f"lie in {say_county(there)}" if there else "lie in no county"
    witness = county_of_zip(frame.at[row, "zip"])
    says = f" The ZIP code lies in {say_county(witness)}." if witness else ""
    near = ", which is next to it" if there in county_neighbors(stated) else ""
    draft.report(
        row,
        "latitude",
        f"coordinates {lat:g}, {lon:g} that {where}{near}, with {say_county(stated)}",
        ALLOWED,
        f"Check which of the two is right.{says} The county counts; distances go by the "
        "coordinates.",
        level="note",
    )


def say_county(fips: str) -> str:
    """A county with its State, as people name it.

    Examples
    --------
    >>> say_county("31027")
    'Cedar County, NE'
    """
    return f"{county_name(fips)}, {state_of(fips)}" if county_name(fips) else fips
