"""Community voice: who speaks for whom, how many they are, and how they fare."""

from __future__ import annotations

from sample import Row, read_rows
from sample.organizations import slug
from sample.places import COUNTIES

COUNTED_FROM = "Invented."


def list_voices(wave: int) -> list[Row]:
    """The rows of the voices table."""
    rows = [row for row in read_rows("voices") if str(wave) in row["waves"].split("; ")]
    return [
        {
            "organization": slug(row["organization"]),
            "population": row["population"],
            "county_fips": COUNTIES[row["county"]].fips if row["county"] else "",
            "through": row["through"],
            "advisory_seats": row["advisory_seats"],
            "since": row["since"],
            "until": "",
        }
        for row in rows
    ]


def list_residents(wave: int) -> list[Row]:
    """The rows of the residents table: invented shares, two years old as the indicators are."""
    return _list_by_county("residents", wave)


def list_disparities(wave: int) -> list[Row]:
    """The rows of the disparities table: of everybody, the needs table holds the value."""
    return _list_by_county("disparities", wave)


def _list_by_county(table: str, wave: int) -> list[Row]:
    return [
        {
            "county_fips": COUNTIES[row["county"]].fips,
            **{name: text for name, text in row.items() if name != "county"},
            "year": wave - 2,
            "source": COUNTED_FROM,
        }
        for row in read_rows(table)
    ]
