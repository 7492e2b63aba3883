"""Outlines of counties: whole, closed, and the right county for a point."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.places.gazetteer import counties_of, county_center, county_neighbors, find_county
from partnet.places.outlines import DIVIDED, county_at, county_shape
from tests.shared_data import FCC, needs_shared_data, read_raw


@pytest.mark.slow
def test_every_county_of_nebraska_has_closed_rings_around_its_center() -> None:
    for fips in counties_of("NE"):
        rings = county_shape(fips)
        assert rings
        assert all((ring[0] == ring[-1]).all() for ring in rings)
        latitude, longitude = county_center(fips) or (np.nan, np.nan)
        assert county_at(latitude, longitude) == [fips]


def test_points_outside_are_nowhere() -> None:
    assert county_at([0.0, np.nan, 43.0, 90.0], [0.0, -97.0, -40.0, -97.0]) == [""] * 4
    assert county_at([], []) == []


def test_two_new_areas_of_alaska_share_the_outline_of_the_old_one() -> None:
    old = county_shape("02261")
    assert all(county_shape(new) == old for new in DIVIDED)
    (x, y) = old[np.argmax([len(ring) for ring in old])].mean(axis=0)
    assert county_at(y, x) == [""]  # which of the two is not known here


def test_connecticut_has_its_former_counties_only() -> None:
    assert county_shape("09001")
    assert county_shape("09110") == ()


@given(st.floats(40.2, 42.7), st.floats(-103.5, -97.0))
def test_a_point_lies_in_one_county_near_it(latitude: float, longitude: float) -> None:
    (fips,) = county_at(latitude, longitude)
    assert fips
    center = np.array(county_center(fips))
    assert np.abs(center - [latitude, longitude]).max() < 1.5
    others = [county_center(other) for other in county_neighbors(fips)]
    assert min(np.abs(np.array(c) - [latitude, longitude]).max() for c in others if c) < 2.5


def test_the_order_of_points_does_not_matter() -> None:
    centers = [county_center(fips) for fips in counties_of("IA")]
    lat, lon = np.array([center for center in centers if center]).T
    assert county_at(lat[::-1], lon[::-1]) == county_at(lat, lon)[::-1]


@needs_shared_data
def test_sites_lie_in_the_county_that_they_name() -> None:
    rows = read_raw(FCC)
    named = [find_county(row["hcpaddr_co"], row["hcpaddr_st"].upper()) for row in rows]
    found = county_at(
        *(np.array([float(row[c]) for row in rows]) for c in ("latitude", "longitude"))
    )
    known = [(a, b) for a, b in zip(named, found, strict=True) if a and b]
    assert len(known) > 2700
    assert sum(a == b for a, b in known) / len(known) > 0.97
