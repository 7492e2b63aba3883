"""Counties: names people write, neighbours, centers, distances."""

from __future__ import annotations

import math

import numpy as np
import pytest

from partnet.tables.places import (
    counties_of,
    county_center,
    county_name,
    county_neighbours,
    distance_km,
    find_county,
    guess_county,
    state_of,
)


@pytest.mark.parametrize(
    ("county", "state", "code"),
    [
        ("Cedar", "NE", "31027"),
        ("CEDAR COUNTY", "ne", "31027"),
        ("31027", "", "31027"),
        ("DE KALB", "IL", "17037"),
        ("Saint Louis", "MN", "27137"),
        ("St. Mary Parish", "LA", "22101"),
        ("Dona Ana", "NM", "35013"),
        ("Prince George's", "MD", "24033"),
        ("Richmond", "VA", "51159"),
        ("Richmond city", "VA", "51760"),
        ("Alexandria", "VA", "51510"),
        ("Cedar", "", ""),
        ("Nowhere", "NE", ""),
        ("E. Baton Rouge", "LA", "22033"),
        ("Lake of Woods", "MN", "27077"),
        ("LaSalle", "IL", "17099"),
        ("La Porte", "IN", "18091"),
        ("O'Brien", "IA", "19141"),
    ],
)
def test_find_county_knows_the_ways_people_write(county: str, state: str, code: str) -> None:
    assert find_county(county, state) == code


@pytest.mark.parametrize(
    ("county", "state", "code"),
    [
        ("SCOTT BLUFF", "NE", "31157"),
        ("YELLOW MEDCINE", "MN", "27173"),
        ("Watagua", "NC", "37189"),  # two letters swapped and moved
        ("The District", "DC", "11001"),
        ("Jasper", "AR", ""),  # a town
        ("Polk", "", ""),
        ("Le", "MN", ""),  # too short to guess at
    ],
)
def test_guess_county_forgives_slips_and_no_more(county: str, state: str, code: str) -> None:
    assert guess_county(county, state) == code


def test_counties_of_a_state_are_in_order() -> None:
    codes = counties_of("ne")
    assert len(codes) == 93 and codes[0] == "31001" and list(codes) == sorted(codes)
    assert counties_of("ZZ") == ()


def test_facts_of_one_county() -> None:
    assert (county_name("31027"), state_of("31027")) == ("Cedar County", "NE")
    assert "46135" in county_neighbours("31027")  # Yankton, across the Missouri
    assert county_center("31027") == pytest.approx((42.6, -97.25), abs=0.05)
    assert county_name("99999") == "" and county_center("99999") is None


def test_neighbours_are_mutual() -> None:
    for code in ("31027", "46135", "27137", "06037"):
        assert all(code in county_neighbours(other) for other in county_neighbours(code))


def test_distances_agree_with_known_ones() -> None:
    assert distance_km(0, 0, 0, 1) == pytest.approx(111.195, abs=0.001)
    omaha, denver = (41.2565, -95.9345), (39.7392, -104.9903)
    assert distance_km(*omaha, *denver) == pytest.approx(780.5, rel=0.01)
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)
    assert np.isnan(distance_km(0, 0, np.nan, 1))
