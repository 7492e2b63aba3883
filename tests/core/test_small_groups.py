"""Small counts in tables of populations: what the public could work out from all three tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from partnet.core.network import Network

from ..builders import make_network

A, B = "31027", "31107"
Rows = list[dict[str, Any]]


def show(**tables: Rows) -> Network:
    for name in ("residents", "disparities"):
        for row in tables.get(name, []):
            row.setdefault("year", 2024)
    return make_network("ab", [("a", "b")], **tables).for_audience("public")


def group(population: str, people: Any = "", share: Any = "", **more: Any) -> dict[str, Any]:
    told = {"county_fips": A, "population": population, "people": people, "share": share}
    return {**told, "type": "language", **more}


def shown_of(net: Network, table: str = "residents") -> list[str]:
    return net.table(table)["population"].tolist()


def everybody(people: int, **more: Any) -> dict[str, Any]:
    return {"county_fips": A, "indicator": "population", "value": people, "year": 2024, **more}


def test_a_small_population_goes_and_the_next_of_its_type_with_it() -> None:
    rows = [group("English", 900), group("Spanish", 97), group("Hmong", 3)]
    net = show(residents=rows, needs=[everybody(1000)])
    assert not {"Spanish", "Hmong"} & {*shown_of(net)}
    assert shown_of(show(residents=[group("English", 900), group("Spanish", 97)])) == [
        "English", "Spanish",
    ]  # fmt: skip


def test_a_share_that_comes_to_few_people_goes() -> None:
    rows = [group("English", share=90), group("Spanish", share=9.7), group("Hmong", share=0.3)]
    seen = shown_of(show(residents=rows, needs=[everybody(1000)]))
    assert not {"Spanish", "Hmong"} & {*seen}
    assert shown_of(show(residents=rows, needs=[everybody(100_000)])) == [
        "English", "Spanish", "Hmong",
    ]  # fmt: skip
    assert shown_of(show(residents=rows)) == [], "of how many is not on file"


def test_a_share_that_leaves_few_people_goes() -> None:
    rows = [group("English", share=99.7)]
    assert shown_of(show(residents=rows, needs=[everybody(1000)])) == []


def test_nobody_and_a_share_of_none_may_be_seen() -> None:
    rows = [group("Hmong", 0), group("Somali", share=0)]
    assert shown_of(show(residents=rows, needs=[everybody(1000)])) == ["Hmong", "Somali"]


def test_a_count_of_a_population_goes_with_what_it_could_be_subtracted_from() -> None:
    deaths = {"county_fips": A, "indicator": "overdose deaths"}
    needs = [{**deaths, "value": 30, "year": 2024}]
    few = [{**deaths, "population": "people of low income", "value": 3}]
    assert shown_of(show(disparities=few, needs=needs), "disparities") == []
    rest = [{**deaths, "population": "people of low income", "value": 28}]
    assert shown_of(show(disparities=rest, needs=needs), "disparities") == []
    enough = [{**deaths, "population": "people of low income", "value": 12}]
    assert shown_of(show(disparities=enough, needs=needs), "disparities")


def test_what_is_said_of_everybody_may_be_the_small_count() -> None:
    row = {"county_fips": A, "indicator": "evictions", "population": "tenants", "value": 0}
    assert shown_of(show(disparities=[{**row, "everybody": 2}]), "disparities") == []


def test_a_rate_goes_with_its_population_and_where_it_comes_to_few() -> None:
    row = {"county_fips": A, "indicator": "uninsured, percent", "population": "Hmong"}
    ten = [group("Hmong", 40)]
    assert shown_of(show(disparities=[{**row, "value": 5}], residents=ten), "disparities") == []
    assert shown_of(show(disparities=[{**row, "value": 97}], residents=ten), "disparities") == []
    assert shown_of(show(disparities=[{**row, "value": 50}], residents=ten), "disparities")
    few = [group("Hmong", 4)]
    assert shown_of(show(disparities=[{**row, "value": 50}], residents=few), "disparities") == []


def test_partners_see_the_tables_and_the_public_no_seats() -> None:
    voices = [{"organization": "a", "population": "Hmong", "advisory_seats": 1}]
    net = make_network("ab", [("a", "b")], voices=voices, residents=[group("Hmong", 3)])
    assert net.for_audience("partner", "b").table("voices")["advisory_seats"].tolist() == [1]
    public = net.for_audience("public")
    assert public.table("voices")["population"].tolist() == ["Hmong"]
    assert pd.isna(public.table("voices")["advisory_seats"]).all()
