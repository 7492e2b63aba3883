"""Outlines of counties, and the county that a point lies in; no network access.

``data/county_shapes.json.gz`` holds the US Census cartographic boundaries (public domain, as the
npm package us-atlas puts them together), simplified to about 500 meters; ``scripts/make_shapes.py``
makes it. Two things to know. Connecticut has its eight counties of before 2022: the nine planning
regions that replaced them have no outline here. Alaska's Chugach and Copper River (02063, 02066)
share the outline of Valdez-Cordova (02261), which was divided in 2019.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
import numpy.typing as npt

from ..core.arrays import BoolArray, FloatArray, IntArray

DIVIDED = {"02063": "02261", "02066": "02261"}  # counties that share an older outline


def county_shape(fips: str) -> tuple[FloatArray, ...]:
    """Give the rings of a county: arrays of longitude and latitude, shape (points, 2).

    Rings of islands stand beside the mainland's; a ring inside another is a hole.

    Examples
    --------
    >>> len(county_shape("31027")), county_shape("00000")
    (1, ())
    """
    return _join_rings(DIVIDED.get(fips, fips))


def county_at(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> list[str]:
    """Give the code of the county that each point lies in; "" for water, abroad or not known.

    A point within about 500 meters of a county line may fall on the other side of it. Points in
    Alaska's former Valdez-Cordova get "": which of the two new areas they are in is not known here.

    Parameters
    ----------
    latitude, longitude : array_like
        Degrees; NaN where not known.

    Examples
    --------
    >>> county_at([42.62, 0.0], [-97.25, 0.0])
    ['31027', '']
    """
    lat, lon = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (latitude, longitude))
    found = np.full(len(lat), "", dtype=object)
    codes = list(_atlas().counties)
    west, south, east, north = _atlas().boxes
    order = np.argsort(lon, kind="stable")
    first, last = (np.searchsorted(lon[order], side) for side in (west, east))
    for k in np.flatnonzero(first < last):
        near = order[first[k] : last[k]]
        near = near[(lat[near] >= south[k]) & (lat[near] <= north[k])]
        if len(near):
            found[near[_is_inside(lat[near], lon[near], _join_rings(codes[k]))]] = codes[k]
    found[np.isin(found, sorted(DIVIDED.values()))] = ""
    return [str(fips) for fips in found]


def _is_inside(lat: FloatArray, lon: FloatArray, rings: tuple[FloatArray, ...]) -> BoolArray:
    """Whether a line due east from each point crosses the rings an odd number of times."""
    inside = np.zeros(len(lat), dtype=bool)
    for ring in rings:
        (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
        spans = (y1 > lat[:, None]) != (y2 > lat[:, None])
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = x1 + (lat[:, None] - y1) / (y2 - y1) * (x2 - x1)
        inside ^= ((spans & (lon[:, None] < crossing)).sum(axis=1) % 2).astype(bool)
    return inside


@dataclass(frozen=True, eq=False)
class _Atlas:
    """The lines between counties, each once, and which of them go around a county."""

    arcs: list[FloatArray]
    counties: Mapping[str, list[list[int]]]  # the rings of each: numbers of arcs
    boxes: FloatArray  # west, south, east and north of every county


@cache
def _atlas() -> _Atlas:
    packed = files("partnet").joinpath("data/county_shapes.json.gz").read_bytes()
    atlas = json.loads(gzip.decompress(packed))
    ends = np.cumsum([len(arc) // 2 for arc in atlas["arcs"]])
    steps = np.fromiter(chain.from_iterable(atlas["arcs"]), dtype=np.int64).reshape(-1, 2)
    places = np.cumsum(steps, axis=0)
    before = np.vstack([np.zeros((1, 2), dtype=np.int64), places[ends[:-1] - 1]])
    points = (places - np.repeat(before, np.diff(ends, prepend=0), axis=0)) / atlas["scale"]
    counties = {fips: rings for fips, rings in atlas["counties"].items() if rings}
    return _Atlas(np.split(points, ends[:-1]), counties, _measure_boxes(points, ends, counties))


def _measure_boxes(
    points: FloatArray, ends: IntArray, counties: Mapping[str, list[list[int]]]
) -> FloatArray:
    begins = np.concatenate([[0], ends[:-1]])
    arcs = [[max(k, ~k) for ring in rings for k in ring] for rings in counties.values()]
    around = np.fromiter(chain.from_iterable(arcs), dtype=np.int64)
    firsts = np.cumsum([0, *map(len, arcs[:-1])])
    low = np.minimum.reduceat(np.minimum.reduceat(points, begins)[around], firsts)
    high = np.maximum.reduceat(np.maximum.reduceat(points, begins)[around], firsts)
    return np.hstack([low, high]).T


@cache
def _join_rings(fips: str) -> tuple[FloatArray, ...]:
    atlas = _atlas()
    rings = atlas.counties.get(fips, [])
    return tuple(_join([_take(atlas.arcs, number) for number in ring]) for ring in rings)


def _take(arcs: list[FloatArray], number: int) -> FloatArray:
    """An arc; a number below 0 means it is walked backwards."""
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _join(lines: list[FloatArray]) -> FloatArray:
    """Put arcs end to end: each begins where the one before it ends."""
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
