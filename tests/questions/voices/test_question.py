"""Community voice and disparities, worked out by hand on five organizations in two counties."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.report.contents import CONTENTS

from ...builders import make_network

CEDAR, KNOX = "31027", "31107"
FIVE = [
    {"id": "seniors", "name": "Senior Center", "kind": "civic", "county_fips": CEDAR},
    {"id": "clinic", "name": "Clinic", "kind": "rural_health_clinic", "county_fips": CEDAR},
    {"id": "hospital", "name": "Hospital", "kind": "hospital", "county_fips": KNOX},
    {"id": "tenants", "name": "Tenants", "kind": "tenants_association", "county_fips": KNOX},
    {"id": "welcome", "name": "Welcome House", "kind": "other", "county_fips": CEDAR},
]
TABLES: dict[str, list[dict[str, Any]]] = {
    "services": [
        {"organization": "clinic", "service": "interpreting", "population": "Spanish speakers"},
        {"organization": "hospital", "service": "home care", "population": "older adults"},
    ],
    "voices": [
        {"organization": "seniors", "population": "Older adults", "through": "board",
         "advisory_seats": "3", "county_fips": "", "until": ""},
        {"organization": "tenants", "population": "everybody", "through": "consultation",
         "advisory_seats": "0", "county_fips": "", "until": ""},
        {"organization": "welcome", "population": "newcomers", "through": "",
         "advisory_seats": "", "county_fips": CEDAR, "until": "2020-01-01"},
    ],
    "residents": [
        {"county_fips": CEDAR, "population": "Spanish speakers", "people": "", "share": "9.5%",
         "year": "2024", "type": "language"},
        {"county_fips": CEDAR, "population": "spanish speakers", "people": "", "share": "4",
         "year": "2020", "type": "language"},
        {"county_fips": CEDAR, "population": "older adults", "people": "2000", "share": "",
         "year": "2024", "type": "age"},
        {"county_fips": KNOX, "population": "older adults", "people": "", "share": "",
         "year": "2024", "type": "age"},
    ],
    "needs": [
        {"county_fips": CEDAR, "indicator": "population", "value": "8000", "year": "2024",
         "direction": ""},
        {"county_fips": CEDAR, "indicator": "uninsured, percent", "value": "11", "year": "2024",
         "direction": "higher is worse"},
        {"county_fips": CEDAR, "indicator": "uninsured, percent", "value": "20", "year": "2020",
         "direction": "higher is worse"},
    ],
    "disparities": [
        {"county_fips": CEDAR, "population": "Spanish speakers", "indicator": "Uninsured, percent",
         "value": "33", "everybody": "", "low": "26", "high": "40", "year": "2024",
         "direction": ""},
        {"county_fips": CEDAR, "population": "older adults", "indicator": "with a doctor, percent",
         "value": "60", "everybody": "80", "low": "50", "high": "85", "year": "2024",
         "direction": "lower is worse"},
        {"county_fips": CEDAR, "population": "older adults", "indicator": "falls per 1,000",
         "value": "40", "everybody": "", "low": "", "high": "", "year": "2024",
         "direction": "higher is worse"},
        {"county_fips": CEDAR, "population": "older adults", "indicator": "smokers, percent",
         "value": "9", "everybody": "18", "low": "", "high": "", "year": "2024",
         "direction": "higher is worse"},
        {"county_fips": KNOX, "population": "older adults", "indicator": "alone, percent",
         "value": "30", "everybody": "20", "low": "", "high": "", "year": "2024",
         "direction": "higher is worse"},
    ],
}  # fmt: skip
TIES = [("clinic", "hospital"), ("clinic", "tenants")]
DAY = "2026-06-30"


def make(**changed: list[dict[str, Any]]) -> Network:
    return make_network(FIVE, TIES, **{**TABLES, **changed})


@pytest.fixture(scope="module")
def found() -> pn.Result:
    return pn.list_voices(make(), as_of=DAY)


def row_of(found: pn.Result, population: str, county: str) -> dict[str, Any]:
    table = found.table
    own = (table["population"].str.casefold() == population) & (table["county_fips"] == county)
    return dict(table[own].iloc[0])


def test_who_speaks_for_whom(found: pn.Result) -> None:
    told = [tuple(row) for row in found.table[["population", "county", "status"]].to_numpy()]
    assert told == [
        ("Spanish speakers", "Cedar County", "nobody on file"),  # 33 of 11: twice as much more
        ("older adults", "Knox County", "nobody on file"),  # 30 of 20: half as much more
        ("residents", "Cedar County", "nobody on file"),
        ("residents", "Knox County", "speaks, no seat on file"),  # none of its seats
        ("older adults", "Cedar County", "speaks, with a seat"),
    ]
    assert found.claims["voices"] == {
        "populations": 5, "speaks, with a seat": 1, "speaks, no seat on file": 1, "silent": 3,
    }  # fmt: skip
    assert found.claims["silent"]["ask"] == "Clinic", "it serves them"
    assert row_of(found, "residents", CEDAR)["ask"] == "Senior Center", "close to residents"
    assert row_of(found, "older adults", KNOX)["ask"] == "Hospital", "its services have no county"


def test_a_voice_that_has_ended_is_none(found: pn.Result) -> None:
    assert "newcomers" not in set(found.table["population"])
    earlier = pn.list_voices(make(), as_of="2019-06-30")
    assert row_of(earlier, "newcomers", CEDAR)["speaks"] == "Welcome House"


def test_shares_are_told_or_counted_or_not_known(found: pn.Result) -> None:
    assert row_of(found, "spanish speakers", CEDAR)["share"] == 0.095  # the newer row
    assert row_of(found, "older adults", CEDAR)["share"] == 2000 / 8000
    assert pd.isna(row_of(found, "older adults", KNOX)["share"])
    assert found.claims["not_known"]["share"] == 1


def test_more_people_than_live_there_is_no_share() -> None:
    rows = [{"county_fips": CEDAR, "population": "older adults", "people": 9000}]
    assert pd.isna(row_of(pn.list_voices(make(residents=rows)), "older adults", CEDAR)["share"])


def test_disparities_stand_beside_who_serves_and_who_speaks(found: pn.Result) -> None:
    rows = found.tables["disparities"].set_index("indicator")
    assert rows["finding"].to_dict() == {
        "Uninsured, percent": "worse beyond chance",  # 11 lies below 26
        "alone, percent": "worse, no interval on file",
        "with a doctor, percent": "worse, but within chance",  # 80 lies below 85
        "smokers, percent": "not worse",
        "falls per 1,000": "not known",  # nothing to compare with
    }
    assert rows["gap"].round(9).to_dict() == pytest.approx(
        {"Uninsured, percent": 2.0, "alone, percent": 0.5, "with a doctor, percent": 0.25,
         "smokers, percent": -0.5, "falls per 1,000": float("nan")}, nan_ok=True
    )  # fmt: skip
    assert rows.loc["Uninsured, percent", ["everybody", "everybody_year"]].tolist() == [11, 2024]
    assert rows.loc["Uninsured, percent", ["serves", "speaks"]].tolist() == ["Clinic", ""]
    assert rows.loc["with a doctor, percent", ["serves", "speaks"]].tolist() == [
        "",
        "Senior Center",
    ]
    worse = "33 against 11 of everybody (Uninsured, percent; 3 times)"
    assert f"Spanish speakers in Cedar County fare worse: {worse}" in found.text


def test_who_speaks_without_a_tie_is_named(found: pn.Result) -> None:
    assert found.claims["apart"] == {"organizations": ["Senior Center"]}
    assert found.claims["seats"] == {"voices": 2, "seated": 1, "none": 1, "blank": 0}


def test_what_is_not_on_file_is_said_to_be_not_known() -> None:
    bare = pn.list_voices(make(voices=[], services=[]), as_of=DAY)
    assert bare.claims["voices"] == {"voices": 0} and "is not known: enter" in bare.text
    assert set(bare.table["status"]) == {"not known"}
    assert "residents" not in set(bare.table["population"]), "no list of all counties"
    assert "who serves them is not known; who speaks for them is not known" in bare.text
    empty = pn.list_voices(make_network())
    assert empty.table.empty and list(empty.claims) == ["voices"]


def test_of_some_places_only() -> None:
    knox = pn.list_voices(make(), KNOX, as_of=DAY)
    assert set(knox.table["county_fips"]) == {KNOX}
    assert set(knox.tables["voices"]["name"]) == {"Tenants"}
    with pytest.raises(pn.UsageError, match="where"):
        pn.list_voices(make(), "Atlantis")


def test_neighbors_speak_for_nobody() -> None:
    five = [{**row, "context": "yes" if row["id"] == "seniors" else ""} for row in FIVE]
    net = make_network(five, TIES, **TABLES)
    assert row_of(pn.list_voices(net, as_of=DAY), "older adults", CEDAR)["status"] == (
        "nobody on file"
    )


def test_the_voice_gap_knows_who_speaks() -> None:
    """A population that nobody serves has a voice where somebody speaks for it."""
    kinds = ("food", "bank", "housing", "transport", "hospital", "legal_aid", "school", "funder",
             "tribal", "ems_agency", "payer", "local_health_department")  # fmt: skip
    many = [{"id": kind, "name": kind, "kind": kind} for kind in kinds]
    about = [{"setting": "populations", "value": "veterans"}]
    voices = [{"organization": "food", "population": "Veterans"}]
    ties = [("food", "bank"), ("bank", "housing"), ("food", "housing")]

    def missing(**tables: Any) -> set[str]:
        return set(pn.find_gaps(make_network(many, ties, **tables), kinds="voice").table["rule"])

    assert "veterans (population)" in missing(about=about)
    assert "veterans (population)" not in {
        v.casefold() for v in missing(about=about, voices=voices)
    }
    assert "residents (sector)" in missing(about=about)
    everybody = [{"organization": "food", "population": "residents"}]
    assert "residents (sector)" not in missing(about=about, voices=everybody)


def test_the_brief_of_an_organization_says_for_whom_it_speaks() -> None:
    said = pn.describe_organization(make(), "Senior Center", as_of=DAY).claims["voice"]
    assert said == {
        "voices": 1,
        "first": ["older adults in Cedar County, through its board (3 advisory seats)"],
    }


def test_it_is_in_the_report() -> None:
    assert [chapter.id for chapter in CONTENTS if pn.list_voices in chapter.verbs] == ["voices"]
