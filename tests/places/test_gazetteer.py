"""Counties: names people write, neighbors, centers, distances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.io.samples import load_sample
from partnet.places.gazetteer import (
    STATES,
    counties_of,
    county_center,
    county_name,
    county_neighbors,
    county_of_zip,
    county_population,
    distance_km,
    find_county,
    guess_county,
    rural_urban_code,
    state_of,
)
from partnet.places.history import RENAMED, SPLIT, current_county
from tests.shared_data import PUBLIC, needs_shared_data, read_raw


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
    assert "46135" in county_neighbors("31027")  # Yankton, across the Missouri
    assert county_center("31027") == pytest.approx((42.6, -97.25), abs=0.05)
    assert county_name("99999") == "" and county_center("99999") is None


def test_neighbors_are_mutual_and_of_today() -> None:
    """Oglala Lakota, once Shannon, lies beside Cherry in Nebraska; so Cherry lies beside it."""
    assert "46102" in county_neighbors("31031") and "31031" in county_neighbors("46102")
    assert county_neighbors("46113") == county_neighbors("46102")
    assert set(county_neighbors("02063")) == {*county_neighbors("02261"), "02066"}
    codes = [code for state in STATES for code in counties_of(state) if code not in RENAMED]
    pairs = {(one, other) for one in codes for other in county_neighbors(one)}
    assert len(pairs) > 18_000 and {pair[::-1] for pair in pairs} == pairs
    assert not {other for _, other in pairs} & RENAMED.keys()


def test_distances_agree_with_known_ones() -> None:
    assert distance_km(0, 0, 0, 1) == pytest.approx(111.195, abs=0.001)
    omaha, denver = (41.2565, -95.9345), (39.7392, -104.9903)
    assert distance_km(*omaha, *denver) == pytest.approx(780.5, rel=0.01)
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088)
    assert np.isnan(distance_km(0, 0, np.nan, 1))


@given(
    st.floats(18.0, 71.0), st.floats(-170.0, -65.0), st.floats(18.0, 71.0), st.floats(-170.0, -65.0)
)
def test_distances_are_within_one_percent_of_the_ellipsoid(
    lat: float, lon: float, to_lat: float, to_lon: float
) -> None:
    exact = measure_geodesic(lat, lon, to_lat, to_lon)
    assert distance_km(lat, lon, to_lat, to_lon) == pytest.approx(exact, rel=0.01, abs=1e-6)


def measure_geodesic(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometers on the WGS 84 ellipsoid: Vincenty (1975), doi:10.1179/sre.1975.23.176.88."""
    a, f = 6378.137, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(x))) for x in (lat, to_lat))
    difference = bend = math.radians(to_lon - lon)
    for _ in range(200):
        across = math.cos(u2) * math.sin(bend)
        along = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(bend)
        sin_s = math.hypot(across, along)
        if sin_s == 0.0:
            return 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(bend)
        s = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(bend) / sin_s
        cos2_a = 1 - sin_a**2
        cos_2m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a
        c = f / 16 * cos2_a * (4 + f * (4 - 3 * cos2_a))
        turn = s + c * sin_s * (cos_2m + c * cos_s * (2 * cos_2m**2 - 1))
        last, bend = bend, difference + (1 - c) * f * sin_a * turn
        if abs(bend - last) < 1e-12:
            break
    k = cos2_a * (a**2 - b**2) / b**2
    big = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    small = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    inner = cos_s * (2 * cos_2m**2 - 1) - small / 6 * cos_2m * (4 * sin_s**2 - 3) * (
        4 * cos_2m**2 - 3
    )
    return b * big * (s - small * sin_s * (cos_2m + small / 4 * inner))


@pytest.mark.parametrize("wave", ["prairie", "prairie_2024"])
def test_every_zip_of_the_sample_lies_in_its_county(wave: str) -> None:
    rows = load_sample(wave).organizations
    known = rows[(rows["zip"] != "") & (rows["county_fips"] != "")]
    wrong = known[known["zip"].map(county_of_zip) != known["county_fips"]]
    assert wrong[["zip", "county_fips"]].drop_duplicates().values.tolist() == []


def test_facts_of_places_that_are_not_known() -> None:
    assert county_of_zip("") == ""
    assert rural_urban_code("99999") is None
    assert county_population("99999") is None


@needs_shared_data
def test_neighbors_are_those_of_the_census() -> None:
    """By their codes of today, where both know the county; some areas are newer than the file."""
    listed: dict[str, set[str]] = {}
    own = ""
    path = PUBLIC / "census_county_adjacency_2010.txt"
    for line in path.read_text(encoding="latin-1").splitlines():
        fields = [field.strip('"') for field in line.split("\t")]
        own = fields[1] or own
        listed.setdefault(current_county(own)[0], set()).add(current_county(fields[3])[0])
    ours = {fips: set(county_neighbors(fips)) for state in STATES for fips in counties_of(state)}
    both = listed.keys() & ours.keys() - RENAMED.keys()
    newer = {part for parts in SPLIT.values() for part in parts}
    assert len(both) > 3200
    assert [fips for fips in sorted(both) if listed[fips] - {fips} != ours[fips] - newer] == []
    missing = sorted(ours.keys() - listed.keys())
    assert {fips[:2] for fips in missing if not ours[fips]} <= {"09", "02", "46", "51", "60", "66",
                                                               "69", "72", "78"}  # fmt: skip


@needs_shared_data
def test_rural_urban_codes_and_populations_are_those_of_the_usda() -> None:
    rows = read_raw(PUBLIC / "usda_rucc_2023.csv", "cp1252")
    codes = {row["FIPS"]: row["Value"] for row in rows if row["Attribute"] == "RUCC_2023"}
    people = {row["FIPS"]: row["Value"] for row in rows if row["Attribute"] == "Population_2020"}
    assert len(codes) > 3100
    assert all(str(rural_urban_code(fips)) == value for fips, value in codes.items())
    assert all(str(county_population(fips)) == value for fips, value in people.items())
