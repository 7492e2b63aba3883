"""Claims about community voice, worked out from the raw files."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .raw import Raw, Row
from .recompute import Claims, of

RESIDENTS = ("residents", "the community", "everybody")
SITS = ("led by them", "board", "advisory council")
Group = tuple[str, str]


def key_of(text: str) -> str:
    return "residents" if text.casefold() in RESIDENTS else text.casefold()


def voices_of(raw: Raw) -> dict[Group, list[Row]]:
    """Rows of the voices table that hold on the day, by county and population."""
    found: dict[Group, list[Row]] = defaultdict(list)
    for row in raw.rows("voices"):
        if raw.holds(row["since"], row["until"]):
            own = {row["county_fips"]} - {""} or raw.served(row["organization"]) or {""}
            for county in own:
                found[county, key_of(row["population"])].append(row)
    return found


def groups_of(raw: Raw) -> set[Group]:
    found = {*voices_of(raw)}
    for table in ("residents", "disparities"):
        found |= {(row["county_fips"], key_of(row["population"])) for row in raw.rows(table)}
    homes = {row["county_fips"] for row in raw.organizations.values()} - {""}
    return found | {(county, "residents") for county in homes}


def has_seat(row: Row) -> bool:
    if row["advisory_seats"]:
        return int(row["advisory_seats"]) > 0
    return row["through"] in SITS


@of(("list_voices", "voices"))
def count_heard(raw: Raw, said: Claims) -> dict[str, Any]:
    if not raw.rows("voices"):
        return {"voices": 0}
    voices, groups = voices_of(raw), groups_of(raw)
    seated = sum(any(map(has_seat, rows)) for rows in voices.values())
    return {
        "populations": len(groups),
        "speaks, with a seat": seated,
        "speaks, no seat on file": len(voices) - seated,
        "silent": len(groups - {*voices}),
    }


@of(("list_voices", "silent"))
def count_silent(raw: Raw, said: Claims) -> dict[str, Any]:
    silent = groups_of(raw) - {*voices_of(raw)}
    worse = {
        (row["county_fips"], key_of(row["population"]))
        for row in raw.rows("disparities")
        if judge(raw, row) in WORSE
    }
    first = [key for _, key in sorted(silent & worse)]
    assert all(any(key in told.casefold() for told in said["first"]) for key in first[:3])
    assert len(said["first"]) == min(3, len(silent))
    assert not said["ask"] or raw.find(said["ask"])
    return {**said, "silent": len(silent)}


WORSE = ("worse beyond chance", "worse, no interval on file")


def everybody_of(raw: Raw, row: Row) -> tuple[float | None, str]:
    """The value of everybody, and which way is worse."""
    same = [
        need
        for need in raw.rows("needs")
        if need["county_fips"] == row["county_fips"] and need["indicator"] == row["indicator"]
    ]
    way = row["direction"] or next((need["direction"] for need in same), "")
    if row["everybody"]:
        return float(row["everybody"]), way
    of_year = [need for need in same if need["year"] == row["year"]] or same
    return (float(of_year[-1]["value"]) if of_year else None), way


def judge(raw: Raw, row: Row) -> str:
    base, way = everybody_of(raw, row)
    if base is None or not way:
        return "not known"
    value, up = float(row["value"]), way == "higher is worse"
    if not (value > base if up else value < base):
        return "not worse"
    near = row["low"] if up else row["high"]
    if not near:
        return "worse, no interval on file"
    outside = float(near) > base if up else float(near) < base
    return "worse beyond chance" if outside else "worse, but within chance"


def place_of(raw: Raw, said: Claims) -> Row:
    """The row that a sentence about a disparity is about."""
    rows = [
        row
        for row in raw.rows("disparities")
        if key_of(row["population"]) == key_of(said["population"])
        and row["indicator"] == said["indicator"]
        and float(row["value"]) == said["value"]
    ]
    assert len(rows) == 1
    return rows[0]


@of(("list_voices", "worse"))
def judge_worse(raw: Raw, said: Claims) -> dict[str, Any]:
    row = place_of(raw, said)
    county, key = row["county_fips"], key_of(row["population"])
    speaks = {raw.name(told["organization"]) for told in voices_of(raw)[county, key]}
    serves = {
        raw.name(service["organization"])
        for service in raw.rows("services")
        if key_of(service["population"]) == key
        and county in ({service["county_fips"]} - {""} or raw.served(service["organization"]))
    }
    assert set(said["speaks"].split(" and ")) - {""} == speaks
    assert set(said["serves"].split(" and ")) - {""} == serves
    return {**said, "finding": judge(raw, row), "everybody": everybody_of(raw, row)[0]}


@of(("list_voices", "seats"))
def count_seats(raw: Raw, said: Claims) -> dict[str, Any]:
    rows = [row for row in raw.rows("voices") if raw.holds(row["since"], row["until"])]
    seats = [row["advisory_seats"] for row in rows]
    return {
        "voices": len(rows),
        "seated": sum(text not in ("", "0") for text in seats),
        "none": seats.count("0"),
        "blank": seats.count(""),
    }


@of(("list_voices", "apart"))
def name_apart(raw: Raw, said: Claims) -> dict[str, Any]:
    graph = raw.graph(without=[raw.convener] if raw.convener else [])
    rows = [row for row in raw.rows("voices") if raw.holds(row["since"], row["until"])]
    ids = dict.fromkeys(row["organization"] for row in rows)
    return {"organizations": raw.names(id_ for id_ in ids if not graph.degree(id_))}


@of(("list_voices", "not_known"))
def count_blanks(raw: Raw, said: Claims) -> dict[str, Any]:
    known = {
        (row["county_fips"], key_of(row["population"]))
        for row in raw.rows("residents")
        if row["share"] or row["people"]  # people of counties whose residents the Census knows
    }
    named = {group for group in groups_of(raw) if group[1] != "residents"}
    judged = [judge(raw, row) for row in raw.rows("disparities")]
    return {"share": len(named - known), "disparities": judged.count("not known")}
