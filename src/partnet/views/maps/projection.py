"""From degrees to a flat page: equal areas, so that a county looks as large as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...core.arrays import FloatArray, PositionArray

EARTH_KM = 6371.0088  # mean radius (IUGG)


@dataclass(frozen=True, slots=True)
class Albers:
    """Albers' equal-area conic projection of a sphere, in kilometers from its center.

    Attributes
    ----------
    south, north : float
        Standard parallels in degrees: there lengths are true.
    latitude, longitude : float
        The center of the page in degrees.

    References
    ----------
    Snyder (1987), doi:10.3133/pp1395, pages 98 to 103.
    """

    south: float
    north: float
    latitude: float
    longitude: float

    def project(self, latitude: FloatArray, longitude: FloatArray) -> FloatArray:
        """Give x (east) and y (north) in kilometers, shape (points, 2).

        Examples
        --------
        >>> flat = Albers(29.5, 45.5, 37.5, -96.0)
        >>> flat.project(np.array([37.5, 35.0]), np.array([-96.0, -75.0])).round(0).tolist()
        [[0.0, 0.0], [1881.0, -72.0]]
        """
        one, two, center = np.radians([self.south, self.north, self.latitude])
        cone = (np.sin(one) + np.sin(two)) / 2
        shape = np.cos(one) ** 2 + 2 * cone * np.sin(one)
        # Across the date line the short way round.
        east = (np.asarray(longitude) - self.longitude + 540.0) % 360.0 - 180.0
        angle = cone * np.radians(east)
        height = np.sqrt(np.maximum(shape - 2 * cone * np.sin(np.radians(latitude)), 0.0)) / cone
        middle = np.sqrt(shape - 2 * cone * np.sin(center)) / cone
        flat = np.column_stack([height * np.sin(angle), middle - height * np.cos(angle)])
        return np.asarray(flat * EARTH_KM)


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the page: a projection, made smaller and moved."""

    albers: Albers
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)

    def project(self, latitude: FloatArray, longitude: FloatArray) -> FloatArray:
        """Give positions on the page."""
        return self.albers.project(latitude, longitude) * self.scale + np.array(self.shift)


# The nation: the States that touch each other, and beneath them Alaska at a third of the scale,
# Hawaii, Puerto Rico with the Virgin Islands, and the islands of the Pacific.
MAINLAND = Piece(Albers(29.5, 45.5, 37.5, -96.0))
ALASKA = Piece(Albers(55.0, 65.0, 60.0, -154.0), 0.34, (-1720.0, -1330.0))
HAWAII = Piece(Albers(8.0, 18.0, 20.6, -157.6), 0.9, (-850.0, -1470.0))
CARIBBEAN = Piece(Albers(17.0, 19.0, 18.2, -65.9), 1.3, (1650.0, -1480.0))
MARIANAS = Piece(Albers(13.0, 16.0, 14.4, 145.2), 0.7, (-330.0, -1470.0))
SAMOA = Piece(Albers(-15.0, -13.0, -14.2, -170.1), 1.3, (-60.0, -1500.0))
PIECES = (MAINLAND, ALASKA, HAWAII, CARIBBEAN, MARIANAS, SAMOA)


@dataclass(frozen=True, slots=True)
class Projection:
    """How degrees become positions on the page; islands far away are moved near.

    Attributes
    ----------
    pieces : tuple of Piece
        One for a State; for the nation the mainland and what is moved beneath it.
    """

    pieces: tuple[Piece, ...]

    def project(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> FloatArray:
        """Give positions in kilometers, shape (points, 2); NaN where a place is not known."""
        lat, lon = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (latitude, longitude))
        if len(self.pieces) == 1:
            return self.pieces[0].project(lat, lon)
        found = np.full((len(lat), 2), np.nan)
        which = find_piece(lat, lon)
        for k, piece in enumerate(self.pieces):
            own = which == k
            found[own] = piece.project(lat[own], lon[own])
        return found


def find_piece(latitude: FloatArray, longitude: FloatArray) -> PositionArray:
    """Tell in which piece of the nation's page each point lies, by position in `PIECES`."""
    far_east = longitude > 0
    return np.select(
        [
            latitude < 0,
            far_east & (latitude < 30),
            (longitude < -150) & (latitude < 30),
            (longitude > -70) & (latitude < 20) & ~far_east,
            (latitude > 50) & ((longitude < -129) | far_east),
        ],
        [5, 4, 2, 3, 1],
        0,
    )


def fit_projection(
    latitude: Sequence[float] | FloatArray, longitude: Sequence[float] | FloatArray
) -> Projection:
    """Choose the projection for a region from the points on its outline.

    One piece of the country gets a projection of its own, with standard parallels a sixth of its
    height from its edges; a region over several pieces gets the nation's page.
    """
    lat, lon = np.asarray(latitude, dtype=float), np.asarray(longitude, dtype=float)
    pieces = set(find_piece(lat, lon).tolist())
    if len(pieces) > 1:
        return Projection(PIECES)
    if not len(lat):
        return Projection((MAINLAND,))
    wrapped = np.where(lon > 0, lon - 360.0, lon) if pieces == {1} else lon
    low, high = lat.min(), lat.max()
    step = max((high - low) / 6, 0.05)
    west_east = (wrapped.min() + wrapped.max()) / 2
    return Projection((Piece(Albers(low + step, high - step, (low + high) / 2, west_east)),))
