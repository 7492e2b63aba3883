"""Where organizations stand on a map: their place, moved apart where several share it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from ...core.arrays import BoolArray, FloatArray, ObjectArray, PositionArray
from ...core.network import Network
from ...places.gazetteer import county_center, county_of_zip

GOLDEN = np.pi * (3 - np.sqrt(5))  # the angle of a sunflower: neighbors never line up
ROUNDS = 40
POINT, COUNTY, NOWHERE = "address", "county", ""


@dataclass(frozen=True)
class Places:
    """Latitude and longitude of organizations, and how well they are known.

    Attributes
    ----------
    latitude, longitude : array, shape (n,)
        Degrees, NaN where not known.
    known : array of str
        "address" (coordinates on file), "county" (its middle stands for it), "" (not known).
    """

    latitude: FloatArray
    longitude: FloatArray
    known: ObjectArray


def find_places(net: Network) -> Places:
    """Find where organizations are: coordinates, else the middle of the county, also by ZIP."""
    table = net.organizations
    lat, lon = (table[name].to_numpy(dtype=float, copy=True) for name in ("latitude", "longitude"))
    known = np.full(net.n, POINT, dtype=object)
    zips = table["zip"].astype("str")
    counties = table["county_fips"].where(table["county_fips"] != "", zips.map(county_of_zip))
    for k in np.flatnonzero(np.isnan(lat) | np.isnan(lon)):
        center = county_center(str(counties.iloc[k]))
        lat[k], lon[k] = center if center is not None else (np.nan, np.nan)
        known[k] = NOWHERE if center is None else COUNTY
    return Places(lat, lon, known)


def spread_marks(
    points: FloatArray,
    radii: FloatArray,
    *,
    order: FloatArray,
    most: float,
    fixed: BoolArray | None = None,
) -> FloatArray:
    """Move marks apart that would cover each other, each as little as will do.

    Marks on one spot first stand like the seeds of a sunflower around it, the most important in
    the middle; then pairs that still cover each other push apart, and nobody leaves its place
    further than the crowd around it needs, and never further than `most`.

    Parameters
    ----------
    points : array, shape (n, 2)
        Where they belong; rows with NaN stay as they are.
    radii : array, shape (n,)
        Radius of each mark, with the room it wants around it, in the same unit.
    order : array, shape (n,)
        Importance; ties go to the earlier row.
    most : float
        Furthest that a mark may be moved.
    fixed : bool array, shape (n,), optional
        Marks that stay where they are, and push others away with their whole size.
    """
    moved = points.copy()
    here = np.flatnonzero(~np.isnan(points).any(axis=1))
    if len(here) < 2:
        return moved
    home, reach = points[here], radii[here]
    still = np.zeros(len(here), dtype=bool) if fixed is None else fixed[here]
    place = _sow(home, reach, np.where(still, np.inf, order[here]))
    place[still] = home[still]
    for _ in range(ROUNDS):
        pairs = cKDTree(place).query_pairs(2 * reach.max(), output_type="ndarray")
        if not len(pairs):
            break
        push = _push_apart(place, reach, pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], still)
        if not np.abs(push).max() > 1e-3 * reach.max():
            break
        place = _hold_near(place + push, home, most)
    moved[here] = _hold_near(place, home, most)
    return moved


def _sow(home: FloatArray, reach: FloatArray, order: FloatArray) -> FloatArray:
    """Lay marks of one spot around it in a spiral, the most important first."""
    cell = np.round(home / max(float(np.median(reach)), 1e-12)).astype(np.int64)
    spots = pd.Series(range(len(home))).groupby([cell[:, 0], cell[:, 1]], sort=True)
    place = home.copy()
    for _, rows in spots:
        if len(rows) > 1:
            own = rows.to_numpy()[np.argsort(-order[rows.to_numpy()], kind="stable")]
            step = np.arange(len(own))
            away = 1.9 * float(reach[own].mean()) * np.sqrt(step)
            turn = step * GOLDEN
            middle = home[own].mean(axis=0)
            place[own] = middle + np.column_stack([away * np.cos(turn), away * np.sin(turn)])
    return place


def _push_apart(
    place: FloatArray, reach: FloatArray, pairs: PositionArray, still: BoolArray
) -> FloatArray:
    """Half of what each pair lacks, for either side; all of it where the other side is fixed."""
    a, b = pairs.T
    between = place[b] - place[a]
    length = np.maximum(np.hypot(*between.T), 1e-9)
    lack = np.maximum(reach[a] + reach[b] - length, 0.0)
    step = between / length[:, None] * (lack / 2)[:, None]
    push = np.zeros_like(place)
    np.add.at(push, a, -step * (1.0 + still[b])[:, None])
    np.add.at(push, b, step * (1.0 + still[a])[:, None])
    push[still] = 0.0
    return push


def _hold_near(place: FloatArray, home: FloatArray, most: float) -> FloatArray:
    """Keep everybody within reach of home."""
    away = place - home
    length = np.maximum(np.hypot(*away.T), 1e-12)
    return np.asarray(home + away * np.minimum(1.0, most / length)[:, None])
