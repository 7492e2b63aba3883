"""The county of organizations whose file does not say it."""

from __future__ import annotations

import pandas as pd
import pytest

from partnet.places.gazetteer import find_county
from partnet.places.location import (
    BY_POINT,
    BY_ZIP,
    STATED,
    place_organizations,
    weigh_county,
)

COLUMNS = ["id", "state", "county_fips", "zip", "latitude", "longitude"]
ROWS = [
    ("stated", "NE", "31001", "68739", "42.62", "-97.25"),
    ("by point", "NE", "", "69361", "42.62", "-97.25"),
    ("by ZIP", "NE", "", "68739", "", ""),
    ("in another State", "IA", "", "68739", "42.62", "-97.25"),
    ("without a State", "", "", "68739", "", ""),
    ("nowhere", "", "", "", "", ""),
]


def test_coordinates_win_over_zip_and_what_is_stated_over_both() -> None:
    found = place_organizations(pd.DataFrame(ROWS, columns=COLUMNS, dtype="str")).set_index("id")
    assert found["county_fips"].to_dict() == {
        "stated": "31001",
        "by point": "31027",
        "by ZIP": "31027",
        "in another State": "",
        "without a State": "31027",
        "nowhere": "",
    }
    assert found["county_from"].tolist() == [STATED, BY_POINT, BY_ZIP, "", BY_ZIP, ""]
    assert found.loc["without a State", "state"] == "NE"
    assert all(dtype == "str" for dtype in found.dtypes)


def test_of_a_post_office_box_the_town_tells_where_all_of_it_are_in_one_county() -> None:
    """Norfolk is Madison County for two others; of Wayne one is known, and Gretna is in two."""
    rows = [
        ("NE", "31119", "68701", "Norfolk"), ("NE", "31119", "", "NORFOLK "),
        ("NE", "", "68702", "Norfolk"), ("IA", "", "68702", "Norfolk"), ("NE", "", "68702", ""),
        ("NE", "31179", "", "Wayne"), ("NE", "", "00000", "Wayne"),
        ("NE", "31153", "", "Gretna"), ("NE", "31055", "", "Gretna"), ("NE", "", "00000", "Gretna"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["state", "county_fips", "zip", "city"], dtype="str")
    placed = place_organizations(table.assign(latitude="", longitude=""))
    assert placed["county_fips"].tolist()[2:5] == ["31119", "", ""]
    assert placed["county_from"].tolist()[2] == "town"
    assert placed["county_fips"].iloc[[6, 9]].tolist() == ["", ""]
    turned = place_organizations(table.assign(latitude="", longitude="").iloc[::-1])
    assert turned.sort_index().equals(placed)


def test_nothing_to_place() -> None:
    empty = place_organizations(pd.DataFrame(columns=COLUMNS, dtype="str"))
    assert empty.empty and "county_from" in empty
    whole = pd.DataFrame(ROWS[:1], columns=COLUMNS, dtype="str")
    assert place_organizations(whole)["county_from"].tolist() == [STATED]


@pytest.mark.parametrize(("fips", "zip_code", "name", "counts", "differs"), [
    ("31089", "68714", "Rock County Hospital", "31149", True),  # Holt; the name tells Rock
    ("31089", "68714", "Holt County Clinic", "31089", False),  # next to it: may reach over
    ("31089", "68714", "Rock and Roll Clinic", "31089", False),
    ("31105", "69154", "Kimball Clinic", "31105", True),  # Garden County is far: said, kept
    ("29189", "63106", "Heart Clinic", "29510", True),  # St. Louis without "County" or "city"
    ("24510", "21209", "Hill Hospital", "24510", False),  # the city is named, the ZIP is shared
    ("31089", "", "Rock County Hospital", "31089", False),
    ("", "68714", "Rock County Hospital", "", False),
    ("31089", "50208", "Jasper County Hospital", "31089", False),  # ZIP code of another State
])  # fmt: skip
def test_of_county_and_zip_code_a_third_witness_decides(
    fips: str, zip_code: str, name: str, counts: str, differs: bool
) -> None:
    assert weigh_county(fips, zip_code, name) == (counts, differs)


@pytest.mark.parametrize(
    ("state", "zip_code", "county", "how"),
    [
        ("PR", "00731", "72113", "ZIP code"),  # Ponce
        ("VI", "00820", "78010", "ZIP code"),  # St. Croix
        ("MP", "96951", "69100", "ZIP code"),  # Rota
        ("GU", "", "66010", "State"),
        ("DC", "", "11001", "State"),
        ("PR", "00999", "", ""),
        ("AS", "96799", "", ""),  # one ZIP code for all districts
    ],
)
def test_territories_are_placed(state: str, zip_code: str, county: str, how: str) -> None:
    row = {"state": state, "zip": zip_code, "county_fips": "", "latitude": "", "longitude": ""}
    placed = place_organizations(pd.DataFrame([row], dtype="str")).iloc[0]
    assert (placed["county_fips"], placed["county_from"]) == (county, how)


def test_a_town_of_puerto_rico_names_its_municipality() -> None:
    row = {"state": "PR", "zip": "", "county_fips": "", "latitude": "", "longitude": ""}
    towns = [
        {**row, "city": "Mayaguez"},
        {**row, "city": "Santurce"},
        {**row, "state": "NE", "city": "Lares"},
    ]
    placed = place_organizations(pd.DataFrame(towns, dtype="str"))
    assert placed["county_fips"].tolist() == ["72097", "", ""]


def test_a_district_of_samoa_is_found_by_its_name_alone() -> None:
    assert find_county("Eastern", "AS") == "60010"
