"""Hospitals that begin alike may be of one system: a question, not a fact."""

from __future__ import annotations

import pandas as pd
import pytest

import partnet as pn
from partnet.linkage.brands import find_brands

from ..builders import make_network

CEDAR, KNOX, BUFFALO = "31027", "31107", "31019"


def _table(*rows: tuple[str, str], kind: str = "hospital", **more: list[str]) -> pd.DataFrame:
    names, homes = zip(*rows, strict=True)
    ids = [f"h{k}" for k in range(len(rows))]
    columns = {"id": ids, "name": names, "county_fips": homes, "state": "NE", "kind": kind}
    return pd.DataFrame(columns | more)


def test_a_brand_is_what_hospitals_of_two_counties_begin_with() -> None:
    table = _table(
        ("CHI Health Good Samaritan", CEDAR),
        ("CHI Health St. Mary's", KNOX),
        ("Avera Creighton Hospital", KNOX),
    )
    assert find_brands(table) == {"CHI Health": ("h0", "h1")}
    assert find_brands(_table(("Avera One", CEDAR), ("Avera Two", CEDAR))) == {}  # one county
    assert find_brands(_table(("Avera One", CEDAR), ("Avera Two", KNOX), kind="food")) == {}


def test_a_saint_is_no_part_of_a_brand() -> None:
    rows = [("SSM Health St. Clare Hospital", CEDAR), ("SSM Health St. Mary's Hospital", KNOX)]
    assert [*find_brands(_table(*rows))] == ["SSM Health"]


@pytest.mark.parametrize(
    "word", ["Memorial", "Community", "St. Mary's", "Saint", "Nebraska", "Children's", "Regional"]
)
def test_what_many_are_called_is_no_brand(word: str) -> None:
    assert find_brands(_table((f"{word} Hospital", CEDAR), (f"{word} Center", KNOX))) == {}


def test_the_name_of_a_place_is_a_brand_from_three_counties_on() -> None:
    rows = [("Kearney Hospital", CEDAR), ("Kearney Clinic Hospital", KNOX)]
    assert find_brands(_table(*rows)) == {}  # Kearney is a county of Nebraska
    assert [*find_brands(_table(*rows, ("Kearney Heart", BUFFALO)))] == ["Kearney"]
    towns = {"city": ["Osmond", "Elm"]}
    assert find_brands(_table(("Elm One", CEDAR), ("Elm Two", KNOX), **towns)) == {}


PEOPLE = [
    {"id": "a", "name": "Avera Elm Hospital", "kind": "critical_access_hospital"},
    {"id": "b", "name": "Avera Oak Hospital", "kind": "hospital"},
]
HOMES = ({"state": "NE", "county_fips": CEDAR}, {"state": "NE", "county_fips": KNOX})
ROWS = [row | home for row, home in zip(PEOPLE, HOMES, strict=True)]
OWNED = [{"organization": id_, "parent": "Avera", "type": "managed"} for id_ in "ab"]


def test_a_suggestion_asks_whether_two_are_of_one_system() -> None:
    first = pn.recommend_partners(make_network(ROWS), "a").table.iloc[0]
    asked = "Both are called Avera: they may belong to one system; please check."
    assert first["partner"] == "b" and first["against"] == asked
    assert first["sentence"].endswith(f"Bear in mind: {asked[0].lower()}{asked[1:]}")
    known = pn.recommend_partners(make_network(ROWS, affiliations=OWNED), "a").table.iloc[0]
    assert known["partner"] == "b" and "Avera:" not in known["against"]


def test_the_check_asks_once_a_brand_until_it_is_on_file() -> None:
    tables = {"organizations": pd.DataFrame(ROWS)}
    found = pn.check_tables(tables).table
    asked = found[found["found"].str.contains("2 hospitals called Avera, no owner on file")]
    assert len(asked) == 1 and asked["level"].tolist() == ["note"]
    assert asked["fix"].str.contains("please check. If they do, write one row for each").all()
    told = pn.check_tables(tables | {"affiliations": pd.DataFrame(OWNED)}).table
    assert not told["found"].str.contains("called Avera").any()


def test_two_of_one_county_share_the_name_of_a_system() -> None:
    rows = [("Bozeman Health Big Sky Medical Center", CEDAR), ("Bozeman Health Deaconess", CEDAR)]
    assert find_brands(_table(*rows, city=["Bozeman", "Big Sky"])) == {
        "Bozeman Health": ("h0", "h1")
    }
    assert find_brands(_table(("Sidney Health Center", CEDAR), ("Sidney Health Care", CEDAR))) == {}
