"""Which organizations belong to a State, and which are its neighbours across the line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import UsageError
from .parse import STATE_BY_NAME
from .places import STATES, counties_of, county_center, distance_km

Points = npt.NDArray[np.float64]


def read_state_code(state: str) -> str:
    """Give the code of a State named by code or name.

    Raises
    ------
    UsageError
        There is no such State.
    """
    code = STATE_BY_NAME.get(state.strip().casefold(), "")
    if not code:
        raise UsageError(
            f"state: found {state!r}. A State is named by its two letters or its name, for example "
            f"NE or Nebraska. Choose one of {', '.join(STATES)}."
        )
    return code


def select_region(organizations: pd.DataFrame, state: str, border_km: float) -> pd.DataFrame:
    """Keep the organizations of a State, and those near it as context.

    Near means: at most `border_km` by air from the center of a county of the State. An
    organization without coordinates counts from the center of its county.

    Returns
    -------
    DataFrame
        The rows kept, with ``context``: "yes" across the line, else "".

    Raises
    ------
    UsageError
        `border_km` is negative.
    """
    if not border_km >= 0:
        raise UsageError(f"border_km: found {border_km}. Kilometres are 0 or more. Correct it.")
    inside = (organizations["state"] == state).to_numpy()
    near = inside.copy()
    if border_km > 0:
        near |= _distances_to_state(organizations, state) <= border_km
    kept = organizations[near].copy()
    kept["context"] = np.where(inside[near], "", "yes")
    return kept.astype({"context": "str"})


def _distances_to_state(organizations: pd.DataFrame, state: str) -> Points:
    """Kilometres to the nearest center of a county of the State; NaN where the place is unknown."""
    points = _locate(organizations)
    centers = np.array([center for fips in counties_of(state) if (center := county_center(fips))])
    nearest = np.full(len(points), np.nan)
    for latitude, longitude in centers:
        away = distance_km(points[:, 0], points[:, 1], latitude, longitude)
        nearest = np.fmin(nearest, away)
    return nearest


def _locate(organizations: pd.DataFrame) -> Points:
    """Latitude and longitude, else those of the middle of the county, else NaN."""
    unknown = (np.nan, np.nan)
    centers = [county_center(fips) or unknown for fips in organizations["county_fips"]]
    points = np.array(centers, dtype=float).reshape(-1, 2)
    if "latitude" not in organizations:
        return points
    own = organizations[["latitude", "longitude"]].apply(pd.to_numeric, errors="coerce")
    known = own.notna().all(axis=1).to_numpy()
    points[known] = own.to_numpy(dtype=float)[known]
    return points
